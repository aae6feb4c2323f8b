//! Banks and gig platforms of the user's own: connecting them, what is seen there, ending it.

use super::{Capability, Performing, Prepared, settles_nothing};
use crate::{
    apply::{failed, setup_failed, store_failed},
    assistant::{
        context::Turning,
        grammar::Wish,
        reply::{Press, Reply},
        send,
    },
    banks::{self, Begun, Entry, Kind, kind_of},
    deps::Deps,
};
use bank_feed::{Account, Balance, Currency};
use domain::{
    bank::{Bank, BankStatus, BankTrouble, RevokeBank},
    chat::{Chat, Door, Slots, State},
    id::Fingerprint,
    limits::india_time,
};
use jiff::ToSpan as _;
use lambda::{Failed, Trace};
use understanding::{Command, is_name_of};
use words::{Phrase, Said, rupees};

pub const CONNECT_BANK: Capability = Capability {
    command: Command::ConnectBank,
    prepare: |turning, wish| Box::pin(async { connect(turning, wish).await }),
    perform: |turning, slots| begin(turning, slots),
    settle: settles_nothing,
};

pub const DISCONNECT_BANK: Capability = Capability {
    command: Command::DisconnectBank,
    prepare: |turning, wish| Box::pin(async { disconnect(turning, wish).await }),
    perform: |turning, slots| end(turning, slots),
    settle: settles_nothing,
};

/// Rows of a list to choose from.
const CHOICES_MAX: usize = 9;
/// What WhatsApp takes as the title of a row.
const ROW_CHARS_MAX: usize = 24;

fn of(bank: &str) -> [(&'static str, Said<'_>); 1] {
    [("bank", Said::Theirs(bank))]
}

/// The bank or platform that is named, by a row that was pressed or in words.
fn said_in(wish: &Wish) -> Option<&str> {
    wish.slot("bank_id").or(wish.slot("bank")).or(wish.slot("platform"))
}

async fn connect(turning: &Turning<'_>, wish: &Wish) -> Result<Prepared, Failed> {
    let Some(said) = said_in(wish) else { return choose(turning, Phrase::Banks).await };
    Ok(match banks::named(said) {
        Some(entry) if entry.closed.is_some() => Prepared::Answer(Reply::text(turning.say(Phrase::BankGone, &of(&entry.name)))),
        Some(entry) => Prepared::Do(Slots::from([("bank".to_owned(), entry.id.clone())])),
        None => return choose(turning, Phrase::BankUnknown).await,
    })
}

/// The banks that there are, to choose from.
async fn choose(turning: &Turning<'_>, phrase: Phrase) -> Result<Prepared, Failed> {
    let offered = banks::offered(turning.deps).await?;
    if offered.is_empty() {
        return Ok(Prepared::Answer(Reply::text(turning.plain(Phrase::NotAvailable))));
    }
    let reply = Reply { open: turning.plain(Phrase::ButtonChoose), ..Reply::text(turning.plain(phrase)) };
    let row = |reply: Reply, entry: &&Entry| {
        let title = entry.name.chars().take(ROW_CHARS_MAX).collect();
        reply.with(&Press::Slot { name: "bank_id".to_owned(), value: entry.id.clone() }, title)
    };
    Ok(Prepared::Ask { slot: "bank", slots: Slots::new(), reply: offered.iter().take(CHOICES_MAX).fold(reply, row) })
}

/// Opens the link. Whoever asks twice gets two, of which the last is good.
fn begin<'a>(turning: &'a Turning<'a>, slots: &'a Slots) -> Performing<'a> {
    Box::pin(async move {
        let entry = slots.get("bank").and_then(|id| banks::find(id)).ok_or_else(|| Failed::bug("no such bank"))?;
        let begun = banks::begin(turning.deps, turning.user, entry, Some(turning.door), turning.trace).await?;
        let say = |phrase| Reply::text(turning.say(phrase, &of(&entry.name)));
        Ok(match begun {
            Begun::Link(url) => Reply { link: Some((url, turning.plain(Phrase::ButtonOpen))), ..say(Phrase::BankLink) },
            Begun::Known => say(Phrase::BankKnown),
            Begun::Ending => Reply::text(turning.plain(Phrase::TryAgain)),
            Begun::Not(trouble) => say(in_words(trouble)),
            Begun::NotHere => say(Phrase::BankNotHere),
        })
    })
}

