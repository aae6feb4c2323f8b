//! What a teller takes back: a bank that corrects its statement, a file that was the wrong one.

use super::observe::{Desk, around, on_pages};
use crate::{
    engine::{Command, Key, Plan, Snapshot},
    id::{Fingerprint, UserId},
};
use jiff::{Timestamp, civil::Date};
use std::convert::Infallible;

/// Takes back sightings. An entry that nobody tells of any more is gone; of another the next in line is believed.
#[derive(Debug, Clone)]
pub struct Withdraw {
    pub user: UserId,
    /// Each with the page that it is on.
    pub sightings: Vec<(Date, Fingerprint)>,
}

impl Command for Withdraw {
    /// How many were there.
    type Done = usize;
    type Refusal = Infallible;

    fn reads(&self) -> Vec<Key> {
        on_pages(self.user, self.sightings.iter().flat_map(|(day, _)| around(*day)))
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, usize), Infallible> {
        let mut desk = Desk::new(self.user, state, self.reads());
        let before: Vec<_> = self.sightings.iter().filter_map(|(_, sighting)| desk.take_out(*sighting)).collect();
        for entry in &before {
            desk.release(entry);
        }
        Ok((desk.plan(now), before.len()))
    }
}
