//! A chat with the assistant, from the phone's side.

use crate::{phone, stack::Stack, worker::Worker};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::time::Duration;

/// What somebody writes to our number at Meta, and is answered there.
pub struct Chat<'a> {
    stack: &'a Stack,
    phone: &'a str,
    /// How much of the phone's inbox was read.
    read: usize,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    pub text: String,
    /// What may be pressed: what it brings back, and what stands on it.
    pub choices: Vec<(String, String)>,
    /// A page that it leads to.
    pub link: Option<String>,
}

impl<'a> Chat<'a> {
    /// With somebody whose phone has got everything that is told by now.
    pub async fn with(stack: &'a Stack, worker: &'a Worker) -> Result<Self> {
        let read = phone::inbox(stack, &worker.phone).await?.len();
        Ok(Self { stack, phone: &worker.phone, read })
    }

    /// Writes, and waits for the answer.
    pub async fn says(&mut self, text: &str) -> Result<Answer> {
        self.write(text).await?;
        self.answer().await
    }

    /// Writes, and waits for nothing.
    pub async fn write(&self, text: &str) -> Result<()> {
        self.send(json!({ "text": text })).await
    }

    /// Presses what has this on it, under an answer.
    pub async fn presses(&mut self, answer: &Answer, title: &str) -> Result<Answer> {
        let (id, title) = answer.choices.iter().find(|(_, known)| known == title).with_context(|| format!("no {title} in {answer:?}"))?;
        let reply = json!({ "type": "button_reply", "button_reply": { "id": id, "title": title } });
        self.send(json!({ "message": { "type": "interactive", "interactive": reply } })).await?;
        self.answer().await
    }

    async fn send(&self, message: Value) -> Result<()> {
        let url = format!("{}/phones/{}/whatsapp", self.stack.sandbox_url, self.phone.trim_start_matches('+'));
        self.stack.post(url, message).await.map(|_| ())
    }

    /// The next answer: longer than a message is tried again after its worker has died.
    pub async fn answer(&mut self) -> Result<Answer> {
        for _ in 0..9_000 {
            let inbox = phone::inbox(self.stack, self.phone).await?;
            let new = inbox.iter().enumerate().skip(self.read);
            if let Some((place, item)) = new.filter(|(_, item)| is_answer(item)).map(|(place, item)| (place, item.clone())).next() {
                self.read = place + 1;
                return Ok(read(&item));
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        bail!("no answer came to {}", self.phone)
    }
}

/// Notices come to the same phone: by templates, and in our own words under a title of their own.
fn is_answer(item: &Value) -> bool {
    let text = item["text"].as_str().unwrap_or_default();
    item["channel"] == "whatsapp" && item["template"].is_null() && !text.starts_with('*')
}

fn read(item: &Value) -> Answer {
    let action = &item["content"]["action"];
    let pair = |reply: &Value| (text(&reply["id"]), text(&reply["title"]));
    let buttons = action["buttons"].as_array().into_iter().flatten().map(|button| pair(&button["reply"]));
    let rows = action["sections"][0]["rows"].as_array().into_iter().flatten().map(pair);
    let link = action["parameters"]["url"].as_str().map(str::to_owned);
    Answer { text: text(&item["text"]), choices: buttons.chain(rows).collect(), link }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
