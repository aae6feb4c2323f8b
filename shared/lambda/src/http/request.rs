//! A request, as a handler sees it.

use std::collections::BTreeMap;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::DeserializeOwned;

use super::code;
use super::event::Event;
use super::idempotency::{IdempotencyKey, MoneyQuery};
use super::problem::Problem;
use super::{body, query};
use crate::log::trace::Trace;
use crate::start::deadline::Deadline;

/// The most that any body may have, in bytes; routes set lower bounds when they parse.
///
/// API Gateway stops at 10 MB and Lambda at 6 MB, the local cloud nowhere.
pub const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;

/// The most that a JSON body may have, in bytes.
pub const JSON_BODY_BYTES_MAX: usize = 256 * 1024;

/// The most that all headers may have together, in bytes. API Gateway stops at 10 KB by itself.
const HEADERS_BYTES_MAX: usize = 32 * 1024;

const QUERY_BYTES_MAX: usize = 8 * 1024;

/// One HTTP request.
#[derive(Debug, Clone)]
pub struct Request {
    /// In upper case.
    pub method: String,
    /// The route that matched, as in the table of functions: `/v1/payouts/{id}`.
    pub path: String,
    pub params: BTreeMap<String, String>,
    /// As it came, without the `?`.
    pub raw_query: String,
    /// Names in lower case. Values are visible text; others were dropped.
    pub headers: BTreeMap<String, String>,
    /// As it came; what a signature is made over.
    pub body: Vec<u8>,
    pub source_ip: String,
    pub request_id: String,
    /// When Lambda ends this invocation.
    pub deadline: Deadline,
}

impl Request {
    /// Reads an event of an HTTP API.
    ///
    /// # Errors
    ///
    /// 413 and 431 for what is too large, 400 for what is not encoded as it says, 500 for an
    /// event that is none.
    pub fn from_event(event: &[u8]) -> Result<Self, Problem> {
        let event: Event = serde_json::from_slice(event).map_err(|error| {
            // The error itself may quote the event, and with it the body.
            Problem::internal(format!("not an HTTP API event ({:?} at column {})", error.classify(), error.column()))
        })?;
        // `$default` names no route: the path itself is then all there is.
        let path = match event.route_key.split_once(' ') {
            Some((_, path)) => path.to_owned(),
            None => event.raw_path,
        };
        if event.raw_query_string.len() > QUERY_BYTES_MAX {
            return Err(Problem::invalid_request("The query string is too long."));
        }
        Ok(Self {
            method: event.request_context.http.method.to_ascii_uppercase(),
            path,
            params: event.path_parameters.unwrap_or_default(),
            raw_query: event.raw_query_string,
            headers: headers(event.headers)?,
            body: raw_body(event.body.unwrap_or_default(), event.is_base64_encoded)?,
            source_ip: event.request_context.http.source_ip,
            request_id: event.request_context.request_id,
            deadline: Deadline::never(),
        })
    }

    /// A header's value. `name` is given in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// The body as JSON of this type; see [`body`] for what is refused.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        body::json(self, JSON_BODY_BYTES_MAX)
    }

    /// As [`Request::json`], with another bound on the size.
    pub fn json_within<T: DeserializeOwned>(&self, bytes_max: usize) -> Result<T, Problem> {
        body::json(self, bytes_max)
    }

    /// The body as text of one of these media types, such as `text/csv`.
    pub fn text(&self, media_types: &[&str], bytes_max: usize) -> Result<&str, Problem> {
        body::text(self, media_types, bytes_max)
    }

    /// Whether the body says that it is of this media type, parameters aside.
    pub fn is_of_type(&self, media_type: &str) -> bool {
        body::media_type(self).is_some_and(|known| known == media_type)
    }

    /// The query as this type, whose fields are its parameters; unknown ones are refused.
    pub fn query<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        query::parse(&self.raw_query)
    }

    /// A parameter of the path as this type.
    ///
    /// # Errors
    ///
    /// 404 where it does not parse: what cannot be an id names nothing. 500 where the route has
    /// no such parameter.
    pub fn param<T: FromStr>(&self, name: &str) -> Result<T, Problem> {
        let value = self.params.get(name).ok_or_else(|| Problem::internal(format!("route {} has no parameter {name}", self.path)))?;
        value.parse().map_err(|_| Problem::not_found())
    }

    /// The key under which a money command is run once.
    pub fn idempotency_key(&self) -> Result<IdempotencyKey, Problem> {
        IdempotencyKey::of(self)
    }

    /// Whether a money command is only to be tried (`?dry_run=true`). It takes no other parameter.
    pub fn dry_run(&self) -> Result<bool, Problem> {
        self.query::<MoneyQuery>().map(|query| query.dry_run)
    }

    /// What to hand on to messages that this request causes.
    pub fn trace(&self) -> Trace {
        Trace { request_id: self.request_id.clone(), event_id: None }
    }

    pub fn get(path: &str) -> RequestBuilder {
        RequestBuilder::new("GET", path)
    }

    pub fn post(path: &str) -> RequestBuilder {
        RequestBuilder::new("POST", path)
    }
}

/// Drops what is no header, joins what came twice in different spellings.
///
/// A value with control characters is dropped as a whole: a signature or a token in it does not
/// become valid by mending it.
fn headers(raw: BTreeMap<String, String>) -> Result<BTreeMap<String, String>, Problem> {
    let size: usize = raw.iter().map(|(name, value)| name.len() + value.len()).sum();
    if size > HEADERS_BYTES_MAX {
        return Err(Problem::new(code::HEADERS_TOO_LARGE, "The headers are too large."));
    }
    let mut headers: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in raw {
        let name_is_token = !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic() && b != b':');
        if !name_is_token || value.chars().any(|c| c.is_control() && c != '\t') {
            continue;
        }
        headers
            .entry(name.to_ascii_lowercase())
            .and_modify(|known| {
                known.push(',');
                known.push_str(&value);
            })
            .or_insert(value);
    }
    Ok(headers)
}

