//! Batch payouts: many payees paid from one account, without its row becoming hot.
//!
//! The whole sum leaves the account in one posting, into clearing. Each line is then a payout of
//! its own that is funded from clearing and touches no account, so ten thousand lines contend for
//! nothing; what they did not need goes back in one posting when the last line has ended.

use crate::{
    account::{CannotSpend, Happening},
    address::{Address, PayeeName},
    engine::{Answer, Command, Key, Plan, Record, Snapshot},
    fact::{Cause, Detail, FactKind},
    id::{AccountId, BatchId, Fingerprint, OperationId, PayoutId, SheetId},
    limits::Channel,
    payout::{Payout, PayoutStatus},
    posting::{Posting, Reason, Side, SystemAccount},
    request::{Digest, KeyReused, Keyed},
    rules::Rules,
};
use jiff::Timestamp;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchStatus {
    /// Funded; its lines are not all handed out.
    Accepted,
    /// Every line is on its way.
    Running,
    /// Every line has ended, and what was left over is back.
    Completed,
}

impl BatchStatus {
    pub fn code(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Running => "running",
            Self::Completed => "completed",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Accepted, Self::Running, Self::Completed].into_iter().find(|status| status.code() == code)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    pub id: BatchId,
    pub account: AccountId,
    pub note: Option<String>,
    pub status: BatchStatus,
    /// Where its lines are. A retry that comes while the first request still writes brings a sheet
    /// of its own, and the batch has the one that it was opened with.
    pub sheet: SheetId,
    pub lines: u32,
    pub total: i64,
    /// Paid out, known once the batch is complete.
    pub paid: i64,
    pub lines_paid: u32,
    pub digest: Digest,
    pub request_id: String,
    pub last_seq: u64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineStatus {
    Waiting,
    /// Its payout is on its way.
    Opened,
    Paid,
    Failed,
    /// Paid, and returned by the bank: the money is back on the account.
    Returned,
}

impl LineStatus {
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Opened, Self::Paid, Self::Failed, Self::Returned];

    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Opened => "opened",
            Self::Paid => "paid",
            Self::Failed => "failed",
            Self::Returned => "returned",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

/// One line of a batch. Written before the batch itself, so a batch never lacks a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchLine {
    pub sheet: SheetId,
    pub batch: BatchId,
    /// From 1.
    pub number: u32,
    pub address: Address,
    pub name: PayeeName,
    pub amount: i64,
    /// The organisation's own reference for the line.
    pub reference: Option<String>,
    pub status: LineStatus,
    pub payout: Option<PayoutId>,
    pub reason: Option<String>,
}

/// Funds a batch whose lines are written already.
#[derive(Debug, Clone)]
pub struct OpenBatch {
    pub asked: Keyed,
    pub sheet: SheetId,
    pub lines: u32,
    pub total: i64,
    pub note: Option<String>,
    pub rules: Rules,
}

/// Why a batch is refused. Nothing is moved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BatchRefusal {
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    #[error("the account does not exist")]
    NoAccount,
    #[error(transparent)]
    Cannot(#[from] CannotSpend),
}

impl Batch {
    /// The batch as the first answer told it.
    pub fn as_opened(&self) -> Self {
        Self { status: BatchStatus::Accepted, paid: 0, lines_paid: 0, updated_at: self.created_at, ..self.clone() }
    }

    fn detail(&self) -> Detail {
        Detail {
            amount: Some(self.total),
            status: Some(self.status.code().to_owned()),
            direction: Some("out".to_owned()),
            counterparty: Some(format!("{} payees", self.lines)),
            note: self.note.clone(),
            ..Detail::default()
        }
    }
}

impl Command for OpenBatch {
    type Done = Answer<Batch>;
    type Refusal = BatchRefusal;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Account(self.asked.account()), Key::Operation(self.asked.fingerprint)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Self::Done), BatchRefusal> {
        let id = BatchId::new(now, self.asked.fingerprint);
        if let Some(known) = state.batch(id) {
            self.asked.check(&known.digest)?;
            return Ok((Plan::default(), Answer::again(known.as_opened())));
        }
        if state.operation_exists(self.asked.fingerprint) {
            return Err(KeyReused.into());
        }
        let mut account = state.account(self.asked.account()).cloned().ok_or(BatchRefusal::NoAccount)?;
        let held_before = account.held;
        account.hold(Channel::Batch, id.fingerprint(), self.total, now, &self.rules)?;
        account.release(self.total);
        let mut batch = Batch {
            id,
            account: account.id,
            note: self.note.clone(),
            status: BatchStatus::Accepted,
            sheet: self.sheet,
            lines: self.lines,
            total: self.total,
            paid: 0,
            lines_paid: 0,
            digest: self.asked.digest,
            request_id: self.asked.request_id.clone(),
            last_seq: 0,
            created_at: now,
            updated_at: now,
        };
        let mut plan = Plan::default();
        let posting = Posting {
            debit: Side::User(account.id),
            credit: Side::System(SystemAccount::BatchClearing),
            amount: self.total,
            reason: Reason::BatchFunded,
        };
        let cause = self.asked.cause();
        let happening = Happening {
            kind: FactKind::BatchOpened,
            operation: Some((OperationId::Batch(id), 0)),
            postings: vec![posting],
            detail: batch.detail(),
            cause: &cause,
        };
        batch.last_seq = plan.record(&mut account, held_before, now, happening);
        plan.put(Record::Batch(batch.clone()));
        Ok((plan, Answer::first(batch)))
    }
}

