//! The order of channels, what they are waited for, and when nobody is to be disturbed.

use super::{Category, Channel, HeldFor, after, preferences::Preferences};
use crate::{
    fact::Priority,
    rules::{NoticeRules, RateLimit},
};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Whether it goes out at any hour and however much was sent: fraud, money at risk, and what the
/// law has us tell. A promotion never does, whoever calls it urgent.
pub(super) fn passes(category: Category, priority: Priority) -> bool {
    category.is_always_sent() || (priority == Priority::Critical && category != Category::Offer)
}

/// Until when nobody may be disturbed with it, and why; `None` where it may go now.
pub(super) fn hold(
    preferences: &Preferences,
    category: Category,
    priority: Priority,
    now: Timestamp,
    rules: &NoticeRules,
) -> Option<(Timestamp, HeldFor)> {
    if passes(category, priority) {
        return None;
    }
    let settings = &preferences.settings;
    let (mut until, mut first) = (now, None);
    // The end of one may lie within the other. Where they leave nothing between them, what is
    // found is looked at anew when it comes, and the notice expires in the end.
    for _ in 0..4 {
        let time = settings.zone.time_at(until);
        let (end, why) = if settings.quiet.contains(time) {
            (settings.quiet.to, HeldFor::QuietHours)
        } else if category == Category::Offer && !rules.promotional.contains(time) {
            (rules.promotional.from, HeldFor::PromotionalHours)
        } else {
            break;
        };
        until = settings.zone.next(end, until);
        first.get_or_insert(why);
    }
    first.map(|why| (until, why))
}

/// Until when it waits for its user's digest, if it does. Promotions have hours of their own.
pub(super) fn digest(preferences: &Preferences, category: Category, priority: Priority, now: Timestamp) -> Option<Timestamp> {
    let at = preferences.settings.digest_at?;
    let waits = priority == Priority::Low && !category.is_always_sent() && category != Category::Offer;
    waits.then(|| preferences.settings.zone.next(at, now))
}

/// The channels that may carry it, in their order.
///
/// What is not urgent is worth a push and nothing dearer. What is always sent takes a channel that
/// its user has stopped too, after all others.
pub(super) fn rungs(preferences: &Preferences, category: Category, priority: Priority) -> Vec<Channel> {
    if priority == Priority::Low && !category.is_always_sent() {
        return vec![Channel::Push];
    }
    let mut rungs = Channel::ALL.to_vec();
    if category.is_always_sent() {
        rungs.sort_by_key(|channel| preferences.stopped.contains(channel));
    }
    rungs
}

/// How long a channel that took it may say nothing before the next one is tried; `None` where there
/// is no next one.
pub(super) fn wait_s(category: Category, priority: Priority, rules: &NoticeRules) -> Option<i64> {
    match priority {
        Priority::Critical => Some(rules.wait_critical_s),
        Priority::High => Some(rules.wait_high_s),
        Priority::Low if !category.is_always_sent() => None,
        Priority::Normal | Priority::Low => Some(rules.wait_normal_s),
    }
}

/// How often a busy channel is called before the next one is tried.
pub(super) fn quick_tries(priority: Priority, rules: &NoticeRules) -> u32 {
    if priority == Priority::Critical { 1 } else { rules.quick_tries }
}

/// When a busy channel may be called again.
pub(super) fn again_at(attempts: u32, asked_s: Option<i64>, now: Timestamp, rules: &NoticeRules) -> Timestamp {
    let own = rules.retry_s.saturating_mul(4i64.saturating_pow(attempts.saturating_sub(1).min(10)));
    after(now, asked_s.unwrap_or(0).max(own))
}

/// What a user was told by one channel in a window of time, and when the next begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spent {
    pub count: u32,
    pub resets_at: Timestamp,
}

/// What a user was told of late, by channel: in the current hour and the current day. What is not
/// listed is nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allowance(pub BTreeMap<Channel, (Spent, Spent)>);

impl Allowance {
    /// Until when this channel has had its share.
    pub(super) fn spent_until(&self, channel: Channel, rules: &NoticeRules) -> Option<Timestamp> {
        let (hour, day) = self.0.get(&channel)?;
        let RateLimit { hour: per_hour, day: per_day } = match channel {
            Channel::Push => rules.push_rate,
            Channel::Whatsapp => rules.whatsapp_rate,
            Channel::Sms => rules.sms_rate,
            Channel::Email => rules.email_rate,
        };
        let over = |spent: &Spent, limit: u32| (spent.count >= limit).then_some(spent.resets_at);
        over(hour, per_hour).max(over(day, per_day))
    }
}
