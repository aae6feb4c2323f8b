//! Who reads a bank: a connector that answers at once, an Account Aggregator, whose banks deliver in their own time, or
//! a gig platform's connector. To the steps of a connection all are one.

use super::{
    aggregator::{Aggregator, Asked, Consent, Part, Session},
    platform::{self, PlatformNews, Progress, bank_error},
};
use bank_feed::{Account, Changes, Gap, State, gaps};
use domain::{Timestamp, id::BankId};
use jiff::SignedDuration;
use lambda::Failed;
use providers::{
    banks::{
        BankError,
        connector::{Ask, Back, Connector, Pending, Tokens},
    },
    platforms::connector as platforms,
    standing::Standing,
};
use serde::{Deserialize, Serialize};

pub enum Reader {
    Connector(Box<Connector>),
    Aggregator(Box<Aggregator>),
    Platform(Box<platforms::Connector>),
}

/// A link on the way there and, once its user is back, with what they brought. It is sealed as a whole.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    Connector { pending: Pending, state: String, code: Option<String> },
    Aggregator(Asked),
    Platform { pending: platforms::Pending, state: String, code: Option<String> },
}

impl Way {
    /// Whether those who keep it say how their customer decided, also if nobody came back.
    pub fn can_be_asked_of(&self) -> bool {
        matches!(self, Self::Aggregator(_))
    }

    /// With what its user brought.
    pub fn with(self, brought: Option<&str>) -> Self {
        let brought = brought.map(str::to_owned);
        match self {
            Self::Connector { pending, state, .. } => Self::Connector { pending, state, code: brought },
            Self::Platform { pending, state, .. } => Self::Platform { pending, state, code: brought },
            way @ Self::Aggregator(_) => way,
        }
    }
}

/// What a bank is read with. It is sealed as a whole.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    Connector(Tokens),
    Aggregator(Box<Consent>),
    Platform(platforms::Tokens),
}

/// What was last read of a bank. It is sealed as a whole.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct View {
    pub accounts: Vec<Account>,
    /// Where reading goes on.
    pub cursor: Option<String>,
    /// Of a delivery that is under way.
    #[serde(default)]
    pub session: Option<Session>,
    /// How each account of a consent came.
    #[serde(default)]
    pub parts: Vec<Part>,
    /// What was missing between entries, and was read over again for that.
    #[serde(default)]
    pub gaps: Vec<Gap>,
    /// Nothing came of the last delivery: the next is asked for sooner.
    #[serde(default)]
    pub is_lost: bool,
    /// Of a platform: how far it was read.
    #[serde(default)]
    pub platform: Option<Progress>,
}

/// What was told since the last reading.
pub enum News {
    /// Entries of a bank's accounts.
    Entries(Changes),
    /// Days of work at a platform.
    Days(PlatformNews),
}

/// A link that was opened.
pub struct Link {
    pub url: String,
    /// What comes back with the user.
    pub state: String,
    pub way: Way,
}

/// One reading.
#[derive(Clone, Copy)]
pub struct Turn<'a> {
    pub bank: BankId,
    /// The bank's, as its customers call it.
    pub name: &'a str,
    /// Whether its user asks for it.
    pub is_asked: bool,
    /// Whether its user has not ended it meanwhile.
    pub standing: &'a dyn Standing,
    pub now: Timestamp,
}

/// What one reading came to.
pub struct Reading {
    pub access: Access,
    pub view: View,
    pub news: Option<News>,
    /// When there is more, or may be asked for again; as usual where it is `None`.
    pub more_in: Option<SignedDuration>,
    /// Until when it may be kept, where not for good.
    pub lent_until: Option<Timestamp>,
}

/// Why a step did not succeed: the bank's or its reader's word, or that consent has ended.
pub enum NotRead {
    Bank(BankError),
    ConsentEnded,
    /// By its user, until they take it up again.
    ConsentPaused,
    /// This access is over before its time: it is renewed, and the same is read again.
    Stale(Access),
}

impl NotRead {
    fn of(error: BankError, access: Access) -> Self {
        if error == BankError::TokensStale { Self::Stale(access) } else { Self::Bank(error) }
    }
}

/// How soon one asks again where a history is still on its way.
const PREPARING: SignedDuration = SignedDuration::from_secs(60);
/// A bank with more gaps than these tells balances of its own kind: nothing is to be found there.
const GAPS_MAX: usize = 50;

