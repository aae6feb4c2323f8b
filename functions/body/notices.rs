//! Bodies of `/v1/notifications/…`: what a user wants to be told, on which devices, and what became of it.

use domain::{
    Timestamp,
    fact::Priority,
    id::{DeviceId, NoticeId},
    notice::{
        Category, Channel, Ended, HeldFor, Notice, Stage,
        delivery::{Delivery, Skip, Status},
        devices::{Device, PushAddress, PushKind},
        hours::{Hours, Language, Zone},
        preferences::{Preferences, Settings},
    },
};
use jiff::civil::Time;
use lambda::Problem;
use providers::push::web::{Services, Subscription, SubscriptionRefused};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const CLOCK: &str = r"^([01][0-9]|2[0-3]):[0-5][0-9]$";
/// A name as people give their devices.
const NAME: &str = r"^[^\x00-\x1f\x7f-\x9f]{1,60}$";
/// What an app is given by Google, or a browser by its maker.
const VISIBLE: &str = r"^[!-~]+$";
/// More than there are, and each only once.
const OFF_MAX: usize = 24;

fn codes<T: Copy>(all: &[T], code: impl Fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|one| code(*one)).collect()
}

fn languages() -> Vec<&'static str> {
    words::Language::ALL.iter().map(|language| language.code()).collect()
}

/// By what a user is told.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChannelCode {
    Push,
    Whatsapp,
    Sms,
    Email,
}

impl From<Channel> for ChannelCode {
    fn from(channel: Channel) -> Self {
        match channel {
            Channel::Push => Self::Push,
            Channel::Whatsapp => Self::Whatsapp,
            Channel::Sms => Self::Sms,
            Channel::Email => Self::Email,
        }
    }
}

impl From<ChannelCode> for Channel {
    fn from(code: ChannelCode) -> Self {
        match code {
            ChannelCode::Push => Self::Push,
            ChannelCode::Whatsapp => Self::Whatsapp,
            ChannelCode::Sms => Self::Sms,
            ChannelCode::Email => Self::Email,
        }
    }
}

/// Local times; a part of each day that may reach across midnight.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HoursBody {
    #[schemars(extend("pattern" = CLOCK))]
    pub from: String,
    #[schemars(extend("pattern" = CLOCK))]
    pub to: String,
}

/// What is not wanted, and by which channel. Security and what the law asks for come all the same.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OffBody {
    #[schemars(extend("enum" = codes(Category::ALL, Category::code)))]
    pub category: String,
    pub channel: ChannelCode,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct EmailBody {
    pub address: String,
    /// Whether its owner has proven it. Nothing is sent there before.
    pub verified: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct PreferencesBody {
    #[schemars(extend("enum" = languages()))]
    pub language: String,
    /// By its IANA name.
    pub time_zone: String,
    /// When nobody is disturbed, but for fraud and money at risk.
    pub quiet_hours: Option<HoursBody>,
    /// When what is not urgent is told, all at once; `null` for each at its time.
    pub digest_at: Option<String>,
    pub off: Vec<OffBody>,
    /// Whether promotions are wanted.
    pub offers: bool,
    /// Channels that were stopped as a whole, here or by an answer of `STOP`.
    pub stopped: Vec<ChannelCode>,
    pub email: Option<EmailBody>,
}

fn clock(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}

impl From<&Preferences> for PreferencesBody {
    fn from(preferences: &Preferences) -> Self {
        let settings = &preferences.settings;
        let off = |(category, channel): &(Category, Channel)| OffBody { category: category.code().to_owned(), channel: (*channel).into() };
        let Hours { from, to } = settings.quiet;
        Self {
            language: settings.language.as_str().to_owned(),
            time_zone: settings.zone.as_str().to_owned(),
            quiet_hours: (from != to).then(|| HoursBody { from: clock(from), to: clock(to) }),
            digest_at: settings.digest_at.map(clock),
            off: settings.off.iter().map(off).collect(),
            offers: settings.offers,
            stopped: preferences.stopped.iter().copied().map(ChannelCode::from).collect(),
            email: preferences
                .email
                .as_ref()
                .map(|email| EmailBody { address: email.address.as_str().to_owned(), verified: email.verified }),
        }
    }
}

/// All that a user chooses; it takes the place of what they chose before.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreferencesRequest {
    #[schemars(extend("enum" = languages()))]
    pub language: String,
    /// By its IANA name: `Asia/Kolkata`.
    #[schemars(length(min = 1, max = 64))]
    pub time_zone: String,
    /// Without them, there are none.
    #[serde(default)]
    pub quiet_hours: Option<HoursBody>,
    #[schemars(extend("pattern" = CLOCK))]
    #[serde(default)]
    pub digest_at: Option<String>,
    #[schemars(length(max = OFF_MAX))]
    #[serde(default)]
    pub off: Vec<OffBody>,
    #[serde(default)]
    pub offers: bool,
    /// Channels that are stopped as a whole; without it, they stay as they are.
    #[schemars(length(max = 4))]
    #[serde(default)]
    pub stopped: Option<Vec<ChannelCode>>,
}

