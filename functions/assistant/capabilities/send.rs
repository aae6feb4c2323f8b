//! Money to others, and to the user's own account.

use super::{Capability, Prepared, nothing_to_do, settles_nothing};
use crate::{
    apply::store_failed,
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
    payout::{OpenPayout, PayoutStatus},
    request::Keyed,
    transfer::OpenTransfer,
};
use lambda::Failed;
use store::ExecuteError;
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
    let fee = match receiver.moves {
        Moves::Transfer { .. } => 0,
        Moves::Payout { .. } => turning.deps.rules.payout_fee,
    };
    let amount = wish.amount().or_else(|| is_all.then(|| account.available() - fee)).filter(|amount| *amount > 0);
    let Some(amount) = amount.and_then(Amount::new) else {
        return Ok(ask("amount", wish.slots.clone(), turning.plain(Phrase::AskAmount)));
    };
    let total = amount.minor().saturating_add(fee);
    let answer = |text| Ok(Prepared::Answer(Reply::text(text)));
    if let Err(why) = account.may_spend() {
        return answer(refused::spending(turning, &why));
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
fn shown(turning: &Turning<'_>, terms: &Terms, label: &str, left: i64, question: Phrase) -> String {
    let ours = |paise| Said::Ours(rupees(paise));
    let (amount, to, left) = (("amount", ours(terms.amount)), ("to", Said::Theirs(label)), ("left", ours(left)));
    match terms.moves {
        Moves::Transfer { .. } => turning.say(Phrase::ConfirmTransfer, &[amount, to, left]),
        Moves::Payout { .. } => {
            turning.say(question, &[amount, to, left, ("fee", ours(terms.fee)), ("total", ours(terms.amount.saturating_add(terms.fee)))])
        }
    }
}

/// The terms of a question that is asked once more.
pub async fn ask_again(turning: &Turning<'_>, terms: &Terms) -> Result<String, Failed> {
    let account = turning.account().await?;
    let left = account.available() - terms.amount.saturating_add(terms.fee);
    Ok(shown(turning, terms, &label_of(&terms.moves), left, Phrase::ConfirmPayout))
}

fn label_of(moves: &Moves) -> String {
    match moves {
        Moves::Transfer { label, .. } => label.clone(),
        Moves::Payout { address, name } => format!("{} ({})", name.as_str(), address.label()),
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

/// Moves money on the terms that were confirmed: under the question's key, so once.
pub async fn carry_out(turning: &Turning<'_>, pending: &Pending) -> Result<Reply, Failed> {
    let Pends::Money(terms) = &pending.pends else { return Err(Failed::bug("no money")) };
    let whole = format!("chat {} {}", turning.user, turning.door.code());
    let request_id = format!("chat-{}", turning.id);
    let asked = Keyed::part(turning.user, &whole, &pending.id.to_string(), &terms.canonical(), request_id);
    let amount = Amount::new(terms.amount).ok_or_else(|| Failed::bug("terms without an amount"))?;
    let rules = turning.deps.rules.clone();
    let label = label_of(&terms.moves);
    let ours = |paise| Said::Ours(rupees(paise));
    let text = match &terms.moves {
        Moves::Transfer { to, .. } => {
            let command = OpenTransfer { asked, to: *to, amount, note: terms.note.clone(), hold_s: None, rules };
            match turning.deps.execute(&command, turning.trace).await {
                Ok(_) => {
                    let left = turning.account().await?.available();
                    turning.say(Phrase::Sent, &[("amount", ours(terms.amount)), ("to", Said::Theirs(&label)), ("left", ours(left))])
                }
                Err(ExecuteError::Refused(why)) => refused::transfer(turning, &why),
                Err(ExecuteError::Store(error)) => return Err(store_failed(error)),
            }
        }
        // What was shown is what is paid, or nothing.
        Moves::Payout { .. } if rules.payout_fee != terms.fee => turning.plain(Phrase::ConfirmLate),
        Moves::Payout { address, name } => {
            let (address, name) = (address.clone(), name.clone());
            let command = OpenPayout { asked, address, name, amount, note: terms.note.clone(), line: None, rules };
            match turning.deps.execute(&command, turning.trace).await {
                Ok(opened) => {
                    let phrase = match opened.value.opened_as {
                        PayoutStatus::Queued => Phrase::Paying,
                        _ => Phrase::PayingChecked,
                    };
                    turning.say(phrase, &[("amount", ours(terms.amount)), ("to", Said::Theirs(&label))])
                }
                Err(ExecuteError::Refused(why)) => refused::payout(turning, &why),
                Err(ExecuteError::Store(error)) => return Err(store_failed(error)),
            }
        }
    };
    Ok(Reply::text(text))
}
