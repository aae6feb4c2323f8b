//! The one loop that commits: read, decide, write all or nothing, and start again when somebody
//! was quicker.
//!
//! Every row is written on the condition that it is still at the version that was read, so what
//! was decided on it (funds, status, limits, the head of the chain) holds at the moment of the
//! commit: two spends of the same money cannot both find their version.

use crate::{
    Store,
    capacity::{Place, place_of, units},
    error::{ExecuteError, NotCommitted, StoreError, not_committed},
    items::{BulletinItem, FactItem, Item, JournalItem, key_attributes, record_item, to_item},
    keys,
};
use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem};
use domain::{
    Timestamp,
    bulletin::Bulletin,
    defect::{Defect, planted},
    engine::{Command, Plan, Record, Snapshot},
    fact::Fact,
    id::AccountId,
    room::{Attached, Message},
    work::Work,
};
use std::time::Duration;

/// How often a command is decided anew. With random pauses, 64 writers of one account get through.
pub(crate) const ATTEMPTS_MAX: u32 = 24;
/// The longest pause between two attempts, in milliseconds.
const PAUSE_MS_MAX: u64 = 400;

/// What a command did, and what is to be announced.
#[derive(Debug)]
pub struct Committed<T> {
    pub done: T,
    pub facts: Vec<Fact>,
    pub bulletins: Vec<Bulletin>,
    pub work: Vec<Work>,
    /// What the commit cost; 0 where there was nothing to write.
    pub write_units: u64,
}

/// Whether a command is carried out or only tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Execution {
    Commit,
    /// Decides on what is there and writes nothing.
    DryRun,
}

/// Waits a random while, longer the more attempts were in vain.
pub(crate) async fn pause(attempt: u32) {
    let ceiling = (4u64 << attempt.min(7)).min(PAUSE_MS_MAX);
    let mut random = [0u8; 8];
    let drawn = getrandom::fill(&mut random).map_or(ceiling, |()| u64::from_le_bytes(random) % ceiling);
    tokio::time::sleep(Duration::from_millis(drawn + 1)).await;
}

impl Store {
    /// Carries a command out: reads what it names, decides, commits in one transaction.
    ///
    /// # Errors
    ///
    /// The command's refusal, or [`StoreError`] where the table did not answer or the rows stayed
    /// busy; the same command again is then safe.
    pub async fn execute<C: Command>(&self, command: &C, now: Timestamp) -> Result<Committed<C::Done>, ExecuteError<C::Refusal>> {
        self.attempt(command, now, Execution::Commit).await
    }

    /// [`execute`](Self::execute), or only what it would do.
    pub async fn attempt<C: Command>(
        &self,
        command: &C,
        now: Timestamp,
        execution: Execution,
    ) -> Result<Committed<C::Done>, ExecuteError<C::Refusal>> {
        for attempt in 0..ATTEMPTS_MAX {
            if attempt > 0 {
                pause(attempt).await;
            }
            let snapshot = self.read(&command.reads()).await?;
            let (plan, done) = command.decide(&snapshot, now).map_err(ExecuteError::Refused)?;
            if plan.is_empty() || execution == Execution::DryRun {
                return Ok(Committed { done, facts: Vec::new(), bulletins: Vec::new(), work: Vec::new(), write_units: 0 });
            }
            let (puts, write_units) = self.puts(&plan, &snapshot)?;
            match self.commit(puts).await {
                Ok(()) => {
                    let (facts, bulletins) = (plan.facts().to_vec(), plan.bulletins().to_vec());
                    return Ok(Committed { done, facts, bulletins, work: plan.work(), write_units });
                }
                Err(NotCommitted::Outdated) => tracing::debug!(attempt, "somebody was quicker"),
                Err(NotCommitted::Error(error)) if error.retryable() && attempt < 3 => tracing::warn!(%error, "the commit is unknown"),
                Err(NotCommitted::Error(error)) => return Err(error.into()),
            }
        }
        Err(StoreError::Busy.into())
    }

