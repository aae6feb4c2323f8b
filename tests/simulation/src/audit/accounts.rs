//! Accounts as their rows tell them: feeds without gaps, chains without breaks, holds that somebody
//! needs.

use anyhow::Result;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    account::Account,
    fact::Fact,
    posting::{Posting, Reason, Side, SystemAccount},
};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use store::{Change, change_of};

type Row = HashMap<String, AttributeValue>;

#[derive(Default)]
pub struct Accounts {
    accounts: Vec<Account>,
    facts: BTreeMap<String, Vec<Fact>>,
    journal: Vec<Posting>,
}

impl Accounts {
    pub fn account(&mut self, account: &Account) {
        self.accounts.push(account.clone());
    }

    pub fn fact(&mut self, row: Row) -> Result<()> {
        if let Change::Fact(fact) = change_of(&image(&row))? {
            self.facts.entry(fact.account.to_string()).or_default().push(*fact);
        }
        Ok(())
    }

    pub fn journal(&mut self, row: &Row) -> Result<()> {
        match change_of(&image(row))? {
            Change::Journal { postings, .. } => self.journal.extend(postings),
            _ => anyhow::bail!("a row of the journal that is none"),
        }
        Ok(())
    }

    /// All wallets together.
    pub fn users(&self) -> i64 {
        self.accounts.iter().map(|account| account.balance).sum()
    }

    /// Each line of each statement: whose, for what, how much.
    pub fn entries(&self) -> impl Iterator<Item = (String, String, i64)> {
        let facts = self.facts.values().flatten();
        facts.flat_map(|fact| fact.entries.iter().map(|entry| (fact.account.to_string(), entry.operation.to_string(), entry.amount)))
    }

    /// A user's statement: number, amount and balance of each line.
    pub fn statement(&self, user: &str) -> Vec<(u64, i64, i64)> {
        let mut facts: Vec<&Fact> = self.facts.values().flatten().filter(|fact| fact.account.owner().to_string() == user).collect();
        facts.sort_by_key(|fact| fact.seq);
        facts.into_iter().flat_map(|fact| &fact.entries).map(|entry| (entry.number, entry.amount, entry.balance_after)).collect()
    }

    fn postings(&self) -> impl Iterator<Item = &Posting> {
        self.facts.values().flatten().flat_map(|fact| &fact.postings).chain(&self.journal)
    }

    /// What the postings say of one of the platform's accounts.
    pub fn posted(&self, account: SystemAccount) -> i64 {
        self.postings().map(|posting| posting.effect_on(Side::System(account))).sum()
    }

    /// The same, without what was posted for these reasons.
    pub fn posted_but_for(&self, account: SystemAccount, reasons: &[Reason]) -> i64 {
        let wanted = self.postings().filter(|posting| !reasons.contains(&posting.reason));
        wanted.map(|posting| posting.effect_on(Side::System(account))).sum()
    }

    pub fn held(&self) -> impl Iterator<Item = (String, i64)> {
        self.accounts.iter().map(|account| (account.id.to_string(), account.held))
    }

    /// Each user's newest fact and its balance.
    pub fn feeds(&self) -> HashMap<String, (u64, i64)> {
        self.accounts.iter().map(|account| (account.id.owner().to_string(), (account.feed_seq, account.balance))).collect()
    }

    pub fn check(&self) -> Vec<String> {
        let mut findings = Vec::new();
        for account in &self.accounts {
            let mut facts: Vec<&Fact> = self.facts.get(&account.id.to_string()).map(|facts| facts.iter().collect()).unwrap_or_default();
            facts.sort_by_key(|fact| fact.seq);
            if let Err(finding) = check_account(account, &facts) {
                findings.push(format!("{}: {finding}", account.id));
            }
        }
        if let Some(posting) = self.postings().find(|posting| posting.amount <= 0 || posting.debit == posting.credit) {
            findings.push(format!("I1: a posting moves nothing: {posting:?}"));
        }
        // Every account that a posting names has a row, and an entry that says so.
        let entries: i64 = self.facts.values().flatten().flat_map(|fact| &fact.entries).map(|entry| entry.amount).sum();
        let posted: i64 = SystemAccount::ALL.into_iter().map(|account| self.posted(account)).sum();
        if entries + posted != 0 {
            findings.push(format!("I1: entries say {entries}, postings {posted}"));
        }
        findings
    }
}

fn check_account(account: &Account, facts: &[&Fact]) -> Result<(), String> {
    let wrong = |holds: bool, what: &str| if holds { Ok(()) } else { Err(what.to_owned()) };
    let (mut balance, mut held, mut number, mut chain) = (0, 0, 0, [0u8; 32]);
    for (index, fact) in facts.iter().enumerate() {
        wrong(fact.seq == index as u64 + 1, "the feed has a gap")?;
        wrong(index == 0 || facts[index - 1].at <= fact.at, "a fact is older than the one before it")?;
        for entry in &fact.entries {
            number += 1;
            balance += entry.amount;
            wrong(entry.number == number && entry.balance_after == balance, "I2: an entry does not follow the one before it")?;
            wrong(!entry.reason.text().is_empty(), "I7: an entry without a reason")?;
            let line = format!(
                "{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}",
                hex::encode(chain),
                account.id,
                entry.number,
                entry.operation,
                entry.amount,
                entry.counterparty,
                entry.reason.code(),
                entry.balance_after,
                entry.at
            );
            let hash: [u8; 32] = Sha256::digest(line).into();
            wrong(entry.prev_hash == chain && entry.hash == hash, "I8: the chain breaks")?;
            chain = hash;
        }
        let posted: i64 = fact.postings.iter().map(|posting| posting.effect_on(Side::User(account.id))).sum();
        let entered: i64 = fact.entries.iter().map(|entry| entry.amount).sum();
        wrong(posted == entered, "I2: a fact's entries are not its postings")?;
        wrong(fact.balance_after == balance, "I2: a fact's balance is not its entries'")?;
        held = fact.held_after;
        wrong(held >= 0 && held <= balance, "I2: more is held than there is")?;
    }
    wrong(account.feed_seq == facts.len() as u64, "the row and the feed end at different facts")?;
    wrong(account.balance == balance && account.held == held, "I2: the row and the feed have different balances")?;
    wrong(account.entry_number == number && account.chain == chain, "I8: the row and the chain end differently")
}

/// A row in DynamoDB's JSON, as a stream has it.
fn image(row: &Row) -> Value {
    Value::Object(row.iter().map(|(name, value)| (name.clone(), attribute(value))).collect::<Map<_, _>>())
}

fn attribute(value: &AttributeValue) -> Value {
    match value {
        AttributeValue::S(text) => json!({ "S": text }),
        AttributeValue::N(digits) => json!({ "N": digits }),
        AttributeValue::Bool(value) => json!({ "BOOL": value }),
        AttributeValue::Null(_) => json!({ "NULL": true }),
        AttributeValue::B(bytes) => json!({ "B": base64(bytes.as_ref()) }),
        AttributeValue::L(list) => json!({ "L": list.iter().map(attribute).collect::<Vec<_>>() }),
        AttributeValue::M(map) => json!({ "M": image(map) }),
        _ => Value::Null,
    }
}

fn base64(bytes: &[u8]) -> String {
    use ::base64::Engine;
    ::base64::engine::general_purpose::STANDARD.encode(bytes)
}
