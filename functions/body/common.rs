//! Pieces that several bodies have.

use domain::{
    address::{AccountNumber, Address, BadAddress, Ifsc, PayeeName, Vpa},
    money,
};
use lambda::{Problem, http::amount::Amount};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// ISO 4217; the currencies that Kamai holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Currency {
    #[serde(rename = "INR")]
    Inr,
}

/// An amount as the domain takes it.
pub fn amount(amount: Amount, pointer: &str) -> Result<money::Amount, Problem> {
    money::Amount::new(amount.minor_units())
        .ok_or_else(|| Problem::invalid_field(pointer, format!("must be at most {} paise", money::AMOUNT_MAX)))
}

/// A note that its reader sees: up to 120 characters on one line.
pub fn note(note: Option<String>, pointer: &str) -> Result<Option<String>, Problem> {
    match note {
        Some(text) if text.chars().count() > 120 || text.chars().any(char::is_control) => {
            Err(Problem::invalid_field(pointer, "must be at most 120 characters, without control characters"))
        }
        other => Ok(other.filter(|text| !text.trim().is_empty())),
    }
}

/// A UPI id or a bank account, and the name of its holder.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum PayeeBody {
    Vpa { vpa: String, name: String },
    BankAccount { account_number: String, ifsc: String, name: String },
}

impl PayeeBody {
    /// `at` is where it stands in the body: `/payee`, or empty.
    pub fn parse(self, at: &str) -> Result<(Address, PayeeName), Problem> {
        let bad = |field: &str, why: BadAddress| Problem::invalid_field(format!("{at}/{field}"), why.to_string());
        let name_of = |name: &str| PayeeName::parse(name).map_err(|why| bad("name", why));
        match self {
            Self::Vpa { vpa, name } => Ok((Address::Vpa(Vpa::parse(&vpa).map_err(|why| bad("vpa", why))?), name_of(&name)?)),
            Self::BankAccount { account_number, ifsc, name } => {
                let ifsc = Ifsc::parse(&ifsc).map_err(|why| bad("ifsc", why))?;
                let number = AccountNumber::parse(&account_number).map_err(|why| bad("account_number", why))?;
                Ok((Address::Bank { ifsc, number }, name_of(&name)?))
            }
        }
    }
}
