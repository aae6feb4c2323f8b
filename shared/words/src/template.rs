//! What a template is: a name, the variables it takes, and how other channels know it.

/// A notice that can be sent. There are none but [`Template::ALL`].
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Template {
    /// The code of the event that it tells of, such as `payout.failed`.
    pub name: &'static str,
    /// Raised with each change of its words or variables, in whichever language, so that a kept
    /// notice says which words its reader saw.
    pub version: u32,
    pub category: Category,
    pub variables: &'static [Variable],
    pub whatsapp: Option<Whatsapp>,
    pub sms: Option<Sms>,
}

/// Meta's categories (`whatsapp.md`, A6), which decide on consent and price there, and serve as
/// well elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Category {
    /// About the reader's own money or account.
    Utility,
    /// A one-time password.
    Authentication,
    /// Anything that nobody asked for.
    Marketing,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Variable {
    pub name: &'static str,
    pub kind: Kind,
    /// One that is not adds a line of its own where it is given. It is for what a notice can do
    /// without and a fact may not have, such as a reason.
    pub required: bool,
}

/// What a variable holds, and how JSON gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Paise, a whole number.
    Amount,
    /// A whole number from 0 to 2⁵³ − 1: Fluent reckons its plural form with a double.
    Count,
    /// One line of somebody's text; folded into one, cleaned and cut to size.
    Text { chars_max: usize },
    /// Several lines of it.
    Prose { chars_max: usize },
    /// RFC 3339 with the reader's own offset, `2026-11-21T18:05:00+05:30`: it is shown as that
    /// clock reads. Thus the zone is the caller's, who knows the reader, and the form is one for
    /// all. `Z` is refused, since it would show the wrong hour to everybody in India.
    Time,
    /// A calendar day, `2026-11-24`: it is shown as each language says it, `24 Nov`, and in figures
    /// where the language is not ours to choose.
    Day,
    /// A bank's or a provider's reference: at most 40 of ASCII letters and digits, and `-_/`
    /// between them.
    Reference,
    /// A one-time password: 4 to 8 digits.
    Code,
    /// One of these.
    OneOf(&'static [&'static str]),
}

/// A template that Meta approved.
#[derive(Debug, PartialEq, Eq)]
pub struct Whatsapp {
    pub name: &'static str,
    /// The variables that are the parameters of its body, in their order.
    pub parameters: &'static [&'static str],
}

/// A template of the SMS registry.
#[derive(Debug, PartialEq, Eq)]
pub struct Sms {
    pub name: &'static str,
    /// Its variables, and what of ours each of them is.
    pub variables: &'static [(&'static str, Part)],
}

/// What of a variable an SMS shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Whole(&'static str),
    /// The rupees of an amount, digits only.
    Rupees(&'static str),
    /// The paise of an amount, two digits.
    Paise(&'static str),
}

impl Template {
    /// The template of an event.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|template| template.name == name)
    }

    pub(crate) fn variable(&self, name: &str) -> Option<&'static Variable> {
        self.variables.iter().find(|variable| variable.name == name)
    }
}

impl Part {
    pub(crate) fn variable(self) -> &'static str {
        match self {
            Self::Whole(name) | Self::Rupees(name) | Self::Paise(name) => name,
        }
    }
}
