//! Payouts: money that leaves our account at the provider.
//!
//! Source: `razorpay.md`, sections 5.4 and 5.5. After an unknown answer: the same key again
//! after about 1, 2 and 5 minutes, then [`Client::payouts_by_reference`] from 5 minutes to an
//! hour; a payout that is still absent then was not created. A new key only after `failed`,
//! `reversed`, `rejected` or `cancelled`.

use serde::{Deserialize, Serialize};

use super::clean::Narration;
use super::client::Client;
use super::contacts::NewContact;
use super::destination::Destination;
use super::fund_accounts::FundAccountEntity;
use super::modes::{Mode, modes_for};
use super::reasons::{StatusDetails, StatusReason};
use super::validations::Composite;
use crate::call::{CallError, require};
use crate::razorpay::wire::{Collection, INR, paise, paise_or_none, require_amount, require_id, require_reference};
use crate::razorpay::{Notes, only_with};
use crate::wire::{absent, null_as_default, wire_enum};

/// Mandatory since 2025-03-15.
const IDEMPOTENCY_HEADER: &str = "X-Payout-Idempotency";

/// A payout to be made, in INR.
#[derive(Debug, Clone)]
pub struct NewPayout<'a> {
    /// The account of ours that pays: the provider's customer identifier (another one in test
    /// mode), or a current account's number.
    pub account_number: &'a str,
    pub to: PayTo<'a>,
    /// At least 100; the provider's fee comes on top.
    pub amount_paise: i64,
    /// See [`modes_for`].
    pub mode: Mode,
    pub purpose: Purpose,
    /// Whether to wait for money where the balance is too low, instead of failing at once.
    pub queue_if_low_balance: bool,
    /// Our own reference, 1 to 40 characters, one for each payout: it is found by this.
    pub reference_id: &'a str,
    pub narration: Narration,
    pub notes: Notes,
}

/// Whom a payout goes to.
#[derive(Debug, Clone)]
pub enum PayTo<'a> {
    /// A fund account's id.
    FundAccount(&'a str),
    /// A contact and fund account that are created, or found again, along the way.
    Composite { destination: Destination<'a>, contact: NewContact<'a> },
}

wire_enum! {
    /// What a payout is for. The dashboard may define more.
    Purpose {
        Refund = "refund",
        Cashback = "cashback",
        Payout = "payout",
        Salary = "salary",
        UtilityBill = "utility bill",
        VendorBill = "vendor bill",
    }
}

wire_enum! {
    /// How far a payout is.
    PayoutStatus {
        /// Waits for somebody's approval.
        Pending = "pending",
        /// Waits for money, or for the banks' window.
        Queued = "queued",
        /// Waits for its time.
        Scheduled = "scheduled",
        /// On its way; for UPI and IMPS up to three working days. Not to be taken back.
        Processing = "processing",
        /// Paid, as far as anybody knows: the payee's bank may still return it.
        Processed = "processed",
        /// Came back.
        Reversed = "reversed",
        /// Did not go; on a current account the money may come back as `Reversed` only later.
        Failed = "failed",
        /// Was not approved.
        Rejected = "rejected",
        /// Was stopped before it left. There is no event for it.
        Cancelled = "cancelled",
    }
}

/// A payout as the provider has it, or had it when it sent the event.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PayoutEntity {
    pub id: String,
    #[serde(default, deserialize_with = "absent")]
    pub fund_account_id: Option<String>,
    #[serde(default)]
    pub fund_account: Option<FundAccountEntity>,
    /// Without the fees.
    #[serde(rename = "amount", deserialize_with = "paise")]
    pub amount_paise: i64,
    pub currency: String,
    pub status: PayoutStatus,
    /// The provider's fee, its tax included; nothing until it is known.
    #[serde(default, rename = "fees", deserialize_with = "paise_or_none")]
    pub fees_paise: Option<i64>,
    /// The tax within the fees.
    #[serde(default, rename = "tax", deserialize_with = "paise_or_none")]
    pub tax_paise: Option<i64>,
    /// The banks' reference; nothing until it is known.
    #[serde(default, deserialize_with = "absent")]
    pub utr: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    pub mode: Option<Mode>,
    #[serde(default, deserialize_with = "absent")]
    pub purpose: Option<Purpose>,
    #[serde(default, deserialize_with = "absent")]
    pub reference_id: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    pub narration: Option<String>,
    #[serde(default)]
    pub notes: Notes,
    #[serde(default, deserialize_with = "null_as_default")]
    pub status_details: StatusDetails,
    #[serde(default, deserialize_with = "null_as_default")]
    pub error: StatusDetails,
    /// Unix seconds.
    pub created_at: i64,
}

