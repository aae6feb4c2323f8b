//! Bodies of `/v1/privacy`.

use crate::{
    body::common::codes,
    config::ContactSettings,
    privacy::notices::{Notice, Text},
};
use domain::{
    Timestamp,
    audit::{Break, Link},
    consent::{Agreement, AgreementEvent, Consents, Purpose, Said, Stands, Terms},
    erasure::{Erasure, ErasureStep},
};
use lambda::Problem;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::Export;
use words::Language;

pub const CONSENTS_PATH: &str = "/v1/privacy/consents";
const LANGUAGE_TAG: &str = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$";

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoticesQuery {
    /// BCP 47, such as `hi`. What is not written in it is told in English, and says so.
    #[schemars(length(max = 35), extend("pattern" = LANGUAGE_TAG))]
    pub lang: Option<String>,
}

impl NoticesQuery {
    pub fn checked(self) -> Result<Self, Problem> {
        match &self.lang {
            Some(lang) if lang.len() > 35 || !is_language_tag(lang) => {
                Err(Problem::invalid_field("/lang", "must be a language such as `hi`, in at most 35 characters"))
            }
            _ => Ok(self),
        }
    }
}

/// As BCP 47 writes a language, whether we speak it or not.
fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let is_language = |part: &str| (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_more = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    parts.next().is_some_and(is_language) && parts.all(is_more)
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct NoticesBody {
    /// Today's notice of each purpose.
    pub items: Vec<NoticeBody>,
}

/// What somebody is told before they agree.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NoticeBody {
    #[schemars(extend("enum" = codes(Purpose::ALL, Purpose::code)))]
    pub purpose: &'static str,
    pub version: u32,
    /// Since which day it is shown.
    pub from: String,
    /// Which language this is: English where it is not written in the one that was asked for.
    pub lang: &'static str,
    /// Which there are.
    pub languages: Vec<String>,
    /// Whether it is agreed to here (`here`), or in the chat with the assistant (`chat`).
    pub agreed_in: &'static str,
    pub title: String,
    /// Each kind of personal data by itself.
    pub data: Vec<String>,
    /// The same, as the data map names it.
    pub items: Vec<String>,
    /// What it is used for.
    pub purpose_text: String,
    /// What it makes possible.
    pub enables: String,
    /// What is lost by a no.
    pub refused: String,
    /// How a yes is taken back.
    pub withdraw: String,
    pub rights: String,
    pub complaint: String,
    /// All of it, as it is to be shown.
    pub text: String,
    /// SHA-256 of `text`, in hex: what a consent hangs on.
    pub sha256: String,
}

/// Where a purpose is agreed to.
pub fn agreed_in(purpose: Purpose) -> &'static str {
    if purpose == Purpose::AssistantMemory { "chat" } else { "here" }
}

impl NoticeBody {
    pub fn new(purpose: Purpose, notice: &Notice, language: Language, text: &Text) -> Self {
        Self {
            purpose: purpose.code(),
            version: notice.version,
            from: notice.from.clone(),
            lang: language.code(),
            languages: notice.languages().map(str::to_owned).collect(),
            agreed_in: agreed_in(purpose),
            title: text.title.clone(),
            data: text.data.clone(),
            items: notice.items.clone(),
            purpose_text: text.purpose.clone(),
            enables: text.enables.clone(),
            refused: text.refused.clone(),
            withdraw: text.withdraw.clone(),
            rights: text.rights.clone(),
            complaint: text.complaint.clone(),
            text: text.whole(),
            sha256: hex::encode(text.sha256()),
        }
    }
}

/// Whom to write to about one's data.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ContactBody {
    pub name: String,
    pub email: String,
    pub phone: Option<String>,
    pub address: Option<String>,
    /// Within how many days we answer, and by when at the latest.
    pub answers_within_days: u32,
    pub answers_at_most_days: u32,
    /// Who hears complaints that our answer did not settle.
    pub board: &'static str,
}

