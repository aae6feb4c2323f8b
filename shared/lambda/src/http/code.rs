//! The codes a problem may carry. A client branches on these, so they never change their meaning.

/// One kind of problem: its stable name, and what always goes with it.
///
/// The ones that any function may answer are below. A function that refuses for reasons of its
/// own defines more of them beside its handler, as consts of this type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    pub name: &'static str,
    pub status: u16,
    /// The same for every occurrence (RFC 9457, section 3.1.3).
    pub title: &'static str,
    /// Whether the very same request may succeed later.
    pub retryable: bool,
}

impl Code {
    /// A refusal: the same request will be refused again.
    pub const fn refusal(name: &'static str, status: u16, title: &'static str) -> Self {
        Self { name, status, title, retryable: false }
    }

    /// A matter of time: the same request may succeed later.
    pub const fn try_later(name: &'static str, status: u16, title: &'static str) -> Self {
        Self { name, status, title, retryable: true }
    }
}

pub const INVALID_REQUEST: Code = Code::refusal("invalid_request", 400, "The request is not valid");
pub const IDEMPOTENCY_KEY_REQUIRED: Code = Code::refusal("idempotency_key_required", 400, "An Idempotency-Key header is required");
pub const IDEMPOTENCY_KEY_INVALID: Code = Code::refusal("idempotency_key_invalid", 400, "The Idempotency-Key header is not valid");
pub const CURSOR_INVALID: Code = Code::refusal("cursor_invalid", 400, "The cursor is not valid for this list");
pub const UNAUTHORIZED: Code = Code::refusal("unauthorized", 401, "A valid access token is required");
pub const TOKEN_EXPIRED: Code = Code::refusal("token_expired", 401, "The access token has expired");
pub const SIGNATURE_INVALID: Code = Code::refusal("signature_invalid", 401, "The signature does not match");
pub const FORBIDDEN: Code = Code::refusal("forbidden", 403, "Not allowed");
pub const NOT_FOUND: Code = Code::refusal("not_found", 404, "Not found");
pub const CONFLICT: Code = Code::refusal("conflict", 409, "In conflict with the present state");
pub const IDEMPOTENCY_KEY_IN_USE: Code = Code::try_later("idempotency_key_in_use", 409, "A request with this key is being worked on");
pub const BODY_TOO_LARGE: Code = Code::refusal("body_too_large", 413, "The request is too large");
pub const UNPROCESSABLE: Code = Code::refusal("unprocessable", 422, "Understood, but refused");
pub const IDEMPOTENCY_KEY_REUSED: Code = Code::refusal("idempotency_key_reused", 422, "The key was used with another request");
pub const TOO_MANY_REQUESTS: Code = Code::try_later("too_many_requests", 429, "Too many requests");
pub const HEADERS_TOO_LARGE: Code = Code::refusal("headers_too_large", 431, "The headers are too large");
pub const INTERNAL: Code = Code::refusal("internal", 500, "Something went wrong on our side");
pub const UNAVAILABLE: Code = Code::try_later("unavailable", 503, "Not available at this moment");

/// Every code defined here, for the API description.
pub const ALL: &[Code] = &[
    INVALID_REQUEST,
    IDEMPOTENCY_KEY_REQUIRED,
    IDEMPOTENCY_KEY_INVALID,
    CURSOR_INVALID,
    UNAUTHORIZED,
    TOKEN_EXPIRED,
    SIGNATURE_INVALID,
    FORBIDDEN,
    NOT_FOUND,
    CONFLICT,
    IDEMPOTENCY_KEY_IN_USE,
    BODY_TOO_LARGE,
    UNPROCESSABLE,
    IDEMPOTENCY_KEY_REUSED,
    TOO_MANY_REQUESTS,
    HEADERS_TOO_LARGE,
    INTERNAL,
    UNAVAILABLE,
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::ALL;

    #[test]
    fn every_code_has_a_name_of_its_own_in_snake_case() {
        let names: HashSet<_> = ALL.iter().map(|code| code.name).collect();
        assert_eq!(names.len(), ALL.len());
        assert!(names.iter().all(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '_')));
        assert!(ALL.iter().all(|code| (400..600).contains(&code.status)));
    }
}