fn time(text: &str, pointer: &str) -> Result<Time, Problem> {
    let wrong = || Problem::invalid_field(pointer, "must be a time such as `07:00`");
    let (hour, minute) = text.split_once(':').filter(|(hour, minute)| hour.len() == 2 && minute.len() == 2).ok_or_else(wrong)?;
    let number = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten().ok_or_else(wrong);
    Time::new(number(hour)?, number(minute)?, 0, 0).map_err(|_| wrong())
}

impl TryFrom<PreferencesRequest> for (Settings, Option<BTreeSet<Channel>>) {
    type Error = Problem;
    fn try_from(asked: PreferencesRequest) -> Result<Self, Problem> {
        let language = words::Language::from_code(&asked.language).filter(|_| languages().contains(&asked.language.as_str()));
        let language = language.and_then(|language| Language::parse(language.code()).ok());
        let language = language.ok_or_else(|| Problem::invalid_field("/language", format!("must be one of {}", languages().join(", "))))?;
        let zone = Zone::parse(&asked.time_zone).map_err(|why| Problem::invalid_field("/time_zone", why.to_string()))?;
        let quiet = match asked.quiet_hours {
            Some(HoursBody { from, to }) => Hours { from: time(&from, "/quiet_hours/from")?, to: time(&to, "/quiet_hours/to")? },
            None => Hours::new(0, 0),
        };
        let digest_at = asked.digest_at.map(|at| time(&at, "/digest_at")).transpose()?;
        if asked.off.len() > OFF_MAX {
            return Err(Problem::invalid_field("/off", format!("must be at most {OFF_MAX}")));
        }
        let off = asked.off.iter().enumerate().map(|(n, off)| {
            let wrong = |why: String| Problem::invalid_field(format!("/off/{n}/category"), why);
            let category = Category::from_code(&off.category);
            let category = category.ok_or_else(|| wrong(format!("must be one of {}", codes(Category::ALL, Category::code).join(", "))))?;
            if category.is_always_sent() {
                return Err(wrong("is told whatever is switched off".to_owned()));
            }
            Ok((category, off.channel.into()))
        });
        let off = off.collect::<Result<_, _>>()?;
        if asked.stopped.as_ref().is_some_and(|stopped| stopped.len() > Channel::ALL.len()) {
            return Err(Problem::invalid_field("/stopped", "names a channel twice"));
        }
        let stopped = asked.stopped.map(|stopped| stopped.into_iter().map(Channel::from).collect());
        Ok((Settings { language, zone, quiet, digest_at, off, offers: asked.offers }, stopped))
    }
}

/// A device, by what its push service gave it: one of `fcm_token`, `fcm_fid` and `subscription`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [
    { "required": ["fcm_token"], "properties": { "fcm_fid": { "type": "null" }, "subscription": { "type": "null" } } },
    { "required": ["fcm_fid"], "properties": { "fcm_token": { "type": "null" }, "subscription": { "type": "null" } } },
    { "required": ["subscription"], "properties": { "fcm_token": { "type": "null" }, "fcm_fid": { "type": "null" } } },
]))]
pub struct SubscribeRequest {
    /// Of an app: its registration token at Firebase.
    #[schemars(length(min = 1, max = 2048), extend("pattern" = VISIBLE))]
    pub fcm_token: Option<String>,
    /// Of an app: its installation id at Firebase.
    #[schemars(length(min = 1, max = 2048), extend("pattern" = VISIBLE))]
    pub fcm_fid: Option<String>,
    /// Of a browser: what `JSON.stringify` makes of its `PushSubscription`.
    pub subscription: Option<SubscriptionBody>,
    /// As its owner knows it.
    #[schemars(extend("pattern" = NAME))]
    pub name: Option<String>,
}

