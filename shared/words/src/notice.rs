//! A notice with its values, and how each channel gets it.

use std::fmt;

use fluent_bundle::{FluentArgs, FluentValue};

use crate::amount;
use crate::catalogue::{Catalogue, Speech, Words};
use crate::clean;
use crate::day;
use crate::language::Language;
use crate::template::{Part, Template};
use crate::value::Value;

/// A title is one line, and phones show less of it.
const TITLE_CHARS_MAX: usize = 120;

/// Web push is the narrowest: a message has to stay below 3,000 bytes (`push.md`, "Encryption"),
/// and a letter may take four.
const PUSH_TITLE_CHARS_MAX: usize = 80;
const PUSH_BODY_CHARS_MAX: usize = 400;

/// With its title and a blank line within WhatsApp's 4,096 (`whatsapp.md`, A6).
const TEXT_CHARS_MAX: usize = 3900;

/// What a notice is put into words for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A notification on a phone: short, and nothing in it is markup.
    Push,
    /// A WhatsApp text, which may be styled, and the list of notices in the app.
    Text,
    /// A subject, a plain text and the same in HTML.
    Email,
}

/// A template with values that fit it. Does not print them.
#[derive(Clone)]
pub struct Notice<'c> {
    catalogue: &'c Catalogue,
    template: &'static Template,
    english: &'c Words,
    values: Vec<(&'static str, Value)>,
}

/// A notice in words. Does not print: it is somebody's money, or a code.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The language it is in.
    pub language: Language,
    /// That is English because there is no translation into the one that was asked for.
    pub fell_back: bool,
    /// Of the template.
    pub version: u32,
    /// One line; the subject of an e-mail.
    pub title: String,
    /// Lines with `\n` between them.
    pub body: String,
    /// A whole document. Only of an e-mail.
    pub html: Option<String>,
}

/// What an approved WhatsApp template is filled with.
#[derive(Clone, PartialEq, Eq)]
pub struct WhatsappValues {
    pub template: &'static str,
    /// Of its body: each is one line, and none can be styled.
    pub parameters: Vec<String>,
}

/// What a template of the SMS registry is filled with.
#[derive(Clone, PartialEq, Eq)]
pub struct SmsValues {
    pub template: &'static str,
    pub values: Vec<(&'static str, String)>,
}

impl<'c> Notice<'c> {
    pub(crate) fn new(
        catalogue: &'c Catalogue,
        template: &'static Template,
        english: &'c Words,
        values: Vec<(&'static str, Value)>,
    ) -> Self {
        Self { catalogue, template, english, values }
    }

    #[must_use]
    pub fn template(&self) -> &'static Template {
        self.template
    }

    /// The notice in a language, or in English where it is not translated.
    #[must_use]
    pub fn render(&self, language: Language, form: Form) -> Rendered {
        self.rendered(language, form, None)
    }

    /// As an e-mail that its reader may end, at an address for it.
    #[must_use]
    pub fn render_with_way_out(&self, language: Language, leave_url: &str) -> Rendered {
        self.rendered(language, Form::Email, Some(leave_url))
    }

    fn rendered(&self, language: Language, form: Form, leave_url: Option<&str>) -> Rendered {
        let in_english = (self.catalogue.english(), self.english);
        let (speech, words) = self.catalogue.translation(self.template, language).unwrap_or(in_english);
        let (title, body) = self.say(speech, words, form);
        let (title, body, html) = match form {
            Form::Push => (clean::folded(&title, PUSH_TITLE_CHARS_MAX), clean::cut(&body, PUSH_BODY_CHARS_MAX), None),
            Form::Text => (clean::folded(&title, TITLE_CHARS_MAX), clean::cut(&body, TEXT_CHARS_MAX), None),
            Form::Email => {
                let title = clean::folded(&title, TITLE_CHARS_MAX);
                let fixed = |pattern| speech.say(pattern, &FluentArgs::new());
                let footer = fixed(&speech.footer.text);
                let leave = leave_url.map(|url| (fixed(&speech.footer.leave), url));
                let html = document(speech.language, &title, &body, &footer, leave.as_ref());
                let mut text = format!("{body}\n\n{footer}");
                if let Some((words, url)) = leave {
                    text.push_str(&format!("\n{words}: {url}"));
                }
                (title, text, Some(html))
            }
        };
        Rendered { language: speech.language, fell_back: speech.language != language, version: self.template.version, title, body, html }
    }

