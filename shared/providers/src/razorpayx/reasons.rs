//! Why a payout stands where it stands, and what can be done about it.
//!
//! Source: `razorpay.md`, section 5.5, "`status_details.source` … `reason`".

use serde::Deserialize;

use crate::wire::absent;

/// The provider's account of a status.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct StatusDetails {
    /// For people.
    #[serde(default, deserialize_with = "absent")]
    pub description: Option<String>,
    /// `gateway`, `beneficiary_bank`, `business` or `internal`.
    #[serde(default, deserialize_with = "absent")]
    pub source: Option<String>,
    #[serde(default, deserialize_with = "absent")]
    pub reason: Option<StatusReason>,
}

/// A reason, in the provider's word for it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub struct StatusReason(String);

/// What a reason asks of us. It matters once the payout has ended without paying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReasonClass {
    /// Worth another payout later, under a new key.
    RetryLater,
    /// Worth another payout on another rail, under a new key.
    ChangeMode,
    /// Not worth another payout until the payee's account is mended.
    FixBeneficiary,
    /// Ours or the provider's to mend; the payee can do nothing.
    Ours,
    /// Says where it is; nothing has gone wrong.
    Informational,
    /// Not on the sheet: have somebody look.
    Other,
}

impl StatusReason {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    #[must_use]
    pub fn class(&self) -> ReasonClass {
        match self.as_str() {
            "beneficiary_bank_offline"
            | "beneficiary_bank_failure"
            | "beneficiary_bank_technical_error"
            | "beneficiary_psp_offline"
            | "npci_beneficiary_timeout"
            | "gateway_down"
            | "gateway_technical_error"
            | "gateway_timeout"
            | "server_error_temporary"
            | "amount_limit_exhausted_neft" => ReasonClass::RetryLater,
            "imps_not_allowed" | "transaction_limit_exceeded" => ReasonClass::ChangeMode,
            "bank_account_closed"
            | "bank_account_frozen"
            | "bank_account_invalid"
            | "beneficiary_account_dormant"
            | "beneficiary_account_invalid"
            | "beneficiary_vpa_invalid"
            | "invalid_ifsc_code"
            | "invalid_beneficiary"
            | "beneficiary_bank_rejected" => ReasonClass::FixBeneficiary,
            "insufficient_funds" | "server_error" => ReasonClass::Ours,
            "beneficiary_bank_confirmation_pending"
            | "bank_window_closed"
            | "payout_bank_processing"
            | "amount_limit_exhausted"
            | "partner_bank_pending"
            | "payout_processed"
            | "pending_approval"
            | "low_balance"
            | "syncing_balance"
            | "gateway_degraded"
            | "beneficiary_bank_down"
            | "fee_recovery_pending" => ReasonClass::Informational,
            _ => ReasonClass::Other,
        }
    }
}

impl From<String> for StatusReason {
    fn from(word: String) -> Self {
        Self(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_says_what_to_do() {
        for (word, class) in [
            ("beneficiary_bank_offline", ReasonClass::RetryLater),
            ("imps_not_allowed", ReasonClass::ChangeMode),
            ("bank_account_frozen", ReasonClass::FixBeneficiary),
            ("insufficient_funds", ReasonClass::Ours),
            ("beneficiary_bank_down", ReasonClass::Informational),
            ("solar_flare", ReasonClass::Other),
            ("", ReasonClass::Other),
        ] {
            assert_eq!(StatusReason::from(word.to_owned()).class(), class, "{word}");
        }
    }

    #[test]
    fn details_of_nothing_are_none() {
        let details: StatusDetails = serde_json::from_str(r#"{"reason":null,"source":"NA","description":""}"#).unwrap();
        assert_eq!(details, StatusDetails::default());
    }
}
