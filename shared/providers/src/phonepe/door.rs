//! Who sent a webhook, by either of the two ways that PhonePe's dashboard offers.
//!
//! Source: `upi.md`, section 3.6. In the first (`SHA`) the header is the SHA-256 of a user name and a
//! password: the same on every delivery, **whatever the body says**, so that whoever has seen it once
//! can write events. In the second (`HMAC`) the body is signed; the names of its headers, and that it
//! is in hex, are agreed upon by several integrations and not by PhonePe's documentation.
//!
//! What is believed here is therefore never more than a reason to ask PhonePe.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::secret::Secret;
use crate::signature::{Secrets, SignatureRefused, Verified, decode};

/// The header of the first way.
pub const LOGIN_HEADER: &str = "authorization";
/// The headers of the second.
pub const KEY_ID_HEADER: &str = "x-phonepe-checksum-key-id";
pub const SIGNATURE_HEADER: &str = "x-phonepe-checksum-signature";

/// A signature in base64: 32 bytes.
const BASE64_LEN: usize = 44;

/// The user name and password of a webhook of the first kind.
#[derive(Debug, Clone)]
pub struct Login {
    pub username: String,
    pub password: Secret,
}

/// The key of a webhook of the second kind.
#[derive(Debug, Clone)]
pub struct ChecksumKey {
    pub id: String,
    pub secret: Secret,
}

/// What webhooks are believed by: as many of each as are in use, two while one is replaced by another.
///
/// A deployment that names keys and no login takes signed webhooks only.
#[derive(Debug, Clone, Default)]
pub struct Door {
    pub logins: Vec<Login>,
    pub keys: Vec<ChecksumKey>,
}

/// What came above a body; a header that is missing is the empty string.
#[derive(Debug, Clone, Copy, Default)]
pub struct Headers<'a> {
    pub login: &'a str,
    pub key_id: &'a str,
    pub signature: &'a str,
}

impl Door {
    /// Whether a delivery comes from PhonePe. One that carries a signature is believed by that alone.
    ///
    /// # Errors
    ///
    /// [`SignatureRefused`].
    pub fn admit<'a>(&self, body: &'a [u8], headers: Headers<'_>) -> Result<Verified<'a>, SignatureRefused> {
        let believed = if headers.signature.is_empty() {
            self.knows(&decode(headers.login.trim().trim_start_matches("SHA256 "))?)
        } else {
            self.has_signed(body, headers.key_id, &signature(headers.signature.trim())?)
        };
        if believed { Ok(Verified::by_other_scheme(body)) } else { Err(SignatureRefused::Wrong) }
    }

    /// All are tried, so that the time taken does not say which one fitted.
    fn knows(&self, given: &[u8; 32]) -> bool {
        self.logins.iter().fold(false, |known, login| {
            let digest = Sha256::digest(format!("{}:{}", login.username, login.password.expose()));
            known | verify_slices_are_equal(&digest, given).is_ok()
        })
    }

    /// The id of a key is no secret, and is compared as such.
    fn has_signed(&self, body: &[u8], key_id: &str, given: &[u8; 32]) -> bool {
        let keys = self.keys.iter().filter(|key| key.id == key_id);
        keys.fold(false, |signed, key| signed | Secrets::only(key.secret.clone()).signed(body, given))
    }
}

