//! E-mail addresses of users.

use super::suppression::AddressHash;
use std::fmt;

/// An e-mail address. Prints its domain only.
#[derive(Clone, PartialEq, Eq)]
pub struct EmailAddress(String);

/// What is wrong with an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be an e-mail address such as `asha@example.in`")]
pub struct BadEmail;

impl EmailAddress {
    /// The part before the @ stays as it is; the domain is case-insensitive and kept in lower case.
    ///
    /// Source: `email-sms.md` A2: nothing that could end a header or a command of SMTP. Whether
    /// somebody reads it there is for a verification to say.
    pub fn parse(text: &str) -> Result<Self, BadEmail> {
        let (name, domain) = text.rsplit_once('@').ok_or(BadEmail)?;
        let name_fits =
            (1..=64).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b));
        let label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let dots_fit = !name.starts_with('.') && !name.ends_with('.') && !name.contains("..");
        let domain_fits = domain.contains('.') && domain.split('.').all(label);
        let fits = text.len() <= 254 && name_fits && dots_fit && domain_fits;
        fits.then(|| Self(format!("{name}@{}", domain.to_ascii_lowercase()))).ok_or(BadEmail)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "••••@{}", self.0.rsplit_once('@').map_or("", |(_, domain)| domain))
    }
}

/// A user's e-mail address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email {
    pub address: EmailAddress,
    pub hash: AddressHash,
    /// Whether the user has shown that they read it. Nothing but the proof itself goes there before.
    pub verified: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> EmailAddress {
        EmailAddress::parse(text).unwrap()
    }

    #[test]
    fn an_email_address_holds_nothing_that_ends_a_header() {
        assert_eq!(address("Asha.K+pay@Example.IN").as_str(), "Asha.K+pay@example.in");
        for bad in [
            "",
            "asha",
            "@example.in",
            "asha@",
            "asha@localhost",
            "asha@example.in\r\nBcc: x@example.in",
            "a b@example.in",
            "asha@exa_mple.in",
            "asha@-example.in",
            ".asha@example.in",
            "as..ha@example.in",
            "\"asha\"@example.in",
            "<asha@example.in>",
            "आशा@example.in",
            &format!("{}@example.in", "a".repeat(65)),
        ] {
            assert_eq!(EmailAddress::parse(bad), Err(BadEmail), "{bad}");
        }
        assert_eq!(format!("{:?}", address("asha@example.in")), "••••@example.in");
    }
}
