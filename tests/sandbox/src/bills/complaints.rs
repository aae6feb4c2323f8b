//! `POST /bbps/bills/complaint/request` and `…/response`.
//!
//! A complaint is `ASSIGNED` after `complaint_ms`; `POST /dashboard/complaints/{ref_id}` moves it on. One
//! about a payment that has one open is `FAILED`. That one has to wait a day before complaining of most
//! categories is not played.

use std::sync::Arc;

use axum::body::Bytes;
use axum::{Extension, Json};
use jiff::ToSpan;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::error::data;
use super::fetch::ByReference;
use super::{Refused, told};
use crate::shelf::Shelved;
use crate::world::World;
use crate::{clock, ids};

/// Each type, and the network's own disposition.
const TYPES: [(&str, &str); 8] = [
    ("service-not-received", "D11"),
    ("service-disconnected", "D12"),
    ("late-payment-surcharge", "D13"),
    ("paid-to-wrong-account", "D21"),
    ("double-payment", "D22"),
    ("wrong-amount", "D23"),
    ("payment-info-delay", "D31"),
    ("account-not-updated", "D32"),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    /// Before the network has it; nobody outside sees it.
    New,
    Assigned,
    Resolved,
    Rejected,
    DefaultResolved,
    PendingRefund,
    Refunded,
    Failed,
}

#[derive(Clone)]
pub struct Complaint {
    ref_id: String,
    transaction_id: String,
    disposition: &'static str,
    description: String,
    dispute_id: Option<String>,
    status: Status,
    remarks: String,
}

impl Shelved for Complaint {
    fn id(&self) -> &str {
        &self.ref_id
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ask {
    transaction_id: String,
    dispute_type: String,
    description: String,
}

pub async fn request(Extension(world): Extension<Arc<World>>, bytes: Bytes) -> Result<Json<Value>, Refused> {
    let ask: Ask = serde_json::from_slice(&bytes).map_err(|error| Refused::invalid(error.to_string()))?;
    let disposition = TYPES.iter().find(|(name, _)| *name == ask.dispute_type).map(|(_, disposition)| *disposition);
    let disposition = disposition.ok_or_else(|| Refused::invalid("disputeType in body should be one of the known"))?;
    if ask.description.trim().is_empty() {
        return Err(Refused::invalid("description in body is required"));
    }
    let ref_id = super::reference();
    let mut book = world.book();
    if !book.bills.payments.oldest_first().any(|payment| payment.transaction_id.as_ref() == Some(&ask.transaction_id)) {
        return Err(Refused::bad("txn-not-found", "Txn reference Id not found."));
    }
    book.bills.complaints.put(Complaint {
        ref_id: ref_id.clone(),
        transaction_id: ask.transaction_id,
        disposition,
        description: ask.description,
        dispute_id: None,
        status: Status::New,
        remarks: String::new(),
    });
    drop(book);
    let id = ref_id.clone();
    world.after(world.config().timing.complaint_ms, move |world| raise(world, &id));
    Ok(data(json!({ "refId": ref_id })))
}

pub async fn response(Extension(world): Extension<Arc<World>>, bytes: Bytes) -> Result<Json<Value>, Refused> {
    let ask: ByReference = serde_json::from_slice(&bytes).map_err(|error| Refused::invalid(error.to_string()))?;
    let book = world.book();
    let complaint = book.bills.complaints.get(&ask.ref_id).ok_or_else(|| Refused::bad("invalid-ref-id", "Invalid reference ID."))?;
    Ok(data(complaint.view()))
}

fn raise(world: &Arc<World>, ref_id: &str) {
    let is_open = {
        let book = world.book();
        let complaints = &book.bills.complaints;
        let about = complaints.get(ref_id).map(|complaint| complaint.transaction_id.clone());
        complaints
            .oldest_first()
            .any(|other| Some(&other.transaction_id) == about.as_ref() && matches!(other.status, Status::Assigned | Status::PendingRefund))
    };
    let (status, remarks) =
        if is_open { (Status::Failed, "One ticket already in progress") } else { (Status::Assigned, "Complaint assigned to the biller") };
    // One that was moved by hand in the meantime, or was reset, stays as it is.
    let _ = move_on(world, ref_id, status, remarks);
}

/// Moves a complaint and tells. Whether there was one that could.
pub fn move_on(world: &Arc<World>, ref_id: &str, to: Status, remarks: &str) -> Option<Value> {
    let mut book = world.book();
    let complaint = book.bills.complaints.get_mut(ref_id).filter(|complaint| complaint.status.may_become(to))?;
    complaint.status = to;
    complaint.remarks = remarks.to_owned();
    if to != Status::Failed {
        complaint.dispute_id.get_or_insert_with(|| format!("TKT{}", ids::alphanumeric(32)));
    }
    let view = complaint.view();
    drop(book);
    world.announce([told::disputed(&view)]);
    Some(view)
}

impl Status {
    fn may_become(self, next: Self) -> bool {
        match self {
            Self::New => matches!(next, Self::Assigned | Self::Failed),
            Self::Assigned => matches!(next, Self::Resolved | Self::Rejected | Self::DefaultResolved | Self::PendingRefund),
            Self::Resolved | Self::DefaultResolved => next == Self::PendingRefund,
            Self::PendingRefund => next == Self::Refunded,
            Self::Rejected | Self::Refunded | Self::Failed => false,
        }
    }
}

impl Complaint {
    pub fn view(&self) -> Value {
        let mut view = json!({ "refId": self.ref_id });
        if self.status == Status::New {
            return view;
        }
        let due = clock::in_india().date().checked_add(7.days()).map(|due| due.to_string()).ok();
        view["status"] = json!(self.status);
        view["disputeId"] = json!(self.dispute_id);
        view["disposition"] = json!(self.disposition);
        view["ticketType"] = json!(if self.disposition.starts_with("D3") { "COMPLAINT" } else { "DISPUTE" });
        view["ticketTAT"] = json!(due);
        view["assignedTo"] = json!("Sandbox BOU");
        view["remarks"] = json!(self.remarks);
        view["responseReason"] = json!("Success");
        view
    }

    /// For whoever looks inside.
    pub fn inside(&self) -> Value {
        json!({
            "ref_id": self.ref_id, "transaction_id": self.transaction_id, "disposition": self.disposition,
            "description": self.description, "dispute_id": self.dispute_id, "status": self.status,
        })
    }
}
