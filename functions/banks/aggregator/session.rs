//! A session: data are asked for under keys of its own, and the banks deliver in their own time, or not.

use super::{
    Aggregator, Consent,
    keeper::Opened,
    parts::{Came, Part},
};
use crate::banks::reader::{Access, News, NotRead, Reading, Turn, View, with_known};
use account_aggregator::{
    delivery::{self, Delivered},
    fair_use::{self, MayNot},
    fi,
    state::ConsentState,
    wire::{ErrorCode, FiDataRange},
};
use bank_feed::{Account, Changes, Entry, State, dedupe_key};
use domain::Timestamp;
use jiff::SignedDuration;
use lambda::Failed;
use providers::account_aggregator::AggregatorError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A delivery under way. The key is of this session alone, and goes with it.
#[derive(Serialize, Deserialize)]
pub struct Session {
    pub(in crate::banks) id: String,
    /// Of the request that opened it.
    #[serde(default)]
    pub(in crate::banks) txnid: String,
    pub(super) key: String,
    pub(super) nonce: String,
    opened_at: i64,
    /// Accounts that no bank delivers in it, in the aggregator's word: hashes of their link references.
    #[serde(default)]
    pub(in crate::banks) refused: BTreeSet<String>,
    /// Nothing is to be fetched in it any more, in the aggregator's word.
    #[serde(default)]
    pub(in crate::banks) is_over: bool,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("opened_at", &self.opened_at).finish_non_exhaustive()
    }
}

