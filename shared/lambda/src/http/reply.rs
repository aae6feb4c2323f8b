//! What a handler answers, and the form in which API Gateway wants it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::{Value, json};

use super::problem::{CONTENT_TYPE, Problem};

/// An answer: status, headers, body. Headers have lower-case names, each at most once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    fn new(status: u16, content_type: Option<&str>, body: Vec<u8>) -> Self {
        let mut reply = Self { status, headers: Vec::new(), body };
        if let Some(content_type) = content_type {
            reply = reply.with_header("content-type", content_type);
        }
        // Balances and payouts are nobody's to keep: not a proxy's, not a browser's.
        reply.with_header("cache-control", "no-store").with_header("x-content-type-options", "nosniff")
    }

    /// An answer in JSON.
    ///
    /// A body that cannot be written (a map whose keys are not strings) is a bug of ours and
    /// becomes a 500; it is not worth an error at every call.
    pub fn json<T: Serialize>(status: u16, body: &T) -> Self {
        match serde_json::to_vec(body) {
            Ok(body) => Self::new(status, Some("application/json"), body),
            Err(error) => {
                tracing::error!(%error, "a reply could not be written as JSON");
                let problem = Problem::internal(error).to_body("");
                Self::new(500, Some(CONTENT_TYPE), serde_json::to_vec(&problem).unwrap_or_default())
            }
        }
    }

    /// 200: done, and this is how it is now.
    pub fn ok<T: Serialize>(body: &T) -> Self {
        Self::json(200, body)
    }

    /// 201: it exists now.
    pub fn created<T: Serialize>(body: &T) -> Self {
        Self::json(201, body)
    }

    /// 202: recorded; the outcome follows.
    pub fn accepted<T: Serialize>(body: &T) -> Self {
        Self::json(202, body)
    }

    /// 204: done, nothing to say.
    pub fn no_content() -> Self {
        Self::new(204, None, Vec::new())
    }

    pub fn text(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::new(status, Some(content_type), body.into())
    }

    /// Sets a header, in place of one of the same name. `name` is given in lower case.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        let value = value.into();
        match self.headers.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => self.headers.push((name, value)),
        }
        self
    }

    /// Says that this is the first answer once more, not the outcome of a second run.
    #[must_use]
    pub fn replayed(self) -> Self {
        self.with_header("idempotency-replayed", "true")
    }

    /// For what is public and the same for everybody.
    #[must_use]
    pub fn cached_for(self, seconds: u32) -> Self {
        self.with_header("cache-control", format!("public, max-age={seconds}"))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    pub fn headers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.headers.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// The response of a Lambda proxy integration, payload format 2.0.
    pub fn to_event(&self) -> Value {
        let headers: serde_json::Map<String, Value> =
            self.headers.iter().map(|(name, value)| ((*name).to_owned(), Value::from(value.as_str()))).collect();
        let (body, encoded) = match std::str::from_utf8(&self.body) {
            Ok(text) => (text.to_owned(), false),
            Err(_) => (STANDARD.encode(&self.body), true),
        };
        json!({ "statusCode": self.status, "headers": headers, "body": body, "isBase64Encoded": encoded })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::Reply;

    #[test]
    fn a_reply_is_kept_by_nobody_unless_it_says_so() {
        assert_eq!(Reply::ok(&1).header("cache-control"), Some("no-store"));
        assert_eq!(Reply::ok(&1).cached_for(300).header("cache-control"), Some("public, max-age=300"));
    }

    #[test]
    fn a_header_is_set_once() {
        let reply = Reply::ok(&1).with_header("x-request-id", "a").with_header("x-request-id", "b");
        assert_eq!(reply.headers().filter(|(name, _)| *name == "x-request-id").count(), 1);
        assert_eq!(reply.replayed().header("idempotency-replayed"), Some("true"));
    }

    #[test]
    fn text_goes_out_as_it_is_and_bytes_in_base64() {
        let event = Reply::accepted(&json!({"id": "pout_1"})).to_event();
        assert_eq!(event["statusCode"], 202);
        assert_eq!(event["body"], r#"{"id":"pout_1"}"#);
        assert_eq!(event["isBase64Encoded"], false);
        let event = Reply::text(200, "application/octet-stream", [0xff, 0x00]).to_event();
        assert_eq!((event["body"].as_str(), event["isBase64Encoded"].as_bool()), (Some("/wA="), Some(true)));
    }

    #[test]
    fn a_body_that_cannot_be_written_is_our_bug() {
        assert_eq!(Reply::ok(&BTreeMap::from([((1, 2), 3)])).status, 500);
    }
}
