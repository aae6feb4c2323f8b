//! What operators and organisations tell users by one channel: one of them, or many at a pace.

use crate::world::*;
use domain::{account::OpenAccount, id::UserId, identity::Role};
use functions::{api, clock::Clock, queues, schedules, table::Queue};
use lambda::{Deadline, Message, Problem, Reply, Request};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};

struct Office {
    world: World,
    /// An operator's token, an organisation's, and those of two of its drivers.
    ops: String,
    fleet: String,
    drivers: [String; 2],
    requests: AtomicUsize,
}

fn phone(number: usize) -> String {
    format!("+9198123456{number:02}")
}

/// Whether a handler is the organisations', by what the path begins with.
fn is_of_organisations(path: &str) -> bool {
    path.starts_with("/v1/organisation")
}

impl Office {
    async fn new() -> Self {
        let world = World::new(|_| {}).await;
        let (ops, _) = world.sign_in("ops", &phone(1), Role::Ops).await;
        let (fleet, _) = world.sign_in("fleet", &phone(2), Role::OrgAdmin).await;
        let mut drivers = [String::new(), String::new()];
        for (number, driver) in drivers.iter_mut().enumerate() {
            let name = format!("driver-{number}");
            world.run(&OpenAccount { owner: user(&name), request_id: name.clone() }).await;
            *driver = world.sign_in(&name, &phone(10 + number), Role::Worker).await.0;
        }
        Self { world, ops, fleet, drivers, requests: AtomicUsize::new(0) }
    }

    async fn ask(&self, token: &str, request: lambda::http::request::RequestBuilder) -> Result<Reply, Problem> {
        let request = request.bearer(token).build();
        if is_of_organisations(&request.path) {
            return api::organisations::handle(&self.world.deps, request).await;
        }
        api::messaging::handle(&self.world.deps, request).await
    }

    async fn post(&self, token: &str, path: (&str, &[(&str, &str)]), key: &str, body: Value) -> Result<Value, Problem> {
        let request = path.1.iter().fold(Request::post(path.0), |request, (name, value)| request.param(name, *value));
        // Each request has a name of its own, as the gateway gives it.
        let id = format!("req-{}", self.requests.fetch_add(1, Ordering::Relaxed));
        let reply = self.ask(token, request.request_id(id).header("idempotency-key", key).json(&body)).await?;
        Ok(serde_json::from_slice(&reply.body).unwrap_or_default())
    }

    async fn get(&self, token: &str, path: (&str, &[(&str, &str)]), query: &str) -> Result<Reply, Problem> {
        let request = path.1.iter().fold(Request::get(path.0), |request, (name, value)| request.param(name, *value));
        self.ask(token, request.query(query)).await
    }

    async fn bulk(&self, token: &str, key: &str, body: Value) -> Result<Value, Problem> {
        self.post(token, ("/v1/notifications/{channel}/bulk", &[("channel", "sms")]), key, body).await
    }

    async fn steer(&self, id: &str, step: &str) -> Result<Value, Problem> {
        let path = format!("/v1/notifications/{{channel}}/bulk/{{id}}/{step}");
        self.post(&self.ops, (&path, &[("channel", "sms"), ("id", id)]), "steer", json!({})).await
    }

    async fn campaign(&self, id: &str) -> Value {
        let path = ("/v1/notifications/{channel}/bulk/{id}", [("channel", "sms"), ("id", id)]);
        read(&self.get(&self.ops, (path.0, &path.1), "").await.unwrap())
    }

    async fn recipients(&self, id: &str) -> Vec<(String, String)> {
        let path = ("/v1/notifications/{channel}/bulk/{id}/recipients", [("channel", "sms"), ("id", id)]);
        let page = read(&self.get(&self.ops, (path.0, &path.1), "limit=100").await.unwrap());
        let text = |item: &Value, name: &str| item[name].as_str().unwrap_or_default().to_owned();
        page["items"].as_array().unwrap().iter().map(|item| (text(item, "status"), text(item, "reason"))).collect()
    }

