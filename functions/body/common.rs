//! Pieces that several bodies have.

use domain::{
    address::{AccountNumber, Address, BadAddress, Ifsc, PayeeName, Vpa},
    money,
};
use lambda::{Problem, http::amount::Amount};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the rules of the domain take, for the API's description: the rules decide.
pub const PHONE: &str = r"^\+91[6-9][0-9]{9}$";
const VPA: &str = r"^[A-Za-z0-9.-]+@[A-Za-z0-9.-]+$";
const IFSC: &str = r"^[A-Za-z]{4}0[A-Za-z0-9]{6}$";
const ACCOUNT_NUMBER: &str = r"^[A-Za-z0-9]{5,35}$";
const NAME: &str = r"^\s*[A-Za-z0-9'_/().-][A-Za-z0-9 '_/().-]{1,48}[A-Za-z0-9'_/().-]\s*$";
pub const NOTE: &str = r"^[^\x00-\x1f\x7f-\x9f]{0,120}$";
/// A note that must say something.
pub const WHY: &str = r"^(?=.*\S)[^\x00-\x1f\x7f-\x9f]{1,120}$";
pub const USER_ID: &str = r"^usr_[0-7][0-9A-HJKMNP-TV-Z]{25}$";
pub const PAYEE_ID: &str = r"^pye_[0-7][0-9A-HJKMNP-TV-Z]{25}$";

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
    Vpa {
        #[schemars(length(min = 3, max = 100), extend("pattern" = VPA))]
        vpa: String,
        #[schemars(extend("pattern" = NAME))]
        name: String,
    },
    BankAccount {
        #[schemars(extend("pattern" = ACCOUNT_NUMBER))]
        account_number: String,
        #[schemars(extend("pattern" = IFSC))]
        ifsc: String,
        #[schemars(extend("pattern" = NAME))]
        name: String,
    },
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

/// The codes of all there are, for the API's description.
pub(crate) fn codes<T: Copy>(all: &[T], code: impl Fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|one| code(*one)).collect()
}
