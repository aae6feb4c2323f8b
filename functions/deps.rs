//! What a handler works with. The same for every function; what is not among a function's needs
//! is not configured, and says so when it is used.

use crate::{
    access::Access,
    api::sha256_hex,
    clock::Clock,
    config::{Places, Settings},
    notices::clients::Clients,
    outlets::{AwsOutlets, Outlets},
    tally::Tally,
};
use domain::{
    identity::Phone,
    notice::suppression::AddressHash,
    rules::{NoticeRules, Rules},
};
use lambda::{
    App, BoxError, StartError,
    auth::{KeySet, Verifier},
    http::cursor::Cursors,
    secrets::Secrets,
    setting_or,
};
use providers::{
    call::{Http, Timeouts},
    email::sns,
    files::{Bucket, Signer},
    llm,
    messaging::{sms, whatsapp},
    razorpay, razorpayx,
    secret::Secret,
    signature,
};
use serde::Deserialize;
use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};
use store::Store;

pub struct Deps {
    pub store: Store,
    pub clock: Clock,
    pub outlets: Arc<dyn Outlets>,
    pub secrets: Secrets,
    pub settings: Settings,
    pub rules: Rules,
    pub notice_rules: NoticeRules,
    pub places: Places,
    pub(crate) tally: Tally,
    signer: Option<Signer>,
    http: OnceLock<Http>,
    ses_topic: OnceLock<sns::Verifier>,
    pub(crate) clients: Clients,
    pub(crate) access: Access,
}

/// A provider's keys, as the secret has them.
#[derive(Deserialize)]
pub struct GatewaySecret {
    pub key_id: String,
    pub key_secret: String,
    pub webhook_secret: String,
    #[serde(default)]
    pub webhook_secret_previous: Option<String>,
    /// Of payouts only.
    #[serde(default)]
    pub account_number: String,
}

#[derive(Deserialize)]
pub struct PepperSecret {
    pub phone: String,
    pub otp: String,
    pub cursor: String,
}

impl PepperSecret {
    /// The keyed hash under which a phone is found.
    pub fn phone_hash(&self, phone: &Phone) -> String {
        sha256_hex(format!("{}:{}", self.phone, phone.e164()).as_bytes())
    }

    /// The same of a mailbox, by [`providers::email::EmailAddress::mailbox_key`].
    pub fn email_hash(&self, mailbox_key: &str) -> AddressHash {
        AddressHash::new(sha256_hex(format!("{}:email:{mailbox_key}", self.phone).as_bytes()))
    }
}

#[derive(Deserialize)]
struct MessagingSecret {
    sms_key: String,
    #[serde(default = "no_entity")]
    sms_entity_id: String,
    whatsapp_token: String,
    whatsapp_phone_number_id: String,
}

/// Access to language models. They are withdrawn every few months: which ones is configuration.
#[derive(Deserialize)]
struct LlmSecret {
    /// Empty where there is none: the assistant then understands by itself.
    #[serde(default)]
    key: String,
    #[serde(default)]
    chat_models: Vec<String>,
    #[serde(default)]
    speech_model: String,
}

/// The DLT entity id of a deployment that has not been registered: the local cloud's.
fn no_entity() -> String {
    "1101000000000000001".to_owned()
}

impl GatewaySecret {
    /// The webhook secret, and the one before it while a rotation is under way.
    pub fn webhook_secrets(&self) -> Result<signature::Secrets, BoxError> {
        rotating(&self.webhook_secret, self.webhook_secret_previous.as_deref())
    }
}

/// A secret that others sign with, and the one before it while a rotation is under way.
pub(crate) fn rotating(current: &str, previous: Option<&str>) -> Result<signature::Secrets, BoxError> {
    Ok(signature::Secrets::new(Secret::new(current)?, previous.map(Secret::new).transpose()?))
}

impl App for Deps {
    async fn start() -> Result<Self, StartError> {
        let aws = lambda::aws().await;
        let store = Store::new(
            aws_sdk_dynamodb::Client::new(&aws),
            setting_or("KAMAI_TABLE", "kamai"),
            setting_or("KAMAI_LIVE_TABLE", "kamai-live"),
        );
        let outlets = Arc::new(AwsOutlets::from_env(&aws)?);
        let region = aws.region().map(ToString::to_string);
        let signer = region.zip(aws.credentials_provider()).map(|(region, credentials)| Signer::new(region, credentials));
        let (secrets, settings) = (Secrets::from_service(&aws), Settings::from_env()?);
        Ok(Self { signer, ..Self::new(store, Clock::System, outlets, secrets, settings, Places::from_env()) })
    }
}

impl Deps {
    pub fn new(store: Store, clock: Clock, outlets: Arc<dyn Outlets>, secrets: Secrets, settings: Settings, places: Places) -> Self {
        let (rules, notice_rules) = (settings.rules(), settings.notice_rules());
        Self {
            store,
            clock,
            outlets,
            secrets,
            settings,
            rules,
            notice_rules,
            places,
            signer: None,
            tally: Tally::default(),
            http: OnceLock::new(),
            ses_topic: OnceLock::new(),
            clients: Clients::default(),
            access: Access::default(),
        }
    }

    /// Reaches providers by this client, and by none that is built when it is first needed.
    pub fn with_http(self, http: Http) -> Self {
        Self { http: OnceLock::from(http), ..self }
    }

