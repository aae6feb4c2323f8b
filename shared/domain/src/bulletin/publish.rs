//! What operators publish: one request, told once, whoever of thousands reads it.

use super::{BoardHead, BulletinKind, Draft, TOPICS_KEEP, Told};
use crate::{
    account::Happening,
    channel::{Board, Topic},
    engine::{Answer, Command, Key, Plan, Record, Snapshot},
    fact::{Cause, Detail, FactKind, Priority},
    id::{AccountId, PublicationId, UserId},
    request::{Digest, KeyReused, Keyed},
};
use jiff::Timestamp;

/// Into how many legs telling a topic's readers is cut; they are walked side by side.
pub const LEGS: u8 = 8;

/// How far telling it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublicationStatus {
    Running {
        legs_done: u8,
    },
    Completed {
        at: Timestamp,
    },
    /// Whoever was not told by then reads it on the board.
    Cancelled {
        at: Timestamp,
    },
}

impl PublicationStatus {
    pub fn code(self) -> &'static str {
        match self {
            Self::Running { .. } => "running",
            Self::Completed { .. } => "completed",
            Self::Cancelled { .. } => "cancelled",
        }
    }
}

/// Where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Published {
    /// On a topic's board.
    Topic { topic: Topic, kind: BulletinKind, seq: u64 },
    /// In one user's feed.
    Feed { account: AccountId, kind: FactKind, seq: u64 },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    pub id: PublicationId,
    pub by: UserId,
    pub published: Published,
    pub status: PublicationStatus,
    pub digest: Digest,
    pub created_at: Timestamp,
}

impl Publication {
    /// As whoever asked for it was first told of it.
    fn as_published(&self) -> Self {
        let status = match self.published {
            Published::Topic { .. } => PublicationStatus::Running { legs_done: 0 },
            Published::Feed { .. } => PublicationStatus::Completed { at: self.created_at },
        };
        Self { status, ..self.clone() }
    }
}

/// What is to be published, and to whom.
#[derive(Debug, Clone)]
pub enum Wanted {
    Topic { topic: Topic, kind: BulletinKind, data: String, priority: Option<Priority>, expires_at: Option<Timestamp> },
    User { account: AccountId, kind: FactKind, detail: Detail },
}

