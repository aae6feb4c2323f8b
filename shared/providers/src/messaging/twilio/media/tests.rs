//! Twilio's files against a provider on this machine.

use super::*;
use crate::call::Doubt;
use crate::messaging::twilio::ErrorClass;
use crate::secret::Secret;
use crate::test_server::TestServer;

const PATH: &str = "/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1";
const MB: usize = 1024 * 1024;

fn client(base_url: &str) -> Client {
    Client::new(base_url, base_url, "AC00000000000000000000000000000001", Secret::new("t0ken").unwrap()).unwrap()
}

async fn media(server: &TestServer) -> Result<Fetched, MediaError> {
    client(server.url()).media(&format!("{}{PATH}", server.url())).await
}

#[tokio::test]
async fn a_file_is_fetched_with_the_accounts_credentials() {
    let server = TestServer::answering_with(200, "hello", &[("content-type", "audio/ogg")]).await;
    assert_eq!(media(&server).await, Ok(Fetched { bytes: b"hello".to_vec(), mime_type: Some("audio/ogg".into()) }));
    let request = server.only_request();
    assert_eq!(request.target, PATH);
    assert!(request.header("authorization").starts_with("Basic "));
}

#[tokio::test]
async fn one_redirect_is_followed_without_them() {
    let server = TestServer::answering_with(307, "", &[("location", "/kept/1?signature=x")]).await;
    assert_eq!(media(&server).await, Err(CallError::Unknown { why: Doubt::Status(307) }.into()), "and not a second");
    let requests = server.requests();
    let seen: Vec<_> = requests.iter().map(|request| (request.target.as_str(), request.headers.contains_key("authorization"))).collect();
    assert_eq!(seen, [(PATH, true), ("/kept/1?signature=x", false)]);
}

#[tokio::test]
async fn no_redirect_leads_into_our_own_network() {
    let inside = TestServer::answering(200, "secret").await;
    for place in [
        inside.url(),
        "http://files.example/1",
        "https://169.254.169.254/latest",
        "https://[::1]/1",
        "https://2130706433/1",
        "https://localhost/1",
        "https://db.internal/1",
        "https://files.example:8443/1",
        "https://u:p@files.example/1",
        "file:///etc/passwd",
        "https://",
    ] {
        let server = TestServer::answering_with(302, "", &[("location", place)]).await;
        assert_eq!(media(&server).await, Err(MediaError::Elsewhere), "{place}");
    }
    let server = TestServer::answering(302, "").await;
    assert_eq!(media(&server).await, Err(MediaError::Elsewhere), "nowhere at all");
    assert!(inside.requests().is_empty());
    assert!(is_public(&Url::parse("https://mms.twiliocdn.com/AC1/x?Signature=y").unwrap()));
}

#[tokio::test]
async fn credentials_are_shown_to_nobody_else() {
    let stranger = TestServer::answering(200, "hello").await;
    let client = client("https://api.twilio.com");
    for url in [
        &format!("{}{PATH}", stranger.url()),
        "http://api.twilio.com/x",
        "https://api.twilio.com.evil.example/x",
        "https://api.twilio.com:8443/x",
        "https://evil@api.twilio.com/x",
        "https://mms.twiliocdn.com/x",
        "not an address",
        "",
    ] {
        assert_eq!(client.media(url).await, Err(MediaError::Elsewhere), "{url}");
    }
    assert!(stranger.requests().is_empty());
    assert!(client.is_twilios(&Url::parse("https://api.twilio.com/2010-04-01/x").unwrap()));
}

#[tokio::test]
async fn a_file_is_as_large_as_its_kind_may_be() {
    for (mime_type, mb) in [("image/jpeg", 5), ("application/pdf", 10), ("audio/ogg", 16)] {
        for (more, fits) in [(0, true), (1, false)] {
            let server = TestServer::answering_with(200, &" ".repeat(mb * MB + more), &[("content-type", mime_type)]).await;
            let file = media(&server).await;
            assert_eq!(file.as_ref().err(), (!fits).then_some(&MediaError::TooLarge { bytes_max: mb * MB }), "{mime_type}");
        }
    }
}

#[tokio::test]
async fn refusals_are_told_apart() {
    let server = TestServer::answering(401, r#"{"code":20003,"status":401}"#).await;
    let error = media(&server).await.unwrap_err();
    assert_eq!(error, SendError::Code { status: 401, code: 20_003, class: ErrorClass::Configuration }.into());
    assert!(!error.retryable());
    let server = TestServer::answering(404, "").await;
    assert!(!media(&server).await.unwrap_err().retryable());
    let server = TestServer::answering(503, "").await;
    assert!(media(&server).await.unwrap_err().retryable());
}
