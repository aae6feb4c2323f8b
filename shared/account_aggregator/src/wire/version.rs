//! Versions, and names of transactions.

use std::fmt;

/// Which of ReBIT's versions an aggregator speaks. The first has another shape over HTTP than the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    V1_1_2,
    V2_0_0,
    V2_1_0,
}

impl Version {
    /// As `ver` has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V1_1_2 => "1.1.2",
            Self::V2_0_0 => "2.0.0",
            Self::V2_1_0 => "2.1.0",
        }
    }

    pub fn from_text(text: &str) -> Option<Self> {
        [Self::V1_1_2, Self::V2_0_0, Self::V2_1_0].into_iter().find(|version| version.as_str() == text)
    }

    /// Whether what is looked up is posted, as of 2.0.0.
    pub fn posts_lookups(self) -> bool {
        match self {
            Self::V1_1_2 => false,
            Self::V2_0_0 | Self::V2_1_0 => true,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A `txnid`: a random UUID (RFC 9562, version 4) of as many random bytes.
pub fn txnid_from_random(random: [u8; 16]) -> String {
    let mut bytes = random;
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex = hex::encode(bytes);
    let part = |range: std::ops::Range<usize>| hex.get(range).unwrap_or_default();
    [part(0..8), part(8..12), part(12..16), part(16..20), part(20..32)].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_known_by_its_text_only() {
        assert_eq!(Version::from_text("2.0.0"), Some(Version::V2_0_0));
        assert_eq!(Version::from_text("2.0"), None);
        assert!(!Version::V1_1_2.posts_lookups() && Version::V2_1_0.posts_lookups());
    }

    #[test]
    fn a_transaction_is_named_by_a_uuid() {
        assert_eq!(txnid_from_random([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(txnid_from_random([0; 16]), "00000000-0000-4000-8000-000000000000");
    }
}
