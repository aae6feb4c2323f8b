use super::*;
use domain::{
    Timestamp,
    id::{Fingerprint, UserId},
    notice::{
        Channel,
        devices::{PushAddress, PushKind},
        hours::Hours,
        preferences::{Preferences, Settings},
    },
};
use lambda::Problem;
use providers::push::web::Services;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn asked(change: Value) -> Result<(Settings, Option<BTreeSet<Channel>>), Problem> {
    let mut body = json!({ "language": "hi", "time_zone": "Asia/Kolkata" });
    for (name, value) in change.as_object().unwrap() {
        body[name] = value.clone();
    }
    serde_json::from_value::<PreferencesRequest>(body).unwrap().try_into()
}

#[test]
fn what_is_not_said_is_not_wanted_and_what_is_said_is_kept() {
    let (settings, stopped) = asked(json!({})).unwrap();
    assert_eq!((settings.quiet, settings.digest_at, settings.offers, stopped), (Hours::new(0, 0), None, false, None));
    let full = json!({
        "quiet_hours": { "from": "22:30", "to": "06:00" }, "digest_at": "19:05", "offers": true,
        "off": [{ "category": "money", "channel": "sms" }], "stopped": ["whatsapp"],
    });
    let (settings, stopped) = asked(full).unwrap();
    assert_eq!(stopped, Some(BTreeSet::from([Channel::Whatsapp])));
    let user = UserId::new(Timestamp::UNIX_EPOCH, Fingerprint::of("user", "asha"));
    let shown = PreferencesBody::from(&Preferences { settings, ..Preferences::new(user) });
    assert_eq!(serde_json::to_value(&shown).unwrap()["quiet_hours"], json!({ "from": "22:30", "to": "06:00" }));
    assert_eq!((shown.digest_at.as_deref(), shown.language.as_str(), shown.off.len()), (Some("19:05"), "hi", 1));
}

#[test]
fn a_wish_that_cannot_be_is_refused_where_it_stands() {
    for (change, pointer) in [
        (json!({ "language": "fr" }), "/language"),
        (json!({ "language": "HI" }), "/language"),
        (json!({ "time_zone": "IST" }), "/time_zone"),
        (json!({ "quiet_hours": { "from": "24:00", "to": "06:00" } }), "/quiet_hours/from"),
        (json!({ "quiet_hours": { "from": "22:00", "to": "6:00" } }), "/quiet_hours/to"),
        (json!({ "digest_at": "19:5é" }), "/digest_at"),
        (json!({ "digest_at": "+1:05" }), "/digest_at"),
        (json!({ "digest_at": "001:2" }), "/digest_at"),
        (json!({ "stopped": ["sms", "sms", "sms", "sms", "sms"] }), "/stopped"),
        (json!({ "off": [{ "category": "security", "channel": "sms" }] }), "/off/0/category"),
        (json!({ "off": [{ "category": "gossip", "channel": "sms" }] }), "/off/0/category"),
    ] {
        let problem = asked(change.clone()).unwrap_err();
        assert_eq!(problem.errors().first().map(|error| error.pointer.as_ref()), Some(pointer), "{change}");
    }
}

/// The browser's keys of RFC 8291, section 5.
fn browser(endpoint: &str) -> Value {
    let keys = json!({
        "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "auth": "BTBZMqHH6r4Tts7J_aSIgg",
    });
    json!({ "subscription": { "endpoint": endpoint, "expirationTime": null, "keys": keys }, "name": "Firefox" })
}

fn device(body: Value) -> Result<(PushAddress, Option<String>), Problem> {
    serde_json::from_value::<SubscribeRequest>(body).unwrap().parse(&Services::default())
}

#[test]
fn a_device_is_known_by_what_its_service_gave_it() {
    let (app, name) = device(json!({ "fcm_token": "t:1" })).unwrap();
    assert_eq!((app.kind, app.value(), app.keys(), name), (PushKind::FcmToken, "t:1", None, None));
    let (web, name) = device(browser("https://updates.push.services.mozilla.com/wpush/v2/a")).unwrap();
    assert_eq!(
        (web.kind, web.value(), name.as_deref()),
        (PushKind::Web, "https://updates.push.services.mozilla.com/wpush/v2/a", Some("Firefox"))
    );
    assert!(web.keys().is_some_and(|keys| keys.contains("p256dh") && !keys.contains("endpoint")));
}

#[test]
fn a_device_of_a_service_that_nobody_knows_is_refused() {
    let pointer = |problem: Problem| problem.errors()[0].pointer.to_string();
    for endpoint in ["https://evil.example/1", "http://169.254.169.254/latest", "nonsense"] {
        assert_eq!(pointer(device(browser(endpoint)).unwrap_err()), "/subscription/endpoint", "{endpoint}");
    }
    let mut odd = browser("https://updates.push.services.mozilla.com/wpush/v2/a");
    odd["subscription"]["keys"]["p256dh"] = json!("AAAA");
    assert_eq!(pointer(device(odd).unwrap_err()), "/subscription/keys/p256dh");
    assert_eq!(pointer(device(json!({ "fcm_fid": "a b" })).unwrap_err()), "/fcm_fid");
    assert_eq!(pointer(device(json!({ "fcm_fid": "a", "name": "" })).unwrap_err()), "/name");
    for several in [json!({}), json!({ "fcm_fid": "a", "fcm_token": "b" }), json!({ "name": "Redmi" })] {
        assert!(device(several).is_err());
    }
}
