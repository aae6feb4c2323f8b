//! Names in the cash book, which are kept for a time only.

use crate::{
    apply::{failed, store_failed},
    deps::Deps,
};
use domain::{
    book::{Book, DAYS_MAX, Fade, faded_until},
    id::UserId,
};
use jiff::{ToSpan as _, civil::Date};
use lambda::{Failed, Trace};

/// Days that are looked through at once for the next name.
const WINDOW_DAYS: i64 = 31;

/// Deletes the names whose time is over.
pub async fn fade(deps: &Deps, book: &Book, today: Date, trace: &Trace) -> Result<(), Failed> {
    let until = faded_until(today);
    let Some(first) = book.texts_from.filter(|first| *first <= until) else { return Ok(()) };
    let days = with_names(deps, book.user, (first, until)).await?;
    let next = next_named(deps, book.user, until, today).await?;
    let mut left = days.chunks(DAYS_MAX).peekable();
    loop {
        let days = left.next().unwrap_or_default().to_vec();
        // Whoever dies in between begins where this began.
        let is_last = left.peek().is_none();
        let texts_from = if is_last { next } else { Some(first) };
        deps.execute(&Fade { user: book.user, days, texts_from, changes: book.changes }, trace).await.map_err(failed)?;
        if is_last {
            return Ok(());
        }
    }
}

async fn with_names(deps: &Deps, user: UserId, (from, to): (Date, Date)) -> Result<Vec<Date>, Failed> {
    let pages = deps.store.pages(user, from, to).await.map_err(store_failed)?;
    Ok(pages.iter().filter(|page| page.has_texts()).map(|page| page.day).collect())
}

/// The first day after this of which there are names.
async fn next_named(deps: &Deps, user: UserId, after: Date, today: Date) -> Result<Option<Date>, Failed> {
    let mut from = after.saturating_add(1.day());
    // Of a day that is not yet here some banks tell already.
    while from <= today.saturating_add(WINDOW_DAYS.days()) {
        let to = from.saturating_add((WINDOW_DAYS - 1).days());
        if let Some(found) = with_names(deps, user, (from, to)).await?.first() {
            return Ok(Some(*found));
        }
        from = to.saturating_add(1.day());
    }
    Ok(None)
}