    /// The rows of a plan, each guarded by what was read, and their cost.
    fn puts(&self, plan: &Plan, snapshot: &Snapshot) -> Result<(Vec<Put>, u64), StoreError> {
        let mut rows: Vec<(Item, Option<u64>, Place)> = Vec::new();
        for record in plan.records() {
            let key = record.key();
            let before = snapshot.version(&key);
            let place = match snapshot.record(&key) {
                Some(record) => place_of(&record_item(record, 0)?),
                None => Place::default(),
            };
            rows.push((record_item(record, before.unwrap_or(0) + 1)?, before, place));
            if before.is_none() {
                rows.extend(listing(record)?.map(|item| (item, None, Place::default())));
            }
        }
        for fact in plan.facts() {
            rows.push((to_item(&keys::fact(fact.account, fact.seq), &FactItem::from(fact))?, None, Place::default()));
        }
        for bulletin in plan.bulletins() {
            rows.push((to_item(&keys::bulletin(&bulletin.board, bulletin.seq), &BulletinItem::from(bulletin))?, None, Place::default()));
        }
        for line in plan.journal_lines() {
            rows.push((
                to_item(&keys::journal(line.operation.fingerprint(), &line.part), &JournalItem::from(line))?,
                None,
                Place::default(),
            ));
        }
        let transaction = rows.len() > 1;
        let cost = rows.iter().map(|(item, _, place)| units(item, place, transaction)).sum();
        let puts = rows.into_iter().map(|(item, before, _)| self.guarded(item, before)).collect::<Result<_, _>>()?;
        Ok((puts, cost))
    }

    /// A row to be written where it still is at version `before`, or does not exist yet.
    fn guarded(&self, item: Item, before: Option<u64>) -> Result<Put, StoreError> {
        let put = Put::builder().table_name(&self.table).set_item(Some(item));
        let put = match before {
            Some(_) if planted(Defect::DropVersionCheck) => put,
            Some(version) => put.condition_expression("v = :v").expression_attribute_values(":v", AttributeValue::N(version.to_string())),
            None => put.condition_expression("attribute_not_exists(pk)"),
        };
        put.build().map_err(|error| StoreError::Rejected { what: error.to_string() })
    }

    /// Writes all rows or none. One row alone needs no transaction and costs half.
    async fn commit(&self, mut puts: Vec<Put>) -> Result<(), NotCommitted> {
        if puts.len() == 1
            && let Some(put) = puts.pop()
        {
            let request = self
                .db
                .put_item()
                .table_name(put.table_name)
                .set_item(Some(put.item))
                .set_condition_expression(put.condition_expression)
                .set_expression_attribute_values(put.expression_attribute_values);
            return match request.send().await {
                Ok(_) => Ok(()),
                Err(error) if error.as_service_error().is_some_and(|error| error.is_conditional_check_failed_exception()) => {
                    Err(NotCommitted::Outdated)
                }
                Err(error) => Err(NotCommitted::Error(error.into())),
            };
        }
        let writes = puts.into_iter().map(|put| TransactWriteItem::builder().put(put).build()).collect();
        // The client adds a token of its own, so that its retry of an unanswered request is no second write.
        self.db.transact_write_items().set_transact_items(Some(writes)).send().await.map(|_| ()).map_err(not_committed)
    }
}

/// The row that lists a new record under what it belongs to, where it needs one.
fn listing(record: &Record) -> Result<Option<Item>, StoreError> {
    let key = match record {
        Record::Payment(payment) => keys::payment_listing(payment.account, payment.id),
        Record::Campaign(campaign) => keys::campaign_listing(AccountId::wallet_of(campaign.by), campaign.id),
        Record::Payee(payee) => keys::payee_listing(payee.account, payee.id),
        Record::Message(message) => return Ok(message.attached.as_ref().map(|attached| attached_listing(message, attached))),
        _ => return Ok(None),
    };
    let target = keys::row(&record.key());
    to_item(&key, &std::collections::HashMap::from([("to", target.pk)])).map(Some)
}

/// Under its transfer, for as long as the message is kept.
fn attached_listing(message: &Message, attached: &Attached) -> Item {
    let key = keys::attached_message(attached.transfer.fingerprint(), message.id);
    let mut item = key_attributes(&key);
    item.insert("message".to_owned(), AttributeValue::S(message.id.to_string()));
    item.insert("expires_at_s".to_owned(), AttributeValue::N(message.keeps_until.as_second().to_string()));
    item
}
