//! What a caller reads when something is refused or fails (RFC 9457), and what only we read.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::code::{self, Code};
use super::reply::Reply;
use crate::BoxError;

/// Where the codes are explained; the `type` of a problem is this and its code.
pub const TYPE_BASE: &str = "https://kamai.example/problems/";

pub const CONTENT_TYPE: &str = "application/problem+json";

/// How long a caller is asked to wait when we do not know better, in seconds.
const RETRY_AFTER_DEFAULT_S: u32 = 2;

/// A request that was refused, or that failed.
///
/// Carries what the caller reads and, apart from it, the cause for our own log. Boxed, because
/// every handler returns one and the good path should not carry its size.
pub struct Problem(Box<Inner>);

struct Inner {
    code: Code,
    detail: Cow<'static, str>,
    errors: Vec<FieldError>,
    extensions: BTreeMap<&'static str, Value>,
    retry_after_s: Option<u32>,
    cause: Option<BoxError>,
}

/// One part of the input that has to be mended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FieldError {
    /// JSON pointer into the body (RFC 6901), or `/name` of a query parameter. Empty for the whole.
    pub pointer: String,
    pub detail: String,
}

/// A problem as it is written to the caller.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub struct ProblemBody {
    /// A URI that names the kind of problem.
    pub r#type: String,
    pub title: String,
    pub status: u16,
    /// What to mend, for a person.
    pub detail: String,
    /// What to branch on, for a program.
    pub code: String,
    pub request_id: String,
    /// Whether the very same request may succeed later.
    pub retryable: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub errors: Vec<FieldError>,
    /// Further facts of this kind of problem, such as the time at which a limit resets.
    #[serde(flatten)]
    pub extensions: BTreeMap<&'static str, Value>,
}

impl Problem {
    pub fn new(code: Code, detail: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner {
            code,
            detail: detail.into(),
            errors: Vec::new(),
            extensions: BTreeMap::new(),
            retry_after_s: code.retryable.then_some(RETRY_AFTER_DEFAULT_S),
            cause: None,
        }))
    }

    /// The input does not have the form we ask for.
    pub fn invalid_request(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(code::INVALID_REQUEST, detail)
    }

    /// One field of the input is not as it must be; `pointer` as in [`FieldError::pointer`].
    pub fn invalid_field(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::invalid_request("One or more fields are not valid; see `errors`.").with_error(pointer, detail)
    }

    /// Nobody we know is speaking. Says nothing about why, so that nothing can be probed.
    pub fn unauthorized() -> Self {
        Self::new(code::UNAUTHORIZED, "Send a valid access token as `Authorization: Bearer <token>`.")
    }

    /// We know who is speaking; they may not do this.
    pub fn forbidden(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(code::FORBIDDEN, detail)
    }

    /// Also for what exists but belongs to somebody else: a stranger cannot tell the two apart.
    pub fn not_found() -> Self {
        Self::new(code::NOT_FOUND, "There is nothing here, or it is not yours.")
    }

    pub fn conflict(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(code::CONFLICT, detail)
    }

    pub fn unprocessable(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(code::UNPROCESSABLE, detail)
    }

    pub fn too_many_requests(retry_after_s: u32) -> Self {
        Self::new(code::TOO_MANY_REQUESTS, "Too many requests; wait before the next one.").with_retry_after(retry_after_s)
    }

    /// Something we depend on does not answer; the caller may try again.
    pub fn unavailable(cause: impl Into<BoxError>) -> Self {
        Self::new(code::UNAVAILABLE, "This is not available at this moment. The same request may succeed soon.").with_cause(cause)
    }

    /// A bug of ours. The cause goes to our log, nothing of it to the caller.
    pub fn internal(cause: impl Into<BoxError>) -> Self {
        Self::new(code::INTERNAL, "Something went wrong on our side. Quote `request_id` if you ask us about it.").with_cause(cause)
    }

    #[must_use]
    pub fn with_error(mut self, pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        self.0.errors.push(FieldError { pointer: pointer.into(), detail: detail.into() });
        self
    }

    /// Adds a member of its own to the problem; names defined by [`ProblemBody`] are left alone.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        const TAKEN: [&str; 8] = ["type", "title", "status", "detail", "code", "request_id", "retryable", "errors"];
        if !TAKEN.contains(&name) {
            self.0.extensions.insert(name, value.into());
        }
        self
    }

    #[must_use]
    pub fn with_retry_after(mut self, seconds: u32) -> Self {
        self.0.retry_after_s = Some(seconds);
        self
    }

    #[must_use]
    pub fn with_cause(mut self, cause: impl Into<BoxError>) -> Self {
        self.0.cause = Some(cause.into());
        self
    }

    /// Whether the same request may succeed later.
    pub fn is_retryable(&self) -> bool {
        self.0.code.retryable
    }

    pub fn code(&self) -> Code {
        self.0.code
    }

    pub fn status(&self) -> u16 {
        self.0.code.status
    }

    pub fn detail(&self) -> &str {
        &self.0.detail
    }

    pub fn errors(&self) -> &[FieldError] {
        &self.0.errors
    }

    pub fn retry_after_s(&self) -> Option<u32> {
        self.0.retry_after_s
    }

    /// What really happened; for the log.
    pub fn cause(&self) -> Option<&(dyn std::error::Error + Send + Sync + 'static)> {
        self.0.cause.as_deref()
    }

    pub fn to_body(&self, request_id: &str) -> ProblemBody {
        ProblemBody {
            r#type: format!("{TYPE_BASE}{}", self.0.code.name),
            title: self.0.code.title.to_owned(),
            status: self.0.code.status,
            detail: self.0.detail.clone().into_owned(),
            code: self.0.code.name.to_owned(),
            request_id: request_id.to_owned(),
            retryable: self.0.code.retryable,
            errors: self.0.errors.clone(),
            extensions: self.0.extensions.clone(),
        }
    }

    pub fn to_reply(&self, request_id: &str) -> Reply {
        let mut reply = Reply::json(self.status(), &self.to_body(request_id)).with_header("content-type", CONTENT_TYPE);
        if let Some(seconds) = self.0.retry_after_s {
            reply = reply.with_header("retry-after", seconds.to_string());
        }
        // RFC 9110, section 11.6.1: a 401 names the scheme. RFC 6750, section 3.1: and the reason.
        if self.0.code == code::TOKEN_EXPIRED {
            reply = reply.with_header("www-authenticate", r#"Bearer realm="kamai", error="invalid_token""#);
        } else if self.status() == 401 {
            reply = reply.with_header("www-authenticate", r#"Bearer realm="kamai""#);
        }
        reply
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.code.name, self.0.detail)
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Problem")
            .field("code", &self.0.code.name)
            .field("detail", &self.0.detail)
            .field("errors", &self.0.errors)
            .field("cause", &self.0.cause)
            .finish()
    }
}

