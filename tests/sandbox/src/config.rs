//! What the sandbox is told when it starts. Everything has a default, so a test names only what
//! it cares about.

use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use serde::Deserialize;

use account_aggregator::jws::Jwk;

use crate::account_aggregator::SigningKey;
use crate::messaging::people::Outcome;
use crate::push::accounts::ServiceAccount;
use crate::signing;

#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    pub razorpay: Razorpay,
    pub razorpayx: RazorpayX,
    pub phonepe: Phonepe,
    pub messaging: Messaging,
    pub push: Push,
    pub email: Email,
    pub llm: Llm,
    pub bills: Bills,
    pub banks: Banks,
    pub account_aggregator: AccountAggregator,
    pub setu: Setu,
    pub platforms: Platforms,
    pub timing: Timing,
    pub fees: Fees,
}

impl Config {
    /// # Errors
    ///
    /// When the file cannot be read, or says something that is not understood here.
    pub fn from_file(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("SANDBOX_CONFIG {}", path.display()))?;
        serde_json::from_str(&text).with_context(|| format!("SANDBOX_CONFIG {}", path.display()))
    }
}

/// The payment gateway's account.
#[derive(Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Razorpay {
    pub key_id: String,
    pub key_secret: String,
    pub webhook_secret: String,
    /// None, or empty: events are recorded and go nowhere until an address is set.
    pub webhook_url: Option<String>,
}

impl Default for Razorpay {
    fn default() -> Self {
        Self {
            key_id: "rzp_test_sandbox0000001".into(),
            key_secret: "razorpay-sandbox-key-secret".into(),
            webhook_secret: "razorpay-sandbox-webhook-secret".into(),
            webhook_url: None,
        }
    }
}

/// The account that payouts leave from.
#[derive(Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RazorpayX {
    pub key_id: String,
    pub key_secret: String,
    pub account_number: String,
    pub webhook_secret: String,
    pub webhook_url: Option<String>,
    /// In paise. The default is ten crore rupees.
    pub opening_balance: i64,
    /// Purposes and contact types that were added in the dashboard.
    pub custom_purposes: Vec<String>,
    pub custom_contact_types: Vec<String>,
}

impl Default for RazorpayX {
    fn default() -> Self {
        Self {
            key_id: "rzp_test_sandboxx000001".into(),
            key_secret: "razorpayx-sandbox-key-secret".into(),
            account_number: "7878780080316316".into(),
            webhook_secret: "razorpayx-sandbox-webhook-secret".into(),
            webhook_url: None,
            opening_balance: 10_000_000_000,
            custom_purposes: Vec::new(),
            custom_contact_types: Vec::new(),
        }
    }
}

/// PhonePe's payment gateway, and how its dashboard was told to send webhooks.
#[derive(Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Phonepe {
    pub client_id: String,
    pub client_secret: String,
    pub client_version: String,
    pub merchant_id: String,
    /// How long an access token is good for.
    pub token_seconds: i64,
    pub webhook_mode: PhonepeWebhooks,
    pub webhook_username: String,
    pub webhook_password: String,
    pub webhook_key_id: String,
    pub webhook_key: String,
    pub webhook_url: Option<String>,
}

/// What PhonePe puts above its webhooks.
#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhonepeWebhooks {
    /// A signature of the body.
    #[default]
    Hmac,
    /// A hash of the user name and password, whatever the body is.
    Sha,
}

impl Phonepe {
    /// What a new one of is what a rotation changes.
    pub fn webhook_secret(&self) -> &str {
        match self.webhook_mode {
            PhonepeWebhooks::Hmac => &self.webhook_key,
            PhonepeWebhooks::Sha => &self.webhook_password,
        }
    }

    pub fn key_id(&self) -> Option<String> {
        (self.webhook_mode == PhonepeWebhooks::Hmac).then(|| self.webhook_key_id.clone())
    }

    pub fn signature(&self, secret: &str, body: &str) -> String {
        match self.webhook_mode {
            PhonepeWebhooks::Hmac => signing::hmac_sha256_hex(secret, body.as_bytes()),
            PhonepeWebhooks::Sha => signing::sha256_hex(&format!("{}:{secret}", self.webhook_username)),
        }
    }
}

