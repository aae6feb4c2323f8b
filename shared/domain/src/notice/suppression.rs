//! Addresses that nothing is sent to any more, because it does not arrive or is not wanted.
//!
//! By channel as well: a phone without WhatsApp still takes an SMS.

use super::{Category, Channel};
use crate::codes::codes;
use crate::{
    engine::{Command, Key, Plan, Record, Snapshot},
    rules::NoticeRules,
};
use jiff::{SignedDuration, Timestamp};
use std::convert::Infallible;

/// Stands for a phone number or an e-mail address: its keyed hash.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AddressHash(String);

impl AddressHash {
    pub fn new(hash: impl Into<String>) -> Self {
        Self(hash.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

codes! {
    /// Why nothing is sent there.
    Cause {
        /// The provider says that there is no such address, or that it does not take messages.
        Bounced = "bounced";
        /// It did not take several in a row.
        SoftBounces = "soft_bounces";
        /// Its owner complained of what came.
        Complained = "complained";
    }
}

/// What is known of an address on a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    pub channel: Channel,
    pub address: AddressHash,
    /// Why and since when nothing is sent there; `None` as long as it only bounced softly, and once
    /// the suppression was lifted.
    pub cause: Option<(Cause, Timestamp)>,
    /// When it bounced softly, of late.
    pub soft_bounces: Vec<Timestamp>,
}

impl Suppression {
    /// Whether a notice of this category may not be sent there.
    ///
    /// Source: `email-sms.md` A3: a complaint ends marketing at once, and what belongs to the
    /// account only after somebody looked at it.
    pub fn blocks(&self, category: Category) -> bool {
        match self.cause {
            None => false,
            Some((Cause::Complained, _)) => category.is_marketing(),
            Some((Cause::Bounced | Cause::SoftBounces, _)) => true,
        }
    }
}

/// What somebody tells of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressWord {
    /// A permanent failure.
    Bounced,
    /// A passing one.
    SoftBounced,
    Complained,
    /// It is good: its owner has proven it again, or an operator has looked at it.
    Good,
}

/// Records what somebody tells of an address.
#[derive(Debug, Clone)]
pub struct RecordAddress {
    pub channel: Channel,
    pub address: AddressHash,
    pub word: AddressWord,
    /// When it was true; tells a soft bounce that comes twice from two.
    pub at: Timestamp,
    pub rules: NoticeRules,
}

impl Command for RecordAddress {
    /// What is known of the address now.
    type Done = Suppression;
    type Refusal = Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Suppression(self.channel, self.address.clone())]
    }

    fn decide(&self, state: &Snapshot, _now: Timestamp) -> Result<(Plan, Suppression), Infallible> {
        let known = state.suppression(self.channel, &self.address);
        let fresh = Suppression { channel: self.channel, address: self.address.clone(), cause: None, soft_bounces: Vec::new() };
        let mut after = known.cloned().unwrap_or_else(|| fresh.clone());
        match self.word {
            AddressWord::Good => after = fresh.clone(),
            AddressWord::Bounced => after.suppress(Cause::Bounced, self.at),
            AddressWord::Complained => after.suppress(Cause::Complained, self.at),
            AddressWord::SoftBounced => after.bounce_softly(self.at, &self.rules),
        }
        let mut plan = Plan::default();
        if known.unwrap_or(&fresh) != &after {
            plan.put(Record::Suppression(after.clone()));
        }
        Ok((plan, after))
    }
}

impl Suppression {
    /// The first cause stays, unless a later one blocks more.
    fn suppress(&mut self, cause: Cause, at: Timestamp) {
        match self.cause {
            Some((Cause::Bounced | Cause::SoftBounces, _)) => {}
            Some((Cause::Complained, _)) if cause == Cause::Complained => {}
            _ => self.cause = Some((cause, at)),
        }
    }

    fn bounce_softly(&mut self, at: Timestamp, rules: &NoticeRules) {
        if !self.soft_bounces.contains(&at) {
            self.soft_bounces.push(at);
            self.soft_bounces.sort_unstable();
        }
        let newest = self.soft_bounces.last().copied().unwrap_or(at);
        let window = SignedDuration::from_secs(rules.soft_bounce_window_s);
        self.soft_bounces.retain(|bounced| newest.duration_since(*bounced) <= window);
        if self.soft_bounces.len() >= rules.soft_bounces_max {
            // No more of them is needed to know it.
            self.soft_bounces.clear();
            self.suppress(Cause::SoftBounces, at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{World, permutations};

    const DAY: i64 = 24 * 3600;

    fn told(world: &mut World, word: AddressWord, day: i64) -> Suppression {
        let at = Timestamp::from_second(day * DAY).unwrap();
        world
            .run(&RecordAddress { channel: Channel::Email, address: AddressHash::new("a"), word, at, rules: NoticeRules::default() })
            .unwrap()
    }

    #[test]
    fn an_address_that_bounces_gets_nothing_and_one_that_complains_no_marketing() {
        let mut world = World::new();
        let complained = told(&mut world, AddressWord::Complained, 1);
        assert!(complained.blocks(Category::Offer) && complained.blocks(Category::Insight));
        assert!(!complained.blocks(Category::Money) && !complained.blocks(Category::Security));
        let bounced = told(&mut world, AddressWord::Bounced, 2);
        assert!(Category::ALL.iter().all(|category| bounced.blocks(*category)));
        assert!(!told(&mut world, AddressWord::Good, 3).blocks(Category::Offer));
    }

    #[test]
    fn a_bounce_and_a_complaint_end_alike_in_either_order() {
        for order in permutations(&[AddressWord::Complained, AddressWord::Bounced, AddressWord::Complained]) {
            let mut world = World::new();
            let last = order.into_iter().map(|word| told(&mut world, word, 1)).last();
            assert_eq!(last.unwrap().cause.unwrap().0, Cause::Bounced);
        }
    }

    #[test]
    fn three_soft_bounces_within_a_week_suppress_and_the_same_one_thrice_does_not() {
        let mut world = World::new();
        for day in [1, 1, 1, 9, 10] {
            assert!(!told(&mut world, AddressWord::SoftBounced, day).blocks(Category::Money), "{day}");
        }
        assert_eq!(told(&mut world, AddressWord::SoftBounced, 11).cause.unwrap().0, Cause::SoftBounces);
    }
}