    fn say(&self, speech: &Speech, words: &Words, form: Form) -> (String, String) {
        let mut values = FluentArgs::with_capacity(self.values.len());
        for (name, value) in &self.values {
            let value = match (value, form) {
                // A number, so that it has a plural form.
                (Value::Count(count), _) => FluentValue::from(*count),
                (Value::Day(date), _) => FluentValue::from(day::short_day(*date, speech.language)),
                (value, Form::Text) => FluentValue::from(value.unstyled()),
                (value, Form::Push | Form::Email) => FluentValue::from(value.plain()),
            };
            values.set(*name, value);
        }
        let mut body = speech.say(&words.body, &values);
        for (_, line) in words.lines.iter().filter(|(name, _)| self.value(name).is_some()) {
            body.push('\n');
            body.push_str(&speech.say(line, &values));
        }
        (speech.say(&words.title, &values), body)
    }

    /// What the approved WhatsApp template is filled with, where there is one.
    #[must_use]
    pub fn whatsapp(&self) -> Option<WhatsappValues> {
        let approved = self.template.whatsapp.as_ref()?;
        let text = |name: &&str| self.value(name).map(|value| clean::folded(&value.unstyled(), usize::MAX));
        let parameters = approved.parameters.iter().map(text).collect::<Option<_>>()?;
        Some(WhatsappValues { template: approved.name, parameters })
    }

    /// What the text message's template is filled with. `None` where there is none, or where an
    /// amount is below nothing and so cannot be written in digits.
    #[must_use]
    pub fn sms(&self) -> Option<SmsValues> {
        let registered = self.template.sms.as_ref()?;
        let text = |(name, part): &(&'static str, Part)| Some((*name, self.part(*part)?));
        let values = registered.variables.iter().map(text).collect::<Option<_>>()?;
        Some(SmsValues { template: registered.name, values })
    }

    fn part(&self, part: Part) -> Option<String> {
        match (part, self.value(part.variable())?) {
            (Part::Rupees(_), Value::Amount(paise)) => amount::digits(*paise).map(|(rupees, _)| rupees),
            (Part::Paise(_), Value::Amount(paise)) => amount::digits(*paise).map(|(_, paise)| paise),
            (Part::Whole(_), Value::Count(count)) => Some(count.to_string()),
            (Part::Whole(_), Value::Plain(text)) => Some(text.clone()),
            (Part::Whole(_) | Part::Rupees(_) | Part::Paise(_), _) => None,
        }
    }

    fn value(&self, name: &str) -> Option<&Value> {
        self.values.iter().find(|(of, _)| *of == name).map(|(_, value)| value)
    }
}

/// The document is markup; everything that is said in it is escaped, translations included.
fn document(language: Language, title: &str, body: &str, footer: &str, leave: Option<&(String, &str)>) -> String {
    let title = clean::html(title);
    let lines: String = body.lines().map(|line| format!("<p>{}</p>\n", clean::html(line))).collect();
    let footer = clean::html(footer);
    let leave = leave.map(|(words, url)| format!("<br>\n<a href=\"{}\">{}</a>", clean::html(url), clean::html(words))).unwrap_or_default();
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title></head>\n\
         <body style=\"font-family:sans-serif;line-height:1.5;color:#222\">\n<h1 style=\"font-size:1.25em\">{title}</h1>\n\
         {lines}<p style=\"font-size:.875em;color:#666\">{footer}{leave}</p>\n</body>\n</html>\n"
    )
}

impl fmt::Debug for Notice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Notice({})", self.template.name)
    }
}

impl fmt::Debug for Rendered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rendered({}, version {})", self.language, self.version)
    }
}

impl fmt::Debug for WhatsappValues {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WhatsappValues({})", self.template)
    }
}

impl fmt::Debug for SmsValues {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SmsValues({})", self.template)
    }
}
