//! The push services that we speak to.
//!
//! Source: `push.md`, B1. A subscription's address is its owner's word. Without a list, anybody
//! could have our functions call whatever answers there: our own network, a cloud's metadata, a
//! name that resolves to either. The names on the list belong to browsers' makers, so what they
//! resolve to is theirs to say.

use reqwest::Url;

use crate::call::SetupError;

/// The makers of the browsers that there are.
const KNOWN: [&str; 4] = ["fcm.googleapis.com", "updates.push.services.mozilla.com", "*.push.apple.com", "*.notify.windows.com"];

/// A list of push services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Services {
    names: Vec<Name>,
    local: Option<Url>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Name {
    Exactly(String),
    /// With its leading dot.
    Below(String),
}

impl Default for Services {
    /// Those of Chrome, Firefox, Safari and Edge.
    fn default() -> Self {
        let names = KNOWN.into_iter().filter_map(Name::parse).collect();
        Self { names, local: None }
    }
}

impl Services {
    /// Host names; `*.` in front of one stands for whatever is below it, and not for itself.
    ///
    /// # Errors
    ///
    /// [`SetupError`] for what is no host name of two parts at least.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Self, SetupError> {
        let names = names.into_iter().map(|name| Name::parse(name).ok_or(SetupError::Unusable("the name of a push service")));
        Ok(Self { names: names.collect::<Result<_, _>>()?, local: None })
    }

    /// The same list and one service on this machine, by its host and port: the local cloud's
    /// sandbox, such as `http://localhost:4700`. Never set where there is anything to protect.
    ///
    /// # Errors
    ///
    /// [`SetupError`] for anything else.
    pub fn with_local(mut self, origin: &str) -> Result<Self, SetupError> {
        let url = Url::parse(origin).map_err(|_| SetupError::BaseUrl("it does not parse"))?;
        if url.scheme() != "http" || !matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")) {
            return Err(SetupError::BaseUrl("a local push service is http on this machine"));
        }
        self.local = Some(url);
        Ok(self)
    }

    pub(super) fn include(&self, url: &Url) -> bool {
        self.is_local(url) || (url.scheme() == "https" && url.port().is_none() && url.domain().is_some_and(|host| self.name(host)))
    }

    fn is_local(&self, url: &Url) -> bool {
        self.local.as_ref().is_some_and(|local| {
            url.scheme() == local.scheme()
                && url.host_str() == local.host_str()
                && url.port_or_known_default() == local.port_or_known_default()
        })
    }

    fn name(&self, host: &str) -> bool {
        self.names.iter().any(|name| match name {
            Name::Exactly(name) => host == name,
            Name::Below(suffix) => host.strip_suffix(suffix.as_str()).is_some_and(|rest| !rest.is_empty()),
        })
    }
}

impl Name {
    fn parse(text: &str) -> Option<Self> {
        let (below, name) = text.strip_prefix("*.").map_or((false, text), |name| (true, name));
        let label =
            |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        // As a URL has it, which also tells an IP address and a mere `localhost` from a name.
        let url = Url::parse(&format!("https://{name}")).ok()?;
        let fits = url.domain() == Some(name) && name.contains('.') && name.split('.').all(label) && !name.ends_with(".localhost");
        fits.then(|| if below { Self::Below(format!(".{name}")) } else { Self::Exactly(name.to_owned()) })
    }
}
