//! Adds to the statistics of deliveries, once what became of one is written down.

use crate::deps::Deps;
use domain::notice::Recorded;
use lambda::log::chain::Chain;
use std::time::Duration;

/// What counting may take of a worker's time.
const PATIENCE: Duration = Duration::from_millis(500);

/// Counts what moved. Fails nothing, and holds nothing up: what cannot be counted now is left out.
pub async fn count(deps: &Deps, recorded: &Recorded) {
    let Some(moved) = &recorded.moved else { return };
    let counted = Box::pin(deps.store.count_delivery(moved, deps.clock.now()));
    let (channel, provider) = (moved.channel.code(), moved.provider.as_str());
    match tokio::time::timeout(PATIENCE, counted).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(channel, provider, cause = %Chain(&error), "a delivery is not counted"),
        Err(_) => tracing::warn!(channel, provider, "a delivery is not counted: the table does not answer in time"),
    }
}