/// Puts it where it is read, and has whoever looks told.
#[derive(Debug, Clone)]
pub struct Publish {
    pub asked: Keyed,
    pub wanted: Wanted,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotPublish {
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    #[error("`{kind}` does not go to `{board}`")]
    WrongBoard { kind: &'static str, board: String },
    #[error("there is no such user")]
    NoUser,
    #[error("it would have expired before it is told")]
    Expired,
}

impl Command for Publish {
    type Done = Answer<Publication>;
    type Refusal = CannotPublish;

    fn reads(&self) -> Vec<Key> {
        let place = match &self.wanted {
            Wanted::Topic { topic, .. } => Key::Board(Board::Topic(topic.clone())),
            Wanted::User { account, .. } => Key::Account(*account),
        };
        vec![Key::Publication(self.asked.fingerprint), place]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Self::Done), CannotPublish> {
        if let Some(known) = state.publication(self.asked.fingerprint) {
            self.asked.check(&known.digest)?;
            return Ok((Plan::default(), Answer::again(known.as_published())));
        }
        let mut plan = Plan::default();
        let (published, status) = match &self.wanted {
            Wanted::Topic { topic, kind, data, priority, expires_at } => {
                let board = Board::Topic(topic.clone());
                if !kind.fits(&board) {
                    return Err(CannotPublish::WrongBoard { kind: kind.code(), board: board.to_string() });
                }
                let mut draft = Draft::new(*kind, Told::Published { data: data.clone() }, TOPICS_KEEP, now);
                draft.priority = priority.unwrap_or(draft.priority);
                draft.expires_at = expires_at.unwrap_or(draft.expires_at);
                if draft.expires_at <= now {
                    return Err(CannotPublish::Expired);
                }
                draft.expires_at = draft.expires_at.min(draft.kept_until);
                let mut head = state.board(&board).cloned().unwrap_or_else(|| BoardHead::new(board));
                let seq = head.put_up(&mut plan, draft, now);
                (Published::Topic { topic: topic.clone(), kind: *kind, seq }, PublicationStatus::Running { legs_done: 0 })
            }
            Wanted::User { account, kind, detail } => {
                let mut account = state.account(*account).cloned().ok_or(CannotPublish::NoUser)?;
                let cause = Cause::Operator { user_id: self.asked.caller.to_string(), request_id: self.asked.request_id.clone() };
                let happening = Happening { kind: *kind, operation: None, postings: Vec::new(), detail: detail.clone(), cause: &cause };
                let held = account.held;
                let seq = plan.record(&mut account, held, now, happening);
                (Published::Feed { account: account.id, kind: *kind, seq }, PublicationStatus::Completed { at: now })
            }
        };
        let publication = Publication {
            id: PublicationId::new(now, self.asked.fingerprint),
            by: self.asked.caller,
            published,
            status,
            digest: self.asked.digest,
            created_at: now,
        };
        plan.put(Record::Publication(publication.clone()));
        Ok((plan, Answer::first(publication)))
    }
}

/// Stops telling it. What is told is told, and it stays on its board.
#[derive(Debug, Clone)]
pub struct CancelPublication {
    pub id: PublicationId,
}

/// There is no such publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no such publication")]
pub struct NoPublication;

impl Command for CancelPublication {
    type Done = Publication;
    type Refusal = NoPublication;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Publication(self.id.fingerprint())]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Publication), NoPublication> {
        let mut publication = state.publication(self.id.fingerprint()).cloned().ok_or(NoPublication)?;
        let mut plan = Plan::default();
        if matches!(publication.status, PublicationStatus::Running { .. }) {
            publication.status = PublicationStatus::Cancelled { at: now };
            plan.put(Record::Publication(publication.clone()));
        }
        Ok((plan, publication))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{World, asked, wallet};

    fn alert(key: &str, text: &str) -> Publish {
        let topic = Topic::Weather(crate::channel::Place::parse("pune").unwrap());
        let wanted = Wanted::Topic { topic, kind: BulletinKind::WeatherAlert, data: text.to_owned(), priority: None, expires_at: None };
        Publish { asked: asked("ops", key, text), wanted }
    }

    #[test]
    fn a_retry_publishes_nothing_new_and_another_wish_under_its_key_is_refused() {
        let mut world = World::new();
        let first = world.run(&alert("k", "rain")).unwrap();
        let again = world.run(&alert("k", "rain")).unwrap();
        assert!(!first.replayed && again.replayed);
        assert_eq!(first.value, again.value);
        world.run(&CancelPublication { id: first.value.id }).unwrap();
        assert_eq!(world.run(&alert("k", "rain")).unwrap().value, first.value, "the first answer, whatever has happened since");
        assert!(matches!(world.run(&alert("k", "hail")), Err(CannotPublish::KeyReused(_))));
        let next = world.run(&alert("l", "hail")).unwrap().value;
        assert!(matches!(next.published, Published::Topic { seq: 2, .. }), "{next:?}");
    }

    #[test]
    fn what_is_for_one_user_stands_in_their_feed() {
        let mut world = World::with(&[("asha", 10_000)]);
        let before = world.account("asha").feed_seq;
        let detail = Detail { note: Some("Your documents were checked.".to_owned()), ..Detail::default() };
        let wanted = Wanted::User { account: wallet("asha"), kind: FactKind::Announcement, detail };
        let told = world.run(&Publish { asked: asked("ops", "k", "documents"), wanted }).unwrap().value;
        assert_eq!(told.published, Published::Feed { account: wallet("asha"), kind: FactKind::Announcement, seq: before + 1 });
        assert_eq!(told.status.code(), "completed");
    }

    #[test]
    fn a_kind_that_does_not_fit_the_topic_or_is_over_is_refused() {
        let mut world = World::new();
        let mut wrong = alert("k", "rain");
        let Wanted::Topic { kind, .. } = &mut wrong.wanted else { panic!() };
        *kind = BulletinKind::MarketPrice;
        assert!(matches!(world.run(&wrong), Err(CannotPublish::WrongBoard { .. })));
        let mut late = alert("k", "rain");
        let Wanted::Topic { expires_at, .. } = &mut late.wanted else { panic!() };
        *expires_at = Some(world.now);
        assert_eq!(world.run(&late).unwrap_err(), CannotPublish::Expired);
    }
}
