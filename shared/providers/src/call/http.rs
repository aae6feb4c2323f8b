//! The HTTP client that all providers share, and the place one of them is reached at.

use std::error::Error as _;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use reqwest::{Method, Request, RequestBuilder, Response, Url, redirect, retry};

use super::answer::{self, Answer};
use super::error::CallError;

/// How long a call may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// Until the connection stands, TLS included.
    pub connect: Duration,
    /// From the first byte sent to the last byte read.
    pub total: Duration,
}

impl Default for Timeouts {
    /// Three seconds to connect, ten in all: within a queue consumer's lease with room to
    /// record that the outcome is unknown.
    fn default() -> Self {
        Self { connect: Duration::from_secs(3), total: Duration::from_secs(10) }
    }
}

/// How long an idle connection is kept, at most.
///
/// A frozen Lambda does not see its connections die. One that is used again after that breaks
/// in the middle of a request, and a payout that might merely have been late becomes one whose
/// outcome is unknown; a new handshake is cheaper.
const IDLE_MAX: Duration = Duration::from_secs(20);

/// What takes requests to providers in place of the network, and keeps their time limits: a
/// simulated world.
pub trait Carrier: Send + Sync {
    fn carry(&self, request: Request) -> Pin<Box<dyn Future<Output = Result<Response, CallError>> + Send + '_>>;
}

/// The HTTP client; clones share its connections.
///
/// Building one reads the system's certificates, which takes milliseconds of a cold start: a
/// function that speaks to several providers builds one, and gives each client a clone.
#[derive(Clone)]
pub struct Http {
    client: reqwest::Client,
    carrier: Option<Arc<dyn Carrier>>,
}

