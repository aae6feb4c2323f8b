//! What operators did: written before it is done, chained by hashes, and never changed.

use crate::{
    Store,
    error::{NotCommitted, StoreError, not_committed},
    execute::{ATTEMPTS_MAX, pause},
    items::{
        BadField, Item,
        act::{CheckItem, EntryItem, HeadItem, PlaceItem},
        from_item, key_attributes, row_key, to_item,
    },
    keys::{self, RowKey},
};
use aws_sdk_dynamodb::{
    operation::query::builders::QueryFluentBuilder,
    primitives::Blob,
    types::{AttributeValue, Put, TransactWriteItem, builders::PutBuilder},
};
use domain::{
    audit::{Act, Entry, Head, Walk},
    fact::SEQ_MAX,
};

/// Entries that one request asks for when the chain is walked.
const PAGE: i32 = 500;

/// How far the check of the log has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditCheck {
    /// The last entry up to which everything held. It must never be another.
    pub verified: Head,
    /// How far what was verified has been looked through once more, from the beginning.
    pub again: Head,
}

impl Default for AuditCheck {
    fn default() -> Self {
        Self { verified: Head::START, again: Head::START }
    }
}

impl Store {
    /// Writes an act down, at the end of the log. The same again is the same act.
    ///
    /// # Errors
    ///
    /// Then nothing may be done: it is not known to be in the log.
    pub async fn put_act(&self, act: &Act) -> Result<(), StoreError> {
        for attempt in 0..ATTEMPTS_MAX {
            if attempt > 0 {
                pause(attempt).await;
            }
            let head = self.audit_head().await?;
            let writes = self.appending(head, &Entry::after(head, act.clone()))?;
            match self.db.transact_write_items().set_transact_items(Some(writes)).send().await.map_err(not_committed) {
                Ok(_) => return Ok(()),
                Err(NotCommitted::Outdated) if self.has_act(act).await? => return Ok(()),
                Err(NotCommitted::Outdated) => tracing::debug!(attempt, "somebody was quicker"),
                Err(NotCommitted::Error(error)) if error.retryable() && attempt < 3 => tracing::warn!(%error, "the commit is unknown"),
                Err(NotCommitted::Error(error)) => return Err(error),
            }
        }
        Err(StoreError::Busy)
    }

    /// The entry, that its act is known by now, and the new head: all or none.
    fn appending(&self, head: Head, entry: &Entry) -> Result<Vec<TransactWriteItem>, StoreError> {
        let (seq, known) = (entry.link.seq, keys::act_by_id(&entry.act.id));
        let new = [to_item(&keys::act(seq), &EntryItem::from(entry)), to_item(&known, &PlaceItem { seq })];
        let mut puts = Vec::with_capacity(3);
        for item in new {
            puts.push(self.put(item?).condition_expression("attribute_not_exists(pk)"));
        }
        let moved = self.put(to_item(&keys::audit_head(), &HeadItem::from(entry.head()))?);
        puts.push(if head == Head::START {
            moved.condition_expression("attribute_not_exists(pk)")
        } else {
            moved
                .condition_expression("#seq = :seq AND #hash = :hash")
                .expression_attribute_names("#seq", "seq")
                .expression_attribute_names("#hash", "hash")
                .expression_attribute_values(":seq", AttributeValue::N(head.seq.to_string()))
                .expression_attribute_values(":hash", AttributeValue::B(Blob::new(head.hash)))
        });
        let writes = puts.into_iter().map(|put| Ok(TransactWriteItem::builder().put(put.build()?).build()));
        let writes: Result<_, aws_sdk_dynamodb::error::BuildError> = writes.collect();
        writes.map_err(|error| StoreError::Rejected { what: error.to_string() })
    }

    fn put(&self, item: Item) -> PutBuilder {
        Put::builder().table_name(&self.table).set_item(Some(item))
    }

    /// Whether this very act is in the log.
    ///
    /// # Errors
    ///
    /// [`StoreError::OtherAct`] where its id stands for another one, which would hide it.
    pub async fn has_act(&self, act: &Act) -> Result<bool, StoreError> {
        let key = keys::act_by_id(&act.id);
        let Some(known) = self.row(&self.table, &key).await? else { return Ok(false) };
        let PlaceItem { seq } = from_item(known)?;
        match self.act(seq).await? {
            Some(entry) if entry.act.is(act) => Ok(true),
            _ => Err(StoreError::OtherAct { id: act.id.clone() }),
        }
    }

