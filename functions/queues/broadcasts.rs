//! Tells many: a campaign's recipients ([`crate::campaigns`]), or a topic's readers what was published,
//! one leg of them, a page at a time.
//!
//! Slower than the socket API would throttle, all legs together; and what is told is written down
//! with every page, so that whoever takes the leg up goes on there.

use crate::{
    apply::{failed, store_failed},
    body::bulletin::BulletinBody,
    campaigns,
    channels::is_member,
    deps::Deps,
    frames,
    outlets::Posted,
    queues::{lease_s, misplaced},
    work::WorkMessage,
};
use domain::{
    Timestamp,
    bulletin::{Bulletin, LEGS, LegDone, LegTaken, Next, Published, RecordLeg, TakeLeg},
    channel::{Board, Channel, Topic},
    id::{BadId, PublicationId},
};
use futures::future::join_all;
use lambda::{Deadline, Failed, Message, Trace};
use std::time::Duration;
use store::Listener;
use tokio::time::Instant;

/// Connections of one page.
const PAGE: i32 = 50;
/// What is left of the function's time when it hands over.
const HAND_OVER: Duration = Duration::from_secs(5);

pub async fn handle(deps: &Deps, message: Message) -> Result<(), Failed> {
    let asked: WorkMessage = message.json()?;
    if let WorkMessage::WalkCampaign { campaign } = &asked {
        let campaign = campaign.parse().map_err(|why: BadId| Failed::bug(why))?;
        return campaigns::walk(deps, campaign, message.deadline, &message.trace()).await;
    }
    let WorkMessage::WalkLeg { publication, number } = &asked else { return Err(misplaced(&asked)) };
    let publication: PublicationId = publication.parse().map_err(|why: BadId| Failed::bug(why))?;
    let trace = message.trace();
    let take = TakeLeg { publication, number: *number, for_s: lease_s(message.deadline) };
    let taken = deps.execute(&take, &trace).await.map_err(failed)?;
    let LegTaken::Walk { publication: published, after } = taken else { return Ok(()) };
    let Published::Topic { topic, seq, .. } = &published.published else { return Ok(()) };
    let board = Board::Topic(topic.clone());
    let bulletin = deps.store.bulletin(&board, *seq).await.map_err(store_failed)?;
    let bulletin = bulletin.ok_or_else(|| Failed::bug("what was published is on no board"))?;
    let walk = Walk { deps, deadline: message.deadline, trace, publication, number: *number, channel: Channel::Board(board), bulletin };
    walk.from(after).await
}

struct Walk<'a> {
    deps: &'a Deps,
    deadline: Deadline,
    trace: Trace,
    publication: PublicationId,
    number: u8,
    channel: Channel,
    bulletin: Bulletin,
}

impl Walk<'_> {
    async fn from(&self, mut after: String) -> Result<(), Failed> {
        let shown = BulletinBody::published(&self.bulletin).ok_or_else(|| Failed::bug("what was published cannot be shown"))?;
        let frame = frames::text(&shown);
        loop {
            let (began, now) = (Instant::now(), self.deps.clock.now());
            let page = self.deps.store.listeners(&self.channel, self.number, &after, PAGE, now).await.map_err(store_failed)?;
            let (told, gone) = self.tell(&page.listeners, &frame, now).await;
            let next = match page.after {
                None => Next::Done,
                Some(_) if self.deadline.leaves(HAND_OVER) => Next::For { seconds: lease_s(self.deadline) },
                Some(_) => Next::HandOver,
            };
            after = page.after.unwrap_or(after);
            let record = RecordLeg { publication: self.publication, number: self.number, after: after.clone(), told, gone, next };
            let go_on = self.deps.execute(&record, &self.trace).await.map_err(failed)?;
            match (next, go_on) {
                (Next::Done, _) | (_, LegDone::Stop) => return Ok(()),
                (Next::HandOver, LegDone::GoOn) => return self.hand_over().await,
                (Next::For { .. }, LegDone::GoOn) => tokio::time::sleep_until(began + self.pace(told + gone)).await,
            }
        }
    }

    /// How many were told, and how many were not there any more.
    async fn tell(&self, page: &[Listener], frame: &str, now: Timestamp) -> (u64, u64) {
        let posts = page.iter().map(|listener| async {
            if !self.may_still_read(listener).await {
                if let Err(error) = self.deps.store.drop_listener(&self.channel, &listener.connection).await {
                    tracing::warn!(%error, "who is no member any more is asked about again");
                }
                return Posted::Gone;
            }
            let posted = self.deps.outlets.post(&listener.connection, frame.to_owned()).await;
            if posted == Posted::Gone {
                self.deps.forget_listener(&self.channel, &listener.connection, now).await;
            }
            posted
        });
        let posted = join_all(posts).await;
        let count = |what| posted.iter().filter(|posted| **posted == what).count() as u64;
        (count(Posted::Delivered), count(Posted::Gone))
    }

    /// Who has left an organisation since they subscribed is shown nothing more of it. Where that cannot be
    /// looked up, they are told: they were a member a moment ago.
    async fn may_still_read(&self, listener: &Listener) -> bool {
        let Channel::Board(Board::Topic(Topic::Organisation(of))) = &self.channel else { return true };
        *of == listener.user || is_member(self.deps, *of, listener.user).await.unwrap_or(true)
    }

    /// How long as many posts take at this leg's part of the rate.
    fn pace(&self, posts: u64) -> Duration {
        let rate = (self.deps.settings.rates.broadcast_per_s / u64::from(LEGS)).max(1);
        Duration::from_millis(posts * 1_000 / rate)
    }

    async fn hand_over(&self) -> Result<(), Failed> {
        let rest = WorkMessage::WalkLeg { publication: self.publication.to_string(), number: self.number };
        self.deps.outlets.send(rest.queue(), rest.to_body(), &self.trace).await.map_err(Failed::later)
    }
}
