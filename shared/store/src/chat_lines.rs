//! The last lines of a chat, of those users who let us keep them: ten at most, for an hour.

use crate::{
    Store,
    error::StoreError,
    items::{from_item, key_attributes, to_item},
    keys,
};
use domain::{Timestamp, chat::Door, id::UserId};
use serde::{Deserialize, Serialize};

const LINES_MAX: usize = 10;
const KEPT_S: i64 = 3_600;

/// One line of a chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatLine {
    /// Whether the user wrote it, and not the assistant.
    pub theirs: bool,
    pub text: String,
    pub at_s: i64,
}

#[derive(Serialize, Deserialize)]
struct LinesItem {
    lines: Vec<ChatLine>,
    expires_at_s: i64,
}

impl Store {
    /// The last lines, the oldest first. What is older than an hour is none, deleted or not.
    pub async fn chat_lines(&self, user: UserId, door: Door, now: Timestamp) -> Result<Vec<ChatLine>, StoreError> {
        let Some(item) = self.row(&self.live, &keys::chat_lines(user, door)).await? else { return Ok(Vec::new()) };
        let LinesItem { mut lines, .. } = from_item(item)?;
        lines.retain(|line| now.as_second() - line.at_s < KEPT_S);
        Ok(lines)
    }

    /// Adds lines behind those that are there. A chat's turns come one after the other, so nobody else writes.
    pub async fn add_chat_lines(&self, user: UserId, door: Door, new: Vec<ChatLine>, now: Timestamp) -> Result<(), StoreError> {
        let mut lines = self.chat_lines(user, door, now).await?;
        lines.extend(new);
        lines.drain(..lines.len().saturating_sub(LINES_MAX));
        let item = LinesItem { lines, expires_at_s: now.as_second() + KEPT_S };
        let item = to_item(&keys::chat_lines(user, door), &item)?;
        self.db.put_item().table_name(&self.live).set_item(Some(item)).send().await?;
        Ok(())
    }

    pub async fn forget_chat_lines(&self, user: UserId, door: Door) -> Result<(), StoreError> {
        let key = key_attributes(&keys::chat_lines(user, door));
        self.db.delete_item().table_name(&self.live).set_key(Some(key)).send().await?;
        Ok(())
    }
}
