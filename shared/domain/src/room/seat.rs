//! A user's place in a room: since when they see it, and how far they have got and read it.

use super::{NoRoom, Room, visit};
use crate::{
    channel::Board,
    engine::{Command, Key, Plan, Record, Snapshot},
    id::{AccountId, RoomId, UserId},
    reading::Reading,
};
use jiff::Timestamp;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeatStatus {
    Taken,
    /// Of their own accord.
    Left,
    /// By an owner, who alone can have them back.
    Removed,
}

impl SeatStatus {
    pub fn code(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Left => "left",
            Self::Removed => "removed",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Taken, Self::Left, Self::Removed].into_iter().find(|status| status.code() == code)
    }
}

/// Places are those of the room's board; none of them ever goes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    pub room: RoomId,
    pub user: UserId,
    /// What stands behind this place is theirs to see: all of an open room, of a closed one what came
    /// since they joined.
    pub since_seq: u64,
    /// What they have read, and what they need not read because they wrote it.
    pub read: Reading,
    /// Everything up to here has reached one of their devices.
    pub delivered_through: u64,
    pub status: SeatStatus,
    pub joined_at: Timestamp,
}

impl Seat {
    /// Of somebody who joins where the board is at `head`: nothing before it is news to them.
    pub fn new(room: &Room, user: UserId, head: u64, now: Timestamp) -> Self {
        let mut seat = Self {
            room: room.id,
            user,
            since_seq: 0,
            read: Reading::new(AccountId::wallet_of(user)),
            delivered_through: 0,
            status: SeatStatus::Left,
            joined_at: now,
        };
        seat.take(room, head, now);
        seat
    }

    /// Sits down, again or for the first time.
    pub(super) fn take(&mut self, room: &Room, head: u64, now: Timestamp) {
        self.since_seq = if room.is_open() { 0 } else { head };
        self.read.read(1, head);
        self.delivered_through = self.delivered_through.max(head);
        self.status = SeatStatus::Taken;
        self.joined_at = now;
    }

    pub fn is_taken(&self) -> bool {
        self.status == SeatStatus::Taken
    }

    /// Whether what stands at this place is theirs to see.
    pub fn sees(&self, seq: u64) -> bool {
        self.is_taken() && seq > self.since_seq
    }

    /// Of what stands on a board that ends at `head`, what they have not read.
    pub fn unread(&self, head: u64) -> u64 {
        self.read.unread(head)
    }

    /// They put this up themselves.
    pub(super) fn wrote(&mut self, seq: u64) {
        self.read.read(seq, seq);
        if self.delivered_through + 1 == seq {
            self.delivered_through = seq;
        }
        self.delivered_through = self.delivered_through.max(self.read.through);
    }
}

/// Marks what has reached a member, and what they have read; 0 where there is nothing to say.
///
/// What is read has been delivered. A mark that is behind another changes nothing, and one beyond
/// the board's end counts up to it.
#[derive(Debug, Clone)]
pub struct MarkSeat {
    pub room: RoomId,
    pub user: UserId,
    pub delivered_through: u64,
    pub read_through: u64,
}

/// Where a member is after a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatMarking {
    pub seat: Seat,
    pub unread: u64,
    /// The end of the board.
    pub head: u64,
    /// Whether this mark changed anything.
    pub changed: bool,
}

impl Command for MarkSeat {
    type Done = SeatMarking;
    type Refusal = NoRoom;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Seat(self.user, self.room), Key::Board(Board::Room(self.room))]
    }

    fn decide(&self, state: &Snapshot, _now: Timestamp) -> Result<(Plan, SeatMarking), NoRoom> {
        let before = state.seat(self.user, self.room).filter(|seat| seat.is_taken()).ok_or(NoRoom)?;
        let head = visit::head(state, self.room).seq;
        let mut seat = before.clone();
        seat.read.read(1, self.read_through.min(head));
        seat.delivered_through = seat.delivered_through.max(self.delivered_through.min(head)).max(seat.read.through);
        let changed = seat != *before;
        let mut plan = Plan::default();
        if changed {
            plan.put(Record::Seat(seat.clone()));
        }
        Ok((plan, SeatMarking { unread: seat.unread(head), head, seat, changed }))
    }
}
