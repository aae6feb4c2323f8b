//! Hashes as Meta writes them: base64 in a message, hex beside an address.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use sha2::{Digest, Sha256};

const WITH_PADDING_OR_WITHOUT: GeneralPurposeConfig = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, WITH_PADDING_OR_WITHOUT);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, WITH_PADDING_OR_WITHOUT);

/// Whether that is the SHA-256 of the file, in hex or in base64. What is no hash is of no file.
#[must_use]
pub fn is_sha256_of(told: &str, bytes: &[u8]) -> bool {
    let told = match told.len() {
        64 => hex::decode(told).ok(),
        _ => STANDARD.decode(told).or_else(|_| URL_SAFE.decode(told)).ok(),
    };
    told.is_some_and(|hash| hash == *Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_known_in_hex_and_in_base64() {
        for told in [
            "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
            "2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824",
            "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=",
            "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ",
            "LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=",
        ] {
            assert!(is_sha256_of(told, b"hello"), "{told}");
            assert!(!is_sha256_of(told, b"hello "), "{told}");
        }
    }

    #[test]
    fn what_is_no_hash_is_of_no_file() {
        for told in ["", "sha256", "LPJN", &"z".repeat(64), &"é".repeat(32)] {
            assert!(!is_sha256_of(told, b"") && !is_sha256_of(told, b"hello"), "{told}");
        }
    }
}
