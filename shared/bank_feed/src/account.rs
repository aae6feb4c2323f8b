//! An account at a bank, as far as its bank tells.

use crate::Currency;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The connector's name for it, stable over calls: a link reference, an account id.
    pub id: String,
    /// The bank, as its customers call it.
    pub bank: String,
    /// What the bank or its customer calls the account.
    pub name: Option<String>,
    /// With all but the last digits hidden. A whole number never gets here.
    pub masked_number: Option<String>,
    pub kind: AccountKind,
    pub balance: Option<Balance>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    Savings,
    Current,
    Credit,
    Other,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// Negative where the account is overdrawn. What a credit account owes is negative too.
    pub minor: i64,
    pub currency: Currency,
    /// When it was so, if the bank says.
    pub at: Option<Timestamp>,
}

impl Account {
    /// A number with all but its last four characters hidden.
    pub fn mask(number: &str) -> String {
        let digits: Vec<char> = number.chars().filter(|sign| sign.is_ascii_alphanumeric()).collect();
        let tail = digits.len().saturating_sub(4);
        format!("XX{}", digits.get(tail..).unwrap_or_default().iter().collect::<String>())
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("bank", &self.bank).field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl fmt::Debug for Balance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Balance").field("currency", &self.currency).field("at", &self.at).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_number_the_last_four_digits_are_shown() {
        assert_eq!(Account::mask("5010 0123 4567 89"), "XX6789");
        assert_eq!(Account::mask("XXXXXX1234"), "XX1234");
        assert_eq!(Account::mask("12"), "XX12");
        assert_eq!(Account::mask(""), "XX");
    }

    #[test]
    fn what_is_about_a_person_does_not_print() {
        let balance = Balance { minor: 123_456, currency: Currency::INR, at: None };
        let account = Account {
            id: "ref-1".into(),
            bank: "Demo Bank".into(),
            name: Some("Asha Patil".into()),
            masked_number: Some("XX6789".into()),
            kind: AccountKind::Savings,
            balance: Some(balance),
        };
        let shown = format!("{account:?} {balance:?}");
        assert!(!["Asha", "6789", "123456"].iter().any(|part| shown.contains(part)), "{shown}");
    }
}
