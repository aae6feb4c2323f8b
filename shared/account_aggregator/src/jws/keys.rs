//! The public keys of one entity, as the ecosystem's registry has them.

use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

/// A key in the registry's record of an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jwk {
    pub kty: String,
    #[serde(default)]
    pub alg: Option<String>,
    #[serde(rename = "use", default)]
    pub usage: Option<String>,
    pub kid: String,
    pub n: String,
    pub e: String,
}

/// Why a key of the registry cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadJwk {
    #[error("the key is not RSA for RS256 signatures")]
    Kind,
    #[error("the key's numbers cannot be read, or it is shorter than 2048 bits")]
    Numbers,
    #[error("the key has no id, or one that another has")]
    Id,
}

impl Jwk {
    pub(super) fn of(kid: &str, n: &[u8], e: &[u8]) -> Self {
        Self {
            kty: "RSA".into(),
            alg: Some("RS256".into()),
            usage: Some("sig".into()),
            kid: kid.to_owned(),
            n: URL_SAFE_NO_PAD.encode(n),
            e: URL_SAFE_NO_PAD.encode(e),
        }
    }

    /// # Errors
    ///
    /// [`BadJwk`].
    pub fn read(&self) -> Result<VerifyingKey, BadJwk> {
        let is_of = |named: &Option<String>, wanted: &str| named.as_deref().is_none_or(|named| named == wanted);
        if self.kty != "RSA" || !is_of(&self.alg, "RS256") || !is_of(&self.usage, "sig") {
            return Err(BadJwk::Kind);
        }
        let number = |text: &str| -> Result<Vec<u8>, BadJwk> {
            let bytes = URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).map_err(|_| BadJwk::Numbers)?;
            Ok(bytes.into_iter().skip_while(|byte| *byte == 0).collect())
        };
        let (n, e) = (number(&self.n)?, number(&self.e)?);
        // 2048 to 8192 bits, as the library verifies with.
        if !(256..=1024).contains(&n.len()) || e.is_empty() || e.len() > 8 {
            return Err(BadJwk::Numbers);
        }
        Ok(VerifyingKey(RsaPublicKeyComponents { n, e }))
    }
}

/// An RSA key that checks signatures.
#[derive(Debug, Clone)]
pub struct VerifyingKey(RsaPublicKeyComponents<Vec<u8>>);

impl VerifyingKey {
    pub(super) fn verifies(&self, input: &[u8], signature: &[u8]) -> bool {
        self.0.verify(&RSA_PKCS1_2048_8192_SHA256, input, signature).is_ok()
    }
}

/// Where keys of the one who must have signed are found.
pub trait Keys {
    /// The key of that id; of no id where a signature names none.
    fn key(&self, kid: Option<&str>) -> Option<&VerifyingKey>;
}

/// All the keys of one entity.
#[derive(Debug, Clone, Default)]
pub struct KeySet(Vec<(String, VerifyingKey)>);

impl KeySet {
    /// # Errors
    ///
    /// [`BadJwk`] of the first key that cannot be used.
    pub fn new(keys: &[Jwk]) -> Result<Self, BadJwk> {
        let mut set: Vec<(String, VerifyingKey)> = Vec::with_capacity(keys.len());
        for jwk in keys {
            if jwk.kid.is_empty() || set.iter().any(|(kid, _)| *kid == jwk.kid) {
                return Err(BadJwk::Id);
            }
            set.push((jwk.kid.clone(), jwk.read()?));
        }
        Ok(Self(set))
    }
}

impl Keys for KeySet {
    /// A signature that names no key can only be of the one key there is.
    fn key(&self, kid: Option<&str>) -> Option<&VerifyingKey> {
        match (kid, self.0.as_slice()) {
            (None, [(_, only)]) => Some(only),
            (None, _) => None,
            (Some(kid), keys) => keys.iter().find(|(known, _)| known == kid).map(|(_, key)| key),
        }
    }
}
