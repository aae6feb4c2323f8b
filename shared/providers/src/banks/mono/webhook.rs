//! What Mono tells unasked.
//!
//! Source: `banks.md`, section 1, "Webhooks", which has two sources that contradict each other about
//! the header: so it is a setting. A header that is only a shared secret says nothing of the body, so
//! an event is a hint in any case: the account is read before anything is changed.

use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use serde_json::Value;
use sha2::Sha512;

use crate::call::{Illegible, read_json_object};
use crate::secret::Secret;
use crate::signature::{self, Secrets, SignatureRefused, Verified};

pub const SIGNATURE_HEADER: &str = "mono-webhook-secret";

/// What the header holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// The secret itself, as Mono documents it.
    #[default]
    SharedSecret,
    /// HMAC-SHA512 of the body under it, in hex.
    HmacSha512,
}

/// Verifies a body against the header that came with it, in a time that does not tell how much of it
/// was right.
///
/// # Errors
///
/// [`SignatureRefused`]; a header that is missing is the empty string, which is malformed.
pub fn verify<'a>(body: &'a [u8], header: &str, mode: Mode, secrets: &Secrets) -> Result<Verified<'a>, SignatureRefused> {
    if header.is_empty() {
        return Err(SignatureRefused::Malformed);
    }
    match mode {
        Mode::SharedSecret => signature::shown(body, header, secrets),
        Mode::HmacSha512 => {
            let code = hex::decode(header).map_err(|_| SignatureRefused::Malformed)?;
            let is_ours = secrets.any(|secret| is_code(secret, body, &code));
            if is_ours { Ok(Verified::by_other_scheme(body)) } else { Err(SignatureRefused::Wrong) }
        }
    }
}

fn is_code(secret: &Secret, body: &[u8], code: &[u8]) -> bool {
    // HMAC takes a key of any length; should that ever change, nothing is believed.
    let Ok(mut mac) = Hmac::<Sha512>::new_from_slice(secret.expose().as_bytes()) else {
        return false;
    };
    mac.update(body);
    mac.verify_slice(code).is_ok()
}

/// One event, by what there is to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Connected {
        account_id: String,
    },
    Updated {
        account_id: String,
    },
    SignInAgain {
        account_id: String,
    },
    Unlinked {
        account_id: String,
    },
    /// Any other, by its name: to be acknowledged and left alone.
    Unknown(String),
}

#[derive(Deserialize)]
struct Body {
    event: String,
    #[serde(default)]
    data: Value,
}

/// Reads an event whose sender is known.
///
/// # Errors
///
/// [`Illegible`] where it is no event, or one that we act upon names no account. The same body fails
/// again.
pub fn parse_event(body: Verified<'_>) -> Result<Event, Illegible> {
    let body: Body = read_json_object(body.bytes())?;
    let account_id = || account_id(&body.data).ok_or_else(|| Illegible::WrongShape { path: "data.account".to_owned() });
    Ok(match body.event.as_str() {
        "mono.events.account_connected" => Event::Connected { account_id: account_id()? },
        "mono.events.account_updated" => Event::Updated { account_id: account_id()? },
        "mono.events.reauthorisation_required" => Event::SignInAgain { account_id: account_id()? },
        "mono.events.account_unlinked" => Event::Unlinked { account_id: account_id()? },
        _ => Event::Unknown(body.event),
    })
}

/// \[U\] It is written in each of these ways.
fn account_id(data: &Value) -> Option<String> {
    let of = |value: &Value| value.get("id").or_else(|| value.get("_id")).and_then(Value::as_str).map(str::to_owned);
    let account = data.get("account");
    account.and_then(|account| account.as_str().map(str::to_owned).or_else(|| of(account))).or_else(|| of(data))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = br#"{"event":"mono.events.account_updated","data":{"account":{"_id":"5f17","name":"A"},"meta":{}}}"#;

    fn secrets() -> Secrets {
        Secrets::new(Secret::new("new").unwrap(), Some(Secret::new("s3cret").unwrap()))
    }

    #[test]
    fn the_shared_secret_is_believed_and_nothing_else() {
        let check = |header: &str| verify(BODY, header, Mode::SharedSecret, &secrets()).map(|_| ());
        assert_eq!((check("new"), check("s3cret")), (Ok(()), Ok(())));
        assert_eq!(check(""), Err(SignatureRefused::Malformed));
        for wrong in ["s3cre", "s3crets", "S3cret", "news3cret"] {
            assert_eq!(check(wrong), Err(SignatureRefused::Wrong), "{wrong}");
        }
    }

    #[test]
    fn a_code_of_the_body_is_believed_in_its_mode_only() {
        // RFC 4231, test case 2.
        let jefe = Secrets::only(Secret::new("Jefe").unwrap());
        let body = b"what do ya want for nothing?";
        let code = "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737";
        assert!(verify(body, code, Mode::HmacSha512, &jefe).is_ok());
        assert!(verify(body, &code.to_uppercase(), Mode::HmacSha512, &jefe).is_ok());
        assert_eq!(verify(body, code, Mode::SharedSecret, &jefe), Err(SignatureRefused::Wrong));
        assert_eq!(verify(b"what do ya want", code, Mode::HmacSha512, &jefe), Err(SignatureRefused::Wrong));
        assert_eq!(verify(body, &code[..64], Mode::HmacSha512, &jefe), Err(SignatureRefused::Wrong));
        for header in ["", "Jefe", &code[1..]] {
            assert_eq!(verify(body, header, Mode::HmacSha512, &jefe), Err(SignatureRefused::Malformed));
        }
    }

    #[test]
    fn an_account_is_found_wherever_an_event_names_it() {
        let read = |body: &str| parse_event(Verified::stored(body.as_bytes()));
        let id = || "5f17".to_owned();
        assert_eq!(parse_event(Verified::stored(BODY)), Ok(Event::Updated { account_id: id() }));
        let connected = r#"{"event":"mono.events.account_connected","data":{"id":"5f17"}}"#;
        assert_eq!(read(connected), Ok(Event::Connected { account_id: id() }));
        let reauth = r#"{"event":"mono.events.reauthorisation_required","data":{"account":"5f17"}}"#;
        assert_eq!(read(reauth), Ok(Event::SignInAgain { account_id: id() }));
        let unlinked = r#"{"event":"mono.events.account_unlinked","data":{"account":{"id":"5f17"}}}"#;
        assert_eq!(read(unlinked), Ok(Event::Unlinked { account_id: id() }));
        assert_eq!(read(r#"{"event":"mono.events.new"}"#), Ok(Event::Unknown("mono.events.new".into())));
        assert!(read(r#"{"event":"mono.events.account_updated"}"#).is_err() && read("[]").is_err());
    }
}
