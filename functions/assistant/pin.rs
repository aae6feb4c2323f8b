//! A second factor above a limit: a page with the terms and a field for the PIN. Its address is in the chat;
//! the PIN never is.

use super::{capabilities, context::Turning, finish, reply::Reply};
use crate::{
    apply::{setup_failed, store_failed},
    deps::{Deps, PepperSecret},
};
use domain::{
    chat::{Awaits, Chat, Deed, Door, Entry, Pending, Pends, State, TakeTurn},
    engine::{Key, Record},
    id::{Fingerprint, UserId},
    pin::Pin,
};
use hmac::{Hmac, KeyInit as _, Mac as _};
use lambda::{BoxError, Failed, Trace, http::cursor::Cursors};
use sha2::Sha256;
use words::{Phrase, Said, rupees};

const SCOPE: &str = "pin of";

/// The question of a chat that waits for a PIN.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub chat: Chat,
    pub pending: Pending,
}

/// Whose PIN is asked for, and for which question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    pub user: UserId,
    pub door: Door,
    pub question: Fingerprint,
}

/// What leads to the page.
pub(super) async fn ask(turning: &Turning<'_>, pending: &Pending) -> Result<Reply, Failed> {
    let token = token(turning.deps, turning.user, turning.door, pending).await.map_err(setup_failed)?;
    let url = format!("{}/v1/chat/pin/{token}", turning.deps.public_url().map_err(setup_failed)?);
    let is_set = pin(turning.deps, turning.user).await?.is_some();
    let phrase = if is_set { Phrase::NeedsPin } else { Phrase::NoPinYet };
    let limit = ("amount", Said::Ours(rupees(turning.policy.pin_from)));
    Ok(Reply { link: Some((url, turning.plain(Phrase::ButtonOpen))), ..Reply::text(turning.say(phrase, &[limit])) }
        .and(&turning.plain(Phrase::PinNeverHere)))
}

async fn token(deps: &Deps, user: UserId, door: Door, pending: &Pending) -> Result<String, BoxError> {
    Ok(deps.cursors().await?.seal(SCOPE, &format!("{user} {} {}", door.code(), pending.id)))
}

/// `None` for what we did not write.
pub fn opened(cursors: &Cursors, token: &str) -> Option<Asked> {
    let said = cursors.open(SCOPE, token).ok()?;
    let mut parts = said.split(' ');
    let (user, door, question) = (parts.next()?, parts.next()?, parts.next()?);
    Some(Asked { user: user.parse().ok()?, door: Door::from_code(door)?, question: question.parse().ok()? })
}

/// The question, while it waits; `None` once it is answered, taken back or too old.
pub async fn waiting(deps: &Deps, asked: Asked) -> Result<Option<Waiting>, Failed> {
    let Some(Record::Chat(chat)) = deps.store.record(&Key::Chat(asked.user, asked.door)).await.map_err(store_failed)? else {
        return Ok(None);
    };
    let pending = chat.state.pending.clone();
    let is_it = |pending: &Pending| pending.id == asked.question && pending.awaits == Awaits::Pin && deps.clock.now() < pending.expires_at;
    Ok(pending.filter(is_it).map(|pending| Waiting { chat: *chat, pending }))
}

/// Carries on what the right PIN has set off, where its worker died on the way; `None` where nothing is left.
pub async fn carried_on(deps: &Deps, asked: Asked, trace: &Trace) -> Result<Option<Chat>, Failed> {
    let Some(Record::Chat(chat)) = deps.store.record(&Key::Chat(asked.user, asked.door)).await.map_err(store_failed)? else {
        return Ok(None);
    };
    match &chat.doing {
        Some(doing) if doing.turn == turn_of(asked.question) => {
            finish::finish(deps, &chat, doing, trace).await?;
            Ok(Some(*chat))
        }
        _ => Ok(None),
    }
}

/// The turn that a PIN takes.
fn turn_of(question: Fingerprint) -> Fingerprint {
    Fingerprint::of("pin", &question.to_string())
}

pub async fn pin(deps: &Deps, user: UserId) -> Result<Option<Pin>, Failed> {
    Ok(match deps.store.record(&Key::Pin(user)).await.map_err(store_failed)? {
        Some(Record::Pin(pin)) => Some(pin),
        _ => None,
    })
}

/// The keyed hash of a user's PIN.
pub fn hash(pepper: &PepperSecret, user: UserId, pin: &str) -> Result<[u8; 32], BoxError> {
    let mut mac = Hmac::<Sha256>::new_from_slice(pepper.otp.as_bytes())?;
    mac.update(format!("pin {user} {pin}").as_bytes());
    Ok(mac.finalize().into_bytes().into())
}

/// The terms in words, as they were shown.
pub async fn terms(deps: &Deps, waiting: &Waiting, trace: &Trace) -> Result<String, Failed> {
    let turning = turning(deps, &waiting.chat, waiting.pending.id, trace).await?;
    match &waiting.pending.pends {
        Pends::Command { .. } => Err(Failed::bug("a PIN for what moves no money")),
        money => capabilities::ask_again(&turning, money).await,
    }
}

async fn turning<'a>(deps: &'a Deps, chat: &'a Chat, id: Fingerprint, trace: &'a Trace) -> Result<Turning<'a>, Failed> {
    Turning::new(deps, chat, &chat.state, id, trace).await
}

/// A phrase in the language of a chat.
pub async fn say(deps: &Deps, chat: &Chat, phrase: Phrase, values: &[(&str, Said<'_>)], trace: &Trace) -> Result<String, Failed> {
    Ok(turning(deps, chat, chat_id(chat), trace).await?.say(phrase, values))
}

/// The language of a chat, as HTML names it.
pub async fn language(deps: &Deps, chat: &Chat, trace: &Trace) -> Result<&'static str, Failed> {
    Ok(turning(deps, chat, chat_id(chat), trace).await?.language.code())
}

fn chat_id(chat: &Chat) -> Fingerprint {
    Fingerprint::of(chat.door.code(), &chat.turns.to_string())
}

/// The right PIN was given: the question's last answer. It is a turn like any other, and moves money once.
pub async fn confirmed(deps: &Deps, waiting: &Waiting, trace: &Trace) -> Result<(), Failed> {
    let Waiting { chat, pending } = waiting;
    let id = turn_of(pending.id);
    let take = TakeTurn {
        user: chat.user,
        door: chat.door,
        id,
        message: format!("pin:{}", pending.id),
        echo: None,
        after: chat.turns,
        state: State { pending: None, task: None, ..chat.state.clone() },
        deed: Deed::Move(pending.clone()),
        entry: Entry {
            heard: "page".to_owned(),
            mind: "pin".to_owned(),
            proposal: None,
            decision: "confirmed".to_owned(),
            proof: pending.digest(chat.user, chat.door),
        },
    };
    finish::take(deps, &take, trace).await
}
