//! How each account of a consent came, the last time that its bank was asked: part of a delivery is normal.

use crate::api::sha256_hex;
use account_aggregator::wire::ConsentArtefact;
use domain::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One account of a consent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Part {
    /// What its bank and the aggregator call it.
    pub id: String,
    pub masked_number: Option<String>,
    pub state: PartState,
    /// When it was last read, in Unix seconds.
    pub read_at: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartState {
    Read,
    /// Its bank has not delivered it.
    Late,
    /// Its bank does not deliver it, or not in time: by the aggregator's word.
    Denied,
    /// What came cannot be read: by another key, or in no form that is known.
    Unreadable,
    /// What was read of it could be kept no longer.
    Lapsed,
}

impl PartState {
    pub fn code(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Late => "late",
            Self::Denied => "denied",
            Self::Unreadable => "unreadable",
            Self::Lapsed => "lapsed",
        }
    }
}

/// What came of a session.
pub(super) struct Came<'a> {
    /// The accounts that were delivered just now, and whether they could be read.
    pub accounts: &'a [(&'a str, bool)],
    pub refused: &'a BTreeSet<String>,
    /// When the session was opened, in Unix seconds: what was read since then was read in it.
    pub since: i64,
}

impl Part {
    /// All accounts of a consent.
    pub(super) fn all(artefact: &ConsentArtefact, came: &Came<'_>, before: &[Self], now: Timestamp) -> Vec<Self> {
        let part = |account: &account_aggregator::wire::Account| {
            let known = before.iter().find(|known| known.id == account.link_ref);
            let read_before = known.and_then(|known| known.read_at);
            let delivered: Vec<bool> =
                came.accounts.iter().filter(|(id, _)| *id == account.link_ref).map(|(_, is_read)| *is_read).collect();
            let state = match (delivered.iter().any(|is_read| *is_read), delivered.is_empty()) {
                (true, _) => PartState::Read,
                _ if known.is_some_and(Self::is_read) && read_before >= Some(came.since) => PartState::Read,
                (false, false) => PartState::Unreadable,
                (false, true) if came.refused.contains(&refusal(&account.link_ref)) => PartState::Denied,
                (false, true) => PartState::Late,
            };
            let masked_number = Some(account.masked_number.clone()).filter(|masked| !masked.is_empty());
            let read_at = if delivered.contains(&true) { Some(now.as_second()) } else { read_before };
            Self { id: account.link_ref.clone(), masked_number, state, read_at }
        };
        artefact.accounts.iter().map(part).collect()
    }

    pub fn read_at(&self) -> Option<Timestamp> {
        Timestamp::from_second(self.read_at?).ok()
    }

    /// What was read of it is deleted.
    pub(in crate::banks) fn lapse(&mut self) {
        (self.state, self.read_at) = (PartState::Lapsed, None);
    }

    pub(super) fn is_read(&self) -> bool {
        self.state == PartState::Read
    }

    pub(super) fn is_late(&self) -> bool {
        self.state == PartState::Late
    }
}

/// As which an account that no bank delivers is kept.
pub(in crate::banks) fn refusal(link_ref: &str) -> String {
    sha256_hex(link_ref.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_account_says_how_it_came_and_when_it_last_did() {
        let accounts = ["read", "unreadable", "denied", "late"];
        let artefact: ConsentArtefact = serde_json::from_value(json!({
            "consentStart": "2026-11-20T10:00:00Z", "consentExpiry": "2027-11-20T10:00:00Z", "consentMode": "STORE", "fetchType": "PERIODIC",
            "consentTypes": ["TRANSACTIONS"], "fiTypes": ["DEPOSIT"], "DataConsumer": { "id": "FIU", "type": "FIU" },
            "Customer": { "id": "ravi@aa" },
            "Purpose": { "code": "102", "refUri": "", "text": "", "Category": { "type": "" } },
            "FIDataRange": { "from": "2026-01-01T00:00:00Z", "to": "2026-11-20T00:00:00Z" },
            "DataLife": { "unit": "MONTH", "value": 1 }, "Frequency": { "unit": "MONTH", "value": 45 },
            "Accounts": accounts.map(|id| json!({ "fiType": "DEPOSIT", "fipId": "FIP-1", "linkRefNumber": id })),
        }))
        .unwrap();
        let at = |second| Timestamp::from_second(second).unwrap();
        let all: Vec<(&str, bool)> = accounts.map(|id| (id, true)).into();
        let none = BTreeSet::new();
        let before = Part::all(&artefact, &Came { accounts: &all, refused: &none, since: 90 }, &[], at(100));
        assert!(before.iter().all(Part::is_read));
        let refused = BTreeSet::from([refusal("denied")]);
        let came = Came { accounts: &[("read", true), ("unreadable", false)], refused: &refused, since: 190 };
        let parts = Part::all(&artefact, &came, &before, at(200));
        let told: Vec<_> = parts.iter().map(|part| (part.state.code(), part.read_at)).collect();
        assert_eq!(told, [("read", Some(200)), ("unreadable", Some(100)), ("denied", Some(100)), ("late", Some(100))]);
        // Looked again in the same session, which brings the last and nothing of the first.
        let parts = Part::all(&artefact, &Came { accounts: &[("late", true)], refused: &none, since: 190 }, &parts, at(205));
        let told: Vec<_> = parts.iter().map(|part| (part.state.code(), part.read_at)).collect();
        assert_eq!(told, [("read", Some(200)), ("late", Some(100)), ("late", Some(100)), ("read", Some(205))]);
    }
}
