//! Reading banks by an Account Aggregator: consent, a session with keys of its own, and what the banks deliver in it.
//!
//! Source: `account-aggregator.md`. The licence holder's name stands in every request, and without one there is no
//! aggregator ([`crate::access`]). How one is spoken to is its [`keeper`]'s.

mod keeper;
pub(super) mod parts;
mod rebit;
mod session;
mod setu;

pub use keeper::Keeper;
pub use parts::Part;
pub use rebit::Rebit;
pub use session::Session;
pub use setu::Setu;

use self::keeper::Given;
use super::reader::{Link, NotRead, Way};
use account_aggregator::{
    fair_use,
    wire::{
        ConsentArtefact, ConsentDetail, ConsentMode, ConsentStatus, ConsentType, Customer, DataLife, DataLifeUnit, ErrorCode, FetchType,
        FiDataRange, FiType, Frequency, FrequencyUnit, Purpose, PurposeCode, txnid_from_random,
    },
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{Timestamp, consent::Terms};
use jiff::ToSpan as _;
use lambda::Failed;
use providers::{
    account_aggregator::AggregatorError,
    banks::BankError,
    call::{CallError, Unsent},
};
use serde::{Deserialize, Serialize};

/// One aggregator, with what its customers' addresses end in.
#[derive(Clone)]
pub struct Aggregator {
    pub keeper: Keeper,
    /// `sandbox-aa` of `9812340001@sandbox-aa`. Empty where customers choose their aggregator themselves.
    pub handle: String,
}

/// A consent, as its aggregator signed it.
#[derive(Serialize, Deserialize)]
pub struct Consent {
    id: String,
    artefact: ConsentArtefact,
    digital_signature: String,
    /// SHA-256 of the artefact as it was signed.
    #[serde(default)]
    signed_sha256: [u8; 32],
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
    /// Who was asked, as the aggregator knows them.
    #[serde(default)]
    pub customer: String,
    /// What was asked for, until there is a consent.
    #[serde(default)]
    pub detail: Option<Box<ConsentDetail>>,
}

impl Consent {
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// What was agreed to, for its owner.
    pub(super) fn terms(&self) -> Terms {
        let detail = &self.artefact.detail;
        Terms {
            purpose: detail.purpose.code.as_str().to_owned(),
            consumer: detail.data_consumer.id.clone(),
            accounts: u32::try_from(self.artefact.accounts.len()).unwrap_or(u32::MAX),
            data_from: detail.data_range.from,
            data_to: detail.data_range.to,
            expires_at: detail.expires_at,
            data_life: format!("{} {}", detail.data_life.value, detail.data_life.unit.as_str()),
            frequency: format!("{} {}", detail.frequency.value, detail.frequency.unit.as_str()),
            artefact_sha256: self.signed_sha256,
        }
    }

    /// When it ends by itself.
    pub(super) fn ends_at(&self) -> Timestamp {
        self.artefact.detail.expires_at
    }
}

/// Purpose 102 with its template CT008: looking after one's money. Source: `account-aggregator.md`, section 5.
const CATEGORY: &str = "Personal Finance";
/// For how long consent is asked.
const CONSENT_MONTHS: i64 = 12;
/// One a day, and some for sessions that are lost and for users who ask.
const FETCHES_A_MONTH: u32 = 45;
/// How far back the first reading goes. With the time ahead it stays within thirteen months.
const HISTORY_DAYS: i64 = 28;
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
        let back = format!("{redirect_uri}?state={state}");
        let asked = self.keeper.ask(&detail, &back, &txnid, now).await.map_err(|error| bank_error(&error))?;
        let customer = detail.customer.id.clone();
        let way = Way::Aggregator(Asked { handle: asked.handle, txnid, customer, detail: Some(Box::new(detail)) });
        Ok(Link { url: asked.url, state, way })
    }

    /// The terms that a customer is asked to consent to.
    fn detail(&self, mobile: &str, now: Timestamp) -> Option<ConsentDetail> {
        let day = now.to_zoned(jiff::tz::TimeZone::UTC);
        let from = day.checked_sub(HISTORY_DAYS.days()).ok()?.timestamp();
        let expires_at = day.checked_add(CONSENT_MONTHS.months()).ok()?.timestamp();
        let id = if self.handle.is_empty() { mobile.to_owned() } else { format!("{mobile}@{}", self.handle) };
        Some(ConsentDetail {
            starts_at: now,
            expires_at,
            mode: ConsentMode::Store,
            fetch_type: FetchType::Periodic,
            types: vec![ConsentType::Profile, ConsentType::Summary, ConsentType::Transactions],
            fi_types: vec![FiType::Deposit],
            data_consumer: self.keeper.licence().data_consumer(),
            customer: Customer { id, identifiers: Vec::new() },
            purpose: Purpose::new(PurposeCode::SpendingPatterns, CATEGORY),
            data_range: FiDataRange { from, to: expires_at },
            data_life: DataLife { unit: DataLifeUnit::Month, value: 1 },
            frequency: Frequency { unit: FrequencyUnit::Month, value: FETCHES_A_MONTH },
            data_filter: Vec::new(),
        })
    }

    /// Whether they have consented, and to what.
    pub async fn link_complete(&self, asked: Asked, now: Timestamp) -> Result<Result<Consent, BankError>, Failed> {
        let given = match self.keeper.given(&asked, now).await? {
            Ok(given) => given,
            Err(error) => return Ok(Err(error)),
        };
        Ok(match given.status {
            // What it is of is not known yet: nobody could tell what is late from what was never asked for.
            ConsentStatus::Active if given.artefact.accounts.is_empty() => Err(BankError::LinkUnfinished),
            ConsentStatus::Active => {
                if let Err(why) = self.is_as_asked(&given.artefact.detail, &asked.customer) {
                    tracing::warn!(why, "a consent is not what was asked for");
                    return Ok(Err(BankError::ForeignLink));
                }
                let Given { id, artefact, digital_signature, signed_sha256, .. } = given;
                let asked = Asked { detail: None, ..asked };
                Ok(Consent { id, artefact, digital_signature, signed_sha256, asked_at: Vec::new(), asked })
            }
            ConsentStatus::Pending | ConsentStatus::Paused => Err(BankError::LinkUnfinished),
            ConsentStatus::Rejected | ConsentStatus::Revoked => Err(BankError::LinkDeclined),
            ConsentStatus::Expired => Err(BankError::LinkExpired),
        })
    }

    /// Whether a consent is of the customer who was asked, to whom it was asked for, and to no more than that.
    fn is_as_asked(&self, detail: &ConsentDetail, customer: &str) -> Result<(), &'static str> {
        let holds = |holds: bool, otherwise| if holds { Ok(()) } else { Err(otherwise) };
        holds(customer.is_empty() || detail.customer.id.eq_ignore_ascii_case(customer), "another customer")?;
        holds(detail.data_consumer == self.keeper.licence().data_consumer(), "another data consumer")?;
        holds(detail.purpose.code == PurposeCode::SpendingPatterns, "another purpose")?;
        holds(detail.mode == ConsentMode::Store, "another mode")?;
        holds(detail.fi_types.iter().all(|kind| *kind == FiType::Deposit), "other kinds of accounts")?;
        fair_use::check(detail).map_err(|_| "terms beyond those of the purpose")
    }

    /// Whether the consent still stands. It is asked before each reading: its customer ends or pauses it where they gave
    /// it, and that nobody told us so says nothing.
    pub async fn stands(&self, consent: &Consent, now: Timestamp) -> Result<Result<(), NotRead>, Failed> {
        let status = match self.keeper.status(consent, now).await? {
            Ok(status) => status,
            Err(error) => return Ok(Err(not_read(&error))),
        };
        Ok(match status {
            ConsentStatus::Active => Ok(()),
            ConsentStatus::Paused => Err(NotRead::ConsentPaused),
            ConsentStatus::Expired => Err(NotRead::ConsentEnded),
            ConsentStatus::Revoked | ConsentStatus::Rejected => Err(NotRead::Bank(BankError::AccessWithdrawn)),
            ConsentStatus::Pending => Err(NotRead::Bank(BankError::TryLater { after_ms: None })),
        })
    }

    /// Why data are refused. Of a consent that is said not to be active it is asked what it is.
    async fn refused(&self, error: &AggregatorError, consent: &Consent, now: Timestamp) -> Result<NotRead, Failed> {
        if let AggregatorError::Refused { code: Some(ErrorCode::InvalidConsentStatus), .. } = error
            && let Err(why) = self.stands(consent, now).await?
        {
            return Ok(why);
        }
        Ok(not_read(error))
    }
}

fn not_read(error: &AggregatorError) -> NotRead {
    match error {
        AggregatorError::Refused { code: Some(ErrorCode::ConsentExpired), .. } => NotRead::ConsentEnded,
        AggregatorError::Refused { code: Some(ErrorCode::ConsentRevoked), .. } => NotRead::Bank(BankError::AccessWithdrawn),
        // Which it has instead, is not said.
        AggregatorError::Refused { code: Some(ErrorCode::InvalidConsentStatus), .. } => {
            NotRead::Bank(BankError::TryLater { after_ms: None })
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
