//! Channels: the names under which somebody reads what happens.
//!
//! Some show a part of the reader's own feed. Others are a [`Board`]: one numbered log that many
//! read: a topic's, a room's or a campaign's.

use crate::id::{CampaignId, OperationId, RoomId, UserId};
use std::{fmt, str::FromStr};

/// Longer than any name of ours; what is longer would not fit into a key.
pub const CHANNEL_BYTES_MAX: usize = 100;

/// One channel.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Channel {
    /// All of a user's feed.
    User(UserId),
    /// Of it, what moves the balance.
    Balance(UserId),
    /// Of it, what is about an operation.
    Transactions(UserId),
    /// Of it, one operation.
    Operation(OperationId),
    /// Whether somebody is there; in no log.
    Presence(UserId),
    Board(Board),
}

/// A log that many read.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Board {
    Topic(Topic),
    Room(RoomId),
    /// How far a campaign is, for its maker.
    Campaign(CampaignId),
}

/// What operators publish on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Topic {
    /// An area's weather.
    Weather(Place),
    /// A crop's prices.
    Market(Place),
    /// A farm's crops, by its farmer: nobody else reads it.
    CropHealth(UserId),
    /// A city's demand and events.
    Zone(Place),
    /// An organisation's members, by the user who runs it.
    Organisation(UserId),
    /// Everybody.
    System,
}

/// A place or a crop, as it stands in a channel's name: `new-delhi`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place(String);

/// A text that names no channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is no channel: channels are named like `user:usr_…`, `transfer:trf_…`, `room:room_…`, `weather:new-delhi`, `system`")]
pub struct BadChannel;

impl Place {
    const BYTES_MAX: usize = 40;

    /// Small letters, digits and single hyphens between them, so that one place has one name.
    pub fn parse(text: &str) -> Result<Self, BadChannel> {
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        let fits = text.len() <= Self::BYTES_MAX && text.split('-').all(plain);
        fits.then(|| Self(text.to_owned())).ok_or(BadChannel)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Channel {
    type Err = BadChannel;

    fn from_str(text: &str) -> Result<Self, BadChannel> {
        if text.len() > CHANNEL_BYTES_MAX {
            return Err(BadChannel);
        }
        if text == "system" {
            return Ok(Self::Board(Board::Topic(Topic::System)));
        }
        let (kind, of) = text.split_once(':').ok_or(BadChannel)?;
        let user = || of.parse::<UserId>().map_err(|_| BadChannel);
        let topic = |topic| Self::Board(Board::Topic(topic));
        Ok(match kind {
            "user" => Self::User(user()?),
            "balance" => Self::Balance(user()?),
            "transactions" => Self::Transactions(user()?),
            "presence" => Self::Presence(user()?),
            "transfer" => Self::Operation(of.parse().map_err(|_| BadChannel)?),
            "room" => Self::Board(Board::Room(of.parse().map_err(|_| BadChannel)?)),
            "campaign" => Self::Board(Board::Campaign(of.parse().map_err(|_| BadChannel)?)),
            "weather" => topic(Topic::Weather(Place::parse(of)?)),
            "market" => topic(Topic::Market(Place::parse(of)?)),
            "crop_health" => topic(Topic::CropHealth(user()?)),
            "zone" => topic(Topic::Zone(Place::parse(of)?)),
            "org" => topic(Topic::Organisation(user()?)),
            _ => return Err(BadChannel),
        })
    }
}

impl FromStr for Board {
    type Err = BadChannel;

    fn from_str(text: &str) -> Result<Self, BadChannel> {
        match text.parse()? {
            Channel::Board(board) => Ok(board),
            _ => Err(BadChannel),
        }
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(user) => write!(f, "user:{user}"),
            Self::Balance(user) => write!(f, "balance:{user}"),
            Self::Transactions(user) => write!(f, "transactions:{user}"),
            Self::Operation(operation) => write!(f, "transfer:{operation}"),
            Self::Presence(user) => write!(f, "presence:{user}"),
            Self::Board(board) => board.fmt(f),
        }
    }
}

impl fmt::Display for Board {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Topic(topic) => topic.fmt(f),
            Self::Room(room) => write!(f, "room:{room}"),
            Self::Campaign(campaign) => write!(f, "campaign:{campaign}"),
        }
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weather(Place(area)) => write!(f, "weather:{area}"),
            Self::Market(Place(crop)) => write!(f, "market:{crop}"),
            Self::CropHealth(farmer) => write!(f, "crop_health:{farmer}"),
            Self::Zone(Place(city)) => write!(f, "zone:{city}"),
            Self::Organisation(owner) => write!(f, "org:{owner}"),
            Self::System => f.write_str("system"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::user;

    #[test]
    fn a_channel_has_one_name() {
        let asha = user("asha");
        let names = [
            format!("user:{asha}"),
            format!("balance:{asha}"),
            format!("transactions:{asha}"),
            format!("presence:{asha}"),
            format!("crop_health:{asha}"),
            format!("org:{asha}"),
            "weather:new-delhi".to_owned(),
            "market:onion".to_owned(),
            "zone:400001".to_owned(),
            "system".to_owned(),
        ];
        for name in names {
            assert_eq!(name.parse::<Channel>().unwrap().to_string(), name);
        }
    }

    #[test]
    fn what_only_looks_like_a_channel_is_none() {
        let asha = user("asha");
        let bad = [
            "".to_owned(),
            "system:".to_owned(),
            "weather".to_owned(),
            "weather:".to_owned(),
            "weather:*".to_owned(),
            "weather:New-Delhi".to_owned(),
            "weather:new--delhi".to_owned(),
            "weather:-delhi".to_owned(),
            "weather:dеlhi".to_owned(),
            "zone:a#b".to_owned(),
            format!("weather:{}", "a".repeat(41)),
            format!("user:{asha},{asha}"),
            format!("USER:{asha}"),
            format!("user:{}", asha.to_string().to_lowercase()),
            "room:usr_01ARZ3NDEKTSV4RRFFQ69G5FAV".to_owned(),
        ];
        for name in bad {
            assert_eq!(name.parse::<Channel>(), Err(BadChannel), "{name}");
        }
    }
}
