//! The demo bank's client against a bank on this machine.

use bank_feed::{Currency, Direction, Mode};
use reqwest::Url;

use super::*;
use crate::call::{CallError, Doubt, Timeouts};
use crate::standing::{Always, Once};
use crate::test_server::TestServer;

const NOW: i64 = 1_795_000_000;
const ACCOUNTS: &str = r#"{"accounts":[{"id":"acc_1","bank":"Demo Bank","name":"Asha Patil","masked_number":"XX6789","type":"savings",
    "balance":{"amount_minor":1234567,"currency":"INR","at":1794990000}}]}"#;

fn client(server: &TestServer) -> Client {
    let base = format!("{}/demo-bank", server.url());
    Client::with_http(Http::new(Timeouts::default()).unwrap(), &base, &base, "kamai", Secret::new("s3cret").unwrap()).unwrap()
}

fn secret(text: &str) -> Secret {
    Secret::new(text).unwrap()
}

fn verifier() -> Verifier {
    Verifier::new(&[7; 32]).unwrap()
}

fn entry(id: &str, amount: &str) -> String {
    format!(
        r#"{{"id":"{id}","account_id":"acc_1","booked_at":1794980000,"value_date":"2026-11-17","amount_minor":{amount},"currency":"INR",
        "direction":"credit","balance_after_minor":1234567,"mode":"upi","narration":"UPI/CR/632109876543/SWIGGY","counterparty":"Swiggy",
        "reference":"632109876543","pending":false}}"#
    )
}

