//! Which words may be sent, by which channel, and with what filled in.

use super::Call;
use domain::{
    fact::{FactKind, Priority},
    notice::{Category, Channel, Template, VALUES_BYTES_MAX, Values},
};
use lambda::Problem;
use serde_json::{Map, Value};
use words::{Bad, BadNotice, Catalogue};

/// What an organisation may say: what is not a word of Kamai's own on somebody's money or account.
const OF_ORGANISATIONS: &[&str] = &["announcement"];

/// A template that may be sent by hand, by the channel that is asked for.
pub struct Wording {
    pub words: &'static words::Template,
    pub category: Category,
    pub priority: Priority,
    /// What is filled in may have so much.
    pub bytes_max: usize,
}

/// Templates are named as the facts that they tell of. One-time passwords tell of none: nobody sends
/// them by hand.
fn kind(template: &words::Template) -> Option<FactKind> {
    FactKind::from_code(template.name)
}

pub fn goes_by(template: &words::Template, channel: Channel) -> bool {
    let has_form = match channel {
        Channel::Push | Channel::Email => true,
        Channel::Whatsapp => template.whatsapp.is_some(),
        Channel::Sms => template.sms.is_some(),
    };
    has_form && kind(template).is_some()
}

impl Wording {
    pub fn find(call: &Call<'_>, name: &str, priority: Option<&str>) -> Result<Self, Problem> {
        let wrong = |why: &str| Problem::invalid_field("/template", why.to_owned());
        let words = words::Template::named(name).ok_or_else(|| wrong("is no template: GET …/template lists them"))?;
        let kind = kind(words).ok_or_else(|| wrong("is not sent by hand"))?;
        if !goes_by(words, call.channel) {
            return Err(wrong("has no words that are registered for this channel"));
        }
        if call.is_organisation() && !OF_ORGANISATIONS.contains(&name) {
            return Err(Problem::forbidden("An organisation sends announcements; this is a word of Kamai's own."));
        }
        let priority = match priority {
            None => kind.priority(),
            Some(code) => {
                Priority::from_code(code).ok_or_else(|| Problem::invalid_field("/priority", "must be low, normal, high or critical"))?
            }
        };
        if call.is_organisation() && priority == Priority::Critical {
            return Err(Problem::forbidden("An organisation's announcements are not critical."));
        }
        Ok(Self { words, category: Category::of(kind), priority, bytes_max: VALUES_BYTES_MAX })
    }

    pub fn template(&self) -> Template {
        Template { name: self.words.name.to_owned(), version: self.words.version }
    }

    /// Refuses what does not fit of what is for everybody, should everybody have their own.
    pub fn check_common(&self, data: &Map<String, Value>, at: &str) -> Result<(), Problem> {
        let Err(BadNotice::BadValues { mut values, .. }) = Catalogue::built_in().map_err(Problem::internal)?.notice(self.words.name, data)
        else {
            return Ok(());
        };
        values.retain(|bad| bad.bad != Bad::Missing);
        if values.is_empty() { Ok(()) } else { Err(unfit(&values, |_| at.to_owned())) }
    }

    /// What is filled in, checked: what is missing is refused before anybody is told anything. `at` says
    /// in which part of the body a variable stands.
    pub fn values(&self, data: &Map<String, Value>, at: impl Fn(&str) -> String) -> Result<Values, Problem> {
        let catalogue = Catalogue::built_in().map_err(Problem::internal)?;
        match catalogue.notice(self.words.name, data) {
            Ok(_) => {}
            Err(BadNotice::BadValues { values, .. }) => return Err(unfit(&values, at)),
            Err(error @ BadNotice::NoSuchTemplate { .. }) => return Err(Problem::internal(error)),
        }
        let text = Value::Object(data.clone()).to_string();
        if text.len() <= self.bytes_max {
            return Values::new(text).map_err(Problem::internal);
        }
        let longest = data.iter().max_by_key(|(_, value)| value.to_string().len()).map(|(name, _)| name.as_str()).unwrap_or_default();
        Err(Problem::invalid_field(
            format!("{}/{longest}", at(longest)),
            format!("is too long: all that is filled in must be at most {} bytes", self.bytes_max),
        ))
    }
}

/// Every value that is wrong, each where it stands.
pub fn unfit(values: &[words::BadValue], at: impl Fn(&str) -> String) -> Problem {
    let mut bad = values.iter().map(|bad| (format!("{}/{}", at(&bad.variable), bad.variable), bad.bad.to_string()));
    let (first, why) = bad.next().unwrap_or_else(|| (at(""), "does not fit the template".to_owned()));
    bad.fold(Problem::invalid_field(first, why), |problem, (at, why)| problem.with_error(at, why))
}
