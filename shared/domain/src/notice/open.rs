//! The one call to notify.

use super::{Category, Channel, Ended, HeldFor, Notice, Stage, Template, Values, ladder, preferences::Preferences};
use crate::{
    engine::{Answer, Command, Key, Plan, Snapshot},
    fact::{Fact, Priority},
    id::{AccountId, NoticeId, UserId},
    rules::NoticeRules,
};
use jiff::Timestamp;

/// Tells a user of an event, once: who asks again for the same event gets the same notice.
#[derive(Debug, Clone)]
pub struct OpenNotice {
    pub user: UserId,
    /// Unique among what the user is told: the id of a fact, a campaign and its day.
    pub event: String,
    pub template: Template,
    pub values: Values,
    pub priority: Priority,
    pub category: Category,
    /// The place in the user's feed that it is about.
    pub seq: Option<u64>,
    /// By no other channel than this.
    pub only: Option<Channel>,
    /// Until when it is news.
    pub expires_at: Timestamp,
    pub rules: NoticeRules,
}

impl OpenNotice {
    /// Of a fact of the user's feed: the same fact is the same notice, whoever tells of it and how often.
    /// Its words are named as its kind.
    pub fn of(fact: &Fact, template_version: u32, values: Values, rules: NoticeRules) -> Self {
        Self {
            user: fact.account.owner(),
            event: fact.id().to_string(),
            template: Template { name: fact.kind.code().to_owned(), version: template_version },
            values,
            priority: fact.kind.priority(),
            category: Category::of(fact.kind),
            seq: Some(fact.seq),
            only: None,
            expires_at: fact.expires_at(),
            rules,
        }
    }
}

/// It is no news any more, so nobody is told. Nothing is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is no news any more")]
pub struct Stale;

impl Command for OpenNotice {
    type Done = Answer<Notice>;
    type Refusal = Stale;

    fn reads(&self) -> Vec<Key> {
        vec![
            Key::Notice(self.user, Notice::fingerprint(self.user, &self.event)),
            Key::Preferences(self.user),
            Key::Reading(AccountId::wallet_of(self.user)),
        ]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Self::Done), Stale> {
        let id = NoticeId::new(now, Notice::fingerprint(self.user, &self.event));
        let mut plan = Plan::default();
        if let Some(known) = state.notice(self.user, id) {
            return Ok((plan, Answer::again(known.clone())));
        }
        if now >= self.expires_at {
            return Err(Stale);
        }
        let preferences = state.preferences(self.user).cloned().unwrap_or_else(|| Preferences::new(self.user));
        let seen = self.seq.is_some_and(|seq| is_read(state, self.user, seq));
        let stage = match self.only {
            _ if seen => Stage::Done { why: Ended::Seen },
            // Whoever chose the channel wants it told, not summed up.
            Some(_) => going(&preferences, self.category, self.priority, now, &self.rules),
            None => first_stage(&preferences, self.category, self.priority, now, &self.rules),
        };
        let notice = Notice {
            id,
            user: self.user,
            template: self.template.clone(),
            language: preferences.settings.language,
            values: self.values.clone(),
            priority: self.priority,
            category: self.category,
            seq: self.seq,
            only: self.only,
            stage,
            deliveries: Vec::new(),
            created_at: now,
            expires_at: self.expires_at,
            updated_at: now,
        };
        let notice = notice.write(&mut plan, now);
        Ok((plan, Answer::first(notice)))
    }
}

fn first_stage(preferences: &Preferences, category: Category, priority: Priority, now: Timestamp, rules: &NoticeRules) -> Stage {
    match ladder::digest(preferences, category, priority, now) {
        Some(until) => Stage::Held { until, why: HeldFor::Digest },
        None => going(preferences, category, priority, now, rules),
    }
}

/// On its way at once, or as soon as its user may be disturbed.
pub(super) fn going(preferences: &Preferences, category: Category, priority: Priority, now: Timestamp, rules: &NoticeRules) -> Stage {
    match ladder::hold(preferences, category, priority, now, rules) {
        Some((until, why)) => Stage::Held { until, why },
        None => Stage::Climbing { next_at: now },
    }
}

/// Whether the user has read this place of their feed, on any device.
pub(super) fn is_read(state: &Snapshot, user: UserId, seq: u64) -> bool {
    state.reading(AccountId::wallet_of(user)).is_some_and(|reading| reading.has_read(seq))
}