fn in_words(trouble: BankTrouble) -> Phrase {
    match trouble {
        BankTrouble::Declined => Phrase::BankDeclined,
        BankTrouble::LinkExpired => Phrase::BankExpired,
        BankTrouble::SignIn | BankTrouble::ConsentEnded => Phrase::BankAgain,
        BankTrouble::Paused => Phrase::BankPaused,
        BankTrouble::WithdrawnThere => Phrase::BankWithdrawn,
        BankTrouble::BankDown => Phrase::BankDown,
        BankTrouble::NoAccounts => Phrase::BankEmpty,
        BankTrouble::Discontinued => Phrase::BankGone,
    }
}

async fn disconnect(turning: &Turning<'_>, wish: &Wish) -> Result<Prepared, Failed> {
    let mut all = turning.deps.store.banks(turning.user).await.map_err(store_failed)?;
    all.retain(Bank::is_connected);
    let said = said_in(wish);
    let is_meant = |bank: &&Bank| said.is_none_or(|said| bank.bank == said || is_name_of(said, &bank.name));
    let meant: Vec<&Bank> = all.iter().filter(is_meant).collect();
    Ok(match meant.as_slice() {
        _ if all.is_empty() => Prepared::Answer(Reply::text(turning.plain(Phrase::BankNone))),
        [one] => {
            let slots = Slots::from([("bank".to_owned(), one.bank.clone())]);
            Prepared::Question { slots, reply: Reply::text(turning.say(Phrase::BankAskUnlink, &of(&one.name))) }
        }
        _ => {
            let reply = Reply { open: turning.plain(Phrase::ButtonChoose), ..Reply::text(turning.plain(Phrase::AskBank)) };
            let row = |reply: Reply, bank: &Bank| {
                let title = bank.name.chars().take(ROW_CHARS_MAX).collect();
                reply.with(&Press::Slot { name: "bank_id".to_owned(), value: bank.bank.clone() }, title)
            };
            Prepared::Ask { slot: "bank", slots: Slots::new(), reply: all.iter().take(CHOICES_MAX).fold(reply, row) }
        }
    })
}

fn end<'a>(turning: &'a Turning<'a>, slots: &'a Slots) -> Performing<'a> {
    Box::pin(async move {
        let bank = slots.get("bank").ok_or_else(|| Failed::bug("no bank"))?;
        let id = Bank::id_of(turning.user, bank);
        let ended = turning.deps.execute(&RevokeBank { user: turning.user, bank: id }, turning.trace).await.map_err(failed)?;
        Ok(Reply::text(turning.say(Phrase::BankUnlinked, &of(&ended.name))))
    })
}

/// What is seen of connected banks: a line for each account, and what is wrong. Of those that `said` names.
pub async fn seen(turning: &Turning<'_>, said: Option<&str>) -> Result<Vec<String>, Failed> {
    let all = turning.deps.store.banks(turning.user).await.map_err(store_failed)?;
    // A platform has no balance: what it tells is shown to whoever names it.
    let is_meant = |bank: &&Bank| match said {
        Some(said) => bank.bank == said || is_name_of(said, &bank.name),
        None => kind_of(&bank.bank) == Kind::Bank,
    };
    let is_meant = |bank: &&Bank| bank.is_connected() && is_meant(bank);
    let mut lines = Vec::new();
    for bank in all.iter().filter(is_meant) {
        lines.extend(lines_of(turning, bank).await?);
    }
    Ok(lines)
}

async fn lines_of(turning: &Turning<'_>, bank: &Bank) -> Result<Vec<String>, Failed> {
    let vault = turning.deps.vault(turning.user, turning.trace).await?;
    let view = banks::view(&vault, bank)?;
    let mut lines: Vec<String> = view.accounts.iter().filter_map(|account| line(turning, bank, account)).collect();
    if let Some(progress) = view.platform.as_ref().filter(|_| bank.is_shown()) {
        lines.push(earned(turning, bank, progress.is_of_fleet).await?);
    }
    if let (Some(read), false) = (bank.read_at, lines.is_empty()) {
        let read = india_time(read);
        let (day, time) = (words::written_day(read.date()), format!("{:02}:{:02}", read.hour(), read.minute()));
        lines.push(turning.say(Phrase::BankRead, &[("day", Said::Ours(day)), ("time", Said::Ours(time))]));
    }
    match bank.trouble {
        Some(trouble) => lines.push(turning.say(in_words(trouble), &of(&bank.name))),
        None if lines.is_empty() => lines.push(turning.say(Phrase::BankWaits, &of(&bank.name))),
        None => {}
    }
    Ok(lines)
}

