//! How messages to people are sent.

use domain::{
    notice::hours::Hours,
    rules::{NoticeRules, RateLimit},
};
use serde::Deserialize;
use std::{collections::BTreeSet, sync::Arc};

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
    pub(super) fn rules(&self) -> NoticeRules {
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
