//! Settings that the infrastructure gives every function.

mod notices;
mod places;

pub use notices::{NoticeSettings, SmsCarrier};
pub use places::Places;

use crate::upi::App;
use domain::{
    identity::Role,
    rules::{NoticeRules, Rules},
};
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
    /// Durations in seconds; see [`NoticeRules`] for what each means.
    pub notices: NoticeSettings,
    /// Phones of staff, with the role that a log-in with them has.
    pub staff: BTreeMap<String, String>,
    /// Origins that a browser may open a socket from. Apps send none and are not asked.
    pub origins: Vec<String>,
    pub upi: UpiSettings,
    pub phonepe: PhonepeSettings,
    /// Where the banks are that users connect: ISO 3166-1, two capital letters.
    pub country: Country,
    /// Whom users write to about their data.
    pub contact: ContactSettings,
}

/// Whom users write to about their data: the law wants it published.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ContactSettings {
    pub name: String,
    pub email: String,
    pub phone: Option<String>,
    pub address: Option<String>,
    /// Within how many days we answer.
    pub answers_within_days: u32,
}

impl Default for ContactSettings {
    fn default() -> Self {
        let (name, email) = ("Grievance officer".to_owned(), "privacy@kamai.example".to_owned());
        Self { name, email, phone: None, address: None, answers_within_days: 30 }
    }
}

/// Our own UPI id, for links and QR codes that pay an order. It is of whoever collects for us.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct UpiSettings {
    /// None: there are no such links.
    pub vpa: Option<String>,
    /// What payers see; `Kamai` unless given.
    pub name: Option<String>,
    /// Four digits.
    pub merchant_code: Option<String>,
    /// In the place of those in `functions/upi/apps.json`.
    pub apps: Option<Vec<App>>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PhonepeSettings {
    /// Where a customer's browser goes after PhonePe's page; our own base URL unless given.
    pub return_url: Option<String>,
    /// How long an order can be paid; 20 minutes unless given.
    pub expire_after_s: Option<u32>,
}

/// ISO 3166-1, two capital letters.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Country(String);

impl Country {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Country {
    fn default() -> Self {
        Self("IN".to_owned())
    }
}

impl TryFrom<String> for Country {
    type Error = &'static str;
    fn try_from(code: String) -> Result<Self, Self::Error> {
        let fits = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
        fits.then_some(Self(code)).ok_or("a country is two capital letters, such as `IN`")
    }
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

    pub fn notice_rules(&self) -> NoticeRules {
        self.notices.rules()
    }

    /// The role of a user: that of staff where the phone is listed, else the user's own.
    pub fn role_of(&self, phone: &str, own: Role) -> Role {
        self.staff.get(phone).and_then(|code| Role::from_code(code)).unwrap_or(own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{notice::hours::Hours, rules::RateLimit};

    #[test]
    fn what_is_not_set_keeps_its_default_and_what_is_unknown_is_refused() {
        let read = |text: &str| serde_json::from_str::<Settings>(text);
        assert_eq!(read("{}").unwrap().notice_rules(), NoticeRules::default());
        let set = read(r#"{"notices":{"wait_high_s":5,"sms_rate":{"hour":1,"day":2},"promotional":{"from":9,"to":20}}}"#).unwrap();
        let rules = set.notice_rules();
        assert_eq!((rules.wait_high_s, rules.sms_rate), (5, RateLimit { hour: 1, day: 2 }));
        assert_eq!(rules.promotional, Hours::new(9, 20));
        for bad in
            [r#"{"notices":{"wait":1}}"#, r#"{"notices":{"promotional":{"from":24,"to":1}}}"#, r#"{"notices":{"sms_carrier":"pigeon"}}"#]
        {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
