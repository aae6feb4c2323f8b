//! Erasing what is kept of a user, step by step. Each step may be done again: what it left is found by what is there.

use super::{
    consents::end_all,
    export::{part_by, put_together},
};
use crate::{
    apply::{failed, setup_failed, store_failed},
    banks::Kind,
    deps::Deps,
    vault::VaultError,
};
use domain::{
    Timestamp,
    bank::BankStatus,
    engine::{Key, Record},
    erasure::{AdvanceErasure, Erasure, ErasureStep, ErasureWord, Hold},
    id::{Fingerprint, UserId},
};
use lambda::{Failed, Trace};
use store::Export;

/// Takes an erasure one step further, if that is due.
pub async fn advance(deps: &Deps, user: UserId, trace: &Trace) -> Result<(), Failed> {
    let Some(erasure) = find(deps, user).await? else { return Err(Failed::bug("nobody asked to be erased")) };
    if !erasure.is_due(deps.clock.now()) {
        return Ok(());
    }
    let word = match erasure.step {
        ErasureStep::Asked => put_away(deps, &erasure, trace).await?,
        ErasureStep::Sealed | ErasureStep::Removed => {
            deps.store.end_sessions(user, deps.clock.now()).await.map_err(store_failed)?;
            deps.store.forget_user(user).await.map_err(store_failed)?;
            ErasureWord::Removed(erasure.step)
        }
        ErasureStep::Held => {
            deps.store.forget_exports(user).await.map_err(store_failed)?;
            ErasureWord::Removed(erasure.step)
        }
        ErasureStep::Destroyed => return Ok(()),
    };
    deps.execute(&AdvanceErasure { user, word }, trace).await.map_err(failed)?;
    Ok(())
}

pub async fn find(deps: &Deps, user: UserId) -> Result<Option<Erasure>, Failed> {
    Ok(match deps.store.record(&Key::Erasure(user)).await.map_err(store_failed)? {
        Some(Record::Erasure(erasure)) => Some(erasure),
        _ => None,
    })
}

/// Takes everything out of use, and seals a copy once banks and platforms were told.
async fn put_away(deps: &Deps, erasure: &Erasure, trace: &Trace) -> Result<ErasureWord, Failed> {
    let (user, now) = (erasure.user, deps.clock.now());
    if let Some(known) = deps.store.user(user).await.map_err(store_failed)? {
        let hash = deps.pepper().await.map_err(setup_failed)?.phone_hash(&known.phone);
        deps.store.forget_phone(&hash, user).await.map_err(store_failed)?;
    }
    deps.store.end_sessions(user, now).await.map_err(store_failed)?;
    for kind in [Kind::Bank, Kind::Platform] {
        end_all(deps, user, kind, trace).await?;
    }
    let banks = deps.store.banks(user).await.map_err(store_failed)?;
    if erasure.awaits_banks(now) && banks.iter().any(|bank| bank.status == BankStatus::Revoking) {
        return Ok(ErasureWord::Waiting);
    }
    // A name of its own: another of us that works on the same must not write into what this one says is whole.
    let mut bits = [0; 10];
    getrandom::fill(&mut bits).map_err(|why| Failed::later(VaultError::NoRandomness(why)))?;
    let hold = Hold { id: Fingerprint::random(bits).to_string(), parts: Vec::new(), rows: 0 };
    let copy = put_together(deps, user, as_export(erasure, &hold), trace).await?;
    Ok(ErasureWord::Sealed(Hold { parts: copy.parts, rows: copy.rows, ..hold }))
}

/// The held copy lies where those lie that users ask for, and for longer.
fn as_export(erasure: &Erasure, hold: &Hold) -> Export {
    Export {
        id: hold.id.clone(),
        session: String::new(),
        asked_at_s: erasure.asked_at.as_second(),
        making_until_s: None,
        parts: hold.parts.clone(),
        rows: hold.rows,
        expires_at_s: erasure.held_until.as_second(),
    }
}

/// A part of the held copy; `None` where there is none, or its time is over.
pub async fn held_part(deps: &Deps, erasure: &Erasure, number: u32, now: Timestamp) -> Result<Option<Vec<u8>>, Failed> {
    let (Some(hold), Some(key)) = (&erasure.hold, &erasure.key) else { return Ok(None) };
    if erasure.held_until <= now {
        return Ok(None);
    }
    part_by(deps, &deps.vault_of(key).await?, erasure.user, &as_export(erasure, hold), number).await
}
