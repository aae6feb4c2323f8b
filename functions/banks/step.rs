//! One step of a connection: exchange what its user brought, read, or end it.

use super::{
    GRANT, Part, TOKENS, VIEW, View, care, named, platform, reader,
    reader::{Access, News, NotRead, Reader, Reading, Turn, Way},
    trouble,
};
use crate::{
    apply::failed,
    assistant, book,
    deps::Deps,
    plans::{Notice, notify},
    vault::Vault,
    work::WorkMessage,
};
use domain::{
    bank::{Bank, BankTrouble, Lost, RecordBank, TakeBank, Taken, Told},
    fact::Priority,
    id::{BankId, UserId},
    notice::Category,
    vault::Sealed,
    work::Work,
};
use futures::future::BoxFuture;
use jiff::SignedDuration;
use lambda::{Failed, Trace};
use providers::{banks::BankError, standing::Standing};
use serde_json::json;

/// What is due so soon has a message of its own; the rest is a schedule's to find.
const SOON: SignedDuration = SignedDuration::from_mins(10);

/// Takes a connection as far as it goes now.
pub async fn step(deps: &Deps, user: UserId, id: BankId, is_asked: bool, trace: &Trace) -> Result<(), Failed> {
    let mut is_asked = is_asked;
    // What has lapsed deleted, exchanged, read, told: no connection has more steps at once.
    for _ in 0..5 {
        let taken = deps.execute(&TakeBank { user, bank: id, is_asked }, trace).await.map_err(failed)?;
        // Whoever has asked waits for more than that something is deleted.
        let is_asked_still = is_asked && matches!(taken, Taken::Lapse(_));
        let told = match taken {
            Taken::Busy | Taken::Nothing => return Ok(()),
            Taken::Exchange(bank) => exchange(deps, &bank, trace).await?,
            Taken::Ask(bank) => ask(deps, &bank, trace).await?,
            Taken::Read(bank) => match read(deps, &bank, is_asked, trace).await? {
                Some(told) => told,
                None => return Ok(()),
            },
            Taken::Revoke(bank) => revoke(deps, &bank, trace).await?,
            Taken::Lapse(bank) => lapse(deps, &bank, trace).await?,
            Taken::Tell(bank) => tell(deps, &bank, trace).await?,
        };
        is_asked = is_asked_still;
        let Some(bank) = deps.execute(&RecordBank { user, bank: id, told }, trace).await.map_err(failed)? else { return Ok(()) };
        match bank.next_at() {
            Some(due) if due > deps.clock.now() && !is_asked => {
                let is_soon = due.duration_since(deps.clock.now()) <= SOON;
                let message = WorkMessage::from(&Work::AdvanceBank { user, bank: id, is_asked: false });
                return if is_soon { deps.send_at(&message, due, trace).await } else { Ok(()) };
            }
            Some(_) => {}
            None => return Ok(()),
        }
    }
    Ok(())
}

async fn exchange(deps: &Deps, bank: &Bank, trace: &Trace) -> Result<Told, Failed> {
    let Some(reader) = reader(deps, &bank.bank).await? else { return Ok(gone()) };
    let vault = deps.vault(bank.user, trace).await?;
    let way = vault.open(GRANT, sealed(&bank.grant)?)?;
    Ok(match reader.link_complete(&way, deps.clock.now()).await? {
        Ok(access) => {
            named::of_access(deps, bank, &access).await?;
            exchanged(&vault, &access)?
        }
        Err(error) => lost(bank, &error),
    })
}

/// A connection, as it stands by now.
struct Here<'a> {
    deps: &'a Deps,
    bank: &'a Bank,
}

impl Standing for Here<'_> {
    fn stands(&self) -> BoxFuture<'_, bool> {
        Box::pin(async {
            book::is_active(self.deps, self.bank).await.unwrap_or_else(|why| {
                tracing::warn!(bank = self.bank.bank, %why, "nobody can say whether a connection still stands: it is read no further");
                false
            })
        })
    }
}

fn exchanged(vault: &Vault, access: &Access) -> Result<Told, Failed> {
    let agreement = match access {
        Access::Aggregator(consent) => Some((consent.id().to_owned(), Box::new(consent.terms()))),
        Access::Connector(_) | Access::Platform(_) => None,
    };
    Ok(Told::Exchanged { tokens: vault.seal(TOKENS, access)?, agreement })
}