fn page(added: &str, cursor: &str, has_more: bool) -> String {
    format!(r#"{{"added":[{added}],"modified":[],"removed":[],"next_cursor":{cursor},"has_more":{has_more},"state":"ready"}}"#)
}

#[tokio::test]
async fn the_page_of_consent_is_asked_for_with_a_challenge() {
    let server = TestServer::answering(200, "{}").await;
    let url = Url::parse(&client(&server).authorize_url("https://app.example/back?x=1", "state-1", &verifier())).unwrap();
    let pairs: Vec<_> = url.query_pairs().collect();
    let value = |name: &str| pairs.iter().find(|(found, _)| found == name).map(|(_, value)| value.to_string());
    assert_eq!(url.path(), "/demo-bank/authorize");
    assert_eq!(value("redirect_uri").as_deref(), Some("https://app.example/back?x=1"));
    assert_eq!(value("scope").as_deref(), Some("accounts transactions"));
    assert_eq!((value("code_challenge"), value("code_challenge_method").as_deref()), (Some(verifier().challenge()), Some("S256")));
    assert!(!url.as_str().contains(verifier().secret().expose()), "the secret stays here");
}

#[tokio::test]
async fn a_code_is_exchanged_with_our_secret_and_its_own() {
    let body = r#"{"access_token":"at-1","refresh_token":"rt-1","token_type":"Bearer","expires_in":3600,"consent_id":"con_1"}"#;
    let server = TestServer::answering(200, body).await;
    let grant = client(&server).exchange("code-1", &verifier(), "https://app.example/back", NOW).await.unwrap();
    assert_eq!((grant.consent_id.as_str(), grant.access.expose(), grant.refresh.expose()), ("con_1", "at-1", "rt-1"));
    assert_eq!(grant.access_until, NOW + 3600);
    let request = server.only_request();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/demo-bank/token"));
    assert_eq!(request.header("authorization"), "Basic a2FtYWk6czNjcmV0");
    let form: Vec<_> = form_urlencoded::parse(&request.body).map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    assert!(form.contains(&("code_verifier".into(), verifier().secret().expose().into())));
    assert!(form.contains(&("redirect_uri".into(), "https://app.example/back".into())));
}

#[tokio::test]
async fn the_same_word_of_refusal_means_what_was_asked() {
    let used = r#"{"error":"invalid_grant","error_description":"the code was used"}"#;
    let server = TestServer::answering(400, used).await;
    let exchanged = client(&server).exchange("code-1", &verifier(), "https://app.example/back", NOW).await;
    assert_eq!(exchanged.unwrap_err(), BankError::LinkExpired);
    assert_eq!(client(&server).renew(&secret("rt-1"), NOW).await.unwrap_err(), BankError::SignInAgain);
    for (status, body, error) in [
        (401, r#"{"error":"invalid_token"}"#, BankError::TokensStale),
        (403, r#"{"error":"insufficient_scope","reason":"consent_withdrawn"}"#, BankError::AccessWithdrawn),
        (403, r#"{"error":"insufficient_scope","reason":"consent_expired"}"#, BankError::SignInAgain),
        (503, "<html>", BankError::ProviderDown(CallError::Unknown { why: Doubt::Status(503) })),
    ] {
        let server = TestServer::answering(status, body).await;
        assert_eq!(client(&server).changes(&secret("at-1"), None, &Always).await.unwrap_err(), error);
    }
    let server = TestServer::answering(401, r#"{"error":"invalid_client"}"#).await;
    assert!(matches!(client(&server).renew(&secret("rt-1"), NOW).await.unwrap_err(), BankError::Misconfigured(_)));
}

#[tokio::test]
async fn pages_are_read_to_their_end_and_one_cursor_is_given() {
    let first = page(&entry("t1", "85000"), r#""c-1""#, true);
    let second = format!(
        r#"{{"added":[],"modified":[{}],"removed":[{{"account_id":"acc_1","id":"t0"}}],"next_cursor":"c-2","has_more":false,"state":"ready"}}"#,
        entry("t1", "85100")
    );
    let server = TestServer::answering_in_turn(&[(200, ACCOUNTS), (200, &first), (200, &second)]).await;
    let changes = client(&server).changes(&secret("at-1"), Some("c-0"), &Always).await.unwrap();
    assert_eq!((changes.added.len(), changes.modified.len(), changes.removed.len()), (1, 1, 1));
    assert_eq!((changes.cursor.as_deref(), changes.state), (Some("c-2"), State::Complete));
    let entry = &changes.added[0];
    assert_eq!((entry.amount_minor, entry.direction, entry.mode), (85_000, Direction::Credit, Some(Mode::Upi)));
    assert_eq!(entry.booked_at.as_second(), 1_794_980_000);
    assert_eq!(changes.accounts[0].balance.unwrap().currency, Currency::INR);
    let targets: Vec<_> = server.requests().into_iter().map(|request| request.target).collect();
    let pages = ["/demo-bank/transactions?limit=500&cursor=c-0", "/demo-bank/transactions?limit=500&cursor=c-1"];
    assert_eq!(targets, ["/demo-bank/accounts", pages[0], pages[1]]);
    assert!(server.requests().iter().all(|request| request.header("authorization") == "Bearer at-1"));
}

#[tokio::test]
async fn of_access_that_ends_while_it_is_read_no_further_page_is_asked_for() {
    let server = TestServer::answering_in_turn(&[(200, ACCOUNTS), (200, &page(&entry("t1", "85000"), r#""c-1""#, true))]).await;
    let error = client(&server).changes(&secret("at-1"), None, &Once::default()).await.unwrap_err();
    assert_eq!((error, server.requests().len()), (BankError::EndedMeanwhile, 2));
}

#[tokio::test]
async fn a_history_that_is_on_its_way_is_told_and_its_cursor_kept() {
    let waiting = r#"{"added":[],"modified":[],"removed":[],"next_cursor":null,"has_more":false,"state":"preparing"}"#;
    let server = TestServer::answering_in_turn(&[(200, ACCOUNTS), (200, waiting)]).await;
    let changes = client(&server).changes(&secret("at-1"), Some("c-0"), &Always).await.unwrap();
    assert_eq!((changes.state, changes.cursor.as_deref(), changes.accounts.len()), (State::Preparing, Some("c-0"), 1));
}

#[tokio::test]
async fn pages_without_end_end_and_strange_entries_are_named_by_their_place() {
    for body in [page("", r#""c-1""#, true), page("", "null", true)] {
        let server = TestServer::answering_in_turn(&[(200, ACCOUNTS), (200, &body)]).await;
        assert_eq!(client(&server).changes(&secret("at-1"), None, &Always).await.unwrap_err(), wrong("next_cursor"));
    }
    for amount in ["-1", "12.34", r#""1""#] {
        let body = page(&entry("t1", amount), r#""c-1""#, false);
        let server = TestServer::answering_in_turn(&[(200, ACCOUNTS), (200, &body)]).await;
        assert_eq!(client(&server).changes(&secret("at-1"), None, &Always).await.unwrap_err(), wrong("added[0].amount_minor"), "{amount}");
    }
}
