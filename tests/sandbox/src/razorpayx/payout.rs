//! A payout, and what can be said about the state it is in.

use serde::Serialize;
use serde_json::{Value, json};

use super::fund_accounts::{Destination, FundAccount};
use super::machine::PayoutStatus;
use super::steering::Fate;
use crate::config::Fees;
use crate::razorpay::notes::Notes;
use crate::shelf::Shelved;
use crate::{clock, ids};

#[derive(Clone)]
pub struct Payout {
    pub id: String,
    pub fund_account_id: String,
    /// Made together with its contact and fund account; its answers then show both.
    pub composite: bool,
    pub amount: i64,
    pub notes: Notes,
    /// What was charged, taxes included. Nothing before processing begins, nothing once failed.
    pub fees: i64,
    pub tax: i64,
    pub status: PayoutStatus,
    pub purpose: String,
    pub utr: Option<String>,
    pub mode: Mode,
    pub reference_id: Option<String>,
    pub narration: String,
    pub status_details: StatusDetails,
    pub created_at: i64,
    pub debit_account_number: String,
    pub idempotency_key: String,
    /// Whether the account's money is with it.
    pub charged: bool,
    pub fate: Fate,
    pub history: Vec<Entry>,
}

#[derive(Clone, Serialize)]
pub struct Entry {
    status: PayoutStatus,
    at: String,
}

/// Spelled as the API spells them, in capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Mode {
    Upi,
    Imps,
    Neft,
    Rtgs,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatusDetails {
    description: &'static str,
    source: &'static str,
    reason: String,
}

impl Shelved for Payout {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Payout {
    pub fn become_status(&mut self, status: PayoutStatus, reason: &str) {
        self.status = status;
        self.status_details = StatusDetails::of(reason);
        self.history.push(Entry { status, at: clock::rfc3339() });
    }

    /// The bank has it: there is a reference now, and Razorpay adds what it learnt to the notes.
    pub fn arrive(&mut self, payee: Option<&FundAccount>) {
        self.utr = Some(self.mode.reference());
        match payee.map(|payee| &payee.destination) {
            Some(Destination::Vpa { address }) => {
                let handle = address.split_once('@').map_or("", |(_, handle)| handle);
                self.notes.add("VPA_HANDLE", handle);
            }
            Some(Destination::BankAccount { ifsc, .. }) => self.notes.add("payee_ifsc", ifsc),
            None => {}
        }
    }

    pub fn view(&self, fund_account: Option<Value>) -> Value {
        let failed = matches!(self.status, PayoutStatus::Failed | PayoutStatus::Reversed);
        let why = failed.then_some(&self.status_details);
        let mut view = json!({
            "id": self.id,
            "entity": "payout",
            "fund_account_id": self.fund_account_id,
            "amount": self.amount,
            "currency": "INR",
            "notes": self.notes,
            "fees": self.fees,
            "tax": self.tax,
            "status": self.status,
            "purpose": self.purpose,
            "utr": self.utr,
            "mode": self.mode,
            "reference_id": self.reference_id,
            "narration": self.narration,
            "batch_id": null,
            "failure_reason": why.map(|why| why.description),
            "created_at": self.created_at,
            "fee_type": "",
            "debit_account_number": self.debit_account_number,
            "status_details": self.status_details,
            "error": {
                "source": why.map(|why| why.source),
                "reason": why.map(|why| &why.reason),
                "description": why.map(|why| why.description),
                "code": "NA",
                "step": "NA",
                "metadata": {},
            },
        });
        if let Some(fund_account) = fund_account {
            view["fund_account"] = fund_account;
        }
        view
    }

    /// As the statement's source of a debit.
    pub fn as_source(&self) -> Value {
        json!({
            "id": self.id,
            "entity": "payout",
            "fund_account_id": self.fund_account_id,
            "amount": self.amount,
            "notes": self.notes,
            "fees": self.fees,
            "tax": self.tax,
            "status": self.status,
            "utr": self.utr,
            "mode": self.mode,
            "created_at": self.created_at,
            "fee_type": null,
        })
    }

    /// As the statement's source of the money that comes back.
    pub fn as_reversal(&self) -> Value {
        json!({
            "id": ids::razorpay("rvrsl"),
            "entity": "reversal",
            "payout_id": self.id,
            "amount": self.amount,
            "utr": self.utr,
            "created_at": clock::unix_seconds(),
        })
    }
}

impl Mode {
    pub fn fee(self, fees: &Fees) -> i64 {
        match self {
            Self::Upi => fees.payout_upi,
            Self::Imps => fees.payout_imps,
            Self::Neft => fees.payout_neft,
            Self::Rtgs => fees.payout_rtgs,
        }
    }

    fn reference(self) -> String {
        match self {
            Self::Upi | Self::Imps => ids::rrn(),
            Self::Neft => ids::bank_utr(16),
            Self::Rtgs => ids::bank_utr(22),
        }
    }
}

impl StatusDetails {
    pub fn of(reason: &str) -> Self {
        let (source, description) = match reason {
            "payout_processed" => ("beneficiary_bank", "Payout is processed and the money has been credited into the beneficiary account."),
            "payout_bank_processing" => {
                ("gateway", "Payout is being processed by our partner bank. Please check the final status after some time")
            }
            "low_balance" => {
                ("business", "Payout is queued as there is insufficient balance in your business account to process the payout")
            }
            "beneficiary_bank_down" => {
                ("beneficiary_bank", "Payout is queued as the beneficiary bank is down. It will be processed once the bank is up")
            }
            "pending_approval" => ("business", "Payout is pending approval"),
            "beneficiary_vpa_invalid" => ("beneficiary_bank", "Payout failed as the beneficiary VPA is invalid. Please check the VPA"),
            "bank_account_closed" => {
                ("beneficiary_bank", "Payout failed as the beneficiary account is closed. Please contact the beneficiary bank")
            }
            "bank_account_invalid" => {
                ("beneficiary_bank", "Payout failed as the beneficiary account is invalid. Please check the account details")
            }
            "beneficiary_bank_rejected" => ("beneficiary_bank", "Payout rejected by beneficiary bank. Please contact beneficiary bank"),
            "beneficiary_bank_offline" | "beneficiary_psp_offline" => {
                ("beneficiary_bank", "Beneficiary bank systems are offline, please retry after 30 min")
            }
            "rejected" => ("business", "Payout was rejected by an approver"),
            "cancelled" => ("business", "Payout was cancelled"),
            reason if reason.starts_with("gateway") => ("gateway", "Payout failed due to a technical error at our partner bank"),
            reason if reason.starts_with("server_error") => ("internal", "Payout failed due to a technical error at our server"),
            _ => ("beneficiary_bank", "Payout did not go through at the beneficiary bank"),
        };
        Self { description, source, reason: reason.to_owned() }
    }

    pub fn is(&self, reason: &str) -> bool {
        self.reason == reason
    }
}
