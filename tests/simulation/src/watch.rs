//! What must hold at every single write, whatever else goes on.
//!
//! The rules are written here once more, on purpose and not from the domain's code: (I2) an account
//! is never overdrawn and its versions follow one another, (I5) states only move forward, and what
//! tells of the past (facts, journal, folded marks, operators' acts) is written once.

use crate::journal::Journal;
use domain::{bulletin::LegStatus, engine::Record, erasure::ErasureStep, reading::Reading, room::Message, suspense::SuspenseStatus};
use embedded::{TABLES, Written};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};
use store::{Change, change_of};

#[derive(Default)]
pub struct Watch {
    writes: AtomicU64,
    /// Of whom a copy is sealed, as partition keys have them: what was copied may go.
    sealed: Mutex<BTreeSet<String>>,
}

impl Watch {
    pub fn writes(&self) -> u64 {
        self.writes.load(Ordering::SeqCst)
    }

    /// Looks at the rows of one request, all of them written at this moment.
    pub fn written(&self, rows: &[Written], journal: &Journal) {
        self.writes.fetch_add(1, Ordering::SeqCst);
        for row in rows.iter().filter(|row| row.table == TABLES.0) {
            if let Err(finding) = look_at(row).and_then(|seen| self.may(row, seen)) {
                journal.wrong(format!("{}: {finding}", name_of(row)));
            }
        }
    }

    /// A record is removed of somebody who was erased, and of nobody else.
    fn may(&self, row: &Written, seen: Seen) -> Result<(), String> {
        let mut sealed = self.sealed.lock().unwrap_or_else(PoisonError::into_inner);
        match seen {
            Seen::Sealed(user) => _ = sealed.insert(user),
            Seen::Removed if !sealed.iter().any(|user| name_of(row).contains(user)) => return Err("a record was removed".to_owned()),
            Seen::Removed | Seen::Kept => {}
        }
        Ok(())
    }
}

fn name_of(row: &Written) -> String {
    format!("{}/{}", row.keys["pk"]["S"].as_str().unwrap_or("?"), row.keys["sk"]["S"].as_str().unwrap_or("?"))
}

/// What became of a row that was written as it may be.
enum Seen {
    Kept,
    Removed,
    Sealed(String),
}

fn look_at(row: &Written) -> Result<Seen, String> {
    let (pk, sk) = (row.keys["pk"]["S"].as_str().unwrap_or_default(), row.keys["sk"]["S"].as_str().unwrap_or_default());
    let is_history =
        (["A#", "Q#"].iter().any(|feed| pk.starts_with(feed)) && sk.starts_with("F#")) || pk.starts_with("J#") || pk.starts_with("Z#");
    let is_history = is_history || (pk == "K#audit" && ["E#", "I#"].iter().any(|act| sk.starts_with(act)));
    if is_history && row.old.is_some() && !expired(row) {
        return Err("written once more".to_owned());
    }
    let record = |image: &Option<Value>| match image.as_ref().map(change_of) {
        Some(Ok(Change::Record(record))) => Ok(Some((version(image), *record))),
        Some(Ok(_)) | None => Ok(None),
        Some(Err(error)) => Err(format!("cannot be read: {error}")),
    };
    match (record(&row.old)?, record(&row.new)?) {
        (Some(_), None) if expired(row) => Ok(Seen::Kept),
        (Some(_), None) => Ok(Seen::Removed),
        (None, None) => Ok(Seen::Kept),
        (None, Some((1, new))) => state_of(None, &new).map(|()| Seen::Kept),
        (None, Some((version, _))) => Err(format!("begins at version {version}")),
        (Some((before, old)), Some((after, new))) => {
            if after != before + 1 {
                return Err(format!("version {after} follows {before}"));
            }
            state_of(Some(&old), &new)?;
            Ok(match new {
                Record::Erasure(erasure) if erasure.step == ErasureStep::Sealed => Seen::Sealed(erasure.user.body().to_string()),
                _ => Seen::Kept,
            })
        }
    }
}

/// Whether a row was removed after its time to live.
fn expired(row: &Written) -> bool {
    row.new.is_none() && row.old.as_ref().is_some_and(|old| old["expires_at_s"]["N"].is_string())
}

