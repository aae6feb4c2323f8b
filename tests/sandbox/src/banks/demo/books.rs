//! Customers, and who may read what of them.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::Refused;
use super::error::Over;
use crate::banks::history::Country;
use crate::banks::ledger::Customer;
use crate::ids;

pub const CODE_SECONDS: i64 = 600;
pub const ACCESS_SECONDS: i64 = 3600;
const CONSENT_SECONDS: i64 = 180 * 86_400;
const DELAY_MS_MAX: u64 = 10 * 60 * 1000;

#[derive(Clone, Default)]
pub struct DemoBank {
    customers: BTreeMap<String, Customer>,
    pub consents: BTreeMap<String, Consent>,
    codes: HashMap<String, Code>,
    accesses: HashMap<String, Access>,
    refreshes: HashMap<String, Refresh>,
    pub behaviour: Behaviour,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Behaviour {
    pub delay_ms: u64,
    pub down: bool,
    /// As configured, unless told.
    pub preparing_ms: Option<u64>,
}

impl Behaviour {
    pub fn check(self) -> Result<Self, String> {
        let longest = self.delay_ms.max(self.preparing_ms.unwrap_or(0));
        if longest > DELAY_MS_MAX { Err(format!("`delay_ms` and `preparing_ms` are at most {DELAY_MS_MAX}")) } else { Ok(self) }
    }
}

/// What a person allowed.
#[derive(Clone)]
pub struct Consent {
    pub id: String,
    pub customer: String,
    pub accounts: Vec<String>,
    pub expires_at: i64,
    /// When the history is there; in milliseconds, as the delay is.
    pub ready_at_ms: i64,
    pub over: Option<Over>,
}

impl Consent {
    /// # Errors
    ///
    /// Why it is over.
    pub fn require_lasting(&self, now: i64) -> Result<(), Over> {
        match self.over {
            Some(over) => Err(over),
            None if now >= self.expires_at => Err(Over::Expired),
            None => Ok(()),
        }
    }
}

#[derive(Clone)]
pub struct Code {
    pub consent_id: String,
    pub redirect_uri: String,
    pub challenge: String,
    pub expires_at: i64,
    pub used: bool,
}

#[derive(Clone)]
struct Access {
    consent_id: String,
    expires_at: i64,
    used: bool,
}

#[derive(Clone)]
struct Refresh {
    consent_id: String,
    access: String,
    successor: Option<String>,
}

/// An access token and the refresh token that was given with it.
pub struct Pair {
    pub consent_id: String,
    pub access: String,
    pub refresh: String,
}

impl DemoBank {
    /// Whoever has this number, with everything that has happened to them until now.
    pub fn customer(&mut self, number: &str, now: i64) -> &mut Customer {
        let customer = self.customers.entry(number.to_owned()).or_insert_with(|| Customer::new(Country::India, number, now));
        customer.catch_up(now);
        customer
    }

    /// A new consent, and the code that is exchanged for its tokens.
    pub fn allow(&mut self, customer: &str, accounts: Vec<String>, code: Code, now: i64, ready_at_ms: i64) -> String {
        let consent = Consent {
            id: code.consent_id.clone(),
            customer: customer.to_owned(),
            accounts,
            expires_at: now + CONSENT_SECONDS,
            ready_at_ms,
            over: None,
        };
        self.consents.insert(consent.id.clone(), consent);
        let text = ids::alphanumeric(32);
        self.codes.insert(text.clone(), code);
        text
    }

    /// Uses a code up, if `fits` says that it is the caller's. Twice is once too often: somebody else
    /// has it too.
    pub fn exchange(&mut self, code: &str, now: i64, fits: impl Fn(&Code) -> bool) -> Result<Pair, Refused> {
        let code = self.codes.get_mut(code).filter(|code| now < code.expires_at);
        let code = code.ok_or(Refused::invalid_grant("The code is not known, or has expired."))?;
        if !fits(code) {
            return Err(Refused::invalid_grant("The code is of another redirect_uri or code_verifier."));
        }
        let consent_id = code.consent_id.clone();
        if std::mem::replace(&mut code.used, true) {
            self.end(&consent_id, Over::Withdrawn);
            return Err(Refused::invalid_grant("The code was used before."));
        }
        Ok(self.issue(consent_id, now))
    }

    /// Replaces a refresh token.
    pub fn renew(&mut self, token: &str, now: i64) -> Result<Pair, Refused> {
        let refresh = self.refreshes.get(token).ok_or(Refused::invalid_grant("The refresh token is not known."))?.clone();
        let consent = self.consents.get(&refresh.consent_id).ok_or(Refused::invalid_grant("The consent is not known."))?;
        consent.require_lasting(now).map_err(|over| Refused::over(over, true))?;
        if let Some(successor) = &refresh.successor {
            let next = self.refreshes.get(successor);
            let is_used =
                next.is_none_or(|next| next.successor.is_some() || self.accesses.get(&next.access).is_none_or(|access| access.used));
            if is_used {
                self.end(&refresh.consent_id, Over::Withdrawn);
                return Err(Refused::invalid_grant("The refresh token was replaced, and its successor is in use."));
            }
            // Nobody has received it: the answer was lost.
            if let Some(lost) = self.refreshes.remove(successor) {
                self.accesses.remove(&lost.access);
            }
        }
        let pair = self.issue(refresh.consent_id, now);
        if let Some(refresh) = self.refreshes.get_mut(token) {
            refresh.successor = Some(pair.refresh.clone());
        }
        Ok(pair)
    }

    fn issue(&mut self, consent_id: String, now: i64) -> Pair {
        let (access, refresh) = (format!("dat_{}", ids::alphanumeric(40)), format!("drt_{}", ids::alphanumeric(40)));
        let expires_at = now + ACCESS_SECONDS;
        self.accesses.insert(access.clone(), Access { consent_id: consent_id.clone(), expires_at, used: false });
        self.refreshes.insert(refresh.clone(), Refresh { consent_id: consent_id.clone(), access: access.clone(), successor: None });
        Pair { consent_id, access, refresh }
    }

    /// The consent that an access token is of.
    pub fn consent_of(&mut self, access: &str, now: i64) -> Result<Consent, Refused> {
        let access = self.accesses.get_mut(access).ok_or(Refused::invalid_token())?;
        let consent = self.consents.get(&access.consent_id).ok_or(Refused::invalid_token())?;
        consent.require_lasting(now).map_err(|over| Refused::over(over, false))?;
        if now >= access.expires_at {
            return Err(Refused::invalid_token());
        }
        access.used = true;
        Ok(consent.clone())
    }

    /// Ends the consent that a token of either kind is of, if it is one.
    pub fn revoke(&mut self, token: &str) {
        let of_refresh = self.refreshes.get(token).map(|refresh| refresh.consent_id.clone());
        let consent_id = of_refresh.or_else(|| self.accesses.get(token).map(|access| access.consent_id.clone()));
        if let Some(consent_id) = consent_id {
            self.end(&consent_id, Over::Withdrawn);
        }
    }

    /// Whether there is such a consent.
    pub fn end(&mut self, consent_id: &str, over: Over) -> bool {
        let consent = self.consents.get_mut(consent_id);
        consent.map(|consent| consent.over = consent.over.or(Some(over))).is_some()
    }

    /// Ends the access tokens of a consent, as the hour does. Whether there is such a consent.
    pub fn expire_access(&mut self, consent_id: &str) -> bool {
        self.accesses.values_mut().filter(|access| access.consent_id == consent_id).for_each(|access| access.expires_at = 0);
        self.consents.contains_key(consent_id)
    }
}
