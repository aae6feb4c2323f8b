//! Razorpay's events: payments, refunds, payouts and validations.

use crate::{apply, deps::Deps};
use domain::{fact::Cause, payment::Applied};
use lambda::{Failed, Trace};
use providers::razorpay::{Event, EventKind};
use store::{InboundStatus, KNOWN_ALREADY};

pub async fn work(deps: &Deps, event: &Event, cause: Cause, trace: &Trace) -> Result<(InboundStatus, String), Failed> {
    let outcome = match &event.kind {
        EventKind::Payment(payment) | EventKind::OrderPaid { payment, .. } => {
            told(&apply::payment::apply(deps, payment, cause, trace).await?)
        }
        EventKind::Refund { refund, .. } => apply::refund::apply(deps, refund, cause, trace).await?,
        EventKind::Payout(payout) => match apply::payout::apply(deps, payout, cause, trace).await? {
            Some(_) => format!("{} recorded", event.event_name),
            None => return Ok((InboundStatus::Ignored, "no payout of ours".to_owned())),
        },
        EventKind::Validation(validation) => apply::payee::apply(deps, validation, trace).await?,
        EventKind::Unknown(name) => {
            let name: String = name.chars().take(60).collect();
            return Ok((InboundStatus::Ignored, format!("we do not act on {name}")));
        }
    };
    Ok((InboundStatus::Processed, outcome))
}

pub(super) fn told(applied: &Applied) -> String {
    match applied {
        Applied::Credited(payment) => format!("{} credited", payment.id),
        Applied::Moved(payment) => format!("{} is {}", payment.id, payment.status.code()),
        Applied::Parked(suspense) => format!("kept in suspense as {}: {}", suspense.id, suspense.why),
        Applied::AlreadyKnown => KNOWN_ALREADY.to_owned(),
    }
}
