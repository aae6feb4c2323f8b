//! Which channel follows which, and when. F44.

use super::*;
use Channel::{Email, Push, Sms, Whatsapp};

#[test]
fn one_event_is_one_notice_whatever_it_says_the_second_time() {
    let mut asha = Asha::reachable();
    let first = asha.world.run(&payment("e")).unwrap();
    asha.world.wait(60);
    let again = asha.world.run(&OpenNotice { priority: Priority::Critical, ..payment("e") }).unwrap();
    assert!(again.replayed && again.value == first.value);
    assert_ne!(asha.open(&payment("f")), first.value.id);
    assert_ne!(Notice::fingerprint(user("ravi"), "e"), first.value.id.fingerprint());
}

#[test]
fn a_fact_is_told_by_its_own_rules_and_once() {
    let mut asha = Asha::reachable();
    let fact = asha.world.facts(AccountId::wallet_of(user("asha"))).last().unwrap().clone();
    let open = OpenNotice::of(&fact, 3, Values::new("{}".to_owned()).unwrap(), rules());
    let notice = asha.world.run(&open).unwrap().value;
    assert_eq!((notice.template.name.as_str(), notice.template.version), ("payment.captured", 3));
    assert_eq!((notice.priority, notice.category, notice.seq), (Priority::Normal, Category::Money, Some(fact.seq)));
    assert_eq!(notice.expires_at, fact.expires_at());
    asha.world.wait(3_600);
    assert!(asha.world.run(&open).unwrap().replayed);
}

#[test]
fn the_attempt_is_written_down_first_and_only_one_worker_calls() {
    let mut asha = Asha::reachable();
    let id = asha.open(&payment("e"));
    let Climbed::Try { notice, target, attempt, .. } = asha.climb(id) else { panic!("nothing to try") };
    assert_eq!((notice.clone(), attempt), (asha.notice(id), 1));
    assert!(matches!(target, Target::Devices(devices) if devices.len() == 1));
    assert!(!asha.asks_for_work(id));
    assert!(matches!(asha.climb(id), Climbed::BeingSent { .. }));
    assert_eq!(asha.notice(id), notice);
}

#[test]
fn a_critical_notice_goes_on_at_once_when_a_channel_fails_and_after_ten_seconds_without_word() {
    let mut asha = Asha::reachable();
    let id = asha.open(&fraud("e"));
    assert_eq!(asha.tries(id), Push);
    asha.refused(id, Push);
    assert!(asha.asks_for_work(id));
    assert_eq!(asha.tries(id), Whatsapp);
    asha.busy(id, Whatsapp, None);
    assert_eq!(asha.tries(id), Sms, "at once, though WhatsApp is only busy");
    asha.sent(id, Sms);
    assert!(!asha.asks_for_work(id));
    assert_eq!(asha.waits(id), 10);
    assert_eq!(asha.tries(id), Email);
    asha.sent(id, Email);
    asha.waits(id);
    assert_eq!(asha.tries(id), Whatsapp, "who was busy is asked again when all others were tried");
    asha.sent(id, Whatsapp);
    asha.waits(id);
    assert!(matches!(asha.climb(id), Climbed::Ended(_)));
    assert_eq!(asha.ended(id), Ended::Unconfirmed);
    assert_eq!(asha.statuses(id), [(Push, "failed"), (Whatsapp, "sent"), (Sms, "sent"), (Email, "sent")]);
}

#[test]
fn how_long_a_channel_is_waited_for_is_for_the_priority_to_say() {
    for (priority, wait) in [(Priority::Critical, 10), (Priority::High, 120), (Priority::Normal, 600)] {
        let mut asha = Asha::reachable();
        let id = asha.open(&OpenNotice { priority, ..payment("e") });
        asha.tries(id);
        asha.sent(id, Push);
        assert_eq!((asha.waits(id), asha.tries(id)), (wait, Whatsapp));
    }
}

#[test]
fn what_is_not_urgent_is_worth_a_push_and_nothing_more() {
    let mut asha = Asha::reachable();
    let (sent, refused) = (asha.open(&minor("a")), asha.open(&minor("b")));
    for id in [sent, refused] {
        assert_eq!(asha.tries(id), Push);
    }
    asha.sent(sent, Push);
    assert_eq!(asha.ended(sent), Ended::Unconfirmed);
    asha.refused(refused, Push);
    asha.climb(refused);
    assert_eq!(asha.ended(refused), Ended::Exhausted);

    let mut asha = Asha::with_phone();
    let id = asha.open(&minor("c"));
    asha.climb(id);
    assert_eq!((asha.ended(id), asha.statuses(id)), (Ended::Unreachable, vec![(Push, "skipped")]));
}

