//! The ledger beside one on PostgreSQL, in the same run: the same transfers by the same clients.
//!
//! Compared is like with like: both in memory, then both on the disk with a flush at each commit.
//! Each figure of one side stands beside the other's, taken in turns, so that a machine that is
//! busy with something else is busy for both.

mod ours;
mod pace;
mod postgres;

use anyhow::ensure;
use bench::{
    figures::{Figure, ms, quantile},
    progress::Progress,
    report::Table,
};
use ours::Ours;
use pace::Run;
use postgres::Postgres;
use std::{
    fs::File,
    io::Write,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

/// Transfers a second of both sides, and how long one takes. Better than PostgreSQL is a ratio of
/// rates above 1, and of times below.
pub const TABLE: Table = Table {
    title: "ledger beside PostgreSQL's",
    groups: &["Kamai", "PostgreSQL", "ratio", "Kamai p50", "its p50", "ratio p50", "Kamai p99", "its p99", "ratio p99"],
};
/// What is left of the transfers a second where each commit is flushed to the disk.
pub const KEPT: Table = Table { title: "on disk, of what is done in memory", groups: &["Kamai keeps", "PostgreSQL keeps"] };

/// A turn of one side; each has two.
const TURN: Duration = Duration::from_millis(1_500);
const TURNS: usize = 2;

/// Accounts that the transfers go around, and clients that ask for them.
const CASES: [(usize, usize); 4] = [(10, 1), (10, 16), (1_000, 1), (1_000, 16)];
const ACCOUNTS: usize = 1_000;
const CLIENTS: usize = 16;

/// What a commit survives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    Memory,
    Disk,
}

impl Durability {
    fn name(self) -> &'static str {
        match self {
            Self::Memory => "in memory",
            Self::Disk => "on disk",
        }
    }
}

pub fn measure(socket: &Path, scratch: &Path, progress: &Progress) -> anyhow::Result<(Vec<Figure>, Vec<String>)> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut figures = vec![Figure::new("peer", "one flush of 4 KiB to this disk", ms(flush(scratch)?), "ms")];
        let (mut lost, mut rates) = (Vec::new(), Vec::new());
        for durability in [Durability::Memory, Durability::Disk] {
            progress.say(&format!("ledgers {}: accounts", durability.name()));
            let theirs = Arc::new(Postgres::start(socket, durability, ACCOUNTS, CLIENTS).await?);
            let ours = Arc::new(Ours::start(scratch, durability, ACCOUNTS).await?);
            for (accounts, clients) in CASES {
                progress.say(&format!("ledgers {}: {accounts} accounts, {clients} clients", durability.name()));
                let (mut own, mut other) = (Run::default(), Run::default());
                ours.table_time();
                for turn in 0..TURNS {
                    own.add(pace::run(&ours, accounts, clients, TURN, turn).await?);
                    other.add(pace::run(&theirs, accounts, clients, TURN, turn).await?);
                }
                let table = ours.table_time();
                let who = format!("{accounts} accounts, {clients} client{}", if clients == 1 { "" } else { "s" });
                let case = format!("{}, {who}", durability.name());
                if clients == 1 {
                    figures.extend(where_from(&case, &own, table));
                }
                rates.push((who, own.rate(), other.rate()));
                compare(&case, own, other, &mut figures, &mut lost);
            }
            ours.check().await?;
            theirs.check().await?;
        }
        figures.extend(kept(&rates));
        Ok((figures, notes(&lost)))
    })
}

fn compare(case: &str, mut own: Run, mut other: Run, figures: &mut Vec<Figure>, lost: &mut Vec<String>) {
    let mut figure = |group, value, unit| figures.push(Figure::new(group, case, value, unit));
    figure("Kamai", own.rate(), "a second");
    figure("PostgreSQL", other.rate(), "a second");
    figure("ratio", own.rate() / other.rate(), "×");
    let mut worse = Vec::new();
    if own.rate() < other.rate() {
        worse.push(format!("{:.1} × fewer a second", other.rate() / own.rate()));
    }
    let columns = [("Kamai p50", "its p50", "ratio p50", 0.5), ("Kamai p99", "its p99", "ratio p99", 0.99)];
    for (first, second, third, share) in columns {
        let (own, other) = (quantile(&mut own.latencies, share), quantile(&mut other.latencies, share));
        let ratio = own.as_secs_f64() / other.as_secs_f64();
        figure(first, ms(own), "ms");
        figure(second, ms(other), "ms");
        figure(third, ratio, "×");
        if own > other {
            worse.push(format!("{first} {ratio:.1} × as long").replacen("Kamai ", "", 1));
        }
    }
    if !worse.is_empty() {
        lost.push(format!("{case}: {}", worse.join(", ")));
    }
}

