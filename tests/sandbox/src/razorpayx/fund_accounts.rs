//! Fund accounts: where a contact is paid. They do not change, except to be switched off.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::{Extension, Json};
use serde_json::{Value, json};

use super::Account;
use super::contacts::Contact;
use crate::config;
use crate::razorpay::error::ApiError;
use crate::razorpay::input::{self, Input};
use crate::shelf::Shelved;
use crate::world::World;
use crate::{clock, ids};

#[derive(Clone)]
pub struct FundAccount {
    pub id: String,
    pub contact_id: String,
    pub destination: Destination,
    pub active: bool,
    created_at: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    Vpa { address: String },
    BankAccount { name: String, ifsc: String, account_number: String },
}

impl Shelved for FundAccount {
    fn id(&self) -> &str {
        &self.id
    }
}

impl FundAccount {
    /// With the contact inside, where it was made together with one.
    pub fn view(&self, contact: Option<&Contact>) -> Value {
        let mut view = json!({
            "id": self.id,
            "entity": "fund_account",
            "contact_id": self.contact_id,
            "account_type": self.destination.kind(),
            "batch_id": null,
            "active": self.active,
            "created_at": self.created_at,
        });
        view[self.destination.kind()] = self.destination.view();
        if let Some(contact) = contact {
            view["contact"] = json!(contact);
        }
        view
    }
}

impl Destination {
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Vpa { .. } => "vpa",
            Self::BankAccount { .. } => "bank_account",
        }
    }

    /// As a person would name it.
    pub fn label(&self) -> &str {
        match self {
            Self::Vpa { address } => address,
            Self::BankAccount { account_number, .. } => account_number,
        }
    }

    fn view(&self) -> Value {
        match self {
            Self::Vpa { address } => {
                let (username, handle) = address.split_once('@').unwrap_or((address, ""));
                json!({ "username": username, "handle": handle, "address": address })
            }
            Self::BankAccount { name, ifsc, account_number } => json!({
                "ifsc": ifsc,
                "bank_name": bank_name(ifsc),
                "name": name,
                "notes": [],
                "account_number": account_number,
            }),
        }
    }

    fn read(input: &Input<'_>) -> Result<Self, ApiError> {
        match input.required_text("account_type", 32)? {
            "vpa" => {
                let vpa = input.object("vpa")?;
                vpa.only(&["address"])?;
                let address = vpa.required_text("address", 100)?;
                let allowed = |c: u8| c.is_ascii_alphanumeric() || b".-@".contains(&c);
                let parts: Vec<_> = address.split('@').collect();
                if !address.bytes().all(allowed) || parts.len() != 2 || parts.contains(&"") {
                    return Err(vpa.invalid("address", "The vpa address format is invalid."));
                }
                Ok(Self::Vpa { address: address.to_owned() })
            }
            "bank_account" => {
                let bank = input.object("bank_account")?;
                bank.only(&["name", "ifsc", "account_number"])?;
                let name = bank.required_text("name", 120)?;
                if name.chars().count() < 3 {
                    return Err(bank.invalid("name", "The name must be at least 3 characters."));
                }
                let ifsc = bank.required_text("ifsc", 11)?;
                if !is_ifsc(ifsc) {
                    return Err(bank.invalid("ifsc", "Invalid IFSC Code"));
                }
                let account_number = bank.required_text("account_number", 35)?;
                if account_number.len() < 5 || !account_number.bytes().all(|c| c.is_ascii_alphanumeric()) {
                    return Err(bank.invalid("account_number", "The account number format is invalid."));
                }
                Ok(Self::BankAccount { name: name.to_owned(), ifsc: ifsc.to_owned(), account_number: account_number.to_owned() })
            }
            _ => Err(input.invalid("account_type", "The selected account type is invalid.")),
        }
    }
}

impl Account {
    /// The id of this contact's account, and whether it is new.
    fn put_fund_account(&mut self, contact_id: &str, destination: Destination) -> (String, bool) {
        let known = self.fund_accounts.oldest_first().find(|known| known.contact_id == contact_id && known.destination == destination);
        if let Some(known) = known {
            return (known.id.clone(), false);
        }
        let id = ids::razorpay("fa");
        self.fund_accounts.put(FundAccount {
            id: id.clone(),
            contact_id: contact_id.to_owned(),
            destination,
            active: true,
            created_at: clock::unix_seconds(),
        });
        (id, true)
    }

    /// The composite form: contact and account within another request. Both are made, or found.
    pub fn put_composite(&mut self, composite: Composite) -> String {
        let (contact_id, _) = self.put_contact(composite.contact);
        self.put_fund_account(&contact_id, composite.destination).0
    }

