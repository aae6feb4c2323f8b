//! Sending, over SMTP.
//!
//! Source: `email-sms.md`, A1 and A2. lettre composes and speaks; the steps are taken here one by
//! one, because what a failure means depends on the step: before the message has begun to leave
//! nothing was sent, after that an answer that is lost leaves it open.
//!
//! A connection carries one mail. A frozen Lambda does not see its connections die, and one that
//! breaks under a message makes its outcome unknown; a new handshake is cheaper.
//!
//! Implicit TLS (port 465 or 2465 of SES) is the mode to use: it has no step in clear text.

mod answer;
mod dialogue;
mod lockstep;
mod password;
mod server;

use std::fmt;

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use tokio::time::{Instant, timeout, timeout_at};

pub use answer::{Delay, EnhancedCode, OurFault, Reply, SendError, Stage};
pub use password::derive_ses_password;
pub use server::{Mode, Server};

use super::address::EmailAddress;
use super::message::{Email, Sender, wire_address};
use crate::call::{Doubt, SetupError, Timeouts};
use crate::secret::Secret;
use dialogue::Dialogue;

/// Where mail is handed in, and as whom.
#[derive(Debug, Clone)]
pub struct Config {
    pub server: Server,
    /// At SES the access key's id, and [`derive_ses_password`] of its secret.
    pub username: String,
    pub password: Secret,
    pub from: EmailAddress,
    /// The name beside the address.
    pub from_name: Option<String>,
    /// SES' name for where feedback on the mail goes.
    pub configuration_set: Option<String>,
    /// A certificate, in PEM, that is trusted as a root besides the system's.
    pub extra_root_pem: Option<String>,
    pub timeouts: Timeouts,
}

/// A mail that the server took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Ours, as it was given.
    pub message_id: super::MessageId,
    /// The server's, which its feedback names. None where it told none.
    pub provider_id: Option<String>,
}

/// An account at a mail server. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    server: Server,
    tls: Option<TlsParameters>,
    credentials: Credentials,
    hello: ClientId,
    sender: Sender,
    timeouts: Timeouts,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "smtp::Client({:?})", self.server)
    }
}

impl Client {
    /// # Errors
    ///
    /// [`SetupError`] where the configuration cannot work.
    pub fn new(config: &Config) -> Result<Self, SetupError> {
        if config.username.is_empty() {
            return Err(SetupError::Missing("the SMTP user name"));
        }
        if [&config.username, config.password.expose()].iter().any(|text| text.chars().any(char::is_control)) {
            return Err(SetupError::Unusable("the SMTP user name or password"));
        }
        let sender = Sender::new(&config.from, config.from_name.as_deref(), config.configuration_set.as_deref())
            .map_err(|invalid| SetupError::Unusable(invalid.field))?;
        let tls = match config.server.mode() {
            Mode::Implicit | Mode::StartTls => Some(tls(config)?),
            Mode::Plain => None,
        };
        Ok(Self {
            server: config.server.clone(),
            tls,
            credentials: Credentials::new(config.username.clone(), config.password.expose().to_owned()),
            hello: ClientId::Domain(config.from.domain().to_owned()),
            sender,
            timeouts: config.timeouts,
        })
    }

    /// Hands one mail in.
    ///
    /// Returns once the server has answered for it, which says that it will try, not that the mail
    /// arrives.
    ///
    /// # Errors
    ///
    /// [`SendError`], which says whether to try again and whether it may have been sent.
    pub async fn send(&self, email: &Email<'_>) -> Result<Accepted, SendError> {
        let message = email.compose(&self.sender)?;
        let recipient = wire_address(email.to, "to")?;
        let deadline = Instant::now() + self.timeouts.total;
        let too_late = |_| SendError::Later { why: Delay::Unreachable("no answer in time".to_owned()) };

        let opening = Dialogue::open(&self.server, self.tls.as_ref(), &self.hello);
        let mut dialogue = timeout(self.timeouts.connect, opening).await.map_err(too_late)??;
        let announcing = dialogue.announce(&self.credentials, self.sender.address(), recipient);
        timeout_at(deadline, announcing).await.map_err(too_late)??;
        let answer = timeout_at(deadline, dialogue.deliver(&message)).await;
        let provider_id = answer.map_err(|_| SendError::Unknown { why: Doubt::TimedOut })??;
        // The mail is the server's by now, whatever becomes of the parting word.
        let _ = timeout_at(deadline, dialogue.part()).await;
        Ok(Accepted { message_id: email.message_id.clone(), provider_id })
    }
}

fn tls(config: &Config) -> Result<TlsParameters, SetupError> {
    const EXTRA_ROOT: SetupError = SetupError::Unusable("the extra root certificate");
    let mut builder = TlsParameters::builder(config.server.host().to_owned());
    if let Some(pem) = &config.extra_root_pem {
        if !pem.contains("-----BEGIN CERTIFICATE-----") {
            return Err(EXTRA_ROOT);
        }
        builder = builder.add_root_certificate(Certificate::from_pem(pem.as_bytes()).map_err(|_| EXTRA_ROOT)?);
    }
    // What can fail is that certificate: of the system's, those that cannot be read are left out.
    builder.build().map_err(|_| EXTRA_ROOT)
}

#[cfg(test)]
mod test_server;
#[cfg(test)]
mod tests;