/// 64 digits of lower-case hex, or base64 of as many bytes.
fn signature(text: &str) -> Result<[u8; 32], SignatureRefused> {
    if text.len() != BASE64_LEN {
        return decode(text);
    }
    let bytes = STANDARD.decode(text).map_err(|_| SignatureRefused::Malformed)?;
    bytes.try_into().map_err(|_| SignatureRefused::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The official vector of `upi.md`, section 3.6.
    const LOGIN: &str = "bc842c31a9e54efe320d30d948be61291f3ceee4766e36ab25fa65243cd76e0e";
    /// The sheet's own example.
    const BODY: &[u8] = br#"{"event":"checkout.order.completed","payload":{"merchantOrderId":"MO-1","state":"COMPLETED","amount":10000}}"#;
    const SIGNATURE: &str = "004ca05861739f885020ce0f967dd56dc5fd9b91637ca93605664e388a7792bf";

    fn secret(text: &str) -> Secret {
        Secret::new(text).unwrap()
    }

    fn login(username: &str, password: &str) -> Login {
        Login { username: username.to_owned(), password: secret(password) }
    }

    fn key(id: &str, text: &str) -> ChecksumKey {
        ChecksumKey { id: id.to_owned(), secret: secret(text) }
    }

    fn by_login(door: &Door, header: &str) -> Result<(), SignatureRefused> {
        door.admit(BODY, Headers { login: header, ..Headers::default() }).map(|_| ())
    }

    fn by_key(door: &Door, key_id: &str, signature: &str) -> Result<(), SignatureRefused> {
        door.admit(BODY, Headers { key_id, signature, ..Headers::default() }).map(|_| ())
    }

    #[test]
    fn the_sheets_login_is_believed() {
        let door = Door { logins: vec![login("username", "password")], keys: Vec::new() };
        assert_eq!(by_login(&door, LOGIN), Ok(()));
        assert_eq!(by_login(&door, &format!("SHA256 {LOGIN}")), Ok(()));
        assert_eq!(by_login(&door, &format!("0{}", &LOGIN[1..])), Err(SignatureRefused::Wrong));
        for header in ["", &LOGIN[1..], &LOGIN.to_uppercase(), &format!("Basic {LOGIN}"), "dXNlcm5hbWU6cGFzc3dvcmQ="] {
            assert_eq!(by_login(&door, header), Err(SignatureRefused::Malformed), "{header}");
        }
        assert_eq!(by_login(&Door::default(), LOGIN), Err(SignatureRefused::Wrong));
    }

    #[test]
    fn the_sheets_signature_is_believed_in_hex_and_in_base64() {
        let door = Door { logins: Vec::new(), keys: vec![key("wh_1", "test-secret")] };
        assert_eq!(BODY.len(), 108);
        assert_eq!(by_key(&door, "wh_1", SIGNATURE), Ok(()));
        let base64 = STANDARD.encode(hex::decode(SIGNATURE).unwrap());
        assert_eq!(by_key(&door, "wh_1", &base64), Ok(()));
        for (id, header) in [("wh_2", SIGNATURE), ("", SIGNATURE), ("wh_1", &*format!("1{}", &SIGNATURE[1..]))] {
            assert_eq!(by_key(&door, id, header), Err(SignatureRefused::Wrong), "{id} {header}");
        }
        for header in [&SIGNATURE[1..], &SIGNATURE.to_uppercase(), &base64[1..], &base64.replace('=', "!")] {
            assert_eq!(by_key(&door, "wh_1", header), Err(SignatureRefused::Malformed), "{header}");
        }
    }

    #[test]
    fn one_changed_byte_is_refused() {
        let door = Door { logins: Vec::new(), keys: vec![key("wh_1", "test-secret")] };
        for at in 0..BODY.len() {
            let mut body = BODY.to_vec();
            body[at] ^= 1;
            let headers = Headers { key_id: "wh_1", signature: SIGNATURE, ..Headers::default() };
            assert_eq!(door.admit(&body, headers), Err(SignatureRefused::Wrong));
        }
    }

    #[test]
    fn a_signature_that_does_not_fit_is_not_made_good_by_a_login() {
        let door = Door { logins: vec![login("username", "password")], keys: vec![key("wh_1", "test-secret")] };
        let headers = Headers { login: LOGIN, key_id: "wh_1", signature: LOGIN };
        assert_eq!(door.admit(BODY, headers), Err(SignatureRefused::Wrong));
    }

    #[test]
    fn the_new_and_the_old_are_believed_while_both_are_named() {
        let both = Door {
            logins: vec![login("new_user", "new"), login("username", "password")],
            keys: vec![key("wh_2", "other"), key("wh_1", "test-secret")],
        };
        assert_eq!((by_login(&both, LOGIN), by_key(&both, "wh_1", SIGNATURE)), (Ok(()), Ok(())));
        let after = Door { logins: vec![login("new_user", "new")], keys: vec![key("wh_2", "other")] };
        let wrong = Err(SignatureRefused::Wrong);
        assert_eq!((by_login(&after, LOGIN), by_key(&after, "wh_1", SIGNATURE)), (wrong, wrong));
        assert!(!format!("{both:?}").contains("test-secret"));
    }
}
