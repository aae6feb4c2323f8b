use super::*;
use domain::{
    fact::{Cause, Detail, Previous},
    id::{AccountId, Fingerprint},
    notice::VALUES_BYTES_MAX,
};

fn user(name: &str) -> UserId {
    UserId::new(Timestamp::UNIX_EPOCH, Fingerprint::of("user", name))
}

fn fact(kind: FactKind, detail: Detail) -> Fact {
    Fact {
        account: AccountId::wallet_of(user("asha")),
        seq: 7,
        kind,
        at: "2026-11-21T12:35:00Z".parse().unwrap(),
        operation: None,
        previous: Previous::default(),
        balance_after: 50_000,
        held_after: 2_000,
        postings: Vec::new(),
        entries: Vec::new(),
        detail,
        cause: Cause::ProviderAnswer,
        moves_balance: true,
    }
}

/// A detail with everything that a fact can say.
fn full() -> Detail {
    Detail {
        amount: Some(10_000),
        status: Some("verified".to_owned()),
        direction: Some("in".to_owned()),
        counterparty: Some("Ravi".to_owned()),
        title: Some("Diwali".to_owned()),
        note: Some("We are closed on Sunday.".to_owned()),
        reference: Some("415012345678".to_owned()),
        reason: Some("the bank says no".to_owned()),
    }
}

fn told(fact: &Fact) -> Value {
    let template = Template::named(fact.kind.code()).unwrap();
    let values = values(template, fact, &Preferences::new(user("asha"))).unwrap();
    serde_json::from_str(values.as_str()).unwrap()
}

#[test]
fn every_fact_that_has_words_fills_them() {
    for kind in FactKind::ALL.iter().copied().filter(|kind| has_words(*kind)) {
        let status = Some(if kind == FactKind::LimitExceeded { "day" } else { "verified" }.to_owned());
        assert!(told(&fact(kind, Detail { status, ..full() })).is_object(), "{}", kind.code());
    }
    assert!(!has_words(FactKind::AccountOpened) && !has_words(FactKind::PayoutOpened));
}

#[test]
fn a_reader_is_told_what_they_can_spend_and_who_it_was_but_no_id() {
    assert_eq!(told(&fact(FactKind::TransferReceived, full())), json!({ "amount": 10_000, "balance": 48_000, "counterparty": "Ravi" }));
    let by_a_user = Detail { counterparty: Some(user("ravi").to_string()), ..full() };
    assert_eq!(told(&fact(FactKind::TransferReceived, by_a_user)), json!({ "amount": 10_000, "balance": 48_000 }));
}

#[test]
fn a_time_is_the_readers_own() {
    assert_eq!(told(&fact(FactKind::SecurityLogIn, full())), json!({ "time": "2026-11-21T18:05:00+05:30" }));
}

#[test]
fn a_limit_is_over_at_indias_midnight() {
    let told = told(&fact(FactKind::LimitExceeded, Detail { status: Some("payee_day".to_owned()), ..full() }));
    assert_eq!(told, json!({ "amount": 10_000, "limit": "payee_day", "resets_at": "2026-11-22T00:00:00+05:30" }));
}

#[test]
fn what_a_notice_can_do_without_is_left_out_where_it_does_not_fit_and_the_rest_is_not() {
    let odd = Detail { reference: Some("बैंक".to_owned()), ..full() };
    assert_eq!(told(&fact(FactKind::RefundProcessed, odd))["reference"], Value::Null);
    let template = Template::named("payment.captured").unwrap();
    let nothing = fact(FactKind::PaymentCaptured, Detail::default());
    assert!(values(template, &nothing, &Preferences::new(user("asha"))).is_err());
}

#[test]
fn the_longest_announcement_fits_into_a_row() {
    let long = Some("न".repeat(500));
    let longest = fact(FactKind::Announcement, Detail { title: long.clone(), note: long, ..Detail::default() });
    let template = Template::named("announcement").unwrap();
    assert!(values(template, &longest, &Preferences::new(user("asha"))).unwrap().as_str().len() <= VALUES_BYTES_MAX);
    let bare = Detail { note: None, ..full() };
    assert_eq!(told(&fact(FactKind::Announcement, bare))["text"], "Diwali");
}
