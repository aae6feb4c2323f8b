//! Contacts: people who are paid.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::{Extension, Json};
use serde::Serialize;
use serde_json::{Value, json};

use super::Account;
use crate::config;
use crate::razorpay::error::ApiError;
use crate::razorpay::input::{self, Input};
use crate::razorpay::notes::Notes;
use crate::shelf::Shelved;
use crate::world::World;
use crate::{clock, ids};

const NAME_CHARACTERS: std::ops::RangeInclusive<usize> = 3..=50;
const REFERENCE_MAX: usize = 40;
const TYPES: [&str; 4] = ["vendor", "customer", "employee", "self"];
const FIELDS: [&str; 6] = ["name", "email", "contact", "type", "reference_id", "notes"];

#[derive(Clone, Serialize)]
pub struct Contact {
    pub id: String,
    entity: &'static str,
    pub name: String,
    contact: Option<String>,
    email: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    reference_id: Option<String>,
    batch_id: Option<String>,
    pub active: bool,
    notes: Notes,
    created_at: i64,
}

impl Shelved for Contact {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Contact {
    /// A contact as an object of a request describes it, of its own or within a payout.
    pub fn read(input: &Input<'_>, config: &config::RazorpayX) -> Result<Self, ApiError> {
        input.only(&FIELDS)?;
        Ok(Self {
            id: ids::razorpay("cont"),
            entity: "contact",
            name: name(input)?,
            contact: phone(input)?,
            email: email(input)?,
            kind: kind(input, config)?,
            reference_id: input.kept_text("reference_id", REFERENCE_MAX)?,
            batch_id: None,
            active: true,
            notes: input.notes()?,
            created_at: clock::unix_seconds(),
        })
    }

    fn is_the_same_as(&self, other: &Self) -> bool {
        (&self.name, &self.contact, &self.email, &self.kind, &self.reference_id)
            == (&other.name, &other.contact, &other.email, &other.kind, &other.reference_id)
    }
}

impl Account {
    /// The id of this contact, and whether it is new. One whose fields all equal an existing one's
    /// is that one.
    pub fn put_contact(&mut self, contact: Contact) -> (String, bool) {
        if let Some(known) = self.contacts.oldest_first().find(|known| known.is_the_same_as(&contact)) {
            return (known.id.clone(), false);
        }
        let id = contact.id.clone();
        self.contacts.put(contact);
        (id, true)
    }
}

pub async fn create(Extension(world): Extension<Arc<World>>, bytes: Bytes) -> Result<(StatusCode, Json<Value>), ApiError> {
    let body = input::body(&bytes)?;
    let contact = Contact::read(&Input::of(&body)?, &world.config().razorpayx)?;
    let mut book = world.book();
    let (id, is_new) = book.account.put_contact(contact);
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(json!(book.account.contacts.get(&id)))))
}

pub async fn show(Extension(world): Extension<Arc<World>>, Path(id): Path<String>) -> Result<Json<Value>, ApiError> {
    let book = world.book();
    book.account.contacts.get(&id).map(|contact| Json(json!(contact))).ok_or_else(ApiError::unknown_id)
}

pub async fn change(Extension(world): Extension<Arc<World>>, Path(id): Path<String>, bytes: Bytes) -> Result<Json<Value>, ApiError> {
    let body = input::body(&bytes)?;
    let input = Input::of(&body)?;
    input.only(&["name", "email", "contact", "type", "reference_id", "notes", "active"])?;
    let mut book = world.book();
    let contact = book.account.contacts.get_mut(&id).ok_or_else(ApiError::unknown_id)?;
    // On a copy: a request of which one part is refused changes nothing.
    let mut changed = contact.clone();
    if input.has("name") {
        changed.name = name(&input)?;
    }
    if input.has("email") {
        changed.email = email(&input)?;
    }
    if input.has("contact") {
        changed.contact = phone(&input)?;
    }
    if input.has("type") {
        changed.kind = kind(&input, &world.config().razorpayx)?;
    }
    if input.has("reference_id") {
        changed.reference_id = input.kept_text("reference_id", REFERENCE_MAX)?;
    }
    if input.has("notes") {
        changed.notes = input.notes()?;
    }
    changed.active = input.boolean("active")?.unwrap_or(changed.active);
    *contact = changed;
    Ok(Json(json!(contact)))
}

fn name(input: &Input<'_>) -> Result<String, ApiError> {
    let name = input.required_text("name", *NAME_CHARACTERS.end())?;
    if name.chars().count() < *NAME_CHARACTERS.start() {
        return Err(input.invalid("name", "The name must be at least 3 characters."));
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || " '’-_/().".contains(c);
    let ends_well = name.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.');
    if !name.chars().all(allowed) || !ends_well {
        return Err(input.invalid("name", "The name format is invalid."));
    }
    Ok(name.to_owned())
}

fn email(input: &Input<'_>) -> Result<Option<String>, ApiError> {
    let email = input.kept_text("email", 255)?;
    let looks_right = |text: &str| {
        text.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.') && !domain.contains('@'))
            && !text.contains(char::is_whitespace)
    };
    match email {
        Some(text) if !looks_right(&text) => Err(input.invalid("email", "The email must be a valid email address.")),
        email => Ok(email),
    }
}

fn phone(input: &Input<'_>) -> Result<Option<String>, ApiError> {
    let phone = input.kept_text("contact", 15)?;
    let looks_right = |text: &str| {
        let digits = text.strip_prefix('+').unwrap_or(text);
        digits.len() >= 8 && digits.bytes().all(|c| c.is_ascii_digit())
    };
    match phone {
        Some(text) if !looks_right(&text) => {
            Err(input.invalid("contact", "Contact number should be at least 8 digits, including country code"))
        }
        phone => Ok(phone),
    }
}

fn kind(input: &Input<'_>, config: &config::RazorpayX) -> Result<Option<String>, ApiError> {
    match input.text("type", REFERENCE_MAX)? {
        None => Ok(None),
        Some(kind) if TYPES.contains(&kind) || config.custom_contact_types.iter().any(|it| it == kind) => Ok(Some(kind.to_owned())),
        Some(kind) => Err(input.invalid("type", format!("Invalid type: {kind}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(body: Value) {
        assert!(Contact::read(&Input::of(&body).unwrap(), &config::RazorpayX::default()).is_err(), "{body}");
    }

    #[test]
    fn a_contact_that_breaks_a_rule_is_refused() {
        refused(json!({}));
        refused(json!({ "name": "Ra" }));
        refused(json!({ "name": "R".repeat(51) }));
        refused(json!({ "name": "रवि कुमार" }));
        refused(json!({ "name": "Ravi-" }));
        refused(json!({ "name": "Ravi; DROP" }));
        refused(json!({ "name": "Ravi Kumar", "type": "worker" }));
        refused(json!({ "name": "Ravi Kumar", "email": "ravi" }));
        refused(json!({ "name": "Ravi Kumar", "contact": "phone" }));
        refused(json!({ "name": "Ravi Kumar", "reference_id": "r".repeat(41) }));
        refused(json!({ "name": "Ravi Kumar", "id": "cont_1" }));
        let body = json!({ "name": "D'Souza (Jr.) A/B_C.", "type": "employee", "contact": "+919876543210" });
        assert!(Contact::read(&Input::of(&body).unwrap(), &config::RazorpayX::default()).is_ok());
    }
}
