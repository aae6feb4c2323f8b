//! Asking a biller for a bill.
//!
//! `POST /bbps/bills/fetch/request` is answered at once, `POST /bbps/bills/fetch/response` with what
//! the biller said, in 5 to 60 seconds as a rule; it is asked every few seconds, and a webhook tells it too.
//! For a biller of [`FetchKind::Validation`](super::FetchKind) the same calls confirm its customer.
//!
//! \[U\]: how long a fetched bill can be paid. Some billers want it on the same day.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize};

use super::amount::{AmountOption, AmountRefused, Bounds, Exactness, options};
use super::client::{ByReference, Client, Reference, require_ref};
use super::failure::Failure;
use super::text::{Theirs, theirs};
use crate::call::{CallError, Illegible, require};
use crate::wire::null_as_default;

/// Whose bill. Does not print.
#[derive(Clone, Copy)]
pub struct Customer<'a> {
    /// The mobile number of the one who asks, ten digits.
    pub mobile: &'a str,
    /// Names as the biller spells them, and values, at most ten; see [`Biller::check`](super::Biller::check).
    pub params: &'a [(&'a str, &'a str)],
}

/// How far a fetch is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetch {
    /// The biller has not said yet.
    Processing,
    Ready(Box<FetchedBill>),
    Refused(Failure),
}

/// What a biller said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchedBill {
    /// What the payment names.
    pub ref_id: String,
    /// None after a validation: the customer is known, the amount is free.
    pub bill: Option<Bill>,
    pub exactness: Exactness,
    /// More about the bill, in the biller's words; at most twenty.
    pub more: Vec<(Theirs, Theirs)>,
}

/// A bill. All texts are strangers'.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Bill {
    #[serde(rename = "customerName", default, deserialize_with = "theirs")]
    pub customer_name: Option<Theirs>,
    #[serde(rename = "billNumber", default, deserialize_with = "theirs")]
    pub number: Option<Theirs>,
    /// Such as `MONTHLY`.
    #[serde(rename = "billPeriod", default, deserialize_with = "theirs")]
    pub period: Option<Theirs>,
    #[serde(rename = "billDate", default, deserialize_with = "date")]
    pub bill_date: Option<Date>,
    #[serde(rename = "dueDate", default, deserialize_with = "date")]
    pub due_date: Option<Date>,
    #[serde(rename = "paymentOptions", default, deserialize_with = "options")]
    pub options: Vec<AmountOption>,
    #[serde(flatten)]
    bounds: Bounds,
}

#[derive(Deserialize)]
pub(super) struct FetchOnTheWire {
    #[serde(rename = "refId")]
    ref_id: String,
    status: String,
    /// Of version 1, and of samples of version 2.
    #[serde(default)]
    bill: Option<Bill>,
    #[serde(default, deserialize_with = "null_as_default")]
    bills: Vec<Bill>,
    #[serde(default)]
    exactness: Option<Exactness>,
    #[serde(rename = "failureReason", default)]
    failure: Option<Failure>,
    #[serde(rename = "additionalInfo", default, deserialize_with = "null_as_default")]
    more: Vec<More>,
}

#[derive(Deserialize)]
struct More {
    #[serde(default, deserialize_with = "theirs")]
    name: Option<Theirs>,
    #[serde(default, deserialize_with = "theirs")]
    value: Option<Theirs>,
}

impl Bill {
    #[must_use]
    pub fn amount_paise(&self) -> i64 {
        self.bounds.due_paise
    }
}

impl FetchedBill {
    /// Whether so much can be paid for this bill: what it demands, or one of its options. What the biller
    /// takes comes on top: [`Biller::accepts`](super::Biller::accepts).
    ///
    /// # Errors
    ///
    /// [`AmountRefused`].
    pub fn accepts(&self, amount_paise: i64, option: Option<&AmountOption>) -> Result<(), AmountRefused> {
        let Some(bill) = &self.bill else {
            return Bounds::default().take(Exactness::Any, amount_paise);
        };
        match option {
            Some(option) if bill.options.contains(option) => {
                let chosen = Bounds { due_paise: option.amount_paise, ..Bounds::default() };
                chosen.take(Exactness::Exact, amount_paise)
            }
            _ => bill.bounds.take(self.exactness, amount_paise),
        }
    }
}

impl TryFrom<FetchOnTheWire> for Fetch {
    /// The place of what is not as it should be.
    type Error = &'static str;