impl From<&ContactSettings> for ContactBody {
    fn from(contact: &ContactSettings) -> Self {
        Self {
            name: contact.name.clone(),
            email: contact.email.clone(),
            phone: contact.phone.clone(),
            address: contact.address.clone(),
            answers_within_days: contact.answers_within_days,
            answers_at_most_days: 90,
            board: "Data Protection Board of India",
        }
    }
}

/// A yes or no. Taking a yes back is the same call.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentRequest {
    #[schemars(extend("enum" = codes(Purpose::ALL, Purpose::code)))]
    pub purpose: String,
    /// Of the notice that was shown.
    #[schemars(range(min = 1))]
    pub notice_version: u32,
    /// In which it was shown.
    #[schemars(length(min = 2, max = 35))]
    pub lang: String,
    pub given: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct ConsentsBody {
    /// Every purpose, agreed to or not.
    pub items: Vec<PurposeBody>,
    /// What was said, the last first; at most a hundred, the others are in the export.
    pub history: Vec<SaidBody>,
    /// The consent artefacts that were given at an Account Aggregator, and what became of each, the last first; at most a hundred.
    pub agreements: Vec<AgreementBody>,
    pub proof: ChainBody,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct PurposeBody {
    #[schemars(extend("enum" = codes(Purpose::ALL, Purpose::code)))]
    pub purpose: &'static str,
    pub given: bool,
    /// Where it is agreed to: `here` or `chat`.
    pub agreed_in: &'static str,
    /// Of the notice that the last word was on.
    pub notice_version: Option<u32>,
    /// What there is to read today: a yes to an older one still stands, and may be asked for anew.
    pub current_version: u32,
    pub lang: Option<String>,
    pub said_at: Option<String>,
    /// Of `bank_data`: the banks that are connected, each by the user's consent there.
    pub connected: Vec<String>,
}

impl PurposeBody {
    pub fn new(purpose: Purpose, stands: Option<&Stands>, current_version: u32) -> Self {
        Self {
            purpose: purpose.code(),
            given: stands.is_some_and(|stands| stands.given),
            agreed_in: agreed_in(purpose),
            notice_version: stands.map(|stands| stands.version),
            current_version,
            lang: stands.map(|stands| stands.lang.clone()),
            said_at: stands.map(|stands| stands.at.to_string()),
            connected: Vec::new(),
        }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct SaidBody {
    pub seq: u64,
    pub purpose: &'static str,
    pub given: bool,
    pub notice_version: u32,
    pub lang: String,
    /// SHA-256 of the text that was shown, in hex.
    pub notice_sha256: String,
    pub said_at: String,
    /// SHA-256 of this entry and the one before it, in hex.
    pub hash: String,
    pub previous_hash: String,
}

impl SaidBody {
    pub fn new(link: &Link, said: &Said) -> Self {
        Self {
            seq: link.seq,
            purpose: said.purpose.code(),
            given: said.given,
            notice_version: said.notice.version,
            lang: said.notice.lang.clone(),
            notice_sha256: hex::encode(said.notice.sha256),
            said_at: said.at.to_string(),
            hash: hex::encode(link.hash),
            previous_hash: hex::encode(link.previous),
        }
    }
}

/// One event of a consent artefact.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AgreementBody {
    pub seq: u64,
    #[schemars(extend("enum" = codes(AgreementEvent::ALL, AgreementEvent::code)))]
    pub event: &'static str,
    /// As in `GET /v1/banks`.
    pub bank: String,
    /// The consent's id at the aggregator.
    pub agreement_id: String,
    /// What was agreed to; where it was given.
    pub terms: Option<TermsBody>,
    /// RFC 3339.
    pub at: String,
    /// SHA-256 of this entry and the one before it, in hex.
    pub hash: String,
    pub previous_hash: String,
}

/// Times are RFC 3339.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TermsBody {
    /// Of ReBIT's purposes: `102` is looking after one's own money.
    pub purpose: String,
    /// Whom the data are for: the licence holder's entity id.
    pub consumer: String,
    pub accounts: u32,
    pub data_from: String,
    pub data_to: String,
    pub expires_at: String,
    /// How long data may be kept once they were fetched, such as `1 MONTH`.
    pub data_life: String,
    /// How often they may be, such as `45 MONTH`.
    pub frequency: String,
    /// SHA-256 of the artefact that the aggregator signed, in hex.
    pub artefact_sha256: String,
}

impl AgreementBody {
    pub fn new(link: &Link, agreement: &Agreement) -> Self {
        let terms = |terms: &Terms| TermsBody {
            purpose: terms.purpose.clone(),
            consumer: terms.consumer.clone(),
            accounts: terms.accounts,
            data_from: terms.data_from.to_string(),
            data_to: terms.data_to.to_string(),
            expires_at: terms.expires_at.to_string(),
            data_life: terms.data_life.clone(),
            frequency: terms.frequency.clone(),
            artefact_sha256: hex::encode(terms.artefact_sha256),
        };
        Self {
            seq: link.seq,
            event: agreement.event.code(),
            bank: agreement.bank.clone(),
            agreement_id: agreement.id.clone(),
            terms: agreement.terms.as_ref().map(terms),
            at: agreement.at.to_string(),
            hash: hex::encode(link.hash),
            previous_hash: hex::encode(link.previous),
        }
    }
}

/// Whether the chain is as it was written.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChainBody {
    pub entries: u64,
    /// Of the last entry, in hex.
    pub hash: String,
    pub is_whole: bool,
    pub broken_at: Option<u64>,
}

