//! What is told of banks that users have connected: a reason to look, and never what is found.

use crate::{
    apply::{failed, setup_failed},
    banks::{Name, forget, is_present, known, session_told},
    deps::Deps,
    webhooks::{aa::named, told::BankWord},
};
use account_aggregator::wire::{ConsentStatus, SessionStatus};
use domain::bank::{BankTrouble, HearOfBank, Heard, Hint};
use lambda::{Failed, Trace};
use providers::{
    account_aggregator::{
        Word,
        setu::{self, NoticeKind},
    },
    banks::connector,
};
use store::{InboundStatus, KNOWN_ALREADY, Named};

pub async fn work(deps: &Deps, word: &BankWord, trace: &Trace) -> Result<(InboundStatus, String), Failed> {
    let ignored = |why: &str| Ok((InboundStatus::Ignored, why.to_owned()));
    let Some(hint) = hint(word) else { return ignored("we do not act on it") };
    // One that is not known yet is read when it comes about, whatever is told before.
    let Some(named) = find(deps, word).await? else { return ignored("no connection of ours") };
    let Named { user, bank, .. } = named;
    // Of a consent before the present one: as good a reason to look as any, and no more.
    let hint = match (hint, word) {
        (Hint::Ended(_), BankWord::Aggregator(Word::Consent { id: Some(id), .. })) if is_present(deps, &named, id, trace).await? => hint,
        (Hint::Ended(_), _) => Hint::Access,
        _ => hint,
    };
    if let BankWord::Aggregator(Word::Session { id, status, refused, .. }) = word {
        let is_over = matches!(status, SessionStatus::Expired | SessionStatus::Failed);
        session_told(deps, id, is_over, refused).await?;
    }
    let heard = deps.execute(&HearOfBank { user, bank, hint }, trace).await.map_err(failed)?;
    let processed = |outcome: &str| Ok((InboundStatus::Processed, outcome.to_owned()));
    match heard {
        Heard::Due => processed("a connection is looked at"),
        Heard::Ended => {
            forget_consent(deps, word).await?;
            processed("a connection has ended")
        }
        Heard::AlreadyDue => processed(KNOWN_ALREADY),
        Heard::Nothing => ignored("the connection has ended, or waits for its user"),
    }
}

/// Whoever speaks of it again speaks of nothing.
async fn forget_consent(deps: &Deps, word: &BankWord) -> Result<(), Failed> {
    let BankWord::Aggregator(Word::Consent { id, handle, .. }) = word else { return Ok(()) };
    let names = id.as_deref().map(Name::Consent).into_iter().chain(handle.as_deref().map(Name::Handle));
    forget(deps, names).await
}

fn hint(word: &BankWord) -> Option<Hint> {
    match word {
        BankWord::Aggregator(Word::Session { .. }) => Some(Hint::News),
        BankWord::Aggregator(Word::Consent { status, .. }) => match status {
            ConsentStatus::Active | ConsentStatus::Rejected => Some(Hint::Decided),
            ConsentStatus::Paused => Some(Hint::Access),
            // Of a verified aggregator: not a byte more is read, be it there to be asked or not.
            ConsentStatus::Revoked => Some(Hint::Ended(BankTrouble::WithdrawnThere)),
            ConsentStatus::Expired => Some(Hint::Ended(BankTrouble::ConsentEnded)),
            ConsentStatus::Pending => None,
        },
        // Unsigned: that a consent is over is asked for, before the next byte as after it.
        BankWord::Setu(notice) => match (&notice.kind, notice.consent_status()) {
            (NoticeKind::Session, _) => Some(Hint::News),
            (NoticeKind::Consent, Some(setu::ConsentStatus::Active | setu::ConsentStatus::Rejected | setu::ConsentStatus::Failed)) => {
                Some(Hint::Decided)
            }
            (NoticeKind::Consent, Some(setu::ConsentStatus::Revoked | setu::ConsentStatus::Paused | setu::ConsentStatus::Expired)) => {
                Some(Hint::Access)
            }
            // Undecided, or in vain; of a word that we do not know nothing can be said.
            (NoticeKind::Consent, _) => None,
            // Nothing is fetched in our place.
            (NoticeKind::DataReady | NoticeKind::DataFailed | NoticeKind::Other(_), _) => None,
        },
        BankWord::Plaid(heard) | BankWord::Mono(heard) => match heard {
            connector::Heard::Changed { .. } => Some(Hint::News),
            connector::Heard::Mended { .. } => Some(Hint::Mended),
            connector::Heard::SignInAgain { .. } | connector::Heard::Withdrawn { .. } => Some(Hint::Access),
            connector::Heard::LinkFinished | connector::Heard::Nothing => None,
        },
    }
}

async fn find(deps: &Deps, word: &BankWord) -> Result<Option<Named>, Failed> {
    let found = match word {
        BankWord::Aggregator(Word::Session { id, .. }) => known(deps, Name::Session(id)).await,
        BankWord::Aggregator(Word::Consent { id, handle, .. }) => named(deps, id.as_deref(), handle.as_deref()).await,
        // Before there is a consent, its id is its handle.
        BankWord::Setu(notice) => match (&notice.kind, &notice.session_id) {
            (NoticeKind::Session, Some(id)) => known(deps, Name::Session(id)).await,
            _ => named(deps, Some(&notice.consent_id), Some(&notice.consent_id)).await,
        },
        BankWord::Plaid(heard) => match heard.connection_id() {
            Some(id) => known(deps, Name::Plaid(id)).await,
            None => Ok(None),
        },
        BankWord::Mono(heard) => match heard.connection_id() {
            Some(id) => known(deps, Name::Mono(id)).await,
            None => Ok(None),
        },
    };
    found.map_err(setup_failed)
}
