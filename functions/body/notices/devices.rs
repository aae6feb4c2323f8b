//! The devices that a user gets pushes on.

use crate::body::common::codes;
use domain::{
    id::DeviceId,
    notice::devices::{Device, PushAddress, PushKind},
};
use lambda::Problem;
use providers::push::web::{Services, Subscription, SubscriptionRefused};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A name as people give their devices.
const NAME: &str = r"^[^\x00-\x1f\x7f-\x9f]{1,60}$";
/// What an app is given by Google, or a browser by its maker.
const VISIBLE: &str = r"^[!-~]+$";

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
