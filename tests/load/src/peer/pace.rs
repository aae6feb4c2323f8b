//! Clients that each ask for one transfer after the other, for a while.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

/// Who moves money between numbered accounts, once for each key.
pub trait Ledger: Send + Sync + 'static {
    fn transfer(&self, client: usize, from: usize, to: usize, key: &str) -> impl Future<Output = anyhow::Result<()>> + Send;
}

#[derive(Debug, Default)]
pub struct Run {
    pub latencies: Vec<Duration>,
    pub took: Duration,
}

impl Run {
    pub fn add(&mut self, other: Self) {
        self.latencies.extend(other.latencies);
        self.took += other.took;
    }

    /// Transfers a second.
    pub fn rate(&self) -> f64 {
        self.latencies.len() as f64 / self.took.as_secs_f64()
    }
}

/// The account that a transfer is from; it goes to the next one. Far from those just before and
/// after it, which others ask for at the same moment: accounts meet by their number alone.
fn from(number: usize, accounts: usize) -> usize {
    const APART: usize = 617;
    number * APART % accounts
}

/// Transfers around the accounts, by so many clients at once.
pub async fn run<L: Ledger>(ledger: &Arc<L>, accounts: usize, clients: usize, time: Duration, turn: usize) -> anyhow::Result<Run> {
    let begun = Instant::now();
    let mut tasks = JoinSet::new();
    for client in 0..clients {
        let ledger = ledger.clone();
        tasks.spawn(async move {
            let mut latencies = Vec::new();
            while begun.elapsed() < time {
                let number = latencies.len() * clients + client;
                let (from, key) = (from(number, accounts), format!("{accounts}-{clients}-{turn}-{number}"));
                let asked = Instant::now();
                ledger.transfer(client, from, (from + 1) % accounts, &key).await?;
                latencies.push(asked.elapsed());
            }
            Ok::<_, anyhow::Error>(latencies)
        });
    }
    let mut latencies = Vec::new();
    while let Some(done) = tasks.join_next().await {
        latencies.extend(done??);
    }
    Ok(Run { latencies, took: begun.elapsed() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_account_sends_and_neighbours_in_time_share_none() {
        for accounts in [10, 1_000] {
            let senders: std::collections::BTreeSet<usize> = (0..accounts).map(|number| from(number, accounts)).collect();
            assert_eq!(senders.len(), accounts);
        }
        let at_once: std::collections::BTreeSet<usize> = (0..16).flat_map(|n| [from(n, 1_000), (from(n, 1_000) + 1) % 1_000]).collect();
        assert_eq!(at_once.len(), 32);
    }

    #[test]
    fn turns_add_up_to_one_rate() {
        let turn = |count: usize, seconds| Run { latencies: vec![Duration::ZERO; count], took: Duration::from_secs(seconds) };
        let mut run = Run::default();
        run.add(turn(100, 1));
        run.add(turn(200, 2));
        assert!((run.rate() - 100.0).abs() < 1e-9);
    }
}
