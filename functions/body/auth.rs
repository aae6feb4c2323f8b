//! Log-in.

use super::common::PHONE;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OtpRequest {
    /// `+919812345678`.
    #[schemars(extend("pattern" = PHONE))]
    pub phone: String,
    #[serde(default)]
    pub channel: OtpChannel,
}

#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OtpChannel {
    #[default]
    Sms,
    Whatsapp,
}

impl From<OtpChannel> for domain::identity::OtpChannel {
    fn from(channel: OtpChannel) -> Self {
        match channel {
            OtpChannel::Sms => Self::Sms,
            OtpChannel::Whatsapp => Self::Whatsapp,
        }
    }
}

/// The same whether the phone is known or not.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChallengeBody {
    pub challenge_id: String,
    /// Seconds.
    pub expires_in: i64,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenRequest {
    pub challenge_id: String,
    /// Six digits.
    pub otp: String,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefreshRequest {
    pub refresh_token: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct TokenBody {
    pub access_token: String,
    pub refresh_token: String,
    pub token_type: &'static str,
    /// Of the access token, in seconds.
    pub expires_in: i64,
    pub user_id: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct TicketBody {
    /// Append as `?ticket=` to the socket's address; good once.
    pub ticket: String,
    /// Seconds.
    pub expires_in: i64,
}
