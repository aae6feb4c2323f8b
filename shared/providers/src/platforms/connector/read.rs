//! What is asked for, and what it gives.

use std::fmt;

use earnings::EarningsDay;
use jiff::Timestamp;
use jiff::civil::Date;

use super::tokens::foreign;
use super::{Platform, Tokens};
use crate::personal::Personal;
use crate::platforms::{PlatformError, Received, Window, configured, uber};
use crate::standing::Standing;

/// A stretch of days that is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    pub window: Window,
    /// The last one that was applied, for a platform that gives one.
    pub cursor: Option<&'a str>,
}

/// What one window gave.
#[derive(Debug, Clone)]
pub struct Read {
    /// Who the platform says it is, where it does: the same account is not two workers'.
    pub worker: Option<Worker>,
    /// To be written over what is there of the same platform, date and external id. Earned, and not paid:
    /// no balance changes by it.
    pub days: Vec<EarningsDay>,
    /// A stretch that is known whole: what is kept of it and is not among the days has gone. `None` where
    /// that cannot be said.
    pub covers: Option<Window>,
    pub findings: Vec<Finding>,
    /// Where to go on; `None` when all that was wanted is read.
    pub next_from: Option<Date>,
    /// The platform's own mark of how far it was read.
    pub cursor: Option<String>,
    /// SHA-256 of all bodies in their order, in hex.
    pub payload_sha256: String,
}

#[derive(Debug, Clone)]
pub struct Worker {
    pub id: Personal,
    pub name: Option<Personal>,
    /// The platform's word for whether they may work.
    pub status: Option<String>,
}

/// What was noticed, and is no error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// They drove, and were paid by the fleet that they drive for: what they earn is not to be read here,
    /// and is to be told by themselves.
    FleetDriver,
    /// Payments of others were left out: the worker is a fleet's owner.
    OtherDrivers { payments: usize },
    /// So many payments less were given than were counted, twice.
    Short { payments: u32 },
    /// Days that were left out because they are older than two years.
    TooOld { days: usize },
}

/// A reading that was begun. Holds what was read until all of it is.
pub struct Reading {
    steps: Steps,
    received: Received,
    /// How far it was when its token was not taken.
    stale_at: Option<u32>,
}

enum Steps {
    Uber(Box<uber::Reading>),
    Configured(Box<configured::Reading>),
}

impl Reading {
    pub(super) fn open(platform: &Platform, wanted: &Wanted<'_>, now: Timestamp) -> Result<Self, PlatformError> {
        let steps = match platform {
            Platform::Uber(client) => Steps::Uber(Box::new(uber::Reading::new(client, wanted, now)?)),
            Platform::Configured(client) => Steps::Configured(Box::new(configured::Reading::new(client, wanted, now)?)),
        };
        Ok(Self { steps, received: Received::default(), stale_at: None })
    }

    pub(super) async fn go_on(
        &mut self,
        platform: &Platform,
        tokens: &Tokens,
        standing: &dyn Standing,
        now: i64,
    ) -> Result<Read, PlatformError> {
        let read = self.step(platform, tokens, standing, now).await;
        if !matches!(read, Err(PlatformError::TokensStale)) {
            return read.map(|read| named(read, platform.name()));
        }
        // A token that is new, and is not taken either, is over for another reason than its age.
        let (at, is_renewable) = (self.steps(), matches!(tokens, Tokens::Consent { refresh: Some(_), .. }));
        if !is_renewable || self.stale_at == Some(at) {
            return Err(PlatformError::NeedsReauth);
        }
        self.stale_at = Some(at);
        Err(PlatformError::TokensStale)
    }

    async fn step(&mut self, platform: &Platform, tokens: &Tokens, standing: &dyn Standing, now: i64) -> Result<Read, PlatformError> {
        if let Tokens::Consent { access_until, .. } = tokens
            && now >= *access_until
        {
            return Err(PlatformError::TokensStale);
        }
        match (&mut self.steps, platform, tokens) {
            (Steps::Uber(reading), Platform::Uber(client), Tokens::Consent { access, .. }) => {
                reading.go_on(client, access, standing, &mut self.received).await
            }
            (Steps::Configured(reading), Platform::Configured(client), tokens) => {
                reading.go_on(client, tokens, standing, &mut self.received, now).await
            }
            _ => Err(foreign()),
        }
    }

    fn steps(&self) -> u32 {
        match &self.steps {
            Steps::Uber(reading) => reading.steps(),
            Steps::Configured(reading) => reading.steps(),
        }
    }
}

/// In the platform's name, whatever the answer calls itself.
fn named(mut read: Read, platform: &str) -> Read {
    for day in &mut read.days {
        day.platform = Some(platform.to_owned());
    }
    read
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading").field("steps", &self.steps()).finish_non_exhaustive()
    }
}
