//! Banks that a user has connected, so that what happens there is seen here.
//!
//! ```text
//! linking ─▶ granted ─▶ active ─▶ revoking ─▶ revoked
//!    │          │         └─▶ interrupted ─▶ (linking, active)
//!    └──────────┴─▶ failed ─▶ (linking)
//! ```
//!
//! A user has one connection for each bank: connecting again takes its place. What a bank gives us
//! (codes, tokens, balances) is sealed under the user's own key before it gets here; a connection
//! that ended has none of it.

mod hint;
mod link;
mod loan;
mod refresh;
#[cfg(test)]
mod tests;

pub use hint::{HearOfBank, Heard, Hint};
pub use link::{BeginLink, CannotLink, Grant, RecordReturn, Returned};
pub use loan::{Loan, Loans};
pub use refresh::{Lost, NoSuchBank, RecordBank, RevokeBank, TakeBank, Taken, Told};

use crate::{
    codes::codes,
    consent::{self, Agreement, AgreementEvent, Terms},
    engine::{Key, Plan, Snapshot},
    id::{BankId, Fingerprint, UserId},
    request::Digest,
    vault::Sealed,
};
use jiff::{SignedDuration, Timestamp};

codes! {
    BankStatus {
        /// The user was sent to their bank.
        Linking = "linking";
        /// They came back with its word, which is to be exchanged.
        Granted = "granted";
        Active = "active";
        /// The bank wants the user to sign in or to consent again.
        Interrupted = "interrupted";
        /// The user has ended it; the bank is to be told.
        Revoking = "revoking";
        Revoked = "revoked";
        /// It did not come about.
        Failed = "failed";
    }
}

