//! Templates: what they take, and how they read.

use super::Data;
use crate::body::common::codes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use words::{Kind, Language, Template, Variable};

/// A template.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TemplateBody {
    pub name: &'static str,
    /// Raised with each change of its words or variables.
    pub version: u32,
    #[schemars(extend("enum" = ["utility", "authentication", "marketing"]))]
    pub category: &'static str,
    pub variables: Vec<VariableBody>,
    /// Languages that it is not translated into: it is told in English there.
    pub missing: Vec<&'static str>,
}

/// What is filled in.
#[derive(Debug, Serialize, JsonSchema)]
pub struct VariableBody {
    pub name: &'static str,
    #[schemars(extend("enum" = ["amount", "count", "text", "prose", "time", "day", "reference", "code", "one_of"]))]
    pub kind: &'static str,
    pub required: bool,
    /// The longest text.
    pub chars_max: Option<usize>,
    /// The values there are.
    pub one_of: Option<Vec<&'static str>>,
}

impl From<&'static Variable> for VariableBody {
    fn from(variable: &'static Variable) -> Self {
        let (kind, chars_max, one_of) = match variable.kind {
            Kind::Amount => ("amount", None, None),
            Kind::Count => ("count", None, None),
            Kind::Text { chars_max } => ("text", Some(chars_max), None),
            Kind::Prose { chars_max } => ("prose", Some(chars_max), None),
            Kind::Time => ("time", None, None),
            Kind::Day => ("day", None, None),
            Kind::Reference => ("reference", None, None),
            Kind::Code => ("code", None, None),
            Kind::OneOf(values) => ("one_of", None, Some(values.to_vec())),
        };
        Self { name: variable.name, kind, required: variable.required, chars_max, one_of }
    }
}

impl TemplateBody {
    pub fn new(template: &'static Template, missing: &[(&'static Template, Language)]) -> Self {
        let of = |(known, language): &(&'static Template, Language)| (known.name == template.name).then(|| language.code());
        Self {
            name: template.name,
            version: template.version,
            category: match template.category {
                words::Category::Utility => "utility",
                words::Category::Authentication => "authentication",
                words::Category::Marketing => "marketing",
            },
            variables: template.variables.iter().map(VariableBody::from).collect(),
            missing: missing.iter().filter_map(of).collect(),
        }
    }
}

/// A template, filled in.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewRequest {
    #[schemars(length(min = 1, max = 60))]
    pub template: String,
    /// English unless given.
    #[schemars(extend("enum" = languages()))]
    pub language: Option<String>,
    /// What is not given is shown by an example.
    #[serde(default)]
    pub data: Data,
}

fn languages() -> Vec<Option<&'static str>> {
    codes(&Language::ALL, Language::code).into_iter().map(Some).chain([None]).collect()
}

/// How it reads.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PreviewBody {
    /// The language that it is in.
    pub language: &'static str,
    /// Whether that is English for want of a translation.
    pub fell_back: bool,
    pub version: u32,
    /// One line; a mail's subject. None of a text message or a template of WhatsApp's.
    pub title: Option<String>,
    pub body: String,
    /// A mail's whole document.
    pub html: Option<String>,
}
