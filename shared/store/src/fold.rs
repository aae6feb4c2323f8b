//! The platform's own accounts: folded from postings, and checked against the users' accounts.

use crate::{
    Store,
    error::{NotCommitted, StoreError, not_committed},
    items::{Item, from_item, is_record, key_attributes, record_of, row_key, to_item},
    keys::{self, RowKey},
};
use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem, Update};
use domain::{
    Timestamp,
    account::Account,
    engine::Record,
    fact::Fact,
    id::AccountId,
    posting::{CHAIN_START, Posting, Side, SystemAccount},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// Over how many rows each system account's sum is spread.
const SUM_SHARDS: u8 = 8;
/// How long it is remembered that a posting was folded. A stream keeps its records for a day.
const REMEMBER_SECONDS: i64 = 3 * 24 * 3600;

/// What a check of the ledger found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerReport {
    pub checked_at_ms: i64,
    pub accounts: u64,
    pub entries: u64,
    /// All user balances together, in paise.
    pub users: i64,
    /// Each system account's balance as folded, in paise.
    pub system: BTreeMap<String, i64>,
    /// Users and system accounts together. I1: must be 0 once the stream is drained.
    pub difference: i64,
    /// I2, I8: what is wrong with single accounts, one sentence each.
    pub findings: Vec<String>,
}

impl LedgerReport {
    pub fn is_balanced(&self) -> bool {
        self.difference == 0 && self.findings.is_empty()
    }
}

/// Where a scan of the accounts is.
#[derive(Debug, Clone, Default)]
pub struct LedgerScan {
    pub(crate) from: Option<Item>,
    pub finished: bool,
}

impl Store {
    /// Adds postings to the system accounts' sums, once for each source row.
    ///
    /// The mark that a source was folded and the sums change in one transaction, so a record that
    /// the stream delivers again is found folded.
    pub async fn fold(&self, source: &str, postings: &[Posting], now: Timestamp) -> Result<(), StoreError> {
        let mut sums: BTreeMap<&'static str, (SystemAccount, i64)> = BTreeMap::new();
        for posting in postings {
            for side in [posting.debit, posting.credit] {
                if let Side::System(account) = side {
                    sums.entry(account.name()).or_insert((account, 0)).1 += posting.effect_on(side);
                }
            }
        }
        if sums.is_empty() {
            return Ok(());
        }
        let rejected = |error: aws_sdk_dynamodb::error::BuildError| StoreError::Rejected { what: error.to_string() };
        let mark = to_item(&keys::folded(source), &HashMap::from([("expires_at_s", now.as_second() + REMEMBER_SECONDS)]))?;
        let mark = Put::builder().table_name(&self.table).set_item(Some(mark)).condition_expression("attribute_not_exists(pk)");
        let mut writes = vec![TransactWriteItem::builder().put(mark.build().map_err(rejected)?).build()];
        let shard = source.bytes().fold(0u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte)) % SUM_SHARDS;
        for (account, sum) in sums.into_values() {
            let update = Update::builder()
                .table_name(&self.table)
                .set_key(Some(key_attributes(&keys::system_sum(account, shard))))
                .update_expression("ADD folded :sum, postings :one")
                .expression_attribute_values(":sum", AttributeValue::N(sum.to_string()))
                .expression_attribute_values(":one", AttributeValue::N("1".to_owned()));
            writes.push(TransactWriteItem::builder().update(update.build().map_err(rejected)?).build());
        }
        for attempt in 0..8 {
            if attempt > 0 {
                crate::execute::pause(attempt).await;
            }
            match self.db.transact_write_items().set_transact_items(Some(writes.clone())).send().await.map_err(not_committed) {
                Ok(_) => return Ok(()),
                Err(NotCommitted::Outdated) if self.row(&self.table, &keys::folded(source)).await?.is_some() => return Ok(()),
                Err(NotCommitted::Outdated) => {}
                Err(NotCommitted::Error(error)) => return Err(error),
            }
        }
        Err(StoreError::Busy)
    }

    /// The system accounts' balances as folded so far.
    pub async fn system_balances(&self) -> Result<BTreeMap<String, i64>, StoreError> {
        let keys: Vec<RowKey> =
            SystemAccount::ALL.into_iter().flat_map(|account| (0..SUM_SHARDS).map(move |shard| keys::system_sum(account, shard))).collect();
        let mut balances: BTreeMap<String, i64> = SystemAccount::ALL.into_iter().map(|account| (account.name().to_owned(), 0)).collect();
        for item in self.rows(&self.table, keys).await? {
            let key = row_key(&item);
            let folded = item.get("folded").and_then(|value| value.as_n().ok()?.parse::<i64>().ok());
            let folded = folded.ok_or_else(|| StoreError::Corrupt { key: key.pk.clone(), why: "no sum".to_owned() })?;
            *balances.entry(key.pk.trim_start_matches("S#").to_owned()).or_default() += folded;
        }
        Ok(balances)
    }

    /// Accounts of one stretch of the table, for a check. Reads every row: for schedules only.
    pub async fn scan_accounts(&self, scan: &mut LedgerScan) -> Result<Vec<Account>, StoreError> {
        let answer = self
            .db
            .scan()
            .table_name(&self.table)
            .filter_expression("kind = :account")
            .expression_attribute_values(":account", AttributeValue::S("account".to_owned()))
            .set_exclusive_start_key(scan.from.take())
            .consistent_read(true)
            .send()
            .await?;
        scan.from = answer.last_evaluated_key;
        scan.finished = scan.from.is_none();
        let mut accounts = Vec::new();
        for item in answer.items.unwrap_or_default().into_iter().filter(is_record) {
            if let (_, Record::Account(account)) = record_of(item)? {
                accounts.push(account);
            }
        }
        Ok(accounts)
    }

    /// Checks one account against its own entries: the fold, the chain, the gapless feed.
    /// Answers how many entries there are, and what is wrong.
    pub async fn check_account(&self, account: &Account) -> Result<(u64, Vec<String>), StoreError> {
        let mut check = AccountCheck::new(account.id);
        while check.seq < account.feed_seq {
            let facts = self.facts_after(account.id, check.seq, 500).await?;
            let Some(last) = facts.last().map(|fact| fact.seq) else {
                check.findings.push(format!("{}: the feed ends at {} of {}", account.id, check.seq, account.feed_seq));
                break;
            };
            // What was committed since the account was read is the next check's.
            facts.iter().filter(|fact| fact.seq <= account.feed_seq).for_each(|fact| check.take(fact));
            if last >= account.feed_seq {
                break;
            }
        }
        Ok(check.finish(account))
    }

    pub async fn put_report(&self, report: &LedgerReport) -> Result<(), StoreError> {
        let item = to_item(&keys::ledger_check(), report)?;
        self.db.put_item().table_name(&self.table).set_item(Some(item)).send().await?;
        Ok(())
    }

    pub async fn last_report(&self) -> Result<Option<LedgerReport>, StoreError> {
        self.row(&self.table, &keys::ledger_check()).await?.map(from_item).transpose()
    }

    /// Up to when the provider's payments were compared with ours.
    pub async fn reconciled_until(&self) -> Result<Option<Timestamp>, StoreError> {
        let Some(item) = self.row(&self.table, &keys::reconciled_until()).await? else { return Ok(None) };
        let row: HashMap<String, AttributeValue> = item;
        let until = row.get("until_s").and_then(|value| value.as_n().ok()?.parse().ok());
        Ok(until.and_then(|seconds| Timestamp::from_second(seconds).ok()))
    }

    pub async fn set_reconciled_until(&self, until: Timestamp) -> Result<(), StoreError> {
        let item = to_item(&keys::reconciled_until(), &HashMap::from([("until_s", until.as_second())]))?;
        self.db.put_item().table_name(&self.table).set_item(Some(item)).send().await?;
        Ok(())
    }
}

