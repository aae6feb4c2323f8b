//! From a text to a command.

use jiff::civil::Date;
use linear::probabilities;

use crate::clean::clean;
use crate::command::Command;
use crate::confirmation::{confirmation, whole_text_is};
use crate::detect::language_of;
use crate::entity::{Entity, Reading};
use crate::feature::command_features;
use crate::fill::Filling;
use crate::guard::{Doubt, doubt};
use crate::language::Language;
use crate::lexicon::Lexicon;
use crate::model::{Model, ModelError};
use crate::number::number_at;
use crate::part::parts;
use crate::slots::Slots;
use crate::token::{Token, tokens};

/// Below these, a text is not understood. Money is believed later than anything else.
const CONFIDENCE_MIN: f32 = 0.30;
const MONEY_CONFIDENCE_MIN: f32 = 0.50;

static MODEL: &[u8] = include_bytes!("../model.bin");

/// What was written, by whom and when.
#[derive(Debug, Clone)]
pub struct Utterance<'u> {
    pub text: &'u str,
    /// What its writer usually writes in.
    pub language: Option<Language>,
    pub context: Option<Context>,
    /// Today, where its writer is.
    pub now: Date,
}

/// What was spoken of just before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    pub command: Option<Command>,
    /// The account spoken of last: `wallet`, `savings`.
    pub account: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Understanding {
    /// `None` where the text is no command, or not understood.
    pub command: Option<Command>,
    pub slots: Slots,
    pub language: Language,
    /// How likely the command is right, from 0 to 1; without one, how likely there is none.
    pub confidence: f32,
    /// Further facts of the same text, to be logged.
    pub also: Vec<(Command, Slots)>,
}

/// Understands texts. Holds the lexicon and the model: make one and keep it.
#[derive(Debug)]
pub struct Understander {
    lexicon: Lexicon,
    model: Model,
}

/// The command that a text was taken for, and how likely that is.
struct Choice {
    command: Option<Command>,
    confidence: f32,
}

impl Understander {
    /// # Errors
    ///
    /// A model of another version than this code: it is to be trained again.
    pub fn built_in() -> Result<Self, ModelError> {
        Ok(Self::new(Lexicon::built_in(), Model::read(MODEL)?))
    }

    pub(crate) fn new(lexicon: Lexicon, model: Model) -> Self {
        Self { lexicon, model }
    }

    /// The digest of the corpus that the model was fitted from.
    #[must_use]
    pub fn model_digest(&self) -> u64 {
        self.model.digest
    }

    /// Whether the whole text says yes or no, and nothing else. Never part of a longer text.
    #[must_use]
    pub fn confirmation(&self, text: &str) -> Option<bool> {
        confirmation(&self.lexicon, text)
    }

    /// Whether the whole text is a word that stops everything.
    #[must_use]
    pub fn is_panic(&self, text: &str) -> bool {
        whole_text_is(&self.lexicon, text, "panic")
    }

    #[must_use]
    pub fn understand(&self, utterance: &Utterance<'_>) -> Understanding {
        let text = clean(utterance.text);
        let words = tokens(&text);
        let language = language_of(&self.lexicon, Some(&self.model), &words, utterance.language);
        if self.is_panic(utterance.text) {
            return Understanding { command: Some(Command::Panic), slots: Slots::default(), language, confidence: 1.0, also: Vec::new() };
        }
        let reading = Reading::of(&self.lexicon, &text, words, Some(language.tongue));
        let mut facts = self.facts(&text, language, utterance.now);
        if !facts.is_empty() {
            let (command, slots, confidence) = facts.remove(0);
            let also = facts.into_iter().map(|(command, slots, _)| (command, slots)).collect();
            return Understanding { command: Some(command), slots, language, confidence, also };
        }
        let choice = self.choose(&reading, utterance);
        let mut slots = self.fill(&reading, choice.command, utterance.now);
        if choice.command == Some(Command::TransferMoney) && slots.to_account.is_some() && slots.from_account.is_none() {
            let account = utterance.context.as_ref().and_then(|context| context.account.clone());
            slots.from_account = account.filter(|account| slots.to_account.as_ref() != Some(account));
        }
        Understanding { command: choice.command, slots, language, confidence: choice.confidence, also: Vec::new() }
    }

    /// What a text says for a command that is already known: an answer to what was asked, or a correction.
    #[must_use]
    pub fn slots_of(&self, utterance: &Utterance<'_>, command: Command) -> Slots {
        let text = clean(utterance.text);
        let words = tokens(&text);
        let language = language_of(&self.lexicon, Some(&self.model), &words, utterance.language);
        let reading = Reading::of(&self.lexicon, &text, words, Some(language.tongue));
        self.fill(&reading, Some(command), utterance.now)
    }

