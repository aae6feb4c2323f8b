//! What the cash-flow agent has told, as rows.

use super::{BadField, parsed, time};
use cashflow::{
    news::{Told, ToldBill, ToldCut, ToldDebit},
    social_security::FinancialYear,
};
use domain::outlook::Outlook;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct OutlookItem {
    user: String,
    looked_at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    short: Option<String>,
    short_warnings: u32,
    bills: Vec<BillItem>,
    unusual: Vec<DebitItem>,
    pay_cuts: Vec<CutItem>,
    /// The years in whose April they begin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    social_security_near: Option<i16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    social_security_reached: Option<i16>,
}

#[derive(Serialize, Deserialize)]
struct BillItem {
    /// As text: a number of a row has fewer digits.
    payee: String,
    due: String,
    amount: i64,
}

#[derive(Serialize, Deserialize)]
struct DebitItem {
    key: String,
    day: String,
}

#[derive(Serialize, Deserialize)]
struct CutItem {
    platform: String,
    since: String,
    after_per_hour: i64,
}

impl From<&Outlook> for OutlookItem {
    fn from(outlook: &Outlook) -> Self {
        let told = &outlook.told;
        let bill = |bill: &ToldBill| BillItem { payee: bill.payee.to_string(), due: bill.due.to_string(), amount: bill.amount };
        let debit = |debit: &ToldDebit| DebitItem { key: debit.key.to_string(), day: debit.day.to_string() };
        let cut =
            |cut: &ToldCut| CutItem { platform: cut.platform.clone(), since: cut.since.to_string(), after_per_hour: cut.after_per_hour };
        Self {
            user: outlook.user.to_string(),
            looked_at: outlook.looked_at.as_millisecond(),
            short: told.short.map(|day| day.to_string()),
            short_warnings: told.short_warnings,
            bills: told.bills.iter().map(bill).collect(),
            unusual: told.unusual.iter().map(debit).collect(),
            pay_cuts: told.pay_cuts.iter().map(cut).collect(),
            social_security_near: told.social_security_near.map(|year| year.starts),
            social_security_reached: told.social_security_reached.map(|year| year.starts),
        }
    }
}

impl TryFrom<OutlookItem> for Outlook {
    type Error = BadField;
    fn try_from(item: OutlookItem) -> Result<Self, BadField> {
        let bill =
            |bill: BillItem| Ok(ToldBill { payee: parsed("payee", &bill.payee)?, due: parsed("due", &bill.due)?, amount: bill.amount });
        let debit = |debit: DebitItem| Ok(ToldDebit { key: parsed("key", &debit.key)?, day: parsed("day", &debit.day)? });
        let cut =
            |cut: CutItem| Ok(ToldCut { platform: cut.platform, since: parsed("since", &cut.since)?, after_per_hour: cut.after_per_hour });
        let told = Told {
            short: item.short.map(|day| parsed("short", &day)).transpose()?,
            short_warnings: item.short_warnings,
            bills: item.bills.into_iter().map(bill).collect::<Result<_, BadField>>()?,
            unusual: item.unusual.into_iter().map(debit).collect::<Result<_, BadField>>()?,
            pay_cuts: item.pay_cuts.into_iter().map(cut).collect::<Result<_, BadField>>()?,
            social_security_near: item.social_security_near.map(|starts| FinancialYear { starts }),
            social_security_reached: item.social_security_reached.map(|starts| FinancialYear { starts }),
        };
        Ok(Self { user: parsed("user", &item.user)?, told, looked_at: time("looked_at", item.looked_at)? })
    }
}
