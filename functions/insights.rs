//! The cash-flow agent: looks at a cash book, and tells its owner what changed and matters.
//!
//! What it makes of the book is `cashflow`'s, purely; here it is read, told and remembered. A notice is opened under
//! the key of its news before it is remembered that it was told, so it is told once whoever dies in between.

mod facts;
mod tell;

pub use facts::{Known, known};
pub use tell::called;

use crate::{
    apply::{failed, store_failed},
    book,
    deps::Deps,
};
use cashflow::{analyse, news::news};
use domain::{
    book::{Shortfall, shortfalls},
    engine::{Key, Record},
    finding::{FINDINGS_MAX, Finding, RaiseFindings},
    id::{Fingerprint, UserId},
    limits::india_time,
    outlook::EndLook,
};
use lambda::{Failed, Trace};

/// Findings that are told of in one look; the others are shown.
const FINDINGS_TOLD_MAX: usize = 3;

/// Looks at a book, if it is time.
pub async fn look(deps: &Deps, user: UserId, trace: &Trace) -> Result<(), Failed> {
    let now = deps.clock.now();
    let Some(Record::Book(book)) = deps.store.record(&Key::Book(user)).await.map_err(store_failed)? else { return Ok(()) };
    if book.due_at.is_none_or(|due| due > now) {
        return Ok(());
    }
    let today = india_time(now).date();
    book::fade(deps, &book, today, trace).await?;
    let known = known(deps, user, today, trace).await?;
    let told = match deps.store.record(&Key::Outlook(user)).await.map_err(store_failed)? {
        Some(Record::Outlook(outlook)) => outlook.told,
        _ => cashflow::news::Told::default(),
    };
    let (notices, told) = news(&told, &analyse(&known.facts(today)));
    for notice in &notices {
        tell::tell(deps, user, notice, &known, today, trace).await?;
    }
    for finding in findings(deps, user, &shortfalls(&known.pages, &known.worked, today), trace).await?.iter().take(FINDINGS_TOLD_MAX) {
        tell::shortfall(deps, finding, trace).await?;
    }
    deps.execute(&EndLook { user, changes: book.changes, told }, trace).await.map_err(failed)
}

/// Takes over what does not add up now, and returns what nobody knew of.
async fn findings(deps: &Deps, user: UserId, found: &[Shortfall], trace: &Trace) -> Result<Vec<Finding>, Failed> {
    let known = deps.store.findings(user).await.map_err(store_failed)?;
    // The latest ones, should there be more than one looks at.
    let found: Vec<Shortfall> = found.iter().rev().take(FINDINGS_MAX / 2).cloned().collect();
    let ids: Vec<Fingerprint> = found.iter().map(|shortfall| Finding::id_of(user, shortfall)).collect();
    let gone = known.iter().filter(|finding| finding.stands() && !ids.contains(&finding.id)).map(|finding| finding.id);
    let gone: Vec<Fingerprint> = gone.take(FINDINGS_MAX / 2).collect();
    if found.is_empty() && gone.is_empty() {
        return Ok(Vec::new());
    }
    deps.execute(&RaiseFindings { user, found, gone }, trace).await.map_err(failed)
}
