//! A user's account: balance, holds, status, and the head of its feed and chain.

mod commands;

pub use commands::{NoAccount, OpenAccount, SetPaused, TellOwner};

use crate::{
    defect::{Defect, planted},
    fact::{Cause, Detail, Fact, FactKind, Previous},
    id::{AccountId, Fingerprint, OperationId},
    limits::{Channel, DaySpending, OverLimit},
    money::{Currency, Rupees},
    posting::{CHAIN_START, Entry, Hash, Posting, Side},
    rules::Rules,
};
use jiff::Timestamp;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountStatus {
    Active,
    /// The owner pressed the panic button: money may come in, none may leave.
    Paused,
    /// For good: money that still arrives goes to suspense.
    Closed,
}

/// Why an account does not let money go. The first that applies, in this order.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotSpend {
    #[error("the account is paused; lift the pause to spend again")]
    Paused,
    #[error("the account is closed")]
    Closed,
    #[error("{} more than is available", Rupees(*short))]
    NotEnough { short: i64, available: i64 },
    #[error("over the {} limit by {}", over.limit.code(), Rupees(over.excess))]
    OverLimit { over: OverLimit },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    pub currency: Currency,
    /// Minor units; never below `held`.
    pub balance: i64,
    /// Of the balance, what is promised to holds.
    pub held: i64,
    pub status: AccountStatus,
    /// Sequence of the newest fact of the feed.
    pub feed_seq: u64,
    /// The newest facts of the narrower channels.
    pub balance_seq: u64,
    pub transactions_seq: u64,
    /// Number and hash of the newest entry.
    pub entry_number: u64,
    pub chain: Hash,
    pub last_fact_at: Timestamp,
    pub spending: DaySpending,
    pub opened_at: Timestamp,
}

/// A fact that is about to happen to an account.
#[derive(Debug)]
pub struct Happening<'a> {
    pub kind: FactKind,
    /// What it belongs to, with the sequence of that operation's fact before this one.
    pub operation: Option<(OperationId, u64)>,
    pub postings: Vec<Posting>,
    pub detail: Detail,
    pub cause: &'a Cause,
}

impl Account {
    pub fn open(id: AccountId, now: Timestamp) -> Self {
        Self {
            id,
            currency: Currency::Inr,
            balance: 0,
            held: 0,
            status: AccountStatus::Active,
            feed_seq: 0,
            balance_seq: 0,
            transactions_seq: 0,
            entry_number: 0,
            chain: CHAIN_START,
            last_fact_at: now,
            spending: DaySpending::default(),
            opened_at: now,
        }
    }

    /// What may be spent: the balance less what is held.
    pub fn available(&self) -> i64 {
        if planted(Defect::IgnoreHolds) {
            return self.balance;
        }
        self.balance - self.held
    }

    /// Whether the account lets money go at all.
    pub fn may_spend(&self) -> Result<(), CannotSpend> {
        match self.status {
            AccountStatus::Active => Ok(()),
            AccountStatus::Paused => Err(CannotSpend::Paused),
            AccountStatus::Closed => Err(CannotSpend::Closed),
        }
    }

    /// Sets money aside for an operation: checks status, funds and limits, and counts the limits.
    ///
    /// # Errors
    ///
    /// The first term that fails; the account is then unchanged.
    pub fn hold(&mut self, channel: Channel, payee: Fingerprint, amount: i64, now: Timestamp, rules: &Rules) -> Result<(), CannotSpend> {
        self.may_spend()?;
        let available = self.available();
        if amount > available {
            return Err(CannotSpend::NotEnough { short: amount - available, available });
        }
        self.spending.count(channel, payee, amount, now, rules).map_err(|over| CannotSpend::OverLimit { over })?;
        self.held += amount;
        Ok(())
    }

    /// Lets held money go back to what is available.
    pub fn release(&mut self, amount: i64) {
        debug_assert!(amount <= self.held, "more released than was held");
        self.held -= amount;
    }

    /// Records a fact, with the postings that move money on this account.
    ///
    /// Debits must be covered: held money is released by the caller in the same step, before.
    pub fn record(&mut self, happening: Happening<'_>, held_before: i64, now: Timestamp) -> Fact {
        let at = now.max(self.last_fact_at);
        let mut entries = Vec::new();
        let operation = happening.operation.map(|(id, _)| id);
        for posting in &happening.postings {
            let own = Side::User(self.id);
            let amount = posting.effect_on(own);
            if let (Some(operation), true) = (operation, amount != 0) {
                let counterparty = if posting.debit == own { posting.credit } else { posting.debit };
                entries.push(self.enter(operation, amount, counterparty, posting, at));
            }
        }
        debug_assert!(self.held >= 0 && self.held <= self.balance, "held {} of {}", self.held, self.balance);
        self.feed_seq += 1;
        let moves_balance = !entries.is_empty() || self.held != held_before;
        let previous = Previous {
            balance: self.balance_seq,
            transactions: self.transactions_seq,
            operation: happening.operation.map_or(0, |(_, seq)| seq),
        };
        if moves_balance {
            self.balance_seq = self.feed_seq;
        }
        if operation.is_some() {
            self.transactions_seq = self.feed_seq;
        }
        self.last_fact_at = at;
        Fact {
            account: self.id,
            seq: self.feed_seq,
            kind: happening.kind,
            at,
            operation,
            previous,
            balance_after: self.balance,
            held_after: self.held,
            postings: happening.postings,
            entries,
            detail: happening.detail,
            cause: happening.cause.clone(),
            moves_balance,
        }
    }

    fn enter(&mut self, operation: OperationId, amount: i64, counterparty: Side, posting: &Posting, at: Timestamp) -> Entry {
        self.balance += amount;
        self.entry_number += 1;
        let mut entry = Entry {
            number: self.entry_number,
            operation,
            amount,
            counterparty,
            reason: posting.reason,
            balance_after: self.balance,
            at,
            prev_hash: self.chain,
            hash: CHAIN_START,
        };
        entry.hash = entry.expected_hash(self.id);
        self.chain = entry.hash;
        entry
    }
}
