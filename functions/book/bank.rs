//! What a connected bank's statement tells.

use super::{naming, naming::Words, observe_each};
use crate::{
    apply::{failed, store_failed},
    deps::Deps,
    vault::Vault,
};
use bank_feed::{Account, Changes, Currency, Direction, Entry, Mode, dedupe_key};
use domain::{
    Timestamp,
    bank::{Bank, BankStatus, Loan, Loans},
    book::{DAYS_MAX, Flow, Lapse, Nature, Placed, REACH_DAYS, Seen, Sighting, Source, Withdraw},
    engine::Record,
    id::{Fingerprint, UserId},
    limits::{india_noon, india_time},
};
use jiff::{
    ToSpan as _,
    civil::{Date, Time},
    tz::TimeZone,
};
use lambda::{Failed, Trace};
use std::collections::{BTreeMap, BTreeSet};

/// How far back a bank may take something back.
const TAKEN_BACK_DAYS: i64 = 90;
/// Lines that are written before one looks whether the connection still stands.
const AT_ONCE: usize = 100;

/// A statement, whoever brought it.
pub struct Statement<'a> {
    pub user: UserId,
    pub source: Source,
    /// Whose names of lines these are.
    pub scope: String,
    pub accounts: &'a [Account],
}

/// Writes down what was read. Entries that are pending are not there yet; those in other currencies never are.
pub async fn tells(deps: &Deps, bank: &Bank, changes: &Changes, trace: &Trace) -> Result<(), Failed> {
    took_back(deps, bank, changes, trace).await?;
    let statement = Statement { user: bank.user, source: Source::Bank, scope: scope(bank), accounts: &changes.accounts };
    let lines = standing(changes);
    for some in numbered(lines.into_iter()).chunks(AT_ONCE) {
        // What was read before its user ended it is not written down after that.
        if !is_active(deps, bank).await? {
            return Ok(());
        }
        note(deps, &statement, some, trace).await?;
    }
    Ok(())
}

/// What is told may be kept until then: by whom, and from which day on.
pub fn loans(bank: &Bank, changes: &Changes, until: Timestamp, now: Timestamp) -> Loans {
    let of_account = |account: &Account| {
        let days = changes.added.iter().filter(|entry| entry.account_id == account.id).map(|entry| india_time(timestamp(entry)).date());
        (teller(&scope(bank), &account.id), Loan { from: days.min().unwrap_or_else(|| india_time(now).date()), until })
    };
    changes.accounts.iter().map(of_account).collect()
}

/// Deletes what these told since then.
pub async fn lapse(deps: &Deps, user: UserId, tellers: &BTreeSet<Fingerprint>, since: Date, trace: &Trace) -> Result<(), Failed> {
    // What others told of first is on the page of their day. And a bank may say of today that it was tomorrow.
    let (first, last) =
        (since.saturating_sub(REACH_DAYS.days()), india_time(deps.clock.now()).date().saturating_add((REACH_DAYS + 2).days()));
    let pages = deps.store.pages(user, first, last).await.map_err(store_failed)?;
    let days: Vec<Date> = pages.iter().filter(|page| page.is_told_by(tellers)).map(|page| page.day).collect();
    for some in days.chunks(DAYS_MAX) {
        deps.execute(&Lapse { user, days: some.to_vec(), tellers: tellers.clone() }, trace).await.map_err(failed)?;
    }
    Ok(())
}

/// Whether these told of an account.
pub fn is_told_by(bank: &Bank, account: &str, tellers: &BTreeSet<Fingerprint>) -> bool {
    tellers.contains(&teller(&scope(bank), account))
}

