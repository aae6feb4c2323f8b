//! The providers of notices, as this deployment is set up with them.

use crate::{config::SmsCarrier, deps::Deps};
use domain::notice::Channel;
use lambda::{BoxError, secrets::SecretError};
use providers::{
    call::Timeouts,
    email::{EmailAddress, smtp},
    messaging::{phone::E164, twilio},
    push::{fcm, web},
    secret::Secret,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// A call must end before its worker's lease on it does.
const SMTP_TIMEOUTS: Timeouts = Timeouts { connect: Duration::from_secs(3), total: Duration::from_secs(8) };

#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct PushSecret {
    pub vapid: VapidSecret,
    /// The file as it is downloaded from Google's console; without it, apps get no pushes.
    #[serde(default)]
    fcm_service_account: Option<Value>,
}

/// Source: `push.md`, B3. Another key invalidates all subscriptions.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct VapidSecret {
    pub public_key: String,
    private_key: String,
    subject: String,
}

#[derive(Clone, PartialEq, Eq, Deserialize)]
struct EmailSecret {
    /// `smtps://host:465`; see [`smtp::Server`].
    url: String,
    username: String,
    password: String,
    from: String,
    #[serde(default)]
    from_name: Option<String>,
    #[serde(default)]
    configuration_set: Option<String>,
    #[serde(default)]
    extra_root_pem: Option<String>,
}

/// Of the secret `twilio`, what we send with.
#[derive(Deserialize)]
struct TwilioSecret {
    account_sid: String,
    auth_token: String,
    /// A registered header, or a number.
    from: String,
    /// Our number on WhatsApp, where that is another.
    #[serde(default)]
    whatsapp_from: Option<String>,
    /// Picks one of its senders in the place of `from`.
    #[serde(default)]
    messaging_service_sid: Option<String>,
}

/// Pushes to browsers, and to apps where there is a Firebase project.
#[derive(Clone)]
pub struct Pushers {
    pub web: web::Client,
    pub fcm: Option<fcm::Client>,
    pub services: web::Services,
}

/// A mail server, and the domain that our mails are named in.
#[derive(Clone)]
pub struct Mailer {
    pub client: smtp::Client,
    pub domain: String,
}

/// Twilio, and who its messages come from.
pub struct Texter {
    pub client: twilio::Client,
    from: String,
    service: Option<String>,
}

impl Texter {
    pub fn sender(&self) -> twilio::Sender<'_> {
        self.service.as_deref().map_or(twilio::Sender::From(&self.from), twilio::Sender::Service)
    }
}

/// Clients that hold more than connections (tokens, certificates), kept as long as their secret stays as
/// it is.
#[derive(Default)]
pub(crate) struct Clients {
    pushers: Kept<PushSecret, Pushers>,
    mailer: Kept<EmailSecret, Mailer>,
}

pub(crate) struct Kept<S, C>(Mutex<Option<(S, C)>>);

impl<S, C> Default for Kept<S, C> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<S: PartialEq, C: Clone> Kept<S, C> {
    pub(crate) fn of(&self, secret: S, make: impl FnOnce(&S) -> Result<C, BoxError>) -> Result<C, BoxError> {
        // Whoever panicked here left a whole client, or none.
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some((known, client)) if *known == secret => Ok(client.clone()),
            _ => {
                let client = make(&secret)?;
                *kept = Some((secret, client.clone()));
                Ok(client)
            }
        }
    }
}

impl Deps {
    pub(crate) async fn push_secret(&self) -> Result<PushSecret, BoxError> {
        self.secret("push").await
    }

    /// The push services that we speak to.
    pub(crate) fn push_services(&self) -> Result<web::Services, BoxError> {
        let services = web::Services::default();
        Ok(match &self.places.webpush_local {
            Some(local) => services.with_local(local)?,
            None => services,
        })
    }

