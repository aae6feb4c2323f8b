//! A user's feed: facts in their sequence, forwards to catch up and backwards to look back.

use crate::{
    Store,
    error::StoreError,
    items::{FactItem, Item, from_item},
    keys,
};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Timestamp,
    account::Account,
    engine::{Key, Record},
    fact::{Fact, SEQ_MAX},
    id::AccountId,
};

/// Facts of one page and where the next begins.
#[derive(Debug, Default)]
pub struct FeedPage {
    pub facts: Vec<Fact>,
    /// Going back: facts before this sequence come next; `None` at the beginning of the feed.
    pub before: Option<u64>,
}

/// How many rows a page that filters looks at before it gives what it has.
const LOOKED_AT_MAX: usize = 1_000;

fn fact_of(item: Item) -> Result<Fact, StoreError> {
    let key = crate::items::row_key(&item);
    let fact = Fact::try_from(from_item::<FactItem>(item)?);
    fact.map_err(|error| StoreError::Corrupt { key: format!("{}/{}", key.pk, key.sk), why: error.to_string() })
}

impl Store {
    pub async fn account(&self, account: AccountId) -> Result<Option<Account>, StoreError> {
        Ok(match self.record(&Key::Account(account)).await? {
            Some(Record::Account(account)) => Some(account),
            _ => None,
        })
    }

    /// One fact, by its place.
    pub async fn fact(&self, account: AccountId, seq: u64) -> Result<Option<Fact>, StoreError> {
        self.row(&self.table, &keys::fact(account, seq)).await?.map(fact_of).transpose()
    }

    /// Facts after a sequence, in order, at most `limit`.
    pub async fn facts_after(&self, account: AccountId, seq: u64, limit: i32) -> Result<Vec<Fact>, StoreError> {
        let (first, last) = (seq.saturating_add(1), SEQ_MAX);
        self.facts_between(account, first, last, true, limit).await
    }

    /// Facts before a sequence, newest first, of those that `wanted` keeps.
    pub async fn facts_before(
        &self,
        account: AccountId,
        before: u64,
        limit: usize,
        wanted: impl Fn(&Fact) -> bool,
    ) -> Result<FeedPage, StoreError> {
        let mut page = FeedPage { facts: Vec::new(), before: Some(before) };
        let mut looked_at = 0;
        while let Some(before) = page.before.filter(|seq| *seq > 1) {
            let facts = self.facts_between(account, 1, before - 1, false, 100).await?;
            looked_at += facts.len();
            page.before = facts.last().map(|fact| fact.seq);
            for fact in facts {
                let seq = fact.seq;
                if wanted(&fact) {
                    page.facts.push(fact);
                }
                if page.facts.len() == limit {
                    page.before = Some(seq).filter(|seq| *seq > 1);
                    return Ok(page);
                }
            }
            if looked_at >= LOOKED_AT_MAX {
                break;
            }
        }
        page.before = page.before.filter(|seq| *seq > 1);
        Ok(page)
    }

    /// The newest fact at or before a moment; `None` where the account did not exist yet.
    ///
    /// Facts are numbered without gaps and their times never go back, so a binary search over the
    /// numbers finds it in as many point reads as the feed's length has digits in base two.
    pub async fn fact_at(&self, account: &Account, at: Timestamp) -> Result<Option<Fact>, StoreError> {
        let (mut low, mut high, mut found) = (1, account.feed_seq, None);
        while low <= high {
            let middle = low + (high - low) / 2;
            let fact = self.fact(account.id, middle).await?;
            let fact =
                fact.ok_or_else(|| StoreError::Corrupt { key: format!("{}/{middle}", account.id), why: "the feed has a gap".to_owned() })?;
            if fact.at <= at {
                low = middle + 1;
                found = Some(fact);
            } else {
                high = middle - 1;
            }
        }
        Ok(found)
    }

    async fn facts_between(&self, account: AccountId, first: u64, last: u64, forward: bool, limit: i32) -> Result<Vec<Fact>, StoreError> {
        if last < first {
            return Ok(Vec::new());
        }
        let text = |value: String| AttributeValue::S(value);
        let answer = self
            .db
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk AND sk BETWEEN :first AND :last")
            .expression_attribute_values(":pk", text(keys::account_partition(account)))
            .expression_attribute_values(":first", text(keys::fact(account, first).sk))
            .expression_attribute_values(":last", text(keys::fact(account, last.min(SEQ_MAX)).sk))
            .scan_index_forward(forward)
            .consistent_read(true)
            .limit(limit)
            .send()
            .await?;
        answer.items.unwrap_or_default().into_iter().map(fact_of).collect()
    }
}
