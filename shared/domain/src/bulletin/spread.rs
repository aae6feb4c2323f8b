//! Telling a topic's readers, in legs: each walks one part of them, a page at a time, and says how
//! far it is. So what dies is taken up where it was, and a cancellation is minded at the next page.

use super::publish::{LEGS, NoPublication, Publication, PublicationStatus};
use crate::{
    engine::{Command, Key, Plan, Record, Snapshot},
    id::{Fingerprint, PublicationId},
};
use jiff::{SignedDuration, Timestamp};

/// Where a leg is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LegStatus {
    /// Somebody walks it; nobody else takes it up before then.
    Walked {
        until: Timestamp,
    },
    Done,
}

/// One part of the readers of one publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leg {
    /// The publication's.
    pub fingerprint: Fingerprint,
    pub number: u8,
    /// The last reader that was told.
    pub after: String,
    pub told: u64,
    /// Readers that were not there any more.
    pub gone: u64,
    pub status: LegStatus,
}

/// Takes a leg up where it is.
#[derive(Debug, Clone)]
pub struct TakeLeg {
    pub publication: PublicationId,
    pub number: u8,
    /// For how long nobody else takes it.
    pub for_s: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LegTaken {
    /// Go on after this reader.
    Walk { publication: Box<Publication>, after: String },
    /// Somebody is at it, it is done, or it was cancelled.
    Leave,
}

impl Command for TakeLeg {
    type Done = LegTaken;
    type Refusal = NoPublication;

    fn reads(&self) -> Vec<Key> {
        let fingerprint = self.publication.fingerprint();
        vec![Key::Publication(fingerprint), Key::Leg(fingerprint, self.number)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, LegTaken), NoPublication> {
        let fingerprint = self.publication.fingerprint();
        let publication = state.publication(fingerprint).cloned().ok_or(NoPublication)?;
        let mut plan = Plan::default();
        let status = LegStatus::Walked { until: now.saturating_add(SignedDuration::from_secs(self.for_s)).unwrap_or(now) };
        let leg = match state.leg(fingerprint, self.number).cloned() {
            None => Leg { fingerprint, number: self.number, after: String::new(), told: 0, gone: 0, status },
            Some(Leg { status: LegStatus::Done, .. }) => return Ok((plan, LegTaken::Leave)),
            Some(Leg { status: LegStatus::Walked { until }, .. }) if now < until => return Ok((plan, LegTaken::Leave)),
            Some(leg) => Leg { status, ..leg },
        };
        if !matches!(publication.status, PublicationStatus::Running { .. }) {
            return Ok((plan, LegTaken::Leave));
        }
        let after = leg.after.clone();
        plan.put(Record::Leg(leg));
        Ok((plan, LegTaken::Walk { publication: Box::new(publication), after }))
    }
}

/// Writes down how far a leg is.
#[derive(Debug, Clone)]
pub struct RecordLeg {
    pub publication: PublicationId,
    pub number: u8,
    pub after: String,
    pub told: u64,
    pub gone: u64,
    pub next: Next,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Goes on, and nobody else takes it for as long.
    For { seconds: i64 },
    /// Leaves the rest to another.
    HandOver,
    /// There is no reader left.
    Done,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LegDone {
    GoOn,
    /// It was cancelled.
    Stop,
}

impl Command for RecordLeg {
    type Done = LegDone;
    type Refusal = NoPublication;

