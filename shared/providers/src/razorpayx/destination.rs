//! Where money goes to: a UPI address or a bank account.
//!
//! Source: `razorpay.md`, section 5.2.

use std::fmt;

use serde::Serialize;

use crate::call::{CallError, require};

/// Where money goes to. Does not print what it holds.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "account_type", rename_all = "snake_case")]
pub enum Destination<'a> {
    Vpa {
        #[serde(rename = "vpa")]
        vpa: Vpa<'a>,
    },
    BankAccount {
        #[serde(rename = "bank_account")]
        bank_account: BankAccount<'a>,
    },
}

/// A UPI address: `name@handle`.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Vpa<'a> {
    address: &'a str,
}

/// A bank account in India.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
pub struct BankAccount<'a> {
    name: &'a str,
    ifsc: &'a str,
    account_number: &'a str,
}

/// Which of the two a destination is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DestinationKind {
    Vpa,
    BankAccount,
}

impl<'a> Destination<'a> {
    /// A UPI address: 3 to 100 of `[A-Za-z0-9.\-]` around exactly one `@`.
    ///
    /// # Errors
    ///
    /// [`CallError::NotSent`] where it is not one.
    pub fn vpa(address: &'a str) -> Result<Self, CallError> {
        let part = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
        let fits = (3..=100).contains(&address.len()) && address.split_once('@').is_some_and(|(name, handle)| part(name) && part(handle));
        require(fits, "vpa.address", "is not a UPI address")?;
        Ok(Self::Vpa { vpa: Vpa { address } })
    }

    /// A bank account: holder's name of 3 to 120 characters, IFSC of eleven, number of 5 to 35
    /// letters and digits.
    ///
    /// # Errors
    ///
    /// [`CallError::NotSent`] where it is not one.
    pub fn bank_account(name: &'a str, ifsc: &'a str, account_number: &'a str) -> Result<Self, CallError> {
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        require((3..=120).contains(&name.chars().count()), "bank_account.name", "is not 3 to 120 characters")?;
        require(ifsc.len() == 11 && plain(ifsc), "bank_account.ifsc", "is not an IFSC")?;
        require(
            (5..=35).contains(&account_number.len()) && plain(account_number),
            "bank_account.account_number",
            "is not 5 to 35 letters and digits",
        )?;
        Ok(Self::BankAccount { bank_account: BankAccount { name, ifsc, account_number } })
    }

    #[must_use]
    pub fn kind(self) -> DestinationKind {
        match self {
            Self::Vpa { .. } => DestinationKind::Vpa,
            Self::BankAccount { .. } => DestinationKind::BankAccount,
        }
    }
}

impl fmt::Debug for Destination<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Vpa { .. } => "Vpa(..)",
            Self::BankAccount { .. } => "BankAccount(..)",
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_destination_is_written_as_the_provider_reads_it() {
        let vpa = Destination::vpa("ravi.kumar-1@okaxis").unwrap();
        assert_eq!(serde_json::to_value(vpa).unwrap(), json!({"account_type": "vpa", "vpa": {"address": "ravi.kumar-1@okaxis"}}));
        let bank = Destination::bank_account("Ravi Kumar", "HDFC0001234", "50100123456789").unwrap();
        assert_eq!(
            serde_json::to_value(bank).unwrap(),
            json!({"account_type": "bank_account", "bank_account": {"name": "Ravi Kumar",
                "ifsc": "HDFC0001234", "account_number": "50100123456789"}})
        );
        assert_eq!(format!("{vpa:?} {bank:?}"), "Vpa(..) BankAccount(..)");
    }

    #[test]
    fn what_the_provider_would_refuse_is_refused_here() {
        for address in ["", "@", "a@", "@b", "ab", "a@b@c", "a b@c", "ra_vi@upi", "रवि@upi"] {
            assert!(Destination::vpa(address).is_err(), "{address}");
        }
        assert!(Destination::vpa(&format!("{}@upi", "x".repeat(97))).is_err());
        for (name, ifsc, number) in [
            ("Om", "HDFC0001234", "50100123456789"),
            ("Ravi", "HDFC000123", "50100123456789"),
            ("Ravi", "HDFC-001234", "50100123456789"),
            ("Ravi", "HDFC0001234", "5010"),
            ("Ravi", "HDFC0001234", "5010 0123"),
        ] {
            assert!(Destination::bank_account(name, ifsc, number).is_err());
        }
    }
}
