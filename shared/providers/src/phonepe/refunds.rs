//! Refunds: an order's money on its way back to the payer.
//!
//! Source: `upi.md`, section 3.5. Our own id names a refund (`merchantRefundId`), and the same id again
//! makes no second one. \[U\]: what a repeated id is answered with, so whoever is refused looks it up.

use serde::{Deserialize, Serialize};

use super::client::{Client, found, require_id};
use super::orders::Attempt;
use crate::call::{CallError, require};
use crate::razorpay::wire::paise;
use crate::wire::{absent, null_as_default, wire_enum};

/// \[U\]: the least amount, one rupee.
const AMOUNT_MIN: i64 = 100;

/// A refund to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewRefund<'a> {
    /// As of an order.
    pub merchant_refund_id: &'a str,
    /// Our id of the order that is given back.
    pub original_merchant_order_id: &'a str,
    /// At least 100.
    pub amount_paise: i64,
}

wire_enum! {
    /// How far a refund is.
    RefundState {
        Pending = "PENDING",
        /// Taken, and not with the payer yet.
        Confirmed = "CONFIRMED",
        Completed = "COMPLETED",
        Failed = "FAILED",
    }
}

/// A refund as PhonePe has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Refund {
    /// PhonePe's own id of it.
    #[serde(default, deserialize_with = "absent")]
    pub refund_id: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    pub original_merchant_order_id: Option<String>,
    #[serde(rename = "amount", deserialize_with = "paise")]
    pub amount_paise: i64,
    pub state: RefundState,
    #[serde(default, deserialize_with = "absent")]
    pub error_code: Option<String>,
    #[serde(default, rename = "paymentDetails", deserialize_with = "null_as_default")]
    parts: Vec<Attempt>,
}

impl Refund {
    /// The banks' reference, where one is told.
    #[must_use]
    pub fn utr(&self) -> Option<&str> {
        self.parts.iter().find_map(Attempt::utr)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Ask<'a> {
    merchant_refund_id: &'a str,
    original_merchant_order_id: &'a str,
    amount: i64,
}

impl Client {
    /// `POST /payments/v2/refund`.
    ///
    /// # Errors
    ///
    /// [`CallError`].
    pub async fn create_refund(&self, refund: &NewRefund<'_>, now: i64) -> Result<Refund, CallError> {
        require_id(refund.merchant_refund_id, "merchantRefundId")?;
        require_id(refund.original_merchant_order_id, "originalMerchantOrderId")?;
        require(refund.amount_paise >= AMOUNT_MIN, "amount", "is below 100 paise")?;
        let body = Ask {
            merchant_refund_id: refund.merchant_refund_id,
            original_merchant_order_id: refund.original_merchant_order_id,
            amount: refund.amount_paise,
        };
        self.post(&["payments", "v2", "refund"], &body, now).await
    }

    /// `GET /payments/v2/refund/:id/status`; nothing where PhonePe knows no such refund.
    ///
    /// # Errors
    ///
    /// [`CallError`].
    pub async fn refund(&self, merchant_refund_id: &str, now: i64) -> Result<Option<Refund>, CallError> {
        require_id(merchant_refund_id, "merchantRefundId")?;
        found(self.get(&["payments", "v2", "refund", merchant_refund_id, "status"], &[], now).await)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::client::tests::{NOW, answering, client};
    use super::*;

    const NEW: NewRefund<'static> =
        NewRefund { merchant_refund_id: "rfnd_01J9", original_merchant_order_id: "pay_01J9", amount_paise: 5_000 };

    #[tokio::test]
    async fn a_refund_is_asked_for_and_looked_up() {
        let pending = r#"{"refundId":"OMR1","amount":5000,"state":"PENDING"}"#;
        let done = r#"{"merchantId":"M1","merchantRefundId":"rfnd_01J9","originalMerchantOrderId":"pay_01J9","amount":5000,"state":"COMPLETED",
            "paymentDetails":[{"rail":{"type":"UPI","utr":"623223155922"}}]}"#;
        let server = answering(&[(200, pending), (200, done)]).await;
        let client = client(server.url());
        let asked = client.create_refund(&NEW, NOW).await.unwrap();
        assert_eq!((asked.refund_id.as_deref(), asked.state, asked.amount_paise), (Some("OMR1"), RefundState::Pending, 5_000));
        let told = client.refund("rfnd_01J9", NOW).await.unwrap().unwrap();
        assert_eq!((told.utr(), &told.state), (Some("623223155922"), &RefundState::Completed));
        let seen = server.requests();
        assert_eq!((seen[1].method.as_str(), seen[1].target.as_str()), ("POST", "/payments/v2/refund"));
        assert_eq!(seen[1].json(), json!({ "merchantRefundId": "rfnd_01J9", "originalMerchantOrderId": "pay_01J9", "amount": 5_000 }));
        assert_eq!(seen[2].target, "/payments/v2/refund/rfnd_01J9/status");
    }

    #[tokio::test]
    async fn a_refund_that_is_not_there_is_none() {
        let server = answering(&[(400, r#"{"code":"INVALID_MERCHANT_REFUND_ID"}"#)]).await;
        assert_eq!(client(server.url()).refund("rfnd_01J9", NOW).await, Ok(None));
        let small = NewRefund { amount_paise: 99, ..NEW };
        assert!(client(server.url()).create_refund(&small, NOW).await.unwrap_err().certainly_nothing_happened());
    }
}