impl ChainBody {
    pub fn new(consents: &Consents, broken: Option<Break>) -> Self {
        Self {
            entries: consents.head.seq,
            hash: hex::encode(consents.head.hash),
            is_whole: broken.is_none(),
            broken_at: broken.map(|broken| broken.seq),
        }
    }
}

/// A copy of everything that is kept of the caller.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ExportBody {
    pub id: String,
    /// `making` or `ready`.
    pub status: &'static str,
    /// RFC 3339.
    pub asked_at: String,
    /// From then on it is gone. RFC 3339.
    pub expires_at: String,
    /// How many rows are in it.
    pub rows: u64,
    /// What there is to fetch, by the session that asked for it.
    pub parts: Vec<ExportPartBody>,
}

/// A ZIP with each kind of data as JSON, and once more as CSV.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ExportPartBody {
    pub part: u32,
    pub bytes: u64,
    pub path: String,
}

impl From<&Export> for ExportBody {
    fn from(export: &Export) -> Self {
        let time = |at_s| Timestamp::from_second(at_s).unwrap_or(Timestamp::UNIX_EPOCH).to_string();
        let part =
            |(part, bytes): (u32, &u64)| ExportPartBody { part, bytes: *bytes, path: format!("/v1/privacy/exports/{}/{part}", export.id) };
        Self {
            id: export.id.clone(),
            status: if export.is_done() { "ready" } else { "making" },
            asked_at: time(export.asked_at_s),
            expires_at: time(export.expires_at_s),
            rows: export.rows,
            parts: if export.is_done() { (1..).zip(&export.parts).map(part).collect() } else { Vec::new() },
        }
    }
}

/// An account that was closed for good.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ErasureBody {
    pub user_id: String,
    /// How far it is: out of use from the first step on.
    #[schemars(extend("enum" = codes(ErasureStep::ALL, ErasureStep::code)))]
    pub status: &'static str,
    /// RFC 3339.
    pub asked_at: String,
    /// Until then a sealed copy is held, as the law wants; then the only key to it is destroyed. RFC 3339.
    pub held_until: String,
    /// What stays for longer, and why.
    pub stays: &'static str,
}

impl From<&Erasure> for ErasureBody {
    fn from(erasure: &Erasure) -> Self {
        Self {
            user_id: erasure.user.to_string(),
            status: erasure.step.code(),
            asked_at: erasure.asked_at.to_string(),
            held_until: erasure.held_until.to_string(),
            stays: "records of payments, and what you agreed to: the law wants them kept",
        }
    }
}

/// What is held of somebody who was erased.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HeldBody {
    #[serde(flatten)]
    pub erasure: ErasureBody,
    /// How many there are to open.
    pub parts: usize,
}
