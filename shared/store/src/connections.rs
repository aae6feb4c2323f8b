//! Open sockets: tickets, connections and what each has subscribed to.

use crate::{
    Store,
    error::StoreError,
    items::{Item, from_item, key_attributes, to_item},
    keys,
};
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use domain::{
    Timestamp,
    channel::Channel,
    id::{SessionId, UserId},
};
use serde::{Deserialize, Serialize};

/// How long a ticket is good.
pub const TICKET_SECONDS: i64 = 30;
/// API Gateway ends a connection after two hours; a row that outlives that is rubbish.
const CONNECTION_SECONDS: i64 = 2 * 3600 + 300;

/// One channel on one connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    pub connection: String,
    pub channel: String,
}

/// Somebody who looks at a board or at a presence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listener {
    pub connection: String,
    pub user: UserId,
}

/// Some of them, and where the next page begins.
#[derive(Debug, Default)]
pub struct ListenerPage {
    pub listeners: Vec<Listener>,
    pub after: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct ListenerItem {
    sk: String,
    user: String,
    expires_at_s: i64,
}

#[derive(Serialize, Deserialize)]
struct TicketItem {
    user: String,
    session: String,
    expires_at_s: i64,
}

#[derive(Serialize, Deserialize)]
struct ConnectionItem {
    user: String,
    session: String,
    connected_at: i64,
    expires_at_s: i64,
}

#[derive(Serialize, Deserialize)]
struct SubscriptionItem {
    connection: String,
    channel: String,
    expires_at_s: i64,
}

/// Who is at the other end of a connection.
pub type Peer = (UserId, String);

impl Store {
    /// Keeps a ticket by the hash of its text.
    pub async fn put_ticket(&self, hash: &str, user: UserId, session: &str, now: Timestamp) -> Result<(), StoreError> {
        let ticket = TicketItem { user: user.to_string(), session: session.to_owned(), expires_at_s: now.as_second() + TICKET_SECONDS };
        self.put_live(to_item(&keys::ticket(hash), &ticket)?).await
    }

    /// Takes a ticket: whose it is, the first time and in time; `None` otherwise.
    pub async fn take_ticket(&self, hash: &str, now: Timestamp) -> Result<Option<Peer>, StoreError> {
        let key = key_attributes(&keys::ticket(hash));
        let taken = self.db.delete_item().table_name(&self.live).set_key(Some(key)).return_values(ReturnValue::AllOld).send().await?;
        let Some(item) = taken.attributes.filter(|item| !item.is_empty()) else { return Ok(None) };
        let ticket: TicketItem = from_item(item)?;
        // Rows are removed late; whether a ticket is still good is for its time to say.
        Ok(ticket.user.parse().ok().filter(|_| now.as_second() < ticket.expires_at_s).map(|user| (user, ticket.session)))
    }

    pub async fn put_connection(&self, connection: &str, user: UserId, session: &str, now: Timestamp) -> Result<(), StoreError> {
        let row = ConnectionItem {
            user: user.to_string(),
            session: session.to_owned(),
            connected_at: now.as_millisecond(),
            expires_at_s: now.as_second() + CONNECTION_SECONDS,
        };
        self.put_live(to_item(&keys::connection(connection), &row)?).await
    }

    /// Whose connection it is.
    pub async fn connection(&self, connection: &str, now: Timestamp) -> Result<Option<Peer>, StoreError> {
        let Some(item) = self.row(&self.live, &keys::connection(connection)).await? else { return Ok(None) };
        let row: ConnectionItem = from_item(item)?;
        Ok(row.user.parse().ok().filter(|_| now.as_second() < row.expires_at_s).map(|user| (user, row.session)))
    }

    pub async fn subscribe(&self, user: UserId, connection: &str, channel: &str, now: Timestamp) -> Result<(), StoreError> {
        let row = SubscriptionItem {
            connection: connection.to_owned(),
            channel: channel.to_owned(),
            expires_at_s: now.as_second() + CONNECTION_SECONDS,
        };
        self.put_live(to_item(&keys::subscription(user, connection, channel), &row)?).await?;
        let Some(key) = listener_key(channel, connection) else { return Ok(()) };
        let listener = ListenerItem { sk: key.sk.clone(), user: user.to_string(), expires_at_s: row.expires_at_s };
        self.put_live(to_item(&key, &listener)?).await
    }

    pub async fn unsubscribe(&self, user: UserId, connection: &str, channel: &str) -> Result<(), StoreError> {
        if let Some(key) = listener_key(channel, connection) {
            self.delete_live(key_attributes(&key)).await?;
        }
        // Last: as long as it stands, a retry finds the other as well.
        self.delete_live(key_attributes(&keys::subscription(user, connection, channel))).await
    }

