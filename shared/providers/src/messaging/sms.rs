//! SMS in India, through a domestic provider that takes the DLT data with each message.
//!
//! Source: `email-sms.md`, Part B. An operator passes only a text that equals a registered
//! template outside its variables, so the only way to a text here is
//! [`Registry::render`]; free text cannot be sent.
//!
//! The wire: `POST {base}/sms/messages` with the header `authkey` and the body
//! `{to, sender, template_id, entity_id, text}`, answered with `{message_id}`.

mod registry;
mod segments;
mod variables;

use reqwest::Method;
use reqwest::header::HeaderValue;
use serde::{Deserialize, Serialize};

pub use registry::{Category, Registry, RegistryError, RenderError, Rendered};
pub use segments::{Encoding, Segments, segments};
pub use variables::VariableType;

use crate::call::{CallError, Endpoint, Http, SetupError, Timeouts, require};
use crate::secret::Secret;

/// An account at the provider. Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct Client {
    endpoint: Endpoint,
    /// Marked sensitive, so it does not print.
    auth_key: HeaderValue,
    entity_id: String,
}

#[derive(Serialize)]
struct SendMessage<'a> {
    to: &'a str,
    sender: &'a str,
    template_id: &'a str,
    entity_id: &'a str,
    text: &'a str,
}

#[derive(Deserialize)]
struct Sent {
    message_id: String,
}

impl Client {
    /// A client of its own, with the default [`Timeouts`].
    ///
    /// `entity_id` is ours as a sender in the DLT registers ("Principal Entity").
    ///
    /// # Errors
    ///
    /// [`SetupError`] where the configuration cannot work.
    pub fn new(base_url: &str, auth_key: &Secret, entity_id: &str) -> Result<Self, SetupError> {
        Self::with_http(Http::new(Timeouts::default())?, base_url, auth_key, entity_id)
    }

    /// A client on connections and time limits that it shares with others.
    ///
    /// # Errors
    ///
    /// [`SetupError`] where the configuration cannot work.
    pub fn with_http(http: Http, base_url: &str, auth_key: &Secret, entity_id: &str) -> Result<Self, SetupError> {
        if entity_id.is_empty() {
            return Err(SetupError::Missing("the DLT entity id"));
        }
        let mut auth_key = HeaderValue::from_str(auth_key.expose()).map_err(|_| SetupError::Unusable("the SMS auth key"))?;
        auth_key.set_sensitive(true);
        let endpoint = Endpoint::new(http, base_url)?;
        Ok(Self { endpoint, auth_key, entity_id: entity_id.to_owned() })
    }

    /// Sends a rendered template to an Indian mobile number, `+91` and ten digits.
    ///
    /// Returns the provider's id of the message, which says that it was accepted, not that it
    /// arrived.
    ///
    /// # Errors
    ///
    /// [`CallError`]. Retrying one that does not say "certainly nothing" may send it twice.
    pub async fn send(&self, to: &str, message: &Rendered) -> Result<String, CallError> {
        require(indian_mobile(to), "to", "is not an Indian mobile number")?;
        let body = SendMessage {
            to,
            sender: message.header(),
            template_id: message.dlt_template_id(),
            entity_id: &self.entity_id,
            text: message.text(),
        };
        let request = self.endpoint.request(Method::POST, &["sms", "messages"]).header("authkey", self.auth_key.clone()).json(&body);
        let sent: Sent = self.endpoint.exchange(request).await?.read()?;
        Ok(sent.message_id)
    }
}

/// `^\+91[6-9]\d{9}$` (`email-sms.md`, Part C).
fn indian_mobile(number: &str) -> bool {
    let Some(digits) = number.strip_prefix("+91") else { return false };
    digits.len() == 10 && digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.starts_with(['6', '7', '8', '9'])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::test_server::{self, TestServer};

    fn client(base_url: &str) -> Client {
        Client::new(base_url, &Secret::new("k3y").unwrap(), "1101000000000000001").unwrap()
    }

    fn otp() -> Rendered {
        let values = [("otp", "482913"), ("minutes", "5")];
        Registry::built_in().unwrap().render("login_otp", "en", &values).unwrap()
    }

    #[tokio::test]
    async fn a_rendered_template_is_sent_with_its_dlt_data() {
        let server = TestServer::answering(200, r#"{"message_id":"sms_1"}"#).await;
        let id = client(server.url()).send("+919876543210", &otp()).await.unwrap();
        assert_eq!(id, "sms_1");
        let request = server.only_request();
        assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/sms/messages"));
        assert_eq!(request.header("authkey"), "k3y");
        assert_eq!(
            request.json(),
            json!({"to": "+919876543210", "sender": "KAMAIP",
                "template_id": otp().dlt_template_id(), "entity_id": "1101000000000000001",
                "text": otp().text()})
        );
    }

    #[tokio::test]
    async fn a_refusal_says_nothing_about_the_person() {
        let body = r#"{"error":{"code":"DLT_MISMATCH","message":"no template for 919876543210"}}"#;
        let server = TestServer::answering(400, body).await;
        let error = client(server.url()).send("+919876543210", &otp()).await.unwrap_err();
        let text = format!("{error} {error:?}");
        assert!(text.contains("DLT_MISMATCH") && !text.contains("9876543210"), "{text}");
        assert!(error.certainly_nothing_happened());
    }

    #[tokio::test]
    async fn other_outcomes_say_what_they_leave_open() {
        let broken = TestServer::answering(500, "").await;
        let error = client(broken.url()).send("+919876543210", &otp()).await.unwrap_err();
        assert!(!error.certainly_nothing_happened());
        let odd = TestServer::answering(200, "{}").await;
        let error = client(odd.url()).send("+919876543210", &otp()).await.unwrap_err();
        assert!(!error.certainly_nothing_happened());
        let closed = test_server::closed_port().await;
        let error = client(&closed).send("+919876543210", &otp()).await.unwrap_err();
        assert!(error.certainly_nothing_happened() && error.retryable());
    }

    #[tokio::test]
    async fn only_indian_mobile_numbers_are_written_to() {
        let server = TestServer::answering(200, "{}").await;
        for to in ["", "9876543210", "+915987654321", "+14158675309", "+9198765432100", "+91९८७६५४३२१०"] {
            let error = client(server.url()).send(to, &otp()).await.unwrap_err();
            assert!(!error.retryable(), "{to}");
        }
        assert!(server.requests().is_empty());
    }

    #[test]
    fn a_client_does_not_print_its_key() {
        assert!(!format!("{:?}", client("http://localhost:1")).contains("k3y"));
    }
}
