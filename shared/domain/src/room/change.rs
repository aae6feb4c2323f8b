//! What becomes of a message: edited, deleted, or its transfer moves on.

use super::{
    Attached, Message, NoRoom, Text,
    message::{apart, apart_reads},
    visit,
    visit::Visit,
};
use crate::{
    bulletin::{BulletinKind, Told},
    channel::Board,
    engine::{Command, Key, Plan, Record, Snapshot},
    id::{MessageId, OperationId, RoomId, TransferId, UserId},
    rules::Rules,
};
use jiff::{SignedDuration, Timestamp};

/// Writes one's own message anew. To the same text, it changes nothing.
#[derive(Debug, Clone)]
pub struct EditMessage {
    pub room: RoomId,
    /// Whom a direct room's member writes to: an edit reaches them as a message does.
    pub other: Option<UserId>,
    pub message: MessageId,
    pub by: UserId,
    pub text: Text,
    pub rules: Rules,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotEdit {
    #[error(transparent)]
    NoRoom(#[from] NoRoom),
    #[error("there is no such message")]
    NoMessage,
    #[error("only who wrote a message edits it")]
    NotYours,
    #[error("the message was deleted")]
    Deleted,
    #[error("a message may be edited for {max_s} seconds")]
    TooLate { max_s: i64 },
    #[error("this user cannot be written to: {user}")]
    Unreachable { user: UserId },
    #[error("a message has a text, a file or a transfer; delete it instead")]
    Empty,
}

impl Command for EditMessage {
    type Done = Message;
    type Refusal = CannotEdit;

    fn reads(&self) -> Vec<Key> {
        let mut keys = visit::reads(self.room, self.by);
        keys.push(Key::Message(self.message.fingerprint()));
        keys.extend(apart_reads(self.by, self.other));
        keys
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Message), CannotEdit> {
        let mut visit = Visit::of(state, self.room, self.by)?;
        if visit.room.other(self.by) != self.other {
            return Err(NoRoom.into());
        }
        let mut message = visible(state, &visit, self.message, now).ok_or(CannotEdit::NoMessage)?;
        if message.by != self.by {
            return Err(CannotEdit::NotYours);
        }
        if message.is_deleted() {
            return Err(CannotEdit::Deleted);
        }
        let mut plan = Plan::default();
        if message.text == self.text {
            return Ok((plan, message));
        }
        let max_s = self.rules.edit_s;
        if now.duration_since(message.posted_at) > SignedDuration::from_secs(max_s) {
            return Err(CannotEdit::TooLate { max_s });
        }
        if let Some(user) = self.other.filter(|other| apart(state, self.by, *other)) {
            return Err(CannotEdit::Unreachable { user });
        }
        if self.text.is_empty() && message.attachments.is_empty() && message.attached.is_none() {
            return Err(CannotEdit::Empty);
        }
        message.text = self.text.clone();
        message.edited_at = Some(now);
        visit.tell(&mut plan, BulletinKind::MessageEdited, Told::Message { message: message.id }, now);
        plan.put(Record::Message(message.clone()));
        Ok((plan, message))
    }
}

/// A message that this member may know of: one that they see, or wrote.
fn visible(state: &Snapshot, visit: &Visit, id: MessageId, now: Timestamp) -> Option<Message> {
    visit::message(state, visit.room.id, id, now).filter(|message| message.by == visit.seat.user || visit.seat.sees(message.seq))
}

/// Takes out all that a message says. Its place stays, and says so.
#[derive(Debug, Clone)]
pub struct DeleteMessage {
    pub room: RoomId,
    pub message: MessageId,
    pub by: UserId,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotDelete {
    #[error(transparent)]
    NoRoom(#[from] NoRoom),
    #[error("there is no such message")]
    NoMessage,
    #[error("only who wrote a message, or an owner of the room, deletes it")]
    NotYours,
}

impl Command for DeleteMessage {
    type Done = Message;
    type Refusal = CannotDelete;

    fn reads(&self) -> Vec<Key> {
        let mut keys = visit::reads(self.room, self.by);
        keys.push(Key::Message(self.message.fingerprint()));
        keys
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Message), CannotDelete> {
        let mut visit = Visit::of(state, self.room, self.by)?;
        let mut message = visible(state, &visit, self.message, now).ok_or(CannotDelete::NoMessage)?;
        if message.by != self.by && !visit.room.is_owned_by(self.by) {
            return Err(CannotDelete::NotYours);
        }
        let mut plan = Plan::default();
        if message.is_deleted() {
            return Ok((plan, message));
        }
        message.text = Text::default();
        message.attachments.clear();
        message.attached = None;
        message.digest = Default::default();
        message.deleted_at = Some(now);
        visit.tell(&mut plan, BulletinKind::MessageDeleted, Told::Message { message: message.id }, now);
        plan.put(Record::Message(message.clone()));
        Ok((plan, message))
    }
}

/// Shows a message's transfer as it now stands. Late, twice or out of turn, it comes to the same:
/// what is shown is what the transfer's own record says.
///
/// For every message that is found by its transfer once that has changed; and once for a message
/// after it was posted, since the transfer may have moved on between its reading and the commit.
#[derive(Debug, Clone)]
pub struct UpdateAttached {
    pub room: RoomId,
    pub message: MessageId,
    pub transfer: TransferId,
}

impl Command for UpdateAttached {
    /// The message, where this changed it.
    type Done = Option<Message>;
    type Refusal = std::convert::Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![
            Key::Room(self.room.fingerprint()),
            Key::Board(Board::Room(self.room)),
            Key::Message(self.message.fingerprint()),
            Key::operation(OperationId::Transfer(self.transfer)),
        ]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Self::Done), Self::Refusal> {
        let mut plan = Plan::default();
        let found = (visit::room(state, self.room), visit::message(state, self.room, self.message, now), state.transfer(self.transfer));
        let (Some(room), Some(mut message), Some(transfer)) = found else { return Ok((plan, None)) };
        let stands = Attached::of(transfer);
        if message.attached.as_ref().is_none_or(|shown| shown.transfer != stands.transfer || *shown == stands) {
            return Ok((plan, None));
        }
        message.attached = Some(stands);
        let mut head = visit::head(state, room.id);
        visit::put_up(&mut plan, &room, &mut head, BulletinKind::MessageUpdated, Told::Message { message: message.id }, now);
        plan.put(Record::Message(message.clone()));
        Ok((plan, Some(message)))
    }
}