/// A `PushSubscription`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubscriptionBody {
    #[schemars(length(min = 1, max = 2048))]
    pub endpoint: String,
    /// In milliseconds since 1970. Not looked at: a subscription that has ended says so itself.
    #[serde(default, rename = "expirationTime")]
    pub expiration_time: Option<i64>,
    pub keys: SubscriptionKeys,
}

/// What a push is sealed with, in base64 for URLs.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubscriptionKeys {
    #[schemars(length(max = 200))]
    pub p256dh: String,
    #[schemars(length(max = 200))]
    pub auth: String,
}

impl SubscribeRequest {
    pub fn parse(self, services: &Services) -> Result<(PushAddress, Option<String>), Problem> {
        let address = match (self.fcm_token, self.fcm_fid, self.subscription) {
            (Some(token), None, None) => address(PushKind::FcmToken, &token, "/fcm_token")?,
            (None, Some(fid), None) => address(PushKind::FcmFid, &fid, "/fcm_fid")?,
            (None, None, Some(subscription)) => subscription.parse(services)?,
            _ => return Err(Problem::invalid_field("", "must have one of `fcm_token`, `fcm_fid` and `subscription`")),
        };
        let fits = |name: &str| (1..=60).contains(&name.chars().count()) && !name.chars().any(char::is_control);
        if self.name.as_deref().is_some_and(|name| !fits(name)) {
            return Err(Problem::invalid_field("/name", "must be 1 to 60 characters, without control characters"));
        }
        Ok((address, self.name))
    }
}

fn address(kind: PushKind, value: &str, pointer: &str) -> Result<PushAddress, Problem> {
    PushAddress::new(kind, value, None).map_err(|_| Problem::invalid_field(pointer, "must be 1 to 2048 visible characters"))
}

