//! One-time passwords. None is kept anywhere: whoever sends one and whoever checks it derive it
//! from the challenge's id under a secret key.

use domain::id::ChallengeId;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Six digits.
pub fn otp_of(key: &str, challenge: ChallengeId) -> String {
    // An HMAC takes a key of any length, so this does not fail.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else { return String::new() };
    mac.update(challenge.to_string().as_bytes());
    let bytes = mac.finalize().into_bytes();
    let number = bytes.iter().take(8).fold(0u64, |number, byte| number << 8 | u64::from(*byte));
    format!("{:06}", number % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Timestamp, id::Fingerprint};

    #[test]
    fn it_has_six_digits_and_depends_on_key_and_challenge() {
        let challenge = |n: u8| ChallengeId::new(Timestamp::UNIX_EPOCH, Fingerprint::random([n; 10]));
        let codes: Vec<String> = (0..50).map(|n| otp_of("k", challenge(n))).collect();
        assert!(codes.iter().all(|code| code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit())));
        assert_ne!(codes[0], codes[1]);
        assert_ne!(codes[0], otp_of("other", challenge(0)));
        assert_eq!(codes[0], otp_of("k", challenge(0)));
    }
}
