//! A message to a [`Reading`]: amounts, then the movement, then what speaks against it, then the rest.

use bank_feed::Direction;
use jiff::Timestamp;

use crate::account::accounts;
use crate::channel::channel;
use crate::footer::footer;
use crate::gate;
use crate::issuer::IssuerKind;
use crate::lexicon::{ACCOUNT, CARD, DEBIT, FUTURE, NOUN, OFFER, PAST, THING, UPI, WALLET, YOUR};
use crate::money::{Amount, Role, amounts};
use crate::movement::{Movement, is_borne_out, is_done, movement};
use crate::party::party;
use crate::reading::{Channel, Reading, Reason, Transaction};
use crate::reference::reference;
use crate::sender::{Sender, Traffic};
use crate::text::Text;
use crate::token::Tokens;
use crate::when::when;

#[derive(Clone, Copy)]
pub struct Message<'a> {
    /// As the phone shows it. `None` where it is not known; then nothing is held against it.
    pub sender: Option<&'a str>,
    pub text: &'a str,
    pub received_at: Option<Timestamp>,
}

/// What a message tells. Never fails, whatever the text; of a long one only the beginning is read
/// ([`TEXT_BYTES_MAX`](crate::TEXT_BYTES_MAX)).
pub fn read(message: &Message<'_>) -> Reading {
    let sender = message.sender.map(Sender::parse);
    let text = Text::of(message.text);
    let tokens = Tokens::of(&text);
    let amounts = amounts(&tokens);
    if sender.is_some_and(|sender| !sender.may_tell_of_money()) {
        let is_promotion = sender.is_some_and(|sender| sender.traffic == Some(Traffic::Promotional));
        return Reading::NotATransaction(match gate::reason(&tokens, &amounts) {
            Reason::BalanceOnly | Reason::Other if is_promotion => Reason::Offer,
            Reason::BalanceOnly => Reason::Other,
            reason => reason,
        });
    }
    let end = footer(&tokens, &amounts);
    let found = movement(&tokens, &amounts, end).or_else(|| unspoken(&tokens, &amounts, end));
    let Some(found) = found.filter(|found| is_believed(&tokens, &amounts, found, end, sender)) else {
        return Reading::NotATransaction(gate::reason(&tokens, &amounts));
    };
    match transaction(&tokens, &amounts, &found, end, message.received_at) {
        Some(transaction) if is_of_the_user(&tokens, &transaction, &found, end, sender) => Reading::Transaction(Box::new(transaction)),
        _ => Reading::NotATransaction(Reason::Other),
    }
}

/// `Rs.199 … Card x4433 At NETFLIX`: no verb, but an amount, a card and a shop.
fn unspoken(tokens: &Tokens<'_>, amounts: &[Amount], end: usize) -> Option<Movement> {
    let amount = amounts.iter().position(|amount| amount.role == Role::Moved && !amount.is_bare)?;
    let has_card = accounts(tokens, end, Direction::Debit).own.is_some_and(|own| own.is_card);
    let has_verb = tokens.any(PAST) || (0..end).any(|at| tokens.has(at, DEBIT) && tokens.has(at, NOUN));
    let at = (0..end).find(|at| tokens.word(*at) == "at")?;
    let is_free = matches!(gate::reason(tokens, amounts), Reason::Other | Reason::BalanceOnly);
    (has_card && !has_verb && is_free).then_some(Movement { at, amount, direction: Direction::Debit, is_reversal: false, is_certain: true })
}

/// Whether nothing in the text takes the movement back.
fn is_believed(tokens: &Tokens<'_>, amounts: &[Amount], found: &Movement, end: usize, sender: Option<Sender<'_>>) -> bool {
    if gate::has_code(tokens) {
        return false;
    }
    let sentence = tokens.sentence(found.at);
    // "Cheque returned & A/c debited": what the return cost.
    let was_returned = found.direction == Direction::Debit && (0..found.at).any(|at| tokens.word(at) == "returned");
    let is_return = |at: usize| was_returned && at < found.at;
    let is_refused =
        (0..end).any(|at| gate::is_refusal(tokens, at) && !is_return(at) && (tokens.sentence(at) == sentence || !found.is_certain));
    let is_back = found.is_reversal || found.is_certain && found.direction == Direction::Credit;
    if is_refused && !is_back {
        return false;
    }
    let has_tail = accounts(tokens, end, found.direction).own.is_some();
    if !found.is_certain {
        let is_announced = found.is_reversal && tokens.lower().contains(" days");
        // "Reply 1 if you recognise": the bank asks, and waits.
        let is_asked = ["if you recogni", "reply yes", "reply y "].iter().any(|words| tokens.lower().contains(words));
        let is_free = !is_announced
            && !is_asked
            && match gate::reason(tokens, amounts) {
                Reason::Other | Reason::BalanceOnly => true,
                // "was successful, and you've earned 10% rewards"
                Reason::Offer => has_card(tokens, end) && is_done(tokens, found),
                _ => false,
            };
        let is_known = has_tail || sender.is_some_and(|sender| sender.is_of_money()) || is_done(tokens, found);
        return is_free && is_known && is_borne_out(tokens, found, amounts, end);
    }
    // Praise around "credited" without an account's number is bait.
    let offers = gate::offers(tokens);
    let is_advert = ["life cover", "accidental cover", "enrol for", "enrol pm"].iter().any(|words| tokens.lower().contains(words));
    let is_bait = is_advert
        || (offers >= 2 && !has_tail || offers >= 4 && found.direction == Direction::Credit)
            && reference(tokens, end).is_none()
            && !amounts.iter().any(|amount| amount.role == Role::Balance);
    !is_bait
}

