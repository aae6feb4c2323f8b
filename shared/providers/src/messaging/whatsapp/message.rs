//! What is sent: to whom, and a text or a template.
//!
//! Source: `whatsapp.md`, A6, and A3.1 for users without a telephone number. Limits count
//! characters.

use std::fmt;

use serde::Serialize;

use crate::call::{CallError, require};

const TEXT_CHARS_MAX: usize = 4096;
const CALLBACK_DATA_CHARS_MAX: usize = 512;
const INTERACTIVE_CHARS_MAX: usize = 1024;
const BUTTON_CHARS_MAX: usize = 20;
const ROW_CHARS_MAX: usize = 24;
const BUTTONS_MAX: usize = 3;
const ROWS_MAX: usize = 10;
const ID_CHARS_MAX: usize = 200;

/// A message to be sent. Does not print what it says.
#[derive(Clone)]
pub struct Outgoing<'a> {
    pub to: Recipient<'a>,
    pub content: Content<'a>,
    /// The `wamid` of the message that this one answers.
    pub reply_to: Option<&'a str>,
    /// Our own reference, at most 512 characters: it comes back with each status, and is the
    /// only way to learn what became of a message whose answer was lost.
    pub callback_data: Option<&'a str>,
}

/// Whom a message goes to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Recipient<'a> {
    /// A telephone number in E.164, with or without `+`.
    Phone(&'a str),
    /// The id of a user who may have no number for us, such as `IN.13491208655302741918`.
    User(&'a str),
}

/// What a message says.
#[derive(Clone)]
pub enum Content<'a> {
    /// At most 4096 characters, within 24 hours of what they wrote last.
    Text { body: &'a str, preview_url: bool },
    /// A template that Meta approved.
    Template {
        name: &'a str,
        /// Such as `hi` or `en_US`.
        language: &'a str,
        components: Vec<Component<'a>>,
    },
    /// A text with one to three buttons.
    Buttons { body: &'a str, buttons: Vec<Choice<'a>> },
    /// A text with a list to choose from, of at most ten rows, behind a button.
    List { body: &'a str, button: &'a str, rows: Vec<Choice<'a>> },
    /// A text with a button that opens a page.
    Link { body: &'a str, button: &'a str, url: &'a str },
    /// A file that was uploaded before.
    Document { media_id: &'a str, filename: &'a str, caption: Option<&'a str> },
}

/// Something to press, and what it brings back.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Choice<'a> {
    pub id: &'a str,
    pub title: &'a str,
}

/// A part of a template that takes parameters.
#[derive(Clone, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Component<'a> {
    Header {
        parameters: Vec<Parameter<'a>>,
    },
    Body {
        parameters: Vec<Parameter<'a>>,
    },
    Button {
        /// `quick_reply` or `url`; the copy button of a one-time password is a `url` too.
        sub_type: &'a str,
        /// From `"0"`: a text on this wire.
        index: &'a str,
        parameters: Vec<Parameter<'a>>,
    },
}

/// A value for a template.
#[derive(Clone, Serialize)]
pub struct Parameter<'a> {
    /// For templates whose parameters have names; the others go by order.
    #[serde(rename = "parameter_name", skip_serializing_if = "Option::is_none")]
    pub name: Option<&'a str>,
    #[serde(flatten)]
    pub value: ParameterValue<'a>,
}

/// What kind of value it is.
#[derive(Clone, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ParameterValue<'a> {
    /// One line without tabs, and without four spaces in a row.
    Text {
        text: &'a str,
    },
    Currency {
        currency: Currency<'a>,
    },
    /// What a quick reply brings back.
    Payload {
        payload: &'a str,
    },
    Document {
        document: Document<'a>,
    },
}

#[derive(Clone, Serialize)]
pub struct Currency<'a> {
    fallback_value: &'a str,
    code: &'static str,
    /// Thousandths of the currency's unit.
    amount_1000: i64,
}

#[derive(Clone, Serialize)]
pub struct Document<'a> {
    id: &'a str,
    filename: &'a str,
}

impl<'a> Parameter<'a> {
    #[must_use]
    pub fn text(text: &'a str) -> Self {
        Self { name: None, value: ParameterValue::Text { text } }
    }

