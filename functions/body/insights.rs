//! Bodies of `/v1/insights` and `/v1/findings`.

use crate::body::common::{Currency, codes};
use cashflow::{
    Analysis, Rhythm,
    pay_cut::PayCut,
    recurring::Bill,
    runway::Runway,
    social_security::SocialSecurity,
    unusual::{Reason, Unusual},
};
use domain::{book::Day, finding::Finding};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use words::Language;

#[derive(Debug, Serialize, JsonSchema)]
pub struct InsightsBody {
    pub currency: Currency,
    /// In India.
    pub today: String,
    pub of_today: TotalsBody,
    /// From Monday on.
    pub of_week: TotalsBody,
    pub of_month: TotalsBody,
    /// Payments that come back, the next one first.
    pub bills: Vec<BillBody>,
    /// What lies ahead; missing where too little is known.
    pub runway: Option<RunwayBody>,
    /// Debits of the last days that stand out.
    pub unusual: Vec<UnusualBody>,
    pub pay_cuts: Vec<PayCutBody>,
    pub social_security: SocialSecurityBody,
    /// What does not add up, the latest first.
    pub findings: Vec<FindingBody>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct TotalsBody {
    pub income_amount: i64,
    pub expenses_amount: i64,
    pub left_amount: i64,
}

impl From<Day> for TotalsBody {
    fn from(day: Day) -> Self {
        Self { income_amount: day.income, expenses_amount: day.expenses, left_amount: day.left() }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct BillBody {
    /// Who is paid, or what for.
    pub name: String,
    pub what: String,
    /// As it usually is.
    pub amount: i64,
    pub due_on: String,
    /// `week`, `fortnight`, `four_weeks`, `month` or `quarter`.
    pub every: &'static str,
    pub confidence_percent: u8,
}

impl BillBody {
    pub fn new(bill: &Bill, name: String) -> Self {
        let every = match bill.rhythm {
            Rhythm::Weekly => "week",
            Rhythm::Fortnightly => "fortnight",
            Rhythm::FourWeekly => "four_weeks",
            Rhythm::Monthly { .. } => "month",
            Rhythm::Quarterly { .. } => "quarter",
        };
        let (what, due_on) = (bill.what.clone(), bill.next_due.to_string());
        Self { name, what, amount: bill.amount, due_on, every, confidence_percent: bill.confidence_percent }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct RunwayBody {
    /// The first day within a month on which money runs out.
    pub short_on: Option<String>,
    pub days_until_short: Option<i64>,
    /// What is missing then.
    pub missing_amount: Option<i64>,
    /// When there will be least, and how much.
    pub low_on: String,
    pub low_amount: i64,
    /// What a usual day costs, bills aside.
    pub daily_spending_amount: i64,
}

impl RunwayBody {
    fn new(runway: &Runway, today: Date) -> Self {
        Self {
            short_on: runway.short.map(|short| short.day.to_string()),
            days_until_short: runway.days_until_short(today),
            missing_amount: runway.short.map(|short| short.amount.saturating_abs()),
            low_on: runway.low.day.to_string(),
            low_amount: runway.low.amount,
            daily_spending_amount: runway.daily_spending,
        }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct UnusualBody {
    pub day: String,
    pub amount: i64,
    pub what: String,
    /// `more_than_usual`, `bill_higher` or `new_payee`.
    pub why: &'static str,
    pub usual_amount: Option<i64>,
}

impl From<&Unusual> for UnusualBody {
    fn from(debit: &Unusual) -> Self {
        let (why, usual_amount) = match debit.reason {
            Reason::MuchMoreThanUsual { usual } => ("more_than_usual", Some(usual)),
            Reason::BillMuchHigher { usual } => ("bill_higher", Some(usual)),
            Reason::NewPayee { .. } => ("new_payee", None),
        };
        Self { day: debit.day.to_string(), amount: debit.amount, what: debit.what.clone(), why, usual_amount }
    }
}

/// A platform pays less for an hour than it did.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PayCutBody {
    pub platform: String,
    pub since: String,
    pub before_per_hour_amount: i64,
    pub after_per_hour_amount: i64,
    pub sure_percent: u8,
}

impl From<&PayCut> for PayCutBody {
    fn from(cut: &PayCut) -> Self {
        Self {
            platform: cut.platform.clone(),
            since: cut.since.to_string(),
            before_per_hour_amount: cut.before_per_hour,
            after_per_hour_amount: cut.after_per_hour,
            sure_percent: cut.sure_percent,
        }
    }
}

/// Days with earnings that count for social security: 90 with one platform, or 120 with several, in a financial year.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SocialSecurityBody {
    /// Of the April in which the financial year began.
    pub year: i16,
    /// With the platform of most days.
    pub single_days: u32,
    pub platform: Option<String>,
    /// With all of them; a day with two counts twice.
    pub multi_days: u32,
    pub is_eligible: bool,
    pub missing_days: u32,
}

impl From<&SocialSecurity> for SocialSecurityBody {
    fn from(known: &SocialSecurity) -> Self {
        Self {
            year: known.year.starts,
            single_days: known.single,
            platform: known.platform.clone(),
            multi_days: known.multi,
            is_eligible: known.is_eligible,
            missing_days: known.missing(),
        }
    }
}

/// Money that a platform owes, as far as it is known here.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FindingBody {
    pub id: String,
    /// `payment`: less came than it states; `week`: less than was earned; `unexplained`: less than its lines come to.
    pub gap: &'static str,
    pub platform: String,
    pub from: String,
    pub to: String,
    pub stated_amount: i64,
    pub came_amount: i64,
    pub missing_amount: i64,
    /// `open`, `disputed`, `dismissed` or `settled`.
    pub status: &'static str,
    pub opened_at: String,
}

impl From<&Finding> for FindingBody {
    fn from(finding: &Finding) -> Self {
        let shortfall = &finding.shortfall;
        Self {
            id: finding.id.to_string(),
            gap: shortfall.gap.code(),
            platform: shortfall.platform.clone(),
            from: shortfall.from.to_string(),
            to: shortfall.to.to_string(),
            stated_amount: shortfall.stated,
            came_amount: shortfall.came,
            missing_amount: shortfall.missing(),
            status: finding.status.code(),
            opened_at: finding.opened_at.to_string(),
        }
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DisputeRequest {
    /// The letter's.
    #[schemars(extend("enum" = codes(&Language::ALL, Language::code)))]
    pub language: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct DisputeBody {
    pub finding: FindingBody,
    /// To be sent to the platform.
    pub letter: String,
}

impl InsightsBody {
    pub fn new(analysis: &Analysis, [today, week, month]: [Day; 3], bills: Vec<BillBody>, findings: &[Finding]) -> Self {
        let mut findings: Vec<&Finding> = findings.iter().collect();
        findings.sort_by_key(|finding| (std::cmp::Reverse(finding.shortfall.to), finding.id));
        Self {
            currency: Currency::Inr,
            today: analysis.today.to_string(),
            of_today: today.into(),
            of_week: week.into(),
            of_month: month.into(),
            bills,
            runway: analysis.runway.as_ref().map(|runway| RunwayBody::new(runway, analysis.today)),
            unusual: analysis.unusual.iter().map(UnusualBody::from).collect(),
            pay_cuts: analysis.pay_cuts.iter().map(PayCutBody::from).collect(),
            social_security: SocialSecurityBody::from(&analysis.social_security),
            findings: findings.into_iter().map(FindingBody::from).collect(),
        }
    }
}
