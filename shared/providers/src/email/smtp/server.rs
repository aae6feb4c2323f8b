//! Where a mail server is, and how it is spoken to.

use reqwest::Url;

use crate::call::SetupError;

/// How a connection is kept from being read and changed on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// TLS from the first byte (RFC 8314).
    Implicit,
    /// Clear text until the server has been asked for TLS; none, no mail.
    StartTls,
    /// None at all, on this machine only: the local cloud's sandbox.
    Plain,
}

/// A host, a port and a [`Mode`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    host: String,
    port: u16,
    mode: Mode,
}

impl Server {
    /// Reads `smtps://host:465`, `smtp+starttls://host:587` or, for the machine we run on,
    /// `smtp://127.0.0.1:2525`. The port is always said.
    ///
    /// # Errors
    ///
    /// [`SetupError::BaseUrl`] for anything else, a credential or a path in it included.
    pub fn parse(url: &str) -> Result<Self, SetupError> {
        let url = Url::parse(url).map_err(|_| SetupError::BaseUrl("it does not parse"))?;
        let mode = match url.scheme() {
            "smtps" => Mode::Implicit,
            "smtp+starttls" => Mode::StartTls,
            "smtp" => Mode::Plain,
            _ => return Err(SetupError::BaseUrl("none of smtps, smtp+starttls and smtp")),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(SetupError::BaseUrl("it carries a credential"));
        }
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(SetupError::BaseUrl("it carries a path or a query"));
        }
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_ascii_lowercase();
        let is_host = !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(&byte));
        if !is_host {
            return Err(SetupError::BaseUrl("it has no host"));
        }
        if mode == Mode::Plain && !matches!(host.as_str(), "localhost" | "127.0.0.1" | "::1") {
            return Err(SetupError::BaseUrl("smtp is for the local machine only"));
        }
        let port = url.port().ok_or(SetupError::BaseUrl("it has no port"))?;
        Ok(Self { host, port, mode })
    }

    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    #[must_use]
    pub fn mode(&self) -> Mode {
        self.mode
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_read_from_its_url() {
        for (url, host, port, mode) in [
            ("smtps://email-smtp.ap-south-1.amazonaws.com:465", "email-smtp.ap-south-1.amazonaws.com", 465, Mode::Implicit),
            ("smtp+starttls://Email-SMTP.ap-south-1.amazonaws.com:587/", "email-smtp.ap-south-1.amazonaws.com", 587, Mode::StartTls),
            ("smtp://127.0.0.1:2525", "127.0.0.1", 2525, Mode::Plain),
            ("smtp://[::1]:2525", "::1", 2525, Mode::Plain),
            ("smtp://localhost:2525", "localhost", 2525, Mode::Plain),
        ] {
            let server = Server::parse(url).unwrap();
            assert_eq!((server.host(), server.port(), server.mode()), (host, port, mode), "{url}");
        }
    }

    #[test]
    fn a_server_that_would_leak_mail_or_credentials_is_refused() {
        for url in [
            "",
            "email-smtp.ap-south-1.amazonaws.com:465",
            "https://email-smtp.ap-south-1.amazonaws.com:465",
            "smtps://email-smtp.ap-south-1.amazonaws.com",
            "smtps://:465",
            "smtps://key:secret@host.example:465",
            "smtps://host.example:465/path",
            "smtps://host.example:465?tls=no",
            "smtp://host.example:25",
            "smtp://127.0.0.1.host.example:25",
            "smtp://localhost.host.example:25",
        ] {
            assert!(matches!(Server::parse(url), Err(SetupError::BaseUrl(_))), "{url}");
        }
    }
}