/// The promise: with one provider down, the next channel is tried within half a minute.
#[test]
fn a_provider_that_is_down_in_any_way_costs_less_than_thirty_seconds() {
    let client_timeout_s = 10;
    for priority in [Priority::Normal, Priority::High, Priority::Critical] {
        for down in ["refuses", "busy", "busy for a minute", "silent", "worker stopped"] {
            let mut asha = Asha::reachable();
            let opened = asha.world.now;
            let id = asha.open(&OpenNotice { priority, ..payment("e") });
            let mut tried = 0;
            let next = loop {
                match asha.climb(id) {
                    Climbed::Try { channel: Push, .. } => {
                        tried += 1;
                        match down {
                            "refuses" => asha.refused(id, Push),
                            "busy" => asha.busy(id, Push, None),
                            "busy for a minute" => asha.busy(id, Push, Some(60)),
                            "silent" => {
                                asha.world.wait(client_timeout_s);
                                asha.outcome(id, Push, Outcome::Unknown { provider: "p".to_owned() });
                            }
                            _ => {}
                        }
                    }
                    Climbed::Try { channel, .. } => break channel,
                    Climbed::BeingSent { until } | Climbed::Wait { until } => asha.world.now = until,
                    Climbed::Ended(notice) => panic!("{notice:?}"),
                }
            };
            let took = asha.world.now.duration_since(opened).as_secs();
            assert!(next == Whatsapp && took < 30, "{priority:?}, {down}: {took} s");
            let tries = if down == "busy" && priority != Priority::Critical { 2 } else { 1 };
            assert_eq!(tried, tries, "{priority:?}, {down}: a call that may have gone out is not made again");
        }
    }
}

#[test]
fn a_push_whose_worker_stopped_is_sent_again_when_no_other_channel_is_left_and_a_message_is_not() {
    let mut asha = Asha::reachable();
    let id = asha.open(&minor("a"));
    for _ in 0..rules().tries_max {
        assert_eq!(asha.tries(id), Push);
        asha.world.wait(rules().attempt_lease_s);
    }
    asha.climb(id);
    assert_eq!(asha.ended(id), Ended::Unconfirmed);

    let mut asha = Asha::with_phone();
    let id = asha.open(&payment("b"));
    for channel in [Whatsapp, Sms] {
        assert_eq!(asha.tries(id), channel);
        asha.world.wait(rules().attempt_lease_s);
    }
    asha.climb(id);
    assert_eq!((asha.ended(id), asha.notice(id).delivery(Sms).unwrap().attempts), (Ended::Unconfirmed, 1));
}

#[test]
fn a_busy_provider_is_asked_again_ever_more_rarely_and_has_failed_after_five_times() {
    let mut asha = Asha::with_phone();
    let id = asha.open(&OpenNotice { priority: Priority::Critical, ..payment("e") });
    for channel in [Whatsapp, Sms] {
        assert_eq!(asha.tries(id), channel);
        asha.busy(id, channel, None);
    }
    let mut pauses = Vec::new();
    let mut tries = 2;
    loop {
        match asha.climb(id) {
            Climbed::Wait { until } => {
                pauses.push(until.duration_since(asha.world.now).as_secs());
                asha.world.now = until;
            }
            Climbed::Try { channel, .. } => {
                tries += 1;
                asha.busy(id, channel, None);
            }
            Climbed::Ended(notice) => {
                assert_eq!(notice.stage, Stage::Done { why: Ended::Exhausted });
                break;
            }
            other @ Climbed::BeingSent { .. } => panic!("{other:?}"),
        }
    }
    assert_eq!((tries, pauses), (2 * rules().tries_max, vec![2, 8, 32, 128]));
}

#[test]
fn who_has_read_the_fact_on_any_screen_is_not_told_again() {
    let mut asha = Asha::reachable();
    let account = AccountId::wallet_of(user("asha"));
    let seq = asha.world.account("asha").feed_seq;
    let id = asha.open(&OpenNotice { seq: Some(seq), ..payment("e") });
    asha.tries(id);
    asha.refused(id, Push);
    asha.world.run(&crate::reading::MarkRead { account, marked: crate::reading::Marked::All }).unwrap();
    assert!(matches!(asha.climb(id), Climbed::Ended(_)));
    assert_eq!((asha.ended(id), asha.statuses(id)), (Ended::Seen, vec![(Push, "failed")]));
    let late = asha.open(&OpenNotice { seq: Some(seq), ..payment("f") });
    assert_eq!((asha.ended(late), asha.asks_for_work(late)), (Ended::Seen, false));
}

#[test]
fn a_notice_that_was_seen_or_called_back_goes_no_further_and_stays_so() {
    let mut asha = Asha::reachable();
    let (seen, back) = (asha.open(&payment("a")), asha.open(&payment("b")));
    let who = user("asha");
    assert!(asha.world.run(&MarkSeen { user: who, notice: seen }).unwrap().changed);
    assert!(asha.world.run(&CancelNotice { user: who, notice: back }).unwrap().changed);
    assert!(!asha.world.run(&CancelNotice { user: who, notice: seen }).unwrap().changed);
    for (id, why) in [(seen, Ended::Seen), (back, Ended::Cancelled)] {
        assert!(matches!(asha.climb(id), Climbed::Ended(_)));
        assert_eq!(asha.ended(id), why);
    }
    let unknown = NoticeId::new(asha.world.now, Notice::fingerprint(who, "unknown"));
    assert_eq!(asha.world.run(&MarkSeen { user: who, notice: unknown }), Err(NoSuchNotice));
}
