//! Standing payments, and the summary of a day.

use super::common::{Currency, NOTE, PayeeBody};
use crate::{body::money_out::Recipient, plans::label};
use domain::{standing::Standing, summary::Summary};
use lambda::http::amount::Amount;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `day`, `week:monday` or `month:5`.
pub const EVERY: &str = "^(day|week:(monday|tuesday|wednesday|thursday|friday|saturday|sunday)|month:([1-9]|[12][0-9]|3[01]))$";

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [
    { "required": ["to"], "properties": { "to": { "type": "object" }, "payee": { "type": "null" } } },
    { "required": ["payee"], "properties": { "payee": { "type": "object" }, "to": { "type": "null" } } },
]))]
pub struct SetStanding {
    pub amount: Amount,
    pub currency: Currency,
    /// Another user of Kamai; or give `payee`.
    pub to: Option<Recipient>,
    pub payee: Option<PayeeBody>,
    /// On which days: `day`, `week:monday`, `month:5` (the last of a month that has no such day).
    #[schemars(extend("pattern" = EVERY))]
    pub every: String,
    #[schemars(extend("pattern" = NOTE))]
    pub note: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct StandingBody {
    pub id: String,
    /// `active` or `ended`.
    pub status: &'static str,
    /// Of each payment.
    pub amount: i64,
    pub fee_amount: i64,
    pub currency: Currency,
    pub to: String,
    pub every: String,
    /// The day of the next payment, in India.
    pub next_on: String,
    pub last: Option<LastBody>,
    pub created_at: String,
    pub updated_at: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct LastBody {
    pub on: String,
    /// `paid`, `short_of_money`, `refused` or `missed`.
    pub result: &'static str,
}

impl From<&Standing> for StandingBody {
    fn from(standing: &Standing) -> Self {
        Self {
            id: standing.id.to_string(),
            status: standing.status.code(),
            amount: standing.terms.amount,
            fee_amount: standing.terms.fee,
            currency: Currency::Inr,
            to: label(&standing.terms.moves).to_owned(),
            every: standing.every.to_string(),
            next_on: standing.next_on.to_string(),
            last: standing.last.map(|(on, result)| LastBody { on: on.to_string(), result: result.code() }),
            created_at: standing.created_at.to_string(),
            updated_at: standing.updated_at.to_string(),
        }
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SummaryRequest {
    pub is_on: bool,
    /// The full hour in India; the one it was, or 21, where it is missing.
    #[schemars(range(min = 0, max = 23))]
    pub hour: Option<u8>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct SummaryBody {
    pub is_on: bool,
    pub hour: i8,
    /// When the next one comes.
    pub next_at: Option<String>,
}

impl From<&Summary> for SummaryBody {
    fn from(summary: &Summary) -> Self {
        Self { is_on: summary.is_on, hour: summary.hour, next_at: summary.due_at.map(|at| at.to_string()) }
    }
}
