//! Metrics, as lines that CloudWatch takes out of the log by itself.
//!
//! Source: "Specification: Embedded metric format" in the CloudWatch guide. A line costs no call
//! and cannot fail an invocation.

use std::io::Write;
use std::sync::OnceLock;

use serde_json::{Map, Value, json};

pub const NAMESPACE: &str = "Kamai";

/// What we measure. The name and unit of each are in [`Metric::name`] and [`Metric::unit`];
/// alarms are made from the same names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Metric {
    /// Age of the oldest payout that is not in a terminal state.
    PayoutAgeSecondsMax,
    /// Age of the oldest payment that may still change.
    PaymentAgeSecondsMax,
    /// From the provider's time on a webhook to our being done with it.
    WebhookLagSeconds,
    /// From a commit to the frame on a socket.
    PushLatencyMs,
    /// From what a notice is about to the first call of a provider for it, by `priority`. Of what was
    /// held for its reader's sake, nothing is said.
    NoticeLatencyMs,
    /// Calls of providers for notices, by `channel`, `provider` and `outcome`.
    NoticeCalls,
    /// Of a hundred deliveries of the last quarter of an hour, those that their provider took and that
    /// have not failed, by `channel` and `provider`.
    NoticeSuccessPercent,
    /// Providers of notices that take too few. Written by each look, also when it is 0.
    ProvidersFailing,
    /// What is left at Twilio, in millionths of the account's currency.
    TwilioBalanceMicros,
    /// By how much that is less than it should be.
    TwilioShortfallMicros,
    /// Requests that were refused, by `code`.
    RefusalsByCode,
    /// Requests and messages that failed because of us.
    Failures,
    /// By how many minor units the ledger does not add up. Anything but 0 is an alarm.
    LedgerDiscrepancy,
    /// Places at which the log of operators' acts is not as it was written. Anything but 0 is an alarm.
    AuditBreaks,
    /// What users are owed, in minor units: wallets, batches on their way, suspense.
    UsersOwed,
    /// What lies in the payout account, in minor units, as the provider says.
    ProviderBalance,
    /// In minor units: payouts that have left and are not booked, and what the gateway has yet to settle.
    MoneyOnItsWay,
    /// By how many minor units what users are owed is not covered by all that.
    FloatShortfall,
    /// By how many minor units the payout account is off from what our books say of it.
    FloatUnexplained,
    /// Differences between ledger, provider and bank that somebody has to look at.
    ReconciliationDifferences,
    /// From the end of the newest day that was compared until now.
    ReconciliationLagSeconds,
    /// Payments that belong to no order.
    SuspenseItems,
    /// Messages in dead-letter queues.
    DeadLetters,
    /// Times that a commit began again because somebody was quicker.
    CommitRetries,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Seconds,
    Milliseconds,
    Count,
    Percent,
    None,
}

impl Metric {
    pub const ALL: &[Self] = &[
        Self::PayoutAgeSecondsMax,
        Self::PaymentAgeSecondsMax,
        Self::WebhookLagSeconds,
        Self::PushLatencyMs,
        Self::NoticeLatencyMs,
        Self::NoticeCalls,
        Self::NoticeSuccessPercent,
        Self::ProvidersFailing,
        Self::TwilioBalanceMicros,
        Self::TwilioShortfallMicros,
        Self::RefusalsByCode,
        Self::Failures,
        Self::LedgerDiscrepancy,
        Self::AuditBreaks,
        Self::UsersOwed,
        Self::ProviderBalance,
        Self::MoneyOnItsWay,
        Self::FloatShortfall,
        Self::FloatUnexplained,
        Self::ReconciliationDifferences,
        Self::ReconciliationLagSeconds,
        Self::SuspenseItems,
        Self::DeadLetters,
        Self::CommitRetries,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::PayoutAgeSecondsMax => "PayoutAgeSecondsMax",
            Self::PaymentAgeSecondsMax => "PaymentAgeSecondsMax",
            Self::WebhookLagSeconds => "WebhookLagSeconds",
            Self::PushLatencyMs => "PushLatencyMs",
            Self::NoticeLatencyMs => "NoticeLatencyMs",
            Self::NoticeCalls => "NoticeCalls",
            Self::NoticeSuccessPercent => "NoticeSuccessPercent",
            Self::ProvidersFailing => "ProvidersFailing",
            Self::TwilioBalanceMicros => "TwilioBalanceMicros",
            Self::TwilioShortfallMicros => "TwilioShortfallMicros",
            Self::RefusalsByCode => "Refusals",
            Self::Failures => "Failures",
            Self::LedgerDiscrepancy => "LedgerDiscrepancy",
            Self::AuditBreaks => "AuditBreaks",
            Self::UsersOwed => "UsersOwed",
            Self::ProviderBalance => "ProviderBalance",
            Self::MoneyOnItsWay => "MoneyOnItsWay",
            Self::FloatShortfall => "FloatShortfall",
            Self::FloatUnexplained => "FloatUnexplained",
            Self::ReconciliationDifferences => "ReconciliationDifferences",
            Self::ReconciliationLagSeconds => "ReconciliationLagSeconds",
            Self::SuspenseItems => "SuspenseItems",
            Self::DeadLetters => "DeadLetters",
            Self::CommitRetries => "CommitRetries",
        }
    }

    pub const fn unit(self) -> Unit {
        match self {
            Self::PayoutAgeSecondsMax | Self::PaymentAgeSecondsMax | Self::WebhookLagSeconds | Self::ReconciliationLagSeconds => {
                Unit::Seconds
            }
            Self::PushLatencyMs | Self::NoticeLatencyMs => Unit::Milliseconds,
            Self::NoticeSuccessPercent => Unit::Percent,
            Self::NoticeCalls
            | Self::ProvidersFailing
            | Self::RefusalsByCode
            | Self::Failures
            | Self::AuditBreaks
            | Self::SuspenseItems
            | Self::DeadLetters
            | Self::CommitRetries
            | Self::ReconciliationDifferences => Unit::Count,
            Self::TwilioBalanceMicros
            | Self::TwilioShortfallMicros
            | Self::LedgerDiscrepancy
            | Self::UsersOwed
            | Self::ProviderBalance
            | Self::MoneyOnItsWay
            | Self::FloatShortfall
            | Self::FloatUnexplained => Unit::None,
        }
    }
}

