//! Settings that the infrastructure gives every function.

use crate::upi::App;
use domain::{
    identity::Role,
    notice::hours::Hours,
    rules::{NoticeRules, RateLimit, Rules},
};
use lambda::{StartError, setting_or};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

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

/// Who carries text messages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmsCarrier {
    /// A domestic provider, which takes the registry's data with each message.
    #[default]
    Dlt,
    Twilio,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateLimitSettings {
    pub hour: u32,
    pub day: u32,
}

/// From one full hour of a user's day to another.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoursSettings {
    pub from: Hour,
    pub to: Hour,
}

/// 0 to 23.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "i8")]
pub struct Hour(i8);

impl TryFrom<i8> for Hour {
    type Error = &'static str;
    fn try_from(hour: i8) -> Result<Self, Self::Error> {
        if (0..24).contains(&hour) { Ok(Self(hour)) } else { Err("an hour is from 0 to 23") }
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NoticeSettings {
    pub sms_carrier: SmsCarrier,
    pub wait_critical_s: Option<i64>,
    pub wait_high_s: Option<i64>,
    pub wait_normal_s: Option<i64>,
    pub unknown_s: Option<i64>,
    pub quick_tries: Option<u32>,
    pub patience_s: Option<i64>,
    pub retry_s: Option<i64>,
    pub tries_max: Option<u32>,
    pub promotional: Option<HoursSettings>,
    pub push_rate: Option<RateLimitSettings>,
    pub whatsapp_rate: Option<RateLimitSettings>,
    pub sms_rate: Option<RateLimitSettings>,
    pub email_rate: Option<RateLimitSettings>,
    pub devices_max: Option<usize>,
    pub campaign_recipients_max: Option<usize>,
    pub campaign_per_minute: Option<u32>,
    pub campaign_per_minute_max: Option<u32>,
    pub soft_bounces_max: Option<usize>,
    pub soft_bounce_window_s: Option<i64>,
    pub watched_attempts_min: Option<i64>,
    pub success_percent_min: Option<i64>,
    pub unreachable_reasons: Option<BTreeSet<String>>,
    pub twilio_balance_min: Option<i64>,
}

impl NoticeSettings {
    fn rules(&self) -> NoticeRules {
        let default = NoticeRules::default();
        let rate = |set: Option<RateLimitSettings>, default| set.map_or(default, |RateLimitSettings { hour, day }| RateLimit { hour, day });
        let promotional = self.promotional.map_or(default.promotional, |hours| Hours::new(hours.from.0, hours.to.0));
        NoticeRules {
            wait_critical_s: self.wait_critical_s.unwrap_or(default.wait_critical_s),
            wait_high_s: self.wait_high_s.unwrap_or(default.wait_high_s),
            wait_normal_s: self.wait_normal_s.unwrap_or(default.wait_normal_s),
            unknown_s: self.unknown_s.unwrap_or(default.unknown_s),
            quick_tries: self.quick_tries.unwrap_or(default.quick_tries),
            patience_s: self.patience_s.unwrap_or(default.patience_s),
            retry_s: self.retry_s.unwrap_or(default.retry_s),
            tries_max: self.tries_max.unwrap_or(default.tries_max),
            promotional,
            push_rate: rate(self.push_rate, default.push_rate),
            whatsapp_rate: rate(self.whatsapp_rate, default.whatsapp_rate),
            sms_rate: rate(self.sms_rate, default.sms_rate),
            email_rate: rate(self.email_rate, default.email_rate),
            devices_max: self.devices_max.unwrap_or(default.devices_max),
            campaign_recipients_max: self.campaign_recipients_max.unwrap_or(default.campaign_recipients_max),
            campaign_per_minute: self.campaign_per_minute.unwrap_or(default.campaign_per_minute),
            campaign_per_minute_max: self.campaign_per_minute_max.unwrap_or(default.campaign_per_minute_max),
            soft_bounces_max: self.soft_bounces_max.unwrap_or(default.soft_bounces_max),
            soft_bounce_window_s: self.soft_bounce_window_s.unwrap_or(default.soft_bounce_window_s),
            watched_attempts_min: self.watched_attempts_min.unwrap_or(default.watched_attempts_min),
            success_percent_min: self.success_percent_min.unwrap_or(default.success_percent_min),
            unreachable_reasons: self.unreachable_reasons.clone().map_or(default.unreachable_reasons, Arc::new),
            twilio_balance_min: self.twilio_balance_min.unwrap_or(default.twilio_balance_min),
            ..default
        }
    }
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

/// Where this function's secrets and outside services are. `None`: not among its needs.
#[derive(Debug, Clone, Default)]
pub struct Places {
    pub issuer: String,
    pub audience: String,
    pub razorpay_url: Option<String>,
    /// Of PhonePe's gateway, and of where it gives access tokens.
    pub phonepe_url: Option<String>,
    pub phonepe_token_url: Option<String>,
    pub sms_url: Option<String>,
    pub whatsapp_url: Option<String>,
    pub fcm_url: Option<String>,
    /// Where Google gives access tokens: the whole URL.
    pub fcm_token_url: Option<String>,
    /// The origin of the sandbox's push service. Only in the local cloud.
    pub webpush_local: Option<String>,
    /// The topic that SES reports to.
    pub sns_topic_arn: Option<String>,
    /// What the sandbox's SNS is found under, to its last slash. Only in the local cloud.
    pub sns_stand_in: Option<String>,
    pub twilio_url: Option<String>,
    pub twilio_lookups_url: Option<String>,
    /// Where the sandbox keeps what Meta would. Only in the local cloud.
    pub whatsapp_media: Option<String>,
    /// Of the language models, with the version.
    pub llm_url: Option<String>,
    /// Of the payer of bills, with the version.
    pub bills_url: Option<String>,
    /// Of the local cloud's demo bank, for us and for a browser.
    pub demo_bank_url: Option<String>,
    pub demo_bank_page_url: Option<String>,
    pub mono_url: Option<String>,
    /// Of the Account Aggregator, with its version; and where its customers consent, with `{handle}` and `{return_url}`.
    pub aggregator_url: Option<String>,
    pub aggregator_redirect: Option<String>,
    pub plaid_url: Option<String>,
    /// Of Uber's interface, and of where its drivers agree.
    pub uber_url: Option<String>,
    pub uber_auth_url: Option<String>,
    /// Descriptions of other platforms, as JSON (`docs/platforms.md`).
    pub platforms: Option<String>,
    /// Our own base URL, as others are given it: Twilio signs it, e-mails link to it.
    pub public_url: Option<String>,
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
            phonepe_url: maybe("KAMAI_PHONEPE_URL"),
            phonepe_token_url: maybe("KAMAI_PHONEPE_TOKEN_URL"),
            sms_url: maybe("KAMAI_SMS_URL"),
            whatsapp_url: maybe("KAMAI_WHATSAPP_URL"),
            fcm_url: maybe("KAMAI_FCM_URL"),
            fcm_token_url: maybe("KAMAI_FCM_TOKEN_URL"),
            webpush_local: maybe("KAMAI_WEBPUSH_LOCAL"),
            sns_topic_arn: maybe("KAMAI_SNS_TOPIC_ARN"),
            sns_stand_in: maybe("KAMAI_SNS_STAND_IN"),
            twilio_url: maybe("KAMAI_TWILIO_URL"),
            twilio_lookups_url: maybe("KAMAI_TWILIO_LOOKUPS_URL"),
            whatsapp_media: maybe("KAMAI_WHATSAPP_MEDIA"),
            llm_url: maybe("KAMAI_LLM_URL"),
            bills_url: maybe("KAMAI_BILLS_URL"),
            demo_bank_url: maybe("KAMAI_DEMO_BANK_URL"),
            demo_bank_page_url: maybe("KAMAI_DEMO_BANK_PAGE_URL"),
            aggregator_url: maybe("KAMAI_AGGREGATOR_URL"),
            aggregator_redirect: maybe("KAMAI_AGGREGATOR_REDIRECT"),
            mono_url: maybe("KAMAI_MONO_URL"),
            plaid_url: maybe("KAMAI_PLAID_URL"),
            uber_url: maybe("KAMAI_UBER_URL"),
            uber_auth_url: maybe("KAMAI_UBER_AUTH_URL"),
            platforms: maybe("KAMAI_PLATFORMS"),
            public_url: maybe("KAMAI_PUBLIC_URL"),
            files_url: maybe("KAMAI_FILES_URL"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
