//! Texts that users' cash books were told from, sealed and for a while.

use crate::{
    Store,
    error::StoreError,
    items::{bank::SealedItem, from_item, to_item},
    keys,
};
use domain::{
    Timestamp,
    id::{Fingerprint, UserId},
    vault::Sealed,
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct RawItem {
    texts: SealedItem,
    expires_at_s: i64,
}

impl Store {
    /// Keeps texts until then. The same again take their own place.
    pub async fn keep_raw(&self, user: UserId, id: Fingerprint, texts: &Sealed, until: Timestamp) -> Result<(), StoreError> {
        let raw = RawItem { texts: texts.into(), expires_at_s: until.as_second() };
        let item = to_item(&keys::raw(user, id), &raw)?;
        self.db.put_item().table_name(&self.live).set_item(Some(item)).send().await?;
        Ok(())
    }

    /// A user's texts whose time is not over: what the table has not cleared away yet counts no more.
    pub async fn raw(&self, user: UserId, now: Timestamp) -> Result<Vec<Sealed>, StoreError> {
        let mut all = Vec::new();
        for item in self.everything_in(&self.live, &keys::raw_partition(user), "").await? {
            let raw: RawItem = from_item(item)?;
            if raw.expires_at_s > now.as_second() {
                all.push(raw.texts.into());
            }
        }
        Ok(all)
    }

    /// Leaves none of a user's texts.
    pub async fn forget_raw(&self, user: UserId) -> Result<(), StoreError> {
        self.forget_partition(&keys::raw_partition(user)).await
    }
}
