//! What a user wants to be told, by which channel, and when.

use super::{
    Category, Channel,
    email::{Email, EmailAddress},
    hours::{Hours, Language, Zone},
    suppression::AddressHash,
};
use crate::{
    consent::{Purpose, Said, Shown, say},
    engine::{Command, Key, Plan, Record, Snapshot},
    id::UserId,
};
use jiff::{Timestamp, civil::Time};
use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
};

/// What a user chooses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    pub language: Language,
    pub zone: Zone,
    /// Local; nobody is disturbed within them but for fraud and money at risk.
    pub quiet: Hours,
    /// When, locally, what is not urgent is told, all at once; `None` for each at its time.
    pub digest_at: Option<Time>,
    /// What is not wanted where. [`Category::is_always_sent`] comes all the same.
    pub off: BTreeSet<(Category, Channel)>,
    /// Whether promotions are wanted at all. Nobody gets one unasked.
    pub offers: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::english(),
            zone: Zone::india(),
            quiet: Hours::new(22, 7),
            digest_at: None,
            off: BTreeSet::new(),
            offers: false,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preferences {
    pub user: UserId,
    pub settings: Settings,
    /// Stopped as a whole, by the word that each channel has for it (`STOP`, an unsubscribe link).
    pub stopped: BTreeSet<Channel>,
    /// When the last such word was said of each: they come in any order.
    pub said_at: BTreeMap<Channel, Timestamp>,
    pub email: Option<Email>,
}

impl Preferences {
    /// Of a user who has set nothing.
    pub fn new(user: UserId) -> Self {
        Self { user, settings: Settings::default(), stopped: BTreeSet::new(), said_at: BTreeMap::new(), email: None }
    }

    fn read(state: &Snapshot, user: UserId) -> Self {
        state.preferences(user).cloned().unwrap_or_else(|| Self::new(user))
    }
}

/// Changes the preferences where they are not so already.
fn change(state: &Snapshot, user: UserId, change: impl FnOnce(&mut Preferences)) -> (Plan, Preferences) {
    let before = Preferences::read(state, user);
    let mut after = before.clone();
    change(&mut after);
    let mut plan = Plan::default();
    if after != before {
        plan.put(Record::Preferences(after.clone()));
    }
    (plan, after)
}

/// Wants offers, or none.
pub(crate) fn want_offers(state: &Snapshot, plan: &mut Plan, user: UserId, wanted: bool) {
    let mut preferences = Preferences::read(state, user);
    if preferences.settings.offers != wanted {
        preferences.settings.offers = wanted;
        plan.put(Record::Preferences(preferences));
    }
}

/// Sets all that a user chooses. A change of mind on offers is written down as a consent. What is held already is looked at anew when its time has come, or
/// sooner where somebody asks ([`Climb`](super::Climb)).
#[derive(Debug, Clone)]
pub struct SetPreferences {
    pub user: UserId,
    pub settings: Settings,
    /// What is said of offers where they are asked for.
    pub offers_notice: Shown,
    pub request_id: String,
}

impl Command for SetPreferences {
    type Done = Preferences;
    type Refusal = Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Preferences(self.user), Key::Consents(self.user)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Preferences), Infallible> {
        let given = self.settings.offers;
        let changes_mind = Preferences::read(state, self.user).settings.offers != given;
        let (mut plan, preferences) = change(state, self.user, |preferences| preferences.settings = self.settings.clone());
        if changes_mind {
            let (notice, request_id) = (self.offers_notice.clone(), self.request_id.clone());
            say(state, &mut plan, self.user, Said { purpose: Purpose::Marketing, given, notice, at: now, request_id });
        }
        Ok((plan, preferences))
    }
}

/// Ends what is of one category on one channel, as the link in an e-mail of it does. What is always sent
/// stays so.
#[derive(Debug, Clone)]
pub struct TurnOff {
    pub user: UserId,
    pub category: Category,
    pub channel: Channel,
}

