//! Filling what differs from person to person into a text that we wrote.
//!
//! A template is ours, a value is anybody's: a name may be `<a href=…>`, or hold a line break
//! and a second header. So a value goes into HTML escaped, and control characters go nowhere.
//! A place that stays open, or a value that nothing asks for, is a bug that is told before
//! anything is sent.

use std::collections::BTreeSet;

/// Why a template is not filled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FillError {
    /// The template asks for a value that was not given.
    #[error("there is no value for {{{{{0}}}}}")]
    Missing(String),
    /// The value has no place in the template.
    #[error("there is no place for {0}")]
    Unused(String),
    /// `{{` without its `}}`, or with no name in between.
    #[error("a place in the template is not {{{{a_name}}}}")]
    Malformed,
    /// A line break, another control character, or one that turns the direction of reading.
    #[error("the value of {0} holds a control character")]
    Control(String),
}

/// HTML whose values were escaped. Only [`html`] makes it.
#[derive(Clone, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Html {
    /// Says how much there is, not what: a message holds personal data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Html({} bytes)", self.0.len())
    }
}

/// Fills a plain text or a subject: each `{{name}}` becomes its value.
///
/// # Errors
///
/// [`FillError`], which names the place and never the value.
pub fn text(template: &str, values: &[(&str, &str)]) -> Result<String, FillError> {
    fill(template, values, |value, filled| filled.push_str(value))
}

/// Fills HTML. Values are escaped for text and for attributes in quotes; nowhere else, such as in
/// a script or a style, has a template a place.
///
/// # Errors
///
/// [`FillError`], which names the place and never the value.
pub fn html(template: &str, values: &[(&str, &str)]) -> Result<Html, FillError> {
    fill(template, values, escape).map(Html)
}

fn fill(template: &str, values: &[(&str, &str)], mut put: impl FnMut(&str, &mut String)) -> Result<String, FillError> {
    for (name, value) in values {
        if value.chars().any(is_unprintable) {
            return Err(FillError::Control((*name).to_owned()));
        }
    }
    let mut filled = String::with_capacity(template.len());
    let mut unused: BTreeSet<&str> = values.iter().map(|(name, _)| *name).collect();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").ok_or(FillError::Malformed)?;
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_') {
            return Err(FillError::Malformed);
        }
        let value = values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
        filled.push_str(before);
        put(value.ok_or_else(|| FillError::Missing(name.to_owned()))?, &mut filled);
        unused.remove(name);
        rest = after;
    }
    if let Some(name) = unused.first() {
        return Err(FillError::Unused((*name).to_owned()));
    }
    filled.push_str(rest);
    Ok(filled)
}

/// Whether the character ends a line, is another control, or overrides the direction in which the
/// text around it is read. Joiners are none of these: Indian scripts are written with them.
pub(super) fn is_unprintable(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn escape(value: &str, filled: &mut String) {
    for letter in value.chars() {
        match letter {
            '&' => filled.push_str("&amp;"),
            '<' => filled.push_str("&lt;"),
            '>' => filled.push_str("&gt;"),
            '"' => filled.push_str("&quot;"),
            '\'' => filled.push_str("&#39;"),
            other => filled.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_and_the_rest_is_as_it_was() {
        let filled = text("Hello {{name}}: Rs.{{amount}} {once} {{name}}", &[("name", "आशा"), ("amount", "250")]);
        assert_eq!(filled.unwrap(), "Hello आशा: Rs.250 {once} आशा");
        assert_eq!(text("{{a}}", &[("a", "{{b}}")]).unwrap(), "{{b}}", "a value is not a template");
    }

    #[test]
    fn a_name_that_is_html_stays_a_name() {
        let filled = html(r#"<p title="{{name}}">{{name}}</p>"#, &[("name", r#""><script>'&"#)]).unwrap();
        let escaped = "&quot;&gt;&lt;script&gt;&#39;&amp;";
        assert_eq!(filled.as_str(), format!(r#"<p title="{escaped}">{escaped}</p>"#));
    }

    #[test]
    fn what_does_not_fit_is_named() {
        assert_eq!(text("{{name}}", &[]), Err(FillError::Missing("name".into())));
        assert_eq!(text("x", &[("name", "y")]), Err(FillError::Unused("name".into())));
        for template in ["{{name", "{{}}", "{{Name}}", "{{a b}}"] {
            assert_eq!(text(template, &[]), Err(FillError::Malformed), "{template}");
        }
        for value in ["a\r\nBcc: x@example.com", "a\nb", "\u{0}", "\u{85}", "\u{202e}moc"] {
            assert_eq!(text("{{name}}", &[("name", value)]), Err(FillError::Control("name".into())));
        }
    }

    #[test]
    fn html_does_not_print() {
        assert_eq!(format!("{:?}", html("<p>", &[]).unwrap()), "Html(3 bytes)");
        assert_eq!(FillError::Missing("name".into()).to_string(), "there is no value for {{name}}");
    }
}
