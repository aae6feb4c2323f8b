//! What providers tell, in whatever order.

use super::*;
use crate::testing::permutations;
use Channel::{Push, Sms, Whatsapp};

/// F13.
#[test]
fn every_order_of_answers_and_words_ends_in_the_same_status_and_ends_the_ladder() {
    #[derive(Clone, Debug)]
    enum Told {
        Answer,
        Word(Word),
    }
    let told = [Told::Answer, Told::Word(Word::Sent), Told::Word(Word::Delivered), Told::Word(Word::Read), Told::Word(failed())];
    for order in permutations(&told) {
        let mut asha = Asha::with_phone();
        let id = asha.open(&payment("e"));
        assert_eq!(asha.tries(id), Whatsapp);
        for told in order.iter().chain(&order) {
            match told {
                Told::Answer => asha.sent(id, Whatsapp),
                Told::Word(word) => drop(asha.word(id, Whatsapp, word.clone())),
            }
        }
        let notice = asha.notice(id);
        let delivery = notice.delivery(Whatsapp).unwrap();
        assert_eq!((&delivery.status, delivery.provider_id.is_some()), (&Status::Read, true), "{order:?}");
        assert!(notice.is_done(), "{order:?}");
    }
}

#[test]
fn the_ladder_stops_when_a_channel_delivers_or_its_reader_has_read() {
    for (word, why) in [(Word::Delivered, Ended::Delivered), (Word::Read, Ended::Seen)] {
        let mut asha = Asha::reachable();
        let id = asha.open(&payment("e"));
        asha.tries(id);
        asha.sent(id, Push);
        asha.word(id, Push, word);
        asha.world.wait(3_600);
        assert!(matches!(asha.climb(id), Climbed::Ended(_)));
        assert_eq!(asha.ended(id), why);
    }
}

#[test]
fn a_late_failure_gives_the_next_channel_its_turn_at_once() {
    let mut asha = Asha::with_phone();
    let id = asha.open(&payment("e"));
    asha.tries(id);
    asha.sent(id, Whatsapp);
    asha.world.wait(60);
    assert!(asha.word(id, Whatsapp, failed()).changed && asha.asks_for_work(id));
    assert_eq!(asha.tries(id), Sms);
    let under_way = asha.stage(id);
    assert!(!asha.word(id, Whatsapp, failed()).notice.is_done());
    assert_eq!(asha.stage(id), under_way, "it has moved on already");
}

#[test]
fn a_failure_of_a_channel_that_was_left_behind_changes_only_its_own_delivery() {
    let mut asha = Asha::reachable();
    let id = asha.open(&fraud("e"));
    asha.tries(id);
    asha.sent(id, Push);
    asha.waits(id);
    asha.tries(id);
    asha.sent(id, Whatsapp);
    let before = asha.stage(id);
    asha.word(id, Push, failed());
    assert_eq!((asha.stage(id), asha.statuses(id)), (before, vec![(Push, "failed"), (Whatsapp, "sent")]));
}

#[test]
fn an_unknown_call_that_had_gone_out_after_all_ends_the_ladder_by_its_word() {
    let mut asha = Asha::with_phone();
    let id = asha.open(&payment("e"));
    asha.tries(id);
    asha.outcome(id, Whatsapp, Outcome::Unknown { provider: "meta".to_owned() });
    assert!(asha.word(id, Whatsapp, Word::Delivered).changed);
    assert_eq!(asha.ended(id), Ended::Delivered);
}

#[test]
fn what_is_told_of_an_attempt_that_is_over_counts_only_where_it_went_out() {
    let mut asha = Asha::with_phone();
    let id = asha.open(&payment("e"));
    asha.tries(id);
    asha.busy(id, Whatsapp, None);
    asha.waits(id);
    asha.tries(id);
    let first = |outcome| RecordOutcome { user: user("asha"), notice: id, channel: Whatsapp, attempt: 1, outcome, rules: rules() };
    assert!(!asha.world.run(&first(not_sent(false, None))).unwrap().changed);
    assert!(!asha.world.run(&first(Outcome::Unknown { provider: "p".to_owned() })).unwrap().changed);
    assert!(asha.world.run(&first(Outcome::Sent { provider: "p".to_owned(), provider_id: None })).unwrap().changed);
    assert_eq!(asha.statuses(id), [(Push, "skipped"), (Whatsapp, "sent")]);
}

#[test]
fn a_word_of_a_channel_that_was_never_tried_is_not_ours() {
    let mut asha = Asha::with_phone();
    let id = asha.open(&payment("e"));
    asha.tries(id);
    for channel in [Push, Sms] {
        let word = RecordWord { user: user("asha"), notice: id, channel, word: Word::Read, at: asha.world.now, rules: rules() };
        assert_eq!(asha.world.run(&word), Err(NoSuchNotice), "{channel:?}");
    }
}

#[test]
fn a_word_from_the_future_counts_as_now_and_the_message_leads_to_its_notice() {
    let mut asha = Asha::with_phone();
    let id = asha.open(&payment("e"));
    asha.tries(id);
    asha.sent(id, Whatsapp);
    let at = utc("2099-01-01T00:00:00Z");
    let word = RecordWord { user: user("asha"), notice: id, channel: Whatsapp, word: Word::Delivered, at, rules: rules() };
    let recorded = asha.world.run(&word).unwrap().notice;
    assert_eq!(recorded.delivery(Whatsapp).unwrap().times.delivered_at, Some(asha.world.now));
    let key = Key::ProviderMessage("p".to_owned(), format!("{id}-whatsapp"));
    let Some(Record::ProviderMessage(lead)) = asha.world.record(&key) else { panic!("no lead") };
    assert_eq!((lead.user, lead.notice, lead.channel), (user("asha"), id, Whatsapp));
}
