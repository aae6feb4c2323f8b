//! What drives payments on after they were taken.

use std::sync::Arc;

use super::payment::Status;
use super::steering::Fate;
use super::{Bills, told};
use crate::ids;
use crate::world::World;

/// Why a payment stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum Stuck {
    #[error("no payment {0}")]
    Unknown(String),
    #[error("a payment that is {from:?} does not become {to:?}")]
    NotAMove { from: Status, to: Status },
}

/// Lets a payment become, in its time, what its customer makes of it.
pub fn carry_on(world: &Arc<World>, ref_id: &str, fate: Fate) {
    let timing = &world.config().timing;
    let (delay, first) = match fate {
        Fate::Paid | Fate::PaidUntold | Fate::PaidThenReversed => (timing.bill_ms, Status::Success),
        Fate::PaidLate => (timing.bill_slow_ms, Status::Success),
        Fate::FailedLate => (timing.bill_slow_ms, Status::Failure),
        Fate::ReversedLate => (timing.bill_slow_ms, Status::CreditAdjustment),
        Fate::Failed => (timing.bill_ms, Status::Failure),
        Fate::Pending => return,
    };
    let id = ref_id.to_owned();
    world.after(delay, move |world| {
        step(world, &id, first);
        if fate == Fate::PaidThenReversed {
            world.after(world.config().timing.bill_reversal_ms, move |world| step(world, &id, Status::CreditAdjustment));
        }
    });
}

fn step(world: &Arc<World>, ref_id: &str, to: Status) {
    if let Err(stuck) = make_move(world, ref_id, to) {
        tracing::debug!(payment = ref_id, %stuck, "a bill's payment stays where it is");
    }
}

/// Moves a payment and tells.
pub fn make_move(world: &Arc<World>, ref_id: &str, to: Status) -> Result<(), Stuck> {
    let view = world.book().bills.move_payment(ref_id, to)?;
    world.announce([told::paid(&view)]);
    if to == Status::Failure {
        let id = ref_id.to_owned();
        world.after(world.config().timing.bill_reversal_ms, move |world| world.book().bills.refund(&id));
    }
    Ok(())
}

impl Bills {
    fn move_payment(&mut self, ref_id: &str, to: Status) -> Result<serde_json::Value, Stuck> {
        let payment = self.payments.get_mut(ref_id).ok_or_else(|| Stuck::Unknown(ref_id.to_owned()))?;
        if !payment.status.may_become(to) {
            return Err(Stuck::NotAMove { from: payment.status, to });
        }
        payment.become_status(to);
        // The network's, 20 characters, whatever came of it.
        payment.transaction_id.get_or_insert_with(|| format!("AX01{}", ids::digits(16)));
        let charged = payment.charged();
        match to {
            Status::Failure => {
                payment.failure = Some("BRR005");
                payment.refund = Some("Required");
            }
            Status::CreditAdjustment => self.wallet.book(ref_id, charged),
            Status::Processing | Status::Success => {}
        }
        Ok(payment.view())
    }

    fn refund(&mut self, ref_id: &str) {
        let Some(payment) = self.payments.get_mut(ref_id).filter(|payment| payment.refund == Some("Required")) else { return };
        payment.refund = Some("Processed");
        let charged = payment.charged();
        self.wallet.book(ref_id, charged);
    }
}
