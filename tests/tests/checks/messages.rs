//! The webhooks of messages: who is believed, what is stored, and what comes of it.

use crate::world::*;
use domain::{
    Timestamp,
    fact::Priority,
    id::{Fingerprint, NoticeId, UserId},
    identity::{Phone, Role, User},
    notice::{
        Allowance, CallbackTag, Category, Channel, Climb, Climbed, Notice, OpenNotice, Template, Values,
        delivery::Status,
        suppression::{AddressHash, Cause},
    },
    rules::NoticeRules,
};
use functions::{
    queues,
    table::Queue,
    webhooks::{self, Source, told::Told},
    work::WorkMessage,
};
use lambda::{Message, Problem, Reply, Request};
use providers::{
    call::Timeouts,
    email::{
        Email, EmailAddress, MessageId, Purpose,
        smtp::{self, Server},
    },
    messaging::twilio::signature::{Posted, sign},
    secret::Secret,
    signature::Verified,
};
use serde_json::{Value, json};
use std::time::Duration;
use store::{Inbound, InboundStatus};

const PHONE: &str = "+919812345678";
const STATUS: &str = "/webhooks/twilio/status";

fn second() -> i64 {
    Timestamp::now().as_second()
}

/// A world in which Asha has a phone.
async fn world() -> World {
    let world = World::new(|_| {}).await;
    let phone = Phone::parse(PHONE).unwrap();
    let hash = world.deps.pepper().await.unwrap().phone_hash(&phone);
    let asha = User { id: user("asha"), phone, role: Role::Worker, created_at: world.now() };
    world.deps.store.add_user(&asha, &hash).await.unwrap();
    world
}

/// What Meta posts, about our number.
pub fn meta(world: &World, told: &Value) -> String {
    let mut value = json!({ "messaging_product": "whatsapp",
        "metadata": { "display_phone_number": "911122334455", "phone_number_id": world.config.messaging.whatsapp_phone_number_id } });
    value.as_object_mut().unwrap().extend(told.as_object().unwrap().clone());
    json!({ "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": [{ "field": "messages", "value": value }] }] })
        .to_string()
}

fn text(id: &str, body: &str, at: i64) -> Value {
    json!({ "messages": [{ "id": format!("wamid.{id}"), "from": &PHONE[1..], "timestamp": at.to_string(), "type": "text", "text": { "body": body } }] })
}

fn status(id: &str, word: &str, tag: &CallbackTag) -> Value {
    json!({ "statuses": [{ "id": id, "status": word, "timestamp": second().to_string(), "recipient_id": &PHONE[1..],
        "biz_opaque_callback_data": tag.to_string(), "errors": [{ "code": 131_026, "title": "Message undeliverable" }] }] })
}

/// As Twilio names messages.
fn sid(n: u8) -> String {
    format!("SM{n:032x}")
}

pub async fn by_meta(world: &World, body: &str) -> Result<Reply, Problem> {
    let signature = sandbox::signing::hmac_sha256_hex(&world.config.messaging.whatsapp_app_secret, body.as_bytes());
    let request = Request::post("/webhooks/whatsapp").header("x-hub-signature-256", format!("sha256={signature}")).body(body);
    webhooks::whatsapp::handle(&world.deps, request.build()).await
}

pub async fn by_twilio(world: &World, path: &str, query: &str, form: &str) -> Result<Reply, Problem> {
    let mark = if query.is_empty() { "" } else { "?" };
    let token = Secret::new(&world.config.messaging.twilio_auth_token).unwrap();
    let signature = sign(&format!("{ORIGIN}{path}{mark}{query}"), Posted::Form(form.as_bytes()), &token);
    let request = Request::post(path).query(query).header("x-twilio-signature", signature).body(form);
    webhooks::twilio::handle(&world.deps, request.build()).await
}

async fn by_sns(world: &World, body: &str) -> Result<Reply, Problem> {
    let request = Request::post("/webhooks/ses").header("content-type", "text/plain; charset=UTF-8").body(body);
    webhooks::ses::handle(&world.deps, request.build()).await
}

