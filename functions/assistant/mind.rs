//! From the user's words to a wish: by a language model where there is one, else by the built-in understanding.

use super::{
    context::Turning,
    grammar::{self, Wish},
    model,
};
use domain::chat::{Slots, Task};
use understanding::{Command, Context, Understanding, Utterance};

/// What was understood, and by whom.
pub struct Understood {
    pub wish: Option<Wish>,
    /// `built_in`, or a model's name.
    pub mind: String,
    /// BCP 47, without the script.
    pub language: Option<String>,
}

/// As sure as one must be to leave a task for another command.
const SURE: f32 = 0.6;

/// Reads a text by a model where there is one, else by the built-in understanding.
pub async fn understand(turning: &Turning<'_>, text: &str) -> Understood {
    match model::proposal(turning, text).await {
        Some(understood) => understood,
        None => built_in(turning, text),
    }
}

/// Reads a text. With a task open, it may be an answer to what was asked, or a correction.
fn built_in(turning: &Turning<'_>, text: &str) -> Understood {
    let read = turning.understander.understand(&utterance(turning, text));
    let continued = turning.state.task.as_ref().and_then(|task| continued(turning, task, text, &read));
    // An answer to what was asked is a name or a number: it is in no language.
    let language = if continued.is_some() { None } else { telling(turning, text, read.language) };
    let wish = continued.or_else(|| wish_of(turning, &read));
    Understood { wish, mind: "built_in".to_owned(), language }
}

/// In which language a text is.
pub fn language_of(turning: &Turning<'_>, text: &str) -> Option<String> {
    telling(turning, text, turning.understander.understand(&utterance(turning, text)).language)
}

/// The language of a text, where it is long enough to tell: a word or two of Latin letters are not, once one knows
/// what its writer writes in.
fn telling(turning: &Turning<'_>, text: &str, language: understanding::Language) -> Option<String> {
    const WORDS_MIN: usize = 3;
    let is_short = text.is_ascii() && text.split_whitespace().count() < WORDS_MIN;
    if is_short && turning.state.spoken.language.is_some() {
        return None;
    }
    language.to_string().split('-').next().map(str::to_owned)
}

/// What the text itself says for a command.
pub fn own_slots(turning: &Turning<'_>, text: &str, command: Command) -> Slots {
    grammar::of_built_in(turning.policy, command, &turning.understander.slots_of(&utterance(turning, text), command))
}

fn utterance<'t>(turning: &Turning<'_>, text: &'t str) -> Utterance<'t> {
    let spoken = &turning.state.spoken;
    let command = spoken.command.as_deref().and_then(Command::from_name);
    let language = spoken.language.as_deref().and_then(understanding::Language::from_code);
    Utterance { text, language, context: Some(Context { command, account: spoken.account.clone() }), now: turning.today }
}

fn wish_of(turning: &Turning<'_>, read: &Understanding) -> Option<Wish> {
    let command = read.command?;
    let of = |command, slots| grammar::of_built_in(turning.policy, command, slots);
    let also = read.also.iter().map(|(command, slots)| (*command, of(*command, slots))).collect();
    Some(Wish { command, slots: of(command, &read.slots), also })
}

/// The task with what this text adds to it or corrects; `None` where the text is of something else.
fn continued(turning: &Turning<'_>, task: &Task, text: &str, read: &Understanding) -> Option<Wish> {
    let command = Command::from_name(&task.command)?;
    let mut added = own_slots(turning, text, command);
    // A word or two that are just what was asked for are that, whatever else they may mean alone.
    let is_answer = text.split_whitespace().count() <= 2 && task.asked.as_ref().is_some_and(|asked| added.contains_key(asked));
    let is_other = read.command.is_some_and(|other| other != command) && read.confidence >= SURE;
    if is_other && !is_answer {
        return None;
    }
    if let Some(asked) = &task.asked
        && !added.contains_key(asked)
        && let Some(value) = bare(turning, asked, text)
    {
        added.clear();
        added.insert(asked.clone(), value);
    }
    if added.is_empty() { None } else { Some(Wish::new(command, merged(&task.slots, added))) }
}

/// A short text that is as a whole what was asked for.
fn bare(turning: &Turning<'_>, asked: &str, text: &str) -> Option<String> {
    const WORDS_MAX: usize = 4;
    let text = text.trim();
    let fits = text.chars().count() <= turning.policy.slot_chars_max && text.split_whitespace().count() <= WORDS_MAX;
    let is_named = match asked {
        "payee" | "goal" | "biller" | "bank" | "city" => true,
        "number" | "number_2" | "number_3" => text.chars().any(char::is_numeric),
        _ => false,
    };
    (is_named && fits && !text.is_empty() && !text.chars().any(char::is_control)).then(|| text.to_owned())
}

/// Who was named anew takes the place of who was named before, in whichever form; and so does a biller, with
/// the numbers that were for the one before.
pub fn merged(before: &Slots, added: Slots) -> Slots {
    const RECEIVER: &[&str] = &["payee", "payee_id", "phone", "vpa", "to_account"];
    const BILLER: &[&str] = &["biller", "biller_id", "number", "number_2", "number_3"];
    let mut slots = before.clone();
    if added.keys().any(|slot| RECEIVER.contains(&slot.as_str())) {
        slots.retain(|slot, _| !RECEIVER.contains(&slot.as_str()));
    }
    if added.contains_key("biller") {
        slots.retain(|slot, _| !BILLER.contains(&slot.as_str()));
    }
    slots.extend(added);
    slots
}
