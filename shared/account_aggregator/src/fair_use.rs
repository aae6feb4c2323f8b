//! Upper bounds of the ecosystem on what is asked for, and how often (`account-aggregator.md`, section 5).
//!
//! Aggregators refuse what is above them. They are checked here first: a request that would be refused
//! is not shown to anybody, and a fetch too many is not tried.

use jiff::{SignedDuration, Span, Timestamp};

use crate::state::ConsentState;
use crate::wire::{
    ConsentArtefact, ConsentDetail, ConsentType, DataLife, DataLifeUnit, FetchType, FiDataRange, Frequency, FrequencyUnit, PurposeCode,
    after,
};

/// What may be asked for under one purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template {
    pub purpose: PurposeCode,
    pub fetch_type: FetchType,
    pub data_life_days_max: u32,
    /// Of periodic fetches.
    pub fetches_a_month_max: Option<u32>,
    /// Where the table leaves it to a template of Sahamati's: what the one that is named there says.
    pub consent_days_max: Option<u32>,
    pub data_range: DataRangeMax,
    pub types: &'static [ConsentType],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataRangeMax {
    Days(u32),
    Months(u32),
}

const ALL: &[ConsentType] = &[ConsentType::Profile, ConsentType::Summary, ConsentType::Transactions];

/// Sahamati's table, as of January 2026.
pub const TEMPLATES: [Template; 5] = [
    Template {
        purpose: PurposeCode::WealthManagement,
        fetch_type: FetchType::Periodic,
        data_life_days_max: 31,
        fetches_a_month_max: Some(31),
        consent_days_max: Some(366),
        data_range: DataRangeMax::Months(13),
        types: ALL,
    },
    // CT008.
    Template {
        purpose: PurposeCode::SpendingPatterns,
        fetch_type: FetchType::Periodic,
        data_life_days_max: 31,
        fetches_a_month_max: Some(45),
        consent_days_max: Some(366),
        data_range: DataRangeMax::Months(13),
        types: ALL,
    },
    // CT006.
    Template {
        purpose: PurposeCode::AggregatedStatement,
        fetch_type: FetchType::OneTime,
        data_life_days_max: 31,
        fetches_a_month_max: None,
        consent_days_max: Some(45),
        data_range: DataRangeMax::Months(12),
        types: ALL,
    },
    Template {
        purpose: PurposeCode::Monitoring,
        fetch_type: FetchType::Periodic,
        data_life_days_max: 31,
        fetches_a_month_max: Some(5),
        consent_days_max: None,
        data_range: DataRangeMax::Months(6),
        types: ALL,
    },
    Template {
        purpose: PurposeCode::OneTime,
        fetch_type: FetchType::OneTime,
        data_life_days_max: 1,
        fetches_a_month_max: None,
        consent_days_max: Some(1),
        data_range: DataRangeMax::Days(1),
        types: &[ConsentType::Profile, ConsentType::Summary],
    },
];

/// Which term of a request is above what its purpose allows. An aggregator would say `InvalidConsentDetail`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfair {
    #[error("the purpose has no template")]
    Purpose,
    #[error("`fetchType` is not that of the purpose")]
    FetchType,
    #[error("`consentTypes` are none, or more than the purpose has")]
    Types,
    #[error("`consentExpiry` is not after the start, or too long after it")]
    Expiry,
    #[error("`DataLife` is nought or too long")]
    DataLife,
    #[error("`Frequency` is nought or too high")]
    Frequency,
    #[error("`FIDataRange` ends before it starts, or is too long")]
    DataRange,
}

/// Whether a request stays within the bounds of its purpose.
///
/// # Errors
///
/// [`Unfair`], for the first term that does not.
pub fn check(detail: &ConsentDetail) -> Result<(), Unfair> {
    let template = TEMPLATES.iter().find(|template| template.purpose == detail.purpose.code).ok_or(Unfair::Purpose)?;
    let holds = |holds: bool, otherwise: Unfair| if holds { Ok(()) } else { Err(otherwise) };
    holds(detail.fetch_type == template.fetch_type, Unfair::FetchType)?;
    let types = &detail.types;
    holds(!types.is_empty() && types.iter().all(|kind| template.types.contains(kind)), Unfair::Types)?;
    let consent = SignedDuration::from_hours(24 * i64::from(template.consent_days_max.unwrap_or(u32::MAX)));
    let lasts = detail.expires_at.duration_since(detail.starts_at);
    // A year is as many days as that year has.
    let year =
        template.consent_days_max != Some(366) || after(detail.starts_at, Span::new().years(1)).is_some_and(|end| detail.expires_at <= end);
    holds(lasts.is_positive() && lasts <= consent && year, Unfair::Expiry)?;
    holds(is_life_within(detail.data_life, template.data_life_days_max), Unfair::DataLife)?;
    holds(template.fetches_a_month_max.is_none_or(|max| is_frequency_within(detail.frequency, max)), Unfair::Frequency)?;
    holds(is_range_within(detail.data_range, template.data_range), Unfair::DataRange)
}

