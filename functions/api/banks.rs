//! `/v1/banks` and `/v1/platforms`: connecting the caller's banks and gig platforms, what is seen of them, ending it.

use crate::{
    api::{html::page, limit},
    banks::{self, Begun, Brought, Entry, Kind},
    body::banks::{BankBody, BanksBody, LinkBody, PlatformBody, PlatformsBody, ReturnQuery, Shown},
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
    let all = Connections { deps, caller: &caller, request: &request };
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/v1/banks") => Ok(Reply::ok(&BanksBody { items: all.list(Kind::Bank).await? })),
        ("GET", "/v1/platforms") => Ok(Reply::ok(&PlatformsBody { items: all.list(Kind::Platform).await? })),
        ("POST", "/v1/banks/{bank}/connect") => all.connect(Kind::Bank).await,
        ("POST", "/v1/platforms/{platform}/connect") => all.connect(Kind::Platform).await,
        ("POST", "/v1/banks/{bank}/refresh") => all.refresh::<BankBody>(Kind::Bank).await,
        ("POST", "/v1/platforms/{platform}/refresh") => all.refresh::<PlatformBody>(Kind::Platform).await,
        ("POST", "/v1/banks/{bank}/disconnect") => all.disconnect::<BankBody>(Kind::Bank).await,
        ("POST", "/v1/platforms/{platform}/disconnect") => all.disconnect::<PlatformBody>(Kind::Platform).await,
        _ => Err(Problem::not_found()),
    }
}

/// What is called of one caller.
struct Connections<'a> {
    deps: &'a Deps,
    caller: &'a Signed,
    request: &'a Request,
}

fn failed(why: Failed) -> Problem {
    Problem::unavailable(why)
}

impl Connections<'_> {
    async fn list<B: Shown>(&self, kind: Kind) -> Result<Vec<B>, Problem> {
        let known = self.deps.store.banks(self.caller.user).await.map_err(store_problem)?;
        let offered = banks::offered(self.deps).await.map_err(failed)?;
        let mut items = Vec::new();
        for entry in banks::entries().map_err(Problem::internal)?.iter().filter(|entry| entry.kind == kind) {
            items.push(match known.iter().find(|bank| bank.bank == entry.id) {
                Some(bank) => self.shown(bank).await?,
                None if entry.closed.is_some() => B::of(entry, "discontinued"),
                None if offered.iter().any(|offered| offered.id == entry.id) => B::of(entry, "available"),
                None => B::of(entry, "not_here"),
            });
        }
        Ok(items)
    }

    async fn shown<B: Shown>(&self, bank: &Bank) -> Result<B, Problem> {
        let view = match &bank.view {
            Some(_) => {
                banks::view(&self.deps.vault(self.caller.user, &self.request.trace()).await.map_err(failed)?, bank).map_err(failed)?
            }
            None => banks::View::default(),
        };
        Ok(B::new(bank, &view))
    }

    /// What the path names, where it is of this kind.
    fn entry(&self, kind: Kind) -> Result<&'static Entry, Problem> {
        let id: String = self.request.param(if kind == Kind::Bank { "bank" } else { "platform" })?;
        banks::find(&id).filter(|entry| entry.kind == kind).ok_or_else(Problem::not_found)
    }

    async fn connect(&self, kind: Kind) -> Result<Reply, Problem> {
        let (deps, entry) = (self.deps, self.entry(kind)?);
        limit(deps, &format!("bank-links:{}", self.caller.user), LINKS_MAX, HOUR_S).await?;
        let name = &entry.name;
        match banks::begin(deps, self.caller.user, entry, None, &self.request.trace()).await.map_err(failed)? {
            Begun::Link(url) => Ok(Reply::created(&LinkBody { url, expires_in: LINK_LASTS.as_secs() })),
            Begun::Known => Err(Problem::new(BANK_CONNECTED, format!("{name} is connected already."))),
            Begun::Ending => Err(Problem::new(BANK_CONNECTED, "The connection is being ended; try again in a minute.")),
            Begun::Not(trouble) => Err(Problem::new(BANK_TROUBLE, format!("{name} cannot be connected now: {}.", trouble.code()))),
            Begun::NotHere if entry.is_private => Err(Problem::new(BANK_NOT_HERE, no_interface(name))),
            Begun::NotHere => Err(Problem::new(BANK_NOT_HERE, format!("This deployment has no access to {name}."))),
        }
    }

    async fn find(&self, kind: Kind) -> Result<Bank, Problem> {
        let entry = self.entry(kind)?;
        let known = self.deps.store.banks(self.caller.user).await.map_err(store_problem)?;
        known.into_iter().find(|known| known.bank == entry.id).ok_or_else(Problem::not_found)
    }

    async fn refresh<B: Shown>(&self, kind: Kind) -> Result<Reply, Problem> {
        let bank = self.find(kind).await?;
        limit(self.deps, &format!("bank-reads:{}", bank.id), LINKS_MAX, HOUR_S).await?;
        let work = Work::AdvanceBank { user: self.caller.user, bank: bank.id, is_asked: true };
        self.deps.send_all(&[WorkMessage::from(&work)], &self.request.trace()).await;
        Ok(Reply::accepted(&self.shown::<B>(&bank).await?))
    }

    async fn disconnect<B: Shown>(&self, kind: Kind) -> Result<Reply, Problem> {
        let bank = self.find(kind).await?;
        let revoke = RevokeBank { user: self.caller.user, bank: bank.id };
        let ended = self.deps.execute(&revoke, &self.request.trace()).await.map_err(problem)?;
        Ok(Reply::ok(&self.shown::<B>(&ended).await?))
    }
}

fn no_interface(name: &str) -> String {
    format!("{name} publishes no interface for what its workers earn. Upload its payout statement, or note what you earned.")
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
