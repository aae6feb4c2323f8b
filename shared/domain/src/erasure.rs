//! The end of an account, and of what is kept of whoever had it.
//!
//! Two duties meet here: to erase when a person asks, and to keep for a year what was processed. So an account is closed
//! and its data leaves every place of use at once; a sealed copy is held until the year is over, and then the only key to
//! it is destroyed. Records of payments stay for as long as the law wants them. Source: `compliance.md`, D8.

use crate::{
    account::{AccountStatus, Happening, NoAccount},
    codes::codes,
    engine::{Command, Key, Plan, Record, Snapshot},
    fact::{Cause, Detail, FactKind},
    id::{AccountId, UserId},
    money::Rupees,
    vault::UserKey,
};
use jiff::{SignedDuration, Timestamp};
use std::convert::Infallible;

/// How long the sealed copy is held. Source: `compliance.md`, D8.
pub const HELD_DAYS: i64 = 365;
/// After what was on its way has surely arrived, or failed for good.
const AGAIN: SignedDuration = SignedDuration::from_hours(1);
/// How long is waited for banks that have to be told that a connection ended.
const BANKS_AWAITED: SignedDuration = SignedDuration::from_hours(24);
/// Longer than a worker lives that makes a copy.
const COPYING: SignedDuration = SignedDuration::from_mins(6);
const BANKS_ASKED_EVERY: SignedDuration = SignedDuration::from_secs(60);

codes! {
    /// How far an erasure is.
    ErasureStep {
        /// The account is closed; connections are being ended, and a copy is being sealed.
        Asked = "asked";
        /// The copy is whole, and nothing more can be sealed. What was copied is being removed.
        Sealed = "sealed";
        /// It was removed. It is once more, an hour later: something may have been on its way.
        Removed = "removed";
        /// Nothing is left but the copy.
        Held = "held";
        /// Nor the key to it.
        Destroyed = "destroyed";
    }
}

/// The sealed copy: where it is, and how much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    pub id: String,
    /// Each part's bytes.
    pub parts: Vec<u64>,
    pub rows: u64,
}

/// An erasure. It stays, as the proof that there was one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    pub user: UserId,
    pub step: ErasureStep,
    pub asked_at: Timestamp,
    pub held_until: Timestamp,
    /// When the next step is to be taken.
    pub due_at: Option<Timestamp>,
    pub hold: Option<Hold>,
    /// The user's own key, which opens the copy, for as long as that is held.
    pub key: Option<UserKey>,
    pub updated_at: Timestamp,
}

impl Erasure {
    /// Whether there is a step to take, now that this was written.
    pub fn is_due_as_written(&self) -> bool {
        self.due_at == Some(self.updated_at)
    }

    pub fn is_due(&self, now: Timestamp) -> bool {
        self.due_at.is_some_and(|due| due <= now)
    }

    /// Whether banks that have not answered are still waited for.
    pub fn awaits_banks(&self, now: Timestamp) -> bool {
        now.duration_since(self.asked_at) < BANKS_AWAITED
    }
}

fn later(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.saturating_add(by).unwrap_or(Timestamp::MAX)
}

/// Closes an account for good, and has all that is kept of its owner put away. Doing it again changes nothing.
#[derive(Debug, Clone)]
pub struct AskErasure {
    pub user: UserId,
    pub request_id: String,
}

/// Why an account is not closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotErase {
    #[error(transparent)]
    NoAccount(#[from] NoAccount),
    #[error("there is money in the account: {} of which {} are held for something under way", Rupees(*balance), Rupees(*held))]
    MoneyLeft { balance: i64, held: i64 },
}

impl Command for AskErasure {
    type Done = Erasure;
    type Refusal = CannotErase;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Account(AccountId::wallet_of(self.user)), Key::Erasure(self.user)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Erasure), CannotErase> {
        let mut plan = Plan::default();
        if let Some(known) = state.erasure(self.user) {
            return Ok((plan, known.clone()));
        }
        let mut account = state.account(AccountId::wallet_of(self.user)).cloned().ok_or(NoAccount)?;
        if account.balance != 0 || account.held != 0 {
            return Err(CannotErase::MoneyLeft { balance: account.balance, held: account.held });
        }
        account.status = AccountStatus::Closed;
        let cause = Cause::Request { request_id: self.request_id.clone() };
        let happening =
            Happening { kind: FactKind::AccountClosed, operation: None, postings: Vec::new(), detail: Detail::default(), cause: &cause };
        plan.record(&mut account, 0, now, happening);
        let erasure = Erasure {
            user: self.user,
            step: ErasureStep::Asked,
            asked_at: now,
            held_until: later(now, SignedDuration::from_hours(24 * HELD_DAYS)),
            due_at: Some(now),
            hold: None,
            key: None,
            updated_at: now,
        };
        plan.put(Record::Erasure(erasure.clone()));
        Ok((plan, erasure))
    }
}

