//! How bad a world is: rates of faults, drawn for each seed.

use crate::fate::Fate;
use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};
use std::{collections::BTreeMap, time::Duration};

/// Every kind of fault that strikes, and how often it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The table refuses for its rate.
    Throttled,
    /// Another transaction has a row at the same moment.
    Conflict,
    /// The table does half of a batch.
    Partly,
    /// A request to the table is lost before it is carried out.
    RequestLost,
    /// Carried out, and nobody hears of it.
    AnswerLost,
    /// A request waits long on its way.
    Slow,
    /// The process dies at an await point.
    Crash,
    /// A message comes again though it was done.
    Duplicate,
    /// A message comes again while it is being worked on.
    Overlap,
    /// A message cannot be sent.
    Unsent,
    /// A batch of the stream comes again.
    StreamAgain,
    /// A schedule runs twice at once.
    ScheduleTwice,
    /// A schedule does not run.
    ScheduleMissed,
    /// A client's request is lost.
    ClientRequestLost,
    /// A client's answer is lost.
    ClientAnswerLost,
    /// A frame is lost, or its connection breaks.
    FrameLost,
    /// A provider's connection fails.
    ProviderUnreachable,
    /// A webhook's delivery breaks.
    WebhookBroken,
    /// A message or row is as a newer version of the program writes it.
    NewerVersion,
}

impl Fault {
    pub const ALL: [Self; 19] = [
        Self::Throttled,
        Self::Conflict,
        Self::Partly,
        Self::RequestLost,
        Self::AnswerLost,
        Self::Slow,
        Self::Crash,
        Self::Duplicate,
        Self::Overlap,
        Self::Unsent,
        Self::StreamAgain,
        Self::ScheduleTwice,
        Self::ScheduleMissed,
        Self::ClientRequestLost,
        Self::ClientAnswerLost,
        Self::FrameLost,
        Self::ProviderUnreachable,
        Self::WebhookBroken,
        Self::NewerVersion,
    ];
}

/// Rates of this world, which hold until it calms down; and what has struck so far.
pub struct Weather {
    rates: BTreeMap<Fault, f64>,
    /// The longest that a request is usually under way.
    latency_ms_max: u64,
    /// How far a function's clock may be off, either way.
    pub skew_ms_max: i64,
    /// How long expired rows stay; `None`: they are never removed.
    pub ttl_lag_s: Option<u64>,
    /// The longest that providers behave well at a stretch; `None`: always.
    pub providers_fail_every_s: Option<u64>,
    calm: AtomicBool,
    struck: Mutex<BTreeMap<String, u64>>,
}

impl Weather {
    /// Of one world in six nothing goes wrong; of the others each fault is absent or as frequent
    /// as 1, 5 or 20 of a hundred, or as this fault can be without stopping everything.
    pub fn draw(fate: &Fate) -> Self {
        let fair = fate.strikes(1.0 / 6.0);
        let rate = |fault| {
            let most = match fault {
                Fault::Throttled | Fault::Conflict | Fault::Partly | Fault::Slow | Fault::Duplicate | Fault::NewerVersion => 0.2,
                Fault::Crash | Fault::StreamAgain | Fault::ScheduleTwice | Fault::ScheduleMissed | Fault::FrameLost => 0.2,
                _ => 0.05,
            };
            let share = fate.weighted(&[(4, 0.0), (3, 0.05), (2, 0.25), (1, 1.0)]).unwrap_or(0.0);
            (fault, if fair { 0.0 } else { most * share })
        };
        Self {
            rates: Fault::ALL.into_iter().map(rate).collect(),
            latency_ms_max: fate.skewed(3, 400),
            skew_ms_max: if fair { 0 } else { fate.weighted(&[(2, 0), (1, 2_000), (1, 120_000)]).unwrap_or(0) },
            ttl_lag_s: fate.weighted(&[(1, Some(0)), (1, Some(86_400)), (1, None)]).unwrap_or(None),
            providers_fail_every_s: fate.weighted(&[(1, None), (1, Some(600)), (1, Some(120))]).unwrap_or(None).filter(|_| !fair),
            calm: AtomicBool::new(false),
            struck: Mutex::default(),
        }
    }

    /// A world in which nothing goes wrong and every request takes a millisecond.
    pub fn fair() -> Self {
        Self {
            rates: BTreeMap::new(),
            latency_ms_max: 1,
            skew_ms_max: 0,
            ttl_lag_s: None,
            providers_fail_every_s: None,
            calm: AtomicBool::new(false),
            struck: Mutex::default(),
        }
    }

    /// How often a fault strikes here now.
    pub fn rate(&self, fault: Fault) -> f64 {
        if self.is_calm() { 0.0 } else { self.drawn(fault) }
    }

    /// How often a fault strikes here in bad weather.
    pub fn drawn(&self, fault: Fault) -> f64 {
        self.rates.get(&fault).copied().unwrap_or(0.0)
    }

    /// Whether this fault strikes now.
    pub fn strikes(&self, fault: Fault, fate: &Fate) -> bool {
        let strikes = fate.strikes(self.rate(fault));
        if strikes {
            self.note(&format!("{fault:?}"));
        }
        strikes
    }

    /// Whether nothing goes wrong here at all.
    pub fn is_fair(&self) -> bool {
        self.rates.is_empty()
    }

    pub fn note(&self, what: &str) {
        let mut struck = self.struck.lock().unwrap_or_else(PoisonError::into_inner);
        *struck.entry(what.to_owned()).or_default() += 1;
    }

    pub fn struck(&self) -> BTreeMap<String, u64> {
        self.struck.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// From now on nothing goes wrong any more.
    pub fn calm_down(&self) {
        self.calm.store(true, Ordering::SeqCst);
    }

    pub fn is_calm(&self) -> bool {
        self.calm.load(Ordering::SeqCst)
    }

    /// How long one leg of a request takes.
    pub fn leg(&self, fate: &Fate) -> Duration {
        if self.strikes(Fault::Slow, fate) {
            return Duration::from_millis(fate.skewed(500, 8_000));
        }
        Duration::from_millis(fate.skewed(1, self.latency_ms_max))
    }
}
