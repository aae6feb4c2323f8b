//! Access tokens. The key is made when the process starts, so whatever verifies was signed by us.

use lambda::auth::{KeySet, Role, Signer, Subject, TokenError, Verifier, generate::key_set};
use std::sync::OnceLock;

const NOW_S: i64 = 1_790_000_000;

struct Keys {
    verifier: Verifier,
    signer: Signer,
    strangers: Signer,
    /// A valid token, in its three parts.
    parts: [String; 3],
}

fn keys() -> &'static Keys {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    KEYS.get_or_init(|| {
        let made = || serde_json::from_str::<KeySet>(&key_set("k1").expect("a key")).expect("a set of keys");
        let (keys, others) = (made(), made());
        let signer = |keys: &KeySet| Signer::new(keys, "issuer", "kamai").expect("a signer");
        let signer_of_ours = signer(&keys);
        let token = sign(&signer_of_ours, "usr_1", "wallet");
        let parts: Vec<String> = token.split('.').map(str::to_owned).collect();
        Keys {
            verifier: Verifier::new(keys, "issuer", "kamai"),
            signer: signer_of_ours,
            strangers: signer(&others),
            parts: parts.try_into().expect("three parts"),
        }
    })
}

fn sign(signer: &Signer, user: &str, scope: &str) -> String {
    let subject = Subject { user_id: user.to_owned(), role: Role::Worker, scope: scope.to_owned(), session_id: None };
    signer.sign(&subject, "jti", NOW_S).expect("a token").token
}

/// The first line is a token or a part of one, the rest goes into a token of ours.
pub fn check(data: &[u8]) {
    let keys = keys();
    let (first, rest) = crate::texts(data);
    let refuses = |token: &str| assert!(keys.verifier.verify(token, NOW_S).is_err(), "{token} was not signed by us");
    refuses(&first);
    for at in 0..3 {
        let mut parts = keys.parts.clone();
        if parts[at] != first {
            parts[at].clone_from(&first);
            refuses(&parts.join("."));
        }
        let mut parts = keys.parts.clone();
        parts[at].push_str(&first);
        if !first.is_empty() {
            refuses(&parts.join("."));
        }
    }
    if first.len() + rest.len() > 1500 {
        return;
    }
    let token = sign(&keys.signer, &first, &rest);
    let claims = keys.verifier.verify(&token, NOW_S).expect("a token of ours");
    assert_eq!((claims.sub.as_str(), claims.scope.as_str(), claims.role), (first.as_str(), rest.as_str(), Role::Worker));
    assert_eq!(keys.verifier.verify(&token, claims.exp + 30), Err(TokenError::Expired));
    assert_eq!(keys.verifier.verify(&sign(&keys.strangers, &first, &rest), NOW_S), Err(TokenError::Signature));
    let mut flipped = token.into_bytes();
    let at = data.len() % flipped.len();
    flipped[at] = if flipped[at] == b'A' { b'B' } else { b'A' };
    refuses(std::str::from_utf8(&flipped).expect("letters"));
}
