//! One step of a connection: exchange what its user brought, read, or end it.

use super::{GRANT, TOKENS, VIEW, View, Way, connector, trouble};
use crate::{
    apply::failed,
    assistant,
    deps::Deps,
    plans::{Notice, notify},
};
use bank_feed::{Account, State};
use domain::{
    bank::{Bank, BankTrouble, Lost, RecordBank, TakeBank, Taken, Told},
    fact::Priority,
    id::{BankId, UserId},
    notice::Category,
    vault::Sealed,
};
use jiff::SignedDuration;
use lambda::{Failed, Trace};
use providers::banks::{
    BankError,
    connector::{Back, Connector, Tokens},
};
use serde_json::json;

/// How soon one asks again where a history is still on its way.
const PREPARING: SignedDuration = SignedDuration::from_secs(60);

/// Takes a connection as far as it goes now.
pub async fn step(deps: &Deps, user: UserId, id: BankId, is_asked: bool, trace: &Trace) -> Result<(), Failed> {
    let mut is_asked = is_asked;
    // Exchanged, read, told: no connection has more steps at once.
    for _ in 0..4 {
        let told = match deps.execute(&TakeBank { user, bank: id, is_asked }, trace).await.map_err(failed)? {
            Taken::Busy | Taken::Nothing => return Ok(()),
            Taken::Exchange(bank) => exchange(deps, &bank, trace).await?,
            Taken::Read(bank) => read(deps, &bank, trace).await?,
            Taken::Revoke(bank) => revoke(deps, &bank, trace).await?,
            Taken::Tell(bank) => tell(deps, &bank, trace).await?,
        };
        is_asked = false;
        if deps.execute(&RecordBank { user, bank: id, told }, trace).await.map_err(failed)?.is_none() {
            return Ok(());
        }
    }
    Ok(())
}

async fn exchange(deps: &Deps, bank: &Bank, trace: &Trace) -> Result<Told, Failed> {
    let Some(connector) = connector(deps, &bank.bank).await? else { return Ok(gone()) };
    let vault = deps.vault(bank.user, trace).await?;
    let way: Way = vault.open(GRANT, sealed(&bank.grant)?)?;
    let back = Back { state: &way.state, code: way.code.as_deref(), error: None };
    Ok(match connector.link_complete(&way.pending, &back, deps.clock.now().as_second()).await {
        Ok(connection) => Told::Exchanged { tokens: vault.seal(TOKENS, &connection.tokens)? },
        Err(error) => lost(bank, &error),
    })
}

async fn read(deps: &Deps, bank: &Bank, trace: &Trace) -> Result<Told, Failed> {
    let Some(connector) = connector(deps, &bank.bank).await? else { return Ok(gone()) };
    let vault = deps.vault(bank.user, trace).await?;
    let tokens: Tokens = vault.open(TOKENS, sealed(&bank.tokens)?)?;
    let before: View = match &bank.view {
        Some(view) => vault.open(VIEW, view)?,
        None => View::default(),
    };
    let (tokens, changes) = match renewed_and_read(deps, &connector, bank, tokens, &before, trace).await? {
        Ok(read) => read,
        Err(error) => return Ok(lost(bank, &error)),
    };
    if changes.accounts.is_empty() && changes.state == State::Complete {
        return Ok(Told::Lost(Lost::ForGood(BankTrouble::NoAccounts)));
    }
    // Of those that could not be read this time, what was last seen is shown.
    let known = |account: &&Account| !changes.accounts.iter().any(|now| now.id == account.id);
    let kept: Vec<Account> = match changes.state {
        State::Partial => before.accounts.iter().filter(known).cloned().collect(),
        State::Complete | State::Preparing => Vec::new(),
    };
    let view = View { accounts: changes.accounts.into_iter().chain(kept).collect(), cursor: changes.cursor };
    Ok(Told::Read {
        tokens: vault.seal(TOKENS, &tokens)?,
        view: vault.seal(VIEW, &view)?,
        more_in: (changes.state == State::Preparing).then_some(PREPARING),
    })
}

type Read = Result<(Tokens, bank_feed::Changes), BankError>;

/// Reads with tokens that are good. New ones are kept before they are used: the old may be over with that.
async fn renewed_and_read(
    deps: &Deps,
    connector: &Connector,
    bank: &Bank,
    tokens: Tokens,
    before: &View,
    trace: &Trace,
) -> Result<Read, Failed> {
    let now = deps.clock.now().as_second();
    let tokens = match connector.renew(&tokens, now).await {
        Ok(None) => tokens,
        Ok(Some(new)) => {
            let kept = deps.vault(bank.user, trace).await?.seal(TOKENS, &new)?;
            let keep = RecordBank { user: bank.user, bank: bank.id, told: Told::Renewed { tokens: kept } };
            deps.execute(&keep, trace).await.map_err(failed)?;
            new
        }
        Err(error) => return Ok(Err(error)),
    };
    Ok(connector.refresh(&tokens, before.cursor.as_deref(), now).await.map(|changes| (tokens, changes)))
}

async fn revoke(deps: &Deps, bank: &Bank, trace: &Trace) -> Result<Told, Failed> {
    let Some(connector) = connector(deps, &bank.bank).await? else { return Ok(Told::Revoked) };
    let tokens: Tokens = deps.vault(bank.user, trace).await?.open(TOKENS, sealed(&bank.tokens)?)?;
    Ok(match connector.revoke(&tokens, deps.clock.now().as_second()).await {
        Ok(()) => Told::Revoked,
        Err(error) => lost(bank, &error),
    })
}

/// Tells the chat that it was connected from, or whoever has to do something about it.
async fn tell(deps: &Deps, bank: &Bank, trace: &Trace) -> Result<Told, Failed> {
    match bank.tell {
        Some(door) => assistant::bank_news(deps, bank, door, trace).await?,
        None => notify_trouble(deps, bank, trace).await?,
    }
    Ok(Told::Said)
}

fn sealed(sealed: &Option<Sealed>) -> Result<&Sealed, Failed> {
    sealed.as_ref().ok_or_else(|| Failed::bug("a connection without what its status needs"))
}

/// Its reader is no longer configured.
fn gone() -> Told {
    Told::Lost(Lost::ForNow)
}

fn lost(bank: &Bank, error: &BankError) -> Told {
    tracing::warn!(bank = bank.bank, code = error.code(), "a step of a connection failed");
    let trouble = trouble(error);
    Told::Lost(match error {
        BankError::SignInAgain | BankError::LinkExpired | BankError::LinkDeclined | BankError::ForeignLink => Lost::Until(trouble),
        BankError::AccessWithdrawn | BankError::Discontinued { .. } => Lost::ForGood(trouble),
        _ => Lost::ForNow,
    })
}

/// Tells the user of a connection that wants them.
async fn notify_trouble(deps: &Deps, bank: &Bank, trace: &Trace) -> Result<(), Failed> {
    let why = match bank.trouble {
        Some(BankTrouble::SignIn) => "sign_in_again",
        Some(BankTrouble::ConsentEnded) => "consent_ended",
        Some(BankTrouble::WithdrawnThere) => "withdrawn",
        _ => return Ok(()),
    };
    let notice = Notice {
        user: bank.user,
        event: format!("bank:{}:{}", bank.id, bank.updated_at.as_millisecond()),
        template: "bank.trouble",
        values: json!({ "bank": bank.name, "why": why }),
        priority: Priority::Normal,
        category: Category::Account,
        lasts: SignedDuration::from_hours(72),
    };
    notify(deps, notice, trace).await
}
