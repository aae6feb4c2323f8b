//! Which entry a telling is about.
//!
//! | | same movement |
//! |---|---|
//! | references of one form are equal | yes; by another amount only where a platform states it |
//! | they are of one known form and differ | no |
//! | one who tells has told of the entry already | no: who tells twice tells of two |
//! | amounts, directions or accounts differ | no |
//! | both know the time | within two hours |
//! | one knows the day only | the same day, or the next one; a platform's payouts take three |
//! | somebody only says so | the same day; a day apart where they name what for |
//!
//! Of several the one with the same reference, then of the same party, then the nearest in time. As many entries come of
//! it as the teller who told of most, whoever told first.

use super::{Entry, Flow, Nature, ReferenceForm, Seen, Sighting, Source};
use jiff::{SignedDuration, Timestamp, civil::Date};

/// How many days to both sides a movement is looked for.
pub const REACH_DAYS: i32 = 3;
pub const APART_MAX: SignedDuration = SignedDuration::from_hours(2);
/// Of what a platform states, at least so much came, in percent: below it is another payment.
const PAID_PERCENT_MIN: i64 = 50;

/// How well a telling fits an entry; less is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit {
    by: Ground,
    is_other_party: bool,
    apart_ms: u128,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ground {
    Reference,
    Time,
    Day,
    Around,
}

/// How a telling fits an entry, where it does.
pub fn fit(entry: &Entry, seen: &Seen) -> Option<Fit> {
    let told = &seen.sighting;
    if entry.flow != seen.flow || entry.sightings.iter().any(|known| known.teller == told.teller) {
        // Two messages of one bank about one movement carry its reference.
        let is_again = entry.flow == seen.flow && entry.amount() == told.amount && same_reference(entry, told) == Some(true);
        return is_again.then(|| of(entry, seen, Ground::Reference));
    }
    let by = match same_reference(entry, told) {
        Some(true) if entry.amount() == told.amount || is_stated(entry, told) => Ground::Reference,
        Some(_) => return None,
        None if entry.amount() != told.amount || differ(entry, told) || is_for_another(entry, seen) => return None,
        None => time(entry, seen)?,
    };
    Some(of(entry, seen, by))
}

fn of(entry: &Entry, seen: &Seen, by: Ground) -> Fit {
    let party = seen.sighting.party;
    let is_other_party = party.is_none() || !entry.sightings.iter().any(|known| known.party == party);
    Fit { by, is_other_party, apart_ms: apart(entry.at(), seen.sighting.at).as_millis().unsigned_abs() }
}

/// Whether they are the two sides of money that went from one of its owner's pockets to the other.
pub fn is_other_side(entry: &Entry, told: &Entry, accounts: &std::collections::BTreeSet<String>) -> bool {
    if entry.pair.is_some() || !entry.may_be_transfer() || entry.flow == told.flow || entry.amount() != told.amount() {
        return false;
    }
    let referred = told.sightings.iter().any(|sighting| same_reference(entry, sighting) == Some(true));
    let hinted = entry.nature == Nature::OwnTransfer || told.nature == Nature::OwnTransfer;
    let is_near = apart(entry.at(), told.at()) <= SignedDuration::from_hours(24);
    referred || (hinted && is_near && own(entry, accounts) && own(told, accounts) && account(entry) != account(told))
}

fn own(entry: &Entry, accounts: &std::collections::BTreeSet<String>) -> bool {
    account(entry).is_some_and(|tail| accounts.contains(tail)) || entry.sightings.iter().any(|known| known.source == Source::Wallet)
}

fn account(entry: &Entry) -> Option<&str> {
    entry.sightings.iter().find_map(|known| known.account.as_deref())
}

fn apart(one: Timestamp, other: Timestamp) -> SignedDuration {
    one.duration_since(other).abs()
}

/// `None` where they cannot be compared.
pub fn same_reference(entry: &Entry, told: &Sighting) -> Option<bool> {
    let theirs = told.reference?;
    let comparable = entry.sightings.iter().filter_map(|known| known.reference).filter(|known| known.form == theirs.form);
    let same = comparable.map(|known| known.hash == theirs.hash).reduce(|any, same| any || same);
    // Numbers of no known form are each teller's own.
    same.filter(|same| *same || theirs.form != ReferenceForm::Other)
}

/// Whether one of them is a platform's statement of a payment of which less came.
fn is_stated(entry: &Entry, told: &Sighting) -> bool {
    let stated = match told.source {
        Source::Platform => Some((told.amount, entry.amount())),
        _ => entry.sightings.iter().find(|known| known.source == Source::Platform).map(|known| (known.amount, told.amount)),
    };
    stated.is_some_and(|(stated, came)| came <= stated && came.saturating_mul(100) >= stated.saturating_mul(PAID_PERCENT_MIN))
}

/// Whether both know the account, and it is not the same.
fn differ(entry: &Entry, told: &Sighting) -> bool {
    let is_same = |one: &str, other: &str| one.ends_with(other) || other.ends_with(one);
    match (account(entry), told.account.as_deref()) {
        (Some(known), Some(theirs)) => !is_same(known, theirs),
        _ => false,
    }
}

/// Whether both are known to be for something, which is not the same. Only what somebody says is compared: what a
/// rule makes of a narration may be wrong.
fn is_for_another(entry: &Entry, seen: &Seen) -> bool {
    let any_said = seen.sighting.source.is_said() || entry.sightings.iter().all(|known| known.source.is_said());
    any_said && !entry.what.is_empty() && !seen.what.is_empty() && entry.what != seen.what
}

fn time(entry: &Entry, seen: &Seen) -> Option<Ground> {
    let told = &seen.sighting;
    let known = entry.sightings.iter().find(|sighting| sighting.is_timed).or(entry.sightings.first())?;
    let days = days_apart(known.day(), told.day());
    if told.source.is_said() || known.source.is_said() {
        let is_named = !seen.what.is_empty() && seen.what == entry.what;
        return match days {
            0 => Some(Ground::Day),
            1 if is_named => Some(Ground::Around),
            _ => None,
        };
    }
    let is_payout = [told.source, known.source].contains(&Source::Platform);
    match days {
        0..=REACH_DAYS if is_payout && seen.flow == Flow::In => Some(Ground::Around),
        _ if told.is_timed && known.is_timed => (apart(told.at, known.at) <= APART_MAX).then_some(Ground::Time),
        0 => Some(Ground::Day),
        1 => Some(Ground::Around),
        _ => None,
    }
}

fn days_apart(one: Date, other: Date) -> i32 {
    one.duration_since(other).as_hours().unsigned_abs().try_into().map_or(i32::MAX, |hours: i32| hours / 24)
}
