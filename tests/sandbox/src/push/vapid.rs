//! Whether a sender is who it says (RFC 8292).
//!
//! Source: the push sheet, B3.

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::jwt;

const TOKEN_SECONDS_MAX: i64 = 24 * 60 * 60;

/// Somebody whose token was believed.
#[derive(Debug)]
pub struct Sender {
    pub key: String,
    pub claims: Value,
}

/// Reads an `Authorization` for this service, and says what is wrong with it otherwise.
pub fn sender(authorization: &str, origin: &str, now: i64) -> Result<Sender, &'static str> {
    let parameters = authorization.strip_prefix("vapid ").ok_or("the scheme is not vapid")?;
    let parameter = |name: &str| parameters.split(',').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='));
    let (token, key) = parameter("t").zip(parameter("k")).ok_or("t or k is missing")?;
    let point = URL_SAFE_NO_PAD.decode(key).ok().filter(|point| point.len() == 65).ok_or("k is no key")?;
    let parts = jwt::take_apart(token).ok_or("t is no token")?;
    if parts.header["alg"] != "ES256" {
        return Err("the algorithm is not ES256");
    }
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
        .verify(parts.signed.as_bytes(), &parts.signature)
        .map_err(|_| "the signature is not k's")?;
    if parts.claims["aud"] != origin {
        return Err("aud is another service");
    }
    if !parts.claims["exp"].as_i64().is_some_and(|expires| now < expires && expires <= now + TOKEN_SECONDS_MAX) {
        return Err("exp is past, or more than a day ahead");
    }
    let reachable = |sub: &str| sub.starts_with("https://") || (sub.starts_with("mailto:") && !sub.ends_with("@localhost"));
    if !parts.claims["sub"].as_str().is_some_and(reachable) {
        return Err("sub is nobody to reach");
    }
    Ok(Sender { key: key.to_owned(), claims: parts.claims })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8292, section 2.4.
    const AUTHORIZATION: &str = "vapid t=eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA, k=BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs";
    const ORIGIN: &str = "https://push.example.net";
    const EXPIRES: i64 = 1_453_523_768;

    #[test]
    fn the_rfcs_sender_is_believed() {
        let sender = sender(AUTHORIZATION, ORIGIN, EXPIRES - 1).unwrap();
        assert_eq!(sender.claims["sub"], "mailto:push@example.com");
        assert!(AUTHORIZATION.ends_with(&sender.key));
    }

    #[test]
    fn a_token_for_another_place_or_time_is_not_believed() {
        let why = |authorization: &str, origin, now| sender(authorization, origin, now).unwrap_err();
        assert_eq!(why(AUTHORIZATION, "https://push.example.net:8443", EXPIRES - 1), "aud is another service");
        assert_eq!(why(AUTHORIZATION, ORIGIN, EXPIRES), "exp is past, or more than a day ahead");
        assert_eq!(why(AUTHORIZATION, ORIGIN, EXPIRES - 86_401), "exp is past, or more than a day ahead");
        let altered = AUTHORIZATION.replace("i3CYb7t4", "i3CYb7t5");
        assert_eq!(why(&altered, ORIGIN, EXPIRES - 1), "the signature is not k's");
        assert_eq!(why("", ORIGIN, EXPIRES - 1), "the scheme is not vapid");
        assert_eq!(why("vapid t=x", ORIGIN, EXPIRES - 1), "t or k is missing");
    }
}