/// What was done of an erasure. Said of another step than it is at, it changes nothing.
#[derive(Debug, Clone)]
pub enum ErasureWord {
    /// Banks are still being told.
    Waiting,
    /// A copy is being made, under this name unless it has one: by nobody else until that has surely ended.
    Taken(String),
    /// The copy is whole. From here on the user's key opens it and nothing else, and seals nothing.
    Sealed(Hold),
    /// What the step has to remove was removed.
    Removed(ErasureStep),
}

#[derive(Debug, Clone)]
pub struct AdvanceErasure {
    pub user: UserId,
    pub word: ErasureWord,
}

impl Command for AdvanceErasure {
    /// `None` where nobody asked for it, or somebody else has taken it.
    type Done = Option<Erasure>;
    type Refusal = Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Erasure(self.user), Key::UserKey(self.user)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Option<Erasure>), Infallible> {
        let mut plan = Plan::default();
        let Some(mut erasure) = state.erasure(self.user).cloned() else { return Ok((plan, None)) };
        let was = erasure.step;
        match (&self.word, was) {
            (ErasureWord::Waiting, ErasureStep::Asked) => erasure.due_at = Some(later(now, BANKS_ASKED_EVERY)),
            (ErasureWord::Taken(_), ErasureStep::Asked) if !erasure.is_due(now) => return Ok((plan, None)),
            (ErasureWord::Taken(id), ErasureStep::Asked) => {
                erasure.due_at = Some(later(now, COPYING));
                erasure.hold.get_or_insert_with(|| Hold { id: id.clone(), parts: Vec::new(), rows: 0 });
            }
            (ErasureWord::Sealed(hold), ErasureStep::Asked) => {
                (erasure.step, erasure.hold, erasure.due_at) = (ErasureStep::Sealed, Some(hold.clone()), Some(now));
                erasure.key = state.user_key(self.user).cloned();
                plan.put(Record::UserKey(UserKey::destroyed(self.user, now)));
            }
            (ErasureWord::Removed(step), _) if *step == was => match was {
                ErasureStep::Sealed => (erasure.step, erasure.due_at) = (ErasureStep::Removed, Some(later(now, AGAIN))),
                ErasureStep::Removed => (erasure.step, erasure.due_at) = (ErasureStep::Held, Some(erasure.held_until)),
                ErasureStep::Held if erasure.held_until <= now => {
                    (erasure.step, erasure.due_at, erasure.hold, erasure.key) = (ErasureStep::Destroyed, None, None, None);
                }
                ErasureStep::Asked | ErasureStep::Held | ErasureStep::Destroyed => return Ok((plan, Some(erasure))),
            },
            _ => return Ok((plan, Some(erasure))),
        }
        erasure.updated_at = now;
        plan.put(Record::Erasure(erasure.clone()));
        Ok((plan, Some(erasure)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        testing::{World, user, wallet},
        vault::MakeUserKey,
        work::{Work, work_of},
    };

    fn ask() -> AskErasure {
        AskErasure { user: user("asha"), request_id: "r".to_owned() }
    }

    fn say(world: &mut World, word: ErasureWord) -> Erasure {
        world.run(&AdvanceErasure { user: user("asha"), word }).unwrap().unwrap()
    }

    fn hold() -> Hold {
        Hold { id: "h".to_owned(), parts: vec![10], rows: 3 }
    }

    #[test]
    fn an_account_is_closed_once_and_only_without_money() {
        let mut rich = World::with(&[("asha", 500)]);
        assert_eq!(rich.run(&ask()), Err(CannotErase::MoneyLeft { balance: 500, held: 0 }));
        let mut world = World::with(&[("asha", 0)]);
        let asked = world.run(&ask()).unwrap();
        assert_eq!((asked.step, asked.held_until), (ErasureStep::Asked, later(world.now, SignedDuration::from_hours(365 * 24))));
        assert_eq!(work_of(&Record::Erasure(asked.clone())), [Work::Erase { user: user("asha") }]);
        assert_eq!(world.facts(wallet("asha")).last().unwrap().kind, FactKind::AccountClosed);
        let facts = world.facts(wallet("asha")).len();
        world.now += SignedDuration::from_secs(9);
        assert_eq!(world.run(&ask()).unwrap(), asked);
        assert_eq!(world.facts(wallet("asha")).len(), facts);
        assert_eq!(World::new().run(&ask()), Err(CannotErase::NoAccount(NoAccount)));
    }

    #[test]
    fn the_key_goes_with_the_copy_and_is_destroyed_after_a_year() {
        let mut world = World::with(&[("asha", 0)]);
        let made =
            world.run(&MakeUserKey { user: user("asha"), name: "k".to_owned(), wrapped_by: "v1".to_owned(), wrapped: vec![1] }).unwrap();
        world.run(&ask()).unwrap();
        let sealed = say(&mut world, ErasureWord::Sealed(hold()));
        assert_eq!((sealed.step, sealed.key.as_ref()), (ErasureStep::Sealed, Some(&made)));
        let again = world.run(&MakeUserKey { user: user("asha"), name: "l".to_owned(), wrapped_by: "v1".to_owned(), wrapped: vec![2] });
        assert!(again.unwrap().is_destroyed(), "nobody gets another key in its place");
        let removed = say(&mut world, ErasureWord::Removed(ErasureStep::Sealed));
        assert_eq!((removed.step, removed.due_at), (ErasureStep::Removed, Some(later(world.now, AGAIN))));
        let held = say(&mut world, ErasureWord::Removed(ErasureStep::Removed));
        assert_eq!((held.step, held.due_at), (ErasureStep::Held, Some(held.held_until)));
        let early = say(&mut world, ErasureWord::Removed(ErasureStep::Held));
        assert_eq!(early, held, "not before the year is over");
        world.now = held.held_until;
        let over = say(&mut world, ErasureWord::Removed(ErasureStep::Held));
        assert_eq!((over.step, over.key, over.hold, over.due_at), (ErasureStep::Destroyed, None, None, None));
    }

    #[test]
    fn one_makes_the_copy_and_another_after_its_time_under_the_same_name() {
        let mut world = World::with(&[("asha", 0)]);
        world.run(&ask()).unwrap();
        let take = |id: &str| AdvanceErasure { user: user("asha"), word: ErasureWord::Taken(id.to_owned()) };
        let name = |erasure: Option<Erasure>| erasure.and_then(|erasure| Some(erasure.hold?.id));
        assert_eq!(name(world.run(&take("a")).unwrap()).as_deref(), Some("a"));
        assert_eq!(world.run(&take("b")).unwrap(), None);
        world.now += COPYING;
        assert_eq!(name(world.run(&take("b")).unwrap()).as_deref(), Some("a"));
    }

    #[test]
    fn a_word_about_another_step_changes_nothing() {
        let mut world = World::with(&[("asha", 0)]);
        world.run(&ask()).unwrap();
        let asked = say(&mut world, ErasureWord::Removed(ErasureStep::Sealed));
        assert_eq!(asked.step, ErasureStep::Asked);
        assert_eq!(say(&mut world, ErasureWord::Waiting).due_at, Some(later(world.now, BANKS_ASKED_EVERY)));
        say(&mut world, ErasureWord::Sealed(hold()));
        let key = world.record(&Key::UserKey(user("asha"))).cloned();
        for word in [ErasureWord::Waiting, ErasureWord::Sealed(Hold { rows: 0, ..hold() }), ErasureWord::Removed(ErasureStep::Removed)] {
            assert_eq!(say(&mut world, word).hold, Some(hold()));
        }
        assert_eq!(world.record(&Key::UserKey(user("asha"))).cloned(), key);
        let nobody = AdvanceErasure { user: user("ravi"), word: ErasureWord::Waiting };
        assert_eq!(world.run(&nobody).unwrap(), None);
    }
}