impl Default for Phonepe {
    fn default() -> Self {
        Self {
            client_id: "KAMAI_SANDBOX_260101".into(),
            client_secret: "phonepe-sandbox-client-secret".into(),
            client_version: "1".into(),
            merchant_id: "KAMAISANDBOX".into(),
            token_seconds: 3_600,
            webhook_mode: PhonepeWebhooks::default(),
            webhook_username: "kamai_webhooks".into(),
            webhook_password: "sandbox12345".into(),
            webhook_key_id: "wh_sandbox_1".into(),
            webhook_key: "phonepe-sandbox-checksum-key".into(),
            webhook_url: None,
        }
    }
}

#[derive(Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Messaging {
    pub sms_key: String,
    /// The DLT register. Empty: any template id is taken, and the text is not compared.
    pub sms_templates: Vec<SmsTemplate>,
    pub whatsapp_token: String,
    pub whatsapp_phone_number_id: String,
    /// Signs what Meta sends to us.
    pub whatsapp_app_secret: String,
    /// Where Meta's webhooks go. None, or empty: they are recorded and go nowhere.
    pub whatsapp_webhook_url: Option<String>,
    /// The business account of our number, and the number.
    pub whatsapp_account_id: String,
    pub whatsapp_number: String,
    /// How long the address of a file is good for.
    pub whatsapp_media_seconds: i64,
    pub twilio_account_sid: String,
    /// Also signs what Twilio sends to us.
    pub twilio_auth_token: String,
    /// Where Twilio takes messages to us; callbacks go where each message says.
    pub twilio_webhook_url: Option<String>,
    /// The number that people write to.
    pub twilio_number: String,
    /// In US dollars.
    pub twilio_balance: String,
    /// What becomes of messages to people of whom nothing else was told.
    pub usual_outcome: Outcome,
}

impl Default for Messaging {
    fn default() -> Self {
        Self {
            sms_key: "sms-sandbox-key".into(),
            sms_templates: Vec::new(),
            whatsapp_token: "whatsapp-sandbox-token".into(),
            whatsapp_phone_number_id: "277321005464405".into(),
            whatsapp_app_secret: "whatsapp-sandbox-app-secret".into(),
            whatsapp_webhook_url: None,
            whatsapp_account_id: "264937493375603".into(),
            whatsapp_number: "911122334455".into(),
            whatsapp_media_seconds: 300,
            twilio_account_sid: "AC00000000000000000000000000000001".into(),
            twilio_auth_token: "twilio-sandbox-auth-token".into(),
            twilio_webhook_url: None,
            twilio_number: "+911122334466".into(),
            twilio_balance: "250.00".into(),
            usual_outcome: Outcome::default(),
        }
    }
}

#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Push {
    /// The file of a Google service account, as its owner has it. None: accounts are made in the
    /// console, [`crate::push::accounts`].
    pub service_account: Option<ServiceAccount>,
}

/// Amazon SES, and the topic that it reports to.
#[derive(Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Email {
    /// Where mail is taken, in clear text. 0: a port that is free.
    pub smtp_port: u16,
    pub smtp_username: String,
    pub smtp_password: String,
    pub topic_arn: String,
    pub webhook_url: Option<String>,
    /// The URL that this server is reached at, which SNS' messages and the addresses of files name. None: where it listens.
    pub base_url: Option<String>,
}

impl Default for Email {
    fn default() -> Self {
        Self {
            smtp_port: 0,
            smtp_username: "AKIASANDBOX000000001".into(),
            smtp_password: "ses-sandbox-smtp-password".into(),
            topic_arn: "arn:aws:sns:ap-south-1:123456789012:ses-feedback".into(),
            webhook_url: None,
            base_url: None,
        }
    }
}

/// Groq: an organisation's key, and what it may use.
#[derive(Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Llm {
    pub key: String,
    pub chat_models: Vec<String>,
    pub speech_models: Vec<String>,
    /// Models that were withdrawn so lately that their name is still known.
    pub decommissioned_models: Vec<String>,
}

impl Default for Llm {
    fn default() -> Self {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Self {
            key: "gsk_sandbox".into(),
            chat_models: names(&["openai/gpt-oss-120b", "openai/gpt-oss-20b"]),
            speech_models: names(&["whisper-large-v3-turbo", "whisper-large-v3"]),
            decommissioned_models: names(&["mixtral-8x7b-32768"]),
        }
    }
}

/// Our account as an agent of Bharat Connect.
#[derive(Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Bills {
    pub client_id: String,
    pub client_secret: String,
    pub partner_id: String,
    pub agent_id: String,
    /// How long an access token is good for.
    pub token_seconds: i64,
    pub webhook_secret: String,
    pub webhook_url: Option<String>,
    /// Of the wallet that payments leave, in paise. The default is ten lakh rupees.
    pub opening_balance: i64,
}

