//! Since when somebody may be written to in our own words: WhatsApp takes nothing but approved
//! templates from whoever was not written to of late.

use crate::{
    Store,
    error::StoreError,
    items::{Item, key_attributes},
    keys,
};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::Timestamp;

/// How long a message to us leaves the window open, in seconds. Source: `whatsapp.md`, A6 (24 hours).
const OPEN_S: i64 = 24 * 3_600;
/// Kept back at its end: Meta's clock and ours differ, and a message takes a while to be sent.
const MARGIN_S: i64 = 5 * 60;

impl Store {
    /// Somebody, by the keyed hash of their phone, has written to us at this time. What comes late, or
    /// twice, shuts no window that a later message has opened.
    pub async fn open_window(&self, phone_hash: &str, at: Timestamp) -> Result<(), StoreError> {
        let request = self
            .db
            .update_item()
            .table_name(&self.live)
            .set_key(Some(key_attributes(&keys::window(phone_hash))))
            .update_expression("SET written_at_s = :at, expires_at_s = :expires")
            .condition_expression("attribute_not_exists(pk) OR written_at_s < :at")
            .expression_attribute_values(":at", AttributeValue::N(at.as_second().to_string()))
            .expression_attribute_values(":expires", AttributeValue::N((at.as_second() + OPEN_S).to_string()));
        match request.send().await {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(|error| error.is_conditional_check_failed_exception()) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether they may be written to in our own words now.
    pub async fn window_is_open(&self, phone_hash: &str, now: Timestamp) -> Result<bool, StoreError> {
        let row = self.row(&self.live, &keys::window(phone_hash)).await?;
        let written_at_s = row.as_ref().and_then(written_at_s);
        Ok(written_at_s.is_some_and(|at| now.as_second() < at + OPEN_S - MARGIN_S))
    }
}

fn written_at_s(item: &Item) -> Option<i64> {
    item.get("written_at_s")?.as_n().ok()?.parse().ok()
}
