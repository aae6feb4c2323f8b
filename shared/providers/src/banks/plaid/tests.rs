//! Plaid's client against a provider on this machine.

use bank_feed::{AccountKind, Direction, State};

use super::*;
use crate::banks::wrong;
use crate::call::{CallError, Timeouts};
use crate::standing::{Always, Once};
use crate::test_server::TestServer;

pub(super) fn settings() -> Settings {
    Settings {
        client_id: "client-1".into(),
        secret: secret("plaid-s3cret"),
        client_name: "Kamai".into(),
        language: "en".into(),
        country_codes: vec!["US".into()],
        webhook_url: Some("https://kamai.example/webhooks/plaid".into()),
        history_days: 180,
    }
}

pub(super) fn client(server: &TestServer) -> Client {
    Client::with_http(Http::new(Timeouts::default()).unwrap(), server.url(), settings()).unwrap()
}

fn secret(text: &str) -> Secret {
    Secret::new(text).unwrap()
}

const ACCOUNTS: &str = r#"{"accounts":[{"account_id":"acc-1","name":"Checking","mask":"0000","type":"depository","subtype":"checking",
    "balances":{"available":100,"current":110.05,"limit":null,"iso_currency_code":"USD","unofficial_currency_code":null}},
    {"account_id":"acc-2","name":"Card","mask":"3333","type":"credit","subtype":"credit card",
    "balances":{"available":null,"current":410.5,"limit":2000,"iso_currency_code":"USD"}}],
    "item":{"item_id":"item-1","institution_name":"First Bank"},"request_id":"r"}"#;

fn entry(id: &str, amount: &str) -> String {
    format!(
        r#"{{"transaction_id":"{id}","account_id":"acc-1","amount":{amount},"iso_currency_code":"USD","date":"2026-11-20","datetime":null,
        "name":"Uber 063015 SF**POOL**","merchant_name":"Uber","pending":false,"transaction_code":null,"payment_meta":{{"reference_number":null}}}}"#
    )
}

fn page(added: &str, cursor: &str, has_more: bool, status: &str) -> String {
    format!(
        r#"{{"added":[{added}],"modified":[],"removed":[],"next_cursor":"{cursor}","has_more":{has_more},"accounts":[],
        "transactions_update_status":"{status}","request_id":"r"}}"#
    )
}

const MUTATED: &str = r#"{"error_type":"TRANSACTIONS_ERROR","error_code":"TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION",
    "error_message":"Underlying transaction data changed since last page was fetched.","display_message":null,"request_id":"r"}"#;

const WHOLE: &str = "HISTORICAL_UPDATE_COMPLETE";

async fn read(amount: &str) -> Result<bank_feed::Entry, BankError> {
    let server = TestServer::answering_in_turn(&[(200, ACCOUNTS), (200, &page(&entry("t", amount), "c", false, WHOLE))]).await;
    client(&server).changes(&secret("access-1"), None, &Always).await.map(|mut changes| changes.added.remove(0))
}

#[tokio::test]
async fn the_sign_says_which_way_the_money_went() {
    for (amount, direction, minor) in [
        ("12.34", Direction::Debit, 1_234),
        ("-500", Direction::Credit, 50_000),
        ("0.07", Direction::Debit, 7),
        ("-2307.2100", Direction::Credit, 230_721),
        ("0", Direction::Debit, 0),
    ] {
        let entry = read(amount).await.unwrap();
        assert_eq!((entry.direction, entry.amount_minor), (direction, minor), "{amount}");
    }
    for amount in ["12.345", r#""12.34""#, "1e2", "99999999999999999999", "null"] {
        let error = read(amount).await.unwrap_err();
        assert!(matches!(error, BankError::Unreadable(_)), "{amount}");
    }
}

#[tokio::test]
async fn accounts_and_what_they_hold_are_read() {
    let server = TestServer::answering_in_turn(&[(200, ACCOUNTS), (200, &page(&entry("t", "1"), "c", false, WHOLE))]).await;
    let changes = client(&server).changes(&secret("access-1"), None, &Always).await.unwrap();
    let balances: Vec<_> = changes.accounts.iter().map(|account| account.balance.unwrap().minor).collect();
    assert_eq!(balances, [11_005, -41_050], "what a card owes is negative");
    assert_eq!((changes.accounts[0].kind, changes.accounts[1].kind), (AccountKind::Current, AccountKind::Credit));
    assert_eq!(changes.accounts[0].bank, "First Bank");
    let entry = &changes.added[0];
    assert_eq!((entry.booked_at.to_string().as_str(), entry.counterparty.as_deref()), ("2026-11-20T00:00:00Z", Some("Uber")));
    let requests = server.requests();
    assert_eq!(requests[1].json(), json!({ "access_token": "access-1", "count": 500 }), "the first reading has no cursor");
    assert!(
        requests.iter().all(|request| request.header("plaid-secret") == "plaid-s3cret" && request.header("plaid-client-id") == "client-1")
    );
}