fn has_card(tokens: &Tokens<'_>, end: usize) -> bool {
    (0..end).any(|at| tokens.has(at, CARD))
}

/// Whether it moved in an account, card or wallet of the user, and is no shop's receipt.
fn is_of_the_user(tokens: &Tokens<'_>, transaction: &Transaction, found: &Movement, end: usize, sender: Option<Sender<'_>>) -> bool {
    if transaction.account_last4.is_some() {
        return true;
    }
    // "credited to RAVI": somebody else's.
    let next = (found.at + 1..found.at + 9).find(|next| tokens.word(*next) == "to");
    let is_others = transaction.direction == Direction::Credit && transaction.counter_last4.is_some()
        || matches!(tokens.word(found.at), "credited" | "deposited")
            && next.is_some_and(|to| !(to + 1..to + 7).any(|place| tokens.has(place, YOUR | ACCOUNT | CARD | WALLET)));
    let is_named = (0..end).any(|at| tokens.has(at, ACCOUNT | CARD | WALLET | UPI)) || tokens.lower().contains("pay balance");
    let issuer = sender.and_then(|sender| sender.issuer());
    let is_lenders = transaction.direction == Direction::Credit && issuer.is_some_and(|issuer| issuer.kind == IssuerKind::Lender);
    let is_fund = (0..end).any(|at| matches!(tokens.word(at), "sip" | "folio")) && !found.is_certain;
    let is_traced = transaction.reference.is_some() || transaction.balance_minor.is_some();
    // A shop's wallet is told of by the shop.
    let is_known = sender.is_none_or(|sender| sender.is_of_money()) || tokens.lower().contains("pay balance");
    !is_others && !is_allotment(tokens) && (is_fund || is_named && (is_known || is_traced) || is_known && !is_lenders)
}

/// "45.12 units allotted for Rs 5,000": what a fund gave. That it was paid for, the bank tells.
fn is_allotment(tokens: &Tokens<'_>) -> bool {
    let is_done = |at: usize| !(at.saturating_sub(3)..at).any(|back| tokens.has(back, FUTURE));
    tokens.any(THING) && (0..tokens.len()).any(|at| matches!(tokens.word(at), "allotted" | "alloted") && is_done(at))
}

fn transaction(
    tokens: &Tokens<'_>,
    amounts: &[Amount],
    found: &Movement,
    end: usize,
    received_at: Option<Timestamp>,
) -> Option<Transaction> {
    let moved = amounts.get(found.amount)?;
    // What is available on a credit card is its limit, whatever the bank calls it.
    let is_credit_card = (1..end).any(|at| tokens.has(at, CARD) && tokens.word(at - 1) == "credit");
    let of_role = |role: Role| amounts.iter().find(|amount| amount.role == role && amount.first != moved.first).map(|amount| amount.minor);
    let accounts = accounts(tokens, end, found.direction);
    let reference = reference(tokens, end);
    let channel = channel(tokens, end, reference.as_deref());
    let is_card = accounts.own.as_ref().is_some_and(|own| own.is_card) || channel == Some(Channel::Card);
    let merchant = party(tokens, end, found.at, found.direction, found.is_reversal);
    let counter = accounts.counter.map(|counter| counter.tail);
    let at = when(tokens, end, received_at);
    let is_timed = at.as_ref().is_some_and(|(_, is_told)| *is_told);
    let is_own_transfer = is_own_transfer(tokens, found, end, is_card);
    Some(Transaction {
        direction: found.direction,
        amount_minor: Some(moved.minor).filter(|minor| *minor > 0)?,
        currency: moved.currency,
        account_last4: accounts.own.map(|own| own.tail),
        merchant,
        balance_minor: of_role(Role::Balance).filter(|_| !is_credit_card),
        limit_minor: of_role(Role::Limit).or_else(|| of_role(Role::Balance).filter(|_| is_credit_card)),
        fee_minor: of_role(Role::Fee),
        reference,
        channel,
        at: at.map(|(at, _)| at),
        is_timed,
        is_reversal: found.is_reversal,
        is_card,
        counter_last4: counter,
        is_own_transfer,
    })
}

/// A card's or loan's payment, a wallet that is filled, or words that say so.
fn is_own_transfer(tokens: &Tokens<'_>, found: &Movement, end: usize, is_card: bool) -> bool {
    let says_own = (0..end).any(|at| {
        matches!(tokens.word(at), "self" | "own")
            || tokens.word(at) == "to" && tokens.has(at + 1, YOUR) && found.direction == Direction::Debit
    });
    let is_payment = (0..end).any(|at| tokens.word(at) == "payment");
    let fills =
        found.direction == Direction::Credit && !found.is_reversal && (is_card && is_payment || tokens.any(WALLET) && !tokens.any(OFFER));
    // What a lender tells of an instalment has left another account of theirs.
    let repays = found.direction == Direction::Credit
        && tokens.word(found.at) == "received"
        && (0..end).any(|at| matches!(tokens.word(at), "loan" | "emi" | "instalment" | "installment"));
    says_own || fills || repays
}
