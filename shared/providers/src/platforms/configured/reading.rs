//! One window of a described platform, page by page.

use std::collections::BTreeMap;

use earnings::{EarningsDay, Terms, parse_response, service_date};
use jiff::Timestamp;
use jiff::civil::Date;

use super::Client;
use crate::platforms::connector::{Finding, Read, Tokens, Wanted};
use crate::platforms::{PlatformError, Received, Window, wrong};
use crate::standing::{self, Standing};

/// Far more than two years in pages of a few days.
const PAGES_MAX: u32 = 200;

pub(in crate::platforms) struct Reading {
    window: Window,
    next_from: Option<Date>,
    today: Date,
    cursor: Option<String>,
    days: BTreeMap<(Date, Option<String>), EarningsDay>,
    too_old: usize,
    pages: u32,
}

impl Reading {
    pub(in crate::platforms) fn new(client: &Client, wanted: &Wanted<'_>, now: Timestamp) -> Result<Self, PlatformError> {
        let (window, next_from) = client.window(wanted.window, now)?;
        let today = service_date(now, client.0.day_rollover_hour).ok_or_else(|| wrong("now"))?;
        let cursor = wanted.cursor.map(str::to_owned);
        Ok(Self { window, next_from, today, cursor, days: BTreeMap::new(), too_old: 0, pages: 0 })
    }

    pub(in crate::platforms) fn steps(&self) -> u32 {
        self.pages
    }

    pub(in crate::platforms) async fn go_on(
        &mut self,
        client: &Client,
        tokens: &Tokens,
        standing: &dyn Standing,
        received: &mut Received,
        now: i64,
    ) -> Result<Read, PlatformError> {
        loop {
            standing::require(standing, PlatformError::EndedMeanwhile).await?;
            let body = client.page(tokens, self.window, self.cursor.as_deref(), now).await?;
            let is_last = received.read(&body, |body| self.take(client, body))?;
            if is_last {
                let findings = (self.too_old > 0).then_some(Finding::TooOld { days: self.too_old });
                return Ok(Read {
                    worker: None,
                    days: std::mem::take(&mut self.days).into_values().collect(),
                    covers: None,
                    findings: findings.into_iter().collect(),
                    next_from: self.next_from,
                    // Where days can be asked for, a cursor is of this window only.
                    cursor: self.cursor.take().filter(|_| !client.0.asks_for_days()),
                    payload_sha256: received.sha256(),
                });
            }
        }
    }

    /// Whether it was the last page.
    fn take(&mut self, client: &Client, body: &[u8]) -> Result<bool, PlatformError> {
        let shape = &client.0.shape;
        let reshaped = shape.reshape(body, client.0.day_rollover_hour)?;
        let terms = Terms { today: self.today, day_rollover_hour: client.0.day_rollover_hour, fields: shape.fields() };
        let page = parse_response(reshaped.as_deref().unwrap_or(body), &terms).map_err(|mismatch| wrong(mismatch.at))?;
        self.pages += 1;
        if self.pages > PAGES_MAX || page.next_cursor.is_some() && page.next_cursor == self.cursor {
            return Err(wrong("next_cursor"));
        }
        self.too_old += page.too_old;
        for day in page.days {
            // A day that came on a page before is the same one, told later.
            self.days.insert((day.date, day.external_id.clone()), day);
        }
        let is_last = page.next_cursor.is_none();
        // The last page names none: the one before it is where the next reading goes on.
        self.cursor = page.next_cursor.or(self.cursor.take());
        Ok(is_last)
    }
}
