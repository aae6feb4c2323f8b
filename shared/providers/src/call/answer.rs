//! Weighing what comes back.

use std::time::Duration;

use reqwest::Response;
use reqwest::header::{AsHeaderName, HeaderMap, RETRY_AFTER};
use serde::de::DeserializeOwned;

use super::error::{CallError, Doubt, Illegible, Unsent};
use super::http::causes;
use super::json::read_json;
use super::refusal::Refusal;

/// How much of a body is read. No answer we ask for comes near it; one that does is not held
/// in memory whole.
const BODY_BYTES_MAX: usize = 1024 * 1024;

/// The longest wait that is believed, so that one odd header cannot park a message for ever.
const RETRY_AFTER_SECONDS_MAX: u64 = 3600;

/// A status line and what came with it.
#[derive(Debug)]
pub(crate) struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Result<Vec<u8>, Illegible>,
}

impl Answer {
    /// Reads an answer to its end, as far as it has one.
    pub(super) async fn read_from(response: Response) -> Self {
        Self::read_up_to(BODY_BYTES_MAX, response).await
    }

    /// The same for a file, of which more may be read than of other answers.
    pub(super) async fn read_up_to(bytes_max: usize, mut response: Response) -> Self {
        let status = response.status().as_u16();
        let headers = std::mem::take(response.headers_mut());
        Self { status, headers, body: read_body(response, bytes_max).await }
    }

    pub(crate) fn status(&self) -> u16 {
        self.status
    }

    /// A header's value, as far as it is visible text.
    pub(crate) fn header(&self, name: impl AsHeaderName) -> Option<&str> {
        Some(self.headers.get(name)?.to_str().ok()?.trim())
    }

    /// The body, for a provider whose errors are told apart by more than the status.
    pub(crate) fn body(&self) -> Option<&[u8]> {
        self.body.as_deref().ok()
    }

    /// The wait that is asked for, with whatever status, in seconds or until a date.
    pub(crate) fn retry_after(&self, now: i64) -> Option<Duration> {
        let text = self.header(RETRY_AFTER)?;
        let seconds = seconds(text).or_else(|| {
            let date = jiff::fmt::rfc2822::parse(text).ok()?.timestamp().as_second();
            u64::try_from(date.saturating_sub(now).max(0)).ok()
        });
        seconds.map(|seconds| Duration::from_secs(seconds.min(RETRY_AFTER_SECONDS_MAX)))
    }

    /// The value, where the status is a success.
    ///
    /// # Errors
    ///
    /// [`CallError`], by the status alone; a success that does not parse is unreadable.
    pub(crate) fn read<T: DeserializeOwned>(self) -> Result<T, CallError> {
        if !(200..=299).contains(&self.status) {
            return Err(self.refused());
        }
        let body = self.body.map_err(|why| CallError::Unreadable { why })?;
        read_json(&body).map_err(|why| CallError::Unreadable { why })
    }

    /// A file, where the status is a success.
    ///
    /// # Errors
    ///
    /// [`CallError`], as of [`Answer::read`].
    pub(crate) fn into_file(self) -> Result<Vec<u8>, CallError> {
        if !(200..=299).contains(&self.status) {
            return Err(self.refused());
        }
        self.body.map_err(|why| CallError::Unreadable { why })
    }

    /// What an answer means that is no success.
    pub(crate) fn refused(self) -> CallError {
        match self.status {
            429 => CallError::Throttled { retry_after_ms: self.header(RETRY_AFTER).and_then(retry_after_ms) },
            408 | 409 | 425 => CallError::Unknown { why: Doubt::Status(self.status) },
            400..=499 => {
                // A refusal counts even where the reasons for it got lost.
                let refusal = Refusal::read(self.body.as_deref().unwrap_or_default());
                CallError::Refused {
                    status: self.status,
                    code: refusal.code,
                    reason: refusal.reason,
                    description: refusal.description,
                    field: refusal.field,
                }
            }
            // 5xx; and redirects, which are not followed and which no provider sends.
            _ => CallError::Unknown { why: Doubt::Status(self.status) },
        }
    }
}

/// What is known where a request brought no answer.
pub(super) fn unanswered(error: reqwest::Error) -> CallError {
    // The connector has its own time limit, so this comes before the question about time: a
    // connection that never stood has carried nothing.
    if error.is_connect() {
        return CallError::NotSent { why: Unsent::Unreachable(causes(error)) };
    }
    if error.is_builder() {
        let why = Unsent::Invalid { field: "request", rule: "cannot be put into HTTP" };
        return CallError::NotSent { why };
    }
    if error.is_timeout() {
        return CallError::Unknown { why: Doubt::TimedOut };
    }
    CallError::Unknown { why: Doubt::ConnectionBroke(causes(error)) }
}

async fn read_body(mut response: Response, bytes_max: usize) -> Result<Vec<u8>, Illegible> {
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() > bytes_max => {
                return Err(Illegible::TooLong { limit_bytes: bytes_max });
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return Ok(body),
            Err(error) => return Err(Illegible::BrokeOff(causes(error))),
        }
    }
}

/// Reads `Retry-After` in seconds; its other form, a date, counts as not said.
fn retry_after_ms(text: &str) -> Option<u64> {
    Some(seconds(text)?.min(RETRY_AFTER_SECONDS_MAX) * 1000)
}

