//! Terms on which money moves, as a part of rows.

use super::{BadField, bad, parsed, parties::AddressItem};
use domain::{
    address::{Address, PayeeName},
    chat::{Moves, Terms},
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct TermsItem {
    moves: MovesItem,
    amount: i64,
    fee: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum MovesItem {
    Transfer {
        to: String,
        label: String,
    },
    Payout {
        address: AddressItem,
        name: String,
    },
    Bill {
        address: AddressItem,
        name: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bill: Option<String>,
    },
}

impl From<&Terms> for TermsItem {
    fn from(terms: &Terms) -> Self {
        let moves = match &terms.moves {
            Moves::Transfer { to, label } => MovesItem::Transfer { to: to.to_string(), label: label.clone() },
            Moves::Payout { address, name } => MovesItem::Payout { address: address.into(), name: name.as_str().to_owned() },
            Moves::Bill { account, name, bill } => {
                let address = AddressItem::from(&Address::Bill(account.clone()));
                MovesItem::Bill { address, name: name.as_str().to_owned(), bill: bill.clone() }
            }
        };
        Self { moves, amount: terms.amount, fee: terms.fee, note: terms.note.clone() }
    }
}

impl TryFrom<TermsItem> for Terms {
    type Error = BadField;
    fn try_from(item: TermsItem) -> Result<Self, BadField> {
        let name_of = |name: &str| PayeeName::parse(name).map_err(|error| bad("name", error));
        let moves = match item.moves {
            MovesItem::Transfer { to, label } => Moves::Transfer { to: parsed("to", &to)?, label },
            MovesItem::Payout { address, name } => Moves::Payout { address: address.try_into()?, name: name_of(&name)? },
            MovesItem::Bill { address, name, bill } => match address.try_into()? {
                Address::Bill(account) => Moves::Bill { account, name: name_of(&name)?, bill },
                Address::Vpa(_) | Address::Bank { .. } => return Err(bad("address", "no biller's customer")),
            },
        };
        Ok(Self { moves, amount: item.amount, fee: item.fee, note: item.note })
    }
}