fn taken(reply: Result<Reply, Problem>) {
    assert_eq!(reply.unwrap().status, 200);
}

fn refused(reply: Result<Reply, Problem>) -> u16 {
    reply.unwrap_err().status()
}

/// Works on what lies in the queues, the last first, but for what people wrote.
async fn work(world: &World) {
    let sent: Vec<(Queue, String)> = std::mem::take(&mut *world.outbox.sent.lock().unwrap());
    for (_, body) in sent.iter().rev().filter(|(queue, _)| *queue == Queue::Inbox) {
        queues::inbox::handle(&world.deps, Message::new("m", body.clone())).await.unwrap();
    }
    for (_, body) in sent.into_iter().filter(|(queue, _)| *queue == Queue::Chats) {
        queues::chats::handle(&world.deps, Message::new("m", body)).await.unwrap();
    }
}

async fn stored(world: &World) -> Vec<Inbound> {
    world.deps.store.webhooks(None, 100).await.unwrap().0
}

/// Under which id a body is kept.
fn inbox_id(source: Source, body: &str) -> String {
    let event = Told::read(source, Verified::stored(body.as_bytes())).unwrap().event();
    source.inbox_id(event.as_deref(), body.as_bytes())
}

/// What came of what a body told.
async fn outcome(world: &World, source: Source, body: &str) -> (InboundStatus, String) {
    let kept = world.deps.store.webhook(&inbox_id(source, body)).await.unwrap().unwrap();
    (kept.status, kept.outcome.unwrap_or_default())
}

/// Opens a notice of Asha's that is sent at any hour.
async fn notice(world: &World) -> NoticeId {
    let open = OpenNotice {
        user: user("asha"),
        event: "log-in".to_owned(),
        template: Template { name: "security.log_in".to_owned(), version: 1 },
        values: Values::new("{}".to_owned()).unwrap(),
        priority: Priority::Critical,
        category: Category::Security,
        seq: None,
        only: None,
        expires_at: world.now() + Duration::from_secs(3_600),
        rules: NoticeRules::default(),
    };
    world.run(&open).await.value.id
}

/// Calls the next channel's provider, which says nothing.
async fn climb(world: &World, notice: NoticeId) -> CallbackTag {
    let climb = Climb {
        user: user("asha"),
        notice,
        phone: Some(AddressHash::new("phone")),
        email: None,
        told: Allowance::default(),
        closed: Vec::new(),
        rules: NoticeRules::default(),
    };
    match world.run(&climb).await {
        Climbed::Try { channel, .. } => CallbackTag { user: user("asha"), notice, channel },
        other => panic!("{other:?}"),
    }
}

async fn status_of(world: &World, tag: &CallbackTag) -> Status {
    let notice: Notice = world.deps.store.notice_by_id(tag.user, tag.notice).await.unwrap().unwrap();
    notice.delivery(tag.channel).unwrap().status.clone()
}

async fn is_stopped(world: &World, channel: Channel) -> bool {
    world.deps.store.preferences(user("asha")).await.unwrap().stopped.contains(&channel)
}

/// By either provider.
#[tokio::test]
async fn f13_a_message_that_was_read_stays_read_whatever_is_told_afterwards() {
    let world = world().await;
    let id = notice(&world).await;
    let whatsapp = climb(&world, id).await;
    assert_eq!(whatsapp.channel, Channel::Whatsapp);
    taken(by_meta(&world, &meta(&world, &status("wamid.1", "failed", &whatsapp))).await);
    work(&world).await;
    assert_eq!(status_of(&world, &whatsapp).await.code(), "failed");

    let sms = climb(&world, id).await;
    assert_eq!(sms.channel, Channel::Sms, "it failed, so the ladder goes on");
    for word in ["delivered", "sent", "queued"] {
        let form = format!("MessageSid={}&MessageStatus={word}&To=%2B919812345678", sid(1));
        taken(by_twilio(&world, STATUS, &format!("tag={sms}"), &form).await);
        work(&world).await;
        assert_eq!(status_of(&world, &sms).await.code(), "delivered", "after {word}");
    }
    for word in ["read", "delivered", "sent"] {
        taken(by_meta(&world, &meta(&world, &status("wamid.1", word, &whatsapp))).await);
        work(&world).await;
        assert_eq!(status_of(&world, &whatsapp).await.code(), "read", "after {word}: who has it knows better");
    }
    assert_eq!(stored(&world).await.len(), 7);
}

