//! S4, S15: whatever id one has got hold of, it opens nothing of another's.
//!
//! Every route of the table that takes an id, with the id of something that is really there and
//! another's, as every role. What a caller may not have is answered exactly as what does not exist.

use super::{Answer, all, ask, nothing_found, routes, send};
use crate::{balance, digits, files::uploaded, key, staff, until, worker_with};
use anyhow::{Context, Result};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tests::worker::Worker;

/// Somebody with one of everything, and those who want it.
struct World {
    owner: Worker,
    admin: Worker,
    /// By role; none of them has anything to do with the owner.
    callers: BTreeMap<&'static str, Worker>,
    payment: String,
    /// An order that nobody has paid yet.
    unpaid: String,
    refund: String,
    payout: String,
    payee: String,
    transfer: String,
    batch: String,
    suspense: String,
    webhook: String,
    room: String,
    /// With its room: `room|message`.
    message: String,
    /// With its room and message.
    file: String,
    report: String,
    /// With its number of ours: `user|meta`, the owner's chat that waits for a person.
    waiting: String,
    publication: String,
    standing: String,
    /// A movement of the owner's cash book: `day|entry`.
    entry: String,
    finding: String,
    /// With a part of it: `export|1`.
    export: String,
    /// Somebody who was erased, with a part of what is held: `user|1`.
    erased: String,
    /// With its channel: `push|campaign`; the owner's organisation's.
    campaign: String,
    /// With a channel: `push|user`, who was told two things by it.
    told: String,
    /// Who was invited by the owner.
    friend: Worker,
    /// One whose report there is.
    day: String,
    /// Stands in the owner's notes, and nowhere else.
    mark: String,
}

const ROLES: [&str; 6] = ["nobody", "worker", "org_admin", "support", "ops", "admin"];

fn id_of(answer: &Value) -> Result<String> {
    Ok(answer["id"].as_str().with_context(|| format!("no id in {answer}"))?.to_owned())
}

