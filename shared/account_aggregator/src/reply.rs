//! Whether an aggregator's answer is the answer to what was asked (`account-aggregator.md`, section 4:
//! answers whose version, time, transaction, customer, consent, signature or shape is wrong are discarded).

use jiff::Timestamp;
use serde::de::DeserializeOwned;

use crate::jws::{self, BadSignature, Keys};
use crate::notification::AGE_MAX;
use crate::wire::{ConsentFetched, ConsentRequested, FiFetched, FiRequested, HandleStatusTold, Version};

/// What an answer must agree with. `None` where nothing was said, or what comes is not known before.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub version: Version,
    /// `None` for 1.1.2's look-ups, which carry no transaction.
    pub txnid: Option<&'a str>,
    pub customer: Option<&'a str>,
    pub handle: Option<&'a str>,
    pub consent_id: Option<&'a str>,
    pub now: Timestamp,
}

/// Why an answer is discarded. What was asked for may have happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadReply {
    #[error("its signature: {0}")]
    Signature(#[from] BadSignature),
    #[error("it is not the JSON that was asked for, at line {line}, column {column}")]
    Shape { line: usize, column: usize },
    #[error("it is of another version")]
    Version,
    #[error("its timestamp is more than 15 minutes off")]
    Timestamp,
    #[error("it is of another transaction")]
    Transaction,
    #[error("it is about another customer")]
    Customer,
    #[error("it is about another handle")]
    Handle,
    #[error("it is about another consent")]
    Consent,
}

/// What answers repeat of what was asked.
pub trait Reply: DeserializeOwned {
    fn ver(&self) -> &str;
    fn txnid(&self) -> &str;
    fn timestamp(&self) -> Option<Timestamp>;

    fn customer(&self) -> Option<&str> {
        None
    }

    fn handle(&self) -> Option<&str> {
        None
    }

    fn consent_id(&self) -> Option<&str> {
        None
    }
}

/// An answer that is signed by whom it must be, and answers what was asked.
///
/// # Errors
///
/// [`BadReply`]: the answer is discarded.
pub fn read<T: Reply>(body: &[u8], signature: Option<&str>, keys: &(impl Keys + ?Sized), asked: &Asked<'_>) -> Result<T, BadReply> {
    jws::verify_detached(signature.unwrap_or_default(), body, keys)?;
    let reply: T = serde_json::from_slice(body).map_err(|error| BadReply::Shape { line: error.line(), column: error.column() })?;
    let differs = |asked: Option<&str>, told: Option<&str>| matches!((asked, told), (Some(asked), Some(told)) if asked != told);
    if reply.ver() != asked.version.as_str() {
        Err(BadReply::Version)
    } else if reply.timestamp().is_some_and(|at| at.duration_since(asked.now).abs() > AGE_MAX) {
        Err(BadReply::Timestamp)
    } else if differs(asked.txnid, Some(reply.txnid())) {
        Err(BadReply::Transaction)
    } else if differs(asked.customer, reply.customer()) {
        Err(BadReply::Customer)
    } else if differs(asked.handle, reply.handle()) {
        Err(BadReply::Handle)
    } else if differs(asked.consent_id, reply.consent_id()) {
        Err(BadReply::Consent)
    } else {
        Ok(reply)
    }
}

macro_rules! reply {
    ($name:ty, $at:expr $(, $what:ident = $value:expr)*) => {
        impl Reply for $name {
            fn ver(&self) -> &str {
                &self.ver
            }

            fn txnid(&self) -> &str {
                &self.txnid
            }

            fn timestamp(&self) -> Option<Timestamp> {
                let at: fn(&Self) -> Option<Timestamp> = $at;
                at(self)
            }

            $(fn $what(&self) -> Option<&str> {
                let value: fn(&Self) -> &str = $value;
                Some(value(self))
            })*
        }
    };
}

reply!(ConsentRequested, |it| Some(it.timestamp), customer = |it| &it.customer.id);
reply!(HandleStatusTold, |it| Some(it.timestamp), handle = |it| &it.handle);
// The time in it is that of the consent.
reply!(ConsentFetched, |_| None, consent_id = |it| &it.consent_id);
reply!(FiRequested, |it| Some(it.timestamp), consent_id = |it| &it.consent_id);
reply!(FiFetched, |it| Some(it.timestamp));

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::jws::KeySet;
    use crate::test_keys;

    fn asked() -> Asked<'static> {
        Asked {
            version: Version::V2_0_0,
            txnid: Some("t-1"),
            customer: Some("ravi@aa"),
            handle: Some("h-1"),
            consent_id: Some("c-1"),
            now: "2026-11-20T10:00:00Z".parse().unwrap(),
        }
    }

    fn answer() -> Value {
        json!({ "ver": "2.0.0", "timestamp": "2026-11-20T10:00:00Z", "txnid": "t-1", "Customer": { "id": "ravi@aa" }, "ConsentHandle": "h-1" })
    }

    fn read_as<T: Reply>(body: &Value) -> Result<T, BadReply> {
        let key = test_keys::first();
        let body = body.to_string();
        let signature = key.sign_detached(body.as_bytes()).unwrap();
        read(body.as_bytes(), Some(&signature), &KeySet::new(&[key.jwk()]).unwrap(), &asked())
    }

    fn with(name: &str, value: Value) -> Result<ConsentRequested, BadReply> {
        let mut body = answer();
        body[name] = value;
        read_as(&body)
    }

    #[test]
    fn an_answer_to_what_was_asked_is_taken_whatever_else_it_says() {
        assert!(read_as::<ConsentRequested>(&answer()).is_ok());
        assert!(with("more", json!({})).is_ok());
    }

    #[test]
    fn an_answer_to_anything_else_is_discarded() {
        assert_eq!(with("ver", json!("1.1.2")).err(), Some(BadReply::Version));
        assert_eq!(with("timestamp", json!("2026-11-20T10:15:01Z")).err(), Some(BadReply::Timestamp));
        assert_eq!(with("txnid", json!("t-2")).err(), Some(BadReply::Transaction));
        assert_eq!(with("Customer", json!({ "id": "asha@aa" })).err(), Some(BadReply::Customer));
        assert!(matches!(with("ConsentHandle", json!(null)), Err(BadReply::Shape { .. })));
        assert!(matches!(with("timestamp", json!("soon")), Err(BadReply::Shape { .. })));
        let requested =
            json!({ "ver": "2.0.0", "timestamp": "2026-11-20T10:00:00Z", "txnid": "t-1", "consentId": "c-2", "sessionId": "s" });
        assert_eq!(read_as::<FiRequested>(&requested).err(), Some(BadReply::Consent));
        let status = json!({
            "ver": "2.0.0", "timestamp": "2026-11-20T10:00:00Z", "txnid": "t-1", "ConsentHandle": "h-2", "ConsentStatus": { "status": "PENDING" }
        });
        assert_eq!(read_as::<HandleStatusTold>(&status).err(), Some(BadReply::Handle));
    }

    #[test]
    fn an_answer_that_nobody_signed_is_discarded() {
        let keys = KeySet::new(&[test_keys::first().jwk()]).unwrap();
        let body = answer().to_string();
        let read = |signature: Option<&str>| read::<ConsentRequested>(body.as_bytes(), signature, &keys, &asked()).err();
        assert_eq!(read(None), Some(BadReply::Signature(BadSignature::Missing)));
        let forged = test_keys::second().sign_detached(body.as_bytes()).unwrap();
        assert_eq!(read(Some(&forged)), Some(BadReply::Signature(BadSignature::UnknownKey)));
    }
}
