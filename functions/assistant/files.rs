//! Voice notes and photos: heard and read, and then treated as what they say. Neither confirms anything.

use super::{context::Turning, grammar::Wish, incoming::File};
use crate::apply::setup_failed;
use domain::chat::Slots;
use lambda::{Failed, log::chain::Chain};
use providers::{
    llm::Recording,
    messaging::{media::Fetched, whatsapp::media::is_sha256_of},
};
use std::{collections::BTreeSet, time::Duration};
use understanding::Command;
use upi::{Link, codes_in};

/// How long a recording may take to be heard: its speaker knows that it takes a while.
const HEARING: Duration = Duration::from_secs(6);
/// Words that are easily heard as others.
const HINTS: &str = "UPI, payout, balance, Swiggy, Zomato, rupees";

/// What a recording says.
pub enum Voice {
    Says(String),
    Nothing,
    /// There is nobody who listens.
    Unheard,
}

/// What a picture shows.
pub enum Picture {
    /// One code to pay by.
    Code { link: Box<Link>, wish: Wish },
    /// None, or several.
    NoCode,
}

/// Fetches a file; `None` where it cannot be had, or is not the one that was told of.
async fn fetch(turning: &Turning<'_>, file: File<'_>) -> Result<Option<Fetched>, Failed> {
    let fetched = match file {
        File::Meta { id, sha256, .. } => {
            let client = turning.deps.whatsapp().await.map_err(setup_failed)?;
            let fetched = client.fetch(id).await.map_err(|error| (error.retryable(), error.to_string()));
            fetched.map(|fetched| sha256.is_none_or(|told| is_sha256_of(told, &fetched.bytes)).then_some(fetched))
        }
        File::Twilio { url, .. } => {
            let texter = turning.deps.whatsapp_texter().await.map_err(setup_failed)?;
            texter.client.media(url).await.map(Some).map_err(|error| (error.retryable(), error.to_string()))
        }
    };
    match fetched {
        Ok(fetched) => Ok(fetched),
        Err((true, why)) => Err(Failed::later(why)),
        Err((false, why)) => {
            tracing::warn!(%why, "a file cannot be had");
            Ok(None)
        }
    }
}

pub async fn listen(turning: &Turning<'_>, file: File<'_>) -> Result<Voice, Failed> {
    let client = match turning.deps.llm().await {
        Ok(Some(client)) => client,
        Ok(None) => return Ok(Voice::Unheard),
        Err(why) => {
            tracing::warn!(cause = %Chain(&*why), "nobody listens to voice notes");
            return Ok(Voice::Unheard);
        }
    };
    let Some(Fetched { bytes, mime_type }) = fetch(turning, file).await? else { return Ok(Voice::Nothing) };
    let told = match file {
        File::Meta { mime_type, .. } | File::Twilio { mime_type, .. } => mime_type,
    };
    let mime = mime_type.as_deref().or(told).unwrap_or("audio/ogg");
    let language = turning.state.language.as_deref();
    let recording = Recording { audio: bytes, mime, language, prompt: Some(HINTS), budget: HEARING };
    match client.transcribe(recording).await {
        Ok(transcript) if transcript.no_speech || transcript.text.trim().is_empty() => Ok(Voice::Nothing),
        Ok(transcript) => Ok(Voice::Says(transcript.text.trim().to_owned())),
        Err(error) => {
            tracing::warn!(%error, "a voice note is not heard");
            Ok(Voice::Unheard)
        }
    }
}

pub async fn look(turning: &Turning<'_>, file: File<'_>) -> Result<Picture, Failed> {
    let Some(Fetched { bytes, .. }) = fetch(turning, file).await? else { return Ok(Picture::NoCode) };
    // Reading a picture keeps a core busy.
    let codes = tokio::task::spawn_blocking(move || codes_in(&bytes)).await.map_err(Failed::bug)?.unwrap_or_default();
    let codes: BTreeSet<String> = codes.into_iter().collect();
    let mut links: Vec<Link> = codes.iter().filter_map(|code| Link::parse(code).ok()).collect();
    // Of several, nobody can tell which is meant.
    let (Some(link), true) = (links.pop(), links.is_empty()) else { return Ok(Picture::NoCode) };
    let mut slots = Slots::from([("vpa".to_owned(), link.payee.as_str().to_owned())]);
    let fits = |name: &String| name.chars().count() <= turning.policy.slot_chars_max;
    slots.extend(link.name.clone().filter(fits).map(|name| ("payee".to_owned(), name)));
    let amount = link.amount_paise.filter(|amount| *amount <= turning.policy.amount_max);
    slots.extend(amount.map(|amount| ("amount".to_owned(), amount.to_string())));
    Ok(Picture::Code { link: Box::new(link), wish: Wish::new(Command::TransferMoney, slots) })
}
