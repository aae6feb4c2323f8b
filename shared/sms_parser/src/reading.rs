//! What is read out of a message.

use std::fmt;

use bank_feed::{Currency, Direction};
use jiff::Zoned;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    Transaction(Box<Transaction>),
    NotATransaction(Reason),
}

/// Why a message tells of no movement of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    Otp,
    Offer,
    /// A bill, a statement, an instalment that is still to be paid.
    Due,
    /// Somebody asks for money.
    Request,
    /// It was tried and did not happen.
    Declined,
    /// Leave to debit later was given, changed or taken back.
    Mandate,
    FutureDebit,
    BalanceOnly,
    /// Something else, or a sender that no bank writes from.
    Other,
}

/// A movement that has happened. Amounts are of the currency's minor unit.
#[derive(Clone, PartialEq)]
pub struct Transaction {
    pub direction: Direction,
    /// Always more than zero.
    pub amount_minor: i64,
    pub currency: Currency,
    /// Two to four digits: some banks show fewer than four.
    pub account_last4: Option<String>,
    /// A shop, a person, a UPI id, or a purpose ("Interest") where no party is named. As written.
    pub merchant: Option<String>,
    /// After the movement; below zero where the account is overdrawn. A card's limit is not a balance.
    pub balance_minor: Option<i64>,
    pub limit_minor: Option<i64>,
    pub fee_minor: Option<i64>,
    pub reference: Option<String>,
    pub channel: Option<Channel>,
    /// The message's own time, in India; what it does not say comes from its arrival.
    pub at: Option<Zoned>,
    /// Whether the text tells the time of day: a message may arrive hours after what it tells of.
    pub is_timed: bool,
    /// A refund, a reversal, a chargeback: it nets an earlier debit.
    pub is_reversal: bool,
    pub is_card: bool,
    /// The other account of a transfer.
    pub counter_last4: Option<String>,
    /// Hint: both sides may be the user's (own accounts, a card's bill, a wallet that is filled).
    pub is_own_transfer: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Upi,
    Card,
    Atm,
    Neft,
    Imps,
    Rtgs,
    Wallet,
    Cheque,
    Cash,
    Netbanking,
    Fastag,
    /// ACH, NACH, ECS and standing instructions.
    Nach,
    Emi,
    Other,
}

/// Amounts, names and numbers are about a person and do not print.
impl fmt::Debug for Transaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transaction").field("direction", &self.direction).field("channel", &self.channel).finish_non_exhaustive()
    }
}
