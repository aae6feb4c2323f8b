//! What is kept so that only its user's own key opens it: AES-256-GCM under a key for each user, which is itself
//! wrapped in one of ours. Destroying a user's key destroys all that it sealed, wherever copies of it lie.
//!
//! Ours come from Secrets Manager (`vault`), which encrypts them by KMS. They are asked for once by a function and
//! not for each value, so sealing costs no call, and works alike in every environment.

use crate::{
    apply::{setup_failed, store_failed},
    deps::Deps,
};
use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hmac,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{
    engine::{Key, Record},
    id::{Fingerprint, UserId},
    vault::{MakeUserKey, Sealed, UserKey},
};
use lambda::{Failed, Trace};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::BTreeMap;

const KEY_BYTES: usize = 32;

/// Our keys, by their names. New ones are wrapped in the current one; the others still open what they wrapped.
#[derive(Deserialize)]
struct VaultSecret {
    current: String,
    /// 32 bytes each, in base64.
    keys: BTreeMap<String, String>,
}

#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    #[error("the vault has no key of the name {0}")]
    NoKey(String),
    #[error("a key of the vault is not 32 bytes in base64")]
    BadKey,
    #[error("it is sealed under a key that was destroyed")]
    Destroyed,
    #[error("it was not sealed by this key, for this purpose, or it was changed")]
    NotOpened,
    #[error("there is no randomness to be had: {0}")]
    NoRandomness(getrandom::Error),
}

/// A user's key, unwrapped, for as long as one step takes.
pub struct Vault {
    user: UserId,
    name: String,
    key: LessSafeKey,
    mac: hmac::Key,
}

impl Deps {
    /// A user's vault, made where there is none yet.
    pub async fn vault(&self, user: UserId, trace: &Trace) -> Result<Vault, Failed> {
        let secret: VaultSecret = self.secret("vault").await.map_err(setup_failed)?;
        let known = match self.store.record(&Key::UserKey(user)).await.map_err(store_failed)? {
            Some(Record::UserKey(known)) => known,
            _ => self.make_user_key(&secret, user, trace).await?,
        };
        secret.unwrap(&known).map_err(Failed::bug)
    }

    /// What a key opens that is kept elsewhere than with its user.
    pub async fn vault_of(&self, key: &UserKey) -> Result<Vault, Failed> {
        let secret: VaultSecret = self.secret("vault").await.map_err(setup_failed)?;
        secret.unwrap(key).map_err(Failed::bug)
    }

    async fn make_user_key(&self, secret: &VaultSecret, user: UserId, trace: &Trace) -> Result<UserKey, Failed> {
        let name = hex::encode(random::<8>().map_err(Failed::later)?);
        let bytes = random::<KEY_BYTES>().map_err(Failed::later)?;
        let ours = secret.key(&secret.current).map_err(Failed::bug)?;
        let wrapped = seal(&ours, &aad(user, &name), &bytes).map_err(Failed::later)?;
        let make = MakeUserKey { user, name, wrapped_by: secret.current.clone(), wrapped };
        self.execute(&make, trace).await.map_err(crate::apply::failed)
    }
}

impl VaultSecret {
    fn unwrap(&self, known: &UserKey) -> Result<Vault, VaultError> {
        if known.is_destroyed() {
            return Err(VaultError::Destroyed);
        }
        let bytes = open(&self.key(&known.wrapped_by)?, &aad(known.user, &known.name), &known.wrapped)?;
        Vault::new(known.user, known.name.clone(), &bytes)
    }

    fn key(&self, name: &str) -> Result<LessSafeKey, VaultError> {
        let text = self.keys.get(name).ok_or_else(|| VaultError::NoKey(name.to_owned()))?;
        key(&STANDARD.decode(text).map_err(|_| VaultError::BadKey)?)
    }
}

