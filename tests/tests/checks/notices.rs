//! A fact becomes a notice, and the notice reaches its reader by whichever channel does.

use crate::world::*;
use domain::{
    account::SetPaused,
    fact::{Fact, FactKind, Priority},
    id::{AccountId, SessionId},
    identity::{Phone, Role},
    notice::{Category, OpenNotice, Template, Values},
    work::Work,
};
use functions::{api, clock::Clock, config::SmsCarrier, notices, queues, schedules, table::Queue, work::WorkMessage};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use lambda::{Deadline, Message, Problem, Reply, Request, Trace};
use serde_json::{Value, json};

const PHONE: &str = "+919812345670";

pub struct Asha {
    pub world: World,
    session: SessionId,
    token: String,
}

impl Asha {
    /// Somebody whom one may disturb at any hour.
    pub async fn new() -> Self {
        let world = World::new(|_| {}).await;
        let (token, session) = world.sign_in("asha", PHONE, Role::Worker).await;
        let asha = Self { world, session, token };
        asha.wish(json!({})).await;
        asha
    }

    async fn ask(&self, request: lambda::http::request::RequestBuilder) -> Result<Reply, Problem> {
        api::notices::handle(&self.world.deps, request.bearer(&self.token).build()).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Value {
        let reply = self.ask(Request::post(path).json(&body)).await.unwrap();
        serde_json::from_slice(&reply.body).unwrap_or_default()
    }

    async fn get(&self, path: &str) -> Value {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        serde_json::from_slice(&self.ask(Request::get(path).query(query)).await.unwrap().body).unwrap()
    }

    pub async fn wish(&self, change: Value) {
        let mut wishes = json!({ "language": "en", "time_zone": "Asia/Kolkata" });
        for (name, value) in change.as_object().unwrap() {
            wishes[name] = value.clone();
        }
        self.post("/v1/notifications/preferences", wishes).await;
    }

    /// Gets pushes in a browser; answers where the sandbox keeps them. Keys: RFC 8291, section 5.
    pub async fn browser(&self) -> String {
        let key = self.get("/v1/notifications/push/vapid-key").await["vapid_public_key"].clone();
        let browser = self.world.control("/webpush", json!({ "application_server_key": key })).await;
        let keys = json!({
            "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "auth": "BTBZMqHH6r4Tts7J_aSIgg",
        });
        let subscription = json!({ "endpoint": browser["endpoint"], "expirationTime": null, "keys": keys });
        self.post("/v1/notifications/push/subscribe", json!({ "subscription": subscription })).await;
        browser["endpoint"].as_str().unwrap().to_owned()
    }

    /// The newest fact of a kind.
    async fn fact(&self, kind: FactKind) -> Fact {
        let account = AccountId::wallet_of(user("asha"));
        let page = self.world.deps.store.facts_before(account, u64::MAX / 2, 1, |fact| fact.kind == kind).await.unwrap();
        page.facts.first().cloned().unwrap()
    }

    /// What the queue does about a fact.
    async fn notify(&self, kind: FactKind) {
        let message = WorkMessage::notify(&self.fact(kind).await).unwrap();
        queues::notices::handle(&self.world.deps, Message::new("m", message.to_body())).await.unwrap();
    }

    pub async fn paid_and_notified(&self, key: &str) {
        self.world.earned(key, 150_000).await;
        self.notify(FactKind::PaymentCaptured).await;
    }

    /// Works on what was sent to the queue since.
    async fn work(&self) -> usize {
        let sent: Vec<_> = self.world.outbox.sent.lock().unwrap().drain(..).filter(|(queue, _)| *queue == Queue::Notices).collect();
        for (_, body) in &sent {
            queues::notices::handle(&self.world.deps, Message::new("m", body.clone())).await.unwrap();
        }
        sent.len()
    }

    /// It is so many seconds later, and the app has a new token.
    fn later(&mut self, seconds: i64) {
        self.world.deps.clock = Clock::Off { by_ms: seconds * 1_000 };
        self.token = self.world.token("asha", Role::Worker, self.session);
    }

    async fn items(&self, path: &str) -> Vec<Value> {
        self.world.look(path).await["items"].as_array().cloned().unwrap_or_default()
    }

    /// What arrived on the phone, by channel and text.
    async fn phone(&self) -> Vec<(String, String)> {
        let items = self.items(&format!("/phones/{}/messages", PHONE.trim_start_matches('+'))).await;
        let text = |item: &Value, name: &str| item[name].as_str().unwrap_or_default().to_owned();
        items.iter().map(|item| (text(item, "channel"), text(item, "text"))).collect()
    }

    async fn pushes(&self, endpoint: &str) -> Vec<Value> {
        self.items(&format!("{}/messages", endpoint.trim_start_matches(self.world.sandbox.url()))).await
    }

    /// The newest notice, and each of its channels with its status.
    pub async fn told(&self) -> (Value, Vec<(String, String)>) {
        let notice = self.get("/v1/notifications/deliveries?limit=1").await["items"][0].clone();
        let text = |channel: &Value, name: &str| channel[name].as_str().unwrap_or_default().to_owned();
        let channels = notice["channels"].as_array().cloned().unwrap_or_default();
        (notice, channels.iter().map(|channel| (text(channel, "channel"), text(channel, "status"))).collect())
    }
}

fn channels(told: &[(&str, &str)]) -> Vec<(String, String)> {
    told.iter().map(|(channel, status)| ((*channel).to_owned(), (*status).to_owned())).collect()
}

#[tokio::test]
async fn a_payment_is_pushed_to_a_browser_once_and_seen_there() {
    let asha = Asha::new().await;
    let browser = asha.browser().await;
    asha.paid_and_notified("o1").await;
    asha.notify(FactKind::PaymentCaptured).await;
    let pushes = asha.pushes(&browser).await;
    assert_eq!(pushes.len(), 1, "the message came twice");
    assert_eq!(pushes[0]["headers"]["urgency"], "normal");
    let (notice, told) = asha.told().await;
    assert_eq!(
        (told, &notice["event"], &notice["status"]),
        (channels(&[("push", "sent")]), &json!("payment.captured"), &json!("climbing"))
    );
    let seen = asha.post("/v1/notifications/seen", json!({ "notice_id": notice["notice_id"] })).await;
    assert_eq!((&seen["why"], &seen["channels"][0]["status"]), (&json!("seen"), &json!("read")));
    assert_eq!(asha.phone().await, []);
}

#[tokio::test]
async fn a_browser_that_is_gone_is_removed_and_the_phone_told_at_once() {
    let asha = Asha::new().await;
    let browser = asha.browser().await;
    asha.world.forget(browser.trim_start_matches(asha.world.sandbox.url())).await;
    asha.paid_and_notified("o1").await;
    assert_eq!(asha.get("/v1/notifications/push/devices").await["items"], json!([]));
    assert_eq!(asha.phone().await, [("whatsapp".to_owned(), "₹1,500.00 ₹1,500.00".to_owned())]);
    assert_eq!(asha.told().await.1, channels(&[("push", "failed"), ("whatsapp", "sent")]));
}

#[tokio::test]
async fn what_is_urgent_passes_a_busy_provider_at_once_and_a_silent_one_within_half_a_minute() {
    let mut asha = Asha::new().await;
    asha.browser().await;
    let panic = async |asha: &Asha, paused| {
        asha.world.run(&SetPaused { owner: user("asha"), paused, request_id: format!("r{paused}") }).await;
        asha.notify(if paused { FactKind::AccountPaused } else { FactKind::AccountResumed }).await;
    };
    asha.world.control("/faults", json!({ "provider": "webpush", "fault": "throttle", "times": 1 })).await;
    panic(&asha, true).await;
    assert_eq!(asha.told().await.1, channels(&[("push", "queued"), ("whatsapp", "sent")]), "the push is still to be tried again");

    asha.world.control("/faults", json!({ "provider": "webpush", "fault": "error_5xx", "times": 1 })).await;
    panic(&asha, false).await;
    assert_eq!(asha.told().await.1, channels(&[("push", "queued")]), "it may have gone out");
    asha.later(15);
    assert!(asha.work().await > 0);
    assert_eq!(asha.told().await.1, channels(&[("push", "queued"), ("whatsapp", "sent")]));
    let by_whatsapp = asha.phone().await.into_iter().filter(|(channel, _)| channel == "whatsapp");
    assert_eq!(by_whatsapp.count(), 2);
}

#[tokio::test]
async fn what_is_sent_and_not_seen_climbs_on_to_the_registered_text_message_and_to_no_other_provider() {
    let mut asha = Asha::new().await;
    asha.paid_and_notified("o1").await;
    assert_eq!(asha.told().await.1, channels(&[("push", "skipped"), ("whatsapp", "sent")]));
    asha.later(605);
    assert_eq!(asha.work().await, 1);
    let (notice, told) = asha.told().await;
    assert_eq!(told, channels(&[("push", "skipped"), ("whatsapp", "sent"), ("sms", "sent")]));
    assert_eq!(asha.phone().await[1].1, "Rs.1500.00 received in your Kamai account. Your balance is Rs.1500.00.");
    assert_eq!(notice["channels"][0]["reason"], "no_address");

    // The message that would have it climb on is lost: the schedule finds it.
    asha.world.outbox.sent.lock().unwrap().clear();
    asha.later(1_300);
    schedules::notices::handle(&asha.world.deps, Deadline::never()).await.unwrap();
    assert_eq!(asha.work().await, 1);
    assert_eq!((&asha.told().await.0["status"], &asha.told().await.0["why"]), (&json!("done"), &json!("unconfirmed")));
}

#[tokio::test]
async fn quiet_hours_hold_what_is_not_urgent_until_they_end_or_are_set_anew() {
    let asha = Asha::new().await;
    let local = |hours: i64| Timestamp::now().to_zoned(TimeZone::get("Asia/Kolkata").unwrap()).checked_add(hours.hours()).unwrap();
    let clock = |hours| local(hours).strftime("%H:%M").to_string();
    asha.wish(json!({ "quiet_hours": { "from": clock(-2), "to": clock(2) } })).await;
    asha.paid_and_notified("o1").await;
    let (notice, told) = asha.told().await;
    assert_eq!((&notice["status"], &notice["why"], told), (&json!("held"), &json!("quiet_hours"), vec![]));
    assert_eq!(asha.phone().await, []);
    asha.work().await;
    asha.wish(json!({})).await;
    assert_eq!(asha.work().await, 1, "what is held is looked at anew");
    assert_eq!(asha.told().await.1, channels(&[("push", "skipped"), ("whatsapp", "sent")]));
}

#[tokio::test]
async fn what_is_switched_off_meanwhile_is_not_sent() {
    let mut asha = Asha::new().await;
    let off: Vec<Value> =
        ["push", "whatsapp", "sms", "email"].iter().map(|channel| json!({ "category": "money", "channel": channel })).collect();
    asha.wish(json!({ "off": off })).await;
    asha.paid_and_notified("o1").await;
    assert_eq!((&asha.told().await.0["why"], asha.phone().await), (&json!("switched_off"), vec![]));

    asha.wish(json!({})).await;
    let browser = asha.browser().await;
    asha.world.control("/faults", json!({ "provider": "webpush", "fault": "throttle", "times": 1 })).await;
    asha.paid_and_notified("o2").await;
    let device = asha.get("/v1/notifications/push/devices").await["items"][0]["device_id"].clone();
    asha.post("/v1/notifications/push/unsubscribe", json!({ "device_id": device })).await;
    asha.later(90);
    asha.work().await;
    assert_eq!((asha.pushes(&browser).await.len(), asha.phone().await.len()), (0, 1), "unsubscribed between two tries");
}

#[tokio::test]
async fn a_digest_tells_of_several_things_at_once() {
    let mut asha = Asha::new().await;
    let browser = asha.browser().await;
    let at = Timestamp::now().to_zoned(TimeZone::get("Asia/Kolkata").unwrap()).checked_add(2.minutes()).unwrap();
    asha.wish(json!({ "digest_at": at.strftime("%H:%M").to_string() })).await;
    for number in 0..2 {
        let deps = &asha.world.deps;
        let fact = asha.low(number).await;
        notices::open(deps, &fact).await.unwrap().unwrap();
    }
    asha.later(180);
    schedules::notices::handle(&asha.world.deps, Deadline::never()).await.unwrap();
    assert_eq!(asha.work().await, 1);
    assert_eq!(asha.pushes(&browser).await.len(), 1);
    assert_eq!(asha.told().await.0["why"], "digested");
}

impl Asha {
    /// A fact that nobody has to know at once: a payout that waits.
    async fn low(&self, number: i64) -> Fact {
        self.world.earned(&format!("low{number}"), 600_000 + number).await;
        let earned = self.fact(FactKind::PaymentCaptured).await;
        Fact { kind: FactKind::PayoutCooling, ..earned }
    }
}

#[tokio::test]
async fn mail_goes_to_an_address_that_its_owner_has_proven_and_to_no_other() {
    let asha = Asha::new().await;
    let mails = async |address: &str| asha.items(&format!("/mailboxes/{address}/messages")).await;
    let code_in = |mail: &Value| {
        let text = mail["text"].as_str().unwrap().to_owned();
        text.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6).unwrap().to_owned()
    };
    let asked = asha.post("/v1/notifications/email", json!({ "email": "asha@example.in" })).await;
    asha.work().await;
    let first = mails("asha@example.in").await;
    assert_eq!((first.len(), &first[0]["subject"]), (1, &json!("Confirm your e-mail address")));
    let proof = json!({ "challenge_id": asked["challenge_id"], "otp": code_in(&first[0]) });

