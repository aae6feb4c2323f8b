//! Dead letters: what they ask for, what a re-drive would do, and doing it.

use super::{
    acts::{Deed, write_down},
    proof::{self, Proof},
};
use crate::{
    body::operations::{DeadLetterBody, DeadLetterQueueBody, DeadLettersBody, RedriveBody, RedriveRequest, RefusedLetterBody},
    deps::Deps,
    outlets::DeadLetter,
    router::Signed,
    table::Queue,
    work::WorkMessage,
};
use domain::Timestamp;
use lambda::{Problem, Reply, Request, http::code::Code};

/// Looking hides a letter from others for so long, and lets one call see each once.
const LOOK_SECONDS: i32 = 2;
/// Letters that one call tells of, for each queue.
const LETTERS_MAX: usize = 50;
/// A re-drive has so long for ten letters.
const REDRIVE_SECONDS: i32 = 30;
/// Rounds of ten letters in one call.
const ROUNDS_MAX: u32 = 10;

const REDRIVE_REFUSED: Code = Code::refusal("redrive_refused", 409, "A re-drive would do no good");

pub async fn list(deps: &Deps) -> Result<Reply, Problem> {
    let mut queues = Vec::new();
    for queue in Queue::ALL {
        let count = deps.outlets.dead_letter_count(queue).await.map_err(Problem::unavailable)?;
        let mut letters: Vec<DeadLetterBody> = Vec::new();
        while letters.len() < LETTERS_MAX {
            let mut seen = deps.outlets.dead_letters(queue, LOOK_SECONDS).await.map_err(Problem::unavailable)?;
            // Where the table is slow, letters come again before all are described.
            seen.retain(|letter| !letters.iter().any(|known| known.message_id == letter.id));
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
    let proof = proof::of(deps, &letter.body).await?;
    Ok(DeadLetterBody {
        message_id: letter.id,
        sent_at: Timestamp::from_millisecond(letter.sent_at_ms).unwrap_or_default().to_string(),
        request_id: letter.trace.request_id,
        work: work(&letter.body),
        redrive_would: proof.would(),
        needs_force: !proof.is_useful(),
    })
}

/// What a letter asks for; `None` where it is no message of ours, and its text nobody's to show.
fn work(body: &str) -> Option<String> {
    serde_json::from_str::<WorkMessage>(body).ok().map(|message| message.to_body())
}

/// Sends letters back to the queue that they came from: all that it helps, or the one that is
/// named. One that would fail again, or whose effect exists, is sent only by name and by force.
pub async fn redrive(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let asked: RedriveRequest = if request.body.is_empty() { RedriveRequest::default() } else { request.json()? };
    let queue = Queue::from_name(&request.param::<String>("queue")?).ok_or_else(Problem::not_found)?;
    if asked.force && asked.message_id.is_none() {
        return Err(Problem::invalid_field("/force", "is for one letter at a time: name it by `message_id`"));
    }
    let (mut sent_back, mut refused) = (0, Vec::new());
    'letters: for _ in 0..ROUNDS_MAX {
        let letters = deps.outlets.dead_letters(queue, REDRIVE_SECONDS).await.map_err(Problem::unavailable)?;
        if letters.is_empty() {
            break;
        }
        for letter in letters {
            if asked.message_id.as_ref().is_some_and(|id| *id != letter.id) {
                continue;
            }
            let proof = proof::of(deps, &letter.body).await?;
            if proof.is_useful() || asked.force {
                send_back(deps, caller, request, queue, letter, &proof).await?;
                sent_back += 1;
            } else {
                refused.push(RefusedLetterBody { message_id: letter.id, why: proof.would() });
            }
            if asked.message_id.is_some() {
                break 'letters;
            }
        }
    }
    match (sent_back, refused.first()) {
        (0, None) if asked.message_id.is_some() => Err(Problem::not_found()),
        (0, Some(first)) => {
            let detail =
                format!("{} would {}. Send it by `message_id` with `force` if it is to be sent nevertheless.", first.message_id, first.why);
            Err(Problem::new(REDRIVE_REFUSED, detail))
        }
        _ => Ok(Reply::ok(&RedriveBody { queue: queue.name(), sent_back, left: refused.len() as u64, refused })),
    }
}

/// Written down before it is sent, sent before it is buried: a crash in between leaves a trace of
/// what was meant, or sends it twice, which does no harm.
async fn send_back(
    deps: &Deps,
    caller: &Signed,
    request: &Request,
    queue: Queue,
    letter: DeadLetter,
    proof: &Proof,
) -> Result<(), Problem> {
    let forced = !proof.is_useful();
    let subject = format!("{} {} {}", queue.name(), letter.id, work(&letter.body).unwrap_or_default()).trim_end().to_owned();
    let deed = Deed { action: "dead_letter.redrive", subject, proof: proof.would(), forced };
    // The same letter may die, and be sent back, again.
    let id = format!("{} {}", request.request_id, letter.id);
    write_down(deps, caller, request, &id, deed).await?;
    tracing::info!(queue = queue.name(), message = letter.id, forced, "a dead letter is sent back");
    deps.outlets.send(queue, letter.body, &letter.trace).await.map_err(Problem::unavailable)?;
    deps.outlets.bury(queue, &letter.receipt).await.map_err(Problem::unavailable)
}
