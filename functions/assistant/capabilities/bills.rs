//! Paying bills: which biller, which customer, how much; then the question like for any payment.

use super::{Capability, Prepared, nothing_to_do, send::shown, settles_nothing};
use crate::{
    apply::store_failed,
    assistant::{
        context::Turning,
        grammar::Wish,
        refused,
        reply::{Press, Reply},
    },
    bills::{self, Asked},
};
use domain::{
    address::BillAccount,
    chat::{Moves, Slots, Terms},
};
use lambda::Failed;
use providers::bills::{AmountRefused, Biller, Client, FailureClass, FetchRequirement, FetchedBill, PaymentMode};
use std::collections::BTreeMap;
use understanding::{Command, is_name_of};
use words::{Phrase, Said, rupees};

pub const PAY_BILL: Capability = Capability {
    command: Command::PayBill,
    prepare: |turning, wish| Box::pin(async { prepare(turning, wish).await }),
    perform: nothing_to_do,
    settle: settles_nothing,
};

/// Rows of a list to choose from.
const CHOICES_MAX: usize = 9;
/// What WhatsApp takes as the title of a row.
const ROW_CHARS_MAX: usize = 24;
/// The slots of what a biller asks for, in its order.
const NUMBERS: [&str; 3] = ["number", "number_2", "number_3"];

fn answer(text: String) -> Prepared {
    Prepared::Answer(Reply::text(text))
}

async fn prepare(turning: &Turning<'_>, wish: &Wish) -> Result<Prepared, Failed> {
    let user = turning.deps.store.user(turning.user).await.map_err(store_failed)?.ok_or_else(|| Failed::bug("no such user"))?;
    let Some(client) = bills::client(turning.deps).await? else { return Ok(answer(turning.plain(Phrase::NotAvailable))) };
    let biller = match biller(turning, wish, &client).await? {
        Found::One(biller) => *biller,
        Found::Ask(asked) => return Ok(asked),
    };
    let account = match customer(turning, wish, &biller) {
        Ok(account) => account,
        Err(asked) => return Ok(*asked),
    };
    let of_biller = ("biller", Said::Theirs(biller.name.as_str()));
    let fetched = match biller.fetch_requirement() {
        FetchRequirement::NotSupported => None,
        FetchRequirement::Mandatory | FetchRequirement::Optional => {
            match bills::ask(turning.deps, turning.user, &client, user.phone.national(), &account).await? {
                Asked::Ready(bill) => Some(bill),
                Asked::Refused(FailureClass::NoBillDue) => return Ok(answer(turning.say(Phrase::BillNone, &[of_biller]))),
                Asked::Refused(FailureClass::WrongNumber | FailureClass::AccountNotOpen) => {
                    let mut slots = wish.slots.clone();
                    slots.retain(|slot, _| !NUMBERS.contains(&slot.as_str()));
                    let reply = Reply::text(turning.say(Phrase::BillWrongNumber, &[of_biller]));
                    return Ok(Prepared::Ask { slot: NUMBERS[0], slots, reply });
                }
                Asked::Refused(_) | Asked::Processing(_) | Asked::TooOften => {
                    return Ok(answer(turning.say(Phrase::BillDown, &[of_biller])));
                }
            }
        }
    };
    confirm(turning, wish, &biller, account, fetched.as_deref()).await
}

enum Found {
    One(Box<Biller>),
    Ask(Prepared),
}

async fn biller(turning: &Turning<'_>, wish: &Wish, client: &Client) -> Result<Found, Failed> {
    if let Some(id) = wish.slot("biller_id") {
        return Ok(match bills::biller(turning.deps, client, id).await? {
            Some(biller) => Found::One(Box::new(biller)),
            None => Found::Ask(which(turning, wish, &[], Phrase::BillUnknown)),
        });
    }
    let Some(said) = wish.slot("biller") else { return Ok(Found::Ask(which(turning, wish, &[], Phrase::AskBiller))) };
    let categories = bills::categories(said);
    let all = bills::billers(turning.deps, client, categories).await?;
    let mut meant: Vec<Biller> =
        all.into_iter().filter(|biller| !categories.is_empty() || is_name_of(said, biller.name.as_str())).collect();
    Ok(match meant.len() {
        0 => Found::Ask(which(turning, wish, &[], Phrase::BillUnknown)),
        1 => Found::One(Box::new(meant.remove(0))),
        _ => Found::Ask(which(turning, wish, &meant, Phrase::AskBiller)),
    })
}

/// Asks which biller it is, of several, or of all.
fn which(turning: &Turning<'_>, wish: &Wish, billers: &[Biller], phrase: Phrase) -> Prepared {
    let reply = Reply { open: turning.plain(Phrase::ButtonChoose), ..Reply::text(turning.plain(phrase)) };
    let row = |reply: Reply, biller: &Biller| {
        let title = words::one_line(biller.name.as_str(), ROW_CHARS_MAX);
        reply.with(&Press::Slot { name: "biller_id".to_owned(), value: biller.id.clone() }, title)
    };
    let mut slots = wish.slots.clone();
    slots.remove("biller");
    slots.remove("biller_id");
    Prepared::Ask { slot: "biller", slots, reply: billers.iter().take(CHOICES_MAX).fold(reply, row) }
}