async fn world() -> Result<World> {
    let (owner, friend, admin) = (worker_with(500_000).await?, worker_with(0).await?, staff().await?);
    let mark = digits("mark");
    let give = async |worker: &Worker, role: &str| {
        admin.post(&format!("/v1/ops/users/{}/role", worker.user_id), None, json!({ "role": role })).await
    };
    let mut callers = BTreeMap::new();
    for role in ["worker", "org_admin", "support", "ops"] {
        let caller = worker_with(0).await?;
        give(&caller, role).await?;
        callers.insert(role, caller);
    }
    callers.insert("admin", admin.clone());
    give(&owner, "org_admin").await?;

    // A second of everything, so that lists have a second page.
    let second = owner.order(&key("order"), 10_000).await?;
    owner.stack.pay(second["razorpay"]["order_id"].as_str().context("no order")?).await?;
    until("it is credited", async || Ok(balance(&owner).await? == 510_000)).await?;
    let payment = owner.get("/v1/payments").await?["items"][1].clone();
    let payment = id_of(&payment)?;
    let unpaid = id_of(&owner.order(&key("order"), 12_000).await?)?;
    let refund = json!({ "amount": 1_000, "note": mark });
    let refund = id_of(&owner.post(&format!("/v1/payments/{payment}/refunds"), Some(&key("refund")), refund).await?)?;
    let pay = |vpa: String| json!({ "amount": 2_000, "currency": "INR", "note": mark, "payee": { "type": "vpa", "vpa": vpa, "name": "Meena Pillai" } });
    let payout = owner.post("/v1/payouts", Some(&key("payout")), pay(format!("pending.{mark}@okaxis"))).await?;
    owner.post("/v1/payouts", Some(&key("payout")), pay(format!("pending2.{mark}@okaxis"))).await?;
    let to =
        json!({ "to": { "type": "user", "user_id": friend.user_id }, "amount": 3_000, "currency": "INR", "note": mark, "hold_s": 3_600 });
    let transfer = id_of(&owner.post("/v1/transfers", Some(&key("hold")), to).await?)?;
    let line = |n: u32| json!({ "amount": 1_500, "reference": mark, "payee": { "type": "vpa", "vpa": format!("pending{n}.{mark}@ybl"), "name": "Meena Pillai" } });
    let lines = json!({ "currency": "INR", "note": mark, "lines": [line(3), line(4)] });
    let batch = id_of(&owner.post("/v1/payout-batches", Some(&key("batch")), lines).await?)?;

    let vpa = format!("{mark}@ybl");
    let nobodys = json!({ "amount": 7_700, "vpa": vpa });
    let nobodys = owner.stack.post(format!("{}/customer/pay-without-order", owner.stack.sandbox_url), nobodys).await?;
    let find = async || {
        let open = admin.get("/v1/ops/suspense").await?;
        let found =
            open["items"].as_array().into_iter().flatten().find(|item| item["provider_id"] == nobodys["razorpay_payment_id"]).cloned();
        Ok::<_, anyhow::Error>(found)
    };
    until("it is in suspense", async || Ok(find().await?.is_some())).await?;
    let suspense = id_of(&find().await?.context("gone")?)?;
    let webhook = id_of(&admin.get("/v1/ops/webhooks?limit=1").await?["items"][0])?;
    owner.stack.invoke("schedules-reconcile-day").await?;
    let days = admin.get("/v1/ops/reconciliation?limit=1").await?;
    let day = days["items"][0]["day"].as_str().context("no day was compared")?.to_owned();
    let path = format!("/v1/refunds/{refund}");
    until("the refund is processed", async || Ok(owner.get(&path).await?["status"] == "processed")).await?;
    let path = format!("/v1/payout-batches/{batch}/lines");
    until("the lines are opened", async || {
        let lines = owner.get(&path).await?;
        Ok(lines["items"].as_array().is_some_and(|lines| lines.iter().all(|line| line["status"] == "opened")))
    })
    .await?;
    let Chat { room, message, file, report } = chat(&owner, &friend, &mark).await?;
    let news = json!({ "channel": "system", "event": "announcement", "data": { "title": "To everybody" } });
    let publication = id_of(&admin.post("/v1/ops/publications", Some(&key("news")), news).await?)?;
    let standing = json!({ "amount": 1_000, "currency": "INR", "to": { "type": "user", "user_id": friend.user_id }, "every": "day" });
    let standing = id_of(&owner.post("/v1/standing-payments", Some(&key("standing")), standing).await?)?;
    let (entry, finding) = book(&owner, &mark).await?;
    let export = format!("{}|1", id_of(&owner.copied().await?)?);
    let erased = erased(&admin).await?;
    let campaign = organisation(&owner, &friend, &admin, &mark).await?;
    let told = told(&owner, &admin).await?;
    let waiting = waiting(&owner, &admin).await?;
    let path = format!("/v1/payouts/{}", id_of(&payout)?);
    until("the payout is validating", async || Ok(owner.get(&path).await?["status"] == "validating")).await?;
    let payee = payout["payee_id"].as_str().context("no payee")?.to_owned();
    let payout = id_of(&payout)?;
    Ok(World {
        owner,
        admin,
        callers,
        payment,
        unpaid,
        refund,
        payout,
        payee,
        transfer,
        batch,
        suspense,
        webhook,
        room,
        message,
        file,
        report,
        waiting,
        publication,
        standing,
        entry,
        finding,
        export,
        erased,
        campaign,
        told,
        friend,
        day,
        mark,
    })
}

