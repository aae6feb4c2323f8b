//! Which of what was found a command needs.

use jiff::civil::Date;

use crate::amount::Numeral;
use crate::command::Command;
use crate::contact::Contact;
use crate::entity::{Reading, What};
use crate::goal::{goal, item};
use crate::guard::stands;
use crate::hour::hour;
use crate::lexicon::Lexicon;
use crate::model::Model;
use crate::payee::Names;
use crate::rhythm::rhythm;
use crate::side::accounts;
use crate::slots::Slots;

pub struct Filling<'a> {
    pub lexicon: &'a Lexicon,
    pub model: &'a Model,
    pub reading: &'a Reading<'a>,
    pub now: Date,
}

impl Filling<'_> {
    /// The slots of a command; of none, all that can be told without one.
    pub fn slots(&self, command: Option<Command>) -> Slots {
        let mut slots = Slots::default();
        if command.is_none() && !self.is_only_slots() {
            return slots;
        }
        let wants = |slot: &str| command.is_none_or(|command| wanted(command).contains(&slot));
        if wants("amount") {
            slots.amount = self.reading.amounts().next();
        }
        self.contacts(&mut slots, &wants);
        self.when(&mut slots, &wants, command.is_none_or(Command::looks_back));
        self.known(&mut slots, &wants);
        if wants("on") {
            rhythm(self.lexicon, self.reading, &mut slots);
        }
        if wants("accounts") {
            accounts(self.lexicon, self.reading, command, &mut slots);
        }
        let names = Names { lexicon: self.lexicon, model: self.model, reading: self.reading };
        match command {
            Some(Command::TransferMoney) if slots.to_account.is_none() && slots.vpa.is_none() => slots.payee = names.payee(),
            Some(Command::GetTransactions) => self.of_transactions(&names, &mut slots),
            Some(Command::HotZones) if slots.city.is_none() => slots.area = names.place(),
            Some(Command::RecurringPayments) => self.of_recurring(&names, &mut slots),
            Some(Command::StartMessages | Command::StopMessages) => {
                slots.topic = self.is_of_summary().then(|| "summary".to_owned());
                slots.hour = hour(self.lexicon, self.reading).map(|hour| hour.to_string());
            }
            Some(Command::SetGoal) => {
                if slots.every.is_none() {
                    slots.every = self.reading.first("rhythm").map(str::to_owned);
                }
                // A budget for petrol has a category and a rhythm, a goal has a name: a phone is saved for, petrol is not.
                let is_limit = is_budget(self.reading) || (slots.every.is_some() && item(self.lexicon, self.reading).is_none());
                slots.category = self.reading.first("category").filter(|_| is_limit).map(str::to_owned);
                if slots.category.is_none() && self.reading.first("every").is_none() {
                    slots.every = None;
                }
                if slots.category.is_none() {
                    slots.goal = goal(self.lexicon, self.reading);
                }
            }
            _ => {}
        }
        slots
    }

    /// Who sent or got money, and which way it went: what was sent *to* somebody went out, what
    /// somebody or a platform sent came in.
    fn of_transactions(&self, names: &Names<'_>, slots: &mut Slots) {
        let is_statement = slots.format.is_some() || slots.count.is_some() || slots.period.is_some();
        let said = self.reading.first("direction").map(str::to_owned);
        if !is_statement && slots.platform.is_none() && slots.bank.is_none() && slots.date.is_none() {
            if let Some(receiver) = names.receiver() {
                slots.payee = Some(receiver);
                slots.direction = Some("out".to_owned());
                return;
            }
            if slots.amount.is_none() {
                slots.payee = names.somebody();
            }
        }
        let came = slots.payee.is_some() || slots.platform.is_some();
        let went = slots.amount.is_some() && slots.payee.is_none() && slots.platform.is_none();
        slots.direction =
            said.filter(|_| !is_statement).or_else(|| came.then(|| "in".to_owned())).or_else(|| went.then(|| "out".to_owned()));
    }

    /// Which standing payment, and whether it is to end: a list names nobody but a receiver.
    fn of_recurring(&self, names: &Names<'_>, slots: &mut Slots) {
        let ends = stands(self.lexicon, self.reading, "end") || stands(self.lexicon, self.reading, "deny");
        slots.stop = ends.then(|| "true".to_owned());
        let payee = if ends && slots.biller.is_none() { names.payee() } else { names.receiver() };
        slots.payee = payee.map(|name| name.trim_end_matches("'s").trim_end_matches("’s").to_owned());
        slots.on = None;
    }

    /// The account of the day, or what was earned in each, rather than news of a payment.
    fn is_of_summary(&self) -> bool {
        let each_day = self.reading.first("every") == Some("day") || self.reading.first("daypart").is_some();
        self.reading.first("topic").is_some() || (each_day && self.reading.first("earned").is_some())
    }

    /// Whether a text names things and says nothing of them: an answer to what was asked.
    fn is_only_slots(&self) -> bool {
        self.reading.words.iter().enumerate().all(|(at, word)| {
            !word.is_word()
                || self.reading.entity_of(at).is_some()
                || (!self.lexicon.common(&word.folded).is_empty() && self.reading.words.len() < 6)
        })
    }

    fn contacts(&self, slots: &mut Slots, wants: &impl Fn(&str) -> bool) {
        for entity in &self.reading.entities {
            match &entity.what {
                What::Contact(Contact::Phone(phone)) if wants("phone") => drop(slots.phone.get_or_insert_with(|| phone.clone())),
                What::Contact(Contact::Vpa(vpa)) if wants("vpa") => drop(slots.vpa.get_or_insert_with(|| vpa.clone())),
                What::Contact(Contact::Number(number)) if wants("number") => drop(slots.number.get_or_insert_with(|| number.clone())),
                What::Numeral(Numeral::Count(count)) if wants("count") => drop(slots.count.get_or_insert(*count)),
                What::Numeral(Numeral::Year(year)) if wants("year") => drop(slots.year.get_or_insert_with(|| year.clone())),
                _ => {}
            }
        }
    }

    fn when(&self, slots: &mut Slots, wants: &impl Fn(&str) -> bool, looks_back: bool) {
        if wants("period") {
            slots.period = self.reading.first("period").filter(|&period| period != "all").map(str::to_owned);
        }
        if wants("date") && slots.period.is_none() {
            let day = self.reading.entities.iter().find_map(|entity| match entity.what {
                What::Day(day) => Some(day),
                _ => None,
            });
            slots.date = day.and_then(|day| day.date(self.now, looks_back)).map(|date| date.to_string());
        }
        if wants("every") {
            slots.every = self.reading.first("every").map(str::to_owned);
        }
    }

    fn known(&self, slots: &mut Slots, wants: &impl Fn(&str) -> bool) {
        let first = |kind: &str| if wants(kind) { self.reading.first(kind).map(str::to_owned) } else { None };
        slots.platform = first("platform");
        slots.bank = first("bank");
        slots.biller = first("biller");
        slots.category = first("category");
        slots.city = first("city");
        slots.scheme = first("scheme");
        slots.language = first("language");
        slots.format = first("format");
        slots.source = first("source");
        if wants("all") && slots.amount.is_none() && self.reading.first("all").is_some() {
            slots.all = Some(true);
        }
    }
}