fn version(image: &Option<Value>) -> u64 {
    image.as_ref().and_then(|image| image["v"]["N"].as_str()?.parse().ok()).unwrap_or(0)
}

/// Where each state may go to. Staying is always allowed.
fn onward(record: &str, from: &str) -> &'static [&'static str] {
    match (record, from) {
        ("payout", "validating") => &["cooling", "queued", "sending", "failed", "cancelled"],
        ("payout", "cooling") => &["queued", "sending", "failed", "cancelled"],
        ("payout", "queued") => &["sending", "failed", "cancelled"],
        ("payout", "sending") => &["processing", "processed", "failed", "reversed"],
        ("payout", "processing") => &["processed", "failed", "reversed"],
        ("payout", "processed" | "failed" | "cancelled") => &["reversed"],
        ("transfer", "held") => &["posted", "voided", "expired"],
        ("payment", "requested") => &["created", "failed", "reported", "authorized", "captured"],
        ("payment", "created") => &["failed", "reported", "authorized", "captured"],
        ("payment", "failed") => &["reported", "authorized", "captured"],
        ("payment", "reported") => &["authorized", "captured"],
        ("payment", "authorized") => &["captured"],
        ("refund", "requested") => &["pending", "processed", "failed"],
        ("refund", "pending") => &["processed", "failed"],
        ("batch", "accepted") => &["running", "completed"],
        ("batch", "running") => &["completed"],
        ("line", "waiting") => &["opened", "paid", "failed", "returned"],
        ("line", "opened") => &["paid", "failed", "returned"],
        ("line", "paid") => &["returned"],
        ("payee", "unchecked") => &["checking", "valid", "invalid"],
        ("payee", "checking") => &["unchecked", "valid", "invalid"],
        ("payee", "invalid") => &["unchecked", "checking", "valid"],
        ("payee", "valid") => &["unchecked", "checking", "invalid"],
        ("suspense", "open") => &["assigned"],
        ("notice", "held") => &["climbing", "done"],
        ("notice", "climbing") => &["held", "done"],
        ("publication", "running") => &["completed", "cancelled"],
        ("leg", "walked") => &["done"],
        ("campaign", "scheduled") => &["running", "paused", "completed", "cancelling"],
        ("campaign", "running") => &["paused", "completed", "cancelling"],
        ("campaign", "paused") => &["scheduled", "running", "completed", "cancelling"],
        ("campaign", "completed") => &["cancelling"],
        ("campaign", "cancelling") => &["cancelled"],
        ("membership", "invited") => &["joined", "left"],
        ("membership", "joined") => &["left"],
        ("membership", "left") => &["invited"],
        ("seat", "taken") => &["left", "removed"],
        ("seat", "left") => &["taken", "removed"],
        ("seat", "removed") => &["taken"],
        ("message", "posted") => &["deleted"],
        ("report", "open") => &["closed"],
        ("bank", "linking") => &["granted", "failed", "revoked"],
        ("bank", "granted") => &["active", "failed", "revoked"],
        ("bank", "active") => &["interrupted", "revoking", "revoked"],
        ("bank", "interrupted") => &["linking", "active", "revoking", "revoked"],
        ("bank", "failed") => &["linking", "revoked"],
        ("bank", "revoking") => &["revoked"],
        ("bank", "revoked") => &["linking"],
        ("standing", "active") => &["ended"],
        ("erasure", "asked") => &["sealed"],
        ("erasure", "sealed") => &["removed"],
        ("erasure", "removed") => &["held"],
        ("erasure", "held") => &["destroyed"],
        ("finding", "open") => &["disputed", "dismissed", "settled"],
        ("finding", "disputed") => &["dismissed", "settled"],
        ("finding", "dismissed") => &["disputed"],
        ("finding", "settled") => &["open"],
        _ => &[],
    }
}

