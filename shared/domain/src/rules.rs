//! The numbers that an operator may set: limits, fees and waiting times.

use crate::notice::hours::Hours;
use std::{collections::BTreeSet, sync::Arc};

/// All amounts in paise, all durations in seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// All that may leave a wallet in one day (India's midnight to midnight).
    pub day_limit: i64,
    /// Of it, by transfers to other users.
    pub transfer_day_limit: i64,
    /// Of it, to one payee or one other user.
    pub payee_day_limit: i64,
    /// Different payees in one day; bounds the counters that an account carries.
    pub payees_per_day_max: usize,
    /// Payees that wait for their validation at the same time, payouts that wait for one payee.
    pub waiting_payouts_max: usize,
    /// What a payee that was never paid may get at once; more waits for `cooling_s`.
    pub first_payout_max: i64,
    /// How long a first large payout waits, and can be cancelled.
    pub cooling_s: i64,
    /// How long a payout may wait for its payee's validation before it is given up.
    pub validation_deadline_s: i64,
    /// After how long a payout that the provider does not know is taken as never made.
    /// Source: `razorpay.md` section 5.4 (1 h).
    pub absent_payout_s: i64,
    /// Kamai's fee for a payout.
    pub payout_fee: i64,
    /// The longest that a transfer may be held.
    pub hold_s_max: i64,
    /// Lines of a batch.
    pub batch_lines_max: usize,
    /// The largest payment that an order may ask for. Source: `upi.md` (INR 1 lakh by UPI).
    pub order_max: i64,
    /// Within how long a payment may be refunded. Source: `razorpay.md` section 3 (6 months).
    pub refund_window_s: i64,
    /// Members of a room, and those of them that it may begin with (each is a row of one transaction).
    pub room_members_max: usize,
    pub room_first_members_max: usize,
    /// How long a room keeps what is written in it, and an ephemeral room. A room keeps to what it
    /// was made with.
    pub room_keeps_s: i64,
    pub ephemeral_room_keeps_s: i64,
    /// For how long a message may be edited.
    pub edit_s: i64,
    /// Files of one message.
    pub attachments_max: usize,
    /// Whom one user may have blocked.
    pub blocked_max: usize,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            day_limit: 20_000_000,          // INR 2 lakh
            transfer_day_limit: 10_000_000, // INR 1 lakh
            payee_day_limit: 10_000_000,    // INR 1 lakh
            payees_per_day_max: 20,
            waiting_payouts_max: 10,
            first_payout_max: 500_000, // INR 5,000
            cooling_s: 30 * 60,
            validation_deadline_s: 30 * 60,
            absent_payout_s: 60 * 60,
            payout_fee: 0,
            hold_s_max: 7 * 24 * 3600,
            batch_lines_max: 10_000,
            order_max: 10_000_000, // INR 1 lakh
            refund_window_s: 180 * 24 * 3600,
            room_members_max: 200,
            room_first_members_max: 50,
            room_keeps_s: 365 * 24 * 3600,
            ephemeral_room_keeps_s: 24 * 3600,
            edit_s: 24 * 3600,
            attachments_max: 10,
            blocked_max: 1_000,
        }
    }
}

/// How often a user may be told something by one channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    pub hour: u32,
    pub day: u32,
}

/// A device or an address that is gone; then by SMTP (`email-sms.md` A3), Meta's "permanent for recipient"
/// (`whatsapp.md` A9), and Twilio (`whatsapp.md` B5).
const UNREACHABLE: &[&str] = &[
    "gone", "550", "5.1.1", "131021", "131026", "131030", "131050", "131062", "131063", "137000", "21211", "21610", "21614", "30003",
    "30005", "30006", "63003", "63024",
];

/// What an operator may set of notices. All durations in seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRules {
    /// How long a channel that took a notice has until it must have arrived, before the next one is
    /// tried; what is not urgent stays with the first.
    pub wait_critical_s: i64,
    pub wait_high_s: i64,
    pub wait_normal_s: i64,
    /// How long a call with an unknown outcome waits for the provider's word.
    pub unknown_s: i64,
    /// For how long one worker has a call to itself. Longer than a provider's client waits; with
    /// `unknown_s` short enough that the ladder passes a silent provider within 30 s.
    pub attempt_lease_s: i64,
    /// How often a channel that is busy is called before the next one is tried. A critical notice
    /// moves on at once.
    pub quick_tries: u32,
    /// The longest that such a repetition waits; a provider that asks for more is passed over.
    pub patience_s: i64,
    /// The first pause between calls of a busy channel; each is four times as long as the one before.
    pub retry_s: i64,
    /// After how many calls in vain a channel has failed for good.
    pub tries_max: u32,
    /// When promotions may be sent, in the user's zone. Source: `email-sms.md` B1, unverified.
    pub promotional: Hours,
    pub push_rate: RateLimit,
    pub whatsapp_rate: RateLimit,
    pub sms_rate: RateLimit,
    pub email_rate: RateLimit,
    /// Devices of one user.
    pub devices_max: usize,
    /// Recipients of one campaign.
    pub campaign_recipients_max: usize,
    /// Recipients of a minute where a campaign does not say, and the most that one may ask for.
    pub campaign_per_minute: u32,
    pub campaign_per_minute_max: u32,
    /// Soft bounces within `soft_bounce_window_s` that suppress an address. Source: `email-sms.md` A3.
    pub soft_bounces_max: usize,
    pub soft_bounce_window_s: i64,
    /// Deliveries within a quarter of an hour from which on a provider is judged by them.
    pub watched_attempts_min: i64,
    /// How many of a hundred a provider must have taken, and not failed, so that nobody is called.
    pub success_percent_min: i64,
    /// Why deliveries fail for their reader's address, which says nothing of the provider.
    pub unreachable_reasons: Arc<BTreeSet<String>>,
    /// What is to be left at Twilio, in whole units of the account's currency.
    pub twilio_balance_min: i64,
}

impl Default for NoticeRules {
    fn default() -> Self {
        Self {
            wait_critical_s: 10,
            wait_high_s: 2 * 60,
            wait_normal_s: 10 * 60,
            unknown_s: 10,
            attempt_lease_s: 15,
            quick_tries: 2,
            patience_s: 10,
            retry_s: 2,
            tries_max: 5,
            promotional: Hours::new(10, 21),
            push_rate: RateLimit { hour: 20, day: 100 },
            whatsapp_rate: RateLimit { hour: 6, day: 20 },
            sms_rate: RateLimit { hour: 4, day: 10 },
            email_rate: RateLimit { hour: 6, day: 20 },
            devices_max: 10,
            campaign_recipients_max: 10_000,
            campaign_per_minute: 600,
            campaign_per_minute_max: 3_000,
            soft_bounces_max: 3,
            soft_bounce_window_s: 7 * 24 * 3600,
            watched_attempts_min: 20,
            success_percent_min: 90,
            unreachable_reasons: Arc::new(UNREACHABLE.iter().map(|reason| (*reason).to_owned()).collect()),
            twilio_balance_min: 50,
        }
    }
}