/// How soon one looks whether the banks have delivered.
const DELIVERED_IN: SignedDuration = SignedDuration::from_secs(5);
/// After which a session of which nothing came is given up.
const SESSION_LASTS: SignedDuration = SignedDuration::from_mins(15);
const HOUR: SignedDuration = SignedDuration::from_hours(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// For how many days it is known when data were asked for.
const COUNTED_DAYS: i32 = 31;
/// How many times in those days data are asked for more than once a day: of the 45 that the consent has, these are not
/// needed for one a day. They are for sessions that were lost, and for users who ask.
const EXTRAS_MAX: usize = 14;

impl Aggregator {
    /// Opens a session, or takes what the banks have delivered in the one that is open.
    pub async fn read(&self, consent: Box<Consent>, mut before: View, turn: Turn<'_>) -> Result<Result<Reading, NotRead>, Failed> {
        match before.session.take() {
            None => self.open(consent, before, turn).await,
            Some(session) if session.is_over && turn.is_asked => {
                let view = without(&consent, &session, before, turn.now);
                self.open(consent, view, turn).await
            }
            Some(session) if session.is_over => Ok(Ok(given_up(consent, &session, before, turn.now))),
            Some(session) => self.take(consent, session, before, turn).await,
        }
    }

    async fn open(&self, mut consent: Box<Consent>, before: View, turn: Turn<'_>) -> Result<Result<Reading, NotRead>, Failed> {
        let now = turn.now;
        let range = FiDataRange { from: consent.artefact.detail.data_range.from, to: now };
        let asked: Vec<Timestamp> = consent.asked_at.iter().filter_map(|second| Timestamp::from_second(*second).ok()).collect();
        let again_at = match fair_use::may_fetch(&consent.artefact, ConsentState::Active, range, &asked, now) {
            Ok(()) => paced(&asked, turn.is_asked || before.is_lost, now),
            Err(MayNot::TooOften { again_at } | MayNot::NotBegun { at: again_at }) => Some(again_at),
            Err(MayNot::NotActive { .. } | MayNot::Over { .. } | MayNot::OutsideRange | MayNot::Spent) => {
                return Ok(Err(NotRead::ConsentEnded));
            }
        };
        if let Some(again_at) = again_at {
            return Ok(Ok(nothing(consent, before, again_at.duration_since(now))));
        }
        let opened = match self.keeper.open(&consent, range, now).await? {
            Ok(opened) => opened,
            // By its count they were: an answer of it was lost, and the session with it.
            Err(AggregatorError::Refused { code: Some(ErrorCode::InvalidConsentUse), .. }) => return Ok(Ok(nothing(consent, before, DAY))),
            Err(error) => return Ok(Err(self.refused(&error, &consent, now).await?)),
        };
        let window = now.as_second() - i64::from(COUNTED_DAYS) * DAY.as_secs();
        consent.asked_at.retain(|second| *second > window);
        consent.asked_at.push(now.as_second());
        let Opened { id, txnid, key, nonce } = opened;
        let session = Session { id, txnid, key, nonce, opened_at: now.as_second(), refused: BTreeSet::new(), is_over: false };
        Ok(Ok(nothing(consent, View { session: Some(session), is_lost: false, ..before }, DELIVERED_IN)))
    }

    async fn take(
        &self,
        consent: Box<Consent>,
        mut session: Session,
        before: View,
        turn: Turn<'_>,
    ) -> Result<Result<Reading, NotRead>, Failed> {
        let now = turn.now;
        let is_over = now.as_second() - session.opened_at > SESSION_LASTS.as_secs();
        let brought = match self.keeper.fetch(&session, &consent, now).await? {
            Ok(brought) => brought,
            Err(error) if error.retryable() && !is_over => {
                return Ok(Ok(nothing(consent, View { session: Some(session), ..before }, DELIVERED_IN)));
            }
            Err(error) if is_over || session_is_gone(&error) => return Ok(Ok(given_up(consent, &session, before, now))),
            Err(error) => return Ok(Err(self.refused(&error, &consent, now).await?)),
        };
        session.refused.extend(brought.refused);
        let is_over = is_over || brought.is_over;
        let statements = statements(&brought.delivered, turn.name);
        let known: Vec<(&str, bool)> = statements.iter().map(|(id, read)| (id.as_str(), read.is_some())).collect();
        let came = Came { accounts: &known, refused: &session.refused, since: session.opened_at };
        let parts = Part::all(&consent.artefact, &came, &before.parts, now);
        let (accounts, added): (Vec<Account>, Vec<Vec<Entry>>) = statements.into_iter().filter_map(|(_, read)| read).unzip();
        // The others may come yet; what came is shown.
        let may_come = parts.iter().any(Part::is_late) && !is_over;
        let is_whole = consent.artefact.accounts.iter().all(|asked| accounts.iter().any(|read| read.id == asked.link_ref));
        let state = if is_whole { State::Complete } else { State::Partial };
        let news = (!accounts.is_empty()).then(|| News::Entries(news(&accounts, added, state)));
        let accounts = with_known(accounts, state, before.accounts);
        let is_lost = !may_come && is_lost(&parts);
        let session = Some(session).filter(|_| may_come);
        // For as long as it may be kept, and there is consent.
        let lent_until = Some(consent.artefact.detail.data_life.ends(now).map_or(consent.ends_at(), |until| until.min(consent.ends_at())));
        let view = View { accounts, session, parts, is_lost, ..View::default() };
        let more_in = Some(if may_come { DELIVERED_IN } else { next_in(is_lost) });
        Ok(Ok(Reading { access: Access::Aggregator(consent), view, news, more_in, lent_until }))
    }
}

/// A step that reads nothing, and when to take the next one.
fn nothing(consent: Box<Consent>, view: View, more_in: SignedDuration) -> Reading {
    Reading { access: Access::Aggregator(consent), view, news: None, more_in: Some(more_in), lent_until: None }
}

/// Of a session that is over: what it did not bring, the next one may, in its time.
fn given_up(consent: Box<Consent>, session: &Session, before: View, now: Timestamp) -> Reading {
    let view = without(&consent, session, before, now);
    let more_in = next_in(view.is_lost);
    nothing(consent, view, more_in)
}

/// What is known when a session has ended and has brought nothing.
fn without(consent: &Consent, session: &Session, before: View, now: Timestamp) -> View {
    let came = Came { accounts: &[], refused: &session.refused, since: session.opened_at };
    let parts = Part::all(&consent.artefact, &came, &before.parts, now);
    View { session: None, is_lost: is_lost(&parts), parts, ..before }
}

/// Whether nothing came of a session though something was to. That some banks are late is normal, and what they all refuse or spoil
/// today is not asked for again today.
fn is_lost(parts: &[Part]) -> bool {
    parts.iter().any(Part::is_late) && !parts.iter().any(Part::is_read)
}

fn next_in(is_lost: bool) -> SignedDuration {
    if is_lost { HOUR } else { DAY }
}

/// When data may be asked for again by our own measure; `None` where that is now. Once a day; sooner where the user asks, or the last
/// session was lost.
fn paced(asked: &[Timestamp], is_wanted: bool, now: Timestamp) -> Option<Timestamp> {
    let mut asked = asked.to_vec();
    asked.sort_unstable();
    let last = *asked.last()?;
    let extras = asked.iter().zip(asked.iter().skip(1)).filter(|(one, next)| next.duration_since(**one) < DAY).count();
    let pause = if is_wanted && extras < EXTRAS_MAX { HOUR } else { DAY };
    let again_at = last.saturating_add(pause).unwrap_or(Timestamp::MAX);
    (now < again_at).then_some(again_at)
}

/// An account, and its lines.
type Statement = (Account, Vec<Entry>);

/// What was delivered, by account; `None` for a document that is none.
fn statements(delivered: &[Delivered], bank: &str) -> Vec<(String, Option<Statement>)> {
    let read = |delivered: &Delivered| {
        let document = match &delivered.document {
            Ok(document) => document,
            Err(delivery::NotDelivered::Nothing) => return None,
            Err(why) => {
                tracing::warn!(fip = delivered.fip_id, %why, "a bank's delivery is left out");
                return Some((delivered.link_ref.clone(), None));
            }
        };
        let read = fi::read(document, &fi::Source { link_ref: &delivered.link_ref, bank: bank_of(&delivered.fip_id, bank) });
        if let Err(why) = &read {
            tracing::warn!(fip = delivered.fip_id, %why, "a bank's document is left out");
        }
        // Its names of lines are not always their own (`account-aggregator.md`, section 7): they only tell what was said twice.
        let statement = read.ok().map(|statement| {
            let mut known = BTreeSet::new();
            let once = statement.entries.into_iter().filter(|entry| entry.id.is_none() || known.insert(dedupe_key(entry)));
            (statement.account, once.map(|entry| Entry { id: None, ..entry }).collect())
        });
        Some((delivered.link_ref.clone(), statement))
    };
    delivered.iter().filter_map(read).collect()
}

fn news(accounts: &[Account], added: Vec<Vec<Entry>>, state: State) -> Changes {
    let added = added.into_iter().flatten().collect();
    Changes { accounts: accounts.to_vec(), added, modified: Vec::new(), removed: Vec::new(), cursor: None, state }
}

/// The bank by its entity id in the registry, where that says more than the reader's name.
fn bank_of<'a>(fip_id: &'a str, reader: &'a str) -> &'a str {
    if fip_id.is_empty() { reader } else { fip_id }
}

fn session_is_gone(error: &AggregatorError) -> bool {
    matches!(error, AggregatorError::Refused { code: Some(ErrorCode::InvalidSessionId | ErrorCode::DataGone | ErrorCode::NoDataFound), .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + hours * 3_600).unwrap()
    }

    #[test]
    fn data_are_asked_for_once_a_day_and_a_little_more_where_a_session_was_lost() {
        assert_eq!(paced(&[], false, at(0)), None);
        assert_eq!(paced(&[at(0)], false, at(24)), None);
        assert_eq!(paced(&[at(0)], false, at(2)), Some(at(24)), "whoever says that there is something");
        assert_eq!(paced(&[at(0)], true, at(0)), Some(at(1)));
        assert_eq!(paced(&[at(1), at(0)], true, at(2)), None, "in whatever order they are kept");
    }

    /// However they are asked for, the consent's 45 a month have room for one a day.
    #[test]
    fn those_that_are_not_needed_for_one_a_day_are_soon_used_up() {
        let mut asked: Vec<Timestamp> = Vec::new();
        let mut now = at(0);
        while now < at(31 * 24) {
            match paced(&asked, true, now) {
                None => asked.push(now),
                Some(again_at) => now = again_at,
            }
        }
        assert_eq!(asked.len(), 45);
        assert_eq!(paced(&asked[..=EXTRAS_MAX], true, asked[EXTRAS_MAX] + HOUR), Some(asked[EXTRAS_MAX] + DAY));
    }
}
