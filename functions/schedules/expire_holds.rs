//! Gives held transfers back whose time is over, and wakes payouts that have waited long enough.

use crate::{
    apply::failed,
    deps::Deps,
    schedules::{noted, open},
    work::WorkMessage,
};
use domain::{
    Timestamp,
    engine::Record,
    payout::{Payout, PayoutStatus},
    transfer::{CannotFinish, ExpireTransfer, TransferStatus},
    work::Work,
};
use jiff::SignedDuration;
use lambda::{Deadline, Failed, Trace};
use store::{ExecuteError, OpenClass};

pub async fn handle(deps: &Deps, _deadline: Deadline) -> Result<(), Failed> {
    let (now, trace) = (deps.clock.now(), Trace::default());
    for item in open(deps, OpenClass::Transfer).await? {
        let Record::Transfer(transfer) = item.record else { continue };
        if matches!(transfer.status, TransferStatus::Held { expires_at } if expires_at <= now) {
            let command = ExpireTransfer { transfer: transfer.id, from: transfer.from, to: transfer.to };
            let result = match deps.execute(&command, &trace).await {
                // Posted or voided since it was read: that is as good an end.
                Err(ExecuteError::Refused(CannotFinish::NotHeld { .. })) => Ok(()),
                other => other.map(|_| ()).map_err(failed),
            };
            noted(&transfer.id, result);
        }
    }
    let mut wake = Vec::new();
    for item in open(deps, OpenClass::Payout).await? {
        if let Record::Payout(payout) = item.record
            && is_due(deps, &payout, now)
        {
            wake.push(WorkMessage::from(&Work::AdvancePayout { payout: payout.id, payee: payout.payee, account: payout.account }));
        }
    }
    deps.send_all(&wake, &trace).await;
    Ok(())
}

fn is_due(deps: &Deps, payout: &Payout, now: Timestamp) -> bool {
    let deadline = payout.created_at.saturating_add(SignedDuration::from_secs(deps.rules.validation_deadline_s)).unwrap_or(now);
    match payout.status {
        PayoutStatus::Cooling => payout.cool_until.is_none_or(|until| until <= now),
        PayoutStatus::Validating => deadline <= now,
        _ => false,
    }
}
