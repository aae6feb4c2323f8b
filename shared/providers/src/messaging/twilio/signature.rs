//! Who posted this: HMAC-SHA1 over the URL and the parameters, in base64.
//!
//! Source: `whatsapp.md`, B1. The URL is the one that Twilio was given, so it comes from our
//! configuration and never from a `Host` header; a query of it belongs to it. Between URL, names
//! and values there is no separator: give Twilio URLs that end in no parameter of a stranger's.

use std::borrow::Cow;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::secret::Secret;
use crate::signature::{Secrets, Verified};

/// The header with the signature.
pub const SIGNATURE_HEADER: &str = "x-twilio-signature";

/// The parameter of the URL with the hash of a body that is no form.
const BODY_HASH: &str = "bodySHA256";

/// What was posted.
#[derive(Clone, Copy)]
pub enum Posted<'a> {
    /// `application/x-www-form-urlencoded`, as all callbacks of messages; empty for a GET.
    Form(&'a [u8]),
    /// Anything else. The URL carries its hash, and only the URL is signed.
    Json(&'a [u8]),
}

/// Why a request is not believed. None of these gets better by trying again as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the signature is not a SHA-1 code in base64")]
    Malformed,
    #[error("the signature is not Twilio's")]
    Wrong,
    #[error("the URL does not carry the hash of this body")]
    AnotherBody,
}

/// Verifies what was posted to `url` against the header that came with it.
///
/// `tokens` are the account's primary auth token and, while it is being rotated, the one before.
/// Twilio signs the port or leaves it out, and has spelled queries differently over time, so each
/// spelling of the URL is tried.
///
/// # Errors
///
/// [`Refused`]; a header that is missing is the empty string, which is malformed.
pub fn verify<'a>(url: &str, posted: Posted<'a>, header: &str, tokens: &Secrets) -> Result<Verified<'a>, Refused> {
    let code = STANDARD.decode(header).ok().filter(|code| code.len() == 20).ok_or(Refused::Malformed)?;
    let (body, parameters) = match posted {
        Posted::Form(body) => (body, parameters(body)),
        Posted::Json(body) => {
            if !carries_hash_of(url, body) {
                return Err(Refused::AnotherBody);
            }
            (body, String::new())
        }
    };
    // Each spelling under each token, whichever fits, so that the time taken does not say which.
    let believed = spellings(url).iter().fold(false, |believed, url| {
        believed | tokens.any(|token| hmac::verify(&key(token), format!("{url}{parameters}").as_bytes(), &code).is_ok())
    });
    if believed { Ok(Verified::by_other_scheme(body)) } else { Err(Refused::Wrong) }
}

/// The signature of what is posted to `url`, as Twilio makes it.
#[must_use]
pub fn sign(url: &str, posted: Posted<'_>, token: &Secret) -> String {
    let parameters = match posted {
        Posted::Form(body) => parameters(body),
        Posted::Json(_) => String::new(),
    };
    STANDARD.encode(hmac::sign(&key(token), format!("{url}{parameters}").as_bytes()))
}

fn key(token: &Secret) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, token.expose().as_bytes())
}

/// Names and values in the order of names, then of values; what is there twice counts once.
fn parameters(body: &[u8]) -> String {
    let mut pairs: Vec<_> = form_urlencoded::parse(body).collect();
    // By the name alone: `Reason` comes before `ReasonConferenceEnded` whatever their values.
    pairs.sort_unstable();
    pairs.dedup();
    pairs.into_iter().flat_map(|(name, value)| [name, value]).collect()
}

fn carries_hash_of(url: &str, body: &[u8]) -> bool {
    let query = split(url).map_or("", |parts| parts.query);
    let given = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == BODY_HASH);
    let expected = hex::encode(digest(&SHA256, body));
    given.is_some_and(|(_, given)| verify_slices_are_equal(given.as_bytes(), expected.as_bytes()).is_ok())
}

/// A URL in the parts in which spellings of it differ.
struct Parts<'a> {
    scheme: &'a str,
    /// With what stands before `@`.
    host: &'a str,
    port: Option<&'a str>,
    path: &'a str,
    query: &'a str,
}

fn split(url: &str) -> Option<Parts<'_>> {
    let (scheme, rest) = url.split_once("://")?;
    let (authority, target) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    // The last colon stands before a port, unless it is part of a password or of an IPv6 address.
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => (host, Some(port)),
        _ => (authority, None),
    };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    Some(Parts { scheme, host, port, path, query })
}

/// The URL as it is, without its port and with the usual one; and each with its query as it is, with
/// quotes escaped, and encoded anew as Node's old `querystring` does.
fn spellings(url: &str) -> Vec<String> {
    let Some(Parts { scheme, host, port, path, query }) = split(url) else {
        return vec![url.to_owned()];
    };
    let usual = if scheme.eq_ignore_ascii_case("https") { "443" } else { "80" };
    let ports = [String::new(), format!(":{}", port.unwrap_or(usual))];
    let mut queries: Vec<Cow<'_, str>> = vec![query.into()];
    if !query.is_empty() {
        queries.push(query.replace('\'', "%27").into());
        queries.push(encoded_anew(query).into());
    }
    let mut all = vec![url.to_owned()];
    for port in &ports {
        for query in &queries {
            let mark = if query.is_empty() { "" } else { "?" };
            let spelling = format!("{scheme}://{host}{port}{path}{mark}{query}");
            if !all.contains(&spelling) {
                all.push(spelling);
            }
        }
    }
    all
}

fn encoded_anew(query: &str) -> String {
    let pairs = form_urlencoded::parse(query.as_bytes()).map(|(name, value)| format!("{}={}", component(&name), component(&value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// JavaScript's `encodeURIComponent`.
fn component(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'\'' | b'(' | b')' => {
                encoded.push(char::from(byte));
            }
            _ => {
                encoded.push('%');
                encoded.push_str(&hex::encode_upper([byte]));
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests;
