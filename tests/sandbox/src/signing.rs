//! Signatures and the comparison of secrets.

use std::borrow::Cow;

use aws_lc_rs::hmac::{HMAC_SHA1_FOR_LEGACY_USE_ONLY, Key, sign};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256, Sha512};
use subtle::ConstantTimeEq;

const BLOCK: usize = 64;

/// Lower-case hex of HMAC-SHA256.
pub fn hmac_sha256_hex(secret: impl AsRef<[u8]>, message: &[u8]) -> String {
    // HMAC's own rule for keys, done here because the general constructor wants an error handled
    // that cannot happen: longer than a block, the key is hashed; shorter, padded with zeros.
    let secret = secret.as_ref();
    let mut key = [0u8; BLOCK];
    if secret.len() > BLOCK {
        key[..32].copy_from_slice(&Sha256::digest(secret));
    } else {
        key[..secret.len()].copy_from_slice(secret);
    }
    let mut mac = Hmac::<Sha256>::new(&key.into());
    mac.update(message);
    hex::encode(mac.finalize().into_bytes())
}

/// Lower-case hex of SHA-256.
pub fn sha256_hex(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}

/// Lower-case hex of HMAC-SHA512. Empty where the code takes no key of that length, which it does.
pub fn hmac_sha512_hex(secret: impl AsRef<[u8]>, message: &[u8]) -> String {
    let mac = Hmac::<Sha512>::new_from_slice(secret.as_ref());
    mac.map(|mac| hex::encode(mac.chain_update(message).finalize().into_bytes())).unwrap_or_default()
}

/// What Checkout hands to the customer's browser after a payment.
pub fn checkout(key_secret: &str, order_id: &str, payment_id: &str) -> String {
    hmac_sha256_hex(key_secret, format!("{order_id}|{payment_id}").as_bytes())
}

/// `X-Twilio-Signature`: base64 of HMAC-SHA1 over the URL and the form's names and values, by name.
pub fn twilio(auth_token: &str, url: &str, form: &str) -> String {
    let mut pairs: Vec<(Cow<'_, str>, Cow<'_, str>)> = form_urlencoded::parse(form.as_bytes()).collect();
    pairs.sort();
    pairs.dedup();
    let message = pairs.iter().fold(url.to_owned(), |message, (name, value)| message + name + value);
    STANDARD.encode(sign(&Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, auth_token.as_bytes()), message.as_bytes()))
}

/// Equal, in a time that does not tell how much of it was.
pub fn same(given: &str, expected: &str) -> bool {
    given.as_bytes().ct_eq(expected.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "EnLs21M47BllR3X8PSFtjtbd";

    #[test]
    fn checkout_signatures_match_the_sheets_vectors() {
        assert_eq!(
            checkout(SECRET, "order_IEIaMR65cu6nz3", "pay_IH4NVgf4Dreq1l"),
            "0d4e745a1838664ad6c9c9902212a32d627d68e917290b0ad5f08ff4561bc50f"
        );
        assert_eq!(
            checkout("key_secret", "fake_order_id", "fake_payment_id"),
            "b2335e3b0801106b84a7faff035df56ecffde06918c9ddd1f0fafbb37a51cc89"
        );
        assert_eq!(
            hmac_sha256_hex(SECRET, b"pay_IDZNwZZFtnjyym|sub_ID6MOhgkcoHj9I"),
            "601f383334975c714c91a7d97dd723eb56520318355863dcf3821c0d07a17693"
        );
        assert_eq!(
            hmac_sha256_hex(SECRET, b"plink_IH3cNucfVEgV68|TSsd1989|paid|pay_IH3d0ara9bSsjQ"),
            "07ae18789e35093e51d0a491eb9922646f3f82773547e5b0f67ee3f2d3bf7d5b"
        );
    }

    #[test]
    fn webhook_signatures_match_the_sheets_vectors() {
        assert_eq!(
            hmac_sha256_hex("123456", br#"{"a":1,"b":2,"c":{"d":3}}"#),
            "2fe04e22977002e6c7cb553adab8b460cb9e2a4970d5953cb27a8472752e3bbc"
        );
        let meta = concat!(
            r#"{"object":"whatsapp_business_account","entry":[{"id":"264937493375603","changes":"#,
            r#"[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"#,
            r#""15550953877","phone_number_id":"277321005464405"},"contacts":[{"profile":{"name":"#,
            r#""PyWa Tests"},"wa_id":"972544401243"}],"messages":[{"from":"972544401243","id":"#,
            r#""wamid.HBgMOTcyNTQ0NDAxMjQzFQIAEhggM0RFQTNCMEEwRTY3QzUwODYzMDc4NjQ4QzM4ODAxM0YA","#,
            r#""timestamp":"1730231903","text":{"body":"Hey there! I am using PyWa."},"type":"#,
            r#""text"}]},"field":"messages"}]}]}"#,
        );
        assert_eq!(
            hmac_sha256_hex("1222e786b144d0e85b9f365372d93676", meta.as_bytes()),
            "54edfa1d7259e0eb13c677cc7d73d1b5c86cfa12433d19156e058ab9251bc441"
        );
    }

    /// Vectors of the WhatsApp sheet, B1.
    #[test]
    fn twilios_signatures_match_the_sheets_vectors() {
        let url = "https://mycompany.com/myapp.php?foo=1&bar=2";
        let call = "To=%2B18005551212&From=%2B14158675309&Digits=1234&Caller=%2B14158675309&CallSid=CA1234567890ABCDE";
        assert_eq!(twilio("12345", url, call), "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
        let repeated = "Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&Digits=1234";
        assert_eq!(twilio("12345", url, repeated), "IK+Dwps556ElfBT0I3Rgjkr1wJU=");
        let prefix = format!("ReasonConferenceEnded=test&Reason=Participant&{call}");
        assert_eq!(twilio("12345", url, &prefix), "vOEb5UThFn24KEfnOFLQY2AE5FY=");
    }

    #[test]
    fn a_key_longer_than_a_block_is_hashed_first() {
        // RFC 4231, test case 6.
        assert_eq!(
            hmac_sha256_hex([0xaa; 131], b"Test Using Larger Than Block-Size Key - Hash Key First"),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }
}
