//! A file that is sent in a room. Nobody keeps files here, so its message is refused until that changes.

use crate::{client::Outcome, people::Worker};
use anyhow::{Context, Result, ensure};
use serde_json::json;

pub async fn send(asha: &Worker, ravi: &Worker) -> Result<()> {
    let asked = json!({ "name": "bill.pdf", "content_type": "application/pdf", "bytes": 20_480 });
    let file = asha.client.post("/v1/files", asked).await.ok().context("no upload")?.text("file_id");
    let room = asha.client.pay("/v1/rooms", json!({ "with": ravi.client.user() })).await.ok().context("no room")?.text("id");
    let messages = format!("/v1/rooms/{room}/messages");
    let said = asha.client.post(&messages, json!({ "client_id": "said", "text": "The bill follows" })).await;
    let said = said.ok().context("no message")?.text("id");
    let sent = asha.client.post(&messages, json!({ "client_id": "sent", "files": [file] })).await;
    ensure!(matches!(sent, Outcome::Unknown), "a file was attached that nobody keeps: {sent:?}");
    let fetched = asha.client.ask("GET", &format!("{messages}/{said}/files/{file}"), None, None).await;
    ensure!(matches!(&fetched, Outcome::No(answer) if answer.status == 404), "a file is in a message that has none: {fetched:?}");
    Ok(())
}
