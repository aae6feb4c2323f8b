//! Erasing what is kept of a user, step by step. Each step may be done again: what it left is found by what is there.

use super::{
    consents::end_all,
    export::{part_by, put_together},
};
use crate::{
    apply::{failed, setup_failed, store_failed},
    banks::Kind,
    deps::Deps,
};
use domain::{
    Timestamp,
    bank::BankStatus,
    engine::{Key, Record},
    erasure::{AdvanceErasure, Erasure, ErasureStep, ErasureWord, Hold},
    id::{Fingerprint, UserId},
    room::LeaveRoom,
};
use lambda::{Failed, Trace};
use store::{ExecuteError, Export};

/// Rooms that are left before the next are looked up.
const SEATS: i32 = 100;

/// Takes an erasure one step further, if that is due.
pub async fn advance(deps: &Deps, user: UserId, trace: &Trace) -> Result<(), Failed> {
    let Some(erasure) = find(deps, user).await? else { return Err(Failed::bug("nobody asked to be erased")) };
    if !erasure.is_due(deps.clock.now()) {
        return Ok(());
    }
    let word = match erasure.step {
        ErasureStep::Asked => match put_away(deps, &erasure, trace).await? {
            Some(word) => word,
            None => return Ok(()),
        },
        ErasureStep::Sealed | ErasureStep::Removed | ErasureStep::Held => {
            leave_rooms(deps, user, trace).await?;
            deps.store.end_sessions(user, deps.clock.now()).await.map_err(store_failed)?;
            deps.store.forget_user(user).await.map_err(store_failed)?;
            if erasure.step == ErasureStep::Held {
                deps.store.forget_held(user).await.map_err(store_failed)?;
            }
            ErasureWord::Removed(erasure.step)
        }
        ErasureStep::Destroyed => return Ok(()),
    };
    deps.execute(&AdvanceErasure { user, word }, trace).await.map_err(failed)?;
    Ok(())
}

/// What fails for good because its user was erased is done: there is nothing left to do it with.
pub async fn or_erased(deps: &Deps, user: UserId, outcome: Result<(), Failed>) -> Result<(), Failed> {
    match outcome {
        Err(why) if !why.retryable() && find(deps, user).await?.is_some() => {
            tracing::info!(%user, %why, "left undone: its user was erased");
            Ok(())
        }
        outcome => outcome,
    }
}

pub async fn find(deps: &Deps, user: UserId) -> Result<Option<Erasure>, Failed> {
    Ok(match deps.store.record(&Key::Erasure(user)).await.map_err(store_failed)? {
        Some(Record::Erasure(erasure)) => Some(erasure),
        _ => None,
    })
}

/// Takes everything out of use, and seals a copy once banks and platforms were told. `None` where somebody else does.
async fn put_away(deps: &Deps, erasure: &Erasure, trace: &Trace) -> Result<Option<ErasureWord>, Failed> {
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
        return Ok(Some(ErasureWord::Waiting));
    }
    // What may not be kept is not copied; deleting it depends on nobody else.
    if banks.iter().any(|bank| !bank.lent.is_empty()) {
        return Ok(Some(ErasureWord::Waiting));
    }
    let id = Fingerprint::of("hold", &user.to_string()).to_string();
    // Two of us at once would write into what one of them says is whole.
    let taken = deps.execute(&AdvanceErasure { user, word: ErasureWord::Taken(id) }, trace).await.map_err(failed)?;
    let Some(hold) = taken.and_then(|taken| taken.hold) else { return Ok(None) };
    let copy = put_together(deps, user, as_export(erasure, &hold), trace).await?;
    Ok(Some(ErasureWord::Sealed(Hold { parts: copy.parts, rows: copy.rows, ..hold })))
}

/// So that a group has another owner, and its members see who is there.
async fn leave_rooms(deps: &Deps, user: UserId, trace: &Trace) -> Result<(), Failed> {
    let mut after = None;
    loop {
        let page = deps.store.seats(user, after, SEATS).await.map_err(store_failed)?;
        for seat in page.seats {
            match deps.execute(&LeaveRoom { room: seat.room, user }, trace).await {
                // A room of two is not left.
                Ok(_) | Err(ExecuteError::Refused(_)) => {}
                Err(ExecuteError::Store(error)) => return Err(store_failed(error)),
            }
        }
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(()),
        }
    }
}

/// The held copy, as those are told that users ask for.
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