/// There is no such batch or line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such batch")]
pub struct NoSuchBatch;

/// How far a batch's lines are, counted by the store.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub waiting: u32,
    pub opened: u32,
    /// Those that were returned later among them: their money did leave the batch.
    pub paid: u32,
    pub failed: u32,
    pub amount_paid: i64,
}

/// Brings a batch up to its lines: running once all are handed out, completed once all have ended.
#[derive(Debug, Clone)]
pub struct TallyBatch {
    pub batch: BatchId,
    pub account: AccountId,
    pub tally: Tally,
}

impl Command for TallyBatch {
    type Done = Batch;
    type Refusal = NoSuchBatch;

    fn reads(&self) -> Vec<Key> {
        vec![Key::operation(OperationId::Batch(self.batch)), Key::Account(self.account)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Batch), NoSuchBatch> {
        let mut batch = state.batch(self.batch).cloned().ok_or(NoSuchBatch)?;
        let mut account = state.account(batch.account).cloned().ok_or(NoSuchBatch)?;
        let mut plan = Plan::default();
        let Tally { waiting, opened, paid, failed, amount_paid } = self.tally;
        let status = match (batch.status, waiting, opened) {
            (BatchStatus::Completed, ..) => return Ok((plan, batch)),
            (_, 0, 0) if paid + failed == batch.lines => BatchStatus::Completed,
            (BatchStatus::Accepted, 0, _) => BatchStatus::Running,
            _ => return Ok((plan, batch)),
        };
        batch.status = status;
        batch.updated_at = now;
        if status == BatchStatus::Completed {
            batch.paid = amount_paid;
            batch.lines_paid = paid;
            let rest = batch.total - amount_paid;
            let back = Posting {
                debit: Side::System(SystemAccount::BatchClearing),
                credit: Side::User(account.id),
                amount: rest,
                reason: Reason::BatchReturned,
            };
            let held = account.held;
            let happening = Happening {
                kind: FactKind::BatchCompleted,
                operation: Some((OperationId::Batch(batch.id), batch.last_seq)),
                postings: if rest > 0 { vec![back] } else { Vec::new() },
                detail: batch.detail(),
                cause: &Cause::Deadline,
            };
            batch.last_seq = plan.record(&mut account, held, now, happening);
        }
        plan.put(Record::Batch(batch.clone()));
        Ok((plan, batch))
    }
}

/// The scope under which a batch's lines have their payouts.
pub fn line_fingerprint(batch: BatchId, number: u32) -> Fingerprint {
    Fingerprint::of(&batch.to_string(), &number.to_string())
}

/// Writes down what became of a line.
#[derive(Debug, Clone)]
pub struct MarkLine {
    pub sheet: SheetId,
    pub number: u32,
    pub outcome: LineOutcome,
}

#[derive(Debug, Clone)]
pub enum LineOutcome {
    Opened(PayoutId),
    /// Its payout was refused and never existed.
    Refused(String),
    /// Its payout has ended, or was returned after it had.
    Ended(Box<Payout>),
}

impl Command for MarkLine {
    type Done = BatchLine;
    type Refusal = NoSuchBatch;

    fn reads(&self) -> Vec<Key> {
        vec![Key::BatchLine(self.sheet, self.number)]
    }

    fn decide(&self, state: &Snapshot, _now: Timestamp) -> Result<(Plan, BatchLine), NoSuchBatch> {
        let known = state.batch_line(self.sheet, self.number).ok_or(NoSuchBatch)?;
        let mut line = known.clone();
        match &self.outcome {
            LineOutcome::Opened(payout) if line.status == LineStatus::Waiting => {
                line.status = LineStatus::Opened;
                line.payout = Some(*payout);
            }
            LineOutcome::Refused(reason) if line.status == LineStatus::Waiting => {
                line.status = LineStatus::Failed;
                line.reason = Some(reason.clone());
            }
            LineOutcome::Ended(payout) => {
                let ended = match payout.status {
                    PayoutStatus::Processed => LineStatus::Paid,
                    PayoutStatus::Reversed if payout.returned => LineStatus::Returned,
                    _ => LineStatus::Failed,
                };
                // Who marks may have read the payout before it moved on, and come after who read it later.
                let goes_on = match line.status {
                    LineStatus::Waiting | LineStatus::Opened => true,
                    LineStatus::Paid => ended == LineStatus::Returned,
                    LineStatus::Failed | LineStatus::Returned => false,
                };
                if goes_on {
                    line.payout = Some(payout.id);
                    line.reason = payout.failure.as_ref().map(|failure| failure.text.clone());
                    line.status = ended;
                }
            }
            LineOutcome::Opened(_) | LineOutcome::Refused(_) => {}
        }
        let mut plan = Plan::default();
        if &line != known {
            plan.put(Record::BatchLine(line.clone()));
        }
        Ok((plan, line))
    }
}
