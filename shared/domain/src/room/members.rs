//! Coming and going.

use super::{Member, MemberRole, NoRoom, Room, RoomKind, Seat, SeatStatus, visit, visit::Visit};
use crate::{
    bulletin::{BulletinKind, Told},
    engine::{Answer, Command, Key, Plan, Record, Snapshot},
    id::{AccountId, RoomId, UserId},
    rules::Rules,
    social::can_be_asked,
};
use jiff::Timestamp;

/// Joins an open room. Who is in it already stays there.
#[derive(Debug, Clone)]
pub struct JoinRoom {
    pub room: RoomId,
    pub user: UserId,
    pub rules: Rules,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotJoin {
    #[error(transparent)]
    NoRoom(#[from] NoRoom),
    #[error("a room has at most {max} members")]
    Full { max: usize },
}

impl Command for JoinRoom {
    type Done = Answer<Room>;
    type Refusal = CannotJoin;

    fn reads(&self) -> Vec<Key> {
        visit::reads(self.room, self.user)
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Self::Done), CannotJoin> {
        let mut room = visit::room(state, self.room).ok_or(NoRoom)?;
        let seat = state.seat(self.user, self.room);
        if seat.is_some_and(Seat::is_taken) {
            return Ok((Plan::default(), Answer::again(room)));
        }
        if !room.is_open() || seat.is_some_and(|seat| seat.status == SeatStatus::Removed) {
            return Err(NoRoom.into());
        }
        let max = self.rules.room_members_max;
        if room.members.len() >= max {
            return Err(CannotJoin::Full { max });
        }
        // Whoever comes into a room that all have left keeps it from then on.
        let role = if room.members.is_empty() { MemberRole::Owner } else { MemberRole::Member };
        let mut plan = Plan::default();
        let head = visit::head(state, room.id);
        let seat = seat_for(seat, &mut room, self.user, role, head.seq, now);
        let mut visit = Visit { room, seat, head };
        visit.tell(&mut plan, BulletinKind::MemberJoined, Told::Member { user: self.user }, now);
        plan.put(Record::Room(visit.room.clone()));
        Ok((plan, Answer::first(visit.room)))
    }
}

fn seat_for(known: Option<&Seat>, room: &mut Room, user: UserId, role: MemberRole, head: u64, now: Timestamp) -> Seat {
    room.members.push(Member { user, role, joined_at: now });
    match known.cloned() {
        Some(mut seat) => {
            seat.take(room, head, now);
            seat
        }
        None => Seat::new(room, user, head, now),
    }
}

/// Brings somebody in. Who was removed can come back only so.
#[derive(Debug, Clone)]
pub struct AddMember {
    pub room: RoomId,
    pub by: UserId,
    pub user: UserId,
    pub rules: Rules,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotAdd {
    #[error(transparent)]
    NoRoom(#[from] NoRoom),
    #[error("only an owner of the room adds members")]
    NotOwner,
    #[error("a room has at most {max} members")]
    Full { max: usize },
    #[error("this user cannot be written to: {user}")]
    Unreachable { user: UserId },
}

impl Command for AddMember {
    type Done = Answer<Room>;
    type Refusal = CannotAdd;

    fn reads(&self) -> Vec<Key> {
        let account = AccountId::wallet_of(self.user);
        let mut keys = visit::reads(self.room, self.by);
        keys.extend([Key::Seat(self.user, self.room), Key::Account(account), Key::Social(account)]);
        keys
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Self::Done), CannotAdd> {
        let mut visit = Visit::of(state, self.room, self.by)?;
        if !visit.room.is_owned_by(self.by) {
            return Err(CannotAdd::NotOwner);
        }
        if visit.room.member(self.user).is_some() {
            return Ok((Plan::default(), Answer::again(visit.room)));
        }
        let max = self.rules.room_members_max;
        if visit.room.members.len() >= max {
            return Err(CannotAdd::Full { max });
        }
        if !can_be_asked(state, self.user, self.by) {
            return Err(CannotAdd::Unreachable { user: self.user });
        }
        let mut plan = Plan::default();
        let known = state.seat(self.user, self.room);
        let seat = seat_for(known, &mut visit.room, self.user, MemberRole::Member, visit.head.seq, now);
        plan.put(Record::Seat(seat));
        visit.tell(&mut plan, BulletinKind::MemberJoined, Told::Member { user: self.user }, now);
        plan.put(Record::Room(visit.room.clone()));
        Ok((plan, Answer::first(visit.room)))
    }
}

/// Leaves a group. Where its last owner leaves, it is owned by who has sat there longest; where
/// nobody is left, it stays.
#[derive(Debug, Clone)]
pub struct LeaveRoom {
    pub room: RoomId,
    pub user: UserId,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotLeave {
    #[error(transparent)]
    NoRoom(#[from] NoRoom),
    #[error("a room of two is not left; block the other to hear no more of them")]
    Direct,
}

impl Command for LeaveRoom {
    type Done = ();
    type Refusal = CannotLeave;

    fn reads(&self) -> Vec<Key> {
        visit::reads(self.room, self.user)
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, ()), CannotLeave> {
        let mut plan = Plan::default();
        if state.seat(self.user, self.room).is_some_and(|seat| !seat.is_taken()) {
            return Ok((plan, ()));
        }
        let mut visit = Visit::of(state, self.room, self.user)?;
        if visit.room.kind == RoomKind::Direct {
            return Err(CannotLeave::Direct);
        }
        visit.room.members.retain(|member| member.user != self.user);
        let is_owned = visit.room.members.iter().any(|member| member.role == MemberRole::Owner);
        if let Some(heir) = visit.room.members.first_mut().filter(|_| !is_owned) {
            heir.role = MemberRole::Owner;
        }
        visit.seat.status = SeatStatus::Left;
        visit.tell(&mut plan, BulletinKind::MemberLeft, Told::Member { user: self.user }, now);
        plan.put(Record::Room(visit.room));
        Ok((plan, ()))
    }
}

/// Sends a member out.
#[derive(Debug, Clone)]
pub struct RemoveMember {
    pub room: RoomId,
    pub by: UserId,
    pub user: UserId,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotRemove {
    #[error(transparent)]
    NoRoom(#[from] NoRoom),
    #[error("only an owner of the room removes members")]
    NotOwner,
    #[error("nobody removes themselves; leave the room instead")]
    Oneself,
    #[error("there is no such member")]
    NoMember,
}

impl Command for RemoveMember {
    type Done = Answer<Room>;
    type Refusal = CannotRemove;

    fn reads(&self) -> Vec<Key> {
        let mut keys = visit::reads(self.room, self.by);
        keys.push(Key::Seat(self.user, self.room));
        keys
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Self::Done), CannotRemove> {
        let mut visit = Visit::of(state, self.room, self.by)?;
        if !visit.room.is_owned_by(self.by) {
            return Err(CannotRemove::NotOwner);
        }
        if self.user == self.by {
            return Err(CannotRemove::Oneself);
        }
        let mut seat = state.seat(self.user, self.room).cloned().ok_or(CannotRemove::NoMember)?;
        let mut plan = Plan::default();
        let sat = seat.is_taken();
        // Who left before is kept out as well.
        if seat.status == SeatStatus::Removed {
            return Ok((plan, Answer::again(visit.room)));
        }
        seat.status = SeatStatus::Removed;
        plan.put(Record::Seat(seat));
        if sat {
            visit.room.members.retain(|member| member.user != self.user);
            visit.tell(&mut plan, BulletinKind::MemberLeft, Told::Member { user: self.user }, now);
            plan.put(Record::Room(visit.room.clone()));
        }
        Ok((plan, Answer::first(visit.room)))
    }
}
