//! Where money is paid out to: UPI ids and Indian bank accounts.

use std::fmt;

/// What is wrong with an address, for the person who typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadAddress {
    #[error("must be a UPI id such as `name@bank`: 3 to 100 letters, digits, dots or hyphens, with one @")]
    Vpa,
    #[error("must be an IFSC of 11 characters: four letters, a zero, then six letters or digits (HDFC0000001)")]
    Ifsc,
    #[error("must be an account number of 5 to 35 letters or digits")]
    AccountNumber,
    #[error("must be a name of 3 to 50 characters, with letters, digits, spaces or ' - _ / ( ) .")]
    Name,
}

/// A UPI id. Handles are case-insensitive, so it is kept in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vpa(String);

impl Vpa {
    /// Source: `razorpay.md` section 5.2: 3–100 characters of `[A-Za-z0-9.\-]` and exactly one `@`.
    pub fn parse(text: &str) -> Result<Self, BadAddress> {
        let legal = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
        let (name, handle) = text.split_once('@').ok_or(BadAddress::Vpa)?;
        let fits = (3..=100).contains(&text.len()) && legal(name) && legal(handle);
        fits.then(|| Self(text.to_ascii_lowercase())).ok_or(BadAddress::Vpa)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A branch code of India's banks, in upper case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ifsc(String);

impl Ifsc {
    /// Source: `banks.md`: `[A-Z]{4}0[A-Z0-9]{6}`. Whether the branch exists is the provider's
    /// validation to say.
    pub fn parse(text: &str) -> Result<Self, BadAddress> {
        let code = text.to_ascii_uppercase();
        let bytes = code.as_bytes();
        let fits = bytes.len() == 11
            && bytes[..4].iter().all(u8::is_ascii_uppercase)
            && bytes[4] == b'0'
            && bytes[5..].iter().all(u8::is_ascii_alphanumeric);
        fits.then_some(Self(code)).ok_or(BadAddress::Ifsc)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A bank account number.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountNumber(String);

impl AccountNumber {
    /// Source: `razorpay.md` section 5.2: 5–35 letters and digits.
    pub fn parse(text: &str) -> Result<Self, BadAddress> {
        let fits = (5..=35).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
        fits.then(|| Self(text.to_owned())).ok_or(BadAddress::AccountNumber)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `••••1234`: what may be shown and sent.
    pub fn masked(&self) -> String {
        format!("••••{}", &self.0[self.0.len().saturating_sub(4)..])
    }
}

impl fmt::Debug for AccountNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

/// The name that a payee's bank knows, as the provider accepts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayeeName(String);

impl PayeeName {
    /// Source: `razorpay.md` section 5.1.
    pub fn parse(text: &str) -> Result<Self, BadAddress> {
        let text = text.trim();
        let fits = (3..=50).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b" '-_/().".contains(&b));
        fits.then(|| Self(text.to_owned())).ok_or(BadAddress::Name)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Where a payout goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    Vpa(Vpa),
    Bank { ifsc: Ifsc, number: AccountNumber },
}

impl Address {
    /// The same for the same place, to find a payee again.
    pub fn canonical(&self) -> String {
        match self {
            Self::Vpa(vpa) => format!("vpa:{}", vpa.as_str()),
            Self::Bank { ifsc, number } => format!("bank:{}:{}", ifsc.as_str(), number.as_str()),
        }
    }

    /// What its owner sees: a UPI id in full, an account number by its last four.
    pub fn label(&self) -> String {
        match self {
            Self::Vpa(vpa) => vpa.as_str().to_owned(),
            Self::Bank { ifsc, number } => format!("{} {}", ifsc.as_str(), number.masked()),
        }
    }

    /// The most that one payout to it may be, in paise.
    ///
    /// Source: `razorpay.md` section 5.4: UPI up to INR 1 lakh; a bank account takes IMPS up to
    /// INR 5 lakh and NEFT or RTGS above.
    pub fn payout_max(&self) -> i64 {
        match self {
            Self::Vpa(_) => 10_000_000,         // INR 1 lakh
            Self::Bank { .. } => 1_000_000_000, // INR 1 crore
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upi_ids_are_checked_and_folded() {
        assert_eq!(Vpa::parse("Asha.K-1@OkHdfc").unwrap().as_str(), "asha.k-1@okhdfc");
        for bad in ["", "@", "a@", "@b", "a@b@c", "a b@c", "a_b@c", "rs🙂@ybl", "a\n@b"] {
            assert_eq!(Vpa::parse(bad), Err(BadAddress::Vpa), "{bad:?}");
        }
        assert!(Vpa::parse(&format!("{}@ybl", "a".repeat(97))).is_err());
    }

    #[test]
    fn ifsc_has_its_form() {
        assert_eq!(Ifsc::parse("hdfc0000001").unwrap().as_str(), "HDFC0000001");
        for bad in ["HDFC1000001", "HDF00000001", "HDFC000001", "HDFC00000012", "HDFC0००0001", ""] {
            assert_eq!(Ifsc::parse(bad), Err(BadAddress::Ifsc), "{bad:?}");
        }
    }

    #[test]
    fn account_numbers_never_print_whole() {
        let number = AccountNumber::parse("50100012345678").unwrap();
        assert_eq!(format!("{number:?}"), "••••5678");
        assert!(AccountNumber::parse("1234").is_err());
        assert!(AccountNumber::parse("1234-5678").is_err());
    }
}
