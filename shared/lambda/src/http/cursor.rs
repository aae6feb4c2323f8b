//! Cursors of lists: opaque to a client, and of use only to the caller and list they were made for.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::code;
use super::problem::Problem;

/// How much of the MAC is kept, in bytes. 128 bits cannot be guessed, and a URL stays short.
const TAG_BYTES: usize = 16;

const CURSOR_CHARS_MAX: usize = 2048;

/// Makes cursors and takes them back.
///
/// The payload is signed, not sealed: a client can read it, so it holds nothing that its reader
/// may not know. `scope` names caller and list (`usr_…/payouts?state=paid`): a cursor of another
/// user, or of another filter, is refused.
#[derive(Clone)]
pub struct Cursors {
    key: [u8; 32],
}

impl Cursors {
    /// `pepper` is shared with other uses, so the key is derived from it.
    pub fn new(pepper: &[u8]) -> Self {
        let mut mac = keyed(&Sha256::digest(pepper).into());
        mac.update(b"kamai cursors, version 1");
        Self { key: mac.finalize().into_bytes().into() }
    }

    pub fn seal(&self, scope: &str, payload: &str) -> String {
        let tag = self.mac(scope, payload.as_bytes()).finalize().into_bytes();
        let mut bytes = Vec::with_capacity(TAG_BYTES + payload.len());
        bytes.extend_from_slice(&tag[..TAG_BYTES]);
        bytes.extend_from_slice(payload.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// # Errors
    ///
    /// 400 `cursor_invalid` for anything that [`Cursors::seal`] did not make for this scope.
    pub fn open(&self, scope: &str, cursor: &str) -> Result<String, Problem> {
        self.opened(scope, cursor)
            .ok_or_else(|| Problem::new(code::CURSOR_INVALID, "Send `next_cursor` of the page before, unchanged, to the same list."))
    }

    fn opened(&self, scope: &str, cursor: &str) -> Option<String> {
        if cursor.len() > CURSOR_CHARS_MAX {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (tag, payload) = bytes.split_at_checked(TAG_BYTES)?;
        self.mac(scope, payload).verify_truncated_left(tag).ok()?;
        String::from_utf8(payload.to_vec()).ok()
    }

    fn mac(&self, scope: &str, payload: &[u8]) -> Hmac<Sha256> {
        let mut mac = keyed(&self.key);
        // The length keeps a part of the scope from passing for a part of the payload.
        mac.update(&(scope.len() as u64).to_be_bytes());
        mac.update(scope.as_bytes());
        mac.update(payload);
        mac
    }
}

/// HMAC pads a short key with zeros itself; done here, nothing is left that can fail.
fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    let mut block = [0; 64];
    block[..key.len()].copy_from_slice(key);
    Hmac::new(&block.into())
}

#[cfg(test)]
mod tests {
    use super::Cursors;

    fn cursors() -> Cursors {
        Cursors::new(b"pepper")
    }

    #[test]
    fn a_cursor_leads_back_to_where_it_was_made() {
        for payload in ["", "PAYOUT#2026-08-17#pout_01J", "नमस्ते"] {
            let cursor = cursors().seal("usr_1/payouts", payload);
            assert!(cursor.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
            assert_eq!(cursors().open("usr_1/payouts", &cursor).unwrap(), payload);
        }
    }

    #[test]
    fn a_cursor_of_another_caller_list_or_key_is_refused() {
        let cursor = cursors().seal("usr_1/payouts", "x");
        for scope in ["usr_2/payouts", "usr_1/payments", "usr_1/payout", "usr_1/payoutsx", ""] {
            assert_eq!(cursors().open(scope, &cursor).unwrap_err().code().name, "cursor_invalid");
        }
        assert!(Cursors::new(b"other").open("usr_1/payouts", &cursor).is_err());
    }

    #[test]
    fn scope_and_payload_cannot_be_shifted() {
        assert_ne!(cursors().seal("a", "bc"), cursors().seal("ab", "c"));
        let cursor = cursors().seal("a", "bc");
        assert!(cursors().open("ab", &cursor).is_err());
    }

    #[test]
    fn every_changed_character_is_noticed() {
        let cursor = cursors().seal("s", "PAYOUT#1");
        for i in 0..cursor.len() {
            let mut changed = cursor.clone().into_bytes();
            changed[i] = if changed[i] == b'A' { b'B' } else { b'A' };
            assert!(cursors().open("s", std::str::from_utf8(&changed).unwrap()).is_err(), "{i}");
        }
        for odd in ["", "AAAA", "====", "+/", &"A".repeat(5000), &format!("{cursor}A"), &format!("{cursor}==")] {
            assert!(cursors().open("s", odd).is_err(), "{odd}");
        }
    }
}
