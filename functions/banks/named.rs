//! What others call a connection, so that it is found when they speak of it first: by the hash of that, and nothing else of it.

use super::{
    TOKENS,
    aggregator::{Asked, Session, parts::refusal},
    reader::{Access, Way},
};
use crate::{api::sha256_hex, apply::store_failed, deps::Deps};
use domain::{
    Timestamp,
    bank::Bank,
    engine::{Key, Record},
};
use jiff::SignedDuration;
use lambda::{BoxError, Failed, Trace};
use providers::banks::connector::Tokens;
use std::collections::BTreeSet;
use store::Named;

/// What somebody may call a connection.
#[derive(Debug, Clone, Copy)]
pub enum Name<'a> {
    /// Of a request for consent, a consent and a data session, each at our Account Aggregator.
    Handle(&'a str),
    Consent(&'a str),
    Session(&'a str),
    Plaid(&'a str),
    Mono(&'a str),
}

/// For how long an aggregator may speak of a consent that nobody gave, or of a session: longer than it tries.
const SPOKEN_OF: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Under which a name is found.
fn hash(name: Name<'_>) -> String {
    let (kind, id) = match name {
        Name::Handle(id) => ("aa-handle", id),
        Name::Consent(id) => ("aa-consent", id),
        Name::Session(id) => ("aa-session", id),
        Name::Plaid(id) => ("plaid", id),
        Name::Mono(id) => ("mono", id),
    };
    sha256_hex(format!("{kind}:{id}").as_bytes())
}

/// What a name leads to.
pub async fn known(deps: &Deps, name: Name<'_>) -> Result<Option<Named>, BoxError> {
    Ok(deps.store.named(&hash(name)).await?)
}

/// Every name of a connection that lasts as long as it does.
pub(super) fn names(access: &Access) -> Vec<String> {
    match access {
        Access::Aggregator(consent) => vec![hash(Name::Handle(&consent.asked.handle)), hash(Name::Consent(consent.id()))],
        Access::Connector(tokens) => of_tokens(tokens).into_iter().map(hash).collect(),
        // Platforms tell nothing by themselves.
        Access::Platform(_) => Vec::new(),
    }
}

fn of_tokens(tokens: &Tokens) -> Option<Name<'_>> {
    match tokens {
        Tokens::Plaid { item_id, .. } => Some(Name::Plaid(item_id)),
        Tokens::Mono { account_id } => Some(Name::Mono(account_id)),
        // Tells nothing by itself.
        Tokens::Demo { .. } => None,
    }
}

fn later(deps: &Deps, from: Timestamp, by: SignedDuration) -> Option<Timestamp> {
    Some(from.max(deps.clock.now()).saturating_add(by).unwrap_or(Timestamp::MAX))
}

/// A link that was opened: how it is decided on may be told before its user is back.
pub(super) async fn of_link(deps: &Deps, bank: &Bank, way: &Way) -> Result<(), Failed> {
    let Way::Aggregator(Asked { handle, txnid, .. }) = way else { return Ok(()) };
    let named = Named {
        user: bank.user,
        bank: bank.id,
        txnid: Some(txnid.clone()),
        handle: Some(handle.clone()),
        consent: None,
        is_over: false,
        refused: Vec::new(),
    };
    let until = later(deps, bank.updated_at, SPOKEN_OF);
    deps.store.put_named(&hash(Name::Handle(handle)), &named, until).await.map_err(store_failed)
}

/// A connection that came about. Written before that is: what is told in between finds it.
pub(super) async fn of_access(deps: &Deps, bank: &Bank, access: &Access) -> Result<(), Failed> {
    let named = Named { user: bank.user, bank: bank.id, txnid: None, handle: None, consent: None, is_over: false, refused: Vec::new() };
    let (named, until) = match access {
        Access::Aggregator(consent) => {
            let (asked, until) = (&consent.asked, later(deps, consent.ends_at(), SPOKEN_OF));
            let (txnid, handle) = (Some(asked.txnid.clone()), Some(asked.handle.clone()));
            (Named { txnid, handle, consent: Some(consent.id().to_owned()), ..named }, until)
        }
        Access::Connector(_) | Access::Platform(_) => (named, None),
    };
    for hash in names(access) {
        deps.store.put_named(&hash, &named, until).await.map_err(store_failed)?;
    }
    Ok(())
}

pub(super) async fn of_session(deps: &Deps, bank: &Bank, session: &Session) -> Result<(), Failed> {
    let named = Named {
        user: bank.user,
        bank: bank.id,
        txnid: Some(session.txnid.clone()),
        handle: None,
        consent: None,
        is_over: false,
        refused: Vec::new(),
    };
    let until = later(deps, deps.clock.now(), SPOKEN_OF);
    deps.store.put_named(&hash(Name::Session(&session.id)), &named, until).await.map_err(store_failed)
}

/// What the aggregator says of a session: that it has expired or failed, so that nothing may be fetched in it, and which accounts
/// no bank delivers (`account-aggregator.md`, section 4).
pub async fn session_told(deps: &Deps, id: &str, is_over: bool, refused: &[String]) -> Result<(), Failed> {
    let refused: BTreeSet<String> = refused.iter().map(|link_ref| refusal(link_ref)).collect();
    let refused: Vec<String> = refused.into_iter().collect();
    deps.store.told_of_session(&hash(Name::Session(id)), is_over, &refused).await.map_err(store_failed)
}

/// What was said of it.
pub(super) async fn told_of(deps: &Deps, session: &Session) -> Result<Option<Named>, Failed> {
    deps.store.named(&hash(Name::Session(&session.id))).await.map_err(store_failed)
}

/// Whether this is the consent that the connection is read under now.
pub async fn is_present(deps: &Deps, named: &Named, consent: &str, trace: &Trace) -> Result<bool, Failed> {
    let record = deps.store.record(&Key::Bank(named.user, named.bank)).await.map_err(store_failed)?;
    let Some(Record::Bank(bank)) = record else { return Ok(false) };
    let Some(tokens) = &bank.tokens else { return Ok(false) };
    let access: Access = deps.vault(named.user, trace).await?.open(TOKENS, tokens)?;
    Ok(names(&access).contains(&hash(Name::Consent(consent))))
}

/// These lead nowhere any more.
pub async fn forget(deps: &Deps, names: impl Iterator<Item = Name<'_>>) -> Result<(), Failed> {
    let hashes: Vec<String> = names.map(hash).collect();
    forget_all(deps, &hashes).await
}

/// A connection that is over: nobody's word of it leads anywhere any more.
pub(super) async fn forget_all(deps: &Deps, names: &[String]) -> Result<(), Failed> {
    for hash in names {
        deps.store.forget_named(hash).await.map_err(store_failed)?;
    }
    Ok(())
}
