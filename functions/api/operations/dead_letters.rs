//! Dead letters: what they ask for, what a re-drive would do, and doing it.

use crate::{
    body::operations::{DeadLetterBody, DeadLetterQueueBody, DeadLettersBody, RedriveBody},
    deps::Deps,
    outlets::DeadLetter,
    table::Queue,
    work::WorkMessage,
};
use domain::{
    Timestamp,
    engine::{Key, Record},
    id::OperationId,
    work::{Work, work_of},
};
use lambda::{Problem, Reply, Request};

/// Looking hides a letter from others for so long, and lets one call see each once.
const LOOK_SECONDS: i32 = 2;
/// Letters that one call tells of, for each queue.
const LETTERS_MAX: usize = 50;
/// A re-drive has so long for ten letters.
const REDRIVE_SECONDS: i32 = 30;
/// Rounds of ten letters in one call.
const ROUNDS_MAX: u32 = 10;

pub async fn list(deps: &Deps) -> Result<Reply, Problem> {
    let mut queues = Vec::new();
    for queue in Queue::ALL {
        let count = deps.outlets.dead_letter_count(queue).await.map_err(Problem::unavailable)?;
        let mut letters = Vec::new();
        while letters.len() < LETTERS_MAX {
            let seen = deps.outlets.dead_letters(queue, LOOK_SECONDS).await.map_err(Problem::unavailable)?;
            if seen.is_empty() {
                break;
            }
            for letter in seen {
                letters.push(describe(deps, letter).await?);
            }
        }
        queues.push(DeadLetterQueueBody { queue: queue.name(), count: count.max(letters.len() as u64), letters });
    }
    Ok(Reply::ok(&DeadLettersBody { queues }))
}

async fn describe(deps: &Deps, letter: DeadLetter) -> Result<DeadLetterBody, Problem> {
    let message: Option<WorkMessage> = serde_json::from_str(&letter.body).ok();
    let redrive_would = match &message {
        None => "leave it here: it is not a message of ours".to_owned(),
        Some(message) => would(deps, message).await?,
    };
    Ok(DeadLetterBody {
        message_id: letter.id,
        sent_at: Timestamp::from_millisecond(letter.sent_at_ms).unwrap_or_default().to_string(),
        request_id: letter.trace.request_id,
        work: message.map(|message| message.to_body()),
        redrive_would,
    })
}

/// By the state of the record now; the consumer decides again when the message arrives.
async fn would(deps: &Deps, message: &WorkMessage) -> Result<String, Problem> {
    if let WorkMessage::Webhook { id } = message
        && deps.store.webhook(id).await.map_err(Problem::unavailable)?.is_none()
    {
        return Ok("fail again: there is no such stored webhook".to_owned());
    }
    let key = match message.work() {
        Ok(Some(Work::AdvancePayout { payout, .. } | Work::SettleBatchLine { payout, .. })) => Key::operation(OperationId::Payout(payout)),
        Ok(Some(Work::ValidatePayee { payee })) => Key::Payee(payee),
        Ok(Some(Work::FetchPayment { payment })) => Key::operation(OperationId::Payment(payment)),
        Ok(Some(Work::AdvanceRefund { refund, .. })) => Key::operation(OperationId::Refund(refund)),
        Ok(Some(Work::AdvanceBatch { batch } | Work::OpenBatchLine { batch, .. })) => Key::operation(OperationId::Batch(batch)),
        Ok(None) => return Ok("do it again: what was done before is found done".to_owned()),
        Err(_) => return Ok("fail again: it names no record that can exist".to_owned()),
    };
    let record = deps.store.record(&key).await.map_err(Problem::unavailable)?;
    Ok(match record {
        None => "fail again: its record does not exist".to_owned(),
        Some(record) => format!(
            "{}: {}",
            if work_of(&record).is_empty() { "look, and find nothing to do" } else { "take it a step further" },
            state(&record)
        ),
    })
}

fn state(record: &Record) -> String {
    match record {
        Record::Payout(payout) => format!("{} is {}", payout.id, payout.status.code()),
        Record::Payee(payee) => format!("{} is {}", payee.id, payee.status.code()),
        Record::Payment(payment) => format!("{} is {}", payment.id, payment.status.code()),
        Record::Refund(refund) => format!("{} is {}", refund.id, refund.status.code()),
        Record::Batch(batch) => format!("{} is {}", batch.id, batch.status.code()),
        Record::BatchLine(line) => format!("line {} of {} is {}", line.number, line.batch, line.status.code()),
        Record::Account(_) | Record::Transfer(_) | Record::Suspense(_) | Record::Order(..) => "its record exists".to_owned(),
    }
}

/// Sends letters back to the queue that they came from. One that is no message of ours stays.
pub async fn redrive(deps: &Deps, request: &Request) -> Result<Reply, Problem> {
    let name: String = request.param("queue")?;
    let queue = Queue::from_name(&name).ok_or_else(Problem::not_found)?;
    let (mut sent_back, mut left) = (0, 0);
    for _ in 0..ROUNDS_MAX {
        let letters = deps.outlets.dead_letters(queue, REDRIVE_SECONDS).await.map_err(Problem::unavailable)?;
        if letters.is_empty() {
            break;
        }
        for letter in letters {
            if serde_json::from_str::<WorkMessage>(&letter.body).is_err() {
                left += 1;
                continue;
            }
            // Sent before it is buried: a crash between the two sends it twice, which does no harm.
            deps.outlets.send(queue, letter.body, &letter.trace).await.map_err(Problem::unavailable)?;
            deps.outlets.bury(queue, &letter.receipt).await.map_err(Problem::unavailable)?;
            sent_back += 1;
        }
    }
    Ok(Reply::ok(&RedriveBody { queue: queue.name(), sent_back, left }))
}
