//! Removing all that is kept of a user but records of payments, what they agreed to, and the erasure itself.
//!
//! Each removal may be done again. What is listed elsewhere is removed before the row that lists it.

use crate::{
    Store,
    error::StoreError,
    items::{Item, from_item, is_record, key_attributes, record_of},
    keys::{self, RowKey},
};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Timestamp,
    chat::Door,
    engine::{Key, Record},
    id::{AccountId, SessionId, UserId},
    notice::devices::Devices,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Listed {
    to: Option<String>,
}

impl Store {
    /// Ends every session of a user, with what its sockets show. The list ends by itself: a log-in that is under way may
    /// be in it before its session is there.
    pub async fn end_sessions(&self, user: UserId, now: Timestamp) -> Result<(), StoreError> {
        for key in self.keys_in(&self.live, &keys::sessions_partition(user), "").await? {
            if let Ok(session) = key.sk.parse::<SessionId>() {
                self.end_session(session, now).await?;
            }
        }
        Ok(())
    }

    /// Takes the phone away from a user: whoever proves it from now on is somebody else.
    pub async fn forget_phone(&self, phone_hash: &str, user: UserId) -> Result<(), StoreError> {
        self.remove_of(&keys::phone(phone_hash), user).await
    }

    /// Removes a row that names this user, and leaves it to whom else it names by now.
    async fn remove_of(&self, key: &RowKey, user: UserId) -> Result<(), StoreError> {
        let request = self
            .db
            .delete_item()
            .table_name(&self.table)
            .set_key(Some(key_attributes(key)))
            .condition_expression("#user = :user")
            .expression_attribute_names("#user", "user")
            .expression_attribute_values(":user", AttributeValue::S(user.to_string()));
        match request.send().await {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(|error| error.is_conditional_check_failed_exception()) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes what is known of a user, what they are told, and who they are.
    pub async fn forget_user(&self, user: UserId) -> Result<(), StoreError> {
        let account = keys::account_partition(AccountId::wallet_of(user));
        if let Some(Record::Devices(devices)) = self.record(&Key::Devices(user)).await? {
            self.forget_owners(&devices).await?;
        }
        for listed in self.everything_in(&self.table, &account, keys::CAMPAIGNS).await? {
            self.forget_campaign(listed).await?;
        }
        for (partition, prefix) in [
            (keys::told_partition(user), ""),
            (keys::chat_partition(user), ""),
            (account.clone(), keys::SEATS),
            (account.clone(), keys::MEMBERSHIPS),
            (account, keys::CAMPAIGNS),
            (keys::user(user).pk, ""),
        ] {
            for key in self.keys_in(&self.table, &partition, prefix).await? {
                if !stays(&key, user) {
                    self.remove(&self.table, &key).await?;
                }
            }
        }
        for key in [Key::Social(AccountId::wallet_of(user)), Key::Reading(AccountId::wallet_of(user))] {
            self.remove(&self.table, &keys::row(&key)).await?;
        }
        self.forget_raw(user).await?;
        self.forget_partition(&keys::presence_partition(user)).await?;
        for door in Door::ALL {
            self.forget_chat_lines(user, *door).await?;
        }
        Ok(())
    }

    async fn forget_owners(&self, devices: &Devices) -> Result<(), StoreError> {
        for device in &devices.devices {
            self.remove_of(&keys::row(&Key::DeviceOwner(device.id)), devices.user).await?;
        }
        Ok(())
    }

    /// A campaign, and whom it told.
    async fn forget_campaign(&self, listed: Item) -> Result<(), StoreError> {
        let Listed { to: Some(pk) } = from_item(listed)? else { return Ok(()) };
        let key = RowKey { pk, sk: keys::HEAD.to_owned() };
        let Some(item) = self.row(&self.table, &key).await?.filter(is_record) else { return Ok(()) };
        if let (_, Record::Campaign(campaign)) = record_of(item)? {
            for key in self.keys_in(&self.table, &keys::sheet_partition(campaign.sheet), "").await? {
                self.remove(&self.table, &key).await?;
            }
        }
        self.remove(&self.table, &key).await
    }
}

/// The proofs: that it was erased, what was agreed to; and that there is no key any more.
fn stays(key: &RowKey, user: UserId) -> bool {
    let of = |record: Key| keys::row(&record) == *key;
    let is_consent = key.pk == keys::chat_partition(user) && key.sk.starts_with(keys::CONSENTS);
    is_consent || of(Key::Erasure(user)) || of(Key::UserKey(user)) || of(Key::Consents(user))
}
