//! The people of a world: workers who are paid and cash out, customers who pay, an operator.

mod operator;
mod worker;

pub use operator::Operator;
pub use worker::Worker;

use crate::{feed::Way, world::World};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// All who live in a world, while it is open.
pub struct Town {
    pub world: Arc<World>,
    pub workers: Vec<Arc<Worker>>,
    pub operator: Arc<Operator>,
    closed: Arc<AtomicBool>,
}

impl Town {
    /// Founds a town, everyone signed in.
    pub async fn found(world: &Arc<World>, workers: u64) -> Self {
        let closed = Arc::new(AtomicBool::new(false));
        let workers: Vec<Arc<Worker>> = (0..workers).map(|number| Worker::new(world, number)).collect();
        futures::future::join_all(workers.iter().map(|worker| worker.client.be_signed_in())).await;
        let operator = Arc::new(Operator::new(world));
        operator.client.be_signed_in().await;
        Self { world: world.clone(), workers, operator, closed }
    }

    /// Everyone goes about their business until the town closes.
    pub fn open(&self) {
        let way = || if self.world.cloud.fate.strikes(0.15) { Way::Poll } else { Way::Socket };
        if let Some(worker) = self.workers.first() {
            tokio::task::spawn_local(worker.news.clone().watch(way()));
        }
        let workers = self.workers.clone();
        let users = move || workers.iter().map(|worker| worker.client.user()).collect::<Vec<_>>();
        let (operator, closed) = (self.operator.clone(), self.closed.clone());
        tokio::task::spawn_local(async move {
            while !closed.load(Ordering::SeqCst) {
                operator.client.world.cloud.while_between(20_000, 200_000).await;
                operator.publish().await;
                operator.tell_many(&users()).await;
            }
        });
        for worker in &self.workers {
            tokio::task::spawn_local(worker.feed.clone().watch(way()));
            let (worker, others, closed) = (worker.clone(), self.workers.clone(), self.closed.clone());
            tokio::task::spawn_local(async move {
                while !closed.load(Ordering::SeqCst) {
                    worker.client.world.cloud.while_between(500, 60_000).await;
                    worker.act(&others).await;
                }
            });
        }
    }

    /// Nobody begins anything new.
    pub fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
    }
}
