//! What a user has agreed to, as rows.

use super::{BadField, bytes, known, parsed, time};
use domain::{
    audit::{Head, Link},
    consent::{Consent, Consents, Purpose, Said, Shown, Stands},
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
    purpose: String,
    given: bool,
    version: u32,
    lang: String,
    #[serde(with = "serde_bytes")]
    text_sha256: Vec<u8>,
    at: i64,
    request_id: String,
}

impl From<&Consent> for ConsentItem {
    fn from(Consent { user, link, said }: &Consent) -> Self {
        Self {
            user: user.to_string(),
            seq: link.seq,
            previous: link.previous.to_vec(),
            hash: link.hash.to_vec(),
            purpose: said.purpose.code().to_owned(),
            given: said.given,
            version: said.notice.version,
            lang: said.notice.lang.clone(),
            text_sha256: said.notice.sha256.to_vec(),
            at: said.at.as_millisecond(),
            request_id: said.request_id.clone(),
        }
    }
}

impl TryFrom<ConsentItem> for Consent {
    type Error = BadField;

    fn try_from(item: ConsentItem) -> Result<Self, BadField> {
        let notice = Shown { version: item.version, lang: item.lang, sha256: bytes("text_sha256", &item.text_sha256)? };
        Ok(Self {
            user: parsed("user", &item.user)?,
            link: Link { seq: item.seq, previous: bytes("previous", &item.previous)?, hash: bytes("hash", &item.hash)? },
            said: Said {
                purpose: known("purpose", &item.purpose, Purpose::from_code(&item.purpose))?,
                given: item.given,
                notice,
                at: time("at", item.at)?,
                request_id: item.request_id,
            },
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
