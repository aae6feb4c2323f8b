//! Copies of all that is kept of a user, sealed under their own key and kept for a while.

use crate::{
    Store,
    error::StoreError,
    items::{bank::SealedItem, from_item, to_item},
    keys,
};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{Timestamp, id::UserId, vault::Sealed};
use serde::{Deserialize, Serialize};

/// A copy that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    pub id: String,
    /// The session that asked for it, and alone may fetch it.
    pub session: String,
    pub asked_at_s: i64,
    /// Until when the work on it counts as under way; `None` once it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub making_until_s: Option<i64>,
    /// Each part's bytes, once it is done.
    pub parts: Vec<u64>,
    /// How many rows are in it.
    pub rows: u64,
    pub expires_at_s: i64,
}

#[derive(Serialize, Deserialize)]
struct ChunkItem {
    sealed: SealedItem,
    expires_at_s: i64,
}

fn chunk_key(user: UserId, export: &Export, place: (u32, u32)) -> keys::RowKey {
    if export.is_held() { keys::held_chunk(user, &export.id, place) } else { keys::export_chunk(user, &export.id, place) }
}

impl Export {
    /// Of somebody who was erased: no session has asked for it.
    pub fn is_held(&self) -> bool {
        self.session.is_empty()
    }

    pub fn is_done(&self) -> bool {
        self.making_until_s.is_none()
    }
}

impl Store {
    /// A user's copy, if its time is not over.
    pub async fn export(&self, user: UserId, now: Timestamp) -> Result<Option<Export>, StoreError> {
        let Some(item) = self.row(&self.live, &keys::export(user)).await? else { return Ok(None) };
        let export: Export = from_item(item)?;
        Ok(Some(export).filter(|export| export.expires_at_s > now.as_second()))
    }

    /// Begins one, unless one is under way; `false` then.
    pub async fn begin_export(&self, user: UserId, export: &Export, now: Timestamp) -> Result<bool, StoreError> {
        let request = self
            .db
            .put_item()
            .table_name(&self.live)
            .set_item(Some(to_item(&keys::export(user), export)?))
            .condition_expression("attribute_not_exists(making_until_s) OR making_until_s < :now")
            .expression_attribute_values(":now", AttributeValue::N(now.as_second().to_string()));
        match request.send().await {
            Ok(_) => Ok(true),
            Err(error) if error.as_service_error().is_some_and(|error| error.is_conditional_check_failed_exception()) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Says that it is done, unless another one was begun since.
    pub async fn end_export(&self, user: UserId, export: &Export) -> Result<(), StoreError> {
        let request = self
            .db
            .put_item()
            .table_name(&self.live)
            .set_item(Some(to_item(&keys::export(user), export)?))
            .condition_expression("id = :id")
            .expression_attribute_values(":id", AttributeValue::S(export.id.clone()));
        match request.send().await {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(|error| error.is_conditional_check_failed_exception()) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps a piece of a part. The same piece again takes its own place.
    pub async fn keep_chunk(&self, user: UserId, export: &Export, place: (u32, u32), sealed: &Sealed) -> Result<(), StoreError> {
        let chunk = ChunkItem { sealed: sealed.into(), expires_at_s: export.expires_at_s };
        let item = to_item(&chunk_key(user, export, place), &chunk)?;
        self.db.put_item().table_name(self.shelf(export)).set_item(Some(item)).send().await?;
        Ok(())
    }

    /// What is held for a year lies where backups are made.
    fn shelf(&self, export: &Export) -> &str {
        if export.is_held() { &self.table } else { &self.live }
    }

    /// The pieces of a part, in their order.
    pub async fn chunks(&self, user: UserId, export: &Export, part: u32) -> Result<Vec<Sealed>, StoreError> {
        let key = chunk_key(user, export, (part, 0));
        let prefix = key.sk.rsplit_once('#').map_or_else(String::new, |(prefix, _)| format!("{prefix}#"));
        let items = self.everything_in(self.shelf(export), &key.pk, &prefix).await?;
        items.into_iter().map(|item| Ok(from_item::<ChunkItem>(item)?.sealed.into())).collect()
    }

    /// Leaves nothing of what is held of a user.
    pub async fn forget_held(&self, user: UserId) -> Result<(), StoreError> {
        for key in self.keys_in(&self.table, &keys::held_partition(user), "").await? {
            self.remove(&self.table, &key).await?;
        }
        Ok(())
    }
}