struct AccountCheck {
    account: AccountId,
    seq: u64,
    balance: i64,
    entries: u64,
    chain: [u8; 32],
    findings: Vec<String>,
}

impl AccountCheck {
    fn new(account: AccountId) -> Self {
        Self { account, seq: 0, balance: 0, entries: 0, chain: CHAIN_START, findings: Vec::new() }
    }

    fn take(&mut self, fact: &Fact) {
        let place = format!("{} at {}", self.account, fact.seq);
        if fact.seq != self.seq + 1 {
            self.findings.push(format!("{place}: the feed has a gap after {}", self.seq));
        }
        self.seq = fact.seq;
        for entry in &fact.entries {
            self.balance += entry.amount;
            self.entries += 1;
            if entry.number != self.entries || entry.balance_after != self.balance {
                self.findings.push(format!("{place}: entry {} says {} where {} is due", entry.number, entry.balance_after, self.balance));
            }
            if entry.prev_hash != self.chain || entry.hash != entry.expected_hash(self.account) {
                self.findings.push(format!("{place}: the chain is broken at entry {}", entry.number));
            }
            self.chain = entry.hash;
        }
        if fact.balance_after != self.balance {
            self.findings.push(format!("{place}: the fact says {} where {} is due", fact.balance_after, self.balance));
        }
    }

    fn finish(mut self, account: &Account) -> (u64, Vec<String>) {
        if account.balance != self.balance {
            self.findings.push(format!("{}: the balance is {}, its entries sum to {}", account.id, account.balance, self.balance));
        }
        if account.held < 0 || account.held > account.balance {
            self.findings.push(format!("{}: {} is held of {}", account.id, account.held, account.balance));
        }
        if account.chain != self.chain {
            self.findings.push(format!("{}: the head of the chain is not its last entry", account.id));
        }
        (self.entries, self.findings)
    }
}
