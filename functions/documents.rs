//! Statements and receipts as PDF, made of a user's feed and sent into their chat.

mod made;

use crate::{
    apply::{setup_failed, store_failed},
    assistant::chat_language,
    deps::Deps,
};
use domain::{
    chat::Door,
    fact::Fact,
    id::{AccountId, UserId},
    identity::Phone,
    limits::india_time,
};
use jiff::civil::Date;
use lambda::Failed;
use papers::LINES_MAX;
use providers::messaging::whatsapp::{Content, Outgoing, Recipient};
use serde::{Deserialize, Serialize};
use words::{Phrase, Phrasebook, Said};

/// What is to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Document {
    /// From one day to another, both included.
    Statement { from: String, to: String },
    /// Of the payment that a place of the feed tells of.
    Receipt { seq: u64 },
}

/// Facts that are read at once.
const PAGE: usize = 500;
/// Behind every place of a feed.
const END: u64 = u64::MAX / 2;

/// Makes a document and sends it. It may come twice, like any answer.
pub async fn make_and_send(deps: &Deps, user: UserId, door: Door, document: &Document) -> Result<(), Failed> {
    let row = deps.store.user(user).await.map_err(store_failed)?.ok_or_else(|| Failed::bug("no such user"))?;
    let language = chat_language(deps, user, door).await?;
    let now = india_time(deps.clock.now()).datetime();
    let (bytes, name, caption) = match document {
        Document::Statement { from, to } => {
            let day = |text: &str| text.parse::<Date>().map_err(Failed::bug);
            let (from, to) = (day(from)?, day(to)?);
            let facts = movements(deps, user, from).await?;
            let bytes = made::statement(&facts, &row.phone, language, (from, to), now).map_err(Failed::bug)?;
            let values = [("from", Said::Ours(words::written_day(from))), ("to", Said::Ours(words::written_day(to)))];
            let caption = Phrasebook::built_in().map_err(Failed::bug)?.say(language, Phrase::StatementReady, &values);
            (bytes, format!("kamai-{from}-{to}.pdf"), Some(caption))
        }
        Document::Receipt { seq } => {
            let fact = deps.store.fact(AccountId::wallet_of(user), *seq).await.map_err(store_failed)?;
            let fact = fact.ok_or_else(|| Failed::bug("no such fact"))?;
            let bytes = made::receipt(&fact, &row.phone, language, now).map_err(Failed::bug)?;
            (bytes, format!("kamai-{}.pdf", fact.id()), None)
        }
    };
    send(deps, &row.phone, bytes, &name, caption.as_deref()).await
}

/// What moved from a day on, the newest first.
async fn movements(deps: &Deps, user: UserId, from: Date) -> Result<Vec<Fact>, Failed> {
    let moved = |fact: &Fact| !fact.entries.is_empty();
    let (mut facts, mut before) = (Vec::new(), END);
    loop {
        let page = deps.store.facts_before(AccountId::wallet_of(user), before, PAGE, moved).await.map_err(store_failed)?;
        let is_past = page.facts.last().is_some_and(|oldest| india_time(oldest.at).date() < from);
        facts.extend(page.facts);
        match page.before {
            Some(next) if !is_past && facts.len() <= LINES_MAX => before = next,
            _ => return Ok(facts),
        }
    }
}

async fn send(deps: &Deps, phone: &Phone, bytes: Vec<u8>, name: &str, caption: Option<&str>) -> Result<(), Failed> {
    let client = deps.whatsapp().await.map_err(setup_failed)?;
    let media_id = client.upload(bytes, "application/pdf", name).await.map_err(Failed::later)?;
    let content = Content::Document { media_id: &media_id, filename: name, caption };
    let message = Outgoing { to: Recipient::Phone(phone.e164()), content, reply_to: None, callback_data: None };
    match client.send(&message).await {
        Ok(_) => Ok(()),
        Err(error) if error.retryable() || error.may_have_been_sent() => Err(Failed::later(error)),
        Err(error) => {
            tracing::error!(%error, "a document is not taken");
            Ok(())
        }
    }
}