impl SubscriptionBody {
    fn parse(&self, services: &Services) -> Result<PushAddress, Problem> {
        let given = json!({ "endpoint": self.endpoint, "keys": { "p256dh": self.keys.p256dh, "auth": self.keys.auth } });
        let subscription = Subscription::from_json(given.to_string().as_bytes(), services).map_err(|why| {
            let pointer = match why {
                SubscriptionRefused::Unreadable(_) => "/subscription",
                SubscriptionRefused::Endpoint => "/subscription/endpoint",
                SubscriptionRefused::PublicKey => "/subscription/keys/p256dh",
                SubscriptionRefused::AuthSecret => "/subscription/keys/auth",
            };
            Problem::invalid_field(pointer, why.to_string())
        })?;
        // In one spelling, so that the same browser is the same device.
        let known: Value = serde_json::from_str(subscription.to_json().expose()).map_err(Problem::internal)?;
        let keys = known["keys"].to_string();
        PushAddress::new(PushKind::Web, subscription.endpoint().expose(), Some(&keys))
            .map_err(|why| Problem::invalid_field("/subscription/endpoint", why.to_string()))
    }
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct VapidKeyBody {
    /// What a page subscribes with: its `applicationServerKey`.
    pub vapid_public_key: String,
}

/// A device that gets pushes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DeviceBody {
    pub device_id: String,
    #[schemars(extend("enum" = codes(PushKind::ALL, PushKind::code)))]
    pub kind: &'static str,
    pub name: Option<String>,
    /// RFC 3339.
    pub created_at: String,
    /// When it last said that it is there, to the day. RFC 3339.
    pub seen_at: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct DevicesBody {
    pub items: Vec<DeviceBody>,
}

impl From<&Device> for DeviceBody {
    fn from(device: &Device) -> Self {
        Self {
            device_id: device.id.to_string(),
            kind: device.address.kind.code(),
            name: device.name.clone(),
            created_at: device.created_at.to_string(),
            seen_at: device.seen_at.to_string(),
        }
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnsubscribeRequest {
    #[schemars(extend("pattern" = format!("^{}_[0-7][0-9A-HJKMNP-TV-Z]{{25}}$", DeviceId::PREFIX)))]
    pub device_id: String,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EmailRequest {
    /// Without one, the address that was set is taken away.
    #[schemars(length(max = 254))]
    pub email: Option<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeenRequest {
    #[schemars(extend("pattern" = format!("^{}_[0-7][0-9A-HJKMNP-TV-Z]{{25}}$", NoticeId::PREFIX)))]
    pub notice_id: String,
}

/// A notice, and what became of it on each channel.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DeliveryBody {
    pub notice_id: String,
    /// What it tells of; of several that are told together, `digest`.
    pub event: String,
    /// The place in the feed that it is about.
    pub seq: Option<u64>,
    #[schemars(extend("enum" = codes(Category::ALL, Category::code)))]
    pub category: &'static str,
    #[schemars(extend("enum" = codes(&Priority::ALL, Priority::code)))]
    pub priority: &'static str,
    #[schemars(extend("enum" = ["held", "climbing", "done"]))]
    pub status: &'static str,
    /// Why it is held, or how it ended.
    #[schemars(extend("enum" = reasons()))]
    pub why: Option<&'static str>,
    /// Until when it is held, or its channel has time. RFC 3339.
    pub until: Option<String>,
    /// In the order in which they were tried or passed over.
    pub channels: Vec<ChannelBody>,
    /// RFC 3339.
    pub opened_at: String,
    /// Until when it is news. RFC 3339.
    pub expires_at: String,
}

fn reasons() -> Vec<Value> {
    let codes = codes(HeldFor::ALL, HeldFor::code).into_iter().chain(codes(Ended::ALL, Ended::code));
    codes.map(Value::from).chain([Value::Null]).collect()
}

/// A notice on one channel.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChannelBody {
    #[schemars(extend("enum" = codes(Channel::ALL, Channel::code)))]
    pub channel: &'static str,
    #[schemars(extend("enum" = ["skipped", "queued", "sent", "failed", "delivered", "read"]))]
    pub status: &'static str,
    /// Why it was skipped, or its provider's word for why it failed.
    pub reason: Option<String>,
    /// How often its provider was called.
    pub attempts: u32,
    /// RFC 3339.
    pub sent_at: Option<String>,
    pub delivered_at: Option<String>,
    pub read_at: Option<String>,
}

impl From<&Notice> for DeliveryBody {
    fn from(notice: &Notice) -> Self {
        let why = match notice.stage {
            Stage::Held { why, .. } => Some(why.code()),
            Stage::Done { why } => Some(why.code()),
            Stage::Climbing { .. } => None,
        };
        Self {
            notice_id: notice.id.to_string(),
            event: notice.template.name.clone(),
            seq: notice.seq,
            category: notice.category.code(),
            priority: notice.priority.code(),
            status: notice.stage.code(),
            why,
            until: notice.due_at().map(|at| at.to_string()),
            channels: notice.deliveries.iter().map(ChannelBody::from).collect(),
            opened_at: notice.created_at.to_string(),
            expires_at: notice.expires_at.to_string(),
        }
    }
}

impl From<&Delivery> for ChannelBody {
    fn from(delivery: &Delivery) -> Self {
        let text = |at: Option<Timestamp>| at.map(|at| at.to_string());
        let reason = match &delivery.status {
            Status::Skipped(skip) => Some(Skip::code(*skip).to_owned()),
            Status::Failed(reason) => Some(reason.as_str().to_owned()),
            Status::Queued | Status::Sent | Status::Delivered | Status::Read => None,
        };
        Self {
            channel: delivery.channel.code(),
            status: delivery.status.code(),
            reason,
            attempts: delivery.attempts,
            sent_at: text(delivery.times.sent_at),
            delivered_at: text(delivery.times.delivered_at),
            read_at: text(delivery.times.read_at),
        }
    }
}

#[cfg(test)]
mod tests;
