//! Setu's gateway: it asks the aggregator that its customer chooses, opens what the banks seal, and passes on no signed artefact.
//!
//! So what was asked for is what is known of a consent, and data are as good as the connection (`account-aggregator.md`, section 8).

use super::{
    Asked, Consent,
    keeper::{Brought, Given, Opened, Request},
    misconfigured,
    parts::refusal,
    session::Session,
};
use account_aggregator::{
    delivery::{Delivered, NotDelivered},
    wire::{Account, ConsentArtefact, ConsentDetail, ConsentStatus, ErrorCode, FiDataRange, FiType, FrequencyUnit},
};
use providers::{
    account_aggregator::{AggregatorError, setu},
    banks::BankError,
    call::{CallError, Illegible},
};
use sha2::{Digest, Sha256};

#[derive(Clone)]
pub struct Setu(pub setu::Client);

impl Setu {
    pub(super) async fn ask(&self, detail: &ConsentDetail, back: &str) -> Result<Request, AggregatorError> {
        let unit = match detail.frequency.unit {
            FrequencyUnit::Hour => setu::FrequencyUnit::Hourly,
            FrequencyUnit::Day => setu::FrequencyUnit::Daily,
            FrequencyUnit::Month => setu::FrequencyUnit::Monthly,
            FrequencyUnit::Year | FrequencyUnit::Inf => setu::FrequencyUnit::Yearly,
        };
        let consent = setu::NewConsent {
            address: detail.customer.id.clone().into(),
            expires_at: detail.expires_at,
            starts_at: detail.starts_at,
            data_range: detail.data_range,
            mode: detail.mode,
            fetch_type: detail.fetch_type,
            types: &detail.types,
            fi_types: &detail.fi_types,
            purpose: detail.purpose.code,
            data_life: detail.data_life,
            frequency: (detail.frequency.value, unit),
            redirect_url: back,
            tags: &[],
        };
        let asked = self.0.request_consent(&consent).await.map_err(refused)?;
        let url = asked.url.ok_or_else(|| unreadable("url"))?;
        Ok(Request { handle: asked.id, url })
    }

    pub(super) async fn given(&self, asked: &Asked) -> Result<Given, BankError> {
        let detail = asked.detail.as_deref().ok_or_else(|| misconfigured("consent"))?;
        let told = self.0.consent(&asked.handle).await.map_err(|error| BankError::from(error.clone()))?;
        let status = status(&told.status).ok_or(BankError::TryLater { after_ms: None })?;
        let account = |account: setu::LinkedAccount| Account {
            fi_type: FiType::Deposit,
            fip_id: account.fip_id,
            kind: String::new(),
            link_ref: account.link_ref,
            masked_number: account.masked_number.map(|number| number.expose().to_owned()).unwrap_or_default(),
        };
        let accounts = told.accounts.into_iter().map(account).collect();
        let artefact = ConsentArtefact { detail: detail.clone(), data_provider: None, accounts };
        let terms = serde_json::to_vec(&artefact).map_err(|_| misconfigured("consent"))?;
        Ok(Given { id: told.id, status, artefact, digital_signature: String::new(), signed_sha256: Sha256::digest(terms).into() })
    }

    pub(super) async fn status(&self, consent: &Consent) -> Result<ConsentStatus, AggregatorError> {
        let told = self.0.consent(&consent.id).await.map_err(refused)?;
        status(&told.status).ok_or_else(|| unreadable("status"))
    }

    pub(super) async fn open(&self, consent: &Consent, range: FiDataRange) -> Result<Opened, AggregatorError> {
        let opened = self.0.open_session(&consent.id, range, setu::Format::Xml).await.map_err(refused)?;
        Ok(Opened { id: opened.id, txnid: String::new(), key: String::new(), nonce: String::new() })
    }

    pub(super) async fn fetch(&self, session: &Session, consent: &Consent) -> Result<Brought, AggregatorError> {
        let found = self.0.session(&session.id).await.map_err(refused)?;
        let is_refused =
            |account: &setu::Account| matches!(account.status, setu::FiStatus::Denied | setu::FiStatus::Timeout | setu::FiStatus::Failed);
        let accounts = || found.banks.iter().flat_map(|bank| bank.accounts.iter().map(move |account| (bank, account)));
        let delivered = accounts().map(|(bank, account)| {
            let is_consented = consent.artefact.accounts.iter().any(|known| known.link_ref == account.link_ref);
            let document = if is_consented { account.document().ok_or(NotDelivered::Nothing) } else { Err(NotDelivered::NotConsented) };
            Delivered { fip_id: bank.fip_id.clone(), link_ref: account.link_ref.clone(), document: document.map(Into::into) }
        });
        Ok(Brought {
            delivered: delivered.collect(),
            refused: accounts().filter(|(_, account)| is_refused(account)).map(|(_, account)| refusal(&account.link_ref)).collect(),
            is_over: matches!(found.status, setu::SessionStatus::Completed | setu::SessionStatus::Expired | setu::SessionStatus::Failed),
        })
    }
}

/// `None` for one that we do not know.
fn status(told: &setu::ConsentStatus) -> Option<ConsentStatus> {
    Some(match told {
        setu::ConsentStatus::Pending => ConsentStatus::Pending,
        setu::ConsentStatus::Active => ConsentStatus::Active,
        setu::ConsentStatus::Rejected | setu::ConsentStatus::Failed => ConsentStatus::Rejected,
        setu::ConsentStatus::Revoked => ConsentStatus::Revoked,
        setu::ConsentStatus::Paused => ConsentStatus::Paused,
        setu::ConsentStatus::Expired => ConsentStatus::Expired,
        _ => return None,
    })
}

/// Of its codes many are ReBIT's.
fn refused(error: CallError) -> AggregatorError {
    match error {
        CallError::Refused { status, code: Some(code), .. } => {
            let code = if code == "SessionExpired" { Some(ErrorCode::DataGone) } else { ErrorCode::from_text(&code) };
            AggregatorError::Refused { status, code }
        }
        other => AggregatorError::Call(other),
    }
}

fn unreadable(path: &str) -> AggregatorError {
    AggregatorError::Call(CallError::Unreadable { why: Illegible::WrongShape { path: path.to_owned() } })
}
