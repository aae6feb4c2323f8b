//! Money at rising rates: through the real handlers, on one core, with the table within it.
//!
//! Open loop: what is asked for is due at its own moment, whatever became of what came before, and
//! its latency counts from then on. So a stall shows in all that had to wait for it.

mod operations;
mod outlets;
mod parts;

use crate::rates::{Outcome, P99_MAX, Step, doubling};
use anyhow::Context;
use bench::{
    figures::{Figure, ms},
    progress::Progress,
    report::Table,
};
use operations::{Bank, Kind};
use parts::{Parts, core_time};
use std::{cell::RefCell, rc::Rc, time::Duration};
use tokio::{
    sync::Semaphore,
    task::{JoinSet, LocalSet},
    time::{Instant, sleep_until, timeout_at},
};

/// What came of each rate.
pub const TABLE: Table = Table { title: "money, offered at", groups: &["done", "half within", "99% within"] };

const FIRST: f64 = 50.0;
const LAST: f64 = 12_800.0;
const STEP_SECONDS: f64 = 2.0;
/// Carried out at the same time, as Lambda bounds it; the rest waits, and its clock runs.
const AT_ONCE: usize = 32;
/// After a step's end, for what still waits.
const DRAIN: Duration = Duration::from_secs(8);

pub fn measure(progress: &Progress) -> anyhow::Result<(Vec<Figure>, Vec<String>)> {
    // One thread: the time of a step is that of what was done in it.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    LocalSet::new().block_on(&runtime, async {
        let (mut figures, mut notes) = (Vec::new(), Vec::new());
        for kind in Kind::ALL {
            progress.say(&format!("{}: users", kind.name()));
            let bank = Rc::new(Bank::open().await?);
            let steps = rise(&bank, kind, progress).await?;
            let (told, said) = told(kind, steps)?;
            figures.extend(told);
            notes.push(said);
        }
        notes.push(
            "Money: a payment from its webhook to the wallet, a payout from its request to the bank's word, a transfer from its request; \
             latency from when each was due. One core has everything. The embedded table includes its own JSON, the SDK writes, signs and \
             reads; ours is handlers, rules, rows, tokens, signatures, and for payouts the call to the bank partner and its stand-in. In \
             production the table is DynamoDB, and what is ours spreads over as many functions as there are requests."
                .to_owned(),
        );
        Ok((figures, notes))
    })
}

/// A step, and where its time went for one of what was done.
struct Climbed {
    outcome: Outcome,
    parts: Option<Parts>,
}

/// Doubles the rate until more is asked for than can be done; that it is too slow may come before.
async fn rise(bank: &Rc<Bank>, kind: Kind, progress: &Progress) -> anyhow::Result<Vec<Climbed>> {
    let mut climbed = Vec::new();
    for step in doubling(FIRST, LAST, STEP_SECONDS) {
        progress.say(&format!("{}: {} a second", kind.name(), step.rate));
        climbed.push(climb(bank, kind, step).await?);
        if climbed.last().is_some_and(|last| last.outcome.saturated()) {
            break;
        }
    }
    Ok(climbed)
}

async fn climb(bank: &Rc<Bank>, kind: Kind, step: Step) -> anyhow::Result<Climbed> {
    let mut prepared = Vec::new();
    for _ in 0..step.count() {
        prepared.push(bank.prepare(kind).await?);
    }
    let (done_at, permits) = (Rc::new(RefCell::new(vec![None; prepared.len()])), Rc::new(Semaphore::new(AT_ONCE)));
    let mut tasks = JoinSet::new();
    let before = bank.spent();
    let core_before = core_time();
    let begun = Instant::now();
    for (number, asked) in prepared.into_iter().enumerate() {
        sleep_until(begun + step.due(number)).await;
        let (bank, done_at, permits) = (bank.clone(), done_at.clone(), permits.clone());
        tasks.spawn_local(async move {
            let _permit = permits.acquire().await?;
            bank.carry_out(asked).await?;
            if let Some(at) = done_at.borrow_mut().get_mut(number) {
                *at = Some(begun.elapsed());
            }
            Ok::<_, anyhow::Error>(())
        });
    }
    let until = begun + Duration::from_secs_f64(step.seconds) + DRAIN;
    while let Ok(Some(done)) = timeout_at(until, tasks.join_next()).await {
        done??;
    }
    let took = begun.elapsed();
    tasks.shutdown().await;
    let spent = bank.spent().since(before);
    let outcome = Outcome::of(step, took, &done_at.take());
    let core = core_before.zip(core_time()).map(|(before, after)| after.saturating_sub(before));
    let parts = core.filter(|_| outcome.saturated()).and_then(|core| Parts::of(spent, took, core, outcome.done));
    Ok(Climbed { outcome, parts })
}

fn told(kind: Kind, mut steps: Vec<Climbed>) -> anyhow::Result<(Vec<Figure>, String)> {
    let name = kind.name();
    let figure = |what: String, value, unit| Figure::new("money", format!("{name}, {what}"), value, unit);
    let mut figures = Vec::new();
    let mut held = 0.0;
    for climbed in &mut steps {
        if !climbed.outcome.holds() {
            break;
        }
        held = climbed.outcome.step.rate;
    }
    figures.push(figure("highest rate that held".to_owned(), held, "a second"));
    for Climbed { outcome, .. } in &mut steps {
        let row = format!("{name}, {} a second", outcome.step.rate);
        figures.push(Figure::new("done", &row, outcome.achieved(), "a second"));
        figures.push(Figure::new("half within", &row, ms(outcome.p50()), "ms"));
        figures.push(Figure::new("99% within", &row, ms(outcome.p99()), "ms"));
    }
    let last = steps.last_mut().context("no rate was tried")?;
    let (rate, achieved, p99) = (last.outcome.step.rate, last.outcome.achieved(), ms(last.outcome.p99()));
    let done = format!(
        "{name}: {} (p99 at most {} ms). At {rate} offered, {achieved:.0} were done a second, with a p99 of {p99:.0} ms",
        if held > 0.0 { format!("{held} a second hold") } else { format!("not even {FIRST} a second hold") },
        P99_MAX.as_millis()
    );
    let Some(parts) = last.parts else { return Ok((figures, format!("{done}. Where the time went is not known."))) };
    figures.push(figure("one of them".to_owned(), parts.core, "µs of a core"));
    figures.push(figure("by a core that is given whole".to_owned(), parts.whole_core(), "a second"));
    for (part, share) in parts.shares() {
        figures.push(figure(format!("of it {part}"), share * 100.0, "%"));
    }
    let (slowest, share) = parts.slowest();
    let said = format!(
        "{done}. This machine gave {:.0}% of a core for it; a whole one does {:.0} a second. The slowest part is what it spends {slowest}: \
         {:.0}% of {:.0} µs of a core.",
        parts.given * 100.0,
        parts.whole_core(),
        share * 100.0,
        parts.core
    );
    Ok((figures, said))
}
