//! Reading banks by an Account Aggregator: consent, a session with keys of its own, and what the banks deliver in it.
//!
//! Source: `account-aggregator.md`. The licence holder's name stands in every request, and without one there is no
//! aggregator ([`crate::access`]).

use super::reader::{Access, Link, News, NotRead, Reading, View, Way, with_known};
use account_aggregator::{
    crypto::{Curve, KeyMaterial, Nonce, PrivateKey},
    delivery,
    fair_use::{self, MayNot},
    fi,
    state::ConsentState,
    wire::{
        ConsentArtefact, ConsentDetail, ConsentMode, ConsentStatus, ConsentType, Customer, DataLife, DataLifeUnit, ErrorCode, FetchType,
        FiDataRange, FiType, Frequency, FrequencyUnit, HandleStatus, Purpose, PurposeCode, txnid_from_random,
    },
};
use bank_feed::{Account, Changes, Entry, State};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::Timestamp;
use jiff::{SignedDuration, ToSpan as _};
use lambda::Failed;
use providers::{
    account_aggregator::{AggregatorError, Client, DataAsk, Stamp},
    banks::BankError,
    call::{CallError, Unsent},
};
use serde::{Deserialize, Serialize};

/// One aggregator, with what its customers' addresses end in.
pub struct Aggregator {
    pub client: Client,
    /// `sandbox-aa` of `9812340001@sandbox-aa`.
    pub handle: String,
    pub curve: Curve,
}

/// A consent, as its aggregator signed it.
#[derive(Serialize, Deserialize)]
pub struct Consent {
    id: String,
    artefact: ConsentArtefact,
    digital_signature: String,
    /// When data were asked for, in Unix seconds: how often they may be is part of the consent.
    asked_at: Vec<i64>,
    /// Of the request that it answers.
    #[serde(default)]
    pub(super) asked: Asked,
}

/// A request, as its aggregator speaks of it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Asked {
    /// Of a consent.
    pub handle: String,
    pub txnid: String,
}

impl Consent {
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// When it ends by itself.
    pub(super) fn ends_at(&self) -> Timestamp {
        self.artefact.detail.expires_at
    }
}

/// A delivery under way. The key is of this session alone, and goes with it.
#[derive(Serialize, Deserialize)]
pub struct Session {
    pub(super) id: String,
    /// Of the request that opened it.
    #[serde(default)]
    pub(super) txnid: String,
    key: String,
    nonce: String,
    opened_at: i64,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("opened_at", &self.opened_at).finish_non_exhaustive()
    }
}

/// Purpose 102 with its template CT008: looking after one's money. Source: `account-aggregator.md`, section 5.
const CATEGORY: &str = "Personal Finance";
/// For how long consent is asked.
const CONSENT_MONTHS: i64 = 12;
/// How far back the first reading goes. With the time ahead it stays within thirteen months.
const HISTORY_DAYS: i64 = 28;
/// How soon one looks whether the banks have delivered.
const DELIVERED_IN: SignedDuration = SignedDuration::from_secs(5);
/// After which a session of which nothing came is given up.
const SESSION_LASTS: SignedDuration = SignedDuration::from_mins(15);
/// How long our part of a session's key is good.
const KEY_LASTS: SignedDuration = SignedDuration::from_hours(24);
const DAY: SignedDuration = SignedDuration::from_hours(24);

fn random<const N: usize>() -> Result<[u8; N], Failed> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(Failed::later)?;
    Ok(bytes)
}

/// Where our own input or keys are at fault, somebody of ours has to look.
fn misconfigured(field: &'static str) -> BankError {
    BankError::Misconfigured(CallError::NotSent { why: Unsent::Invalid { field, rule: "does not work" } })
}

