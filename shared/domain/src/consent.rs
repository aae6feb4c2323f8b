//! What a user has agreed to: a chain of hashes for each user, in which every yes and no hangs on the one before it, and every
//! consent artefact that they gave at an Account Aggregator.
//!
//! Who holds people's data has to prove that they agreed, to what, and in which words. So an entry names the notice that
//! was shown by its version, its language and the hash of its text, and is never changed: a withdrawal is an entry, too.

mod agreement;

pub(crate) use agreement::note;
pub use agreement::{Agreement, AgreementEvent, Terms};

use crate::{
    audit::{self, Act, Break, Entry, Head, Link},
    codes::codes,
    engine::{Command, Key, Plan, Record, Snapshot},
    id::UserId,
};
use jiff::Timestamp;
use std::{collections::BTreeMap, convert::Infallible};

codes! {
    /// What data is used for. Each is asked for by itself, and nothing is given unless it was said.
    Purpose {
        /// The account itself: without it there is nothing to withdraw but by erasing it.
        Service = "service";
        /// Messages of banks, cards and wallets that a phone hands on.
        Sms = "sms";
        /// Accounts at banks that the user connects.
        BankData = "bank_data";
        /// What platforms tell of the user's work and pay.
        PlatformEarnings = "platform_earnings";
        /// Offers, and what organisations tell many.
        Marketing = "marketing";
        /// What was said last in a chat with the assistant.
        AssistantMemory = "assistant_memory";
    }
}

/// The notice that somebody was shown, word for word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub version: u32,
    /// Of the text that was shown, as BCP 47 has it.
    pub lang: String,
    /// SHA-256 of that text.
    pub sha256: [u8; 32],
}

/// One yes or no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub purpose: Purpose,
    pub given: bool,
    pub notice: Shown,
    pub at: Timestamp,
    pub request_id: String,
}

/// What an entry is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// Said to us, of a purpose.
    Said(Said),
    /// What became of a consent artefact.
    Agreement(Agreement),
}

impl Word {
    fn act(&self, user: UserId) -> Act {
        match self {
            Self::Said(said) => act(user, said),
            Self::Agreement(agreement) => agreement.act(user),
        }
    }
}

/// One place of a user's chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    pub user: UserId,
    pub link: Link,
    pub word: Word,
}

impl Consent {
    fn after(user: UserId, head: Head, word: Word) -> Self {
        let Entry { link, .. } = Entry::after(head, word.act(user));
        Self { user, link, word }
    }

    /// As the chain hashes it ([`audit`]).
    pub fn entry(&self) -> Entry {
        Entry { link: self.link, act: self.word.act(self.user) }
    }
}

fn act(user: UserId, said: &Said) -> Act {
    let Shown { version, lang, sha256 } = &said.notice;
    let hash = hex(sha256);
    Act {
        id: said.request_id.clone(),
        at: said.at,
        by: user.to_string(),
        request_id: said.request_id.clone(),
        action: if said.given { "consent.give" } else { "consent.withdraw" }.to_owned(),
        subject: said.purpose.code().to_owned(),
        proof: format!("{} {version} {lang} {hash}", said.purpose.code()),
        forced: false,
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a user's chain is as it was written.
///
/// # Errors
///
/// The first place at which it is not, and how.
pub fn verify(chain: &[Consent], head: Head) -> Result<(), Break> {
    let entries: Vec<Entry> = chain.iter().map(Consent::entry).collect();
    audit::verify(&entries, head)
}

/// What stands of a purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stands {
    pub given: bool,
    pub version: u32,
    pub lang: String,
    pub at: Timestamp,
    /// Its place in the chain.
    pub seq: u64,
}

/// What stands of all of them, and where the chain ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consents {
    pub user: UserId,
    pub head: Head,
    pub stands: BTreeMap<Purpose, Stands>,
}

impl Consents {
    /// Of a user who has said nothing.
    pub fn new(user: UserId) -> Self {
        Self { user, head: Head::START, stands: BTreeMap::new() }
    }

    /// Whether it is given now. What was never said is not.
    pub fn is_given(&self, purpose: Purpose) -> bool {
        self.stands.get(&purpose).is_some_and(|stands| stands.given)
    }
}

/// Appends to a user's chain, unless the same stands already.
pub(crate) fn say(state: &Snapshot, plan: &mut Plan, user: UserId, said: Said) -> Consents {
    let mut consents = state.consents(user).cloned().unwrap_or_else(|| Consents::new(user));
    // A no to one notice is a no to all; a yes is to the words that were shown.
    let stands = |stands: &Stands| stands.given == said.given && (!said.given || stands.version == said.notice.version);
    if consents.stands.get(&said.purpose).is_some_and(stands) {
        return consents;
    }
    let consent = Consent::after(user, consents.head, Word::Said(said.clone()));
    consents.head = consent.entry().head();
    let Said { purpose, given, notice: Shown { version, lang, .. }, at, .. } = said;
    consents.stands.insert(purpose, Stands { given, version, lang, at, seq: consent.link.seq });
    plan.put(Record::Consent(consent));
    plan.put(Record::Consents(consents.clone()));
    consents
}

