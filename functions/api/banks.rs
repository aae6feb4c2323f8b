//! `/v1/banks`: connecting the caller's banks, what is seen of them, ending it.

use crate::{
    api::{html::page, limit},
    banks::{self, Begun, Brought},
    body::banks::{BankBody, BanksBody, LinkBody, ReturnQuery},
    deps::Deps,
    refusals::{BANK_CONNECTED, BANK_NOT_HERE, BANK_TROUBLE, problem, store_problem},
    router::{Signed, admit},
    work::WorkMessage,
};
use domain::{
    bank::{Bank, LINK_LASTS, Returned, RevokeBank},
    work::Work,
};
use lambda::{Failed, Problem, Reply, Request};
use words::{Language, Phrase, Phrasebook, Said, html};

const HOUR_S: i64 = 3_600;
/// Links that one user may ask for within an hour.
const LINKS_MAX: u64 = 20;

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    if request.path == "/v1/banks/return" {
        return back(deps, &request).await;
    }
    let caller = admit(deps, &request).await?;
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/v1/banks") => list(deps, &caller, &request).await,
        ("POST", "/v1/banks/{bank}/connect") => connect(deps, &caller, &request).await,
        ("POST", "/v1/banks/{bank}/refresh") => refresh(deps, &caller, &request).await,
        ("POST", "/v1/banks/{bank}/disconnect") => disconnect(deps, &caller, &request).await,
        _ => Err(Problem::not_found()),
    }
}

fn failed(why: Failed) -> Problem {
    Problem::unavailable(why)
}

async fn list(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let known = deps.store.banks(caller.user).await.map_err(store_problem)?;
    let offered = banks::offered(deps).await.map_err(failed)?;
    let mut items = Vec::new();
    for entry in banks::entries().map_err(Problem::internal)? {
        items.push(match known.iter().find(|bank| bank.bank == entry.id) {
            Some(bank) => shown(deps, caller, bank, request).await?,
            None if entry.closed.is_some() => BankBody::of(entry, "discontinued"),
            None if offered.iter().any(|offered| offered.id == entry.id) => BankBody::of(entry, "available"),
            None => BankBody::of(entry, "not_here"),
        });
    }
    Ok(Reply::ok(&BanksBody { items }))
}

async fn shown(deps: &Deps, caller: &Signed, bank: &Bank, request: &Request) -> Result<BankBody, Problem> {
    let view = match &bank.view {
        Some(_) => banks::view(&deps.vault(caller.user, &request.trace()).await.map_err(failed)?, bank).map_err(failed)?,
        None => banks::View::default(),
    };
    Ok(BankBody::new(bank, &view))
}

async fn connect(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let bank: String = request.param("bank")?;
    let entry = banks::find(&bank).ok_or_else(Problem::not_found)?;
    limit(deps, &format!("bank-links:{}", caller.user), LINKS_MAX, HOUR_S).await?;
    match banks::begin(deps, caller.user, entry, None, &request.trace()).await.map_err(failed)? {
        Begun::Link(url) => Ok(Reply::created(&LinkBody { url, expires_in: LINK_LASTS.as_secs() })),
        Begun::Known => Err(Problem::new(BANK_CONNECTED, "This bank is connected already.")),
        Begun::Ending => Err(Problem::new(BANK_CONNECTED, "The connection is being ended; try again in a minute.")),
        Begun::Not(trouble) => Err(Problem::new(BANK_TROUBLE, format!("The bank cannot be connected now: {}.", trouble.code()))),
        Begun::NotHere => Err(Problem::new(BANK_NOT_HERE, "This deployment has no access to that bank.")),
    }
}

async fn find(deps: &Deps, caller: &Signed, request: &Request) -> Result<Bank, Problem> {
    let bank: String = request.param("bank")?;
    let known = deps.store.banks(caller.user).await.map_err(store_problem)?;
    known.into_iter().find(|known| known.bank == bank).ok_or_else(Problem::not_found)
}

async fn refresh(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let bank = find(deps, caller, request).await?;
    limit(deps, &format!("bank-reads:{}", bank.id), LINKS_MAX, HOUR_S).await?;
    let work = Work::AdvanceBank { user: caller.user, bank: bank.id, is_asked: true };
    deps.send_all(&[WorkMessage::from(&work)], &request.trace()).await;
    Ok(Reply::accepted(&shown(deps, caller, &bank, request).await?))
}

async fn disconnect(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let bank = find(deps, caller, request).await?;
    let ended = deps.execute(&RevokeBank { user: caller.user, bank: bank.id }, &request.trace()).await.map_err(problem)?;
    Ok(Reply::ok(&shown(deps, caller, &ended, request).await?))
}

/// Somebody is back from their bank. The page says no more than that: whose link it was is not told.
async fn back(deps: &Deps, request: &Request) -> Result<Reply, Problem> {
    let query = request.query::<ReturnQuery>()?.checked()?;
    limit(deps, &format!("bank-return:{}", request.source_ip), deps.settings.rates.guesses_per_address, HOUR_S).await?;
    let brought = Brought { state: &query.state, code: query.code.as_deref(), error: query.error.as_deref() };
    let phrases = Phrasebook::built_in().map_err(Problem::internal)?;
    let say = |phrase, values: &[(&str, Said<'_>)]| format!("<p>{}</p>", html(&phrases.say(Language::English, phrase, values)));
    Ok(match banks::returned(deps, &brought, &request.trace()).await.map_err(failed)? {
        Returned::Granted(bank) => page(200, "en", &say(Phrase::PageBankDone, &[("bank", Said::Theirs(&bank.name))])),
        Returned::Declined(_) => page(200, "en", &say(Phrase::PageBankDeclined, &[])),
        Returned::Void => page(410, "en", &say(Phrase::PageGone, &[])),
    })
}