    // Another address, before the code of the first is used.
    let other = asha.post("/v1/notifications/email", json!({ "email": "else@example.in" })).await;
    let refused = asha.ask(Request::post("/v1/notifications/email/verify").json(&proof)).await.unwrap_err();
    assert_eq!(refused.code().name, "otp_invalid");
    asha.work().await;
    asha.wish(json!({ "stopped": ["push", "whatsapp", "sms"] })).await;
    asha.paid_and_notified("o1").await;
    assert_eq!(mails("else@example.in").await.len(), 1, "nothing but the code");
    let proof = json!({ "challenge_id": other["challenge_id"], "otp": code_in(&mails("else@example.in").await[0]) });
    assert_eq!(
        asha.post("/v1/notifications/email/verify", proof).await["email"],
        json!({ "address": "else@example.in", "verified": true })
    );
    asha.paid_and_notified("o2").await;
    let mail = mails("else@example.in").await.pop().unwrap();
    assert_eq!(mail["subject"], "₹1,500.00 received");
    assert!(mail["html"].as_str().unwrap().contains("₹3,000.00"));
    assert_eq!(asha.told().await.1.last(), Some(&("email".to_owned(), "sent".to_owned())));
}

impl Asha {
    /// Proves an address, which is from then on all that is left to tell her things by.
    async fn reads_mail_only(&self, address: &str) {
        let asked = self.post("/v1/notifications/email", json!({ "email": address })).await;
        self.work().await;
        let mail = self.mails(address).await.pop().unwrap();
        let text = mail["text"].as_str().unwrap().to_owned();
        let otp = text.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6).unwrap();
        self.post("/v1/notifications/email/verify", json!({ "challenge_id": asked["challenge_id"], "otp": otp })).await;
        self.wish(json!({ "language": "hi", "stopped": ["push", "whatsapp", "sms"] })).await;
    }

    async fn mails(&self, address: &str) -> Vec<Value> {
        self.items(&format!("/mailboxes/{address}/messages")).await
    }

    /// Tells her something of a category.
    async fn told_of(&self, event: &str, category: Category) {
        let values = json!({ "title": "Rain", "text": "From five o'clock." });
        let open = OpenNotice {
            user: user("asha"),
            event: event.to_owned(),
            template: Template { name: "announcement".to_owned(), version: 1 },
            values: Values::new(values.to_string()).unwrap(),
            priority: Priority::High,
            category,
            seq: None,
            only: None,
            expires_at: self.world.now() + jiff::SignedDuration::from_hours(1),
            rules: Default::default(),
        };
        let notice = self.world.run(&open).await.value.id;
        let climbing = notices::Climbing { since: None, deadline: Deadline::never(), trace: &Trace::default() };
        notices::climb(&self.world.deps, user("asha"), notice, &climbing).await.unwrap();
    }
}

