//! Who belongs to an organisation. An organisation is the user who runs it; a member is whom it has
//! invited and who has agreed. Either ends it.

use crate::{
    account::{Account, Happening},
    codes::codes,
    engine::{Command, Key, Plan, Record, Snapshot},
    fact::{Cause, Detail, FactKind},
    id::{AccountId, UserId},
};
use jiff::{SignedDuration, Timestamp};

codes! {
    MembershipStatus {
        Invited = "invited";
        Joined = "joined";
        /// Whoever of the two has ended it; the organisation may invite again.
        Left = "left";
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

/// Whoever left is invited again without a word within so long: nobody's feed fills with invitations.
const UNTOLD: SignedDuration = SignedDuration::from_hours(24);

/// Changes a user's place in an organisation. What is so already is done again without a change. Who is
/// invited finds it in their feed.
#[derive(Debug, Clone)]
pub struct MoveMember {
    pub organisation: UserId,
    pub user: UserId,
    pub wants: Move,
    pub request_id: String,
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
        let account = state.account(AccountId::wallet_of(self.user));
        let next = match (self.wants, known.map(|place| place.status)) {
            (Move::Invite, None | Some(Left)) => {
                account.ok_or(CannotMove::NoUser)?;
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
                let is_news = known.is_none_or(|known| now.duration_since(known.changed_at) >= UNTOLD);
                if let Some(account) = account.filter(|_| status == Invited && is_news) {
                    self.tell(&mut plan, account.clone(), now);
                }
                Ok((plan, place))
            }
        }
    }
}

impl MoveMember {
    fn tell(&self, plan: &mut Plan, mut account: Account, now: Timestamp) {
        let cause = Cause::Request { request_id: self.request_id.clone() };
        let detail = Detail { counterparty: Some(self.organisation.to_string()), ..Detail::default() };
        let kind = FactKind::OrganisationInvited;
        let held = account.held;
        plan.record(&mut account, held, now, Happening { kind, operation: None, postings: Vec::new(), detail, cause: &cause });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{World, user};

    fn step(wants: Move) -> MoveMember {
        MoveMember { organisation: user("fleet"), user: user("asha"), wants, request_id: "r".to_owned() }
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
    fn who_is_invited_finds_it_in_their_feed_and_is_not_pestered() {
        let mut world = World::with(&[("asha", 0)]);
        let invitations = |world: &World| {
            let facts = world.facts(AccountId::wallet_of(user("asha")));
            facts
                .iter()
                .filter(|fact| fact.kind == FactKind::OrganisationInvited)
                .map(|fact| fact.detail.counterparty.clone())
                .collect::<Vec<_>>()
        };
        world.run(&step(Move::Invite)).unwrap();
        let once = [Some(user("fleet").to_string())];
        assert_eq!(invitations(&world), once);
        for _ in 0..3 {
            world.run(&step(Move::Leave)).unwrap();
            world.run(&step(Move::Invite)).unwrap();
        }
        assert_eq!(invitations(&world), once);
        world.run(&step(Move::Leave)).unwrap();
        world.wait(24 * 3_600);
        world.run(&step(Move::Invite)).unwrap();
        assert_eq!(invitations(&world).len(), 2);
        world.run(&step(Move::Join)).unwrap();
        assert_eq!(invitations(&world).len(), 2, "what they do themselves they know");
    }

    #[test]
    fn only_users_are_invited_and_nobody_by_themselves() {
        let mut world = World::with(&[("fleet", 0)]);
        assert_eq!(world.run(&step(Move::Invite)), Err(CannotMove::NoUser));
        let oneself = MoveMember { user: user("fleet"), ..step(Move::Invite) };
        assert_eq!(world.run(&oneself), Err(CannotMove::Oneself));
    }
}