/// Asks about a link that nobody came back from, where that can be asked: they may have decided, and closed the page.
async fn ask(deps: &Deps, bank: &Bank, trace: &Trace) -> Result<Told, Failed> {
    let vault = deps.vault(bank.user, trace).await?;
    let (Some(reader), Some(grant)) = (reader(deps, &bank.bank).await?, &bank.grant) else {
        return Ok(Told::Undecided { may_be_heard: false });
    };
    let way: Way = vault.open(GRANT, grant)?;
    if !way.can_be_asked_of() {
        return Ok(Told::Undecided { may_be_heard: false });
    }
    Ok(match reader.link_complete(&way, deps.clock.now()).await? {
        Ok(access) => {
            named::of_access(deps, bank, &access).await?;
            exchanged(&vault, &access)?
        }
        Err(BankError::LinkUnfinished) => Told::Undecided { may_be_heard: true },
        Err(error) if error.retryable() => Told::Lost(Lost::ForNow),
        Err(_) => Told::Undecided { may_be_heard: false },
    })
}

/// Reads, and writes into the book what is new; `None` where it was ended meanwhile, so that what was read is dropped.
async fn read(deps: &Deps, bank: &Bank, is_asked: bool, trace: &Trace) -> Result<Option<Told>, Failed> {
    let Some(reader) = reader(deps, &bank.bank).await? else { return Ok(Some(gone())) };
    let vault = deps.vault(bank.user, trace).await?;
    let access: Access = vault.open(TOKENS, sealed(&bank.tokens)?)?;
    care::of_end(deps, bank, &access, trace).await?;
    let here = Here { deps, bank };
    let turn = Turn { bank: bank.id, name: &bank.name, is_asked, standing: &here, now: deps.clock.now() };
    let (read, session_before) = match read_renewed(deps, bank, (&reader, &vault), (access, turn), trace).await? {
        Ok(read) => read,
        Err(told) => return Ok(told),
    };
    if let Some(session) = read.view.session.as_ref().filter(|session| Some(&session.id) != session_before.as_ref()) {
        named::of_session(deps, bank, session).await?;
    }
    if read.view.accounts.is_empty() && read.more_in.is_none() {
        return Ok(Some(Told::Lost(Lost::ForGood(BankTrouble::NoAccounts))));
    }
    if !book::is_active(deps, bank).await? {
        return Ok(None);
    }
    if let (Some(News::Entries(changes)), Some(until)) = (&read.news, read.lent_until) {
        // Before a line of it is written: whoever dies in between leaves none that nobody deletes.
        let lent =
            RecordBank { user: bank.user, bank: bank.id, told: Told::Lent { loans: book::loans(bank, changes, until, deps.clock.now()) } };
        if deps.execute(&lent, trace).await.map_err(failed)?.is_none() {
            return Ok(None);
        }
    }
    // Before it is said that this was read: whoever dies in between reads it again, and notes it once.
    match &read.news {
        Some(News::Entries(changes)) => book::bank_tells(deps, bank, changes, trace).await?,
        Some(News::Days(days)) if !platform::take(deps, bank, days, trace).await? => return Ok(Some(Told::Lost(Lost::ForNow))),
        Some(News::Days(_)) => {}
        None => {}
    }
    let is_something = !read.view.accounts.is_empty() || read.view.platform.is_some();
    Ok(Some(Told::Read {
        // Where nothing was read, what is shown stays as of when it was.
        has_accounts: read.news.is_some() && is_something,
        tokens: vault.seal(TOKENS, &read.access)?,
        view: vault.seal(VIEW, &read.view)?,
        more_in: read.more_in,
    }))
}

