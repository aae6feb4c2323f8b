//! The events that are acted upon.
//!
//! Source: `banks.md`, 3.5. What an event says of an item is a hint: the item is read before anything
//! is changed.

use serde::Deserialize;

use crate::call::{Illegible, read_json_object};
use crate::signature::Verified;

/// One event, by what there is to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Read the item.
    Changed { item_id: String },
    /// The bank wants its customer to sign in again, now or before long.
    SignInAgain { item_id: String },
    /// The person signed in again.
    Repaired { item_id: String },
    /// The person took the access back.
    Withdrawn { item_id: String },
    /// A person is done with a page. It is no secret, and of no use without ours.
    LinkFinished { link_token: String },
    /// Any other, by its type and code: to be acknowledged and left alone.
    Unknown { kind: String, code: String },
}

#[derive(Deserialize)]
struct Body {
    webhook_type: String,
    webhook_code: String,
    #[serde(default)]
    item_id: Option<String>,
    #[serde(default)]
    link_token: Option<String>,
    #[serde(default)]
    error: Option<Problem>,
}

#[derive(Deserialize)]
struct Problem {
    #[serde(default)]
    error_code: Option<String>,
}

/// Reads an event whose sender is known.
///
/// # Errors
///
/// [`Illegible`] where it is no event, or one that we act upon does not say what it is about. The
/// same body fails again.
pub fn parse_event(body: Verified<'_>) -> Result<Event, Illegible> {
    let body: Body = read_json_object(body.bytes())?;
    let item_id = || body.item_id.clone().ok_or_else(|| Illegible::WrongShape { path: "item_id".to_owned() });
    let wants_sign_in = body.error.as_ref().and_then(|error| error.error_code.as_deref()) == Some("ITEM_LOGIN_REQUIRED");
    Ok(match (body.webhook_type.as_str(), body.webhook_code.as_str()) {
        ("TRANSACTIONS", "SYNC_UPDATES_AVAILABLE") => Event::Changed { item_id: item_id()? },
        ("ITEM", "ERROR") if wants_sign_in => Event::SignInAgain { item_id: item_id()? },
        ("ITEM", "PENDING_EXPIRATION" | "PENDING_DISCONNECT") => Event::SignInAgain { item_id: item_id()? },
        ("ITEM", "LOGIN_REPAIRED") => Event::Repaired { item_id: item_id()? },
        ("ITEM", "USER_PERMISSION_REVOKED") => Event::Withdrawn { item_id: item_id()? },
        ("LINK", "SESSION_FINISHED") => {
            let link_token = body.link_token.ok_or_else(|| Illegible::WrongShape { path: "link_token".to_owned() })?;
            Event::LinkFinished { link_token }
        }
        _ => Event::Unknown { kind: body.webhook_type, code: body.webhook_code },
    })
}
