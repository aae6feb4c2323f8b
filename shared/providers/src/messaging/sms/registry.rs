//! The templates that are registered with the operators, and the one way to fill them.
//!
//! Source: `email-sms.md`, B1, "Implementation rule": a registry of local name, language, DLT
//! template id, header, category, text with tags and typed variables; render only through it.
//!
//! Ids and headers belong to whoever registered them, so a deployment brings a file of its own.
//! The one in here is what the local cloud knows, and shows the format.

use std::fmt;

use serde::Deserialize;

use super::segments::{Encoding, segments};
use super::variables::VariableType;
use crate::call::{Illegible, read_json};

/// The templates of the local cloud.
const BUILT_IN: &str = include_str!("templates.json");

/// The most that a variable may hold (`email-sms.md`, B1).
const VARIABLE_CHARS_MAX: usize = 30;

/// What a message is sent for. It decides the hours and consents that apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Caused by the recipient's own transaction, and sent within thirty minutes of it.
    Transactional,
    ServiceImplicit,
    ServiceExplicit,
    Promotional,
}

/// Every template, checked when it was read.
#[derive(Debug, Clone)]
pub struct Registry(Vec<Template>);

#[derive(Debug, Clone)]
struct Template {
    local_name: String,
    language: String,
    dlt_template_id: String,
    header: String,
    category: Category,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone)]
enum Piece {
    Fixed(String),
    Variable(Variable),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Variable {
    name: String,
    #[serde(rename = "type")]
    kind: VariableType,
    max_chars: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    local_name: String,
    language: String,
    dlt_template_id: String,
    header: String,
    category: Category,
    text: String,
    variables: Vec<Variable>,
}

/// Why a file of templates is refused. Found at start-up.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum RegistryError {
    #[error("the templates cannot be read")]
    Illegible(#[source] Illegible),
    #[error("the template {local_name} ({language}): {problem}")]
    Template { local_name: String, language: String, problem: &'static str },
}

/// Why a message cannot be made. Names the variable, never its value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    #[error("there is no template {local_name} in {language}")]
    NoSuchTemplate { local_name: String, language: String },
    #[error("{variable} is missing")]
    Missing { variable: String },
    #[error("{variable} is not a variable of the template")]
    Unexpected { variable: String },
    #[error("{variable} is not {kind:?}")]
    WrongType { variable: String, kind: VariableType },
    #[error("{variable} is longer than {chars_max} characters")]
    TooLong { variable: String, chars_max: usize },
}

/// A text that equals its template outside the variables. Does not print: it may hold a code.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendered {
    dlt_template_id: String,
    header: String,
    category: Category,
    text: String,
}

impl Rendered {
    #[must_use]
    pub fn dlt_template_id(&self) -> &str {
        &self.dlt_template_id
    }

    /// The sender's name, six letters.
    #[must_use]
    pub fn header(&self) -> &str {
        &self.header
    }

    #[must_use]
    pub fn category(&self) -> Category {
        self.category
    }

    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Rendered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rendered({})", self.dlt_template_id)
    }
}

impl Registry {
    /// The templates of the local cloud, each in `en` and `hi`: `login_otp` (`otp`, `minutes`), and
    /// the notices that are worth a text message. An amount is two variables, `rupees` and `paise`,
    /// since operators let through digits only, without the point between them.
    ///
    /// # Errors
    ///
    /// None in fact, since a test reads the same file.
    pub fn built_in() -> Result<Self, RegistryError> {
        Self::from_json(BUILT_IN)
    }

    /// Reads and checks a deployment's templates.
    ///
    /// # Errors
    ///
    /// [`RegistryError`], for the first template that an operator would not take.
    pub fn from_json(text: &str) -> Result<Self, RegistryError> {
        let entries: Vec<Entry> = read_json(text.as_bytes()).map_err(RegistryError::Illegible)?;
        let mut templates: Vec<Template> = Vec::with_capacity(entries.len());
        for entry in entries {
            let (local_name, language) = (entry.local_name.clone(), entry.language.clone());
            let refused = |problem| RegistryError::Template { local_name: local_name.clone(), language: language.clone(), problem };
            let template = Template::check(entry).map_err(refused)?;
            if templates.iter().any(|other| other.is(&local_name, &language)) {
                return Err(refused("is there twice"));
            }
            templates.push(template);
        }
        Ok(Self(templates))
    }

    /// Whether there is such a template, for a caller that can fall back on another language.
    #[must_use]
    pub fn has(&self, local_name: &str, language: &str) -> bool {
        self.0.iter().any(|template| template.is(local_name, language))
    }