#[tokio::test]
async fn a_mail_that_nobody_needs_is_ended_with_one_press_and_only_such_mails_are() {
    let asha = Asha::new().await;
    let address = "asha@example.in";
    asha.reads_mail_only(address).await;
    asha.told_of("tip-1", Category::Insight).await;
    let mail = asha.mails(address).await.pop().unwrap();
    assert_eq!(mail["headers"]["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click", "{mail}");
    let url = mail["headers"]["List-Unsubscribe"].as_str().unwrap().trim_matches(['<', '>']).to_owned();
    assert!(mail["text"].as_str().unwrap().ends_with(&url) && mail["html"].as_str().unwrap().contains(&format!("href=\"{url}\"")));
    let token = url.strip_prefix(&format!("{ORIGIN}/v1/notifications/email/leave/")).unwrap().to_owned();
    // By whoever has the mail: no token of a session, no body but what RFC 8058 says.
    let path = "/v1/notifications/email/leave/{token}";
    let press = async |request: lambda::http::request::RequestBuilder, token: &str| {
        let reply = api::notices::handle(&asha.world.deps, request.param("token", token).build()).await?;
        Ok::<_, Problem>(String::from_utf8(reply.body).unwrap())
    };
    let page = press(Request::get(path), &token).await.unwrap();
    assert!(page.contains("<html lang=\"hi\">") && page.contains("<form method=\"post\"><button>ऐसे ई-मेल बंद करें</button>"), "{page}");
    asha.told_of("tip-2", Category::Insight).await;
    assert_eq!(asha.mails(address).await.len(), 3, "looking ends nothing");
    for _ in 0..2 {
        let form = Request::post(path).header("content-type", "application/x-www-form-urlencoded").body("List-Unsubscribe=One-Click");
        assert!(press(form, &token).await.unwrap().contains("नहीं भेजेगा"));
    }
    let wishes = asha.get("/v1/notifications/preferences").await;
    assert_eq!(wishes["off"], json!([{ "category": "insight", "channel": "email" }]), "and the rest of her wishes stand: {wishes}");
    assert_eq!(wishes["language"], "hi");
    asha.told_of("tip-3", Category::Insight).await;
    assert_eq!(asha.mails(address).await.len(), 3);
    asha.paid_and_notified("o1").await;
    let mails = asha.mails(address).await;
    assert_eq!((mails.len(), &mails[3]["headers"]["List-Unsubscribe"]), (4, &Value::Null), "what she must know has no way out");
    // Nobody makes such an address up, nor out of another signed text.
    let mut forged = token.clone().into_bytes();
    forged[3] ^= 1;
    let cursor = asha.world.deps.cursors().await.unwrap().seal("deliveries", &format!("{} insight", user("asha")));
    for bad in [String::from_utf8(forged).unwrap(), cursor, "x".to_owned(), token[..20].to_owned()] {
        assert_eq!(press(Request::post(path), &bad).await.unwrap_err().status(), 404, "{bad}");
    }
}

#[tokio::test]
async fn without_a_mail_server_nothing_is_mailed_and_nothing_fails() {
    let mut asha = Asha::new().await;
    asha.world.deps.secrets = lambda::secrets::Secrets::in_memory([
        ("kamai/pepper", json!({ "phone": "p", "otp": "o", "cursor": "c" }).to_string()),
        ("kamai/tokens", asha.world.tokens().to_owned()),
    ]);
    let refused = json!({ "stopped": ["push", "whatsapp", "sms"] });
    asha.wish(refused).await;
    asha.post("/v1/notifications/email", json!({ "email": "asha@example.in" })).await;
    assert_eq!(asha.work().await, 1);
    asha.world.run(&SetPaused { owner: user("asha"), paused: true, request_id: "r".to_owned() }).await;
    asha.notify(FactKind::AccountPaused).await;
    let (notice, _) = asha.told().await;
    let mailed = notice["channels"].as_array().unwrap().iter().find(|channel| channel["channel"] == "email").unwrap().clone();
    assert_eq!((&mailed["status"], &mailed["reason"]), (&json!("skipped"), &json!("not_configured")));
}

#[tokio::test]
async fn text_messages_go_by_twilio_where_that_is_set() {
    let mut asha = Asha::new().await;
    asha.world.deps.settings.notices.sms_carrier = SmsCarrier::Twilio;
    asha.wish(json!({ "stopped": ["push", "whatsapp"] })).await;
    asha.world.run(&SetPaused { owner: user("asha"), paused: true, request_id: "r".to_owned() }).await;
    asha.notify(FactKind::AccountPaused).await;
    let [(channel, text)] = asha.phone().await.try_into().unwrap();
    assert!(channel == "sms" && text.starts_with("Your Kamai account is paused."), "{text}");
    assert_eq!(asha.told().await.1, channels(&[("sms", "sent")]));
}

#[tokio::test]
async fn whoever_wrote_to_us_gets_our_own_words_and_a_template_where_meta_says_the_window_has_shut() {
    let asha = Asha::new().await;
    let hash = asha.world.deps.pepper().await.unwrap().phone_hash(&Phone::parse(PHONE).unwrap());
    asha.world.deps.store.open_window(&hash, asha.world.now()).await.unwrap();
    asha.paid_and_notified("o1").await;
    assert_eq!(asha.phone().await[0].1, "₹1,500.00 ₹1,500.00", "we believed it was open, and it was not");
    asha.world.control(&format!("/phones/{}/whatsapp", PHONE.trim_start_matches('+')), json!({ "text": "hi" })).await;
    asha.paid_and_notified("o2").await;
    assert_eq!(asha.phone().await[1].1, "*₹1,500.00 received*\n\nYou received ₹1,500.00. Your balance is ₹3,000.00.");
}

#[tokio::test]
async fn a_device_goes_with_whoever_holds_it() {
    let asha = Asha::new().await;
    let device = json!({ "fcm_token": "shared-device" });
    let first = asha.post("/v1/notifications/push/subscribe", device.clone()).await;
    let (token, _) = asha.world.sign_in("ravi", "+919812345671", Role::Worker).await;
    let request = Request::post("/v1/notifications/push/subscribe").json(&device).bearer(&token).build();
    let taken = api::notices::handle(&asha.world.deps, request).await.unwrap();
    let taken: Value = serde_json::from_slice(&taken.body).unwrap();
    assert_eq!(taken["device_id"], first["device_id"]);
    assert_eq!(asha.get("/v1/notifications/push/devices").await["items"], json!([]));
    // Who names another's device removes nothing.
    asha.post("/v1/notifications/push/unsubscribe", json!({ "device_id": first["device_id"] })).await;
    let theirs = Request::get("/v1/notifications/push/devices").bearer(&token).build();
    let theirs: Value = serde_json::from_slice(&api::notices::handle(&asha.world.deps, theirs).await.unwrap().body).unwrap();
    assert_eq!(theirs["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn what_is_urgent_is_queued_by_whoever_commits_it_and_the_rest_by_the_stream() {
    let asha = Asha::new().await;
    let queued = || asha.world.outbox.sent.lock().unwrap().drain(..).filter(|(queue, _)| *queue == Queue::Notices).count();
    asha.world.earned("o1", 150_000).await;
    assert_eq!(queued(), 0, "the stream's message is soon enough");
    let pause = SetPaused { owner: user("asha"), paused: true, request_id: "r".to_owned() };
    asha.world.deps.execute(&pause, &Trace::default()).await.unwrap();
    assert_eq!(queued(), 1);
}

#[tokio::test]
async fn a_message_about_a_notice_that_is_over_does_nothing_and_one_about_none_fails() {
    let asha = Asha::new().await;
    asha.paid_and_notified("o1").await;
    let (notice, _) = asha.told().await;
    asha.post("/v1/notifications/seen", json!({ "notice_id": notice["notice_id"] })).await;
    let id = notice["notice_id"].as_str().unwrap().parse().unwrap();
    let climb = |user| WorkMessage::from(&Work::ClimbNotice { notice: id, user }).to_body();
    let handle = async |body: String| queues::notices::handle(&asha.world.deps, Message::new("m", body)).await;
    handle(climb(user("asha"))).await.unwrap();
    assert!(handle(climb(user("ravi"))).await.is_err(), "another's");
    assert_eq!(asha.ask(Request::post("/v1/notifications/seen").json(&json!({ "notice_id": "ntc_0" }))).await.unwrap_err().status(), 404);
}