/// An organisation with two members, that is a member of two itself, and has two campaigns.
async fn organisation(owner: &Worker, friend: &Worker, admin: &Worker, mark: &str) -> Result<String> {
    let third = worker_with(0).await?;
    for worker in [friend, &third] {
        admin.post(&format!("/v1/ops/users/{}/role", worker.user_id), None, json!({ "role": "org_admin" })).await?;
        owner.post("/v1/organisation/members", None, json!({ "user": worker.user_id })).await?;
        worker.post(&format!("/v1/organisations/{}/join", owner.user_id), None, json!({})).await?;
        worker.post("/v1/organisation/members", None, json!({ "user": owner.user_id })).await?;
    }
    let recipients = json!([{ "user_id": friend.user_id }, { "user_id": third.user_id }]);
    let data = json!({ "title": mark, "text": mark });
    let told = json!({ "name": mark, "template": "announcement", "data": data, "recipients": recipients });
    owner.post("/v1/notifications/push/bulk", Some(&key("campaign")), told.clone()).await?;
    Ok(format!("push|{}", id_of(&owner.post("/v1/notifications/push/bulk", Some(&key("campaign")), told).await?)?))
}

/// Somebody whose account has ended.
async fn erased(admin: &Worker) -> Result<String> {
    let gone = worker_with(0).await?;
    gone.erased().await?;
    let path = format!("/v1/ops/erasures/{}", gone.user_id);
    until("a copy is held", async || Ok(admin.get(&path).await?["parts"] == 1)).await?;
    Ok(format!("{}|1", gone.user_id))
}

/// The owner is told two things by hand.
async fn told(owner: &Worker, admin: &Worker) -> Result<String> {
    let one = json!({ "to": owner.user_id, "template": "account.resumed" });
    for _ in 0..2 {
        admin.post("/v1/notifications/push/send", Some(&key("told")), one.clone()).await?;
    }
    Ok(format!("push|{}", owner.user_id))
}

/// The owner calls for a person.
async fn waiting(owner: &Worker, admin: &Worker) -> Result<String> {
    let wrote = format!("{}/phones/{}/whatsapp", owner.stack.sandbox_url, owner.phone);
    owner.stack.post(wrote, json!({ "text": "i want to talk to a person" })).await?;
    let path = format!("/v1/ops/chats/{}/meta", owner.user_id);
    until("the chat waits for a person", async || Ok(admin.call(Method::GET, &path, None, None).await?.0 == StatusCode::OK)).await?;
    Ok(format!("{}|meta", owner.user_id))
}

/// A movement that an SMS told of, and a day of which a platform makes less than its lines come to.
async fn book(owner: &Worker, mark: &str) -> Result<(String, String)> {
    let text = format!("Rs.250.00 debited from A/c XX1234 to {mark}. UPI Ref 632412345678");
    let message = json!({ "sender": "VM-HDFCBK-S", "text": text, "received_at": domain::Timestamp::now().to_string() });
    owner.agree("sms", true).await?;
    let told = owner.post("/v1/sms/batch", None, json!({ "messages": [message] })).await?["items"][0].clone();
    let part = |name: &str| told[name].as_str().map(str::to_owned).with_context(|| format!("no {name} in {told}"));
    let entry = format!("{}|{}", part("day")?, part("entry_id")?);
    // `date,total_earnings,base` of 2026-11-02: 850.00 of 1000.00.
    let file = "ZGF0ZSx0b3RhbF9lYXJuaW5ncyxiYXNlCjIwMjYtMTEtMDIsODUwLjAwLDEwMDAuMDAK";
    owner.post("/v1/earnings", None, json!({ "platform": "swiggy", "file": file })).await?;
    let found = async || Ok::<_, anyhow::Error>(owner.get("/v1/insights").await?["findings"][0]["id"].as_str().map(str::to_owned));
    until("the agent finds what is missing", async || Ok(found().await?.is_some())).await?;
    Ok((entry, found().await?.context("gone")?))
}

struct Chat {
    room: String,
    message: String,
    file: String,
    report: String,
}

