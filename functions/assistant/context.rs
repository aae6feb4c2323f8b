//! What a turn is taken with.

use crate::{
    apply::{setup_failed, store_failed},
    assistant::policy::Policy,
    deps::Deps,
};
use domain::{
    Timestamp,
    account::Account,
    address::Address,
    chat::{Chat, Door, State},
    engine::{Key, Record},
    id::{AccountId, Fingerprint, UserId},
    limits::india_time,
    payee::Payee,
};
use jiff::civil::Date;
use lambda::{Failed, Trace};
use std::sync::OnceLock;
use understanding::{ModelError, Understander};
use words::{Language, Phrase, Phrasebook, Said};

/// Payees that one looks through for a name.
const PAYEES_MAX: i32 = 100;

#[derive(Clone)]
pub struct Turning<'a> {
    pub deps: &'a Deps,
    pub user: UserId,
    pub door: Door,
    pub state: &'a State,
    /// Of the message that it answers: everything that it does is done under this.
    pub id: Fingerprint,
    pub now: Timestamp,
    /// When the message was written, by its provider.
    pub written_at: Timestamp,
    /// In India.
    pub today: Date,
    pub language: Language,
    pub policy: &'static Policy,
    pub understander: &'static Understander,
    pub trace: &'a Trace,
    phrases: &'static Phrasebook,
}

/// The built-in understanding, read once.
fn understander() -> Result<&'static Understander, ModelError> {
    static UNDERSTANDER: OnceLock<Result<Understander, ModelError>> = OnceLock::new();
    UNDERSTANDER.get_or_init(Understander::built_in).as_ref().map_err(|error| *error)
}

impl<'a> Turning<'a> {
    pub async fn new(deps: &'a Deps, chat: &Chat, state: &'a State, id: Fingerprint, trace: &'a Trace) -> Result<Self, Failed> {
        let now = deps.clock.now();
        let language = language_of(deps, chat.user, state).await?;
        Ok(Self {
            deps,
            user: chat.user,
            door: chat.door,
            state,
            id,
            now,
            written_at: now,
            today: india_time(now).date(),
            language,
            policy: Policy::built_in().map_err(|why| setup_failed(why.into()))?,
            understander: understander().map_err(|why| setup_failed(why.into()))?,
            trace,
            phrases: Phrasebook::built_in().map_err(|why| setup_failed(why.into()))?,
        })
    }

    /// The same, of a message that was written then.
    #[must_use]
    pub fn written_at(self, written_at: Timestamp) -> Self {
        Self { written_at, ..self }
    }

    /// The same, answered in another language.
    #[must_use]
    pub fn in_language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    pub fn say(&self, phrase: Phrase, values: &[(&str, Said<'_>)]) -> String {
        self.phrases.say(self.language, phrase, values)
    }

    /// A phrase without values.
    pub fn plain(&self, phrase: Phrase) -> String {
        self.say(phrase, &[])
    }

    pub async fn account(&self) -> Result<Account, Failed> {
        let found = self.deps.store.account(AccountId::wallet_of(self.user)).await.map_err(store_failed)?;
        found.ok_or_else(|| Failed::bug("a user without a wallet"))
    }

    /// The user's own payees. Billers are none: a bill is paid as such.
    pub async fn payees(&self) -> Result<Vec<Payee>, Failed> {
        let (records, _) = self.deps.store.payees(AccountId::wallet_of(self.user), None, PAYEES_MAX).await.map_err(store_failed)?;
        let payee = |record| if let Record::Payee(payee) = record { Some(payee) } else { None };
        Ok(records.into_iter().filter_map(payee).filter(|payee| !matches!(payee.address, Address::Bill(_))).collect())
    }
}

/// The language that somebody chose, or wrote in last, or that their notices are in.
async fn language_of(deps: &Deps, user: UserId, state: &State) -> Result<Language, Failed> {
    if let Some(language) = state.language.as_ref().or(state.spoken.language.as_ref()).and_then(|code| Language::from_code(code)) {
        return Ok(language);
    }
    let found = deps.store.preferences(user).await.map_err(store_failed)?;
    Ok(crate::notices::language_of(&found.settings.language))
}

/// The language of a chat.
pub async fn chat_language(deps: &Deps, user: UserId, door: Door) -> Result<Language, Failed> {
    let state = match deps.store.record(&Key::Chat(user, door)).await.map_err(store_failed)? {
        Some(Record::Chat(chat)) => chat.state,
        _ => State::default(),
    };
    language_of(deps, user, &state).await
}
