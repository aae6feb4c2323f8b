//! How the log of what operators did lies in the table.

use super::{BadField, bytes, time};
use crate::audit::AuditCheck;
use domain::audit::{Act, Entry, Head, Link};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct EntryItem {
    seq: u64,
    #[serde(with = "serde_bytes")]
    previous: Vec<u8>,
    #[serde(with = "serde_bytes")]
    hash: Vec<u8>,
    id: String,
    at_ms: i64,
    by: String,
    request_id: String,
    action: String,
    subject: String,
    proof: String,
    forced: bool,
}

impl From<&Entry> for EntryItem {
    fn from(Entry { link, act }: &Entry) -> Self {
        Self {
            seq: link.seq,
            previous: link.previous.to_vec(),
            hash: link.hash.to_vec(),
            id: act.id.clone(),
            at_ms: act.at.as_millisecond(),
            by: act.by.clone(),
            request_id: act.request_id.clone(),
            action: act.action.clone(),
            subject: act.subject.clone(),
            proof: act.proof.clone(),
            forced: act.forced,
        }
    }
}

impl TryFrom<EntryItem> for Entry {
    type Error = BadField;

    fn try_from(item: EntryItem) -> Result<Self, BadField> {
        Ok(Self {
            link: Link { seq: item.seq, previous: bytes("previous", &item.previous)?, hash: bytes("hash", &item.hash)? },
            act: Act {
                id: item.id,
                at: time("at_ms", item.at_ms)?,
                by: item.by,
                request_id: item.request_id,
                action: item.action,
                subject: item.subject,
                proof: item.proof,
                forced: item.forced,
            },
        })
    }
}

/// A place in the log.
#[derive(Serialize, Deserialize)]
pub struct HeadItem {
    pub seq: u64,
    #[serde(with = "serde_bytes")]
    pub hash: Vec<u8>,
}

impl From<Head> for HeadItem {
    fn from(head: Head) -> Self {
        Self { seq: head.seq, hash: head.hash.to_vec() }
    }
}

impl TryFrom<HeadItem> for Head {
    type Error = BadField;

    fn try_from(item: HeadItem) -> Result<Self, BadField> {
        Ok(Self { seq: item.seq, hash: bytes("hash", &item.hash)? })
    }
}

/// Where an act's entry is.
#[derive(Serialize, Deserialize)]
pub struct PlaceItem {
    pub seq: u64,
}

#[derive(Serialize, Deserialize)]
pub struct CheckItem {
    seq: u64,
    #[serde(with = "serde_bytes")]
    hash: Vec<u8>,
    again_seq: u64,
    #[serde(with = "serde_bytes")]
    again_hash: Vec<u8>,
}

impl From<&AuditCheck> for CheckItem {
    fn from(AuditCheck { verified, again }: &AuditCheck) -> Self {
        Self { seq: verified.seq, hash: verified.hash.to_vec(), again_seq: again.seq, again_hash: again.hash.to_vec() }
    }
}

impl TryFrom<CheckItem> for AuditCheck {
    type Error = BadField;

    fn try_from(item: CheckItem) -> Result<Self, BadField> {
        Ok(Self {
            verified: Head { seq: item.seq, hash: bytes("hash", &item.hash)? },
            again: Head { seq: item.again_seq, hash: bytes("again_hash", &item.again_hash)? },
        })
    }
}
