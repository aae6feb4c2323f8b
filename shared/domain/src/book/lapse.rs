//! What is told on loan: lines that are to be deleted when their time is over, or their consent is.
//!
//! An Account Aggregator's lines may be kept for the `DataLife` that their owner agreed to, and not beyond the consent
//! (`account-aggregator.md`, sections 5 and 9). What was derived from them stays: sums by day and category, and that somebody
//! confirmed what others tell of.

use super::{
    Entry, Flow, Nature, Page, Sighting, Source,
    matching::APART_MAX,
    observe::{Desk, around, on_pages},
};
use crate::{
    engine::{Command, Key, Plan, Snapshot},
    id::{Fingerprint, UserId},
    limits::india_noon,
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use std::{collections::BTreeSet, convert::Infallible};

/// What is left of lines that nobody else told of: how much of which kind, on one account, on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// The account's last digits.
    pub account: Option<String>,
    pub flow: Flow,
    pub nature: Nature,
    pub what: String,
    pub is_platform: bool,
    /// In paise.
    pub amount: i64,
    /// What was later is not in it.
    pub until: Timestamp,
}

impl Sum {
    /// Whether what is told now may have been one of its lines.
    fn may_hold(&self, told: &Sighting, flow: Flow) -> bool {
        let is_account = |known: &str, tail: &str| known.ends_with(tail) || tail.ends_with(known);
        let of_account = self.account.as_deref().zip(told.account.as_deref()).is_some_and(|(known, tail)| is_account(known, tail));
        // A bank tells its own time again; others are minutes apart from it.
        let apart = if told.source == Source::Bank { SignedDuration::ZERO } else { APART_MAX };
        self.flow == flow && of_account && !(told.is_timed && told.at.duration_since(self.until) > apart)
    }

    fn is_as(&self, other: &Self) -> bool {
        let of = |sum: &Self| (sum.account.clone(), sum.flow, sum.nature, sum.what.clone(), sum.is_platform);
        of(self) == of(other)
    }
}

/// Deletes what these tellers told of these days.
#[derive(Debug, Clone)]
pub struct Lapse {
    pub user: UserId,
    /// At most [`super::DAYS_MAX`].
    pub days: Vec<Date>,
    pub tellers: BTreeSet<Fingerprint>,
}

impl Command for Lapse {
    /// How many sightings there were.
    type Done = usize;
    type Refusal = Infallible;

    fn reads(&self) -> Vec<Key> {
        // The other side of a transfer may be days away.
        on_pages(self.user, self.days.iter().flat_map(|day| around(*day)))
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, usize), Infallible> {
        let mut desk = Desk::new(self.user, state, self.reads());
        let gone = self.days.iter().map(|day| desk.lapse(*day, &self.tellers, now)).sum();
        Ok((desk.plan(now), gone))
    }
}

impl Page {
    /// Whether there is anything on it that goes when these lapse.
    pub fn is_told_by(&self, tellers: &BTreeSet<Fingerprint>) -> bool {
        self.entries.iter().any(|entry| entry.is_only_of(tellers) || entry.sightings.iter().any(|one| is_in_full(one, tellers)))
    }

    /// Returns what lapsed, and how many sightings went.
    fn lapse(&mut self, tellers: &BTreeSet<Fingerprint>, now: Timestamp) -> (Vec<Entry>, usize) {
        let (lapsed, mut kept): (Vec<Entry>, Vec<Entry>) =
            std::mem::take(&mut self.entries).into_iter().partition(|entry| entry.is_only_of(tellers));
        for entry in &lapsed {
            let (account, amount, until) = (entry.sightings.iter().find_map(|one| one.account.clone()), entry.amount(), entry.until(now));
            let Entry { flow, nature, what, is_platform, .. } = entry.clone();
            self.add(Sum { account, flow, nature, what, is_platform, amount, until });
        }
        let forgotten: usize = kept.iter_mut().map(|entry| entry.forget(tellers)).sum();
        let gone = forgotten + lapsed.iter().map(|entry| entry.sightings.len()).sum::<usize>();
        self.entries = kept;
        (lapsed, gone)
    }

