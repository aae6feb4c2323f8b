//! What a re-drive of a dead letter would do, by what is written down now. The consumer decides
//! again when the message arrives.

use crate::{deps::Deps, webhooks::told::Told, work::WorkMessage};
use domain::{
    batch::LineStatus,
    bulletin::PublicationStatus,
    engine::{Key, Record},
    id::{ChallengeId, OperationId},
    payment::PaymentStatus,
    payout::PayoutStatus,
    refund::RefundStatus,
    work::{Work, work_of},
};
use lambda::Problem;
use store::InboundStatus;

/// Whether a letter is worth sending back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// There is something left to do.
    Useful(String),
    /// Its effect exists already.
    Done(String),
    /// It would be given up again.
    Fails(String),
}

impl Proof {
    pub fn would(&self) -> String {
        match self {
            Self::Useful(what) => format!("take it a step further: {what}"),
            Self::Done(what) => format!("look, and find nothing to do: {what}"),
            Self::Fails(why) => format!("fail again: {why}"),
        }
    }

    pub fn is_useful(&self) -> bool {
        matches!(self, Self::Useful(_))
    }
}

/// Of a letter as it lies there.
pub async fn of(deps: &Deps, body: &str) -> Result<Proof, Problem> {
    let Ok(message) = serde_json::from_str::<WorkMessage>(body) else {
        return Ok(Proof::Fails("it is not a message of ours".to_owned()));
    };
    match message.work() {
        Ok(Some(work)) => of_work(deps, &work).await,
        Ok(None) => of_other(deps, &message).await,
        Err(why) => Ok(Proof::Fails(format!("it names no record that can exist: {why}"))),
    }
}

async fn of_other(deps: &Deps, message: &WorkMessage) -> Result<Proof, Problem> {
    Ok(match message {
        WorkMessage::Webhook { id } => match deps.store.webhook(id).await.map_err(Problem::unavailable)? {
            None => Proof::Fails("there is no such stored webhook".to_owned()),
            Some(kept) if kept.status != InboundStatus::Received => {
                Proof::Done(format!("the webhook was worked on: {}", kept.outcome.as_deref().unwrap_or(kept.status.code())))
            }
            Some(kept) => match Told::by(&kept) {
                Ok(told) => Proof::Useful(format!("{} is stored and was not worked on to the end", told.about())),
                Err(why) => Proof::Fails(format!("the stored webhook cannot be read: {why}")),
            },
        },
        WorkMessage::SendOtp { challenge } => match challenge.parse::<ChallengeId>() {
            Err(why) => Proof::Fails(why.to_string()),
            Ok(id) => match deps.store.challenge(id).await.map_err(Problem::unavailable)? {
                Some(challenge) if challenge.may_guess(challenge.purpose, deps.clock.now()).is_ok() => {
                    Proof::Useful("its reader still waits for the code".to_owned())
                }
                _ => Proof::Done("the code that it sends is no longer good".to_owned()),
            },
        },
        WorkMessage::Notify { .. } => Proof::Useful("its owner is told of a fact, unless they were".to_owned()),
        WorkMessage::NoteFact { .. } => Proof::Useful("what a fact moved is noted in its owner's cash book, unless it was".to_owned()),
        WorkMessage::MakeExport { .. } => Proof::Useful("a copy is made for its user, unless it was".to_owned()),
        WorkMessage::MakeDocument { .. } => Proof::Useful("a document is made and sent once more".to_owned()),
        _ => Proof::Useful("a fact is pushed once more; who has it takes it once".to_owned()),
    })
}