#[tokio::test]
async fn the_same_news_are_stored_once_and_change_nothing_more() {
    let world = world().await;
    let tag = climb(&world, notice(&world).await).await;
    taken(by_meta(&world, &meta(&world, &status("wamid.1", "delivered", &tag))).await);
    let mut again = status("wamid.1", "delivered", &tag);
    again["statuses"][0]["timestamp"] = json!("1");
    taken(by_meta(&world, &meta(&world, &again)).await);
    let form = format!("MessageSid={}&From=%2B919812345678&Body=hi", sid(7));
    for _ in 0..3 {
        taken(by_twilio(&world, "/webhooks/twilio", "", &form).await);
    }
    assert_eq!(stored(&world).await.len(), 2);
    work(&world).await;
    assert!(stored(&world).await.iter().all(|kept| kept.status != InboundStatus::Received));
}

#[tokio::test]
async fn a_status_without_a_tag_finds_its_notice_by_the_providers_id_or_is_of_none() {
    use domain::notice::{Outcome, RecordOutcome};
    let world = world().await;
    let tag = climb(&world, notice(&world).await).await;
    let form = format!("MessageSid={}&MessageStatus=delivered&To=whatsapp%3A%2B919812345678", sid(9));
    taken(by_twilio(&world, STATUS, "", &form).await);
    work(&world).await;
    assert_eq!(outcome(&world, Source::TwilioStatus, &form).await, (InboundStatus::Ignored, "no notice of ours".to_owned()));

    let CallbackTag { user, notice, channel } = tag;
    let outcome = Outcome::Sent { provider: "twilio".to_owned(), provider_id: Some(sid(9)) };
    world.run(&RecordOutcome { user, notice, channel, attempt: 1, outcome, rules: NoticeRules::default() }).await;
    taken(by_twilio(&world, STATUS, "", &form.replace("delivered", "read")).await);
    work(&world).await;
    assert_eq!(status_of(&world, &tag).await, Status::Read);
}

#[tokio::test]
async fn s1_nobody_is_believed_who_did_not_sign() {
    let world = world().await;
    let body = meta(&world, &text("1", "STOP", second()));
    let signature = sandbox::signing::hmac_sha256_hex("another secret", body.as_bytes());
    for signature in ["", &signature, &format!("sha256={signature}"), "sha256="] {
        let request = Request::post("/webhooks/whatsapp").header("x-hub-signature-256", signature).body(body.as_str());
        assert_eq!(refused(webhooks::whatsapp::handle(&world.deps, request.build()).await), 401, "{signature}");
    }
    let form = format!("MessageSid={}&From=%2B919812345678&Body=STOP", sid(1));
    let token = Secret::new(&world.config.messaging.twilio_auth_token).unwrap();
    let elsewhere = sign(&format!("{ORIGIN}{STATUS}"), Posted::Form(form.as_bytes()), &token);
    for signature in ["", "AAAA", &elsewhere] {
        let request = Request::post("/webhooks/twilio").header("x-twilio-signature", signature).body(form.as_str());
        assert_eq!(refused(webhooks::twilio::handle(&world.deps, request.build()).await), 401, "{signature}");
    }
    let signed = sign(&format!("{ORIGIN}/webhooks/twilio"), Posted::Form(form.as_bytes()), &token);
    let another_query = Request::post("/webhooks/twilio").query("tag=x").header("x-twilio-signature", signed).body(form.as_str());
    assert_eq!(refused(webhooks::twilio::handle(&world.deps, another_query.build()).await), 401);
    let told = include_str!("../../../shared/providers/fixtures/sns_notification_v1.json");
    let elsewhere = told.replace("https://sns.ap-south-1.amazonaws.com/", "https://sns.ap-south-1.amazonaws.com.example/");
    let another_topic = told.replace("123456789012:ses-feedback", "210987654321:ses-feedback");
    for body in ["", "{}", &elsewhere, &another_topic] {
        assert_eq!(refused(by_sns(&world, body).await), 401, "{body}");
    }
    assert!(stored(&world).await.is_empty() && world.outbox.sent.lock().unwrap().is_empty());
}