    /// Works on what was sent to the queues, once.
    async fn work(&self) {
        let sent: Vec<_> = self.world.outbox.sent.lock().unwrap().drain(..).collect();
        for (queue, body) in sent {
            let message = Message::new("m", body);
            match queue {
                Queue::Broadcasts => queues::broadcasts::handle(&self.world.deps, message).await.unwrap(),
                Queue::Notices => queues::notices::handle(&self.world.deps, message).await.unwrap(),
                _ => {}
            }
        }
    }

    async fn scheduled(&self) {
        schedules::resume_broadcasts::handle(&self.world.deps, Deadline::never()).await.unwrap();
    }

    fn later(&mut self, seconds: i64) {
        self.world.deps.clock = Clock::Off { by_ms: seconds * 1_000 };
    }

    async fn texts(&self, number: usize) -> usize {
        let items = self.world.look(&format!("/phones/{}/messages", phone(number).trim_start_matches('+'))).await;
        items["items"].as_array().map_or(0, Vec::len)
    }
}

fn read(reply: &Reply) -> Value {
    serde_json::from_slice(&reply.body).unwrap()
}

fn to(users: &[&str]) -> Value {
    users.iter().map(|name| json!({ "user_id": user(name).to_string() })).collect()
}

/// Paused accounts are told at any hour, and the words are registered for text messages.
fn news(recipients: Value) -> Value {
    json!({ "name": "News", "template": "account.paused", "recipients": recipients, "per_minute": 6 })
}

#[tokio::test]
async fn a_campaign_tells_each_of_its_recipients_once_at_its_pace() {
    let mut office = Office::new().await;
    let opened = office.bulk(&office.ops, "k", news(to(&["driver-0", "driver-1", "nobody"]))).await.unwrap();
    let id = opened["id"].as_str().unwrap();
    assert_eq!((&opened["status"], &opened["recipients"], &opened["progress_percent"]), (&json!("running"), &json!(3), &json!(0)));
    office.work().await;
    office.work().await;
    assert_eq!((office.texts(10).await, office.texts(11).await), (1, 0), "six a minute is one in ten seconds");
    assert_eq!(office.campaign(id).await["progress_percent"], 33);
    for seconds in [11, 22, 33] {
        office.later(seconds);
        // The messages are lost; the schedule finds what is due.
        office.world.outbox.sent.lock().unwrap().clear();
        office.scheduled().await;
        office.work().await;
        office.work().await;
    }
    assert_eq!((office.texts(10).await, office.texts(11).await), (1, 1));
    let done = office.campaign(id).await;
    assert_eq!((&done["status"], &done["opened"], &done["passed"]), (&json!("completed"), &json!(2), &json!(1)), "{done}");
    let statuses: Vec<_> = office.recipients(id).await.into_iter().map(|(status, _)| status).collect();
    assert_eq!(statuses, ["sent", "sent", "passed"]);
    let again = office.bulk(&office.ops, "k", news(to(&["driver-0", "driver-1", "nobody"]))).await.unwrap();
    assert_eq!((&again["id"], &again["status"]), (&json!(id), &json!("running")), "as it was answered first");
    let other = office.bulk(&office.ops, "k", news(to(&["driver-0"]))).await.unwrap_err();
    assert_eq!(other.status(), 422, "{other:?}");
}

#[tokio::test]
async fn a_campaign_is_paused_resumed_and_taken_back_while_it_is_under_way() {
    let mut office = Office::new().await;
    let opened = office.bulk(&office.ops, "k", news(to(&["driver-0", "driver-1"]))).await.unwrap();
    let id = opened["id"].as_str().unwrap().to_owned();
    assert_eq!(office.steer(&id, "pause").await.unwrap()["status"], "paused");
    office.work().await;
    office.later(300);
    office.scheduled().await;
    office.work().await;
    assert_eq!(office.texts(10).await, 0, "nobody is told while it is paused");
    assert_eq!(office.steer(&id, "resume").await.unwrap()["status"], "running");
    // The walker opens the first notice, and it is not sent yet when all is taken back.
    let walk: Vec<_> = office.world.outbox.sent.lock().unwrap().drain(..).filter(|(queue, _)| *queue == Queue::Broadcasts).collect();
    for (_, body) in walk {
        queues::broadcasts::handle(&office.world.deps, Message::new("m", body)).await.unwrap();
    }
    assert_eq!(office.campaign(&id).await["reached"], 1);
    assert_eq!(office.steer(&id, "cancel").await.unwrap()["status"], "cancelling");
    let to_notices: Vec<_> = office.world.outbox.sent.lock().unwrap().drain(..).collect();
    let (walks, climbs): (Vec<_>, Vec<_>) = to_notices.into_iter().partition(|(queue, _)| *queue == Queue::Broadcasts);
    for (_, body) in walks {
        queues::broadcasts::handle(&office.world.deps, Message::new("m", body)).await.unwrap();
    }
    office.work().await;
    assert_eq!(office.campaign(&id).await["status"], "cancelled");
    for (_, body) in climbs {
        queues::notices::handle(&office.world.deps, Message::new("m", body)).await.unwrap();
    }
    assert_eq!((office.texts(10).await, office.texts(11).await), (0, 0));
    let ended = ("ended".to_owned(), "cancelled".to_owned());
    assert_eq!(office.recipients(&id).await, [ended, ("waiting".to_owned(), String::new())]);
    assert_eq!(office.steer(&id, "resume").await.unwrap_err().status(), 409);
}

