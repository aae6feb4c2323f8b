//! One aggregator that speaks ReBIT.

use std::fmt;
use std::sync::Arc;

use account_aggregator::crypto::KeyMaterial;
use account_aggregator::jws::{Keys, SIGNATURE_HEADER, SigningKey};
use account_aggregator::licence::Licence;
use account_aggregator::reply::{self, Asked, Reply};
use account_aggregator::wire::{
    ConsentArtefact, ConsentDetail, ConsentFetch, ConsentFetched, ConsentRef, ConsentRequest, ConsentRequested, ConsentStatus, FiDataRange,
    FiFetch, FiFetched, FiRequest, FiRequested, HandleStatusAsked, HandleStatusTold, LinkRef, Version,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use reqwest::{Method, RequestBuilder};
use serde::Serialize;
use serde_json::json;

use super::errors::AggregatorError;
use super::redirect::Redirect;
use crate::call::{CallError, Endpoint, Http, SetupError, require};
use crate::secret::Secret;

/// What data of several banks may be, encrypted and in base64. Other answers are short.
const DATA_BYTES_MAX: usize = 48 * 1024 * 1024;
const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// How one aggregator is reached.
pub struct Settings<'a> {
    /// With the version's path, which of 2.x ends in `/v2`; of the router in `/router/v2`.
    pub base_url: &'a str,
    /// In whose name is asked.
    pub licence: Licence,
    /// The aggregator's entity id in the registry.
    pub aggregator_id: &'a str,
    /// `client_api_key`. Tokens live a day: a client is made anew with each.
    pub api_key: Secret,
    pub signing_key: SigningKey,
    /// The aggregator's keys, as the registry has them.
    pub keys: Arc<dyn Keys + Send + Sync>,
    pub version: Version,
    pub through_router: bool,
    /// Where customers consent.
    pub redirect: Redirect,
}

/// One aggregator, as one licence holder. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Client {
    endpoint: Endpoint,
    licence: Licence,
    aggregator_id: String,
    api_key: HeaderValue,
    request_meta: Option<HeaderValue>,
    signing_key: SigningKey,
    keys: Arc<dyn Keys + Send + Sync>,
    version: Version,
    redirect: Redirect,
}

/// What a call is known by: its transaction, new for each, and the time.
#[derive(Debug, Clone, Copy)]
pub struct Stamp<'a> {
    /// See `account_aggregator::wire::txnid_from_random`.
    pub txnid: &'a str,
    pub now: Timestamp,
}

/// A consent as its aggregator has it, and what was consented to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchedConsent {
    pub status: ConsentStatus,
    pub artefact: ConsentArtefact,
    /// Repeated by each request for data.
    pub digital_signature: String,
    /// The artefact with its signature, to be kept as evidence.
    pub signed_consent: String,
}

/// A request for data of a consent.
#[derive(Debug, Clone)]
pub struct DataAsk<'a> {
    pub consent_id: &'a str,
    pub digital_signature: &'a str,
    pub range: FiDataRange,
    /// Of a key pair and a nonce that were made for this session.
    pub key_material: KeyMaterial,
}

/// Accounts of one bank, where not all of a session are wanted; without accounts, all of the bank's.
#[derive(Debug, Clone, Copy)]
pub struct BankAccounts<'a> {
    pub fip_id: &'a str,
    pub link_refs: &'a [&'a str],
}

impl Client {
    /// # Errors
    ///
    /// [`SetupError`] where the configuration cannot work.
    pub fn with_http(http: Http, settings: Settings<'_>) -> Result<Self, SetupError> {
        if settings.aggregator_id.trim().is_empty() {
            return Err(SetupError::Missing("the entity id of the account aggregator"));
        }
        let mut api_key =
            HeaderValue::from_str(settings.api_key.expose()).map_err(|_| SetupError::Unusable("the key for the account aggregator"))?;
        api_key.set_sensitive(true);
        let meta = || STANDARD.encode(json!({ "recipient-id": settings.aggregator_id }).to_string());
        let request_meta = settings.through_router.then(|| HeaderValue::from_str(&meta())).transpose();
        Ok(Self {
            endpoint: Endpoint::new(http, settings.base_url)?,
            licence: settings.licence,
            aggregator_id: settings.aggregator_id.to_owned(),
            api_key,
            request_meta: request_meta.map_err(|_| SetupError::Unusable("the entity id of the account aggregator"))?,
            signing_key: settings.signing_key,
            keys: settings.keys,
            version: settings.version,
            redirect: settings.redirect,
        })
    }

