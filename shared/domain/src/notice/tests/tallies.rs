//! What is counted of deliveries, and that nothing is counted twice.

use super::*;
use crate::notice::{
    latency::Bucket,
    tally::{Counts, Tally},
};

/// What is told of a message, and the second at which it comes.
#[derive(Clone)]
enum Told {
    Outcome(Outcome),
    Word(Word),
}

fn taken() -> Outcome {
    Outcome::Sent { provider: "p".to_owned(), provider_id: None }
}

fn counts(attempted: i64, sent: i64, delivered: i64, read: i64, failed: i64) -> Counts {
    Counts { attempted, sent, delivered, read, failed }
}

impl Asha {
    /// Hears all this of a notice on its first channel, a second apart, and adds up what moved.
    fn hears(&mut self, id: NoticeId, told: &[Told]) -> Tally {
        let mut sum = Tally::default();
        for told in told {
            self.world.wait(1);
            let recorded = match told {
                Told::Outcome(outcome) => self.outcome(id, Channel::Whatsapp, outcome.clone()),
                Told::Word(word) => self.word(id, Channel::Whatsapp, word.clone()),
            };
            sum.merge(&recorded.moved.iter().fold(Tally::default(), |mut tally, moved| {
                assert_eq!((moved.channel, moved.provider.as_str()), (Channel::Whatsapp, "p"));
                tally.merge(&Tally::from(moved));
                tally
            }));
            assert!(sum.counts.named().iter().all(|(_, count)| (0..=1).contains(count)), "{sum:?}");
        }
        sum
    }

    fn by_whatsapp() -> (Self, NoticeId) {
        let mut asha = Self::with_phone();
        let id = asha.open(&payment("e"));
        assert_eq!(asha.tries(id), Channel::Whatsapp);
        (asha, id)
    }
}

#[test]
fn whatever_order_words_come_in_the_sums_are_those_of_where_the_delivery_is_in_the_end() {
    let [sent, failed, delivered, read] = [Word::Sent, failed(), Word::Delivered, Word::Read].map(Told::Word);
    let outcome = || Told::Outcome(taken());
    let doubted = Told::Outcome(Outcome::Unknown { provider: "p".to_owned() });
    for (told, wanted) in [
        (vec![outcome(), sent.clone()], counts(1, 1, 0, 0, 0)),
        (vec![outcome(), sent.clone(), failed.clone(), failed.clone()], counts(1, 0, 0, 0, 1)),
        (vec![outcome(), sent.clone(), delivered.clone(), delivered.clone()], counts(1, 1, 1, 0, 0)),
        (vec![outcome(), sent.clone(), failed.clone(), delivered.clone()], counts(1, 1, 1, 0, 0)),
        (vec![outcome(), read.clone()], counts(1, 1, 1, 1, 0)),
        (vec![outcome(), sent.clone(), failed, delivered.clone(), read], counts(1, 1, 1, 1, 0)),
        (vec![doubted, sent, delivered.clone()], counts(1, 1, 1, 0, 0)),
    ] {
        for order in crate::testing::permutations(&told) {
            let (mut asha, id) = Asha::by_whatsapp();
            let sum = asha.hears(id, &order);
            let times = asha.notice(id).delivery(Channel::Whatsapp).unwrap().times;
            assert_eq!(sum.counts, wanted);
            assert_eq!(sum.acceptance.samples(), u64::from(times.sent_at.is_some()));
            assert_eq!(sum.arrival.samples(), u64::from(times.sent_at.and(times.delivered_at).is_some()));
            assert_eq!(asha.hears(id, &order), Tally::default(), "all of it a second time");
        }
    }
}

#[test]
fn latencies_are_those_of_the_first_word_of_each_kind() {
    let (mut asha, id) = Asha::by_whatsapp();
    let told = [Told::Outcome(taken()), Told::Word(Word::Sent), Told::Word(Word::Delivered), Told::Word(Word::Delivered)];
    let sum = asha.hears(id, &told);
    let median = |latencies: &crate::notice::latency::Latencies| latencies.percentile(50).and_then(Bucket::at_most_ms);
    assert_eq!((median(&sum.acceptance), median(&sum.arrival)), (Some(1_250), Some(2_000)), "after one second, and two more");
}

