//! `/v1/cashbook`, `/v1/sms/batch` and `/v1/sync`: the caller's movements of money, whoever tells of them.

use crate::{
    api::limit,
    body::cashbook::{
        BATCH_MAX, CashbookBody, CorrectRequest, DayBody, DaySumBody, DaysQuery, EntryBody, SmsBatch, SmsBody, SmsResult, SmsResults,
        SyncRecord, SyncRequest, SyncResult, SyncResults, WHAT_CHARS_MAX, is_what,
    },
    book::{self, NamedEntry, Sms},
    deps::Deps,
    privacy::consents::demand,
    refusals::{problem, store_problem},
    router::{Signed, admit},
    vault::Vault,
};
use domain::{
    Timestamp,
    book::{Change, Correct, Days},
    consent::Purpose,
    id::Fingerprint,
    limits::india_time,
};
use jiff::{SignedDuration, ToSpan as _, civil::Date};
use lambda::{Failed, Problem, Reply, Request};

const HOUR_S: i64 = 3_600;
/// By how much an app's clock may be ahead.
const CLOCK_AHEAD_MAX: SignedDuration = SignedDuration::from_mins(5);
/// Batches that one user may send within an hour: a phone's messages of years, at once.
const BATCHES_MAX: u64 = 300;
/// A hundred long messages, in any script.
const BODY_BYTES_MAX: usize = 1024 * 1024;
/// Days that are told at once.
const DAYS_MAX: i32 = 31;

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let caller = admit(deps, &request).await?;
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/v1/cashbook") => list(deps, &caller, &request).await,
        ("POST", "/v1/cashbook/{day}/{entry}") => correct(deps, &caller, &request).await,
        ("POST", "/v1/sms/batch") => sms(deps, &caller, &request).await,
        ("POST", "/v1/sync") => sync(deps, &caller, &request).await,
        _ => Err(Problem::not_found()),
    }
}

pub(super) fn failed(why: Failed) -> Problem {
    Problem::unavailable(why)
}

/// A stretch of days, both included.
pub(super) fn days(from: &str, to: &str) -> Result<(Date, Date), Problem> {
    let (from, to) = (day(from, "/from")?, day(to, "/to")?);
    if to < from || to >= from.saturating_add(DAYS_MAX.days()) {
        return Err(Problem::invalid_field("/to", format!("must be `from` or later, and at most {DAYS_MAX} days in all")));
    }
    Ok((from, to))
}

fn day(text: &str, pointer: &str) -> Result<Date, Problem> {
    text.parse().map_err(|_| Problem::invalid_field(pointer, "must be a day such as `2026-11-20`"))
}

async fn list(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let query: DaysQuery = request.query()?;
    let (from, to) = days(&query.from, &query.to)?;
    let vault = deps.vault(caller.user, &request.trace()).await.map_err(failed)?;
    let (sums, pages) = book::told(deps, caller.user, (from, to)).await.map_err(failed)?;
    let of_day = |page: domain::book::Page| shown(&vault, &sums, page);
    let days = pages.into_iter().rev().filter(|page| !page.is_empty()).map(of_day).collect::<Result<_, Problem>>()?;
    Ok(Reply::ok(&CashbookBody::new(&sums, days)))
}

fn shown(vault: &Vault, sums: &Days, page: domain::book::Page) -> Result<DayBody, Problem> {
    let sum = sums.days.get(&page.day).copied().unwrap_or_default();
    let left = page.sums.iter().map(DaySumBody::from).collect();
    let mut entries = page.entries;
    entries.sort_by_key(|entry| (std::cmp::Reverse(entry.at()), entry.id));
    let entries = entries.into_iter().map(|entry| Ok(EntryBody::new(page.day, NamedEntry::open(vault, entry).map_err(failed)?)));
    Ok(DayBody {
        day: page.day.to_string(),
        income_amount: sum.income,
        expenses_amount: sum.expenses,
        entries: entries.collect::<Result<_, Problem>>()?,
        sums: left,
    })
}

async fn correct(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let (day, entry): (Date, Fingerprint) = (request.param("day")?, request.param("entry")?);
    let body: CorrectRequest = request.json()?;
    if let Some(what) = body.what.as_deref().filter(|what| !is_what(what)) {
        let rule = format!("must be a category's code: up to {WHAT_CHARS_MAX} small letters, digits and `_`");
        return Err(Problem::invalid_field("/what", format!("{rule}; it is `{}`", what.chars().take(WHAT_CHARS_MAX).collect::<String>())));
    }
    let changes: Vec<Change> =
        body.what.map(Change::What).into_iter().chain(body.nature.map(|nature| Change::Nature(nature.into()))).collect();
    if changes.is_empty() {
        return Err(Problem::invalid_field("", "give `what`, `nature` or both"));
    }
    let command = Correct { user: caller.user, day, entry, changes, said_at: deps.clock.now() };
    let entry = deps.execute(&command, &request.trace()).await.map_err(problem)?;
    let vault = deps.vault(caller.user, &request.trace()).await.map_err(failed)?;
    Ok(Reply::ok(&EntryBody::new(day, NamedEntry::open(&vault, entry).map_err(failed)?)))
}

