//! Connected banks, and what is sealed, as rows.

use super::{BadField, bytes, known, maybe_time, parsed, time};
use domain::{
    bank::{Agreed, Bank, BankStatus, BankTrouble, Loan},
    chat::Door,
    id::Fingerprint,
    vault::{Sealed, UserKey},
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct SealedItem {
    key: String,
    #[serde(with = "serde_bytes")]
    bytes: Vec<u8>,
}

impl From<&Sealed> for SealedItem {
    fn from(sealed: &Sealed) -> Self {
        Self { key: sealed.key.clone(), bytes: sealed.bytes.clone() }
    }
}

impl From<SealedItem> for Sealed {
    fn from(item: SealedItem) -> Self {
        Self { key: item.key, bytes: item.bytes }
    }
}

#[derive(Serialize, Deserialize)]
pub struct BankItem {
    id: String,
    user: String,
    bank: String,
    name: String,
    status: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    trouble: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    link: Option<serde_bytes::ByteBuf>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    grant: Option<SealedItem>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tokens: Option<SealedItem>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    view: Option<SealedItem>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    read_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    taken_until: Option<i64>,
    failures: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    agreement: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    is_paused: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    lent: Vec<LoanItem>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tell: Option<String>,
    created_at: i64,
    updated_at: i64,
}

#[derive(Serialize, Deserialize)]
struct LoanItem {
    teller: String,
    from: String,
    until: i64,
}

impl From<(&Fingerprint, &Loan)> for LoanItem {
    fn from((teller, loan): (&Fingerprint, &Loan)) -> Self {
        Self { teller: teller.to_string(), from: loan.from.to_string(), until: loan.until.as_millisecond() }
    }
}

impl TryFrom<LoanItem> for (Fingerprint, Loan) {
    type Error = BadField;
    fn try_from(item: LoanItem) -> Result<Self, BadField> {
        let loan = Loan { from: parsed("from", &item.from)?, until: time("until", item.until)? };
        Ok((parsed("teller", &item.teller)?, loan))
    }
}

impl From<&Bank> for BankItem {
    fn from(bank: &Bank) -> Self {
        let ms = |at: Option<domain::Timestamp>| at.map(domain::Timestamp::as_millisecond);
        let sealed = |sealed: &Option<Sealed>| sealed.as_ref().map(SealedItem::from);
        Self {
            id: bank.id.to_string(),
            user: bank.user.to_string(),
            bank: bank.bank.clone(),
            name: bank.name.clone(),
            status: bank.status.code().to_owned(),
            trouble: bank.trouble.map(|trouble| trouble.code().to_owned()),
            link: bank.link.map(|link| serde_bytes::ByteBuf::from(link.to_vec())),
            grant: sealed(&bank.grant),
            tokens: sealed(&bank.tokens),
            view: sealed(&bank.view),
            read_at: ms(bank.read_at),
            due_at: ms(bank.due_at),
            taken_until: ms(bank.taken_until),
            failures: bank.failures,
            agreement: bank.agreement.as_ref().map(|agreed| agreed.id.clone()),
            is_paused: bank.agreement.as_ref().is_some_and(|agreed| agreed.is_paused),
            lent: bank.lent.iter().map(LoanItem::from).collect(),
            tell: bank.tell.map(|door| door.code().to_owned()),
            created_at: bank.created_at.as_millisecond(),
            updated_at: bank.updated_at.as_millisecond(),
        }
    }
}

impl TryFrom<BankItem> for Bank {
    type Error = BadField;
    fn try_from(item: BankItem) -> Result<Self, BadField> {
        let trouble = |code: &String| known("trouble", code, BankTrouble::from_code(code));
        Ok(Self {
            id: parsed("id", &item.id)?,
            user: parsed("user", &item.user)?,
            bank: item.bank,
            name: item.name,
            status: known("status", &item.status, BankStatus::from_code(&item.status))?,
            trouble: item.trouble.as_ref().map(trouble).transpose()?,
            link: item.link.map(|link| bytes("link", &link)).transpose()?,
            grant: item.grant.map(Into::into),
            tokens: item.tokens.map(Into::into),
            view: item.view.map(Into::into),
            read_at: maybe_time("read_at", item.read_at)?,
            due_at: maybe_time("due_at", item.due_at)?,
            taken_until: maybe_time("taken_until", item.taken_until)?,
            failures: item.failures,
            agreement: item.agreement.map(|id| Agreed { id, is_paused: item.is_paused }),
            lent: item.lent.into_iter().map(TryInto::try_into).collect::<Result<_, BadField>>()?,
            tell: item.tell.as_ref().map(|code| known("tell", code, Door::from_code(code))).transpose()?,
            created_at: time("created_at", item.created_at)?,
            updated_at: time("updated_at", item.updated_at)?,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub struct UserKeyItem {
    user: String,
    name: String,
    wrapped_by: String,
    #[serde(with = "serde_bytes")]
    wrapped: Vec<u8>,
    made_at: i64,
}

impl From<&UserKey> for UserKeyItem {
    fn from(key: &UserKey) -> Self {
        Self {
            user: key.user.to_string(),
            name: key.name.clone(),
            wrapped_by: key.wrapped_by.clone(),
            wrapped: key.wrapped.clone(),
            made_at: key.made_at.as_millisecond(),
        }
    }
}

impl TryFrom<UserKeyItem> for UserKey {
    type Error = BadField;
    fn try_from(item: UserKeyItem) -> Result<Self, BadField> {
        let made_at = time("made_at", item.made_at)?;
        Ok(Self { user: parsed("user", &item.user)?, name: item.name, wrapped_by: item.wrapped_by, wrapped: item.wrapped, made_at })
    }
}
