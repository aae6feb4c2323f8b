//! Payments: money that a payer sent, or tried to.
//!
//! Source: `razorpay.md`, sections 2 and 4. A payment that failed may be authorised days later,
//! so no status but a capture or a refund is the end of it.

use serde::{Deserialize, Serialize};

use super::client::Client;
use super::notes::Notes;
use super::wire::{COUNT_MAX, Collection, INR, paise, paise_or_none, paise_or_zero, require_amount, require_id};
use crate::call::{CallError, require};
use crate::personal::Personal;
use crate::wire::{absent, null_as_default, wire_enum};

wire_enum! {
    /// How far a payment is.
    PaymentStatus {
        Created = "created",
        /// Taken from the payer but not ours: goes back after three days without a capture.
        Authorized = "authorized",
        Captured = "captured",
        /// In full. A payment refunded in part stays captured.
        Refunded = "refunded",
        /// Not for ever: late authorisation.
        Failed = "failed",
    }
}

wire_enum! {
    /// What was paid with.
    PaymentMethod {
        Card = "card",
        Netbanking = "netbanking",
        Wallet = "wallet",
        Upi = "upi",
        Emi = "emi",
    }
}

wire_enum! {
    /// How much of a payment went back.
    RefundExtent { Partial = "partial", Full = "full", }
}

/// A payment as the provider has it, or had it when it sent the event.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PaymentEntity {
    pub id: String,
    #[serde(rename = "amount", deserialize_with = "paise")]
    pub amount_paise: i64,
    pub currency: String,
    pub status: PaymentStatus,
    /// Without one it cannot be captured, and goes back by itself.
    #[serde(default, deserialize_with = "absent")]
    pub order_id: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    pub method: Option<PaymentMethod>,
    #[serde(default, rename = "amount_refunded", deserialize_with = "paise_or_zero")]
    pub amount_refunded_paise: i64,
    #[serde(default, deserialize_with = "absent")]
    pub refund_status: Option<RefundExtent>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub captured: bool,
    /// The provider's fee, its tax included; known once the payment is captured.
    #[serde(default, rename = "fee", deserialize_with = "paise_or_none")]
    pub fee_paise: Option<i64>,
    /// The tax within the fee.
    #[serde(default, rename = "tax", deserialize_with = "paise_or_none")]
    pub tax_paise: Option<i64>,
    /// The payer's UPI address.
    #[serde(default, deserialize_with = "absent")]
    pub vpa: Option<Personal>,
    #[serde(default)]
    pub notes: Notes,
    #[serde(default, deserialize_with = "absent")]
    pub error_code: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    pub error_description: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    pub error_source: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    pub error_step: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    pub error_reason: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub acquirer_data: AcquirerData,
    /// Unix seconds.
    pub created_at: i64,
}

/// The banks' own references, which a person gives when they ask about their money.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct AcquirerData {
    #[serde(default, deserialize_with = "absent")]
    pub rrn: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    pub upi_transaction_id: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    pub bank_transaction_id: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    pub arn: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    pub utr: Option<String>,
}

/// A page of the payments made within a span of time, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaymentsBetween {
    /// Unix seconds.
    pub from: i64,
    /// Unix seconds.
    pub to: i64,
    /// How many to return, 1 to 100. Fewer in the answer mean that this was the last page.
    pub count: u32,
    /// How many to pass over.
    pub skip: u32,
}

#[derive(Serialize)]
struct Capture {
    amount: i64,
    currency: &'static str,
}

impl Client {
    /// `GET /payments/:id`.
    ///
    /// # Errors
    ///
    /// [`CallError`]; see [`CallError::means_absent`] for an unknown id.
    pub async fn payment(&self, payment_id: &str) -> Result<PaymentEntity, CallError> {
        require_id(payment_id, "payment_id")?;
        self.get(&["payments", payment_id], &[]).await
    }

    /// `GET /payments?from=…&to=…`, for finding what no webhook told us.
    ///
    /// # Errors
    ///
    /// [`CallError`].
    pub async fn payments(&self, page: PaymentsBetween) -> Result<Vec<PaymentEntity>, CallError> {
        require((1..=COUNT_MAX).contains(&page.count), "count", "is not 1 to 100")?;
        require(page.from <= page.to, "from", "is after to")?;
        let query = [
            ("from", page.from.to_string()),
            ("to", page.to.to_string()),
            ("count", page.count.to_string()),
            ("skip", page.skip.to_string()),
        ];
        let query = query.each_ref().map(|(name, value)| (*name, value.as_str()));
        let found: Collection<PaymentEntity> = self.get(&["payments"], &query).await?;
        Ok(found.items)
    }

