//! Payees, lines of batches and leads from orders, as rows.

use super::{BadField, bad, known, parsed, time};
use domain::{
    address::{AccountNumber, Address, BillAccount, Ifsc, PayeeName, Vpa},
    batch::{BatchLine, LineStatus},
    payee::{Payee, PayeeStatus},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Default, Serialize, Deserialize)]
pub struct AddressItem {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vpa: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ifsc: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    biller: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    bill_params: BTreeMap<String, String>,
}

impl From<&Address> for AddressItem {
    fn from(address: &Address) -> Self {
        match address {
            Address::Vpa(vpa) => Self { vpa: Some(vpa.as_str().to_owned()), ..Self::default() },
            Address::Bank { ifsc, number } => {
                Self { ifsc: Some(ifsc.as_str().to_owned()), number: Some(number.as_str().to_owned()), ..Self::default() }
            }
            Address::Bill(account) => {
                Self { biller: Some(account.biller().to_owned()), bill_params: account.params().clone(), ..Self::default() }
            }
        }
    }
}

impl TryFrom<AddressItem> for Address {
    type Error = BadField;
    fn try_from(item: AddressItem) -> Result<Self, BadField> {
        let read = |error| bad("address", error);
        if let Some(biller) = item.biller {
            return BillAccount::parse(&biller, item.bill_params).map(Self::Bill).map_err(read);
        }
        match (item.vpa, item.ifsc, item.number) {
            (Some(vpa), None, None) => Ok(Self::Vpa(Vpa::parse(&vpa).map_err(read)?)),
            (None, Some(ifsc), Some(number)) => {
                Ok(Self::Bank { ifsc: Ifsc::parse(&ifsc).map_err(read)?, number: AccountNumber::parse(&number).map_err(read)? })
            }
            _ => Err(bad("address", "neither a UPI id, a bank account nor a biller's customer")),
        }
    }
}

#[derive(Serialize, Deserialize)]
pub struct PayeeItem {
    id: String,
    account: String,
    address: AddressItem,
    name: String,
    status: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    validation_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    checking_since: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    registered_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    invalid_reason: Option<String>,
    wanted: bool,
    waiting: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first_paid_at: Option<i64>,
    created_at: i64,
    updated_at: i64,
}

impl From<&Payee> for PayeeItem {
    fn from(payee: &Payee) -> Self {
        let mut item = Self {
            id: payee.id.to_string(),
            account: payee.account.to_string(),
            address: AddressItem::from(&payee.address),
            name: payee.name.as_str().to_owned(),
            status: payee.status.code().to_owned(),
            validation_id: None,
            checking_since: None,
            registered_name: None,
            invalid_reason: None,
            wanted: payee.wanted,
            waiting: payee.waiting.iter().map(ToString::to_string).collect(),
            first_paid_at: payee.first_paid_at.map(|at| at.as_millisecond()),
            created_at: payee.created_at.as_millisecond(),
            updated_at: payee.updated_at.as_millisecond(),
        };
        match &payee.status {
            PayeeStatus::Unchecked => {}
            PayeeStatus::Checking { validation_id, since } => {
                item.validation_id = Some(validation_id.clone());
                item.checking_since = Some(since.as_millisecond());
            }
            PayeeStatus::Valid { registered_name } => item.registered_name = registered_name.clone(),
            PayeeStatus::Invalid { reason } => item.invalid_reason = Some(reason.clone()),
        }
        item
    }
}

impl TryFrom<PayeeItem> for Payee {
    type Error = BadField;
    fn try_from(item: PayeeItem) -> Result<Self, BadField> {
        let status = match (item.status.as_str(), item.validation_id, item.checking_since) {
            ("unchecked", ..) => PayeeStatus::Unchecked,
            ("checking", Some(validation_id), Some(since)) => {
                PayeeStatus::Checking { validation_id, since: time("checking_since", since)? }
            }
            ("valid", ..) => PayeeStatus::Valid { registered_name: item.registered_name },
            ("invalid", ..) => PayeeStatus::Invalid { reason: item.invalid_reason.unwrap_or_default() },
            (other, ..) => return Err(bad("status", format!("`{other}` is unknown or incomplete"))),
        };
        Ok(Self {
            id: parsed("id", &item.id)?,
            account: parsed("account", &item.account)?,
            address: item.address.try_into()?,
            name: PayeeName::parse(&item.name).map_err(|error| bad("name", error))?,
            status,
            wanted: item.wanted,
            waiting: item.waiting.iter().map(|id| parsed("waiting", id)).collect::<Result<_, _>>()?,
            first_paid_at: item.first_paid_at.map(|at| time("first_paid_at", at)).transpose()?,
            created_at: time("created_at", item.created_at)?,
            updated_at: time("updated_at", item.updated_at)?,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub struct LineItem {
    sheet: String,
    batch: String,
    number: u32,
    address: AddressItem,
    name: String,
    amount: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    status: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    payout: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl From<&BatchLine> for LineItem {
    fn from(line: &BatchLine) -> Self {
        Self {
            sheet: line.sheet.to_string(),
            batch: line.batch.to_string(),
            number: line.number,
            address: AddressItem::from(&line.address),
            name: line.name.as_str().to_owned(),
            amount: line.amount,
            reference: line.reference.clone(),
            status: line.status.code().to_owned(),
            payout: line.payout.map(|id| id.to_string()),
            reason: line.reason.clone(),
        }
    }
}

impl TryFrom<LineItem> for BatchLine {
    type Error = BadField;
    fn try_from(item: LineItem) -> Result<Self, BadField> {
        Ok(Self {
            sheet: parsed("sheet", &item.sheet)?,
            batch: parsed("batch", &item.batch)?,
            number: item.number,
            address: item.address.try_into()?,
            name: PayeeName::parse(&item.name).map_err(|error| bad("name", error))?,
            amount: item.amount,
            reference: item.reference,
            status: known("status", &item.status, LineStatus::from_code(&item.status))?,
            payout: item.payout.as_deref().map(|id| parsed("payout", id)).transpose()?,
            reason: item.reason,
        })
    }
}

/// A lead from a provider's order to our payment.
#[derive(Serialize, Deserialize)]
pub struct OrderItem {
    pub order: String,
    pub payment: String,
}
