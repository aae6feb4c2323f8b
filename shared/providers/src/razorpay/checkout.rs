//! The signature that a client brings back from checkout.
//!
//! Source: `razorpay.md`, section 2, "Checkout verification": HMAC-SHA256 of
//! `order_id|payment_id` under the *key secret*, which is not the webhook secret.

use super::client::Client;
use crate::secret::Secret;
use crate::signature::{Secrets, SignatureRefused, decode};

/// A payment that the provider vouches for as one of this order.
///
/// It does not say that the payment is captured, nor of what amount: read the payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VerifiedCheckout<'a> {
    order_id: &'a str,
    payment_id: &'a str,
}

impl<'a> VerifiedCheckout<'a> {
    #[must_use]
    pub fn order_id(self) -> &'a str {
        self.order_id
    }

    #[must_use]
    pub fn payment_id(self) -> &'a str {
        self.payment_id
    }
}

/// Verifies what a client says it paid.
///
/// `order_id` is the one we stored for this client, never the one it sends along: with that, it
/// could show one small payment for every order it has.
///
/// # Errors
///
/// [`SignatureRefused`]; ids with anything but letters, digits and `_` in them are malformed,
/// because a `|` would let the same signature be split elsewhere.
pub fn verify_checkout<'a>(
    order_id: &'a str,
    payment_id: &'a str,
    signature: &str,
    secrets: &Secrets,
) -> Result<VerifiedCheckout<'a>, SignatureRefused> {
    let plain = |id: &str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if !plain(order_id) || !plain(payment_id) {
        return Err(SignatureRefused::Malformed);
    }
    let signature = decode(signature)?;
    let message = format!("{order_id}|{payment_id}");
    if secrets.signed(message.as_bytes(), &signature) {
        Ok(VerifiedCheckout { order_id, payment_id })
    } else {
        Err(SignatureRefused::Wrong)
    }
}

impl Client {
    /// As [`verify_checkout`], under this client's key secret.
    ///
    /// # Errors
    ///
    /// [`SignatureRefused`].
    pub fn verify_checkout<'a>(
        &self,
        order_id: &'a str,
        payment_id: &'a str,
        signature: &str,
    ) -> Result<VerifiedCheckout<'a>, SignatureRefused> {
        let secrets = Secrets::only(Secret::clone(self.key_secret()));
        verify_checkout(order_id, payment_id, signature, &secrets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY_SECRET: &str = "EnLs21M47BllR3X8PSFtjtbd";

    fn secrets(text: &str) -> Secrets {
        Secrets::only(Secret::new(text).unwrap())
    }

    /// The four vectors of `razorpay.md`, section 2. Two of them sign other things than an
    /// order, by the same code.
    #[test]
    fn the_sheets_vectors_are_believed() {
        for (key, message, signature) in [
            (KEY_SECRET, "order_IEIaMR65cu6nz3|pay_IH4NVgf4Dreq1l", "0d4e745a1838664ad6c9c9902212a32d627d68e917290b0ad5f08ff4561bc50f"),
            (KEY_SECRET, "pay_IDZNwZZFtnjyym|sub_ID6MOhgkcoHj9I", "601f383334975c714c91a7d97dd723eb56520318355863dcf3821c0d07a17693"),
            (
                KEY_SECRET,
                "plink_IH3cNucfVEgV68|TSsd1989|paid|pay_IH3d0ara9bSsjQ",
                "07ae18789e35093e51d0a491eb9922646f3f82773547e5b0f67ee3f2d3bf7d5b",
            ),
            ("key_secret", "fake_order_id|fake_payment_id", "b2335e3b0801106b84a7faff035df56ecffde06918c9ddd1f0fafbb37a51cc89"),
        ] {
            assert!(secrets(key).signed(message.as_bytes(), &decode(signature).unwrap()));
        }
    }

    const ORDER: &str = "order_IEIaMR65cu6nz3";
    const PAYMENT: &str = "pay_IH4NVgf4Dreq1l";
    const SIGNATURE: &str = "0d4e745a1838664ad6c9c9902212a32d627d68e917290b0ad5f08ff4561bc50f";

    #[test]
    fn a_signed_checkout_is_believed() {
        let checkout = verify_checkout(ORDER, PAYMENT, SIGNATURE, &secrets(KEY_SECRET)).unwrap();
        assert_eq!((checkout.order_id(), checkout.payment_id()), (ORDER, PAYMENT));
        let secret = Secret::new(KEY_SECRET).unwrap();
        let client = Client::new("https://api.razorpay.com/v1", "rzp_test_1", secret).unwrap();
        assert!(client.verify_checkout(ORDER, PAYMENT, SIGNATURE).is_ok());
    }

    #[test]
    fn another_order_payment_or_secret_is_refused() {
        for (order, payment, secret) in
            [("order_IEIaMR65cu6nz4", PAYMENT, KEY_SECRET), (ORDER, "pay_IH4NVgf4Dreq1m", KEY_SECRET), (ORDER, PAYMENT, "another")]
        {
            assert_eq!(verify_checkout(order, payment, SIGNATURE, &secrets(secret)), Err(SignatureRefused::Wrong));
        }
    }

    #[test]
    fn a_payment_link_cannot_be_shown_as_an_order() {
        let signature = "07ae18789e35093e51d0a491eb9922646f3f82773547e5b0f67ee3f2d3bf7d5b";
        assert_eq!(
            verify_checkout("plink_IH3cNucfVEgV68", "TSsd1989|paid|pay_IH3d0ara9bSsjQ", signature, &secrets(KEY_SECRET)),
            Err(SignatureRefused::Malformed)
        );
    }
}
