//! Where secrets and outside services are.

use lambda::setting_or;

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
    /// Setu's gateway to aggregators, with its version.
    pub setu_url: Option<String>,
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
            setu_url: maybe("KAMAI_SETU_URL"),
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
