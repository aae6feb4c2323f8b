//! The billers, and `GET /bbps/categories` and `GET /bbps/billers`.
//!
//! Of the network's twenty thousand, fifteen that a driver or courier would pay. Their ids follow the
//! network's form; those of the electricity boards, the water board and Tata Play are the real ones,
//! the others are not verified.

use std::sync::Arc;

use axum::extract::Query;
use axum::{Extension, Json};
use regex_lite::Regex;
use serde_json::{Value, json};

use super::Refused;
use super::error::data;
use crate::world::World;

/// How close to the bill a payment has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exactness {
    Exact,
    ExactAndAbove,
    ExactAndBelow,
    Range,
    Any,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    Fetch,
    Validate,
    Direct,
}

pub struct Param {
    pub name: &'static str,
    is_numeric: bool,
    min: usize,
    max: usize,
    regex: &'static str,
    optional: bool,
}

pub struct Biller {
    pub id: &'static str,
    pub name: &'static str,
    pub category: &'static str,
    coverage: &'static str,
    pub params: &'static [Param],
    pub flow: Flow,
    pub exactness: Exactness,
    /// The least and the most of one payment out of a wallet, in paise.
    pub wallet: (i64, i64),
}

const fn numeric(name: &'static str, min: usize, max: usize, regex: &'static str) -> Param {
    Param { name, is_numeric: true, min, max, regex, optional: false }
}

const fn alphanumeric(name: &'static str, min: usize, max: usize, regex: &'static str) -> Param {
    Param { name, is_numeric: false, min, max, regex, optional: false }
}

const MOBILE: &[Param] = &[numeric("Mobile Number", 10, 10, "^[6-9][0-9]{9}$")];
const RECHARGE: (i64, i64) = (1_000, 500_000);
const BILL: (i64, i64) = (100, 4_999_900);

#[rustfmt::skip]
pub const BILLERS: &[Biller] = &[
    Biller { id: "ACT000000NAT01", name: "ACT Fibernet", category: "Broadband Postpaid", coverage: "IND",
        params: &[alphanumeric("Account Number/User Name", 6, 20, "")], flow: Flow::Fetch, exactness: Exactness::Exact, wallet: BILL },
    Biller { id: "AIRTPRE00NAT01", name: "Airtel Prepaid", category: "Mobile Prepaid", coverage: "IND",
        params: MOBILE, flow: Flow::Validate, exactness: Exactness::Any, wallet: RECHARGE },
    Biller { id: "BAJA00000NATP1", name: "Bajaj Finance Limited", category: "Loan Repayment", coverage: "IND",
        params: &[alphanumeric("Loan Account Number", 8, 20, "^[A-Z0-9]{8,20}$")], flow: Flow::Fetch, exactness: Exactness::Range, wallet: BILL },
    Biller { id: "BESCOM000KAR01", name: "Bangalore Electricity Supply Co. Ltd (BESCOM)", category: "Electricity", coverage: "IND-KAR",
        params: &[numeric("Account ID", 10, 10, "^[0-9]{10}$")], flow: Flow::Fetch, exactness: Exactness::Exact, wallet: BILL },
    Biller { id: "BWSSB0000KAR01", name: "Bangalore Water Supply and Sewerage Board", category: "Water", coverage: "IND-KAR",
        params: &[alphanumeric("RR Number", 6, 12, "")], flow: Flow::Fetch, exactness: Exactness::ExactAndAbove, wallet: BILL },
    Biller { id: "HDFC00000NATFT", name: "HDFC Bank - Fastag", category: "Fastag", coverage: "IND",
        params: &[alphanumeric("Vehicle Number", 8, 11, "^[A-Z]{2}[0-9]{1,2}[A-Z]{0,3}[0-9]{4}$")], flow: Flow::Validate, exactness: Exactness::Any, wallet: (10_000, 1_000_000) },
    Biller { id: "INDI00000NATT5", name: "Indane Gas", category: "LPG Gas", coverage: "IND",
        params: MOBILE, flow: Flow::Fetch, exactness: Exactness::Exact, wallet: BILL },
    Biller { id: "JIOPRE000NAT01", name: "Jio Prepaid", category: "Mobile Prepaid", coverage: "IND",
        params: MOBILE, flow: Flow::Validate, exactness: Exactness::Any, wallet: RECHARGE },
    Biller { id: "LIFE00000NATHI", name: "Life Insurance Corporation", category: "Insurance", coverage: "IND",
        params: &[numeric("Policy Number", 9, 9, ""), Param { name: "Email", is_numeric: false, min: 6, max: 60, regex: "", optional: true }],
        flow: Flow::Fetch, exactness: Exactness::Exact, wallet: BILL },
    Biller { id: "MAHA00000MAH01", name: "Maharashtra State Electricity Distbn Co Ltd", category: "Electricity", coverage: "IND-MAH",
        params: &[numeric("Consumer No", 12, 12, "^[0-9]{12}$"), numeric("BU", 4, 4, "^[0-9]{4}$")], flow: Flow::Fetch, exactness: Exactness::Exact, wallet: BILL },
    Biller { id: "MGL000000MUM01", name: "Mahanagar Gas", category: "Gas", coverage: "IND-MAH",
        params: &[numeric("CA Number", 12, 12, "")], flow: Flow::Fetch, exactness: Exactness::ExactAndAbove, wallet: BILL },
    Biller { id: "TATAPWR00DEL01", name: "Tata Power - Delhi", category: "Electricity", coverage: "IND-DEL",
        params: &[numeric("CA Number", 11, 12, "^[0-9]{11,12}$")], flow: Flow::Fetch, exactness: Exactness::ExactAndBelow, wallet: BILL },
    Biller { id: "TATASKY00NAT01", name: "Tata Play", category: "DTH", coverage: "IND",
        params: &[numeric("Subscriber Number", 10, 10, "^[13][0-9]{9}$")], flow: Flow::Validate, exactness: Exactness::Any, wallet: RECHARGE },
    Biller { id: "TNEB00000TND01", name: "TNPDCL (Tamil Nadu)", category: "Electricity", coverage: "IND-TND",
        params: &[numeric("Consumer Number", 9, 12, "")], flow: Flow::Fetch, exactness: Exactness::Exact, wallet: BILL },
    Biller { id: "VIPRE0000NAT01", name: "Vi Prepaid", category: "Mobile Prepaid", coverage: "IND",
        params: MOBILE, flow: Flow::Direct, exactness: Exactness::Any, wallet: RECHARGE },
];

