//! The half of a mail that is markup.

use std::fmt;

/// HTML in which every value is escaped. Does not print: a mail holds personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Takes markup as it is.
    ///
    /// Whoever puts a value into markup has the duty to escape it, since only there is it known what
    /// is a value and what is ours: a name may be `<a href=…>`. So what is given here comes from
    /// whatever fills templates, and never from `format!` with a name in it.
    #[must_use]
    pub fn escaped(markup: String) -> Self {
        Self(markup)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Html {
    /// Says how much there is, not what.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Html({} bytes)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_does_not_print() {
        assert_eq!(format!("{:?}", Html::escaped("<p>".into())), "Html(3 bytes)");
    }
}
