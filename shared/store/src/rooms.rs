//! Rooms: a user's, their members' seats, and messages as bulletins and transfers name them.

use crate::{
    Store,
    error::StoreError,
    items::{Item, record_of, row_key},
    keys,
    lists::Consistency,
};
use domain::{
    Timestamp,
    engine::{Key, Record},
    id::{AccountId, MessageId, OperationId, RoomId, TransferId, UserId},
    room::{Message, Room, Seat},
    social::Social,
};

/// The seats of one page, and the room after which the next begins.
#[derive(Debug, Default)]
pub struct SeatPage {
    pub seats: Vec<Seat>,
    pub next: Option<RoomId>,
}

/// The messages of one page, and the message after which the next begins.
#[derive(Debug, Default)]
pub struct MessagePage {
    pub messages: Vec<Message>,
    pub next: Option<MessageId>,
}

fn corrupt(item: &Item, why: &str) -> StoreError {
    let key = row_key(item);
    StoreError::Corrupt { key: format!("{}/{}", key.pk, key.sk), why: why.to_owned() }
}

impl Store {
    /// A room by the whole of its id.
    pub async fn room(&self, id: RoomId) -> Result<Option<Room>, StoreError> {
        Ok(match self.record(&Key::Room(id.fingerprint())).await? {
            Some(Record::Room(room)) => Some(room).filter(|room| room.id == id),
            _ => None,
        })
    }

    /// The rooms that a user sits in, those that were made last first. A page may be short, or empty,
    /// and not the last: rooms that they have left are passed over.
    pub async fn seats(&self, user: UserId, after: Option<RoomId>, limit: i32) -> Result<SeatPage, StoreError> {
        let pk = keys::account_partition(AccountId::wallet_of(user));
        let after = after.map(|room| keys::seat(user, room).sk);
        let page = self.page(&pk, keys::SEATS, after.as_deref(), limit, Consistency::Strong).await?;
        let mut seats = Vec::with_capacity(page.items.len());
        for item in page.items {
            match record_of(item.clone())? {
                (_, Record::Seat(seat)) => seats.push(seat),
                _ => return Err(corrupt(&item, "not a seat")),
            }
        }
        let next = page.next.and_then(|_| seats.last().map(|seat| seat.room));
        seats.retain(Seat::is_taken);
        Ok(SeatPage { seats, next })
    }

    /// One user's seat in a room, whether they still sit there or not.
    pub async fn seat(&self, user: UserId, room: RoomId) -> Result<Option<Seat>, StoreError> {
        Ok(self.read(&[Key::Seat(user, room)]).await?.seat(user, room).cloned())
    }

    /// The seats of a room's members, in their order.
    pub async fn seats_of(&self, room: &Room) -> Result<Vec<Seat>, StoreError> {
        let users = || room.members.iter().map(|member| member.user);
        let snapshot = self.read(&users().map(|user| Key::Seat(user, room.id)).collect::<Vec<_>>()).await?;
        Ok(users().filter_map(|user| snapshot.seat(user, room.id).cloned()).collect())
    }

    /// Messages of a room by their ids, in this order; without those that it no longer keeps.
    pub async fn messages(&self, room: RoomId, ids: &[MessageId], now: Timestamp) -> Result<Vec<Message>, StoreError> {
        let kept = self.kept(ids, now).await?;
        Ok(kept.into_iter().filter(|message| message.room == room).collect())
    }

    /// The messages that show a transfer, the latest first.
    pub async fn messages_attached_to(
        &self,
        transfer: TransferId,
        after: Option<MessageId>,
        limit: i32,
        now: Timestamp,
    ) -> Result<MessagePage, StoreError> {
        let operation = OperationId::Transfer(transfer).fingerprint();
        let pk = keys::operation_partition(operation);
        let after = after.map(|message| keys::attached_message(operation, message).sk);
        let page = self.page(&pk, keys::ATTACHED_MESSAGES, after.as_deref(), limit, Consistency::Strong).await?;
        let named = |item: &Item| {
            let id = item.get("message").and_then(|value| value.as_s().ok()).and_then(|text| text.parse().ok());
            id.ok_or_else(|| corrupt(item, "it names no message"))
        };
        let ids = page.items.iter().map(named).collect::<Result<Vec<MessageId>, _>>()?;
        let next = page.next.and_then(|_| ids.last().copied());
        let showing = |message: &Message| message.attached.as_ref().is_some_and(|attached| attached.transfer == transfer);
        Ok(MessagePage { messages: self.kept(&ids, now).await?.into_iter().filter(showing).collect(), next })
    }

    async fn kept(&self, ids: &[MessageId], now: Timestamp) -> Result<Vec<Message>, StoreError> {
        let snapshot = self.read(&ids.iter().map(|id| Key::Message(id.fingerprint())).collect::<Vec<_>>()).await?;
        // A row is found by half of its id, and stays until the table clears it away.
        let found = |id: &MessageId| snapshot.message(id.fingerprint()).filter(|message| message.id == *id && message.is_kept(now));
        Ok(ids.iter().filter_map(found).cloned().collect())
    }

    /// What a user settled about others.
    pub async fn social(&self, user: UserId) -> Result<Social, StoreError> {
        let account = AccountId::wallet_of(user);
        Ok(match self.record(&Key::Social(account)).await? {
            Some(Record::Social(social)) => social,
            _ => Social::new(account),
        })
    }
}
