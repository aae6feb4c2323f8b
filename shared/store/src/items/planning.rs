//! What users plan, and their PINs, as rows.

use super::{BadField, bytes, maybe_time, parsed, time};
use domain::{
    pin::Pin,
    planner::{Goal, Planner},
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct PlannerItem {
    user: String,
    goals: Vec<GoalItem>,
    /// As a list: a row's names are never empty, and the budget for everything has no name.
    budgets: Vec<BudgetItem>,
    changes: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct BudgetItem {
    what: String,
    amount: i64,
}

#[derive(Serialize, Deserialize)]
struct GoalItem {
    name: String,
    target: i64,
    saved: i64,
}

impl From<&Planner> for PlannerItem {
    fn from(planner: &Planner) -> Self {
        let goal = |goal: &Goal| GoalItem { name: goal.name.clone(), target: goal.target, saved: goal.saved };
        Self {
            user: planner.user.to_string(),
            goals: planner.goals.iter().map(goal).collect(),
            budgets: planner.budgets.iter().map(|(what, amount)| BudgetItem { what: what.clone(), amount: *amount }).collect(),
            changes: planner.changes.iter().map(ToString::to_string).collect(),
        }
    }
}

impl TryFrom<PlannerItem> for Planner {
    type Error = BadField;
    fn try_from(item: PlannerItem) -> Result<Self, BadField> {
        let goal = |goal: GoalItem| Goal { name: goal.name, target: goal.target, saved: goal.saved };
        Ok(Self {
            user: parsed("user", &item.user)?,
            goals: item.goals.into_iter().map(goal).collect(),
            budgets: item.budgets.into_iter().map(|budget| (budget.what, budget.amount)).collect(),
            changes: item.changes.iter().map(|change| parsed("changes", change)).collect::<Result<_, _>>()?,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub struct PinItem {
    user: String,
    #[serde(with = "serde_bytes")]
    hash: Vec<u8>,
    wrong: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    locked_until: Option<i64>,
    set_at: i64,
}

impl From<&Pin> for PinItem {
    fn from(pin: &Pin) -> Self {
        Self {
            user: pin.user.to_string(),
            hash: pin.hash.to_vec(),
            wrong: pin.wrong,
            locked_until: pin.locked_until.map(|at| at.as_millisecond()),
            set_at: pin.set_at.as_millisecond(),
        }
    }
}

impl TryFrom<PinItem> for Pin {
    type Error = BadField;
    fn try_from(item: PinItem) -> Result<Self, BadField> {
        Ok(Self {
            user: parsed("user", &item.user)?,
            hash: bytes("hash", &item.hash)?,
            wrong: item.wrong,
            locked_until: maybe_time("locked_until", item.locked_until)?,
            set_at: time("set_at", item.set_at)?,
        })
    }
}