impl Aggregator {
    pub async fn link_start(&self, redirect_uri: &str, mobile: &str, seed: &[u8; 64], now: Timestamp) -> Result<Link, BankError> {
        let (for_state, for_txn) = seed.split_at(32);
        let state = URL_SAFE_NO_PAD.encode(for_state);
        let mut txn = [0; 16];
        txn.copy_from_slice(for_txn.get(..16).ok_or_else(|| misconfigured("seed"))?);
        let detail = self.detail(mobile, now).ok_or_else(|| misconfigured("consent"))?;
        fair_use::check(&detail).map_err(|_| misconfigured("consent"))?;
        let txnid = txnid_from_random(txn);
        let asked = self.client.request_consent(Stamp { txnid: &txnid, now }, &detail).await.map_err(|error| bank_error(&error))?;
        let back = format!("{redirect_uri}?state={state}");
        let url = self.client.consent_url(&asked.handle, &back);
        Ok(Link { url, state, way: Way::Aggregator { handle: asked.handle, txnid } })
    }

    /// The terms that a customer is asked to consent to.
    fn detail(&self, mobile: &str, now: Timestamp) -> Option<ConsentDetail> {
        let day = now.to_zoned(jiff::tz::TimeZone::UTC);
        let from = day.checked_sub(HISTORY_DAYS.days()).ok()?.timestamp();
        let expires_at = day.checked_add(CONSENT_MONTHS.months()).ok()?.timestamp();
        Some(ConsentDetail {
            starts_at: now,
            expires_at,
            mode: ConsentMode::Store,
            fetch_type: FetchType::Periodic,
            types: vec![ConsentType::Profile, ConsentType::Summary, ConsentType::Transactions],
            fi_types: vec![FiType::Deposit],
            data_consumer: self.client.licence().data_consumer(),
            customer: Customer { id: format!("{mobile}@{}", self.handle), identifiers: Vec::new() },
            purpose: Purpose::new(PurposeCode::SpendingPatterns, CATEGORY),
            data_range: FiDataRange { from, to: expires_at },
            data_life: DataLife { unit: DataLifeUnit::Month, value: 1 },
            frequency: Frequency { unit: FrequencyUnit::Day, value: 1 },
            data_filter: Vec::new(),
        })
    }

    /// Whether they have consented, and to what.
    pub async fn link_complete(&self, asked: Asked, now: Timestamp) -> Result<Result<Consent, BankError>, Failed> {
        let txnid = txnid_from_random(random()?);
        let told = match self.client.handle_status(Stamp { txnid: &txnid, now }, &asked.handle).await {
            Ok(told) => told.consent,
            Err(error) => return Ok(Err(bank_error(&error))),
        };
        let id = match (told.status, told.id) {
            (HandleStatus::Approved | HandleStatus::Ready, Some(id)) => id,
            (HandleStatus::Approved | HandleStatus::Ready | HandleStatus::Pending, _) => return Ok(Err(BankError::LinkUnfinished)),
            (HandleStatus::Rejected, _) => return Ok(Err(BankError::LinkDeclined)),
            (HandleStatus::Expired | HandleStatus::Failed, _) => return Ok(Err(BankError::LinkExpired)),
        };
        let txnid = txnid_from_random(random()?);
        let fetched = match self.client.fetch_consent(Stamp { txnid: &txnid, now }, &id).await {
            Ok(fetched) => fetched,
            Err(error) => return Ok(Err(bank_error(&error))),
        };
        Ok(match fetched.status {
            ConsentStatus::Active => {
                let (artefact, digital_signature) = (fetched.artefact, fetched.digital_signature);
                Ok(Consent { id, artefact, digital_signature, asked_at: Vec::new(), asked })
            }
            ConsentStatus::Pending | ConsentStatus::Paused => Err(BankError::LinkUnfinished),
            ConsentStatus::Rejected | ConsentStatus::Revoked => Err(BankError::LinkDeclined),
            ConsentStatus::Expired => Err(BankError::LinkExpired),
        })
    }

    /// Opens a session, or takes what the banks have delivered in the one that is open.
    pub async fn read(&self, consent: Box<Consent>, before: View, bank: &str, now: Timestamp) -> Result<Result<Reading, NotRead>, Failed> {
        match before.session {
            None => self.open(consent, before, now).await,
            Some(_) => self.take(consent, before, bank, now).await,
        }
    }

