//! An address that mail is sent to.

use std::fmt;

use serde::{Deserialize, Deserializer};

/// RFC 5321, 4.5.3.1: 64 octets before the `@`, and 254 in all, since a path of 256 has brackets.
const LOCAL_PART_BYTES_MAX: usize = 64;
const ADDRESS_BYTES_MAX: usize = 254;
const LABEL_BYTES_MAX: usize = 63;

/// `name@domain`, and nothing else: no display name, quotes, comments, IP address or character
/// outside ASCII, so that what is shown is what is written to. An internationalised domain is
/// taken in its `xn--` form.
///
/// The domain is in lower case. What stands before the `@` is kept as it was given, because only
/// the domain's owner knows whether case matters there; [`EmailAddress::mailbox_key`] compares.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress {
    text: String,
    at: usize,
}

/// Why a text is no address of ours. None of these repeats the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    #[error("an e-mail address is a name, an @ and a domain")]
    NoAt,
    #[error("an e-mail address has at most {ADDRESS_BYTES_MAX} characters, {LOCAL_PART_BYTES_MAX} of them before the @")]
    TooLong,
    #[error("before the @ are letters, digits and .'+-_=&#$*/?^{{}}~, no dot first, last or twice in a row")]
    LocalPart,
    #[error("after the @ is a domain such as example.com, in ASCII")]
    Domain,
}

impl EmailAddress {
    /// Takes an address as a person or a form gives it; white space around it is not part of it.
    ///
    /// # Errors
    ///
    /// [`AddressError`], fit to be shown to whoever typed it.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim_ascii();
        let (local, domain) = text.split_once('@').ok_or(AddressError::NoAt)?;
        if text.len() > ADDRESS_BYTES_MAX || local.len() > LOCAL_PART_BYTES_MAX {
            return Err(AddressError::TooLong);
        }
        if !is_local_part(local) {
            return Err(AddressError::LocalPart);
        }
        let domain = domain.to_ascii_lowercase();
        if !is_domain(&domain) {
            return Err(AddressError::Domain);
        }
        Ok(Self { at: local.len(), text: format!("{local}@{domain}") })
    }

    /// The address itself, for the caller that sends to it, stores it or shows it to its owner.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// What stands after the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.text[self.at + 1..]
    }

    /// By which two spellings of one mailbox are the same: no provider in use tells `Asha@` from
    /// `asha@`, so what was suppressed under one must not be written to under the other.
    #[must_use]
    pub fn mailbox_key(&self) -> String {
        self.text.to_ascii_lowercase()
    }

    /// What stands before the `@`.
    pub(super) fn local_part(&self) -> &str {
        &self.text[..self.at]
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmailAddress(..)")
    }
}

impl<'de> Deserialize<'de> for EmailAddress {
    /// Reads an address as SES writes it, which may be `Asha <asha@example.com>`.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let within = text.rsplit_once('<').and_then(|(_, rest)| rest.trim_end().strip_suffix('>'));
        Self::parse(within.unwrap_or(&text)).map_err(serde::de::Error::custom)
    }
}

/// An RFC 5322 dot-atom, without `%` and `!`, which were routes through other hosts once and are
/// still followed by some, and without the shell's `|` and back-tick.
fn is_local_part(text: &str) -> bool {
    let is_atom =
        |atom: &str| !atom.is_empty() && atom.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"'+-_=&#$*/?^{}~".contains(&byte));
    text.split('.').all(is_atom)
}

