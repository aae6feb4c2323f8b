//! Who belongs to an organisation. An organisation is the user who runs it; a member is whom it has
//! invited and who has agreed. Either ends it.

use crate::{
    engine::{Command, Key, Plan, Record, Snapshot},
    id::{AccountId, UserId},
};
use jiff::Timestamp;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MembershipStatus {
    Invited,
    Joined,
    /// Whoever of the two has ended it; the organisation may invite again.
    Left,
}

impl MembershipStatus {
    pub const ALL: [Self; 3] = [Self::Invited, Self::Joined, Self::Left];

    pub fn code(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Joined => "joined",
            Self::Left => "left",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

/// A user's place in an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    pub organisation: UserId,
    pub user: UserId,
    pub status: MembershipStatus,
    pub invited_at: Timestamp,
    pub changed_at: Timestamp,
}

impl Membership {
    pub fn is_member(&self) -> bool {
        self.status == MembershipStatus::Joined
    }
}

/// What one of the two wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// The organisation invites.
    Invite,
    /// The user agrees.
    Join,
    /// Either ends it, or turns it down.
    Leave,
}

/// Changes a user's place in an organisation. What is so already is done again without a change.
#[derive(Debug, Clone)]
pub struct MoveMember {
    pub organisation: UserId,
    pub user: UserId,
    pub wants: Move,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotMove {
    #[error("there is no such user")]
    NoUser,
    #[error("an organisation is not its own member")]
    Oneself,
    /// As little as whether there is such an organisation.
    #[error("there is no such invitation")]
    NotInvited,
}

impl Command for MoveMember {
    type Done = Membership;
    type Refusal = CannotMove;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Membership(self.organisation, self.user), Key::Account(AccountId::wallet_of(self.user))]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Membership), CannotMove> {
        use MembershipStatus::{Invited, Joined, Left};
        if self.organisation == self.user {
            return Err(CannotMove::Oneself);
        }
        let known = state.membership(self.organisation, self.user);
        let next = match (self.wants, known.map(|place| place.status)) {
            (Move::Invite, None | Some(Left)) => {
                state.account(AccountId::wallet_of(self.user)).ok_or(CannotMove::NoUser)?;
                Some(Invited)
            }
            (Move::Join, Some(Invited)) => Some(Joined),
            (Move::Leave, Some(Invited | Joined)) => Some(Left),
            (Move::Invite, Some(Invited | Joined)) | (Move::Join, Some(Joined)) | (Move::Leave, Some(Left)) => None,
            (Move::Join, None | Some(Left)) | (Move::Leave, None) => return Err(CannotMove::NotInvited),
        };
        let mut plan = Plan::default();
        match (next, known) {
            (None, Some(place)) => Ok((plan, place.clone())),
            (next, known) => {
                let status = next.unwrap_or(Invited);
                let invited_at = known.filter(|_| status != Invited).map_or(now, |place| place.invited_at);
                let place = Membership { organisation: self.organisation, user: self.user, status, invited_at, changed_at: now };
                plan.put(Record::Membership(place.clone()));
                Ok((plan, place))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{World, user};

    fn step(wants: Move) -> MoveMember {
        MoveMember { organisation: user("fleet"), user: user("asha"), wants }
    }

    #[test]
    fn a_member_is_who_was_invited_and_agreed_until_either_ends_it() {
        let mut world = World::with(&[("asha", 0)]);
        assert_eq!(world.run(&step(Move::Join)), Err(CannotMove::NotInvited));
        assert_eq!(world.run(&step(Move::Leave)), Err(CannotMove::NotInvited));
        let invited = world.run(&step(Move::Invite)).unwrap();
        assert!(!invited.is_member());
        world.wait(60);
        assert_eq!(world.run(&step(Move::Invite)).unwrap(), invited, "once more is no second invitation");
        let joined = world.run(&step(Move::Join)).unwrap();
        assert!(joined.is_member());
        assert_eq!((world.run(&step(Move::Join)).unwrap(), world.run(&step(Move::Invite)).unwrap()), (joined.clone(), joined));
        assert_eq!(world.run(&step(Move::Leave)).unwrap().status, MembershipStatus::Left);
        assert_eq!(world.run(&step(Move::Join)), Err(CannotMove::NotInvited), "who has left is asked anew");
        assert_eq!(world.run(&step(Move::Invite)).unwrap().status, MembershipStatus::Invited);
    }

    #[test]
    fn only_users_are_invited_and_nobody_by_themselves() {
        let mut world = World::with(&[("fleet", 0)]);
        assert_eq!(world.run(&step(Move::Invite)), Err(CannotMove::NoUser));
        let oneself = MoveMember { organisation: user("fleet"), user: user("fleet"), wants: Move::Invite };
        assert_eq!(world.run(&oneself), Err(CannotMove::Oneself));
    }
}
