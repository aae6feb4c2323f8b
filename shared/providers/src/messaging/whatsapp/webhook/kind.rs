//! What a message is. Source: `whatsapp.md`, A4.

use std::fmt;

use super::place::{Place, Unreadable};
use crate::personal::Personal;

/// What is kept of a text or a caption: as much as we may send.
const TEXT_CHARS_MAX: usize = 4096;
/// What is kept of a form's answers.
const ANSWERS_CHARS_MAX: usize = 16_384;
const URL_CHARS_MAX: usize = 2048;

/// The types whose content is read, each a member of that name.
const NAMES: &[&str] = &[
    "text",
    "interactive",
    "button",
    "image",
    "video",
    "sticker",
    "audio",
    "document",
    "location",
    "reaction",
    "contacts",
    "order",
    "system",
    "edit",
    "revoke",
];

/// What a message is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    Text(Personal),
    /// A button of a message of ours.
    ButtonReply {
        id: String,
        title: Option<String>,
    },
    /// A row of a list of ours.
    ListReply {
        id: String,
        title: Option<String>,
        description: Option<String>,
    },
    /// A form of ours, filled in: its answers are JSON.
    FlowReply {
        name: Option<String>,
        answers: Personal,
    },
    /// A button of a template of ours.
    TemplateButton {
        payload: Option<String>,
        text: Option<String>,
    },
    Image(Media),
    Video(Media),
    Audio {
        media: Media,
        /// Spoken into the phone, rather than a file.
        voice: bool,
    },
    Sticker(Media),
    Document {
        media: Media,
        filename: Option<Personal>,
    },
    Location(Location),
    /// Of the message with that id; without an emoji it is taken back.
    Reaction {
        message_id: String,
        emoji: Option<String>,
    },
    /// Cards out of an address book: of others, so nothing of them is kept.
    Contacts,
    Order,
    System(System),
    /// They changed what they wrote in the message with that id: to this, where it is a text.
    Edit {
        message_id: String,
        text: Option<Personal>,
    },
    /// They took back the message with that id.
    Revoke {
        message_id: String,
    },
    /// Something that Meta does not hand on; why stands beside it.
    Unsupported,
    /// A type that this version does not know, or one without its content, by its name.
    Other(String),
}

/// A file at Meta. Fetching it takes our token, which no other host is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// Good for seven days.
    pub id: String,
    pub mime_type: Option<String>,
    /// Base64.
    pub sha256: Option<String>,
    pub caption: Option<Personal>,
    pub url: Option<Personal>,
}

/// A place, in degrees. Does not print.
#[derive(Clone, PartialEq)]
pub struct Location {
    pub latitude: f64,
    pub longitude: f64,
    pub name: Option<Personal>,
    pub address: Option<Personal>,
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Location(..)")
    }
}

/// Somebody's account changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct System {
    /// Such as `user_changed_number`.
    pub name: Option<String>,
    pub new_wa_id: Option<Personal>,
    pub new_user_id: Option<Personal>,
}

impl Kind {
    pub(super) fn read(message: &Place<'_>) -> Result<Self, Unreadable> {
        let name = match message.get("type") {
            Some(_) => message.id("type")?,
            // Then it is what it holds.
            None => {
                NAMES.iter().find(|name| message.get(name).is_some()).map_or_else(|| message.id("type"), |name| Ok((*name).to_owned()))?
            }
        };
        let content = || message.part(&name);
        Ok(match name.as_str() {
            "text" => Self::Text(content()?.prose("body", TEXT_CHARS_MAX).unwrap_or_else(|| String::new().into())),
            "interactive" => match message.get("interactive") {
                Some(content) => Self::interactive(&content)?,
                // Why it has none is told beside it.
                None => Self::Other(name),
            },
            "button" => Self::TemplateButton { payload: content()?.word("payload"), text: content()?.word("text") },
            "image" => Self::Image(Media::read(&content()?)?),
            "video" => Self::Video(Media::read(&content()?)?),
            "sticker" => Self::Sticker(Media::read(&content()?)?),
            "audio" | "voice" => Self::Audio { media: Media::read(&content()?)?, voice: name == "voice" || content()?.flag("voice") },
            "document" => Self::Document { media: Media::read(&content()?)?, filename: content()?.prose("filename", 256) },
            "location" => Self::Location(Location::read(&content()?)?),
            "reaction" => Self::Reaction { message_id: content()?.id("message_id")?, emoji: content()?.text("emoji", 16) },
            "contacts" => Self::Contacts,
            "order" => Self::Order,
            "system" => Self::System(System::read(message)),
            "edit" => Self::edit(&content()?)?,
            "revoke" => Self::Revoke { message_id: content()?.id("original_message_id")? },
            "unsupported" | "unknown" => Self::Unsupported,
            _ => Self::Other(name),
        })
    }

    fn interactive(content: &Place<'_>) -> Result<Self, Unreadable> {
        let name = content.id("type")?;
        let reply = || content.part(&name);
        Ok(match name.as_str() {
            "button_reply" => Self::ButtonReply { id: reply()?.id("id")?, title: reply()?.word("title") },
            "list_reply" => {
                let reply = reply()?;
                Self::ListReply { id: reply.id("id")?, title: reply.word("title"), description: reply.word("description") }
            }
            "nfm_reply" => Self::FlowReply {
                name: reply()?.word("name"),
                answers: reply()?.prose("response_json", ANSWERS_CHARS_MAX).unwrap_or_else(|| String::new().into()),
            },
            _ => Self::Other(name),
        })
    }

    fn edit(content: &Place<'_>) -> Result<Self, Unreadable> {
        let text = content.get("message").and_then(|message| message.get("text")?.prose("body", TEXT_CHARS_MAX));
        Ok(Self::Edit { message_id: content.id("original_message_id")?, text })
    }
}

impl Media {
    fn read(content: &Place<'_>) -> Result<Self, Unreadable> {
        Ok(Self {
            id: content.id("id")?,
            mime_type: content.word("mime_type"),
            sha256: content.word("sha256"),
            caption: content.prose("caption", TEXT_CHARS_MAX),
            url: content.prose("url", URL_CHARS_MAX),
        })
    }
}

impl Location {
    fn read(content: &Place<'_>) -> Result<Self, Unreadable> {
        Ok(Self {
            latitude: content.degrees("latitude", 90.0)?,
            longitude: content.degrees("longitude", 180.0)?,
            name: content.prose("name", 256),
            address: content.prose("address", 512),
        })
    }
}

impl System {
    fn read(message: &Place<'_>) -> Self {
        let system = message.get("system");
        let of = |name| system.as_ref().and_then(|system| system.word(name));
        Self {
            name: of("type"),
            new_wa_id: of("wa_id").or_else(|| of("new_wa_id")).map(Into::into),
            new_user_id: of("user_id").map(Into::into),
        }
    }
}
