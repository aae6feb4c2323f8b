//! One call of one channel's provider.

use super::{email, push, sms, whatsapp};
use crate::deps::Deps;
use domain::{
    id::DeviceId,
    identity::Phone,
    notice::{CallbackTag, Channel, Notice, Outcome, Target, delivery::Reason, suppression::AddressHash},
};
use lambda::{
    BoxError,
    log::chain::Chain,
    metrics::{Metric, emit},
};
use serde_json::{Map, Value};
use words::{Catalogue, Language};

/// What is told, to whom, and by which channel.
pub(super) struct Telling<'a> {
    pub deps: &'a Deps,
    pub notice: &'a Notice,
    pub channel: Channel,
    /// The reader's, with its hash.
    pub phone: Option<(Phone, AddressHash)>,
}

/// What came of a call.
#[derive(Debug)]
pub(super) struct Called {
    pub outcome: Outcome,
    pub then: Vec<After>,
}

/// What a provider's answer says beyond this notice.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum After {
    /// Its push service does not know it any more.
    RemoveDevice(DeviceId),
    /// There is no such address.
    Bounced(Channel, AddressHash),
    /// They have told the carrier that they want nothing by this channel.
    Stop(Channel),
}

impl From<Outcome> for Called {
    fn from(outcome: Outcome) -> Self {
        Self { outcome, then: Vec::new() }
    }
}

/// There is nothing that a provider could be given.
pub(super) fn not_called(reason: &str) -> Outcome {
    Outcome::NotCalled { reason: Reason::new(reason) }
}

/// The provider did not take it and never will.
pub(super) fn refused(provider: &str, reason: &str) -> Outcome {
    Outcome::NotSent { provider: provider.to_owned(), reason: Reason::new(reason), retryable: false, after_s: None }
}

/// The provider did not take it now.
pub(super) fn busy(provider: &str, reason: &str, after_ms: Option<u64>) -> Outcome {
    let after_s = after_ms.and_then(|ms| i64::try_from(ms.div_ceil(1_000)).ok());
    Outcome::NotSent { provider: provider.to_owned(), reason: Reason::new(reason), retryable: true, after_s }
}

/// A provider that we are not set up with, or whose keys cannot be had now. The next channel tells it
/// meanwhile, and somebody looks.
pub(super) fn not_set_up(provider: &str, why: &BoxError) -> Outcome {
    tracing::error!(provider, cause = %Chain(&**why), "this provider cannot be called");
    busy(provider, "not_set_up", None)
}

/// In which of our words a user is spoken to.
pub fn language_of(user: &domain::notice::hours::Language) -> Language {
    Language::from_code(user.as_str()).unwrap_or(Language::English)
}

impl Telling<'_> {
    /// Never fails: whatever goes wrong is an outcome, so that the next channel has its turn.
    pub async fn call(&self, target: Target) -> Called {
        let called = match self.words() {
            Ok(words) => match target {
                Target::Devices(devices) => push::send(self, &words, &devices).await,
                Target::Phone if self.channel == Channel::Whatsapp => whatsapp::send(self, &words).await.into(),
                Target::Phone => sms::send(self, &words).await,
                Target::Email(address) => email::send(self, &words, &address).await,
            },
            Err(why) => {
                tracing::error!(template = self.notice.template.name, cause = %Chain(&*why), "a notice has no words");
                not_called("no_words").into()
            }
        };
        let (provider, outcome) = match &called.outcome {
            Outcome::Sent { provider, .. } => (provider, "sent"),
            Outcome::NotSent { provider, retryable: true, .. } => (provider, "busy"),
            Outcome::NotSent { provider, .. } => (provider, "refused"),
            Outcome::Unknown { provider } => (provider, "unknown"),
            Outcome::NotCalled { .. } => return called,
        };
        emit(Metric::NoticeCalls, 1.0, &[("channel", self.channel.code()), ("provider", provider), ("outcome", outcome)]);
        called
    }

    /// What is said, from values that were checked when the notice was opened.
    fn words(&self) -> Result<words::Notice<'static>, BoxError> {
        let values: Map<String, Value> = serde_json::from_str(self.notice.values.as_str())?;
        Ok(Catalogue::built_in()?.notice(&self.notice.template.name, &values)?)
    }

    /// The reader's, or English.
    pub fn language(&self) -> Language {
        language_of(&self.notice.language)
    }

    pub fn tag(&self) -> CallbackTag {
        CallbackTag { user: self.notice.user, notice: self.notice.id, channel: self.channel }
    }

    /// For how long it is news from now on, in seconds.
    pub fn ttl_s(&self) -> u32 {
        let left = self.notice.expires_at.duration_since(self.deps.clock.now()).as_secs();
        u32::try_from(left.max(0)).unwrap_or(u32::MAX)
    }
}
