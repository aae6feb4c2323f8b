//! Everything at once: what the agent looks at after each new fact.

use crate::calendar;
use crate::movement::{Movement, WorkDay};
use crate::pay_cut::{PayCut, pay_cuts};
use crate::recurring::{Bill, bills};
use crate::runway::{Runway, runway};
use crate::social_security::{FinancialYear, SocialSecurity, ss_days};
use crate::totals::{PeriodTotals, totals};
use crate::unusual::{Unusual, unusual};
use jiff::civil::Date;
use std::fmt;

/// Debits of so many days are looked at, today among them: banks tell some of them late.
const UNUSUAL_DAYS: i64 = 3;

/// What is known of a person.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    pub today: Date,
    pub movements: &'a [Movement],
    pub work_days: &'a [WorkDay],
    /// What there is to spend now, in paise, where it is known.
    pub balance: Option<i64>,
}

/// What these facts come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Analysis {
    pub today: Date,
    pub totals: PeriodTotals,
    /// The next first.
    pub bills: Vec<Bill>,
    /// None without a balance, or with less than two weeks of history.
    pub runway: Option<Runway>,
    pub unusual: Vec<Unusual>,
    pub pay_cuts: Vec<PayCut>,
    /// Of the financial year of today.
    pub social_security: SocialSecurity,
}

impl fmt::Debug for Facts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Facts").field("today", &self.today).finish_non_exhaustive()
    }
}

#[must_use]
pub fn analyse(facts: &Facts<'_>) -> Analysis {
    let Facts { today, movements, work_days, balance } = *facts;
    let bills_now = bills(movements, today);
    let unusual_since = calendar::plus(today, 1 - UNUSUAL_DAYS);
    // As they were before: a bill that has doubled is no bill of its usual amount any more.
    let bills_before = bills(movements, calendar::plus(unusual_since, -1));
    Analysis {
        today,
        totals: totals(movements, today),
        runway: balance.and_then(|balance| runway(balance, movements, &bills_now, today)),
        unusual: unusual(movements, &bills_before, balance, unusual_since, today),
        pay_cuts: pay_cuts(work_days, today),
        social_security: ss_days(work_days, FinancialYear::of(today), today),
        bills: bills_now,
    }
}