impl Default for Bills {
    fn default() -> Self {
        Self {
            client_id: "bills-sandbox-client".into(),
            client_secret: "bills-sandbox-client-secret".into(),
            partner_id: "1598777023906449314".into(),
            agent_id: "AX01AI06INTU00000001".into(),
            token_seconds: 600,
            webhook_secret: "bills-sandbox-webhook-secret".into(),
            webhook_url: None,
            opening_balance: 100_000_000,
        }
    }
}

#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Banks {
    pub demo: DemoBank,
    pub plaid: Plaid,
    pub mono: Mono,
}

#[derive(Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DemoBank {
    pub client_id: String,
    pub client_secret: String,
    /// Where a person may be sent back to, to the letter. Empty: anywhere.
    pub redirect_uris: Vec<String>,
    /// How long a history takes after linking.
    pub preparing_ms: u64,
}

impl Default for DemoBank {
    fn default() -> Self {
        Self { client_id: "kamai".into(), client_secret: "demo-bank-sandbox-secret".into(), redirect_uris: Vec::new(), preparing_ms: 0 }
    }
}

#[derive(Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Plaid {
    pub client_id: String,
    pub secret: String,
    /// How long a history takes after linking.
    pub preparing_ms: u64,
    /// The most that a page holds, however many are asked for; 500 in life.
    pub page_entries_max: usize,
}

impl Default for Plaid {
    fn default() -> Self {
        Self { client_id: "5f0000000000000000000001".into(), secret: "plaid-sandbox-secret".into(), preparing_ms: 0, page_entries_max: 500 }
    }
}

#[derive(Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mono {
    pub secret: String,
    pub webhook_secret: String,
    pub webhook_mode: MonoWebhooks,
    pub webhook_url: Option<String>,
    /// How long an account's data take after linking.
    pub preparing_ms: u64,
}

/// What Mono puts above its webhooks; its sources contradict each other.
#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MonoWebhooks {
    #[default]
    SharedSecret,
    HmacSha512,
}

impl Default for Mono {
    fn default() -> Self {
        Self {
            secret: "test_sk_mono_sandbox".into(),
            webhook_secret: "mono-sandbox-webhook-secret".into(),
            webhook_mode: MonoWebhooks::default(),
            webhook_url: None,
            preparing_ms: 0,
        }
    }
}

/// The Account Aggregator, and the one who asks it for data.
#[derive(Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AccountAggregator {
    pub id: String,
    /// What stands behind the `@` of its customers' addresses.
    pub handle: String,
    /// `aa_api_key` of what it tells.
    pub api_key: String,
    /// Its RSA key in PKCS #8. None: one is made, and shown at `/aa/registry`.
    pub signing_key: Option<SigningKey>,
    /// Whether it signs in the encoding of RFC 7797 (`"b64": false`), or in the plain one.
    pub signs_unencoded: bool,
    /// Who asks: its id, its token, and its keys as the registry has them. More can be added at `/aa/registry`.
    pub fiu_id: String,
    pub client_api_key: String,
    pub fiu_keys: Vec<Jwk>,
    /// Below it are `/Consent/Notification` and `/FI/Notification`.
    pub notification_url: Option<String>,
}

impl Default for AccountAggregator {
    fn default() -> Self {
        Self {
            id: "AA-SANDBOX".into(),
            handle: "sandbox-aa".into(),
            api_key: "aa-sandbox-api-key".into(),
            signing_key: None,
            signs_unencoded: true,
            fiu_id: "FIU-KAMAI".into(),
            client_api_key: "fiu-sandbox-client-api-key".into(),
            fiu_keys: Vec::new(),
            notification_url: None,
        }
    }
}

/// One product at Setu's gateway to the aggregator.
#[derive(Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Setu {
    pub client_id: String,
    pub client_secret: String,
    pub product_instance_id: String,
    /// Where it tells what changed, with what its receiver knows it by; nobody is told without it.
    pub webhook_url: Option<String>,
}

impl Default for Setu {
    fn default() -> Self {
        Self {
            client_id: "kamai".into(),
            client_secret: "setu-sandbox-secret".into(),
            product_instance_id: "product-1".into(),
            webhook_url: None,
        }
    }
}

/// Our app at the gig platforms.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Platforms {
    pub uber: PlatformApp,
    /// At every other platform.
    pub feed: PlatformApp,
}