#[tokio::test]
async fn a_mutation_in_page_three_begins_again_at_the_first_cursor_without_duplicates() {
    let pages = [
        page(&entry("t1", "1"), "c-1", true, WHOLE),
        page(&entry("t2", "2"), "c-2", true, WHOLE),
        page(&entry("t1", "1"), "d-1", true, WHOLE),
        page(&entry("t3", "3"), "d-2", false, WHOLE),
    ];
    let answers = [(200, ACCOUNTS), (200, &pages[0]), (200, &pages[1]), (400, MUTATED), (200, &pages[2]), (200, &pages[3])];
    let server = TestServer::answering_in_turn(&answers).await;
    let changes = client(&server).changes(&secret("access-1"), Some("start"), &Always).await.unwrap();
    let ids: Vec<_> = changes.added.iter().filter_map(|entry| entry.id.as_deref()).collect();
    assert_eq!((ids, changes.cursor.as_deref()), (vec!["t1", "t3"], Some("d-2")));
    let cursors: Vec<_> = server.requests()[1..].iter().map(|request| request.json()["cursor"].as_str().unwrap().to_owned()).collect();
    assert_eq!(cursors, ["start", "c-1", "c-2", "start", "d-1"]);
}

#[tokio::test]
async fn of_access_that_ends_while_it_is_read_no_further_page_is_asked_for() {
    let server = TestServer::answering_in_turn(&[(200, ACCOUNTS), (200, &page(&entry("t1", "1"), "c-1", true, WHOLE))]).await;
    let error = client(&server).changes(&secret("access-1"), None, &Once::default()).await.unwrap_err();
    assert_eq!((error, server.requests().len()), (BankError::EndedMeanwhile, 2));
}

#[tokio::test]
async fn a_reading_that_is_always_overtaken_is_left_for_later() {
    let server = TestServer::answering_in_turn(&[(200, ACCOUNTS), (400, MUTATED)]).await;
    let error = client(&server).changes(&secret("access-1"), None, &Always).await.unwrap_err();
    assert_eq!((error, server.requests().len()), (BankError::TryLater { after_ms: None }, 5));
}

#[tokio::test]
async fn a_history_that_is_not_whole_is_preparing() {
    for (cursor, status, state, kept) in [
        ("", "NOT_READY", State::Preparing, Some("start")),
        ("c", "INITIAL_UPDATE_COMPLETE", State::Preparing, Some("c")),
        ("c", "TRANSACTIONS_UPDATE_STATUS_UNKNOWN", State::Preparing, Some("c")),
        ("c", WHOLE, State::Complete, Some("c")),
    ] {
        let server = TestServer::answering_in_turn(&[(200, ACCOUNTS), (200, &page("", cursor, false, status))]).await;
        let changes = client(&server).changes(&secret("access-1"), Some("start"), &Always).await.unwrap();
        assert_eq!((changes.state, changes.cursor.as_deref()), (state, kept), "{status}");
    }
}

#[tokio::test]
async fn pages_without_a_way_on_are_unreadable() {
    for cursor in ["", &"c".repeat(257)] {
        let server = TestServer::answering_in_turn(&[(200, ACCOUNTS), (200, &page("", cursor, true, WHOLE))]).await;
        assert_eq!(client(&server).changes(&secret("access-1"), None, &Always).await.unwrap_err(), wrong("next_cursor"));
    }
}

