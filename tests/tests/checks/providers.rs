//! What became of notices, by channel and provider, and who looks at it.

use crate::{notices::Asha, world::*};
use domain::{
    identity::Role,
    notice::{CallbackTag, Channel, delivery::Word},
};
use functions::{
    api, apply,
    clock::Clock,
    config::SmsCarrier,
    schedules::watch_providers::{self, Judged},
};
use lambda::{Deadline, Problem, Reply, Request, Trace};
use serde_json::{Value, json};
use store::SLOT_S;

async fn ask(asha: &Asha, token: &str, channel: &str, query: &str) -> Result<Reply, Problem> {
    let request = Request::get("/v1/notifications/{channel}/stats").param("channel", channel).query(query).bearer(token).build();
    api::messaging::handle(&asha.world.deps, request).await
}

async fn stats(asha: &Asha, token: &str, channel: &str) -> Value {
    let told: Value = serde_json::from_slice(&ask(asha, token, channel, "").await.unwrap().body).unwrap();
    assert_eq!(told["channel"], channel);
    told["providers"].clone()
}

/// Attempted, sent, delivered, read and failed.
fn counts(provider: &Value) -> [i64; 5] {
    ["attempted", "sent", "delivered", "read", "failed"].map(|name| provider[name].as_i64().unwrap())
}

impl Asha {
    /// It is this many slots later, at the beginning of one.
    fn slots_later(&mut self, slots: i64) {
        let now = domain::Timestamp::now().as_millisecond();
        let begins = (now.div_euclid(SLOT_S * 1_000) + slots) * SLOT_S * 1_000;
        self.world.deps.clock = Clock::Off { by_ms: begins - now };
    }

    /// What the provider of the newest notice tells of it.
    async fn hears(&self, channel: Channel, word: Word) {
        let notice = self.told().await.0["notice_id"].as_str().unwrap().parse().unwrap();
        let tag = CallbackTag { user: user("asha"), notice, channel };
        apply::notice::record(&self.world.deps, tag, word, self.world.now(), &Trace::default()).await.unwrap();
    }
}

#[tokio::test]
async fn what_became_of_notices_is_told_by_channel_and_provider() {
    let mut asha = Asha::new().await;
    let token = asha.world.operator(Role::Support).await;
    assert_eq!(stats(&asha, &token, "push").await, json!([]));
    let browser = asha.browser().await;
    for key in ["o1", "o2", "o3"] {
        asha.paid_and_notified(key).await;
    }
    let notice = asha.told().await.0["notice_id"].clone();
    for _ in 0..2 {
        asha.post("/v1/notifications/seen", json!({ "notice_id": notice })).await;
    }
    asha.world.forget(browser.trim_start_matches(asha.world.sandbox.url())).await;
    asha.paid_and_notified("o4").await;
    for _ in 0..2 {
        asha.hears(Channel::Whatsapp, Word::Delivered).await;
    }

    let push = stats(&asha, &token, "push").await;
    assert_eq!(push.as_array().map(Vec::len), Some(1));
    assert_eq!((&push[0]["provider"], counts(&push[0])), (&json!("web_push"), [4, 3, 1, 1, 1]));
    assert_eq!((&push[0]["success_percent"], &push[0]["reasons"]), (&json!(75.0), &json!([{ "reason": "gone", "count": 1 }])));
    assert_eq!((&push[0]["acceptance"]["samples"], &push[0]["arrival"]["samples"]), (&json!(3), &json!(0)));
    assert!(push[0]["acceptance"]["p50_ms"].as_i64() <= push[0]["acceptance"]["p99_ms"].as_i64());
    let whatsapp = stats(&asha, &token, "whatsapp").await;
    assert_eq!((&whatsapp[0]["provider"], counts(&whatsapp[0])), (&json!("whatsapp"), [1, 1, 1, 0, 0]));
    assert_eq!((&whatsapp[0]["success_percent"], &whatsapp[0]["arrival"]["samples"]), (&json!(100.0), &json!(1)));

    asha.wish(json!({ "stopped": ["push", "whatsapp"] })).await;
    asha.paid_and_notified("o5").await;
    asha.world.deps.settings.notices.sms_carrier = SmsCarrier::Twilio;
    asha.paid_and_notified("o6").await;
    let sms = stats(&asha, &token, "sms").await;
    assert_eq!([&sms[0]["provider"], &sms[1]["provider"]], [&json!("dlt"), &json!("twilio")]);
    assert_eq!([counts(&sms[0]), counts(&sms[1])], [[1, 1, 0, 0, 0]; 2]);
}