#[test]
fn all_counts_to_the_time_at_which_it_was_first_tried() {
    let mut asha = Asha::with_phone();
    let id = asha.open(&payment("e"));
    asha.tries(id);
    let tried_at = asha.world.now;
    asha.busy(id, Channel::Whatsapp, None);
    asha.waits(id);
    assert_eq!(asha.tries(id), Channel::Whatsapp);
    let moved = asha.outcome(id, Channel::Whatsapp, taken()).moved.unwrap();
    assert!(asha.world.now > tried_at && moved.tried_at == tried_at);
    assert_eq!(moved.counts, counts(0, 1, 0, 0, 0), "it was attempted once, in two calls");
}

#[test]
fn a_call_in_vain_has_its_reason_each_time_and_a_failure_once() {
    let (mut asha, id) = Asha::by_whatsapp();
    let busy = Outcome::NotSent { provider: "p".to_owned(), reason: Reason::new("429"), retryable: true, after_s: None };
    let first = asha.hears(id, &[Told::Outcome(busy.clone()), Told::Outcome(busy.clone())]);
    assert_eq!((first.counts, first.commonest_reasons()), (counts(1, 0, 0, 0, 0), vec![("429", 1)]), "the same attempt is one");
    asha.waits(id);
    asha.tries(id);
    let then = asha.hears(id, &[Told::Outcome(not_sent(false, None)), Told::Word(failed())]);
    assert_eq!((then.counts, then.commonest_reasons()), (counts(0, 0, 0, 0, 1), vec![("131026", 1)]));
    let (mut asha, id) = Asha::by_whatsapp();
    let silent = asha.hears(id, &[Told::Outcome(Outcome::Unknown { provider: "p".to_owned() })]);
    assert_eq!((silent.counts, silent.commonest_reasons()), (counts(1, 0, 0, 0, 0), vec![("no_answer", 1)]));
}

#[test]
fn another_providers_attempt_stays_its_own() {
    let (mut asha, id) = Asha::by_whatsapp();
    asha.busy(id, Channel::Whatsapp, None);
    asha.waits(id);
    asha.tries(id);
    let other = Outcome::Sent { provider: "q".to_owned(), provider_id: None };
    let moved = asha.outcome(id, Channel::Whatsapp, other).moved.unwrap();
    assert_eq!((moved.provider.as_str(), moved.counts), ("q", counts(1, 1, 0, 0, 0)));
}

#[test]
fn what_no_provider_was_called_for_is_no_providers_failure() {
    let (mut asha, id) = Asha::by_whatsapp();
    let recorded = asha.outcome(id, Channel::Whatsapp, Outcome::NotCalled { reason: Reason::new("no_template") });
    assert_eq!((recorded.moved, asha.statuses(id)), (None, vec![(Channel::Push, "skipped"), (Channel::Whatsapp, "failed")]));
    assert!(asha.asks_for_work(id));
    assert_eq!(asha.tries(id), Channel::Sms, "at once");
}

#[test]
fn what_is_passed_over_after_a_call_in_vain_did_not_fail_there_and_what_came_of_it_still_counts() {
    let mut asha = Asha::reachable();
    let id = asha.open(&minor("e"));
    assert_eq!(asha.tries(id), Channel::Push);
    let unknown = asha.outcome(id, Channel::Push, Outcome::Unknown { provider: "p".to_owned() }).moved.unwrap();
    asha.stop(Channel::Push);
    asha.world.wait(60);
    asha.climb(id);
    assert_eq!(asha.statuses(id), [(Channel::Push, "failed")]);
    let read = asha.word(id, Channel::Push, Word::Read).moved.unwrap();
    let mut sum = Tally::from(&unknown);
    sum.merge(&Tally::from(&read));
    assert_eq!(sum.counts, counts(1, 1, 1, 1, 0));
}
