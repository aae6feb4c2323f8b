//! What a user has agreed to, as rows.

use super::{BadField, bytes, known, parsed, time};
use domain::{
    Timestamp,
    audit::{Head, Link},
    consent::{Agreement, AgreementEvent, Consent, Consents, Purpose, Said, Shown, Stands, Terms, Word},
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct ConsentItem {
    user: String,
    seq: u64,
    #[serde(with = "serde_bytes")]
    previous: Vec<u8>,
    #[serde(with = "serde_bytes")]
    hash: Vec<u8>,
    at: i64,
    #[serde(flatten)]
    word: WordItem,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum WordItem {
    Said(SaidItem),
    Agreement(AgreementItem),
}

#[derive(Serialize, Deserialize)]
struct SaidItem {
    purpose: String,
    given: bool,
    version: u32,
    lang: String,
    #[serde(with = "serde_bytes")]
    text_sha256: Vec<u8>,
    request_id: String,
}

#[derive(Serialize, Deserialize)]
struct AgreementItem {
    event: String,
    bank: String,
    agreement: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    terms: Option<TermsItem>,
}

#[derive(Serialize, Deserialize)]
struct TermsItem {
    purpose: String,
    consumer: String,
    accounts: u32,
    data_from: i64,
    data_to: i64,
    expires_at: i64,
    data_life: String,
    frequency: String,
    #[serde(with = "serde_bytes")]
    artefact_sha256: Vec<u8>,
}

impl From<&Consent> for ConsentItem {
    fn from(Consent { user, link, word }: &Consent) -> Self {
        let (at, word) = match word {
            Word::Said(said) => (said.at, WordItem::Said(said.into())),
            Word::Agreement(agreement) => (agreement.at, WordItem::Agreement(agreement.into())),
        };
        Self {
            user: user.to_string(),
            seq: link.seq,
            previous: link.previous.to_vec(),
            hash: link.hash.to_vec(),
            at: at.as_millisecond(),
            word,
        }
    }
}

impl TryFrom<ConsentItem> for Consent {
    type Error = BadField;

    fn try_from(item: ConsentItem) -> Result<Self, BadField> {
        let at = time("at", item.at)?;
        Ok(Self {
            user: parsed("user", &item.user)?,
            link: Link { seq: item.seq, previous: bytes("previous", &item.previous)?, hash: bytes("hash", &item.hash)? },
            word: match item.word {
                WordItem::Said(said) => Word::Said(said.at(at)?),
                WordItem::Agreement(agreement) => Word::Agreement(agreement.at(at)?),
            },
        })
    }
}

impl From<&Said> for SaidItem {
    fn from(said: &Said) -> Self {
        Self {
            purpose: said.purpose.code().to_owned(),
            given: said.given,
            version: said.notice.version,
            lang: said.notice.lang.clone(),
            text_sha256: said.notice.sha256.to_vec(),
            request_id: said.request_id.clone(),
        }
    }
}

impl SaidItem {
    fn at(self, at: Timestamp) -> Result<Said, BadField> {
        Ok(Said {
            purpose: known("purpose", &self.purpose, Purpose::from_code(&self.purpose))?,
            given: self.given,
            notice: Shown { version: self.version, lang: self.lang, sha256: bytes("text_sha256", &self.text_sha256)? },
            at,
            request_id: self.request_id,
        })
    }
}

impl From<&Agreement> for AgreementItem {
    fn from(Agreement { event, bank, id, terms, .. }: &Agreement) -> Self {
        let terms = terms.as_ref().map(|terms| TermsItem {
            purpose: terms.purpose.clone(),
            consumer: terms.consumer.clone(),
            accounts: terms.accounts,
            data_from: terms.data_from.as_millisecond(),
            data_to: terms.data_to.as_millisecond(),
            expires_at: terms.expires_at.as_millisecond(),
            data_life: terms.data_life.clone(),
            frequency: terms.frequency.clone(),
            artefact_sha256: terms.artefact_sha256.to_vec(),
        });
        Self { event: event.code().to_owned(), bank: bank.clone(), agreement: id.clone(), terms }
    }
}

impl AgreementItem {
    fn at(self, at: Timestamp) -> Result<Agreement, BadField> {
        let terms = |terms: TermsItem| -> Result<Terms, BadField> {
            Ok(Terms {
                purpose: terms.purpose,
                consumer: terms.consumer,
                accounts: terms.accounts,
                data_from: time("data_from", terms.data_from)?,
                data_to: time("data_to", terms.data_to)?,
                expires_at: time("expires_at", terms.expires_at)?,
                data_life: terms.data_life,
                frequency: terms.frequency,
                artefact_sha256: bytes("artefact_sha256", &terms.artefact_sha256)?,
            })
        };
        Ok(Agreement {
            event: known("event", &self.event, AgreementEvent::from_code(&self.event))?,
            bank: self.bank,
            id: self.agreement,
            terms: self.terms.map(terms).transpose()?,
            at,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub struct ConsentsItem {
    user: String,
    seq: u64,
    #[serde(with = "serde_bytes")]
    hash: Vec<u8>,
    stands: Vec<StandsItem>,
}

#[derive(Serialize, Deserialize)]
struct StandsItem {
    purpose: String,
    given: bool,
    version: u32,
    lang: String,
    at: i64,
    seq: u64,
}

impl From<&Consents> for ConsentsItem {
    fn from(Consents { user, head, stands }: &Consents) -> Self {
        let stands = stands.iter().map(|(purpose, Stands { given, version, lang, at, seq })| StandsItem {
            purpose: purpose.code().to_owned(),
            given: *given,
            version: *version,
            lang: lang.clone(),
            at: at.as_millisecond(),
            seq: *seq,
        });
        Self { user: user.to_string(), seq: head.seq, hash: head.hash.to_vec(), stands: stands.collect() }
    }
}

impl TryFrom<ConsentsItem> for Consents {
    type Error = BadField;

    fn try_from(item: ConsentsItem) -> Result<Self, BadField> {
        let stands = item.stands.into_iter().map(|one| {
            let purpose = known("purpose", &one.purpose, Purpose::from_code(&one.purpose))?;
            Ok((purpose, Stands { given: one.given, version: one.version, lang: one.lang, at: time("at", one.at)?, seq: one.seq }))
        });
        Ok(Self {
            user: parsed("user", &item.user)?,
            head: Head { seq: item.seq, hash: bytes("hash", &item.hash)? },
            stands: stands.collect::<Result<_, BadField>>()?,
        })
    }
}
