//! Has payees validated: a validation costs money, so each payee is asked about once.

use crate::{
    apply::{self, failed, setup_failed},
    deps::Deps,
    queues::{
        payouts::send::{contact, destination},
        work_in,
    },
};
use domain::{
    id::PayeeId,
    payee::{JudgePayee, Payee, Verdict},
    work::Work,
};
use lambda::{Failed, Message, Trace};
use providers::{
    call::CallError,
    razorpay::Notes,
    razorpayx::{NewValidation, ValidationEntity},
};

pub async fn handle(deps: &Deps, message: Message) -> Result<(), Failed> {
    let Work::ValidatePayee { payee } = work_in(&message)? else { return Err(Failed::bug("not a payee")) };
    let trace = message.trace();
    let (payee, asking) = deps.execute(&JudgePayee { payee, verdict: Verdict::Asking }, &trace).await.map_err(failed)?;
    if !asking {
        return Ok(());
    }
    match ask(deps, &payee).await? {
        Ok(told) => {
            judge(deps, payee.id, Verdict::Asked { validation_id: told.id.clone() }, &trace).await?;
            apply::payee::apply(deps, &told, &trace).await.map(|_| ())
        }
        Err(CallError::Refused { .. }) => {
            judge(deps, payee.id, Verdict::Invalid { reason: "the bank partner does not take this address".to_owned() }, &trace).await
        }
        Err(error) => {
            if error.certainly_nothing_happened() {
                judge(deps, payee.id, Verdict::Lost, &trace).await?;
            }
            Err(Failed::later(error))
        }
    }
}

async fn ask(deps: &Deps, payee: &Payee) -> Result<Result<ValidationEntity, CallError>, Failed> {
    let (client, secret) = deps.razorpayx().await.map_err(setup_failed)?;
    let id = payee.id.to_string();
    let destination = match destination(payee) {
        Ok(destination) => destination,
        Err(error) => return Ok(Err(error)),
    };
    let validation = NewValidation {
        source_account_number: &secret.account_number,
        reference_id: &id,
        destination,
        contact: contact(payee, &id),
        notes: Notes::new(),
    };
    Ok(client.create_validation(&validation).await)
}

pub(crate) async fn judge(deps: &Deps, payee: PayeeId, verdict: Verdict, trace: &Trace) -> Result<(), Failed> {
    deps.execute(&JudgePayee { payee, verdict }, trace).await.map(|_| ()).map_err(failed)
}
