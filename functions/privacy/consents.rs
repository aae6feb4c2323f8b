//! Where a yes is needed, and what a no sets off.

use crate::{
    apply::{failed as command_failed, store_failed},
    banks::{Kind, kind_of},
    body::privacy::CONSENTS_PATH,
    deps::Deps,
    privacy::notices::current,
    refusals::{CONSENT_NEEDED, problem, store_problem},
};
use domain::{
    bank::{BankStatus, RevokeBank},
    consent::{Consents, Purpose, SayConsent},
    id::UserId,
};
use lambda::{Failed, Problem, Trace};

/// Refuses what nobody has agreed to, and says what to show them.
pub async fn demand(deps: &Deps, user: UserId, purpose: Purpose) -> Result<(), Problem> {
    if deps.store.consents(user).await.map_err(store_problem)?.is_given(purpose) {
        return Ok(());
    }
    let notice = current(purpose).map_err(Problem::internal)?;
    let detail = format!(
        "This needs the user's consent for `{0}`: show them its notice (`GET /v1/privacy/notices`), version {1}, and say what they \
         answered (`POST {CONSENTS_PATH}`).",
        purpose.code(),
        notice.version,
    );
    Err(Problem::new(CONSENT_NEEDED, detail)
        .with("purpose", purpose.code())
        .with("notice_version", notice.version)
        .with("notices_url", "/v1/privacy/notices")
        .with("consents_url", CONSENTS_PATH))
}

/// Writes a yes or no down, and does at once what a no asks for. The same no again finishes what was left undone.
pub async fn say(deps: &Deps, command: &SayConsent, trace: &Trace) -> Result<Consents, Problem> {
    let consents = deps.execute(command, trace).await.map_err(problem)?;
    if !command.given {
        end(deps, command.user, command.purpose, trace).await.map_err(Problem::unavailable)?;
    }
    Ok(consents)
}

async fn end(deps: &Deps, user: UserId, purpose: Purpose, trace: &Trace) -> Result<(), Failed> {
    match purpose {
        Purpose::Sms => deps.store.forget_raw(user).await.map_err(store_failed),
        Purpose::BankData => end_all(deps, user, Kind::Bank, trace).await,
        Purpose::PlatformEarnings => end_all(deps, user, Kind::Platform, trace).await,
        // Offers stop with the same write; of the others nothing is fetched or kept by itself.
        Purpose::Marketing | Purpose::AssistantMemory | Purpose::Service => Ok(()),
    }
}

/// Ends every connection of a kind; the banks or platforms are told by a queue.
pub async fn end_all(deps: &Deps, user: UserId, kind: Kind, trace: &Trace) -> Result<(), Failed> {
    for bank in deps.store.banks(user).await.map_err(store_failed)?.into_iter().filter(|bank| kind_of(&bank.bank) == kind) {
        if !matches!(bank.status, BankStatus::Revoked | BankStatus::Revoking | BankStatus::Failed) {
            deps.execute(&RevokeBank { user, bank: bank.id }, trace).await.map_err(command_failed)?;
        }
    }
    Ok(())
}
