//! Reaching PhonePe: base URLs, credentials, and what its statuses mean.

use reqwest::{Method, RequestBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::tokens::Credentials;
use crate::call::{Answer, CallError, Doubt, Endpoint, Http, SetupError, require};
use crate::secret::Secret;
use crate::tokens::{AccessToken, Tokens};

/// What PhonePe gave us when we were taken on, and where it is.
#[derive(Debug, Clone)]
pub struct Setup<'a> {
    /// `https://api.phonepe.com/apis/pg`, or its sandbox's `https://api-preprod.phonepe.com/apis/pg-sandbox`.
    pub base_url: &'a str,
    /// `https://api.phonepe.com/apis/identity-manager`; the sandbox's is its base URL.
    pub token_url: &'a str,
    pub client_id: &'a str,
    pub client_secret: Secret,
    /// A number, as the dashboard shows it.
    pub client_version: &'a str,
}

/// Our account at PhonePe. Keep one for as long as the process lives: clones share their
/// connections and the access token, a new one asks for another.
#[derive(Debug, Clone)]
pub struct Client {
    endpoint: Endpoint,
    tokens: Tokens<Credentials>,
}

impl Client {
    /// A client on connections and time limits that it shares with others.
    ///
    /// # Errors
    ///
    /// [`SetupError`] where the configuration cannot work.
    pub fn with_http(http: Http, setup: Setup<'_>) -> Result<Self, SetupError> {
        if setup.client_id.is_empty() {
            return Err(SetupError::Missing("PhonePe's client id"));
        }
        if setup.client_version.is_empty() {
            return Err(SetupError::Missing("PhonePe's client version"));
        }
        let credentials = Credentials {
            endpoint: Endpoint::new(http.clone(), setup.token_url)?,
            client_id: setup.client_id.to_owned(),
            client_secret: setup.client_secret,
            client_version: setup.client_version.to_owned(),
        };
        Ok(Self { endpoint: Endpoint::new(http, setup.base_url)?, tokens: Tokens::new(credentials) })
    }

    pub(super) async fn get<T: DeserializeOwned>(&self, path: &[&str], query: &[(&str, &str)], now: i64) -> Result<T, CallError> {
        let request = || {
            let request = self.endpoint.request(Method::GET, path);
            if query.is_empty() { request } else { request.query(query) }
        };
        read(self.ask(now, request).await?)
    }

    pub(super) async fn post<T: DeserializeOwned>(&self, path: &[&str], body: &impl Serialize, now: i64) -> Result<T, CallError> {
        read(self.ask(now, || self.endpoint.request(Method::POST, path).json(body)).await?)
    }

    async fn ask(&self, now: i64, request: impl Fn() -> RequestBuilder) -> Result<Answer, CallError> {
        let signed = |token: &AccessToken| request().header("Authorization", format!("O-Bearer {}", token.expose()));
        self.tokens.send(&self.endpoint, now, signed).await
    }
}

/// Takes a 4xx that carries `INTERNAL_SERVER_ERROR` for what it may be: no refusal.
fn read<T: DeserializeOwned>(answer: Answer) -> Result<T, CallError> {
    answer.read().map_err(|error| match error {
        CallError::Refused { status, code: Some(code), .. } if code == "INTERNAL_SERVER_ERROR" => {
            CallError::Unknown { why: Doubt::ProviderFault(status) }
        }
        other => other,
    })
}