impl std::error::Error for Problem {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.cause.as_deref().map(|cause| cause as _)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Problem;

    fn body(problem: &Problem) -> Value {
        serde_json::from_slice(&problem.to_reply("req-1").body).unwrap()
    }

    #[test]
    fn a_refusal_says_what_to_mend() {
        let problem = Problem::invalid_field("/amount", "is required");
        assert_eq!(
            body(&problem),
            json!({
                "type": "https://kamai.example/problems/invalid_request",
                "title": "The request is not valid",
                "status": 400,
                "detail": "One or more fields are not valid; see `errors`.",
                "code": "invalid_request",
                "request_id": "req-1",
                "retryable": false,
                "errors": [{"pointer": "/amount", "detail": "is required"}],
            })
        );
        assert_eq!(problem.to_reply("req-1").header("content-type"), Some("application/problem+json"));
    }

    #[test]
    fn a_bug_shows_nothing_of_itself() {
        let problem = Problem::internal("table kamai, key USER#usr_1: no such attribute");
        assert!(!body(&problem).to_string().contains("kamai,"));
        assert!(problem.cause().unwrap().to_string().contains("USER#usr_1"));
    }

    #[test]
    fn what_may_succeed_later_says_when() {
        let reply = Problem::unavailable("down").to_reply("r");
        assert_eq!((reply.status, reply.header("retry-after")), (503, Some("2")));
        let reply = Problem::too_many_requests(30).to_reply("r");
        assert_eq!((reply.status, reply.header("retry-after")), (429, Some("30")));
    }

    #[test]
    fn an_unknown_speaker_is_told_the_scheme() {
        let reply = Problem::unauthorized().to_reply("r");
        assert_eq!((reply.status, reply.header("www-authenticate")), (401, Some(r#"Bearer realm="kamai""#)));
    }

    #[test]
    fn an_extension_cannot_replace_a_member_of_the_standard() {
        let problem = Problem::conflict("…").with("status", 200).with("resets_at", "2026-01-01T00:00:00Z");
        assert_eq!(body(&problem)["status"], 409);
        assert_eq!(body(&problem)["resets_at"], "2026-01-01T00:00:00Z");
    }
}