/// Two rooms of the owner's, with two messages in one, of which one has a file and is reported.
async fn chat(owner: &Worker, friend: &Worker, mark: &str) -> Result<Chat> {
    owner.post("/v1/rooms", Some(&key("group")), json!({ "name": mark, "members": [friend.user_id] })).await?;
    let room = id_of(&owner.post("/v1/rooms", Some(&key("room")), json!({ "with": friend.user_id })).await?)?;
    let path = format!("/v1/rooms/{room}/messages");
    owner.post(&path, None, json!({ "client_id": "m1", "text": mark })).await?;
    let file = uploaded(owner).await?;
    let message = id_of(&owner.post(&path, None, json!({ "client_id": "m2", "text": mark, "files": [file] })).await?)?;
    let report = id_of(&friend.post(&format!("{path}/{message}/report"), None, json!({ "reason": mark })).await?)?;
    let message = format!("{room}|{message}");
    Ok(Chat { file: format!("{message}|{file}"), room, message, report })
}

impl World {
    /// What is really there and another's, for each route that takes an id. `None`: nobody has
    /// thought of it yet.
    fn ids_of(&self, path: &str) -> Option<Vec<&str>> {
        Some(match path {
            "/v1/payout-batches/{id}" | "/v1/payout-batches/{id}/lines" => vec![&self.batch],
            "/v1/ops/suspense/{id}/assign" => vec![&self.suspense],
            "/v1/ops/webhooks/{id}" | "/v1/ops/webhooks/{id}/replay" => vec![&self.webhook],
            "/v1/ops/dead-letters/{queue}/redrive" => vec!["inbox"],
            "/v1/ops/reconciliation/{day}" => vec![&self.day],
            "/v1/ops/users/{id}/role" => vec![&self.owner.user_id],
            "/v1/payees/{id}" => vec![&self.payee],
            "/v1/payments/{id}" | "/v1/payments/{id}/refunds" => vec![&self.payment],
            "/v1/payments/{id}/upi" => vec![&self.unpaid],
            "/v1/refunds/{id}" => vec![&self.refund],
            "/v1/payouts/{id}" | "/v1/payouts/{id}/cancel" => vec![&self.payout],
            "/v1/transactions/{id}" => vec![&self.payment, &self.payout, &self.refund, &self.transfer, &self.batch],
            "/v1/ops/publications/{id}" | "/v1/ops/publications/{id}/cancel" => vec![&self.publication],
            "/v1/notifications/{channel}/history/{user}" => vec![&self.told],
            path if path.starts_with("/v1/notifications/{channel}/bulk/{id}") => vec![&self.campaign],
            path if path.starts_with("/v1/notifications/{channel}/") => vec!["push"],
            "/v1/organisation/members/{user}/remove" => vec![&self.friend.user_id],
            "/v1/organisations/{id}/join" | "/v1/organisations/{id}/leave" => vec![&self.owner.user_id],
            "/v1/standing-payments/{id}/end" => vec![&self.standing],
            "/v1/cashbook/{day}/{entry}" => vec![&self.entry],
            path if path.starts_with("/v1/findings/{id}/") => vec![&self.finding],
            "/v1/privacy/exports/{id}/{part}" => vec![&self.export],
            path if path.starts_with("/v1/ops/erasures/{user}") => vec![&self.erased],
            "/v1/ops/reports/{id}/close" => vec![&self.report],
            path if path.starts_with("/v1/ops/chats/{user}/{door}") => vec![&self.waiting],
            "/v1/rooms/{id}" | "/v1/rooms/{id}/messages" | "/v1/rooms/{id}/read" => vec![&self.room],
            "/v1/rooms/{id}/join" | "/v1/rooms/{id}/leave" | "/v1/rooms/{id}/members" => vec![&self.room],
            "/v1/rooms/{id}/messages/{message}/files/{file}" => vec![&self.file],
            path if path.starts_with("/v1/rooms/{id}/messages/{message}/") => vec![&self.message],
            "/v1/transfers/{id}" | "/v1/transfers/{id}/post" | "/v1/transfers/{id}/void" => vec![&self.transfer],
            _ => return None,
        })
    }

