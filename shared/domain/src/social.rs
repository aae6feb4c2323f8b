//! What a user settles about others: whom they have blocked, and who sees whether they are there.

use crate::{
    account::AccountStatus,
    engine::{Command, Key, Plan, Record, Snapshot},
    id::{AccountId, UserId},
    rules::Rules,
};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Who may see whether a user is there, and when they last were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PresencePrivacy {
    /// Who has a direct room with them.
    #[default]
    Contacts,
    Nobody,
}

impl PresencePrivacy {
    pub const ALL: [Self; 2] = [Self::Contacts, Self::Nobody];

    pub fn code(self) -> &'static str {
        match self {
            Self::Contacts => "contacts",
            Self::Nobody => "nobody",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|privacy| privacy.code() == code)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Social {
    pub account: AccountId,
    pub blocked: BTreeSet<UserId>,
    pub presence: PresencePrivacy,
}

impl Social {
    /// Of a user who has settled nothing.
    pub fn new(account: AccountId) -> Self {
        Self { account, blocked: BTreeSet::new(), presence: PresencePrivacy::default() }
    }
}

/// Whether `user` has blocked `other`.
pub(crate) fn has_blocked(state: &Snapshot, user: UserId, other: UserId) -> bool {
    state.social(AccountId::wallet_of(user)).is_some_and(|social| social.blocked.contains(&other))
}

/// Whether `user` is there and has not blocked `by`, who wants something of them.
pub(crate) fn can_be_asked(state: &Snapshot, user: UserId, by: UserId) -> bool {
    let is_open = state.account(AccountId::wallet_of(user)).is_some_and(|account| account.status != AccountStatus::Closed);
    is_open && !has_blocked(state, user, by)
}

fn of(state: &Snapshot, user: UserId) -> Social {
    let account = AccountId::wallet_of(user);
    state.social(account).cloned().unwrap_or_else(|| Social::new(account))
}

fn keep(before: Option<&Social>, social: Social) -> (Plan, Social) {
    let mut plan = Plan::default();
    if before.map_or(Social::new(social.account) != social, |before| *before != social) {
        plan.put(Record::Social(social.clone()));
    }
    (plan, social)
}

/// Blocks somebody, or unblocks them. Between two people of whom one has blocked the other there are
/// no direct messages; in groups that both are in, they still read each other.
#[derive(Debug, Clone)]
pub struct SetBlocked {
    pub owner: UserId,
    pub other: UserId,
    pub blocked: bool,
    pub rules: Rules,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotBlock {
    #[error("nobody blocks themselves")]
    Oneself,
    #[error("at most {max} users can be blocked; unblock somebody first")]
    TooMany { max: usize },
}

impl Command for SetBlocked {
    type Done = Social;
    type Refusal = CannotBlock;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Social(AccountId::wallet_of(self.owner))]
    }

    fn decide(&self, state: &Snapshot, _now: Timestamp) -> Result<(Plan, Social), CannotBlock> {
        if self.other == self.owner {
            return Err(CannotBlock::Oneself);
        }
        let mut social = of(state, self.owner);
        if self.blocked {
            social.blocked.insert(self.other);
        } else {
            social.blocked.remove(&self.other);
        }
        let (max, before) = (self.rules.blocked_max, state.social(social.account));
        let grows = before.map_or(0, |before| before.blocked.len()) < social.blocked.len();
        if grows && social.blocked.len() > max {
            return Err(CannotBlock::TooMany { max });
        }
        Ok(keep(before, social))
    }
}

/// Settles who sees whether one is there.
#[derive(Debug, Clone)]
pub struct SetPresencePrivacy {
    pub owner: UserId,
    pub presence: PresencePrivacy,
}

impl Command for SetPresencePrivacy {
    type Done = Social;
    type Refusal = std::convert::Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Social(AccountId::wallet_of(self.owner))]
    }

    fn decide(&self, state: &Snapshot, _now: Timestamp) -> Result<(Plan, Social), Self::Refusal> {
        let social = Social { presence: self.presence, ..of(state, self.owner) };
        Ok(keep(state.social(social.account), social))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{World, user};

    fn block(world: &World, other: &str, blocked: bool) -> SetBlocked {
        SetBlocked { owner: user("asha"), other: user(other), blocked, rules: world.rules.clone() }
    }

    #[test]
    fn blocking_is_undone_by_unblocking_and_neither_counts_twice() {
        let mut world = World::new();
        for (blocked, count) in [(true, 1), (true, 1), (false, 0), (false, 0)] {
            let command = block(&world, "ravi", blocked);
            assert_eq!(world.run(&command).unwrap().blocked.len(), count);
        }
        let oneself = block(&world, "asha", true);
        assert_eq!(world.run(&oneself), Err(CannotBlock::Oneself));
    }

    #[test]
    fn only_so_many_are_blocked_and_one_who_is_stays_so() {
        let mut world = World::new();
        world.rules.blocked_max = 2;
        for other in ["ravi", "mina"] {
            let command = block(&world, other, true);
            world.run(&command).unwrap();
        }
        let (third, known) = (block(&world, "zoya", true), block(&world, "mina", true));
        assert_eq!(world.run(&third), Err(CannotBlock::TooMany { max: 2 }));
        assert!(world.run(&known).is_ok());
    }

    #[test]
    fn presence_is_for_contacts_until_its_owner_says_otherwise() {
        let mut world = World::new();
        assert_eq!(Social::new(AccountId::wallet_of(user("asha"))).presence, PresencePrivacy::Contacts);
        let command = block(&world, "ravi", true);
        world.run(&command).unwrap();
        let hidden = world.run(&SetPresencePrivacy { owner: user("asha"), presence: PresencePrivacy::Nobody }).unwrap();
        assert_eq!((hidden.presence, hidden.blocked.len()), (PresencePrivacy::Nobody, 1));
        for privacy in PresencePrivacy::ALL {
            assert_eq!(PresencePrivacy::from_code(privacy.code()), Some(privacy));
        }
    }
}
