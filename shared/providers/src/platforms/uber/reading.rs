//! One window of a driver's earnings, read step by step: whoever it stops, it goes on where it stood.

use jiff::Timestamp;
use jiff::civil::Date;

use super::pages::{Gathering, Page};
use super::wire::{self, Me, Payment, Trip};
use super::{Client, WINDOW_DAYS_MAX, sums};
use crate::platforms::connector::{Finding, Read, Wanted, Worker};
use crate::platforms::{PlatformError, Received, Window, wrong};
use crate::secret::Secret;
use crate::standing::{self, Standing};

pub(in crate::platforms) struct Reading {
    window: Window,
    next_from: Option<Date>,
    now: Timestamp,
    me: Option<Me>,
    payments: Gathering<Payment>,
    trips: Gathering<Trip>,
    /// How many answers were taken.
    steps: u32,
}

impl Reading {
    pub(in crate::platforms) fn new(client: &Client, wanted: &Wanted<'_>, now: Timestamp) -> Result<Self, PlatformError> {
        let (window, next_from) = Window::first(wanted.window, now, client.0.day_rollover_hour, WINDOW_DAYS_MAX)?;
        Ok(Self { window, next_from, now, me: None, payments: Gathering::default(), trips: Gathering::default(), steps: 0 })
    }

    pub(in crate::platforms) fn steps(&self) -> u32 {
        self.steps
    }

    pub(in crate::platforms) async fn go_on(
        &mut self,
        client: &Client,
        access: &Secret,
        standing: &dyn Standing,
        received: &mut Received,
    ) -> Result<Read, PlatformError> {
        let driver_id = match &self.me {
            Some(me) => me.driver_id.clone(),
            None => {
                let me = received.read(&client.me(access).await?, Me::read)?;
                let driver_id = me.driver_id.clone();
                self.me = Some(me);
                self.steps += 1;
                driver_id
            }
        };
        while let Some(offset) = self.payments.next_offset() {
            standing::require(standing, PlatformError::EndedMeanwhile).await?;
            let body = client.page(access, "payments", self.window, offset).await?;
            let page = received.read(&body, |body| self.in_time(wire::payments(body)?))?;
            self.payments.take(page)?;
            self.steps += 1;
        }
        while let Some(offset) = self.trips.next_offset() {
            standing::require(standing, PlatformError::EndedMeanwhile).await?;
            let body = client.page(access, "trips", self.window, offset).await?;
            let page = received.read(&body, wire::trips)?;
            self.trips.take(page)?;
            self.steps += 1;
        }
        Ok(self.read(client, &driver_id, received))
    }

    /// Refuses payments of days that are still to come.
    fn in_time(&self, page: Page<Payment>) -> Result<Page<Payment>, PlatformError> {
        // Uber's clock may be ahead of ours by a little.
        let latest = self.now.as_second().saturating_add(300);
        match page.rows.iter().position(|(_, payment)| payment.at.as_second() > latest) {
            Some(index) => Err(wrong(format!("payments[{index}].event_time"))),
            None => Ok(page),
        }
    }

    fn read(&self, client: &Client, driver_id: &str, received: &Received) -> Read {
        let is_theirs = |of: &Option<String>| of.as_deref().is_none_or(|of| of == driver_id);
        let mut findings = Vec::new();
        let others = self.payments.rows().filter(|payment| !is_theirs(&payment.driver_id)).count();
        if others > 0 {
            findings.push(Finding::OtherDrivers { payments: others });
        }
        let missing = self.payments.missing();
        if missing > 0 {
            findings.push(Finding::Short { payments: missing });
        }
        let payments = self.payments.rows().filter(|payment| is_theirs(&payment.driver_id));
        let drove = self.trips.rows().any(|trip| is_theirs(&trip.driver_id) && trip.completed_at.is_some());
        let is_of_fleet = drove && self.payments.rows().next().is_none();
        if is_of_fleet {
            findings.push(Finding::FleetDriver);
        }
        let trips = self.trips.rows().filter(|trip| is_theirs(&trip.driver_id));
        let worker = self.me.as_ref().map(|me| Worker {
            id: me.driver_id.clone().into(),
            name: me.first_name.clone(),
            status: me.activation_status.clone(),
        });
        Read {
            worker,
            days: sums::days(payments, trips, client.0.day_rollover_hour, |date| self.window.contains(date)),
            covers: (!is_of_fleet && missing == 0).then_some(self.window),
            findings,
            next_from: self.next_from,
            cursor: None,
            payload_sha256: received.sha256(),
        }
    }
}
