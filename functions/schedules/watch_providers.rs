//! Looks at whether the providers of notices take what they are given, and whether there is money left to
//! send with.
//!
//! A provider is judged by the deliveries of the last quarter of an hour whose slots are over: what was
//! tried just now may still be tried again. Users whom it cannot reach say nothing of it. A carrier whose account is empty takes nothing any more, so
//! its balance is looked at before that shows.

use crate::{apply::store_failed, config::SmsCarrier, deps::Deps};
use domain::{
    Timestamp,
    notice::{Channel, tally::Tally},
};
use lambda::{
    BoxError, Deadline, Failed,
    log::chain::Chain,
    metrics::{Metric, emit},
};
use store::SLOT_S;

/// Slots that are looked at together.
const SLOTS: i64 = 3;
const MICROS: i64 = 1_000_000;

/// One provider of a channel that there is enough to judge by.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    pub channel: Channel,
    pub provider: String,
    pub tally: Tally,
    pub is_failing: bool,
}

/// What Twilio says is left, in millionths of the account's currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purse {
    pub micros: i64,
    pub currency: String,
    /// By how much that is less than it should be.
    pub short_micros: i64,
}

pub async fn handle(deps: &Deps, _deadline: Deadline) -> Result<(), Failed> {
    let (judged, purse) = futures::join!(judge(deps), purse(deps));
    if let Some(Purse { micros, currency, short_micros }) = purse {
        emit(Metric::TwilioBalanceMicros, micros as f64, &[]);
        emit(Metric::TwilioShortfallMicros, short_micros as f64, &[]);
        if short_micros > 0 {
            tracing::error!(micros, short_micros, currency, "Twilio's account runs out: add to it, or SMS end with it");
        }
    }
    let judged = judged?;
    for Judged { channel, provider, tally, is_failing } in &judged {
        let counts = tally.judged(&deps.notice_rules);
        let (channel, percent) = (channel.code(), counts.success_percent().unwrap_or_default());
        emit(Metric::NoticeSuccessPercent, percent, &[("channel", channel), ("provider", provider)]);
        if *is_failing {
            let (attempted, sent) = (counts.attempted, counts.sent);
            let reason = tally.commonest_reasons().first().map_or("none told", |(reason, _)| *reason);
            tracing::error!(
                channel,
                provider,
                percent,
                attempted,
                sent,
                reason,
                "a provider of notices fails: look at its status page, our account and keys there, and docs/notices.md"
            );
        }
    }
    emit(Metric::ProvidersFailing, judged.iter().filter(|judged| judged.is_failing).count() as f64, &[]);
    Ok(())
}

/// Every provider that there is enough to judge by.
pub async fn judge(deps: &Deps) -> Result<Vec<Judged>, Failed> {
    let until_s = deps.clock.now().as_second().div_euclid(SLOT_S) * SLOT_S;
    let since = Timestamp::from_second(until_s - SLOTS * SLOT_S).map_err(Failed::bug)?;
    let until = Timestamp::from_second(until_s).map_err(Failed::bug)?;
    let mut judged = Vec::new();
    for channel in Channel::ALL {
        let tallies = deps.store.deliveries_counted(*channel, since, until).await.map_err(store_failed)?;
        let enough = tallies.into_iter().filter(|(_, tally)| tally.is_enough(&deps.notice_rules));
        judged.extend(enough.map(|(provider, tally)| {
            let is_failing = tally.is_failing(&deps.notice_rules);
            Judged { channel: *channel, provider, tally, is_failing }
        }));
    }
    Ok(judged)
}

/// What is left at Twilio; `None` where it carries nothing of ours, or does not say.
pub async fn purse(deps: &Deps) -> Option<Purse> {
    if deps.settings.notices.sms_carrier != SmsCarrier::Twilio {
        return None;
    }
    let balance = async { Ok::<_, BoxError>(deps.texter().await?.client.balance().await?) };
    match balance.await {
        Ok(left) => {
            let short_micros = deps.notice_rules.twilio_balance_min.saturating_mul(MICROS).saturating_sub(left.micros).max(0);
            Some(Purse { micros: left.micros, currency: left.currency, short_micros })
        }
        Err(error) => {
            tracing::warn!(cause = %Chain(&*error), "Twilio does not tell what is left in its account");
            None
        }
    }
}
