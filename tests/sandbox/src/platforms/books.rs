//! Who may read what of whom, and how each platform is told to behave.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::Refused;
use super::work::Payment;
use crate::config::{self, PlatformApp};
use crate::ids;

pub const CODE_SECONDS: i64 = 600;
const DELAY_MS_MAX: u64 = 10 * 60 * 1000;

/// Which platform, as its address names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum App {
    Uber,
    Feed(String),
}

impl App {
    /// # Errors
    ///
    /// Where no platform is called so.
    pub fn feed(name: &str) -> Result<Self, Refused> {
        let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let fits = (1..=32).contains(&name.len()) && name.bytes().all(is_name);
        if fits { Ok(Self::Feed(name.to_owned())) } else { Err(Refused::bad_request("A platform's name is a-z, 0-9 and _.")) }
    }

    pub fn name(&self) -> &str {
        match self {
            Self::Uber => "uber",
            Self::Feed(name) => name,
        }
    }

    pub fn config<'a>(&self, config: &'a config::Platforms) -> &'a PlatformApp {
        match self {
            Self::Uber => &config.uber,
            Self::Feed(_) => &config.feed,
        }
    }

    pub fn scopes(&self) -> &'static [&'static str] {
        match self {
            Self::Uber => &["partner.accounts", "partner.payments", "partner.trips"],
            Self::Feed(_) => &["earnings.read"],
        }
    }
}

#[derive(Clone, Default)]
pub struct Platforms {
    pub grants: BTreeMap<String, Grant>,
    codes: HashMap<String, Code>,
    accesses: HashMap<String, Access>,
    refreshes: HashMap<String, String>,
    pub drivers: BTreeMap<String, Driver>,
    pub feeds: BTreeMap<String, FeedBehaviour>,
    pub behaviour: Behaviour,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Behaviour {
    pub delay_ms: u64,
    pub down: bool,
}

impl Behaviour {
    pub fn check(self) -> Result<Self, String> {
        if self.delay_ms > DELAY_MS_MAX { Err(format!("`delay_ms` is at most {DELAY_MS_MAX}")) } else { Ok(self) }
    }
}

/// How a driver's answers are.
#[derive(Clone, Debug, Default)]
pub struct Driver {
    pub told: DriverBehaviour,
    /// Payments beside those of the work.
    pub payments: Vec<Payment>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DriverBehaviour {
    pub fleet: bool,
    pub without_ids: bool,
    pub repeat_page: bool,
    pub expire_after: Option<u32>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FeedBehaviour {
    pub shape: Shape,
    pub hostile: bool,
    pub changed: bool,
    pub page_days: usize,
}

impl Default for FeedBehaviour {
    fn default() -> Self {
        Self { shape: Shape::Canonical, hostile: false, changed: false, page_days: 10 }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Paise, with their currency.
    Canonical,
    /// `{data: [{date, total_earnings, breakdown}]}` in decimal rupees.
    Seed,
    /// Names of its own.
    Foreign,
}

/// What a worker allowed.
#[derive(Clone)]
pub struct Grant {
    pub id: String,
    pub app: App,
    pub worker: String,
    pub is_over: bool,
}

#[derive(Clone)]
pub struct Code {
    pub grant_id: String,
    pub redirect_uri: String,
    pub challenge: Option<String>,
    pub expires_at: i64,
    pub used: bool,
}

#[derive(Clone)]
struct Access {
    grant_id: String,
    expires_at: i64,
}

pub struct Pair {
    pub access: String,
    pub refresh: String,
}

impl Platforms {
    /// A new grant, and the code that is exchanged for its tokens.
    pub fn allow(&mut self, app: App, worker: &str, redirect_uri: &str, challenge: Option<String>, now: i64) -> String {
        let grant = Grant { id: format!("pgr_{}", ids::alphanumeric(20)), app, worker: worker.to_owned(), is_over: false };
        let text = ids::alphanumeric(32);
        let code = Code {
            grant_id: grant.id.clone(),
            redirect_uri: redirect_uri.to_owned(),
            challenge,
            expires_at: now + CODE_SECONDS,
            used: false,
        };
        self.codes.insert(text.clone(), code);
        self.grants.insert(grant.id.clone(), grant);
        text
    }

    /// Uses a code up, if `fits` says that it is the caller's. Twice is once too often: somebody else has it too.
    pub fn exchange(&mut self, app: &App, code: &str, now: i64, seconds: i64, fits: impl Fn(&Code) -> bool) -> Result<Pair, Refused> {
        let code = self.codes.get_mut(code).filter(|code| now < code.expires_at && fits(code));
        let code = code.ok_or(Refused::invalid_grant("The code is not known, has expired, or is of another link."))?;
        let grant_id = code.grant_id.clone();
        let was_used = std::mem::replace(&mut code.used, true);
        let grant = self.grants.get_mut(&grant_id).filter(|grant| grant.app == *app);
        let grant = grant.ok_or(Refused::invalid_grant("The code is another platform's."))?;
        if was_used {
            grant.is_over = true;
            return Err(Refused::invalid_grant("The code was used before."));
        }
        Ok(self.issue(grant_id, now, seconds))
    }

    /// A new pair. The refresh token that was used is good for as long as the grant is: nobody knows whether the
    /// answer arrives.
    pub fn renew(&mut self, app: &App, refresh: &str, now: i64, seconds: i64) -> Result<Pair, Refused> {
        let grant = self.refreshes.get(refresh).and_then(|grant_id| self.grants.get(grant_id));
        let grant = grant.filter(|grant| grant.app == *app && !grant.is_over);
        let grant_id = grant.ok_or(Refused::invalid_grant("The refresh token is not known, or is over."))?.id.clone();
        Ok(self.issue(grant_id, now, seconds))
    }

    fn issue(&mut self, grant_id: String, now: i64, seconds: i64) -> Pair {
        let (access, refresh) = (format!("pat_{}", ids::alphanumeric(40)), format!("prt_{}", ids::alphanumeric(40)));
        self.accesses.insert(access.clone(), Access { grant_id: grant_id.clone(), expires_at: now + seconds });
        self.refreshes.insert(refresh.clone(), grant_id);
        Pair { access, refresh }
    }

    /// The worker whose token this is.
    pub fn worker_of(&self, app: &App, access: &str, now: i64) -> Result<String, Refused> {
        let access = self.accesses.get(access).filter(|access| now < access.expires_at).ok_or(Refused::unauthorized())?;
        let grant = self.grants.get(&access.grant_id).filter(|grant| grant.app == *app).ok_or(Refused::unauthorized())?;
        if grant.is_over { Err(Refused::withdrawn()) } else { Ok(grant.worker.clone()) }
    }

    pub fn revoke(&mut self, token: &str) {
        let of_access = self.accesses.get(token).map(|access| access.grant_id.clone());
        if let Some(grant_id) = self.refreshes.get(token).cloned().or(of_access) {
            self.withdraw(&grant_id);
        }
    }

    /// Whether there is such a grant.
    pub fn withdraw(&mut self, grant_id: &str) -> bool {
        self.grants.get_mut(grant_id).map(|grant| grant.is_over = true).is_some()
    }

    /// Ends the access tokens of the grants that `fits`, as their time does. Whether there are such.
    pub fn expire(&mut self, fits: impl Fn(&Grant) -> bool) -> bool {
        let over: Vec<&String> = self.grants.values().filter(|grant| fits(grant)).map(|grant| &grant.id).collect();
        self.accesses.values_mut().filter(|access| over.contains(&&access.grant_id)).for_each(|access| access.expires_at = 0);
        !over.is_empty()
    }
}
