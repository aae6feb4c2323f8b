//! SQS: messages that come at least once and in no order, and dead letters.

use functions::{outlets::DeadLetter, table::Queue, work::WorkMessage};
use lambda::Trace;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{sync::Notify, time::Instant};

/// A message as it lies in a queue.
#[derive(Debug, Clone)]
pub struct Lying {
    pub id: String,
    pub body: String,
    pub trace: Trace,
    pub receives: u32,
    /// Of an ordered queue: nothing else of the group comes while one of it is worked on.
    group: Option<String>,
    visible_at: Instant,
    sent_at: Instant,
}

#[derive(Default)]
struct Line {
    waiting: Vec<Lying>,
    dead: Vec<Lying>,
    /// Messages that were ever put in; those that were done.
    accepted: u64,
    done: u64,
}

#[derive(Default)]
pub struct Queues {
    lines: Mutex<BTreeMap<&'static str, Line>>,
    sent: Mutex<u64>,
    pub changed: Notify,
}

/// Counts for I9: what went in has come out, is dead or waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub accepted: u64,
    pub done: u64,
    pub dead: u64,
    pub waiting: u64,
}

impl Line {
    /// Messages that could be received: of a group its first, and none while that one is hidden.
    fn ready(&self, now: Instant) -> Vec<usize> {
        let mut groups = BTreeSet::new();
        let mut is_first = |message: &Lying| message.group.as_ref().is_none_or(|group| groups.insert(group.clone()));
        let first = self.waiting.iter().enumerate().filter(|(_, message)| is_first(message));
        first.filter(|(_, message)| message.visible_at <= now).map(|(index, _)| index).collect()
    }
}

impl Queues {
    fn lines(&self) -> MutexGuard<'_, BTreeMap<&'static str, Line>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn put(&self, queue: Queue, body: String, trace: Trace) {
        self.put_later(queue, body, Duration::ZERO, trace);
    }

    /// A message that is seen after a while.
    pub fn put_later(&self, queue: Queue, body: String, delay: Duration, trace: Trace) {
        let number = {
            let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
            *sent += 1;
            *sent
        };
        // It waits from then on: until then it is where it belongs.
        let visible_at = Instant::now() + delay;
        let group = if queue.is_ordered() { WorkMessage::group_of(&body) } else { None };
        let message = Lying { id: format!("m{number}"), body, trace, receives: 0, group, visible_at, sent_at: visible_at };
        let mut lines = self.lines();
        let line = lines.entry(queue.name()).or_default();
        line.accepted += 1;
        line.waiting.push(message);
        drop(lines);
        self.changed.notify_waiters();
    }

    /// A message that came too often already.
    pub fn put_dead(&self, queue: Queue, body: String) {
        self.put(queue, body, Trace::default());
        let mut lines = self.lines();
        let line = lines.entry(queue.name()).or_default();
        line.dead.extend(line.waiting.pop());
    }

    /// When the next message can be received.
    pub fn next_at(&self, queue: Queue) -> Option<Instant> {
        let lines = self.lines();
        let line = lines.get(queue.name())?;
        match line.ready(Instant::now()) {
            ready if ready.is_empty() => line.waiting.iter().map(|message| message.visible_at).filter(|at| *at > Instant::now()).min(),
            _ => Some(Instant::now()),
        }
    }

    /// Receives up to `count` messages, hidden from others for `hidden`. One that came too often is
    /// dead. `order` arranges those that could be received.
    pub fn receive(
        &self,
        queue: Queue,
        (count, receives_max): (usize, u32),
        hidden: Duration,
        order: impl FnOnce(&mut [usize]),
    ) -> Vec<Lying> {
        let now = Instant::now();
        let mut lines = self.lines();
        let line = lines.entry(queue.name()).or_default();
        let (dead, waiting): (Vec<_>, Vec<_>) = std::mem::take(&mut line.waiting)
            .into_iter()
            .partition(|message| message.visible_at <= now && message.receives >= receives_max);
        line.waiting = waiting;
        line.dead.extend(dead);
        let mut ready = line.ready(now);
        order(&mut ready);
        ready.truncate(count);
        ready
            .into_iter()
            .map(|index| {
                let message = &mut line.waiting[index];
                message.receives += 1;
                message.visible_at = now + hidden;
                message.clone()
            })
            .collect()
    }

