//! Users, log-in challenges and sessions. No money moves here: each is one conditional request.

use crate::{
    Store,
    error::StoreError,
    items::{Item, from_item, key_attributes, to_item},
    keys,
};
use aws_sdk_dynamodb::types::{AttributeValue, Put, ReturnValue, TransactWriteItem};
use domain::{
    Timestamp,
    id::{ChallengeId, SessionId, UserId},
    identity::{Challenge, OtpChannel, OtpPurpose, Phone, Role, SESSION_SECONDS, Session, User},
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct UserItem {
    id: String,
    phone: String,
    role: String,
    created_at: i64,
}

#[derive(Serialize, Deserialize)]
struct PhoneItem {
    user: String,
}

#[derive(Serialize, Deserialize)]
struct ChallengeItem {
    id: String,
    phone: String,
    channel: String,
    purpose: String,
    expires_at_s: i64,
    tries: u32,
    used: bool,
}

#[derive(Serialize, Deserialize)]
struct SessionItem {
    id: String,
    user: String,
    token_hash: String,
    revoked: bool,
    expires_at_s: i64,
    /// Until when it stands in the list of its user's sessions.
    #[serde(default)]
    listed_until_s: i64,
}

/// In that list: for whoever ends them all.
#[derive(Serialize)]
struct ListedItem {
    expires_at_s: i64,
}

/// What became of a refresh token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rotation {
    Rotated(UserId),
    /// An older token of the family came back: the family is ended.
    Reused,
    /// Unknown, ended or expired.
    Dead,
}

fn corrupt(key: &keys::RowKey, why: &str) -> StoreError {
    StoreError::Corrupt { key: key.pk.clone(), why: why.to_owned() }
}

fn user_of(item: Item) -> Result<User, StoreError> {
    let key = crate::items::row_key(&item);
    let row: UserItem = from_item(item)?;
    let bad = |why| corrupt(&key, why);
    Ok(User {
        id: row.id.parse().map_err(|_| bad("id"))?,
        phone: Phone::parse(&row.phone).map_err(|_| bad("phone"))?,
        role: Role::from_code(&row.role).ok_or_else(|| bad("role"))?,
        created_at: Timestamp::from_millisecond(row.created_at).map_err(|_| bad("created_at"))?,
    })
}

impl Store {
    pub async fn user(&self, user: UserId) -> Result<Option<User>, StoreError> {
        self.row(&self.table, &keys::user(user)).await?.map(user_of).transpose()
    }

    /// The user behind a phone, by the phone's keyed hash.
    pub async fn user_by_phone(&self, phone_hash: &str) -> Result<Option<UserId>, StoreError> {
        let key = keys::phone(phone_hash);
        let Some(item) = self.row(&self.table, &key).await? else { return Ok(None) };
        let row: PhoneItem = from_item(item)?;
        row.user.parse().map(Some).map_err(|_| corrupt(&key, "user"))
    }

    /// Adds a user, unless the phone has one already; answers the phone's user either way.
    pub async fn add_user(&self, user: &User, phone_hash: &str) -> Result<UserId, StoreError> {
        let row = UserItem {
            id: user.id.to_string(),
            phone: user.phone.e164().to_owned(),
            role: user.role.code().to_owned(),
            created_at: user.created_at.as_millisecond(),
        };
        let put = |item| {
            let put = Put::builder().table_name(&self.table).set_item(Some(item)).condition_expression("attribute_not_exists(pk)").build();
            put.map(|put| TransactWriteItem::builder().put(put).build()).map_err(|error| StoreError::Rejected { what: error.to_string() })
        };
        let user_row = put(to_item(&keys::user(user.id), &row)?)?;
        let phone_row = put(to_item(&keys::phone(phone_hash), &PhoneItem { user: user.id.to_string() })?)?;
        let written = self.db.transact_write_items().transact_items(user_row).transact_items(phone_row).send().await;
        match written.map_err(crate::error::not_committed) {
            Ok(_) => Ok(user.id),
            Err(crate::error::NotCommitted::Outdated) => self.user_by_phone(phone_hash).await?.ok_or(StoreError::Busy),
            Err(crate::error::NotCommitted::Error(error)) => Err(error),
        }
    }

