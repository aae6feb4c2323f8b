//! What one person wrote, whichever provider brought it.

use crate::{
    apply::{Heard, consent, setup_failed, store_failed},
    assistant::{self, File, Incoming, What},
    deps::{Deps, PepperSecret},
    queues::inbox::{at, twilio::channel},
    webhooks::{hear, told::Told},
};
use domain::{Timestamp, chat::Door, id::UserId, identity::Phone};
use jiff::SignedDuration;
use lambda::{BoxError, Failed, Trace, log::chain::Chain};
use providers::messaging::{
    twilio::{self, InboundKind},
    whatsapp::webhook::{self, Kind, What as Brings},
};
use store::Inbound;

const OF_ANOTHER: &str = "a message of whoever had the number before";
/// By how much Meta's clock may differ from ours.
const CLOCKS_APART: SignedDuration = SignedDuration::from_mins(5);

/// One message of theirs.
pub enum Written<'a> {
    Whatsapp { to: Option<&'a str>, message: &'a webhook::Message },
    Twilio(&'a twilio::Inbound),
}

impl<'a> Written<'a> {
    /// All that the sender wrote, in the order in which it was written.
    pub fn by(pepper: &PepperSecret, told: &'a Told, sender: &str) -> Vec<Self> {
        let is_theirs = |from: Option<String>| from.as_deref() == Some(sender);
        match told {
            Told::Whatsapp(changes) => {
                let messages = changes.iter().filter_map(|change| match &change.what {
                    Brings::Message(message) if is_theirs(hear::of_whatsapp(pepper, message)) => {
                        Some((change.phone_number_id.as_deref(), message.as_ref()))
                    }
                    _ => None,
                });
                let mut messages: Vec<_> = messages.collect();
                messages.sort_by_key(|(_, message)| message.sent_at);
                messages.into_iter().map(|(to, message)| Self::Whatsapp { to, message }).collect()
            }
            Told::TwilioMessage(message) if is_theirs(Some(hear::of_twilio(pepper, message))) => vec![Self::Twilio(message)],
            _ => Vec::new(),
        }
    }
}

pub async fn wrote(deps: &Deps, kept: &Inbound, written: &Written<'_>, trace: &Trace) -> Result<Heard, Failed> {
    match written {
        Written::Whatsapp { to, message } => {
            let ours = deps.our_number().await.map_err(setup_failed)?;
            if *to != Some(ours.as_str()) {
                return Ok(Heard::ignored("of a number that is not ours"));
            }
            by_whatsapp(deps, kept, message, trace).await
        }
        Written::Twilio(message) => by_twilio(deps, kept, message, trace).await,
    }
}

async fn by_whatsapp(deps: &Deps, kept: &Inbound, message: &webhook::Message, trace: &Trace) -> Result<Heard, Failed> {
    if message.group_id.is_some() {
        return Ok(Heard::ignored("a message in a group"));
    }
    let Some(phone) = hear::phone_of(message) else { return Ok(Heard::ignored("a message of nobody whom we know")) };
    let hash = deps.pepper().await.map_err(setup_failed)?.phone_hash(&phone);
    let at = at(kept, message.sent_at);
    deps.store.open_window(&hash, at).await.map_err(store_failed)?;
    let Some(what) = what(&message.kind) else { return Ok(Heard::done("a message that opens the window")) };
    // A message that was read is shown as read, and that an answer is on its way. Nothing depends on it.
    let (read, heard) = futures::join!(mark_read(deps, &message.id), heard(deps, &phone, &hash, message, what, at, trace));
    if let Err(why) = read {
        tracing::warn!(cause = %Chain(&*why), "a message is not shown as read");
    }
    heard
}

async fn mark_read(deps: &Deps, wamid: &str) -> Result<(), BoxError> {
    Ok(deps.whatsapp().await?.mark_read(wamid).await?)
}

async fn heard(
    deps: &Deps,
    phone: &Phone,
    hash: &str,
    message: &webhook::Message,
    what: What<'_>,
    at: Timestamp,
    trace: &Trace,
) -> Result<Heard, Failed> {
    match deps.store.user_by_phone(hash).await.map_err(store_failed)? {
        Some(user) if is_anothers(user, at) => Ok(Heard::ignored(OF_ANOTHER)),
        Some(user) => {
            let incoming = Incoming { user, door: Door::Meta, message: &message.id, written_at: at, forwarded: message.forwarded, what };
            assistant::hear(deps, &incoming, trace).await
        }
        None => assistant::greet(deps, phone, hash).await,
    }
}