    /// An amount in INR, with the words for it where Meta does not know the reader's language.
    ///
    /// # Errors
    ///
    /// [`CallError::NotSent`] for an amount that does not fit.
    pub fn inr(amount_paise: i64, fallback_value: &'a str) -> Result<Self, CallError> {
        let amount_1000 = amount_paise.checked_mul(10);
        require(amount_1000.is_some(), "amount", "is too large")?;
        let currency = Currency { fallback_value, code: "INR", amount_1000: amount_1000.unwrap_or_default() };
        Ok(Self { name: None, value: ParameterValue::Currency { currency } })
    }

    /// A file that was uploaded before.
    #[must_use]
    pub fn document(media_id: &'a str, filename: &'a str) -> Self {
        let document = Document { id: media_id, filename };
        Self { name: None, value: ParameterValue::Document { document } }
    }

    #[must_use]
    pub fn payload(payload: &'a str) -> Self {
        Self { name: None, value: ParameterValue::Payload { payload } }
    }

    /// The same value, for a parameter that goes by name.
    #[must_use]
    pub fn named(self, name: &'a str) -> Self {
        Self { name: Some(name), ..self }
    }
}

impl Outgoing<'_> {
    pub(super) fn require_within_limits(&self) -> Result<(), CallError> {
        match self.to {
            Recipient::Phone(phone) => {
                let digits = phone.strip_prefix('+').unwrap_or(phone);
                let fits = (8..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
                require(fits, "to", "is not a telephone number")?;
            }
            Recipient::User(id) => {
                let fits = (4..=140).contains(&id.len())
                    && id.contains('.')
                    && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
                require(fits, "recipient", "is not a user id")?;
            }
        }
        let callback_chars = self.callback_data.map_or(0, |data| data.chars().count());
        require(callback_chars <= CALLBACK_DATA_CHARS_MAX, "callback_data", "is longer than 512 characters")?;
        match &self.content {
            Content::Text { body, .. } => {
                let fits = (1..=TEXT_CHARS_MAX).contains(&body.chars().count());
                require(fits, "text.body", "is not 1 to 4096 characters")
            }
            Content::Buttons { body, buttons } => {
                require_text(body)?;
                require_choices(buttons, BUTTONS_MAX, BUTTON_CHARS_MAX)
            }
            Content::List { body, button, rows } => {
                require_text(body)?;
                require(fits(button, BUTTON_CHARS_MAX), "interactive.button", "is not 1 to 20 characters")?;
                require_choices(rows, ROWS_MAX, ROW_CHARS_MAX)
            }
            Content::Link { body, button, url } => {
                require_text(body)?;
                require(fits(button, BUTTON_CHARS_MAX), "interactive.button", "is not 1 to 20 characters")?;
                require(url.starts_with("http"), "interactive.url", "is not a URL")
            }
            Content::Document { media_id, filename, caption } => {
                require(!media_id.is_empty() && !filename.is_empty(), "document", "has no file or no name")?;
                require(caption.is_none_or(|text| fits(text, INTERACTIVE_CHARS_MAX)), "document.caption", "is not 1 to 1024 characters")
            }
            Content::Template { name, components, .. } => {
                require(!name.is_empty(), "template.name", "is empty")?;
                components.iter().flat_map(Component::parameters).try_for_each(|parameter| {
                    let one_line = match &parameter.value {
                        ParameterValue::Text { text } => !text.is_empty() && !text.contains(['\n', '\r', '\t']) && !text.contains("    "),
                        ParameterValue::Currency { .. } | ParameterValue::Payload { .. } | ParameterValue::Document { .. } => true,
                    };
                    require(one_line, "template.parameter", "is not one line of text")
                })
            }
        }
    }
}

fn fits(text: &str, chars_max: usize) -> bool {
    (1..=chars_max).contains(&text.chars().count())
}

fn require_text(body: &str) -> Result<(), CallError> {
    require(fits(body, INTERACTIVE_CHARS_MAX), "interactive.body", "is not 1 to 1024 characters")
}

