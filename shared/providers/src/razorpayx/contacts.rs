//! Contacts: whom we pay.
//!
//! Source: `razorpay.md`, section 5.1. Creating one that exists already returns that one, so a
//! repeated call does no harm.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::clean::ContactName;
use super::client::Client;
use crate::call::CallError;
use crate::razorpay::Notes;
use crate::razorpay::wire::require_reference;
use crate::wire::{absent, null_as_default, wire_enum};

wire_enum! {
    /// What somebody is to us. The dashboard may define more.
    ContactType {
        Vendor = "vendor",
        Customer = "customer",
        Employee = "employee",
        Own = "self",
    }
}

/// A contact to be created, on its own or along with a payout.
#[derive(Clone, Serialize)]
pub struct NewContact<'a> {
    pub name: ContactName,
    /// Telephone number.
    #[serde(rename = "contact", skip_serializing_if = "Option::is_none")]
    pub phone: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<&'a str>,
    #[serde(rename = "type")]
    pub contact_type: ContactType,
    /// Our own name for them, 1 to 40 characters.
    pub reference_id: &'a str,
    #[serde(skip_serializing_if = "Notes::is_empty")]
    pub notes: Notes,
}

impl NewContact<'_> {
    pub(super) fn require_within_limits(&self) -> Result<(), CallError> {
        require_reference(self.reference_id, "contact.reference_id")?;
        self.notes.require_within_limits()
    }
}

impl fmt::Debug for NewContact<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewContact")
            .field("contact_type", &self.contact_type)
            .field("reference_id", &self.reference_id)
            .finish_non_exhaustive()
    }
}

/// A contact as the provider has it, without what it knows about the person.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ContactEntity {
    pub id: String,
    #[serde(default, rename = "type", deserialize_with = "absent")]
    pub contact_type: Option<ContactType>,
    #[serde(default, deserialize_with = "absent")]
    pub reference_id: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub active: bool,
    /// Unix seconds.
    pub created_at: i64,
}

impl Client {
    /// `POST /contacts`.
    ///
    /// # Errors
    ///
    /// [`CallError`].
    pub async fn create_contact(&self, contact: &NewContact<'_>) -> Result<ContactEntity, CallError> {
        contact.require_within_limits()?;
        self.post(&["contacts"], contact).await
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::secret::Secret;
    use crate::test_server::TestServer;

    #[tokio::test]
    async fn a_contact_is_created() {
        let server = TestServer::answering(201, include_str!("../../fixtures/contact.json")).await;
        let client = Client::new(server.url(), "rzp_test_1", Secret::new("s").unwrap()).unwrap();
        let contact = NewContact {
            name: ContactName::clean("Ravi Kumar").unwrap(),
            phone: Some("+919876543210"),
            email: None,
            contact_type: ContactType::Employee,
            reference_id: "usr_1",
            notes: Notes::new(),
        };
        let created = client.create_contact(&contact).await.unwrap();
        assert_eq!((created.id.as_str(), created.active), ("cont_00000000000001", true));
        assert_eq!(created.contact_type, Some(ContactType::Employee));
        assert_eq!(
            server.only_request().json(),
            json!({"name": "Ravi Kumar", "contact": "+919876543210", "type": "employee",
                "reference_id": "usr_1"})
        );
        assert!(!format!("{contact:?} {created:?}").contains("Ravi"));
        let unnamed = NewContact { reference_id: "", ..contact };
        assert!(client.create_contact(&unnamed).await.unwrap_err().certainly_nothing_happened());
    }
}