#[tokio::test]
async fn a_report_has_a_line_for_each_recipient() {
    let office = Office::new().await;
    let opened = office.bulk(&office.ops, "k", news(to(&["driver-0", "driver-1"]))).await.unwrap();
    let id = opened["id"].as_str().unwrap();
    office.work().await;
    let path = ("/v1/notifications/{channel}/bulk/{id}/report", [("channel", "sms"), ("id", id)]);
    let reply = office.get(&office.ops, (path.0, &path.1), "").await.unwrap();
    assert_eq!(reply.header("content-type"), Some("text/csv; charset=utf-8"));
    let csv = String::from_utf8(reply.body.clone()).unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0], "number,user_id,status,reason,notice_id,sent_at,delivered_at,read_at");
    assert!(lines.len() == 3 && lines[1].starts_with(&format!("0,{},", user("driver-0"))), "{csv}");
    assert!(lines.iter().all(|line| line.split(',').count() == 8), "{csv}");
}

#[tokio::test]
async fn what_does_not_fit_is_refused_before_anybody_is_told() {
    let office = Office::new().await;
    let at = async |body: Value| {
        let problem = office.bulk(&office.ops, "k", body).await.unwrap_err();
        (problem.status(), problem.errors().iter().map(|error| error.pointer.to_string()).collect::<Vec<_>>())
    };
    let change = |name: &str, value: Value| {
        let mut body = news(to(&["driver-0"]));
        body[name] = value;
        body
    };
    assert_eq!(at(change("template", json!("login_otp"))).await, (400, vec!["/template".to_owned()]), "nobody sends these by hand");
    assert_eq!(at(change("template", json!("announcement"))).await, (400, vec!["/template".to_owned()]), "no registered text");
    assert_eq!(at(change("template", json!("payout.failed"))).await, (400, vec!["/data/amount".to_owned(), "/data/balance".to_owned()]));
    assert_eq!(at(change("recipients", json!([]))).await, (400, vec!["/recipients".to_owned()]));
    assert_eq!(at(change("recipients", to(&["driver-0", "driver-0"]))).await, (400, vec!["/recipients/1/user_id".to_owned()]));
    assert_eq!(at(change("per_minute", json!(0))).await, (400, vec!["/per_minute".to_owned()]));
    assert_eq!(at(change("members", json!(true))).await.0, 400);
    let slow = {
        let mut body = news(to(&["driver-0", "driver-1", "nobody"]));
        (body["per_minute"], body["expires_in_s"]) = (json!(1), json!(60));
        body
    };
    assert_eq!(at(slow).await, (400, vec!["/per_minute".to_owned()]), "it would be over before everybody had a turn");
    let unknown =
        office.post(&office.ops, ("/v1/notifications/{channel}/bulk", &[("channel", "pigeon")]), "k", news(to(&["driver-0"]))).await;
    assert_eq!(unknown.unwrap_err().status(), 404);
    let driver = office.bulk(&office.drivers[0], "k", news(to(&["driver-1"]))).await.unwrap_err();
    assert_eq!(driver.status(), 403);
    assert!(office.world.outbox.sent.lock().unwrap().is_empty());
}

