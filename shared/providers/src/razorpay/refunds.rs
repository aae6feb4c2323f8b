//! Refunds: a payment's money on its way back to the payer.
//!
//! Source: `razorpay.md`, section 3.

use serde::{Deserialize, Serialize};

use super::client::Client;
use super::notes::Notes;
use super::payments::{AcquirerData, PaymentsBetween};
use super::wire::{COUNT_MAX, Collection, paise, require_amount, require_id, require_reference};
use crate::call::{CallError, require};
use crate::wire::{absent, null_as_default, wire_enum};

/// Ten characters or more of `[A-Za-z0-9_-]`.
const IDEMPOTENCY_HEADER: &str = "X-Refund-Idempotency";

/// A refund to be made.
#[derive(Debug, Clone)]
pub struct NewRefund<'a> {
    /// At least 100; `None` for all that is left of the payment.
    pub amount_paise: Option<i64>,
    pub speed: RefundSpeed,
    /// Our own reference, 1 to 40 characters.
    pub receipt: Option<&'a str>,
    pub notes: Notes,
}

wire_enum! {
    /// How fast a refund was asked to be.
    RefundSpeed {
        /// Five to seven working days.
        Normal = "normal",
        /// At once where the payer's bank can, otherwise normal.
        Optimum = "optimum",
    }
}

wire_enum! {
    /// How fast a refund turned out to be.
    SpeedProcessed { Normal = "normal", Instant = "instant", }
}

wire_enum! {
    /// How far a refund is.
    RefundStatus { Pending = "pending", Processed = "processed", Failed = "failed", }
}

/// A refund as the provider has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RefundEntity {
    pub id: String,
    #[serde(rename = "amount", deserialize_with = "paise")]
    pub amount_paise: i64,
    pub currency: String,
    pub payment_id: String,
    pub status: RefundStatus,
    #[serde(default, deserialize_with = "absent")]
    pub receipt: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    pub speed_requested: Option<RefundSpeed>,
    #[serde(default, deserialize_with = "absent")]
    pub speed_processed: Option<SpeedProcessed>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub acquirer_data: AcquirerData,
    #[serde(default)]
    pub notes: Notes,
    /// Unix seconds.
    pub created_at: i64,
}

#[derive(Serialize)]
struct CreateRefund<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<i64>,
    speed: &'a RefundSpeed,
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<&'a str>,
    notes: &'a Notes,
}

impl Client {
    /// `GET /refunds?from=…&to=…`: a page of the refunds that were asked for within a span of time.
    ///
    /// # Errors
    ///
    /// [`CallError`].
    pub async fn refunds(&self, page: PaymentsBetween) -> Result<Vec<RefundEntity>, CallError> {
        require((1..=COUNT_MAX).contains(&page.count), "count", "is not 1 to 100")?;
        require(page.from <= page.to, "from", "is after to")?;
        let numbers = [page.from, page.to, page.count.into(), page.skip.into()].map(|number| number.to_string());
        let [from, to, count, skip] = numbers.each_ref().map(String::as_str);
        let query = [("from", from), ("to", to), ("count", count), ("skip", skip)];
        let found: Collection<RefundEntity> = self.get(&["refunds"], &query).await?;
        Ok(found.items)
    }

    /// `POST /payments/:id/refund`, once for each key however often it is called.
    ///
    /// The key is written down before the first attempt and belongs to one refund for ever.
    /// While the first attempt still runs the provider answers 409, which is unknown, as is a
    /// key that was used for another body: never take a new key for that.
    ///
    /// # Errors
    ///
    /// [`CallError`]; a payment older than six months is refused.
    pub async fn create_refund(&self, payment_id: &str, idempotency_key: &str, refund: &NewRefund<'_>) -> Result<RefundEntity, CallError> {
        require_id(payment_id, "payment_id")?;
        require(
            (10..=255).contains(&idempotency_key.len())
                && idempotency_key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')),
            "idempotency_key",
            "is not 10 or more of [A-Za-z0-9_-]",
        )?;
        if let Some(amount_paise) = refund.amount_paise {
            require_amount(amount_paise)?;
        }
        if let Some(receipt) = refund.receipt {
            require_reference(receipt, "receipt")?;
        }
        refund.notes.require_within_limits()?;
        let body = CreateRefund { amount: refund.amount_paise, speed: &refund.speed, receipt: refund.receipt, notes: &refund.notes };
        let path = ["payments", payment_id, "refund"];
        self.post_once(&path, (IDEMPOTENCY_HEADER, idempotency_key), &body).await
    }

