//! The providers of notices, as this deployment is set up with them.

use crate::deps::Deps;
use lambda::BoxError;
use providers::{
    call::Timeouts,
    email::{EmailAddress, smtp},
    messaging::{phone::E164, twilio},
    push::{fcm, web},
    secret::Secret,
};
use serde::Deserialize;
use serde_json::Value;
use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// A call must end before its worker's lease on it does.
const SMTP_TIMEOUTS: Timeouts = Timeouts { connect: Duration::from_secs(3), total: Duration::from_secs(8) };

/// Source: `push.md`, B3. Another key invalidates all subscriptions.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct PushSecret {
    pub vapid_public_key: String,
    vapid_private_key: String,
    vapid_subject: String,
    /// The file as it is downloaded from Google's console; without it, apps get no pushes.
    #[serde(default)]
    fcm_service_account: Option<Value>,
}

#[derive(Clone, PartialEq, Eq, Deserialize)]
struct EmailSecret {
    smtp_username: String,
    smtp_password: String,
    from: String,
    #[serde(default)]
    from_name: Option<String>,
    #[serde(default)]
    configuration_set: Option<String>,
}

/// Of the secret `messaging`, what we send by Twilio with.
#[derive(Deserialize)]
struct TwilioSecret {
    twilio_account_sid: String,
    twilio_auth_token: String,
    /// A registered header, a number, or a messaging service (`MG…`).
    twilio_sender: String,
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
    pub sender: String,
}

impl Texter {
    pub fn sender(&self) -> twilio::Sender<'_> {
        if self.sender.starts_with("MG") { twilio::Sender::Service(&self.sender) } else { twilio::Sender::From(&self.sender) }
    }
}

/// Clients that hold more than connections (tokens, certificates), kept as long as their secret stays as
/// it is.
#[derive(Default)]
pub(crate) struct Clients {
    pushers: Kept<PushSecret, Pushers>,
    mailer: Kept<EmailSecret, Mailer>,
}

struct Kept<S, C>(Mutex<Option<(S, C)>>);

impl<S, C> Default for Kept<S, C> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<S: PartialEq, C: Clone> Kept<S, C> {
    fn of(&self, secret: S, make: impl FnOnce(&S) -> Result<C, BoxError>) -> Result<C, BoxError> {
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
        Ok(match &self.places.push_service_url {
            Some(local) => services.with_local(local)?,
            None => services,
        })
    }

    pub(super) async fn pushers(&self) -> Result<Pushers, BoxError> {
        let http = self.http()?;
        self.clients.pushers.of(self.push_secret().await?, |secret| {
            let private_key = Secret::new(&secret.vapid_private_key)?;
            let vapid = web::Vapid::new(&secret.vapid_public_key, &private_key, &secret.vapid_subject)?;
            let fcm = secret.fcm_service_account.as_ref().map(|file| -> Result<_, BoxError> {
                let account = fcm::ServiceAccount::from_json(&Secret::new(file.to_string())?)?;
                let local = self.places.fcm_url.as_deref();
                let token_url = local.map_or_else(|| fcm::TOKEN_URL.to_owned(), |url| format!("{url}/token"));
                Ok(fcm::Client::with_http(http.clone(), local.unwrap_or(fcm::BASE_URL), &token_url, account)?)
            });
            Ok(Pushers { web: web::Client::new(http, vapid), fcm: fcm.transpose()?, services: self.push_services()? })
        })
    }

    pub(super) async fn mailer(&self) -> Result<Mailer, BoxError> {
        let url = self.places.smtp_url.as_deref().ok_or("the setting KAMAI_SMTP_URL is missing")?;
        self.clients.mailer.of(self.secret("email").await?, |secret| {
            let from = EmailAddress::parse(&secret.from)?;
            let domain = from.domain().to_owned();
            let client = smtp::Client::new(&smtp::Config {
                server: smtp::Server::parse(url)?,
                username: secret.smtp_username.clone(),
                password: Secret::new(&secret.smtp_password)?,
                from,
                from_name: secret.from_name.clone(),
                configuration_set: secret.configuration_set.clone(),
                extra_root_pem: None,
                timeouts: SMTP_TIMEOUTS,
            })?;
            Ok(Mailer { client, domain })
        })
    }

    pub(super) async fn texter(&self) -> Result<Texter, BoxError> {
        let url = self.places.twilio_url.as_deref().ok_or("the setting KAMAI_TWILIO_URL is missing")?;
        let secret: TwilioSecret = self.secret("messaging").await?;
        let credentials = (secret.twilio_account_sid.as_str(), Secret::new(&secret.twilio_auth_token)?);
        // Numbers are looked up nowhere here, so one URL will do.
        let client = twilio::Client::with_http(self.http()?, url, url, &secret.twilio_account_sid, credentials)?;
        Ok(Texter { client, sender: secret.twilio_sender })
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
