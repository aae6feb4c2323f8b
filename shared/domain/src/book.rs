//! The cash book: every movement of a user's money once, however many tell of it.
//!
//! A payment may be told of by our own ledger, by a bank, by an SMS, by the platform that paid it and by its
//! owner. Each telling is a [`Sighting`]; what they tell of is one [`Entry`], which keeps them all. A [`Page`]
//! has the entries of a day of India's. Nothing here moves money.
//!
//! What a person can be known by (a payee, a shop) is sealed before it gets here; of references and names only
//! hashes are compared, which the user's own key goes into.

mod correct;
mod earned;
mod fade;
mod lapse;
mod matching;
mod observe;
mod owed;
mod settle;
mod sync;
mod withdraw;

#[cfg(test)]
mod tests;

pub use correct::{Change, Correct, NoSuchEntry};
pub use earned::{Earned, LineKind, TakeEarned, ToldWhole, TooMuchEarned, WORKED_DAYS_MAX, Worked};
pub use fade::{Fade, TEXT_DAYS, faded_until};
pub use lapse::{Lapse, Sum};
pub use matching::REACH_DAYS;
pub use observe::{BATCH_MAX, DAYS_MAX, Observe, PageIsFull, Placed};
pub use owed::{Gap, Shortfall, shortfalls};
pub use settle::{Day, Days, WAITS_DAYS, days};
pub use sync::{Elsewhere, Note, SyncNote, Synced};
pub use withdraw::Withdraw;

use crate::{
    codes::codes,
    id::{Fingerprint, UserId},
    limits::{india_noon, india_time},
    vault::Sealed,
};
use jiff::{Timestamp, ToSpan as _, civil::Date};
use std::collections::{BTreeMap, BTreeSet};

codes! {
    /// Which way money went, as its owner sees it.
    Flow {
        In = "in";
        Out = "out";
    }
}

codes! {
    /// Who tells, whoever is believed most first: of an entry's sightings the first says how much it was.
    Source {
        /// Our own ledger.
        Wallet = "wallet";
        Bank = "bank";
        /// A statement that its owner uploaded.
        File = "file";
        Sms = "sms";
        /// The platform that paid.
        Platform = "platform";
        /// Noted in an app.
        App = "app";
        Chat = "chat";
    }
}

codes! {
    /// Who says what an entry is for, whoever is believed most first.
    NamedBy {
        /// Its owner said so, of this entry.
        User = "user";
        /// Its owner said so of an earlier one of the same party.
        Learned = "learned";
        /// Who told of it knows.
        Teller = "teller";
        Rule = "rule";
        Model = "model";
        Nobody = "nobody";
    }
}

codes! {
    /// What a movement does to what its owner has.
    Nature {
        /// Earned, or spent.
        Ordinary = "ordinary";
        /// From one's own pocket to the other.
        OwnTransfer = "own_transfer";
        /// An expense that came back.
        GivenBack = "given_back";
        /// Its owner says that it is not theirs, or did not happen.
        Ignored = "ignored";
    }
}

codes! {
    /// How a reference reads: those of one form are comparable.
    ReferenceForm {
        /// Twelve digits: UPI and IMPS.
        Rrn = "rrn";
        /// Letters and digits of a bank transfer.
        Utr = "utr";
        Other = "other";
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    pub form: ReferenceForm,
    pub hash: Fingerprint,
}

/// One telling of a movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    pub source: Source,
    /// Of what was told: the same again is the same sighting.
    pub id: Fingerprint,
    /// Who exactly: a bank connection, an issuer of SMS, a platform. It tells of a movement once.
    pub teller: Fingerprint,
    pub at: Timestamp,
    /// Whether the time of day is known, and not the day alone.
    pub is_timed: bool,
    /// In paise.
    pub amount: i64,
    pub reference: Option<Reference>,
    /// Last digits of the account that it was on, two to four.
    pub account: Option<String>,
    /// Hash of who was paid, or paid.
    pub party: Option<Fingerprint>,
}

/// What is told, on its way into the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub sighting: Sighting,
    pub flow: Flow,
    pub nature: Nature,
    /// A category or a platform's code; empty where nobody knows.
    pub what: String,
    pub by: NamedBy,
    /// Whether `what` is a platform that pays its workers.
    pub is_platform: bool,
    /// The other account of a transfer, by its last digits.
    pub counter: Option<String>,
    /// Who was paid, or paid.
    pub name: Option<Sealed>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Of the sighting that it was first told by.
    pub id: Fingerprint,
    pub flow: Flow,
    pub nature: Nature,
    pub what: String,
    pub by: NamedBy,
    pub is_platform: bool,
    pub name: Option<Sealed>,
    /// At least one; whoever is believed most first.
    pub sightings: Vec<Sighting>,
    /// The entry that it is the other side of.
    pub pair: Option<Fingerprint>,
    /// When its owner last said something of it.
    pub said_at: Option<Timestamp>,
}

/// The entries of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub user: UserId,
    pub day: Date,
    pub entries: Vec<Entry>,
    /// What is left of entries whose details may not be kept.
    pub sums: Vec<Sum>,
}

