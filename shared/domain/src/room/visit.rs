//! A room as one of its members finds it, and how the others learn what was done there.

use super::{Message, NoRoom, Room, Seat};
use crate::{
    bulletin::{BoardHead, BulletinKind, Draft, Told},
    channel::Board,
    engine::{Key, Plan, Record, Snapshot},
    id::{MessageId, RoomId, UserId},
};
use jiff::Timestamp;

pub(super) struct Visit {
    pub room: Room,
    pub seat: Seat,
    pub head: BoardHead,
}

/// What a member's command reads at least.
pub(super) fn reads(room: RoomId, user: UserId) -> Vec<Key> {
    vec![Key::Room(room.fingerprint()), Key::Seat(user, room), Key::Board(Board::Room(room))]
}

/// The room of this id. A row is found by half of an id: the other half may be made up.
pub(super) fn room(state: &Snapshot, id: RoomId) -> Option<Room> {
    state.room(id.fingerprint()).filter(|room| room.id == id).cloned()
}

pub(super) fn head(state: &Snapshot, room: RoomId) -> BoardHead {
    let board = Board::Room(room);
    state.board(&board).cloned().unwrap_or_else(|| BoardHead::new(board))
}

/// A message of this room that is still kept.
pub(super) fn message(state: &Snapshot, room: RoomId, id: MessageId, now: Timestamp) -> Option<Message> {
    state.message(id.fingerprint()).filter(|message| message.id == id && message.room == room && message.is_kept(now)).cloned()
}

/// Puts something up on a room's board, to be kept as long as the room keeps things.
pub(super) fn put_up(plan: &mut Plan, room: &Room, head: &mut BoardHead, kind: BulletinKind, told: Told, now: Timestamp) -> u64 {
    // By the board's time, which never goes back: what was put up first also goes first.
    let at = now.max(head.last_at);
    head.put_up(plan, Draft::new(kind, told, room.keeps(), at), at)
}

impl Visit {
    /// # Errors
    ///
    /// [`NoRoom`] for whoever is no member.
    pub fn of(state: &Snapshot, id: RoomId, user: UserId) -> Result<Self, NoRoom> {
        let seat = state.seat(user, id).filter(|seat| seat.is_taken()).cloned().ok_or(NoRoom)?;
        Ok(Self { room: room(state, id).ok_or(NoRoom)?, seat, head: head(state, id) })
    }

    /// Tells the room what this member did, which they need not read themselves.
    pub fn tell(&mut self, plan: &mut Plan, kind: BulletinKind, told: Told, now: Timestamp) -> u64 {
        let seq = put_up(plan, &self.room, &mut self.head, kind, told, now);
        self.seat.wrote(seq);
        plan.put(Record::Seat(self.seat.clone()));
        seq
    }
}
