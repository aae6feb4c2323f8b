//! What is clear without understanding anything: buttons, yes and no, and the word that stops everything.

use super::{
    context::Turning,
    grammar::{self, Wish},
    incoming::{Incoming, What},
    policy::Needs,
    reply::Press,
};
use domain::chat::{Answer, NotConfirmed, Pending, Slots};
use providers::messaging::consent::{Keyword, keyword};
use understanding::Command;

/// Where a message leads at once.
#[derive(Debug, PartialEq)]
pub enum AtOnce {
    Confirmed(Pending),
    /// A yes that confirms nothing.
    Refused(NotConfirmed),
    No,
    Panic,
    /// Our messages are not wanted any more, or again.
    Consent {
        stopped: bool,
    },
    /// A row of the menu, or a button that stands for more of an answer.
    Wish(Wish),
    /// What was asked for, chosen from what we offered.
    Slot {
        name: String,
        value: String,
    },
    /// A button that is none of ours.
    Foreign,
    /// A yes or a no that was spoken.
    SpokenConfirmation,
    /// Somebody else's words.
    Forwarded,
    /// A picture, a card: nothing that is read.
    Unreadable,
    TooLong,
}

/// `None` where it is to be understood.
pub fn at_once(turning: &Turning<'_>, incoming: &Incoming<'_>) -> Option<AtOnce> {
    if incoming.forwarded {
        return Some(AtOnce::Forwarded);
    }
    match incoming.what {
        What::Press(id) => Some(pressed(turning, id)),
        What::Text(text) => written(turning, incoming, text),
        What::Voice(_) | What::Photo { .. } => None,
        What::Caption(text) => (text.chars().count() > turning.policy.text_chars_max).then_some(AtOnce::TooLong),
        What::Other(_) => Some(AtOnce::Unreadable),
    }
}

fn pressed(turning: &Turning<'_>, id: &str) -> AtOnce {
    match Press::from_id(id) {
        Some(Press::Yes { id, proof }) => answered(turning, &Answer::Button { id, proof }),
        Some(Press::No { id }) if turning.state.pending.as_ref().is_some_and(|pending| pending.id == id) => AtOnce::No,
        Some(Press::No { .. }) => AtOnce::Refused(NotConfirmed::Other),
        // Whoever presses it means it: there is no text to misread.
        Some(Press::Command(name)) if name == Command::Panic.name() => AtOnce::Panic,
        Some(Press::Command(name)) => Command::from_name(&name).map_or(AtOnce::Foreign, plain),
        Some(Press::Wish { command, name, value }) => wish(turning, &command, &name, &value).map_or(AtOnce::Foreign, AtOnce::Wish),
        Some(Press::Slot { name, value }) => AtOnce::Slot { name, value },
        None => AtOnce::Foreign,
    }
}

fn plain(command: Command) -> AtOnce {
    AtOnce::Wish(Wish::new(command, Slots::new()))
}

/// Of what asks for nothing but an answer.
fn wish(turning: &Turning<'_>, command: &str, name: &str, value: &str) -> Option<Wish> {
    let wish = grammar::of_model(turning.policy, command, &serde_json::json!({ name: value }).to_string()).ok()?;
    (turning.policy.rule(wish.command)?.needs == Needs::Nothing).then_some(wish)
}

/// What a voice note says that is clear at once. It may stop everything, and confirms nothing.
pub fn spoken(turning: &Turning<'_>, text: &str) -> Option<AtOnce> {
    if text.chars().count() > turning.policy.text_chars_max {
        return Some(AtOnce::TooLong);
    }
    if turning.understander.is_panic(text) {
        return Some(AtOnce::Panic);
    }
    turning.understander.confirmation(text).map(|_| AtOnce::SpokenConfirmation)
}

fn written(turning: &Turning<'_>, incoming: &Incoming<'_>, text: &str) -> Option<AtOnce> {
    if text.chars().count() > turning.policy.text_chars_max {
        return Some(AtOnce::TooLong);
    }
    if turning.understander.is_panic(text) {
        return Some(AtOnce::Panic);
    }
    if let Some(clear) = keyword(text).and_then(|keyword| consent(turning, text, keyword)) {
        return Some(clear);
    }
    match turning.understander.confirmation(text)? {
        true => Some(answered(turning, &Answer::Word { written_at: incoming.written_at })),
        false => Some(AtOnce::No),
    }
}

/// Words that carriers act upon are a consent, and nothing else. The others among them mean no to a question,
/// while there is one.
fn consent(turning: &Turning<'_>, text: &str, keyword: Keyword) -> Option<AtOnce> {
    const ALWAYS: &[&str] = &["stop", "stop all", "stopall", "unsubscribe", "opt out", "optout"];
    let is_open = turning.state.pending.is_some() || turning.state.task.is_some();
    match keyword {
        Keyword::Stop if is_open && !ALWAYS.contains(&text.trim().to_lowercase().as_str()) => Some(AtOnce::No),
        Keyword::Stop => Some(AtOnce::Consent { stopped: true }),
        Keyword::Start => Some(AtOnce::Consent { stopped: false }),
        Keyword::Help => Some(plain(Command::Help)),
    }
}

fn answered(turning: &Turning<'_>, answer: &Answer) -> AtOnce {
    let Some(pending) = &turning.state.pending else { return AtOnce::Refused(NotConfirmed::Nothing) };
    match pending.confirmed(answer, turning.user, turning.door, turning.now) {
        Ok(()) => AtOnce::Confirmed(pending.clone()),
        Err(why) => AtOnce::Refused(why),
    }
}
