//! Banks and gig platforms that users connect: which there are, the way there and back, and what is seen of them.
//!
//! Nobody's credentials come here: people sign in and agree at their bank, and what it gives us is sealed under
//! their own key. `docs/banks.md` has the whole.

mod aggregator;
mod care;
mod catalogue;
mod named;
mod platform;
mod reader;
mod step;

pub use aggregator::{Aggregator, Keeper, Part, Rebit, Setu};
pub use catalogue::{Entry, Kind, entries, find, kind_of, named};
pub use named::{Name, forget, is_present, known, session_told};
pub use reader::{Reader, View};
pub use step::step;

use crate::{
    access::NotSetUp,
    api::sha256_hex,
    apply::{failed, setup_failed, store_failed},
    deps::Deps,
    vault::Vault,
};
use domain::{
    bank::{Bank, BankStatus, BankTrouble, BeginLink, Grant, RecordReturn, Returned},
    chat::Door,
    id::UserId,
    request::digest_of,
};
use lambda::{Failed, Trace};
use providers::banks::{BankError, connector::Ask};
use reader::Way;
use store::ExecuteError;

/// What of a connection is sealed under which purpose.
const GRANT: &str = "bank grant";
const TOKENS: &str = "bank tokens";
pub(crate) const VIEW: &str = "bank view";

/// A link, or why there is none.
pub enum Begun {
    /// Where to send the user.
    Link(String),
    Known,
    /// The connection is being ended: in a minute there may be another.
    Ending,
    Not(BankTrouble),
    /// This deployment has no access to it.
    NotHere,
}

/// The reader of a bank, where this deployment has access to it.
async fn reader(deps: &Deps, bank: &str) -> Result<Option<Reader>, Failed> {
    match find(bank) {
        Some(entry) => deps.reader_of(entry).await.map_err(setup_failed),
        None => Ok(None),
    }
}

/// The banks and platforms that can be connected here.
pub async fn offered(deps: &Deps) -> Result<Vec<&'static Entry>, Failed> {
    let mut offered = Vec::new();
    for entry in entries().map_err(Failed::bug)? {
        if entry.closed.is_some() {
            continue;
        }
        match deps.reader_of(entry).await {
            Ok(Some(_)) => offered.push(entry),
            Ok(None) => {}
            // Somebody's of ours to mend, and nothing that the others wait for.
            Err(why) if why.is::<NotSetUp>() => {}
            Err(why) => return Err(setup_failed(why)),
        }
    }
    Ok(offered)
}

/// Opens a link to a bank. `tell` is the chat that it is for.
pub async fn begin(deps: &Deps, user: UserId, entry: &Entry, tell: Option<Door>, trace: &Trace) -> Result<Begun, Failed> {
    if entry.closed.is_some() {
        return Ok(Begun::Not(BankTrouble::Discontinued));
    }
    let Some(reader) = deps.reader_of(entry).await.map_err(setup_failed)? else { return Ok(Begun::NotHere) };
    let row = deps.store.user(user).await.map_err(store_failed)?.ok_or_else(|| Failed::bug("no such user"))?;
    let redirect_uri = format!("{}/v1/banks/return", deps.public_url().map_err(setup_failed)?);
    let user_id = user.to_string();
    let email = format!("{user_id}@users.kamai.example");
    let ask = Ask { user_id: &user_id, name: "Kamai user", email: &email, redirect_uri: &redirect_uri, relink: None };
    let now = deps.clock.now();
    let link = match reader.link_start(&ask, row.phone.national(), now).await? {
        Ok(link) => link,
        Err(error) => {
            tracing::warn!(bank = entry.id, code = error.code(), "no link");
            return Ok(Begun::Not(trouble(&error)));
        }
    };
    let grant = deps.vault(user, trace).await?.seal(GRANT, &link.way)?;
    let command = BeginLink { user, bank: entry.id.clone(), name: entry.name.clone(), link: digest_of(&link.state), grant, tell };
    let bank = match deps.execute(&command, trace).await {
        Ok(bank) => bank,
        Err(ExecuteError::Refused(domain::bank::CannotLink::Connected)) => return Ok(Begun::Known),
        Err(ExecuteError::Refused(domain::bank::CannotLink::Ending)) => return Ok(Begun::Ending),
        Err(ExecuteError::Store(error)) => return Err(store_failed(error)),
    };
    named::of_link(deps, &bank, &link.way).await?;
    deps.store.put_link(&sha256_hex(link.state.as_bytes()), user, bank.id, now).await.map_err(store_failed)?;
    Ok(Begun::Link(link.url))
}

/// What somebody brought back from their bank.
pub struct Brought<'a> {
    pub state: &'a str,
    pub code: Option<&'a str>,
    pub error: Option<&'a str>,
}

/// Takes what somebody brought back from their bank; it is exchanged by a queue.
pub async fn returned(deps: &Deps, brought: &Brought<'_>, trace: &Trace) -> Result<Returned, Failed> {
    let found = deps.store.link(&sha256_hex(brought.state.as_bytes()), deps.clock.now()).await.map_err(store_failed)?;
    let Some((user, id)) = found else { return Ok(Returned::Void) };
    let record = deps.store.record(&domain::engine::Key::Bank(user, id)).await.map_err(store_failed)?;
    let Some(domain::engine::Record::Bank(bank)) = record else { return Ok(Returned::Void) };
    if let Some(known) = bank.back_after_word(digest_of(brought.state)) {
        return Ok(known);
    }
    let grant = match (&bank.grant, brought.error) {
        (_, Some(_)) => Grant::Declined,
        (Some(sealed), None) if bank.status == BankStatus::Linking => {
            let vault = deps.vault(user, trace).await?;
            let way = vault.open::<Way>(GRANT, sealed)?.with(brought.code);
            Grant::Given(vault.seal(GRANT, &way)?)
        }
        (..) => return Ok(Returned::Void),
    };
    deps.execute(&RecordReturn { user, bank: id, link: digest_of(brought.state), grant }, trace).await.map_err(failed)
}

/// What was last read of a connected bank.
pub fn view(vault: &Vault, bank: &Bank) -> Result<View, Failed> {
    match bank.view.as_ref().filter(|_| bank.is_shown()) {
        Some(sealed) => vault.open(VIEW, sealed),
        None => Ok(View::default()),
    }
}

/// A bank's or its reader's error, as its customer is told of it.
pub fn trouble(error: &BankError) -> BankTrouble {
    match error {
        BankError::LinkExpired | BankError::ForeignLink => BankTrouble::LinkExpired,
        BankError::LinkDeclined => BankTrouble::Declined,
        BankError::SignInAgain => BankTrouble::SignIn,
        BankError::AccessWithdrawn => BankTrouble::WithdrawnThere,
        BankError::Discontinued { .. } => BankTrouble::Discontinued,
        BankError::LinkUnfinished
        | BankError::EndedMeanwhile
        | BankError::TokensStale
        | BankError::BankDown
        | BankError::ProviderDown(_)
        | BankError::TryLater { .. }
        | BankError::Misconfigured(_)
        | BankError::Unreadable(_) => BankTrouble::BankDown,
    }
}