fn seconds(text: &str) -> Option<u64> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use reqwest::Method;
    use serde_json::{Value, json};

    use super::*;
    use crate::call::{Endpoint, Http, Timeouts};
    use crate::test_server::{self, TestServer};

    async fn post_to(base_url: &str) -> Result<Value, CallError> {
        let timeouts = Timeouts { connect: Duration::from_secs(2), total: Duration::from_millis(300) };
        let endpoint = Endpoint::new(Http::new(timeouts).unwrap(), base_url).unwrap();
        endpoint.exchange(endpoint.request(Method::POST, &["things"]).json(&json!({}))).await?.read()
    }

    #[tokio::test]
    async fn a_success_is_read() {
        let server = TestServer::answering(201, r#"{"id":"thing_1"}"#).await;
        assert_eq!(post_to(server.url()).await, Ok(json!({"id": "thing_1"})));
    }

    #[tokio::test]
    async fn a_4xx_is_a_definite_no() {
        let body = r#"{"error":{"code":"BAD_REQUEST_ERROR","reason":"input_validation_failed",
            "description":"The vpa ravi@upi of 9876543210 is bad","field":"vpa.address"}}"#;
        let server = TestServer::answering(400, body).await;
        assert_eq!(
            post_to(server.url()).await,
            Err(CallError::Refused {
                status: 400,
                code: Some("BAD_REQUEST_ERROR".into()),
                reason: Some("input_validation_failed".into()),
                description: Some("The vpa [hidden] of [hidden] is bad".into()),
                field: Some("vpa.address".into()),
            })
        );
        let server = TestServer::answering(403, "<html>").await;
        let error = post_to(server.url()).await.unwrap_err();
        assert!(matches!(error, CallError::Refused { status: 403, code: None, .. }));
    }

    #[tokio::test]
    async fn statuses_that_settle_nothing_are_unknown() {
        for status in [302, 408, 409, 425, 500, 502, 503, 504] {
            let server = TestServer::answering(status, r#"{"error":{"code":"X"}}"#).await;
            assert_eq!(post_to(server.url()).await, Err(CallError::Unknown { why: Doubt::Status(status) }));
            assert_eq!(server.requests().len(), 1, "nothing repeats a request by itself");
        }
    }

    #[tokio::test]
    async fn a_redirect_is_not_followed() {
        let elsewhere = TestServer::answering(200, r#"{"id":"thing_1"}"#).await;
        let server = TestServer::answering_with(307, "", &[("location", elsewhere.url())]).await;
        assert_eq!(post_to(server.url()).await, Err(CallError::Unknown { why: Doubt::Status(307) }));
        assert!(elsewhere.requests().is_empty());
    }

    #[tokio::test]
    async fn a_throttled_call_says_how_long_to_wait() {
        for (header, wait) in [("2", Some(2_000)), ("999999999999", Some(3_600_000)), ("Wed, 21 Oct 2026 07:28:00 GMT", None), ("-1", None)]
        {
            let server = TestServer::answering_with(429, "{}", &[("retry-after", header)]).await;
            assert_eq!(post_to(server.url()).await, Err(CallError::Throttled { retry_after_ms: wait }));
        }
    }

    #[tokio::test]
    async fn no_answer_in_time_is_unknown() {
        let server = TestServer::silent().await;
        assert_eq!(post_to(server.url()).await, Err(CallError::Unknown { why: Doubt::TimedOut }));
    }

    #[tokio::test]
    async fn a_connection_that_breaks_after_sending_is_unknown() {
        let url = test_server::hangs_up_after(b"").await;
        let error = post_to(&url).await.unwrap_err();
        assert!(matches!(error, CallError::Unknown { why: Doubt::ConnectionBroke(_) }), "{error:?}");
    }

    #[tokio::test]
    async fn a_closed_port_means_nothing_was_sent() {
        let url = test_server::closed_port().await;
        let error = post_to(&url).await.unwrap_err();
        assert!(matches!(error, CallError::NotSent { why: Unsent::Unreachable(_) }), "{error:?}");
        assert!(!error.to_string().contains("things"), "the URL stays out of it");
    }

    #[tokio::test]
    async fn a_success_that_breaks_off_is_unreadable() {
        let head = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\":";
        let url = test_server::hangs_up_after(head).await;
        let error = post_to(&url).await.unwrap_err();
        assert!(matches!(error, CallError::Unreadable { why: Illegible::BrokeOff(_) }), "{error:?}");
    }

    #[tokio::test]
    async fn a_success_that_is_no_json_is_unreadable() {
        let server = TestServer::answering(200, "<html>").await;
        assert_eq!(post_to(server.url()).await, Err(CallError::Unreadable { why: Illegible::NotJson { line: 1, column: 1 } }));
    }

    #[tokio::test]
    async fn a_body_without_end_is_not_read_to_its_end() {
        let server = TestServer::answering(200, &" ".repeat(BODY_BYTES_MAX + 1)).await;
        assert_eq!(post_to(server.url()).await, Err(CallError::Unreadable { why: Illegible::TooLong { limit_bytes: BODY_BYTES_MAX } }));
    }
}