    pub(super) async fn pushers(&self) -> Result<Pushers, BoxError> {
        let http = self.http()?;
        self.clients.pushers.of(self.push_secret().await?, |secret| {
            let vapid = &secret.vapid;
            let vapid = web::Vapid::new(&vapid.public_key, &Secret::new(&vapid.private_key)?, &vapid.subject)?;
            let fcm = secret.fcm_service_account.as_ref().map(|file| -> Result<_, BoxError> {
                let account = fcm::ServiceAccount::from_json(&Secret::new(file.to_string())?)?;
                let url = self.places.fcm_url.as_deref().unwrap_or(fcm::BASE_URL);
                let token_url = self.places.fcm_token_url.as_deref().unwrap_or(fcm::TOKEN_URL);
                Ok(fcm::Client::with_http(http.clone(), url, token_url, account)?)
            });
            Ok(Pushers { web: web::Client::new(http, vapid), fcm: fcm.transpose()?, services: self.push_services()? })
        })
    }

    pub(super) async fn mailer(&self) -> Result<Mailer, BoxError> {
        self.clients.mailer.of(self.secret("email").await?, |secret: &EmailSecret| {
            let from = EmailAddress::parse(&secret.from)?;
            let domain = from.domain().to_owned();
            let client = smtp::Client::new(&smtp::Config {
                server: smtp::Server::parse(&secret.url)?,
                username: secret.username.clone(),
                password: Secret::new(&secret.password)?,
                from,
                from_name: secret.from_name.clone(),
                configuration_set: secret.configuration_set.clone(),
                extra_root_pem: secret.extra_root_pem.clone(),
                timeouts: SMTP_TIMEOUTS,
            })?;
            Ok(Mailer { client, domain })
        })
    }

    pub(crate) async fn texter(&self) -> Result<Texter, BoxError> {
        let url = self.places.twilio_url.as_deref().ok_or("the setting KAMAI_TWILIO_URL is missing")?;
        let lookups = self.places.twilio_lookups_url.as_deref().ok_or("the setting KAMAI_TWILIO_LOOKUPS_URL is missing")?;
        let secret: TwilioSecret = self.secret("twilio").await?;
        let credentials = (secret.account_sid.as_str(), Secret::new(&secret.auth_token)?);
        let client = twilio::Client::with_http(self.http()?, url, lookups, &secret.account_sid, credentials)?;
        Ok(Texter { client, from: secret.from, service: secret.messaging_service_sid })
    }

    /// Twilio, to answer those who write to our number on WhatsApp.
    pub(crate) async fn whatsapp_texter(&self) -> Result<Texter, BoxError> {
        let secret: TwilioSecret = self.secret("twilio").await?;
        let texter = self.texter().await?;
        Ok(Texter { from: secret.whatsapp_from.unwrap_or(secret.from), service: None, ..texter })
    }

    /// Channels that this deployment has no provider for. Of pushes, it is the device that says whose
    /// they are.
    pub(super) async fn closed_channels(&self) -> Vec<Channel> {
        let has_sms = match self.settings.notices.sms_carrier {
            SmsCarrier::Dlt => self.places.sms_url.is_some(),
            SmsCarrier::Twilio => self.places.twilio_url.is_some() && self.is_set_up::<TwilioSecret>("twilio").await,
        };
        let has =
            [(Channel::Whatsapp, self.places.whatsapp_url.is_some()), (Channel::Sms, has_sms), (Channel::Email, self.has_mail().await)];
        has.into_iter().filter(|(_, has)| !has).map(|(channel, _)| channel).collect()
    }

    pub(super) async fn has_mail(&self) -> bool {
        self.is_set_up::<EmailSecret>("email").await
    }

    /// Whether there is such a secret, or may be one: a store of secrets that does not answer now will
    /// later.
    async fn is_set_up<T: DeserializeOwned>(&self, secret: &str) -> bool {
        match self.secret::<T>(secret).await {
            Ok(_) => true,
            Err(error) => error.downcast_ref::<SecretError>().is_some_and(SecretError::retryable),
        }
    }
}

/// A phone as Twilio takes it.
pub(super) fn e164(phone: &domain::identity::Phone) -> Result<E164, BoxError> {
    Ok(E164::parse(phone.e164())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_is_kept_until_its_secret_changes() {
        let kept = Kept::<&str, u32>::default();
        assert_eq!(kept.of("a", |_| Ok(1)).unwrap(), 1);
        assert_eq!(kept.of("a", |_| Ok(2)).unwrap(), 1);
        assert!(kept.of("b", |_| Err("not one".into())).is_err());
        assert_eq!(kept.of("a", |_| Ok(3)).unwrap(), 1, "one that cannot be made takes nothing away");
        assert_eq!(kept.of("b", |_| Ok(4)).unwrap(), 4);
    }
}