    /// All that the owner sees of their own, and operators of what is nobody's.
    async fn sight(&self) -> Result<Vec<Value>> {
        let mut sight = Vec::new();
        for path in [
            "/v1/wallet".to_owned(),
            "/v1/transactions?limit=100".to_owned(),
            "/v1/payees?limit=100".to_owned(),
            "/v1/standing-payments".to_owned(),
            format!("/v1/cashbook?from={0}&to={0}", self.entry.split('|').next().unwrap_or_default()),
            "/v1/insights".to_owned(),
            format!("/v1/payments/{}", self.payment),
            format!("/v1/refunds/{}", self.refund),
            format!("/v1/payouts/{}", self.payout),
            format!("/v1/payees/{}", self.payee),
            format!("/v1/transfers/{}", self.transfer),
            format!("/v1/payout-batches/{}", self.batch),
            format!("/v1/payout-batches/{}/lines", self.batch),
            format!("/v1/rooms/{}", self.room),
            format!("/v1/rooms/{}/messages", self.room),
        ] {
            sight.push(self.owner.get(&path).await?);
        }
        let open = self.admin.get("/v1/ops/suspense").await?;
        sight.extend(open["items"].as_array().into_iter().flatten().find(|item| item["id"] == self.suspense.as_str()).cloned());
        Ok(sight)
    }

    /// What no stranger's answer may hold.
    fn secrets(&self) -> [&str; 4] {
        [&self.mark, &self.owner.user_id, self.owner.phone.trim_start_matches('+'), "Meena"]
    }
}

/// Routes that take any user's id, since they do nothing to them, or none but a channel's name.
fn is_about_anybody(route: &routes::Route) -> bool {
    let by_channel = route.path.strip_prefix("/v1/notifications/{channel}/").is_some_and(|rest| !rest.contains('{'));
    // Who has the address has the mail that it stands in.
    let by_mail = route.path == "/v1/notifications/email/leave/{token}";
    // Who has the address has the chat that it stands in, and it does nothing without the PIN.
    let by_chat = route.path == "/v1/chat/pin/{token}";
    // A bank or platform is named, and the caller's own connection is meant.
    let by_bank = route.path.starts_with("/v1/banks/{bank}/") || route.path.starts_with("/v1/platforms/{platform}/");
    by_channel
        || by_mail
        || by_chat
        || by_bank
        || route.path.starts_with("/v1/social/")
        || route.path == "/v1/rooms/{id}/members/{user}/remove"
}

/// An id of the same form that nothing has.
fn absent(id: &str) -> String {
    match id.len().checked_sub(8) {
        Some(keep) if id.contains('_') => format!("{}{}", &id[..keep], if id.ends_with("00000000") { "11111111" } else { "00000000" }),
        _ => format!("{id}x"),
    }
}

/// The same fingerprint with another time before it: it would find the row, and is not its id.
fn with_another_time(id: &str) -> Option<String> {
    let (prefix, ulid) = id.split_once('_')?;
    (ulid.len() == 26).then(|| format!("{prefix}_0000000001{}", &ulid[10..]))
}

async fn call(world: &World, role: &str, route: &routes::Route, id: &str) -> Result<Answer> {
    let token = world.callers.get(role).map(|caller| caller.token.as_str());
    let method: Method = route.method.parse()?;
    let request = ask(&world.owner.stack, method, &route.at(id), token);
    let me = world.callers.get(role).map_or("", |caller| &caller.user_id);
    let request = match (route.method.as_str(), route.path.as_str()) {
        ("GET", _) => request,
        (_, "/v1/ops/suspense/{id}/assign") => request.json(&json!({ "user_id": me })),
        (_, "/v1/ops/users/{id}/role") => request.json(&json!({ "role": "admin" })),
        (_, "/v1/ops/erasures/{user}/parts/{part}") => request.json(&json!({ "why": "mine" })),
        (_, "/v1/rooms/{id}/members") => request.json(&json!({ "user_id": me })),
        (_, "/v1/rooms/{id}/messages") => request.json(&json!({ "client_id": "m1", "text": "mine" })),
        (_, "/v1/rooms/{id}/read") => request.json(&json!({ "read_through_seq": 1 })),
        (_, "/v1/cashbook/{day}/{entry}") => request.json(&json!({ "what": "mine" })),
        (_, "/v1/findings/{id}/dispute") => request.json(&json!({ "language": "en" })),
        (_, "/v1/rooms/{id}/messages/{message}/edit") => request.json(&json!({ "text": "mine" })),
        (_, "/v1/rooms/{id}/messages/{message}/report") => request.json(&json!({ "reason": "mine" })),
        (_, "/v1/payments/{id}/refunds" | "/v1/transfers/{id}/post") => request.json(&json!({ "amount": 100 })),
        _ => request,
    };
    send(if route.money { request.header("idempotency-key", key("idor")) } else { request }).await
}

