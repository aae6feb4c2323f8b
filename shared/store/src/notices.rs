//! Notices: what is due, what a user wants, where they are reached, and how much they were told.

use crate::{
    Store,
    error::StoreError,
    items::{Item, record_of, row_key},
    keys::{self, OpenClass},
};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Timestamp,
    engine::{Key, Record},
    id::{Fingerprint, NoticeId, UserId},
    notice::{
        Allowance, Channel, Notice, ProviderMessage, Spent,
        devices::Device,
        preferences::Preferences,
        suppression::{AddressHash, Suppression},
    },
};
use std::collections::HashMap;

/// The windows in which notices are counted, in seconds, by what they are called in a key.
const WINDOWS: [(&str, i64); 2] = [("hour", 3_600), ("day", 24 * 3_600)];

/// Rows of a user that one request looks through for what is still open.
const PAGE: i32 = 500;

fn rate_scope(user: UserId, channel: Channel, window: &str) -> String {
    format!("notice#{}#{}#{window}", user.body(), channel.code())
}

impl Store {
    pub async fn notice_by_id(&self, user: UserId, notice: NoticeId) -> Result<Option<Notice>, StoreError> {
        Ok(match self.record(&Key::notice(user, notice)).await? {
            Some(Record::Notice(notice)) => Some(notice),
            _ => None,
        })
    }

    /// Notices by their users and what they are of, in no order; those that do not exist are left out.
    pub async fn notices(&self, of: &[(UserId, Fingerprint)]) -> Result<Vec<Notice>, StoreError> {
        let asked = of.iter().map(|(user, event)| keys::row(&Key::Notice(*user, *event))).collect();
        let mut notices = Vec::with_capacity(of.len());
        for item in self.rows(&self.table, asked).await? {
            if let (_, Record::Notice(notice)) = record_of(item)? {
                notices.push(notice);
            }
        }
        Ok(notices)
    }

    /// Notices that somebody must look at now, those that wait the longest first, at most `limit` a
    /// shard.
    pub async fn due_notices(&self, now: Timestamp, limit: i32) -> Result<Vec<Notice>, StoreError> {
        // The index is asked for what lies before its end.
        let until = Timestamp::from_millisecond(now.as_millisecond() + 1).unwrap_or(now);
        let open = self.open(OpenClass::Notice, Timestamp::UNIX_EPOCH, until, limit).await?;
        let notices = open.into_iter().filter_map(|item| if let Record::Notice(notice) = item.record { Some(notice) } else { None });
        // The index trails the table.
        Ok(notices.filter(|notice| notice.due_at().is_some_and(|due| due <= now)).collect())
    }

    /// A user's notices that are not done, in no order: to be looked at anew when their preferences
    /// change.
    pub async fn open_notices(&self, user: UserId) -> Result<Vec<Notice>, StoreError> {
        self.every_notice(user, Some("attribute_exists(open_pk)")).await
    }

    /// All of a user's notices that are kept, in no order.
    pub async fn all_notices(&self, user: UserId) -> Result<Vec<Notice>, StoreError> {
        self.every_notice(user, None).await
    }

    async fn every_notice(&self, user: UserId, that: Option<&str>) -> Result<Vec<Notice>, StoreError> {
        let (mut notices, mut from) = (Vec::new(), None);
        loop {
            let answer = self
                .db
                .query()
                .table_name(&self.table)
                .key_condition_expression("pk = :pk AND begins_with(sk, :notices)")
                .set_filter_expression(that.map(str::to_owned))
                .expression_attribute_values(":pk", AttributeValue::S(keys::told_partition(user)))
                .expression_attribute_values(":notices", AttributeValue::S(keys::NOTICES_OF.to_owned()))
                .consistent_read(true)
                .set_exclusive_start_key(from)
                .limit(PAGE)
                .send()
                .await?;
            for item in answer.items.unwrap_or_default() {
                if let (_, Record::Notice(notice)) = record_of(item)? {
                    notices.push(notice);
                }
            }
            from = answer.last_evaluated_key;
            if from.is_none() {
                return Ok(notices);
            }
        }
    }

    /// What a user wants, which is the usual where they have set nothing.
    pub async fn preferences(&self, user: UserId) -> Result<Preferences, StoreError> {
        Ok(match self.record(&Key::Preferences(user)).await? {
            Some(Record::Preferences(preferences)) => preferences,
            _ => Preferences::new(user),
        })
    }

    /// The devices that a user gets pushes on.
    pub async fn devices(&self, user: UserId) -> Result<Vec<Device>, StoreError> {
        Ok(match self.record(&Key::Devices(user)).await? {
            Some(Record::Devices(devices)) => devices.devices,
            _ => Vec::new(),
        })
    }

    /// What is known of an address on a channel.
    pub async fn suppression(&self, channel: Channel, address: &AddressHash) -> Result<Option<Suppression>, StoreError> {
        Ok(match self.record(&Key::Suppression(channel, address.clone())).await? {
            Some(Record::Suppression(known)) => Some(known),
            _ => None,
        })
    }

    /// The notice behind a provider's message.
    pub async fn notice_of_message(&self, provider: &str, id: &str) -> Result<Option<ProviderMessage>, StoreError> {
        Ok(match self.record(&Key::ProviderMessage(provider.to_owned(), id.to_owned())).await? {
            Some(Record::ProviderMessage(message)) => Some(message),
            _ => None,
        })
    }

    /// What a user was told by each channel in this hour and this day.
    pub async fn told(&self, user: UserId, now: Timestamp) -> Result<Allowance, StoreError> {
        let key =
            |channel, (window, seconds): (&str, i64)| keys::rate(&rate_scope(user, channel, window), now.as_second().div_euclid(seconds));
        let asked = Channel::ALL.iter().flat_map(|channel| WINDOWS.map(|window| key(*channel, window))).collect();
        let rows: HashMap<_, _> = self.rows(&self.live, asked).await?.into_iter().map(|item| (row_key(&item), item)).collect();
        let spent = |channel, window: (&str, i64)| {
            let next = (now.as_second().div_euclid(window.1) + 1) * window.1;
            Spent { count: rows.get(&key(channel, window)).map_or(0, hits), resets_at: Timestamp::from_second(next).unwrap_or(now) }
        };
        let each = Channel::ALL.iter().map(|channel| (*channel, (spent(*channel, WINDOWS[0]), spent(*channel, WINDOWS[1]))));
        Ok(Allowance(each.filter(|(_, (hour, day))| hour.count + day.count > 0).collect()))
    }

    /// Counts that a user is told something by a channel.
    pub async fn count_told(&self, user: UserId, channel: Channel, now: Timestamp) -> Result<(), StoreError> {
        for (window, seconds) in WINDOWS {
            self.hit(&rate_scope(user, channel, window), seconds, now).await?;
        }
        Ok(())
    }
}

fn hits(item: &Item) -> u32 {
    item.get("hits").and_then(|value| value.as_n().ok()).and_then(|n| n.parse().ok()).unwrap_or(0)
}
