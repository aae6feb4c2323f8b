//! What operators ask of channels, and are told.

use crate::body::common::codes;
use domain::{
    Timestamp,
    notice::{
        Channel,
        latency::{Bucket, Latencies},
        tally::Tally,
    },
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// For how long it is known what became of deliveries.
pub const HOURS_MAX: u32 = 7 * 24;
/// As many reasons are told of, the commonest first.
const REASONS_MAX: usize = 5;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatsQuery {
    /// How far to look back.
    #[serde(default = "a_day")]
    #[schemars(range(min = 1, max = HOURS_MAX))]
    pub hours: u32,
}

fn a_day() -> u32 {
    24
}

/// What became of the deliveries of a channel that were first tried within a time.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StatsBody {
    #[schemars(extend("enum" = codes(Channel::ALL, Channel::code)))]
    pub channel: &'static str,
    pub providers: Vec<ProviderBody>,
    /// RFC 3339.
    pub since: String,
    pub until: String,
}

/// The same of one provider. Every notice counts once, however often its provider was called.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ProviderBody {
    pub provider: String,
    /// The provider was called, and it is known what came of it, or that nobody knows.
    pub attempted: i64,
    /// It took them, and has not said since that they failed.
    pub sent: i64,
    pub delivered: i64,
    pub read: i64,
    /// Those that are neither sent nor failed will be tried again, or were left without an answer.
    pub failed: i64,
    /// `sent` of `attempted`; `null` where nothing was attempted.
    pub success_percent: Option<f64>,
    /// Why deliveries failed and calls were in vain, as the provider calls it; the commonest first.
    pub reasons: Vec<ReasonBody>,
    /// From the first call until the provider took it.
    pub acceptance: LatencyBody,
    /// From then on until it was delivered, of those whose arrival the provider tells.
    pub arrival: LatencyBody,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct ReasonBody {
    pub reason: String,
    pub count: u64,
}

/// Percentiles are told as what they do not exceed, to within 60 percent; `null` where that is more than a
/// day, or there are no samples.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LatencyBody {
    pub samples: u64,
    pub p50_ms: Option<i64>,
    pub p95_ms: Option<i64>,
    pub p99_ms: Option<i64>,
}

impl StatsBody {
    pub fn new(channel: Channel, tallies: &BTreeMap<String, Tally>, since: Timestamp, until: Timestamp) -> Self {
        let providers = tallies.iter().map(|(provider, tally)| ProviderBody::new(provider, tally)).collect();
        Self { channel: channel.code(), providers, since: since.to_string(), until: until.to_string() }
    }
}

impl ProviderBody {
    fn new(provider: &str, tally: &Tally) -> Self {
        let reasons = tally.commonest_reasons().into_iter().take(REASONS_MAX);
        Self {
            provider: provider.to_owned(),
            attempted: tally.counts.attempted,
            sent: tally.counts.sent,
            delivered: tally.counts.delivered,
            read: tally.counts.read,
            failed: tally.counts.failed,
            success_percent: tally.counts.success_percent(),
            reasons: reasons.map(|(reason, count)| ReasonBody { reason: reason.to_owned(), count }).collect(),
            acceptance: LatencyBody::from(&tally.acceptance),
            arrival: LatencyBody::from(&tally.arrival),
        }
    }
}

impl From<&Latencies> for LatencyBody {
    fn from(latencies: &Latencies) -> Self {
        let at_most = |percent| latencies.percentile(percent).and_then(Bucket::at_most_ms);
        Self { samples: latencies.samples(), p50_ms: at_most(50), p95_ms: at_most(95), p99_ms: at_most(99) }
    }
}
