//! Everything that is kept of a user, put together for them.
//!
//! Each partition of theirs is walked page by page, so a row that somebody adds to one is in the copy by itself; and no
//! more than a part is in memory at once. A part is sealed under the user's own key, and gone after a day.

use super::{archive::Part, data_map, readable::readable};
use crate::{
    apply::{setup_failed, store_failed},
    book::{RAW, Sms},
    deps::Deps,
    vault::Vault,
};
use domain::{
    audit::Entry,
    channel::Board,
    chat::Door,
    engine::{Key, Record},
    id::{AccountId, Fingerprint, RoomId, SheetId, UserId},
    notice::{Channel, suppression::AddressHash},
};
use lambda::{Failed, Trace};
use serde_json::{Map, Value, json};
use std::collections::HashSet;
use store::{Export, Partition, Row};

/// Rows that are read at once.
const PAGE: i32 = 500;
/// Pages of the log of operators' acts that are looked through.
const ACT_PAGES_MAX: usize = 200;
/// A row of the table holds 400 KB.
const CHUNK_BYTES: usize = 300 * 1024;

/// What pieces of a copy are sealed for: each in its own place and no other.
fn purpose(id: &str, part: u32, chunk: usize) -> String {
    format!("export {id} {part} {chunk}")
}

/// Makes a copy that was asked for. Once more, it is made anew in its own place.
pub async fn make(deps: &Deps, user: UserId, id: &str, trace: &Trace) -> Result<(), Failed> {
    let known = deps.store.export(user, deps.clock.now()).await.map_err(store_failed)?;
    let Some(export) = known.filter(|export| export.id == id && !export.is_done()) else { return Ok(()) };
    let done = Export { making_until_s: None, ..put_together(deps, user, export, trace).await? };
    deps.store.end_export(user, &done).await.map_err(store_failed)
}

/// Writes all parts of a copy, and answers what it came to.
pub async fn put_together(deps: &Deps, user: UserId, export: Export, trace: &Trace) -> Result<Export, Failed> {
    let vault = deps.vault(user, trace).await?;
    let mut maker =
        Maker { deps, user, vault, export, part: Part::default(), operations: HashSet::new(), rooms: Vec::new(), sheets: Vec::new() };
    maker.everything().await?;
    Ok(maker.export)
}

/// The part that is asked for by its number, as that is told and in no other spelling.
pub fn numbered(parts: usize, told: &str) -> Option<u32> {
    (1..=u32::try_from(parts).unwrap_or(u32::MAX)).find(|number| number.to_string() == told)
}

/// A part of a copy, whole; `None` where it is not there any more.
pub async fn part(deps: &Deps, user: UserId, export: &Export, number: u32, trace: &Trace) -> Result<Option<Vec<u8>>, Failed> {
    part_by(deps, &deps.vault(user, trace).await?, user, export, number).await
}

/// The same, by a key that is kept elsewhere.
pub async fn part_by(deps: &Deps, vault: &Vault, user: UserId, export: &Export, number: u32) -> Result<Option<Vec<u8>>, Failed> {
    let mut bytes = Vec::new();
    for (chunk, sealed) in deps.store.chunks(user, export, number).await.map_err(store_failed)?.iter().enumerate() {
        bytes.extend(vault.open_bytes(&purpose(&export.id, number, chunk), sealed)?);
    }
    let due = usize::try_from(number).ok().and_then(|number| export.parts.get(number.checked_sub(1)?)).copied();
    Ok(Some(bytes).filter(|bytes| due == u64::try_from(bytes.len()).ok()))
}

struct Maker<'a> {
    deps: &'a Deps,
    user: UserId,
    vault: Vault,
    export: Export,
    part: Part,
    /// Those that are in it: several facts tell of one.
    operations: HashSet<Fingerprint>,
    rooms: Vec<RoomId>,
    /// Where their batches' lines are.
    sheets: Vec<SheetId>,
}