fn state(record: &Record) -> Option<(&'static str, &'static str)> {
    Some(match record {
        Record::Payout(payout) => ("payout", payout.status.code()),
        Record::Transfer(transfer) => ("transfer", transfer.status.code()),
        Record::Payment(payment) => ("payment", payment.status.code()),
        Record::Refund(refund) => ("refund", refund.status.code()),
        Record::Batch(batch) => ("batch", batch.status.code()),
        Record::BatchLine(line) => ("line", line.status.code()),
        Record::Payee(payee) => ("payee", payee.status.code()),
        Record::Suspense(suspense) => ("suspense", if matches!(suspense.status, SuspenseStatus::Open) { "open" } else { "assigned" }),
        Record::Notice(notice) => ("notice", notice.stage.code()),
        Record::Preferences(_) | Record::Devices(_) | Record::DeviceOwner(..) => return None,
        Record::Suppression(_) | Record::ProviderMessage(_) => return None,
        Record::Bank(bank) => ("bank", bank.status.code()),
        Record::Standing(standing) => ("standing", standing.status.code()),
        Record::Erasure(erasure) => ("erasure", erasure.step.code()),
        Record::UserKey(_) | Record::Summary(_) | Record::Consents(_) | Record::Consent(_) => return None,
        Record::Finding(finding) => ("finding", finding.status.code()),
        Record::Chat(_)
        | Record::Turn(_)
        | Record::Page(_)
        | Record::Book(_)
        | Record::Note(_)
        | Record::Worked(_)
        | Record::Outlook(_)
        | Record::Planner(_)
        | Record::Pin(_)
        | Record::HandOff(_) => return None,
        Record::Campaign(campaign) => ("campaign", campaign.status.code()),
        Record::Membership(place) => ("membership", place.status.code()),
        Record::Publication(publication) => ("publication", publication.status.code()),
        Record::Leg(leg) => ("leg", if leg.status == LegStatus::Done { "done" } else { "walked" }),
        Record::Seat(seat) => ("seat", seat.status.code()),
        Record::Message(message) => ("message", if message.is_deleted() { "deleted" } else { "posted" }),
        Record::Report(report) => ("report", report.status.code()),
        Record::Account(_) | Record::Order(..) | Record::Reading(_) | Record::Board(_) | Record::Room(_) | Record::Social(_) => {
            return None;
        }
    })
}

fn reading(record: &Record) -> Option<&Reading> {
    match record {
        Record::Reading(reading) => Some(reading),
        Record::Seat(seat) => Some(&seat.read),
        _ => None,
    }
}

/// A message stays whose it is and where it is, and once deleted it says nothing.
fn message_of(old: Option<&Record>, message: &Message) -> Result<(), String> {
    if message.is_deleted() && !(message.text.is_empty() && message.attachments.is_empty() && message.attached.is_none()) {
        return Err("a deleted message still says something".to_owned());
    }
    let place = |message: &Message| (message.id, message.room, message.by, message.seq, message.posted_at, message.keeps_until);
    if let Some(Record::Message(before)) = old
        && place(before) != place(message)
    {
        return Err(format!("a message became another: {before:?}, {message:?}"));
    }
    Ok(())
}

fn state_of(old: Option<&Record>, new: &Record) -> Result<(), String> {
    if let Record::Account(account) = new
        && (account.held < 0 || account.balance < account.held)
    {
        return Err(format!("overdrawn: {} of {} are held", account.held, account.balance));
    }
    if let (Some(before), Some(after)) = (old.and_then(reading), reading(new))
        && (after.through < before.through || before.beyond.iter().any(|(first, last)| !after.has_read(*first) || !after.has_read(*last)))
    {
        return Err(format!("what was read is unread again: {before:?}, {after:?}"));
    }
    if let (Some(Record::Seat(before)), Record::Seat(after)) = (old, new)
        && (after.delivered_through < before.delivered_through || after.since_seq < before.since_seq)
    {
        return Err(format!("the seat goes back from {before:?} to {after:?}"));
    }
    if let Record::Message(message) = new {
        message_of(old, message)?;
    }
    if let (Some(Record::Board(before)), Record::Board(after)) = (old, new)
        && (after.seq != before.seq + 1 || after.last_at < before.last_at)
    {
        return Err(format!("the board goes from {before:?} to {after:?}"));
    }
    if let (Some(Record::Leg(before)), Record::Leg(after)) = (old, new)
        && (after.after < before.after || after.told < before.told)
    {
        return Err(format!("the leg goes back from {before:?} to {after:?}"));
    }
    if let (Some((kind, from)), Some((_, to))) = (old.and_then(state), state(new))
        && from != to
        && !onward(kind, from).contains(&to)
    {
        return Err(format!("a {kind} went from {from} to {to}"));
    }
    Ok(())
}
