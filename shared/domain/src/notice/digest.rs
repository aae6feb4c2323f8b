//! Telling at one time of day, in one notice, what was not urgent.

use super::{Channel, Ended, HeldFor, Notice, Stage, Template, Values, open, preferences::Preferences};
use crate::{
    engine::{Command, Key, Plan, Snapshot},
    fact::Priority,
    id::{AccountId, NoticeId, UserId},
    rules::NoticeRules,
    work::Work,
};
use jiff::Timestamp;
use std::{collections::BTreeMap, convert::Infallible};

/// How many notices one digest takes up, and one transaction can write; more make another.
pub const DIGEST_MAX: usize = 90;
/// The words of a digest. Its values are `{"count":n}`.
const TEMPLATE: &str = "digest";
const TEMPLATE_VERSION: u32 = 1;

/// Lets go of what is held for a user's digest and due by now: one notice as itself, more as one.
///
/// Each is in the user's feed all the same; the digest says how many there are. What was read,
/// switched off or has become stale meanwhile is not counted. The same notices again, or some of
/// them, are in no second digest: they are not held any more.
#[derive(Debug, Clone)]
pub struct ReleaseDigest {
    pub user: UserId,
    /// At most [`DIGEST_MAX`] are looked at.
    pub notices: Vec<NoticeId>,
    pub rules: NoticeRules,
}

/// What to do about notices that are due: each climbs, but for those that wait for a digest, which are
/// let go together.
pub fn take_apart(due: &[Notice], rules: &NoticeRules) -> (Vec<Work>, Vec<ReleaseDigest>) {
    let (mut climbs, mut digests) = (Vec::new(), BTreeMap::<UserId, Vec<NoticeId>>::new());
    for notice in due {
        match notice.stage {
            Stage::Held { why: HeldFor::Digest, .. } => digests.entry(notice.user).or_default().push(notice.id),
            _ => climbs.push(Work::ClimbNotice { notice: notice.id, user: notice.user }),
        }
    }
    let release = |(user, notices)| ReleaseDigest { user, notices, rules: rules.clone() };
    (climbs, digests.into_iter().map(release).collect())
}

/// What was let go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Released {
    Nothing,
    /// The only one there was.
    One(Notice),
    Digest(Notice),
}

impl ReleaseDigest {
    /// Which notices, in a canonical order.
    fn asked(&self) -> Vec<NoticeId> {
        let mut asked = self.notices.clone();
        asked.sort_unstable();
        asked.dedup();
        asked.truncate(DIGEST_MAX);
        asked
    }
}

impl Command for ReleaseDigest {
    type Done = Released;
    type Refusal = Infallible;

    fn reads(&self) -> Vec<Key> {
        let asked = self.asked();
        let mut keys = vec![Key::Preferences(self.user), Key::Reading(AccountId::wallet_of(self.user))];
        keys.extend(asked.iter().map(|notice| Key::notice(self.user, *notice)));
        keys
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Released), Infallible> {
        let asked = self.asked();
        let preferences = state.preferences(self.user).cloned().unwrap_or_else(|| Preferences::new(self.user));
        let is_due = |notice: &&Notice| matches!(notice.stage, Stage::Held { until, why: HeldFor::Digest } if until <= now);
        let mut plan = Plan::default();
        let mut wanted = Vec::new();
        for mut notice in asked.iter().filter_map(|id| state.notice(self.user, *id)).filter(is_due).cloned() {
            if notice.seq.is_some_and(|seq| open::is_read(state, self.user, seq)) {
                notice.end(Ended::Seen);
            } else if now >= notice.expires_at {
                notice.end(Ended::Expired);
            } else if preferences.settings.off.contains(&(notice.category, Channel::Push)) {
                notice.end(Ended::SwitchedOff);
            } else {
                wanted.push(notice);
                continue;
            }
            notice.write(&mut plan, now);
        }
        let going = |notice: &Notice| open::going(&preferences, notice.category, notice.priority, now, &self.rules);
        let Some(first) = wanted.first().cloned() else { return Ok((plan, Released::Nothing)) };
        if wanted.len() == 1 {
            let stage = going(&first);
            let one = Notice { stage, ..first }.write(&mut plan, now);
            return Ok((plan, Released::One(one)));
        }
        let digest = Notice {
            // Named by its first notice, which is in no other: so there is none of this name yet.
            id: NoticeId::new(now, Notice::fingerprint(self.user, &format!("digest:{}", first.id))),
            template: Template { name: TEMPLATE.to_owned(), version: TEMPLATE_VERSION },
            language: preferences.settings.language.clone(),
            values: Values(format!("{{\"count\":{}}}", wanted.len())),
            priority: Priority::Low,
            // Who has read as far as the newest has seen them all.
            seq: wanted.iter().filter_map(|notice| notice.seq).max(),
            stage: going(&first),
            expires_at: wanted.iter().map(|notice| notice.expires_at).max().unwrap_or(first.expires_at),
            created_at: now,
            ..first
        };
        for mut notice in wanted {
            notice.end(Ended::Digested);
            notice.write(&mut plan, now);
        }
        let digest = digest.write(&mut plan, now);
        Ok((plan, Released::Digest(digest)))
    }
}
