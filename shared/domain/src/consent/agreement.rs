//! Consent artefacts: what a user agreed to at an Account Aggregator, and what became of it.
//!
//! They are given and withdrawn there; here it is written down, in the same transaction in which it counts
//! (`account-aggregator.md`, sections 3 and 9: the consent log is kept when the data are gone).

use super::{Consent, Consents, Word, hex};
use crate::{
    audit::Act,
    bank::BankTrouble,
    codes::codes,
    engine::{Plan, Record, Snapshot},
    id::UserId,
};
use jiff::Timestamp;

codes! {
    /// What became of an artefact.
    AgreementEvent {
        Given = "given";
        /// By its owner, there.
        Paused = "paused";
        Resumed = "resumed";
        /// Withdrawn there.
        Revoked = "revoked";
        /// Its time is over.
        Expired = "expired";
        /// Its owner ended the connection here: it is not used any more.
        Stopped = "stopped";
    }
}

/// What was agreed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Of ReBIT's purposes, such as `102`.
    pub purpose: String,
    /// Whom the data are for: the licence holder's entity id.
    pub consumer: String,
    /// How many accounts it is about.
    pub accounts: u32,
    /// Of which time the data are.
    pub data_from: Timestamp,
    pub data_to: Timestamp,
    pub expires_at: Timestamp,
    /// How long data may be kept once they were fetched, such as `1 MONTH`.
    pub data_life: String,
    /// How often they may be, such as `45 MONTH`.
    pub frequency: String,
    /// SHA-256 of the signed artefact.
    pub artefact_sha256: [u8; 32],
}

/// One event of an artefact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    pub event: AgreementEvent,
    /// The connection's name in the catalogue.
    pub bank: String,
    /// The consent's id at the aggregator.
    pub id: String,
    /// Where it was given.
    pub terms: Option<Terms>,
    pub at: Timestamp,
}

impl Agreement {
    pub(super) fn act(&self, user: UserId) -> Act {
        let terms = self.terms.as_ref().map(|terms| {
            let Terms { purpose, consumer, accounts, data_from, data_to, expires_at, data_life, frequency, artefact_sha256 } = terms;
            let hash = hex(artefact_sha256);
            let times = [data_from, data_to, expires_at].map(|time| time.as_millisecond().to_string()).join(" ");
            format!("{purpose} {consumer} {accounts} {times} {data_life} {frequency} {hash}")
        });
        Act {
            id: self.id.clone(),
            at: self.at,
            by: user.to_string(),
            request_id: self.id.clone(),
            action: format!("agreement.{}", self.event.code()),
            subject: self.bank.clone(),
            proof: terms.unwrap_or_default(),
            forced: false,
        }
    }
}

impl From<BankTrouble> for AgreementEvent {
    fn from(trouble: BankTrouble) -> Self {
        match trouble {
            BankTrouble::WithdrawnThere => Self::Revoked,
            BankTrouble::ConsentEnded => Self::Expired,
            _ => Self::Stopped,
        }
    }
}

/// Appends to a user's chain, after what the same plan appends.
pub(crate) fn note(state: &Snapshot, plan: &mut Plan, user: UserId, agreement: Agreement) {
    let planned = plan.records().find_map(|record| match record {
        Record::Consents(consents) if consents.user == user => Some(consents),
        _ => None,
    });
    let mut consents = planned.or(state.consents(user)).cloned().unwrap_or_else(|| Consents::new(user));
    let consent = Consent::after(user, consents.head, Word::Agreement(agreement));
    consents.head = consent.entry().head();
    plan.put(Record::Consent(consent));
    plan.put(Record::Consents(consents));
}
