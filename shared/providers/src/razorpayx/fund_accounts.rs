//! Fund accounts: a contact's UPI address or bank account.
//!
//! Source: `razorpay.md`, section 5.2. They do not change. Creating one that exists already
//! returns that one, so a repeated call does no harm.

use serde::{Deserialize, Serialize};

use super::client::Client;
use super::destination::Destination;
use crate::call::CallError;
use crate::personal::Personal;
use crate::razorpay::wire::require_id;
use crate::wire::{absent, wire_enum};

wire_enum! {
    /// What kind of account it is.
    AccountType { Vpa = "vpa", BankAccount = "bank_account", Card = "card", }
}

/// A fund account as the provider has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FundAccountEntity {
    /// Absent where a validation describes an account that it did not keep.
    #[serde(default, deserialize_with = "absent")]
    pub id: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    pub contact_id: Option<String>,
    pub account_type: AccountType,
    #[serde(default)]
    pub vpa: Option<VpaDetails>,
    #[serde(default)]
    pub bank_account: Option<BankAccountDetails>,
    #[serde(default)]
    pub active: Option<bool>,
}

/// A UPI address as the provider has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct VpaDetails {
    #[serde(default, deserialize_with = "absent")]
    pub address: Option<Personal>,
    #[serde(default, deserialize_with = "absent")]
    pub handle: Option<String>,
}

/// A bank account as the provider has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct BankAccountDetails {
    #[serde(default, deserialize_with = "absent")]
    pub name: Option<Personal>,
    #[serde(default, deserialize_with = "absent")]
    pub account_number: Option<Personal>,
    #[serde(default, deserialize_with = "absent")]
    pub ifsc: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    pub bank_name: Option<String>,
}

#[derive(Serialize)]
struct CreateFundAccount<'a> {
    contact_id: &'a str,
    #[serde(flatten)]
    destination: Destination<'a>,
}

impl Client {
    /// `POST /fund_accounts`.
    ///
    /// # Errors
    ///
    /// [`CallError`].
    pub async fn create_fund_account(&self, contact_id: &str, destination: Destination<'_>) -> Result<FundAccountEntity, CallError> {
        require_id(contact_id, "contact_id")?;
        self.post(&["fund_accounts"], &CreateFundAccount { contact_id, destination }).await
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::secret::Secret;
    use crate::test_server::TestServer;

    #[tokio::test]
    async fn a_fund_account_is_created() {
        let fixture = include_str!("../../fixtures/fund_account_bank.json");
        let server = TestServer::answering(201, fixture).await;
        let client = Client::new(server.url(), "rzp_test_1", Secret::new("s").unwrap()).unwrap();
        let bank = Destination::bank_account("Ravi Kumar", "HDFC0001234", "50100123456789").unwrap();
        let created = client.create_fund_account("cont_00000000000001", bank).await.unwrap();
        assert_eq!(created.id.as_deref(), Some("fa_00000000000001"));
        assert_eq!(created.account_type, AccountType::BankAccount);
        let details = created.bank_account.as_ref().unwrap();
        assert_eq!(details.bank_name.as_deref(), Some("HDFC Bank"));
        assert!(!format!("{created:?}").contains("50100123456789"));
        assert_eq!(
            server.only_request().json(),
            json!({"contact_id": "cont_00000000000001", "account_type": "bank_account",
                "bank_account": {"name": "Ravi Kumar", "ifsc": "HDFC0001234",
                "account_number": "50100123456789"}})
        );
    }
}