#[tokio::test]
async fn an_organisation_writes_to_its_own_members_only_and_says_nothing_in_kamais_name() {
    let office = Office::new().await;
    let fleet = user("fleet").to_string();
    let announce = |key: &'static str, body: Value| {
        let mut told = json!({ "name": "Rain", "template": "announcement", "data": { "title": "Rain", "text": "From five." } });
        told.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
        let path = ("/v1/notifications/{channel}/bulk", [("channel", "push")]);
        let office = &office;
        async move { office.post(&office.fleet, (path.0, &path.1), key, told).await }
    };
    assert_eq!(announce("a", json!({ "members": true })).await.unwrap_err().status(), 400, "it has none");
    for driver in ["driver-0", "driver-1"] {
        let invited =
            office.post(&office.fleet, ("/v1/organisation/members", &[]), "k", json!({ "user": user(driver).to_string() })).await.unwrap();
        assert_eq!(invited["status"], "invited");
    }
    let own = read(&office.get(&office.drivers[0], ("/v1/organisations", &[]), "").await.unwrap());
    assert_eq!(own["items"][0]["organisation_id"], json!(fleet));
    let joined = office.post(&office.drivers[0], ("/v1/organisations/{id}/join", &[("id", &fleet)]), "k", json!({})).await.unwrap();
    assert_eq!(joined["status"], "joined");
    let members = read(&office.get(&office.fleet, ("/v1/organisation/members", &[]), "").await.unwrap());
    assert_eq!(members["items"].as_array().map(Vec::len), Some(1), "{members}");
    let opened = announce("b", json!({ "members": true })).await.unwrap();
    assert_eq!(opened["recipients"], 1);
    // Named or not, who is no member is not told.
    let named = announce("c", json!({ "recipients": to(&["driver-0", "driver-1"]) })).await.unwrap();
    office.work().await;
    let path = ("/v1/notifications/{channel}/bulk/{id}", [("channel", "push"), ("id", named["id"].as_str().unwrap())]);
    let done = read(&office.get(&office.fleet, (path.0, &path.1), "").await.unwrap());
    assert_eq!((&done["opened"], &done["passed"]), (&json!(1), &json!(1)), "{done}");
    let one = json!({ "to": user("driver-1").to_string(), "template": "announcement", "data": { "title": "Rain", "text": "From five." } });
    let send = ("/v1/notifications/{channel}/send", [("channel", "push")]);
    assert_eq!(office.post(&office.fleet, (send.0, &send.1), "k", one.clone()).await.unwrap_err().status(), 404);
    let forged = json!({ "to": user("driver-0").to_string(), "template": "account.paused" });
    assert_eq!(office.post(&office.fleet, (send.0, &send.1), "l", forged).await.unwrap_err().status(), 403);
    // Another's campaigns are not there.
    let of_ops = office.bulk(&office.ops, "d", news(to(&["driver-0"]))).await.unwrap();
    let path = ("/v1/notifications/{channel}/bulk/{id}", [("channel", "sms"), ("id", of_ops["id"].as_str().unwrap())]);
    assert_eq!(office.get(&office.fleet, (path.0, &path.1), "").await.unwrap_err().status(), 404);
    let gone = office.post(&office.drivers[0], ("/v1/organisations/{id}/leave", &[("id", &fleet)]), "k", json!({})).await.unwrap();
    assert_eq!(gone["status"], "left");
    assert_eq!(announce("e", json!({ "members": true })).await.unwrap_err().status(), 400, "the last has left");
}

