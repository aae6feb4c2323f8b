//! Making a room.

use super::{Member, MemberRole, Room, RoomKind, RoomName, Seat};
use crate::{
    engine::{Answer, Command, Key, Plan, Record, Snapshot},
    id::{AccountId, Fingerprint, RoomId, UserId},
    request::{KeyReused, Keyed},
    rules::Rules,
    social::{can_be_asked, has_blocked},
};
use jiff::Timestamp;

#[derive(Debug, Clone)]
pub enum NewRoom {
    /// Theirs, if they have one already.
    Direct { with: UserId },
    /// Of its maker, who owns it, and its first members.
    Group { name: RoomName, open: bool, members: Vec<UserId> },
}

/// Makes a room. Nothing stands on its board yet: its record says who was there from the beginning.
#[derive(Debug, Clone)]
pub struct CreateRoom {
    pub asked: Keyed,
    pub wanted: NewRoom,
    /// Whether it forgets after a day.
    pub ephemeral: bool,
    pub rules: Rules,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotCreate {
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    #[error("nobody has a room with only themselves")]
    WithOneself,
    #[error("a room begins with at most {max} other members")]
    TooManyMembers { max: usize },
    /// Not there, blocked, or blocking: which of them is not the caller's to know.
    #[error("this user cannot be written to: {user}")]
    Unreachable { user: UserId },
}

impl CreateRoom {
    fn fingerprint(&self) -> Fingerprint {
        match &self.wanted {
            NewRoom::Direct { with } => Room::direct_fingerprint(self.asked.caller, *with, self.ephemeral),
            NewRoom::Group { .. } => self.asked.fingerprint,
        }
    }

    /// Who else is in it, each once.
    fn others(&self) -> Vec<UserId> {
        let named = match &self.wanted {
            NewRoom::Direct { with } => std::slice::from_ref(with),
            NewRoom::Group { members, .. } => members.as_slice(),
        };
        let mut others = Vec::with_capacity(named.len());
        for user in named {
            if *user != self.asked.caller && !others.contains(user) {
                others.push(*user);
            }
        }
        others
    }

    fn check(&self, state: &Snapshot, others: &[UserId]) -> Result<(), CannotCreate> {
        let by = self.asked.caller;
        let direct = matches!(self.wanted, NewRoom::Direct { .. });
        if direct && others.is_empty() {
            return Err(CannotCreate::WithOneself);
        }
        if others.len() > self.rules.room_first_members_max {
            return Err(CannotCreate::TooManyMembers { max: self.rules.room_first_members_max });
        }
        let reachable = |user: UserId| can_be_asked(state, user, by) && !(direct && has_blocked(state, by, user));
        others.iter().find(|user| !reachable(**user)).map_or(Ok(()), |user| Err(CannotCreate::Unreachable { user: *user }))
    }
}

impl Command for CreateRoom {
    type Done = Answer<Room>;
    type Refusal = CannotCreate;

    fn reads(&self) -> Vec<Key> {
        let mut keys = vec![Key::Room(self.fingerprint()), Key::Social(self.asked.account())];
        for account in self.others().into_iter().map(AccountId::wallet_of) {
            keys.extend([Key::Account(account), Key::Social(account)]);
        }
        keys
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Self::Done), CannotCreate> {
        let by = self.asked.caller;
        if let Some(known) = state.room(self.fingerprint()) {
            if let RoomKind::Group { .. } = known.kind {
                self.asked.check(&known.digest)?;
            }
            return Ok((Plan::default(), Answer::again(known.clone())));
        }
        let others = self.others();
        self.check(state, &others)?;
        let (kind, role) = match &self.wanted {
            NewRoom::Direct { .. } => (RoomKind::Direct, MemberRole::Member),
            NewRoom::Group { name, open, .. } => (RoomKind::Group { name: name.clone(), open: *open }, MemberRole::Owner),
        };
        let member = |user, role| Member { user, role, joined_at: now };
        let mut members = vec![member(by, role)];
        members.extend(others.into_iter().map(|user| member(user, MemberRole::Member)));
        let room = Room {
            id: RoomId::new(now, self.fingerprint()),
            kind,
            keeps_s: if self.ephemeral { self.rules.ephemeral_room_keeps_s } else { self.rules.room_keeps_s },
            members,
            created_by: by,
            created_at: now,
            digest: self.asked.digest,
        };
        let mut plan = Plan::default();
        for member in &room.members {
            plan.put(Record::Seat(Seat::new(&room, member.user, 0, now)));
        }
        plan.put(Record::Room(room.clone()));
        Ok((plan, Answer::first(room)))
    }
}
