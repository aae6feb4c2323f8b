//! Complaints about a payment.
//!
//! `POST /bbps/bills/complaint/request` and `…/response`. About FASTag, DTH and prepaid recharges one may
//! be raised at once, about the rest a day after the payment. A dispute is due by a date, and is
//! resolved for the customer where nobody answers until then.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::client::{ByReference, Client, Reference, require_ref};
use super::fetch::{date, unreadable};
use super::payments::wire::id;
use super::text::{Theirs, theirs};
use crate::call::{CallError, require};
use crate::wire::{absent, wire_enum};

wire_enum! {
    /// What is wrong. The network's own "disposition" stands beside each.
    ComplaintReason {
        /// D11
        ServiceNotReceived = "service-not-received",
        /// D12
        ServiceDisconnected = "service-disconnected",
        /// D13
        LatePaymentSurcharge = "late-payment-surcharge",
        /// D21
        PaidToWrongAccount = "paid-to-wrong-account",
        /// D22
        DoublePayment = "double-payment",
        /// D23
        WrongAmount = "wrong-amount",
        /// D31
        PaymentInfoDelay = "payment-info-delay",
        /// D32
        AccountNotUpdated = "account-not-updated",
    }
}

wire_enum! {
    /// How far a complaint is.
    ComplaintStatus {
        Assigned = "ASSIGNED",
        /// In favour of the customer.
        Resolved = "RESOLVED",
        Rejected = "REJECTED",
        /// In favour of the customer, since nobody answered in time.
        DefaultResolved = "DEFAULT_RESOLVED",
        PendingRefund = "PENDING_REFUND",
        Refunded = "REFUNDED",
        /// It was never raised with the network.
        Failed = "FAILED",
    }
}

/// A complaint to be raised.
#[derive(Debug, Clone)]
pub struct NewComplaint<'a> {
    /// Bharat Connect's id of the payment.
    pub transaction_id: &'a str,
    pub reason: ComplaintReason,
    /// In the customer's words, 1 to 250 characters. \[U\]: the provider names no limit.
    pub description: &'a str,
}

/// A complaint as the provider has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Complaint {
    pub ref_id: String,
    /// What the customer is told. None until the network has given one.
    #[serde(default, deserialize_with = "id")]
    pub dispute_id: Option<String>,
    /// \[U\]: what it is before the network has answered; `None`, or a word of its own.
    #[serde(default, deserialize_with = "absent")]
    pub status: Option<ComplaintStatus>,
    #[serde(rename = "ticketTAT", default, deserialize_with = "date")]
    pub due: Option<Date>,
    /// A stranger's text.
    #[serde(default, deserialize_with = "theirs")]
    pub assigned_to: Option<Theirs>,
    /// A stranger's text.
    #[serde(default, deserialize_with = "theirs")]
    pub remarks: Option<Theirs>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ComplaintRequest<'a> {
    transaction_id: &'a str,
    dispute_type: &'a ComplaintReason,
    description: &'a str,
}

impl Client {
    /// `POST /bbps/bills/complaint/request`: the reference that it is asked for by.
    ///
    /// It has no idempotency key; a second one is turned down by the network while the first is open.
    ///
    /// # Errors
    ///
    /// [`CallError`].
    pub async fn complain(&self, complaint: &NewComplaint<'_>, now: i64) -> Result<String, CallError> {
        require_ref(complaint.transaction_id, "transaction_id")?;
        let told = complaint.description.trim();
        let fits = (1..=250).contains(&told.chars().count()) && !told.chars().any(char::is_control);
        require(fits, "description", "is not 1 to 250 characters of one line")?;
        let body = ComplaintRequest { transaction_id: complaint.transaction_id, dispute_type: &complaint.reason, description: told };
        let given: Reference = self.post(&["bbps", "bills", "complaint", "request"], &body, now).await?;
        require_ref(&given.ref_id, "ref_id").map_err(|_| unreadable("data.refId"))?;
        Ok(given.ref_id)
    }

    /// `POST /bbps/bills/complaint/response`: what has become of it.
    ///
    /// # Errors
    ///
    /// [`CallError`]; the answer of another complaint is unreadable.
    pub async fn complaint(&self, ref_id: &str, now: i64) -> Result<Complaint, CallError> {
        require_ref(ref_id, "ref_id")?;
        let complaint: Complaint = self.post(&["bbps", "bills", "complaint", "response"], &ByReference { ref_id }, now).await?;
        if complaint.ref_id == ref_id { Ok(complaint) } else { Err(unreadable("data.refId")) }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::client::tests::{NOW, answering, client};
    use super::*;

    #[tokio::test]
    async fn a_complaint_is_raised_and_followed() {
        let raised = json!({"data": {"refId": "CVEJET77GM8365VO5HRGtokm7MX50801525"}, "success": true}).to_string();
        let told = json!({"data": {"refId": "CVEJET77GM8365VO5HRGtokm7MX50801525", "disputeId": "TKTCVEJDCOH215KV2761CLGxwrzHMI50801521",
            "status": "PENDING_REFUND", "ticketTAT": "2026-03-22", "ticketType": "DISPUTE", "disposition": "D32",
            "assignedTo": "BBPCU", "remarks": "Belongs to\u{202e} BOU", "responseReason": "Success"}})
        .to_string();
        let server = answering(&[(200, &raised), (200, &told)]).await;
        let client = client(server.url());
        let complaint = NewComplaint {
            transaction_id: "AX01122999900001",
            reason: ComplaintReason::AccountNotUpdated,
            description: "I have paid but it is still due",
        };
        let ref_id = client.complain(&complaint, NOW).await.unwrap();
        let seen = server.requests();
        assert_eq!(
            seen[1].json(),
            json!({"transactionId": "AX01122999900001", "disputeType": "account-not-updated", "description": "I have paid but it is still due"})
        );
        let told = client.complaint(&ref_id, NOW).await.unwrap();
        assert_eq!((told.status, told.due), (Some(ComplaintStatus::PendingRefund), Some(jiff::civil::date(2026, 3, 22))));
        assert_eq!(told.remarks.as_ref().map(Theirs::as_str), Some("Belongs to BOU"));
    }

    #[tokio::test]
    async fn a_complaint_about_nothing_is_not_sent() {
        let server = answering(&[]).await;
        let client = client(server.url());
        let complaint = |transaction_id, description| NewComplaint { transaction_id, reason: ComplaintReason::WrongAmount, description };
        for complaint in [complaint("", "x"), complaint("AX 1", "x"), complaint("AX1", " "), complaint("AX1", "a\nb")] {
            assert!(client.complain(&complaint, NOW).await.unwrap_err().certainly_nothing_happened());
        }
        assert!(server.requests().is_empty());
    }
}