impl Reader {
    /// Opens a link. `mobile` is ten digits, by which an Account Aggregator knows its customers.
    pub async fn link_start(&self, ask: &Ask<'_>, mobile: &str, now: Timestamp) -> Result<Result<Link, BankError>, Failed> {
        let mut random = [0; 64];
        getrandom::fill(&mut random).map_err(Failed::later)?;
        Ok(match self {
            Self::Connector(connector) => connector.link_start(ask, &random, now.as_second()).await.map(|link| {
                let way = Way::Connector { pending: link.pending, state: link.state.clone(), code: None };
                Link { url: link.url, state: link.state, way }
            }),
            Self::Aggregator(aggregator) => aggregator.link_start(ask.redirect_uri, mobile, &random, now).await,
            Self::Platform(platform) => platform.link_start(ask.redirect_uri, &random, now.as_second()).map_err(bank_error).map(|link| {
                let way = Way::Platform { pending: link.pending, state: link.state.clone(), code: None };
                Link { url: link.url, state: link.state, way }
            }),
        })
    }

    /// Takes what came back, for access.
    pub async fn link_complete(&self, way: &Way, now: Timestamp) -> Result<Result<Access, BankError>, Failed> {
        Ok(match (self, way) {
            (Self::Connector(connector), Way::Connector { pending, state, code }) => {
                let back = Back { state, code: code.as_deref(), error: None };
                connector.link_complete(pending, &back, now.as_second()).await.map(|connection| Access::Connector(connection.tokens))
            }
            (Self::Aggregator(aggregator), Way::Aggregator(asked)) => {
                aggregator.link_complete(asked.clone(), now).await?.map(|consent| Access::Aggregator(Box::new(consent)))
            }
            (Self::Platform(platform), Way::Platform { pending, state, code }) => {
                let back = Back { state, code: code.as_deref(), error: None };
                let completed = platform.link_complete(pending, &back, now.as_second()).await;
                completed.map(|connection| Access::Platform(connection.tokens)).map_err(bank_error)
            }
            _ => return Err(Failed::bug("a link of another reader")),
        })
    }

    /// New access, where what there is ends soon or is `stale`: to be kept before it is used, since the old may be over
    /// with that. `None` where it is as good as it gets.
    pub async fn renew(&self, access: &Access, stale: bool, now: Timestamp) -> Result<Option<Access>, BankError> {
        let now = now.as_second();
        match (self, access) {
            (Self::Connector(connector), Access::Connector(tokens)) if stale || tokens.end_soon(now) => {
                Ok(connector.renew(tokens, now).await?.map(Access::Connector))
            }
            (Self::Platform(platform), Access::Platform(tokens)) if stale || tokens.end_soon(now) => {
                Ok(platform.renew(tokens, now).await.map_err(bank_error)?.map(Access::Platform))
            }
            _ => Ok(None),
        }
    }

    /// Whether it may be read, where that is somebody else's to say.
    pub async fn stands(&self, access: &Access, now: Timestamp) -> Result<Result<(), NotRead>, Failed> {
        match (self, access) {
            (Self::Aggregator(aggregator), Access::Aggregator(consent)) => aggregator.stands(consent, now).await,
            _ => Ok(Ok(())),
        }
    }

    /// Reads what there is, or a part of it.
    pub async fn read(&self, access: Access, before: View, turn: Turn<'_>) -> Result<Result<Reading, NotRead>, Failed> {
        let now = turn.now;
        match (self, access) {
            (Self::Connector(connector), Access::Connector(tokens)) => {
                let changes = match connector.refresh(&tokens, before.cursor.as_deref(), turn.standing, now.as_second()).await {
                    Ok(changes) => changes,
                    Err(error) => return Ok(Err(NotRead::of(error, Access::Connector(tokens)))),
                };
                let accounts = with_known(changes.accounts.clone(), changes.state, before.accounts);
                let again = from_the_beginning(&before.gaps, &changes);
                let is_soon = changes.state == State::Preparing || again.is_some();
                let cursor = changes.cursor.clone().filter(|_| again.is_none());
                let view = View { accounts, cursor, gaps: again.unwrap_or(before.gaps), ..View::default() };
                let more_in = is_soon.then_some(PREPARING);
                let news = Some(News::Entries(changes));
                Ok(Ok(Reading { access: Access::Connector(tokens), view, news, more_in, lent_until: None }))
            }
            (Self::Aggregator(aggregator), Access::Aggregator(consent)) => aggregator.read(consent, before, turn).await,
            (Self::Platform(platform), Access::Platform(tokens)) => {
                let read = platform::read(platform, &tokens, before.platform.unwrap_or_default(), &turn).await;
                let access = Access::Platform(tokens);
                Ok(match read {
                    Ok(read) => {
                        let view = View { platform: Some(read.progress), ..View::default() };
                        Ok(Reading { access, view, news: Some(News::Days(read.news)), more_in: Some(read.more_in), lent_until: None })
                    }
                    Err(error) => Err(NotRead::of(bank_error(error), access)),
                })
            }
            _ => Err(Failed::bug("access of another reader")),
        }
    }