#[tokio::test]
async fn s4_an_id_of_anothers_is_to_every_role_as_if_it_did_not_exist() -> Result<()> {
    let (world, mut findings) = (world().await?, Vec::new());
    let before = world.sight().await?;
    let (mut cases, mut seen) = (Vec::new(), 0);
    for route in routes::table()?.into_iter().filter(|route| route.has_param() && !is_about_anybody(route)) {
        let Some(ids) = world.ids_of(&route.path) else {
            findings.push(format!(
                "{} takes an id and is not attacked: in attacks/idor.rs, give `World` something of the owner's for it, \
                 and name it in `ids_of`",
                route.name()
            ));
            continue;
        };
        for id in ids {
            for role in ROLES {
                cases.push((route.clone(), id.to_owned(), role));
            }
        }
    }
    let answers = all(cases.iter().map(async |(route, id, role)| {
        // What staff may do to anything is not tried on what is there, but for looking.
        let is_staffs = match route.caller.as_str() {
            "support" | "ops" => true,
            // An organisation sees its own, and an operator all.
            "sender" => *role != "org_admin",
            _ => false,
        };
        let is_theirs = is_staffs && route.may(role);
        let gone = call(&world, role, route, &absent(id)).await?;
        let real = if is_theirs && route.method != "GET" { gone.clone() } else { call(&world, role, route, id).await? };
        Ok((real, gone, is_theirs))
    }))
    .await?;
    for ((route, id, role), (real, gone, is_theirs)) in cases.iter().zip(answers) {
        let mut found = |what: &str| findings.push(format!("{role} {} with {id}: {what}: {} {}", route.name(), real.status, real.text));
        if is_theirs && route.method == "GET" {
            // So the ids are real, and staff see what they are there to see.
            if real.status != 200 || gone.status != 404 {
                found("staff do not see it");
            }
            seen += 1;
            continue;
        }
        let expected = match (*role, route.may(role)) {
            ("nobody", _) => 401,
            (_, false) => 403,
            // An operator may not make anybody an administrator, whether they exist or not.
            ("ops", true) if route.path == "/v1/ops/users/{id}/role" => 403,
            (_, true) => 404,
        };
        if real.status != expected {
            found(&format!("not {expected}"));
        }
        if real.told() != gone.told() {
            found(&format!("differs from what does not exist: {}", gone.text));
        }
        if let Some(flaw) = real.flaw() {
            found(&flaw);
        }
        if let Some(secret) = world.secrets().into_iter().find(|secret| real.text.contains(secret)) {
            found(&format!("discloses {secret}"));
        }
    }
    nothing_found(&findings);
    assert!(seen > 0 && cases.len() > 100, "only {} cases", cases.len());
    assert_eq!(world.sight().await?, before, "something of the owner's has changed");
    Ok(())
}