    /// Fills a template. Every variable must be given, and nothing else.
    ///
    /// # Errors
    ///
    /// [`RenderError`]. None of these gets better by trying again as it is.
    pub fn render(&self, local_name: &str, language: &str, values: &[(&str, &str)]) -> Result<Rendered, RenderError> {
        let template = self
            .0
            .iter()
            .find(|template| template.is(local_name, language))
            .ok_or_else(|| RenderError::NoSuchTemplate { local_name: local_name.to_owned(), language: language.to_owned() })?;
        for (name, _) in values {
            if !template.variables().any(|variable| variable.name == *name) {
                return Err(RenderError::Unexpected { variable: (*name).to_owned() });
            }
        }
        let mut text = String::new();
        for piece in &template.pieces {
            match piece {
                Piece::Fixed(fixed) => text.push_str(fixed),
                Piece::Variable(variable) => text.push_str(variable.value(values)?),
            }
        }
        Ok(Rendered {
            dlt_template_id: template.dlt_template_id.clone(),
            header: template.header.clone(),
            category: template.category,
            text,
        })
    }
}

impl Template {
    fn is(&self, local_name: &str, language: &str) -> bool {
        self.local_name == local_name && self.language == language
    }

    fn variables(&self) -> impl Iterator<Item = &Variable> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Fixed(_) => None,
            Piece::Variable(variable) => Some(variable),
        })
    }

    fn check(entry: Entry) -> Result<Self, &'static str> {
        let id = &entry.dlt_template_id;
        if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err("its DLT id is not a number");
        }
        let letters = entry.header.bytes().all(|byte| byte.is_ascii_alphabetic());
        let digits = entry.header.bytes().all(|byte| byte.is_ascii_digit());
        let fits = match entry.category {
            Category::Promotional => digits,
            Category::Transactional | Category::ServiceImplicit | Category::ServiceExplicit => letters && entry.header.len() == 6,
        };
        if entry.header.is_empty() || !fits {
            return Err("its header does not fit its category");
        }
        let pieces = cut(&entry.text, entry.variables)?;
        // A single character such as `₹` would make an English message cost as much as a Hindi
        // one, which nobody notices in a review.
        if entry.language == "en" && segments(&entry.text).encoding != Encoding::Gsm7 {
            return Err("it is English and not in GSM-7");
        }
        Ok(Self {
            local_name: entry.local_name,
            language: entry.language,
            dlt_template_id: entry.dlt_template_id,
            header: entry.header,
            category: entry.category,
            pieces,
        })
    }
}

impl Variable {
    fn value<'v>(&self, values: &[(&str, &'v str)]) -> Result<&'v str, RenderError> {
        let variable = || self.name.clone();
        let (_, value) = values.iter().find(|(name, _)| *name == self.name).ok_or_else(|| RenderError::Missing { variable: variable() })?;
        if value.chars().count() > self.max_chars {
            return Err(RenderError::TooLong { variable: variable(), chars_max: self.max_chars });
        }
        if !self.kind.admits(value) {
            return Err(RenderError::WrongType { variable: variable(), kind: self.kind });
        }
        Ok(value)
    }
}

