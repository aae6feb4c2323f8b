//! Descriptions of platforms, read and checked.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::access::{Access, Kept};
use super::reshape::{Rules, Shape};
use super::template::{Hole, OF_LINKS, OF_QUESTIONS, Template};
use super::{Client, Described, LinkPage, Next};
use crate::call::{BaseUrl, Endpoint, Http, SetupError};
use crate::platforms::connector::UBER;
use crate::platforms::oauth::{ClientAuth, OAuth, Settings};
use crate::secret::Secret;

const WINDOW_DAYS_DEFAULT: u16 = 31;
const WINDOW_DAYS_MAX: u16 = 366;

/// A description that does not work: of which platform, and in which field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("platform {platform}: {field}: {why}")]
pub struct BadDescription {
    /// As it calls itself, or its place in the list.
    pub platform: String,
    pub field: String,
    pub why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Description {
    platform: String,
    base_url: String,
    path: String,
    #[serde(default)]
    query: BTreeMap<String, String>,
    auth: Auth,
    #[serde(default)]
    link_page: Option<Page>,
    #[serde(default)]
    day_rollover_hour: u8,
    #[serde(default)]
    window_days_max: Option<u16>,
    #[serde(default)]
    next: Next,
    #[serde(default)]
    field_map: BTreeMap<String, String>,
    #[serde(default)]
    rows_where: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    decimal_currency: Option<String>,
    #[serde(default)]
    zone: Option<String>,
    #[serde(default)]
    seconds: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    url: String,
    query: BTreeMap<String, String>,
}

/// `secret` is a name under which a credential is kept, and never the credential.
#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum Auth {
    Bearer {
        secret: String,
    },
    Header {
        name: String,
        secret: String,
    },
    Basic {
        username: String,
        secret: String,
    },
    OauthClient {
        token_url: String,
        client_id: String,
        secret: String,
        #[serde(default)]
        scope: String,
        #[serde(default)]
        client_auth: ClientAuth,
    },
    OauthConsent {
        authorize_url: String,
        token_url: String,
        #[serde(default)]
        revoke_url: Option<String>,
        client_id: String,
        secret: String,
        #[serde(default)]
        scope: String,
        #[serde(default)]
        client_auth: ClientAuth,
        #[serde(default)]
        pkce: bool,
    },
}

type Wrong = (String, String);

/// Reads a list of descriptions: `{"platforms": [{…}]}`. `secrets` gives a credential by its name.
///
/// # Errors
///
/// [`BadDescription`] for the first that does not work. A configuration is taken whole or not at all.
pub fn load(json: &str, http: &Http, secrets: &dyn Fn(&str) -> Option<Secret>) -> Result<Vec<Client>, BadDescription> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct List<'a> {
        #[serde(borrow)]
        platforms: Vec<&'a RawValue>,
    }
    let list: List<'_> = serde_json::from_str(json).map_err(|error| BadDescription {
        platform: "list".to_owned(),
        field: "platforms".to_owned(),
        why: error.to_string(),
    })?;
    let mut names = BTreeSet::new();
    let mut clients = Vec::with_capacity(list.platforms.len());
    for (index, raw) in list.platforms.into_iter().enumerate() {
        let named = serde_json::from_str::<Value>(raw.get()).ok();
        let named = named.as_ref().and_then(|value| value.get("platform")?.as_str());
        let platform = named.filter(|name| !name.is_empty()).map_or_else(|| format!("[{index}]"), str::to_owned);
        let read = read(raw, http, secrets).and_then(|described| {
            if names.insert(described.platform.clone()) { Ok(described) } else { Err(wrong("platform", "is described twice")) }
        });
        clients.push(Client(Arc::new(read.map_err(|(field, why)| BadDescription { platform, field, why })?)));
    }
    Ok(clients)
}

fn read(raw: &RawValue, http: &Http, secrets: &dyn Fn(&str) -> Option<Secret>) -> Result<Described, Wrong> {
    let mut parser = serde_json::Deserializer::from_str(raw.get());
    let description: Description =
        serde_path_to_error::deserialize(&mut parser).map_err(|error| (error.path().to_string(), error.inner().to_string()))?;
    described(description, http, secrets)
}

fn described(from: Description, http: &Http, secrets: &dyn Fn(&str) -> Option<Secret>) -> Result<Described, Wrong> {
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let name = &from.platform;
    require((1..=32).contains(&name.len()) && name.bytes().all(is_name), "platform", "is 1 to 32 of a-z, 0-9 and _")?;
    require(name != UBER, "platform", "is spoken to in its own way, and not by description")?;
    require(from.day_rollover_hour <= 23, "day_rollover_hour", "is 0 to 23")?;
    let window_days_max = from.window_days_max.unwrap_or(WINDOW_DAYS_DEFAULT);
    require((1..=WINDOW_DAYS_MAX).contains(&window_days_max), "window_days_max", "is 1 to 366")?;
    let endpoint = Endpoint::new(http.clone(), &from.base_url).map_err(setup("base_url"))?;
    let path = read_path(&from.path)?;
    let query = templates("query", &from.query, &OF_QUESTIONS)?;
    let has = |hole| path.iter().chain(query.values()).any(|template| template.has(hole));
    let access = access(&from.auth, http, secrets)?;
    if let Access::Consent { .. } = access {
        require(!has(Hole::Account), "auth", "is of each worker: no {account} is asked for")?;
        require(from.link_page.is_none(), "link_page", "is of platforms that are read with our key")?;
    } else {
        require(has(Hole::Account), "query", "says nowhere whose earnings are asked for: {account} is missing")?;
    }
    let is_paged = from.next == Next::Url || has(Hole::Cursor) || !from.field_map.contains_key("next_cursor");
    require(is_paged, "query", "has no {cursor}, while the field map says where the next one is")?;
    let link_page = from.link_page.as_ref().map(read_page).transpose()?;
    for (name, theirs) in &from.field_map {
        let field = format!("field_map.{name}");
        require(Shape::is_name(name), &field, "is no name of the canonical response")?;
        require_place(&field, theirs)?;
    }
    for (theirs, allowed) in &from.rows_where {
        require_place("rows_where", theirs)?;
        require(!allowed.is_empty(), "rows_where", "allows nothing")?;
    }
    for (field, theirs) in [("decimal_currency", &from.decimal_currency), ("zone", &from.zone), ("seconds", &from.seconds)] {
        theirs.iter().try_for_each(|theirs| require_place(field, theirs))?;
    }
    let rules = Rules { rows_where: from.rows_where, decimal_currency: from.decimal_currency, zone: from.zone, seconds: from.seconds };
    Ok(Described {
        platform: from.platform,
        endpoint,
        path,
        query,
        access,
        link_page,
        day_rollover_hour: from.day_rollover_hour,
        window_days_max,
        next: from.next,
        shape: Shape::new(&from.field_map, rules),
    })
}