pub fn find(id: &str) -> Option<&'static Biller> {
    BILLERS.iter().find(|biller| biller.id == id)
}

impl Exactness {
    pub fn word(self) -> &'static str {
        match self {
            Self::Exact => "Exact",
            Self::ExactAndAbove => "Exact and above",
            Self::ExactAndBelow => "Exact and below",
            Self::Range => "RANGE",
            Self::Any => "Any",
        }
    }
}

impl Param {
    pub fn check(&self, value: &str) -> Result<(), Refused> {
        let refused = || Refused::bad("invalid-customer-param", format!("Customer param {} is not valid.", self.name));
        let length = value.chars().count();
        let is_of_kind = !self.is_numeric || value.bytes().all(|byte| byte.is_ascii_digit());
        let matches = self.regex.is_empty() || Regex::new(self.regex).is_ok_and(|regex| regex.is_match(value));
        if (self.min..=self.max).contains(&length) && is_of_kind && matches { Ok(()) } else { Err(refused()) }
    }

    fn view(&self) -> Value {
        json!({
            "paramName": self.name,
            "dataType": if self.is_numeric { "NUMERIC" } else { "ALPHANUMERIC" },
            "minLength": self.min,
            "maxLength": self.max,
            "regex": self.regex,
            "optional": self.optional,
            "values": null,
            "visibility": true,
        })
    }
}

impl Biller {
    /// Each detail known, given once and well formed; none missing.
    pub fn check(&self, given: &[(String, String)]) -> Result<(), Refused> {
        let refused = |name: &str| Refused::bad("invalid-customer-param", format!("Customer param {name} is not valid."));
        for (at, (name, value)) in given.iter().enumerate() {
            let param = self.params.iter().find(|param| param.name == name).ok_or_else(|| refused(name))?;
            if given.iter().take(at).any(|(before, _)| before == name) {
                return Err(refused(name));
            }
            param.check(value)?;
        }
        let missing = self.params.iter().find(|param| !param.optional && !given.iter().any(|(name, _)| name == param.name));
        missing.map_or(Ok(()), |param| Err(refused(param.name)))
    }