async fn of_work(deps: &Deps, work: &Work) -> Result<Proof, Problem> {
    let operation = match work {
        Work::WalkLeg { publication, .. } => {
            return Ok(match deps.store.record(&Key::Publication(publication.fingerprint())).await.map_err(Problem::unavailable)? {
                Some(Record::Publication(publication)) => {
                    let what = format!("{} is {}", publication.id, publication.status.code());
                    let runs = matches!(publication.status, PublicationStatus::Running { .. });
                    if runs { Proof::Useful(what) } else { Proof::Done(what) }
                }
                _ => Proof::Fails("its record does not exist".to_owned()),
            });
        }
        Work::ClimbNotice { notice, user } => {
            return Ok(match deps.store.notice_by_id(*user, *notice).await.map_err(Problem::unavailable)? {
                Some(notice) => {
                    let what = format!("{} is {}", notice.id, notice.stage.code());
                    if notice.is_done() { Proof::Done(what) } else { Proof::Useful(what) }
                }
                None => Proof::Fails("its record does not exist".to_owned()),
            });
        }
        Work::Erase { user } => {
            return Ok(match deps.store.record(&Key::Erasure(*user)).await.map_err(Problem::unavailable)? {
                Some(Record::Erasure(erasure)) => {
                    let what = format!("the erasure of {user} is {}", erasure.step.code());
                    if erasure.is_due(deps.clock.now()) { Proof::Useful(what) } else { Proof::Done(what) }
                }
                _ => Proof::Fails("its record does not exist".to_owned()),
            });
        }
        Work::LookAtBook { user } => return Ok(Proof::Useful(format!("the cash book of {user} is looked at once more"))),
        Work::WalkCampaign { campaign } => {
            return Ok(match deps.store.campaign(*campaign).await.map_err(Problem::unavailable)? {
                Some(campaign) => {
                    let what = format!("{} is {}", campaign.id, campaign.status.code());
                    if campaign.is_open() { Proof::Useful(what) } else { Proof::Done(what) }
                }
                None => Proof::Fails("its record does not exist".to_owned()),
            });
        }
        Work::AdvanceBank { .. } | Work::PayStanding { .. } | Work::TellSummary { .. } => return of_plan(deps, work).await,
        Work::AdvancePayout { payout, .. } => OperationId::Payout(*payout),
        Work::FetchPayment { payment } => OperationId::Payment(*payment),
        Work::AdvanceRefund { refund, .. } => OperationId::Refund(*refund),
        Work::AdvanceBatch { batch } | Work::OpenBatchLine { batch, .. } | Work::SettleBatchLine { batch, .. } => {
            OperationId::Batch(*batch)
        }
        Work::ValidatePayee { payee } => {
            return Ok(match deps.store.record(&Key::Payee(*payee)).await.map_err(Problem::unavailable)? {
                Some(Record::Payee(payee)) => {
                    let what = format!("{} is {}", payee.id, payee.status.code());
                    // A payee that is judged has its waiting payouts to wake.
                    if work_of(&Record::Payee(payee)).is_empty() { Proof::Done(what) } else { Proof::Useful(what) }
                }
                _ => Proof::Fails("its record does not exist".to_owned()),
            });
        }
    };
    let record = deps.store.record(&Key::operation(operation)).await.map_err(Problem::unavailable)?;
    let judged = |ended: bool, what: String| if ended { Proof::Done(what) } else { Proof::Useful(what) };
    Ok(match (work, record) {
        (Work::AdvancePayout { .. }, Some(Record::Payout(payout))) => {
            // Once the provider has it, only the provider's word moves it.
            let ended = payout.status.is_final() || payout.status == PayoutStatus::Processing;
            judged(ended, format!("{} is {}", payout.id, payout.status.code()))
        }
        (Work::FetchPayment { .. }, Some(Record::Payment(payment))) => {
            judged(payment.status == PaymentStatus::Captured, format!("{} is {}", payment.id, payment.status.code()))
        }
        (Work::AdvanceRefund { .. }, Some(Record::Refund(refund))) => {
            let ended = matches!(refund.status, RefundStatus::Processed | RefundStatus::Failed);
            judged(ended, format!("{} is {}", refund.id, refund.status.code()))
        }
        (Work::AdvanceBatch { .. }, Some(Record::Batch(batch))) => {
            let ended = batch.status == domain::batch::BatchStatus::Completed;
            judged(ended, format!("{} is {}", batch.id, batch.status.code()))
        }
        (Work::OpenBatchLine { number, .. } | Work::SettleBatchLine { number, .. }, Some(Record::Batch(batch))) => {
            let line = deps.store.record(&Key::BatchLine(batch.sheet, *number)).await.map_err(Problem::unavailable)?;
            let Some(Record::BatchLine(line)) = line else { return Ok(Proof::Fails(format!("{} has no line {number}", batch.id))) };
            let opens = matches!(work, Work::OpenBatchLine { .. });
            let ended =
                if opens { line.status != LineStatus::Waiting } else { !matches!(line.status, LineStatus::Waiting | LineStatus::Opened) };
            judged(ended, format!("line {number} of {} is {}", batch.id, line.status.code()))
        }
        (_, Some(_)) => Proof::Fails("its record is of another kind".to_owned()),
        (_, None) => Proof::Fails("its record does not exist".to_owned()),
    })
}

/// Of what waits for its time.
async fn of_plan(deps: &Deps, work: &Work) -> Result<Proof, Problem> {
    let key = match work {
        Work::AdvanceBank { user, bank, .. } => Key::Bank(*user, *bank),
        Work::PayStanding { user, standing } => Key::Standing(*user, *standing),
        Work::TellSummary { user } => Key::Summary(*user),
        _ => return Ok(Proof::Fails("it is nothing that is planned".to_owned())),
    };
    let (what, due_at) = match deps.store.record(&key).await.map_err(Problem::unavailable)? {
        Some(Record::Bank(bank)) => (format!("{} is {}", bank.id, bank.status.code()), bank.next_at()),
        Some(Record::Standing(standing)) => (format!("{} is {}", standing.id, standing.status.code()), standing.due_at),
        Some(Record::Summary(summary)) => ("a summary of a day".to_owned(), summary.due_at),
        _ => return Ok(Proof::Fails("its record does not exist".to_owned())),
    };
    let is_due = due_at.is_some_and(|due| due <= deps.clock.now());
    Ok(if is_due { Proof::Useful(format!("{what}, and due")) } else { Proof::Done(format!("{what}, and not due")) })
}