async fn sms(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let batch: SmsBatch = request.json_within(BODY_BYTES_MAX)?;
    within(batch.messages.len(), "/messages")?;
    let messages = batch.messages.into_iter().enumerate().map(|(place, sms)| message(place, sms)).collect::<Result<Vec<_>, _>>()?;
    demand(deps, caller.user, Purpose::Sms).await?;
    limit(deps, &format!("sms-batches:{}", caller.user), BATCHES_MAX, HOUR_S).await?;
    let heard = book::hear(deps, caller.user, &messages, &request.trace()).await.map_err(failed)?;
    // Who takes it back meanwhile may have had texts removed before these were kept.
    if let Err(taken_back) = demand(deps, caller.user, Purpose::Sms).await {
        deps.store.forget_raw(caller.user).await.map_err(store_problem)?;
        return Err(taken_back);
    }
    Ok(Reply::ok(&SmsResults { items: heard.iter().map(SmsResult::from).collect() }))
}

fn within(count: usize, pointer: &str) -> Result<(), Problem> {
    if (1..=BATCH_MAX).contains(&count) { Ok(()) } else { Err(Problem::invalid_field(pointer, format!("must have 1 to {BATCH_MAX}"))) }
}

fn message(place: usize, sms: SmsBody) -> Result<Sms, Problem> {
    let bad = |field: &str, rule: &str| Problem::invalid_field(format!("/messages/{place}/{field}"), rule);
    if sms.text.is_empty() || sms.text.chars().count() > SmsBody::TEXT_CHARS_MAX {
        return Err(bad("text", "must have 1 to 2000 characters"));
    }
    if sms.sender.as_ref().is_some_and(|sender| sender.chars().count() > SmsBody::SENDER_CHARS_MAX) {
        return Err(bad("sender", "must have at most 32 characters"));
    }
    let received_at = time(&sms.received_at).ok_or_else(|| bad("received_at", "must be a time such as `2026-11-21T18:30:00Z`"))?;
    Ok(Sms { sender: sms.sender, text: sms.text, received_at })
}

/// A phone's time, as exactly as times are kept, and as the phone says it: the same however often it is handed on.
fn time(text: &str) -> Option<Timestamp> {
    Timestamp::from_millisecond(text.parse::<Timestamp>().ok()?.as_millisecond()).ok()
}

/// A change from the future would win over all that others do until then.
fn changed_at(deps: &Deps, text: &str) -> Result<Timestamp, String> {
    let at = time(text).ok_or("`changed_at` must be a time such as `2026-11-21T18:30:00Z`")?;
    if at > deps.clock.now() + CLOCK_AHEAD_MAX {
        return Err("`changed_at` is ahead of our clock: the app's is wrong by as much as `server_time` differs from it".to_owned());
    }
    Ok(at)
}

async fn sync(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let body: SyncRequest = request.json_within(BODY_BYTES_MAX)?;
    within(body.records.len(), "/records")?;
    limit(deps, &format!("sync-batches:{}", caller.user), BATCHES_MAX, HOUR_S).await?;
    let mut items = Vec::with_capacity(body.records.len());
    for record in body.records {
        items.push(take(deps, caller, request, record).await?);
    }
    Ok(Reply::ok(&SyncResults { items, server_time: deps.clock.now().to_string() }))
}

/// One that cannot be taken is told of by itself; the others are taken.
async fn take(deps: &Deps, caller: &Signed, request: &Request, record: SyncRecord) -> Result<SyncResult, Problem> {
    let today = india_time(deps.clock.now()).date();
    let change = changed_at(deps, &record.changed_at).and_then(|changed_at| record.change(caller.user, changed_at, today));
    match change {
        Ok(change) => {
            let synced = book::sync(deps, change, &request.trace()).await.map_err(failed)?;
            Ok(match synced {
                Ok(synced) => SyncResult::new(record.client_id, synced),
                Err(full) => SyncResult::refused(record.client_id, full.to_string()),
            })
        }
        Err(why) => Ok(SyncResult::refused(record.client_id, why)),
    }
}
