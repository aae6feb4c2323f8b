//! The live path: what was committed is told at once, by the function that committed it.
//!
//! Nothing here can fail a command. What does not get through is told again by the table's
//! stream, for certain; what gets through twice is taken once, by its sequence.
//!
//! Of what is urgent a user is told by push, WhatsApp, SMS or e-mail at once as well ([`crate::notices`]);
//! for everything else the stream's message, some hundred milliseconds later, is soon enough.

use crate::{body::live::EventBody, deps::Deps, frames, outlets::Posted, work::WorkMessage};
use domain::{
    Timestamp,
    channel::Channel,
    engine::Command,
    fact::{Fact, Priority},
    id::UserId,
};
use futures::future::join_all;
use lambda::{
    Failed, Trace,
    metrics::{Metric, emit},
};
use serde_json::Value;
use store::{ExecuteError, Execution, Subscription};

/// The longest that a queue holds a message back.
const DELAY_S_MAX: i64 = 900;

/// Whether what does not get through is shown again by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Try {
    /// The stream shows it again.
    First,
    /// A reader that does not take it (slow, or half gone) is cut: it comes back and catches up.
    Last,
}

impl Deps {
    /// Carries a command out and tells what came of it.
    pub async fn execute<C: Command>(&self, command: &C, trace: &Trace) -> Result<C::Done, ExecuteError<C::Refusal>> {
        self.attempt(command, Execution::Commit, trace).await
    }

    /// [`execute`](Self::execute), or only what it would do.
    pub async fn attempt<C: Command>(&self, command: &C, execution: Execution, trace: &Trace) -> Result<C::Done, ExecuteError<C::Refusal>> {
        // Boxed: it lies under every handler, and the compiler's depth of futures is bounded.
        let committed = Box::pin(self.store.attempt(command, self.clock.now(), execution)).await?;
        let urgent = committed.facts.iter().filter(|fact| fact.kind.priority() >= Priority::High).filter_map(WorkMessage::notify);
        let messages: Vec<WorkMessage> = committed.work.iter().map(WorkMessage::from).chain(urgent).collect();
        futures::join!(Box::pin(self.send_all(&messages, trace)), Box::pin(self.push(&committed.facts, Try::First)));
        Box::pin(self.push_bulletins(&committed.bulletins, Try::First)).await;
        Ok(committed.done)
    }

    /// Sends messages; one that cannot be sent now comes by way of the stream.
    pub async fn send_all(&self, messages: &[WorkMessage], trace: &Trace) {
        let sends = messages.iter().map(|message| async move {
            if let Err(error) = self.outlets.send(message.queue(), message.to_body(), trace).await {
                tracing::warn!(queue = message.queue().name(), cause = %lambda::log::chain::Chain(&*error), "left to the stream");
            }
        });
        join_all(sends).await;
    }

    /// Has a message come at this time, within a second of it, if that is soon. What waits longer than a
    /// queue holds back is a schedule's to find.
    pub async fn send_at(&self, message: &WorkMessage, at: Timestamp, trace: &Trace) -> Result<(), Failed> {
        let left_s = at.duration_since(self.clock.now()).as_secs();
        // One second more than is left: a message that comes too early would find nothing to do.
        let delay_s = if left_s < 0 { 0 } else { left_s + 1 };
        if delay_s > DELAY_S_MAX {
            return Ok(());
        }
        let delay_s = u32::try_from(delay_s).unwrap_or(0);
        self.outlets.send_later(message.queue(), message.to_body(), delay_s, trace).await.map_err(Failed::later)
    }

    /// Shows facts on the sockets of their owners, in order on each.
    pub async fn push(&self, facts: &[Fact], attempt: Try) {
        let mut owners: Vec<UserId> = facts.iter().map(|fact| fact.account.owner()).collect();
        owners.sort();
        owners.dedup();
        join_all(owners.into_iter().map(|owner| self.push_to(owner, facts, attempt))).await;
    }

    async fn push_to(&self, owner: UserId, facts: &[Fact], attempt: Try) {
        let now = self.clock.now();
        let subscriptions = match self.store.subscriptions(owner, now).await {
            Ok(subscriptions) => subscriptions,
            Err(error) => return tracing::warn!(%error, "left to the stream"),
        };
        for fact in facts.iter().filter(|fact| fact.account.owner() == owner) {
            join_all(subscriptions.iter().map(|subscription| self.show(fact, subscription, attempt, now))).await;
            if !subscriptions.is_empty() {
                self.note_shown(fact.at).await;
            }
        }
    }

    /// Notes how long after its commit something was shown.
    async fn note_shown(&self, committed_at: Timestamp) {
        let now = self.clock.now();
        let lag_ms = (now.as_millisecond() - committed_at.as_millisecond()).max(0);
        emit(Metric::PushLatencyMs, lag_ms as f64, &[]);
        let Some(shown) = self.tally.add(lag_ms.unsigned_abs(), now) else { return };
        if let Err(error) = self.store.count_shown(shown, now).await {
            tracing::warn!(%error, "what was shown is missing in the statistics");
        }
    }

    /// Forgets a connection that is gone, found among those who look at a channel: there even if it was
    /// forgotten before.
    pub async fn forget_listener(&self, channel: &Channel, connection: &str, now: Timestamp) {
        self.forget(connection, now).await;
        if let Err(error) = self.store.drop_listener(channel, connection).await {
            tracing::warn!(%error, "a stale listener stays until its time is over");
        }
    }

    /// Shows a frame that is in no feed, once, to whoever of a user's devices looks at a channel.
    pub async fn show_all(&self, user: UserId, channel: &str, frame: Value) {
        let now = self.clock.now();
        let subscriptions = match self.store.subscriptions(user, now).await {
            Ok(subscriptions) => subscriptions,
            Err(error) => return tracing::warn!(%error, "not shown live"),
        };
        let wanted = subscriptions.iter().filter(|subscription| subscription.channel == channel);
        join_all(wanted.map(|subscription| self.post(&subscription.connection, frames::text(&frame), now))).await;
    }

    /// Posts a frame; a connection that is gone is forgotten.
    pub async fn post(&self, connection: &str, frame: String, now: Timestamp) -> Posted {
        let posted = self.outlets.post(connection, frame).await;
        if posted == Posted::Gone {
            self.forget(connection, now).await;
        }
        posted
    }

    async fn show(&self, fact: &Fact, subscription: &Subscription, attempt: Try, now: Timestamp) {
        let Some(event) = EventBody::on(fact, &subscription.channel) else { return };
        let posted = self.post(&subscription.connection, frames::text(&event), now).await;
        if (posted, attempt) == (Posted::Failed, Try::Last) {
            self.outlets.cut(&subscription.connection).await;
            self.forget(&subscription.connection, now).await;
        }
    }

    /// Forgets a connection that is gone, and tells of its user if that was their last.
    pub async fn forget(&self, connection: &str, now: Timestamp) {
        match self.store.forget_connection(connection, now).await {
            Ok(Some(user)) => Box::pin(self.tell_presence(user)).await,
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "a stale connection stays until its time is over"),
        }
    }
}
