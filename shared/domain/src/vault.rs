//! What is kept so that only its user's own key opens it. Whoever destroys that key destroys it all.

use crate::{
    engine::{Command, Key, Plan, Record, Snapshot},
    id::UserId,
};
use jiff::Timestamp;
use std::{convert::Infallible, fmt};

/// Something of a user's, encrypted.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Which of the user's keys it is sealed under.
    pub key: String,
    /// Nonce, ciphertext and tag.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes under {}", self.bytes.len(), self.key)
    }
}

/// A user's own key, itself encrypted under one of ours.
#[derive(Clone, PartialEq, Eq)]
pub struct UserKey {
    pub user: UserId,
    /// Its name, which what it seals carries.
    pub name: String,
    /// Which of our keys it is wrapped in.
    pub wrapped_by: String,
    pub wrapped: Vec<u8>,
    pub made_at: Timestamp,
}

impl UserKey {
    /// In the place of a key that is no more, so that nobody makes another.
    pub fn destroyed(user: UserId, now: Timestamp) -> Self {
        Self { user, name: String::new(), wrapped_by: String::new(), wrapped: Vec::new(), made_at: now }
    }

    pub fn is_destroyed(&self) -> bool {
        self.wrapped.is_empty()
    }
}

impl fmt::Debug for UserKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "key {} of {}", self.name, self.user)
    }
}

/// Gives a user a key, unless there is one.
#[derive(Debug, Clone)]
pub struct MakeUserKey {
    pub user: UserId,
    pub name: String,
    pub wrapped_by: String,
    pub wrapped: Vec<u8>,
}

impl Command for MakeUserKey {
    /// The key that there is now: of those who make one at the same time, one does.
    type Done = UserKey;
    type Refusal = Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::UserKey(self.user)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, UserKey), Infallible> {
        let mut plan = Plan::default();
        if let Some(known) = state.user_key(self.user) {
            return Ok((plan, known.clone()));
        }
        let (name, wrapped_by, wrapped) = (self.name.clone(), self.wrapped_by.clone(), self.wrapped.clone());
        let key = UserKey { user: self.user, name, wrapped_by, wrapped, made_at: now };
        plan.put(Record::UserKey(key.clone()));
        Ok((plan, key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::user;

    #[test]
    fn a_user_has_one_key_whoever_makes_it() {
        let make = |name: &str| MakeUserKey { user: user("asha"), name: name.to_owned(), wrapped_by: "v1".to_owned(), wrapped: vec![1] };
        let (plan, first) = make("a").decide(&Snapshot::default(), Timestamp::UNIX_EPOCH).unwrap();
        let mut state = Snapshot::default();
        plan.records().for_each(|record| state.insert(1, record.clone()));
        let (plan, second) = make("b").decide(&state, Timestamp::UNIX_EPOCH).unwrap();
        assert!(plan.is_empty());
        assert_eq!(first, second);
    }
}
