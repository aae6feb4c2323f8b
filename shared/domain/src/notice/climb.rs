//! Taking a notice one rung further.

use super::{
    Allowance, Category, Channel, Ended, HeldFor, Notice, Stage, after,
    delivery::{Delivery, Reason, Skip, Status, Word},
    devices::Device,
    email::EmailAddress,
    ladder,
    open::is_read,
    preferences::Preferences,
    suppression::AddressHash,
};
use crate::{
    engine::{Command, Key, Plan, Snapshot},
    id::{AccountId, NoticeId, UserId},
    rules::NoticeRules,
};
use jiff::Timestamp;

/// Looks at a notice and decides which channel to try now, if any. All that may have changed since
/// the notice was opened is looked at again: preferences, opt-outs, suppressions, what was read, the
/// hour, the expiry. The attempt is written down before anybody calls a provider.
#[derive(Debug, Clone)]
pub struct Climb {
    pub user: UserId,
    pub notice: NoticeId,
    /// The user's phone, if they have one.
    pub phone: Option<AddressHash>,
    /// The e-mail address of the preferences, as the caller has just read them.
    pub email: Option<AddressHash>,
    /// What the user was told of late.
    pub told: Allowance,
    /// Channels that there is no provider for.
    pub closed: Vec<Channel>,
    pub rules: NoticeRules,
}

/// Where a channel reaches the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// All of them; one that takes it is enough.
    Devices(Vec<Device>),
    /// The phone that the climb was given.
    Phone,
    Email(EmailAddress),
}

/// What is to be done with a notice now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Climbed {
    /// Call this channel's provider, and record the outcome under this number.
    Try { notice: Notice, channel: Channel, target: Target, attempt: u32 },
    /// Nothing yet: another worker may be calling a provider. It has stopped if nothing was recorded
    /// by then.
    BeingSent { until: Timestamp },
    /// Nothing until then: it is held, or a channel has its time.
    Wait { until: Timestamp },
    /// Nothing ever.
    Ended(Notice),
}

/// Why a climb cannot be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotClimb {
    #[error("no such notice")]
    NoSuchNotice,
    /// Read the preferences again and ask again.
    #[error("the e-mail address was changed meanwhile")]
    AddressChanged,
}

/// The next thing to do on the ladder.
enum Next {
    Try(Channel, Target),
    BeingSent(Timestamp),
    Wait(Timestamp),
    Hold(Timestamp, HeldFor),
    End(Ended),
}

impl Command for Climb {
    type Done = Climbed;
    type Refusal = CannotClimb;

    fn reads(&self) -> Vec<Key> {
        let mut keys = vec![
            Key::notice(self.user, self.notice),
            Key::Preferences(self.user),
            Key::Devices(self.user),
            Key::Reading(AccountId::wallet_of(self.user)),
        ];
        let addresses = Channel::ALL.iter().filter_map(|channel| Some((*channel, self.address(*channel)?.clone())));
        keys.extend(addresses.map(|(channel, address)| Key::Suppression(channel, address)));
        keys
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Climbed), CannotClimb> {
        let mut notice = state.notice(self.user, self.notice).cloned().ok_or(CannotClimb::NoSuchNotice)?;
        if notice.is_done() {
            return Ok((Plan::default(), Climbed::Ended(notice)));
        }
        let preferences = state.preferences(self.user).cloned().unwrap_or_else(|| Preferences::new(self.user));
        if preferences.email.as_ref().map(|email| &email.hash) != self.email.as_ref() {
            return Err(CannotClimb::AddressChanged);
        }
        let before = notice.clone();
        let next = match is_over(state, &notice, now) {
            Some(why) => Next::End(why),
            None => self.next(state, &mut notice, &preferences, now),
        };
        notice.stage = match &next {
            Next::Try(channel, _) => {
                notice.attempt(*channel, now);
                Stage::Climbing { next_at: after(now, self.rules.attempt_lease_s) }
            }
            Next::Hold(until, why) => Stage::Held { until: *until, why: *why },
            Next::BeingSent(until) | Next::Wait(until) => Stage::Climbing { next_at: *until },
            Next::End(why) => Stage::Done { why: *why },
        };
        let mut plan = Plan::default();
        if notice != before {
            notice = notice.write(&mut plan, now);
        }
        let climbed = match next {
            Next::Try(channel, target) => {
                let attempt = notice.delivery(channel).map_or(0, |delivery| delivery.attempts);
                Climbed::Try { notice, channel, target, attempt }
            }
            Next::BeingSent(until) => Climbed::BeingSent { until },
            Next::Hold(until, _) | Next::Wait(until) => Climbed::Wait { until },
            Next::End(_) => Climbed::Ended(notice),
        };
        Ok((plan, climbed))
    }
}

/// Why there is nothing to tell any more.
fn is_over(state: &Snapshot, notice: &Notice, now: Timestamp) -> Option<Ended> {
    if notice.seq.is_some_and(|seq| is_read(state, notice.user, seq)) {
        return Some(Ended::Seen);
    }
    (now >= notice.expires_at).then_some(Ended::Expired)
}

impl Climb {
    fn address(&self, channel: Channel) -> Option<&AddressHash> {
        match channel {
            Channel::Push => None,
            Channel::Whatsapp | Channel::Sms => self.phone.as_ref(),
            Channel::Email => self.email.as_ref(),
        }
    }

