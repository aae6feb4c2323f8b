//! That whoever brings the code back is who asked for it (RFC 7636).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::sealed;
use crate::secret::Secret;

/// The secret of one link, of which the other side is shown the hash before and the text after. To be
/// sealed where it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Verifier(#[serde(with = "sealed")] Secret);

impl Verifier {
    /// `random` is of a cryptographic source, and of this link alone.
    ///
    /// # Errors
    ///
    /// Never: 32 bytes make 43 characters. The type says so where `Secret` cannot.
    pub fn new(random: &[u8; 32]) -> Result<Self, crate::secret::SecretMissing> {
        Secret::new(URL_SAFE_NO_PAD.encode(random)).map(Self)
    }

    pub(crate) fn secret(&self) -> &Secret {
        &self.0
    }

    /// As of the method S256.
    #[must_use]
    pub fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.0.expose()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_the_one_of_rfc_7636_appendix_b() {
        let random = [
            116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191, 240, 91, 88, 5, 88,
            83, 132, 141, 121,
        ];
        let verifier = Verifier::new(&random).unwrap();
        assert_eq!(verifier.secret().expose(), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(verifier.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert!(!format!("{verifier:?}").contains("dBjf"));
    }
}