impl Vault {
    /// The key seals; another one that is made of it stands for texts.
    fn new(user: UserId, name: String, bytes: &[u8]) -> Result<Self, VaultError> {
        let mac = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, bytes), b"kamai vault fingerprints");
        Ok(Self { user, name, key: key(bytes)?, mac: hmac::Key::new(hmac::HMAC_SHA256, mac.as_ref()) })
    }

    /// Seals a value for a purpose: under another it does not open.
    pub fn seal<T: Serialize>(&self, purpose: &str, value: &T) -> Result<Sealed, Failed> {
        self.seal_bytes(purpose, &serde_json::to_vec(value).map_err(Failed::bug)?)
    }

    /// The same of bytes.
    pub fn seal_bytes(&self, purpose: &str, bytes: &[u8]) -> Result<Sealed, Failed> {
        let bytes = seal(&self.key, &aad(self.user, purpose), bytes).map_err(Failed::later)?;
        Ok(Sealed { key: self.name.clone(), bytes })
    }

    pub fn open_bytes(&self, purpose: &str, sealed: &Sealed) -> Result<Vec<u8>, Failed> {
        if sealed.key != self.name {
            return Err(Failed::bug(VaultError::Destroyed));
        }
        open(&self.key, &aad(self.user, purpose), &sealed.bytes).map_err(Failed::bug)
    }

    /// Stands for a text that is compared and not shown: the same for the same text, purpose and user, and for
    /// whoever has not their key like any other.
    pub fn fingerprint(&self, purpose: &str, text: &str) -> Fingerprint {
        let tag = hmac::sign(&self.mac, format!("{purpose}\n{text}").as_bytes());
        let mut bits = [0; 10];
        for (bit, of_tag) in bits.iter_mut().zip(tag.as_ref()) {
            *bit = *of_tag;
        }
        Fingerprint::random(bits)
    }

    pub fn open<T: DeserializeOwned>(&self, purpose: &str, sealed: &Sealed) -> Result<T, Failed> {
        let text = self.open_bytes(purpose, sealed)?;
        // Without what was found there: it is somebody's.
        serde_json::from_slice(&text).map_err(|_| Failed::bug("what is sealed cannot be read"))
    }
}

/// What a sealed value is bound to.
fn aad(user: UserId, purpose: &str) -> Vec<u8> {
    format!("{user} {purpose}").into_bytes()
}

fn random<const N: usize>() -> Result<[u8; N], VaultError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(VaultError::NoRandomness)?;
    Ok(bytes)
}

fn key(bytes: &[u8]) -> Result<LessSafeKey, VaultError> {
    UnboundKey::new(&AES_256_GCM, bytes).map(LessSafeKey::new).map_err(|_| VaultError::BadKey)
}

/// Nonce, ciphertext, tag.
fn seal(key: &LessSafeKey, aad: &[u8], text: &[u8]) -> Result<Vec<u8>, VaultError> {
    let nonce = random::<NONCE_LEN>()?;
    let mut sealed = text.to_vec();
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(aad), &mut sealed).map_err(|_| VaultError::BadKey)?;
    Ok([nonce.as_slice(), &sealed].concat())
}

fn open(key: &LessSafeKey, aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
    let (nonce, rest) = sealed.split_at_checked(NONCE_LEN).ok_or(VaultError::NotOpened)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| VaultError::NotOpened)?;
    let mut text = rest.to_vec();
    let opened = key.open_in_place(nonce, Aad::from(aad), &mut text).map_err(|_| VaultError::NotOpened)?;
    Ok(opened.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;

    fn vault(name: &str) -> Vault {
        let user = UserId::new(Timestamp::UNIX_EPOCH, Fingerprint::of("user", name));
        Vault::new(user, "k".to_owned(), &[7; KEY_BYTES]).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_for_its_user_and_purpose_only() {
        let sealed = vault("asha").seal("tokens", &"secret").unwrap();
        assert_eq!(vault("asha").open::<String>("tokens", &sealed).unwrap(), "secret");
        assert!(vault("asha").open::<String>("view", &sealed).is_err());
        assert!(vault("ravi").open::<String>("tokens", &sealed).is_err());
        assert!(!sealed.bytes.windows(6).any(|part| part == b"secret"));
    }

    #[test]
    fn a_changed_byte_or_a_cut_is_found() {
        let sealed = vault("asha").seal("tokens", &"secret").unwrap();
        for place in 0..sealed.bytes.len() {
            let mut changed = sealed.clone();
            changed.bytes[place] ^= 1;
            assert!(vault("asha").open::<String>("tokens", &changed).is_err(), "byte {place}");
            let cut = Sealed { bytes: sealed.bytes[..place].to_vec(), ..sealed.clone() };
            assert!(vault("asha").open::<String>("tokens", &cut).is_err(), "cut at {place}");
        }
    }

    #[test]
    fn the_same_value_is_never_sealed_alike() {
        let one = vault("asha").seal("tokens", &"secret").unwrap();
        assert_ne!(one, vault("asha").seal("tokens", &"secret").unwrap());
    }

    #[test]
    fn a_fingerprint_stands_for_one_text_of_one_purpose_under_one_key() {
        let of = |purpose, text| vault("asha").fingerprint(purpose, text);
        assert_eq!(of("party", "swiggy"), of("party", "swiggy"));
        let other = Vault::new(vault("asha").user, "k".to_owned(), &[8; KEY_BYTES]).unwrap().fingerprint("party", "swiggy");
        let all = [of("party", "swiggy"), of("party", "uber"), of("reference", "swiggy"), other];
        assert_eq!(all.iter().collect::<std::collections::BTreeSet<_>>().len(), 4);
    }

    #[test]
    fn a_destroyed_key_opens_nothing() {
        let sealed = Sealed { key: "another".to_owned(), ..vault("asha").seal("tokens", &"secret").unwrap() };
        assert!(vault("asha").open::<String>("tokens", &sealed).is_err());
    }
}