    fn add(&mut self, sum: Sum) {
        match self.sums.iter_mut().find(|known| known.is_as(&sum)) {
            Some(known) => (known.amount, known.until) = (known.amount.saturating_add(sum.amount), known.until.max(sum.until)),
            None => self.sums.push(sum),
        }
    }

    /// A line that is told of an account and a day whose lines are summed up was among them: the sums are less by it. Where only
    /// a sum of another nature is great enough, its owner said so, or its other side was known, and that holds on.
    pub(super) fn take_from_sums(&mut self, told: &mut Entry) {
        let Some(first) = told.sightings.first() else { return };
        let mut open: Vec<&mut Sum> = self.sums.iter_mut().filter(|sum| sum.may_hold(first, told.flow)).collect();
        // What it was called then may be called otherwise now; a sum of just as much is of it alone.
        let amount = told.amount();
        open.sort_by_key(|sum| (sum.amount < amount, sum.amount != amount, sum.nature != told.nature, sum.what != told.what));
        if let Some(sum) = open.first().filter(|sum| sum.amount >= told.amount()) {
            told.nature = sum.nature;
        }
        let mut left = told.amount();
        for sum in &mut open {
            let part = left.min(sum.amount);
            (sum.amount, left) = (sum.amount - part, left - part);
        }
        self.sums.retain(|sum| sum.amount > 0);
    }
}

impl Desk {
    fn lapse(&mut self, day: Date, tellers: &BTreeSet<Fingerprint>, now: Timestamp) -> usize {
        if !self.pages.get(&day).is_some_and(|page| page.is_told_by(tellers)) {
            return 0;
        }
        let (lapsed, gone) = self.page(day).map_or_else(Default::default, |page| page.lapse(tellers, now));
        for entry in &lapsed {
            // It stays a transfer, and finds its other side where that is told again.
            if let Some(other) = self.other_side(entry) {
                other.pair = None;
            }
        }
        gone
    }
}

impl Entry {
    fn is_only_of(&self, tellers: &BTreeSet<Fingerprint>) -> bool {
        self.sightings.iter().all(|sighting| is_theirs(sighting, tellers))
    }

    /// When it was at the latest, where that was told by `now`.
    fn until(&self, now: Timestamp) -> Timestamp {
        let latest = |sighting: &Sighting| if sighting.is_timed { sighting.at } else { now.min(end_of(sighting.day())) };
        self.sightings.iter().map(latest).max().unwrap_or(now)
    }

    /// What others tell of it stays, and that these confirmed it. Returns how many sightings that took something off.
    fn forget(&mut self, tellers: &BTreeSet<Fingerprint>) -> usize {
        let full = self.sightings.iter().filter(|sighting| is_in_full(sighting, tellers)).count();
        if full == 0 {
            return 0;
        }
        let others = || self.sightings.iter().filter(|sighting| !is_theirs(sighting, tellers));
        let amount = others().next().map_or(0, |first| first.amount);
        // Whoever opened it named it; who came later did so where there was no name.
        let is_named_by_others = others().any(|other| other.party.is_some()) && others().any(|other| other.id == self.id);
        if !is_named_by_others {
            self.name = None;
        }
        for sighting in self.sightings.iter_mut().filter(|sighting| is_theirs(sighting, tellers)) {
            sighting.at = india_noon(sighting.day());
            (sighting.is_timed, sighting.amount) = (false, amount);
            (sighting.reference, sighting.account, sighting.party) = (None, None, None);
        }
        full
    }
}

fn is_theirs(sighting: &Sighting, tellers: &BTreeSet<Fingerprint>) -> bool {
    sighting.source == Source::Bank && tellers.contains(&sighting.teller)
}

/// Whether there is more of it than that they confirmed.
fn is_in_full(sighting: &Sighting, tellers: &BTreeSet<Fingerprint>) -> bool {
    let is_bare = !sighting.is_timed && sighting.reference.is_none() && sighting.account.is_none() && sighting.party.is_none();
    is_theirs(sighting, tellers) && !is_bare
}

/// Of a day of India's.
fn end_of(day: Date) -> Timestamp {
    india_noon(day).saturating_add(SignedDuration::from_hours(12)).unwrap_or(Timestamp::MAX)
}
