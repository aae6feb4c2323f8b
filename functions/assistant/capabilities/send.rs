//! Money to others, and to the user's own account.

use super::{Capability, Prepared, nothing_to_do, settles_nothing, standing};
use crate::{
    apply::{
        store_failed,
        terms::{self, Moved, NotMoved},
    },
    assistant::{
        context::Turning,
        grammar::Wish,
        refused,
        reply::{Press, Reply},
    },
};
use domain::{
    address::{Address, PayeeName, Vpa},
    chat::{Moves, Pending, Pends, Slots, Terms},
    id::PayeeId,
    identity::Phone,
    money::Amount,
    payee::Payee,
    payout::PayoutStatus,
    request::Keyed,
};
use lambda::Failed;
use understanding::{Command, is_name_of};
use words::{Phrase, Said, rupees};

/// Rows of a list to choose from.
const CHOICES_MAX: usize = 9;

pub const TRANSFER_MONEY: Capability = Capability {
    command: Command::TransferMoney,
    prepare: |turning, wish| Box::pin(prepare(turning, wish, Phrase::ConfirmPayout)),
    perform: nothing_to_do,
    settle: settles_nothing,
};

pub const CASH_OUT: Capability = Capability {
    command: Command::CashOut,
    prepare: |turning, wish| Box::pin(prepare(turning, wish, Phrase::ConfirmCashOut)),
    perform: nothing_to_do,
    settle: settles_nothing,
};

/// Where money is to go, and how it is shown.
struct Receiver {
    moves: Moves,
    label: String,
    is_new: bool,
}

/// Whom a wish means.
enum Whom {
    One(Box<Receiver>),
    Several(Vec<Payee>),
    Nobody(Option<Phrase>),
}

async fn prepare(turning: &Turning<'_>, wish: &Wish, question: Phrase) -> Result<Prepared, Failed> {
    let ask = |slot, slots: Slots, text: String| Prepared::Ask { slot, slots, reply: Reply::text(text) };
    let receiver = match whom(turning, wish).await? {
        Whom::One(receiver) => receiver,
        Whom::Several(payees) => return Ok(which(turning, wish, &payees)),
        Whom::Nobody(why) => {
            let mut slots = wish.slots.clone();
            let name = slots.remove("payee");
            for slot in ["phone", "vpa", "payee_id", "to_account"] {
                slots.remove(slot);
            }
            let text = match (why, name) {
                (Some(why), _) => turning.plain(why),
                (None, Some(name)) => turning.say(Phrase::NoPayee, &[("name", Said::Theirs(&name))]),
                (None, None) => turning.plain(Phrase::AskPayee),
            };
            return offer_payees(turning, ask("payee", slots, text)).await;
        }
    };
    let account = turning.account().await?;
    let is_all = wish.slot("all") == Some("true");
    let fee = terms::fee(turning.deps, &receiver.moves);
    let amount = wish.amount().or_else(|| is_all.then(|| account.available() - fee)).filter(|amount| *amount > 0);
    let Some(amount) = amount.and_then(Amount::new) else {
        return Ok(ask("amount", wish.slots.clone(), turning.plain(Phrase::AskAmount)));
    };
    let total = amount.minor().saturating_add(fee);
    let answer = |text| Ok(Prepared::Answer(Reply::text(text)));
    if let Err(why) = account.may_spend() {
        return answer(refused::spending(turning, &why));
    }
    if let Some(every) = standing::rhythm(wish, turning.today) {
        let terms = Terms { moves: receiver.moves, amount: amount.minor(), fee, note: None };
        let reply = Reply::text(standing::shown(turning, &terms, &receiver.label, every));
        return Ok(Prepared::Stand { terms: Box::new(terms), every, reply });
    }
    if total > account.available() {
        let why = domain::account::CannotSpend::NotEnough { short: total - account.available(), available: account.available() };
        return answer(refused::spending(turning, &why));
    }
    let terms = Terms { moves: receiver.moves, amount: amount.minor(), fee, note: None };
    let mut reply = Reply::text(shown(turning, &terms, &receiver.label, account.available() - total, question));
    if receiver.is_new {
        reply = reply.and(&turning.say(Phrase::ConfirmFirst, &[("to", Said::Theirs(&receiver.label))]));
    }
    Ok(Prepared::Confirm { terms: Box::new(terms), reply })
}