impl Command for TurnOff {
    type Done = Preferences;
    type Refusal = Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Preferences(self.user)]
    }

    fn decide(&self, state: &Snapshot, _now: Timestamp) -> Result<(Plan, Preferences), Infallible> {
        Ok(change(state, self.user, |preferences| {
            if !self.category.is_always_sent() {
                preferences.settings.off.insert((self.category, self.channel));
            }
        }))
    }
}

/// Opts out of a channel, or in again. The latest word counts, in whatever order they come; of two of
/// the same moment, the no.
#[derive(Debug, Clone)]
pub struct StopChannel {
    pub user: UserId,
    pub channel: Channel,
    pub stopped: bool,
    /// When it was said; what lies ahead of us counts as now.
    pub at: Timestamp,
}

impl Command for StopChannel {
    type Done = Preferences;
    type Refusal = Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Preferences(self.user)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Preferences), Infallible> {
        let at = self.at.min(now);
        Ok(change(state, self.user, |preferences| {
            let known = preferences.said_at.get(&self.channel).copied();
            if known.is_some_and(|known| at < known || (at == known && !self.stopped)) {
                return;
            }
            preferences.said_at.insert(self.channel, at);
            match self.stopped {
                true => preferences.stopped.insert(self.channel),
                false => preferences.stopped.remove(&self.channel),
            };
        }))
    }
}

/// Sets a user's e-mail address, or takes it away. A new one is not verified.
#[derive(Debug, Clone)]
pub struct SetEmail {
    pub user: UserId,
    pub email: Option<(EmailAddress, AddressHash)>,
}

impl Command for SetEmail {
    type Done = Preferences;
    type Refusal = Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Preferences(self.user)]
    }

    fn decide(&self, state: &Snapshot, _now: Timestamp) -> Result<(Plan, Preferences), Infallible> {
        Ok(change(state, self.user, |preferences| {
            let known = preferences.email.take();
            preferences.email = self.email.clone().map(|(address, hash)| {
                let verified = known.is_some_and(|known| known.address == address && known.verified);
                Email { address, hash, verified }
            });
        }))
    }
}

/// Records that a user has shown that they read an e-mail address. The proof is the caller's.
#[derive(Debug, Clone)]
pub struct VerifyEmail {
    pub user: UserId,
    pub hash: AddressHash,
}

/// The address was changed, or taken away, since the proof was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not the account's e-mail address any more; ask for a new proof")]
pub struct OtherEmail;

