//! A user's PIN: a second factor for large payments. Given on a page of ours, never in a chat.

use crate::{
    engine::{Command, Key, Plan, Record, Snapshot},
    id::UserId,
};
use jiff::{SignedDuration, Timestamp};
use std::convert::Infallible;

/// What is kept of a PIN: a keyed hash, which nobody without our secret can try numbers on.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin {
    pub user: UserId,
    pub hash: [u8; 32],
    /// Wrong ones since the last right one.
    pub wrong: u32,
    pub locked_until: Option<Timestamp>,
    pub set_at: Timestamp,
}

impl std::fmt::Debug for Pin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pin").field("user", &self.user).field("wrong", &self.wrong).finish_non_exhaustive()
    }
}

/// How many wrong ones in a row lock it.
const TRIES: u32 = 5;
const LOCKED: SignedDuration = SignedDuration::from_hours(24);

/// Whether a text can be a PIN: six digits, not all alike, and no run such as 123456.
pub fn is_pin(text: &str) -> bool {
    let digits = text.as_bytes();
    let step = |by: i16| digits.windows(2).all(|two| i16::from(two[1]) - i16::from(two[0]) == by);
    digits.len() == 6 && digits.iter().all(u8::is_ascii_digit) && ![-1, 0, 1].into_iter().any(step)
}

/// Sets a PIN, or another one. Whoever asks has proven the phone.
#[derive(Debug, Clone)]
pub struct SetPin {
    pub user: UserId,
    pub hash: [u8; 32],
}

impl Command for SetPin {
    type Done = ();
    type Refusal = Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Pin(self.user)]
    }

    fn decide(&self, _: &Snapshot, now: Timestamp) -> Result<(Plan, ()), Infallible> {
        let mut plan = Plan::default();
        plan.put(Record::Pin(Pin { user: self.user, hash: self.hash, wrong: 0, locked_until: None, set_at: now }));
        Ok((plan, ()))
    }
}

/// Tries a PIN. A wrong one is counted in the same step.
#[derive(Debug, Clone)]
pub struct TryPin {
    pub user: UserId,
    pub hash: [u8; 32],
}

/// How a PIN was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried {
    Right,
    Wrong {
        left: u32,
    },
    Locked,
    /// There is none.
    Unset,
}

impl Command for TryPin {
    type Done = Tried;
    type Refusal = Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Pin(self.user)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Tried), Infallible> {
        let mut plan = Plan::default();
        let Some(pin) = state.pin(self.user) else { return Ok((plan, Tried::Unset)) };
        if pin.locked_until.is_some_and(|until| now < until) {
            return Ok((plan, Tried::Locked));
        }
        // Both are keyed hashes: how far they agree tells nobody anything of a PIN.
        if pin.hash == self.hash {
            if pin.wrong > 0 {
                plan.put(Record::Pin(Pin { wrong: 0, locked_until: None, ..pin.clone() }));
            }
            return Ok((plan, Tried::Right));
        }
        let wrong = pin.wrong % TRIES + 1;
        let is_last = wrong == TRIES;
        let locked_until = is_last.then(|| now.saturating_add(LOCKED).unwrap_or(Timestamp::MAX));
        plan.put(Record::Pin(Pin { wrong, locked_until, ..pin.clone() }));
        Ok((plan, if is_last { Tried::Locked } else { Tried::Wrong { left: TRIES - wrong } }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::user;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn attempt(pin: &mut Pin, hash: u8, second: i64) -> Tried {
        let mut state = Snapshot::default();
        state.insert(1, Record::Pin(pin.clone()));
        let (plan, tried) = TryPin { user: user("asha"), hash: [hash; 32] }.decide(&state, at(second)).unwrap();
        if let Some(Record::Pin(next)) = plan.records().next() {
            *pin = next.clone();
        }
        tried
    }

    #[test]
    fn five_wrong_ones_lock_it_for_a_day_also_for_the_right_one() {
        let mut pin = Pin { user: user("asha"), hash: [1; 32], wrong: 0, locked_until: None, set_at: at(0) };
        for left in [4, 3, 2, 1] {
            assert_eq!(attempt(&mut pin, 2, 10), Tried::Wrong { left });
        }
        assert_eq!(attempt(&mut pin, 2, 10), Tried::Locked);
        assert_eq!(attempt(&mut pin, 1, 11), Tried::Locked);
        assert_eq!(attempt(&mut pin, 2, 10 + 86_400), Tried::Wrong { left: 4 });
        assert_eq!(attempt(&mut pin, 1, 10 + 86_400), Tried::Right);
        assert_eq!(pin.wrong, 0);
    }

    #[test]
    fn what_is_guessed_first_is_no_pin() {
        for good in ["482913", "112233", "135790"] {
            assert!(is_pin(good), "{good}");
        }
        for bad in ["", "12345", "1234567", "123456", "654321", "000000", "12a456", "१२३४५६"] {
            assert!(!is_pin(bad), "{bad}");
        }
    }
}