impl Maker<'_> {
    async fn everything(&mut self) -> Result<(), Failed> {
        (self.export.parts, self.export.rows) = (Vec::new(), 0);
        self.walk(&Partition::User(self.user)).await?;
        self.walk(&Partition::Account(AccountId::wallet_of(self.user))).await?;
        self.walk(&Partition::Known(self.user)).await?;
        self.walk(&Partition::Told(self.user)).await?;
        for sheet in std::mem::take(&mut self.sheets) {
            self.walk(&Partition::Sheet(sheet)).await?;
        }
        self.own_messages().await?;
        self.addresses().await?;
        self.texts().await?;
        self.acts().await?;
        self.close().await
    }

    async fn walk(&mut self, partition: &Partition) -> Result<(), Failed> {
        let mut after = None;
        loop {
            let (rows, next) = self.deps.store.rows_in(partition, after.as_deref(), PAGE).await.map_err(store_failed)?;
            let listed = rows.iter().filter_map(Row::points_to).collect();
            let told: Vec<Fingerprint> = rows.iter().filter_map(Row::operation).filter(|id| self.operations.insert(*id)).collect();
            for row in rows.into_iter().filter(|row| row.points_to().is_none()) {
                let name = match partition {
                    Partition::User(_) => "user",
                    Partition::Sheet(_) => "campaign_recipients",
                    _ => "fact",
                };
                self.take(name, row).await?;
            }
            for row in self.deps.store.rows_at(listed).await.map_err(store_failed)? {
                // A payment that was paid is told of by a fact, too.
                if let Some(Record::Campaign(campaign)) = &row.record {
                    self.sheets.push(campaign.sheet);
                }
                if let Some(Record::Payment(payment)) = &row.record
                    && !self.operations.insert(payment.id.fingerprint())
                {
                    continue;
                }
                self.take("fact", row).await?;
            }
            let keys: Vec<Key> = told.into_iter().map(Key::Operation).collect();
            for row in self.deps.store.rows_of(&keys).await.map_err(store_failed)? {
                if let Some(Record::Batch(batch)) = &row.record {
                    self.sheets.push(batch.sheet);
                }
                self.take("fact", row).await?;
            }
            match next {
                Some(next) => after = Some(next),
                None => return Ok(()),
            }
        }
    }

    /// `name` is of what is no record.
    async fn take(&mut self, name: &'static str, row: Row) -> Result<(), Failed> {
        let name = match row.record.as_ref().map(|record| data_map::of(record.kind())) {
            Some(data) if !data.copied.is_given() => return Ok(()),
            Some(data) => data.name,
            None => name,
        };
        if let Some(Record::Seat(seat)) = &row.record {
            self.rooms.push(seat.room);
        }
        let fields = readable(name, row.fields, &self.vault);
        self.add(name, fields).await
    }

    async fn add(&mut self, name: &'static str, fields: Map<String, Value>) -> Result<(), Failed> {
        self.part.push(name, fields).map_err(Failed::bug)?;
        self.export.rows += 1;
        if self.part.is_full() { self.close().await } else { Ok(()) }
    }

    async fn add_value(&mut self, name: &'static str, value: Value) -> Result<(), Failed> {
        match value {
            Value::Object(fields) => self.add(name, fields).await,
            _ => Ok(()),
        }
    }

    /// What they wrote in rooms, as long as it is kept; nobody else's.
    async fn own_messages(&mut self) -> Result<(), Failed> {
        for room in std::mem::take(&mut self.rooms) {
            let (board, mut after) = (Partition::Board(Board::Room(room)), None);
            loop {
                let (rows, next) = self.deps.store.rows_in(&board, after.as_deref(), PAGE).await.map_err(store_failed)?;
                let mut seen = HashSet::new();
                let named = rows.iter().filter(|row| row.is_in_order()).filter_map(Row::message).filter(|id| seen.insert(*id));
                let keys: Vec<Key> = named.map(Key::Message).collect();
                let now = self.deps.clock.now();
                for row in self.deps.store.rows_of(&keys).await.map_err(store_failed)? {
                    if matches!(&row.record, Some(Record::Message(message)) if message.by == self.user && message.keeps_until > now) {
                        self.take("message", row).await?;
                    }
                }
                match next {
                    Some(next) => after = Some(next),
                    None => break,
                }
            }
        }
        Ok(())
    }

    /// Whether their phone and their mailbox take messages.
    async fn addresses(&mut self) -> Result<(), Failed> {
        let Some(user) = self.deps.store.user(self.user).await.map_err(store_failed)? else { return Ok(()) };
        let pepper = self.deps.pepper().await.map_err(setup_failed)?;
        let phone = AddressHash::new(pepper.phone_hash(&user.phone));
        let mut keys: Vec<Key> = Channel::ALL.iter().map(|channel| Key::Suppression(*channel, phone.clone())).collect();
        let preferences = self.deps.store.preferences(self.user).await.map_err(store_failed)?;
        keys.extend(preferences.email.map(|email| Key::Suppression(Channel::Email, email.hash)));
        for row in self.deps.store.rows_of(&keys).await.map_err(store_failed)? {
            self.take("suppression", row).await?;
        }
        Ok(())
    }

    /// What they wrote, as it is kept for a while.
    async fn texts(&mut self) -> Result<(), Failed> {
        let now = self.deps.clock.now();
        for sealed in self.deps.store.raw(self.user, now).await.map_err(store_failed)? {
            let Ok(texts) = self.vault.open::<Vec<Sms>>(RAW, &sealed) else {
                tracing::warn!("texts of SMS cannot be opened; the copy is made without them");
                continue;
            };
            for Sms { sender, text, received_at } in texts {
                self.add_value("raw_sms", json!({ "sender": sender, "text": text, "received_at": received_at.to_string() })).await?;
            }
        }
        for door in Door::ALL {
            for line in self.deps.store.chat_lines(self.user, *door, now).await.map_err(store_failed)? {
                let line = json!({ "door": door.code(), "is_theirs": line.theirs, "text": line.text, "at_s": line.at_s });
                self.add_value("chat_lines", line).await?;
            }
        }
        Ok(())
    }

    /// What operators did to what is theirs, or they as operators. Who it was is the operator's own.
    async fn acts(&mut self) -> Result<(), Failed> {
        let (me, mut before, mut oldest) = (self.user.to_string(), None, None);
        for _ in 0..ACT_PAGES_MAX {
            let (entries, next) = self.deps.store.acts(before.as_deref(), PAGE).await.map_err(store_failed)?;
            oldest = entries.last().map(|entry| entry.act.at);
            for Entry { act, .. } in entries.into_iter().filter(|entry| entry.act.by == me || entry.act.subject.contains(&me)) {
                let is_theirs = act.by == me;
                let act = json!({ "at": act.at.to_string(), "action": act.action, "subject": act.subject, "by_them": is_theirs });
                self.add_value("act", act).await?;
            }
            // Nobody acts on what is a user's before there is the user.
            if next.is_none() || oldest.is_some_and(|at| at < self.user.at()) {
                return Ok(());
            }
            before = next;
        }
        let stopped = json!({ "at": oldest.map(|at| at.to_string()), "action": "acts_before_are_not_in_this_copy" });
        self.add_value("act", stopped).await
    }

    /// Ends a part, and keeps it.
    async fn close(&mut self) -> Result<(), Failed> {
        let part = std::mem::take(&mut self.part);
        if part.is_empty() {
            return Ok(());
        }
        let number = u32::try_from(self.export.parts.len() + 1).map_err(Failed::bug)?;
        let bytes = part.zip(&about(self.user, &self.export, number)).map_err(Failed::bug)?;
        for (place, chunk) in bytes.chunks(CHUNK_BYTES).enumerate() {
            let sealed = self.vault.seal_bytes(&purpose(&self.export.id, number, place), chunk)?;
            let at = (number, u32::try_from(place).map_err(Failed::bug)?);
            self.deps.store.keep_chunk(self.user, &self.export, at, &sealed).await.map_err(store_failed)?;
        }
        self.export.parts.push(bytes.len() as u64);
        Ok(())
    }
}

/// What the copy is, what is not in it and why, and who else gets some of it.
fn about(user: UserId, export: &Export, part: u32) -> Value {
    let left_out = data_map::all().filter_map(|data| match data.copied {
        data_map::Copied::No(why) => Some(json!({ "data": data.name, "what": data.what, "why": why })),
        _ => None,
    });
    let recipients = data_map::RECIPIENTS.iter().map(|(who, what)| json!({ "who": who, "what": what }));
    json!({
        "user_id": user.to_string(),
        "asked_at_s": export.asked_at_s,
        "part": part,
        "units": "amounts are in paise; times are in UTC, those that end in `_s` in seconds since 1970",
        "purposes": "GET /v1/privacy/notices",
        "left_out": left_out.collect::<Vec<_>>(),
        "recipients": recipients.collect::<Vec<_>>(),
    })
}
