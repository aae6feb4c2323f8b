//! Orders: what a payment is made against.
//!
//! Source: `razorpay.md`, section 2. Orders know no idempotency key. After an unknown answer,
//! look the receipt up before creating again; two orders for one receipt harm nobody, since
//! each is paid on its own and only one is ever handed to a client.

use serde::{Deserialize, Serialize};

use super::client::Client;
use super::notes::Notes;
use super::payments::PaymentEntity;
use super::wire::{Collection, INR, paise, require_amount, require_id, require_reference};
use crate::call::{CallError, Illegible};
use crate::wire::{absent, null_as_default, wire_enum};

/// An order to be created, in INR.
#[derive(Debug, Clone)]
pub struct NewOrder<'a> {
    /// At least 100.
    pub amount_paise: i64,
    /// Our own reference, 1 to 40 characters, one for each order.
    pub receipt: &'a str,
    pub notes: Notes,
}

wire_enum! {
    /// How far an order is. `Paid` stays, after refunds too.
    OrderStatus {
        Created = "created",
        /// A payment was tried; it may have failed, and may yet turn out paid.
        Attempted = "attempted",
        Paid = "paid",
    }
}

/// An order as the provider has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct OrderEntity {
    pub id: String,
    #[serde(rename = "amount", deserialize_with = "paise")]
    pub amount_paise: i64,
    #[serde(rename = "amount_paid", deserialize_with = "paise")]
    pub amount_paid_paise: i64,
    #[serde(rename = "amount_due", deserialize_with = "paise")]
    pub amount_due_paise: i64,
    pub currency: String,
    #[serde(default, deserialize_with = "absent")]
    pub receipt: Option<String>,
    pub status: OrderStatus,
    #[serde(default, deserialize_with = "null_as_default")]
    pub attempts: u32,
    #[serde(default)]
    pub notes: Notes,
    /// Unix seconds.
    pub created_at: i64,
}

#[derive(Serialize)]
struct CreateOrder<'a> {
    amount: i64,
    currency: &'static str,
    receipt: &'a str,
    notes: &'a Notes,
}

impl Client {
    /// `POST /orders`.
    ///
    /// # Errors
    ///
    /// [`CallError`]; input outside the provider's limits is not sent.
    pub async fn create_order(&self, order: &NewOrder<'_>) -> Result<OrderEntity, CallError> {
        require_amount(order.amount_paise)?;
        require_reference(order.receipt, "receipt")?;
        order.notes.require_within_limits()?;
        let body = CreateOrder { amount: order.amount_paise, currency: INR, receipt: order.receipt, notes: &order.notes };
        self.post(&["orders"], &body).await
    }

    /// `GET /orders/:id`.
    ///
    /// # Errors
    ///
    /// [`CallError`]; see [`CallError::means_absent`] for an unknown id.
    pub async fn order(&self, order_id: &str) -> Result<OrderEntity, CallError> {
        require_id(order_id, "order_id")?;
        self.get(&["orders", order_id], &[]).await
    }

    /// `GET /orders?receipt=…`: every order with this receipt, none being an answer too.
    ///
    /// # Errors
    ///
    /// [`CallError`]; a list with foreign receipts only is unreadable, since the provider has
    /// then not looked for ours.
    pub async fn orders_by_receipt(&self, receipt: &str) -> Result<Vec<OrderEntity>, CallError> {
        require_reference(receipt, "receipt")?;
        let found: Collection<OrderEntity> = self.get(&["orders"], &[("receipt", receipt), ("count", "100")]).await?;
        only_with(found.items, "items[].receipt", |order| order.receipt.as_deref() == Some(receipt))
    }

    /// `GET /orders/:id/payments`: every attempt to pay this order.
    ///
    /// # Errors
    ///
    /// [`CallError`].
    pub async fn payments_of_order(&self, order_id: &str) -> Result<Vec<PaymentEntity>, CallError> {
        require_id(order_id, "order_id")?;
        let found: Collection<PaymentEntity> = self.get(&["orders", order_id, "payments"], &[]).await?;
        Ok(found.items)
    }
}

/// The items that were asked for, of a list that the provider should have narrowed down.
///
/// A list of other things only would otherwise read as "there is none", and be taken as leave
/// to create it once more.
pub(crate) fn only_with<T>(items: Vec<T>, path: &str, asked_for: impl Fn(&T) -> bool) -> Result<Vec<T>, CallError> {
    let some = !items.is_empty();
    let found: Vec<T> = items.into_iter().filter(|item| asked_for(item)).collect();
    if some && found.is_empty() {
        return Err(CallError::Unreadable { why: Illegible::WrongShape { path: path.to_owned() } });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::secret::Secret;
    use crate::test_server::TestServer;

    const ORDER: &str = include_str!("../../fixtures/order.json");

    fn client(server: &TestServer) -> Client {
        Client::new(server.url(), "rzp_test_1", Secret::new("s").unwrap()).unwrap()
    }

    fn new_order() -> NewOrder<'static> {
        let notes = Notes::new().with("account", "acct_1");
        NewOrder { amount_paise: 25_000, receipt: "pay_01J9", notes }
    }

    #[tokio::test]
    async fn an_order_is_created_and_read() {
        let server = TestServer::answering(200, ORDER).await;
        let order = client(&server).create_order(&new_order()).await.unwrap();
        assert_eq!(order.id, "order_IEIaMR65cu6nz3");
        assert_eq!((order.amount_paise, order.amount_due_paise), (25_000, 25_000));
        assert_eq!(order.status, OrderStatus::Created);
        assert!(order.notes.is_empty(), "[] is how nothing arrives");
        let request = server.only_request();
        assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/orders"));
        assert_eq!(
            request.json(),
            json!({"amount": 25_000, "currency": "INR", "receipt": "pay_01J9",
                "notes": {"account": "acct_1"}})
        );
    }

    #[tokio::test]
    async fn an_order_outside_the_limits_is_not_sent() {
        let server = TestServer::answering(200, ORDER).await;
        let client = client(&server);
        let small = NewOrder { amount_paise: 99, ..new_order() };
        let long = "x".repeat(41);
        let long = NewOrder { receipt: &long, ..new_order() };
        let unnamed = NewOrder { receipt: "", ..new_order() };
        for order in [small, long, unnamed] {
            let error = client.create_order(&order).await.unwrap_err();
            assert!(error.certainly_nothing_happened() && !error.retryable(), "{error}");
        }
        assert!(server.requests().is_empty());
    }

    #[tokio::test]
    async fn a_receipt_is_looked_up() {
        let list = format!(r#"{{"entity":"collection","count":1,"items":[{ORDER}]}}"#);
        let server = TestServer::answering(200, &list).await;
        let found = client(&server).orders_by_receipt("pay_01J9").await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(server.only_request().target, "/orders?receipt=pay_01J9&count=100");
    }

    #[tokio::test]
    async fn a_list_of_other_orders_is_no_proof_that_there_is_none() {
        let list = format!(r#"{{"items":[{ORDER}]}}"#);
        let server = TestServer::answering(200, &list).await;
        let error = client(&server).orders_by_receipt("another").await.unwrap_err();
        assert!(matches!(error, CallError::Unreadable { .. }));
        let server = TestServer::answering(200, r#"{"count":0,"items":[]}"#).await;
        assert_eq!(client(&server).orders_by_receipt("another").await, Ok(vec![]));
    }
}