/// The terms, as they are confirmed.
pub fn shown(turning: &Turning<'_>, terms: &Terms, label: &str, left: i64, question: Phrase) -> String {
    let ours = |paise| Said::Ours(rupees(paise));
    let (amount, to, left) = (("amount", ours(terms.amount)), ("to", Said::Theirs(label)), ("left", ours(left)));
    let fee = ("fee", ours(terms.fee));
    match &terms.moves {
        Moves::Transfer { .. } => turning.say(Phrase::ConfirmTransfer, &[amount, to, left]),
        Moves::Payout { .. } => turning.say(question, &[amount, to, left, fee, ("total", ours(terms.amount.saturating_add(terms.fee)))]),
        Moves::Bill { account, name, .. } => {
            let (biller, number) = (("biller", Said::Theirs(name.as_str())), account.masked());
            turning.say(Phrase::ConfirmBill, &[amount, biller, ("number", Said::Ours(number)), fee, left])
        }
    }
}

/// The terms of a question that is asked once more.
pub async fn ask_again(turning: &Turning<'_>, pends: &Pends) -> Result<String, Failed> {
    match pends {
        Pends::Money(terms) => {
            let left = turning.account().await?.available() - terms.amount.saturating_add(terms.fee);
            Ok(shown(turning, terms, &label_of(&terms.moves), left, Phrase::ConfirmPayout))
        }
        Pends::Standing { terms, every } => Ok(standing::shown(turning, terms, &label_of(&terms.moves), *every)),
        Pends::Command { .. } => Err(Failed::bug("no money is asked about")),
    }
}

pub fn label_of(moves: &Moves) -> String {
    match moves {
        Moves::Transfer { label, .. } => label.clone(),
        Moves::Payout { address, name } => format!("{} ({})", name.as_str(), address.label()),
        Moves::Bill { account, name, .. } => format!("{} ({})", name.as_str(), account.masked()),
    }
}

async fn whom(turning: &Turning<'_>, wish: &Wish) -> Result<Whom, Failed> {
    if let Some(vpa) = wish.slot("vpa") {
        let Ok(vpa) = Vpa::parse(vpa) else { return Ok(Whom::Nobody(Some(Phrase::NotAReceiver))) };
        let address = Address::Vpa(vpa);
        let payees = turning.payees().await?;
        if let Some(payee) = payees.iter().find(|payee| payee.address == address) {
            return Ok(to_payee(payee));
        }
        let name = wish.slot("payee").and_then(|name| PayeeName::parse(name).ok()).or_else(|| name_of(&address));
        let Some(name) = name else { return Ok(Whom::Nobody(Some(Phrase::NotAReceiver))) };
        let label = address.label();
        return Ok(Whom::One(Box::new(Receiver { moves: Moves::Payout { address, name }, label, is_new: true })));
    }
    if let Some(phone) = wish.slot("phone") {
        return to_phone(turning, phone).await;
    }
    let payees = turning.payees().await?;
    if let Some(id) = wish.slot("payee_id").and_then(|id| id.parse::<PayeeId>().ok()) {
        return Ok(payees.iter().find(|payee| payee.id == id).map_or(Whom::Nobody(None), to_payee));
    }
    if let Some(name) = wish.slot("payee") {
        return Ok(named(&payees, name));
    }
    if wish.command == Command::CashOut || wish.slot("to_account").is_some() {
        let named = wish.slot("to_account").map(|name| named(&payees, name));
        return Ok(match (named, payees.as_slice()) {
            (Some(Whom::One(receiver)), _) => Whom::One(receiver),
            (_, []) => Whom::Nobody(Some(Phrase::NoOwnAccount)),
            (_, [only]) => to_payee(only),
            (_, _) => Whom::Several(payees),
        });
    }
    Ok(Whom::Nobody(None))
}

/// The payees that a name may mean.
fn named(payees: &[Payee], name: &str) -> Whom {
    let meant: Vec<&Payee> = payees.iter().filter(|payee| is_name_of(name, payee.name.as_str())).collect();
    match meant.as_slice() {
        [] => Whom::Nobody(None),
        [one] => to_payee(one),
        several => Whom::Several(several.iter().map(|payee| (*payee).clone()).collect()),
    }
}

/// The bank's own name for the account is asked when it is validated.
fn name_of(address: &Address) -> Option<PayeeName> {
    let Address::Vpa(vpa) = address else { return None };
    let name: String = vpa.as_str().split('@').next()?.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '.').collect();
    PayeeName::parse(&name).or_else(|_| PayeeName::parse("UPI payee")).ok()
}

fn to_payee(payee: &Payee) -> Whom {
    let moves = Moves::Payout { address: payee.address.clone(), name: payee.name.clone() };
    let label = label_of(&moves);
    Whom::One(Box::new(Receiver { moves, label, is_new: payee.first_paid_at.is_none() }))
}

