//! What users note of their days, what they plan, and their PINs, as rows.

use super::{BadField, bytes, known, maybe_time, parsed, time};
use domain::{
    logbook::{DaySheet, Line, LineKind},
    pin::Pin,
    planner::{Goal, Planner},
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct DaySheetItem {
    user: String,
    day: String,
    lines: Vec<LineItem>,
}

#[derive(Serialize, Deserialize)]
struct LineItem {
    id: String,
    kind: String,
    amount: i64,
    what: String,
    told_at: i64,
}

impl From<&DaySheet> for DaySheetItem {
    fn from(sheet: &DaySheet) -> Self {
        let line = |line: &Line| LineItem {
            id: line.id.to_string(),
            kind: line.kind.code().to_owned(),
            amount: line.amount,
            what: line.what.clone(),
            told_at: line.told_at.as_millisecond(),
        };
        Self { user: sheet.user.to_string(), day: sheet.day.to_string(), lines: sheet.lines.iter().map(line).collect() }
    }
}

impl TryFrom<DaySheetItem> for DaySheet {
    type Error = BadField;
    fn try_from(item: DaySheetItem) -> Result<Self, BadField> {
        let line = |line: LineItem| {
            Ok(Line {
                id: parsed("id", &line.id)?,
                kind: known("kind", &line.kind, LineKind::from_code(&line.kind))?,
                amount: line.amount,
                what: line.what,
                told_at: time("told_at", line.told_at)?,
            })
        };
        let lines = item.lines.into_iter().map(line).collect::<Result<_, BadField>>()?;
        Ok(Self { user: parsed("user", &item.user)?, day: parsed("day", &item.day)?, lines })
    }
}

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
