//! Rooms, and their members' seats, as rows.

use super::{BadField, bad, bytes, known, parsed, time};
use domain::{
    id::AccountId,
    reading::Reading,
    room::{Member, MemberRole, Room, RoomKind, RoomName, Seat, SeatStatus},
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct MemberItem {
    user: String,
    role: String,
    joined_at: i64,
}

/// A group has a name; a room of two has none.
#[derive(Serialize, Deserialize)]
pub struct RoomItem {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default)]
    open: bool,
    keeps_s: i64,
    members: Vec<MemberItem>,
    created_by: String,
    created_at: i64,
    #[serde(with = "serde_bytes")]
    digest: Vec<u8>,
}

impl From<&Room> for RoomItem {
    fn from(room: &Room) -> Self {
        let (name, open) = match &room.kind {
            RoomKind::Direct => (None, false),
            RoomKind::Group { name, open } => (Some(name.as_str().to_owned()), *open),
        };
        let member = |member: &Member| MemberItem {
            user: member.user.to_string(),
            role: member.role.code().to_owned(),
            joined_at: member.joined_at.as_millisecond(),
        };
        Self {
            id: room.id.to_string(),
            name,
            open,
            keeps_s: room.keeps_s,
            members: room.members.iter().map(member).collect(),
            created_by: room.created_by.to_string(),
            created_at: room.created_at.as_millisecond(),
            digest: room.digest.to_vec(),
        }
    }
}

impl TryFrom<MemberItem> for Member {
    type Error = BadField;
    fn try_from(item: MemberItem) -> Result<Self, BadField> {
        Ok(Self {
            user: parsed("user", &item.user)?,
            role: known("role", &item.role, MemberRole::from_code(&item.role))?,
            joined_at: time("joined_at", item.joined_at)?,
        })
    }
}

impl TryFrom<RoomItem> for Room {
    type Error = BadField;
    fn try_from(item: RoomItem) -> Result<Self, BadField> {
        let kind = match item.name {
            Some(name) => RoomKind::Group { name: RoomName::parse(&name).map_err(|error| bad("name", error))?, open: item.open },
            None => RoomKind::Direct,
        };
        Ok(Self {
            id: parsed("id", &item.id)?,
            kind,
            keeps_s: item.keeps_s,
            members: item.members.into_iter().map(TryInto::try_into).collect::<Result<_, _>>()?,
            created_by: parsed("created_by", &item.created_by)?,
            created_at: time("created_at", item.created_at)?,
            digest: bytes("digest", &item.digest)?,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub struct SeatItem {
    room: String,
    user: String,
    since_seq: u64,
    read_through: u64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    read_beyond: Vec<(u64, u64)>,
    delivered_through: u64,
    status: String,
    joined_at: i64,
}

impl From<&Seat> for SeatItem {
    fn from(seat: &Seat) -> Self {
        Self {
            room: seat.room.to_string(),
            user: seat.user.to_string(),
            since_seq: seat.since_seq,
            read_through: seat.read.through,
            read_beyond: seat.read.beyond.clone(),
            delivered_through: seat.delivered_through,
            status: seat.status.code().to_owned(),
            joined_at: seat.joined_at.as_millisecond(),
        }
    }
}

impl TryFrom<SeatItem> for Seat {
    type Error = BadField;
    fn try_from(item: SeatItem) -> Result<Self, BadField> {
        let user = parsed("user", &item.user)?;
        Ok(Self {
            room: parsed("room", &item.room)?,
            user,
            since_seq: item.since_seq,
            read: Reading { account: AccountId::wallet_of(user), through: item.read_through, beyond: item.read_beyond },
            delivered_through: item.delivered_through,
            status: known("status", &item.status, SeatStatus::from_code(&item.status))?,
            joined_at: time("joined_at", item.joined_at)?,
        })
    }
}
