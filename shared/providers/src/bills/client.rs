//! Reaching the provider: base URL, credentials, who we are on the network, and what statuses mean.

use std::collections::BTreeMap;

use reqwest::{Method, RequestBuilder};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::tokens::Login;
use crate::call::{Answer, CallError, Doubt, Endpoint, Http, SetupError, Timeouts, require};
use crate::secret::Secret;
use crate::tokens::{AccessToken, Tokens};

/// What the provider gave us when we were taken on.
#[derive(Debug, Clone)]
pub struct Setup<'a> {
    /// With the version: `https://coudc.setu.co/api/v2`.
    pub base_url: &'a str,
    pub client_id: &'a str,
    pub client_secret: Secret,
    /// `X-PARTNER-ID`.
    pub partner_id: &'a str,
    pub agent: Agent,
    /// What our wallet is called in the account details of a payment, 1 to 39 characters without `|`.
    pub wallet: &'a str,
}

/// Us as an agent institution. All of it is as it was registered, and is compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    pub id: String,
    /// Such as `INT`; a channel wants details of its own, `INT` the server's `ip` and `mac`.
    pub channel: String,
    /// `ip`, `mac`, `mobile`, `geocode`, `postalCode`, `terminalId`, `imei`, `os`, `app`, `ifsc`.
    #[serde(flatten)]
    pub details: BTreeMap<String, String>,
}

/// Our account at the provider. Keep one for as long as the process lives: clones share their
/// connections and the access token, a new one asks for another.
#[derive(Debug, Clone)]
pub struct Client {
    endpoint: Endpoint,
    tokens: Tokens<Login>,
    partner_id: String,
    pub(super) agent: Agent,
    pub(super) wallet: String,
}

/// Every answer: `{"data", "success", "traceId"}`.
#[derive(Deserialize)]
struct Envelope<T> {
    data: T,
}

/// What an asynchronous request is answered with.
#[derive(Deserialize)]
pub(super) struct Reference {
    #[serde(rename = "refId")]
    pub(super) ref_id: String,
}

#[derive(Serialize)]
pub(super) struct ByReference<'a> {
    #[serde(rename = "refId")]
    pub(super) ref_id: &'a str,
}

impl Client {
    /// A client of its own, with the default [`Timeouts`].
    ///
    /// # Errors
    ///
    /// [`SetupError`] where the configuration cannot work.
    pub fn new(setup: Setup<'_>) -> Result<Self, SetupError> {
        Self::with_http(Http::new(Timeouts::default())?, setup)
    }

    /// A client on connections and time limits that it shares with others.
    ///
    /// # Errors
    ///
    /// [`SetupError`] where the configuration cannot work.
    pub fn with_http(http: Http, setup: Setup<'_>) -> Result<Self, SetupError> {
        for (given, what) in [
            (setup.client_id, "the bill provider's client id"),
            (setup.partner_id, "the bill provider's partner id"),
            (&setup.agent.id, "the bill agent's id"),
            (&setup.agent.channel, "the bill agent's channel"),
            (setup.wallet, "the wallet's name"),
        ] {
            if given.is_empty() {
                return Err(SetupError::Missing(what));
            }
        }
        if !setup.partner_id.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(SetupError::Unusable("the bill provider's partner id"));
        }
        if setup.wallet.chars().count() > 39 || setup.wallet.contains('|') {
            return Err(SetupError::Unusable("the wallet's name"));
        }
        let endpoint = Endpoint::new(http, setup.base_url)?;
        let login = Login { endpoint: endpoint.clone(), client_id: setup.client_id.to_owned(), client_secret: setup.client_secret };
        let tokens = Tokens::new(login);
        Ok(Self { endpoint, tokens, partner_id: setup.partner_id.to_owned(), agent: setup.agent, wallet: setup.wallet.to_owned() })
    }

    pub(super) async fn get<T: DeserializeOwned>(&self, path: &[&str], query: &[(&str, &str)], now: i64) -> Result<T, CallError> {
        read(self.ask(now, || self.endpoint.request(Method::GET, path).query(query)).await?)
    }

    pub(super) async fn post<T: DeserializeOwned>(&self, path: &[&str], body: &impl Serialize, now: i64) -> Result<T, CallError> {
        read(self.exchange(path, body, now).await?)
    }

    pub(super) async fn exchange(&self, path: &[&str], body: &impl Serialize, now: i64) -> Result<Answer, CallError> {
        self.ask(now, || self.endpoint.request(Method::POST, path).json(body)).await
    }

    async fn ask(&self, now: i64, request: impl Fn() -> RequestBuilder) -> Result<Answer, CallError> {
        let signed = |token: &AccessToken| request().bearer_auth(token.expose()).header("X-PARTNER-ID", &self.partner_id);
        self.tokens.send(&self.endpoint, now, signed).await
    }
}

/// The answer's `data`, where it is a success.
pub(super) fn read<T: DeserializeOwned>(answer: Answer) -> Result<T, CallError> {
    answer.read::<Envelope<T>>().map(|envelope| envelope.data).map_err(suspect)
}

/// Takes a 4xx for what it may be: no refusal, where the provider blames itself or the network; and
/// a key that was used before, where it speaks of a duplicate. \[U\]: which status each of these
/// comes with.
fn suspect(error: CallError) -> CallError {
    let CallError::Refused { status, code: Some(code), .. } = &error else { return error };
    match code.as_str() {
        "internal-error" | "core-banking-error" | "npci-connectivity-timeout" | "bank-connectivity-timeout" => {
            CallError::Unknown { why: Doubt::ProviderFault(*status) }
        }
        code if code.starts_with("duplicate-") => CallError::Unknown { why: Doubt::KeyReused },
        _ => error,
    }
}

