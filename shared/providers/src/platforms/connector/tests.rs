//! What is kept between there and back, and between readings.

use super::*;
use crate::call::{Http, Timeouts};
use crate::secret::Secret;
use crate::test_server::TestServer;

const NOW: i64 = 1_795_262_400;

fn uber(url: &str) -> Connector {
    let client_secret = Secret::new("app-s3cret").unwrap();
    let settings = uber::Settings { api_url: url, auth_url: url, page_url: url, client_id: "app-1", client_secret, day_rollover_hour: 4 };
    let client = uber::Client::with_http(Http::new(Timeouts::default()).unwrap(), settings).unwrap();
    Connector::new(Platform::Uber(client))
}

fn consent(refresh: Option<&str>, access_until: i64) -> Tokens {
    let secret = |text| Secret::new(text).unwrap();
    Tokens::Consent { platform: "uber".into(), access: secret("at-1"), refresh: refresh.map(secret), access_until }
}

#[tokio::test]
async fn a_link_survives_being_kept_and_comes_back_with_its_state_only() {
    let reply = r#"{"access_token":"at-1","refresh_token":"rt-1","expires_in":3600}"#;
    let server = TestServer::answering(200, reply).await;
    let uber = uber(server.url());
    let link = uber.link_start("https://app.example/back", &[9; 64], NOW).unwrap();
    assert_eq!(link.expires_at, NOW + 600);
    let kept = serde_json::to_string(&link.pending).unwrap();
    let pending: Pending = serde_json::from_str(&kept).unwrap();
    let back = Back { state: &link.state, code: Some("code-1"), error: None };
    let complete = async |back: Back<'_>, now| uber.link_complete(&pending, &back, now).await.map(|_| ()).unwrap_err();
    assert_eq!(complete(Back { state: "another", ..back }, NOW).await, PlatformError::ForeignLink);
    assert_eq!(complete(Back { error: Some("access_denied"), ..back }, NOW).await, PlatformError::LinkDeclined);
    assert_eq!(complete(Back { code: None, ..back }, NOW).await, PlatformError::LinkDeclined);
    assert_eq!(complete(back, NOW + 600).await, PlatformError::LinkExpired);
    assert!(server.requests().is_empty(), "none of which is a call");
    let connection = uber.link_complete(&pending, &back, NOW + 1).await.unwrap();
    assert_eq!(connection.tokens.platform(), "uber");
    assert_eq!(uber.link_start("back", &[9; 64], NOW).unwrap_err().code(), "MISCONFIGURED");
}

#[test]
fn tokens_survive_being_kept_and_do_not_print() {
    let account = Tokens::Account { platform: "dabba".into(), account: Secret::new("w-47").unwrap() };
    for tokens in [consent(Some("rt-1"), NOW), consent(None, NOW), account] {
        let kept = serde_json::to_string(&tokens).unwrap();
        let again: Tokens = serde_json::from_str(&kept).unwrap();
        assert_eq!(serde_json::to_string(&again).unwrap(), kept);
        let shown = format!("{tokens:?}");
        assert!(!["at-1", "rt-1", "w-47"].iter().any(|secret| shown.contains(secret)), "{shown}");
    }
    let error = serde_json::from_str::<Tokens>(r#"{"by":"account","platform":"x","account":["s3cret"]}"#).unwrap_err();
    assert!(!error.to_string().contains("s3cret"), "{error}");
}

#[test]
fn tokens_are_renewed_before_they_end_where_they_can_be() {
    assert!(consent(Some("rt-1"), NOW + 120).end_soon(NOW));
    assert!(!consent(Some("rt-1"), NOW + 121).end_soon(NOW));
    assert!(!consent(None, NOW).end_soon(NOW));
}

#[tokio::test]
async fn a_revocation_of_what_has_ended_is_as_good() {
    for (status, body, is_done) in [
        (200, "", true),
        (400, r#"{"error":"invalid_token"}"#, true),
        (400, r#"{"error":"invalid_grant"}"#, true),
        (401, r#"{"error":"invalid_client"}"#, false),
        (503, "", false),
    ] {
        let server = TestServer::answering(status, body).await;
        let revoked = uber(server.url()).revoke(&consent(Some("rt-1"), NOW), NOW).await;
        assert_eq!(revoked.is_ok(), is_done, "{status} {body}");
        let request = server.only_request();
        assert_eq!(request.target, "/oauth/v2/revoke");
        assert!(String::from_utf8_lossy(&request.body).ends_with("&token=rt-1"));
    }
}