impl Unit {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Seconds => "Seconds",
            Self::Milliseconds => "Milliseconds",
            Self::Count => "Count",
            Self::Percent => "Percent",
            Self::None => "None",
        }
    }
}

static FUNCTION: OnceLock<String> = OnceLock::new();

/// Begins to emit. A process that never says so, such as a test, emits nothing.
pub fn init(function: &str) {
    let _ = FUNCTION.set(function.to_owned());
}

/// Emits one value. `dimensions` have few values each: a code, a queue; never a user.
pub fn emit(metric: Metric, value: f64, dimensions: &[(&'static str, &str)]) {
    if let Some(function) = FUNCTION.get() {
        let mut line = line(function, jiff::Timestamp::now().as_millisecond(), metric, value, dimensions);
        line.push('\n');
        // stdout: Lambda takes a line from either, and this one is for no person to read.
        let _ = std::io::stdout().write_all(line.as_bytes());
    }
}

fn line(function: &str, now_ms: i64, metric: Metric, value: f64, dimensions: &[(&'static str, &str)]) -> String {
    let names: Vec<&str> = dimensions.iter().map(|(name, _)| *name).collect();
    let mut line: Map<String, Value> = dimensions.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect();
    line.insert("function".to_owned(), function.into());
    line.insert(metric.name().to_owned(), value.into());
    line.insert(
        "_aws".to_owned(),
        json!({
            "Timestamp": now_ms,
            "CloudWatchMetrics": [{
                "Namespace": NAMESPACE,
                // Not by function: an alarm looks at a metric as a whole, and each further
                // combination of dimensions is a metric that is paid for.
                "Dimensions": [names],
                "Metrics": [{ "Name": metric.name(), "Unit": metric.unit().as_str() }],
            }],
        }),
    );
    Value::Object(line).to_string()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use serde_json::{Value, json};

    use super::{Metric, line};

    #[test]
    fn a_line_is_as_cloudwatch_reads_it() {
        let line = line("api-payouts", 1_790_000_000_000, Metric::RefusalsByCode, 1.0, &[("code", "not_enough")]);
        assert_eq!(
            serde_json::from_str::<Value>(&line).unwrap(),
            json!({
                "_aws": {
                    "Timestamp": 1_790_000_000_000_i64,
                    "CloudWatchMetrics": [{
                        "Namespace": "Kamai",
                        "Dimensions": [["code"]],
                        "Metrics": [{"Name": "Refusals", "Unit": "Count"}],
                    }],
                },
                "function": "api-payouts",
                "code": "not_enough",
                "Refusals": 1.0,
            })
        );
    }

    #[test]
    fn every_metric_has_a_name_of_its_own() {
        let names: HashSet<_> = Metric::ALL.iter().map(|metric| metric.name()).collect();
        assert_eq!(names.len(), Metric::ALL.len());
    }
}
