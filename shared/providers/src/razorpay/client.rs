//! Reaching Razorpay: base URL, credentials, and what its statuses mean.

use reqwest::{Method, RequestBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::call::{CallError, Doubt, Endpoint, Http, SetupError, Timeouts};
use crate::secret::Secret;

/// A key pair at the provider. Cheap to clone; clones share their connections.
///
/// The same pair serves the payment gateway and RazorpayX (`razorpay.md`, section 1), so a
/// [`razorpayx::Client`](crate::razorpayx::Client) is made from one of these.
#[derive(Debug, Clone)]
pub struct Client {
    endpoint: Endpoint,
    key_id: String,
    key_secret: Secret,
}

impl Client {
    /// A client of its own, with the default [`Timeouts`].
    ///
    /// `base_url` includes the version: `https://api.razorpay.com/v1`.
    ///
    /// # Errors
    ///
    /// [`SetupError`] where the configuration cannot work.
    pub fn new(base_url: &str, key_id: &str, key_secret: Secret) -> Result<Self, SetupError> {
        Self::with_http(Http::new(Timeouts::default())?, base_url, key_id, key_secret)
    }

    /// A client on connections and time limits that it shares with others.
    ///
    /// # Errors
    ///
    /// [`SetupError`] where the configuration cannot work.
    pub fn with_http(http: Http, base_url: &str, key_id: &str, key_secret: Secret) -> Result<Self, SetupError> {
        if key_id.is_empty() {
            return Err(SetupError::Missing("the Razorpay key id"));
        }
        let endpoint = Endpoint::new(http, base_url)?;
        Ok(Self { endpoint, key_id: key_id.to_owned(), key_secret })
    }

    /// The secret that checkout signatures are made with.
    pub(super) fn key_secret(&self) -> &Secret {
        &self.key_secret
    }

    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &[&str], query: &[(&str, &str)]) -> Result<T, CallError> {
        let mut request = self.request(Method::GET, path);
        if !query.is_empty() {
            request = request.query(query);
        }
        self.answer(request).await
    }

    pub(crate) async fn post<T: DeserializeOwned>(&self, path: &[&str], body: &impl Serialize) -> Result<T, CallError> {
        self.answer(self.request(Method::POST, path).json(body)).await
    }

    /// As [`Self::post`], under an idempotency key.
    pub(crate) async fn post_once<T: DeserializeOwned>(
        &self,
        path: &[&str],
        (header, key): (&str, &str),
        body: &impl Serialize,
    ) -> Result<T, CallError> {
        let request = self.request(Method::POST, path).header(header, key).json(body);
        self.answer(request).await.map_err(suspect_key_reuse)
    }

    fn request(&self, method: Method, path: &[&str]) -> RequestBuilder {
        self.endpoint.request(method, path).basic_auth(&self.key_id, Some(self.key_secret.expose()))
    }

    async fn answer<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, CallError> {
        self.endpoint.exchange(request).await?.read().map_err(suspect_provider_fault)
    }
}

/// Takes a 4xx that carries `SERVER_ERROR` or `GATEWAY_ERROR` for what it may be: no refusal.
///
/// Source: `razorpay.md`, section 1: "Match on HTTP class first, `code` second".
fn suspect_provider_fault(error: CallError) -> CallError {
    match error {
        CallError::Refused { status, code: Some(code), .. } if matches!(code.as_str(), "SERVER_ERROR" | "GATEWAY_ERROR") => {
            CallError::Unknown { why: Doubt::ProviderFault(status) }
        }
        other => other,
    }
}

/// Takes a 400 that speaks of the idempotency key for what it says: an earlier call with this
/// key carried another body, and whatever that one did stands.
///
/// Source: `razorpay.md`, section 5.4: "Different request body sent for the same Idempotency
/// Header"; section 3 for refunds, whose text is not documented.
fn suspect_key_reuse(error: CallError) -> CallError {
    match &error {
        CallError::Refused { status: 400, description: Some(description), .. }
            if description.to_ascii_lowercase().contains("idempotency") =>
        {
            CallError::Unknown { why: Doubt::KeyReused }
        }
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::test_server::TestServer;

    fn client(server: &TestServer) -> Client {
        let secret = Secret::new("s3cret").unwrap();
        Client::new(&format!("{}/v1", server.url()), "rzp_test_1", secret).unwrap()
    }

    #[tokio::test]
    async fn a_call_carries_basic_credentials_spelled_as_the_provider_wants() {
        let server = TestServer::answering(200, "{}").await;
        client(&server).get::<Value>(&["orders"], &[("receipt", "a&b")]).await.unwrap();
        let request = server.only_request();
        assert_eq!((request.method.as_str(), request.target.as_str()), ("GET", "/v1/orders?receipt=a%26b"));
        assert_eq!(request.header("authorization"), "Basic cnpwX3Rlc3RfMTpzM2NyZXQ=");
    }

    #[tokio::test]
    async fn a_refusal_that_blames_the_provider_is_unknown() {
        let server = TestServer::answering(400, r#"{"error":{"code":"SERVER_ERROR"}}"#).await;
        let error = client(&server).post::<Value>(&["payouts"], &json!({})).await.unwrap_err();
        assert_eq!(error, CallError::Unknown { why: Doubt::ProviderFault(400) });
    }

    #[tokio::test]
    async fn a_reused_key_proves_nothing_about_the_first_call() {
        let body = r#"{"error":{"code":"BAD_REQUEST_ERROR",
            "description":"Different request body sent for the same Idempotency Header"}}"#;
        let server = TestServer::answering(400, body).await;
        let key = ("X-Payout-Idempotency", "key-1");
        let error = client(&server).post_once::<Value>(&["payouts"], key, &json!({})).await.unwrap_err();
        assert_eq!(error, CallError::Unknown { why: Doubt::KeyReused });
        assert!(!error.retryable() && !error.certainly_nothing_happened());
        assert_eq!(server.only_request().header("x-payout-idempotency"), "key-1");
    }

    #[test]
    fn a_client_does_not_print_its_secret() {
        let secret = Secret::new("s3cret").unwrap();
        let client = Client::new("https://api.razorpay.com/v1", "rzp_test_1", secret).unwrap();
        assert!(!format!("{client:?}").contains("s3cret"));
    }

    #[test]
    fn a_client_cannot_be_built_without_its_key() {
        let secret = Secret::new("s3cret").unwrap();
        let error = Client::new("https://api.razorpay.com/v1", "", secret).unwrap_err();
        assert!(matches!(error, SetupError::Missing(_)));
    }
}
