//! Who is connected now: a look through the live table, for operators.

use crate::{
    Store,
    error::StoreError,
    items::{Item, key_attributes, row_key},
    keys,
};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::Timestamp;
use std::collections::HashSet;

/// Minutes that a look at what was shown adds up: this one, and the two before it.
const MINUTES: i64 = 3;

/// The scope of the counters of what was shown.
const SHOWN: &str = "shown";
/// Pages of a megabyte that one look reads at most.
const PAGES_MAX: usize = 50;

/// What a look has counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Census {
    pub connections: u64,
    /// Of them, those that have not been heard of for longer than an app is silent.
    pub silent: u64,
    pub users: u64,
    pub subscriptions: u64,
    /// Whether everything was looked at.
    pub complete: bool,
}

/// What was shown on sockets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shown {
    pub events: u64,
    /// From the commit of each to its post, added up.
    pub lag_ms: u64,
}

impl Store {
    /// Adds to what was shown in this minute.
    pub async fn count_shown(&self, shown: Shown, now: Timestamp) -> Result<(), StoreError> {
        let minute = now.as_second().div_euclid(60);
        let n = |value: String| AttributeValue::N(value);
        self.db
            .update_item()
            .table_name(&self.live)
            .set_key(Some(key_attributes(&keys::rate(SHOWN, minute))))
            .update_expression("ADD events :events, lag_ms :lag SET expires_at_s = :expires")
            .expression_attribute_values(":events", n(shown.events.to_string()))
            .expression_attribute_values(":lag", n(shown.lag_ms.to_string()))
            .expression_attribute_values(":expires", n(((minute + MINUTES + 1) * 60).to_string()))
            .send()
            .await?;
        Ok(())
    }

    /// What was shown in this minute and the two before it.
    pub async fn shown_lately(&self, now: Timestamp) -> Result<Shown, StoreError> {
        let minute = now.as_second().div_euclid(60);
        let minutes = (0..MINUTES).map(|before| keys::rate(SHOWN, minute - before)).collect();
        let number = |item: &Item, name: &str| item.get(name).and_then(|value| value.as_n().ok()?.parse().ok()).unwrap_or(0);
        let rows = self.rows(&self.live, minutes).await?;
        let add = |sum: Shown, row: &Item| Shown { events: sum.events + number(row, "events"), lag_ms: sum.lag_ms + number(row, "lag_ms") };
        Ok(rows.iter().fold(Shown::default(), add))
    }

    /// Counts connections, their users and what they have subscribed to. Reads all of the live table:
    /// for a person who asks, and no schedule.
    pub async fn census(&self, silent_after_s: i64, now: Timestamp) -> Result<Census, StoreError> {
        let (mut census, mut users) = (Census::default(), HashSet::new());
        let mut from = None;
        for _ in 0..PAGES_MAX {
            let page = self
                .db
                .scan()
                .table_name(&self.live)
                .filter_expression("(begins_with(pk, :users) AND contains(sk, :channel)) OR begins_with(pk, :heard)")
                .expression_attribute_values(":users", AttributeValue::S("U#".to_owned()))
                .expression_attribute_values(":channel", AttributeValue::S("#".to_owned()))
                .expression_attribute_values(":heard", AttributeValue::S("V#".to_owned()))
                .set_exclusive_start_key(from)
                .send()
                .await?;
            for item in page.items.unwrap_or_default() {
                count(&item, silent_after_s, now, &mut census, &mut users);
            }
            from = page.last_evaluated_key;
            if from.is_none() {
                census.complete = true;
                break;
            }
        }
        census.users = users.len() as u64;
        Ok(census)
    }
}

fn count(item: &Item, silent_after_s: i64, now: Timestamp, census: &mut Census, users: &mut HashSet<String>) {
    let number = |name: &str| item.get(name).and_then(|value| value.as_n().ok()?.parse::<i64>().ok());
    let key = row_key(item);
    if number("expires_at_s").is_none_or(|expires| expires <= now.as_second()) {
        return;
    }
    if key.pk.starts_with("U#") {
        census.subscriptions += 1;
    } else if let Some(heard_at) = number("heard_at") {
        census.connections += 1;
        census.silent += u64::from(heard_at < now.as_millisecond() - silent_after_s * 1_000);
        users.insert(key.pk);
    }
}
