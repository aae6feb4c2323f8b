//! All words in all languages, checked when they are read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Message, Pattern};
use fluent_syntax::parser::parse_runtime;
use serde_json::{Map, Value as Json};

use crate::amount;
use crate::check::{Place, Problem};
use crate::language::Language;
use crate::notice::Notice;
use crate::template::Template;
use crate::value::{self, BadNotice};

/// The message that stands under every e-mail, with the words of the way out of those that have one.
const FOOTER: &str = "email-footer";

/// The files of a language.
macro_rules! files {
    ($($language:ident $folder:literal)*) => {
        &[$(
            (Language::$language, include_str!(concat!("../messages/", $folder, "/payments.ftl"))),
            (Language::$language, include_str!(concat!("../messages/", $folder, "/transfers.ftl"))),
            (Language::$language, include_str!(concat!("../messages/", $folder, "/payouts.ftl"))),
            (Language::$language, include_str!(concat!("../messages/", $folder, "/plans.ftl"))),
            (Language::$language, include_str!(concat!("../messages/", $folder, "/insights.ftl"))),
            (Language::$language, include_str!(concat!("../messages/", $folder, "/account.ftl"))),
            (Language::$language, include_str!(concat!("../messages/", $folder, "/general.ftl"))),
        )*]
    };
}

pub(crate) const FILES: &[(Language, &str)] = files! {
    English "en"
    Hindi "hi"
    Kannada "kn"
    Tamil "ta"
    Telugu "te"
    Bengali "bn"
    Marathi "mr"
};

/// The words of every template.
pub struct Catalogue {
    templates: &'static [Template],
    english: Speech,
    others: Vec<Speech>,
}

/// Why the words cannot be used. Found at start-up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    #[error("{language}: {why}")]
    Syntax { language: Language, why: String },
    #[error("{language}: {message}: {problem}")]
    Message { language: Language, message: String, problem: Problem },
    #[error("there is no {message} in {language}")]
    Absent { language: Language, message: String },
}

/// What is said in one language.
pub(crate) struct Speech {
    pub language: Language,
    pub footer: Footer,
    words: BTreeMap<&'static str, Words>,
    /// Knows the plural rules. It holds no messages: they are kept apart, by template.
    bundle: fluent_bundle::concurrent::FluentBundle<FluentResource>,
}

/// What is said under e-mails.
pub(crate) struct Footer {
    pub text: Pattern<&'static str>,
    /// On the link, and on the button behind it.
    pub leave: Pattern<&'static str>,
    /// To who has left.
    pub left: Pattern<&'static str>,
}

/// What a template says in one language.
pub(crate) struct Words {
    pub title: Pattern<&'static str>,
    pub body: Pattern<&'static str>,
    /// The lines of variables that may be absent, in the order of the template.
    pub lines: Vec<(&'static str, Pattern<&'static str>)>,
}

/// How one kind of e-mail is ended, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    pub language: Language,
    /// On a link and a button.
    pub leave: String,
    /// Once it is done.
    pub left: String,
}

impl Catalogue {
    /// The words that Kamai was built with, read once.
    ///
    /// # Errors
    ///
    /// None in fact, since a test reads the same files.
    pub fn built_in() -> Result<&'static Self, CatalogueError> {
        static BUILT_IN: OnceLock<Result<Catalogue, CatalogueError>> = OnceLock::new();
        BUILT_IN.get_or_init(|| Self::read(Template::ALL, FILES)).as_ref().map_err(Clone::clone)
    }

    pub(crate) fn read(templates: &'static [Template], files: &[(Language, &'static str)]) -> Result<Self, CatalogueError> {
        let texts = |language| files.iter().filter(move |(of, _)| *of == language).map(|(_, text)| *text);
        let english = Speech::read(Language::English, templates, texts(Language::English))?;
        if let Some(template) = templates.iter().find(|template| !english.words.contains_key(template.name)) {
            return Err(CatalogueError::Absent { language: Language::English, message: template.name.to_owned() });
        }
        let spoken = Language::ALL.into_iter().filter(|language| *language != Language::English && texts(*language).next().is_some());
        let others = spoken.map(|language| Speech::read(language, templates, texts(language))).collect::<Result<_, _>>()?;
        Ok(Self { templates, english, others })
    }

    /// A notice, once its values are found to fit: all of them are there, and nothing else.
    ///
    /// # Errors
    ///
    /// [`BadNotice`], naming each value that is wrong. Trying again as it is changes nothing.
    pub fn notice(&self, name: &str, values: &Map<String, Json>) -> Result<Notice<'_>, BadNotice> {
        let template = self.templates.iter().find(|template| template.name == name);
        let (Some(template), Some(english)) = (template, self.english.words.get(name)) else {
            return Err(BadNotice::NoSuchTemplate { name: name.to_owned() });
        };
        let values = value::parse(template, values).map_err(|values| BadNotice::BadValues { template: template.name, values })?;
        Ok(Notice::new(self, template, english, values))
    }

    /// A notice with sample values for those that are not given.
    ///
    /// # Errors
    ///
    /// [`BadNotice`] for what is given.
    pub fn preview(&self, name: &str, given: &Map<String, Json>) -> Result<Notice<'_>, BadNotice> {
        let variables = self.templates.iter().find(|template| template.name == name).map_or(&[][..], |template| template.variables);
        let mut values: Map<String, Json> =
            variables.iter().map(|variable| (variable.name.to_owned(), value::sample(variable.name, variable.kind))).collect();
        values.extend(given.clone());
        self.notice(name, &values)
    }

    /// The words of the way out of an e-mail, in a language or in English.
    #[must_use]
    pub fn leaving(&self, language: Language) -> Leaving {
        let speech = self.others.iter().find(|speech| speech.language == language).unwrap_or(&self.english);
        let say = |pattern| speech.say(pattern, &FluentArgs::new());
        Leaving { language: speech.language, leave: say(&speech.footer.leave), left: say(&speech.footer.left) }
    }

    /// What is not translated, and so is said in English.
    #[must_use]
    pub fn missing(&self) -> Vec<(&'static Template, Language)> {
        let all = self.templates.iter().flat_map(|template| Language::ALL.map(|language| (template, language)));
        all.filter(|(template, language)| *language != Language::English && self.translation(template, *language).is_none()).collect()
    }

    /// The words of a template in a language that has them.
    pub(crate) fn translation(&self, template: &Template, language: Language) -> Option<(&Speech, &Words)> {
        let speech = self.others.iter().find(|speech| speech.language == language)?;
        Some((speech, speech.words.get(template.name)?))
    }

    pub(crate) fn english(&self) -> &Speech {
        &self.english
    }
}