#[tokio::test]
async fn metas_question_is_answered_with_its_challenge_and_nobody_elses() {
    let world = world().await;
    let ask = |query: &str| Request { method: "GET".to_owned(), ..Request::post("/webhooks/whatsapp").query(query).build() };
    let query = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=ours";
    let reply = webhooks::whatsapp::handle(&world.deps, ask(query)).await.unwrap();
    assert_eq!(
        (reply.status, reply.body.as_slice(), reply.header("content-type")),
        (200, &b"1158201444"[..], Some("text/plain; charset=utf-8"))
    );
    for query in ["", "hub.mode=subscribe&hub.challenge=1&hub.verify_token=other", "hub.mode=x&hub.challenge=1&hub.verify_token=ours"] {
        assert_eq!(refused(webhooks::whatsapp::handle(&world.deps, ask(query)).await), 403, "{query}");
    }
}

/// The queue brings what came in another order than it came in.
#[tokio::test]
async fn the_latest_word_of_consent_counts_by_its_own_time() {
    let world = world().await;
    let begun = second() - 100;
    for (n, word) in ["hello", "band karo", "don't stop", "शुरू करें"].into_iter().enumerate() {
        let at = begun + i64::try_from(n).unwrap();
        taken(by_meta(&world, &meta(&world, &text(&n.to_string(), word, at))).await);
    }
    work(&world).await;
    assert!(!is_stopped(&world, Channel::Whatsapp).await, "they were taken up again last");
    let stop = meta(&world, &text("9", "STOP", begun + 50));
    taken(by_meta(&world, &stop).await);
    work(&world).await;
    assert!(is_stopped(&world, Channel::Whatsapp).await);
    assert_eq!(outcome(&world, Source::Whatsapp, &stop).await, (InboundStatus::Processed, "a turn: consent".to_owned()));
    let hash = world.deps.pepper().await.unwrap().phone_hash(&Phone::parse(PHONE).unwrap());
    assert!(world.deps.store.window_is_open(&hash, world.now()).await.unwrap());
}

#[tokio::test]
async fn a_word_by_twilio_is_of_the_channel_that_it_came_by_and_answered_without_a_message() {
    let world = world().await;
    let stop = format!("MessageSid={}&From=%2B919812345678&Body=Stop.", sid(1));
    let reply = by_twilio(&world, "/webhooks/twilio", "", &stop).await.unwrap();
    assert!(reply.status == 200 && reply.body.ends_with(b"<Response/>") && reply.header("content-type").unwrap().starts_with("text/xml"));
    work(&world).await;
    assert!(is_stopped(&world, Channel::Sms).await && !is_stopped(&world, Channel::Whatsapp).await);
    for (n, form, what) in [
        (2, "From=whatsapp%3A%2B919999999999&Body=how+much+did+I+earn", "a message of nobody whom we know"),
        (3, "From=%2B14158675309&Body=STOP", "a message of nobody whom we know"),
        (4, "From=%2B919999999999&Body=STOP", "a word of nobody whom we know"),
    ] {
        let form = format!("MessageSid={}&{form}", sid(n));
        taken(by_twilio(&world, "/webhooks/twilio", "", &form).await);
        work(&world).await;
        assert_eq!(outcome(&world, Source::Twilio, &form).await, (InboundStatus::Ignored, what.to_owned()));
    }
}