/// The configuration cannot work. Found at start-up.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    #[error("the HTTP client cannot be built")]
    Client(#[source] reqwest::Error),
    #[error("the base URL is not one: {0}")]
    BaseUrl(&'static str),
    #[error("{0} is missing from the configuration")]
    Missing(&'static str),
    #[error("{0} cannot be put into HTTP")]
    Unusable(&'static str),
}

impl Http {
    /// Builds the client: no redirects (a repeated POST is ours to decide, and credentials go
    /// to one host), no silent retries, no proxy from the environment.
    ///
    /// # Errors
    ///
    /// [`SetupError::Client`] where TLS cannot be set up.
    pub fn new(timeouts: Timeouts) -> Result<Self, SetupError> {
        reqwest::Client::builder()
            .connect_timeout(timeouts.connect)
            .timeout(timeouts.total)
            .pool_idle_timeout(IDLE_MAX)
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .referer(false)
            .no_proxy()
            .user_agent(concat!("kamai/", env!("CARGO_PKG_VERSION")))
            .build()
            .map(|client| Self { client, carrier: None })
            .map_err(SetupError::Client)
    }

    /// The same client on another way: nothing reaches the network.
    pub fn carried_by(&self, carrier: Arc<dyn Carrier>) -> Self {
        Self { client: self.client.clone(), carrier: Some(carrier) }
    }

    /// What is at an address, without its body.
    ///
    /// # Errors
    ///
    /// As of [`Endpoint::exchange`].
    pub(crate) async fn head(&self, url: Url) -> Result<Answer, CallError> {
        Ok(Answer::read_from(self.send(self.client.head(url)).await?).await)
    }

    async fn send(&self, request: RequestBuilder) -> Result<Response, CallError> {
        match &self.carrier {
            None => Box::pin(request.send()).await.map_err(answer::unanswered),
            Some(carrier) => carrier.carry(request.build().map_err(answer::unanswered)?).await,
        }
    }
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Http")
    }
}

/// The URL that a provider's paths are appended to.
#[derive(Debug, Clone)]
pub(crate) struct BaseUrl(Url);

impl BaseUrl {
    /// Takes a base URL such as `https://api.razorpay.com/v1`, with or without a final slash.
    ///
    /// Plain `http` is for the machine we run on only: every request carries a credential.
    pub(crate) fn new(base_url: &str) -> Result<Self, SetupError> {
        let base = Url::parse(base_url).map_err(|_| SetupError::BaseUrl("it does not parse"))?;
        let host = base.host_str().unwrap_or_default();
        let ours = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
        match base.scheme() {
            "https" => {}
            "http" if ours => {}
            "http" => return Err(SetupError::BaseUrl("http is for the local machine only")),
            _ => return Err(SetupError::BaseUrl("neither https nor http")),
        }
        if !base.username().is_empty() || base.password().is_some() {
            return Err(SetupError::BaseUrl("it carries a credential"));
        }
        if base.query().is_some() || base.fragment().is_some() {
            return Err(SetupError::BaseUrl("it carries a query"));
        }
        Ok(Self(base))
    }

    /// The URL of a path, given in segments so that none of them can reach into another.
    pub(crate) fn at(&self, path: &[&str]) -> Url {
        let mut url = self.0.clone();
        // Only URLs without a host have no segments, and `new` refuses those.
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        url
    }

    /// Whether that address is of the same scheme, host and port, and carries no credential.
    pub(crate) fn is_origin_of(&self, url: &Url) -> bool {
        url.origin() == self.0.origin() && url.username().is_empty() && url.password().is_none()
    }
}

/// One provider: the client and the base URL that its paths are appended to.
#[derive(Debug, Clone)]
pub(crate) struct Endpoint {
    http: Http,
    base: BaseUrl,
}

impl Endpoint {
    /// As [`BaseUrl::new`] takes it.
    pub(crate) fn new(http: Http, base_url: &str) -> Result<Self, SetupError> {
        Ok(Self { http, base: BaseUrl::new(base_url)? })
    }

    /// A request for the path, given as [`BaseUrl::at`] takes it.
    pub(crate) fn request(&self, method: Method, path: &[&str]) -> RequestBuilder {
        self.http.client.request(method, self.base.at(path))
    }

    /// As [`BaseUrl::is_origin_of`].
    pub(crate) fn is_origin_of(&self, url: &Url) -> bool {
        self.base.is_origin_of(url)
    }

    /// Asks for a file wherever it is. Whoever calls has looked at the host.
    pub(crate) fn get(&self, url: Url) -> RequestBuilder {
        self.http.client.get(url)
    }

    /// As [`Endpoint::exchange`], for an answer that may be so long.
    ///
    /// # Errors
    ///
    /// As there.
    pub(crate) async fn download(&self, request: RequestBuilder, bytes_max: usize) -> Result<Answer, CallError> {
        Ok(Answer::read_up_to(bytes_max, self.http.send(request).await?).await)
    }

    /// Sends the request and reads the answer, whatever its status.
    ///
    /// # Errors
    ///
    /// [`CallError::NotSent`] where no connection came about, [`CallError::Unknown`] where it broke
    /// or ran out of time before a status was read.
    pub(crate) async fn exchange(&self, request: RequestBuilder) -> Result<Answer, CallError> {
        Ok(Answer::read_from(self.http.send(request).await?).await)
    }
}

/// The causes of a transport error, without the URL: a query may hold an account number.
pub(crate) fn causes(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(base_url: &str) -> Result<Endpoint, SetupError> {
        Endpoint::new(Http::new(Timeouts::default()).unwrap(), base_url)
    }

    #[test]
    fn a_path_is_appended_to_the_base_whole() {
        for base in ["https://api.razorpay.com/v1", "https://api.razorpay.com/v1/"] {
            let request = endpoint(base).unwrap().request(Method::GET, &["payments", "pay_1/../x?y"]);
            assert_eq!(request.build().unwrap().url().as_str(), "https://api.razorpay.com/v1/payments/pay_1%2F..%2Fx%3Fy");
        }
    }

    #[test]
    fn a_base_that_would_leak_credentials_is_refused() {
        for base in [
            "api.razorpay.com",
            "ftp://api.razorpay.com",
            "http://api.razorpay.com/v1",
            "http://localhost.evil.example",
            "https://key:secret@api.razorpay.com",
            "https://api.razorpay.com?key=1",
        ] {
            assert!(matches!(endpoint(base), Err(SetupError::BaseUrl(_))), "{base}");
        }
        for base in ["http://127.0.0.1:8080/razorpay", "http://localhost:1", "http://[::1]:1"] {
            assert!(endpoint(base).is_ok(), "{base}");
        }
    }
}
