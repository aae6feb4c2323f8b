//! Rows that are no domain records: webhooks, sums, feeds, tickets, challenges, sessions, rates.

use crate::world::*;
use domain::{
    Timestamp,
    fact::FactKind,
    id::{AccountId, ChallengeId, Fingerprint, SessionId},
    identity::{Challenge, OTP_TRIES_MAX, OtpChannel, OtpPurpose, Phone, Role, Session, User},
    posting::{Posting, Reason, Side, SystemAccount},
};
use std::time::Duration;
use store::{InboundStatus, Kept, Rotation};

fn later(seconds: u64) -> Timestamp {
    now() + Duration::from_secs(seconds)
}

#[tokio::test]
async fn a_webhook_is_kept_once_and_comes_back_byte_for_byte() {
    let store = store().await;
    let body: Vec<u8> = (0..=255u8).cycle().take(10_000).collect();
    assert_eq!(store.keep_webhook("razorpay#e1", "", &body, now()).await.unwrap(), Kept::New);
    for other in [body.as_slice(), b"{}"] {
        assert_eq!(store.keep_webhook("razorpay#e1", "", other, later(1)).await.unwrap(), Kept::Known);
    }
    assert_eq!(store.keep_webhook("razorpayx#e1", "", b"", now()).await.unwrap(), Kept::New);
    let kept = store.webhook("razorpay#e1").await.unwrap().unwrap();
    assert_eq!((kept.body, kept.status, kept.received_at), (body, InboundStatus::Received, now()));
    store.mark_webhook("razorpay#e1", InboundStatus::Processed, "credited").await.unwrap();
    // Whoever was second to work on it does not hide what came of it; the other way round, it is told.
    store.mark_webhook("razorpay#e1", InboundStatus::Processed, store::KNOWN_ALREADY).await.unwrap();
    assert_eq!(store.webhook("razorpay#e1").await.unwrap().unwrap().outcome.as_deref(), Some("credited"));
    store.mark_webhook("razorpayx#e1", InboundStatus::Processed, store::KNOWN_ALREADY).await.unwrap();
    store.mark_webhook("razorpayx#e1", InboundStatus::Processed, "parked").await.unwrap();
    assert_eq!(store.webhook("razorpayx#e1").await.unwrap().unwrap().outcome.as_deref(), Some("parked"));
    assert_eq!(store.webhooks(None, 10).await.unwrap().0.len(), 2);
    store.mark_webhook("razorpay#unknown", InboundStatus::Ignored, "x").await.unwrap();
    assert!(store.webhook("razorpay#unknown").await.unwrap().is_none());
}

