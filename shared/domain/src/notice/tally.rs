//! What becomes of deliveries, counted by channel and provider.
//!
//! Counted is what a change adds, by the delivery before and after it ([`Transition`]), and always to the
//! time at which the delivery was first tried. So of each time's deliveries it is known how many got how
//! far, and whatever order a provider's words come in, the sums are those of where deliveries are now.

use super::{
    Channel,
    delivery::{Delivery, Reason, Skip, Status},
    latency::{Bucket, Latencies},
};
use crate::rules::NoticeRules;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// How many deliveries got how far. Who was read was delivered, and who was delivered was sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// A provider was called for them, and what came of it is written down.
    pub attempted: i64,
    /// A provider took them, and nothing says that they failed.
    pub sent: i64,
    pub delivered: i64,
    pub read: i64,
    pub failed: i64,
}

impl Counts {
    /// Each count with its name, which stored counts have too.
    pub fn named(self) -> [(&'static str, i64); 5] {
        let Self { attempted, sent, delivered, read, failed } = self;
        [("attempted", attempted), ("sent", sent), ("delivered", delivered), ("read", read), ("failed", failed)]
    }

    fn of(delivery: &Delivery) -> Self {
        let (sent, delivered, read, failed) = match &delivery.status {
            Status::Skipped(_) | Status::Queued => (0, 0, 0, 0),
            Status::Sent => (1, 0, 0, 0),
            Status::Delivered => (1, 1, 0, 0),
            Status::Read => (1, 1, 1, 0),
            // Passed over after a call in vain: no word of the provider's, and written down by no outcome.
            Status::Failed(reason) if Skip::from_code(reason.as_str()).is_some() => (0, 0, 0, 0),
            Status::Failed(_) => (0, 0, 0, 1),
        };
        Self { attempted: 1, sent, delivered, read, failed }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            attempted: self.attempted + other.attempted,
            sent: self.sent + other.sent,
            delivered: self.delivered + other.delivered,
            read: self.read + other.read,
            failed: self.failed + other.failed,
        }
    }

    fn less(self, other: Self) -> Self {
        let Self { attempted, sent, delivered, read, failed } = other;
        self.plus(Self { attempted: -attempted, sent: -sent, delivered: -delivered, read: -read, failed: -failed })
    }

    /// How many of a hundred were sent, to two places; `None` where nothing was attempted.
    pub fn success_percent(self) -> Option<f64> {
        let basis_points = (self.sent * 10_000).checked_div(self.attempted)?;
        Some(basis_points.clamp(0, 10_000) as f64 / 100.0)
    }
}

/// What a change of a delivery adds to the counts of its provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    pub channel: Channel,
    pub provider: String,
    /// When the delivery was first tried: the time that it counts to.
    pub tried_at: Timestamp,
    /// Below zero where what was taken to be so is not: what was sent has failed.
    pub counts: Counts,
    /// From the first try until the provider took it, where that is newly known.
    pub acceptance: Option<Bucket>,
    /// From then on until it arrived, where that is newly known.
    pub arrival: Option<Bucket>,
    /// Why it failed, or a call was in vain.
    pub reason: Option<Reason>,
}

impl Transition {
    /// `None` where nothing is to be counted: nothing moved, or nobody knows yet which provider has it,
    /// its word being quicker than its answer. All that happened until then counts once that is known.
    pub(super) fn between(before: &Delivery, after: &Delivery, in_vain: Option<Reason>) -> Option<Self> {
        let (provider, tried_at) = (after.provider.clone()?, after.times.queued_at?);
        // Another provider's attempt stays that provider's.
        let before = Some(before).filter(|before| before.provider == after.provider);
        let newly = |latency: fn(&Delivery) -> Option<i64>| match before.and_then(latency) {
            None => latency(after).map(Bucket::of),
            Some(_) => None,
        };
        let counts = Counts::of(after).less(before.map(Counts::of).unwrap_or_default());
        let failed = match &after.status {
            Status::Failed(reason) if counts.failed > 0 => Some(reason.clone()),
            _ => None,
        };
        let transition = Self {
            channel: after.channel,
            provider,
            tried_at,
            counts,
            acceptance: newly(acceptance_ms),
            arrival: newly(arrival_ms),
            reason: failed.or(in_vain),
        };
        (!transition.is_nothing()).then_some(transition)
    }

    fn is_nothing(&self) -> bool {
        self.counts == Counts::default() && self.acceptance.is_none() && self.arrival.is_none() && self.reason.is_none()
    }
}

fn acceptance_ms(delivery: &Delivery) -> Option<i64> {
    between_ms(delivery.times.queued_at, delivery.times.sent_at)
}

fn arrival_ms(delivery: &Delivery) -> Option<i64> {
    between_ms(delivery.times.sent_at, delivery.times.delivered_at)
}

