//! Presence: told when it changes, to those who look, by whoever notices.

use crate::{deps::Deps, frames, work::WorkMessage};
use domain::{Timestamp, channel::Channel, id::UserId, presence::Presence, social::PresencePrivacy};
use futures::future::join_all;
use lambda::{Trace, log::chain::Chain};
use store::{KnownPresence, Listener, StoreError};

/// Who is told of one change. Whoever looks beyond them asks.
const LISTENERS_MAX: i32 = 200;
/// How often a change that comes meanwhile is told after another.
const ROUNDS_MAX: u32 = 3;

impl Deps {
    /// Tells a user's presence if it is another than what was told. Nothing here can fail a caller: what
    /// is not told now is told by the next who looks.
    pub async fn tell_presence(&self, user: UserId) {
        if let Err(error) = self.tell_change(user).await {
            tracing::warn!(cause = %Chain(&error), "a presence is not told");
        }
    }

    /// Tells it, and has somebody look again as long as there is somebody to be told.
    pub async fn look_after(&self, user: UserId) -> Result<(), StoreError> {
        self.tell_change(user).await?;
        let (known, now) = (self.store.presence(user).await?, self.clock.now());
        self.look_again(user, &known, now).await
    }

    async fn tell_change(&self, user: UserId) -> Result<(), StoreError> {
        for _ in 0..ROUNDS_MAX {
            let now = self.clock.now();
            let known = self.store.presence(user).await?;
            let presence = Presence::of(&known.heard, now);
            if known.told == Some(presence) || (known.told.is_none() && presence == Presence::Offline) {
                return Ok(());
            }
            let last_seen = known.heard.iter().map(|heard| heard.at).max().or(Some(now).filter(|_| presence == Presence::Offline));
            // Somebody else has told something since: what they saw may be older than what is here.
            if !self.store.tell_presence(user, &known, presence, last_seen).await? {
                continue;
            }
            self.show_presence(user, presence, last_seen.or(known.last_seen), now).await?;
        }
        Ok(())
    }

    /// Shows it to whoever looks and may: what its owner has settled since they began to look counts.
    async fn show_presence(
        &self,
        user: UserId,
        presence: Presence,
        last_seen: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let channel = Channel::Presence(user);
        let listeners = self.store.listeners(&channel, 0, "", LISTENERS_MAX, now).await?.listeners;
        if listeners.is_empty() {
            return Ok(());
        }
        let social = self.store.social(user).await?;
        let may = |to: &&Listener| to.user == user || (social.presence == PresencePrivacy::Contacts && !social.blocked.contains(&to.user));
        let frame = frames::text(&frames::presence(&channel, presence, last_seen));
        join_all(listeners.iter().filter(may).map(|to| self.post(&to.connection, frame.clone(), now))).await;
        Ok(())
    }

    /// Sees to it that silence is noticed: a message that comes when the last that was heard counts no
    /// more. One at a time.
    async fn look_again(&self, user: UserId, known: &KnownPresence, now: Timestamp) -> Result<(), StoreError> {
        let silent_at = known.heard.iter().map(|heard| heard.until()).max();
        let Some(silent_at) = silent_at.filter(|at| *at >= now) else { return Ok(()) };
        let channel = Channel::Presence(user);
        if self.store.listeners(&channel, 0, "", 1, now).await?.listeners.is_empty() {
            return Ok(());
        }
        let delay_s = u32::try_from(silent_at.as_second() - now.as_second()).unwrap_or(0) + 1;
        let next = now.saturating_add(jiff::SignedDuration::from_secs(delay_s.into())).unwrap_or(now);
        if self.store.claim_look(user, now, next).await? {
            let message = WorkMessage::LookAfter { user: user.to_string() };
            let sent = self.outlets.send_later(message.queue(), message.to_body(), delay_s, &Trace::default()).await;
            if let Err(error) = sent {
                tracing::warn!(cause = %Chain(&*error), "nobody looks whether somebody falls silent");
            }
        }
        Ok(())
    }
}
