use serde_json::{Value, json};

use super::*;

const P256DH: &str = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";

fn wire(endpoint: &str, p256dh: &str, auth: &str) -> Value {
    json!({ "endpoint": endpoint, "expirationTime": null, "keys": { "p256dh": p256dh, "auth": auth } })
}

fn read(wire: &Value, services: &Services) -> Result<Subscription, SubscriptionRefused> {
    Subscription::from_json(wire.to_string().as_bytes(), services)
}

fn at(endpoint: &str, services: &Services) -> Result<Subscription, SubscriptionRefused> {
    read(&wire(endpoint, P256DH, AUTH), services)
}

#[track_caller]
fn keys(p256dh: &str, auth: &str) -> Result<Subscription, SubscriptionRefused> {
    read(&wire("https://fcm.googleapis.com/fcm/send/x", p256dh, auth), &Services::default())
}

#[test]
fn the_browsers_that_there_are_can_subscribe() {
    for endpoint in [
        "https://fcm.googleapis.com/fcm/send/dXYZ:APA91b",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
        "https://web.push.apple.com/QGl1",
        "https://wns2-pn1p.notify.windows.com/w/?token=BQYAAAB%2bx%3d%3d",
        "https://FCM.googleapis.com:443/fcm/send/x",
    ] {
        assert!(at(endpoint, &Services::default()).is_ok(), "{endpoint}");
    }
}

#[test]
fn an_endpoint_elsewhere_is_refused() {
    for endpoint in [
        "",
        "fcm.googleapis.com/fcm/send/x",
        "http://fcm.googleapis.com/fcm/send/x",
        "wss://fcm.googleapis.com/fcm/send/x",
        "https://fcm.googleapis.com:8443/x",
        "https://user@fcm.googleapis.com/x",
        "https://user:secret@fcm.googleapis.com/x",
        "https://fcm.googleapis.com/x#y",
        "https://fcm.googleapis.com./x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://fcm.googleapis.com@evil.example/x",
        "https://evil.example/fcm.googleapis.com",
        "https://evil.example\\@fcm.googleapis.com/x",
        "https://evilfcm.googleapis.com/x",
        "https://push.apple.com/x",
        "https://.push.apple.com/x",
        "https://evilpush.apple.com/x",
        "https://localhost/x",
        "http://localhost:4700/x",
        "https://127.0.0.1/x",
        "https://127.1/x",
        "https://0x7f000001/x",
        "https://2130706433/x",
        "https://[::1]/x",
        "https://[::ffff:169.254.169.254]/x",
        "http://169.254.169.254/latest/meta-data",
        "https://10.0.0.7/x",
        "file:///etc/passwd",
    ] {
        assert_eq!(at(endpoint, &Services::default()), Err(SubscriptionRefused::Endpoint), "{endpoint}");
    }
    let long = format!("https://fcm.googleapis.com/{}", "x".repeat(ENDPOINT_BYTES_MAX));
    assert_eq!(at(&long, &Services::default()), Err(SubscriptionRefused::Endpoint));
    let growing = format!("https://fcm.googleapis.com/{}", "\"".repeat(ENDPOINT_BYTES_MAX / 2));
    assert_eq!(at(&growing, &Services::default()), Err(SubscriptionRefused::Endpoint), "three times as long where it is stored");
}

#[test]
fn the_local_service_is_the_one_that_is_configured_and_no_other() {
    let services = Services::default().with_local("http://localhost:4700").unwrap();
    assert_eq!(at("http://localhost:4700/webpush/1", &services).unwrap().origin(), "http://localhost:4700");
    for endpoint in [
        "http://localhost:4701/x",
        "https://localhost:4700/x",
        "http://127.0.0.1:4700/x",
        "http://localhost/x",
        "http://u@localhost:4700/x",
    ] {
        assert_eq!(at(endpoint, &services), Err(SubscriptionRefused::Endpoint), "{endpoint}");
    }
    for origin in ["https://localhost:4700", "http://evil.example", "http://169.254.169.254", "localhost:4700"] {
        assert!(Services::default().with_local(origin).is_err(), "{origin}");
    }
}