    fn next(&self, state: &Snapshot, notice: &mut Notice, preferences: &Preferences, now: Timestamp) -> Next {
        match notice.stage {
            Stage::Climbing { next_at } if now < next_at => {
                let is_under_way = notice.current().is_some_and(Delivery::is_unknown);
                return if is_under_way { Next::BeingSent(next_at) } else { Next::Wait(next_at) };
            }
            Stage::Held { until, why: HeldFor::Digest } => return Next::Hold(until, HeldFor::Digest),
            Stage::Held { until, why: HeldFor::Rate } if now < until => return Next::Hold(until, HeldFor::Rate),
            // The hours of what is held are looked at anew, whatever they were when it was held.
            Stage::Held { .. } | Stage::Climbing { .. } | Stage::Done { .. } => {}
        }
        if let Some((until, why)) = ladder::hold(preferences, notice.category, notice.priority, now, &self.rules) {
            return Next::Hold(until, why);
        }
        match self.rung(state, notice, preferences, now) {
            Ok((channel, target)) if ladder::passes(notice.category, notice.priority) => Next::Try(channel, target),
            Ok((channel, target)) => match self.told.spent_until(channel, &self.rules).filter(|until| now < *until) {
                Some(until) => Next::Hold(until, HeldFor::Rate),
                None => Next::Try(channel, target),
            },
            Err(next) => next,
        }
    }

    /// The first channel that was not tried yet, or was busy a moment ago; else one that was busy
    /// longer ago, or of which nothing is known and that takes no harm; else there is none left.
    fn rung(&self, state: &Snapshot, notice: &mut Notice, preferences: &Preferences, now: Timestamp) -> Result<(Channel, Target), Next> {
        let rungs = match notice.only {
            Some(channel) => vec![channel],
            None => ladder::rungs(preferences, notice.category, notice.priority),
        };
        let quick_tries = ladder::quick_tries(notice.priority, &self.rules);
        for channel in &rungs {
            let busy = notice.delivery(*channel).map(|known| (known.again_at, known.attempts));
            let may_try = match busy {
                None => true,
                Some((Some(again_at), attempts)) => again_at <= now && attempts < quick_tries,
                Some((None, _)) => false,
            };
            if may_try && let Some(target) = self.reach(state, notice, preferences, *channel, now) {
                return Ok((*channel, target));
            }
        }
        loop {
            let again = |known: &Delivery| Some((known.may_be_repeated_at(self.rules.tries_max)?, known.channel));
            let busy = notice.deliveries.iter().filter_map(again);
            let (again_at, channel) = busy.min().ok_or_else(|| Next::End(outcome(notice)))?;
            if now < again_at {
                return Err(Next::Wait(again_at));
            }
            if let Some(target) = self.reach(state, notice, preferences, channel, now) {
                return Ok((channel, target));
            }
        }
    }

    /// Where a channel reaches the user now. One that may not be used is passed over for good.
    fn reach(&self, state: &Snapshot, notice: &mut Notice, preferences: &Preferences, channel: Channel, now: Timestamp) -> Option<Target> {
        match self.target(state, notice, preferences, channel) {
            Ok(target) => Some(target),
            Err(skip) => {
                match notice.delivery_mut(channel) {
                    Some(known) => {
                        known.told(Word::Failed(Reason::new(skip.code())), now);
                    }
                    None => notice.deliveries.push(Delivery::new(channel, Status::Skipped(skip))),
                }
                None
            }
        }
    }

    fn target(&self, state: &Snapshot, notice: &Notice, preferences: &Preferences, channel: Channel) -> Result<Target, Skip> {
        let category = notice.category;
        if self.closed.contains(&channel) {
            return Err(Skip::NotConfigured);
        }
        if category == Category::Offer && !preferences.settings.offers {
            return Err(Skip::NotOptedIn);
        }
        if !category.is_always_sent() && preferences.settings.off.contains(&(category, channel)) {
            return Err(Skip::SwitchedOff);
        }
        if !category.is_always_sent() && preferences.stopped.contains(&channel) {
            return Err(Skip::Stopped);
        }
        let known = self.address(channel).and_then(|address| state.suppression(channel, address));
        if known.is_some_and(|known| known.blocks(category)) {
            return Err(Skip::Suppressed);
        }
        let target = match channel {
            Channel::Push => {
                let devices = state.devices(self.user).map(|devices| devices.devices.clone()).unwrap_or_default();
                Some(devices).filter(|devices| !devices.is_empty()).map(Target::Devices)
            }
            Channel::Whatsapp | Channel::Sms => self.phone.as_ref().map(|_| Target::Phone),
            Channel::Email => preferences.email.as_ref().filter(|email| email.verified).map(|email| Target::Email(email.address.clone())),
        };
        target.ok_or(Skip::NoAddress)
    }
}

/// How a ladder has ended that nothing is left of.
fn outcome(notice: &Notice) -> Ended {
    let any = |is: fn(&Status) -> bool| notice.deliveries.iter().any(|delivery| is(&delivery.status));
    if any(|status| matches!(status, Status::Sent | Status::Queued)) {
        Ended::Unconfirmed
    } else if any(|status| matches!(status, Status::Failed(_))) {
        Ended::Exhausted
    } else if any(|status| matches!(status, Status::Skipped(skip) if skip.is_wished())) {
        Ended::SwitchedOff
    } else {
        Ended::Unreachable
    }
}

impl Notice {
    /// Writes down that a channel is about to be tried.
    fn attempt(&mut self, channel: Channel, now: Timestamp) {
        if self.delivery(channel).is_none() {
            self.deliveries.push(Delivery::new(channel, Status::Queued));
        }
        if let Some(delivery) = self.delivery_mut(channel) {
            delivery.attempt(now);
        }
    }
}