/// Reads with access that is good, renewed where it has to be; with it the session that was open before. Otherwise what to
/// record: nothing, where it was ended meanwhile.
async fn read_renewed(
    deps: &Deps,
    bank: &Bank,
    (reader, vault): (&Reader, &Vault),
    (mut access, turn): (Access, Turn<'_>),
    trace: &Trace,
) -> Result<Result<(Reading, Option<String>), Option<Told>>, Failed> {
    let (now, names) = (turn.now, named::names(&access));
    let mut is_stale = false;
    loop {
        match reader.renew(&access, is_stale, now).await {
            // What is new, and not taken either, is over for another reason than its age.
            Ok(None) if is_stale => return Ok(Err(Some(not_read(deps, bank, &names, &BankError::SignInAgain, trace).await?))),
            Ok(None) => {}
            Ok(Some(new)) => {
                let keep = RecordBank { user: bank.user, bank: bank.id, told: Told::Renewed { tokens: vault.seal(TOKENS, &new)? } };
                if deps.execute(&keep, trace).await.map_err(failed)?.is_none() {
                    return Ok(Err(None));
                }
                access = new;
            }
            Err(error) => return Ok(Err(Some(not_read(deps, bank, &names, &error, trace).await?))),
        }
        let mut before = bank.view.as_ref().map(|view| vault.open::<View>(VIEW, view)).transpose()?.unwrap_or_default();
        if let Some(session) = &mut before.session
            && let Some(told) = named::told_of(deps, session).await?
        {
            session.refused.extend(told.refused);
            session.is_over |= told.is_over;
        }
        let session_before = before.session.as_ref().map(|session| session.id.clone());
        let stands = reader.stands(&access, now).await?;
        // Asked there, and looked here: nothing is asked for that was ended in the meantime.
        if !book::is_active(deps, bank).await? {
            return Ok(Err(None));
        }
        let read = match stands {
            Ok(()) => reader.read(access, before, turn).await?,
            Err(why) => Err(why),
        };
        let why = match read {
            Ok(read) => return Ok(Ok((read, session_before))),
            Err(NotRead::Stale(old)) if !is_stale => {
                (access, is_stale) = (old, true);
                continue;
            }
            Err(why) => why,
        };
        return Ok(Err(Some(match why {
            NotRead::Stale(_) => not_read(deps, bank, &names, &BankError::SignInAgain, trace).await?,
            // Or nobody could say that it was not.
            NotRead::Bank(BankError::EndedMeanwhile) if book::is_active(deps, bank).await? => Told::Lost(Lost::ForNow),
            NotRead::Bank(BankError::EndedMeanwhile) => return Ok(Err(None)),
            NotRead::Bank(error) => not_read(deps, bank, &names, &error, trace).await?,
            NotRead::ConsentPaused => Told::Lost(Lost::Paused),
            NotRead::ConsentEnded => {
                named::forget_all(deps, &names).await?;
                Told::Lost(Lost::ForGood(BankTrouble::ConsentEnded))
            }
        })));
    }
}

/// Deletes what may be kept no longer: lines of the book, and accounts of what was last seen.
async fn lapse(deps: &Deps, bank: &Bank, trace: &Trace) -> Result<Told, Failed> {
    let tellers = bank.lapsed(deps.clock.now());
    if let Some(since) = bank.lent_since(&tellers) {
        book::lapse(deps, bank.user, &tellers, since, trace).await?;
    }
    let Some(sealed) = &bank.view else { return Ok(Told::Lapsed { tellers, view: None }) };
    let vault = deps.vault(bank.user, trace).await?;
    let mut view: View = vault.open(VIEW, sealed)?;
    view.accounts.retain(|account| !book::is_told_by(bank, &account.id, &tellers));
    view.parts.iter_mut().filter(|part| book::is_told_by(bank, &part.id, &tellers)).for_each(Part::lapse);
    Ok(Told::Lapsed { tellers, view: Some(vault.seal(VIEW, &view)?) })
}

async fn revoke(deps: &Deps, bank: &Bank, trace: &Trace) -> Result<Told, Failed> {
    let Some(reader) = reader(deps, &bank.bank).await? else { return Ok(Told::Revoked) };
    let access: Access = deps.vault(bank.user, trace).await?.open(TOKENS, sealed(&bank.tokens)?)?;
    named::forget_all(deps, &named::names(&access)).await?;
    Ok(match reader.revoke(&access, deps.clock.now()).await {
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

/// A reading in vain. Of a connection that goes on like that, its owner is told; of one that is over nobody speaks any more.
async fn not_read(deps: &Deps, bank: &Bank, names: &[String], error: &BankError, trace: &Trace) -> Result<Told, Failed> {
    let told = lost(bank, error);
    match told {
        Told::Lost(Lost::ForNow | Lost::NotBefore(_)) => care::of_stale(deps, bank, trace).await?,
        Told::Lost(Lost::ForGood(_)) => named::forget_all(deps, names).await?,
        _ => {}
    }
    Ok(told)
}

fn lost(bank: &Bank, error: &BankError) -> Told {
    tracing::warn!(bank = bank.bank, code = error.code(), "a step of a connection failed");
    let trouble = trouble(error);
    Told::Lost(match error {
        BankError::SignInAgain | BankError::LinkExpired | BankError::LinkDeclined | BankError::ForeignLink => Lost::Until(trouble),
        BankError::AccessWithdrawn | BankError::Discontinued { .. } => Lost::ForGood(trouble),
        BankError::TryLater { after_ms: Some(after_ms) } => {
            Lost::NotBefore(SignedDuration::from_millis(i64::try_from(*after_ms).unwrap_or(i64::MAX)))
        }
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
