//! What became of a channel's deliveries.

use super::Call;
use crate::{
    body::messaging::{HOURS_MAX, StatsBody, StatsQuery},
    refusals::store_problem,
};
use domain::Timestamp;
use lambda::{Problem, Reply};
use store::SLOT_S;

pub async fn show(call: &Call<'_>) -> Result<Reply, Problem> {
    let (deps, channel) = (call.deps, call.channel);
    let StatsQuery { hours } = call.request.query()?;
    if !(1..=HOURS_MAX).contains(&hours) {
        return Err(Problem::invalid_field("/hours", format!("must be from 1 to {HOURS_MAX}")));
    }
    let now = deps.clock.now();
    // A slot is counted whole, and so is the one that we are in.
    let since_s = (now.as_second() - i64::from(hours) * 3_600).div_euclid(SLOT_S) * SLOT_S;
    let since = Timestamp::from_second(since_s).map_err(Problem::internal)?;
    let through = Timestamp::from_second(now.as_second() + SLOT_S).map_err(Problem::internal)?;
    let tallies = deps.store.deliveries_counted(channel, since, through).await.map_err(store_problem)?;
    Ok(Reply::ok(&StatsBody::new(channel, &tallies, since, now)))
}
