//! What the agent knows of a person, from their cash book, their wallet and their banks.

use super::called;
use crate::{apply::store_failed, banks, book::NamedEntry, deps::Deps, vault::Vault};
use bank_feed::{AccountKind, Currency};
use cashflow::{Facts, Movement, WorkDay, recurring::Payee, social_security::FinancialYear};
use domain::{
    book::{Entry, Flow, NamedBy, Nature, Page, Sum, Worked},
    id::{AccountId, UserId},
    limits::india_time,
};
use jiff::{ToSpan as _, civil::Date};
use lambda::{Failed, Trace};
use std::collections::BTreeSet;

/// How far back movements are looked at: what is unusual is held beside half a year.
const DAYS_BACK: i64 = 190;

pub struct Known {
    pub pages: Vec<Page>,
    pub worked: Vec<Worked>,
    movements: Vec<Movement>,
    /// The entry of each movement.
    entries: Vec<(Date, usize)>,
    work_days: Vec<WorkDay>,
    balance: Option<i64>,
    vault: Vault,
}

impl Known {
    pub fn facts(&self, today: Date) -> Facts<'_> {
        Facts { today, movements: &self.movements, work_days: &self.work_days, balance: self.balance }
    }

    /// The entry that a movement was made of.
    pub fn entry(&self, at: usize) -> Option<&Entry> {
        let (day, place) = self.entries.get(at)?;
        self.pages.iter().find(|page| page.day == *day)?.entries.get(*place)
    }

    /// Who is paid, as whoever told of it called them, or else what for.
    pub fn name(&self, payee: &Payee, what: &str) -> Result<String, Failed> {
        let entry = match payee {
            Payee::Party(party) => self.of_party(*party),
            Payee::Category(_) => None,
        };
        entry.map_or_else(|| Ok(called(what)), |entry| self.named(entry, what))
    }

    pub fn named(&self, entry: &Entry, what: &str) -> Result<String, Failed> {
        let name = NamedEntry::open(&self.vault, entry.clone())?.name;
        Ok(name.unwrap_or_else(|| called(what)))
    }

    /// The entry of a party that was written last.
    fn of_party(&self, party: u128) -> Option<&Entry> {
        let at = self.movements.iter().rposition(|movement| movement.party == Some(party))?;
        self.entry(at)
    }
}

pub async fn known(deps: &Deps, user: UserId, today: Date, trace: &Trace) -> Result<Known, Failed> {
    let from = today.saturating_sub(DAYS_BACK.days());
    let year = FinancialYear::of(today).first_day().min(from);
    let read = futures::join!(deps.store.pages(user, from, today), deps.store.worked(user, year, today));
    let (pages, worked) = (read.0.map_err(store_failed)?, read.1.map_err(store_failed)?);
    let vault = deps.vault(user, trace).await?;
    let balance = balance(deps, user, &vault).await?;
    let (mut movements, mut entries) = (Vec::new(), Vec::new());
    let paid: BTreeSet<&str> =
        pages.iter().flat_map(|page| &page.entries).filter(|entry| is_payment(entry)).map(|entry| entry.what.as_str()).collect();
    for page in &pages {
        let ordinary = page.entries.iter().enumerate().filter(|(_, entry)| entry.nature == Nature::Ordinary);
        // What was noted as earned is money once the platform pays it, where it is seen to pay.
        for (place, entry) in ordinary.filter(|(_, entry)| entry.is_seen() || !entry.is_platform || !paid.contains(entry.what.as_str())) {
            movements.push(movement(page.day, entry));
            entries.push((page.day, place));
        }
    }
    // Behind all others: no entry belongs to them.
    movements.extend(pages.iter().flat_map(|page| page.sums.iter().filter_map(|sum| of_sum(page.day, sum))));
    let work_days = work_days(&pages, &worked);
    Ok(Known { pages, worked, movements, entries, work_days, balance, vault })
}

fn is_payment(entry: &Entry) -> bool {
    entry.is_platform && entry.flow == Flow::In && entry.is_seen()
}

fn of_sum(day: Date, sum: &Sum) -> Option<Movement> {
    let Sum { flow, nature, what, is_platform, amount, .. } = sum;
    let (at_minute, party) = (None, None);
    let is_in = *flow == Flow::In;
    (*nature == Nature::Ordinary).then(|| Movement {
        day,
        at_minute,
        is_in,
        amount: *amount,
        what: what.clone(),
        party,
        is_platform: *is_platform,
        is_sum: true,
    })
}

fn movement(day: Date, entry: &Entry) -> Movement {
    let timed = entry.sightings.iter().find(|sighting| sighting.is_timed).map(|sighting| india_time(sighting.at).time());
    let minute = timed.and_then(|time| u16::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).ok());
    // What only a model guessed is not enough to say that something is unusual for its kind.
    let what = if entry.by == NamedBy::Model { "" } else { entry.what.as_str() };
    Movement {
        day,
        at_minute: minute,
        is_in: entry.flow == Flow::In,
        amount: entry.amount(),
        what: what.to_owned(),
        party: entry.sightings.iter().find_map(|sighting| sighting.party).map(|party| party.number()),
        is_platform: entry.is_platform,
        is_sum: false,
    }
}

/// What platforms tell of, or else what their worker noted.
fn work_days(pages: &[Page], worked: &[Worked]) -> Vec<WorkDay> {
    let told = worked.iter().flat_map(|worked| {
        worked.records.iter().map(|record| WorkDay {
            day: worked.day,
            platform: record.platform.clone(),
            earned: record.total,
            minutes: record.minutes,
            trips: record.trips,
        })
    });
    let is_told = |day: Date, platform: &str| worked.iter().any(|worked| worked.day == day && worked.of(platform).is_some());
    let noted = pages.iter().flat_map(|page| {
        let own = page.entries.iter().filter(|entry| entry.is_platform && entry.is_said() && entry.nature == Nature::Ordinary);
        own.filter(|entry| !is_told(page.day, &entry.what)).map(|entry| WorkDay {
            day: page.day,
            platform: entry.what.clone(),
            earned: entry.amount(),
            minutes: None,
            trips: None,
        })
    });
    told.chain(noted).collect()
}

/// What there is to spend: in the wallet, and on accounts in rupees of connected banks. None where no bank is
/// connected and the wallet was never used: then it lies where nobody tells of it.
async fn balance(deps: &Deps, user: UserId, vault: &Vault) -> Result<Option<i64>, Failed> {
    let account = deps.store.account(AccountId::wallet_of(user)).await.map_err(store_failed)?;
    let wallet = account.as_ref().map(domain::account::Account::available).filter(|available| *available > 0);
    let mut sum = wallet;
    for bank in deps.store.banks(user).await.map_err(store_failed)?.iter().filter(|bank| bank.is_shown()) {
        for account in banks::view(vault, bank)?.accounts {
            let spendable = matches!(account.kind, AccountKind::Savings | AccountKind::Current);
            if let Some(balance) = account.balance.filter(|balance| spendable && balance.currency == Currency::INR) {
                sum = Some(sum.unwrap_or(0).saturating_add(balance.minor));
            }
        }
    }
    Ok(sum)
}