#[tokio::test]
async fn the_figures_are_for_staff_of_channels_that_there_are_and_of_a_week_at_most() {
    let asha = Asha::new().await;
    let worker = asha.world.sign_in("ravi", "+919812345671", Role::Worker).await.0;
    assert_eq!(ask(&asha, &worker, "sms", "").await.unwrap_err().status(), 403);
    let token = asha.world.operator(Role::Support).await;
    for hours in ["hours=1", "hours=168"] {
        assert_eq!(ask(&asha, &token, "sms", hours).await.unwrap().status, 200);
    }
    for hours in ["hours=0", "hours=169", "hours=x", "hours=-1"] {
        assert_eq!(ask(&asha, &token, "sms", hours).await.unwrap_err().status(), 400, "{hours}");
    }
    assert_eq!(ask(&asha, &token, "fax", "").await.unwrap_err().status(), 404);
}

#[tokio::test]
async fn a_provider_whose_calls_fail_is_told_of_when_there_are_enough_of_them() {
    let mut asha = Asha::new().await;
    asha.world.deps.notice_rules.watched_attempts_min = 3;
    asha.wish(json!({ "stopped": ["push", "sms", "email"] })).await;
    asha.slots_later(1);
    asha.paid_and_notified("o1").await;
    asha.world.control("/faults", json!({ "provider": "whatsapp", "fault": "throttle", "times": 1 })).await;
    asha.paid_and_notified("o2").await;
    let judge = async |asha: &Asha| watch_providers::judge(&asha.world.deps).await.unwrap();
    asha.slots_later(2);
    assert_eq!(judge(&asha).await, [], "two are too few");

    asha.paid_and_notified("o3").await;
    asha.paid_and_notified("o4").await;
    asha.slots_later(3);
    let [Judged { channel, provider, tally, is_failing }] = judge(&asha).await.try_into().unwrap();
    assert_eq!((channel, provider.as_str(), is_failing), (Channel::Whatsapp, "whatsapp", true));
    assert_eq!((tally.counts.attempted, tally.counts.sent, tally.reasons.values().sum::<u64>()), (4, 3, 1));
    watch_providers::handle(&asha.world.deps, Deadline::never()).await.unwrap();

    asha.world.deps.notice_rules.success_percent_min = 75;
    assert!(!judge(&asha).await[0].is_failing, "as low as it may be");
    asha.slots_later(6);
    assert_eq!(judge(&asha).await, [], "over");
}

#[tokio::test]
async fn what_is_left_at_twilio_is_looked_at_where_it_carries_our_messages() {
    let mut asha = Asha::new().await;
    let left = async |asha: &Asha| watch_providers::purse(&asha.world.deps).await;
    assert_eq!(left(&asha).await, None);
    asha.world.deps.settings.notices.sms_carrier = SmsCarrier::Twilio;
    for (balance, short_micros) in [("50.00", 0), ("12.5", 37_500_000), ("-0.25", 50_250_000)] {
        asha.world.put("/dashboard/twilio/balance", json!({ "balance": balance })).await;
        let purse = left(&asha).await.unwrap();
        assert_eq!((purse.short_micros, purse.currency.as_str()), (short_micros, "USD"), "{balance}");
        watch_providers::handle(&asha.world.deps, Deadline::never()).await.unwrap();
    }
    asha.world.control("/faults", json!({ "provider": "twilio", "fault": "error_5xx", "times": 2 })).await;
    assert_eq!(left(&asha).await, None);
    watch_providers::handle(&asha.world.deps, Deadline::never()).await.unwrap();
}