    /// Gives a user a role in the place of the one they had; `false` where they have another.
    pub async fn set_role(&self, user: UserId, had: Role, role: Role) -> Result<bool, StoreError> {
        let request = self
            .db
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key_attributes(&keys::user(user))))
            .update_expression("SET #role = :role")
            .condition_expression("#role = :had")
            .expression_attribute_names("#role", "role")
            .expression_attribute_values(":had", AttributeValue::S(had.code().to_owned()))
            .expression_attribute_values(":role", AttributeValue::S(role.code().to_owned()));
        match request.send().await {
            Ok(_) => Ok(true),
            Err(error) if error.as_service_error().is_some_and(|error| error.is_conditional_check_failed_exception()) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    pub async fn put_challenge(&self, challenge: &Challenge) -> Result<(), StoreError> {
        let row = ChallengeItem {
            id: challenge.id.to_string(),
            phone: challenge.phone.e164().to_owned(),
            channel: challenge.channel.code().to_owned(),
            purpose: challenge.purpose.code().to_owned(),
            expires_at_s: challenge.expires_at.as_second(),
            tries: challenge.tries,
            used: challenge.used,
        };
        self.put_live(to_item(&keys::challenge(challenge.id), &row)?).await
    }

    pub async fn challenge(&self, challenge: ChallengeId) -> Result<Option<Challenge>, StoreError> {
        self.row(&self.live, &keys::challenge(challenge)).await?.map(challenge_of).transpose()
    }

    /// Counts a guess and answers the challenge as it was before it, so that parallel guesses
    /// cannot share a try.
    pub async fn count_guess(&self, challenge: ChallengeId) -> Result<Option<Challenge>, StoreError> {
        let update = "SET tries = tries + :one";
        let values = [(":one".to_owned(), AttributeValue::N("1".to_owned()))].into();
        self.update_challenge(challenge, update, "attribute_exists(pk)", values).await
    }

    /// Uses a challenge up; `None` where it was used before.
    pub async fn use_challenge(&self, challenge: ChallengeId) -> Result<Option<Challenge>, StoreError> {
        let values = [(":yes".to_owned(), AttributeValue::Bool(true)), (":no".to_owned(), AttributeValue::Bool(false))].into();
        self.update_challenge(challenge, "SET used = :yes", "used = :no", values).await
    }

    async fn update_challenge(
        &self,
        challenge: ChallengeId,
        update: &str,
        condition: &str,
        values: Item,
    ) -> Result<Option<Challenge>, StoreError> {
        let request = self
            .db
            .update_item()
            .table_name(&self.live)
            .set_key(Some(key_attributes(&keys::challenge(challenge))))
            .update_expression(update)
            .condition_expression(condition)
            .set_expression_attribute_values(Some(values))
            .return_values(ReturnValue::AllOld);
        match request.send().await {
            Ok(answer) => answer.attributes.filter(|item| !item.is_empty()).map(challenge_of).transpose(),
            Err(error) if error.as_service_error().is_some_and(|error| error.is_conditional_check_failed_exception()) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub async fn put_session(&self, session: &Session) -> Result<(), StoreError> {
        let row = SessionItem {
            id: session.id.to_string(),
            user: session.user.to_string(),
            token_hash: session.token_hash.clone(),
            revoked: session.revoked,
            expires_at_s: session.expires_at.as_second(),
            listed_until_s: self.list_session(session.user, session.id, session.expires_at).await?,
        };
        self.put_live(to_item(&keys::session(session.id), &row)?).await
    }

    /// Puts a session into its user's list before it counts, for longer than it needs, so that few refreshes
    /// have to do that again. Answers until when.
    async fn list_session(&self, user: UserId, session: SessionId, expires_at: Timestamp) -> Result<i64, StoreError> {
        let expires_at_s = expires_at.as_second() + SESSION_SECONDS;
        self.put_live(to_item(&keys::session_of(user, session), &ListedItem { expires_at_s })?).await?;
        Ok(expires_at_s)
    }

    /// A session, if it still counts.
    pub async fn session(&self, session: SessionId, now: Timestamp) -> Result<Option<Session>, StoreError> {
        Ok(self.live_session(session, now).await?.map(|(session, _)| session))
    }

    /// With the time until which it is listed, in seconds since 1970.
    async fn live_session(&self, session: SessionId, now: Timestamp) -> Result<Option<(Session, i64)>, StoreError> {
        let key = keys::session(session);
        let Some(item) = self.row(&self.live, &key).await? else { return Ok(None) };
        let row: SessionItem = from_item(item)?;
        let session = Session {
            id: session,
            user: row.user.parse().map_err(|_| corrupt(&key, "user"))?,
            token_hash: row.token_hash,
            revoked: row.revoked,
            expires_at: Timestamp::from_second(row.expires_at_s).map_err(|_| corrupt(&key, "expires_at_s"))?,
        };
        let counts = !session.revoked && now < session.expires_at;
        Ok(counts.then_some((session, row.listed_until_s)))
    }

    /// Exchanges a refresh token for the next, in one conditional write: of two exchanges of the
    /// same token one wins, and the other is a reuse that ends the family.
    pub async fn rotate(
        &self,
        session: SessionId,
        presented: &str,
        next: &str,
        expires_at: Timestamp,
        now: Timestamp,
    ) -> Result<Rotation, StoreError> {
        let Some((known, mut listed_until_s)) = self.live_session(session, now).await? else { return Ok(Rotation::Dead) };
        if listed_until_s < expires_at.as_second() {
            listed_until_s = self.list_session(known.user, session, expires_at).await?;
        }
        let request = self
            .db
            .update_item()
            .table_name(&self.live)
            .set_key(Some(key_attributes(&keys::session(session))))
            .update_expression("SET token_hash = :next, expires_at_s = :expires, listed_until_s = :listed")
            .condition_expression("token_hash = :presented AND revoked = :no")
            .expression_attribute_values(":next", AttributeValue::S(next.to_owned()))
            .expression_attribute_values(":expires", AttributeValue::N(expires_at.as_second().to_string()))
            .expression_attribute_values(":listed", AttributeValue::N(listed_until_s.to_string()))
            .expression_attribute_values(":presented", AttributeValue::S(presented.to_owned()))
            .expression_attribute_values(":no", AttributeValue::Bool(false));
        match request.send().await {
            Ok(_) => Ok(Rotation::Rotated(known.user)),
            Err(error) if error.as_service_error().is_some_and(|error| error.is_conditional_check_failed_exception()) => {
                self.end_session(session, now).await?;
                Ok(Rotation::Reused)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Ends a family of refresh tokens, and with it the access tokens that came of it and what its
    /// sockets show.
    pub async fn end_session(&self, session: SessionId, now: Timestamp) -> Result<(), StoreError> {
        let request = self
            .db
            .update_item()
            .table_name(&self.live)
            .set_key(Some(key_attributes(&keys::session(session))))
            .update_expression("SET revoked = :yes")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":yes", AttributeValue::Bool(true))
            .return_values(ReturnValue::AllOld);
        let ended = match request.send().await {
            Ok(answer) => answer.attributes.filter(|item| !item.is_empty()),
            Err(error) if error.as_service_error().is_some_and(|error| error.is_conditional_check_failed_exception()) => None,
            Err(error) => return Err(error.into()),
        };
        let Some(item) = ended else { return Ok(()) };
        let row: SessionItem = from_item(item)?;
        let user = row.user.parse().map_err(|_| corrupt(&keys::session(session), "user"))?;
        self.forget_connections_of(user, session, now).await
    }
}

fn challenge_of(item: Item) -> Result<Challenge, StoreError> {
    let key = crate::items::row_key(&item);
    let row: ChallengeItem = from_item(item)?;
    let bad = |why| corrupt(&key, why);
    Ok(Challenge {
        id: row.id.parse().map_err(|_| bad("id"))?,
        phone: Phone::parse(&row.phone).map_err(|_| bad("phone"))?,
        channel: OtpChannel::from_code(&row.channel).ok_or_else(|| bad("channel"))?,
        purpose: OtpPurpose::from_code(&row.purpose).ok_or_else(|| bad("purpose"))?,
        expires_at: Timestamp::from_second(row.expires_at_s).map_err(|_| bad("expires_at_s"))?,
        tries: row.tries,
        used: row.used,
    })
}