    /// Every amount that a text may name, in paise: also numbers of which it does not say that they are money.
    #[must_use]
    pub fn amounts(&self, text: &str) -> Vec<i64> {
        let text = clean(text);
        let words = tokens(&text);
        let language = language_of(&self.lexicon, Some(&self.model), &words, None);
        let numbers = (0..words.len()).filter_map(|at| number_at(&self.lexicon, &words, at, Some(language.tongue)));
        let mut amounts: Vec<i64> = numbers.map(|number| number.hundredths).filter(|hundredths| *hundredths > 0).collect();
        amounts.extend(Reading::of(&self.lexicon, &text, words, Some(language.tongue)).amounts());
        amounts
    }

    fn fill(&self, reading: &Reading<'_>, command: Option<Command>, now: Date) -> Slots {
        Filling { lexicon: &self.lexicon, model: &self.model, reading, now }.slots(command)
    }

    /// Several earnings and expenses in one text, each with its amount; empty where it is not that.
    fn facts(&self, text: &str, language: Language, now: Date) -> Vec<(Command, Slots, f32)> {
        let Some(pieces) = parts(text) else { return Vec::new() };
        let facts: Option<Vec<_>> = pieces
            .into_iter()
            .map(|piece| {
                let reading = Reading::of(&self.lexicon, piece, tokens(piece), Some(language.tongue));
                let choice = self.classify(&reading);
                let command = choice.command.filter(|command| matches!(command, Command::LogIncome | Command::LogExpense))?;
                let slots = self.fill(&reading, Some(command), now);
                slots.amount.is_some().then_some((command, slots, choice.confidence))
            })
            .collect();
        facts.unwrap_or_default()
    }

    /// The classifier's word, unless a rule knows better.
    fn choose(&self, reading: &Reading<'_>, utterance: &Utterance<'_>) -> Choice {
        let chances = self.chances(reading);
        let choice = self.best(&chances, |_| true);
        if choice.command.is_some_and(Command::moves_money)
            && let Some(doubt) = doubt(&self.lexicon, reading)
        {
            return match doubt {
                Doubt::Denied | Doubt::Supposed => Choice { command: None, confidence: 1.0 - choice.confidence / 2.0 },
                // It says that something which comes again is to end: which one is asked.
                Doubt::Ended => {
                    Choice { command: Some(Command::RecurringPayments), confidence: self.chance(&chances, Command::RecurringPayments) }
                }
                Doubt::Told => self.best(&chances, |other| !other.moves_money()),
            };
        }
        let follows = choice.command.is_none() && is_elliptic(reading);
        let before = utterance.context.as_ref().and_then(|context| context.command).filter(|command| follows && !command.moves_money());
        before.map_or(choice, |command| Choice { command: Some(command), confidence: CONFIDENCE_MIN })
    }

    fn classify(&self, reading: &Reading<'_>) -> Choice {
        self.best(&self.chances(reading), |_| true)
    }

    fn chances(&self, reading: &Reading<'_>) -> Vec<f32> {
        if !reading.words.iter().any(Token::says_something) {
            return Vec::new();
        }
        probabilities(&self.model.commands.scores(&command_features(reading)), self.model.sharpness)
    }

    /// How likely a command is that a rule knows better: never below what a command needs.
    fn chance(&self, chances: &[f32], command: Command) -> f32 {
        chances.get(command.label()).copied().unwrap_or(0.0).max(CONFIDENCE_MIN)
    }

    /// The likeliest command of those allowed, where it is likely enough and likelier than none.
    fn best(&self, chances: &[f32], allowed: impl Fn(Command) -> bool) -> Choice {
        let none = chances.get(Command::ALL.len()).copied().unwrap_or(1.0);
        let best = Command::ALL
            .iter()
            .copied()
            .filter(|&command| allowed(command))
            .map(|command| (command, chances.get(command.label()).copied().unwrap_or(0.0)))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        let Some((command, chance)) = best else { return Choice { command: None, confidence: none } };
        let least = if command.moves_money() { MONEY_CONFIDENCE_MIN } else { CONFIDENCE_MIN };
        if chance > none && chance >= least {
            Choice { command: Some(command), confidence: chance }
        } else {
            Choice { command: None, confidence: 1.0 - chance }
        }
    }
}

impl Token<'_> {
    fn says_something(&self) -> bool {
        self.kind != crate::token::Kind::Sign
    }
}

/// Whether a text only adds a day or a platform to what was asked before: "and yesterday?"
fn is_elliptic(reading: &Reading<'_>) -> bool {
    const WORDS_MAX: usize = 4;
    reading.entities.iter().any(Entity::names_something) && reading.words.iter().filter(|word| word.is_word()).count() <= WORDS_MAX
}