    pub fn aggregator_id(&self) -> &str {
        &self.aggregator_id
    }

    /// Whose consents these are.
    pub fn licence(&self) -> &Licence {
        &self.licence
    }

    pub fn version(&self) -> Version {
        self.version
    }

    /// Where the customer consents to the request of that handle, and comes back from.
    pub fn consent_url(&self, handle: &str, return_url: &str) -> String {
        self.redirect.to_url(handle, return_url)
    }

    /// `POST /Consent`: asks for consent.
    ///
    /// # Errors
    ///
    /// [`AggregatorError`]. After an unknown outcome a second request is harmless: one that nobody
    /// consents to expires.
    pub async fn request_consent(&self, stamp: Stamp<'_>, detail: &ConsentDetail) -> Result<ConsentRequested, AggregatorError> {
        require(detail.data_consumer == self.licence.data_consumer(), "data_consumer", "is not the licence holder")?;
        let customer = detail.customer.id.as_str();
        let body = ConsentRequest { ver: self.ver(), timestamp: stamp.now, txnid: stamp.txnid.to_owned(), detail: detail.clone() };
        let asked = Asked { customer: Some(customer), ..self.asked(stamp) };
        self.read(self.post(&["Consent"], &body)?, ANSWER_BYTES_MAX, &asked).await
    }

    /// How far a request for consent is.
    ///
    /// # Errors
    ///
    /// [`AggregatorError`].
    pub async fn handle_status(&self, stamp: Stamp<'_>, handle: &str) -> Result<HandleStatusTold, AggregatorError> {
        require_id(handle, "handle")?;
        let asked = Asked { handle: Some(handle), ..self.looked_up(stamp) };
        let request = if self.version.posts_lookups() {
            let body =
                HandleStatusAsked { ver: self.ver(), timestamp: stamp.now, txnid: stamp.txnid.to_owned(), handle: handle.to_owned() };
            self.post(&["Consent", "handle"], &body)?
        } else {
            self.get(&["Consent", "handle", handle])
        };
        self.read(request, ANSWER_BYTES_MAX, &asked).await
    }

    /// The consent, with its artefact.
    ///
    /// # Errors
    ///
    /// [`AggregatorError`]; an artefact that another aggregator signed is discarded.
    pub async fn fetch_consent(&self, stamp: Stamp<'_>, consent_id: &str) -> Result<FetchedConsent, AggregatorError> {
        require_id(consent_id, "consent_id")?;
        let asked = Asked { consent_id: Some(consent_id), ..self.looked_up(stamp) };
        let request = if self.version.posts_lookups() {
            let body =
                ConsentFetch { ver: self.ver(), timestamp: stamp.now, txnid: stamp.txnid.to_owned(), consent_id: consent_id.to_owned() };
            self.post(&["Consent", "fetch"], &body)?
        } else {
            self.get(&["Consent", consent_id])
        };
        let fetched: ConsentFetched = self.read(request, ANSWER_BYTES_MAX, &asked).await?;
        Ok(FetchedConsent {
            status: fetched.status,
            artefact: fetched.artefact(self.keys.as_ref())?,
            digital_signature: fetched.digital_signature().unwrap_or_default().to_owned(),
            signed_consent: fetched.signed_consent,
        })
    }

    /// `POST /FI/request`: opens a session in which the banks deliver. Whether it may be asked for now
    /// is `account_aggregator::fair_use::may_fetch`'s to say.
    ///
    /// # Errors
    ///
    /// [`AggregatorError`]. After an unknown outcome a session may be open, and counts as a fetch.
    pub async fn request_data(&self, stamp: Stamp<'_>, ask: &DataAsk<'_>) -> Result<FiRequested, AggregatorError> {
        require_id(ask.consent_id, "consent_id")?;
        let body = FiRequest {
            ver: self.ver(),
            timestamp: stamp.now,
            txnid: stamp.txnid.to_owned(),
            data_range: ask.range,
            consent: ConsentRef { id: ask.consent_id.to_owned(), digital_signature: ask.digital_signature.to_owned() },
            key_material: ask.key_material.clone(),
        };
        let asked = Asked { consent_id: Some(ask.consent_id), ..self.asked(stamp) };
        self.read(self.post(&["FI", "request"], &body)?, ANSWER_BYTES_MAX, &asked).await
    }

