//! What the payout account's statement has beside payouts.

use crate::apply::call_failed;
use lambda::{Deadline, Failed};
use providers::{
    razorpay::PaymentsBetween,
    razorpayx::{Client, SourceKind, TransactionEntity},
};
use std::time::Duration;

const PAGE: u32 = 100;
/// How far the provider's clock may be ahead of ours.
const AHEAD_S: i64 = 300;
/// The first look begins so long ago; what was there before that is taken as moved in.
const HISTORY_S: i64 = 90 * 24 * 3600;
/// What came back is booked within this: `schedules-reconcile-payouts` looks for it.
const RETURNED_S: i64 = 900;

/// What is neither a payout nor a payout's return.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Others {
    /// Moved in by the owner, less what was moved out.
    pub funded: i64,
    /// Anything else: what is charged is below zero.
    pub explained: i64,
}

impl Others {
    pub fn and(self, more: Self) -> Self {
        Self { funded: self.funded + more.funded, explained: self.explained + more.explained }
    }
}

/// Which part of the statement is read, in seconds since 1970.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    /// What is not younger was counted before; `None`: nothing was.
    pub after: Option<i64>,
    /// What is younger may not be complete yet.
    pub settled_until: i64,
    pub now: i64,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Statement {
    pub settled: Others,
    pub young: Others,
    /// What has just come back, and may not be booked yet.
    pub returning: i64,
    /// What was there before the oldest line.
    opening: Option<i64>,
}

impl Statement {
    pub async fn read(client: &Client, account: &str, span: Span, deadline: Deadline) -> Result<Self, Failed> {
        let (mut statement, mut skip) = (Self::default(), 0);
        let from = span.after.map_or(span.now - HISTORY_S, |after| after + 1);
        loop {
            if !deadline.leaves(Duration::from_secs(10)) {
                return Err(Failed::later("the statement is longer than one run can read"));
            }
            let page = PaymentsBetween { from, to: from.max(span.now + AHEAD_S), count: PAGE, skip };
            // The newest come first.
            let lines = client.statement(account, page).await.map_err(call_failed)?;
            for line in &lines {
                statement.add(line, span);
            }
            if lines.len() < PAGE as usize {
                return Ok(statement);
            }
            skip += PAGE;
        }
    }

    fn add(&mut self, line: &TransactionEntity, span: Span) {
        let more = line.credit_paise - line.debit_paise;
        self.opening = line.balance_paise.map(|balance| balance - more).or(self.opening);
        if line.payout_id().is_some() {
            if line.created_at > span.now - RETURNED_S {
                self.returning += line.credit_paise;
            }
            return;
        }
        let sums = if line.created_at <= span.settled_until { &mut self.settled } else { &mut self.young };
        let sum = if line.source.kind == Some(SourceKind::BankTransfer) { &mut sums.funded } else { &mut sums.explained };
        *sum += more;
    }

    /// What lay in the account before all lines, where this holds `balance` now.
    pub fn opening(&self, balance: i64) -> i64 {
        self.opening.unwrap_or(balance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const SPAN: Span = Span { after: None, settled_until: 700, now: 1_000 };

    fn line(entity: &str, created_at: i64, credit: i64, debit: i64, balance: i64) -> TransactionEntity {
        let source = match entity {
            "payout" => json!({ "entity": entity, "id": "pout_1" }),
            "reversal" => json!({ "entity": entity, "id": "rvrsl_1", "payout_id": "pout_1" }),
            _ => json!({ "entity": entity, "id": "bt_1" }),
        };
        let value: Value = json!({
            "id": "txn_1", "amount": credit + debit, "credit": credit, "debit": debit, "balance": balance, "source": source,
            "created_at": created_at,
        });
        serde_json::from_value(value).unwrap()
    }

    fn read(newest_first: &[TransactionEntity]) -> Statement {
        let mut statement = Statement::default();
        for line in newest_first {
            statement.add(line, SPAN);
        }
        statement
    }

    #[test]
    fn lines_fall_by_what_they_are_and_how_old_they_are() {
        let statement = read(&[
            line("bank_transfer", 900, 500, 0, 1_400),
            line("reversal", 890, 100, 0, 900),
            line("adjustment", 600, 0, 50, 800),
            line("payout", 500, 0, 150, 850),
            line("bank_transfer", 400, 1_000, 0, 1_000),
        ]);
        assert_eq!(statement.settled, Others { funded: 1_000, explained: -50 });
        assert_eq!(statement.young, Others { funded: 500, explained: 0 });
        assert_eq!((statement.returning, statement.opening(1_400)), (100, 0));
    }

    #[test]
    fn what_came_back_long_ago_is_booked() {
        assert_eq!(read(&[line("reversal", 90, 100, 0, 900)]).returning, 0);
    }

    #[test]
    fn an_account_without_lines_holds_what_it_held() {
        assert_eq!((read(&[]).opening(700), read(&[line("payout", 500, 0, 150, 850)]).opening(850)), (700, 1_000));
    }
}