/// What is left of a reading's lines: of each the last version, and none that was taken back in the same reading.
fn standing(changes: &Changes) -> Vec<&Entry> {
    let name = |entry: &Entry| entry.id.clone().map(|id| (entry.account_id.clone(), id));
    let gone: BTreeSet<_> = changes.removed.iter().map(|gone| (gone.account_id.clone(), gone.id.clone())).collect();
    let mut seen = gone;
    // From the last to the first, so that of two versions the later one stays.
    let all = changes.added.iter().chain(&changes.modified).rev();
    let mut lines: Vec<&Entry> = all.filter(|entry| name(entry).is_none_or(|name| seen.insert(name))).collect();
    lines.reverse();
    lines
}

/// Whether its user has not ended it.
pub async fn is_active(deps: &Deps, bank: &Bank) -> Result<bool, Failed> {
    let record = deps.store.record(&bank.key()).await.map_err(store_failed)?;
    Ok(matches!(record, Some(Record::Bank(now)) if now.status == BankStatus::Active))
}

/// A line, and how many of its reading before it read just as it does.
pub struct Line<'a> {
    entry: &'a Entry,
    before: u32,
}

/// The lines of a whole reading or statement that are booked and in rupees. Of those that neither a name nor a reference nor a
/// balance tells apart, each counts: two equal teas on a day are two.
pub fn numbered<'a>(entries: impl Iterator<Item = &'a Entry>) -> Vec<Line<'a>> {
    let mut alike: BTreeMap<String, u32> = BTreeMap::new();
    let booked = entries.filter(|entry| is_noted(entry));
    let line = |entry: &'a Entry| {
        let is_alone = entry.id.is_some() || entry.reference.is_some() || entry.balance_after_minor.is_some();
        let count = if is_alone { &mut 0 } else { alike.entry(dedupe_key(entry)).or_default() };
        let before = *count;
        *count += 1;
        Line { entry, before }
    };
    booked.map(line).collect()
}

/// Whether a line is of the book: booked, in rupees, and of some.
fn is_noted(line: &Entry) -> bool {
    !line.is_pending && line.amount_minor > 0 && line.currency == Currency::INR
}

/// Writes down lines of a statement, and returns what came of each.
pub async fn note(deps: &Deps, statement: &Statement<'_>, lines: &[Line<'_>], trace: &Trace) -> Result<Vec<Option<Placed>>, Failed> {
    let vault = deps.vault(statement.user, trace).await?;
    let told = lines.iter().map(|line| seen(&vault, statement, line)).collect::<Result<Vec<Seen>, Failed>>()?;
    observe_each(deps, statement.user, &told, trace).await
}

/// Who tells: one account of one connection.
fn teller(scope: &str, account: &str) -> Fingerprint {
    Fingerprint::of(scope, account)
}

fn scope(bank: &Bank) -> String {
    format!("bank:{}", bank.id)
}

/// Takes out what the bank has taken back, and what it corrected to a day that is far away or to what the book does not hold.
async fn took_back(deps: &Deps, bank: &Bank, changes: &Changes, trace: &Trace) -> Result<(), Failed> {
    let gone = Gone::of(&scope(bank), changes);
    if gone.is_none() {
        return Ok(());
    }
    let today = india_time(deps.clock.now()).date();
    let pages = deps.store.pages(bank.user, today.saturating_sub(TAKEN_BACK_DAYS.days()), today).await.map_err(store_failed)?;
    let known =
        pages.iter().flat_map(|page| page.entries.iter().flat_map(move |entry| entry.sightings.iter().map(|one| (page.day, one.id))));
    let sightings: Vec<_> = known.filter(|(day, id)| gone.takes(*day, *id)).collect();
    for some in sightings.chunks(DAYS_MAX) {
        deps.execute(&Withdraw { user: bank.user, sightings: some.to_vec() }, trace).await.map_err(failed)?;
    }
    Ok(())
}

/// Which lines stand no longer where they stood.
struct Gone {
    removed: BTreeSet<Fingerprint>,
    /// The days by now of what was corrected; none of what the book does not hold any more.
    modified: BTreeMap<Fingerprint, Option<Date>>,
}