    /// `GET /refunds/:id`.
    ///
    /// # Errors
    ///
    /// [`CallError`]; see [`CallError::means_absent`] for an unknown id.
    pub async fn refund(&self, refund_id: &str) -> Result<RefundEntity, CallError> {
        require_id(refund_id, "refund_id")?;
        self.get(&["refunds", refund_id], &[]).await
    }

    /// `GET /payments/:id/refunds`: up to a hundred refunds of this payment.
    ///
    /// # Errors
    ///
    /// [`CallError`].
    pub async fn refunds_of_payment(&self, payment_id: &str) -> Result<Vec<RefundEntity>, CallError> {
        require_id(payment_id, "payment_id")?;
        let path = ["payments", payment_id, "refunds"];
        let found: Collection<RefundEntity> = self.get(&path, &[("count", "100")]).await?;
        Ok(found.items)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::call::Doubt;
    use crate::secret::Secret;
    use crate::test_server::TestServer;

    const REFUND: &str = include_str!("../../fixtures/refund.json");
    const KEY: &str = "rfd_01J9ZK3N4P";

    fn client(server: &TestServer) -> Client {
        Client::new(server.url(), "rzp_test_1", Secret::new("s").unwrap()).unwrap()
    }

    fn part() -> NewRefund<'static> {
        NewRefund { amount_paise: Some(10_000), speed: RefundSpeed::Optimum, receipt: Some("rfd_1"), notes: Notes::new() }
    }

    #[tokio::test]
    async fn a_refund_is_made_under_its_key() {
        let server = TestServer::answering(200, REFUND).await;
        let refund = client(&server).create_refund("pay_IH4NVgf4Dreq1l", KEY, &part()).await.unwrap();
        assert_eq!((refund.id.as_str(), refund.amount_paise), ("rfnd_FP8QHiV938haTz", 10_000));
        assert_eq!(refund.status, RefundStatus::Pending);
        assert_eq!((refund.speed_processed, refund.acquirer_data.arn), (None, None));
        let request = server.only_request();
        assert_eq!(request.target, "/payments/pay_IH4NVgf4Dreq1l/refund");
        assert_eq!(request.header("x-refund-idempotency"), KEY);
        assert_eq!(request.json(), json!({"amount": 10_000, "speed": "optimum", "receipt": "rfd_1", "notes": {}}));
    }

    #[tokio::test]
    async fn a_full_refund_names_no_amount() {
        let server = TestServer::answering(200, REFUND).await;
        let full = NewRefund { amount_paise: None, receipt: None, ..part() };
        client(&server).create_refund("pay_IH4NVgf4Dreq1l", KEY, &full).await.unwrap();
        assert_eq!(server.only_request().json(), json!({"speed": "optimum", "notes": {}}));
    }

    #[tokio::test]
    async fn a_refund_still_in_flight_is_unknown() {
        let server = TestServer::answering(409, r#"{"error":{"code":"BAD_REQUEST_ERROR"}}"#).await;
        let error = client(&server).create_refund("pay_IH4NVgf4Dreq1l", KEY, &part()).await.unwrap_err();
        assert_eq!(error, CallError::Unknown { why: Doubt::Status(409) });
    }

    #[tokio::test]
    async fn a_key_outside_the_rules_is_not_sent() {
        let server = TestServer::answering(200, REFUND).await;
        for key in ["short", "has space 1", "हिन्दी-हिन्दी", ""] {
            let made = client(&server).create_refund("pay_IH4NVgf4Dreq1l", key, &part()).await;
            assert!(made.unwrap_err().certainly_nothing_happened(), "{key}");
        }
        assert!(server.requests().is_empty());
    }

    #[tokio::test]
    async fn refunds_are_read_one_by_one_and_by_payment() {
        let server = TestServer::answering(200, REFUND).await;
        assert!(client(&server).refund("rfnd_FP8QHiV938haTz").await.is_ok());
        assert_eq!(server.only_request().target, "/refunds/rfnd_FP8QHiV938haTz");
        let server = TestServer::answering(200, &format!(r#"{{"items":[{REFUND}]}}"#)).await;
        let found = client(&server).refunds_of_payment("pay_IH4NVgf4Dreq1l").await.unwrap();
        assert_eq!(found.len(), 1);
    }
}