    /// `POST /payments/:id/capture`, in INR, for an account without automatic capture.
    ///
    /// Knows no idempotency key. A second capture is refused, so after an unknown answer read
    /// the payment and go by its status.
    ///
    /// # Errors
    ///
    /// [`CallError`].
    pub async fn capture_payment(&self, payment_id: &str, amount_paise: i64) -> Result<PaymentEntity, CallError> {
        require_id(payment_id, "payment_id")?;
        require_amount(amount_paise)?;
        let body = Capture { amount: amount_paise, currency: INR };
        self.post(&["payments", payment_id, "capture"], &body).await
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::secret::Secret;
    use crate::test_server::TestServer;

    const PAYMENT: &str = include_str!("../../fixtures/payment_captured.json");
    const FAILED: &str = include_str!("../../fixtures/payment_failed.json");

    fn client(server: &TestServer) -> Client {
        Client::new(server.url(), "rzp_test_1", Secret::new("s").unwrap()).unwrap()
    }

    #[tokio::test]
    async fn a_captured_payment_is_read() {
        let server = TestServer::answering(200, PAYMENT).await;
        let payment = client(&server).payment("pay_IH4NVgf4Dreq1l").await.unwrap();
        assert_eq!(payment.status, PaymentStatus::Captured);
        assert_eq!((payment.amount_paise, payment.currency.as_str()), (25_000, "INR"));
        assert_eq!((payment.fee_paise, payment.tax_paise), (Some(590), Some(90)));
        assert_eq!(payment.order_id.as_deref(), Some("order_IEIaMR65cu6nz3"));
        assert_eq!(payment.method, Some(PaymentMethod::Upi));
        assert_eq!(payment.vpa.as_ref().map(Personal::expose), Some("ravi.kumar@okaxis"));
        assert_eq!(payment.acquirer_data.rrn.as_deref(), Some("523223155921"));
        assert_eq!(payment.notes.get("account"), Some("acct_1"));
        assert!(payment.captured);
        assert!(!format!("{payment:?}").contains("ravi"), "a payment may be logged");
        assert_eq!(server.only_request().target, "/payments/pay_IH4NVgf4Dreq1l");
    }

    #[test]
    fn a_failed_payment_says_why() {
        let payment: PaymentEntity = serde_json::from_str(FAILED).unwrap();
        assert_eq!(payment.status, PaymentStatus::Failed);
        assert_eq!(payment.error_reason.as_deref(), Some("payment_failed"));
        assert_eq!((payment.fee_paise, payment.error_step), (None, None));
    }

    #[tokio::test]
    async fn a_page_of_payments_is_read() {
        let list = format!(r#"{{"entity":"collection","count":2,"items":[{PAYMENT},{FAILED}]}}"#);
        let server = TestServer::answering(200, &list).await;
        let page = PaymentsBetween { from: 1, to: 2, count: 100, skip: 200 };
        assert_eq!(client(&server).payments(page).await.unwrap().len(), 2);
        assert_eq!(server.only_request().target, "/payments?from=1&to=2&count=100&skip=200");
        for page in [PaymentsBetween { count: 0, ..page }, PaymentsBetween { count: 101, ..page }, PaymentsBetween { from: 3, ..page }] {
            assert!(client(&server).payments(page).await.unwrap_err().certainly_nothing_happened());
        }
    }

    #[tokio::test]
    async fn a_payment_is_captured_for_its_amount() {
        let server = TestServer::answering(200, PAYMENT).await;
        client(&server).capture_payment("pay_IH4NVgf4Dreq1l", 25_000).await.unwrap();
        let request = server.only_request();
        assert_eq!(request.target, "/payments/pay_IH4NVgf4Dreq1l/capture");
        assert_eq!(request.json(), json!({"amount": 25_000, "currency": "INR"}));
    }

    #[tokio::test]
    async fn an_unknown_id_reads_as_absent() {
        let body = r#"{"error":{"code":"BAD_REQUEST_ERROR",
            "description":"The id provided does not exist"}}"#;
        let server = TestServer::answering(400, body).await;
        let error = client(&server).payment("pay_00000000000000").await.unwrap_err();
        assert!(error.means_absent());
    }
}
