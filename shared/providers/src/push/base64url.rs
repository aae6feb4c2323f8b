//! Base64 for URLs, as JSON Web Tokens and Web Push write it.

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, URL_SAFE_NO_PAD};

/// Reads with padding and without.
const LENIENT: GeneralPurpose =
    GeneralPurpose::new(&URL_SAFE, GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent));

/// Without padding.
pub(super) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads either alphabet, padded or not: clients send all four (`push.md`, B1).
pub(super) fn decode_lenient(text: &str) -> Option<Vec<u8>> {
    LENIENT.decode(text.replace('+', "-").replace('/', "_")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_the_same_bytes_is_read() {
        for text in ["-_8", "-_8=", "+/8", "+/8="] {
            assert_eq!(decode_lenient(text).unwrap(), [0xfb, 0xff], "{text}");
        }
        for text in ["-_8==", "-_ 8", "-", "é"] {
            assert_eq!(decode_lenient(text), None, "{text}");
        }
        assert_eq!(encode([0xfb, 0xff]), "-_8");
    }
}
