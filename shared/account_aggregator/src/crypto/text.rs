//! Keys and nonces as text.

use base64::Engine as _;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};

const BEGIN: &str = "-----BEGIN PUBLIC KEY-----";
const END: &str = "-----END PUBLIC KEY-----";

/// Reads with padding and without.
const LENIENT: GeneralPurpose =
    GeneralPurpose::new(&ALPHABET, GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent));

/// Base64 in which there may be white space.
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    if text.bytes().any(|byte| byte.is_ascii_whitespace()) {
        return LENIENT.decode(text.split_ascii_whitespace().collect::<String>()).ok();
    }
    LENIENT.decode(text).ok()
}

pub fn to_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The DER of a public key: PEM on one line or several, or its base64 alone. Line ends may have been
/// written as `\n` by a second turn through JSON.
pub fn from_pem(text: &str) -> Option<Vec<u8>> {
    let text = text.replace("\\r", "").replace("\\n", "\n");
    let text = text.trim();
    let body = match text.strip_prefix(BEGIN) {
        Some(rest) => rest.strip_suffix(END)?,
        None => text,
    };
    from_base64(body)
}

/// As the working ecosystem writes it: on one line.
pub fn to_pem(der: &[u8]) -> String {
    format!("{BEGIN}{}{END}", to_base64(der))
}
