//! The token that a request brings.

use super::claims::Claims;
use super::verify::{TokenError, Verifier};
use crate::http::code;
use crate::http::problem::Problem;
use crate::http::request::Request;
use crate::log;

impl Verifier {
    /// Who is speaking, from `Authorization: Bearer <token>`. Notes them, by pseudonym, in the
    /// log of this request.
    ///
    /// # Errors
    ///
    /// 401, `token_expired` where a fresh token is all that is missing.
    pub fn caller(&self, request: &Request, now_s: i64) -> Result<Claims, Problem> {
        let token = bearer(request).ok_or_else(Problem::unauthorized)?;
        let claims = self.verify(token, now_s).map_err(|error| match error {
            TokenError::Expired => Problem::new(code::TOKEN_EXPIRED, "Get a new access token with your refresh token."),
            TokenError::Malformed
            | TokenError::Algorithm
            | TokenError::UnknownKey
            | TokenError::Signature
            | TokenError::Claims
            | TokenError::Issuer
            | TokenError::Audience
            | TokenError::NotYetValid => Problem::unauthorized().with_cause(error),
        })?;
        log::speaking(&claims.sub);
        Ok(claims)
    }
}

/// RFC 9110, section 11.1: the scheme in any case, one space or more, the token.
fn bearer(request: &Request) -> Option<&str> {
    let (scheme, token) = request.header("authorization")?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim_start_matches(' '))
}

#[cfg(test)]
mod tests {
    use super::super::generate::key_set;
    use super::super::{Role, Signer, Subject, Verifier};
    use crate::http::request::Request;

    #[test]
    fn a_caller_is_known_by_their_token_alone() {
        let keys = serde_json::from_str(&key_set("k").unwrap()).unwrap();
        let signer = Signer::new(&keys, "i", "a").unwrap();
        let subject = Subject { user_id: "usr_1".into(), role: Role::Worker, scope: String::new(), session_id: None };
        let token = signer.sign(&subject, "j", 1000).unwrap().token;
        let verifier = Verifier::new(keys, "i", "a");
        let ask = |header: String| verifier.caller(&Request::get("/").header("authorization", header).build(), 1000);

        assert_eq!(ask(format!("Bearer {token}")).unwrap().sub, "usr_1");
        assert_eq!(ask(format!("bearer  {token}")).unwrap().sub, "usr_1");
        for odd in [String::new(), token.clone(), format!("Basic {token}"), format!("Bearer {token},Bearer {token}"), "Bearer ".into()] {
            assert_eq!(ask(odd).unwrap_err().code().name, "unauthorized");
        }
        assert_eq!(verifier.caller(&Request::get("/").build(), 1000).unwrap_err().status(), 401);
        let late = verifier.caller(&Request::get("/").bearer(&token).build(), 5000).unwrap_err();
        assert_eq!(late.code().name, "token_expired");
    }
}