    /// What the banks delivered so far, encrypted: see `account_aggregator::delivery::open`.
    ///
    /// # Errors
    ///
    /// [`AggregatorError`]; retryable while the banks are at it.
    pub async fn fetch_data(
        &self,
        stamp: Stamp<'_>,
        session_id: &str,
        only: Option<BankAccounts<'_>>,
    ) -> Result<FiFetched, AggregatorError> {
        require_id(session_id, "session_id")?;
        let request = if self.version.posts_lookups() {
            let link_refs = only.iter().flat_map(|only| only.link_refs).map(|id| LinkRef { id: (*id).to_owned() });
            let body = FiFetch {
                ver: self.ver(),
                timestamp: stamp.now,
                txnid: stamp.txnid.to_owned(),
                session_id: session_id.to_owned(),
                fip_id: only.map(|only| only.fip_id.to_owned()),
                link_refs: link_refs.collect(),
            };
            self.post(&["FI", "fetch"], &body)?
        } else {
            let bank = only.iter().map(|only| ("fipid", only.fip_id));
            let accounts = only.iter().flat_map(|only| only.link_refs.iter().map(|id| ("linkRefNumber", *id)));
            let query: Vec<(&str, &str)> = bank.chain(accounts).collect();
            let request = self.get(&["FI", "fetch", session_id]);
            if query.is_empty() { request } else { request.query(&query) }
        };
        self.read(request, DATA_BYTES_MAX, &self.looked_up(stamp)).await
    }

    /// `GET /Heartbeat`: whether it is up.
    ///
    /// # Errors
    ///
    /// [`AggregatorError`].
    pub async fn heartbeat(&self) -> Result<(), AggregatorError> {
        let answer = self.endpoint.exchange(self.get(&["Heartbeat"])).await?;
        if (200..=299).contains(&answer.status()) { Ok(()) } else { Err(AggregatorError::of(answer)) }
    }

    fn ver(&self) -> String {
        self.version.as_str().to_owned()
    }

    fn asked<'a>(&self, stamp: Stamp<'a>) -> Asked<'a> {
        Asked { version: self.version, txnid: Some(stamp.txnid), customer: None, handle: None, consent_id: None, now: stamp.now }
    }

    /// As [`Self::asked`], of a look-up; 1.1.2 has no transaction for those.
    fn looked_up<'a>(&self, stamp: Stamp<'a>) -> Asked<'a> {
        let asked = self.asked(stamp);
        Asked { txnid: asked.txnid.filter(|_| self.version.posts_lookups()), ..asked }
    }

    /// The bytes that are signed are those that are sent.
    fn post(&self, path: &[&str], body: &impl Serialize) -> Result<RequestBuilder, AggregatorError> {
        let body = serde_json::to_vec(body).map_err(|_| AggregatorError::CannotSign)?;
        let signature = self.signing_key.sign_detached(&body)?;
        let request = self.request(Method::POST, path).header(SIGNATURE_HEADER, signature);
        Ok(request.header(CONTENT_TYPE, "application/json").body(body))
    }

    /// 1.1.2's look-ups: nothing to sign, and no transaction.
    fn get(&self, path: &[&str]) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    fn request(&self, method: Method, path: &[&str]) -> RequestBuilder {
        let request = self.endpoint.request(method, path).header("client_api_key", self.api_key.clone());
        match &self.request_meta {
            Some(meta) => request.header("x-request-meta", meta.clone()),
            None => request,
        }
    }

    async fn read<T: Reply>(&self, request: RequestBuilder, bytes_max: usize, asked: &Asked<'_>) -> Result<T, AggregatorError> {
        let answer = self.endpoint.download(request, bytes_max).await?;
        if !(200..=299).contains(&answer.status()) {
            return Err(AggregatorError::of(answer));
        }
        let signature = answer.header(SIGNATURE_HEADER).map(str::to_owned);
        let body = answer.into_file()?;
        Ok(reply::read(&body, signature.as_deref(), self.keys.as_ref(), asked)?)
    }
}

/// Refuses what cannot be an id, before it is sent or becomes part of a path.
fn require_id(id: &str, field: &'static str) -> Result<(), CallError> {
    let fits = (1..=128).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        && !id.starts_with('.');
    require(fits, field, "is not an id")
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("aggregator_id", &self.aggregator_id).field("version", &self.version).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