/// Numbers pass from one person to the next, and an operator may have an old message worked on again.
fn is_anothers(user: UserId, written_at: Timestamp) -> bool {
    written_at < user.at() - CLOCKS_APART
}

/// What the assistant is to read; `None` for what takes no answer.
fn what(kind: &Kind) -> Option<What<'_>> {
    Some(match kind {
        Kind::Text(text) => What::Text(text.expose()),
        Kind::ButtonReply { id, .. } | Kind::ListReply { id, .. } => What::Press(id),
        // A button of a notice's template says what it says.
        Kind::TemplateButton { text, payload } => What::Text(text.as_deref().or(payload.as_deref())?),
        Kind::Image(media) => What::Photo { file: at_meta(media), caption: media.caption.as_ref().map(|caption| caption.expose()) },
        Kind::Audio { media, .. } => What::Voice(at_meta(media)),
        Kind::Video(media) | Kind::Document { media, .. } => match &media.caption {
            Some(caption) => What::Caption(caption.expose()),
            None => What::Other("media"),
        },
        Kind::Location(_) => What::Other("location"),
        Kind::Contacts => What::Other("contacts"),
        Kind::FlowReply { .. } | Kind::Order | Kind::Sticker(_) | Kind::Unsupported | Kind::Other(_) => What::Other("other"),
        // A thumb is no answer, and what is written stays written.
        Kind::Reaction { .. } | Kind::Edit { .. } | Kind::Revoke { .. } | Kind::System(_) => return None,
    })
}

fn at_meta(media: &webhook::Media) -> File<'_> {
    File::Meta { id: &media.id, sha256: media.sha256.as_deref(), mime_type: media.mime_type.as_deref() }
}

/// The first file of a message, by what it is.
fn at_twilio<'a>(message: &'a twilio::Inbound, text: &'a str) -> What<'a> {
    let caption = Some(text).filter(|text| !text.is_empty());
    let Some(media) = message.media.first() else { return What::Other("media") };
    let file = File::Twilio { url: media.url.expose(), mime_type: media.content_type.as_deref() };
    match media.content_type.as_deref().and_then(|mime| mime.split('/').next()) {
        Some("audio") => What::Voice(file),
        Some("image") => What::Photo { file, caption },
        _ => caption.map_or(What::Other("media"), What::Caption),
    }
}

/// It opens no window, which counts for the number at Meta that notices are sent from.
async fn by_twilio(deps: &Deps, kept: &Inbound, message: &twilio::Inbound, trace: &Trace) -> Result<Heard, Failed> {
    let Ok(phone) = Phone::parse(message.from.expose()) else {
        return Ok(Heard::ignored("a message of nobody whom we know"));
    };
    let text = message.text.expose();
    if message.channel != twilio::Channel::Whatsapp {
        let asked = consent::apply(deps, &phone, channel(message.channel), text, kept.received_at, trace).await?;
        return Ok(asked.unwrap_or_else(|| Heard::ignored("a message with nothing to do")));
    }
    let hash = deps.pepper().await.map_err(setup_failed)?.phone_hash(&phone);
    let Some(user) = deps.store.user_by_phone(&hash).await.map_err(store_failed)? else {
        return Ok(Heard::ignored("a message of nobody whom we know"));
    };
    if is_anothers(user, kept.received_at) {
        return Ok(Heard::ignored(OF_ANOTHER));
    }
    let what = match &message.kind {
        InboundKind::Text => What::Text(text),
        InboundKind::Button { payload: Some(payload), .. } => What::Press(payload),
        InboundKind::Button { text, payload: None } => What::Text(text),
        InboundKind::Row { id, .. } => What::Press(id),
        InboundKind::Media => at_twilio(message, text),
        InboundKind::Location { .. } => What::Other("location"),
        InboundKind::Other(_) => What::Other("other"),
    };
    let incoming = Incoming {
        user,
        door: Door::Twilio,
        message: &message.sid,
        // Twilio does not tell when it was written: a word counts from when it came in.
        written_at: kept.received_at,
        forwarded: message.forwarded,
        what,
    };
    assistant::hear(deps, &incoming, trace).await
}