    /// Where the log ends.
    pub async fn audit_head(&self) -> Result<Head, StoreError> {
        let key = keys::audit_head();
        let Some(item) = self.row(&self.table, &key).await? else { return Ok(Head::START) };
        Head::try_from(from_item::<HeadItem>(item)?).map_err(|why| corrupt(&key, &why))
    }

    /// One entry of the log.
    pub async fn act(&self, seq: u64) -> Result<Option<Entry>, StoreError> {
        self.row(&self.table, &keys::act(seq)).await?.map(entry_of).transpose()
    }

    /// Entries before a cursor, newest first; and the next cursor.
    pub async fn acts(&self, before: Option<&str>, limit: i32) -> Result<(Vec<Entry>, Option<String>), StoreError> {
        let before = before.map(|sk| key_attributes(&RowKey { sk: sk.to_owned(), ..keys::audit_head() }));
        let query = self.acts_through(SEQ_MAX).scan_index_forward(false).limit(limit);
        let answer = query.set_exclusive_start_key(before).send().await?;
        let next = answer.last_evaluated_key.as_ref().map(|key| row_key(key).sk);
        let entries = answer.items.unwrap_or_default().into_iter().map(entry_of).collect::<Result<_, _>>()?;
        Ok((entries, next))
    }

    fn acts_through(&self, last: u64) -> QueryFluentBuilder {
        let (first, last) = (keys::act(0), keys::act(last.min(SEQ_MAX)));
        self.db
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :pk AND sk BETWEEN :first AND :last")
            .expression_attribute_values(":pk", AttributeValue::S(first.pk))
            .expression_attribute_values(":first", AttributeValue::S(first.sk))
            .expression_attribute_values(":last", AttributeValue::S(last.sk))
    }

    /// Walks on along the log through the entry `to`, or to its end, in so many pages at most.
    pub async fn walk_acts(&self, walk: &mut Walk, to: u64, pages: u32) -> Result<(), StoreError> {
        for _ in 0..pages {
            if walk.broken().is_some() || walk.reached().seq >= to {
                break;
            }
            // Whatever lies behind the last one, and not only what should.
            let after = key_attributes(&keys::act(walk.reached().seq));
            let query = self.acts_through(to).limit(PAGE).consistent_read(true).set_exclusive_start_key(Some(after));
            let page = query.send().await?;
            let entries: Vec<Entry> = page.items.unwrap_or_default().into_iter().filter_map(readable).collect();
            // Read after them: no entry is newer.
            let head = self.audit_head().await?;
            walk.follow(&entries, head);
            if walk.reached().seq >= head.seq {
                break;
            }
        }
        Ok(())
    }

    /// How far the check of the log has come.
    pub async fn audit_check(&self) -> Result<AuditCheck, StoreError> {
        let key = keys::audit_check();
        let Some(item) = self.row(&self.table, &key).await? else { return Ok(AuditCheck::default()) };
        AuditCheck::try_from(from_item::<CheckItem>(item)?).map_err(|why| corrupt(&key, &why))
    }

    /// Notes how far the check has come, unless another run has come further.
    pub async fn put_audit_check(&self, check: &AuditCheck) -> Result<(), StoreError> {
        let put = self
            .db
            .put_item()
            .table_name(&self.table)
            .set_item(Some(to_item(&keys::audit_check(), &CheckItem::from(check))?))
            .condition_expression("attribute_not_exists(pk) OR #seq <= :seq")
            .expression_attribute_names("#seq", "seq")
            .expression_attribute_values(":seq", AttributeValue::N(check.verified.seq.to_string()));
        match put.send().await {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(|error| error.is_conditional_check_failed_exception()) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

fn corrupt(key: &RowKey, why: &BadField) -> StoreError {
    StoreError::Corrupt { key: format!("{}/{}", key.pk, key.sk), why: why.to_string() }
}

fn entry_of(item: Item) -> Result<Entry, StoreError> {
    let key = row_key(&item);
    Entry::try_from(from_item::<EntryItem>(item)?).map_err(|why| corrupt(&key, &why))
}

/// What cannot be read is none of the log's: the walk misses it there, which says more than to stop.
fn readable(item: Item) -> Option<Entry> {
    entry_of(item).inspect_err(|error| tracing::error!(%error, "an entry of the log of acts cannot be read")).ok()
}
