//! The cash book: what our own ledger, banks, SMS, platforms and people tell of a user's money, once.
//!
//! Who tells is translated into [`Seen`] here, and written down by one command. `docs/cash-book.md` has the whole.

mod bank;
mod earned;
mod fade;
mod file;
pub(crate) mod naming;
mod sms;
mod wallet;

pub use bank::{is_active, is_told_by, lapse, loans, tells as bank_tells};
pub use earned::{Telling, take as take_earned};
pub use fade::fade;
pub use file::{Taken, statement as take_statement};
pub use sms::{Heard, RAW, Sms, hear};
pub use wallet::note as note_fact;

use crate::{apply::store_failed, deps::Deps, vault::Vault};
use domain::{
    book::{
        BATCH_MAX, DAYS_MAX, Days, Elsewhere, Entry, Flow, NamedBy, Nature, Observe, Page, PageIsFull, Placed, Seen, Sighting, Source,
        SyncNote, Synced, WAITS_DAYS, days,
    },
    id::{Fingerprint, UserId},
    limits::india_noon,
};
use jiff::{ToSpan as _, civil::Date};
use lambda::{Failed, Trace};
use store::ExecuteError;

/// What was earned and spent from one day to another, both included.
pub async fn sums(deps: &Deps, user: UserId, span: (Date, Date)) -> Result<Days, Failed> {
    Ok(told(deps, user, span).await?.0)
}

/// The same, with the pages of those days.
pub async fn told(deps: &Deps, user: UserId, (from, to): (Date, Date)) -> Result<(Days, Vec<Page>), Failed> {
    let first = from.saturating_sub(WAITS_DAYS.days());
    let read = futures::join!(deps.store.pages(user, first, to), deps.store.worked(user, first, to));
    let (mut pages, worked) = (read.0.map_err(store_failed)?, read.1.map_err(store_failed)?);
    let sums = days(&pages, &worked, from);
    pages.retain(|page| page.day >= from);
    Ok((sums, pages))
}

/// An entry as its owner sees it.
pub struct NamedEntry {
    pub entry: Entry,
    pub name: Option<String>,
}

impl NamedEntry {
    pub fn open(vault: &Vault, entry: Entry) -> Result<Self, Failed> {
        let name = entry.name.as_ref().map(|sealed| vault.open(naming::NAME, sealed)).transpose()?;
        Ok(Self { entry, name })
    }
}

/// Takes over a change of a note, wherever the note is by now.
pub async fn sync(deps: &Deps, change: SyncNote, trace: &Trace) -> Result<Result<Synced, PageIsFull>, Failed> {
    /// Somebody else may move it meanwhile.
    const TRIES_MAX: u32 = 5;
    let mut change = change;
    for _ in 0..TRIES_MAX {
        match deps.execute(&change, trace).await {
            Ok(synced) => return Ok(Ok(synced)),
            Err(ExecuteError::Refused(Elsewhere::Moved { was })) => change.was = was,
            Err(ExecuteError::Refused(Elsewhere::Full(full))) => return Ok(Err(full)),
            Err(ExecuteError::Store(error)) => return Err(store_failed(error)),
        }
    }
    Err(Failed::later("the note is moved again and again"))
}

/// Writes down what is told, a few at a time. Each is known again by its id, so a part that was written
/// before a failure does no harm.
pub async fn observe(deps: &Deps, user: UserId, seen: &[Seen], trace: &Trace) -> Result<Result<Vec<Placed>, PageIsFull>, Failed> {
    let mut placed = Vec::with_capacity(seen.len());
    for some in batches(seen) {
        let told = some.iter().map(|(_, seen)| (*seen).clone()).collect();
        match deps.execute(&Observe { user, seen: told }, trace).await {
            Ok(done) => placed.extend(some.iter().map(|(place, _)| *place).zip(done)),
            Err(ExecuteError::Refused(full)) => return Ok(Err(full)),
            Err(ExecuteError::Store(error)) => return Err(store_failed(error)),
        }
    }
    placed.sort_by_key(|(place, _)| *place);
    Ok(Ok(placed.into_iter().map(|(_, placed)| placed).collect()))
}

/// The same; where a day is full, what else was told is written down all the same. `None` for what had no room.
async fn observe_each(deps: &Deps, user: UserId, seen: &[Seen], trace: &Trace) -> Result<Vec<Option<Placed>>, Failed> {
    if let Ok(placed) = observe(deps, user, seen, trace).await? {
        return Ok(placed.into_iter().map(Some).collect());
    }
    let mut all = Vec::with_capacity(seen.len());
    for one in seen {
        let placed = observe(deps, user, std::slice::from_ref(one), trace).await?;
        all.push(placed.ok().and_then(|placed| placed.into_iter().next()));
    }
    Ok(all)
}

/// As many as one command takes, each with its place; those of one day are together.
fn batches(seen: &[Seen]) -> Vec<Vec<(usize, &Seen)>> {
    let mut sorted: Vec<(usize, &Seen)> = seen.iter().enumerate().collect();
    sorted.sort_by_key(|(place, seen)| (seen.sighting.day(), *place));
    let mut batches: Vec<Vec<(usize, &Seen)>> = Vec::new();
    let mut days = 0;
    for one in sorted {
        let day = one.1.sighting.day();
        match batches.last_mut().filter(|batch| batch.len() < BATCH_MAX) {
            Some(batch) if batch.last().is_some_and(|(_, last)| last.sighting.day() == day) => batch.push(one),
            Some(batch) if days < DAYS_MAX => {
                days += 1;
                batch.push(one);
            }
            _ => {
                days = 1;
                batches.push(vec![one]);
            }
        }
    }
    batches
}

/// What somebody says of their own money.
pub struct Said<'a> {
    pub source: Source,
    /// Of what they said it in.
    pub id: Fingerprint,
    pub flow: Flow,
    /// In paise.
    pub amount: i64,
    /// A category or a platform's code; empty where they named none.
    pub what: &'a str,
    pub is_platform: bool,
}

impl Said<'_> {
    /// On a day of India's. Who says it says so of each movement once, in whatever app.
    pub fn on(&self, day: Date) -> Seen {
        let by = if self.what.is_empty() { NamedBy::Nobody } else { NamedBy::User };
        Seen {
            sighting: Sighting {
                source: self.source,
                id: self.id,
                teller: Fingerprint::of("teller", "owner"),
                at: india_noon(day),
                is_timed: false,
                amount: self.amount,
                reference: None,
                account: None,
                party: None,
            },
            flow: self.flow,
            nature: Nature::Ordinary,
            what: self.what.to_owned(),
            by,
            is_platform: self.is_platform,
            counter: None,
            name: None,
        }
    }
}
