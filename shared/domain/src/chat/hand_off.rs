//! A chat that a person answers: what was written, without what names somebody, for whoever takes it up.

use super::Door;
use crate::{
    engine::{Command, Key, Plan, Record, Snapshot},
    id::{Fingerprint, UserId},
};
use jiff::Timestamp;
use std::convert::Infallible;

/// Lines that are kept of one; the oldest go first.
const LINES_MAX: usize = 50;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOff {
    pub user: UserId,
    pub door: Door,
    pub opened_at: Timestamp,
    /// `None` while it waits for a person.
    pub closed_at: Option<Timestamp>,
    pub lines: Vec<HandOffLine>,
}

#[derive(Clone, PartialEq, Eq)]
pub struct HandOffLine {
    /// Of the message or the request that brought it: the same again is the same line.
    pub id: Fingerprint,
    /// Whether the user wrote it, and not an operator.
    pub theirs: bool,
    pub text: String,
    pub at: Timestamp,
}

impl std::fmt::Debug for HandOffLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HandOffLine").field("id", &self.id).field("theirs", &self.theirs).finish_non_exhaustive()
    }
}

/// A line that is added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLine {
    pub id: Fingerprint,
    pub theirs: bool,
    pub text: String,
}

/// Adds lines to a hand-off, and opens it where there is none.
#[derive(Debug, Clone)]
pub struct AddHandOffLines {
    pub user: UserId,
    pub door: Door,
    pub lines: Vec<NewLine>,
}

impl Command for AddHandOffLines {
    type Done = HandOff;
    type Refusal = Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::HandOff(self.user, self.door)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, HandOff), Infallible> {
        let known = state.hand_off(self.user, self.door).cloned();
        let is_new = |line: &&NewLine| !known.as_ref().is_some_and(|open| open.lines.iter().any(|other| other.id == line.id));
        let new: Vec<HandOffLine> = self
            .lines
            .iter()
            .filter(is_new)
            .map(|line| HandOffLine { id: line.id, theirs: line.theirs, text: line.text.clone(), at: now })
            .collect();
        let mut plan = Plan::default();
        let fresh = || HandOff { user: self.user, door: self.door, opened_at: now, closed_at: None, lines: Vec::new() };
        match known {
            Some(known) if new.is_empty() => Ok((plan, known)),
            known => {
                let mut open = known.filter(|known| known.closed_at.is_none()).unwrap_or_else(fresh);
                open.lines.extend(new);
                open.lines.drain(..open.lines.len().saturating_sub(LINES_MAX));
                plan.put(Record::HandOff(open.clone()));
                Ok((plan, open))
            }
        }
    }
}

/// An operator is done with it.
#[derive(Debug, Clone)]
pub struct CloseHandOff {
    pub user: UserId,
    pub door: Door,
}

/// There is none that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no chat of this user waits for a person there")]
pub struct NoHandOff;

impl Command for CloseHandOff {
    type Done = HandOff;
    type Refusal = NoHandOff;

    fn reads(&self) -> Vec<Key> {
        vec![Key::HandOff(self.user, self.door)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, HandOff), NoHandOff> {
        let mut known = state.hand_off(self.user, self.door).cloned().ok_or(NoHandOff)?;
        let mut plan = Plan::default();
        if known.closed_at.is_none() {
            known.closed_at = Some(now);
            plan.put(Record::HandOff(known.clone()));
        }
        Ok((plan, known))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::user;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn add(known: Option<&HandOff>, id: &str, second: i64) -> HandOff {
        let mut state = Snapshot::default();
        if let Some(known) = known {
            state.insert(1, Record::HandOff(known.clone()));
        }
        let line = NewLine { id: Fingerprint::of("m", id), theirs: true, text: id.to_owned() };
        AddHandOffLines { user: user("asha"), door: Door::Meta, lines: vec![line] }.decide(&state, at(second)).unwrap().1
    }

    #[test]
    fn a_line_is_added_once_and_one_after_the_end_opens_another() {
        let open = add(None, "a", 1);
        assert_eq!(add(Some(&open), "a", 2), open);
        let two = add(Some(&open), "b", 2);
        assert_eq!((two.lines.len(), two.opened_at), (2, at(1)));
        let mut state = Snapshot::default();
        state.insert(1, Record::HandOff(two));
        let (_, closed) = CloseHandOff { user: user("asha"), door: Door::Meta }.decide(&state, at(3)).unwrap();
        assert_eq!(closed.closed_at, Some(at(3)));
        assert_eq!(add(Some(&closed), "b", 4), closed, "a message that is delivered again opens nothing");
        let again = add(Some(&closed), "c", 4);
        assert_eq!((again.lines.len(), again.opened_at, again.closed_at), (1, at(4), None));
    }
}
