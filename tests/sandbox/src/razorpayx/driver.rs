//! What drives payouts on after they were accepted.

use std::sync::Arc;

use super::account::Stuck;
use super::machine::PayoutStatus;
use super::steering::Fate;
use crate::world::World;

/// Lets a payout become, in its time, what its payee makes of it.
///
/// A move that has become impossible by then, because the dashboard made another, is left out.
pub fn carry_on(world: &Arc<World>, id: String) {
    let Some((status, fate)) = world.book().account.payouts.get(&id).map(|payout| (payout.status, payout.fate)) else {
        return;
    };
    let timing = &world.config().timing;
    match status {
        PayoutStatus::Pending => world.after(timing.payout_ms, move |world| {
            step(world, &id, PayoutStatus::Rejected, "rejected");
        }),
        PayoutStatus::Processing => {
            let delay = if fate == Fate::Slow { timing.payout_slow_ms } else { timing.payout_ms };
            world.after(delay, move |world| finish(world, &id, fate));
        }
        PayoutStatus::Created
        | PayoutStatus::Queued
        | PayoutStatus::Processed
        | PayoutStatus::Reversed
        | PayoutStatus::Failed
        | PayoutStatus::Rejected
        | PayoutStatus::Cancelled => {}
    }
}

fn finish(world: &Arc<World>, id: &str, fate: Fate) {
    match fate {
        Fate::Pending => {}
        Fate::Failed { reason } => step(world, id, PayoutStatus::Failed, reason),
        // One whose approval or queue is over is a payout like any other.
        Fate::Processed | Fate::Slow | Fate::Queued | Fate::Rejected => {
            step(world, id, PayoutStatus::Processed, "payout_processed");
        }
        Fate::Reversed => {
            step(world, id, PayoutStatus::Processed, "payout_processed");
            let id = id.to_owned();
            world.after(world.config().timing.payout_reversal_ms, move |world| {
                step(world, &id, PayoutStatus::Reversed, "beneficiary_bank_rejected");
            });
        }
    }
}

fn step(world: &Arc<World>, id: &str, to: PayoutStatus, reason: &str) {
    if let Err(stuck) = make_move(world, id, to, reason) {
        tracing::debug!(payout = id, %stuck, "a payout stays where it is");
    }
}

/// Moves a payout and tells. Money that comes back may be what another was waiting for.
pub fn make_move(world: &Arc<World>, id: &str, to: PayoutStatus, reason: &str) -> Result<(), Stuck> {
    let event = world.book().account.move_payout(id, to, reason, &world.config().fees)?;
    world.announce(event);
    if matches!(to, PayoutStatus::Failed | PayoutStatus::Reversed) {
        release_waiting(world);
    }
    Ok(())
}

/// Starts the payouts that waited for money, in the order in which they came, as far as it goes.
pub fn release_waiting(world: &Arc<World>) {
    let waiting = world.book().account.waiting_for_money();
    for id in waiting {
        if make_move(world, &id, PayoutStatus::Processing, "payout_bank_processing").is_err() {
            return;
        }
        carry_on(world, id);
    }
}
