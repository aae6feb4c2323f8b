//! Settings that the infrastructure gives every function.

use domain::{identity::Role, rules::Rules};
use lambda::{StartError, setting_or};
use serde::Deserialize;
use std::collections::BTreeMap;

/// `KAMAI_SETTINGS`, a JSON object; what it does not name keeps its default.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Amounts in paise, durations in seconds; see [`Rules`] for what each means.
    pub rules: RuleSettings,
    pub rates: RateSettings,
    /// Phones of staff, with the role that a log-in with them has.
    pub staff: BTreeMap<String, String>,
    /// Origins that a browser may open a socket from. Apps send none and are not asked.
    pub origins: Vec<String>,
}

/// How often something may be asked for within an hour, where no other time is named.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RateSettings {
    pub otp_per_phone: u64,
    pub otp_per_address: u64,
    /// Guesses of one-time passwords from one address.
    pub guesses_per_address: u64,
    /// Frames a second that a publication is told by, all its legs together. API Gateway throttles
    /// what an account posts and receives together.
    pub broadcast_per_s: u64,
}

impl Default for RateSettings {
    fn default() -> Self {
        Self { otp_per_phone: 10, otp_per_address: 60, guesses_per_address: 100, broadcast_per_s: 2_000 }
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RuleSettings {
    pub day_limit: Option<i64>,
    pub transfer_day_limit: Option<i64>,
    pub payee_day_limit: Option<i64>,
    pub payees_per_day_max: Option<usize>,
    pub first_payout_max: Option<i64>,
    pub cooling_s: Option<i64>,
    pub validation_deadline_s: Option<i64>,
    pub payout_fee: Option<i64>,
    pub order_max: Option<i64>,
}

impl Settings {
    pub fn from_env() -> Result<Self, StartError> {
        let text = setting_or("KAMAI_SETTINGS", "{}");
        serde_json::from_str(&text).map_err(|error| StartError::new("KAMAI_SETTINGS is not as it must be").caused_by(error))
    }

    pub fn rules(&self) -> Rules {
        let (set, default) = (&self.rules, Rules::default());
        Rules {
            day_limit: set.day_limit.unwrap_or(default.day_limit),
            transfer_day_limit: set.transfer_day_limit.unwrap_or(default.transfer_day_limit),
            payee_day_limit: set.payee_day_limit.unwrap_or(default.payee_day_limit),
            payees_per_day_max: set.payees_per_day_max.unwrap_or(default.payees_per_day_max),
            first_payout_max: set.first_payout_max.unwrap_or(default.first_payout_max),
            cooling_s: set.cooling_s.unwrap_or(default.cooling_s),
            validation_deadline_s: set.validation_deadline_s.unwrap_or(default.validation_deadline_s),
            payout_fee: set.payout_fee.unwrap_or(default.payout_fee),
            order_max: set.order_max.unwrap_or(default.order_max),
            ..default
        }
    }

    /// The role of a user: that of staff where the phone is listed, else the user's own.
    pub fn role_of(&self, phone: &str, own: Role) -> Role {
        self.staff.get(phone).and_then(|code| Role::from_code(code)).unwrap_or(own)
    }
}

/// Where this function's secrets and outside services are. `None`: not among its needs.
#[derive(Debug, Clone, Default)]
pub struct Places {
    pub issuer: String,
    pub audience: String,
    pub razorpay_url: Option<String>,
    pub sms_url: Option<String>,
    pub whatsapp_url: Option<String>,
    /// The address of the bucket, which its keys are appended to.
    pub files_url: Option<String>,
}

impl Places {
    pub fn from_env() -> Self {
        let maybe = |name: &str| Some(setting_or(name, "")).filter(|value| !value.is_empty());
        Self {
            issuer: setting_or("KAMAI_ISSUER", ""),
            audience: setting_or("KAMAI_AUDIENCE", "kamai"),
            razorpay_url: maybe("KAMAI_RAZORPAY_URL"),
            sms_url: maybe("KAMAI_SMS_URL"),
            whatsapp_url: maybe("KAMAI_WHATSAPP_URL"),
            files_url: maybe("KAMAI_FILES_URL"),
        }
    }
}
