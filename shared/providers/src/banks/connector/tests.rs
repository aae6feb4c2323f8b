//! All providers by the one port.

use serde_json::json;

use super::*;
use crate::call::{Http, Timeouts};
use crate::secret::Secret;
use crate::standing::Always;
use crate::test_server::{self, TestServer};

const NOW: i64 = 1_795_000_000;
const RANDOM: [u8; 64] = [9; 64];

fn secret(text: &str) -> Secret {
    Secret::new(text).unwrap()
}

fn http() -> Http {
    Http::new(Timeouts::default()).unwrap()
}

fn demo(url: &str) -> Provider {
    Provider::Demo(demo::Client::with_http(http(), &format!("{url}/demo-bank"), url, "kamai", secret("demo-s3cret")).unwrap())
}

fn mono(url: &str) -> Provider {
    Provider::Mono(mono::Client::with_http(http(), url, &secret("mono-s3cret")).unwrap())
}

fn plaid(url: &str) -> Provider {
    let settings = plaid::Settings {
        client_id: "client-1".into(),
        secret: secret("plaid-s3cret"),
        client_name: "Kamai".into(),
        language: "en".into(),
        country_codes: vec!["US".into()],
        webhook_url: None,
        history_days: 90,
    };
    Provider::Plaid(plaid::Client::with_http(http(), url, settings).unwrap())
}

fn connector(provider: Provider) -> Connector {
    let country = if matches!(provider, Provider::Plaid(_)) { "US" } else { "NG" };
    Connector::new(provider, country).unwrap()
}

fn ask() -> Ask<'static> {
    Ask { user_id: "user_1", name: "Asha", email: "asha@example.com", redirect_uri: "https://app.example/back?x=1", relink: None }
}

fn demo_tokens(access_until: i64) -> Tokens {
    Tokens::Demo { consent_id: "con_1".into(), access: secret("at-s3cret"), refresh: secret("rt-s3cret"), access_until }
}

#[test]
fn in_india_there_is_only_the_demo_bank() {
    let url = "http://127.0.0.1:1";
    assert!(Connector::new(demo(url), "IN").is_ok());
    for provider in [plaid(url), mono(url), Provider::Okra] {
        let name = provider.name();
        let refused = Connector::new(provider, "IN").unwrap_err();
        assert_eq!(refused, CountryRefused::NotServed { provider: name, country: "IN".into() });
    }
    assert!(Connector::new(plaid(url), "US").is_ok() && Connector::new(mono(url), "NG").is_ok());
    assert!(Connector::new(plaid(url), "NG").is_err());
    for country in ["", "in", "IND"] {
        assert_eq!(Connector::new(mono(url), country).unwrap_err(), CountryRefused::NoCountry);
    }
}

#[tokio::test]
async fn okra_is_discontinued_whatever_is_asked() {
    let okra = connector(Provider::Okra);
    let tokens = demo_tokens(NOW);
    assert_eq!(okra.link_start(&ask(), &RANDOM, NOW).await.unwrap_err().code(), "PROVIDER_DISCONTINUED");
    assert_eq!(okra.refresh(&tokens, None, &Always, NOW).await.unwrap_err().code(), "PROVIDER_DISCONTINUED");
    assert_eq!(okra.revoke(&tokens, NOW).await.unwrap_err().code(), "PROVIDER_DISCONTINUED");
}

