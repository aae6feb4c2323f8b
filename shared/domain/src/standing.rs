//! Standing payments: the same to the same, every day, week or month, on terms that were confirmed once.
//!
//! On its day a payment is made at nine in the morning (India), under a key of its own, so once. Where there
//! is not enough money it is tried each hour until nine in the evening, and then left out. The evening
//! before, its owner is told, and can end it.

mod rhythm;
#[cfg(test)]
mod tests;

pub use rhythm::{BadRhythm, Every};

use crate::{
    chat::Terms,
    codes::codes,
    engine::{Answer, Command, Key, Plan, Record, Snapshot},
    id::{Fingerprint, StandingId, UserId},
    limits::india_time,
    request::{Digest, KeyReused, Keyed},
};
use jiff::{SignedDuration, Timestamp, ToSpan as _, civil::Date, tz};

codes! {
    StandingStatus {
        Active = "active";
        Ended = "ended";
    }
}

codes! {
    /// What became of a day's payment.
    StandingResult {
        Paid = "paid";
        /// There was not enough money until the evening.
        ShortOfMoney = "short_of_money";
        /// A rule says no: a limit, a closed account, a payee that is not valid.
        Refused = "refused";
        /// We were away on that day.
        Missed = "missed";
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub id: StandingId,
    pub user: UserId,
    pub terms: Terms,
    pub every: Every,
    /// The day of the next payment.
    pub next_on: Date,
    pub status: StandingStatus,
    /// Whether its owner was told of the next payment.
    pub is_announced: bool,
    /// When somebody must look at it.
    pub due_at: Option<Timestamp>,
    pub taken_until: Option<Timestamp>,
    pub last: Option<(Date, StandingResult)>,
    pub digest: Digest,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// Standing payments of one user.
pub const STANDING_MAX: usize = 20;
const PAY_HOUR: i8 = 9;
const LAST_HOUR: i8 = 21;
const ANNOUNCE_HOUR: i8 = 18;
const LEASE: SignedDuration = SignedDuration::from_secs(60);
const TRY_EVERY: SignedDuration = SignedDuration::from_hours(1);

/// An hour of a day in India.
fn at_hour(day: Date, hour: i8) -> Timestamp {
    let zone = tz::TimeZone::fixed(tz::offset(5).saturating_add(30.minutes()));
    day.at(hour, 0, 0, 0).to_zoned(zone).map_or(Timestamp::MAX, |time| time.timestamp())
}

impl Standing {
    pub fn key(&self) -> Key {
        Key::Standing(self.user, self.id.fingerprint())
    }

    /// The key under which a day's payment is made: the same day's is the same payment.
    pub fn payment_key(&self) -> (String, String) {
        (format!("standing {}", self.id), self.next_on.to_string())
    }

    /// What becomes of the day's payment by this, where that is decided.
    pub fn ends(&self, stood: Stood, now: Timestamp) -> Option<StandingResult> {
        match stood {
            Stood::Announced => None,
            Stood::Short if now < at_hour(self.next_on, LAST_HOUR) => None,
            Stood::Short => Some(StandingResult::ShortOfMoney),
            Stood::Paid => Some(StandingResult::Paid),
            Stood::Refused => Some(StandingResult::Refused),
        }
    }

    /// Who is told of a payment every day would read no message any more.
    fn is_to_be_announced(&self) -> bool {
        !self.is_announced && self.every != Every::Day
    }

    fn wait_for(&mut self, day: Date, now: Timestamp) {
        (self.next_on, self.is_announced) = (day, false);
        self.due_at = Some(match self.is_to_be_announced() {
            true => at_hour(day.saturating_sub(1.day()), ANNOUNCE_HOUR).max(now),
            false => at_hour(day, PAY_HOUR),
        });
    }
}

/// Sets up a standing payment. Whoever asks has shown its terms and was told yes.
#[derive(Debug, Clone)]
pub struct SetStanding {
    pub asked: Keyed,
    pub terms: Terms,
    pub every: Every,
    /// How many the user has.
    pub others: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotStand {
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    #[error("at most {STANDING_MAX} standing payments can be set up")]
    TooMany,
}

impl SetStanding {
    pub fn id(&self, now: Timestamp) -> StandingId {
        StandingId::new(now, self.asked.fingerprint)
    }
}

impl Command for SetStanding {
    type Done = Answer<Standing>;
    type Refusal = CannotStand;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Standing(self.asked.caller, self.asked.fingerprint)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Self::Done), CannotStand> {
        let mut plan = Plan::default();
        if let Some(known) = state.standing(self.asked.caller, self.asked.fingerprint) {
            self.asked.check(&known.digest)?;
            return Ok((plan, Answer::again(known.clone())));
        }
        if self.others >= STANDING_MAX {
            return Err(CannotStand::TooMany);
        }
        let today = india_time(now).date();
        let mut standing = Standing {
            id: self.id(now),
            user: self.asked.caller,
            terms: self.terms.clone(),
            every: self.every,
            next_on: today,
            status: StandingStatus::Active,
            is_announced: false,
            due_at: None,
            taken_until: None,
            last: None,
            digest: self.asked.digest,
            created_at: now,
            updated_at: now,
        };
        standing.wait_for(self.every.after(today), now);
        plan.put(Record::Standing(Box::new(standing.clone())));
        Ok((plan, Answer::first(standing)))
    }
}

/// Takes a standing payment for one step.
#[derive(Debug, Clone)]
pub struct TakeStanding {
    pub user: UserId,
    pub id: Fingerprint,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Due {
    /// Tell its owner of tomorrow's.
    Announce(Box<Standing>),
    Pay(Box<Standing>),
    /// Somebody is at it, or it is not due.
    Nothing,
}

impl Command for TakeStanding {
    type Done = Due;
    type Refusal = std::convert::Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Standing(self.user, self.id)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Due), Self::Refusal> {
        let mut plan = Plan::default();
        let Some(mut standing) = state.standing(self.user, self.id).cloned() else { return Ok((plan, Due::Nothing)) };
        let is_taken = standing.taken_until.is_some_and(|until| now < until);
        if is_taken || standing.status != StandingStatus::Active || standing.due_at.is_none_or(|due| now < due) {
            return Ok((plan, Due::Nothing));
        }
        // Nothing is paid late: the next of its days in turn is the next.
        let today = india_time(now).date();
        if standing.next_on < today {
            standing.last = Some((standing.next_on, StandingResult::Missed));
            standing.wait_for(standing.every.after(today.saturating_sub(1.day())), now);
            standing.updated_at = now;
            plan.put(Record::Standing(Box::new(standing)));
            return Ok((plan, Due::Nothing));
        }
        standing.taken_until = Some(now.saturating_add(LEASE).unwrap_or(Timestamp::MAX));
        let due = match now < at_hour(standing.next_on, PAY_HOUR) {
            true if standing.is_to_be_announced() => Due::Announce(Box::new(standing.clone())),
            true => Due::Nothing,
            false => Due::Pay(Box::new(standing.clone())),
        };
        plan.put(Record::Standing(Box::new(standing)));
        Ok((plan, due))
    }
}

/// What came of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stood {
    Announced,
    Paid,
    /// There is not enough money yet.
    Short,
    Refused,
}

#[derive(Debug, Clone)]
pub struct RecordStanding {
    pub user: UserId,
    pub id: Fingerprint,
    /// The day whose payment it was.
    pub on: Date,
    pub stood: Stood,
}

impl Command for RecordStanding {
    type Done = ();
    type Refusal = std::convert::Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Standing(self.user, self.id)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Self::Done), Self::Refusal> {
        let mut plan = Plan::default();
        let is_of_now = |standing: &&Standing| standing.next_on == self.on && standing.status == StandingStatus::Active;
        let Some(mut standing) = state.standing(self.user, self.id).filter(is_of_now).cloned() else {
            return Ok((plan, ()));
        };
        standing.taken_until = None;
        match (self.stood, standing.ends(self.stood, now)) {
            (_, Some(result)) => {
                standing.last = Some((self.on, result));
                standing.wait_for(standing.every.after(self.on), now);
            }
            (Stood::Announced, None) => {
                standing.is_announced = true;
                standing.due_at = Some(at_hour(standing.next_on, PAY_HOUR));
            }
            (_, None) => standing.due_at = Some(now.saturating_add(TRY_EVERY).unwrap_or(Timestamp::MAX)),
        }
        standing.updated_at = now;
        plan.put(Record::Standing(Box::new(standing)));
        Ok((plan, ()))
    }
}

/// Ends a standing payment, at once.
#[derive(Debug, Clone)]
pub struct EndStanding {
    pub user: UserId,
    pub id: Fingerprint,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such standing payment")]
pub struct NoSuchStanding;

impl Command for EndStanding {
    type Done = Standing;
    type Refusal = NoSuchStanding;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Standing(self.user, self.id)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Standing), NoSuchStanding> {
        let mut standing = state.standing(self.user, self.id).cloned().ok_or(NoSuchStanding)?;
        let mut plan = Plan::default();
        if standing.status == StandingStatus::Active {
            (standing.status, standing.due_at, standing.taken_until, standing.updated_at) = (StandingStatus::Ended, None, None, now);
            plan.put(Record::Standing(Box::new(standing.clone())));
        }
        Ok((plan, standing))
    }
}
