//! One-time passwords. None is kept anywhere: whoever sends one and whoever checks it derive it
//! from the challenge's id under a secret key.

use domain::{id::ChallengeId, notice::suppression::AddressHash};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Six digits. Those that prove an e-mail address are made for that address: another one that is set
/// meanwhile is not proven by them.
pub fn otp_of(key: &str, challenge: ChallengeId, address: Option<&AddressHash>) -> String {
    // An HMAC takes a key of any length, so this does not fail.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else { return String::new() };
    mac.update(challenge.to_string().as_bytes());
    if let Some(address) = address {
        mac.update(b":");
        mac.update(address.as_str().as_bytes());
    }
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
        let otp_of = |key, challenge| otp_of(key, challenge, None);
        let codes: Vec<String> = (0..50).map(|n| otp_of("k", challenge(n))).collect();
        assert!(codes.iter().all(|code| code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit())));
        assert_ne!(codes[0], codes[1]);
        assert_ne!(codes[0], otp_of("other", challenge(0)));
        assert_eq!(codes[0], otp_of("k", challenge(0)));
    }

    #[test]
    fn one_that_proves_an_address_proves_no_other() {
        let challenge = ChallengeId::new(Timestamp::UNIX_EPOCH, Fingerprint::random([7; 10]));
        let of = |address: &str| otp_of("k", challenge, Some(&AddressHash::new(address)));
        assert_ne!(of("a"), of("b"));
        assert_ne!(of("a"), otp_of("k", challenge, None));
        assert_eq!(of("a"), of("a"));
    }
}
