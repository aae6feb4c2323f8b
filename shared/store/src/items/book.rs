//! A user's cash book as rows.

use super::{BadField, bank::SealedItem, bytes, known, maybe_time, parsed, time};
use domain::{
    book::{Book, Earned, Entry, Flow, LineKind, NamedBy, Nature, Note, Page, Reference, ReferenceForm, Sighting, Source, Sum, Worked},
    id::Fingerprint,
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct PageItem {
    user: String,
    day: String,
    entries: Vec<EntryItem>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sums: Vec<SumItem>,
}

#[derive(Serialize, Deserialize)]
struct SumItem {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    flow: String,
    nature: String,
    what: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    is_platform: bool,
    amount: i64,
    until: i64,
}

#[derive(Serialize, Deserialize)]
struct EntryItem {
    id: String,
    flow: String,
    nature: String,
    what: String,
    by: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    is_platform: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<SealedItem>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pair: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    said_at: Option<i64>,
    sightings: Vec<SightingItem>,
}

#[derive(Serialize, Deserialize)]
struct SightingItem {
    source: String,
    id: String,
    teller: String,
    at: i64,
    is_timed: bool,
    amount: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reference: Option<ReferenceItem>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    party: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct ReferenceItem {
    form: String,
    hash: String,
}

impl From<&Page> for PageItem {
    fn from(page: &Page) -> Self {
        Self {
            user: page.user.to_string(),
            day: page.day.to_string(),
            entries: page.entries.iter().map(EntryItem::from).collect(),
            sums: page.sums.iter().map(SumItem::from).collect(),
        }
    }
}

impl TryFrom<PageItem> for Page {
    type Error = BadField;
    fn try_from(item: PageItem) -> Result<Self, BadField> {
        let entries = item.entries.into_iter().map(Entry::try_from).collect::<Result<_, BadField>>()?;
        let sums = item.sums.into_iter().map(Sum::try_from).collect::<Result<_, BadField>>()?;
        Ok(Self { user: parsed("user", &item.user)?, day: parsed("day", &item.day)?, entries, sums })
    }
}

impl From<&Sum> for SumItem {
    fn from(sum: &Sum) -> Self {
        Self {
            account: sum.account.clone(),
            flow: sum.flow.code().to_owned(),
            nature: sum.nature.code().to_owned(),
            what: sum.what.clone(),
            is_platform: sum.is_platform,
            amount: sum.amount,
            until: sum.until.as_millisecond(),
        }
    }
}

impl TryFrom<SumItem> for Sum {
    type Error = BadField;
    fn try_from(item: SumItem) -> Result<Self, BadField> {
        Ok(Self {
            account: item.account,
            flow: known("flow", &item.flow, Flow::from_code(&item.flow))?,
            nature: known("nature", &item.nature, Nature::from_code(&item.nature))?,
            what: item.what,
            is_platform: item.is_platform,
            amount: item.amount,
            until: time("until", item.until)?,
        })
    }
}

impl From<&Entry> for EntryItem {
    fn from(entry: &Entry) -> Self {
        Self {
            id: entry.id.to_string(),
            flow: entry.flow.code().to_owned(),
            nature: entry.nature.code().to_owned(),
            what: entry.what.clone(),
            by: entry.by.code().to_owned(),
            is_platform: entry.is_platform,
            name: entry.name.as_ref().map(SealedItem::from),
            pair: entry.pair.map(|pair| pair.to_string()),
            said_at: entry.said_at.map(|at| at.as_millisecond()),
            sightings: entry.sightings.iter().map(SightingItem::from).collect(),
        }
    }
}

impl TryFrom<EntryItem> for Entry {
    type Error = BadField;
    fn try_from(item: EntryItem) -> Result<Self, BadField> {
        Ok(Self {
            id: parsed("id", &item.id)?,
            flow: known("flow", &item.flow, Flow::from_code(&item.flow))?,
            nature: known("nature", &item.nature, Nature::from_code(&item.nature))?,
            what: item.what,
            by: known("by", &item.by, NamedBy::from_code(&item.by))?,
            is_platform: item.is_platform,
            name: item.name.map(Into::into),
            pair: item.pair.map(|pair| parsed("pair", &pair)).transpose()?,
            said_at: maybe_time("said_at", item.said_at)?,
            sightings: item.sightings.into_iter().map(Sighting::try_from).collect::<Result<_, BadField>>()?,
        })
    }
}

impl From<&Sighting> for SightingItem {
    fn from(sighting: &Sighting) -> Self {
        let reference = |known: Reference| ReferenceItem { form: known.form.code().to_owned(), hash: known.hash.to_string() };
        Self {
            source: sighting.source.code().to_owned(),
            id: sighting.id.to_string(),
            teller: sighting.teller.to_string(),
            at: sighting.at.as_millisecond(),
            is_timed: sighting.is_timed,
            amount: sighting.amount,
            reference: sighting.reference.map(reference),
            account: sighting.account.clone(),
            party: sighting.party.map(|party| party.to_string()),
        }
    }
}

impl TryFrom<SightingItem> for Sighting {
    type Error = BadField;
    fn try_from(item: SightingItem) -> Result<Self, BadField> {
        let reference = |item: ReferenceItem| -> Result<Reference, BadField> {
            let form = known("form", &item.form, ReferenceForm::from_code(&item.form))?;
            Ok(Reference { form, hash: parsed("hash", &item.hash)? })
        };
        Ok(Self {
            source: known("source", &item.source, Source::from_code(&item.source))?,
            id: parsed("id", &item.id)?,
            teller: parsed("teller", &item.teller)?,
            at: time("at", item.at)?,
            is_timed: item.is_timed,
            amount: item.amount,
            reference: item.reference.map(reference).transpose()?,
            account: item.account,
            party: item.party.map(|party| parsed("party", &party)).transpose()?,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub struct BookItem {
    user: String,
    accounts: Vec<String>,
    learned: Vec<LearnedItem>,
    changes: u64,
    changed_at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    texts_from: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct LearnedItem {
    party: String,
    what: String,
}

impl From<&Book> for BookItem {
    fn from(book: &Book) -> Self {
        let learned = |(party, what): (&Fingerprint, &String)| LearnedItem { party: party.to_string(), what: what.clone() };
        Self {
            user: book.user.to_string(),
            accounts: book.accounts.iter().cloned().collect(),
            learned: book.learned.iter().map(learned).collect(),
            changes: book.changes,
            changed_at: book.changed_at.as_millisecond(),
            due_at: book.due_at.map(|at| at.as_millisecond()),
            texts_from: book.texts_from.map(|day| day.to_string()),
        }
    }
}

impl TryFrom<BookItem> for Book {
    type Error = BadField;
    fn try_from(item: BookItem) -> Result<Self, BadField> {
        let learned = |item: LearnedItem| Ok((parsed("party", &item.party)?, item.what));
        Ok(Self {
            user: parsed("user", &item.user)?,
            accounts: item.accounts.into_iter().collect(),
            learned: item.learned.into_iter().map(learned).collect::<Result<_, BadField>>()?,
            changes: item.changes,
            changed_at: time("changed_at", item.changed_at)?,
            due_at: maybe_time("due_at", item.due_at)?,
            texts_from: item.texts_from.map(|day| parsed("texts_from", &day)).transpose()?,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub struct NoteItem {
    user: String,
    client: String,
    changed_at: i64,
    #[serde(with = "serde_bytes")]
    digest: Vec<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    day: Option<String>,
}

impl From<&Note> for NoteItem {
    fn from(note: &Note) -> Self {
        Self {
            user: note.user.to_string(),
            client: note.client.to_string(),
            changed_at: note.changed_at.as_millisecond(),
            digest: note.digest.to_vec(),
            day: note.day.map(|day| day.to_string()),
        }
    }
}

impl TryFrom<NoteItem> for Note {
    type Error = BadField;
    fn try_from(item: NoteItem) -> Result<Self, BadField> {
        Ok(Self {
            user: parsed("user", &item.user)?,
            client: parsed("client", &item.client)?,
            changed_at: time("changed_at", item.changed_at)?,
            digest: bytes("digest", &item.digest)?,
            day: item.day.map(|day| parsed("day", &day)).transpose()?,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub struct WorkedItem {
    user: String,
    day: String,
    records: Vec<EarnedItem>,
}

#[derive(Serialize, Deserialize)]
struct EarnedItem {
    platform: String,
    id: String,
    source: String,
    total: i64,
    lines: Vec<LineItem>,
    cash: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    trips: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    minutes: Option<u32>,
    told_at: i64,
}

#[derive(Serialize, Deserialize)]
struct LineItem {
    kind: String,
    amount: i64,
}

impl From<&Worked> for WorkedItem {
    fn from(worked: &Worked) -> Self {
        let line = |(kind, amount): &(LineKind, i64)| LineItem { kind: kind.code().to_owned(), amount: *amount };
        let record = |record: &Earned| EarnedItem {
            platform: record.platform.clone(),
            id: record.id.clone(),
            source: record.source.code().to_owned(),
            total: record.total,
            lines: record.lines.iter().map(line).collect(),
            cash: record.cash,
            trips: record.trips,
            minutes: record.minutes,
            told_at: record.told_at.as_millisecond(),
        };
        Self { user: worked.user.to_string(), day: worked.day.to_string(), records: worked.records.iter().map(record).collect() }
    }
}

impl TryFrom<WorkedItem> for Worked {
    type Error = BadField;
    fn try_from(item: WorkedItem) -> Result<Self, BadField> {
        let line = |line: LineItem| Ok((known("kind", &line.kind, LineKind::from_code(&line.kind))?, line.amount));
        let record = |record: EarnedItem| {
            Ok(Earned {
                source: known("source", &record.source, Source::from_code(&record.source))?,
                platform: record.platform,
                id: record.id,
                total: record.total,
                lines: record.lines.into_iter().map(line).collect::<Result<_, BadField>>()?,
                cash: record.cash,
                trips: record.trips,
                minutes: record.minutes,
                told_at: time("told_at", record.told_at)?,
            })
        };
        let records = item.records.into_iter().map(record).collect::<Result<_, BadField>>()?;
        Ok(Self { user: parsed("user", &item.user)?, day: parsed("day", &item.day)?, records })
    }
}
