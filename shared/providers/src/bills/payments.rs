//! Paying a bill.
//!
//! `POST /bbps/bills/payment/request` takes our own reference (`paymentRefId`), which is its
//! idempotency key for 24 hours: asked again, it answers 409 with the first payment's reference, and
//! pays nothing. After an unknown answer: the same reference again, at once or within those hours;
//! [`Client::status`] at any time. A payment that ended in [`PaymentStatus::Failure`] is tried again with
//! a new fetch, and under a new reference of ours: under the old one the provider would pay it as
//! well, but for that day only.
//!
//! Most payments end within three minutes. Where the biller may answer `pending`, it can take days.
//! After success the network may still take it back ([`PaymentStatus::Reversed`]).

use std::fmt;

use serde::Serialize;

use super::amount::AmountOption;
use super::client::{Agent, ByReference, Client, Reference, read, require_ref};
use super::fetch::{BillerId, Customer, CustomerOnTheWire, require_mobile, unreadable};
use crate::call::{CallError, Doubt, require};
use wire::{DuplicateAnswer, PaymentOnTheWire, Transactions};

pub use found::PaymentLookup;
pub use state::{Payment, PaymentStatus, RefundStatus};

mod found;
mod state;
pub(super) mod wire;

/// For how long the provider remembers our references, from the first request on.
pub const IDEMPOTENCY_HOURS: i64 = 24;

/// Room for clocks that differ and for a request on its way.
const MARGIN_HOURS: i64 = 1;

/// A payment to be made. Does not print whom it is about.
#[derive(Clone, Copy)]
pub struct NewPayment<'a> {
    /// Our own, one for each payment, for ever: 6 to 35 of `[A-Za-z0-9_-]`. \[U\]: whether `_` and `-`
    /// are taken; the provider names a length only.
    pub reference: &'a str,
    pub of: PayFor<'a>,
    /// What the biller gets.
    pub amount_paise: i64,
    /// The biller's fee for the convenience, taxes included, on top of the amount; mostly zero.
    pub fee_paise: i64,
    /// Where the amount is one of the bill's options.
    pub option: Option<&'a AmountOption>,
    /// Who pays, 1 to 50 characters.
    pub payer_name: &'a str,
    /// The payer's, ten digits.
    pub mobile: &'a str,
    /// When their money was taken, in Unix seconds. The payment is found under the Indian day of it, so
    /// it is the same on every attempt.
    pub paid_at: i64,
}

/// What is paid.
#[derive(Debug, Clone, Copy)]
pub enum PayFor<'a> {
    /// What was fetched, or confirmed, under this reference.
    Fetched(&'a str),
    /// A biller of [`FetchKind::Direct`](super::FetchKind), who is told the customer now.
    Direct { biller_id: &'a str, customer: Customer<'a> },
}

#[derive(Serialize)]
struct PaymentRequest<'a> {
    #[serde(rename = "refId", skip_serializing_if = "Option::is_none")]
    ref_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agent: Option<&'a Agent>,
    #[serde(skip_serializing_if = "Option::is_none")]
    biller: Option<BillerId<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    customer: Option<CustomerOnTheWire<'a>>,
    #[serde(rename = "paymentDetails")]
    details: Details<'a>,
    remitter: Remitter<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Details<'a> {
    mode: &'static str,
    amount: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    cust_conv_fee: Option<i64>,
    payment_ref_id: &'a str,
    timestamp: String,
    account_info: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    selected_payment_options: Option<[Chosen<'a>; 1]>,
}

#[derive(Serialize)]
struct Chosen<'a> {
    name: &'a str,
    amount: i64,
}

#[derive(Serialize)]
struct Remitter<'a> {
    name: &'a str,
}

