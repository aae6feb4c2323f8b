//! A mailbox, as its owner sees it.
//!
//! - `GET /mailboxes/{address}/messages`: `{"items":[{id, channel, from, to, subject, text, html,
//!   headers, attachments, at}]}`, newest last. `channel` is `email`; `html` is null where there is
//!   none; `headers` has the names as they were sent; an attachment is `{name, content_type, bytes}`.
//! - `DELETE /mailboxes/{address}/messages`: 204.
//!
//! Case makes no difference to whose mailbox it is.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::mail::Mail;
use crate::reply::{self, Refused};
use crate::world::World;

#[derive(Clone, Default)]
pub struct Mailboxes {
    by_address: HashMap<String, Vec<Mail>>,
}

impl Mailboxes {
    pub fn deliver(&mut self, mail: Mail) {
        self.by_address.entry(mail.to.to_ascii_lowercase()).or_default().push(mail);
    }
}

pub fn router() -> Router<Arc<World>> {
    Router::new().route("/mailboxes/{address}/messages", get(read).delete(empty))
}

async fn read(State(world): State<Arc<World>>, Path(address): Path<String>) -> Result<Json<Value>, Refused> {
    let key = key_of(&address)?;
    let book = world.book();
    let mails = book.email.mailboxes.by_address.get(&key);
    Ok(reply::items(mails.into_iter().flatten().map(|mail| json!(mail)).collect()))
}

async fn empty(State(world): State<Arc<World>>, Path(address): Path<String>) -> Result<StatusCode, Refused> {
    let key = key_of(&address)?;
    world.book().email.mailboxes.by_address.remove(&key);
    Ok(StatusCode::NO_CONTENT)
}

fn key_of(address: &str) -> Result<String, Refused> {
    if address.contains('@') {
        Ok(address.to_ascii_lowercase())
    } else {
        Err(Refused::bad_request(format!("{address} is no e-mail address")))
    }
}