impl PayoutEntity {
    /// Why it stands where it stands, where the provider says so.
    #[must_use]
    pub fn reason(&self) -> Option<&StatusReason> {
        self.status_details.reason.as_ref().or(self.error.reason.as_ref())
    }
}

#[derive(Serialize)]
struct CreatePayout<'a> {
    account_number: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    fund_account_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fund_account: Option<Composite<'a>>,
    amount: i64,
    currency: &'static str,
    mode: &'a Mode,
    purpose: &'a Purpose,
    queue_if_low_balance: bool,
    reference_id: &'a str,
    #[serde(skip_serializing_if = "Narration::is_empty")]
    narration: &'a Narration,
    notes: &'a Notes,
}

impl Client {
    /// `POST /payouts`, once for each key however often it is called within seven days.
    ///
    /// The key is written down before the first attempt, follows from our own transaction, and
    /// is 4 to 36 of `[A-Za-z0-9 _-]`. The same key and body answer with the payout as it now
    /// is. Fields are written in one order always, so the same payout has the same body.
    ///
    /// # Errors
    ///
    /// [`CallError`]. Only [`CallError::certainly_nothing_happened`], and that of every attempt
    /// under this key, means that no money moves.
    pub async fn create_payout(&self, idempotency_key: &str, payout: &NewPayout<'_>) -> Result<PayoutEntity, CallError> {
        require_idempotency_key(idempotency_key)?;
        require(!payout.account_number.is_empty(), "account_number", "is empty")?;
        require_amount(payout.amount_paise)?;
        require_reference(payout.reference_id, "reference_id")?;
        payout.notes.require_within_limits()?;
        let (fund_account_id, fund_account) = match &payout.to {
            PayTo::FundAccount(id) => {
                require_id(id, "fund_account_id")?;
                require(payout.mode.carries(payout.amount_paise), "mode", "does not carry this amount")?;
                (Some(*id), None)
            }
            PayTo::Composite { destination, contact } => {
                contact.require_within_limits()?;
                let modes = modes_for(destination.kind(), payout.amount_paise);
                require(modes.contains(&payout.mode), "mode", "does not carry this amount there")?;
                (None, Some(Composite { destination: *destination, contact }))
            }
        };
        let body = CreatePayout {
            account_number: payout.account_number,
            fund_account_id,
            fund_account,
            amount: payout.amount_paise,
            currency: INR,
            mode: &payout.mode,
            purpose: &payout.purpose,
            queue_if_low_balance: payout.queue_if_low_balance,
            reference_id: payout.reference_id,
            narration: &payout.narration,
            notes: &payout.notes,
        };
        self.post_once(&["payouts"], (IDEMPOTENCY_HEADER, idempotency_key), &body).await
    }

    /// `GET /payouts/:id`.
    ///
    /// # Errors
    ///
    /// [`CallError`]; see [`CallError::means_absent`] for an unknown id.
    pub async fn payout(&self, payout_id: &str) -> Result<PayoutEntity, CallError> {
        require_id(payout_id, "payout_id")?;
        self.get(&["payouts", payout_id], &[]).await
    }

    /// `GET /payouts?account_number=…&reference_id=…`: every payout with this reference.
    ///
    /// None means that there is none *yet*: see the module for how long to ask.
    ///
    /// # Errors
    ///
    /// [`CallError`]; a list of other payouts only is unreadable, never "there is none".
    pub async fn payouts_by_reference(&self, account_number: &str, reference_id: &str) -> Result<Vec<PayoutEntity>, CallError> {
        require(!account_number.is_empty(), "account_number", "is empty")?;
        require_reference(reference_id, "reference_id")?;
        let query = [("account_number", account_number), ("reference_id", reference_id), ("count", "100")];
        let found: Collection<PayoutEntity> = self.get(&["payouts"], &query).await?;
        only_with(found.items, "items[].reference_id", |payout| payout.reference_id.as_deref() == Some(reference_id))
    }
}

/// A space at either end would be lost on the way, and two keys become one.
fn require_idempotency_key(key: &str) -> Result<(), CallError> {
    let fits = (4..=36).contains(&key.len())
        && key.trim() == key
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'_' | b'-'));
    require(fits, "idempotency_key", "is not 4 to 36 of [A-Za-z0-9 _-]")
}

#[cfg(test)]
mod tests;
