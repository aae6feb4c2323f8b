//! What the provider found about a payee.

use crate::{apply::failed, deps::Deps};
use domain::{
    id::PayeeId,
    payee::{JudgePayee, Verdict},
};
use lambda::{Failed, Trace};
use providers::razorpayx::{AccountStatus, ValidationEntity, ValidationStatus};

const NOT_CONFIRMED: &str = "the bank could not confirm this address";

/// Answers what came of it, in a few words.
pub async fn apply(deps: &Deps, told: &ValidationEntity, trace: &Trace) -> Result<String, Failed> {
    let Some(payee) = told.reference_id.as_deref().and_then(|reference| reference.parse::<PayeeId>().ok()) else {
        return Ok("a validation of nobody's".to_owned());
    };
    let Some(verdict) = verdict(told) else { return Ok("not decided yet".to_owned()) };
    let (payee, _) = deps.execute(&JudgePayee { payee, verdict }, trace).await.map_err(failed)?;
    Ok(format!("{} is {}", payee.id, payee.status.code()))
}

fn verdict(told: &ValidationEntity) -> Option<Verdict> {
    let invalid = || Some(Verdict::Invalid { reason: NOT_CONFIRMED.to_owned() });
    match (&told.status, &told.results) {
        (ValidationStatus::Completed, Some(results)) => match results.account_status {
            Some(AccountStatus::Active) => {
                Some(Verdict::Valid { registered_name: results.registered_name.as_ref().map(|name| name.expose().to_owned()) })
            }
            _ => invalid(),
        },
        (ValidationStatus::Completed, None) => None,
        (ValidationStatus::Failed, _) => invalid(),
        (ValidationStatus::Created | ValidationStatus::Other(_), _) => None,
    }
}
