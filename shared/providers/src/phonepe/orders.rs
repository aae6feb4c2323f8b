//! Orders: what a customer pays on PhonePe's page.
//!
//! Source: `upi.md`, sections 3.3 and 3.4. Our own id names an order from the beginning
//! (`merchantOrderId`), and is what makes a repeated request the same one.

use serde::{Deserialize, Serialize};

use super::client::{Client, found, require_id};
use crate::call::{CallError, Illegible, require};
use crate::personal::Personal;
use crate::razorpay::wire::{paise, paise_or_none};
use crate::wire::{absent, null_as_default, wire_enum};

/// \[U\]: the least amount, one rupee.
const AMOUNT_MIN: i64 = 100;

/// An order to be paid on PhonePe's page.
#[derive(Debug, Clone, Copy)]
pub struct NewOrder<'a> {
    /// 1 to 63 of `A-Z`, `a-z`, `0-9`, `_` and `-`.
    pub merchant_order_id: &'a str,
    /// At least 100.
    pub amount_paise: i64,
    /// How long it can be paid.
    pub expire_after_s: u32,
    /// Where the customer's browser goes afterwards. That it comes back says nothing.
    pub redirect_url: &'a str,
}

/// An order that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OpenedOrder {
    /// PhonePe's own id of it.
    pub order_id: String,
    pub state: State,
    #[serde(default, rename = "expireAt", deserialize_with = "null_as_default")]
    pub expire_at_ms: Option<i64>,
    /// The page to pay on.
    #[serde(default, deserialize_with = "absent")]
    pub redirect_url: Option<String>,
}

wire_enum! {
    /// How an order stands, or one attempt to pay it.
    State {
        Pending = "PENDING",
        Completed = "COMPLETED",
        /// It cannot be paid any more. A failed *attempt* leaves its order as it was.
        Failed = "FAILED",
    }
}

/// An order as PhonePe has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    #[serde(default, deserialize_with = "absent")]
    pub merchant_order_id: Option<String>,
    pub order_id: String,
    /// Of the order as a whole: the only state that decides.
    pub state: State,
    #[serde(rename = "amount", deserialize_with = "paise")]
    pub amount_paise: i64,
    #[serde(default, rename = "expireAt", deserialize_with = "null_as_default")]
    pub expire_at_ms: Option<i64>,
    #[serde(default, deserialize_with = "absent")]
    pub error_code: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    pub detailed_error_code: Option<String>,
    /// Attempts to pay it, of which some may have failed.
    #[serde(default, rename = "paymentDetails", deserialize_with = "null_as_default")]
    pub attempts: Vec<Attempt>,
}

/// One attempt to pay an order. All of it may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attempt {
    #[serde(default, deserialize_with = "absent")]
    pub transaction_id: Option<String>,
    /// Such as `UPI_INTENT`, `UPI_QR` or `CARD`.
    #[serde(default, deserialize_with = "absent")]
    pub payment_mode: Option<String>,
    #[serde(default, rename = "amount", deserialize_with = "paise_or_none")]
    pub amount_paise: Option<i64>,
    #[serde(default, deserialize_with = "absent")]
    pub state: Option<State>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub rail: Option<Rail>,
    #[serde(default, rename = "splitInstruments", deserialize_with = "null_as_default")]
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Part {
    #[serde(default, deserialize_with = "null_as_default")]
    rail: Option<Rail>,
}

/// The way that money took.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Rail {
    #[serde(default, deserialize_with = "absent")]
    pub utr: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    pub vpa: Option<Personal>,
}

impl Attempt {
    /// The way that the money took, of the attempt or of its first part that tells it.
    fn rail(&self) -> Option<&Rail> {
        self.rail.as_ref().or_else(|| self.parts.iter().find_map(|part| part.rail.as_ref()))
    }

    /// The banks' reference, which a person gives when they ask about their money.
    #[must_use]
    pub fn utr(&self) -> Option<&str> {
        self.rail()?.utr.as_deref()
    }