#[tokio::test]
async fn a_webhook_comes_back_with_its_query_and_one_that_no_row_holds_is_not_kept() {
    let store = store().await;
    store.keep_webhook("twilio#e1", "tag=a", b"x=1", now()).await.unwrap();
    assert_eq!(store.webhook("twilio#e1").await.unwrap().unwrap().query, "tag=a");
    // Text packs well; what is random does not at all.
    let text = "a status like another. ".repeat(45_000).into_bytes();
    assert_eq!(store.keep_webhook("whatsapp#e1", "", &text, now()).await.unwrap(), Kept::New);
    assert_eq!(store.webhook("whatsapp#e1").await.unwrap().unwrap().body, text);
    let mut state = 1u64;
    let random: Vec<u8> = (0..400_000)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 56) as u8
        })
        .collect();
    for (query, body) in [("", random), ("", vec![b' '; store::WEBHOOK_BYTES_MAX + 1]), (&*"q".repeat(2_000), Vec::new())] {
        assert_eq!(store.keep_webhook("whatsapp#e2", query, &body, now()).await.unwrap(), Kept::TooLarge);
    }
    assert!(store.webhook("whatsapp#e2").await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_many_parallel_deliveries_of_a_webhook_is_new() {
    let store = store().await;
    let keeps = (0..10).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { store.keep_webhook("razorpay#e1", "", b"{}", now()).await.unwrap() })
    });
    let mut new = 0;
    for kept in keeps.collect::<Vec<_>>() {
        new += usize::from(kept.await.unwrap() == Kept::New);
    }
    assert_eq!(new, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn folding_counts_each_source_once_and_sums_to_zero() {
    let store = store().await;
    let (float, fees) = (Side::System(SystemAccount::RazorpayxFloat), Side::System(SystemAccount::ProviderFees));
    let folds = (0..40).map(|n| {
        let store = store.clone();
        let posting = Posting { debit: fees, credit: float, amount: 7, reason: Reason::PayoutProviderFee };
        tokio::spawn(async move { store.fold(&format!("source {}", n % 20), &[posting, posting], now()).await.unwrap() })
    });
    for fold in folds.collect::<Vec<_>>() {
        fold.await.unwrap();
    }
    let sums = store.system_balances().await.unwrap();
    assert_eq!((sums["razorpayx_float"], sums["provider_fees"], sums.values().sum::<i64>()), (280, -280, 0));
}

#[tokio::test]
async fn a_feed_is_read_forwards_backwards_and_at_a_moment() {
    let store = store_with(&[("asha", 10_000), ("ravi", 0)]).await;
    for n in 0..6 {
        store.execute(&transfer("asha", "ravi", &format!("k{n}"), 100), later(60 * (n + 1))).await.unwrap();
    }
    let asha = check(&store, "asha").await;
    assert_eq!(asha.feed_seq, 8, "opened, funded, six transfers");
    let seqs = |facts: &[domain::fact::Fact]| facts.iter().map(|fact| fact.seq).collect::<Vec<_>>();
    assert_eq!(seqs(&store.facts_after(asha.id, 0, 3).await.unwrap()), [1, 2, 3]);
    assert_eq!(seqs(&store.facts_after(asha.id, 6, 100).await.unwrap()), [7, 8]);
    assert!(store.facts_after(asha.id, 8, 100).await.unwrap().is_empty());
    assert!(store.facts_after(asha.id, u64::MAX, 100).await.unwrap().is_empty());

    let page = store.facts_before(asha.id, u64::MAX, 3, |_| true).await.unwrap();
    assert_eq!((seqs(&page.facts), page.before), (vec![8, 7, 6], Some(6)));
    let page = store.facts_before(asha.id, 6, 100, |_| true).await.unwrap();
    assert_eq!((seqs(&page.facts), page.before), (vec![5, 4, 3, 2, 1], None));
    let page = store.facts_before(asha.id, u64::MAX, 100, |fact| fact.kind == FactKind::PaymentCaptured).await.unwrap();
    assert_eq!((seqs(&page.facts), page.before), (vec![2], None));

    let balance_at = async |at| store.fact_at(&asha, at).await.unwrap().map(|fact| (fact.seq, fact.balance_after));
    assert_eq!(balance_at(Timestamp::UNIX_EPOCH).await, None);
    assert_eq!(balance_at(now()).await, Some((2, 10_000)));
    assert_eq!(balance_at(later(60)).await, Some((3, 9_900)));
    assert_eq!(balance_at(later(179)).await, Some((4, 9_800)));
    assert_eq!(balance_at(later(86_400)).await, Some((8, 9_400)));
}

/// F22: a row that was not removed yet is expired by its time.
#[tokio::test]
async fn a_ticket_is_good_once_and_for_thirty_seconds() {
    let store = store().await;
    store.put_ticket("a", user("asha"), "ses", now()).await.unwrap();
    assert_eq!(store.take_ticket("a", later(29)).await.unwrap(), Some((user("asha"), "ses".to_owned())));
    assert_eq!(store.take_ticket("a", later(29)).await.unwrap(), None);
    store.put_ticket("b", user("asha"), "ses", now()).await.unwrap();
    assert_eq!(store.take_ticket("b", later(30)).await.unwrap(), None);
    assert_eq!(store.take_ticket("unknown", now()).await.unwrap(), None);
}

#[tokio::test]
async fn connections_expire_by_their_time_and_are_forgotten_whole() {
    let store = store().await;
    store.put_connection("c", user("asha"), "ses", now()).await.unwrap();
    store.subscribe(user("asha"), "c", "user:x", now()).await.unwrap();
    store.subscribe(user("asha"), "c", "balance:x", now()).await.unwrap();
    store.subscribe(user("asha"), "d", "user:x", now()).await.unwrap();
    assert!(store.connection("c", later(7_200)).await.unwrap().is_some());
    assert!(store.connection("c", later(86_400)).await.unwrap().is_none());
    assert_eq!(store.subscriptions_of(user("asha"), "c", now()).await.unwrap().len(), 2);
    assert!(store.subscriptions(user("asha"), later(86_400)).await.unwrap().is_empty());
    store.forget_connection("c", now()).await.unwrap();
    assert!(store.connection("c", now()).await.unwrap().is_none());
    assert_eq!(store.subscriptions(user("asha"), now()).await.unwrap().len(), 1);
}

fn challenge() -> Challenge {
    let id = ChallengeId::new(now(), Fingerprint::random([7; 10]));
    Challenge::new(id, Phone::parse("+919812345678").unwrap(), OtpChannel::Sms, OtpPurpose::LogIn, now())
}

#[tokio::test(flavor = "multi_thread")]
async fn parallel_guesses_of_a_challenge_share_no_try() {
    let store = store().await;
    let challenge = challenge();
    store.put_challenge(&challenge).await.unwrap();
    let guesses = (0..20).map(|_| {
        let (store, id) = (store.clone(), challenge.id);
        tokio::spawn(async move { store.count_guess(id).await.unwrap().unwrap() })
    });
    let mut tries = Vec::new();
    for guess in guesses.collect::<Vec<_>>() {
        let before = guess.await.unwrap();
        tries.push((before.tries, before.may_guess(OtpPurpose::LogIn, now()).is_ok()));
    }
    tries.sort_unstable();
    assert_eq!(tries, (0..20).map(|n| (n, n < OTP_TRIES_MAX)).collect::<Vec<_>>());
    assert!(store.count_guess(ChallengeId::new(now(), Fingerprint::random([8; 10]))).await.unwrap().is_none());
}

#[tokio::test]
async fn a_challenge_is_used_once() {
    let store = store().await;
    let challenge = challenge();
    store.put_challenge(&challenge).await.unwrap();
    assert_eq!(store.challenge(challenge.id).await.unwrap(), Some(challenge.clone()));
    assert_eq!(store.use_challenge(challenge.id).await.unwrap(), Some(challenge.clone()));
    assert_eq!(store.use_challenge(challenge.id).await.unwrap(), None);
}

fn session() -> Session {
    let id = SessionId::new(now(), Fingerprint::random([9; 10]));
    Session { id, user: user("asha"), token_hash: "one".to_owned(), revoked: false, expires_at: later(60) }
}

#[tokio::test]
async fn an_old_refresh_token_that_comes_back_ends_its_family() {
    let store = store().await;
    let session = session();
    store.put_session(&session).await.unwrap();
    let rotated = Rotation::Rotated(user("asha"));
    assert_eq!(store.rotate(session.id, "one", "two", later(120), now()).await.unwrap(), rotated);
    assert_eq!(store.rotate(session.id, "two", "three", later(120), now()).await.unwrap(), rotated);
    assert_eq!(store.rotate(session.id, "one", "four", later(120), now()).await.unwrap(), Rotation::Reused);
    assert_eq!(store.rotate(session.id, "three", "five", later(120), now()).await.unwrap(), Rotation::Dead);
    assert!(store.session(session.id, now()).await.unwrap().is_none());
}

#[tokio::test]
async fn a_session_ends_at_its_time_or_by_its_owner() {
    let store = store().await;
    let session = session();
    store.put_session(&session).await.unwrap();
    assert_eq!(store.session(session.id, later(59)).await.unwrap(), Some(session.clone()));
    assert_eq!(store.session(session.id, later(60)).await.unwrap(), None);
    assert_eq!(store.rotate(session.id, "one", "two", later(120), later(60)).await.unwrap(), Rotation::Dead);
    store.end_session(session.id, now()).await.unwrap();
    assert_eq!(store.session(session.id, now()).await.unwrap(), None);
}

#[tokio::test]
async fn an_ended_session_takes_its_sockets_with_it_and_no_others() {
    let (store, session) = (store().await, session());
    store.put_session(&session).await.unwrap();
    for (connection, of) in [("c", session.id.to_string()), ("d", "another".to_owned())] {
        store.put_connection(connection, user("asha"), &of, now()).await.unwrap();
        store.subscribe(user("asha"), connection, "user:x", now()).await.unwrap();
        store.subscribe(user("asha"), connection, "balance:x", now()).await.unwrap();
    }
    store.end_session(session.id, now()).await.unwrap();
    assert!(store.connection("c", now()).await.unwrap().is_none());
    let left = store.subscriptions(user("asha"), now()).await.unwrap();
    assert_eq!(left.iter().map(|left| left.connection.as_str()).collect::<Vec<_>>(), ["d", "d"]);
}

#[tokio::test]
async fn a_phone_has_one_user() {
    let store = store().await;
    let phone = Phone::parse("+919812345678").unwrap();
    let first = User { id: user("asha"), phone: phone.clone(), role: Role::Worker, created_at: now() };
    let second = User { id: user("ravi"), ..first.clone() };
    assert_eq!(store.add_user(&first, "hash").await.unwrap(), first.id);
    assert_eq!(store.add_user(&second, "hash").await.unwrap(), first.id);
    assert_eq!(store.user(second.id).await.unwrap(), None);
    assert!(store.set_role(first.id, Role::Worker, Role::Ops).await.unwrap());
    assert!(!store.set_role(first.id, Role::Worker, Role::Admin).await.unwrap(), "it is another meanwhile");
    assert!(!store.set_role(second.id, Role::Worker, Role::Ops).await.unwrap());
    assert_eq!(store.user(first.id).await.unwrap(), Some(User { role: Role::Ops, ..first }));
}

#[tokio::test]
async fn hits_are_counted_within_their_window() {
    let store = store().await;
    for n in 1..=3 {
        assert_eq!(store.hit("otp:asha", 60, now()).await.unwrap(), n);
    }
    assert_eq!(store.hit("otp:ravi", 60, now()).await.unwrap(), 1);
    assert_eq!(store.hit("otp:asha", 60, later(60)).await.unwrap(), 1);
    assert!(store.account(AccountId::wallet_of(user("asha"))).await.unwrap().is_none());
}

#[tokio::test]
async fn postings_are_found_by_when_they_were_committed() {
    let store = store_with(&[("asha", 10_000), ("ravi", 0)]).await;
    for n in 0..4 {
        store.execute(&transfer("asha", "ravi", &format!("k{n}"), 100 + n), later(60 * (u64::try_from(n).unwrap() + 1))).await.unwrap();
    }
    let found = async |from: Timestamp, until: Timestamp| {
        let (mut scan, mut moved) = (store::LedgerScan::default(), Vec::new());
        while !scan.finished {
            moved.extend(store.scan_moved(&mut scan, from, until).await.unwrap());
        }
        moved
    };
    let all = found(now(), later(3600)).await;
    let amount = |moved: &[store::Moved]| moved.iter().flat_map(|one| &one.postings).map(|posting| posting.amount).sum::<i64>();
    assert_eq!((all.len(), amount(&all)), (1 + 2 * 4, 10_000 + 2 * (100 + 101 + 102 + 103)), "a transfer is told by both of its feeds");
    let some = found(later(120), later(240)).await;
    assert_eq!(amount(&some), 2 * (101 + 102), "from the beginning, not to the end");
    assert!(some.iter().all(|moved| moved.at >= later(120) && moved.at < later(240)));
}

#[tokio::test]
async fn reports_of_days_are_listed_newest_first() {
    let store = store().await;
    let report = |day: &str, left_out: u64| store::DayReport {
        day: day.to_owned(),
        made_at_ms: 1,
        sums: Vec::new(),
        reasons: [("fee".to_owned(), 2)].into(),
        differences: Vec::new(),
        left_out,
    };
    for (day, left_out) in [("2026-11-19", 0), ("2026-11-21", 0), ("2026-11-20", 0), ("2026-11-20", 7)] {
        store.put_day_report(&report(day, left_out)).await.unwrap();
    }
    let (first, next) = store.day_reports(None, 2).await.unwrap();
    assert_eq!(first, [report("2026-11-21", 0), report("2026-11-20", 7)]);
    let (rest, next) = store.day_reports(next.as_deref(), 2).await.unwrap();
    assert_eq!((rest, next), (vec![report("2026-11-19", 0)], None));
    assert_eq!(store.day_report("2026-11-18").await.unwrap(), None);
}
