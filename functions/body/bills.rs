//! Billers, bills and their payment.

use super::common::Currency;
use lambda::{Problem, http::amount::Amount};
use providers::bills::{Biller, FetchRequirement, FetchedBill};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const CATEGORY: &str = "^(electricity|mobile|gas|water|dth|broadband|fastag|credit_card|emi|insurance|education|rent)$";
const BILLER_ID: &str = "^[A-Za-z0-9_-]{3,40}$";

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BillersQuery {
    #[schemars(extend("pattern" = CATEGORY))]
    pub category: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct BillersBody {
    pub items: Vec<BillerBody>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct BillerBody {
    pub id: String,
    pub name: String,
    /// What the biller knows its customer by.
    pub params: Vec<ParamBody>,
    /// `required`, `optional` or `none`: whether a bill is fetched before it is paid.
    pub fetch: &'static str,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct ParamBody {
    pub name: String,
    pub optional: bool,
    pub min_length: Option<u32>,
    pub max_length: Option<u32>,
}

impl From<&Biller> for BillerBody {
    fn from(biller: &Biller) -> Self {
        let param = |param: &providers::bills::CustomerParam| ParamBody {
            name: param.name.clone(),
            optional: param.optional,
            min_length: param.min_length,
            max_length: param.max_length,
        };
        Self {
            id: biller.id.clone(),
            name: biller.name.as_str().to_owned(),
            params: biller.customer_params.iter().map(param).collect(),
            fetch: match biller.fetch_requirement() {
                FetchRequirement::Mandatory => "required",
                FetchRequirement::Optional => "optional",
                FetchRequirement::NotSupported => "none",
            },
        }
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FetchRequest {
    #[schemars(extend("pattern" = BILLER_ID))]
    pub biller_id: String,
    /// By the names that the biller gives them.
    pub params: BTreeMap<String, String>,
    /// Of a fetch that was still processing, to ask for its answer.
    #[schemars(length(min = 1, max = 64))]
    pub bill_ref: Option<String>,
}

/// What a bill that was fetched is called: 1 to 64 characters.
pub fn bill_ref(reference: Option<String>) -> Result<Option<String>, Problem> {
    match reference {
        Some(text) if !(1..=64).contains(&text.chars().count()) => {
            Err(Problem::invalid_field("/bill_ref", "must be of 1 to 64 characters"))
        }
        other => Ok(other),
    }
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct BillBody {
    /// `ready`, or `processing`: then ask again with `bill_ref`.
    pub status: &'static str,
    pub bill_ref: String,
    /// `None` where the biller has only confirmed its customer: the amount is free.
    pub amount: Option<i64>,
    pub currency: Currency,
    pub due_on: Option<String>,
    pub customer_name: Option<String>,
}

impl From<&FetchedBill> for BillBody {
    fn from(fetched: &FetchedBill) -> Self {
        let bill = fetched.bill.as_ref();
        Self {
            status: "ready",
            bill_ref: fetched.ref_id.clone(),
            amount: bill.map(providers::bills::Bill::amount_paise),
            currency: Currency::Inr,
            due_on: bill.and_then(|bill| bill.due_date).map(|day| day.to_string()),
            customer_name: bill.and_then(|bill| bill.customer_name.as_ref()).map(|name| name.as_str().to_owned()),
        }
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PayBillRequest {
    #[schemars(extend("pattern" = BILLER_ID))]
    pub biller_id: String,
    pub params: BTreeMap<String, String>,
    /// Of the bill that was fetched; not for a biller that has none.
    #[schemars(length(min = 1, max = 64))]
    pub bill_ref: Option<String>,
    pub amount: Amount,
    pub currency: Currency,
}
