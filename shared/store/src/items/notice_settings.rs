//! What a user wants to be told and where they are reached, as rows.

use super::{BadField, bad, known, parsed, time};
use domain::notice::{
    Category, Channel,
    devices::{Device, Devices, PushAddress, PushKind},
    email::{Email, EmailAddress},
    hours::{Hours, Language, Zone},
    preferences::{Preferences, Settings},
    suppression::{AddressHash, Cause, Suppression},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Serialize, Deserialize)]
struct EmailItem {
    address: String,
    hash: String,
    verified: bool,
}

#[derive(Serialize, Deserialize)]
pub struct PreferencesItem {
    user: String,
    language: String,
    zone: String,
    /// `22:00:00`
    quiet_from: String,
    quiet_to: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    digest_at: Option<String>,
    /// `money/push`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    off: Vec<String>,
    offers: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    stopped: Vec<String>,
    /// By channel.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    said_at: BTreeMap<String, i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    email: Option<EmailItem>,
}

impl From<&Preferences> for PreferencesItem {
    fn from(preferences: &Preferences) -> Self {
        let settings = &preferences.settings;
        let pair = |(category, channel): &(Category, Channel)| format!("{}/{}", category.code(), channel.code());
        let email = |email: &Email| EmailItem {
            address: email.address.as_str().to_owned(),
            hash: email.hash.as_str().to_owned(),
            verified: email.verified,
        };
        Self {
            user: preferences.user.to_string(),
            language: settings.language.as_str().to_owned(),
            zone: settings.zone.as_str().to_owned(),
            quiet_from: settings.quiet.from.to_string(),
            quiet_to: settings.quiet.to.to_string(),
            digest_at: settings.digest_at.map(|at| at.to_string()),
            off: settings.off.iter().map(pair).collect(),
            offers: settings.offers,
            stopped: preferences.stopped.iter().map(|channel| channel.code().to_owned()).collect(),
            said_at: preferences.said_at.iter().map(|(channel, at)| (channel.code().to_owned(), at.as_millisecond())).collect(),
            email: preferences.email.as_ref().map(email),
        }
    }
}

fn pair(text: &str) -> Option<(Category, Channel)> {
    let (category, channel) = text.split_once('/')?;
    Some((Category::from_code(category)?, Channel::from_code(channel)?))
}

impl TryFrom<PreferencesItem> for Preferences {
    type Error = BadField;
    fn try_from(item: PreferencesItem) -> Result<Self, BadField> {
        let email = |email: EmailItem| {
            let address = EmailAddress::parse(&email.address).map_err(|error| bad("email", error))?;
            Ok(Email { address, hash: AddressHash::new(email.hash), verified: email.verified })
        };
        let settings = Settings {
            language: Language::parse(&item.language).map_err(|error| bad("language", error))?,
            zone: Zone::parse(&item.zone).map_err(|error| bad("zone", error))?,
            quiet: Hours { from: parsed("quiet_from", &item.quiet_from)?, to: parsed("quiet_to", &item.quiet_to)? },
            digest_at: item.digest_at.as_deref().map(|text| parsed("digest_at", text)).transpose()?,
            off: item.off.iter().map(|text| known("off", text, pair(text))).collect::<Result<_, _>>()?,
            offers: item.offers,
        };
        let said_at = |(code, at): (&String, &i64)| Ok((known("said_at", code, Channel::from_code(code))?, time("said_at", *at)?));
        Ok(Self {
            user: parsed("user", &item.user)?,
            settings,
            said_at: item.said_at.iter().map(said_at).collect::<Result<_, BadField>>()?,
            stopped: item.stopped.iter().map(|code| known("stopped", code, Channel::from_code(code))).collect::<Result<_, _>>()?,
            email: item.email.map(email).transpose()?,
        })
    }
}

#[derive(Serialize, Deserialize)]
struct DeviceItem {
    kind: String,
    address: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    keys: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    created_at: i64,
    seen_at: i64,
}

#[derive(Serialize, Deserialize)]
pub struct DevicesItem {
    user: String,
    devices: Vec<DeviceItem>,
}

impl From<&Devices> for DevicesItem {
    fn from(devices: &Devices) -> Self {
        let device = |device: &Device| DeviceItem {
            kind: device.address.kind.code().to_owned(),
            address: device.address.value().to_owned(),
            keys: device.address.keys().map(str::to_owned),
            name: device.name.clone(),
            created_at: device.created_at.as_millisecond(),
            seen_at: device.seen_at.as_millisecond(),
        };
        Self { user: devices.user.to_string(), devices: devices.devices.iter().map(device).collect() }
    }
}

impl TryFrom<DeviceItem> for Device {
    type Error = BadField;
    fn try_from(item: DeviceItem) -> Result<Self, BadField> {
        let kind = known("kind", &item.kind, PushKind::from_code(&item.kind))?;
        let address = PushAddress::new(kind, &item.address, item.keys.as_deref()).map_err(|error| bad("address", error))?;
        Ok(Self {
            id: address.device(),
            address,
            name: item.name,
            created_at: time("created_at", item.created_at)?,
            seen_at: time("seen_at", item.seen_at)?,
        })
    }
}

impl TryFrom<DevicesItem> for Devices {
    type Error = BadField;
    fn try_from(item: DevicesItem) -> Result<Self, BadField> {
        let devices = item.devices.into_iter().map(Device::try_from).collect::<Result<_, _>>()?;
        Ok(Self { user: parsed("user", &item.user)?, devices })
    }
}

/// Whose a device is.
#[derive(Serialize, Deserialize)]
pub struct DeviceOwnerItem {
    pub device: String,
    pub user: String,
}

#[derive(Serialize, Deserialize)]
pub struct SuppressionItem {
    channel: String,
    address: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cause: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    since: Option<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    soft_bounces: Vec<i64>,
}

impl From<&Suppression> for SuppressionItem {
    fn from(known: &Suppression) -> Self {
        Self {
            channel: known.channel.code().to_owned(),
            address: known.address.as_str().to_owned(),
            cause: known.cause.map(|(cause, _)| cause.code().to_owned()),
            since: known.cause.map(|(_, since)| since.as_millisecond()),
            soft_bounces: known.soft_bounces.iter().map(|at| at.as_millisecond()).collect(),
        }
    }
}

impl TryFrom<SuppressionItem> for Suppression {
    type Error = BadField;
    fn try_from(item: SuppressionItem) -> Result<Self, BadField> {
        let cause = match (item.cause, item.since) {
            (Some(code), Some(since)) => Some((known("cause", &code, Cause::from_code(&code))?, time("since", since)?)),
            (None, None) => None,
            _ => return Err(bad("cause", "incomplete")),
        };
        Ok(Self {
            channel: known("channel", &item.channel, Channel::from_code(&item.channel))?,
            address: AddressHash::new(item.address),
            cause,
            soft_bounces: item.soft_bounces.into_iter().map(|ms| time("soft_bounces", ms)).collect::<Result<_, _>>()?,
        })
    }
}
