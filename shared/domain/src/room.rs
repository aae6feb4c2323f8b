//! Rooms: where two people, or a group, write to each other.
//!
//! A room's members and rules are one record, each member's place in it another ([`Seat`]), each
//! message a third. What happens in a room stands on its board, in the order in which it was
//! committed; a bulletin only names the message, so that a text that was deleted is nowhere. Every
//! change of a room writes its board's head, so that of two changes at once one is decided anew.
//!
//! Whoever is no member is told that there is no such room, whether there is one or not.

mod change;
mod create;
mod file;
mod members;
mod message;
mod report;
mod seat;
#[cfg(test)]
mod tests;
mod text;
mod visit;

pub use change::{CannotDelete, CannotEdit, DeleteMessage, EditMessage, UpdateAttached};
pub use create::{CannotCreate, CreateRoom, NewRoom};
pub use file::{BadFile, FILE_BYTES_MAX, FILE_TYPES, check_file};
pub use members::{AddMember, CannotAdd, CannotJoin, CannotLeave, CannotRemove, JoinRoom, LeaveRoom, RemoveMember};
pub use message::{Attached, Attachment, BadClientId, CannotPost, ClientId, Message, PostMessage};
pub use report::{CannotReport, CloseReport, NoReport, Report, ReportMessage, ReportStatus};
pub use seat::{MarkSeat, Seat, SeatMarking, SeatStatus};
pub use text::{BadText, FileName, Reason, RoomName, Text};

use crate::{
    channel::Board,
    id::{Fingerprint, RoomId, UserId},
    request::Digest,
};
use jiff::{SignedDuration, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoomKind {
    /// Of two people, for good.
    Direct,
    Group {
        name: RoomName,
        /// Whether anybody who has the id may join, and read all of it.
        open: bool,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberRole {
    /// May add and remove members, and delete any message.
    Owner,
    Member,
}

impl MemberRole {
    pub fn code(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Member => "member",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Owner, Self::Member].into_iter().find(|role| role.code() == code)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub user: UserId,
    pub role: MemberRole,
    pub joined_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    pub id: RoomId,
    pub kind: RoomKind,
    /// For how long it keeps what is written in it, in seconds; fixed when it was made.
    pub keeps_s: i64,
    /// Who has sat longest comes first.
    pub members: Vec<Member>,
    pub created_by: UserId,
    pub created_at: Timestamp,
    /// Of the request that made it.
    pub digest: Digest,
}

/// There is no such room, or it is none of the caller's business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no such room")]
pub struct NoRoom;

impl Room {
    /// The same two people have the same room, whoever opens it. One that forgets sooner is another:
    /// nobody's words are kept for longer than they were told.
    pub fn direct_fingerprint(one: UserId, other: UserId, ephemeral: bool) -> Fingerprint {
        let (first, second) = (one.min(other), one.max(other));
        Fingerprint::of(if ephemeral { "direct:ephemeral" } else { "direct" }, &format!("{first}{second}"))
    }

    pub fn member(&self, user: UserId) -> Option<&Member> {
        self.members.iter().find(|member| member.user == user)
    }

    pub fn is_owned_by(&self, user: UserId) -> bool {
        self.member(user).is_some_and(|member| member.role == MemberRole::Owner)
    }

    pub fn is_open(&self) -> bool {
        matches!(self.kind, RoomKind::Group { open: true, .. })
    }

    /// Whom a member of a direct room writes to; nobody in a group.
    pub fn other(&self, user: UserId) -> Option<UserId> {
        match self.kind {
            RoomKind::Direct => self.members.iter().map(|member| member.user).find(|member| *member != user),
            RoomKind::Group { .. } => None,
        }
    }

    pub fn board(&self) -> Board {
        Board::Room(self.id)
    }

    pub fn keeps(&self) -> SignedDuration {
        SignedDuration::from_secs(self.keeps_s)
    }
}
