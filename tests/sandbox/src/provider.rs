//! Who is being played.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    Razorpay,
    Razorpayx,
    Phonepe,
    Sms,
    Whatsapp,
    Twilio,
    Fcm,
    Webpush,
    Ses,
    Groq,
    Bills,
    Demobank,
    Plaid,
    Mono,
    /// An Account Aggregator.
    Aa,
    Setu,
    Uber,
    /// Platforms that are configured.
    Feed,
}

impl Provider {
    pub fn sends_webhooks(self) -> bool {
        match self {
            Self::Razorpay
            | Self::Razorpayx
            | Self::Phonepe
            | Self::Whatsapp
            | Self::Twilio
            | Self::Ses
            | Self::Bills
            | Self::Aa
            | Self::Setu
            | Self::Plaid
            | Self::Mono => true,
            Self::Sms | Self::Fcm | Self::Webpush | Self::Groq | Self::Demobank | Self::Uber | Self::Feed => false,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Razorpay => "razorpay",
            Self::Razorpayx => "razorpayx",
            Self::Phonepe => "phonepe",
            Self::Sms => "sms",
            Self::Whatsapp => "whatsapp",
            Self::Twilio => "twilio",
            Self::Fcm => "fcm",
            Self::Webpush => "webpush",
            Self::Ses => "ses",
            Self::Groq => "groq",
            Self::Bills => "bills",
            Self::Demobank => "demobank",
            Self::Plaid => "plaid",
            Self::Mono => "mono",
            Self::Aa => "aa",
            Self::Setu => "setu",
            Self::Uber => "uber",
            Self::Feed => "feed",
        }
    }
}
