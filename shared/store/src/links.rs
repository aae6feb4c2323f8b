//! Where somebody comes back to from their bank: whose link it was, by the hash of the secret that they bring.

use crate::{
    Store,
    error::StoreError,
    items::{from_item, to_item},
    keys,
};
use domain::{
    Timestamp,
    bank::LINK_LASTS,
    id::{BankId, UserId},
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct LinkItem {
    user: String,
    bank: String,
    expires_at_s: i64,
}

impl Store {
    /// Keeps whose a link is, for as long as it may be used.
    pub async fn put_link(&self, hash: &str, user: UserId, bank: BankId, now: Timestamp) -> Result<(), StoreError> {
        let expires_at_s = now.as_second() + LINK_LASTS.as_secs();
        let link = LinkItem { user: user.to_string(), bank: bank.to_string(), expires_at_s };
        let item = to_item(&keys::link(hash), &link)?;
        self.db.put_item().table_name(&self.live).set_item(Some(item)).send().await?;
        Ok(())
    }

    /// Whose link it is. Whether it may still be used is the connection's to say.
    pub async fn link(&self, hash: &str, now: Timestamp) -> Result<Option<(UserId, BankId)>, StoreError> {
        let Some(item) = self.row(&self.live, &keys::link(hash)).await? else { return Ok(None) };
        let link: LinkItem = from_item(item)?;
        // Rows are removed late; whether a link is still good is for its time to say.
        Ok(link.user.parse().ok().zip(link.bank.parse().ok()).filter(|_| now.as_second() < link.expires_at_s))
    }
}
