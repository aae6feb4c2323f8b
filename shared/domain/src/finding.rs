//! What does not add up, and what its owner makes of it: money that a platform owes.

use crate::{
    book::Shortfall,
    codes::codes,
    engine::{Command, Key, Plan, Record, Snapshot},
    id::{Fingerprint, UserId},
};
use jiff::Timestamp;
use std::convert::Infallible;

codes! {
    FindingStatus {
        /// Nobody has done anything about it.
        Open = "open";
        /// Its owner asks the platform for it.
        Disputed = "disputed";
        /// Its owner says that it is nothing.
        Dismissed = "dismissed";
        /// It adds up by now.
        Settled = "settled";
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub user: UserId,
    pub id: Fingerprint,
    pub shortfall: Shortfall,
    pub status: FindingStatus,
    pub opened_at: Timestamp,
    pub changed_at: Timestamp,
}

impl Finding {
    /// The same for the same gap of the same platform and time, whatever its amounts are by now.
    pub fn id_of(user: UserId, shortfall: &Shortfall) -> Fingerprint {
        let Shortfall { gap, platform, from, to, .. } = shortfall;
        Fingerprint::of(&format!("finding:{user}"), &format!("{} {platform} {from} {to}", gap.code()))
    }

    pub fn key(&self) -> Key {
        Key::Finding(self.user, self.id)
    }

    /// Whether there is something to be had.
    pub fn stands(&self) -> bool {
        matches!(self.status, FindingStatus::Open | FindingStatus::Disputed)
    }
}

/// Findings of one command.
pub const FINDINGS_MAX: usize = 40;

/// Takes over what was found of one look at the book.
#[derive(Debug, Clone)]
pub struct RaiseFindings {
    pub user: UserId,
    /// At most [`FINDINGS_MAX`], with those that are gone.
    pub found: Vec<Shortfall>,
    /// Findings that stood and are not found any more.
    pub gone: Vec<Fingerprint>,
}

impl Command for RaiseFindings {
    /// Those that nobody knew of.
    type Done = Vec<Finding>;
    type Refusal = Infallible;

    fn reads(&self) -> Vec<Key> {
        let found = self.found.iter().map(|shortfall| Finding::id_of(self.user, shortfall));
        found.chain(self.gone.iter().copied()).map(|id| Key::Finding(self.user, id)).collect()
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Vec<Finding>), Infallible> {
        let (mut plan, mut raised) = (Plan::default(), Vec::new());
        for shortfall in &self.found {
            let id = Finding::id_of(self.user, shortfall);
            let known = state.finding(self.user, id);
            let status = known.map_or(FindingStatus::Open, |known| match known.status {
                FindingStatus::Settled => FindingStatus::Open,
                status => status,
            });
            if known.is_some_and(|known| known.shortfall == *shortfall && known.status == status) {
                continue;
            }
            let opened_at = known.map_or(now, |known| known.opened_at);
            let finding = Finding { user: self.user, id, shortfall: shortfall.clone(), status, opened_at, changed_at: now };
            if known.is_none() {
                raised.push(finding.clone());
            }
            plan.put(Record::Finding(finding));
        }
        for id in &self.gone {
            if let Some(known) = state.finding(self.user, *id).filter(|known| known.stands()) {
                plan.put(Record::Finding(Finding { status: FindingStatus::Settled, changed_at: now, ..known.clone() }));
            }
        }
        Ok((plan, raised))
    }
}

/// What its owner makes of a finding.
#[derive(Debug, Clone)]
pub struct AnswerFinding {
    pub user: UserId,
    pub id: Fingerprint,
    pub is_disputed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotAnswer {
    #[error("there is no such finding")]
    NoFinding,
    #[error("it adds up by now")]
    Settled,
}

impl Command for AnswerFinding {
    type Done = Finding;
    type Refusal = CannotAnswer;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Finding(self.user, self.id)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Finding), CannotAnswer> {
        let known = state.finding(self.user, self.id).ok_or(CannotAnswer::NoFinding)?;
        if known.status == FindingStatus::Settled {
            return Err(CannotAnswer::Settled);
        }
        let status = if self.is_disputed { FindingStatus::Disputed } else { FindingStatus::Dismissed };
        let mut plan = Plan::default();
        if known.status == status {
            return Ok((plan, known.clone()));
        }
        let finding = Finding { status, changed_at: now, ..known.clone() };
        plan.put(Record::Finding(finding.clone()));
        Ok((plan, finding))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{book::Gap, testing::user};
    use jiff::civil::Date;

    fn week(came: i64) -> Shortfall {
        let (from, to) = (Date::constant(2026, 11, 9), Date::constant(2026, 11, 15));
        Shortfall { gap: Gap::Week, platform: "swiggy".to_owned(), from, to, stated: 560_000, came }
    }

    fn raise(known: &mut Option<Finding>, found: Vec<Shortfall>) -> usize {
        let mut state = Snapshot::default();
        known.iter().for_each(|known| state.insert(1, Record::Finding(known.clone())));
        let gone = if found.is_empty() { known.iter().map(|known| known.id).collect() } else { Vec::new() };
        let (plan, raised) = RaiseFindings { user: user("asha"), found, gone }.decide(&state, Timestamp::UNIX_EPOCH).unwrap();
        for record in plan.records() {
            let Record::Finding(finding) = record else { unreachable!("only findings are written") };
            *known = Some(finding.clone());
        }
        raised.len()
    }

    fn answer(known: &mut Option<Finding>, is_disputed: bool) -> Result<(), CannotAnswer> {
        let mut state = Snapshot::default();
        known.iter().for_each(|known| state.insert(1, Record::Finding(known.clone())));
        let id = Finding::id_of(user("asha"), &week(0));
        *known = Some(AnswerFinding { user: user("asha"), id, is_disputed }.decide(&state, Timestamp::UNIX_EPOCH)?.1);
        Ok(())
    }

    #[test]
    fn a_gap_is_raised_once_and_follows_its_amounts_until_it_is_closed() {
        let mut known = None;
        assert_eq!(answer(&mut known, true), Err(CannotAnswer::NoFinding));
        assert_eq!(raise(&mut known, vec![week(500_000)]), 1);
        assert_eq!(raise(&mut known, vec![week(500_000)]), 0);
        assert_eq!(raise(&mut known, vec![week(520_000)]), 0);
        assert_eq!(known.as_ref().map(|known| known.shortfall.missing()), Some(40_000));
        answer(&mut known, true).unwrap();
        raise(&mut known, Vec::new());
        assert_eq!(known.as_ref().map(|known| known.status), Some(FindingStatus::Settled));
        assert_eq!(answer(&mut known, true), Err(CannotAnswer::Settled));
        assert_eq!(raise(&mut known, vec![week(520_000)]), 0, "known, and open again");
        assert_eq!(known.map(|known| known.status), Some(FindingStatus::Open));
    }

    #[test]
    fn what_its_owner_calls_nothing_stays_nothing() {
        let mut known = None;
        raise(&mut known, vec![week(500_000)]);
        answer(&mut known, false).unwrap();
        raise(&mut known, vec![week(510_000)]);
        assert_eq!(known.as_ref().map(|known| known.status), Some(FindingStatus::Dismissed));
    }
}
