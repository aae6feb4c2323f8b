//! The log of what operators did: appended once, by many at a time, and read back whole.

use crate::world::*;
use domain::audit::{Act, Break, Entry, Head, Walk, Why, verify};
use futures::future::join_all;
use std::time::Duration;
use store::{AuditCheck, Store, StoreError};

fn act(id: &str) -> Act {
    Act {
        id: id.to_owned(),
        at: now(),
        by: user("olga").to_string(),
        request_id: "r".to_owned(),
        action: "dead_letter.redrive".to_owned(),
        subject: format!("inbox {id}"),
        proof: String::new(),
        forced: false,
    }
}

/// The whole log, oldest first.
async fn log(store: &Store) -> Vec<Entry> {
    let (mut entries, next) = store.acts(None, 100).await.unwrap();
    assert_eq!(next, None);
    entries.reverse();
    entries
}

async fn walked(store: &Store, walk: Walk, to: u64) -> Walk {
    let mut walk = walk;
    store.walk_acts(&mut walk, to, 100).await.unwrap();
    walk
}

#[tokio::test]
async fn an_act_is_appended_once_and_hangs_on_the_one_before_it() {
    let store = store().await;
    assert_eq!(store.audit_head().await.unwrap(), Head::START);
    store.put_act(&act("m1")).await.unwrap();
    store.put_act(&act("m2")).await.unwrap();
    // Another attempt, somewhat later.
    store.put_act(&Act { at: now() + Duration::from_secs(9), proof: "known by now".to_owned(), ..act("m1") }).await.unwrap();
    let first = Entry::after(Head::START, act("m1"));
    let second = Entry::after(first.head(), act("m2"));
    assert_eq!(log(&store).await, [first.clone(), second.clone()], "an act is never changed");
    assert_eq!(store.audit_head().await.unwrap(), second.head());
    assert_eq!(store.act(1).await.unwrap(), Some(first));
    assert_eq!(store.act(3).await.unwrap(), None);
}

#[tokio::test]
async fn an_id_that_stands_for_another_act_lets_nothing_be_done() {
    let store = store().await;
    store.put_act(&act("m1")).await.unwrap();
    let other = store.put_act(&Act { subject: "inbox m9".to_owned(), ..act("m1") }).await;
    assert!(matches!(other, Err(StoreError::OtherAct { .. })), "{other:?}");
    assert_eq!(log(&store).await.len(), 1);
}

#[tokio::test]
async fn acts_are_listed_newest_first() {
    let store = store().await;
    for id in ["m1", "m2", "m3"] {
        store.put_act(&act(id)).await.unwrap();
    }
    let ids = |entries: &[Entry]| entries.iter().map(|entry| entry.act.id.clone()).collect::<Vec<_>>();
    let (acts, next) = store.acts(None, 2).await.unwrap();
    assert_eq!(ids(&acts), ["m3", "m2"]);
    let (acts, next) = store.acts(next.as_deref(), 2).await.unwrap();
    assert_eq!((ids(&acts), next), (vec!["m1".to_owned()], None));
}

#[tokio::test]
async fn whoever_appends_at_the_same_time_is_in_the_log_once() {
    let store = store().await;
    // Each act twice.
    let all = join_all((0..24).map(|number| {
        let store = store.clone();
        async move { store.put_act(&act(&format!("m{}", number / 2))).await }
    }))
    .await;
    assert!(all.iter().all(Result::is_ok), "{all:?}");
    let entries = log(&store).await;
    assert_eq!(verify(&entries, store.audit_head().await.unwrap()), Ok(()));
    let mut ids: Vec<&str> = entries.iter().map(|entry| entry.act.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((entries.len(), ids.len()), (12, 12));
}

#[tokio::test]
async fn a_log_of_more_than_a_page_is_walked_to_its_end_or_as_far_as_is_wanted() {
    let store = store().await;
    let nothing = walked(&store, Walk::after(Head::START), u64::MAX).await;
    assert_eq!((nothing.reached(), nothing.broken()), (Head::START, None));
    for number in 0..520 {
        store.put_act(&act(&format!("m{number}"))).await.unwrap();
    }
    let whole = walked(&store, Walk::after(Head::START), u64::MAX).await;
    assert_eq!((whole.reached(), whole.broken()), (store.audit_head().await.unwrap(), None));
    assert_eq!(whole.reached().seq, 520);
    let some = walked(&store, Walk::after(Head::START).knowing(whole.reached()), 17).await;
    assert_eq!((some.reached().seq, some.broken()), (17, None));
    let mut page = Walk::after(Head::START);
    store.walk_acts(&mut page, u64::MAX, 1).await.unwrap();
    assert_eq!((page.reached().seq, page.broken()), (500, None));
    let known = Head { seq: 521, ..whole.reached() };
    assert_eq!(walked(&store, Walk::after(known), u64::MAX).await.broken(), Some(Break { seq: 521, why: Why::CutOff }));
}

#[tokio::test]
async fn a_check_does_not_go_back() {
    let store = store().await;
    assert_eq!(store.audit_check().await.unwrap(), AuditCheck::default());
    let check = |seq, again| AuditCheck { verified: Head { seq, hash: [1; 32] }, again: Head { seq: again, hash: [2; 32] } };
    for (seq, again) in [(2, 0), (5, 2), (5, 4), (3, 3)] {
        store.put_audit_check(&check(seq, again)).await.unwrap();
    }
    assert_eq!(store.audit_check().await.unwrap(), check(5, 4));
}
