//! Which of what was found a command needs.

use jiff::civil::Date;

use crate::amount::Numeral;
use crate::command::Command;
use crate::contact::Contact;
use crate::entity::{Reading, What};
use crate::goal::goal;
use crate::lexicon::Lexicon;
use crate::model::Model;
use crate::payee::Names;
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
        let wants = |slot: &str| command.is_none_or(|command| wanted(command).contains(&slot));
        if wants("amount") {
            slots.amount = self.reading.amounts().next();
        }
        self.contacts(&mut slots, &wants);
        self.when(&mut slots, &wants, command.is_none_or(Command::looks_back));
        self.known(&mut slots, &wants);
        if wants("accounts") {
            accounts(self.lexicon, self.reading, command, &mut slots);
        }
        let names = Names { lexicon: self.lexicon, model: self.model, reading: self.reading };
        match command {
            Some(Command::TransferMoney) if slots.to_account.is_none() && slots.vpa.is_none() => slots.payee = names.payee(),
            Some(Command::SetGoal) => slots.goal = goal(self.lexicon, self.reading),
            _ => {}
        }
        if command == Some(Command::GetTransactions) && slots.direction.is_none() && slots.payee.is_none() {
            slots.direction = self.reading.first("direction").map(str::to_owned);
        }
        slots
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

/// What a command can do something with.
fn wanted(command: Command) -> &'static [&'static str] {
    match command {
        Command::CheckBalance => &["accounts", "bank", "all"],
        Command::GetTransactions => &["date", "period", "count", "platform", "bank", "format", "accounts"],
        Command::TransferMoney => &["amount", "phone", "vpa", "accounts", "date", "every", "bank", "all"],
        Command::PayBill => &["amount", "biller", "phone", "number", "date", "every", "all"],
        Command::CashOut => &["amount", "bank", "vpa", "accounts", "all"],
        Command::GetSpendingInsights => &["category", "period", "date"],
        Command::LogIncome => &["amount", "platform", "source", "date", "period"],
        Command::LogExpense => &["amount", "category", "date"],
        Command::ConnectBank | Command::DisconnectBank => &["bank"],
        Command::SetGoal => &["amount", "date", "every", "period"],
        Command::EarningsToday => &["platform", "date", "period"],
        Command::HotZones => &["city", "platform", "date"],
        Command::SchemeCheck => &["scheme"],
        Command::LoanOffer => &["amount"],
        Command::TaxSummary => &["year", "period", "format"],
        Command::ChangeLanguage => &["language"],
        _ => &[],
    }
}
