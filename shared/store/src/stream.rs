//! What the table's stream tells: rows as they were written, read back into the domain.

use crate::{
    error::StoreError,
    items::{BulletinItem, FactItem, Item, JournalItem, from_item, is_record, record_of, row_key},
    keys,
};
use aws_sdk_dynamodb::{primitives::Blob, types::AttributeValue};
use domain::{bulletin::Bulletin, engine::Record, fact::Fact, posting::Posting};
use serde_json::Value;

/// What a new or changed row is about.
#[derive(Debug)]
pub enum Change {
    /// A fact was written; its postings are to be folded, itself to be pushed.
    Fact(Box<Fact>),
    /// Money moved between system accounts only.
    Journal {
        source: String,
        postings: Vec<Posting>,
    },
    Record(Box<Record>),
    /// Something was put up on a board, to be shown.
    Bulletin(Box<Bulletin>),
    /// A webhook was stored, by its inbox id.
    Webhook(String),
    /// Nothing that anybody follows.
    Other,
}

/// Reads the new image of a stream record, in DynamoDB's JSON.
pub fn change_of(image: &Value) -> Result<Change, StoreError> {
    let item = item_of(image).ok_or_else(|| StoreError::Corrupt { key: "stream".to_owned(), why: "not DynamoDB JSON".to_owned() })?;
    let key = row_key(&item);
    let corrupt = |why: String| StoreError::Corrupt { key: format!("{}/{}", key.pk, key.sk), why };
    if is_record(&item) {
        return Ok(Change::Record(Box::new(record_of(item)?.1)));
    }
    if key.pk.starts_with(keys::ACCOUNT) && key.sk.starts_with("F#") {
        let fact = Fact::try_from(from_item::<FactItem>(item)?).map_err(|error| corrupt(error.to_string()))?;
        return Ok(Change::Fact(Box::new(fact)));
    }
    if key.pk.starts_with(keys::BOARD) && key.sk.starts_with("F#") {
        let bulletin = Bulletin::try_from(from_item::<BulletinItem>(item)?).map_err(|error| corrupt(error.to_string()))?;
        return Ok(Change::Bulletin(Box::new(bulletin)));
    }
    if key.pk.starts_with(keys::JOURNAL) {
        let line: JournalItem = from_item(item)?;
        let postings = line.postings.into_iter().map(Posting::try_from).collect::<Result<_, _>>();
        return Ok(Change::Journal {
            source: format!("{}/{}", key.pk, key.sk),
            postings: postings.map_err(|error| corrupt(error.to_string()))?,
        });
    }
    match key.pk.strip_prefix(keys::WEBHOOK) {
        Some(id) => Ok(Change::Webhook(id.to_owned())),
        None => Ok(Change::Other),
    }
}

fn item_of(image: &Value) -> Option<Item> {
    image.as_object()?.iter().map(|(name, value)| Some((name.clone(), attribute(value)?))).collect()
}

fn attribute(value: &Value) -> Option<AttributeValue> {
    let (kind, value) = value.as_object()?.iter().next()?;
    let text = || value.as_str().map(str::to_owned);
    Some(match kind.as_str() {
        "S" => AttributeValue::S(text()?),
        "N" => AttributeValue::N(text()?),
        "B" => AttributeValue::B(Blob::new(aws_smithy_types::base64::decode(value.as_str()?).ok()?)),
        "BOOL" => AttributeValue::Bool(value.as_bool()?),
        "NULL" => AttributeValue::Null(true),
        "L" => AttributeValue::L(value.as_array()?.iter().map(attribute).collect::<Option<_>>()?),
        "M" => AttributeValue::M(item_of(value)?),
        _ => return None,
    })
}