#[tokio::test]
async fn a_link_survives_being_kept_and_comes_back_with_its_state_only() {
    let reply = r#"{"access_token":"at-1","refresh_token":"rt-1","expires_in":3600,"consent_id":"con_1"}"#;
    let server = TestServer::answering(200, reply).await;
    let demo = connector(demo(server.url()));
    let link = demo.link_start(&ask(), &RANDOM, NOW).await.unwrap();
    assert_eq!(link.expires_at, NOW + 600);
    let kept = serde_json::to_string(&link.pending).unwrap();
    let pending: Pending = serde_json::from_str(&kept).unwrap();
    let back = Back { state: &link.state, code: Some("code-1"), error: None };
    let foreign = Back { state: "another", ..back };
    assert_eq!(demo.link_complete(&pending, &foreign, NOW).await.unwrap_err(), BankError::ForeignLink);
    let denied = Back { code: None, error: Some("access_denied"), ..back };
    assert_eq!(demo.link_complete(&pending, &denied, NOW).await.unwrap_err(), BankError::LinkDeclined);
    assert_eq!(demo.link_complete(&pending, &back, NOW + 600).await.unwrap_err(), BankError::LinkExpired);
    assert!(server.requests().is_empty(), "none of which is a call");
    let connection = demo.link_complete(&pending, &back, NOW + 1).await.unwrap();
    assert_eq!(connection.id, "con_1");
    let form = String::from_utf8_lossy(&server.only_request().body).into_owned();
    assert!(form.contains("redirect_uri=https%3A%2F%2Fapp.example%2Fback%3Fx%3D1"), "{form}");
}

