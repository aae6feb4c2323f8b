//! Where a core's time goes: the table, the SDK around it, or ours.

use aws_sdk_dynamodb::{Client, config::Intercept};
use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        interceptors::context::{
            BeforeDeserializationInterceptorContextRef, BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextRef,
            FinalizerInterceptorContextRef,
        },
        runtime_components::RuntimeComponents,
    },
};
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// What the SDK takes to write, sign and read: everything of a call but the call itself.
#[derive(Debug, Clone, Default)]
pub struct SdkTime(Arc<AtomicU64>);

#[derive(Debug, Clone, Copy)]
struct Since(Instant);

impl Storable for Since {
    type Storer = StoreReplace<Self>;
}

impl SdkTime {
    /// This client, watched.
    pub fn watch(&self, client: &Client) -> Client {
        Client::from_conf(client.config().to_builder().interceptor(self.clone()).build())
    }

    pub fn so_far(&self) -> Duration {
        Duration::from_nanos(self.0.load(Ordering::Relaxed))
    }

    fn begin(config: &mut ConfigBag) {
        config.interceptor_state().store_put(Since(Instant::now()));
    }

    fn end(&self, config: &ConfigBag) {
        if let Some(Since(since)) = config.load::<Since>() {
            self.0.fetch_add(u64::try_from(since.elapsed().as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
        }
    }
}

impl Intercept for SdkTime {
    fn name(&self) -> &'static str {
        "SdkTime"
    }

    fn read_before_execution(&self, _: &BeforeSerializationInterceptorContextRef<'_>, config: &mut ConfigBag) -> Result<(), BoxError> {
        Self::begin(config);
        Ok(())
    }

    fn read_before_transmit(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.end(config);
        Ok(())
    }

    fn read_after_transmit(
        &self,
        _: &BeforeDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        Self::begin(config);
        Ok(())
    }

    fn read_after_execution(
        &self,
        _: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.end(config);
        Ok(())
    }
}

/// What was spent, by the clock on the wall.
#[derive(Debug, Clone, Copy)]
pub struct Spent {
    pub table: Duration,
    pub sdk: Duration,
}

impl Spent {
    pub fn since(self, before: Self) -> Self {
        Self { table: self.table.saturating_sub(before.table), sdk: self.sdk.saturating_sub(before.sdk) }
    }
}

/// This thread's time on a core, as the scheduler counts it; `None` where it does not.
pub fn core_time() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

/// What one operation takes of a core, and where.
///
/// Shares are of the time on the wall while there was always something to do: another process that
/// takes the core away takes it from each part alike. What a core was used for does not depend on that.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parts {
    /// Microseconds.
    pub core: f64,
    /// The share of a core that this process was given.
    pub given: f64,
    table: f64,
    sdk: f64,
}

impl Parts {
    pub fn of(spent: Spent, took: Duration, core: Duration, done: usize) -> Option<Self> {
        let share = |part: Duration| part.as_secs_f64() / took.as_secs_f64();
        let known = done > 0 && spent.table + spent.sdk <= took;
        known.then(|| Self {
            core: core.as_secs_f64() * 1e6 / done as f64,
            given: share(core),
            table: share(spent.table),
            sdk: share(spent.sdk),
        })
    }

    /// How many a second a core does that is given whole.
    pub fn whole_core(&self) -> f64 {
        1e6 / self.core
    }

    pub fn shares(&self) -> [(&'static str, f64); 3] {
        [("in the embedded table", self.table), ("in the SDK", self.sdk), ("in ours", 1.0 - self.table - self.sdk)]
    }

    pub fn slowest(&self) -> (&'static str, f64) {
        self.shares().into_iter().fold(("", f64::MIN), |most, part| if part.1 > most.1 { part } else { most })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn us(micros: u64) -> Duration {
        Duration::from_micros(micros)
    }

    #[test]
    fn ours_is_what_is_neither_the_tables_nor_the_sdks() {
        let spent = Spent { table: us(900), sdk: us(700) }.since(Spent { table: us(500), sdk: us(500) });
        // Half of the time the core was somebody else's: shares do not change, what it cost halves.
        let parts = Parts::of(spent, us(1_000), us(500), 10).unwrap();
        assert_eq!((parts.core, parts.given, parts.table, parts.sdk), (50.0, 0.5, 0.4, 0.2));
        assert_eq!(parts.whole_core(), 20_000.0);
        assert!((parts.shares()[2].1 - 0.4).abs() < 1e-9);
        assert_eq!(Parts { table: 0.1, ..parts }.slowest().0, parts.shares()[2].0);
        assert_eq!(Parts { table: 0.5, ..parts }.slowest(), (parts.shares()[0].0, 0.5));
    }

    #[test]
    fn nothing_is_said_of_nothing() {
        let spent = Spent { table: us(900), sdk: us(200) };
        assert_eq!(Parts::of(spent, us(2_000), us(500), 0), None);
        assert_eq!(Parts::of(spent, us(1_000), us(500), 10), None, "more than the whole");
    }
}
