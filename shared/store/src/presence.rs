//! Who is there: what each connection was last heard of, and what of it was told.

use crate::{
    Store,
    error::StoreError,
    items::{Item, key_attributes, row_key},
    keys,
};
use aws_sdk_dynamodb::{
    error::SdkError,
    operation::update_item::{UpdateItemError, UpdateItemOutput},
    types::{AttributeValue, ReturnValue},
};
use domain::{
    Timestamp,
    id::UserId,
    presence::{Heard, Presence},
};

/// Rows outlive what they count for, so that a moment of silence is not forgotten as one.
const KEPT_S: i64 = 3 * 3600;

/// What is known of a user.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownPresence {
    pub heard: Vec<Heard>,
    /// What was told last.
    pub told: Option<Presence>,
    /// When they were there last, of those connections that are gone.
    pub last_seen: Option<Timestamp>,
}

/// What a frame of a connection changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noticed {
    /// As it was before; `None` the first time.
    pub before: Option<Heard>,
    /// Frames of this connection within this minute, this one included.
    pub frames: u64,
}

fn number(item: &Item, name: &str) -> Option<i64> {
    item.get(name)?.as_n().ok()?.parse().ok()
}

fn n(value: i64) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

fn heard_of(item: &Item) -> Option<Heard> {
    let at = Timestamp::from_millisecond(number(item, "heard_at")?).ok()?;
    Some(Heard { at, away: item.get("away").and_then(|away| away.as_bool().ok()).copied().unwrap_or(false) })
}

impl Store {
    /// Writes down that a connection was heard of; without `away`, that stays as it was.
    pub async fn notice(&self, user: UserId, connection: &str, away: Option<bool>, now: Timestamp) -> Result<Noticed, StoreError> {
        let minute = now.as_second().div_euclid(60);
        let update = "SET heard_at = :now, expires_at_s = :expires, counted_in = :minute, frames = if_not_exists(frames, :none) + :one";
        let key = key_attributes(&keys::presence(user, connection));
        let mut request = self
            .db
            .update_item()
            .table_name(&self.live)
            .set_key(Some(key.clone()))
            .update_expression(if away.is_some() { format!("{update}, away = :away") } else { update.to_owned() })
            .expression_attribute_values(":now", n(now.as_millisecond()))
            .expression_attribute_values(":expires", n(now.as_second() + KEPT_S))
            .expression_attribute_values(":minute", n(minute))
            .expression_attribute_values(":none", n(0))
            .expression_attribute_values(":one", n(1))
            .return_values(ReturnValue::AllOld);
        if let Some(away) = away {
            request = request.expression_attribute_values(":away", AttributeValue::Bool(away));
        }
        let old = request.send().await?.attributes.unwrap_or_default();
        let mut frames = number(&old, "frames").unwrap_or(0) + 1;
        if number(&old, "counted_in").is_some_and(|before| before != minute) {
            // Counted from here; two at once lose a frame of the count.
            frames = 1;
            let update = self.db.update_item().table_name(&self.live).set_key(Some(key)).update_expression("SET frames = :one");
            update.expression_attribute_values(":one", n(1)).send().await?;
        }
        Ok(Noticed { before: heard_of(&old), frames: u64::try_from(frames).unwrap_or(0) })
    }

    /// What is known of a user, as of now.
    pub async fn presence(&self, user: UserId) -> Result<KnownPresence, StoreError> {
        let answer = self
            .db
            .query()
            .table_name(&self.live)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", AttributeValue::S(keys::presence_partition(user)))
            .consistent_read(true)
            .send()
            .await?;
        let mut known = KnownPresence::default();
        for item in answer.items.unwrap_or_default() {
            if row_key(&item).sk == keys::HEAD {
                known.told = item.get("told").and_then(|told| told.as_s().ok()).and_then(|told| Presence::from_code(told));
                known.last_seen = number(&item, "last_seen").and_then(|ms| Timestamp::from_millisecond(ms).ok());
            } else {
                known.heard.extend(heard_of(&item));
            }
        }
        Ok(known)
    }

    /// Takes it upon itself to tell what a user's presence is now: whether nobody else has since.
    pub async fn tell_presence(
        &self,
        user: UserId,
        known: &KnownPresence,
        now: Presence,
        last_seen: Option<Timestamp>,
    ) -> Result<bool, StoreError> {
        let mut request = self
            .db
            .update_item()
            .table_name(&self.live)
            .set_key(Some(key_attributes(&keys::presence(user, keys::HEAD))))
            .expression_attribute_values(":told", AttributeValue::S(now.code().to_owned()));
        request = match last_seen {
            Some(at) => request
                .update_expression("SET told = :told, last_seen = :seen")
                .expression_attribute_values(":seen", n(at.as_millisecond())),
            None => request.update_expression("SET told = :told"),
        };
        request = match known.told {
            Some(told) => request
                .condition_expression("told = :before")
                .expression_attribute_values(":before", AttributeValue::S(told.code().to_owned())),
            None => request.condition_expression("attribute_not_exists(told)"),
        };
        is_done(request.send().await)
    }

    /// Takes it upon itself to look again at `next`: whether nobody else does before then.
    pub async fn claim_look(&self, user: UserId, now: Timestamp, next: Timestamp) -> Result<bool, StoreError> {
        let request = self
            .db
            .update_item()
            .table_name(&self.live)
            .set_key(Some(key_attributes(&keys::presence(user, keys::HEAD))))
            .update_expression("SET look_at = :next")
            .condition_expression("attribute_not_exists(look_at) OR look_at <= :now")
            .expression_attribute_values(":next", n(next.as_millisecond()))
            // The message that looks may come to a machine whose clock is a little behind.
            .expression_attribute_values(":now", n(now.as_millisecond() + 2_000));
        is_done(request.send().await)
    }
}

fn is_done(sent: Result<UpdateItemOutput, SdkError<UpdateItemError>>) -> Result<bool, StoreError> {
    match sent {
        Ok(_) => Ok(true),
        Err(error) if error.as_service_error().is_some_and(UpdateItemError::is_conditional_check_failed_exception) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
