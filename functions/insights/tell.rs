//! The agent's news as notices.

use super::Known;
use crate::{
    deps::Deps,
    plans::{Notice, notify},
};
use cashflow::{
    news::{self, Milestone},
    pay_cut::PayCut,
    unusual::{Reason, Unusual},
};
use domain::{fact::Priority, finding::Finding, id::UserId, notice::Category};
use jiff::{SignedDuration, ToSpan as _, civil::Date};
use lambda::{Failed, Trace};
use serde_json::{Value, json};

/// For how long it is news.
const LASTS: SignedDuration = SignedDuration::from_hours(48);

pub async fn tell(deps: &Deps, user: UserId, told: &news::Notice, known: &Known, today: Date, trace: &Trace) -> Result<(), Failed> {
    let (template, values, priority) = match told {
        news::Notice::ShortSoon { day, by, .. } => {
            ("money.short", json!({ "day": day.to_string(), "by": by.saturating_abs() }), Priority::High)
        }
        news::Notice::Unusual(debit) => ("debit.unusual", unusual(debit, known)?, Priority::High),
        news::Notice::BillDue { payee, what, due, amount } => {
            let what = known.name(payee, what)?;
            ("bill.due", json!({ "amount": amount, "what": what, "day": due.to_string(), "when": when(*due, today) }), Priority::Normal)
        }
        news::Notice::PayCut(cut) => ("pay.cut", pay_cut(cut), Priority::Normal),
        news::Notice::SocialSecurity { milestone, .. } => ("social.days", milestone_values(*milestone), Priority::Normal),
    };
    let event = format!("insight:{}", told.key());
    notify(deps, Notice { user, event, template, values, priority, category: Category::Insight, lasts: LASTS }, trace).await
}

/// Money that a platform owes.
pub async fn shortfall(deps: &Deps, finding: &Finding, trace: &Trace) -> Result<(), Failed> {
    let shortfall = &finding.shortfall;
    let values = json!({
        "platform": called(&shortfall.platform), "gap": shortfall.gap.code(), "missing": shortfall.missing(),
        "stated": shortfall.stated, "came": shortfall.came.max(0), "from": shortfall.from.to_string(), "to": shortfall.to.to_string(),
    });
    let event = format!("finding:{}", finding.id);
    let (user, template) = (finding.user, "pay.shortfall");
    notify(deps, Notice { user, event, template, values, priority: Priority::Normal, category: Category::Insight, lasts: LASTS }, trace)
        .await
}

fn unusual(debit: &Unusual, known: &Known) -> Result<Value, Failed> {
    let what = match known.entry(debit.at) {
        Some(entry) => known.named(entry, &debit.what)?,
        None => called(&debit.what),
    };
    let (why, usual) = match debit.reason {
        Reason::MuchMoreThanUsual { usual } => ("more_than_usual", Some(usual)),
        Reason::BillMuchHigher { usual } => ("bill_higher", Some(usual)),
        Reason::NewPayee { .. } => ("new_payee", None),
    };
    let mut values = json!({ "amount": debit.amount, "what": what, "why": why });
    if let Some(usual) = usual {
        values["usual"] = usual.into();
    }
    Ok(values)
}

fn pay_cut(cut: &PayCut) -> Value {
    let (platform, since) = (called(&cut.platform), cut.since.to_string());
    json!({ "platform": platform, "before": cut.before_per_hour, "after": cut.after_per_hour, "since": since })
}

fn milestone_values(milestone: Milestone) -> Value {
    match milestone {
        Milestone::Near { missing } => json!({ "milestone": "near", "missing": missing }),
        Milestone::Reached => json!({ "milestone": "reached" }),
    }
}

fn when(due: Date, today: Date) -> &'static str {
    match due {
        _ if due <= today => "today",
        _ if due <= today.saturating_add(1.day()) => "tomorrow",
        _ => "soon",
    }
}

/// A code such as `urban_company`, as it is read.
pub fn called(code: &str) -> String {
    let mut letters = code.chars();
    letters.next().map_or_else(|| "–".to_owned(), |first| format!("{}{}", first.to_uppercase(), letters.as_str().replace('_', " ")))
}