    fn view(&self) -> Value {
        let mode = |mode: &str, may_stay_pending: bool| json!({ "paymentMode": mode, "minLimit": self.wallet.0, "maxLimit": self.wallet.1, "supportsPendingStatus": may_stay_pending });
        json!({
            "id": self.id,
            "name": self.name,
            "categoryName": self.category,
            "coverage": self.coverage,
            "status": "ACTIVE",
            "fetchApiType": match self.flow { Flow::Fetch => "BILL_FETCH", Flow::Validate => "BILL_VALIDATE", Flow::Direct => "BILL_DIRECT" },
            "payWithoutFetchAllowed": self.flow == Flow::Direct,
            "exactness": self.exactness.word(),
            "customerParams": self.params.iter().map(Param::view).collect::<Vec<_>>(),
            "customerParamsGroups": [],
            "paymentModes": [mode("Wallet", true), mode("UPI", true), mode("Internet Banking", false)],
            "paymentChannels": [{ "paymentChannel": "INT", "minLimit": self.wallet.0, "maxLimit": self.wallet.1, "supportsPendingStatus": true }],
            "interchangeFee": [],
            "responseType": "SINGLE",
            "supportsPendingStatus": true,
        })
    }
}

pub async fn categories() -> Json<Value> {
    let mut names: Vec<&str> = BILLERS.iter().map(|biller| biller.category).collect();
    names.sort_unstable();
    names.dedup();
    let count = |name: &str| BILLERS.iter().filter(|biller| biller.category == name).count();
    let categories: Vec<Value> = names.into_iter().map(|name| json!({ "name": name, "billerCount": count(name) })).collect();
    data(json!({ "categories": categories }))
}

pub async fn list(Extension(_): Extension<Arc<World>>, Query(query): Query<Vec<(String, String)>>) -> Result<Json<Value>, Refused> {
    let of = |name: &str| query.iter().filter(|(given, _)| given == name).map(|(_, value)| value.as_str()).collect::<Vec<_>>();
    let (categories, ids, after) = (of("categoryName"), of("ids"), of("after"));
    let limit: usize = of("limit")
        .first()
        .map_or(Ok(100), |limit| limit.parse())
        .map_err(|_| Refused::bad("invalid-limit", "Limit value is not valid"))?;
    if !(1..=250).contains(&limit) {
        return Err(Refused::bad("invalid-limit", "Limit value is not valid - should be between 1 & 250."));
    }
    if let Some(unknown) = categories.iter().find(|name| !BILLERS.iter().any(|biller| biller.category == **name)) {
        return Err(Refused::bad("invalid-category-param", format!("CategoryName param {unknown} is not valid.")));
    }
    let wanted: Vec<&Biller> = BILLERS
        .iter()
        .filter(|biller| categories.is_empty() || categories.contains(&biller.category))
        .filter(|biller| ids.is_empty() || ids.contains(&biller.id))
        // They are kept by id.
        .filter(|biller| after.first().is_none_or(|after| biller.id > *after))
        .collect();
    let page: Vec<&&Biller> = wanted.iter().take(limit).collect();
    let next = page.last().filter(|_| wanted.len() > limit).map(|last| format!("/api/bbps/billers?limit={limit}&after={}", last.id));
    Ok(data(json!({ "billers": page.iter().map(|biller| biller.view()).collect::<Vec<_>>(), "nextPage": next, "total": wanted.len() })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn billers_are_kept_by_id_and_each_has_a_pattern_that_can_be_read() {
        assert!(BILLERS.is_sorted_by(|one, two| one.id < two.id));
        for biller in BILLERS {
            assert_eq!(biller.id.len(), 14, "{}", biller.id);
            for param in biller.params {
                assert!(param.regex.is_empty() || Regex::new(param.regex).is_ok(), "{}", biller.id);
            }
        }
    }

    #[test]
    fn a_customer_is_known_by_all_that_the_biller_asks_for() {
        let check = |id: &str, given: &[(&str, &str)]| {
            let given: Vec<_> = given.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            find(id).unwrap().check(&given).map_err(|refused| refused.code())
        };
        assert_eq!(check("MAHA00000MAH01", &[("Consumer No", "123456789012"), ("BU", "4321")]), Ok(()));
        assert_eq!(check("LIFE00000NATHI", &[("Policy Number", "123456789")]), Ok(()));
        for given in [&[("Consumer No", "123456789012")][..], &[("Consumer No", "1"), ("BU", "4321")], &[("BU", "4321"), ("BU", "4321")]] {
            assert_eq!(check("MAHA00000MAH01", given), Err("invalid-customer-param"));
        }
        assert_eq!(check("HDFC00000NATFT", &[("Vehicle Number", "KA01AB1234")]), Ok(()));
        assert_eq!(check("HDFC00000NATFT", &[("Vehicle Number", "1234ABKA01")]), Err("invalid-customer-param"));
    }
}