/// Who the user is to the biller, as far as they have said; or what is asked for next.
fn customer(turning: &Turning<'_>, wish: &Wish, biller: &Biller) -> Result<BillAccount, Box<Prepared>> {
    let ask = |slot: &'static str, slots: Slots, text: String| Box::new(Prepared::Ask { slot, slots, reply: Reply::text(text) });
    let of_biller = ("biller", Said::Theirs(biller.name.as_str()));
    let mut values = BTreeMap::new();
    let wanted: Vec<_> = biller.customer_params.iter().filter(|param| !param.optional).collect();
    for (param, slot) in wanted.iter().zip(NUMBERS) {
        // The number that a mobile is paid for may be given as one.
        let given =
            wish.slot(slot).or_else(|| wish.slot("phone").filter(|_| slot == NUMBERS[0]).map(|phone| phone.trim_start_matches("+91")));
        let given = given.map(|value| value.chars().filter(|sign| !sign.is_whitespace()).collect::<String>());
        let slots = || {
            let mut slots = wish.slots.clone();
            slots.insert("biller_id".to_owned(), biller.id.clone());
            slots.remove(slot);
            slots
        };
        match given {
            None => {
                let text = turning.say(Phrase::BillAskNumber, &[of_biller, ("what", Said::Theirs(&param.name))]);
                return Err(ask(slot, slots(), text));
            }
            Some(value) if param.check(&value).is_err() => {
                return Err(ask(slot, slots(), turning.say(Phrase::BillWrongNumber, &[of_biller])));
            }
            Some(value) => drop(values.insert(param.name.clone(), value)),
        }
    }
    // One that wants more than we ask for is not paid here.
    bills::account(biller, &values).ok_or_else(|| Box::new(answer(turning.plain(Phrase::BillUnknown))))
}

async fn confirm(
    turning: &Turning<'_>,
    wish: &Wish,
    biller: &Biller,
    account: BillAccount,
    fetched: Option<&FetchedBill>,
) -> Result<Prepared, Failed> {
    let ours = |paise| Said::Ours(rupees(paise));
    let of_biller = ("biller", Said::Theirs(biller.name.as_str()));
    let bill = fetched.and_then(|fetched| fetched.bill.as_ref());
    let Some(amount) = wish.amount().or_else(|| bill.map(|bill| bill.amount_paise())) else {
        let mut slots = wish.slots.clone();
        slots.insert("biller_id".to_owned(), biller.id.clone());
        return Ok(Prepared::Ask { slot: "amount", slots, reply: Reply::text(turning.plain(Phrase::AskAmount)) });
    };
    let taken = biller.accepts(&PaymentMode::Wallet, amount).and_then(|()| fetched.map_or(Ok(()), |fetched| fetched.accepts(amount, None)));
    if let Err(why) = taken {
        let text = match why {
            AmountRefused::NotExact { due_paise } => turning.say(Phrase::BillAmountExact, &[of_biller, ("amount", ours(due_paise))]),
            AmountRefused::TooLow { min_paise } => {
                let max = bills::MOST;
                turning.say(Phrase::BillAmountRange, &[of_biller, ("min", ours(min_paise)), ("max", ours(max))])
            }
            AmountRefused::TooHigh { max_paise } => {
                turning.say(Phrase::BillAmountRange, &[of_biller, ("min", ours(bills::LEAST)), ("max", ours(max_paise))])
            }
            AmountRefused::NotPositive | AmountRefused::ModeNotTaken | AmountRefused::NotAMultiple { .. } => {
                turning.say(Phrase::BillDown, &[of_biller])
            }
        };
        return Ok(answer(text));
    }
    let wallet = turning.account().await?;
    if let Err(why) = wallet.may_spend() {
        return Ok(answer(refused::spending(turning, &why)));
    }
    if amount > wallet.available() {
        let why = domain::account::CannotSpend::NotEnough { short: amount - wallet.available(), available: wallet.available() };
        return Ok(answer(refused::spending(turning, &why)));
    }
    let name = bills::payee_name(biller)?;
    let number = account.masked();
    let moves = Moves::Bill { account, name, bill: fetched.map(|fetched| fetched.ref_id.clone()) };
    let terms = Terms { moves, amount, fee: 0, note: None };
    let question = shown(turning, &terms, "", wallet.available() - amount, Phrase::ConfirmBill);
    let found = bill.map(|bill| {
        let due = bill.due_date.map_or_else(|| "–".to_owned(), words::written_day);
        let values = [of_biller, ("number", Said::Ours(number)), ("amount", ours(bill.amount_paise())), ("due", Said::Ours(due))];
        turning.say(Phrase::BillFound, &values)
    });
    let reply = match found {
        Some(found) => Reply::text(found).and(&question),
        None => Reply::text(question),
    };
    Ok(Prepared::Confirm { terms: Box::new(terms), reply })
}
