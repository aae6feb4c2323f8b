//! Billers: whom bills are of, and how each wants to be asked and paid.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::amount::{AmountRefused, Exactness, at_least, at_most};
use super::client::{Client, require_ref};
use super::params::{CustomerParam, ParamRefused, check_all};
use super::text::{Theirs, theirs};
use crate::call::{CallError, require};
use crate::razorpay::wire::paise_or_none;
use crate::wire::{null_as_default, wire_enum};

/// How many billers are asked for at once: an answer with more would be longer than is read. The
/// provider's own limit is 250.
const PAGE_LIMIT: &str = "100";

wire_enum! {
    /// What a biller's bills are for.
    ///
    /// \[U\]: the spelling of those that are marked; the list of categories is the provider's
    /// (`GET /bbps/categories`), so a caller may ask for [`Category::Other`] from its configuration.
    Category {
        Electricity = "Electricity",
        /// \[U\]
        MobilePrepaid = "Mobile Prepaid",
        MobilePostpaid = "Mobile Postpaid",
        /// Through a pipe. \[U\]
        Gas = "Gas",
        /// In cylinders. \[U\]
        Lpg = "LPG Gas",
        Water = "Water",
        Dth = "DTH",
        /// \[U\]
        Broadband = "Broadband Postpaid",
        /// \[U\]
        Fastag = "Fastag",
        CreditCard = "Credit Card",
        /// Instalments of a loan.
        Loan = "Loan Repayment",
        Insurance = "Insurance",
        Education = "Education Fees",
        /// \[U\]
        Rent = "Rental",
    }
}

wire_enum! {
    /// What the payer's money was taken from.
    PaymentMode {
        Wallet = "Wallet",
        Upi = "UPI",
        InternetBanking = "Internet Banking",
        DebitCard = "Debit Card",
        CreditCard = "Credit Card",
        PrepaidCard = "Prepaid Card",
        Imps = "IMPS",
        Neft = "NEFT",
        Cash = "Cash",
        Aeps = "AEPS",
        AccountTransfer = "Account Transfer",
        BharatQr = "Bharat QR",
        Ussd = "USSD",
    }
}

wire_enum! {
    /// What comes before a payment.
    FetchKind {
        /// A bill is had first, and is paid.
        Bill = "BILL_FETCH",
        /// The biller confirms its customer first; the amount is the payer's.
        Validation = "BILL_VALIDATE",
        /// Nothing.
        Direct = "BILL_DIRECT",
    }
}

/// [`FetchKind`] in the network's own terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FetchRequirement {
    Mandatory,
    Optional,
    NotSupported,
}

/// Somebody whose bills can be paid.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Biller {
    pub id: String,
    #[serde(deserialize_with = "required")]
    pub name: Theirs,
    #[serde(rename = "categoryName", deserialize_with = "category")]
    pub category: Category,
    /// Such as `IND`, or `IND-KAR`.
    #[serde(default, deserialize_with = "theirs")]
    pub coverage: Option<Theirs>,
    #[serde(rename = "customerParams", default, deserialize_with = "null_as_default")]
    pub customer_params: Vec<CustomerParam>,
    #[serde(rename = "fetchApiType")]
    pub fetch: FetchKind,
    #[serde(rename = "payWithoutFetchAllowed", default, deserialize_with = "null_as_default")]
    pub pays_without_fetch: bool,
    pub exactness: Exactness,
    #[serde(rename = "paymentModes", default, deserialize_with = "null_as_default")]
    pub modes: Vec<ModeLimits>,
    /// False where the network has taken the biller off for now.
    #[serde(rename = "status", default = "yes", deserialize_with = "is_active")]
    pub active: bool,
}

/// How much of one payment mode a biller takes at once.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ModeLimits {
    #[serde(rename = "paymentMode")]
    pub mode: PaymentMode,
    #[serde(rename = "minLimit", default, deserialize_with = "paise_or_none")]
    pub min_paise: Option<i64>,
    /// None, or zero: no limit of the biller's.
    #[serde(rename = "maxLimit", default, deserialize_with = "paise_or_none")]
    pub max_paise: Option<i64>,
    /// Whether a payment may stay pending for days.
    #[serde(rename = "supportsPendingStatus", default, deserialize_with = "null_as_default")]
    pub may_stay_pending: bool,
}