/// Says yes or no to a purpose. Offers are wanted, or not, from the same moment on.
#[derive(Debug, Clone)]
pub struct SayConsent {
    pub user: UserId,
    pub purpose: Purpose,
    pub given: bool,
    pub notice: Shown,
    pub request_id: String,
}

impl Command for SayConsent {
    type Done = Consents;
    type Refusal = Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Consents(self.user), Key::Preferences(self.user)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Consents), Infallible> {
        let mut plan = Plan::default();
        let (purpose, given, notice, request_id) = (self.purpose, self.given, self.notice.clone(), self.request_id.clone());
        let consents = say(state, &mut plan, self.user, Said { purpose, given, notice, at: now, request_id });
        if purpose == Purpose::Marketing {
            crate::notice::preferences::want_offers(state, &mut plan, self.user, given);
        }
        Ok((plan, consents))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        audit::Why,
        notice::preferences::{Preferences, SetPreferences, Settings},
        testing::{World, user},
    };
    use jiff::SignedDuration;

    fn shown(version: u32) -> Shown {
        Shown { version, lang: "hi".to_owned(), sha256: [7; 32] }
    }

    fn says(purpose: Purpose, given: bool, version: u32) -> SayConsent {
        SayConsent { user: user("asha"), purpose, given, notice: shown(version), request_id: "req-1".to_owned() }
    }

    fn chain(world: &World) -> Vec<Consent> {
        let place = |seq| match world.record(&Key::Consent(user("asha"), seq)) {
            Some(Record::Consent(one)) => Some(one.clone()),
            _ => None,
        };
        (1..).map_while(place).collect()
    }

    #[test]
    fn nothing_is_given_until_it_was_said_and_not_once_it_was_taken_back() {
        let mut world = World::new();
        assert!(!Consents::new(user("asha")).is_given(Purpose::Sms));
        let given = world.run(&says(Purpose::Sms, true, 1)).unwrap();
        assert!(given.is_given(Purpose::Sms) && !given.is_given(Purpose::Marketing));
        assert!(!world.run(&says(Purpose::Sms, false, 1)).unwrap().is_given(Purpose::Sms));
    }

    #[test]
    fn the_same_again_is_no_entry_and_a_yes_to_new_words_is() {
        let mut world = World::new();
        for (given, version, entries) in [(true, 1, 1), (true, 1, 1), (true, 2, 2), (false, 2, 3), (false, 1, 3), (true, 2, 4)] {
            world.now += SignedDuration::from_secs(1);
            assert_eq!(world.run(&says(Purpose::Sms, given, version)).unwrap().head.seq, entries, "{given} {version}");
        }
        let head = world.run(&says(Purpose::Sms, true, 2)).unwrap().head;
        assert_eq!(verify(&chain(&world), head), Ok(()));
    }

    #[test]
    fn whatever_is_changed_in_the_chain_breaks_it() {
        let mut world = World::new();
        let mut head = Head::START;
        for given in [true, false, true] {
            head = world.run(&says(Purpose::Sms, given, 1)).unwrap().head;
        }
        let whole = chain(&world);
        let changes: [fn(&mut Said); 6] = [
            |said| said.given = true,
            |said| said.purpose = Purpose::Marketing,
            |said| said.notice.version = 9,
            |said| said.notice.lang = "en".to_owned(),
            |said| said.notice.sha256 = [8; 32],
            |said| said.at = Timestamp::UNIX_EPOCH,
        ];
        for (number, change) in changes.into_iter().enumerate() {
            let mut changed = whole.clone();
            let Word::Said(said) = &mut changed[1].word else { panic!("it was said") };
            change(said);
            assert_eq!(verify(&changed, head), Err(Break { seq: 2, why: Why::Changed }), "change {number}");
        }
        assert_eq!(verify(&[whole[0].clone(), whole[2].clone()], head), Err(Break { seq: 2, why: Why::Missing }));
        assert_eq!(verify(&whole[..2], head), Err(Break { seq: 3, why: Why::Missing }));
    }

    #[test]
    fn a_word_on_offers_is_the_same_wherever_it_is_said() {
        let mut world = World::new();
        world.run(&says(Purpose::Marketing, true, 1)).unwrap();
        let user = user("asha");
        let settings = |world: &World| match world.record(&Key::Preferences(user)) {
            Some(Record::Preferences(Preferences { settings, .. })) => settings.clone(),
            _ => Settings::default(),
        };
        assert!(settings(&world).offers);
        let off = Settings { offers: false, ..settings(&world) };
        world.run(&SetPreferences { user, settings: off, offers_notice: shown(1), request_id: "req-2".to_owned() }).unwrap();
        assert!(!world.run(&says(Purpose::Marketing, false, 1)).unwrap().is_given(Purpose::Marketing));
        let given = |one: &Consent| matches!(&one.word, Word::Said(said) if said.given);
        let given: Vec<bool> = chain(&world).iter().map(given).collect();
        assert_eq!(given, [true, false]);
    }
}