    /// The payer's address: with `ok…` behind its `@` the app was Google Pay.
    #[must_use]
    pub fn vpa(&self) -> Option<&Personal> {
        self.rail()?.vpa.as_ref()
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Pay<'a> {
    merchant_order_id: &'a str,
    amount: i64,
    expire_after: u32,
    payment_flow: Flow<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Flow<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    merchant_urls: Urls<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Urls<'a> {
    redirect_url: &'a str,
}

/// Whether a text can be an order's or a refund's id. \[U\]: the limits.
pub(super) fn is_id(text: &str) -> bool {
    (1..=63).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

impl Client {
    /// `POST /checkout/v2/pay`. The same id again makes no second order.
    ///
    /// # Errors
    ///
    /// [`CallError`]; input outside the provider's limits is not sent. A refusal of an id that was sent
    /// before says nothing of the order: [`Client::order`] does.
    pub async fn pay(&self, order: &NewOrder<'_>, now: i64) -> Result<OpenedOrder, CallError> {
        require_id(order.merchant_order_id, "merchantOrderId")?;
        require(order.amount_paise >= AMOUNT_MIN, "amount", "is below 100 paise")?;
        let body = Pay {
            merchant_order_id: order.merchant_order_id,
            amount: order.amount_paise,
            expire_after: order.expire_after_s,
            payment_flow: Flow { kind: "PG_CHECKOUT", merchant_urls: Urls { redirect_url: order.redirect_url } },
        };
        self.post(&["checkout", "v2", "pay"], &body, now).await
    }

    /// `GET /checkout/v2/order/:id/status`; nothing where PhonePe knows no such order.
    ///
    /// # Errors
    ///
    /// [`CallError`]; an answer about another order is unreadable.
    pub async fn order(&self, merchant_order_id: &str, now: i64) -> Result<Option<Order>, CallError> {
        require_id(merchant_order_id, "merchantOrderId")?;
        let path = ["checkout", "v2", "order", merchant_order_id, "status"];
        let order = found(self.get::<Order>(&path, &[("details", "true"), ("errorContext", "false")], now).await)?;
        match order {
            Some(order) if order.merchant_order_id.as_deref().is_some_and(|id| id != merchant_order_id) => {
                Err(CallError::Unreadable { why: Illegible::WrongShape { path: "merchantOrderId".to_owned() } })
            }
            order => Ok(order),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::client::tests::{NOW, answering, client};
    use super::*;

    const COMPLETED: &str = include_str!("../../fixtures/phonepe_order_completed.json");

    fn new_order() -> NewOrder<'static> {
        NewOrder { merchant_order_id: "pay_01J9", amount_paise: 25_000, expire_after_s: 1_200, redirect_url: "https://kamai.example/back" }
    }

    #[tokio::test]
    async fn an_order_is_opened() {
        let reply = r#"{"orderId":"OMO1","state":"PENDING","expireAt":1795001200000,"redirectUrl":"https://pay.example/OMO1","new":1}"#;
        let server = answering(&[(200, reply)]).await;
        let opened = client(server.url()).pay(&new_order(), NOW).await.unwrap();
        assert_eq!((opened.order_id.as_str(), opened.state, opened.expire_at_ms), ("OMO1", State::Pending, Some(1_795_001_200_000)));
        assert_eq!(opened.redirect_url.as_deref(), Some("https://pay.example/OMO1"));
        let request = server.requests().remove(1);
        assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/checkout/v2/pay"));
        let flow = json!({ "type": "PG_CHECKOUT", "merchantUrls": { "redirectUrl": "https://kamai.example/back" } });
        assert_eq!(request.json(), json!({ "merchantOrderId": "pay_01J9", "amount": 25_000, "expireAfter": 1_200, "paymentFlow": flow }));
    }

    #[tokio::test]
    async fn an_order_outside_the_limits_is_not_sent() {
        let server = answering(&[(200, "{}")]).await;
        let client = client(server.url());
        let long = "x".repeat(64);
        for order in [
            NewOrder { amount_paise: 99, ..new_order() },
            NewOrder { merchant_order_id: "", ..new_order() },
            NewOrder { merchant_order_id: "../x", ..new_order() },
            NewOrder { merchant_order_id: &long, ..new_order() },
        ] {
            let error = client.pay(&order, NOW).await.unwrap_err();
            assert!(error.certainly_nothing_happened() && !error.retryable(), "{error}");
        }
        assert!(server.requests().is_empty());
    }

    #[tokio::test]
    async fn a_paid_order_is_read_with_its_attempts() {
        let server = answering(&[(200, COMPLETED)]).await;
        let order = client(server.url()).order("pay_01J9", NOW).await.unwrap().unwrap();
        assert_eq!((order.state, order.amount_paise, order.order_id.as_str()), (State::Completed, 25_000, "OMO2608201234567890123456"));
        let [failed, paid] = order.attempts.as_slice() else { panic!() };
        assert_eq!((failed.state.as_ref(), failed.utr()), (Some(&State::Failed), None));
        assert_eq!((paid.transaction_id.as_deref(), paid.utr()), (Some("OM2608201235007654321098"), Some("623223155921")));
        assert_eq!(paid.vpa().map(Personal::expose), Some("ravi.kumar@okaxis"));
        assert!(!format!("{paid:?}").contains("ravi"), "an attempt may be logged");
        let target = server.requests().remove(1).target;
        assert_eq!(target, "/checkout/v2/order/pay_01J9/status?details=true&errorContext=false");
    }

    #[tokio::test]
    async fn an_order_may_say_next_to_nothing() {
        for body in [
            r#"{"orderId":"OMO1","state":"PENDING","amount":100}"#,
            r#"{"orderId":"OMO1","state":"PENDING","amount":100,"paymentDetails":null,"expireAt":null,"metaInfo":{"udf1":1}}"#,
            r#"{"orderId":"OMO1","state":"PENDING","amount":100,"paymentDetails":[{}]}"#,
            r#"{"orderId":"OMO1","state":"PENDING","amount":100,"paymentDetails":[{"rail":null,"splitInstruments":[{}]}]}"#,
        ] {
            let server = answering(&[(200, body)]).await;
            let order = client(server.url()).order("pay_01J9", NOW).await.unwrap().unwrap();
            assert_eq!((order.state, order.attempts.first().and_then(Attempt::utr)), (State::Pending, None), "{body}");
        }
        let server = answering(&[(200, r#"{"orderId":"OMO1","state":"CREATED","amount":100}"#)]).await;
        let order = client(server.url()).order("pay_01J9", NOW).await.unwrap().unwrap();
        assert_eq!(order.state, State::Other("CREATED".into()));
    }

    #[tokio::test]
    async fn an_order_that_is_not_there_is_told_from_a_refusal() {
        let unknown = r#"{"code":"INVALID_MERCHANT_ORDER_ID","message":"No entry found for given merchant order id"}"#;
        let server = answering(&[(400, unknown)]).await;
        assert_eq!(client(server.url()).order("pay_01J9", NOW).await, Ok(None));
        for (status, body) in [(400, r#"{"code":"BAD_REQUEST"}"#), (404, "<html>"), (500, unknown)] {
            let server = answering(&[(status, body)]).await;
            client(server.url()).order("pay_01J9", NOW).await.unwrap_err();
        }
    }

    #[tokio::test]
    async fn an_answer_about_another_order_is_no_answer() {
        let other = r#"{"merchantOrderId":"pay_01J8","orderId":"OMO1","state":"COMPLETED","amount":100}"#;
        let server = answering(&[(200, other)]).await;
        assert!(matches!(client(server.url()).order("pay_01J9", NOW).await, Err(CallError::Unreadable { .. })));
        for body in [r#"{"orderId":"OMO1","state":"COMPLETED","amount":-1}"#, r#"{"orderId":"OMO1","state":"COMPLETED","amount":"1"}"#] {
            let server = answering(&[(200, body)]).await;
            assert!(matches!(client(server.url()).order("pay_01J9", NOW).await, Err(CallError::Unreadable { .. })), "{body}");
        }
    }
}
