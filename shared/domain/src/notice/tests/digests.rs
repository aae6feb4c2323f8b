//! What is not urgent, told at one time of day.

use super::*;
use crate::reading::{MarkRead, Marked};

const EVENING: &str = "2026-11-21T13:30:00Z"; // 19:00 in India

fn hour(hour: i8) -> jiff::civil::Time {
    jiff::civil::time(hour, 0, 0, 0)
}

fn with_digest() -> Asha {
    let mut asha = Asha::reachable();
    asha.set(Settings { digest_at: Some(hour(19)), ..Settings::default() });
    asha
}

fn release(notices: &[NoticeId]) -> ReleaseDigest {
    ReleaseDigest { user: user("asha"), notices: notices.to_vec(), rules: rules() }
}

#[test]
fn what_is_not_urgent_waits_for_the_users_hour_and_all_else_does_not() {
    let mut asha = with_digest();
    let id = asha.open(&minor("a"));
    assert_eq!(asha.stage(id), Stage::Held { until: utc(EVENING), why: HeldFor::Digest });
    asha.set(Settings { digest_at: Some(hour(19)), offers: true, ..Settings::default() });
    let low = |open: OpenNotice| OpenNotice { priority: Priority::Low, ..open };
    for open in [payment("b"), low(fraud("c")), low(offer("d"))] {
        let id = asha.open(&open);
        assert_eq!(asha.tries(id), Channel::Push);
    }
}

#[test]
fn several_become_one_with_their_number_and_are_in_no_second_one() {
    let mut asha = with_digest();
    let ids: Vec<NoticeId> = (1..=3).map(|n| asha.open(&OpenNotice { seq: Some(n), ..minor(&format!("e{n}")) })).collect();
    assert_eq!(asha.world.run(&release(&ids)), Ok(Released::Nothing), "too early");
    asha.world.now = utc(EVENING);
    assert_eq!(asha.waits(ids[0]), 0, "a climb does not let it go");
    let Released::Digest(digest) = asha.world.run(&release(&ids)).unwrap() else { panic!("no digest") };
    assert_eq!((digest.template.name.as_str(), digest.values.as_str(), digest.seq), ("digest", r#"{"count":3}"#, Some(3)));
    assert!(ids.iter().all(|id| asha.ended(*id) == Ended::Digested));
    assert!(asha.asks_for_work(digest.id));
    assert_eq!(asha.world.run(&release(&ids)), Ok(Released::Nothing));

    // Some of the same, with a new one.
    let new: Vec<NoticeId> = ["x", "y"].iter().map(|event| asha.open(&minor(event))).collect();
    asha.world.wait(24 * 3_600);
    let Released::Digest(next) = asha.world.run(&release(&[&ids[..], &new[..]].concat())).unwrap() else { panic!("no digest") };
    assert!(next.id != digest.id && next.values.as_str() == r#"{"count":2}"#);
    assert_eq!(asha.tries(digest.id), Channel::Push);
}

#[test]
fn a_schedule_has_each_notice_climb_but_for_those_of_a_digest() {
    let mut asha = with_digest();
    let (now, one, two) = (asha.open(&payment("a")), asha.open(&minor("b")), asha.open(&minor("c")));
    let due: Vec<Notice> = [now, one, two].map(|id| asha.notice(id)).into();
    let (climbs, digests) = take_apart(&due, &rules());
    assert_eq!(climbs, [Work::ClimbNotice { notice: now, user: user("asha") }]);
    assert_eq!(digests.iter().map(|digest| (digest.user, digest.notices.clone())).collect::<Vec<_>>(), [(user("asha"), vec![one, two])]);
}

#[test]
fn one_alone_is_told_as_itself() {
    let mut asha = with_digest();
    let id = asha.open(&minor("a"));
    asha.world.now = utc(EVENING);
    assert!(matches!(asha.world.run(&release(&[id, id])), Ok(Released::One(notice)) if notice.id == id));
    assert_eq!(asha.tries(id), Channel::Push);
}

#[test]
fn what_was_read_switched_off_or_has_become_stale_is_not_counted() {
    let mut asha = with_digest();
    let account = AccountId::wallet_of(user("asha"));
    let read = asha.open(&OpenNotice { seq: Some(1), ..minor("a") });
    let stale = asha.open(&OpenNotice { expires_at: utc(EVENING), ..minor("b") });
    let off = asha.open(&OpenNotice { category: Category::Insight, ..minor("c") });
    let wanted = [asha.open(&minor("d")), asha.open(&minor("e"))];
    asha.world.run(&MarkRead { account, marked: Marked::Some(vec![1]) }).unwrap();
    let off_pairs = [(Category::Insight, Channel::Push)].into();
    asha.set(Settings { digest_at: Some(hour(19)), off: off_pairs, ..Settings::default() });
    asha.world.now = utc(EVENING);
    let released = asha.world.run(&release(&[read, stale, off, wanted[0], wanted[1]])).unwrap();
    assert!(matches!(released, Released::Digest(digest) if digest.values.as_str() == r#"{"count":2}"#));
    assert_eq!([read, stale, off].map(|id| asha.ended(id)), [Ended::Seen, Ended::Expired, Ended::SwitchedOff]);
}

#[test]
fn a_digest_at_a_quiet_hour_waits_for_the_morning() {
    let mut asha = Asha::reachable();
    asha.set(Settings { digest_at: Some(hour(23)), ..Settings::default() });
    let ids = [asha.open(&minor("a")), asha.open(&minor("b"))];
    asha.world.now = utc("2026-11-21T17:30:00Z");
    let Ok(Released::Digest(digest)) = asha.world.run(&release(&ids)) else { panic!("no digest") };
    assert_eq!(digest.stage, Stage::Held { until: utc("2026-11-22T01:30:00Z"), why: HeldFor::QuietHours });
}

#[test]
fn a_digest_takes_up_no_more_than_a_transaction_can_write() {
    let mut asha = with_digest();
    let ids: Vec<NoticeId> = (0..100).map(|n| asha.open(&minor(&format!("e{n}")))).collect();
    asha.world.now = utc(EVENING);
    let counts = [(); 2].map(|()| {
        match asha.world.run(&release(&ids.iter().copied().filter(|id| !asha.notice(*id).is_done()).collect::<Vec<_>>())) {
            Ok(Released::Digest(digest)) => digest.values.as_str().to_owned(),
            other => panic!("{other:?}"),
        }
    });
    assert_eq!(counts, [r#"{"count":90}"#, r#"{"count":10}"#]);
}
