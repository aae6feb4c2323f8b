//! What has happened on the account, and the one way in which a payout changes.

use serde_json::json;

use super::contacts::Contact;
use super::fund_accounts::FundAccount;
use super::ledger::Ledger;
use super::machine::PayoutStatus;
use super::payout::Payout;
use super::validations::Validation;
use crate::config::{Fees, tax_within};
use crate::razorpay::events::Event;
use crate::razorpay::idempotency::Keys;
use crate::shelf::Shelf;

#[derive(Clone)]
pub struct Account {
    pub contacts: Shelf<Contact>,
    pub fund_accounts: Shelf<FundAccount>,
    pub validations: Shelf<Validation>,
    pub payouts: Shelf<Payout>,
    pub payout_keys: Keys,
    pub ledger: Ledger,
}

/// Why a payout stays where it is.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stuck {
    #[error("there is no such payout")]
    Unknown,
    #[error("a payout that is {from:?} does not become {to:?}")]
    NotAMove { from: PayoutStatus, to: PayoutStatus },
    #[error("the balance does not cover it")]
    LowBalance,
}

impl Account {
    pub fn open(balance: i64) -> Self {
        Self {
            contacts: Shelf::default(),
            fund_accounts: Shelf::default(),
            validations: Shelf::default(),
            payouts: Shelf::default(),
            payout_keys: Keys::default(),
            ledger: Ledger::open(balance),
        }
    }

    /// Moves a payout on, and the money with it: out when processing begins, back when it failed
    /// or was reversed, each once. The event is what is told about it; a cancellation has none.
    ///
    /// # Errors
    ///
    /// [`Stuck`]; nothing has changed then.
    pub fn move_payout(&mut self, id: &str, to: PayoutStatus, reason: &str, fees: &Fees) -> Result<Option<Event>, Stuck> {
        let payout = self.payouts.get_mut(id).ok_or(Stuck::Unknown)?;
        if !payout.status.may_become(to) {
            return Err(Stuck::NotAMove { from: payout.status, to });
        }
        match to {
            PayoutStatus::Processing => {
                let fee = payout.mode.fee(fees);
                if self.ledger.balance() < payout.amount + fee {
                    return Err(Stuck::LowBalance);
                }
                payout.fees = fee;
                payout.tax = tax_within(fee);
                payout.charged = true;
                payout.become_status(to, reason);
                self.ledger.debit(payout.amount, payout.amount + fee, payout.as_source());
            }
            PayoutStatus::Processed => {
                payout.arrive(self.fund_accounts.get(&payout.fund_account_id));
                payout.become_status(to, reason);
            }
            PayoutStatus::Failed | PayoutStatus::Reversed => {
                let back = payout.amount + payout.fees;
                if to == PayoutStatus::Failed {
                    // As in the sheet's samples: a payout that failed shows no fees.
                    payout.fees = 0;
                    payout.tax = 0;
                }
                payout.become_status(to, reason);
                if std::mem::take(&mut payout.charged) {
                    self.ledger.credit(payout.amount, back, payout.as_reversal());
                }
            }
            PayoutStatus::Created | PayoutStatus::Pending | PayoutStatus::Queued | PayoutStatus::Rejected | PayoutStatus::Cancelled => {
                payout.become_status(to, reason)
            }
        }
        Ok(to.event().map(|name| self.payout_event(name, id)))
    }

    fn payout_event(&self, name: &'static str, id: &str) -> Event {
        let entity = self.payouts.get(id).map(|payout| {
            let fund_account = self.fund_accounts.get(&payout.fund_account_id);
            payout.view(fund_account.map(|fund_account| fund_account.view(None)))
        });
        Event::payouts(name, &[("payout", json!(entity))])
    }

    /// Payouts that wait for money, the oldest first.
    pub fn waiting_for_money(&self) -> Vec<String> {
        self.payouts
            .oldest_first()
            .filter(|payout| payout.status == PayoutStatus::Queued && payout.status_details.is("low_balance"))
            .map(|payout| payout.id.clone())
            .collect()
    }
}
