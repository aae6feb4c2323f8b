//! The account's own statement.

use serde::Serialize;
use serde_json::{Value, json};

use crate::{clock, ids};

#[derive(Clone)]
pub struct Ledger {
    balance: i64,
    transactions: Vec<Transaction>,
}

/// `amount` is what was transferred; `credit` and `debit` have the fees too, so that they add up
/// to the balance.
#[derive(Clone, Serialize)]
pub struct Transaction {
    id: String,
    entity: &'static str,
    amount: i64,
    currency: &'static str,
    pub credit: i64,
    pub debit: i64,
    balance: i64,
    source: Value,
    pub created_at: i64,
}

impl Ledger {
    pub fn open(balance: i64) -> Self {
        let mut ledger = Self { balance: 0, transactions: Vec::new() };
        if balance != 0 {
            ledger.credit(balance, balance, bank_transfer(balance));
        }
        ledger
    }

    pub fn balance(&self) -> i64 {
        self.balance
    }

    pub fn debit(&mut self, amount: i64, taken: i64, source: Value) {
        self.balance -= taken;
        self.write(amount, 0, taken, source);
    }

    pub fn credit(&mut self, amount: i64, given: i64, source: Value) {
        self.balance += given;
        self.write(amount, given, 0, source);
    }

    /// Money that somebody puts into the account or takes out of it, so that this is left.
    pub fn set_balance(&mut self, balance: i64) {
        let more = balance - self.balance;
        if more > 0 {
            self.credit(more, more, bank_transfer(more));
        } else if more < 0 {
            self.debit(-more, -more, bank_transfer(-more));
        }
    }

    pub fn newest_first(&self) -> impl Iterator<Item = &Transaction> {
        self.transactions.iter().rev()
    }

    fn write(&mut self, amount: i64, credit: i64, debit: i64, source: Value) {
        self.transactions.push(Transaction {
            id: ids::razorpay("txn"),
            entity: "transaction",
            amount,
            currency: "INR",
            credit,
            debit,
            balance: self.balance,
            source,
            created_at: clock::unix_seconds(),
        });
    }
}

fn bank_transfer(amount: i64) -> Value {
    json!({
        "id": ids::razorpay("bt"),
        "entity": "bank_transfer",
        "payer_name": "Sandbox",
        "payer_account": "6543266545411243",
        "payer_ifsc": "UTIB0000002",
        "mode": "NEFT",
        "bank_reference": ids::bank_utr(16),
        "amount": amount,
    })
}