/// Two labels or more of letters, digits and inner hyphens; the last one is no number, so that an
/// IP address is not one.
pub(super) fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=LABEL_BYTES_MAX).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let Some((_, last)) = text.rsplit_once('.') else { return false };
    let is_top = last.len() >= 2 && (last.starts_with("xn--") || last.bytes().all(|byte| byte.is_ascii_alphabetic()));
    text.split('.').all(is_label) && is_top
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_and_its_domain_lowered() {
        for (given, kept) in [
            ("asha@example.com", "asha@example.com"),
            (" Asha.Rao+kamai@Example.CO.IN\n", "Asha.Rao+kamai@example.co.in"),
            ("o'brien_1@xn--11b4c3d.xn--h2brj9c", "o'brien_1@xn--11b4c3d.xn--h2brj9c"),
            ("a@b.co", "a@b.co"),
        ] {
            assert_eq!(EmailAddress::parse(given).unwrap().expose(), kept);
        }
        let address = EmailAddress::parse("Asha@Example.com").unwrap();
        assert_eq!((address.local_part(), address.domain()), ("Asha", "example.com"));
        assert_eq!(address.mailbox_key(), "asha@example.com");
    }

    #[test]
    fn what_is_more_or_less_than_an_address_is_refused() {
        for (text, why) in [
            ("", AddressError::NoAt),
            ("asha", AddressError::NoAt),
            ("@example.com", AddressError::LocalPart),
            (".asha@example.com", AddressError::LocalPart),
            ("asha.@example.com", AddressError::LocalPart),
            ("a..b@example.com", AddressError::LocalPart),
            ("asha rao@example.com", AddressError::LocalPart),
            ("\"asha\"@example.com", AddressError::LocalPart),
            ("Asha <asha@example.com>", AddressError::LocalPart),
            ("asha%victim.example@example.com", AddressError::LocalPart),
            ("victim.example!asha@example.com", AddressError::LocalPart),
            ("asha\r\nBcc: x@example.com", AddressError::LocalPart),
            ("аsha@example.com", AddressError::LocalPart),
            ("asha@", AddressError::Domain),
            ("asha@localhost", AddressError::Domain),
            ("asha@example.com>", AddressError::Domain),
            ("asha@b@example.com", AddressError::Domain),
            ("asha@example..com", AddressError::Domain),
            ("asha@-example.com", AddressError::Domain),
            ("asha@example.com\r\nBcc: x@example.com", AddressError::Domain),
            ("asha@127.0.0.1", AddressError::Domain),
            ("asha@[127.0.0.1]", AddressError::Domain),
            ("asha@exаmple.com", AddressError::Domain),
            ("asha@example.c", AddressError::Domain),
            ("asha@example.com\u{202e}", AddressError::Domain),
        ] {
            assert_eq!(EmailAddress::parse(text), Err(why), "{text}");
        }
    }

    #[test]
    fn lengths_are_bounded() {
        let local = "a".repeat(LOCAL_PART_BYTES_MAX);
        assert!(EmailAddress::parse(&format!("{local}@example.com")).is_ok());
        assert_eq!(EmailAddress::parse(&format!("{local}a@example.com")), Err(AddressError::TooLong));
        let label = "b".repeat(LABEL_BYTES_MAX);
        let domain = format!("{label}.{label}.{}.com", "c".repeat(57));
        assert_eq!(EmailAddress::parse(&format!("{local}@{domain}")).unwrap().expose().len(), ADDRESS_BYTES_MAX);
        assert_eq!(EmailAddress::parse(&format!("{local}@c{domain}")), Err(AddressError::TooLong));
        assert_eq!(EmailAddress::parse(&format!("a@b{label}.com")), Err(AddressError::Domain));
    }

    #[test]
    fn an_address_does_not_print() {
        let address = EmailAddress::parse("asha@example.com").unwrap();
        assert_eq!(format!("{address:?}"), "EmailAddress(..)");
        assert!(!EmailAddress::parse("asha@x").unwrap_err().to_string().contains("asha"));
    }

    #[test]
    fn an_address_is_read_as_ses_writes_it() {
        let read = |json: &str| serde_json::from_str::<EmailAddress>(json);
        assert_eq!(read(r#""Asha <asha@example.com>""#).unwrap().expose(), "asha@example.com");
        assert_eq!(read(r#""asha@example.com""#).unwrap().expose(), "asha@example.com");
        assert!(read(r#""Asha""#).is_err());
    }
}