    /// Whether the consent still stands. It is asked before each reading: its customer ends or pauses it where they gave
    /// it, and that nobody told us so says nothing.
    pub async fn stands(&self, consent: &Consent, now: Timestamp) -> Result<Result<(), NotRead>, Failed> {
        let txnid = txnid_from_random(random()?);
        let fetched = match self.client.fetch_consent(Stamp { txnid: &txnid, now }, &consent.id).await {
            Ok(fetched) => fetched,
            Err(error) => return Ok(Err(not_read(&error))),
        };
        Ok(match fetched.status {
            ConsentStatus::Active => Ok(()),
            ConsentStatus::Paused => Err(NotRead::ConsentPaused),
            ConsentStatus::Expired => Err(NotRead::ConsentEnded),
            ConsentStatus::Revoked | ConsentStatus::Rejected => Err(NotRead::Bank(BankError::AccessWithdrawn)),
            ConsentStatus::Pending => Err(NotRead::Bank(BankError::TryLater { after_ms: None })),
        })
    }

    async fn open(&self, mut consent: Box<Consent>, before: View, now: Timestamp) -> Result<Result<Reading, NotRead>, Failed> {
        let range = FiDataRange { from: consent.artefact.detail.data_range.from, to: now };
        let asked: Vec<Timestamp> = consent.asked_at.iter().filter_map(|second| Timestamp::from_second(*second).ok()).collect();
        match fair_use::may_fetch(&consent.artefact, ConsentState::Active, range, &asked, now) {
            Ok(()) => {}
            Err(MayNot::TooOften { again_at }) => {
                let more_in = Some(again_at.duration_since(now));
                return Ok(Ok(Reading { access: Access::Aggregator(consent), view: before, news: None, more_in }));
            }
            Err(MayNot::NotBegun { at }) => {
                return Ok(Ok(Reading {
                    access: Access::Aggregator(consent),
                    view: before,
                    news: None,
                    more_in: Some(at.duration_since(now)),
                }));
            }
            Err(MayNot::NotActive { .. } | MayNot::Over { .. } | MayNot::OutsideRange | MayNot::Spent) => {
                return Ok(Err(NotRead::ConsentEnded));
            }
        }
        let own = PrivateKey::from_random(self.curve, &random()?).map_err(Failed::bug)?;
        let nonce = Nonce::from_random(random()?);
        let ends_at = now.saturating_add(KEY_LASTS).unwrap_or(Timestamp::MAX);
        let key_material = KeyMaterial::new(&own.public().map_err(Failed::bug)?, nonce, ends_at);
        let txnid = txnid_from_random(random()?);
        let ask = DataAsk { consent_id: &consent.id, digital_signature: &consent.digital_signature, range, key_material };
        let opened = match self.client.request_data(Stamp { txnid: &txnid, now }, &ask).await {
            Ok(opened) => opened,
            // By its count it was asked for today: an answer of it was lost, and the session with it.
            Err(AggregatorError::Refused { code: Some(ErrorCode::InvalidConsentUse), .. }) => {
                return Ok(Ok(Reading { access: Access::Aggregator(consent), view: before, news: None, more_in: Some(DAY) }));
            }
            Err(error) => return Ok(Err(not_read(&error))),
        };
        let window = now.as_second() - 32 * DAY.as_secs();
        consent.asked_at.retain(|second| *second > window);
        consent.asked_at.push(now.as_second());
        let (id, key, nonce) = (opened.session_id, hex::encode(own.expose()), nonce.to_text());
        let session = Session { id, txnid, key, nonce, opened_at: now.as_second() };
        let view = View { session: Some(session), ..before };
        Ok(Ok(Reading { access: Access::Aggregator(consent), view, news: None, more_in: Some(DELIVERED_IN) }))
    }

