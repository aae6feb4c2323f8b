//! Validations: whether an account exists, and in whose name.
//!
//! Source: `razorpay.md`, section 5.3, the composite form. The answer comes later, by webhook.
//! A validation costs money and knows no idempotency key: keep its result.

use serde::{Deserialize, Serialize};

use super::client::Client;
use super::contacts::NewContact;
use super::destination::{Destination, DestinationKind};
use super::fund_accounts::FundAccountEntity;
use super::reasons::StatusDetails;
use crate::call::{CallError, require};
use crate::personal::Personal;
use crate::razorpay::Notes;
use crate::razorpay::wire::{require_id, require_reference};
use crate::wire::{absent, null_as_default, wire_enum};

/// An account to be validated.
#[derive(Debug, Clone)]
pub struct NewValidation<'a> {
    /// The account of ours that pays for it.
    pub source_account_number: &'a str,
    /// Our own reference, 1 to 40 characters.
    pub reference_id: &'a str,
    pub destination: Destination<'a>,
    pub contact: NewContact<'a>,
    pub notes: Notes,
}

wire_enum! {
    /// How far a validation is. `Completed` says that there is a result, not what it is.
    ValidationStatus { Created = "created", Completed = "completed", Failed = "failed", }
}

wire_enum! {
    /// Whether the account takes money.
    AccountStatus { Active = "active", Invalid = "invalid", }
}

/// A validation as the provider has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "ValidationOnTheWire")]
pub struct ValidationEntity {
    pub id: String,
    pub status: ValidationStatus,
    pub utr: Option<String>,
    pub results: Option<ValidationResults>,
    pub status_details: StatusDetails,
    pub reference_id: Option<String>,
    pub notes: Notes,
    pub fund_account: Option<FundAccountEntity>,
}

/// What was found out.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ValidationResults {
    #[serde(default, deserialize_with = "absent")]
    pub account_status: Option<AccountStatus>,
    /// The holder's name at their bank.
    #[serde(default, deserialize_with = "absent")]
    pub registered_name: Option<Personal>,
    #[serde(default, deserialize_with = "absent")]
    pub details: Option<String>,
    /// 0 to 100, how alike the registered name and the contact's are.
    #[serde(default)]
    pub name_match_score: Option<u8>,
}

/// The reply says `validation_results` and the webhook says `results`.
#[derive(Deserialize)]
struct ValidationOnTheWire {
    id: String,
    status: ValidationStatus,
    #[serde(default, deserialize_with = "absent")]
    utr: Option<String>,
    #[serde(default)]
    validation_results: Option<ValidationResults>,
    #[serde(default)]
    results: Option<ValidationResults>,
    #[serde(default, deserialize_with = "null_as_default")]
    status_details: StatusDetails,
    #[serde(default, deserialize_with = "absent")]
    reference_id: Option<String>,
    #[serde(default)]
    notes: Notes,
    #[serde(default)]
    fund_account: Option<FundAccountEntity>,
}

impl From<ValidationOnTheWire> for ValidationEntity {
    fn from(wire: ValidationOnTheWire) -> Self {
        Self {
            id: wire.id,
            status: wire.status,
            utr: wire.utr,
            results: wire.validation_results.or(wire.results),
            status_details: wire.status_details,
            reference_id: wire.reference_id,
            notes: wire.notes,
            fund_account: wire.fund_account,
        }
    }
}

#[derive(Serialize)]
struct CreateValidation<'a> {
    source_account_number: &'a str,
    /// For bank accounts only.
    #[serde(skip_serializing_if = "Option::is_none")]
    validation_type: Option<&'static str>,
    reference_id: &'a str,
    notes: &'a Notes,
    fund_account: Composite<'a>,
}

/// A fund account that is created along with what needs it.
#[derive(Serialize)]
pub(super) struct Composite<'a> {
    #[serde(flatten)]
    pub(super) destination: Destination<'a>,
    pub(super) contact: &'a NewContact<'a>,
}