/// Refuses what cannot be a reference of theirs, and so was never one.
pub(super) fn require_ref(ref_id: &str, field: &'static str) -> Result<(), CallError> {
    let fits = (1..=64).contains(&ref_id.len()) && ref_id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    require(fits, field, "is not a reference")
}

#[cfg(test)]
pub(super) mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::test_server::TestServer;

    pub(crate) const NOW: i64 = 1_790_000_000;
    pub(crate) const TOKEN: &str = r#"{"expiresIn":600,"token":"t0k3n","success":true,"traceId":"T1"}"#;

    pub(crate) fn setup(base_url: &str) -> Setup<'_> {
        let details = [("ip", "203.0.113.7"), ("mac", "48-4D-7E-CB-DB-6F")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        Setup {
            base_url,
            client_id: "kamai",
            client_secret: Secret::new("s3cret").unwrap(),
            partner_id: "1598777023906449314",
            agent: Agent { id: "AX01AI06512391457204".to_owned(), channel: "INT".to_owned(), details: details.into() },
            wallet: "Kamai",
        }
    }

    pub(crate) fn client(base_url: &str) -> Client {
        let timeouts = Timeouts { connect: std::time::Duration::from_secs(2), total: std::time::Duration::from_millis(300) };
        Client::with_http(Http::new(timeouts).unwrap(), setup(base_url)).unwrap()
    }

    /// A server that hands out a token first.
    pub(crate) async fn answering(answers: &[(u16, &str)]) -> TestServer {
        let mut all = vec![(200, TOKEN)];
        all.extend_from_slice(answers);
        TestServer::answering_in_turn(&all).await
    }

    #[tokio::test]
    async fn a_call_says_who_we_are_and_a_token_serves_many() {
        let server = answering(&[(200, r#"{"data":1,"success":true}"#)]).await;
        let client = client(server.url());
        for _ in 0..2 {
            assert_eq!(client.post::<i64>(&["bbps", "x"], &json!({}), NOW).await, Ok(1));
        }
        let seen = server.requests();
        assert_eq!((seen[0].target.as_str(), seen[0].json()), ("/auth/token", json!({"clientID": "kamai", "secret": "s3cret"})));
        assert_eq!((seen.len(), seen[2].target.as_str()), (3, "/bbps/x"));
        assert_eq!((seen[2].header("authorization"), seen[2].header("x-partner-id")), ("Bearer t0k3n", "1598777023906449314"));
        client.post::<i64>(&["bbps", "x"], &json!({}), NOW + 540).await.unwrap_err();
        assert_eq!(server.requests()[3].target, "/auth/token", "a token that ends within a minute is not used");
    }

    #[tokio::test]
    async fn a_refused_token_is_replaced_once() {
        let server = answering(&[(401, "{}"), (200, TOKEN), (200, r#"{"data":1}"#)]).await;
        assert_eq!(client(server.url()).post::<i64>(&["x"], &json!({}), NOW).await, Ok(1));
        let locked_out = answering(&[(401, "{}"), (200, TOKEN), (401, "{}")]).await;
        let error = client(locked_out.url()).post::<i64>(&["x"], &json!({}), NOW).await.unwrap_err();
        assert!(error.certainly_nothing_happened() && error.retryable(), "we are refused, and not what was asked for");
        assert_eq!(locked_out.requests().len(), 4);
    }

    #[tokio::test]
    async fn without_a_token_nothing_was_sent() {
        for (status, retryable) in [(500, true), (429, true), (400, false)] {
            let server = TestServer::answering(status, r#"{"error":{"code":"invalid-credentials"}}"#).await;
            let error = client(server.url()).post::<Value>(&["x"], &json!({}), NOW).await.unwrap_err();
            assert!(error.certainly_nothing_happened(), "{status}: {error}");
            assert_eq!(error.retryable(), retryable, "{status}");
            assert_eq!(server.only_request().target, "/auth/token");
        }
    }

    #[tokio::test]
    async fn a_refusal_that_blames_the_network_is_none() {
        for (code, why) in [
            ("npci-connectivity-timeout", Doubt::ProviderFault(400)),
            ("internal-error", Doubt::ProviderFault(400)),
            ("duplicate-ref-id", Doubt::KeyReused),
        ] {
            let server = answering(&[(400, &format!(r#"{{"error":{{"code":"{code}","message":"m"}},"success":false}}"#))]).await;
            let error = client(server.url()).post::<Value>(&["x"], &json!({}), NOW).await.unwrap_err();
            assert_eq!(error, CallError::Unknown { why });
        }
        let server = answering(&[(400, r#"{"error":{"code":"invalid-amount","message":"m"},"success":false}"#)]).await;
        let error = client(server.url()).post::<Value>(&["x"], &json!({}), NOW).await.unwrap_err();
        assert!(error.certainly_nothing_happened());
    }

    #[test]
    fn a_client_needs_all_that_it_was_given_and_does_not_print_its_secret() {
        let base = "https://coudc.setu.co/api/v2";
        let broken = |change: fn(&mut Setup<'_>)| {
            let mut setup = setup(base);
            change(&mut setup);
            Client::new(setup).unwrap_err()
        };
        assert!(matches!(broken(|setup| setup.client_id = ""), SetupError::Missing(_)));
        assert!(matches!(broken(|setup| setup.partner_id = "kamai"), SetupError::Unusable(_)));
        assert!(matches!(broken(|setup| setup.agent.id.clear()), SetupError::Missing(_)));
        assert!(matches!(broken(|setup| setup.wallet = "Kamai|9"), SetupError::Unusable(_)));
        assert!(!format!("{:?} {:?}", setup(base), Client::new(setup(base)).unwrap()).contains("s3cret"));
    }
}