codes! {
    /// Why a connection does not work, for its owner.
    BankTrouble {
        /// The user refused at their bank.
        Declined = "declined";
        /// The link was used before, or is too old.
        LinkExpired = "link_expired";
        /// The bank wants them to sign in again.
        SignIn = "sign_in_again";
        /// What they consented to has ended.
        ConsentEnded = "consent_ended";
        /// They have paused it where they agreed to it.
        Paused = "paused";
        /// They took it back at the bank.
        WithdrawnThere = "withdrawn";
        /// The bank does not answer.
        BankDown = "bank_down";
        /// Nothing to show: no account was chosen, or none can be shown.
        NoAccounts = "no_accounts";
        /// The way to this bank is closed for good.
        Discontinued = "discontinued";
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bank {
    pub id: BankId,
    pub user: UserId,
    /// Its name in the catalogue, such as `demo-bank`.
    pub bank: String,
    /// As its customers call it.
    pub name: String,
    pub status: BankStatus,
    pub trouble: Option<BankTrouble>,
    /// Hash of the secret that comes back with the user.
    pub link: Option<Digest>,
    /// What the exchange needs: the verifier of the link, then the bank's code with it.
    pub grant: Option<Sealed>,
    pub tokens: Option<Sealed>,
    /// Accounts with their balances, as they were last read, and where reading goes on.
    pub view: Option<Sealed>,
    /// When that was.
    pub read_at: Option<Timestamp>,
    /// When its next step is to be taken.
    pub due_at: Option<Timestamp>,
    /// For how long one worker has it to itself.
    pub taken_until: Option<Timestamp>,
    /// Readings in vain since the last that went well.
    pub failures: u32,
    /// The consent artefact that it is read under, where there is one.
    pub agreement: Option<Agreed>,
    /// What it told the book that may not be kept for good.
    pub lent: Loans,
    /// The chat that it was connected from, until that was told.
    pub tell: Option<crate::chat::Door>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// A consent artefact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    /// At the aggregator.
    pub id: String,
    /// By its owner, there.
    pub is_paused: bool,
}

/// For how long a link to the bank may be used.
pub const LINK_LASTS: SignedDuration = SignedDuration::from_mins(10);
/// How long a worker may take for one step; longer than a function runs.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// How often a bank is read.
const READ_EVERY: SignedDuration = SignedDuration::from_hours(6);
/// How soon a bank is read again that was just connected: its history may be on its way.
const SOON: SignedDuration = SignedDuration::from_secs(60);
/// The first pause after a reading in vain; each is twice as long as the one before.
const PAUSE: SignedDuration = SignedDuration::from_secs(30);
const PAUSE_MAX: SignedDuration = SignedDuration::from_hours(6);
/// How often somebody is reminded of a connection that waits for them,
const REMIND_EVERY: SignedDuration = SignedDuration::from_hours(7 * 24);
/// and how many times: who does nothing about it for two months will not.
const REMINDERS_MAX: u32 = 8;

impl Bank {
    /// A user's connection to a bank, whether there is one or not.
    pub fn id_of(user: UserId, bank: &str) -> BankId {
        BankId::new(Timestamp::UNIX_EPOCH, Fingerprint::of(&format!("bank:{user}"), bank))
    }

    pub fn key(&self) -> Key {
        Key::Bank(self.user, self.id)
    }

    /// When somebody must look at it next, for a step or for what is to be deleted.
    pub fn next_at(&self) -> Option<Timestamp> {
        self.due_at.into_iter().chain(self.lent.values().map(|loan| loan.until)).min()
    }

    /// Whether there is a step to take, now that this was written.
    pub fn is_due_as_written(&self) -> bool {
        self.next_at() == Some(self.updated_at) && self.taken_until.is_none()
    }

    /// Whether balances are shown, with the time at which they were read.
    pub fn is_shown(&self) -> bool {
        self.view.is_some() && matches!(self.status, BankStatus::Active | BankStatus::Interrupted)
    }

    /// Whether it stands, well or not.
    pub fn is_connected(&self) -> bool {
        matches!(self.status, BankStatus::Granted | BankStatus::Active | BankStatus::Interrupted)
    }

    /// Whether somebody is at it.
    fn is_taken(&self, now: Timestamp) -> bool {
        self.taken_until.is_some_and(|until| now < until)
    }

    /// Writes down what became of the artefact that it is read under.
    fn notes(&self, event: AgreementEvent, terms: Option<Terms>, (state, plan): (&Snapshot, &mut Plan), now: Timestamp) {
        if let Some(Agreed { id, .. }) = self.agreement.clone() {
            consent::note(state, plan, self.user, Agreement { event, bank: self.bank.clone(), id, terms, at: now });
        }
    }

    fn is_paused(&self) -> bool {
        self.agreement.as_ref().is_some_and(|agreed| agreed.is_paused)
    }

    /// Whether its owner has paused the artefact, written down where that changes.
    fn pauses(&mut self, is_paused: bool, noted: (&Snapshot, &mut Plan), now: Timestamp) {
        if self.is_paused() == is_paused {
            return;
        }
        if let Some(agreed) = &mut self.agreement {
            agreed.is_paused = is_paused;
            self.notes(if is_paused { AgreementEvent::Paused } else { AgreementEvent::Resumed }, None, noted, now);
        }
    }

    /// It is read under this artefact from now on.
    fn agreed_to(&mut self, (id, terms): (&str, &Terms), noted: (&Snapshot, &mut Plan), now: Timestamp) {
        self.agreement = Some(Agreed { id: id.to_owned(), is_paused: false });
        self.notes(AgreementEvent::Given, Some(terms.clone()), noted, now);
    }

    /// There is an end to it, if there was one.
    fn ends_agreement(&mut self, event: AgreementEvent, noted: (&Snapshot, &mut Plan), now: Timestamp) {
        self.notes(event, None, noted, now);
        self.agreement = None;
    }

    /// Ends it: nothing that the bank gave is left.
    fn wiped(&mut self, status: BankStatus, trouble: Option<BankTrouble>, now: Timestamp) {
        // What was being ended was called in when that began, with time for whoever was at it.
        if self.status != BankStatus::Revoking {
            self.call_in(now);
        }
        (self.status, self.trouble) = (status, trouble);
        (self.link, self.grant, self.tokens, self.view) = (None, None, None, None);
        (self.due_at, self.taken_until, self.failures) = (None, None, 0);
    }
}
