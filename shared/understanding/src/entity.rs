//! What a text names: amounts, days, phones, billers. Found once, used by the classifier (which
//! does not see them, only that they are there) and for the slots.

use crate::amount::{Numeral, numeral_at};
use crate::contact::{Contact, contact_at};
use crate::day::{Day, day_at};
use crate::language::Tongue;
use crate::lexicon::{Entry, Lexicon};
use crate::token::Token;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    Numeral(Numeral),
    Contact(Contact),
    Day(Day),
    /// A form of the lexicon: all that it can mean.
    Known(Vec<Entry>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    pub what: What,
    /// The first token of it, and the first one after it.
    pub start: usize,
    pub end: usize,
}

impl Entity {
    pub fn known(&self, kind: &str) -> Option<&'static str> {
        match &self.what {
            What::Known(entries) => entries.iter().find(|entry| entry.kind == kind).map(|entry| entry.value),
            _ => None,
        }
    }

    /// Whether it is more than a word of grammar or a part of a day.
    pub fn names_something(&self) -> bool {
        const GRAMMAR: [&str; 9] = ["each", "end", "clock", "daypart", "standing", "topic", "earned", "ordinal", "date_word"];
        match &self.what {
            What::Known(entries) => entries.iter().any(|entry| !GRAMMAR.contains(&entry.kind)),
            _ => true,
        }
    }

    pub fn amount(&self) -> Option<i64> {
        match self.what {
            What::Numeral(Numeral::Amount(paise)) => Some(paise),
            _ => None,
        }
    }
}

/// A text, cut and looked through.
#[derive(Debug)]
pub struct Reading<'t> {
    pub text: &'t str,
    pub words: Vec<Token<'t>>,
    /// In the order of the text; none overlaps another.
    pub entities: Vec<Entity>,
}

impl<'t> Reading<'t> {
    pub fn of(lexicon: &Lexicon, text: &'t str, words: Vec<Token<'t>>, tongue: Option<Tongue>) -> Self {
        let mut entities = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let found = entity_at(lexicon, text, &words, at, tongue);
            let end = found.as_ref().map_or(at + 1, |(_, length)| at + (*length).max(1)).min(words.len());
            if let Some((what, _)) = found {
                entities.push(Entity { what, start: at, end });
            }
            at = end;
        }
        Self { text, words, entities }
    }

    /// The entity of which a token is part.
    pub fn entity_of(&self, token: usize) -> Option<&Entity> {
        let after = self.entities.partition_point(|entity| entity.end <= token);
        self.entities.get(after).filter(|entity| entity.start <= token)
    }

    /// The first value of a kind.
    pub fn first(&self, kind: &str) -> Option<&'static str> {
        self.entities.iter().find_map(|entity| entity.known(kind))
    }

    pub fn amounts(&self) -> impl Iterator<Item = i64> + '_ {
        self.entities.iter().filter_map(Entity::amount)
    }

    /// What was written from one token to before another.
    pub fn written(&self, start: usize, end: usize) -> &'t str {
        let from = self.words.get(start).map_or(self.text.len(), |word| word.start);
        let to = end.checked_sub(1).and_then(|last| self.words.get(last)).map_or(from, Token::end);
        self.text.get(from..to).unwrap_or_default()
    }
}

fn entity_at(lexicon: &Lexicon, text: &str, words: &[Token<'_>], at: usize, tongue: Option<Tongue>) -> Option<(What, usize)> {
    if let Some((contact, length)) = contact_at(text, words, at) {
        return Some((What::Contact(contact), length));
    }
    let known = lexicon.at(words, at);
    let numeral = || numeral_at(lexicon, words, at, tongue);
    // "2 wheeler insurance", "5 days back": a form that starts with a number and goes on.
    if let Some(found) =
        known.filter(|found| found.length > 1 && found.of("number").is_none() && found.of("unit").is_none() && found.of("day").is_none())
    {
        return Some((What::Known(found.entries.to_vec()), found.length));
    }
    if let Some((day, length)) = day_at(lexicon, words, at, tongue) {
        return Some((What::Day(day), length));
    }
    if let Some((numeral, length)) = numeral() {
        return Some((What::Numeral(numeral), length));
    }
    let found = known?;
    let entries: Vec<Entry> =
        found.entries.iter().filter(|entry| !entry.kind.starts_with("number") && fits(entry, words, at, tongue)).cloned().collect();
    (!entries.is_empty()).then_some((What::Known(entries), found.length))
}

/// Short Latin forms mean something only in their own language.
fn fits(entry: &Entry, words: &[Token<'_>], at: usize, tongue: Option<Tongue>) -> bool {
    let short = words.get(at).is_some_and(|word| word.surface.is_ascii() && word.surface.len() <= 3);
    !short || tongue.is_none() || entry.tongue.is_none() || entry.tongue == tongue || entry.tongue == Some(Tongue::English)
}
