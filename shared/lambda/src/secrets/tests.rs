use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use serde::Deserialize;

use super::source::Source;
use super::{Hidden, SecretError, Secrets};

#[derive(Debug, Deserialize)]
struct Gateway {
    key_secret: Hidden,
    webhook: Webhook,
}

#[derive(Debug, Deserialize)]
struct Webhook {
    secrets: Vec<Hidden>,
}

fn scripted<const N: usize>(answers: [Result<&'static str, ()>; N]) -> Secrets {
    Secrets::from_source(Source::Script(Mutex::new(answers.into_iter().collect())))
}

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_790_000_000 + seconds)
}

async fn read(secrets: &Secrets, seconds: u64) -> Result<String, SecretError> {
    secrets.text_at("kamai/x", at(seconds)).await.map(|value| value.expose().to_owned())
}

#[tokio::test]
async fn a_secret_becomes_its_type() {
    let secrets = Secrets::in_memory([("kamai/razorpay", r#"{"key_secret":"s3cr3t","webhook":{"secrets":["a","b"]}}"#)]);
    let gateway: Gateway = secrets.json("kamai/razorpay").await.unwrap();
    assert_eq!((gateway.key_secret.expose(), gateway.webhook.secrets.len()), ("s3cr3t", 2));
    assert!(!format!("{gateway:?} {secrets:?}").contains("s3cr3t"));
}

#[tokio::test]
async fn an_error_names_secret_and_field_and_never_the_value() {
    for (value, field) in [
        (r#"{"key_secret":"s3cr3t","webhook":{"secrets":["s3cr3t",{"s3cr3t":1}]}}"#, "webhook.secrets[1]"),
        (r#"{"key_secret":"s3cr3t","webhook":"s3cr3t"}"#, "webhook"),
        (r#"{"key_secret":"s3cr3t"}"#, "its outermost level"),
        ("s3cr3t", "its outermost level"),
    ] {
        let error = Secrets::in_memory([("kamai/x", value)]).json::<Gateway>("kamai/x").await.unwrap_err();
        let said = format!("{error} {error:?}");
        assert!(said.contains("kamai/x") && said.contains(field) && !said.contains("s3cr3t"), "{said}");
        assert!(!error.retryable());
    }
    let error = Secrets::in_memory([("a", "b")]).text("kamai/x").await.unwrap_err();
    assert!(matches!(error, SecretError::Missing { .. }));
}

#[tokio::test]
async fn a_secret_is_read_again_after_five_minutes() {
    let secrets = scripted([Ok("old"), Ok("new")]);
    assert_eq!(read(&secrets, 0).await.unwrap(), "old");
    assert_eq!(read(&secrets, 299).await.unwrap(), "old");
    assert_eq!(read(&secrets, 300).await.unwrap(), "new");
    assert_eq!(read(&secrets, 301).await.unwrap(), "new");
}

#[tokio::test]
async fn the_last_value_serves_on_for_an_hour_of_failures() {
    let secrets = scripted([Ok("old"), Err(()), Err(()), Err(()), Ok("new")]);
    assert_eq!(read(&secrets, 0).await.unwrap(), "old");
    assert_eq!(read(&secrets, 300).await.unwrap(), "old");
    // The service is left alone for a moment: this one does not ask.
    assert_eq!(read(&secrets, 310).await.unwrap(), "old");
    assert_eq!(read(&secrets, 3599).await.unwrap(), "old");
    let error = read(&secrets, 3600).await.unwrap_err();
    assert!(error.retryable());
    assert_eq!(read(&secrets, 3601).await.unwrap(), "new");
}

#[tokio::test]
async fn a_failure_before_any_value_is_a_failure() {
    let secrets = scripted([Err(()), Ok("new")]);
    assert!(read(&secrets, 0).await.is_err());
    assert_eq!(read(&secrets, 0).await.unwrap(), "new");
}

#[tokio::test]
async fn a_clock_that_goes_back_costs_a_read() {
    let secrets = scripted([Ok("a"), Ok("b")]);
    assert_eq!(read(&secrets, 1000).await.unwrap(), "a");
    assert_eq!(read(&secrets, 10).await.unwrap(), "b");
}
