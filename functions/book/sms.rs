//! What banks, cards and wallets tell by SMS, as a phone hands it on.
//!
//! A message is evidence that money moved, never proof: anybody can send one. Nothing is paid out for it.

use super::{naming, naming::Words, observe_each};
use crate::{deps::Deps, vault::Vault};
use bank_feed::{Currency, Direction};
use domain::{
    Timestamp,
    book::{Flow, Nature, Placed, Seen, Sighting, Source},
    id::{Fingerprint, UserId},
    limits::india_time,
};
use jiff::SignedDuration;
use lambda::{Failed, Trace};
use serde::{Deserialize, Serialize};
use sms_parser::{Channel, Message, Reading, Reason, Sender, Transaction, read};

/// A message as it lies on a phone.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sms {
    pub sender: Option<String>,
    pub text: String,
    pub received_at: Timestamp,
}

/// What came of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    Noted(Placed),
    /// It tells of no movement.
    Nothing(Reason),
    /// Of money in another currency than the book's.
    Foreign,
    /// That day has no room for more.
    Full,
}

/// What texts are kept, sealed, under.
pub const RAW: &str = "sms texts";
/// For how long they are: to be read again by a better parser, and to show in a dispute.
const RAW_LASTS: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Reads messages, keeps their texts sealed for a while, and writes down what they tell.
pub async fn hear(deps: &Deps, user: UserId, all: &[Sms], trace: &Trace) -> Result<Vec<Heard>, Failed> {
    let vault = deps.vault(user, trace).await?;
    let read: Vec<Result<Seen, Heard>> = all.iter().map(|sms| seen(&vault, user, sms)).collect::<Result<_, Failed>>()?;
    keep(deps, &vault, user, all, &read).await?;
    let told: Vec<Seen> = read.iter().filter_map(|one| one.as_ref().ok()).cloned().collect();
    let mut placed = observe_each(deps, user, &told, trace).await?.into_iter();
    let heard = |one: Result<Seen, Heard>| match one {
        Ok(_) => placed.next().flatten().map_or(Heard::Full, Heard::Noted),
        Err(nothing) => nothing,
    };
    Ok(read.into_iter().map(heard).collect())
}

/// The texts of messages that tell of money; the others are nobody's business.
async fn keep(deps: &Deps, vault: &Vault, user: UserId, all: &[Sms], read: &[Result<Seen, Heard>]) -> Result<(), Failed> {
    let texts: Vec<&Sms> = all.iter().zip(read).filter(|(_, one)| one.is_ok()).map(|(sms, _)| sms).collect();
    if texts.is_empty() {
        return Ok(());
    }
    let ids: Vec<String> = read.iter().filter_map(|one| one.as_ref().ok()).map(|seen| seen.sighting.id.to_string()).collect();
    let (sealed, now) = (vault.seal(RAW, &texts)?, deps.clock.now());
    let until = now.saturating_add(RAW_LASTS).unwrap_or(now);
    // The same messages again take the place of themselves.
    let id = Fingerprint::of(&user.to_string(), &ids.join(" "));
    deps.store.keep_raw(user, id, &sealed, until).await.map_err(crate::apply::store_failed)
}

fn seen(vault: &Vault, user: UserId, sms: &Sms) -> Result<Result<Seen, Heard>, Failed> {
    let message = Message { sender: sms.sender.as_deref(), text: &sms.text, received_at: Some(sms.received_at) };
    let told = match read(&message) {
        Reading::Transaction(told) => told,
        Reading::NotATransaction(why) => return Ok(Err(Heard::Nothing(why))),
    };
    if told.currency != Currency::INR {
        return Ok(Err(Heard::Foreign));
    }
    let flow = if told.direction == Direction::Credit { Flow::In } else { Flow::Out };
    let words = Words {
        text: told.merchant.as_deref().unwrap_or_default(),
        is_credit: flow == Flow::In,
        channel: told.channel.map(channel),
        amount: told.amount_minor,
    };
    let at = told.at.clone().unwrap_or_else(|| india_time(sms.received_at));
    let sender = sms.sender.as_deref().unwrap_or_default();
    let named = naming::name(&words);
    let sighting = Sighting {
        source: Source::Sms,
        id: Fingerprint::of(&format!("sms:{user}"), &named_by(&told, sms)),
        teller: teller(&told, sender),
        at: at.timestamp(),
        is_timed: told.is_timed,
        amount: told.amount_minor,
        reference: told.reference.as_deref().and_then(|text| naming::reference(vault, text)),
        account: told.account_last4.clone().filter(|_| !is_debit_card(&told, &sms.text)),
        party: naming::party(vault, words.text),
    };
    Ok(Ok(Seen {
        sighting,
        flow,
        nature: nature(&told, flow),
        what: named.what,
        by: named.by,
        is_platform: named.is_platform,
        counter: told.counter_last4.clone(),
        name: naming::sealed(vault, words.text)?,
    }))
}

/// What a message is known again by. One that carries a number or a balance says the same of one movement only, whenever
/// it is delivered; of others each arrival is one.
fn named_by(told: &Transaction, sms: &Sms) -> String {
    let sender = sms.sender.as_deref().unwrap_or_default();
    let is_one = told.reference.is_some() || told.balance_minor.is_some();
    let arrival = if is_one { String::new() } else { sms.received_at.as_millisecond().to_string() };
    format!("{sender}\n{arrival}\n{}", sms.text)
}

/// A debit card's digits are not those of its account, by which the bank tells of the same.
fn is_debit_card(told: &Transaction, text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    told.is_card && (told.channel == Some(Channel::Atm) || text.contains("debit card") || text.contains("debitcard"))
}

/// Who writes, as the header says (`email-sms.md`, part B): of one bank's two accounts each is told of by itself.
fn teller(told: &Transaction, sender: &str) -> Fingerprint {
    let header = Sender::parse(sender).header.to_ascii_uppercase();
    Fingerprint::of("sms", &format!("{header} {}", told.account_last4.as_deref().unwrap_or_default()))
}

fn nature(told: &Transaction, flow: Flow) -> Nature {
    match flow {
        Flow::In if told.is_reversal => Nature::GivenBack,
        // A card's bill is paid: what was bought with it was told of then.
        _ if told.is_own_transfer && told.counter_last4.is_none() => Nature::OwnTransfer,
        _ => Nature::Ordinary,
    }
}

fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Upi => "upi",
        Channel::Card => "card",
        Channel::Atm => "atm",
        Channel::Neft | Channel::Rtgs => "neft",
        Channel::Imps => "imps",
        Channel::Wallet => "wallet",
        Channel::Cheque => "cheque",
        Channel::Cash => "cash",
        Channel::Netbanking => "netbanking",
        Channel::Fastag => "fastag",
        Channel::Nach | Channel::Emi => "nach",
        Channel::Other => "other",
    }
}
