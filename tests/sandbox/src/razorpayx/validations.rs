//! Validation of a fund account: does it exist, and whose is it. Asynchronous, and not free.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::Path;
use axum::{Extension, Json};
use serde::Serialize;
use serde_json::{Value, json};

use super::Account;
use super::fund_accounts::{Composite, Destination};
use super::steering::{self, Finding};
use crate::config::tax_within;
use crate::razorpay::error::ApiError;
use crate::razorpay::events::Event;
use crate::razorpay::input::{self, Input};
use crate::razorpay::notes::Notes;
use crate::shelf::Shelved;
use crate::world::World;
use crate::{clock, ids};

const REFERENCE_MAX: usize = 40;
/// Of a name that has nothing to do with the contact's.
const SCORE_OF_SOMEBODY_ELSE: u8 = 12;

#[derive(Clone)]
pub struct Validation {
    id: String,
    fund_account_id: String,
    status: ValidationStatus,
    utr: Option<String>,
    results: Results,
    reference_id: Option<String>,
    notes: Notes,
    created_at: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum ValidationStatus {
    Created,
    Completed,
    Failed,
}

#[derive(Clone, Default, Serialize)]
struct Results {
    account_status: Option<&'static str>,
    registered_name: Option<String>,
    details: Option<&'static str>,
    name_match_score: Option<u8>,
    validated_account_type: Option<&'static str>,
}

impl Shelved for Validation {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Account {
    fn view_validation(&self, id: &str) -> Option<Value> {
        let validation = self.validations.get(id)?;
        let (reason, description) = match validation.status {
            ValidationStatus::Created => ("validation_request_created", "Account validation request has been created."),
            ValidationStatus::Completed => ("validation_completed", "Account validation is completed."),
            ValidationStatus::Failed => ("beneficiary_bank_offline", "Account validation failed as the beneficiary bank is offline."),
        };
        let mut view = self.view_without_results(validation);
        view["validation_results"] = json!(validation.results);
        view["status_details"] = json!({ "description": description, "source": "internal", "reason": reason });
        Some(view)
    }

    fn view_without_results(&self, validation: &Validation) -> Value {
        json!({
            "id": validation.id,
            "entity": "fund_account.validation",
            "status": validation.status,
            "utr": validation.utr,
            "reference_id": validation.reference_id,
            "notes": validation.notes,
            "fund_account": self.view_composite(&validation.fund_account_id),
            "created_at": validation.created_at,
        })
    }

    /// The webhook calls the results `results`, and leaves out the status's details.
    fn validation_event(&self, name: &'static str, id: &str) -> Option<Event> {
        let validation = self.validations.get(id)?;
        let mut view = self.view_without_results(validation);
        view["results"] = json!(validation.results);
        Some(Event::payouts(name, &[("fund_account.validation", view)]))
    }

    fn complete_validation(&mut self, id: &str) -> Option<Event> {
        let fund_account_id = self.validations.get(id)?.fund_account_id.clone();
        let fund_account = self.fund_accounts.get(&fund_account_id)?;
        let name = self.contacts.get(&fund_account.contact_id)?.name.to_uppercase();
        let kind = match fund_account.destination {
            Destination::Vpa { .. } => "vpa",
            Destination::BankAccount { .. } => "bank_account",
        };
        let active = |registered_name: String, score| Results {
            account_status: Some("active"),
            registered_name: Some(registered_name),
            details: None,
            name_match_score: Some(score),
            validated_account_type: Some(kind),
        };
        let (status, results) = match steering::finding(&fund_account.destination) {
            Finding::Nothing => return None,
            Finding::Active => (ValidationStatus::Completed, active(name, 100)),
            Finding::SomebodyElse => (ValidationStatus::Completed, active("LAKSHMI VENKATESAN".into(), SCORE_OF_SOMEBODY_ELSE)),
            Finding::Invalid => (
                ValidationStatus::Completed,
                Results { account_status: Some("invalid"), details: Some("The account does not exist."), ..Results::default() },
            ),
            Finding::Failed => (ValidationStatus::Failed, Results::default()),
        };
        let validation = self.validations.get_mut(id)?;
        validation.status = status;
        validation.results = results;
        let name = if status == ValidationStatus::Completed {
            validation.utr = Some(ids::rrn());
            "fund_account.validation.completed"
        } else {
            "fund_account.validation.failed"
        };
        self.validation_event(name, id)
    }
}

pub async fn create(Extension(world): Extension<Arc<World>>, bytes: Bytes) -> Result<Json<Value>, ApiError> {
    let config = world.config();
    let body = input::body(&bytes)?;
    let input = Input::of(&body)?;
    input.only(&["source_account_number", "validation_type", "reference_id", "notes", "fund_account"])?;
    if input.required_text("source_account_number", 64)? != config.razorpayx.account_number {
        return Err(input.invalid("source_account_number", "The source account number is invalid."));
    }
    let composite = Composite::read(&input.object("fund_account")?, &config.razorpayx)?;
    validation_type(&input, &composite.destination)?;
    let reference_id = input.kept_text("reference_id", REFERENCE_MAX)?;
    let notes = input.notes()?;

    let mut book = world.book();
    let account = &mut book.account;
    let fee = config.fees.validation;
    if account.ledger.balance() < fee {
        return Err(ApiError::insufficient_balance());
    }
    let id = ids::razorpay("fav");
    if fee > 0 {
        let source = json!({
            "id": id, "entity": "fund_account.validation", "fees": fee, "tax": tax_within(fee),
        });
        account.ledger.debit(fee, fee, source);
    }
    let fund_account_id = account.put_composite(composite);
    account.validations.put(Validation {
        id: id.clone(),
        fund_account_id,
        status: ValidationStatus::Created,
        utr: None,
        results: Results::default(),
        reference_id,
        notes,
        created_at: clock::unix_seconds(),
    });
    let answer = json!(account.view_validation(&id));
    drop(book);

    world.after(config.timing.validation_ms, move |world| {
        let completed = world.book().account.complete_validation(&id);
        world.announce(completed);
    });
    Ok(Json(answer))
}

pub async fn show(Extension(world): Extension<Arc<World>>, Path(id): Path<String>) -> Result<Json<Value>, ApiError> {
    world.book().account.view_validation(&id).map(Json).ok_or_else(ApiError::unknown_id)
}

/// Of a bank account only, and there only this one.
fn validation_type(input: &Input<'_>, destination: &Destination) -> Result<(), ApiError> {
    match (input.text("validation_type", 32)?, destination) {
        (None, _) | (Some("optimized"), Destination::BankAccount { .. }) => Ok(()),
        (Some(_), Destination::BankAccount { .. }) => Err(input.invalid("validation_type", "The selected validation type is invalid.")),
        (Some(_), Destination::Vpa { .. }) => {
            Err(input.invalid("validation_type", "validation_type is/are not required and should not be sent"))
        }
    }
}