    async fn take(&self, consent: Box<Consent>, before: View, bank: &str, now: Timestamp) -> Result<Result<Reading, NotRead>, Failed> {
        let Some(session) = &before.session else { return Err(Failed::bug("no session")) };
        let is_over = now.as_second() - session.opened_at > SESSION_LASTS.as_secs();
        let txnid = txnid_from_random(random()?);
        let fetched = match self.client.fetch_data(Stamp { txnid: &txnid, now }, &session.id, None).await {
            Ok(fetched) => fetched,
            Err(error) if error.retryable() && !is_over => {
                return Ok(Ok(Reading { access: Access::Aggregator(consent), view: before, news: None, more_in: Some(DELIVERED_IN) }));
            }
            // What a session that is over did not bring, the next one may, in its time.
            Err(error) if is_over || session_is_gone(&error) => {
                let view = View { session: None, ..before };
                return Ok(Ok(Reading { access: Access::Aggregator(consent), view, news: None, more_in: Some(DAY) }));
            }
            Err(error) => return Ok(Err(not_read(&error))),
        };
        let key = hex::decode(&session.key).ok().and_then(|bytes| PrivateKey::from_bytes(self.curve, &bytes).ok());
        let (Some(own), Some(nonce)) = (key, Nonce::parse(&session.nonce)) else { return Err(Failed::bug("a session without its key")) };
        let (accounts, added): (Vec<Account>, Vec<Vec<Entry>>) = delivery::open(&fetched, &consent.artefact, &own, &nonce, now)
            .iter()
            .filter_map(|delivered| {
                let text = delivered.document.as_ref().ok()?;
                let source = fi::Source { link_ref: &delivered.link_ref, bank: bank_of(&delivered.fip_id, bank) };
                let read = fi::read(text, &source);
                if let Err(why) = &read {
                    tracing::warn!(fip = delivered.fip_id, %why, "a bank's document is left out");
                }
                // Its names of lines are not always their own (`account-aggregator.md`, section 7).
                read.ok().map(|statement| {
                    let entries = statement.entries.into_iter().map(|entry| Entry { id: None, ..entry });
                    (statement.account, entries.collect())
                })
            })
            .unzip();
        let is_whole = accounts.len() >= consent.artefact.accounts.len();
        if !is_whole && !is_over {
            // The others may come yet; what came is shown.
            let news = Some(News::Entries(news(&accounts, added, State::Partial)));
            let accounts = with_known(accounts, State::Partial, before.accounts);
            let view = View { accounts, session: before.session, ..View::default() };
            return Ok(Ok(Reading { access: Access::Aggregator(consent), view, news, more_in: Some(DELIVERED_IN) }));
        }
        let state = if is_whole { State::Complete } else { State::Partial };
        let news = Some(News::Entries(news(&accounts, added, state)));
        let view = View { accounts: with_known(accounts, state, before.accounts), ..View::default() };
        Ok(Ok(Reading { access: Access::Aggregator(consent), view, news, more_in: Some(DAY) }))
    }
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

fn not_read(error: &AggregatorError) -> NotRead {
    match error {
        AggregatorError::Refused { code: Some(ErrorCode::ConsentExpired), .. } => NotRead::ConsentEnded,
        AggregatorError::Refused { code: Some(ErrorCode::ConsentRevoked | ErrorCode::InvalidConsentStatus), .. } => {
            NotRead::Bank(BankError::AccessWithdrawn)
        }
        // The user may take it up again at their aggregator.
        AggregatorError::Refused { code: Some(ErrorCode::ConsentPaused), .. } => NotRead::ConsentPaused,
        other => NotRead::Bank(bank_error(other)),
    }
}

fn bank_error(error: &AggregatorError) -> BankError {
    match error {
        AggregatorError::Call(error) => BankError::from(error.clone()),
        AggregatorError::Refused { code: Some(ErrorCode::InvalidCustomerAddress), .. } => BankError::LinkDeclined,
        AggregatorError::Discarded(_) => BankError::TryLater { after_ms: None },
        AggregatorError::Refused { .. } | AggregatorError::Artefact(_) | AggregatorError::CannotSign => misconfigured("aggregator"),
    }
}