/// What a platform says that the last days earned.
async fn earned(turning: &Turning<'_>, bank: &Bank, is_of_fleet: bool) -> Result<String, Failed> {
    if is_of_fleet {
        return Ok(turning.say(Phrase::PlatformFleet, &of(&bank.name)));
    }
    let today = india_time(turning.deps.clock.now()).date();
    let week = turning.deps.store.worked(turning.user, today.saturating_sub(6.days()), today).await.map_err(store_failed)?;
    let sum = week.iter().filter_map(|day| day.of(&bank.bank)).fold(0_i64, |sum, (total, _)| sum.saturating_add(total));
    Ok(turning.say(Phrase::PlatformLine, &[("bank", Said::Theirs(&bank.name)), ("amount", Said::Ours(rupees(sum)))]))
}

fn line(turning: &Turning<'_>, bank: &Bank, account: &Account) -> Option<String> {
    let amount = money(account.balance?);
    let which = account.masked_number.clone().or_else(|| account.name.clone()).unwrap_or_default();
    // Of many banks behind one reader, each by its own name.
    let name = if account.bank.is_empty() { &bank.name } else { &account.bank };
    let values = [("bank", Said::Theirs(name)), ("account", Said::Theirs(&which)), ("amount", Said::Ours(amount))];
    Some(turning.say(Phrase::BankLine, &values))
}

/// Other money than rupees is shown by its code.
fn money(balance: Balance) -> String {
    if balance.currency == Currency::INR {
        return rupees(balance.minor);
    }
    let decimals = balance.currency.decimals();
    let unit = 10_i64.pow(decimals);
    let (sign, minor) = (if balance.minor < 0 { "-" } else { "" }, balance.minor.unsigned_abs());
    let (whole, rest) = (minor / unit.unsigned_abs(), minor % unit.unsigned_abs());
    let fraction = if decimals == 0 { String::new() } else { format!(".{rest:0width$}", width = decimals as usize) };
    format!("{} {sign}{whole}{fraction}", balance.currency.code())
}

/// Tells a chat how connecting a bank went.
pub async fn news(deps: &Deps, bank: &Bank, door: Door, trace: &Trace) -> Result<(), Failed> {
    let found = deps.store.record(&domain::engine::Key::Chat(bank.user, door)).await.map_err(store_failed)?;
    let chat = match found {
        Some(domain::engine::Record::Chat(chat)) => *chat,
        _ => Chat::new(bank.user, door, deps.clock.now()),
    };
    let state: State = chat.state.clone();
    let id = Fingerprint::of("bank", &bank.id.to_string());
    let turning = Turning::new(deps, &chat, &state, id, trace).await?;
    let text = match bank.status {
        BankStatus::Active => {
            let mut lines = vec![turning.say(Phrase::BankConnected, &of(&bank.name))];
            lines.extend(lines_of(&turning, bank).await?);
            lines.join("\n")
        }
        _ => turning.say(in_words(bank.trouble.unwrap_or(BankTrouble::BankDown)), &of(&bank.name)),
    };
    let user = deps.store.user(bank.user).await.map_err(store_failed)?.ok_or_else(|| setup_failed("no such user".into()))?;
    send::send(deps, door, &user.phone, &Reply::text(text)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_money_than_rupees_is_shown_by_its_code() {
        let shown = |minor, code| money(Balance { minor, currency: Currency::from_code(code).unwrap(), at: None });
        assert_eq!(shown(12_345_600, "INR"), rupees(12_345_600));
        assert_eq!(shown(250_005, "NGN"), "NGN 2500.05");
        assert_eq!(shown(-5, "USD"), "USD -0.05");
        assert_eq!(shown(500, "JPY"), "JPY 500");
    }
}