/// As many as there may be, no two alike.
fn require_choices(choices: &[Choice<'_>], max: usize, title_chars_max: usize) -> Result<(), CallError> {
    require((1..=max).contains(&choices.len()), "interactive.action", "has none or too many to choose from")?;
    let is_short = choices.iter().all(|choice| fits(choice.title, title_chars_max) && fits(choice.id, ID_CHARS_MAX));
    require(is_short, "interactive.action", "has a title or an id that is empty or too long")?;
    let alike = |(n, one): (usize, &Choice<'_>)| choices[..n].iter().any(|other| other.id == one.id || other.title == one.title);
    require(!choices.iter().enumerate().any(alike), "interactive.action", "has two alike")
}

impl<'a> Component<'a> {
    fn parameters(&self) -> &[Parameter<'a>] {
        match self {
            Self::Header { parameters } | Self::Body { parameters } | Self::Button { parameters, .. } => parameters,
        }
    }
}

impl fmt::Debug for Outgoing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match &self.content {
            Content::Text { .. } => "text",
            Content::Template { name, .. } => name,
            Content::Buttons { .. } => "buttons",
            Content::List { .. } => "list",
            Content::Link { .. } => "link",
            Content::Document { .. } => "document",
        };
        f.debug_struct("Outgoing").field("content", &what).finish_non_exhaustive()
    }
}

/// A message as it crosses the wire.
#[derive(Serialize)]
pub(super) struct Envelope<'a> {
    messaging_product: &'static str,
    recipient_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recipient: Option<&'a str>,
    #[serde(flatten)]
    content: Body<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<Context<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    biz_opaque_callback_data: Option<&'a str>,
}

/// The kind of a message, and the member of that name.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Body<'a> {
    Text { text: Text<'a> },
    Template { template: Template<'a> },
    Interactive { interactive: Interactive<'a> },
    Document { document: File<'a> },
}

#[derive(Serialize)]
struct Interactive<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    body: Words<'a>,
    action: Action<'a>,
}

#[derive(Serialize)]
struct Words<'a> {
    text: &'a str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Action<'a> {
    Buttons { buttons: Vec<Button<'a>> },
    List { button: &'a str, sections: [Section<'a>; 1] },
    Link { name: &'static str, parameters: LinkParameters<'a> },
}

#[derive(Serialize)]
struct Button<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    reply: Row<'a>,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    title: &'a str,
}

#[derive(Serialize)]
struct Section<'a> {
    rows: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct LinkParameters<'a> {
    display_text: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct File<'a> {
    id: &'a str,
    filename: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<&'a str>,
}

#[derive(Serialize)]
struct Text<'a> {
    body: &'a str,
    preview_url: bool,
}

#[derive(Serialize)]
struct Template<'a> {
    name: &'a str,
    language: Language<'a>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    components: &'a [Component<'a>],
}

#[derive(Serialize)]
struct Language<'a> {
    code: &'a str,
}

#[derive(Serialize)]
struct Context<'a> {
    message_id: &'a str,
}

impl<'a> From<&'a Outgoing<'a>> for Envelope<'a> {
    fn from(message: &'a Outgoing<'a>) -> Self {
        let (to, recipient) = match message.to {
            Recipient::Phone(phone) => (Some(phone.strip_prefix('+').unwrap_or(phone)), None),
            Recipient::User(id) => (None, Some(id)),
        };
        let row = |choice: &Choice<'a>| Row { id: choice.id, title: choice.title };
        let interactive = |kind, body, action| Body::Interactive { interactive: Interactive { kind, body: Words { text: body }, action } };
        let content = match &message.content {
            Content::Text { body, preview_url } => Body::Text { text: Text { body, preview_url: *preview_url } },
            Content::Template { name, language, components } => {
                Body::Template { template: Template { name, language: Language { code: language }, components } }
            }
            Content::Buttons { body, buttons } => {
                let buttons = buttons.iter().map(|choice| Button { kind: "reply", reply: row(choice) }).collect();
                interactive("button", body, Action::Buttons { buttons })
            }
            Content::List { body, button, rows } => {
                let sections = [Section { rows: rows.iter().map(row).collect() }];
                interactive("list", body, Action::List { button, sections })
            }
            Content::Link { body, button, url } => {
                let parameters = LinkParameters { display_text: button, url };
                interactive("cta_url", body, Action::Link { name: "cta_url", parameters })
            }
            Content::Document { media_id, filename, caption } => {
                Body::Document { document: File { id: media_id, filename, caption: *caption } }
            }
        };
        Self {
            messaging_product: "whatsapp",
            recipient_type: "individual",
            to,
            recipient,
            content,
            context: message.reply_to.map(|message_id| Context { message_id }),
            biz_opaque_callback_data: message.callback_data,
        }
    }
}