#[tokio::test]
async fn who_opted_out_at_the_carrier_is_not_written_to_again() {
    let world = world().await;
    let id = notice(&world).await;
    let whatsapp = climb(&world, id).await;
    taken(by_meta(&world, &meta(&world, &status("wamid.1", "failed", &whatsapp))).await);
    work(&world).await;
    let sms = climb(&world, id).await;
    let form = format!("MessageSid={}&MessageStatus=failed&ErrorCode=21610&To=%2B919812345678", sid(1));
    taken(by_twilio(&world, STATUS, &format!("tag={sms}"), &form).await);
    work(&world).await;
    assert!(matches!(status_of(&world, &sms).await, Status::Failed(reason) if reason.as_str() == "21610"));
    assert!(is_stopped(&world, Channel::Sms).await);
}

#[tokio::test]
async fn f12_twenty_numbered_messages_are_all_stored_and_worked_on_in_their_order() {
    let world = world().await;
    let mut bodies = Vec::new();
    for n in 0..20 {
        bodies.push(meta(&world, &text(&format!("n{n}"), &n.to_string(), second())));
        taken(by_meta(&world, &bodies[n]).await);
    }
    // Each to the one group of its sender, in the order in which they came.
    let sent = world.outbox.sent.lock().unwrap().clone();
    let chats: Vec<&String> = sent.iter().filter(|(queue, _)| *queue == Queue::Chats).map(|(_, body)| body).collect();
    let groups: Vec<_> = chats.iter().map(|body| WorkMessage::group_of(body).unwrap()).collect();
    assert!(groups.iter().all(|group| *group == groups[0] && !group.contains("9812345678")), "{groups:?}");
    let came: Vec<String> = bodies.iter().map(|body| inbox_id(Source::Whatsapp, body)).collect();
    let handed: Vec<String> =
        chats.iter().map(|body| serde_json::from_str::<Value>(body).unwrap()["webhook"].as_str().unwrap().to_owned()).collect();
    assert_eq!(handed, came);
    work(&world).await;
    let stored = stored(&world).await;
    assert_eq!(stored.len(), 20);
    for kept in &stored {
        // A bare number asks for nothing, and is answered with what there is to choose from.
        assert_eq!((kept.status, kept.outcome.as_deref()), (InboundStatus::Processed, Some("a turn: not_understood")));
        assert!(!kept.id.contains("wamid"), "which would hold a number");
    }
}

#[tokio::test]
async fn what_was_written_before_its_number_was_somebody_elses_is_not_theirs() {
    let world = World::new(|_| {}).await;
    let phone = Phone::parse(PHONE).unwrap();
    let hash = world.deps.pepper().await.unwrap().phone_hash(&phone);
    let now = world.now();
    let bela = User { id: UserId::new(now, Fingerprint::of("user", "bela")), phone, role: Role::Worker, created_at: now };
    world.deps.store.add_user(&bela, &hash).await.unwrap();
    for (id, minutes_ago, what) in [("old", 6, "a message of whoever had the number before"), ("new", 4, "a turn: not_understood")] {
        let body = meta(&world, &text(id, "7", second() - minutes_ago * 60));
        taken(by_meta(&world, &body).await);
        work(&world).await;
        let expected = if id == "old" { InboundStatus::Ignored } else { InboundStatus::Processed };
        assert_eq!(outcome(&world, Source::Whatsapp, &body).await, (expected, what.to_owned()));
    }
}

#[tokio::test]
async fn a_message_that_is_handed_to_somebody_elses_chat_is_not_taken_for_heard() {
    let world = world().await;
    let body = meta(&world, &text("n", "STOP", second()));
    taken(by_meta(&world, &body).await);
    let webhook = inbox_id(Source::Whatsapp, &body);
    let astray = WorkMessage::Hear { webhook: webhook.clone(), sender: "0f1e".to_owned() }.to_body();
    assert!(queues::chats::handle(&world.deps, Message::new("m", astray)).await.is_err());
    assert_eq!(world.deps.store.webhook(&webhook).await.unwrap().unwrap().status, InboundStatus::Received);
    work(&world).await;
    assert_eq!(outcome(&world, Source::Whatsapp, &body).await, (InboundStatus::Processed, "a turn: consent".to_owned()));
}

