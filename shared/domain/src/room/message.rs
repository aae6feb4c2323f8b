//! Messages, and posting one.

use super::{FileName, NoRoom, Text, visit, visit::Visit};
use crate::{
    bulletin::{BulletinKind, Told},
    engine::{Answer, Command, Key, Plan, Record, Snapshot},
    id::{AccountId, Fingerprint, MessageId, OperationId, RoomId, TransferId, UserId},
    request::{Digest, digest_of},
    rules::Rules,
    social::has_blocked,
    transfer::{Transfer, TransferStatus},
};
use jiff::Timestamp;

/// What a sender's app calls a message before it has an id: 1 to 64 letters, digits, `-` or `_`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientId(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be 1 to 64 letters, digits, hyphens or underscores")]
pub struct BadClientId;

impl ClientId {
    pub fn parse(text: &str) -> Result<Self, BadClientId> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let fits = (1..=64).contains(&text.len()) && text.bytes().all(plain);
        fits.then(|| Self(text.to_owned())).ok_or(BadClientId)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A file that was uploaded before, checked where it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// What finds it where files are kept.
    pub file: String,
    pub name: FileName,
    pub content_type: String,
    pub bytes: u64,
}

/// A transfer that a message shows, as it stands. Who the other side is, it does not tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    pub transfer: TransferId,
    /// In paise.
    pub amount: i64,
    pub status: TransferStatus,
}

impl Attached {
    pub(super) fn of(transfer: &Transfer) -> Self {
        Self { transfer: transfer.id, amount: transfer.amount, status: transfer.status }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub id: MessageId,
    pub room: RoomId,
    pub by: UserId,
    pub client_id: ClientId,
    pub text: Text,
    pub attachments: Vec<Attachment>,
    pub attached: Option<Attached>,
    /// Its place on the room's board.
    pub seq: u64,
    pub posted_at: Timestamp,
    pub edited_at: Option<Timestamp>,
    /// From then on nothing is in it.
    pub deleted_at: Option<Timestamp>,
    /// From then on it is not there any more, whether its row is or not.
    pub keeps_until: Timestamp,
    /// Of what was first posted; of nothing once it is deleted, since it would prove a guess right.
    pub digest: Digest,
}

impl Message {
    /// One message for one name that the sender's app gave it.
    pub fn fingerprint(room: RoomId, by: UserId, client_id: &ClientId) -> Fingerprint {
        Fingerprint::of(&format!("message:{room}:{by}"), client_id.as_str())
    }

    pub fn is_kept(&self, now: Timestamp) -> bool {
        now < self.keeps_until
    }

    pub fn is_deleted(&self) -> bool {
        self.deleted_at.is_some()
    }
}

/// Posts a message. The same again, by its sender's name for it, is the same message.
#[derive(Debug, Clone)]
pub struct PostMessage {
    pub room: RoomId,
    /// Whom a direct room's member writes to, as its record says.
    pub other: Option<UserId>,
    pub by: UserId,
    pub client_id: ClientId,
    pub text: Text,
    pub attachments: Vec<Attachment>,
    pub transfer: Option<TransferId>,
    pub rules: Rules,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotPost {
    #[error(transparent)]
    NoRoom(#[from] NoRoom),
    #[error("this `client_id` was used before, for another message")]
    IdReused,
    /// Which of the two blocked the other is not told.
    #[error("this user cannot be written to: {user}")]
    Unreachable { user: UserId },
    #[error("a message has a text, a file or a transfer")]
    Empty,
    #[error("a message has at most {max} files")]
    TooManyAttachments { max: usize },
    #[error("there is no such transfer of yours, or it concerns others than this room")]
    NoTransfer,
}

impl PostMessage {
    fn fingerprint(&self) -> Fingerprint {
        Message::fingerprint(self.room, self.by, &self.client_id)
    }

    fn digest(&self) -> Digest {
        let mut parts = vec![self.text.as_str().to_owned(), self.transfer.map(|id| id.to_string()).unwrap_or_default()];
        for Attachment { file, name, content_type, bytes } in &self.attachments {
            parts.extend([file.clone(), name.as_str().to_owned(), content_type.clone(), bytes.to_string()]);
        }
        // With their lengths, so that no part runs into the next.
        digest_of(&parts.iter().map(|part| format!("{}:{part}", part.len())).collect::<String>())
    }

    fn attached(&self, state: &Snapshot) -> Result<Option<Attached>, CannotPost> {
        let Some(id) = self.transfer else { return Ok(None) };
        let transfer = state.transfer(id).filter(|transfer| transfer.id == id).ok_or(CannotPost::NoTransfer)?;
        let sides = [transfer.from, transfer.to].map(AccountId::owner);
        let concerns = |user: &UserId| sides.contains(user);
        let fits = concerns(&self.by) && self.other.as_ref().is_none_or(concerns);
        fits.then(|| Some(Attached::of(transfer))).ok_or(CannotPost::NoTransfer)
    }
}

/// Whether one of two people has blocked the other.
pub(super) fn apart(state: &Snapshot, one: UserId, other: UserId) -> bool {
    has_blocked(state, one, other) || has_blocked(state, other, one)
}

/// What says whether two people have blocked each other.
pub(super) fn apart_reads(by: UserId, other: Option<UserId>) -> impl Iterator<Item = Key> {
    other.into_iter().flat_map(move |other| [by, other]).map(|user| Key::Social(AccountId::wallet_of(user)))
}

impl Command for PostMessage {
    type Done = Answer<Message>;
    type Refusal = CannotPost;

    fn reads(&self) -> Vec<Key> {
        let mut keys = visit::reads(self.room, self.by);
        keys.push(Key::Message(self.fingerprint()));
        keys.extend(apart_reads(self.by, self.other));
        keys.extend(self.transfer.map(|id| Key::operation(OperationId::Transfer(id))));
        keys
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Self::Done), CannotPost> {
        let mut visit = Visit::of(state, self.room, self.by)?;
        let digest = self.digest();
        if let Some(known) = state.message(self.fingerprint()) {
            let same = known.is_deleted() || known.digest == digest;
            return if same { Ok((Plan::default(), Answer::again(known.clone()))) } else { Err(CannotPost::IdReused) };
        }
        if visit.room.other(self.by) != self.other {
            return Err(NoRoom.into());
        }
        if let Some(user) = self.other.filter(|other| apart(state, self.by, *other)) {
            return Err(CannotPost::Unreachable { user });
        }
        let max = self.rules.attachments_max;
        if self.attachments.len() > max {
            return Err(CannotPost::TooManyAttachments { max });
        }
        let attached = self.attached(state)?;
        if self.text.is_empty() && self.attachments.is_empty() && attached.is_none() {
            return Err(CannotPost::Empty);
        }
        let id = MessageId::new(now, self.fingerprint());
        let mut plan = Plan::default();
        let seq = visit.tell(&mut plan, BulletinKind::MessagePosted, Told::Message { message: id }, now);
        let posted_at = visit.head.last_at;
        let message = Message {
            id,
            room: self.room,
            by: self.by,
            client_id: self.client_id.clone(),
            text: self.text.clone(),
            attachments: self.attachments.clone(),
            attached,
            seq,
            posted_at,
            edited_at: None,
            deleted_at: None,
            keeps_until: posted_at.saturating_add(visit.room.keeps()).unwrap_or(Timestamp::MAX),
            digest,
        };
        plan.put(Record::Message(message.clone()));
        Ok((plan, Answer::first(message)))
    }
}