#[derive(Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PlatformApp {
    pub client_id: String,
    pub client_secret: String,
    /// A key of ours that reads every worker's feed. Uber has none.
    pub key: String,
    /// Where a worker may be sent back to, to the letter. Empty: anywhere.
    pub redirect_uris: Vec<String>,
    /// How long an access token is good for.
    pub token_seconds: i64,
}

impl Default for PlatformApp {
    fn default() -> Self {
        Self {
            client_id: "kamai".into(),
            client_secret: "platform-sandbox-client-secret".into(),
            key: "platform-sandbox-key".into(),
            redirect_uris: Vec::new(),
            token_seconds: 30 * 24 * 60 * 60,
        }
    }
}

/// A content template as it was registered on a DLT portal.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsTemplate {
    pub template_id: String,
    /// The six-letter header it was registered for.
    pub sender: String,
    /// Fixed text with tags such as `#numeric#` where the variables are.
    pub text: String,
}

/// How long things take, in milliseconds.
#[derive(Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Timing {
    /// From `processing` to what becomes of a payout.
    pub payout_ms: u64,
    /// The same for a payee that is `slow`.
    pub payout_slow_ms: u64,
    /// From `processed` to `reversed`.
    pub payout_reversal_ms: u64,
    pub validation_ms: u64,
    pub refund_ms: u64,
    /// From a mail's acceptance to what SES tells of it.
    pub email_ms: u64,
    /// From a request for data to the banks' answers.
    pub banks_ms: u64,
    /// From a payment's failure to its late authorisation.
    pub late_authorization_ms: u64,
    /// Between two statuses of a message, and before the first.
    pub message_ms: u64,
    /// From the question for a bill to the biller's answer.
    pub bill_fetch_ms: u64,
    /// From a bill's payment to what becomes of it.
    pub bill_ms: u64,
    /// The same for a customer whose payments take long.
    pub bill_slow_ms: u64,
    /// From a failure, or from a success that does not last, to the money's way back.
    pub bill_reversal_ms: u64,
    /// How long a request hangs whose payment is made untold.
    pub bill_timeout_ms: u64,
    /// From a complaint to its being assigned.
    pub complaint_ms: u64,
    /// What the first pause between two deliveries of a webhook lasts; each further pause is twice
    /// the one before. In life the first is a second, so a smaller number here speeds up the whole
    /// schedule, its 24 hours included.
    pub webhook_retry_base_ms: u64,
    /// How long a webhook's receiver may take.
    pub webhook_timeout_ms: u64,
    /// How often a webhook that waits for its provider's downtime to end looks whether it has.
    pub down_poll_ms: u64,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            payout_ms: 150,
            payout_slow_ms: 3_000,
            payout_reversal_ms: 150,
            validation_ms: 150,
            refund_ms: 150,
            email_ms: 150,
            banks_ms: 150,
            late_authorization_ms: 500,
            message_ms: 150,
            bill_fetch_ms: 150,
            bill_ms: 150,
            bill_slow_ms: 3_000,
            bill_reversal_ms: 150,
            bill_timeout_ms: 30_000,
            complaint_ms: 150,
            webhook_retry_base_ms: 1_000,
            webhook_timeout_ms: 5_000,
            down_poll_ms: 25,
        }
    }
}

impl Timing {
    pub fn webhook_timeout(&self) -> Duration {
        Duration::from_millis(self.webhook_timeout_ms)
    }
}

/// What the providers charge, in paise or in hundredths of a percent, taxes included.
#[derive(Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fees {
    pub payment_upi_bps: i64,
    pub payment_card_bps: i64,
    pub payout_upi: i64,
    pub payout_imps: i64,
    pub payout_neft: i64,
    pub payout_rtgs: i64,
    pub validation: i64,
}

impl Default for Fees {
    fn default() -> Self {
        Self {
            payment_upi_bps: 0,
            payment_card_bps: 200,
            payout_upi: 590,
            payout_imps: 590,
            payout_neft: 590,
            payout_rtgs: 590,
            validation: 354,
        }
    }
}

/// The part of a fee that is GST: 18 % on top of the net fee.
pub fn tax_within(fee: i64) -> i64 {
    (fee * 18 + 59) / 118
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tax_within_a_fee_is_what_the_sheet_shows() {
        assert_eq!(tax_within(590), 90);
        assert_eq!(tax_within(1062), 162);
        assert_eq!(tax_within(0), 0);
    }

    #[test]
    fn a_setting_that_is_not_known_is_refused() {
        assert!(serde_json::from_str::<Config>(r#"{"razorpay":{"key":"x"}}"#).is_err());
    }
}