impl Speech {
    fn read(language: Language, templates: &'static [Template], texts: impl Iterator<Item = &'static str>) -> Result<Self, CatalogueError> {
        let mut words = BTreeMap::new();
        let mut footer = None;
        for text in texts {
            let file = parse_runtime(text).map_err(|(_, errors)| CatalogueError::Syntax {
                language,
                why: errors.first().map(|error| format!("{error} at byte {}", error.pos.start)).unwrap_or_default(),
            })?;
            for entry in file.body {
                let (id, read) = match entry {
                    Entry::Message(message) if message.id.name == FOOTER => {
                        (FOOTER, footer_of(message, footer.is_some()).map(|text| footer = Some(text)))
                    }
                    Entry::Message(message) => (message.id.name, add(message, templates, &mut words)),
                    Entry::Term(term) => (term.id.name, Err(Problem::Reference)),
                    Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) | Entry::Junk { .. } => continue,
                };
                read.map_err(|problem| CatalogueError::Message { language, message: id.to_owned(), problem })?;
            }
        }
        let footer = footer.ok_or_else(|| CatalogueError::Absent { language, message: FOOTER.to_owned() })?;
        let mut bundle = fluent_bundle::concurrent::FluentBundle::new_concurrent(vec![language.identifier()]);
        // See `clean::isolated`, which does it where it is needed.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(|value, _| match value {
            FluentValue::Number(number) => Some(amount::grouped(number.value as u64)),
            _ => None,
        }));
        Ok(Self { language, footer, words, bundle })
    }

    pub(crate) fn say(&self, pattern: &Pattern<&'static str>, values: &FluentArgs<'_>) -> String {
        // It cannot go wrong: the pattern has been checked, and so have the values.
        self.bundle.format_pattern(pattern, Some(values), &mut Vec::new()).into_owned()
    }
}

fn footer_of(message: Message<&'static str>, twice: bool) -> Result<Footer, Problem> {
    if twice {
        return Err(Problem::Twice);
    }
    let (mut leave, mut left) = (None, None);
    for attribute in message.attributes {
        let place = match attribute.id.name {
            "leave" => &mut leave,
            "left" => &mut left,
            name => return Err(Problem::NoSuchLine(name.to_owned())),
        };
        *place = Some(attribute.value);
    }
    let fixed = |pattern: Option<Pattern<&'static str>>| {
        let pattern = pattern.ok_or(Problem::Incomplete)?;
        Place { variables: &[], line_of: None }.check(&pattern)?;
        Ok(pattern)
    };
    Ok(Footer { text: fixed(message.value)?, leave: fixed(leave)?, left: fixed(left)? })
}

/// Adds a message to its template's words.
fn add(message: Message<&'static str>, templates: &'static [Template], words: &mut BTreeMap<&'static str, Words>) -> Result<(), Problem> {
    // Fluent has no points in names.
    let template = templates.iter().find(|template| template.name.replace('.', "-") == message.id.name).ok_or(Problem::NoTemplate)?;
    let body = message.value.ok_or(Problem::Incomplete)?;
    let mut used = Place { variables: template.variables, line_of: None }.check(&body)?;
    let mut title = None;
    let mut lines = BTreeMap::new();
    for attribute in message.attributes {
        let name = attribute.id.name;
        let twice = if name == "title" {
            used.extend(Place { variables: template.variables, line_of: None }.check(&attribute.value)?);
            title.replace(attribute.value).is_some()
        } else {
            let variable = template.variable(name).filter(|variable| !variable.required);
            let variable = variable.ok_or_else(|| Problem::NoSuchLine(name.to_owned()))?;
            used.extend(Place { variables: template.variables, line_of: Some(variable.name) }.check(&attribute.value)?);
            lines.insert(variable.name, attribute.value).is_some()
        };
        if twice {
            return Err(Problem::Twice);
        }
    }
    let title = title.ok_or(Problem::Incomplete)?;
    let lines = in_order(template, lines, &used)?;
    match words.insert(template.name, Words { title, body, lines }) {
        Some(_) => Err(Problem::Twice),
        None => Ok(()),
    }
}

/// The lines in the order of the template, once every variable is used.
fn in_order(
    template: &'static Template,
    mut lines: BTreeMap<&'static str, Pattern<&'static str>>,
    used: &BTreeSet<&'static str>,
) -> Result<Vec<(&'static str, Pattern<&'static str>)>, Problem> {
    let mut ordered = Vec::new();
    for variable in template.variables {
        if !variable.required {
            let line = lines.remove(variable.name).ok_or(Problem::NoLine(variable.name))?;
            ordered.push((variable.name, line));
        }
        if !used.contains(variable.name) {
            return Err(Problem::Unused(variable.name));
        }
    }
    Ok(ordered)
}
