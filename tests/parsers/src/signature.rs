//! Signatures of webhooks and of checkouts, against another implementation of HMAC.

use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use providers::{
    razorpay::verify_checkout,
    secret::Secret,
    signature::{Secrets, SignatureRefused, verify, verify_prefixed},
};

const CURRENT: &str = "whsec_current";
const PREVIOUS: &str = "whsec_previous";

fn secrets() -> Secrets {
    Secrets::new(Secret::new(CURRENT).expect("a secret"), Some(Secret::new(PREVIOUS).expect("a secret")))
}

fn expected(secret: &str, message: &[u8]) -> String {
    hex::encode(sign(&Key::new(HMAC_SHA256, secret.as_bytes()), message))
}

/// The header is the first line, the body the rest.
pub fn webhook(data: &[u8]) {
    let (header, _) = crate::texts(data);
    let (_, body) = crate::halves(data);
    let secrets = secrets();
    let right = [expected(CURRENT, body), expected(PREVIOUS, body)];
    match verify(body, &header, &secrets) {
        Ok(verified) => {
            assert!(right.contains(&header), "{header} is not the signature of this body");
            assert_eq!(verified.bytes(), body);
        }
        Err(why) => {
            assert!(!right.contains(&header), "the right signature was refused");
            let digits = header.len() == 64 && header.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
            assert_eq!(why == SignatureRefused::Malformed, !digits, "{header:?}");
        }
    }
    for signature in &right {
        assert!(verify(body, signature, &secrets).is_ok());
        assert!(verify_prefixed(body, &format!("sha256={signature}"), "sha256=", &secrets).is_ok());
        assert!(verify_prefixed(body, signature, "sha256=", &secrets).is_err());
        let longer = [body, b" "].concat();
        assert_eq!(verify(&longer, signature, &secrets), Err(SignatureRefused::Wrong));
        if let Some((_, shorter)) = body.split_last() {
            assert_eq!(verify(shorter, signature, &secrets), Err(SignatureRefused::Wrong));
            let mut flipped = body.to_vec();
            flipped[header.len() % body.len()] ^= 1;
            assert_eq!(verify(&flipped, signature, &secrets), Err(SignatureRefused::Wrong));
        }
    }
    let only = Secrets::only(Secret::new(CURRENT).expect("a secret"));
    assert_eq!(verify(body, &right[1], &only), Err(SignatureRefused::Wrong), "a secret that was rotated away");
}

/// The order's id is the first line, the payment's the second, the signature the third.
pub fn checkout(data: &[u8]) {
    let (order, rest) = crate::texts(data);
    let (payment, signature) = crate::texts(rest.as_bytes());
    let secrets = secrets();
    let plain = |id: &str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let right = expected(CURRENT, format!("{order}|{payment}").as_bytes());
    match verify_checkout(&order, &payment, &signature, &secrets) {
        Ok(verified) => {
            assert_eq!((verified.order_id(), verified.payment_id()), (order.as_str(), payment.as_str()));
            assert!([right.clone(), expected(PREVIOUS, format!("{order}|{payment}").as_bytes())].contains(&signature));
        }
        Err(why) => {
            assert!(signature != right || !plain(&order) || !plain(&payment));
            assert!(why == SignatureRefused::Malformed || (plain(&order) && plain(&payment)));
        }
    }
    let takes = |order: &str, payment: &str| verify_checkout(order, payment, &right, &secrets).is_ok();
    assert_eq!(takes(&order, &payment), plain(&order) && plain(&payment));
    if order != payment {
        assert!(!takes(&payment, &order), "the ids change places");
    }
    // The same characters, split elsewhere.
    for (at, _) in order.char_indices().skip(1).take(8) {
        assert!(!takes(&order[..at], &format!("{}{payment}", &order[at..])));
    }
}