    fn reads(&self) -> Vec<Key> {
        let fingerprint = self.publication.fingerprint();
        vec![Key::Publication(fingerprint), Key::Leg(fingerprint, self.number)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, LegDone), NoPublication> {
        let fingerprint = self.publication.fingerprint();
        let mut publication = state.publication(fingerprint).cloned().ok_or(NoPublication)?;
        let mut leg = state.leg(fingerprint, self.number).cloned().ok_or(NoPublication)?;
        let mut plan = Plan::default();
        let go_on = if matches!(publication.status, PublicationStatus::Running { .. }) { LegDone::GoOn } else { LegDone::Stop };
        // Two that walk the same leg, one of them believed dead: what is farther counts.
        if leg.status == LegStatus::Done || self.after < leg.after {
            return Ok((plan, go_on));
        }
        leg.after.clone_from(&self.after);
        leg.told += self.told;
        leg.gone += self.gone;
        leg.status = match self.next {
            Next::For { seconds } => LegStatus::Walked { until: now.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(now) },
            Next::HandOver => LegStatus::Walked { until: now },
            Next::Done => LegStatus::Done,
        };
        if let (LegStatus::Done, PublicationStatus::Running { legs_done }) = (leg.status, publication.status) {
            let legs_done = legs_done + 1;
            publication.status =
                if legs_done < LEGS { PublicationStatus::Running { legs_done } } else { PublicationStatus::Completed { at: now } };
            plan.put(Record::Publication(publication));
        }
        plan.put(Record::Leg(leg));
        Ok((plan, go_on))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        bulletin::{BulletinKind, CancelPublication, Publish, publish::Wanted},
        channel::Topic,
        testing::{World, asked},
    };

    fn published(world: &mut World) -> PublicationId {
        let data = "{}".to_owned();
        let wanted = Wanted::Topic { topic: Topic::System, kind: BulletinKind::Announcement, data, priority: None, expires_at: None };
        world.run(&Publish { asked: asked("ops", "k", "all"), wanted }).unwrap().value.id
    }

    fn record(publication: PublicationId, number: u8, after: &str, next: Next) -> RecordLeg {
        RecordLeg { publication, number, after: after.to_owned(), told: 10, gone: 1, next }
    }

    #[test]
    fn a_leg_has_one_walker_and_who_takes_it_up_goes_on_where_it_was() {
        let mut world = World::new();
        let publication = published(&mut world);
        let take = TakeLeg { publication, number: 3, for_s: 30 };
        assert!(matches!(world.run(&take).unwrap(), LegTaken::Walk { after, .. } if after.is_empty()));
        assert_eq!(world.run(&take).unwrap(), LegTaken::Leave, "somebody is at it");
        world.run(&record(publication, 3, "c1", Next::For { seconds: 30 })).unwrap();
        world.now += SignedDuration::from_secs(30);
        assert!(matches!(world.run(&take).unwrap(), LegTaken::Walk { after, .. } if after == "c1"), "its walker died");
        world.run(&record(publication, 3, "c2", Next::HandOver)).unwrap();
        assert!(matches!(world.run(&take).unwrap(), LegTaken::Walk { after, .. } if after == "c2"));
        world.run(&record(publication, 3, "c1", Next::For { seconds: 30 })).unwrap();
        world.run(&record(publication, 3, "c3", Next::Done)).unwrap();
        world.now += SignedDuration::from_secs(60);
        assert_eq!(world.run(&take).unwrap(), LegTaken::Leave, "it is done");
    }

    #[test]
    fn a_publication_is_complete_with_its_last_leg() {
        let mut world = World::new();
        let publication = published(&mut world);
        for number in 0..LEGS {
            world.run(&TakeLeg { publication, number, for_s: 30 }).unwrap();
            for _ in 0..2 {
                world.run(&record(publication, number, "c", Next::Done)).unwrap();
            }
        }
        let end = world.run(&CancelPublication { id: publication }).unwrap();
        assert_eq!(end.status.code(), "completed", "what is complete is not cancelled any more");
    }

    #[test]
    fn what_is_cancelled_stops_at_the_next_page_and_is_taken_up_by_nobody() {
        let mut world = World::new();
        let publication = published(&mut world);
        let take = |number| TakeLeg { publication, number, for_s: 30 };
        world.run(&take(0)).unwrap();
        world.run(&CancelPublication { id: publication }).unwrap();
        assert_eq!(world.run(&record(publication, 0, "c", Next::For { seconds: 30 })).unwrap(), LegDone::Stop);
        assert_eq!(world.run(&take(1)).unwrap(), LegTaken::Leave);
    }
}
