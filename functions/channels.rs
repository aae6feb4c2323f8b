//! Channels: who may read one, and what its reader has missed. The same for every way to read.

use crate::{body::live::EventBody, deps::Deps, refusals::store_problem};
use domain::{
    engine::{Key, Record},
    id::{AccountId, OperationId, UserId},
};
use lambda::Problem;

/// Longer than any channel of ours; what is longer would not fit into a key.
pub const CHANNEL_BYTES_MAX: usize = 100;
/// Facts that one answer catches up on; a reader who missed more asks again.
const REPLAY_MAX: i32 = 300;

/// Whether a channel is the user's own. Checked each time.
pub async fn authorise(deps: &Deps, user: UserId, channel: &str) -> Result<(), Problem> {
    let no = || Problem::forbidden("There is no such channel, or it is not yours.");
    let (kind, id) = channel.split_once(':').ok_or_else(no)?;
    match kind {
        "user" | "balance" | "transactions" => (id == user.to_string()).then_some(()).ok_or_else(no),
        "transfer" => {
            let id: OperationId = id.parse().map_err(|_| no())?;
            let record = deps.store.record(&Key::operation(id)).await.map_err(store_problem)?;
            let account = AccountId::wallet_of(user);
            let own = match record {
                Some(Record::Transfer(transfer)) => transfer.from == account || transfer.to == account,
                Some(Record::Payout(payout)) => payout.account == account,
                Some(Record::Payment(payment)) => payment.account == account,
                Some(Record::Refund(refund)) => refund.account == account,
                Some(Record::Batch(batch)) => batch.account == account,
                _ => false,
            };
            own.then_some(()).ok_or_else(no)
        }
        _ => Err(no()),
    }
}

/// What a reader has not seen of a channel.
#[derive(Debug)]
pub struct Missed {
    /// In order.
    pub events: Vec<EventBody>,
    /// From where to go on: the last fact that was looked at, shown on this channel or not.
    pub reached: u64,
    /// Whether that is all there is.
    pub recovered: bool,
}

/// The channel that shows all of a user's feed.
pub fn of(user: UserId) -> String {
    format!("user:{user}")
}

/// The end of a user's feed.
pub async fn head(deps: &Deps, user: UserId) -> Result<u64, Problem> {
    let account = deps.store.account(AccountId::wallet_of(user)).await.map_err(store_problem)?;
    Ok(account.map_or(0, |account| account.feed_seq))
}

/// What came on a channel after a sequence.
pub async fn missed(deps: &Deps, user: UserId, channel: &str, after: u64) -> Result<Missed, Problem> {
    let head = head(deps, user).await?;
    if after >= head {
        return Ok(Missed { events: Vec::new(), reached: head, recovered: true });
    }
    let facts = deps.store.facts_after(AccountId::wallet_of(user), after, REPLAY_MAX).await.map_err(store_problem)?;
    let reached = facts.last().map_or(head, |fact| fact.seq);
    let events = facts.iter().filter_map(|fact| EventBody::on(fact, channel)).collect();
    Ok(Missed { events, reached, recovered: reached >= head })
}
