//! The banks behind the aggregator, and the accounts of a customer at them.

use account_aggregator::wire::{Account, FiStatus, FiType};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// A bank, and how it writes its documents.
#[derive(Debug)]
pub struct Bank {
    pub fip_id: &'static str,
    pub name: &'static str,
    pub form: Form,
    pub ifsc: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// XML of schema 1.2, which calls most payments `OTHERS`.
    XmlV1,
    /// XML of schema 2.0.0.
    XmlV2,
    /// A JSON rendering of schema 2.0.0.
    JsonV2,
}

/// The first is where a customer's work is paid to.
pub const BANKS: [Bank; 3] = [
    Bank { fip_id: "FIP-SAHYADRI", name: "Sahyadri Demo Bank", form: Form::XmlV2, ifsc: "SHYD0000042" },
    Bank { fip_id: "FIP-KAVERI", name: "Kaveri Demo Bank", form: Form::XmlV1, ifsc: "KVRI0000007" },
    Bank { fip_id: "FIP-GODAVARI", name: "Godavari Demo Bank", form: Form::JsonV2, ifsc: "GDVR0000001" },
];

/// What a bank answers of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    pub status: FiStatus,
    /// Of one that is pending: until it is ready. None: it stays so.
    pub ready_after_ms: Option<u64>,
}

impl Default for Outcome {
    fn default() -> Self {
        Self { status: FiStatus::Ready, ready_after_ms: None }
    }
}

/// The accounts of a customer, in the order of [`BANKS`]. The same number has the same ones always.
pub fn accounts_of(customer: &str) -> Vec<Account> {
    BANKS
        .iter()
        .map(|bank| {
            let digest = seed(&[customer, bank.fip_id]);
            let hex = hex::encode(digest);
            let digits: u32 = digest.iter().take(4).fold(0, |sum, byte| (sum * 256 + u32::from(*byte)) % 10_000);
            Account {
                fi_type: FiType::Deposit,
                fip_id: bank.fip_id.to_owned(),
                kind: "SAVINGS".to_owned(),
                link_ref: [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..32]].join("-"),
                masked_number: format!("XXXXXXXX{digits:04}"),
            }
        })
        .collect()
}

pub fn bank(fip_id: &str) -> Option<&'static Bank> {
    BANKS.iter().find(|bank| bank.fip_id == fip_id)
}

/// Bytes that depend on these words alone.
pub fn seed(words: &[&str]) -> [u8; 32] {
    Sha256::digest(words.join("\n")).into()
}