impl Client {
    /// `POST /bbps/bills/payment/request`: pays out of our wallet, once for each reference.
    ///
    /// It is answered before the biller has said anything, so the payment is pending at first, and has
    /// no transaction id. Where the reference was used before, the answer is the first payment as it is
    /// now; one of another amount is [`Doubt::KeyReused`]. The same payment has the same bytes always.
    ///
    /// # Errors
    ///
    /// [`CallError`]. Only [`CallError::certainly_nothing_happened`], and that of every attempt under
    /// this reference, means that no money moves. A payment of 23 hours ago is not sent: its reference
    /// may be forgotten, and it would be paid twice.
    pub async fn pay(&self, payment: &NewPayment<'_>, now: i64) -> Result<Payment, CallError> {
        let sent_until = payment.paid_at.saturating_add((IDEMPOTENCY_HOURS - MARGIN_HOURS) * 3600);
        require(now < sent_until, "paid_at", "is too long ago for the reference to be remembered")?;
        let body = self.payment_request(payment)?;
        let answer = self.exchange(&["bbps", "bills", "payment", "request"], &body, now).await?;
        if answer.status() == 409 {
            let first = answer.body().and_then(DuplicateAnswer::first_ref_id).ok_or(DUPLICATE_UNTOLD)?;
            return self.first_of(payment, &first, now).await;
        }
        let given: Reference = read(answer)?;
        require_ref(&given.ref_id, "ref_id").map_err(|_| unreadable("data.refId"))?;
        Ok(Payment::accepted(given.ref_id, payment.reference, payment.amount_paise))
    }

    /// `POST /bbps/bills/payment/response`: a payment by the provider's reference.
    ///
    /// # Errors
    ///
    /// [`CallError`]; the answer of another payment is unreadable.
    pub async fn payment(&self, ref_id: &str, now: i64) -> Result<Payment, CallError> {
        require_ref(ref_id, "ref_id")?;
        let wire: PaymentOnTheWire = self.post(&["bbps", "bills", "payment", "response"], &ByReference { ref_id }, now).await?;
        let payment = Payment::try_from(wire).map_err(unreadable)?;
        if payment.ref_id == ref_id { Ok(payment) } else { Err(unreadable("data.refId")) }
    }

    /// The payment that made our reference a used one. Whatever goes wrong here, there is one.
    async fn first_of(&self, asked: &NewPayment<'_>, ref_id: &str, now: i64) -> Result<Payment, CallError> {
        let first = self.payment(ref_id, now).await.map_err(|_| DUPLICATE_UNTOLD)?;
        let same = first.reference.as_deref().is_none_or(|reference| reference == asked.reference)
            && first.amount_paise.is_none_or(|amount| amount == asked.amount_paise);
        if same { Ok(first) } else { Err(CallError::Unknown { why: Doubt::KeyReused }) }
    }

    fn payment_request<'a>(&'a self, payment: &NewPayment<'a>) -> Result<PaymentRequest<'a>, CallError> {
        require_reference(payment.reference)?;
        require(payment.amount_paise > 0, "amount", "is not positive")?;
        require(payment.fee_paise >= 0, "fee", "is negative")?;
        require_mobile(payment.mobile)?;
        let named = (1..=50).contains(&payment.payer_name.trim().chars().count()) && !payment.payer_name.chars().any(char::is_control);
        require(named, "payer_name", "is not 1 to 50 characters")?;
        let timestamp = found::in_india(payment.paid_at)?.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
        let (ref_id, biller, customer) = match &payment.of {
            PayFor::Fetched(ref_id) => {
                require_ref(ref_id, "fetch_ref_id")?;
                (Some(*ref_id), None, None)
            }
            PayFor::Direct { biller_id, customer } => {
                require_ref(biller_id, "biller_id")?;
                (None, Some(BillerId { id: biller_id }), Some(customer.on_the_wire()?))
            }
        };
        let details = Details {
            mode: "Wallet",
            amount: payment.amount_paise,
            cust_conv_fee: (payment.fee_paise > 0).then_some(payment.fee_paise),
            payment_ref_id: payment.reference,
            timestamp,
            // `WalletName|MobileNo`, 12 to 50 characters.
            account_info: format!("{}|{}", self.wallet, payment.mobile),
            selected_payment_options: payment.option.map(|option| [Chosen { name: &option.name, amount: option.amount_paise }]),
        };
        let agent = biller.is_some().then_some(&self.agent);
        Ok(PaymentRequest { ref_id, agent, biller, customer, details, remitter: Remitter { name: payment.payer_name.trim() } })
    }
}

/// A 409 that does not say which payment was the first, or whose first cannot be asked for.
const DUPLICATE_UNTOLD: CallError = CallError::Unknown { why: Doubt::Status(409) };

fn require_reference(reference: &str) -> Result<(), CallError> {
    let fits =
        (6..=35).contains(&reference.len()) && reference.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    require(fits, "reference", "is not 6 to 35 of [A-Za-z0-9_-]")
}

impl fmt::Debug for NewPayment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewPayment")
            .field("reference", &self.reference)
            .field("of", &self.of)
            .field("amount_paise", &self.amount_paise)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