#[tokio::test]
async fn one_message_goes_by_its_channel_and_no_other_and_is_sent_once() {
    let office = Office::new().await;
    let path = ("/v1/notifications/{channel}/send", [("channel", "sms")]);
    let send = async |key: &str, body: Value| office.post(&office.ops, (path.0, &path.1), key, body).await;
    let one = json!({ "to": phone(10), "template": "account.paused" });
    let sent = send("k", one.clone()).await.unwrap();
    assert_eq!(send("k", one).await.unwrap()["notice_id"], sent["notice_id"]);
    assert_eq!(
        send("k", json!({ "to": phone(10), "template": "security.log_in", "data": { "time": "2026-11-22T10:00:00+05:30" } }))
            .await
            .unwrap_err()
            .status(),
        422
    );
    let to_another = json!({ "to": phone(11), "template": "account.paused" });
    assert_eq!(send("k", to_another.clone()).await.unwrap_err().status(), 422, "a key is of one message, whoever it is to");
    let dry = Request::post(path.0).param("channel", "sms").query("dry_run=true").header("idempotency-key", "k").json(&to_another);
    assert_eq!(office.ask(&office.ops, dry).await.unwrap_err().status(), 422);
    office.work().await;
    assert_eq!((office.texts(10).await, office.texts(11).await), (1, 0));
    let (path, driver) = ("/v1/notifications/{channel}/history/{user}", user("driver-0").to_string());
    let history = read(&office.get(&office.ops, (path, &[("channel", "sms"), ("user", &driver)]), "").await.unwrap());
    let told = history["items"].as_array().unwrap();
    assert_eq!((told.len(), &told[0]["channels"][0]["channel"], &told[0]["channels"][0]["status"]), (1, &json!("sms"), &json!("sent")));
    assert_eq!(told[0]["channels"].as_array().map(Vec::len), Some(1), "by no other channel");
    let stranger = send(
        "m",
        json!({ "to": UserId::new(office.world.now(), domain::id::Fingerprint::of("user", "x")).to_string(), "template": "account.paused" }),
    );
    assert_eq!(stranger.await.unwrap_err().status(), 404);
}

#[tokio::test]
async fn a_template_says_what_it_takes_and_how_it_reads() {
    let office = Office::new().await;
    let path = |channel: &'static str| ("/v1/notifications/{channel}/template", [("channel", channel)]);
    let by = |channel: &'static str| {
        let office = &office;
        async move {
            let (path, params) = path(channel);
            read(&office.get(&office.ops, (path, &params), "").await.unwrap())
        }
    };
    let names =
        |page: &Value| page["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    let (sms, push) = (names(&by("sms").await), names(&by("push").await));
    assert!(
        sms.contains(&"payout.failed".to_owned()) && !sms.contains(&"announcement".to_owned()) && push.contains(&"announcement".to_owned())
    );
    assert!(!push.contains(&"login_otp".to_owned()), "one-time passwords are not sent by hand");
    let preview = async |channel: &'static str, body: Value| {
        let (path, params) = path(channel);
        office.post(&office.ops, (path, &params), "k", body).await
    };
    let hindi = preview("push", json!({ "template": "payout.failed", "language": "hi", "data": { "amount": 12_345_650 } })).await.unwrap();
    assert!(hindi["language"] == "hi" && hindi["body"].as_str().unwrap().contains("₹1,23,456.50"), "{hindi}");
    let text = preview("sms", json!({ "template": "payout.failed", "language": "ta" })).await.unwrap();
    assert_eq!((&text["language"], &text["fell_back"], &text["title"]), (&json!("en"), &json!(true), &Value::Null));
    let mail = preview("email", json!({ "template": "announcement", "data": { "title": "<b>Rain</b>", "text": "x" } })).await.unwrap();
    assert!(!mail["html"].as_str().unwrap().contains("<b>Rain"), "{mail}");
    let wrong = preview("push", json!({ "template": "payout.failed", "data": { "amount": "much" } })).await.unwrap_err();
    assert_eq!((wrong.status(), wrong.errors()[0].pointer.to_string()), (400, "/data/amount".to_owned()));
}

#[tokio::test]
async fn an_address_is_checked_and_named_in_its_own_form() {
    let office = Office::new().await;
    let check = async |channel: &'static str, address: &str| {
        let path = ("/v1/notifications/{channel}/check", [("channel", channel)]);
        office.post(&office.ops, (path.0, &path.1), "k", json!({ "address": address })).await.unwrap()
    };
    let good = check("sms", "098123 45610").await;
    assert_eq!((&good["valid"], &good["address"], &good["suppressed"]), (&json!(true), &json!("+919812345610"), &json!(false)));
    for bad in ["+14155550100", "12345", "+911234567890", "driver"] {
        let told = check("whatsapp", bad).await;
        assert!(told["valid"] == false && told["why"].is_string(), "{told}");
    }
    assert_eq!(check("email", "asha@example.in").await["valid"], true);
    assert_eq!(check("email", "asha@").await["valid"], false);
}
