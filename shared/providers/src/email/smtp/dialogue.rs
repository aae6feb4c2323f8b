//! The steps of handing one mail in, and what a failure of each means.

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::{Response, Severity};
use tokio::net::TcpStream;

use super::answer::{Delay, OurFault, SendError, Stage};
use super::lockstep::Lockstep;
use super::server::{Mode, Server};
use crate::call::Doubt;

const NO_ANSWER: &str = "the answer is none of SMTP's";

/// A conversation with a mail server.
pub(super) struct Dialogue(AsyncSmtpConnection);

impl Dialogue {
    /// Connects, encrypts unless the mode is plain, and greets.
    pub(super) async fn open(server: &Server, tls: Option<&TlsParameters>, hello: &ClientId) -> Result<Self, SendError> {
        let address = (server.host(), server.port());
        let connection = match (server.mode(), tls) {
            (Mode::Implicit, tls) => AsyncSmtpConnection::connect_tokio1(address, None, hello, tls.cloned(), None).await,
            (Mode::StartTls | Mode::Plain, _) => {
                let stream = TcpStream::connect(address).await.map_err(|error| unreachable(error.to_string()))?;
                AsyncSmtpConnection::connect_with_transport(Box::new(Lockstep::new(stream)), hello).await
            }
        };
        let mut dialogue = Self(connection.map_err(|error| not_sent(Stage::Greeting, &error))?);
        if let (Mode::StartTls, Some(tls)) = (server.mode(), tls) {
            if !dialogue.0.can_starttls() {
                return Err(SendError::Ours { why: OurFault::NoEncryption });
            }
            dialogue.0.starttls(tls.clone(), hello).await.map_err(|error| not_sent(Stage::Greeting, &error))?;
        }
        // What the modes promise, asked of the connection itself before a credential goes over it.
        if server.mode() != Mode::Plain && !dialogue.0.is_encrypted() {
            return Err(SendError::Ours { why: OurFault::NoEncryption });
        }
        Ok(dialogue)
    }

    /// Says who we are, and whom the mail is from and to. Until this is through nothing of the mail
    /// has left.
    pub(super) async fn announce(&mut self, credentials: &Credentials, from: Address, to: Address) -> Result<(), SendError> {
        if self.0.server_info().get_auth_mechanism(DEFAULT_MECHANISMS).is_none() {
            return Err(SendError::Ours { why: OurFault::NoAuthentication });
        }
        let said = self.0.auth(DEFAULT_MECHANISMS, credentials).await;
        said.map_err(|error| not_sent(Stage::Login, &error))?;
        let said = self.0.command(Mail::new(Some(from), Vec::new())).await;
        said.map_err(|error| not_sent(Stage::Sender, &error))?;
        let said = self.0.command(Rcpt::new(to, Vec::new())).await;
        said.map_err(|error| not_sent(Stage::Recipient, &error))?;
        let said = self.0.command(Data).await;
        said.map_err(|error| not_sent(Stage::Content, &error))?;
        Ok(())
    }

    /// Sends the mail, and gives the server's id of it where it tells one.
    pub(super) async fn deliver(&mut self, message: &[u8]) -> Result<Option<String>, SendError> {
        match self.0.message(message).await {
            Ok(answer) if answer.code().severity == Severity::PositiveCompletion => Ok(provider_id(&answer)),
            Ok(_) => Err(SendError::Unknown { why: Doubt::ConnectionBroke(NO_ANSWER.to_owned()) }),
            Err(error) => Err(refusal(Stage::Content, &error)
                .unwrap_or_else(|| SendError::Unknown { why: Doubt::ConnectionBroke(without_their_words(&error)) })),
        }
    }

    /// Says goodbye, and does not mind how it is taken.
    pub(super) async fn part(&mut self) {
        let _ = self.0.quit().await;
    }
}

/// The id in `250 Ok 0109018e…` (`email-sms.md`, A1). Other servers say other things.
fn provider_id(answer: &Response) -> Option<String> {
    let mut words = answer.first_line()?.split_ascii_whitespace();
    let is_ok = words.next()?.eq_ignore_ascii_case("ok");
    let id = words.next()?;
    let is_id = id.len() <= 128 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (is_ok && is_id && words.next().is_none()).then(|| id.to_owned())
}

/// What the server's own no means, where the error is one.
fn refusal(during: Stage, error: &Error) -> Option<SendError> {
    let code = error.status()?;
    let text = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    Some(SendError::refused(during, code.into(), &text))
}

/// An error before the mail had begun to leave.
fn not_sent(during: Stage, error: &Error) -> SendError {
    refusal(during, error).unwrap_or_else(|| unreachable(without_their_words(error)))
}

fn unreachable(text: String) -> SendError {
    SendError::Later { why: Delay::Unreachable(text) }
}

/// The error, but for what the server wrote, which may name the person.
fn without_their_words(error: &Error) -> String {
    if error.is_response() { NO_ANSWER.to_owned() } else { error.to_string() }
}