async fn to_phone(turning: &Turning<'_>, phone: &str) -> Result<Whom, Failed> {
    let Ok(phone) = Phone::parse(phone) else { return Ok(Whom::Nobody(Some(Phrase::NotAReceiver))) };
    let pepper = turning.deps.pepper().await.map_err(crate::apply::setup_failed)?;
    let found = turning.deps.store.user_by_phone(&pepper.phone_hash(&phone)).await.map_err(store_failed)?;
    Ok(match found {
        Some(user) if user == turning.user => Whom::Nobody(Some(Phrase::ToSelf)),
        Some(to) => {
            let label = phone.e164().to_owned();
            Whom::One(Box::new(Receiver { moves: Moves::Transfer { to, label: label.clone() }, label, is_new: false }))
        }
        None => Whom::Nobody(Some(Phrase::NoRecipient)),
    })
}

fn which(turning: &Turning<'_>, wish: &Wish, payees: &[Payee]) -> Prepared {
    let name = wish.slot("payee").unwrap_or_default();
    let text =
        if name.is_empty() { turning.plain(Phrase::AskPayee) } else { turning.say(Phrase::WhichPayee, &[("name", Said::Theirs(name))]) };
    let mut slots = wish.slots.clone();
    slots.remove("payee");
    Prepared::Ask { slot: "payee", slots, reply: choices(turning, Reply::text(text), payees) }
}

/// The names of those who were paid before, under the question to whom.
async fn offer_payees(turning: &Turning<'_>, asked: Prepared) -> Result<Prepared, Failed> {
    let Prepared::Ask { slot, slots, reply } = asked else { return Ok(asked) };
    let payees = turning.payees().await?;
    Ok(Prepared::Ask { slot, slots, reply: choices(turning, reply, &payees) })
}

fn choices(turning: &Turning<'_>, reply: Reply, payees: &[Payee]) -> Reply {
    const TITLE_CHARS_MAX: usize = 20;
    let reply = Reply { open: turning.plain(Phrase::ButtonChoose), ..reply };
    let mut titles = std::collections::BTreeSet::new();
    payees.iter().take(CHOICES_MAX).fold(reply, |reply, payee| {
        let title: String = payee.name.as_str().chars().take(TITLE_CHARS_MAX).collect();
        // Two of one name are told apart by the end of their address.
        let label = payee.address.label();
        let tail: String = label.chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
        let title = if titles.contains(&title) { format!("{} {tail}", title.chars().take(11).collect::<String>()) } else { title };
        if !titles.insert(title.clone()) {
            return reply;
        }
        reply.with(&Press::Slot { name: "payee_id".to_owned(), value: payee.id.to_string() }, title)
    })
}

/// Moves money on the terms that were confirmed, or sets it up to be moved again and again: under the
/// question's key, so once.
pub async fn carry_out(turning: &Turning<'_>, pending: &Pending) -> Result<Reply, Failed> {
    let whole = format!("chat {} {}", turning.user, turning.door.code());
    let request_id = format!("chat-{}", turning.id);
    let asked = |what: &str| Keyed::part(turning.user, &whole, &pending.id.to_string(), what, request_id.clone());
    match &pending.pends {
        Pends::Money(terms) => {
            let moved = terms::carry_out(turning.deps, asked(&terms.canonical()), terms, turning.trace).await?;
            Ok(Reply::text(became(turning, terms, &moved).await?))
        }
        Pends::Standing { terms, every } => {
            standing::set_up(turning, asked(&format!("{every} {}", terms.canonical())), terms, *every).await
        }
        Pends::Command { .. } => Err(Failed::bug("no money")),
    }
}

async fn became(turning: &Turning<'_>, terms: &Terms, moved: &Moved) -> Result<String, Failed> {
    let ours = |paise| Said::Ours(rupees(paise));
    let label = label_of(&terms.moves);
    let (amount, to) = (("amount", ours(terms.amount)), ("to", Said::Theirs(&label)));
    Ok(match moved {
        Moved::Sent => turning.say(Phrase::Sent, &[amount, to, ("left", ours(turning.account().await?.available()))]),
        Moved::Payout(PayoutStatus::Queued) => turning.say(Phrase::Paying, &[amount, to]),
        Moved::Payout(_) => turning.say(Phrase::PayingChecked, &[amount, to]),
        Moved::Not(NotMoved::Transfer(why)) => refused::transfer(turning, why),
        Moved::Not(NotMoved::Payout(why)) => refused::payout(turning, why),
        Moved::Not(NotMoved::Changed) => turning.plain(Phrase::ConfirmChanged),
    })
}
