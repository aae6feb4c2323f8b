//! An account as a row.

use super::{BadField, bytes, known, parsed, time};
use domain::{
    account::{Account, AccountStatus},
    limits::DaySpending,
    money::Currency,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Serialize, Deserialize)]
pub struct AccountItem {
    id: String,
    currency: String,
    balance: i64,
    held: i64,
    status: String,
    feed_seq: u64,
    balance_seq: u64,
    transactions_seq: u64,
    entry_number: u64,
    #[serde(with = "serde_bytes")]
    chain: Vec<u8>,
    last_fact_at: i64,
    day: i64,
    day_total: i64,
    day_transfers: i64,
    day_payees: BTreeMap<String, i64>,
    opened_at: i64,
}

fn status_code(status: AccountStatus) -> &'static str {
    match status {
        AccountStatus::Active => "active",
        AccountStatus::Paused => "paused",
        AccountStatus::Closed => "closed",
    }
}

impl From<&Account> for AccountItem {
    fn from(account: &Account) -> Self {
        Self {
            id: account.id.to_string(),
            currency: account.currency.code().to_owned(),
            balance: account.balance,
            held: account.held,
            status: status_code(account.status).to_owned(),
            feed_seq: account.feed_seq,
            balance_seq: account.balance_seq,
            transactions_seq: account.transactions_seq,
            entry_number: account.entry_number,
            chain: account.chain.to_vec(),
            last_fact_at: account.last_fact_at.as_millisecond(),
            day: account.spending.day,
            day_total: account.spending.total,
            day_transfers: account.spending.transfers,
            day_payees: account.spending.payees.clone(),
            opened_at: account.opened_at.as_millisecond(),
        }
    }
}

impl TryFrom<AccountItem> for Account {
    type Error = BadField;
    fn try_from(item: AccountItem) -> Result<Self, BadField> {
        let status = [AccountStatus::Active, AccountStatus::Paused, AccountStatus::Closed];
        let status = status.into_iter().find(|status| status_code(*status) == item.status);
        Ok(Self {
            id: parsed("id", &item.id)?,
            currency: known("currency", &item.currency, Currency::from_code(&item.currency))?,
            balance: item.balance,
            held: item.held,
            status: known("status", &item.status, status)?,
            feed_seq: item.feed_seq,
            balance_seq: item.balance_seq,
            transactions_seq: item.transactions_seq,
            entry_number: item.entry_number,
            chain: bytes("chain", &item.chain)?,
            last_fact_at: time("last_fact_at", item.last_fact_at)?,
            spending: DaySpending { day: item.day, total: item.day_total, transfers: item.day_transfers, payees: item.day_payees },
            opened_at: time("opened_at", item.opened_at)?,
        })
    }
}