impl Gone {
    fn of(scope: &str, changes: &Changes) -> Self {
        let day = |line: &Entry| is_noted(line).then(|| india_time(timestamp(line)).date());
        let modified = changes.modified.iter().filter_map(|line| Some((named(scope, &line.account_id, line.id.as_deref()?), day(line))));
        Self {
            removed: changes.removed.iter().map(|gone| named(scope, &gone.account_id, &gone.id)).collect(),
            modified: modified.collect(),
        }
    }

    fn is_none(&self) -> bool {
        self.removed.is_empty() && self.modified.is_empty()
    }

    fn takes(&self, day: Date, id: Fingerprint) -> bool {
        let is_far = |now: &Option<Date>| now.is_none_or(|now| (day - now).get_days().abs() > REACH_DAYS);
        self.removed.contains(&id) || self.modified.get(&id).is_some_and(is_far)
    }
}

/// By the bank's own name for the line, where it has one: that is what it corrects it by.
fn named(scope: &str, account: &str, id: &str) -> Fingerprint {
    Fingerprint::of(scope, &format!("{account}\n{id}"))
}

fn seen(vault: &Vault, statement: &Statement<'_>, Line { entry, before }: &Line<'_>) -> Result<Seen, Failed> {
    let account = statement.accounts.iter().find(|account| account.id == entry.account_id);
    let tail = account.and_then(|account| account.masked_number.as_deref()).map(|masked| masked.trim_start_matches('X').to_owned());
    let tail = tail.filter(|tail| !tail.is_empty());
    let scope = statement.scope.as_str();
    let flow = if entry.direction == Direction::Credit { Flow::In } else { Flow::Out };
    let text = entry.counterparty.as_deref().unwrap_or(&entry.narration);
    let words = Words { text: &entry.narration, is_credit: flow == Flow::In, channel: entry.mode.map(channel), amount: entry.amount_minor };
    let name = naming::name(&words);
    let key = || match before {
        0 => Fingerprint::of(scope, &dedupe_key(entry)),
        before => Fingerprint::of(scope, &format!("{}\n{before}", dedupe_key(entry))),
    };
    let sighting = Sighting {
        source: statement.source,
        id: entry.id.as_deref().map_or_else(key, |id| named(scope, &entry.account_id, id)),
        teller: teller(scope, &entry.account_id),
        at: timestamp(entry),
        is_timed: !is_bare(entry.booked_at),
        amount: entry.amount_minor,
        reference: reference(vault, entry),
        account: tail,
        party: naming::party(vault, text),
    };
    let is_back = flow == Flow::In && name.what == "refund";
    Ok(Seen {
        sighting,
        flow,
        nature: if is_back { Nature::GivenBack } else { Nature::Ordinary },
        what: name.what,
        by: name.by,
        is_platform: name.is_platform,
        counter: None,
        name: naming::sealed(vault, text)?,
    })
}

/// Whether it is a day without its time: midnight in India, or as some banks write a day, in UTC.
fn is_bare(at: Timestamp) -> bool {
    india_time(at).time() == Time::midnight() || at.to_zoned(TimeZone::UTC).time() == Time::midnight()
}

/// The day of the value date counts where the booking has no time: that is when money moved.
fn timestamp(entry: &Entry) -> Timestamp {
    match entry.value_date.filter(|_| is_bare(entry.booked_at)) {
        Some(day) => india_noon(day),
        None => entry.booked_at,
    }
}

/// Where the bank has no field for it, the narration has: `UPI/DR/457233689286/…`.
fn reference(vault: &Vault, entry: &Entry) -> Option<domain::book::Reference> {
    let within = entry.narration.split(|sign: char| !sign.is_ascii_alphanumeric());
    let looks_like_one = |part: &&str| part.len() == 12 && part.bytes().all(|byte| byte.is_ascii_digit());
    let text = entry.reference.as_deref().or_else(|| within.into_iter().find(looks_like_one))?;
    naming::reference(vault, text)
}