    /// A page of those who listen to a part of a channel, after a connection.
    pub async fn listeners(
        &self,
        channel: &Channel,
        part: u8,
        after: &str,
        limit: i32,
        now: Timestamp,
    ) -> Result<ListenerPage, StoreError> {
        let text = |value: String| AttributeValue::S(value);
        // A key condition takes no empty text; every connection's id is greater than this.
        let after = if after.is_empty() { " " } else { after };
        let answer = self
            .db
            .query()
            .table_name(&self.live)
            .key_condition_expression("pk = :pk AND sk > :after")
            .expression_attribute_values(":pk", text(keys::listener_partition(channel, part)))
            .expression_attribute_values(":after", text(after.to_owned()))
            .consistent_read(true)
            .limit(limit)
            .send()
            .await?;
        let more = answer.last_evaluated_key.is_some();
        let rows = answer.items.unwrap_or_default().into_iter().map(from_item::<ListenerItem>).collect::<Result<Vec<_>, _>>()?;
        let after = rows.last().filter(|_| more).map(|row| row.sk.clone());
        let alive = rows.into_iter().filter(|row| now.as_second() < row.expires_at_s);
        let listeners = alive.filter_map(|row| Some(Listener { user: row.user.parse().ok()?, connection: row.sk })).collect();
        Ok(ListenerPage { listeners, after })
    }

    /// Forgets that a connection listens to a channel.
    pub async fn drop_listener(&self, channel: &Channel, connection: &str) -> Result<(), StoreError> {
        match keys::listener(channel, connection) {
            Some(key) => self.delete_live(key_attributes(&key)).await,
            None => Ok(()),
        }
    }

    /// Everything that a user's connections have subscribed to.
    pub async fn subscriptions(&self, user: UserId, now: Timestamp) -> Result<Vec<Subscription>, StoreError> {
        self.subscription_rows(user, "", now).await
    }

    /// What one connection has subscribed to.
    pub async fn subscriptions_of(&self, user: UserId, connection: &str, now: Timestamp) -> Result<Vec<Subscription>, StoreError> {
        self.subscription_rows(user, &format!("{connection}#"), now).await
    }

    /// Forgets a connection and all it has subscribed to; whose it was, if it was there. Nothing else
    /// changes.
    pub async fn forget_connection(&self, connection: &str, now: Timestamp) -> Result<Option<UserId>, StoreError> {
        let key = key_attributes(&keys::connection(connection));
        let gone = self.db.delete_item().table_name(&self.live).set_key(Some(key)).return_values(ReturnValue::AllOld).send().await?;
        let Some(item) = gone.attributes.filter(|item| !item.is_empty()) else { return Ok(None) };
        let row: ConnectionItem = from_item(item)?;
        let Ok(user) = row.user.parse() else { return Ok(None) };
        self.delete_live(key_attributes(&keys::presence(user, connection))).await?;
        for subscription in self.subscriptions_of(user, connection, now).await? {
            self.unsubscribe(user, connection, &subscription.channel).await?;
        }
        Ok(Some(user))
    }

    /// Forgets every connection of a user that was opened in this session.
    pub(crate) async fn forget_connections_of(&self, user: UserId, session: SessionId, now: Timestamp) -> Result<(), StoreError> {
        let mut open: Vec<String> = self.subscriptions(user, now).await?.into_iter().map(|subscription| subscription.connection).collect();
        open.dedup();
        for connection in open {
            if self.connection(&connection, now).await?.is_some_and(|(_, of)| of == session.to_string()) {
                self.forget_connection(&connection, now).await?;
            }
        }
        Ok(())
    }

    async fn subscription_rows(&self, user: UserId, prefix: &str, now: Timestamp) -> Result<Vec<Subscription>, StoreError> {
        let mut query =
            self.db.query().table_name(&self.live).expression_attribute_values(":pk", AttributeValue::S(keys::subscriber_partition(user)));
        query = if prefix.is_empty() {
            query.key_condition_expression("pk = :pk")
        } else {
            query
                .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
                .expression_attribute_values(":prefix", AttributeValue::S(prefix.to_owned()))
        };
        let rows = query.consistent_read(true).send().await?.items.unwrap_or_default();
        let rows = rows.into_iter().map(from_item::<SubscriptionItem>).collect::<Result<Vec<_>, _>>()?;
        let alive = rows.into_iter().filter(|row| now.as_second() < row.expires_at_s);
        Ok(alive.map(|row| Subscription { connection: row.connection, channel: row.channel }).collect())
    }

    pub(crate) async fn put_live(&self, item: Item) -> Result<(), StoreError> {
        self.db.put_item().table_name(&self.live).set_item(Some(item)).send().await?;
        Ok(())
    }

    async fn delete_live(&self, key: Item) -> Result<(), StoreError> {
        self.db.delete_item().table_name(&self.live).set_key(Some(key)).send().await?;
        Ok(())
    }
}

/// Where a connection stands among those who listen to a channel, if they are kept by channel.
fn listener_key(channel: &str, connection: &str) -> Option<keys::RowKey> {
    keys::listener(&channel.parse().ok()?, connection)
}
