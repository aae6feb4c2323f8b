//! Where money is paid out to: UPI ids, Indian bank accounts, and what billers know a customer by.

use std::{collections::BTreeMap, fmt};

/// What is wrong with an address, for the person who typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadAddress {
    #[error("must be a UPI id such as `name@bank`: 3 to 100 letters, digits, dots or hyphens, with one @")]
    Vpa,
    #[error("must be an IFSC of 11 characters: four letters, a zero, then six letters or digits (HDFC0000001)")]
    Ifsc,
    #[error("must be an account number of 5 to 35 letters or digits")]
    AccountNumber,
    #[error("must be a biller's id of 3 to 40 letters, digits, hyphens or underscores")]
    Biller,
    #[error("must be at least one and at most {BILL_PARAMS_MAX} of the biller's fields, each of 1 to {BILL_PARAM_CHARS_MAX} characters")]
    BillParams,
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

/// Fields that a biller may know a customer by, and how long each may be.
const BILL_PARAMS_MAX: usize = 5;
const BILL_PARAM_CHARS_MAX: usize = 64;

/// A customer of a biller: whose bills are paid there.
#[derive(Clone, PartialEq, Eq)]
pub struct BillAccount {
    biller: String,
    params: BTreeMap<String, String>,
}

impl BillAccount {
    /// `params` by the names that the biller gives them, such as `Consumer Number`. Whether the
    /// biller knows them is the biller's to say.
    pub fn parse(biller: &str, params: BTreeMap<String, String>) -> Result<Self, BadAddress> {
        let legal = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if !(3..=40).contains(&biller.len()) || !biller.bytes().all(legal) {
            return Err(BadAddress::Biller);
        }
        let fits = |text: &str| (1..=BILL_PARAM_CHARS_MAX).contains(&text.chars().count()) && !text.chars().any(char::is_control);
        let well = (1..=BILL_PARAMS_MAX).contains(&params.len()) && params.iter().all(|(name, value)| fits(name) && fits(value));
        well.then(|| Self { biller: biller.to_owned(), params }).ok_or(BadAddress::BillParams)
    }

    pub fn biller(&self) -> &str {
        &self.biller
    }

    pub fn params(&self) -> &BTreeMap<String, String> {
        &self.params
    }

    /// The end of the first number that the biller asks for.
    pub fn masked(&self) -> String {
        let number = self.params.values().next().map(String::as_str).unwrap_or_default();
        let tail: Vec<char> = number.chars().rev().take(4).collect();
        format!("••••{}", tail.into_iter().rev().collect::<String>())
    }
}

impl fmt::Debug for BillAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.biller, self.masked())
    }
}

/// Where a payout goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    Vpa(Vpa),
    Bank { ifsc: Ifsc, number: AccountNumber },
    Bill(BillAccount),
}

impl Address {
    /// The same for the same place, to find a payee again.
    pub fn canonical(&self) -> String {
        match self {
            Self::Vpa(vpa) => format!("vpa:{}", vpa.as_str()),
            Self::Bank { ifsc, number } => format!("bank:{}:{}", ifsc.as_str(), number.as_str()),
            Self::Bill(account) => format!("bill:{}:{:?}", account.biller, account.params),
        }
    }

    /// What its owner sees: a UPI id in full, an account number by its last four.
    pub fn label(&self) -> String {
        match self {
            Self::Vpa(vpa) => vpa.as_str().to_owned(),
            Self::Bank { ifsc, number } => format!("{} {}", ifsc.as_str(), number.masked()),
            Self::Bill(account) => account.masked(),
        }
    }

    /// The most that one payout to it may be, in paise.
    ///
    /// Source: `razorpay.md` section 5.4: UPI up to INR 1 lakh; a bank account takes IMPS up to
    /// INR 5 lakh and NEFT or RTGS above. What a biller takes is checked against the biller itself.
    pub fn payout_max(&self) -> i64 {
        match self {
            Self::Vpa(_) => 10_000_000,         // INR 1 lakh
            Self::Bank { .. } => 1_000_000_000, // INR 1 crore
            Self::Bill(_) => 20_000_000,        // INR 2 lakh
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
    fn a_customer_of_a_biller_has_a_number_that_does_not_print_whole() {
        let params = |value: &str| BTreeMap::from([("Consumer Number".to_owned(), value.to_owned())]);
        let account = BillAccount::parse("BESCOM000KAR01", params("1234567890")).unwrap();
        assert_eq!(format!("{account:?}"), "BESCOM000KAR01 ••••7890");
        assert_ne!(
            Address::Bill(account).canonical(),
            Address::Bill(BillAccount::parse("BESCOM000KAR01", params("1234567891")).unwrap()).canonical()
        );
        assert_eq!(BillAccount::parse("B ESCOM", params("1")), Err(BadAddress::Biller));
        for bad in [BTreeMap::new(), params(""), params("1\n2"), params(&"1".repeat(65))] {
            assert_eq!(BillAccount::parse("BESCOM000KAR01", bad), Err(BadAddress::BillParams));
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
