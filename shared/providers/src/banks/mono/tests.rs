//! Mono's client against a provider on this machine.

use bank_feed::{AccountKind, Currency, Direction};

use super::*;
use crate::call::{CallError, Timeouts};
use crate::standing::{Always, Once};
use crate::test_server::TestServer;

/// 2026-11-18T…
const NOW: i64 = 1_795_000_000;

fn client(server: &TestServer) -> Client {
    Client::with_http(Http::new(Timeouts::default()).unwrap(), server.url(), &Secret::new("live_sk_1").unwrap()).unwrap()
}

fn details(status: &str) -> String {
    format!(
        r#"{{"account":{{"id":"5f17","name":"SAMUEL OLAMIDE","currency":"NGN","type":"SAVINGS_ACCOUNT","account_number":"0131883461",
        "balance":13005,"bvn":"22233344455","institution":{{"name":"GTBank","bank_code":"058","type":"PERSONAL_BANKING"}}}},
        "meta":{{"data_status":"{status}","auth_method":"internet_banking"}}}}"#
    )
}

fn wrapped(body: &str) -> String {
    format!(r#"{{"status":"successful","message":"ok","data":{body}}}"#)
}

fn entry(id: &str, side: &str, amount: i64) -> String {
    format!(
        r#"{{"id":"{id}","narration":"TRANSFER TO ADE","amount":{amount},"type":"{side}","balance":13005,"date":"2026-11-17T09:31:08.000Z","category":null}}"#
    )
}

fn page(entries: &str, total: u64) -> String {
    format!(r#"{{"status":"successful","data":[{entries}],"meta":{{"total":{total},"page":1}}}}"#)
}

#[tokio::test]
async fn a_page_is_opened_for_a_link_and_for_a_new_sign_in() {
    let server = TestServer::answering(200, &wrapped(r#"{"mono_url":"https://link.mono.co/x","customer":"c"}"#)).await;
    let link = NewLink { name: "Asha", email: "asha@example.com", reference: "state-1", redirect_url: "https://app.example/back" };
    assert_eq!(client(&server).initiate(&link).await.unwrap(), "https://link.mono.co/x");
    let request = server.only_request();
    assert_eq!((request.target.as_str(), request.header("mono-sec-key")), ("/v2/accounts/initiate", "live_sk_1"));
    let body = request.json();
    assert_eq!(
        (&body["scope"], &body["meta"]["ref"], &body["customer"]["email"]),
        (&json!("auth"), &json!("state-1"), &json!("asha@example.com"))
    );
    client(&server).reauthorise("5f17", &link).await.unwrap();
    let body = server.requests()[1].json();
    assert_eq!((&body["scope"], &body["account"]), (&json!("reauth"), &json!("5f17")));
}

#[tokio::test]
async fn a_code_becomes_an_account_in_either_wrapping() {
    for body in [r#"{"id":"5f17"}"#.to_owned(), wrapped(r#"{"id":"5f17"}"#)] {
        let server = TestServer::answering(200, &body).await;
        assert_eq!(client(&server).exchange("code_1").await.unwrap(), "5f17");
        assert_eq!(server.only_request().json(), json!({ "code": "code_1" }));
    }
    let server = TestServer::answering(200, r#"{"id":"../x"}"#).await;
    assert_eq!(client(&server).exchange("code_1").await.unwrap_err(), wrong("id"));
}

#[tokio::test]
async fn a_code_that_was_used_or_is_too_old_is_an_expired_link() {
    for status in [400, 404] {
        let server = TestServer::answering(status, r#"{"status":"failed","message":"Invalid or expired code"}"#).await;
        assert_eq!(client(&server).exchange("code_1").await.unwrap_err(), BankError::LinkExpired);
    }
    let server = TestServer::answering(401, r#"{"status":"failed","message":"Invalid secret live_sk_1"}"#).await;
    let error = client(&server).exchange("code_1").await.unwrap_err();
    assert!(
        matches!(&error, BankError::Misconfigured(CallError::Refused { status: 401, .. })) && !format!("{error:?}").contains("live_sk")
    );
}

#[tokio::test]
async fn kobo_are_read_by_their_side_in_days_as_mono_writes_them() {
    for account in [details("AVAILABLE"), wrapped(&details("AVAILABLE"))] {
        let first = page(&format!("{},{}", entry("t1", "debit", 250_000), entry("t2", "credit", 700)), 3);
        let second = page(&entry("t3", "debit", 1), 3);
        let server = TestServer::answering_in_turn(&[(200, &account), (200, &first), (200, &second)]).await;
        let changes = client(&server).changes("5f17", None, &Always, NOW).await.unwrap();
        let entry = &changes.added[0];
        assert_eq!((entry.direction, entry.amount_minor, entry.currency.code()), (Direction::Debit, 250_000, "NGN"));
        assert_eq!((entry.booked_at.to_string().as_str(), changes.added.len()), ("2026-11-17T09:31:08Z", 3));
        assert_eq!((changes.cursor.as_deref(), changes.state), (Some("2026-11-18"), State::Complete));
        let account = &changes.accounts[0];
        assert_eq!(
            (account.kind, account.masked_number.as_deref(), account.bank.as_str()),
            (AccountKind::Savings, Some("XX3461"), "GTBank")
        );
        assert_eq!(account.balance.unwrap().currency, Currency::from_code("NGN").unwrap());
        let targets: Vec<_> = server.requests().into_iter().map(|request| request.target).collect();
        assert_eq!(targets[0], "/v2/accounts/5f17");
        assert_eq!(targets[1], "/v2/accounts/5f17/transactions?start=22-05-2026&end=18-11-2026&paginate=true&page=1");
        assert!(targets[2].ends_with("&page=2") && targets.len() == 3);
    }
}

#[tokio::test]
async fn of_access_that_ends_while_it_is_read_no_further_page_is_asked_for() {
    let server = TestServer::answering_in_turn(&[(200, &details("AVAILABLE")), (200, &page(&entry("t1", "debit", 1), 3))]).await;
    let error = client(&server).changes("5f17", None, &Once::default(), NOW).await.unwrap_err();
    assert_eq!((error, server.requests().len()), (BankError::EndedMeanwhile, 2));
}

#[tokio::test]
async fn the_days_before_a_cursor_are_read_again() {
    let server = TestServer::answering_in_turn(&[(200, &details("AVAILABLE")), (200, &page("", 0))]).await;
    client(&server).changes("5f17", Some("2026-11-16"), &Always, NOW).await.unwrap();
    assert!(server.requests()[1].target.contains("start=11-11-2026&end=18-11-2026"));
    let error = client(&server).changes("5f17", Some("16-11-2026"), &Always, NOW).await.unwrap_err();
    assert!(matches!(error, BankError::Misconfigured(_)));
}

#[tokio::test]
async fn nothing_is_read_before_it_is_there() {
    for (status, state) in [("PROCESSING", State::Preparing), ("FAILED", State::Partial), ("NEW", State::Preparing)] {
        let server = TestServer::answering(200, &details(status)).await;
        let changes = client(&server).changes("5f17", Some("2026-11-16"), &Always, NOW).await.unwrap();
        assert_eq!((changes.state, changes.cursor.as_deref(), changes.accounts.len()), (state, Some("2026-11-16"), 1), "{status}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn strange_entries_are_unreadable() {
    for bad in [entry("t", "transfer", 1), entry("t", "debit", -1), entry("t", "debit", 1).replace("2026-11-17T", "17/11 ")] {
        let server = TestServer::answering_in_turn(&[(200, &details("AVAILABLE")), (200, &page(&bad, 1))]).await;
        assert!(matches!(client(&server).changes("5f17", None, &Always, NOW).await.unwrap_err(), BankError::Unreadable(_)), "{bad}");
    }
}

#[tokio::test]
async fn an_account_that_is_gone_or_wants_a_sign_in_says_so() {
    let server = TestServer::answering(404, r#"{"status":"failed","message":"Account not found"}"#).await;
    assert_eq!(client(&server).changes("5f17", None, &Always, NOW).await.unwrap_err(), BankError::AccessWithdrawn);
    assert_eq!(client(&server).unlink("5f17").await, Ok(()), "which is as good as unlinked");
    let server = TestServer::answering(400, r#"{"status":"failed","message":"Reauthorisation required"}"#).await;
    assert_eq!(client(&server).changes("5f17", None, &Always, NOW).await.unwrap_err(), BankError::SignInAgain);
}
