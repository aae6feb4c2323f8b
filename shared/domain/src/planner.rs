//! What a user plans: savings goals and budgets. It moves no money.

use crate::{
    engine::{Command, Key, Plan, Record, Snapshot},
    id::{Fingerprint, UserId},
    money::Amount,
};
use jiff::Timestamp;
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planner {
    pub user: UserId,
    /// The one set last comes last.
    pub goals: Vec<Goal>,
    /// What may be spent in a month, in paise, by category; all of it under an empty name.
    pub budgets: BTreeMap<String, i64>,
    /// The changes that were made last: the same again is none.
    pub changes: Vec<Fingerprint>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    pub name: String,
    /// In paise.
    pub target: i64,
    pub saved: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A new goal, or another target of one.
    Goal {
        name: String,
        target: Amount,
    },
    /// Put aside for a goal; for the one set last where none is named.
    Saved {
        name: Option<String>,
        amount: Amount,
    },
    Budget {
        what: String,
        amount: Amount,
    },
}

/// How many changes are remembered: more than a message is delivered again after.
const CHANGES_MAX: usize = 50;
const GOALS_MAX: usize = 20;
const BUDGETS_MAX: usize = 50;

/// Changes what a user plans. `id` stands for what asked for it.
#[derive(Debug, Clone)]
pub struct ChangePlanner {
    pub user: UserId,
    pub id: Fingerprint,
    pub change: Change,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotPlan {
    #[error("there is no such goal")]
    NoGoal,
    #[error("there are too many already")]
    TooMany,
}

impl Planner {
    pub fn empty(user: UserId) -> Self {
        Self { user, goals: Vec::new(), budgets: BTreeMap::new(), changes: Vec::new() }
    }

    /// A goal by its name, or the one set last.
    pub fn goal(&self, name: Option<&str>) -> Option<&Goal> {
        match name {
            Some(name) => self.goals.iter().find(|goal| goal.name.eq_ignore_ascii_case(name)),
            None => self.goals.last(),
        }
    }

    fn apply(&mut self, change: &Change) -> Result<(), CannotPlan> {
        match change {
            Change::Goal { name, target } => {
                let saved = self.goal(Some(name)).map_or(0, |goal| goal.saved);
                self.goals.retain(|goal| !goal.name.eq_ignore_ascii_case(name));
                self.goals.push(Goal { name: name.clone(), target: target.minor(), saved });
            }
            Change::Saved { name, amount } => {
                let name = self.goal(name.as_deref()).ok_or(CannotPlan::NoGoal)?.name.clone();
                for goal in self.goals.iter_mut().filter(|goal| goal.name == name) {
                    goal.saved = goal.saved.saturating_add(amount.minor());
                }
            }
            Change::Budget { what, amount } => {
                self.budgets.insert(what.clone(), amount.minor());
            }
        }
        if self.goals.len() > GOALS_MAX || self.budgets.len() > BUDGETS_MAX { Err(CannotPlan::TooMany) } else { Ok(()) }
    }
}

impl Command for ChangePlanner {
    type Done = Planner;
    type Refusal = CannotPlan;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Planner(self.user)]
    }

    fn decide(&self, state: &Snapshot, _: Timestamp) -> Result<(Plan, Planner), CannotPlan> {
        let mut planner = state.planner(self.user).cloned().unwrap_or_else(|| Planner::empty(self.user));
        let mut plan = Plan::default();
        if !planner.changes.contains(&self.id) {
            planner.apply(&self.change)?;
            planner.changes.push(self.id);
            let over = planner.changes.len().saturating_sub(CHANGES_MAX);
            planner.changes.drain(..over);
            plan.put(Record::Planner(planner.clone()));
        }
        Ok((plan, planner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{amount, user};

    fn change(planner: Option<&Planner>, id: &str, change: Change) -> Result<Planner, CannotPlan> {
        let mut state = Snapshot::default();
        if let Some(planner) = planner {
            state.insert(1, Record::Planner(planner.clone()));
        }
        let id = Fingerprint::of("m", id);
        ChangePlanner { user: user("asha"), id, change }.decide(&state, Timestamp::UNIX_EPOCH).map(|(_, planner)| planner)
    }

    #[test]
    fn what_is_put_aside_counts_once_and_for_the_goal_that_was_set_last() {
        let goal = |name: &str, target| Change::Goal { name: name.to_owned(), target: amount(target) };
        let saved = Change::Saved { name: None, amount: amount(20_000) };
        assert_eq!(change(None, "a", saved.clone()), Err(CannotPlan::NoGoal));
        let planner = change(None, "a", goal("bike", 100_000)).unwrap();
        let planner = change(Some(&planner), "b", goal("phone", 500_000)).unwrap();
        let once = change(Some(&planner), "c", saved.clone()).unwrap();
        let twice = change(Some(&once), "c", saved).unwrap();
        assert_eq!(once, twice);
        assert_eq!(once.goal(Some("Phone")).map(|goal| goal.saved), Some(20_000));
        let raised = change(Some(&once), "d", goal("phone", 600_000)).unwrap();
        assert_eq!(raised.goal(None).map(|goal| (goal.target, goal.saved)), Some((600_000, 20_000)));
    }
}