/// Where the time of one of ours goes. Of one client: where there are more, they wait for each other.
fn where_from(case: &str, own: &Run, table: Duration) -> [Figure; 2] {
    let each = |time: Duration| time.as_secs_f64() * 1e6 / own.latencies.len() as f64;
    let figure = |what: &str, value| Figure::new("one transfer of ours beside PostgreSQL's", format!("{case}: {what}"), value, "µs");
    [figure("within the embedded table", each(table)), figure("rules, rows and the SDK", each(own.took.saturating_sub(table)))]
}

/// Of what each does in memory, what is left on the disk.
fn kept(rates: &[(String, f64, f64)]) -> Vec<Figure> {
    let (memory, disk) = rates.split_at(rates.len() / 2);
    let pairs = memory.iter().zip(disk);
    pairs
        .flat_map(|((who, own, other), (_, own_kept, other_kept))| {
            [Figure::new("Kamai keeps", who, own_kept / own, "×"), Figure::new("PostgreSQL keeps", who, other_kept / other, "×")]
        })
        .collect()
}

fn notes(lost: &[String]) -> Vec<String> {
    let mut notes = vec![
        "Ledgers: both do the same for a transfer (idempotency record, funds and day limits, postings, entries with balance and hash chain, \
         what is told) in one transaction, each a closed loop of clients in this process. In memory: PostgreSQL with fsync and \
         synchronous_commit off, ours on SQLite in memory. On disk: PostgreSQL with both on, ours on an SQLite file with a flush at each \
         commit. PostgreSQL is a process of its own behind a Unix socket; ours calls its table through the SDK, within the process. In \
         production ours stands on DynamoDB: this compares what the ledgers do, not what their databases are."
            .to_owned(),
    ];
    if lost.is_empty() {
        notes.push("We lose nowhere in this comparison.".to_owned());
    } else {
        notes.push(format!("Where we lose to PostgreSQL:\n  {}", lost.join("\n  ")));
    }
    notes
}

/// How long this disk takes to have something for sure.
fn flush(scratch: &Path) -> anyhow::Result<Duration> {
    let path = scratch.join("flush");
    let mut file = File::create(&path)?;
    let mut samples = Vec::new();
    for _ in 0..50 {
        let begun = Instant::now();
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        samples.push(begun.elapsed());
    }
    std::fs::remove_file(&path)?;
    ensure!(!samples.is_empty(), "nothing was flushed");
    Ok(quantile(&mut samples, 0.5))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(count: u64, each_ms: u64) -> Run {
        Run { latencies: (0..count).map(|_| Duration::from_millis(each_ms)).collect(), took: Duration::from_secs(1) }
    }

    #[test]
    fn where_we_lose_is_said_and_where_we_do_not_is_not() {
        let (mut figures, mut lost) = (Vec::new(), Vec::new());
        compare("case", run(100, 1), run(200, 2), &mut figures, &mut lost);
        assert_eq!(lost, ["case: 2.0 × fewer a second"]);
        let value = |group| figures.iter().find(|figure: &&Figure| figure.group == group).unwrap().value;
        assert_eq!((value("ratio"), value("ratio p50"), value("Kamai p99")), (0.5, 0.5, 1.0));
        compare("case", run(200, 1), run(100, 2), &mut figures, &mut lost);
        assert_eq!(lost.len(), 1);
        compare("other", run(200, 3), run(100, 2), &mut figures, &mut lost);
        assert_eq!(lost[1], "other: p50 1.5 × as long, p99 1.5 × as long");
        assert!(notes(&lost).last().unwrap().contains("\n  other: "));
        assert!(notes(&[]).last().unwrap().starts_with("We lose nowhere"));
    }

    #[test]
    fn what_durability_costs_is_told_of_each_case() {
        let rate = |who: &str, own, other| (who.to_owned(), own, other);
        let kept = kept(&[rate("a", 100.0, 1_000.0), rate("b", 10.0, 20.0), rate("a", 50.0, 250.0), rate("b", 10.0, 5.0)]);
        let values: Vec<(&str, f64)> = kept.iter().map(|figure| (figure.what.as_str(), figure.value)).collect();
        assert_eq!(values, [("a", 0.5), ("a", 0.25), ("b", 1.0), ("b", 0.25)]);
    }

    #[test]
    fn what_is_not_the_tables_is_ours() {
        let [table, own] = where_from("case", &run(1_000, 1), Duration::from_millis(400));
        assert_eq!((table.value, own.value), (400.0, 600.0));
    }
}