fn read_path(path: &str) -> Result<Vec<Template>, Wrong> {
    let segments = path.strip_prefix('/').ok_or_else(|| wrong("path", "begins with a slash"))?;
    require(!segments.split('/').any(|segment| matches!(segment, "." | "..")), "path", "leads upwards")?;
    let path = segments.split('/').map(|segment| template("path", segment, &OF_QUESTIONS)).collect::<Result<Vec<_>, _>>()?;
    require(!path.iter().any(|template| template.has(Hole::Cursor)), "path", "has no {cursor}: a first page has none")?;
    Ok(path)
}

fn read_page(page: &Page) -> Result<LinkPage, Wrong> {
    let url = BaseUrl::new(&page.url).map_err(setup("link_page.url"))?;
    let query = templates("link_page.query", &page.query, &OF_LINKS)?;
    for (hole, name) in [(Hole::Account, "account"), (Hole::State, "state"), (Hole::RedirectUri, "redirect_uri")] {
        require(query.values().any(|template| template.has(hole)), "link_page.query", &format!("{{{name}}} is missing"))?;
    }
    Ok(LinkPage { url, query })
}

fn access(auth: &Auth, http: &Http, secrets: &dyn Fn(&str) -> Option<Secret>) -> Result<Access, Wrong> {
    let secret = |name: &str| secrets(name).ok_or_else(|| wrong("auth.secret", &format!("there is no secret called {name}")));
    Ok(match auth {
        Auth::Bearer { secret: name } => Access::Bearer(secret(name)?),
        Auth::Header { name: header, secret: name } => {
            let header = HeaderName::from_bytes(header.as_bytes()).map_err(|_| wrong("auth.name", "is no header"))?;
            require(header != AUTHORIZATION, "auth.name", "is of the kinds bearer and basic")?;
            let mut value = HeaderValue::from_str(secret(name)?.expose()).map_err(|_| wrong("auth.secret", "cannot be put into HTTP"))?;
            value.set_sensitive(true);
            Access::Header { name: header, value }
        }
        Auth::Basic { username, secret: name } => Access::Basic { username: username.clone(), password: secret(name)? },
        Auth::OauthClient { token_url, client_id, secret: name, scope, client_auth } => {
            let settings =
                Settings { token_url, revoke_url: None, client_id, client_secret: secret(name)?, scope, client_auth: *client_auth };
            let oauth = OAuth::new(http.clone(), settings).map_err(setup("auth"))?;
            Access::OurToken { oauth, kept: Kept::default() }
        }
        Auth::OauthConsent { authorize_url, token_url, revoke_url, client_id, secret: name, scope, client_auth, pkce } => {
            let page = BaseUrl::new(authorize_url).map_err(setup("auth.authorize_url"))?;
            let revoke_url = revoke_url.as_deref();
            let settings = Settings { token_url, revoke_url, client_id, client_secret: secret(name)?, scope, client_auth: *client_auth };
            let oauth = OAuth::new(http.clone(), settings).map_err(setup("auth"))?;
            Access::Consent { oauth, page, pkce: *pkce }
        }
    })
}

fn templates(field: &str, texts: &BTreeMap<String, String>, holes: &[Hole]) -> Result<BTreeMap<String, Template>, Wrong> {
    texts.iter().map(|(name, text)| Ok((name.clone(), template(&format!("{field}.{name}"), text, holes)?))).collect()
}

fn template(field: &str, text: &str, holes: &[Hole]) -> Result<Template, Wrong> {
    Template::parse(text, holes).map_err(|why| wrong(field, &why))
}

/// A place in the platform's answers: names with points between them.
fn require_place(field: &str, place: &str) -> Result<(), Wrong> {
    require(!place.is_empty() && place.split('.').all(|name| !name.is_empty()), field, "is names with points between them")
}

fn require(holds: bool, field: &str, why: &str) -> Result<(), Wrong> {
    if holds { Ok(()) } else { Err(wrong(field, why)) }
}

fn wrong(field: &str, why: &str) -> Wrong {
    (field.to_owned(), why.to_owned())
}

fn setup(field: &'static str) -> impl Fn(SetupError) -> Wrong {
    move |error| wrong(field, &error.to_string())
}