#[test]
fn a_list_of_services_holds_host_names() {
    let services = Services::new(["push.example.net", "*.push.example.org"]).unwrap();
    assert!(at("https://push.example.net/x", &services).is_ok());
    assert!(at("https://a.b.push.example.org/x", &services).is_ok());
    assert!(at("https://fcm.googleapis.com/x", &services).is_err());
    for name in [
        "",
        "*",
        "*.",
        "*.*.example.org",
        "localhost",
        "a.localhost",
        "127.0.0.1",
        "[::1]",
        "a.example/x",
        "a.example:1",
        "A.example",
        "a..example",
        "u@a.example",
    ] {
        assert!(Services::new([name]).is_err(), "{name}");
    }
}

#[test]
fn keys_are_read_in_every_spelling_of_base64() {
    let standard = P256DH.replace('-', "+").replace('_', "/");
    let subscription = keys(P256DH, AUTH).unwrap();
    assert_eq!(keys(&format!("{P256DH}="), &format!("{AUTH}==")), Ok(subscription.clone()));
    assert_eq!(keys(&standard, AUTH), Ok(subscription.clone()));
    assert_eq!(keys(&format!("{standard}="), AUTH), Ok(subscription));
}

#[test]
fn a_key_that_is_no_point_of_the_curve_is_refused() {
    let point = base64url::decode_lenient(P256DH).unwrap();
    let mut off_curve = point.clone();
    off_curve[64] ^= 1;
    let mut hybrid = point.clone();
    hybrid[0] = 6;
    let compressed = [&[2], &point[1..33]].concat();
    let zero = [&[4], [0; 64].as_slice()].concat();
    for bytes in [off_curve.as_slice(), &hybrid, &compressed, &zero, &point[..64], &[0], &[]] {
        assert_eq!(keys(&base64url::encode(bytes), AUTH), Err(SubscriptionRefused::PublicKey));
    }
    assert_eq!(keys("not base64!", AUTH), Err(SubscriptionRefused::PublicKey));
}

#[test]
fn an_auth_secret_of_another_length_is_refused() {
    for auth in ["", "AAAA", "BTBZMqHH6r4Tts7J_aSIggAA", "BTBZMqHH6r4Tts7J_aSI!!"] {
        assert_eq!(keys(P256DH, auth), Err(SubscriptionRefused::AuthSecret), "{auth}");
    }
}

#[test]
fn what_is_no_subscription_is_told_by_its_place() {
    for (json, place) in [
        ("{}", "endpoint"),
        (r#"{"endpoint":"https://fcm.googleapis.com/x"}"#, "keys"),
        (r#"{"endpoint":1,"keys":{}}"#, "endpoint"),
        (r#"{"endpoint":"https://fcm.googleapis.com/x","keys":{"p256dh":"A"}}"#, "keys.auth"),
    ] {
        let why = Subscription::from_json(json.as_bytes(), &Services::default()).unwrap_err();
        assert_eq!(why, SubscriptionRefused::Unreadable(Illegible::WrongShape { path: place.to_owned() }));
    }
    assert!(matches!(Subscription::from_json(b"\xff", &Services::default()), Err(SubscriptionRefused::Unreadable(_))));
}

#[test]
fn what_is_stored_is_read_again() {
    let subscription = at("https://wns2-pn1p.notify.windows.com/w/?token=BQY%2bx%3d", &Services::default()).unwrap();
    let stored = subscription.to_json();
    assert_eq!(Subscription::from_json(stored.expose().as_bytes(), &Services::default()), Ok(subscription.clone()));
    assert_eq!(subscription.endpoint().expose(), "https://wns2-pn1p.notify.windows.com/w/?token=BQY%2bx%3d");
}

#[test]
fn a_subscription_does_not_print() {
    let printed = format!("{:?}", at("https://web.push.apple.com/QGl1", &Services::default()).unwrap());
    assert!(printed.contains("https://web.push.apple.com") && !printed.contains("QGl1"), "{printed}");
}