impl Command for VerifyEmail {
    type Done = Preferences;
    type Refusal = OtherEmail;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Preferences(self.user)]
    }

    fn decide(&self, state: &Snapshot, _now: Timestamp) -> Result<(Plan, Preferences), OtherEmail> {
        let known = state.preferences(self.user).and_then(|preferences| preferences.email.as_ref());
        if known.is_none_or(|email| email.hash != self.hash) {
            return Err(OtherEmail);
        }
        Ok(change(state, self.user, |preferences| {
            if let Some(email) = &mut preferences.email {
                email.verified = true;
            }
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{World, permutations, user};
    use jiff::SignedDuration;

    fn shown() -> Shown {
        Shown { version: 1, lang: "en".to_owned(), sha256: [0; 32] }
    }

    fn address(text: &str) -> EmailAddress {
        EmailAddress::parse(text).unwrap()
    }

    #[test]
    fn who_has_set_nothing_is_in_india_sleeps_from_ten_to_seven_and_gets_no_offers() {
        let Settings { zone, quiet, offers, digest_at, .. } = Preferences::new(user("asha")).settings;
        assert_eq!((zone, quiet, offers, digest_at), (Zone::india(), Hours::new(22, 7), false, None));
    }

    #[test]
    fn settings_do_not_undo_an_opt_out_nor_the_other_way_round() {
        let mut world = World::new();
        let user = user("asha");
        let at = world.now;
        world.run(&StopChannel { user, channel: Channel::Sms, stopped: true, at }).unwrap();
        let settings = Settings { quiet: Hours::new(0, 0), ..Settings::default() };
        let set =
            world.run(&SetPreferences { user, settings: settings.clone(), offers_notice: shown(), request_id: "req".to_owned() }).unwrap();
        assert!(set.stopped.contains(&Channel::Sms));
        let (channel, at) = (Channel::Sms, at + SignedDuration::from_secs(1));
        world.now = at;
        let again = world.run(&StopChannel { user, channel, stopped: false, at }).unwrap();
        assert_eq!((again.stopped.len(), again.settings), (0, settings));
    }

    #[test]
    fn what_is_turned_off_is_of_one_category_and_one_channel() {
        let mut world = World::new();
        let user = user("asha");
        let mut turn_off = |category| world.run(&TurnOff { user, category, channel: Channel::Email }).unwrap();
        let off = BTreeSet::from([(Category::Offer, Channel::Email)]);
        for _ in 0..2 {
            let after = turn_off(Category::Offer);
            assert_eq!((after.settings.off, after.stopped.len()), (off.clone(), 0));
        }
        assert_eq!(turn_off(Category::Security).settings.off, off, "what is always sent cannot be");
    }

    #[test]
    fn the_latest_word_counts_in_whatever_order_they_come() {
        let begun = World::new().now;
        let said = |second: i64, stopped: bool| (begun + SignedDuration::from_secs(second), stopped);
        for (words, ends_stopped) in [
            ([said(-9, true), said(-8, false), said(-7, true)], true),
            ([said(-9, false), said(-8, true), said(-7, false)], false),
            ([said(-9, false), said(-7, true), said(-7, false)], true),
            ([said(-9, true), said(-8, false), said(-8, false)], false),
        ] {
            for order in permutations(&words) {
                let (mut world, user) = (World::new(), user("asha"));
                let last = order
                    .into_iter()
                    .map(|(at, stopped)| world.run(&StopChannel { user, channel: Channel::Whatsapp, stopped, at }).unwrap());
                assert_eq!(last.last().unwrap().stopped.contains(&Channel::Whatsapp), ends_stopped, "{words:?}");
            }
        }
    }

    #[test]
    fn a_word_that_claims_to_be_of_the_future_is_of_now() {
        let (mut world, user) = (World::new(), user("asha"));
        let ahead = world.now + SignedDuration::from_hours(24);
        world.run(&StopChannel { user, channel: Channel::Sms, stopped: true, at: ahead }).unwrap();
        world.now += SignedDuration::from_secs(1);
        let again = world.run(&StopChannel { user, channel: Channel::Sms, stopped: false, at: world.now }).unwrap();
        assert!(again.stopped.is_empty());
    }

    #[test]
    fn a_proof_counts_for_the_address_that_it_was_made_for() {
        let mut world = World::new();
        let user = user("asha");
        let set = |email: &str, hash: &str| SetEmail { user, email: Some((address(email), AddressHash::new(hash))) };
        assert_eq!(world.run(&VerifyEmail { user, hash: AddressHash::new("a") }), Err(OtherEmail));
        world.run(&set("a@example.in", "a")).unwrap();
        world.run(&set("b@example.in", "b")).unwrap();
        assert_eq!(world.run(&VerifyEmail { user, hash: AddressHash::new("a") }), Err(OtherEmail));
        assert!(world.run(&VerifyEmail { user, hash: AddressHash::new("b") }).unwrap().email.unwrap().verified);
        assert!(world.run(&set("b@example.in", "b")).unwrap().email.unwrap().verified, "set again, it stays proven");
        assert!(!world.run(&set("c@example.in", "c")).unwrap().email.unwrap().verified);
        assert_eq!(world.run(&SetEmail { user, email: None }).unwrap().email, None);
    }
}