#[tokio::test]
async fn a_refusal_says_what_a_person_can_do() {
    for (status, kind, code, error) in [
        (400, "ITEM_ERROR", "ITEM_LOGIN_REQUIRED", BankError::SignInAgain),
        (400, "ITEM_ERROR", "PRODUCT_NOT_READY", BankError::TryLater { after_ms: None }),
        (429, "RATE_LIMIT_EXCEEDED", "ACCOUNTS_LIMIT", BankError::TryLater { after_ms: None }),
        (400, "ITEM_ERROR", "USER_PERMISSION_REVOKED", BankError::AccessWithdrawn),
        (400, "INVALID_INPUT", "INVALID_ACCESS_TOKEN", BankError::AccessWithdrawn),
        (400, "INSTITUTION_ERROR", "INSTITUTION_DOWN", BankError::BankDown),
        (400, "INSTITUTION_ERROR", "SOMETHING_NEW", BankError::BankDown),
    ] {
        let body = json!({ "error_type": kind, "error_code": code, "error_message": "access-1", "request_id": "r" }).to_string();
        let server = TestServer::answering(status, &body).await;
        assert_eq!(client(&server).changes(&secret("access-1"), None, &Always).await.unwrap_err(), error, "{code}");
    }
    let body = r#"{"error_type":"INVALID_INPUT","error_code":"INVALID_API_KEYS","error_message":"plaid-s3cret is wrong"}"#;
    let server = TestServer::answering(400, body).await;
    let error = client(&server).changes(&secret("access-1"), None, &Always).await.unwrap_err();
    assert!(matches!(&error, BankError::Misconfigured(CallError::Refused { code: Some(code), .. }) if code == "INVALID_API_KEYS"));
    assert!(!format!("{error:?}").contains("s3cret"));
}

#[tokio::test]
async fn a_page_of_plaids_own_is_opened_and_its_outcome_asked_for() {
    let made =
        r#"{"link_token":"link-1","expiration":"2026-11-22T12:00:00Z","hosted_link_url":"https://secure.plaid.com/hl/x","request_id":"r"}"#;
    let server = TestServer::answering(200, made).await;
    let link = NewLink { client_user_id: "user_1", completion_redirect_uri: "https://app.example/back", relink: None };
    let opened = client(&server).open_link(&link).await.unwrap();
    assert_eq!((opened.hosted_link_url.as_str(), opened.expires_at), ("https://secure.plaid.com/hl/x", 1_795_348_800));
    let body = server.only_request().json();
    assert_eq!((&body["products"], &body["transactions"]["days_requested"]), (&json!(["transactions"]), &json!(180)));
    assert_eq!(body["hosted_link"]["completion_redirect_uri"], "https://app.example/back");
    let server = TestServer::answering(200, made).await;
    client(&server).open_link(&NewLink { relink: Some(&secret("access-1")), ..link }).await.unwrap();
    let body = server.only_request().json();
    assert_eq!((&body["access_token"], body.get("products")), (&json!("access-1"), None));
}

#[tokio::test]
async fn how_a_page_ended_is_told_apart() {
    let outcome = async |sessions: Value| {
        let server = TestServer::answering(200, &json!({ "link_token": "l", "link_sessions": sessions }).to_string()).await;
        client(&server).link_outcome(&secret("link-1")).await
    };
    let added = json!([{ "finished_at": "x", "results": { "item_add_results": [{ "public_token": "public-1" }] } }]);
    assert!(matches!(outcome(added).await, Ok(Linked::New { public_token }) if public_token.expose() == "public-1"));
    for sessions in [Value::Null, json!([]), json!([{ "finished_at": null }]), json!([{ "finished_at": "x", "exit": {} }, {}])] {
        assert_eq!(outcome(sessions).await.unwrap_err(), BankError::LinkUnfinished);
    }
    assert_eq!(outcome(json!([{ "finished_at": "x", "exit": {} }])).await.unwrap_err(), BankError::LinkDeclined);
    assert!(matches!(outcome(json!([{ "finished_at": "x", "results": null }])).await, Ok(Linked::Mended)));
}

#[tokio::test]
async fn an_access_that_is_gone_already_is_removed() {
    let server = TestServer::answering(400, r#"{"error_type":"ITEM_ERROR","error_code":"ITEM_NOT_FOUND"}"#).await;
    assert_eq!(client(&server).remove_item(&secret("access-1")).await, Ok(()));
}

#[test]
fn india_is_a_configuration_error() {
    let india = Settings { country_codes: vec!["US".into(), "IN".into()], ..settings() };
    let made = Client::with_http(Http::new(Timeouts::default()).unwrap(), "https://production.plaid.com", india);
    assert!(matches!(made, Err(SetupError::Unusable(_))));
}
