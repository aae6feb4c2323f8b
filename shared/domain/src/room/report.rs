//! Reports: what a member wants an operator to look at, kept as it stood.

use super::{Attachment, NoRoom, Reason, Text, visit};
use crate::{
    engine::{Answer, Command, Key, Plan, Record, Snapshot},
    id::{Fingerprint, MessageId, ReportId, RoomId, UserId},
};
use jiff::Timestamp;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportStatus {
    Open,
    Closed { by: UserId, at: Timestamp },
}

impl ReportStatus {
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed { .. } => "closed",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub id: ReportId,
    pub room: RoomId,
    pub message: MessageId,
    /// Who wrote the message.
    pub author: UserId,
    /// Who reports it.
    pub by: UserId,
    pub reason: Reason,
    /// What it said then, whatever becomes of it.
    pub text: Text,
    pub attachments: Vec<Attachment>,
    pub status: ReportStatus,
    pub created_at: Timestamp,
}

impl Report {
    /// One for each who reports a message, however often they do.
    pub fn fingerprint(message: MessageId, by: UserId) -> Fingerprint {
        Fingerprint::of(&format!("report:{message}"), &by.to_string())
    }
}

/// Reports a message. Again, by the same user, it stays as it was first reported.
#[derive(Debug, Clone)]
pub struct ReportMessage {
    pub room: RoomId,
    pub message: MessageId,
    pub by: UserId,
    pub reason: Reason,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotReport {
    #[error(transparent)]
    NoRoom(#[from] NoRoom),
    #[error("there is no such message")]
    NoMessage,
    #[error("nobody reports what they wrote themselves")]
    OwnMessage,
}

impl Command for ReportMessage {
    type Done = Answer<Report>;
    type Refusal = CannotReport;

    fn reads(&self) -> Vec<Key> {
        vec![
            Key::Seat(self.by, self.room),
            Key::Message(self.message.fingerprint()),
            Key::Report(Report::fingerprint(self.message, self.by)),
        ]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Self::Done), CannotReport> {
        let fingerprint = Report::fingerprint(self.message, self.by);
        if let Some(known) = state.report(fingerprint) {
            return Ok((Plan::default(), Answer::again(known.clone())));
        }
        let seat = state.seat(self.by, self.room).filter(|seat| seat.is_taken()).ok_or(NoRoom)?;
        let message = visit::message(state, self.room, self.message, now).ok_or(CannotReport::NoMessage)?;
        if message.by == self.by {
            return Err(CannotReport::OwnMessage);
        }
        if message.is_deleted() || !seat.sees(message.seq) {
            return Err(CannotReport::NoMessage);
        }
        let report = Report {
            id: ReportId::new(now, fingerprint),
            room: self.room,
            message: self.message,
            author: message.by,
            by: self.by,
            reason: self.reason.clone(),
            text: message.text,
            attachments: message.attachments,
            status: ReportStatus::Open,
            created_at: now,
        };
        let mut plan = Plan::default();
        plan.put(Record::Report(report.clone()));
        Ok((plan, Answer::first(report)))
    }
}

/// Closes a report. Who closed it first stays.
#[derive(Debug, Clone)]
pub struct CloseReport {
    pub report: ReportId,
    pub by: UserId,
}

/// There is no such report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no such report")]
pub struct NoReport;

impl Command for CloseReport {
    type Done = Report;
    type Refusal = NoReport;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Report(self.report.fingerprint())]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Report), NoReport> {
        let mut report = state.report(self.report.fingerprint()).filter(|report| report.id == self.report).cloned().ok_or(NoReport)?;
        let mut plan = Plan::default();
        if report.status == ReportStatus::Open {
            report.status = ReportStatus::Closed { by: self.by, at: now };
            plan.put(Record::Report(report.clone()));
        }
        Ok((plan, report))
    }
}
