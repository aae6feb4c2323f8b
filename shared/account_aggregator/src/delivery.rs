//! What a fetch brought, account by account: part of it may be missing, and is said to be.

use std::fmt;

use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::crypto::{BadKey, BadKeyMaterial, CannotOpen, Nonce, PrivateKey, SessionKey};
use crate::wire::{ConsentArtefact, DeliveredBank, FiFetched};

/// One account of an answer. Its document does not print.
pub struct Delivered {
    pub fip_id: String,
    pub link_ref: String,
    /// The decrypted document: XML or JSON.
    pub document: Result<Zeroizing<String>, NotDelivered>,
}

impl fmt::Debug for Delivered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = self.document.as_ref().map(|text| text.len());
        f.debug_struct("Delivered").field("fip_id", &self.fip_id).field("document_bytes", &length).finish_non_exhaustive()
    }
}

/// Why an account has no document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotDelivered {
    #[error("the bank delivered nothing")]
    Nothing,
    #[error("the account is not among those consented to")]
    NotConsented,
    #[error("no key material came with it that can be read")]
    NoKey,
    #[error("the bank's key material: {0}")]
    KeyMaterial(#[from] BadKeyMaterial),
    #[error("the bank's key: {0}")]
    Key(#[from] BadKey),
    #[error(transparent)]
    Sealed(#[from] CannotOpen),
}

/// Decrypts what came, for the accounts of an artefact. Those of the artefact that are not in the
/// answer are not in what is returned either.
pub fn open(fetched: &FiFetched, artefact: &ConsentArtefact, own: &PrivateKey, own_nonce: &Nonce, now: Timestamp) -> Vec<Delivered> {
    let mut found = Vec::new();
    for bank in &fetched.banks {
        let key = session_key(bank, own, own_nonce, now);
        for account in &bank.accounts {
            let is_consented = |known: &crate::wire::Account| known.fip_id == bank.fip_id && known.link_ref == account.link_ref;
            let document = if !artefact.accounts.iter().any(is_consented) {
                Err(NotDelivered::NotConsented)
            } else {
                // Where nothing came, there need be no key.
                account.sealed().ok_or(NotDelivered::Nothing).and_then(|sealed| Ok(key.as_ref().map_err(|why| *why)?.open(sealed)?))
            };
            found.push(Delivered { fip_id: bank.fip_id.clone(), link_ref: account.link_ref.clone(), document });
        }
    }
    found
}

fn session_key(bank: &DeliveredBank, own: &PrivateKey, own_nonce: &Nonce, now: Timestamp) -> Result<SessionKey, NotDelivered> {
    let material = bank.key_material.as_ref().ok_or(NotDelivered::NoKey)?;
    Ok(SessionKey::derive(own, own_nonce, &material.read(now)?)?)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::crypto::{Curve, KeyMaterial};

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn pair(curve: Curve, seed: u8) -> (PrivateKey, Nonce) {
        (PrivateKey::from_random(curve, &[seed; 32]).unwrap(), Nonce::from_random([seed; 32]))
    }

    fn artefact() -> ConsentArtefact {
        let detail = json!({
            "consentStart": "2026-11-20T10:00:00Z", "consentExpiry": "2027-11-20T10:00:00Z", "consentMode": "STORE", "fetchType": "PERIODIC",
            "consentTypes": ["TRANSACTIONS"], "fiTypes": ["DEPOSIT"], "DataConsumer": { "id": "FIU", "type": "FIU" },
            "Customer": { "id": "ravi@aa" },
            "Purpose": { "code": "102", "refUri": "", "text": "", "Category": { "type": "" } },
            "FIDataRange": { "from": "2026-01-01T00:00:00Z", "to": "2026-11-20T00:00:00Z" },
            "DataLife": { "unit": "DAY", "value": 1 }, "Frequency": { "unit": "DAY", "value": 1 },
            "Accounts": [
                { "fiType": "DEPOSIT", "fipId": "FIP-1", "linkRefNumber": "a" },
                { "fiType": "DEPOSIT", "fipId": "FIP-1", "linkRefNumber": "b" },
                { "fiType": "DEPOSIT", "fipId": "FIP-2", "linkRefNumber": "c" }
            ]
        });
        serde_json::from_value(detail).unwrap()
    }

    #[test]
    fn each_account_is_delivered_or_says_why_not() {
        let now = at("2026-11-20T10:00:00Z");
        for curve in [Curve::Weierstrass, Curve::X25519] {
            let (own, own_nonce) = pair(curve, 1);
            let (bank, bank_nonce) = pair(curve, 2);
            let later = at("2026-11-21T10:00:00Z");
            let ours = KeyMaterial::new(&own.public().unwrap(), own_nonce, later).read(now).unwrap();
            let sealed = SessionKey::derive(&bank, &bank_nonce, &ours).unwrap().seal("<Account/>").unwrap();
            let material = |expiry| KeyMaterial::new(&bank.public().unwrap(), bank_nonce, expiry);
            let fetched: FiFetched = serde_json::from_value(json!({
                "ver": "2.0.0", "timestamp": "2026-11-20T10:00:00Z", "txnid": "t", "FI": [
                    { "fipID": "FIP-1", "KeyMaterial": material(later), "data": [
                        { "linkRefNumber": "a", "maskedAccNumber": "XX1", "encryptedFI": sealed },
                        { "linkRefNumber": "b", "maskedAccNumber": "XX2", "encryptedFI": "" },
                        { "linkRefNumber": "c", "maskedAccNumber": "XX3", "encryptedFI": sealed },
                        { "linkRefNumber": "b", "maskedAccNumber": "XX2", "encryptedFI": "AAAA" }
                    ] },
                    { "fipID": "FIP-2", "KeyMaterial": material(now), "data": [{ "linkRefNumber": "c", "encryptedFI": sealed }] },
                    { "fipID": "FIP-2", "data": [{ "linkRefNumber": "c", "encryptedFI": null }] },
                    { "fipID": "FIP-2", "KeyMaterial": { "curve": 7 }, "data": [{ "linkRefNumber": "c", "encryptedFI": sealed }] }
                ]
            }))
            .unwrap();
            let found = open(&fetched, &artefact(), &own, &own_nonce, now);
            let documents: Vec<_> = found.iter().map(|one| one.document.as_ref().map(|text| text.as_str()).map_err(|why| *why)).collect();
            assert_eq!(
                documents,
                [
                    Ok("<Account/>"),
                    Err(NotDelivered::Nothing),
                    Err(NotDelivered::NotConsented),
                    Err(NotDelivered::Sealed(CannotOpen::Seal)),
                    Err(NotDelivered::KeyMaterial(BadKeyMaterial::Expired { at: now })),
                    Err(NotDelivered::Nothing),
                    Err(NotDelivered::NoKey),
                ]
            );
        }
    }
}
