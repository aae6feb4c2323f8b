//! A mail, read as its recipient's program reads it.

use std::collections::BTreeMap;

use mail_parser::{MessageParser, MessagePart, MimeHeaders};
use serde::Serialize;

use crate::clock;

#[derive(Clone, Serialize)]
pub struct Mail {
    /// SES' id.
    pub id: String,
    pub channel: &'static str,
    pub from: String,
    pub to: String,
    pub subject: String,
    pub text: Option<String>,
    pub html: Option<String>,
    /// As they were sent, unfolded; of a name that comes twice, the last.
    pub headers: BTreeMap<String, String>,
    pub attachments: Vec<File>,
    pub at: String,
}

#[derive(Clone, Serialize)]
pub struct File {
    name: String,
    content_type: String,
    bytes: usize,
}

impl Mail {
    pub fn read(id: &str, from: &str, to: &str, raw: &[u8]) -> Option<Self> {
        let message = MessageParser::default().parse(raw)?;
        let unfolded = |value: &str| value.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        let words = |part: &MessagePart<'_>| part.text_contents().map(str::to_owned);
        Some(Self {
            id: id.to_owned(),
            channel: "email",
            from: from.to_owned(),
            to: to.to_owned(),
            subject: message.subject().unwrap_or_default().to_owned(),
            text: message.text_bodies().find(|part| !part.is_text_html()).and_then(words),
            html: message.html_bodies().find(|part| part.is_text_html()).and_then(words),
            headers: message.headers_raw().map(|(name, value)| (name.to_owned(), unfolded(value))).collect(),
            attachments: message.attachments().map(File::read).collect(),
            at: clock::rfc3339(),
        })
    }

    /// A header, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

impl File {
    fn read(part: &MessagePart<'_>) -> Self {
        let of_type = |it: &mail_parser::ContentType<'_>| format!("{}/{}", it.ctype(), it.subtype().unwrap_or_default());
        Self {
            name: part.attachment_name().unwrap_or_default().to_owned(),
            content_type: part.content_type().map(of_type).unwrap_or_default(),
            bytes: part.contents().len(),
        }
    }
}