fn channel(mode: Mode) -> &'static str {
    match mode {
        Mode::Cash => "cash",
        Mode::Atm => "atm",
        Mode::Card => "card",
        Mode::Upi => "upi",
        Mode::Transfer => "neft",
        Mode::Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bank_feed::{Removed, State};

    fn line(id: &str, amount_minor: i64) -> Entry {
        Entry {
            account_id: "a".to_owned(),
            id: Some(id.to_owned()),
            booked_at: Timestamp::UNIX_EPOCH,
            value_date: None,
            amount_minor,
            currency: Currency::INR,
            direction: Direction::Debit,
            balance_after_minor: None,
            mode: None,
            narration: String::new(),
            counterparty: None,
            reference: None,
            is_pending: false,
        }
    }

    /// A bank's log read from its start tells lines and what became of them at once.
    #[test]
    fn of_a_reading_the_last_version_of_a_line_stands_and_none_that_was_taken_back() {
        let changes = Changes {
            accounts: Vec::new(),
            added: vec![line("kept", 1), line("corrected", 2), line("gone", 3), line("corrected and gone", 4)],
            modified: vec![line("corrected", 20), line("corrected", 21), line("corrected and gone", 40), line("older", 5)],
            removed: ["gone", "corrected and gone"].map(|id| Removed { account_id: "a".to_owned(), id: id.to_owned() }).into(),
            cursor: None,
            state: State::Complete,
        };
        let lines: Vec<_> = standing(&changes).iter().map(|entry| (entry.id.as_deref().unwrap(), entry.amount_minor)).collect();
        assert_eq!(lines, [("kept", 1), ("corrected", 21), ("older", 5)]);
        let nameless = Changes { added: vec![Entry { id: None, ..line("", 7) }; 2], modified: Vec::new(), removed: Vec::new(), ..changes };
        assert_eq!(standing(&nameless).len(), 2);
    }

    #[test]
    fn what_a_bank_corrects_to_nothing_or_to_another_time_leaves_its_place() {
        let later = Entry { booked_at: "1970-01-09T12:00:00Z".parse().unwrap(), ..line("later", 5) };
        let dollars = Entry { currency: Currency::from_code("USD").unwrap(), ..line("dollars", 5) };
        let pending = Entry { is_pending: true, ..line("pending", 5) };
        let changes = Changes {
            accounts: Vec::new(),
            added: Vec::new(),
            modified: vec![line("more", 9), line("nothing", 0), dollars, pending, later, line("back", 0), line("back", 7)],
            removed: vec![Removed { account_id: "a".to_owned(), id: "gone".to_owned() }],
            cursor: None,
            state: State::Complete,
        };
        let gone = Gone::of("bank", &changes);
        let takes = |id: &str| gone.takes(Date::constant(1970, 1, 1), named("bank", "a", id));
        for id in ["nothing", "dollars", "pending", "later", "gone"] {
            assert!(takes(id), "{id}");
        }
        // Corrected where it stands, by its last version; and never told of.
        for id in ["more", "back", "other"] {
            assert!(!takes(id), "{id}");
        }
    }

    #[test]
    fn lines_that_nothing_tells_apart_are_each_counted_and_others_are_one() {
        let tea = Entry { id: None, narration: "TEA".to_owned(), ..line("", 1_000) };
        let known = Entry { balance_after_minor: Some(5_000), ..tea.clone() };
        let all = [tea.clone(), known.clone(), tea.clone(), known, Entry { amount_minor: 0, ..tea.clone() }, tea];
        let before: Vec<u32> = numbered(all.iter()).iter().map(|line| line.before).collect();
        assert_eq!(before, [0, 0, 1, 0, 2]);
    }

    #[test]
    fn a_day_without_its_time_is_bare_in_india_and_in_utc() {
        let bare = ["2026-11-20T00:00:00+05:30", "2026-11-20T00:00:00Z"];
        assert!(bare.iter().all(|at| is_bare(at.parse().unwrap())));
        assert!(!is_bare("2026-11-20T09:30:00+05:30".parse().unwrap()));
    }
}