fn raw_body(body: String, is_base64: bool) -> Result<Vec<u8>, Problem> {
    let decoded_len = if is_base64 { body.len() / 4 * 3 } else { body.len() };
    if decoded_len > BODY_BYTES_MAX {
        return Err(too_large(BODY_BYTES_MAX));
    }
    if !is_base64 {
        return Ok(body.into_bytes());
    }
    STANDARD.decode(body).map_err(|_| Problem::invalid_request("The body is not encoded as it says."))
}

pub(super) fn too_large(bytes_max: usize) -> Problem {
    Problem::new(code::BODY_TOO_LARGE, format!("The body may have at most {bytes_max} bytes."))
}

/// Makes a request without an event: for tests, and for the simulation.
#[derive(Debug, Clone)]
pub struct RequestBuilder(Request);

impl RequestBuilder {
    fn new(method: &str, path: &str) -> Self {
        Self(Request {
            method: method.to_owned(),
            path: path.to_owned(),
            params: BTreeMap::new(),
            raw_query: String::new(),
            headers: BTreeMap::new(),
            body: Vec::new(),
            source_ip: "203.0.113.7".to_owned(),
            request_id: "req-test".to_owned(),
            deadline: Deadline::never(),
        })
    }

    #[must_use]
    pub fn json(self, body: &serde_json::Value) -> Self {
        self.header("content-type", "application/json").body(body.to_string())
    }

    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.0.body = body.into();
        self
    }

    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.headers.insert(name.to_ascii_lowercase(), value.into());
        self
    }

    #[must_use]
    pub fn bearer(self, token: &str) -> Self {
        self.header("authorization", format!("Bearer {token}"))
    }

    #[must_use]
    pub fn param(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.params.insert(name.to_owned(), value.into());
        self
    }

    /// The query as it would be in the URL, percent-encoded.
    #[must_use]
    pub fn query(mut self, raw: impl Into<String>) -> Self {
        self.0.raw_query = raw.into();
        self
    }

    #[must_use]
    pub fn source_ip(mut self, address: impl Into<String>) -> Self {
        self.0.source_ip = address.into();
        self
    }

    #[must_use]
    pub fn request_id(mut self, id: impl Into<String>) -> Self {
        self.0.request_id = id.into();
        self
    }

    pub fn build(self) -> Request {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{BODY_BYTES_MAX, Request};

    fn recorded() -> Value {
        serde_json::from_str(include_str!("../../fixtures/http-open-payout.json")).unwrap()
    }

    #[track_caller]
    fn read(event: &Value) -> Request {
        Request::from_event(event.to_string().as_bytes()).unwrap()
    }

    #[test]
    fn a_recorded_event_becomes_a_request() {
        let request = read(&recorded());
        assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/v1/payouts/{id}/cancel"));
        assert_eq!(request.param::<String>("id").unwrap(), "pout_01JZ8M3V9C5T7Q2K4N6P8R0S1T");
        assert_eq!(request.header("idempotency-key"), Some("key-1"));
        assert_eq!(request.body, br#"{"reason":"changed my mind"}"#);
        assert_eq!(request.source_ip, "203.0.113.7");
        assert_eq!(request.request_id, "JKJaXmPLvHcESHA=");
        assert!(request.dry_run().unwrap());
    }

    #[test]
    fn the_default_route_has_the_path_itself() {
        let mut event = recorded();
        event["routeKey"] = json!("$default");
        assert_eq!(read(&event).path, "/v1/payouts/pout_01JZ8M3V9C5T7Q2K4N6P8R0S1T/cancel");
    }

    #[test]
    fn a_body_in_base64_is_the_bytes_that_were_sent() {
        let mut event = recorded();
        event["body"] = json!("/wA=");
        event["isBase64Encoded"] = json!(true);
        assert_eq!(read(&event).body, [0xff, 0x00]);
        event["body"] = json!("not base64!");
        assert_eq!(Request::from_event(event.to_string().as_bytes()).unwrap_err().status(), 400);
    }

    #[test]
    fn headers_are_named_in_lower_case_and_joined() {
        let mut event = recorded();
        event["headers"] = json!({"X-A": "1", "x-a": "2", "x-bad": "a\u{0}b", "": "x", "no\nname": "y"});
        let request = read(&event);
        assert_eq!(request.header("x-a"), Some("1,2"));
        assert_eq!(request.headers.len(), 1);
    }

    #[test]
    fn what_is_too_large_is_refused_at_the_door() {
        let mut event = recorded();
        event["body"] = json!("x".repeat(BODY_BYTES_MAX + 1));
        assert_eq!(Request::from_event(event.to_string().as_bytes()).unwrap_err().status(), 413);
        let mut event = recorded();
        event["headers"] = json!({"x-long": "x".repeat(40_000)});
        assert_eq!(Request::from_event(event.to_string().as_bytes()).unwrap_err().status(), 431);
    }

    #[test]
    fn an_event_that_is_none_is_ours_to_mend_and_quotes_nothing() {
        let problem = Request::from_event(br#"{"requestContext":"+919876543210"}"#).unwrap_err();
        assert_eq!(problem.status(), 500);
        assert!(!format!("{problem:?}").contains("98765"));
    }

    #[test]
    fn what_cannot_be_an_id_names_nothing() {
        let request = Request::get("/v1/things/{n}").param("n", "1 or 1=1").build();
        assert_eq!(request.param::<u32>("n").unwrap_err().status(), 404);
        assert_eq!(request.param::<u32>("other").unwrap_err().status(), 500);
    }
}