/// Cuts a text at its tags, and gives each tag the next variable.
fn cut(text: &str, variables: Vec<Variable>) -> Result<Vec<Piece>, &'static str> {
    let mut pieces = Vec::new();
    let mut names: Vec<String> = Vec::new();
    let mut variables = variables.into_iter();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{#") {
        let (tag, behind) = after.split_once("#}").ok_or("a tag is not closed")?;
        let kind = VariableType::of_tag(tag).ok_or("a tag has no known type")?;
        let variable = variables.next().ok_or("it has more tags than variables")?;
        if variable.kind != kind {
            return Err("a variable has not the type of its tag");
        }
        if !(1..=VARIABLE_CHARS_MAX).contains(&variable.max_chars) {
            return Err("a variable is not 1 to 30 characters");
        }
        if names.contains(&variable.name) {
            return Err("two variables have one name");
        }
        names.push(variable.name.clone());
        pieces.push(Piece::Fixed(before.to_owned()));
        pieces.push(Piece::Variable(variable));
        rest = behind;
    }
    if variables.next().is_some() {
        return Err("it has more variables than tags");
    }
    pieces.push(Piece::Fixed(rest.to_owned()));
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built_in() -> Registry {
        Registry::built_in().unwrap()
    }

    #[test]
    fn the_code_is_rendered_in_english_and_hindi() {
        let values = [("otp", "482913"), ("minutes", "5")];
        let english = built_in().render("login_otp", "en", &values).unwrap();
        assert_eq!(
            english.text(),
            "482913 is your Kamai login code. It is valid for 5 minutes. Do not share it with \
             anyone, Kamai never asks for it."
        );
        assert_eq!(segments(english.text()).parts, 1);
        let hindi = built_in().render("login_otp", "hi", &values).unwrap();
        assert!(hindi.text().starts_with("482913 आपका Kamai लॉगिन कोड है। यह 5 मिनट"));
        assert_ne!(english.dlt_template_id(), hindi.dlt_template_id());
        assert_eq!(hindi.category(), Category::Transactional);
        assert!(!format!("{english:?}").contains("482913"));
    }

    #[test]
    fn every_built_in_template_is_there_in_english_and_hindi() {
        let registry = built_in();
        for template in &registry.0 {
            assert!(["en", "hi"].iter().all(|language| registry.has(&template.local_name, language)), "{}", template.local_name);
            let same_id = registry.0.iter().filter(|other| other.dlt_template_id == template.dlt_template_id);
            assert_eq!(same_id.count(), 1, "{}", template.dlt_template_id);
            // Entities register their name with each text.
            assert!(template.pieces.iter().any(|piece| matches!(piece, Piece::Fixed(fixed) if fixed.contains("Kamai"))));
        }
    }

    #[test]
    fn an_english_message_is_at_most_two_parts_and_a_hindi_one_three_with_the_longest_values() {
        let registry = built_in();
        for template in &registry.0 {
            let digits = |variable: &Variable| "9".repeat(variable.max_chars);
            let values: Vec<(String, String)> = template.variables().map(|variable| (variable.name.clone(), digits(variable))).collect();
            let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let message = registry.render(&template.local_name, &template.language, &values).unwrap();
            let parts_max = if template.language == "en" { 2 } else { 3 };
            let parts = segments(message.text()).parts;
            assert!(parts <= parts_max, "{} ({}): {parts}", template.local_name, template.language);
        }
    }

    #[test]
    fn an_amount_is_written_with_the_point_of_the_template() {
        let values = [("rupees", "123456"), ("paise", "50"), ("balance_rupees", "200000"), ("balance_paise", "00")];
        let message = built_in().render("money_received", "en", &values).unwrap();
        assert_eq!(message.text(), "Rs.123456.50 received in your Kamai account. Your balance is Rs.200000.00.");
    }

    #[test]
    fn the_text_equals_its_template_outside_the_variables() {
        let values = [("minutes", "5"), ("otp", "482913")];
        let text = built_in().render("login_otp", "en", &values).unwrap().text;
        let template: serde_json::Value = serde_json::from_str(BUILT_IN).unwrap();
        let fixed: Vec<&str> = template[0]["text"].as_str().unwrap().split("{#numeric#}").collect();
        assert_eq!(text, format!("{}482913{}5{}", fixed[0], fixed[1], fixed[2]));
    }

    #[test]
    fn a_value_that_does_not_fit_is_refused() {
        let render = |values: &[(&str, &str)]| built_in().render("login_otp", "en", values);
        let otp = || "otp".to_owned();
        assert_eq!(render(&[("minutes", "5")]), Err(RenderError::Missing { variable: otp() }));
        assert_eq!(
            render(&[("otp", "48 29"), ("minutes", "5")]),
            Err(RenderError::WrongType { variable: otp(), kind: VariableType::Numeric })
        );
        assert_eq!(render(&[("otp", "123456789"), ("minutes", "5")]), Err(RenderError::TooLong { variable: otp(), chars_max: 8 }));
        assert_eq!(render(&[("otp", "1"), ("minutes", "5"), ("name", "x")]), Err(RenderError::Unexpected { variable: "name".to_owned() }));
        assert!(matches!(built_in().render("login_otp", "ta", &[]), Err(RenderError::NoSuchTemplate { .. })));
        assert!(built_in().has("login_otp", "hi") && !built_in().has("login_otp", "ta"));
    }

    #[track_caller]
    fn problem(change: impl Fn(&mut serde_json::Value)) -> &'static str {
        let mut templates: serde_json::Value = serde_json::from_str(BUILT_IN).unwrap();
        change(&mut templates);
        match Registry::from_json(&templates.to_string()).unwrap_err() {
            RegistryError::Template { problem, .. } => problem,
            other => panic!("{other}"),
        }
    }

    #[test]
    fn a_template_that_no_operator_takes_is_refused_at_start_up() {
        let text = |text: &'static str| problem(move |t| t[0]["text"] = text.into());
        assert_eq!(text("{#var#} {#numeric#}"), "a tag has no known type");
        assert_eq!(text("{#numeric#} {#numeric"), "a tag is not closed");
        assert_eq!(text("{#numeric#}"), "it has more variables than tags");
        assert_eq!(text("{#numeric#}{#numeric#}{#url#}"), "it has more tags than variables");
        assert_eq!(text("{#numeric#} {#url#}"), "a variable has not the type of its tag");
        assert_eq!(text("₹{#numeric#} {#numeric#}"), "it is English and not in GSM-7");
        assert_eq!(problem(|t| t[1]["language"] = "en".into()), "it is English and not in GSM-7");
        assert_eq!(problem(|t| t[0]["language"] = "hi".into()), "is there twice");
        assert_eq!(problem(|t| t[0]["dlt_template_id"] = "x".into()), "its DLT id is not a number");
        let header = |header: &'static str| problem(move |t| t[0]["header"] = header.into());
        assert_eq!(header("KAMAI"), "its header does not fit its category");
        assert_eq!(header("123456"), "its header does not fit its category");
        let same = problem(|t| t[0]["variables"][1]["name"] = "otp".into());
        assert_eq!(same, "two variables have one name");
        let long = problem(|t| t[0]["variables"][0]["max_chars"] = 31.into());
        assert_eq!(long, "a variable is not 1 to 30 characters");
    }

    #[test]
    fn a_file_that_cannot_be_read_says_where() {
        let error = Registry::from_json(r#"[{"local_name":1}]"#).unwrap_err();
        let path = "[0].local_name".to_owned();
        assert_eq!(error, RegistryError::Illegible(Illegible::WrongShape { path }));
    }
}
