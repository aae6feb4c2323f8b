//! The assistant: what somebody writes becomes a proposal, a decision, and an answer.
//!
//! A message is taken in four steps. It is *understood* ([`mind`], [`dialogue`]): that gives a wish of the
//! closed grammar, and nothing that acts. It is *decided* ([`decide`]): a capability says what the wish
//! comes to, and what moves money becomes a question. The decision is *written down* with its turn, in one
//! transaction. Then it is *done and answered* ([`finish`]), again if a worker dies on the way.

mod capabilities;
mod context;
mod decide;
mod dialogue;
mod files;
mod finish;
mod grammar;
mod incoming;
mod menu;
mod mind;
mod model;
pub mod people;
pub mod pin;
mod policy;
mod redact;
mod refused;
mod reply;
mod send;

pub use capabilities::{bank_news, what_moved};
pub use context::chat_language;
pub use incoming::{File, Incoming, What};

use crate::{
    apply::{Heard, failed, setup_failed, store_failed},
    deps::Deps,
};
use context::Turning;
use domain::{
    chat::{AddHandOffLines, Chat, Door, NewLine, TakeTurn},
    id::Fingerprint,
    identity::Phone,
};
use lambda::{Failed, Trace};
use store::ChatLine;
use words::{Language, Phrase, Phrasebook};

/// Works on one message of a user's.
pub async fn hear(deps: &Deps, incoming: &Incoming<'_>, trace: &Trace) -> Result<Heard, Failed> {
    let (user, door) = (incoming.user, incoming.door);
    let id = Fingerprint::of(door.code(), incoming.message);
    let (chat, is_known) = deps.store.chat(user, door, id).await.map_err(store_failed)?;
    let mut chat = chat.unwrap_or_else(|| Chat::new(user, door, deps.clock.now()));
    if let Some(doing) = &chat.doing {
        // Of this message, or of one whose worker died.
        finish::finish(deps, &chat, doing, trace).await?;
        chat.doing = None;
    }
    if is_known {
        return Ok(Heard::done("a message that was answered"));
    }
    let state = chat.state_at(deps.clock.now());
    let turning = Turning::new(deps, &chat, &state, id, trace).await?.written_at(incoming.written_at);
    let decided = decide::decide(&turning, incoming).await?;
    keep(&turning, incoming, decided.state.human_since.is_some()).await?;
    let take = TakeTurn {
        user,
        door,
        id,
        message: incoming.message.to_owned(),
        echo: decided.echo,
        after: chat.turns,
        state: decided.state,
        deed: decided.deed,
        entry: decided.entry,
    };
    let decision = take.entry.decision.clone();
    finish::take(deps, &take, trace).await?;
    Ok(Heard::done(format!("a turn: {decision}")))
}

/// Keeps what was written where somebody is to read it: a person who has been called, or the next turns, if the user lets us.
async fn keep(turning: &Turning<'_>, incoming: &Incoming<'_>, is_left_to_a_person: bool) -> Result<(), Failed> {
    let (What::Text(text) | What::Caption(text)) = incoming.what else { return Ok(()) };
    let (user, door, now) = (turning.user, turning.door, turning.now);
    let text: String = redact::redacted(text).chars().take(turning.policy.text_chars_max).collect();
    if is_left_to_a_person {
        let kept = turning.deps.store.chat_lines(user, door, now).await.map_err(store_failed)?;
        let before = kept.iter().map(|line| NewLine {
            id: Fingerprint::of("line", &format!("{} {}", line.at_s, line.text)),
            theirs: line.theirs,
            text: line.text.clone(),
        });
        let lines = before.chain([NewLine { id: turning.id, theirs: true, text }]).collect();
        let add = AddHandOffLines { user, door, lines };
        turning.deps.execute(&add, turning.trace).await.map_err(failed)?;
    } else if turning.state.remembers {
        let line = ChatLine { theirs: true, text, at_s: now.as_second() };
        turning.deps.store.add_chat_lines(user, door, vec![line], now).await.map_err(store_failed)?;
    }
    Ok(())
}

/// Tells whoever has no account here how to get one; once a day.
pub async fn greet(deps: &Deps, phone: &Phone, hash: &str) -> Result<Heard, Failed> {
    const DAY_S: i64 = 24 * 3_600;
    let hits = deps.store.hit(&format!("greeted:{hash}"), DAY_S, deps.clock.now()).await.map_err(store_failed)?;
    if hits > 1 {
        return Ok(Heard::ignored("a message of nobody whom we know"));
    }
    let phrases = Phrasebook::built_in().map_err(|why| setup_failed(why.into()))?;
    let reply = reply::Reply::text(phrases.say(Language::English, Phrase::Stranger, &[]));
    send::send(deps, Door::Meta, phone, &reply).await?;
    Ok(Heard::done("a stranger was greeted"))
}
