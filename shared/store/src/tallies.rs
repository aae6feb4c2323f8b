//! What became of deliveries, by channel, provider and the time at which they were first tried.
//!
//! A statistic, and not a record: it is added to after the commit that it tells of, so a death between
//! leaves one uncounted, and a request that the client repeats may count twice.

use crate::{
    Store,
    error::StoreError,
    items::{Item, key_attributes, row_key},
    keys,
};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Timestamp,
    notice::{
        Channel,
        latency::{Bucket, Latencies},
        tally::{Counts, Tally, Transition},
    },
};
use std::collections::{BTreeMap, HashMap};

/// How long a slot is, in seconds: deliveries that were first tried within it are counted together.
pub const SLOT_S: i64 = 300;
const DAY_S: i64 = 24 * 3_600;
/// A week is looked back on at most.
const KEPT_S: i64 = 8 * DAY_S;

/// How the names of attributes begin that count latencies by bucket, and reasons.
const ACCEPTANCE: &str = "acceptance#";
const ARRIVAL: &str = "arrival#";
const REASON: &str = "reason#";

/// The day of a time, and its slot of that day.
fn slot(at: Timestamp) -> (i64, i64) {
    (at.as_second().div_euclid(DAY_S), at.as_second().rem_euclid(DAY_S) / SLOT_S)
}

impl Store {
    /// Adds what moved to the counts of the time at which the delivery was first tried; of what was tried
    /// too long ago, nobody asks any more.
    pub async fn count_delivery(&self, moved: &Transition, now: Timestamp) -> Result<(), StoreError> {
        let expires_at_s = moved.tried_at.as_second() + KEPT_S;
        if expires_at_s <= now.as_second() {
            return Ok(());
        }
        let (day, slot) = slot(moved.tried_at);
        let added: Vec<(String, i64)> = added(moved).collect();
        let placeholders: Vec<String> = (0..added.len()).map(|index| format!("#n{index} :v{index}")).collect();
        let mut request = self
            .db
            .update_item()
            .table_name(&self.live)
            .set_key(Some(key_attributes(&keys::tally(moved.channel, day, slot, &moved.provider))))
            .update_expression(format!("ADD {} SET expires_at_s = :expires", placeholders.join(", ")))
            .expression_attribute_values(":expires", AttributeValue::N(expires_at_s.to_string()));
        for (index, (name, count)) in added.into_iter().enumerate() {
            request = request
                .expression_attribute_names(format!("#n{index}"), name)
                .expression_attribute_values(format!(":v{index}"), AttributeValue::N(count.to_string()));
        }
        request.send().await?;
        Ok(())
    }

    /// What became of a channel's deliveries that were first tried from the slot of `since` on and before
    /// the slot of `until`, by provider.
    pub async fn deliveries_counted(
        &self,
        channel: Channel,
        since: Timestamp,
        until: Timestamp,
    ) -> Result<BTreeMap<String, Tally>, StoreError> {
        let (mut tallies, (first, last)) = (BTreeMap::<String, Tally>::new(), (slot(since), slot(until)));
        for day in first.0..=last.0 {
            let from = if day == first.0 { first.1 } else { 0 };
            let before = if day == last.0 { last.1 } else { DAY_S / SLOT_S };
            for item in self.tally_rows(keys::tally_partition(channel, day), from, before).await? {
                let key = row_key(&item);
                if let Some((_, provider)) = key.sk.split_once('#') {
                    tallies.entry(provider.to_owned()).or_default().merge(&tally(&item));
                }
            }
        }
        Ok(tallies)
    }

    /// A day's rows from one slot on and before another.
    async fn tally_rows(&self, partition: String, from: i64, before: i64) -> Result<Vec<Item>, StoreError> {
        let (mut rows, mut start) = (Vec::new(), None);
        loop {
            let answer = self
                .db
                .query()
                .table_name(&self.live)
                .key_condition_expression("pk = :pk AND sk BETWEEN :from AND :before")
                .expression_attribute_values(":pk", AttributeValue::S(partition.clone()))
                .expression_attribute_values(":from", AttributeValue::S(keys::tally_slot(from)))
                // No row is of a slot and no provider, so nothing lies at the end itself.
                .expression_attribute_values(":before", AttributeValue::S(keys::tally_slot(before)))
                .set_exclusive_start_key(start)
                .send()
                .await?;
            rows.extend(answer.items.unwrap_or_default());
            start = answer.last_evaluated_key;
            if start.is_none() {
                return Ok(rows);
            }
        }
    }
}

fn added(moved: &Transition) -> impl Iterator<Item = (String, i64)> {
    let counts = moved.counts.named().into_iter().filter(|(_, count)| *count != 0).map(|(name, count)| (name.to_owned(), count));
    let bucket = |name: &str, bucket: Bucket| (format!("{name}{}", bucket.index()), 1);
    let acceptance = moved.acceptance.map(|known| bucket(ACCEPTANCE, known));
    let arrival = moved.arrival.map(|known| bucket(ARRIVAL, known));
    let reason = moved.reason.as_ref().map(|reason| (format!("{REASON}{}", reason.as_str()), 1));
    counts.chain(acceptance).chain(arrival).chain(reason)
}

fn tally(item: &Item) -> Tally {
    let numbers: HashMap<&str, i64> =
        item.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_n().ok()?.parse().ok()?))).collect();
    // Below zero where what was taken back is what nobody had counted.
    let count = |name: &str| numbers.get(name).copied().unwrap_or(0).max(0);
    let latencies = |name: &str| {
        let mut latencies = Latencies::default();
        Bucket::all().for_each(|bucket| latencies.add(bucket, count(&format!("{name}{}", bucket.index())).unsigned_abs()));
        latencies
    };
    let reasons = numbers.iter().filter_map(|(name, times)| Some((name.strip_prefix(REASON)?.to_owned(), times.unsigned_abs())));
    Tally {
        counts: Counts {
            attempted: count("attempted"),
            sent: count("sent"),
            delivered: count("delivered"),
            read: count("read"),
            failed: count("failed"),
        },
        acceptance: latencies(ACCEPTANCE),
        arrival: latencies(ARRIVAL),
        reasons: reasons.collect(),
    }
}