impl Client {
    /// `POST /fund_accounts/validations`.
    ///
    /// # Errors
    ///
    /// [`CallError`].
    pub async fn create_validation(&self, validation: &NewValidation<'_>) -> Result<ValidationEntity, CallError> {
        require(!validation.source_account_number.is_empty(), "source_account_number", "is empty")?;
        require_reference(validation.reference_id, "reference_id")?;
        validation.notes.require_within_limits()?;
        validation.contact.require_within_limits()?;
        let validation_type = match validation.destination.kind() {
            DestinationKind::BankAccount => Some("optimized"),
            DestinationKind::Vpa => None,
        };
        let body = CreateValidation {
            source_account_number: validation.source_account_number,
            validation_type,
            reference_id: validation.reference_id,
            notes: &validation.notes,
            fund_account: Composite { destination: validation.destination, contact: &validation.contact },
        };
        self.post(&["fund_accounts", "validations"], &body).await
    }

    /// `GET /fund_accounts/validations/:id`, for a webhook that never came.
    ///
    /// # Errors
    ///
    /// [`CallError`]; see [`CallError::means_absent`] for an unknown id.
    pub async fn validation(&self, validation_id: &str) -> Result<ValidationEntity, CallError> {
        require_id(validation_id, "validation_id")?;
        self.get(&["fund_accounts", "validations", validation_id], &[]).await
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::razorpayx::{ContactName, ContactType};
    use crate::secret::Secret;
    use crate::test_server::TestServer;

    const CREATED: &str = include_str!("../../fixtures/validation_created.json");

    fn client(server: &TestServer) -> Client {
        Client::new(server.url(), "rzp_test_1", Secret::new("s").unwrap()).unwrap()
    }

    fn validation(destination: Destination<'static>) -> NewValidation<'static> {
        NewValidation {
            source_account_number: "2323230000000000",
            reference_id: "val_1",
            destination,
            contact: NewContact {
                name: ContactName::clean("Ravi Kumar").unwrap(),
                phone: None,
                email: None,
                contact_type: ContactType::Employee,
                reference_id: "usr_1",
                notes: Notes::new(),
            },
            notes: Notes::new(),
        }
    }

    #[tokio::test]
    async fn a_bank_account_is_validated() {
        let server = TestServer::answering(201, CREATED).await;
        let bank = Destination::bank_account("Ravi Kumar", "HDFC0001234", "50100123456789").unwrap();
        let created = client(&server).create_validation(&validation(bank)).await.unwrap();
        assert_eq!(created.id, "fav_00000000000001");
        assert_eq!(created.status, ValidationStatus::Created);
        assert_eq!(created.results.unwrap().account_status, None);
        assert_eq!(created.status_details.reason.unwrap().as_str(), "validation_request_created");
        let request = server.only_request();
        assert_eq!(request.target, "/fund_accounts/validations");
        assert_eq!(
            request.json(),
            json!({"source_account_number": "2323230000000000", "validation_type": "optimized",
                "reference_id": "val_1", "notes": {}, "fund_account": {
                "account_type": "bank_account", "bank_account": {"name": "Ravi Kumar",
                "ifsc": "HDFC0001234", "account_number": "50100123456789"},
                "contact": {"name": "Ravi Kumar", "type": "employee", "reference_id": "usr_1"}}})
        );
    }

    #[tokio::test]
    async fn a_upi_address_is_validated_without_a_type() {
        let server = TestServer::answering(201, CREATED).await;
        let vpa = Destination::vpa("ravi@okaxis").unwrap();
        client(&server).create_validation(&validation(vpa)).await.unwrap();
        assert!(server.only_request().json().get("validation_type").is_none());
    }

    #[tokio::test]
    async fn a_validation_is_read_by_its_id() {
        let server = TestServer::answering(200, CREATED).await;
        client(&server).validation("fav_00000000000001").await.unwrap();
        assert_eq!(server.only_request().target, "/fund_accounts/validations/fav_00000000000001");
    }
}
