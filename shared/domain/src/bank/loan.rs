//! What is lent: lines and balances that may be kept for a time only, and not once the connection has ended.
//!
//! Of an Account Aggregator: for the consent's `DataLife` from when they were fetched, and for no longer than there is consent
//! (`account-aggregator.md`, sections 5 and 9). Read again they are lent anew.

use super::Bank;
use crate::id::Fingerprint;
use jiff::{Timestamp, civil::Date};
use std::collections::{BTreeMap, BTreeSet};

/// What one account told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loan {
    /// The first day that it told of.
    pub from: Date,
    /// When it is to be gone.
    pub until: Timestamp,
}

/// By who told ([`crate::book::Sighting::teller`]).
pub type Loans = BTreeMap<Fingerprint, Loan>;

impl Bank {
    /// Those whose lines are to be deleted now.
    pub fn lapsed(&self, now: Timestamp) -> BTreeSet<Fingerprint> {
        self.lent.iter().filter(|(_, loan)| loan.until <= now).map(|(teller, _)| *teller).collect()
    }

    /// Since which day any of these told.
    pub fn lent_since(&self, tellers: &BTreeSet<Fingerprint>) -> Option<Date> {
        self.lent.iter().filter(|(teller, _)| tellers.contains(teller)).map(|(_, loan)| loan.from).min()
    }

    pub(super) fn borrow(&mut self, loans: &Loans) {
        for (teller, new) in loans {
            let loan = self.lent.entry(*teller).or_insert(*new);
            *loan = Loan { from: loan.from.min(new.from), until: new.until };
        }
    }

    /// There is consent no longer: all of it is to be gone. Whoever is at it may still write down what they are at, and
    /// finds out then; so not before they are done.
    pub(super) fn call_in(&mut self, now: Timestamp) {
        let until = self.taken_until.unwrap_or(now).max(now);
        for loan in self.lent.values_mut() {
            loan.until = loan.until.min(until);
        }
    }
}