/// An answer, or nothing where PhonePe says that it has none of that id.
///
/// Source: PhonePe's "Check Payment Status", "Invalid order ID": `INVALID_MERCHANT_ORDER_ID`, with 400.
/// \[U\]: that the code of a refund is `INVALID_MERCHANT_REFUND_ID`. The status alone says too little:
/// a wrong URL is a 404 as well.
pub(super) fn found<T>(answer: Result<T, CallError>) -> Result<Option<T>, CallError> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(CallError::Refused { code: Some(code), .. })
            if matches!(code.as_str(), "INVALID_MERCHANT_ORDER_ID" | "INVALID_MERCHANT_REFUND_ID") =>
        {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Refuses what cannot be an id of ours, before it becomes part of a path. \[U\]: the limits.
pub(super) fn require_id(id: &str, field: &'static str) -> Result<(), CallError> {
    require(super::orders::is_id(id), field, "is not 1 to 63 of A-Z, a-z, 0-9, _ and -")
}

#[cfg(test)]
pub(super) mod tests {
    use std::time::Duration;

    use serde_json::{Value, json};

    use super::*;
    use crate::call::Timeouts;
    use crate::test_server::TestServer;

    pub(crate) const NOW: i64 = 1_795_000_000;

    pub(crate) fn token(value: &str) -> String {
        json!({ "access_token": value, "issued_at": NOW - 5, "expires_at": NOW - 5 + 1_000, "token_type": "O-Bearer", "encrypted": true })
            .to_string()
    }

    fn setup(base_url: &str) -> Setup<'_> {
        let client_secret = Secret::new("s3cret").unwrap();
        Setup { base_url, token_url: base_url, client_id: "KAMAI_2601", client_secret, client_version: "1" }
    }

    pub(crate) fn client(base_url: &str) -> Client {
        let timeouts = Timeouts { connect: Duration::from_secs(2), total: Duration::from_millis(300) };
        Client::with_http(Http::new(timeouts).unwrap(), setup(base_url)).unwrap()
    }

    /// A server that hands out a token first.
    pub(crate) async fn answering(answers: &[(u16, &str)]) -> TestServer {
        let token = token("t0k3n");
        let mut all = vec![(200, token.as_str())];
        all.extend_from_slice(answers);
        TestServer::answering_in_turn(&all).await
    }

    async fn ask(client: &Client, now: i64) -> Result<Value, CallError> {
        client.get(&["checkout", "v2", "order", "x", "status"], &[], now).await
    }

    #[tokio::test]
    async fn a_token_is_asked_for_by_a_form_and_serves_half_its_life() {
        let server = answering(&[(200, "{}")]).await;
        let client = client(server.url());
        for now in [NOW, NOW + 499] {
            ask(&client, now).await.unwrap();
        }
        let seen = server.requests();
        assert_eq!(seen.len(), 3);
        assert_eq!((seen[0].method.as_str(), seen[0].target.as_str()), ("POST", "/v1/oauth/token"));
        assert_eq!(seen[0].header("content-type"), "application/x-www-form-urlencoded");
        assert_eq!(&*seen[0].body, b"client_id=KAMAI_2601&client_secret=s3cret&client_version=1&grant_type=client_credentials");
        assert_eq!(seen[1].header("authorization"), "O-Bearer t0k3n");
        ask(&client, NOW + 500).await.unwrap();
        assert_eq!(server.requests()[3].target, "/v1/oauth/token", "half of it is over");
    }

    #[tokio::test]
    async fn a_token_serves_on_where_no_other_is_to_be_had_until_it_ends() {
        let server = answering(&[(200, "{}"), (500, "{}"), (200, "{}"), (500, "{}")]).await;
        let client = client(server.url());
        ask(&client, NOW).await.unwrap();
        ask(&client, NOW + 600).await.unwrap();
        assert_eq!(server.requests().len(), 4);
        let error = ask(&client, NOW + 970).await.unwrap_err();
        assert!(error.retryable() && error.certainly_nothing_happened(), "{error}");
    }

    #[tokio::test]
    async fn a_refused_token_is_replaced_once() {
        let second = token("second");
        let server = answering(&[(401, "{}"), (200, &second), (200, "{}")]).await;
        ask(&client(server.url()), NOW).await.unwrap();
        assert_eq!(server.requests()[3].header("authorization"), "O-Bearer second");
        let locked_out = answering(&[(401, "{}"), (200, &second), (401, "{}")]).await;
        let error = ask(&client(locked_out.url()), NOW).await.unwrap_err();
        assert!(error.certainly_nothing_happened() && error.retryable());
        assert_eq!(locked_out.requests().len(), 4);
    }

    #[tokio::test]
    async fn a_refusal_that_blames_the_provider_is_unknown() {
        let server = answering(&[(400, r#"{"success":false,"code":"INTERNAL_SERVER_ERROR","message":"m"}"#)]).await;
        let error = client(server.url()).post::<Value>(&["payments", "v2", "refund"], &json!({}), NOW).await.unwrap_err();
        assert_eq!(error, CallError::Unknown { why: Doubt::ProviderFault(400) });
    }

    #[test]
    fn a_client_needs_all_that_it_was_given_and_does_not_print_its_secret() {
        let http = || Http::new(Timeouts::default()).unwrap();
        let base = "https://api.phonepe.com/apis/pg";
        for broken in [Setup { client_id: "", ..setup(base) }, Setup { client_version: "", ..setup(base) }] {
            assert!(matches!(Client::with_http(http(), broken), Err(SetupError::Missing(_))));
        }
        for broken in [setup("http://api.phonepe.com"), Setup { token_url: "x", ..setup(base) }] {
            assert!(matches!(Client::with_http(http(), broken), Err(SetupError::BaseUrl(_))));
        }
        assert!(!format!("{:?}", Client::with_http(http(), setup(base)).unwrap()).contains("s3cret"));
    }
}
