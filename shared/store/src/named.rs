//! What others call a connection of a user's, for when they speak of it first: an aggregator of a consent, Plaid of an item.
//!
//! By the name's hash. Whether the connection still stands is its own to say: these rows only lead to it.

use crate::{
    Store,
    error::StoreError,
    items::{from_item, key_attributes, to_item},
    keys,
};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Timestamp,
    id::{BankId, UserId},
};
use serde::{Deserialize, Serialize};

/// What a name leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub user: UserId,
    pub bank: BankId,
    /// Of the request that the name was given for, where who speaks of it repeats that.
    pub txnid: Option<String>,
    /// What the same connection was called before this, and what it is called since, where both are used.
    pub handle: Option<String>,
    pub consent: Option<String>,
    /// Of a data session: that nothing is to be fetched in it any more.
    pub is_over: bool,
    /// And which accounts are not delivered in it, by hashes of what they are called there.
    pub refused: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct NamedItem {
    user: String,
    bank: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    txnid: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    handle: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    consent: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    is_over: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    refused: Vec<String>,
    /// Housekeeping only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires_at_s: Option<i64>,
}

impl Store {
    /// Keeps what a name leads to; without an end for as long as it is not forgotten.
    pub async fn put_named(&self, hash: &str, named: &Named, until: Option<Timestamp>) -> Result<(), StoreError> {
        let row = NamedItem {
            user: named.user.to_string(),
            bank: named.bank.to_string(),
            txnid: named.txnid.clone(),
            handle: named.handle.clone(),
            consent: named.consent.clone(),
            is_over: named.is_over,
            refused: named.refused.clone(),
            expires_at_s: until.map(Timestamp::as_second),
        };
        let item = to_item(&keys::named(hash), &row)?;
        self.db.put_item().table_name(&self.live).set_item(Some(item)).send().await?;
        Ok(())
    }

    pub async fn named(&self, hash: &str) -> Result<Option<Named>, StoreError> {
        let Some(item) = self.row(&self.live, &keys::named(hash)).await? else { return Ok(None) };
        let row: NamedItem = from_item(item)?;
        let whose = row.user.parse().ok().zip(row.bank.parse().ok());
        let NamedItem { txnid, handle, consent, is_over, refused, .. } = row;
        Ok(whose.map(|(user, bank)| Named { user, bank, txnid, handle, consent, is_over, refused }))
    }

    /// What is said of a data session, by however many at once. Where it is not known any more, it is nobody's.
    pub async fn told_of_session(&self, hash: &str, is_over: bool, refused: &[String]) -> Result<(), StoreError> {
        let set = |name: &str| format!("SET {name} = :true");
        let parts = [(!refused.is_empty()).then(|| "ADD refused :refused".to_owned()), is_over.then(|| set("is_over"))];
        let change: Vec<String> = parts.into_iter().flatten().collect();
        if change.is_empty() {
            return Ok(());
        }
        let request = self
            .db
            .update_item()
            .table_name(&self.live)
            .set_key(Some(key_attributes(&keys::named(hash))))
            .update_expression(change.join(" "))
            .condition_expression("attribute_exists(pk)");
        let request = if is_over { request.expression_attribute_values(":true", AttributeValue::Bool(true)) } else { request };
        let request = match refused {
            [] => request,
            some => request.expression_attribute_values(":refused", AttributeValue::Ss(some.to_vec())),
        };
        match request.send().await {
            Err(error) if !error.as_service_error().is_some_and(|error| error.is_conditional_check_failed_exception()) => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// The connection has ended: nobody has to find it any more.
    pub async fn forget_named(&self, hash: &str) -> Result<(), StoreError> {
        self.db.delete_item().table_name(&self.live).set_key(Some(key_attributes(&keys::named(hash)))).send().await?;
        Ok(())
    }
}
