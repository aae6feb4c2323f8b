//! The words that a fact is told in.

use crate::{
    apply::{failed, store_failed},
    deps::Deps,
};
use domain::{
    Timestamp,
    engine::Answer,
    fact::{Fact, FactKind},
    id::UserId,
    notice::{Notice, OpenNotice, Stale, Values, hours::Zone, preferences::Preferences},
};
use jiff::{civil::Time, tz::TimeZone};
use lambda::Failed;
use serde_json::{Map, Value, json};
use store::ExecuteError;
use words::{Bad, BadNotice, Catalogue, Kind, Template};

/// Whether somebody is told of such facts, other than by their feed.
pub fn has_words(kind: FactKind) -> bool {
    Template::named(kind.code()).is_some()
}

/// Opens the notice of a fact, or finds it: the same fact is the same notice. `None` where the fact is
/// told by the feed alone, or is no news any more.
pub async fn open(deps: &Deps, fact: &Fact) -> Result<Option<Notice>, Failed> {
    let Some(template) = Template::named(fact.kind.code()) else { return Ok(None) };
    let preferences = deps.store.preferences(fact.account.owner()).await.map_err(store_failed)?;
    let values = values(template, fact, &preferences)?;
    let command = OpenNotice::of(fact, template.version, values, deps.notice_rules.clone());
    // By the store itself: whoever has opened a notice climbs at once, and needs no message for it.
    match deps.store.execute(&command, deps.clock.now()).await {
        Ok(opened) => {
            let Answer { value, .. } = opened.done;
            Ok(Some(value))
        }
        Err(ExecuteError::Refused(Stale)) => Ok(None),
        Err(error) => Err(failed(error)),
    }
}

/// What the template's variables are for this fact, checked: a fact whose words cannot be made is a bug
/// of whoever records such facts, and nobody is told half of it.
fn values(template: &'static Template, fact: &Fact, preferences: &Preferences) -> Result<Values, Failed> {
    let mut values: Map<String, Value> = template
        .variables
        .iter()
        .filter_map(|variable| Some((variable.name.to_owned(), value(variable.name, fact, &preferences.settings.zone)?)))
        .map(|(name, value)| (name.clone(), cut(template, &name, value)))
        .collect();
    let catalogue = Catalogue::built_in().map_err(Failed::bug)?;
    if let Err(BadNotice::BadValues { values: bad, .. }) = catalogue.notice(template.name, &values) {
        // What a notice can do without is left out where a bank's or a provider's text does not fit.
        for bad in bad.iter().filter(|bad| matches!(bad.bad, Bad::Not(_))) {
            if template.variables.iter().any(|variable| variable.name == bad.variable && !variable.required) {
                values.remove(&bad.variable);
            }
        }
    }
    catalogue.notice(template.name, &values).map_err(Failed::bug)?;
    Values::new(Value::Object(values).to_string()).map_err(Failed::bug)
}

fn value(name: &str, fact: &Fact, zone: &Zone) -> Option<Value> {
    let detail = &fact.detail;
    let text = |text: &Option<String>| text.clone().map(Value::from);
    match name {
        "amount" => detail.amount.map(Value::from),
        "balance" => Some(json!(fact.available_after())),
        "direction" => text(&detail.direction),
        // An id says nothing to a person.
        "counterparty" => text(&detail.counterparty).filter(|_| !names_a_user(detail.counterparty.as_deref())),
        "reason" => text(&detail.reason),
        "reference" => text(&detail.reference),
        "status" => text(&detail.status),
        "title" => text(&detail.title),
        "text" => text(&detail.note).or_else(|| text(&detail.title)),
        "limit" => text(&detail.status),
        "time" => Some(json!(local(fact.at, zone))),
        // A limit is one of a day, and a day is India's.
        "resets_at" => Some(json!(local(Zone::india().next(Time::midnight(), fact.at), zone))),
        _ => None,
    }
}

fn names_a_user(counterparty: Option<&str>) -> bool {
    counterparty.is_some_and(|name| name.parse::<UserId>().is_ok())
}

/// A time as its reader's clock shows it, with their offset.
fn local(at: Timestamp, zone: &Zone) -> String {
    let zone = TimeZone::get(zone.as_str()).unwrap_or(TimeZone::UTC);
    at.to_zoned(zone).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// No longer than it is shown: the row of a notice is to stay small.
fn cut(template: &Template, name: &str, value: Value) -> Value {
    let kind = template.variables.iter().find(|variable| variable.name == name).map(|variable| variable.kind);
    match (kind, value) {
        (Some(Kind::Text { chars_max } | Kind::Prose { chars_max }), Value::String(text)) => {
            text.chars().take(chars_max).collect::<String>().into()
        }
        (_, value) => value,
    }
}

#[cfg(test)]
mod tests;