/// Some of the billers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillerPage {
    pub billers: Vec<Biller>,
    /// How many there were that make no sense to us. They cannot be paid, and spoil no others.
    pub unreadable: usize,
    /// What to ask for next; `None` on the last page.
    pub after: Option<String>,
}

#[derive(Deserialize)]
struct Listed {
    #[serde(default, deserialize_with = "null_as_default")]
    billers: Vec<Value>,
    #[serde(rename = "nextPage", default)]
    next_page: Option<String>,
}

impl Biller {
    #[must_use]
    pub fn fetch_requirement(&self) -> FetchRequirement {
        match self.fetch {
            FetchKind::Direct => FetchRequirement::NotSupported,
            FetchKind::Bill | FetchKind::Validation | FetchKind::Other(_) if self.pays_without_fetch => FetchRequirement::Optional,
            FetchKind::Bill | FetchKind::Validation | FetchKind::Other(_) => FetchRequirement::Mandatory,
        }
    }

    /// Whether these are the details that this biller asks for.
    ///
    /// # Errors
    ///
    /// The name of the first that does not fit, and why.
    pub fn check(&self, params: &[(&str, &str)]) -> Result<(), (String, ParamRefused)> {
        check_all(&self.customer_params, params)
    }

    /// Whether this biller takes so much by that mode. What a bill demands comes on top:
    /// [`FetchedBill::accepts`](super::FetchedBill::accepts).
    ///
    /// # Errors
    ///
    /// [`AmountRefused`].
    pub fn accepts(&self, mode: &PaymentMode, amount_paise: i64) -> Result<(), AmountRefused> {
        if amount_paise <= 0 {
            return Err(AmountRefused::NotPositive);
        }
        let limits = self.modes.iter().find(|limits| limits.mode == *mode).ok_or(AmountRefused::ModeNotTaken)?;
        at_least(amount_paise, limits.min_paise)?;
        at_most(amount_paise, limits.max_paise)
    }
}

impl Client {
    /// `GET /bbps/billers?categoryName=…`: a page of the billers of a category, or of all.
    ///
    /// There are over twenty thousand, and they change: keep the list, and renew it daily.
    ///
    /// # Errors
    ///
    /// [`CallError`].
    pub async fn billers(&self, category: Option<&Category>, after: Option<&str>, now: i64) -> Result<BillerPage, CallError> {
        let mut query = vec![("limit", PAGE_LIMIT)];
        if let Some(category) = category {
            query.push(("categoryName", category.as_str()));
        }
        if let Some(after) = after {
            require((1..=200).contains(&after.len()), "after", "is no place in a list")?;
            query.push(("after", after));
        }
        let listed: Listed = self.get(&["bbps", "billers"], &query, now).await?;
        let all = listed.billers.len();
        let billers: Vec<Biller> = listed.billers.into_iter().filter_map(|biller| serde_json::from_value(biller).ok()).collect();
        let after = if all == 0 { None } else { listed.next_page.as_deref().and_then(after_of) };
        Ok(BillerPage { unreadable: all - billers.len(), billers, after })
    }

    /// `GET /bbps/billers?ids=…`: one biller, or none of that id.
    ///
    /// # Errors
    ///
    /// [`CallError`].
    pub async fn biller(&self, id: &str, now: i64) -> Result<Option<Biller>, CallError> {
        require_ref(id, "biller_id")?;
        let listed: Listed = self.get(&["bbps", "billers"], &[("ids", id)], now).await?;
        let mut billers = listed.billers.into_iter().filter_map(|biller| serde_json::from_value::<Biller>(biller).ok());
        Ok(billers.find(|biller| biller.id == id))
    }
}

/// The `after` of `/api/bbps/billers?…&after=…`. Nothing else of that URL is believed.
pub(super) fn after_of(next_page: &str) -> Option<String> {
    let (_, query) = next_page.split_once('?')?;
    let after = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "after")?.1.into_owned();
    (1..=200).contains(&after.len()).then_some(after)
}

fn required<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Theirs, D::Error> {
    theirs(deserializer)?.ok_or_else(|| serde::de::Error::custom("nothing to be seen"))
}

fn category<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Category, D::Error> {
    required(deserializer).map(|text| Category::from(text.as_str().to_owned()))
}

fn yes() -> bool {
    true
}

fn is_active<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    let status = Option::<String>::deserialize(deserializer)?;
    Ok(status.is_none_or(|status| status.eq_ignore_ascii_case("ACTIVE")))
}

#[cfg(test)]
mod tests;