#[tokio::test]
async fn a_reused_mono_code_is_an_expired_link() {
    let opened = r#"{"data":{"mono_url":"https://link.mono.co/x"}}"#;
    let server =
        TestServer::answering_in_turn(&[(200, opened), (200, r#"{"data":{"id":"5f17"}}"#), (400, r#"{"message":"Invalid code"}"#)]).await;
    let mono = connector(mono(server.url()));
    let link = mono.link_start(&ask(), &RANDOM, NOW).await.unwrap();
    let asked = server.requests()[0].json();
    assert_eq!(asked["redirect_url"], format!("https://app.example/back?x=1&state={}", link.state));
    let back = Back { state: &link.state, code: Some("code_1"), error: None };
    assert_eq!(mono.link_complete(&link.pending, &back, NOW).await.unwrap().id, "5f17");
    let again = mono.link_complete(&link.pending, &back, NOW).await.unwrap_err();
    assert_eq!((again.code(), again.retryable()), ("LINK_EXPIRED", false));
}

#[tokio::test]
async fn plaid_is_asked_how_its_page_ended() {
    let opened = r#"{"link_token":"link-1","expiration":"2026-11-22T12:00:00Z","hosted_link_url":"https://secure.plaid.com/hl/x"}"#;
    let open = r#"{"link_sessions":[]}"#;
    let finished = r#"{"link_sessions":[{"finished_at":"x","results":{"item_add_results":[{"public_token":"public-1"}]}}]}"#;
    let mended = r#"{"link_sessions":[{"finished_at":"x"}]}"#;
    let exchanged = r#"{"access_token":"access-1","item_id":"item-1"}"#;
    let answers = [(200, opened), (200, open), (200, finished), (200, exchanged), (200, opened), (200, mended)];
    let server = TestServer::answering_in_turn(&answers).await;
    let plaid = connector(plaid(server.url()));
    let link = plaid.link_start(&ask(), &RANDOM, NOW).await.unwrap();
    let back = Back { state: &link.state, ..Back::default() };
    assert_eq!(plaid.link_complete(&link.pending, &back, NOW).await.unwrap_err(), BankError::LinkUnfinished);
    let connection = plaid.link_complete(&link.pending, &back, NOW).await.unwrap();
    assert_eq!(connection.id, "item-1");
    let link = plaid.link_start(&Ask { relink: Some(&connection.tokens), ..ask() }, &RANDOM, NOW).await.unwrap();
    let back = Back { state: &link.state, ..Back::default() };
    assert_eq!(plaid.link_complete(&link.pending, &back, NOW).await.unwrap().id, "item-1", "the access that was mended");
    assert_eq!(server.requests()[4].json()["access_token"], "access-1");
}

#[tokio::test]
async fn tokens_are_renewed_before_they_end_and_not_used_after() {
    let reply = r#"{"access_token":"at-2","refresh_token":"rt-2","expires_in":3600,"consent_id":"con_1"}"#;
    let server = TestServer::answering(200, reply).await;
    let demo = connector(demo(server.url()));
    assert_eq!((demo_tokens(NOW + 121).end_soon(NOW), demo_tokens(NOW + 120).end_soon(NOW)), (false, true));
    let renewed = demo.renew(&demo_tokens(NOW + 120), NOW).await.unwrap().unwrap();
    assert!(matches!(renewed, Tokens::Demo { access, access_until, .. } if access.expose() == "at-2" && access_until == NOW + 3600));
    assert_eq!(demo.refresh(&demo_tokens(NOW), None, &Always, NOW).await.unwrap_err(), BankError::TokensStale);
    assert_eq!(server.requests().len(), 1);
    let account = Tokens::Mono { account_id: "5f17".into() };
    assert!(!account.end_soon(NOW) && connector(mono(server.url())).renew(&account, NOW).await.unwrap().is_none(), "it does not end");
}

#[test]
fn tokens_of_every_provider_survive_being_kept() {
    let account = Tokens::Mono { account_id: "5f17".into() };
    let item = Tokens::Plaid { item_id: "item-1".into(), access: secret("access-1") };
    for (tokens, id) in [(demo_tokens(NOW), "con_1"), (account, "5f17"), (item, "item-1")] {
        let kept = serde_json::to_string(&tokens).unwrap();
        let again: Tokens = serde_json::from_str(&kept).unwrap();
        assert_eq!((again.connection_id(), serde_json::to_string(&again).unwrap()), (id, kept));
    }
    let error = serde_json::from_str::<Tokens>(r#"{"provider":"plaid","item_id":"i","access":["s3cret"]}"#).unwrap_err();
    assert!(!error.to_string().contains("s3cret"), "{error}");
}

#[tokio::test]
async fn a_provider_that_is_down_is_left_alone() {
    let demo = connector(demo(&test_server::closed_port().await));
    let tokens = demo_tokens(NOW + 3600);
    for _ in 0..5 {
        assert_eq!(demo.refresh(&tokens, None, &Always, NOW).await.unwrap_err().code(), "PROVIDER_DOWN");
    }
    assert_eq!(demo.refresh(&tokens, None, &Always, NOW).await.unwrap_err(), BankError::TryLater { after_ms: Some(60_000) });
}

#[tokio::test]
async fn tokens_of_another_provider_are_not_sent() {
    let server = TestServer::answering(200, "{}").await;
    let mono = connector(mono(server.url()));
    for error in
        [mono.refresh(&demo_tokens(NOW), None, &Always, NOW).await.unwrap_err(), mono.revoke(&demo_tokens(NOW), NOW).await.unwrap_err()]
    {
        assert_eq!(error.code(), "MISCONFIGURED");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn nothing_prints_a_secret() {
    let quoting = json!({ "error": "invalid_client", "error_description": "demo-s3cret at-s3cret rt-s3cret", "message": "mono-s3cret" });
    let server = TestServer::answering(401, &quoting.to_string()).await;
    let tokens = demo_tokens(NOW + 3600);
    let demo = connector(demo(server.url()));
    let link = demo.link_start(&ask(), &RANDOM, NOW).await.unwrap();
    let failed = demo.refresh(&tokens, None, &Always, NOW).await.unwrap_err();
    let kept = serde_json::to_string(&tokens).unwrap();
    assert!(kept.contains("rt-s3cret"), "they are written for whoever seals them");
    let printed = [
        format!("{demo:?} {:?} {:?}", connector(mono(server.url())), connector(plaid(server.url()))),
        format!("{tokens:?} {:?}", Connection::from(tokens.clone())),
        format!("{link:?} {:?}", link.pending),
        format!("{failed} {failed:?} {:?}", std::error::Error::source(&failed)),
    ];
    for text in printed {
        assert!(!text.contains("s3cret") && !text.contains(&link.state), "{text}");
    }
}