    /// A message is done, unless it was received by somebody else since.
    pub fn delete(&self, queue: Queue, message: &Lying) {
        let mut lines = self.lines();
        let line = lines.entry(queue.name()).or_default();
        let before = line.waiting.len();
        line.waiting.retain(|waiting| waiting.id != message.id);
        line.done += (before - line.waiting.len()) as u64;
    }

    /// A message comes again at once.
    pub fn again(&self, queue: Queue, message: &Lying) {
        if let Some(waiting) = self.lines().entry(queue.name()).or_default().waiting.iter_mut().find(|waiting| waiting.id == message.id) {
            waiting.visible_at = Instant::now();
        }
        self.changed.notify_waiters();
    }

    pub fn dead(&self, queue: Queue) -> Vec<DeadLetter> {
        let lines = self.lines();
        let dead = lines.get(queue.name()).map(|line| line.dead.as_slice()).unwrap_or_default();
        let letter = |message: &Lying| DeadLetter {
            id: message.id.clone(),
            body: message.body.clone(),
            trace: message.trace.clone(),
            sent_at_ms: message.sent_at.elapsed().as_millis() as i64,
            receipt: message.id.clone(),
        };
        dead.iter().map(letter).collect()
    }

    pub fn bury(&self, queue: Queue, receipt: &str) {
        let mut lines = self.lines();
        let line = lines.entry(queue.name()).or_default();
        let before = line.dead.len();
        line.dead.retain(|message| message.id != receipt);
        line.done += (before - line.dead.len()) as u64;
    }

    /// For how long the oldest message waits.
    pub fn oldest(&self, queue: Queue) -> Option<Duration> {
        self.lines().get(queue.name())?.waiting.iter().map(|message| message.sent_at.elapsed()).max()
    }

    pub fn count(&self, queue: Queue) -> Count {
        let lines = self.lines();
        let Some(line) = lines.get(queue.name()) else { return Count { accepted: 0, done: 0, dead: 0, waiting: 0 } };
        Count { accepted: line.accepted, done: line.done, dead: line.dead.len() as u64, waiting: line.waiting.len() as u64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hear(sender: &str, webhook: u32) -> String {
        WorkMessage::Hear { webhook: webhook.to_string(), sender: sender.to_owned() }.to_body()
    }

    #[tokio::test(start_paused = true)]
    async fn of_a_group_one_message_comes_at_a_time_in_the_order_in_which_they_were_sent() {
        let (queues, hidden) = (Queues::default(), Duration::from_secs(60));
        for (sender, webhook) in [("asha", 1), ("ravi", 2), ("asha", 3), ("asha", 4)] {
            queues.put(Queue::Chats, hear(sender, webhook), Trace::default());
        }
        let receive = || queues.receive(Queue::Chats, (10, 3), hidden, |_| {});
        let bodies = |received: &[Lying]| received.iter().map(|message| message.body.clone()).collect::<Vec<_>>();
        let first = receive();
        assert_eq!(bodies(&first), [hear("asha", 1), hear("ravi", 2)]);
        assert!(receive().is_empty() && queues.next_at(Queue::Chats).is_some_and(|at| at > Instant::now()));
        queues.delete(Queue::Chats, &first[0]);
        assert_eq!(bodies(&receive()), [hear("asha", 3)], "ravi's is worked on still");
        tokio::time::advance(hidden).await;
        assert_eq!(bodies(&receive()), [hear("ravi", 2), hear("asha", 3)], "what failed comes again before what follows it");
    }
}
