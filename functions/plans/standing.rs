//! A standing payment: announced the evening before, made on its day.

use super::{Notice, notify};
use crate::{
    apply::{
        failed,
        terms::{Moved, NotMoved, carry_out},
    },
    deps::Deps,
};
use domain::{
    chat::Moves,
    fact::Priority,
    id::{Fingerprint, UserId},
    notice::Category,
    request::Keyed,
    standing::{Due, RecordStanding, Standing, StandingResult, Stood, TakeStanding},
};
use jiff::SignedDuration;
use lambda::{Failed, Trace};
use serde_json::json;

/// Whom money goes to, as its owner called them.
pub fn label(moves: &Moves) -> &str {
    match moves {
        Moves::Transfer { label, .. } => label,
        Moves::Payout { name, .. } | Moves::Bill { name, .. } => name.as_str(),
    }
}

pub async fn pay(deps: &Deps, user: UserId, id: Fingerprint, trace: &Trace) -> Result<(), Failed> {
    let (standing, stood) = match deps.execute(&TakeStanding { user, id }, trace).await.map_err(failed)? {
        Due::Nothing => return Ok(()),
        Due::Announce(standing) => {
            tell(deps, &standing, "standing.announced", None, trace).await?;
            (standing, Stood::Announced)
        }
        Due::Pay(standing) => {
            let stood = make(deps, &standing, trace).await?;
            (standing, stood)
        }
    };
    // Told before it is written down: whoever dies in between tells it again, and once. What was paid tells of itself.
    match standing.ends(stood, deps.clock.now()) {
        Some(StandingResult::ShortOfMoney) => tell(deps, &standing, "standing.failed", Some("short_of_money"), trace).await?,
        Some(StandingResult::Refused) => tell(deps, &standing, "standing.failed", Some("refused"), trace).await?,
        Some(StandingResult::Paid | StandingResult::Missed) | None => {}
    }
    deps.execute(&RecordStanding { user, id, on: standing.next_on, stood }, trace).await.map_err(failed)
}

async fn make(deps: &Deps, standing: &Standing, trace: &Trace) -> Result<Stood, Failed> {
    let (whole, part) = standing.payment_key();
    let request_id = format!("standing-{}", standing.id);
    let asked = Keyed::part(standing.user, &whole, &part, &standing.terms.canonical(), request_id);
    Ok(match carry_out(deps, asked, &standing.terms, trace).await? {
        Moved::Sent | Moved::Payout(_) => Stood::Paid,
        Moved::Not(why) if why.is_short() => Stood::Short,
        Moved::Not(NotMoved::Transfer(_) | NotMoved::Payout(_) | NotMoved::Changed) => Stood::Refused,
    })
}

async fn tell(deps: &Deps, standing: &Standing, template: &str, why: Option<&str>, trace: &Trace) -> Result<(), Failed> {
    let mut values = json!({ "amount": standing.terms.amount, "to": label(&standing.terms.moves) });
    if let Some(why) = why {
        values["why"] = json!(why);
    }
    let notice = Notice {
        user: standing.user,
        event: format!("{template}:{}:{}", standing.id, standing.next_on),
        template,
        values,
        priority: Priority::High,
        category: Category::Money,
        lasts: SignedDuration::from_hours(24),
    };
    notify(deps, notice, trace).await
}