    /// Ends the access at the bank. Consent by an Account Aggregator is ended by no longer asking; its user withdraws it there.
    pub async fn revoke(&self, access: &Access, now: Timestamp) -> Result<(), BankError> {
        match (self, access) {
            (Self::Connector(connector), Access::Connector(tokens)) => connector.revoke(tokens, now.as_second()).await,
            (Self::Platform(platform), Access::Platform(tokens)) => platform.revoke(tokens, now.as_second()).await.map_err(bank_error),
            _ => Ok(()),
        }
    }
}

/// Where something is missing between entries, all of them are read again, once for each such gap: what was told before is known
/// again. Returns every gap for which that was done, where there is a new one.
fn from_the_beginning(known: &[Gap], changes: &Changes) -> Option<Vec<Gap>> {
    // What was corrected or taken back has other balances behind it than it was told with.
    if !changes.modified.is_empty() || !changes.removed.is_empty() {
        return None;
    }
    let new: Vec<Gap> = gaps(&changes.added).into_iter().filter(|gap| !known.contains(gap)).collect();
    let is_worth_it = !new.is_empty() && known.len() + new.len() <= GAPS_MAX;
    is_worth_it.then(|| known.iter().cloned().chain(new).collect())
}

/// Of accounts that could not be read this time, what was last seen is shown.
pub(super) fn with_known(read: Vec<Account>, state: State, before: Vec<Account>) -> Vec<Account> {
    let mut accounts = read;
    if state == State::Partial {
        let missing: Vec<Account> = before.into_iter().filter(|old| !accounts.iter().any(|new| new.id == old.id)).collect();
        accounts.extend(missing);
    }
    accounts
}

#[cfg(test)]
mod tests {
    use super::*;
    use bank_feed::{Currency, Direction, Entry, Removed};

    fn line(minute: i64, balance: i64) -> Entry {
        Entry {
            account_id: "a".into(),
            id: None,
            booked_at: Timestamp::from_second(1_795_000_000 + minute * 60).unwrap(),
            value_date: None,
            amount_minor: 100,
            currency: Currency::INR,
            direction: Direction::Credit,
            balance_after_minor: Some(balance),
            mode: None,
            narration: String::new(),
            counterparty: None,
            reference: None,
            is_pending: false,
        }
    }

    fn read(added: Vec<Entry>) -> Changes {
        Changes { accounts: Vec::new(), added, modified: Vec::new(), removed: Vec::new(), cursor: Some("c".into()), state: State::Complete }
    }

    #[test]
    fn what_is_missing_between_entries_is_read_over_again_once() {
        assert_eq!(from_the_beginning(&[], &read(vec![line(1, 100), line(2, 200)])), None);
        let broken = read(vec![line(1, 100), line(3, 300)]);
        let known = from_the_beginning(&[], &broken).unwrap();
        assert_eq!(known.len(), 1);
        assert_eq!(from_the_beginning(&known, &broken), None, "the bank tells no more");
        let more = read(vec![line(1, 100), line(3, 300), line(9, 900)]);
        assert_eq!(from_the_beginning(&known, &more).unwrap().len(), 2);
    }

    #[test]
    fn what_was_corrected_or_has_balances_of_its_own_is_not() {
        let taken_back =
            Changes { removed: vec![Removed { account_id: "a".into(), id: "1".into() }], ..read(vec![line(1, 100), line(3, 300)]) };
        assert_eq!(from_the_beginning(&[], &taken_back), None);
        let nonsense: Vec<Entry> = (0..60).map(|minute| line(minute, minute * 7)).collect();
        assert_eq!(from_the_beginning(&[], &read(nonsense)), None);
    }
}