/// What is known of a user's book as a whole. Everything that is written into it writes this too, so that of two
/// who tell of one movement at once, one sees what the other wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    pub user: UserId,
    /// Last digits of the accounts that were seen to be theirs.
    pub accounts: BTreeSet<String>,
    /// What their owner says that parties are for, by the party's hash.
    pub learned: BTreeMap<Fingerprint, String>,
    /// How often something was written.
    pub changes: u64,
    pub changed_at: Timestamp,
    /// When the cash-flow agent looks at it.
    pub due_at: Option<Timestamp>,
    /// The first day of which there are names, or earlier.
    pub texts_from: Option<Date>,
}

impl Book {
    pub fn empty(user: UserId) -> Self {
        Self {
            user,
            accounts: BTreeSet::new(),
            learned: BTreeMap::new(),
            changes: 0,
            changed_at: Timestamp::UNIX_EPOCH,
            due_at: None,
            texts_from: None,
        }
    }

    fn changed(&mut self, now: Timestamp) {
        self.changes = self.changes.saturating_add(1);
        (self.changed_at, self.due_at) = (now, Some(now));
    }

    /// When its oldest names are to be gone.
    pub fn fades_at(&self) -> Option<Timestamp> {
        self.texts_from.map(|first| india_noon(first.saturating_add(TEXT_DAYS.days())))
    }

    /// Whether it is to be looked at, now that this was written.
    pub fn is_due_as_written(&self) -> bool {
        self.due_at == Some(self.changed_at)
    }
}

impl Page {
    pub fn empty(user: UserId, day: Date) -> Self {
        Self { user, day, entries: Vec::new(), sums: Vec::new() }
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.sums.is_empty()
    }

    /// Whether money was seen to move on that day, and its owner did not only say so.
    pub fn is_seen(&self) -> bool {
        !self.sums.is_empty() || self.entries.iter().any(Entry::is_seen)
    }

    pub fn entry(&self, id: Fingerprint) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id)
    }
}

impl Source {
    /// Whether it is its owner's own word.
    pub fn is_said(self) -> bool {
        matches!(self, Self::App | Self::Chat)
    }
}

impl Sighting {
    pub fn day(&self) -> Date {
        india_time(self.at).date()
    }
}

/// An entry that one telling opens.
impl From<&Seen> for Entry {
    fn from(seen: &Seen) -> Self {
        Self {
            id: seen.sighting.id,
            flow: seen.flow,
            nature: seen.nature,
            what: seen.what.clone(),
            by: seen.by,
            is_platform: seen.is_platform,
            name: seen.name.clone(),
            sightings: vec![seen.sighting.clone()],
            pair: None,
            said_at: None,
        }
    }
}

impl Entry {
    /// In paise, as the one says who is believed most.
    pub fn amount(&self) -> i64 {
        self.sightings.first().map_or(0, |first| first.amount)
    }

    /// When it was: by the first of them who knows the time of day.
    pub fn at(&self) -> Timestamp {
        let timed = self.sightings.iter().find(|sighting| sighting.is_timed);
        timed.or(self.sightings.first()).map_or(Timestamp::UNIX_EPOCH, |sighting| sighting.at)
    }

    /// Whether money was seen to move, and its owner did not only say so.
    pub fn is_seen(&self) -> bool {
        self.sightings.iter().any(|sighting| !sighting.source.is_said())
    }

    /// Whether its owner said so.
    pub fn is_said(&self) -> bool {
        self.sightings.iter().any(|sighting| sighting.source.is_said())
    }

    /// What the platform says that it paid, where less came.
    pub fn shortfall(&self) -> Option<i64> {
        let stated = self.sightings.iter().find(|sighting| sighting.source == Source::Platform)?.amount;
        let came = self.sightings.first().filter(|first| first.source < Source::Platform)?.amount;
        Some(stated - came).filter(|missing| *missing > 0)
    }

    fn takes(&mut self, seen: &Seen) {
        self.sightings.push(seen.sighting.clone());
        self.sightings.sort_by_key(|sighting| (sighting.source, sighting.id));
        self.called(&seen.what, seen.by, seen.is_platform);
        if self.nature == Nature::Ordinary && self.said_at.is_none() {
            self.nature = seen.nature;
        }
        if self.name.is_none() {
            self.name.clone_from(&seen.name);
        }
    }

    /// What its owner said of the line as it was told before.
    fn keep_word(&mut self, before: &Self) {
        if before.said_at <= self.said_at {
            return;
        }
        self.said_at = before.said_at;
        if before.by == NamedBy::User {
            (self.what, self.by, self.is_platform) = (before.what.clone(), before.by, before.is_platform);
        }
        self.nature = before.nature;
    }

    /// Whether it may still turn out to be one of its owner's transfers to themselves. What they say of it, it stays.
    pub(super) fn may_be_transfer(&self) -> bool {
        match self.nature {
            Nature::OwnTransfer => true,
            Nature::Ordinary => self.said_at.is_none(),
            Nature::GivenBack | Nature::Ignored => false,
        }
    }

    /// Takes another's word for what it is for, where theirs counts more.
    fn called(&mut self, what: &str, by: NamedBy, is_platform: bool) {
        if !what.is_empty() && by < self.by {
            (self.what, self.by, self.is_platform) = (what.to_owned(), by, is_platform);
        }
    }
}
