//! Money commands a second on one core: one thread, and the table within it.

use anyhow::ensure;
use bench::{
    figures::{Bar, Figure},
    progress::Progress,
    world,
};
use domain::{Timestamp, transfer::OpenTransfer};
use embedded::Meter;
use futures::future::try_join_all;
use std::time::Instant;
use store::{ExecuteError, Store, StoreError};

/// Commands of one run.
const COMMANDS: usize = 6_000;
const BAR: f64 = 2_000.0;

pub async fn measure(progress: &Progress) -> anyhow::Result<Vec<Figure>> {
    let mut figures = Vec::new();
    let mut at_once_rates = Vec::new();
    for accounts in [10, 1_000] {
        progress.say(&format!("commands on {accounts} accounts"));
        let (store, meter) = embedded::metered_store(Meter::time()).await?;
        world::fund(&store, 0..accounts).await?;
        meter.take();
        let alone = rate(&store, accounts, 1, "alone").await?;
        let table_us = meter.take().busy.as_secs_f64() * 1e6 / COMMANDS as f64;
        figures.push(Figure::new("commands", format!("{accounts} accounts, one writer"), alone, "a second").bar(Bar::AtLeast(BAR)));
        figures.push(Figure::new("commands", format!("{accounts} accounts, a command within the table"), table_us, "µs"));
        let own = 1e6 / alone - table_us;
        figures.push(Figure::new("commands", format!("{accounts} accounts, a command outside of it (ours, SDK)"), own, "µs"));
        let crowded = rate(&store, accounts, 16, "crowd").await?;
        figures.push(Figure::new("commands", format!("{accounts} accounts, 16 writers at once"), crowded, "a second"));
        at_once_rates.push(alone);
    }
    if let [hot, cool] = at_once_rates[..] {
        figures.push(Figure::new("commands", "ten accounts, of a thousand's", hot / cool, "×").bar(Bar::AtLeast(0.9)));
    }
    Ok(figures)
}

/// Transfers around the accounts, by so many writers that take turns wherever they wait.
async fn rate(store: &Store, accounts: usize, writers: usize, scope: &str) -> anyhow::Result<f64> {
    let amount = world::amount(100)?;
    let each = COMMANDS / writers;
    let begun = Instant::now();
    try_join_all((0..writers).map(|writer| async move {
        for n in 0..each {
            let from = (n * writers + writer) % accounts;
            let to = world::user((from + 1) % accounts);
            let asked = world::asked(from, &format!("{scope}-{writer}-{n}"));
            let command = OpenTransfer { asked, to, amount, note: None, hold_s: None, rules: world::rules() };
            // A client that is told that the account was busy comes again.
            while let Err(error) = store.execute(&command, Timestamp::now()).await {
                ensure!(matches!(error, ExecuteError::Store(StoreError::Busy)), "{error:?}");
            }
        }
        Ok::<_, anyhow::Error>(())
    }))
    .await?;
    Ok((each * writers) as f64 / begun.elapsed().as_secs_f64())
}
