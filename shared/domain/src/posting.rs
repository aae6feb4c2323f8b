//! Double entry: postings, and the chain of entries of an account.

use crate::id::{AccountId, OperationId};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};

/// An account of the platform itself. It has no row: its balance is the sum of its postings,
/// folded by a consumer of the table's stream, so that no row is hot.
///
/// A balance is credits less debits, so what others owe us is negative and all accounts sum to 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SystemAccount {
    /// What Razorpay has collected for us and not yet settled to our bank.
    RazorpaySettlement,
    /// The same of PhonePe: each settles by itself, and is compared by itself.
    PhonepeSettlement,
    /// Our balance with the payout provider.
    RazorpayxFloat,
    /// Our balance with the payer of bills.
    BillsFloat,
    /// Money of a batch on its way to its lines.
    BatchClearing,
    /// Payments that belong to no order of ours, until an operator says whose they are.
    Suspense,
    /// What users pay us.
    FeeIncome,
    /// What providers charge us, tax included.
    ProviderFees,
    /// Payouts that the provider made after it had said that they failed.
    PayoutDisputes,
}

impl SystemAccount {
    pub const ALL: [Self; 9] = [
        Self::RazorpaySettlement,
        Self::PhonepeSettlement,
        Self::RazorpayxFloat,
        Self::BillsFloat,
        Self::BatchClearing,
        Self::Suspense,
        Self::FeeIncome,
        Self::ProviderFees,
        Self::PayoutDisputes,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::RazorpaySettlement => "razorpay_settlement",
            Self::PhonepeSettlement => "phonepe_settlement",
            Self::RazorpayxFloat => "razorpayx_float",
            Self::BillsFloat => "bills_float",
            Self::BatchClearing => "batch_clearing",
            Self::Suspense => "suspense",
            Self::FeeIncome => "fee_income",
            Self::ProviderFees => "provider_fees",
            Self::PayoutDisputes => "payout_disputes",
        }
    }
}

/// Either side of a posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    User(AccountId),
    System(SystemAccount),
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(id) => id.fmt(f),
            Self::System(account) => f.write_str(account.name()),
        }
    }
}

/// A side of a posting that no account of ours is called.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no account")]
pub struct NoSuchAccount(pub String);

impl FromStr for Side {
    type Err = NoSuchAccount;
    fn from_str(text: &str) -> Result<Self, NoSuchAccount> {
        if let Some(system) = SystemAccount::ALL.into_iter().find(|account| account.name() == text) {
            return Ok(Self::System(system));
        }
        text.parse().map(Self::User).map_err(|_| NoSuchAccount(text.to_owned()))
    }
}

macro_rules! reasons {
    ($($name:ident = $code:literal, $text:literal;)*) => {
        /// Why money moved, for the person whose money it is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Reason { $($name),* }

        impl Reason {
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Stable, for programs.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// For people.
            pub fn text(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }

            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|reason| reason.code() == code)
            }
        }
    };
}

reasons! {
    PaymentReceived = "payment_received", "A customer paid you";
    PaymentFee = "payment_fee", "What the payment gateway charges Kamai for a payment";
    Refund = "refund", "You gave a payment back";
    Transfer = "transfer", "Money sent from one user to another";
    Payout = "payout", "You cashed out";
    PayoutFee = "payout_fee", "Kamai's fee for a payout";
    PayoutProviderFee = "payout_provider_fee", "What the bank partner charges Kamai for a payout";
    PayoutProviderFeeReturned = "payout_provider_fee_returned", "What the bank partner gives back of its fee for a returned payout";
    PayoutReversed = "payout_reversed", "The bank returned a payout";
    PayoutFeeReturned = "payout_fee_returned", "Kamai's fee for a returned payout, given back";
    PayoutDisputed = "payout_disputed", "A payout that was made after it had been reported as failed";
    BatchFunded = "batch_funded", "Money set aside for a batch of payouts";
    BatchReturned = "batch_returned", "What a batch of payouts did not need";
    SuspenseReceived = "suspense_received", "A payment that belongs to no order";
    SuspenseAssigned = "suspense_assigned", "A payment that was found to be yours";
}

/// One debit and one equal credit. Immutable; a correction is a new posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    pub debit: Side,
    pub credit: Side,
    /// Minor units, above zero.
    pub amount: i64,
    pub reason: Reason,
}

impl Posting {
    /// What the posting adds to an account's balance.
    pub fn effect_on(&self, side: Side) -> i64 {
        i64::from(self.credit == side) * self.amount - i64::from(self.debit == side) * self.amount
    }
}

/// 32 bytes of SHA-256.
pub type Hash = [u8; 32];

/// What an account's chain starts from.
pub const CHAIN_START: Hash = [0; 32];

/// One line of an account's statement. Numbered from 1 without gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub number: u64,
    pub operation: OperationId,
    /// Above zero for a credit, below zero for a debit.
    pub amount: i64,
    pub counterparty: Side,
    pub reason: Reason,
    pub balance_after: i64,
    pub at: Timestamp,
    pub prev_hash: Hash,
    pub hash: Hash,
}

impl Entry {
    /// The hash that this entry must have: SHA-256 over the previous hash in lower-case hex and
    /// the entry's own fields, one a line, as the statement shows them.
    ///
    /// `prev_hash \n account_id \n number \n transaction_id \n amount \n counterparty \n reason \n balance_after \n at`
    pub fn expected_hash(&self, account: AccountId) -> Hash {
        let mut hash = Sha256::new();
        let prev = hex::encode(self.prev_hash);
        hash.update(format!(
            "{prev}\n{account}\n{}\n{}\n{}\n{}\n{}\n{}\n{}",
            self.number,
            self.operation,
            self.amount,
            self.counterparty,
            self.reason.code(),
            self.balance_after,
            self.at
        ));
        hash.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_and_system_account_has_a_name_of_its_own() {
        for reason in Reason::ALL {
            assert_eq!(Reason::from_code(reason.code()), Some(*reason));
            assert!(!reason.text().is_empty());
        }
        for account in SystemAccount::ALL {
            assert_eq!(account.name().parse(), Ok(Side::System(account)));
        }
        assert!("nobody".parse::<Side>().is_err());
    }

    #[test]
    fn a_posting_takes_from_one_side_what_it_gives_to_the_other() {
        let (debit, credit) = (Side::System(SystemAccount::Suspense), Side::System(SystemAccount::FeeIncome));
        let posting = Posting { debit, credit, amount: 7, reason: Reason::PayoutFee };
        assert_eq!(posting.effect_on(debit) + posting.effect_on(credit), 0);
        assert_eq!(posting.effect_on(credit), 7);
        assert_eq!(posting.effect_on(Side::System(SystemAccount::BatchClearing)), 0);
    }
}