#[tokio::test]
async fn whatever_meta_signs_is_taken_and_what_of_it_can_be_read_is_worked_on() {
    let world = world().await;
    let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/providers/fixtures/whatsapp")).unwrap();
    let mut count = 0;
    for file in files {
        let body = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let of = |number: &str| body.replace("277321005464405", number);
        for body in [of(&world.config.messaging.whatsapp_phone_number_id), of("1").replace("wamid.", "wamid.other.")] {
            taken(by_meta(&world, &body).await);
            work(&world).await;
            count += 1;
        }
    }
    assert!(count >= 10);
    let stored = stored(&world).await;
    assert!(stored.iter().all(|kept| kept.status != InboundStatus::Received));
    let has = |what: &str| stored.iter().filter(|kept| kept.outcome.as_deref().is_some_and(|outcome| outcome.contains(what))).count();
    assert!(has("unreadable: entry[0].changes[0].value.messages[1].id is missing") >= 1);
    let outcomes: Vec<_> = stored.iter().filter_map(|kept| kept.outcome.clone()).collect();
    assert!(has("of a number that is not ours") >= 4 && has("a turn: declined") >= 1, "{outcomes:?}");
    for text in ["", "{", "null", "[]", &"[".repeat(10_000)] {
        taken(by_meta(&world, text).await);
    }
    assert_eq!(refused(by_meta(&world, &" ".repeat((1 << 20) + 1)).await), 413);
}

#[tokio::test]
async fn what_ses_tells_of_an_address_is_heeded_once_its_topic_is_joined() {
    let world = world().await;
    world.post("/sns/subscribe").await;
    let confirmation = world.ses_tells("SubscriptionConfirmation").await;
    taken(by_sns(&world, &confirmation).await);
    assert_eq!(world.look("/sns/subscription").await["confirmed"], true);
    assert!(stored(&world).await.is_empty(), "it holds a token");

    let to = EmailAddress::parse("bounce+Asha@simulator.amazonses.com").unwrap();
    send(&world, &to).await;
    let report = world.ses_tells("Bounce").await;
    for _ in 0..2 {
        taken(by_sns(&world, &report).await);
    }
    assert_eq!(refused(by_sns(&world, &report.replacen("SES", "ses", 1)).await), 401, "one letter is another");
    work(&world).await;
    let [kept] = stored(&world).await.try_into().unwrap();
    assert_eq!(kept.outcome.as_deref(), Some("no notice of ours; an address that bounced"));
    let mailbox = EmailAddress::parse("Bounce+asha@simulator.amazonses.com").unwrap().mailbox_key();
    let hash = world.deps.pepper().await.unwrap().email_hash(&mailbox);
    let known = world.deps.store.suppression(Channel::Email, &hash).await.unwrap().unwrap();
    assert_eq!(known.cause.unwrap().0, Cause::Bounced);
}

async fn send(world: &World, to: &EmailAddress) {
    let keys = &world.config.email;
    let config = smtp::Config {
        server: Server::parse(&format!("smtp://{}", world.sandbox.smtp_address())).unwrap(),
        username: keys.smtp_username.clone(),
        password: Secret::new(&keys.smtp_password).unwrap(),
        from: EmailAddress::parse("no-reply@kamai.example").unwrap(),
        from_name: None,
        configuration_set: None,
        extra_root_pem: None,
        timeouts: Timeouts { connect: Duration::from_secs(20), total: Duration::from_secs(20) },
    };
    let mail = Email {
        message_id: &MessageId::new("ntf_1", "kamai.example").unwrap(),
        to,
        subject: "You were paid",
        text: "Rs.250",
        html: None,
        attachments: &[],
        purpose: Purpose::Transactional,
        written_at: second(),
    };
    smtp::Client::new(&config).unwrap().send(&mail).await.unwrap();
}
