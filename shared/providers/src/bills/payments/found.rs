//! A payment found by our own reference.
//!
//! The provider looks payments up by its own reference only, and lists them by the day of the
//! timestamp that we gave them. So this reads the payer's payments of that day. \[U\]: whether the list
//! lags behind; a payment that is absent within the first minutes may still come.

use std::fmt;

use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};

use super::super::biller::after_of;
use super::super::client::{Client, require_ref};
use super::super::fetch::{require_mobile, unreadable};
use super::{Payment, PaymentStatus, Transactions, require_reference};
use crate::call::{CallError, Unsent};

/// What a payment is looked up by: as of the [`NewPayment`](super::NewPayment).
#[derive(Clone, Copy)]
pub struct PaymentLookup<'a> {
    pub reference: &'a str,
    pub mobile: &'a str,
    pub paid_at: i64,
}

/// More pages than one person's payments of a day have.
const PAGES_MAX: usize = 20;

impl Client {
    /// `GET /bbps/transactions?startDate=…&endDate=…&mobile=…`: the payment under our reference.
    ///
    /// None means that there is none *yet*: see the module. Where one reference has several, a failed one
    /// and its second try, the latest that has not failed counts.
    ///
    /// # Errors
    ///
    /// [`CallError`]; a list that does not end, or whose payments have no references, proves nothing and
    /// is unreadable.
    pub async fn status(&self, asked: &PaymentLookup<'_>, now: i64) -> Result<Option<Payment>, CallError> {
        require_reference(asked.reference)?;
        require_mobile(asked.mobile)?;
        let day = in_india(asked.paid_at)?.date().to_string();
        let mut found: Option<Payment> = None;
        let mut after: Option<String> = None;
        for _ in 0..PAGES_MAX {
            let mut query = vec![("startDate", day.as_str()), ("endDate", day.as_str()), ("mobile", asked.mobile)];
            query.extend(after.as_deref().map(|after| ("after", after)));
            let page: Transactions = self.get(&["bbps", "transactions"], &query, now).await?;
            let next = page.next_page.as_deref().and_then(after_of).filter(|_| !page.transactions.is_empty());
            for line in page.transactions {
                let reference = line.payment_ref_id.as_deref().ok_or_else(|| unreadable("data.transactions[].paymentRefId"))?;
                if reference != asked.reference {
                    continue;
                }
                let payment = Payment::from(line);
                require_ref(&payment.ref_id, "ref_id").map_err(|_| unreadable("data.transactions[].refId"))?;
                let better = found.as_ref().is_none_or(|before| before.status == PaymentStatus::Failure);
                if better {
                    found = Some(payment);
                }
            }
            match next {
                Some(next) => after = Some(next),
                None => return Ok(found),
            }
        }
        Err(unreadable("data.nextPage"))
    }
}

/// India has had one offset since 1945.
pub(super) fn in_india(unix_seconds: i64) -> Result<Zoned, CallError> {
    let offset = Offset::from_seconds(5 * 3600 + 1800).unwrap_or(Offset::UTC);
    let no_time = CallError::NotSent { why: Unsent::Invalid { field: "paid_at", rule: "is not a time" } };
    let at = Timestamp::from_second(unix_seconds).map_err(|_| no_time)?;
    Ok(at.to_zoned(TimeZone::fixed(offset)))
}

impl fmt::Debug for PaymentLookup<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PaymentLookup").field("reference", &self.reference).finish_non_exhaustive()
    }
}