fn is_life_within(life: DataLife, days_max: u32) -> bool {
    match life.unit {
        DataLifeUnit::Day => (1..=days_max).contains(&life.value),
        DataLifeUnit::Month => life.value == 1 && days_max >= 31,
        DataLifeUnit::Year | DataLifeUnit::Inf => false,
    }
}

/// Never more than once a day, whatever the month allows.
fn is_frequency_within(frequency: Frequency, a_month_max: u32) -> bool {
    match frequency.unit {
        FrequencyUnit::Day => frequency.value == 1 && a_month_max >= 31,
        FrequencyUnit::Month => (1..=a_month_max).contains(&frequency.value),
        FrequencyUnit::Year => frequency.value > 0 && frequency.value <= a_month_max.saturating_mul(12),
        FrequencyUnit::Hour | FrequencyUnit::Inf => false,
    }
}

fn is_range_within(range: FiDataRange, max: DataRangeMax) -> bool {
    let span = match max {
        DataRangeMax::Days(days) => Span::new().try_days(days),
        DataRangeMax::Months(months) => Span::new().try_months(months),
    };
    let latest = span.ok().and_then(|span| after(range.from, span));
    range.from < range.to && latest.is_some_and(|latest| range.to <= latest)
}

/// Why data may not be asked for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MayNot {
    #[error("the consent is not active")]
    NotActive { state: ConsentState },
    #[error("the consent begins at {at}")]
    NotBegun { at: Timestamp },
    #[error("the consent ended at {at}")]
    Over { at: Timestamp },
    #[error("the data's range is not within the consent's")]
    OutsideRange,
    #[error("the one fetch was made")]
    Spent,
    #[error("the fetches are used up until {again_at}")]
    TooOften { again_at: Timestamp },
}

/// Whether data may be asked for under an artefact now, where they were asked for at `fetched`.
///
/// Windows roll: in none that ends now may there be more fetches than the frequency says. That is never
/// looser than a count by calendar days or months, whichever the aggregator keeps.
///
/// # Errors
///
/// [`MayNot`]; the request is not sent.
pub fn may_fetch(
    artefact: &ConsentArtefact,
    state: ConsentState,
    range: FiDataRange,
    fetched: &[Timestamp],
    now: Timestamp,
) -> Result<(), MayNot> {
    let detail = &artefact.detail;
    if !state.lets_fetch() {
        return Err(MayNot::NotActive { state });
    }
    if now < detail.starts_at {
        return Err(MayNot::NotBegun { at: detail.starts_at });
    }
    if now >= detail.expires_at {
        return Err(MayNot::Over { at: detail.expires_at });
    }
    if !detail.data_range.contains(&range) {
        return Err(MayNot::OutsideRange);
    }
    if detail.fetch_type == FetchType::OneTime {
        return if fetched.is_empty() { Ok(()) } else { Err(MayNot::Spent) };
    }
    match again_at(detail.frequency, fetched, now) {
        Some(again_at) => Err(MayNot::TooOften { again_at }),
        None => Ok(()),
    }
}

/// When the next fetch is free; `None` where it is so now.
fn again_at(frequency: Frequency, fetched: &[Timestamp], now: Timestamp) -> Option<Timestamp> {
    let window = match frequency.unit {
        FrequencyUnit::Hour => SignedDuration::from_hours(1),
        FrequencyUnit::Day => SignedDuration::from_hours(24),
        FrequencyUnit::Month => SignedDuration::from_hours(31 * 24),
        FrequencyUnit::Year => SignedDuration::from_hours(366 * 24),
        FrequencyUnit::Inf => return None,
    };
    let mut recent: Vec<Timestamp> = fetched.iter().copied().filter(|at| now.duration_since(*at) < window).collect();
    recent.sort_unstable();
    // The one whose place the next would take.
    let allowed = usize::try_from(frequency.value).unwrap_or(usize::MAX);
    let Some(blocking) = recent.len().checked_sub(allowed.max(1)).and_then(|place| recent.get(place)) else {
        return (allowed == 0).then_some(Timestamp::MAX);
    };
    Some(blocking.checked_add(window).unwrap_or(Timestamp::MAX))
}

#[cfg(test)]
mod tests;
