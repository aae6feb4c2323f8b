//! Goals and budgets.

use super::{Capability, Performing, Prepared, days, settles_nothing};
use crate::{
    apply::store_failed,
    assistant::{context::Turning, grammar::Wish, reply::Reply},
};
use domain::{
    chat::Slots,
    money::Amount,
    planner::{Change, ChangePlanner, Goal},
};
use lambda::Failed;
use store::ExecuteError;
use understanding::{Command, is_name_of};
use words::{Phrase, Said, rupees};

pub const SET_GOAL: Capability = Capability {
    command: Command::SetGoal,
    prepare: |turning, wish| Box::pin(async { prepare(turning, wish).await }),
    perform,
    settle: settles_nothing,
};

async fn prepare(turning: &Turning<'_>, wish: &Wish) -> Result<Prepared, Failed> {
    let ask = |slot, phrase| Prepared::Ask { slot, slots: wish.slots.clone(), reply: Reply::text(turning.plain(phrase)) };
    let is_budget = wish.slot("category").is_some() || (wish.slot("every").is_some() && wish.slot("goal").is_none());
    if let (Some(amount), true) = (wish.amount(), is_budget || wish.slot("goal").is_some()) {
        let mut slots = wish.slots.clone();
        let planner = turning.deps.store.planner(turning.user).await.map_err(store_failed)?;
        let known = wish.slot("goal").and_then(|said| planner.goals.iter().find(|goal| is_name_of(said, &goal.name)));
        // Less than the goal of that name is what was put aside for it; as much or more is another goal.
        if let Some(goal) = known {
            slots.insert("goal".to_owned(), goal.name.clone());
            if amount < goal.target {
                slots.insert("saved".to_owned(), "true".to_owned());
            }
        }
        return Ok(Prepared::Do(slots));
    }
    if wish.amount().is_none() && wish.slot("goal").is_none() && !is_budget {
        let planner = turning.deps.store.planner(turning.user).await.map_err(store_failed)?;
        let lines: Vec<String> = planner.goals.iter().map(|goal| progress(turning, goal)).collect();
        let text = if lines.is_empty() { turning.plain(Phrase::GoalsNone) } else { lines.join("\n") };
        return Ok(Prepared::Answer(Reply::text(text)));
    }
    Ok(if wish.amount().is_none() { ask("amount", Phrase::AskTarget) } else { ask("goal", Phrase::AskGoal) })
}

pub fn progress(turning: &Turning<'_>, goal: &Goal) -> String {
    let percent = i128::from(goal.saved) * 100 / i128::from(goal.target.max(1));
    let ours = |paise| Said::Ours(rupees(paise));
    let values = [
        ("goal", Said::Theirs(&goal.name)),
        ("saved", ours(goal.saved)),
        ("target", ours(goal.target)),
        ("percent", Said::Ours(percent.to_string())),
    ];
    turning.say(Phrase::GoalProgress, &values)
}

fn perform<'a>(turning: &'a Turning<'a>, slots: &'a Slots) -> Performing<'a> {
    Box::pin(async {
        let amount = slots.get("amount").and_then(|amount| Amount::new(amount.parse().ok()?));
        let amount = amount.ok_or_else(|| Failed::bug("a goal without an amount"))?;
        let change = match slots.get("goal") {
            Some(name) if slots.contains_key("saved") => Change::Saved { name: Some(name.clone()), amount },
            Some(name) => Change::Goal { name: name.clone(), target: amount },
            None => Change::Budget { what: slots.get("category").cloned().unwrap_or_default(), amount },
        };
        let command = ChangePlanner { user: turning.user, id: turning.id, change };
        let planner = match turning.deps.execute(&command, turning.trace).await {
            Ok(planner) => planner,
            Err(ExecuteError::Refused(_)) => return Ok(Reply::text(turning.plain(Phrase::NotAvailable))),
            Err(ExecuteError::Store(error)) => return Err(store_failed(error)),
        };
        let ours = |paise| Said::Ours(rupees(paise));
        Ok(Reply::text(match &command.change {
            Change::Saved { name, .. } => {
                let goal = planner.goal(name.as_deref()).ok_or_else(|| Failed::bug("a goal that is gone"))?;
                progress(turning, goal)
            }
            Change::Goal { name, target } => {
                turning.say(Phrase::GoalSet, &[("goal", Said::Theirs(name)), ("target", ours(target.minor()))])
            }
            Change::Budget { what, amount } => {
                let what = if what.is_empty() { turning.plain(Phrase::Everything) } else { days::named(turning, what) };
                turning.say(Phrase::BudgetSet, &[("what", Said::Theirs(&what)), ("budget", ours(amount.minor()))])
            }
        }))
    })
}
