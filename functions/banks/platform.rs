//! Reading a gig platform: which days are still to be read, a window of them at a time, and what it told of them.
//!
//! Source: `platforms.md`, sections 2 and 3. The last days come first, so that there is something to see at once; then what
//! is behind them; then each morning, and what may have been revised once a week.

use super::reader::Turn;
use crate::{
    book::{Telling, take_earned},
    deps::Deps,
};
use domain::{
    Timestamp,
    bank::Bank,
    book::{Source, ToldWhole},
    id::{BankId, Fingerprint},
    limits::india_time,
};
use earnings::EarningsDay;
use jiff::{SignedDuration, ToSpan as _, civil::Date};
use lambda::{Failed, Trace};
use providers::{
    banks::BankError,
    platforms::{
        PlatformError, Window,
        connector::{Connector, Finding, Tokens, Wanted},
    },
};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// How far a platform was read. It is sealed with the rest of the view.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Progress {
    /// What is still to be read, in this order; both days of each among them.
    todo: VecDeque<(Date, Date)>,
    /// The last day that was asked for.
    read_until: Option<Date>,
    /// When the last month was last read once more.
    reread_on: Option<Date>,
    cursor: Option<String>,
    /// Whether a fleet is paid in their place, so that nothing of what they earn is to be read here.
    #[serde(default)]
    pub is_of_fleet: bool,
}

/// What a platform told of a window.
pub struct PlatformNews {
    pub days: Vec<EarningsDay>,
    pub whole: Option<ToldWhole>,
}

/// What is read first, and shown at once.
const FIRST_DAYS: i64 = 7;
/// What is read at least when it is connected: a quarter, and the financial year, whose days count for social security.
const BACK_DAYS: i64 = 90;
/// What may have been revised since, and how often it is read again.
const REVISED_DAYS: i64 = 30;
const REREAD_EVERY_DAYS: i64 = 7;
/// Trips of the night are told late.
const OVERLAP_DAYS: i64 = 2;
/// Between two windows.
const NEXT_WINDOW_IN: SignedDuration = SignedDuration::from_secs(1);
/// When platforms are read, in India, and over how many minutes everybody's readings are spread.
const MORNING_HOUR: i8 = 5;
const SPREAD_MINUTES: u8 = 55;

impl Progress {
    /// What is to be read now, where nothing is under way.
    fn plan(&mut self, today: Date) {
        if !self.todo.is_empty() {
            return;
        }
        let back = |days: i64| today.saturating_sub((days - 1).days());
        let Some(until) = self.read_until else {
            let recent = back(FIRST_DAYS);
            let first = back(BACK_DAYS).min(year_began(today));
            self.todo = VecDeque::from([(recent, today), (first, recent.saturating_sub(1.day()))]);
            self.reread_on = Some(today);
            return;
        };
        let is_old = self.reread_on.is_none_or(|on| on.saturating_add(REREAD_EVERY_DAYS.days()) <= today);
        let from = if is_old { back(REVISED_DAYS).min(until) } else { until.min(today).saturating_sub(OVERLAP_DAYS.days()) };
        self.reread_on = if is_old { Some(today) } else { self.reread_on };
        self.todo.push_back((from, today));
    }

    /// Takes out what was read.
    fn read(&mut self, next_from: Option<Date>, today: Date) {
        match (next_from, self.todo.front_mut()) {
            (Some(next), Some(stretch)) if next <= stretch.1 => stretch.0 = next,
            _ => {
                self.todo.pop_front();
            }
        }
        if self.todo.is_empty() {
            self.read_until = Some(today);
        }
    }
}

/// What one window came to.
pub struct WindowRead {
    pub progress: Progress,
    pub news: PlatformNews,
    pub more_in: SignedDuration,
}

/// Reads the next window of what is to be read.
pub async fn read(connector: &Connector, tokens: &Tokens, mut progress: Progress, turn: &Turn<'_>) -> Result<WindowRead, PlatformError> {
    let (id, now) = (turn.bank, turn.now);
    let today = india_time(now).date();
    progress.plan(today);
    let (from, until) = progress.todo.front().copied().unwrap_or((today, today));
    let wanted = Wanted { window: Window { from, until }, cursor: progress.cursor.as_deref() };
    let mut reading = connector.open(&wanted, now.as_second())?;
    let read = connector.read(&mut reading, tokens, turn.standing, now.as_second()).await?;
    for finding in &read.findings {
        tracing::info!(platform = connector.name(), ?finding, "noticed while reading a platform");
    }
    progress.is_of_fleet = read.findings.contains(&Finding::FleetDriver);
    progress.cursor = read.cursor.or(progress.cursor);
    progress.read(read.next_from, today);
    let whole =
        read.covers.map(|window| ToldWhole { platform: connector.name().to_owned(), from: window.from, until: window.until, told_at: now });
    let more_in = if progress.todo.is_empty() { next_morning(id, now) } else { NEXT_WINDOW_IN };
    Ok(WindowRead { progress, news: PlatformNews { days: read.days, whole }, more_in })
}

/// Writes down what was told, and returns whether it could be: else these days are not read yet.
pub async fn take(deps: &Deps, bank: &Bank, news: &PlatformNews, trace: &Trace) -> Result<bool, Failed> {
    let telling = Telling { source: Source::Platform, platform: &bank.bank, told_at: deps.clock.now() };
    let taken = take_earned(deps, bank.user, &telling, &news.days, news.whole.as_ref(), trace).await?;
    if taken.is_err() {
        tracing::error!(platform = bank.bank, "a platform tells of more records in a day than a day has room for");
    }
    Ok(taken.is_ok())
}

/// The first of April that was last.
fn year_began(today: Date) -> Date {
    let april = Date::new(today.year(), 4, 1).unwrap_or(today);
    if april <= today { april } else { april.saturating_sub(1.year()) }
}

/// Until the next morning, each connection at a minute of its own.
fn next_morning(id: BankId, now: Timestamp) -> SignedDuration {
    let local = india_time(now);
    let minute = i8::try_from(Fingerprint::of("morning", &id.to_string()).shard(SPREAD_MINUTES)).unwrap_or_default();
    let at = |day: Date| day.at(MORNING_HOUR, minute, 0, 0).to_zoned(local.time_zone().clone());
    let next = at(local.date()).ok().filter(|next| next.timestamp() > now).or_else(|| at(local.date().saturating_add(1.day())).ok());
    next.map_or(SignedDuration::from_hours(24), |next| next.timestamp().duration_since(now))
}

pub fn bank_error(error: PlatformError) -> BankError {
    match error {
        PlatformError::LinkExpired => BankError::LinkExpired,
        PlatformError::LinkDeclined => BankError::LinkDeclined,
        PlatformError::ForeignLink => BankError::ForeignLink,
        PlatformError::NeedsReauth => BankError::SignInAgain,
        PlatformError::TokensStale => BankError::TokensStale,
        PlatformError::EndedMeanwhile => BankError::EndedMeanwhile,
        PlatformError::PlatformDown(why) => BankError::ProviderDown(why),
        PlatformError::TryLater { after_ms } => BankError::TryLater { after_ms },
        PlatformError::Misconfigured(why) => BankError::Misconfigured(why),
        PlatformError::Quarantined(why) => BankError::Unreadable(why),
    }
}