/// The owner's own ids, so that a 404 above is not just any id's answer; and the same rows by an
/// id that is not theirs.
#[tokio::test]
async fn s4_an_id_names_a_thing_in_one_spelling_only() -> Result<()> {
    let (world, mut findings) = (world().await?, Vec::new());
    for route in routes::table()?.iter().filter(|route| route.has_param() && route.method == "GET") {
        if matches!(route.caller.as_str(), "ops" | "support") {
            continue;
        }
        for id in world.ids_of(&route.path).unwrap_or_default() {
            let own = send(ask(&world.owner.stack, Method::GET, &route.at(id), Some(&world.owner.token))).await?;
            if own.status != 200 {
                findings.push(format!("{} with {id}: the owner gets {} {}", route.name(), own.status, own.text));
            }
            let spellings = [with_another_time(id).unwrap_or_default(), id.to_lowercase(), format!("{id}0"), format!("%20{id}")];
            for spelling in spellings.into_iter().filter(|spelling| spelling != id) {
                let answer = send(ask(&world.owner.stack, Method::GET, &route.at(&spelling), Some(&world.owner.token))).await?;
                if answer.status != 404 {
                    findings.push(format!("{} with {spelling} for {id}: {} {}", route.name(), answer.status, answer.text));
                }
            }
        }
    }
    nothing_found(&findings);
    Ok(())
}

/// S15: cursors are of one caller and one list; filters by somebody else's id do not exist.
#[tokio::test]
async fn s15_cursors_and_filters_lead_to_nobody_elses_pages() -> Result<()> {
    let (world, mut findings) = (world().await?, Vec::new());
    let document = routes::document().await?;
    let stranger = &world.callers["org_admin"];
    let mut lists = Vec::new();
    for route in routes::table()?.into_iter().filter(|route| route.method == "GET" && route.caller != "anyone") {
        let staffs = matches!(route.caller.as_str(), "support" | "ops");
        let id = world.ids_of(&route.path).and_then(|ids| ids.first().map(|id| (*id).to_owned())).unwrap_or_default();
        let path = route.at(&id);
        let (first, second) = if staffs { (&world.admin, &world.callers["ops"]) } else { (&world.owner, stranger) };
        if routes::query(&document, &route).contains(&"cursor") {
            let page = first.get(&format!("{path}?limit=1")).await?;
            match page["next_cursor"].as_str() {
                Some(cursor) => lists.push((path.clone(), cursor.to_owned(), staffs, first, second)),
                None => findings.push(format!("{} has no second page: give the owner in attacks/idor.rs two of them", route.name())),
            }
        }
        if !staffs && !route.has_param() {
            let filter = format!("{path}?user_id={0}&owner={0}&account_id={0}", world.owner.user_id);
            let answer = send(ask(&second.stack, Method::GET, &filter, Some(&second.token))).await?;
            if world.secrets().iter().any(|secret| answer.text.contains(secret)) {
                findings.push(format!("{filter} discloses: {}", answer.text));
            }
        }
    }
    for (path, cursor, staffs, first, second) in &lists {
        // One that is theirs works; the same is refused from another, in another list, and tampered with.
        first.get(&format!("{path}?limit=1&cursor={cursor}")).await?;
        let mut flipped = cursor.clone();
        flipped.replace_range(3..4, if cursor[3..].starts_with('A') { "B" } else { "A" });
        let tampered =
            [flipped, cursor[..cursor.len() - 2].to_owned(), format!("{cursor}AA"), cursor.repeat(20), String::new(), "Ｏ".into()];
        let mut odd: Vec<(String, &Worker)> = tampered.into_iter().map(|odd| (odd, *first)).collect();
        odd.extend(lists.iter().filter(|other| other.0 != *path && other.2 == *staffs).map(|other| (other.1.clone(), *first)));
        if !staffs {
            odd.push((cursor.clone(), *second));
        }
        for (odd, caller) in odd {
            let answer = send(ask(&caller.stack, Method::GET, &format!("{path}?cursor={odd}"), Some(&caller.token))).await?;
            // Another's batch or room is not there at all, with whatever cursor.
            let is_gone = (path.contains(&world.batch) || path.contains(&world.room) || path.contains("/bulk/"))
                && !std::ptr::eq(caller, *first)
                && answer.status == 404;
            if !is_gone && (answer.status, answer.body["code"].as_str()) != (400, Some("cursor_invalid")) {
                findings.push(format!("{path}?cursor={} is answered {} {}", super::shown(&odd), answer.status, super::shown(&answer.text)));
            }
        }
    }
    nothing_found(&findings);
    assert!(lists.len() >= 6, "only {} lists", lists.len());
    Ok(())
}