    /// The account with its contact, as composite answers show it.
    pub fn view_composite(&self, fund_account_id: &str) -> Option<Value> {
        let fund_account = self.fund_accounts.get(fund_account_id)?;
        Some(fund_account.view(self.contacts.get(&fund_account.contact_id)))
    }
}

/// `fund_account{account_type, vpa|bank_account, contact{…}}`, read and not yet made.
pub struct Composite {
    pub destination: Destination,
    contact: Contact,
}

impl Composite {
    pub fn read(input: &Input<'_>, config: &config::RazorpayX) -> Result<Self, ApiError> {
        input.only(&["account_type", "vpa", "bank_account", "contact"])?;
        Ok(Self { destination: Destination::read(input)?, contact: Contact::read(&input.object("contact")?, config)? })
    }
}

pub async fn create(Extension(world): Extension<Arc<World>>, bytes: Bytes) -> Result<(StatusCode, Json<Value>), ApiError> {
    let body = input::body(&bytes)?;
    let input = Input::of(&body)?;
    input.only(&["contact_id", "account_type", "vpa", "bank_account"])?;
    let contact_id = input.required_text("contact_id", 64)?;
    let destination = Destination::read(&input)?;
    let mut book = world.book();
    let contact = book.account.contacts.get(contact_id).ok_or_else(ApiError::unknown_id)?;
    if !contact.active {
        return Err(input.invalid("contact_id", "The contact is inactive."));
    }
    let (id, is_new) = book.account.put_fund_account(contact_id, destination);
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(json!(book.account.fund_accounts.get(&id).map(|it| it.view(None))))))
}

pub async fn show(Extension(world): Extension<Arc<World>>, Path(id): Path<String>) -> Result<Json<Value>, ApiError> {
    let book = world.book();
    book.account.fund_accounts.get(&id).map(|it| Json(it.view(None))).ok_or_else(ApiError::unknown_id)
}

pub async fn change(Extension(world): Extension<Arc<World>>, Path(id): Path<String>, bytes: Bytes) -> Result<Json<Value>, ApiError> {
    let body = input::body(&bytes)?;
    let input = Input::of(&body)?;
    input.only(&["active"])?;
    let active = input.boolean("active")?.ok_or_else(|| input.required("active"))?;
    let mut book = world.book();
    let fund_account = book.account.fund_accounts.get_mut(&id).ok_or_else(ApiError::unknown_id)?;
    fund_account.active = active;
    Ok(Json(fund_account.view(None)))
}

/// Four letters, a zero, six letters or digits.
fn is_ifsc(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 11
        && bytes[..4].iter().all(u8::is_ascii_uppercase)
        && bytes[4] == b'0'
        && bytes[5..].iter().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
}

fn bank_name(ifsc: &str) -> &str {
    match ifsc.get(..4).unwrap_or_default() {
        "HDFC" => "HDFC Bank",
        "ICIC" => "ICICI Bank",
        "KKBK" => "Kotak Mahindra Bank",
        "PUNB" => "Punjab National Bank",
        "RATN" => "RBL Bank",
        "SBIN" => "State Bank of India",
        "UTIB" => "Axis Bank",
        "YESB" => "Yes Bank",
        code => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(body: Value) {
        assert!(Destination::read(&Input::of(&body).unwrap()).is_err(), "{body}");
    }

    #[test]
    fn a_destination_that_breaks_a_rule_is_refused() {
        for address in ["", "ravi", "ravi@", "@ybl", "ra@vi@ybl", "ravi_k@ybl", "ravi k@ybl"] {
            refused(json!({ "account_type": "vpa", "vpa": { "address": address } }));
        }
        refused(json!({ "account_type": "vpa", "vpa": { "address": format!("{}@ybl", "r".repeat(97)) } }));
        let bank = |name: &str, ifsc: &str, number: &str| {
            json!({ "account_type": "bank_account", "bank_account":
                { "name": name, "ifsc": ifsc, "account_number": number } })
        };
        refused(bank("Ra", "HDFC0000053", "765432123456789"));
        refused(bank("Ravi", "HDFC1000053", "765432123456789"));
        refused(bank("Ravi", "HDFC000053", "765432123456789"));
        refused(bank("Ravi", "HDFC0000053", "1234"));
        refused(bank("Ravi", "HDFC0000053", "1234 5678"));
        refused(json!({ "account_type": "card", "card": {} }));
        let good = bank("Ravi Kumar", "HDFC0000053", "765432123456789");
        assert!(Destination::read(&Input::of(&good).unwrap()).is_ok());
    }
}