    /// Has addresses of files signed by this signer.
    pub fn signed_by(self, signer: Signer) -> Self {
        Self { signer: Some(signer), ..self }
    }

    /// The name under which a secret lies.
    fn secret_name(name: &str) -> String {
        setting_or(&format!("KAMAI_SECRET_{}", name.to_uppercase()), &format!("kamai/{name}"))
    }

    /// Reads one of our secrets.
    pub async fn secret<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<T, BoxError> {
        Ok(self.secrets.json(&Self::secret_name(name)).await?)
    }

    pub async fn keys(&self) -> Result<KeySet, BoxError> {
        self.secret("tokens").await
    }

    pub async fn verifier(&self) -> Result<Verifier, BoxError> {
        Ok(Verifier::new(self.keys().await?, &self.places.issuer, &self.places.audience))
    }

    pub async fn pepper(&self) -> Result<PepperSecret, BoxError> {
        self.secret("pepper").await
    }

    /// The id of our number at Meta.
    pub async fn our_number(&self) -> Result<String, BoxError> {
        Ok(self.secret::<MessagingSecret>("messaging").await?.whatsapp_phone_number_id)
    }

    pub async fn cursors(&self) -> Result<Cursors, BoxError> {
        Ok(Cursors::new(self.pepper().await?.cursor.as_bytes()))
    }

    pub(crate) fn http(&self) -> Result<Http, BoxError> {
        if let Some(http) = self.http.get() {
            return Ok(http.clone());
        }
        // A call must end before its function does, or nobody writes down how it ended.
        let http = Http::new(Timeouts { connect: Duration::from_secs(2), total: Duration::from_secs(8) })?;
        Ok(self.http.get_or_init(|| http).clone())
    }

    /// Our own base URL, as others are given it, without a slash at its end.
    pub fn public_url(&self) -> Result<&str, BoxError> {
        let url = self.places.public_url.as_deref().ok_or("the setting KAMAI_PUBLIC_URL is missing")?;
        Ok(url.trim_end_matches('/'))
    }

    /// Believes what SNS posts of the topic that SES reports to; `None` where there is none.
    pub fn ses_topic(&self) -> Result<Option<sns::Verifier>, BoxError> {
        if let Some(topic) = self.ses_topic.get() {
            return Ok(Some(topic.clone()));
        }
        let Some(arn) = self.places.sns_topic_arn.as_deref() else { return Ok(None) };
        let topic = sns::Verifier::new(self.http()?, arn, self.places.sns_stand_in.as_deref())?;
        Ok(Some(self.ses_topic.get_or_init(|| topic).clone()))
    }

    pub async fn razorpay(&self) -> Result<(razorpay::Client, GatewaySecret), BoxError> {
        self.gateway("razorpay").await
    }

    /// The payout side: its client and our account there.
    pub async fn razorpayx(&self) -> Result<(razorpayx::Client, GatewaySecret), BoxError> {
        let (client, secret) = self.gateway("razorpayx").await?;
        Ok((razorpayx::Client::from(client), secret))
    }

    async fn gateway(&self, name: &str) -> Result<(razorpay::Client, GatewaySecret), BoxError> {
        let url = self.places.razorpay_url.as_deref().ok_or("the setting KAMAI_RAZORPAY_URL is missing")?;
        let secret: GatewaySecret = self.secret(name).await?;
        let client = razorpay::Client::with_http(self.http()?, &format!("{url}/v1"), &secret.key_id, Secret::new(&secret.key_secret)?)?;
        Ok((client, secret))
    }

    /// Where files lie that people send each other.
    pub fn files(&self) -> Result<Bucket, BoxError> {
        let url = self.places.files_url.as_deref().ok_or("the setting KAMAI_FILES_URL is missing")?;
        let signer = self.signer.clone().ok_or("there is nobody to sign addresses of files")?;
        Ok(Bucket::new(url, signer)?)
    }

    pub async fn sms(&self) -> Result<sms::Client, BoxError> {
        let url = self.places.sms_url.as_deref().ok_or("the setting KAMAI_SMS_URL is missing")?;
        let secret: MessagingSecret = self.secret("messaging").await?;
        Ok(sms::Client::with_http(self.http()?, url, &Secret::new(&secret.sms_key)?, &secret.sms_entity_id)?)
    }

    /// Language models, where this deployment has any.
    pub async fn llm(&self) -> Result<Option<llm::Client>, BoxError> {
        let Some(url) = self.places.llm_url.as_deref() else { return Ok(None) };
        let secret: LlmSecret = self.secret("llm").await?;
        if secret.key.is_empty() || secret.chat_models.is_empty() {
            return Ok(None);
        }
        let models = llm::Models { chat: secret.chat_models, speech: secret.speech_model };
        Ok(Some(llm::Client::with_http(self.http()?, url, Secret::new(&secret.key)?, models)?))
    }

    pub async fn whatsapp(&self) -> Result<whatsapp::Client, BoxError> {
        let url = self.places.whatsapp_url.as_deref().ok_or("the setting KAMAI_WHATSAPP_URL is missing")?;
        let secret: MessagingSecret = self.secret("messaging").await?;
        let token = Secret::new(&secret.whatsapp_token)?;
        let client = whatsapp::Client::with_http(self.http()?, url, whatsapp::API_VERSION, &secret.whatsapp_phone_number_id, token)?;
        Ok(match self.places.whatsapp_media.as_deref() {
            Some(origin) => client.with_media_origin(origin)?,
            None => client,
        })
    }
}