fn between_ms(from: Option<Timestamp>, until: Option<Timestamp>) -> Option<i64> {
    Some(until?.as_millisecond() - from?.as_millisecond())
}

/// What became of the deliveries of some time, by one provider.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    pub counts: Counts,
    pub acceptance: Latencies,
    pub arrival: Latencies,
    /// Why deliveries failed and calls were in vain, and how often.
    pub reasons: BTreeMap<String, u64>,
}

impl Tally {
    pub fn merge(&mut self, other: &Self) {
        self.counts = self.counts.plus(other.counts);
        self.acceptance.merge(&other.acceptance);
        self.arrival.merge(&other.arrival);
        for (reason, times) in &other.reasons {
            *self.reasons.entry(reason.clone()).or_default() += times;
        }
    }

    /// The commonest first.
    pub fn commonest_reasons(&self) -> Vec<(&str, u64)> {
        let mut reasons: Vec<(&str, u64)> = self.reasons.iter().map(|(reason, times)| (reason.as_str(), *times)).collect();
        reasons.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
        reasons
    }

    /// Deliveries that say something of the provider: not those that failed for their reader's address.
    pub fn judged(&self, rules: &NoticeRules) -> Counts {
        let unreachable = self.reasons.iter().filter(|(reason, _)| rules.unreachable_reasons.contains(*reason));
        let unreachable = unreachable.map(|(_, times)| i64::try_from(*times).unwrap_or(i64::MAX)).fold(0, i64::saturating_add);
        let Counts { attempted, sent, .. } = self.counts;
        Counts { attempted: attempted.saturating_sub(unreachable).max(sent), ..self.counts }
    }

    /// Whether there is enough to judge the provider by.
    pub fn is_enough(&self, rules: &NoticeRules) -> bool {
        self.judged(rules).attempted >= rules.watched_attempts_min
    }

    /// Whether the provider is to be looked at.
    pub fn is_failing(&self, rules: &NoticeRules) -> bool {
        let Counts { attempted, sent, .. } = self.judged(rules);
        self.is_enough(rules) && sent * 100 < attempted * rules.success_percent_min
    }
}

impl From<&Transition> for Tally {
    fn from(transition: &Transition) -> Self {
        let mut tally = Self { counts: transition.counts, ..Self::default() };
        transition.acceptance.into_iter().for_each(|bucket| tally.acceptance.add(bucket, 1));
        transition.arrival.into_iter().for_each(|bucket| tally.arrival.add(bucket, 1));
        tally.reasons.extend(transition.reason.iter().map(|reason| (reason.as_str().to_owned(), 1)));
        tally
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(attempted: i64, sent: i64) -> Tally {
        Tally { counts: Counts { attempted, sent, ..Counts::default() }, ..Tally::default() }
    }

    #[test]
    fn a_provider_is_judged_by_enough_deliveries_and_no_fewer() {
        let rules = NoticeRules::default();
        let (few, floor) = (rules.watched_attempts_min, rules.success_percent_min);
        assert_eq!((few, floor), (20, 90));
        assert!(!of(19, 0).is_failing(&rules) && of(20, 17).is_failing(&rules));
        assert!(!of(20, 18).is_failing(&rules) && !of(1_000, 900).is_failing(&rules));
        assert!(of(1_000, 899).is_failing(&rules), "not rounded");
    }

    #[test]
    fn a_provider_is_not_judged_by_addresses_that_are_none() {
        let rules = NoticeRules::default();
        let tally = |reason: &str| Tally { reasons: [(reason.to_owned(), 30)].into(), ..of(100, 70) };
        assert!(!tally("131026").is_failing(&rules) && !tally("gone").is_failing(&rules));
        assert!(tally("not_set_up").is_failing(&rules));
        let all = Tally { reasons: [("131026".to_owned(), 100)].into(), ..of(100, 0) };
        assert!(!all.is_enough(&rules), "nothing is known of it");
        // A call in vain and the failure after it are both counted.
        let twice = Tally { reasons: [("gone".to_owned(), 60)].into(), ..of(60, 30) };
        assert_eq!(twice.judged(&rules).attempted, 30);
    }

    #[test]
    fn success_is_told_to_two_places_and_of_nothing_not_at_all() {
        assert_eq!([of(0, 0), of(3, 2), of(20, 20)].map(|tally| tally.counts.success_percent()), [None, Some(66.66), Some(100.0)]);
    }

    #[test]
    fn reasons_are_told_by_how_common_they_are() {
        let reason = |reason: &str, times| Tally { reasons: [(reason.to_owned(), times)].into(), ..Tally::default() };
        let mut tally = reason("busy", 2);
        for other in [reason("131026", 4), reason("busy", 3), reason("131047", 1)] {
            tally.merge(&other);
        }
        assert_eq!(tally.commonest_reasons(), [("busy", 5), ("131026", 4), ("131047", 1)]);
    }
}
