//! Where a customer is sent to consent.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::call::{BaseUrl, SetupError};

/// An address with `{handle}` in it and, where the aggregator sends people back, `{return_url}`.
#[derive(Debug, Clone)]
pub struct Redirect(String);

impl Redirect {
    /// # Errors
    ///
    /// [`SetupError`] where it is no address, or does not name the handle.
    pub fn new(template: &str) -> Result<Self, SetupError> {
        let redirect = Self(template.to_owned());
        if !template.contains("{handle}") {
            return Err(SetupError::Missing("{handle} in the aggregator's redirect address"));
        }
        // Up to its query it is held to what any base URL is.
        let whole = redirect.to_url("handle", "https://example.com");
        BaseUrl::new(whole.split(['?', '#']).next().unwrap_or_default())?;
        Ok(redirect)
    }

    pub fn to_url(&self, handle: &str, return_url: &str) -> String {
        let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        self.0.replace("{handle}", &encode(handle)).replace("{return_url}", &encode(return_url))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_part_reaches_out_of_its_place() {
        let redirect = Redirect::new("https://aa.example/consent/{handle}?return={return_url}").unwrap();
        let url = redirect.to_url("h/../1", "https://kamai.in/?a=1&b=2");
        assert_eq!(url, "https://aa.example/consent/h%2F%2E%2E%2F1?return=https%3A%2F%2Fkamai%2Ein%2F%3Fa%3D1%26b%3D2");
    }

    #[test]
    fn what_is_no_address_of_a_consent_is_refused() {
        for template in ["https://aa.example/consent", "{handle}", "javascript:{handle}", "http://aa.example/{handle}"] {
            assert!(Redirect::new(template).is_err(), "{template}");
        }
        assert!(Redirect::new("http://127.0.0.1:4700/aa/consent/{handle}").is_ok());
    }
}