    fn try_from(wire: FetchOnTheWire) -> Result<Self, Self::Error> {
        const MORE_MAX: usize = 20;
        match (wire.status.to_ascii_lowercase().as_str(), wire.failure) {
            ("processing" | "pending", _) => return Ok(Self::Processing),
            // A reason counts, whatever stands beside it: there is a sample with "Success" and a reason.
            ("failure" | "failed" | "error", failure) => return Ok(Self::Refused(failure.unwrap_or(Failure::UNTOLD))),
            (_, Some(failure)) if failure.code.is_some() => return Ok(Self::Refused(failure)),
            ("success", _) => {}
            _ => return Err("data.status"),
        }
        require_ref(&wire.ref_id, "ref_id").map_err(|_| "data.refId")?;
        let mut bills: Vec<Bill> = wire.bills.into_iter().chain(wire.bill).collect();
        // Which of several is to be paid, nobody here can choose.
        if bills.len() > 1 {
            return Ok(Self::Refused(Failure { code: Some("several-bills".to_owned()), message: None }));
        }
        let more = wire.more.into_iter().filter_map(|more| Some((more.name?, more.value?))).take(MORE_MAX).collect();
        let exactness = wire.exactness.unwrap_or(Exactness::Exact);
        Ok(Self::Ready(Box::new(FetchedBill { ref_id: wire.ref_id, bill: bills.pop(), exactness, more })))
    }
}

#[derive(Serialize)]
struct FetchRequest<'a> {
    agent: &'a super::client::Agent,
    biller: BillerId<'a>,
    customer: CustomerOnTheWire<'a>,
}

#[derive(Serialize)]
pub(super) struct BillerId<'a> {
    pub(super) id: &'a str,
}

#[derive(Serialize)]
pub(super) struct CustomerOnTheWire<'a> {
    mobile: &'a str,
    #[serde(rename = "customerParams")]
    params: Vec<ParamOnTheWire<'a>>,
}

#[derive(Serialize)]
struct ParamOnTheWire<'a> {
    name: &'a str,
    value: &'a str,
}

impl<'a> Customer<'a> {
    pub(super) fn on_the_wire(&self) -> Result<CustomerOnTheWire<'a>, CallError> {
        require_mobile(self.mobile)?;
        require((1..=10).contains(&self.params.len()), "params", "are not 1 to 10")?;
        let fits = |text: &str| (1..=120).contains(&text.chars().count()) && !text.chars().any(char::is_control);
        require(self.params.iter().all(|(name, value)| fits(name) && fits(value)), "params", "are not 1 to 120 characters each")?;
        let params = self.params.iter().map(|(name, value)| ParamOnTheWire { name, value }).collect();
        Ok(CustomerOnTheWire { mobile: self.mobile, params })
    }
}

impl fmt::Debug for Customer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Customer").field("params", &self.params.len()).finish_non_exhaustive()
    }
}

impl Client {
    /// `POST /bbps/bills/fetch/request`: the reference that the answer will be had by.
    ///
    /// It moves nothing, so it may be repeated; each call asks the biller anew.
    ///
    /// # Errors
    ///
    /// [`CallError`].
    pub async fn request_fetch(&self, biller_id: &str, customer: &Customer<'_>, now: i64) -> Result<String, CallError> {
        require_ref(biller_id, "biller_id")?;
        let body = FetchRequest { agent: &self.agent, biller: BillerId { id: biller_id }, customer: customer.on_the_wire()? };
        let given: Reference = self.post(&["bbps", "bills", "fetch", "request"], &body, now).await?;
        require_ref(&given.ref_id, "ref_id").map_err(|_| unreadable("data.refId"))?;
        Ok(given.ref_id)
    }

    /// `POST /bbps/bills/fetch/response`: what has become of it.
    ///
    /// # Errors
    ///
    /// [`CallError`]; the answer of another fetch is unreadable.
    pub async fn fetched(&self, ref_id: &str, now: i64) -> Result<Fetch, CallError> {
        require_ref(ref_id, "ref_id")?;
        let wire: FetchOnTheWire = self.post(&["bbps", "bills", "fetch", "response"], &ByReference { ref_id }, now).await?;
        if wire.ref_id != ref_id {
            return Err(unreadable("data.refId"));
        }
        wire.try_into().map_err(unreadable)
    }
}

/// Ten digits as Indian mobiles have them. The provider takes 6 to 22 digits.
pub(super) fn require_mobile(mobile: &str) -> Result<(), CallError> {
    let fits = mobile.len() == 10 && mobile.starts_with(['6', '7', '8', '9']) && mobile.bytes().all(|byte| byte.is_ascii_digit());
    require(fits, "mobile", "is not ten digits of an Indian mobile number")
}

pub(super) fn unreadable(path: &str) -> CallError {
    CallError::Unreadable { why: Illegible::WrongShape { path: path.to_owned() } }
}

/// `2021-09-24`, perhaps with a time after it. The network writes `0001-01-01` and `NA` for no date, and
/// some billers what they please; no date is no reason to keep a bill from being paid.
pub(super) fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?.unwrap_or_default();
    let date = text.get(..10).and_then(|date| date.parse::<Date>().ok());
    Ok(date.filter(|date| date.year() >= 2000))
}

#[cfg(test)]
mod tests;