fn is_budget(reading: &Reading<'_>) -> bool {
    reading
        .words
        .iter()
        .any(|word| matches!(word.skeleton.as_str(), "bujet" | "bajet" | "budget" | "limit" | "badget" | "budjet" | "bajat"))
}

/// What a command can do something with.
fn wanted(command: Command) -> &'static [&'static str] {
    match command {
        Command::CheckBalance => &["accounts", "bank"],
        Command::GetTransactions => &["amount", "date", "period", "count", "platform", "bank", "format"],
        Command::TransferMoney => &["amount", "phone", "vpa", "accounts", "date", "every", "on", "bank", "all"],
        Command::PayBill => &["amount", "biller", "phone", "number", "date", "every", "on", "all"],
        Command::CashOut => &["amount", "bank", "vpa", "accounts", "every", "on", "all"],
        Command::GetSpendingInsights => &["category", "period", "date"],
        Command::LogIncome => &["amount", "platform", "source", "date", "period"],
        Command::LogExpense => &["amount", "category", "date"],
        Command::ConnectBank | Command::DisconnectBank => &["bank", "platform"],
        Command::SetGoal => &["amount", "date", "every", "period"],
        Command::EarningsToday => &["platform", "date", "period"],
        Command::HotZones => &["city", "platform", "date"],
        Command::SchemeCheck => &["scheme"],
        Command::LoanOffer => &["amount", "every"],
        Command::TaxSummary => &["year", "period", "format", "platform"],
        Command::ChangeLanguage => &["language"],
        Command::RecurringPayments => &["biller", "every", "on"],
        _ => &[],
    }
}
