//! SES' SMTP password.

use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::secret::{Secret, SecretMissing};

/// The version that SES writes before the key.
const VERSION: u8 = 4;

/// What an access key's secret is for SMTP in one region.
///
/// Source: `email-sms.md`, A1. Temporary credentials, such as a role's, cannot be used so
/// (unverified); the key is a user's who may do `ses:SendRawEmail` and nothing else.
///
/// # Errors
///
/// Never: a password is not empty. It is the type of the secret that cannot know.
pub fn derive_ses_password(secret: &Secret, region: &str) -> Result<Secret, SecretMissing> {
    let first = format!("AWS4{}", secret.expose());
    let chain = ["11111111", region, "ses", "aws4_request", "SendRawEmail"];
    let key = chain.iter().fold(first.into_bytes(), |key, word| sign(&Key::new(HMAC_SHA256, &key), word.as_bytes()).as_ref().to_vec());
    Secret::new(STANDARD.encode([&[VERSION], key.as_slice()].concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheets_vectors_are_derived() {
        for (region, secret, password) in [
            ("eu-central-1", "some+secret+key", "BMXhUYlu5Z3gSXVQORxlVa7XPaz91aGWdfHxvkOZdWZ2"),
            ("eu-central-1", "another+secret+key", "BBbphbrQmrKMx42d1N6+C7VINYEBGI5v9VsZeTxwskfh"),
            ("us-west-1", "some+secret+key", "BH+jbMzper5WwlwUar9E1ySBqHa9whi0GPo+sJ0mVYJj"),
            ("us-west-1", "another+secret+key", "BKVmjjMDFk/qqw8EROW99bjCS65PF8WKvK5bSr4Y6EqF"),
        ] {
            let derived = derive_ses_password(&Secret::new(secret).unwrap(), region).unwrap();
            assert_eq!(derived.expose(), password, "{region}");
        }
    }
}
