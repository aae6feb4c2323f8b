//! Events: what the provider tells us unasked.
//!
//! `{"event", "timeStamp", "traceId", "data"}`, with `error` in the place of `data` where there is none.
//! An event is a snapshot; events repeat, come in any order, and **have no id**: one that changes
//! nothing is one that was told before. So a payment's event is known by its reference and status.
//!
//! \[U\]: how a delivery is signed. The documentation of this interface names a URL and nothing more (for
//! another product of theirs, an API key in a header). We ask for HMAC-SHA256 over the raw body in
//! lower-case hex, as [`signature::verify`](crate::signature::verify) takes it, in the header that the
//! configuration names; [`SIGNATURE_HEADER`] where it names none. Whatever an event says of money
//! is asked for once more before it counts: [`Client::payment`](super::Client::payment).

use serde::Deserialize;
use serde_json::Value;

use super::complaints::Complaint;
use super::fetch::{Fetch, FetchOnTheWire};
use super::payments::wire::PaymentOnTheWire;
use super::payments::{Payment, wire};
use crate::call::{Illegible, read_json, read_json_object};
use crate::signature::Verified;

/// The header with the signature, unless the configuration names another. \[U\]
pub const SIGNATURE_HEADER: &str = "x-bbps-signature";

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What the provider knows the delivery by; for questions to them.
    pub trace_id: Option<String>,
    pub kind: EventKind,
}

/// What the event is about, by the events we act upon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventKind {
    /// `BILL_FETCH`.
    Fetch { ref_id: String, fetch: Fetch },
    /// `BILL_PAY`.
    Payment(Box<Payment>),
    /// `BILL_DISPUTE`.
    Complaint(Box<Complaint>),
    /// Any other, and any that carries an error in place of its data: to be acknowledged and left
    /// alone. Its name, of at most 60 characters.
    Unknown(String),
}

/// The part of the envelope that all events have. Whatever is odd in here is as good as absent.
#[derive(Deserialize)]
struct Envelope {
    event: String,
    #[serde(default)]
    data: Value,
    #[serde(rename = "traceId", default)]
    trace_id: Value,
}

#[derive(Deserialize)]
struct Body<T> {
    data: T,
}

#[derive(Deserialize)]
struct About {
    #[serde(rename = "refId", default, deserialize_with = "wire::id")]
    ref_id: Option<String>,
}

/// Reads an event whose sender is known.
///
/// # Errors
///
/// [`Illegible`] where it is not JSON, or an event that we act upon has not the shape that it
/// should. The same body fails again; keep it and have somebody look.
pub fn parse_event(body: Verified<'_>) -> Result<Event, Illegible> {
    let body = body.bytes();
    let envelope: Envelope = read_json_object(body)?;
    let trace_id = envelope.trace_id.as_str().filter(|id| id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let kind = match envelope.event.as_str() {
        _ if envelope.data.is_null() => EventKind::Unknown(name(&envelope.event)),
        "BILL_FETCH" => {
            let ref_id = read_json::<Body<About>>(body)?.data.ref_id.ok_or_else(|| shape("data.refId"))?;
            let fetch = read_json::<Body<FetchOnTheWire>>(body)?.data.try_into().map_err(shape)?;
            EventKind::Fetch { ref_id, fetch }
        }
        "BILL_PAY" => {
            let payment = read_json::<Body<PaymentOnTheWire>>(body)?.data.try_into().map_err(shape)?;
            EventKind::Payment(Box::new(payment))
        }
        "BILL_DISPUTE" => EventKind::Complaint(Box::new(read_json::<Body<Complaint>>(body)?.data)),
        other => EventKind::Unknown(name(other)),
    };
    Ok(Event { trace_id: trace_id.map(str::to_owned), kind })
}

fn name(event: &str) -> String {
    event.chars().filter(char::is_ascii_graphic).take(60).collect()
}

fn shape(path: &str) -> Illegible {
    Illegible::WrongShape { path: path.to_owned() }
}

#[cfg(test)]
mod tests {
    use hmac::{Hmac, KeyInit, Mac};
    use serde_json::json;
    use sha2::Sha256;

    use super::*;
    use crate::bills::{ComplaintStatus, PaymentStatus, Theirs};
    use crate::secret::Secret;
    use crate::signature::{Secrets, SignatureRefused, verify};

    fn secrets() -> Secrets {
        Secrets::only(Secret::new("webhook secret").unwrap())
    }

    fn signature(body: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(b"webhook secret").unwrap();
        mac.update(body.as_bytes());
        hex::encode(mac.finalize().into_bytes())
    }

    /// Signs, verifies and reads, as a delivery would be.
    fn parse(body: &Value) -> Result<Event, Illegible> {
        let body = body.to_string();
        parse_event(verify(body.as_bytes(), &signature(&body), &secrets()).unwrap())
    }

    fn paid(status: &str) -> Value {
        json!({"event": "BILL_PAY", "timeStamp": "2026-10-20T01:31:00+05:30", "traceId": "C3SFG0O6N88R6UI7EQ", "data": {
            "refId": "D4FBHNBFTPVUIF7U2L30zNfa44153241214", "status": status, "billerRefId": "AB12\u{202e}3456",
            "transactionId": "AS015324121535B9bN8t", "billerId": "INDI00000NATT5",
            "paymentDetails": {"mode": "Wallet", "paymentRefId": "bill_01J9ZK3N4", "amount": 87_150, "timestamp": "2026-10-20T01:30:00+05:30"}}})
    }

    #[test]
    fn a_payment_that_came_back_is_told_as_such() {
        let event = parse(&paid("Credit_Adjustment")).unwrap();
        assert_eq!(event.trace_id.as_deref(), Some("C3SFG0O6N88R6UI7EQ"));
        let EventKind::Payment(payment) = event.kind else { panic!() };
        assert_eq!((payment.status, payment.amount_paise), (PaymentStatus::Reversed, Some(87_150)));
        assert_eq!(payment.reference.as_deref(), Some("bill_01J9ZK3N4"));
        assert_eq!(payment.biller_ref.as_ref().map(Theirs::as_str), Some("AB123456"));
    }

    #[test]
    fn a_fetched_bill_and_a_complaint_are_told() {
        let bill = json!({"event": "BILL_FETCH", "data": {"refId": "CJLJBQK91PA0FD9MPMK0W75BD9M32391709", "status": "Success",
            "exactness": "Exact", "bill": {"amount": 60_500, "billDate": "2023-06-02", "customerName": "Elijah White", "dueDate": "2023-06-02"}}});
        let EventKind::Fetch { ref_id, fetch: Fetch::Ready(fetched) } = parse(&bill).unwrap().kind else { panic!() };
        assert_eq!((ref_id, fetched.bill.unwrap().amount_paise()), ("CJLJBQK91PA0FD9MPMK0W75BD9M32391709".to_owned(), 60_500));
        let dispute = json!({"event": "BILL_DISPUTE", "data": {"refId": "JPMRPBOGGDTP1EFRZVXVESQVQIS10461642", "disputeId": "OP0121046567755",
            "status": "RESOLVED", "assignedTo": "AX39", "remarks": "Resolved in favour of customer"}});
        let EventKind::Complaint(complaint) = parse(&dispute).unwrap().kind else { panic!() };
        assert_eq!(complaint.status, Some(ComplaintStatus::Resolved));
    }

    #[test]
    fn a_body_that_was_altered_is_not_believed() {
        let body = paid("Success").to_string();
        let signature = signature(&body);
        let altered = body.replace("Success", "Failure");
        assert_eq!(verify(altered.as_bytes(), &signature, &secrets()), Err(SignatureRefused::Wrong));
        assert_eq!(verify(body.as_bytes(), "", &secrets()), Err(SignatureRefused::Malformed));
    }

    #[test]
    fn an_event_that_we_do_not_act_upon_is_no_error() {
        for event in ["BILLER_UPDATES", "SKIP_PAYMENT", "", "SOMETHING_NEW"] {
            let event_kind = parse(&json!({"event": event, "data": [{"ID": 1}]})).unwrap().kind;
            assert_eq!(event_kind, EventKind::Unknown(event.to_owned()));
        }
        let failed = json!({"event": "BILL_FETCH", "error": {"Code": "x", "Message": "y"}});
        assert_eq!(parse(&failed).unwrap().kind, EventKind::Unknown("BILL_FETCH".to_owned()));
        let EventKind::Unknown(name) = parse(&json!({"event": "x\u{202e}".repeat(1000)})).unwrap().kind else { panic!() };
        assert_eq!(name, "x".repeat(60));
    }

    #[test]
    fn a_wrong_shape_is_named_by_its_place() {
        for (pointer, value) in [
            ("/data/refId", json!("a b")),
            ("/data/status", json!(1)),
            ("/data/paymentDetails/amount", json!("871.50")),
            ("/data/paymentDetails/amount", json!(-1)),
            ("/data", json!([])),
            ("/event", json!(null)),
        ] {
            let mut body = paid("Success");
            *body.pointer_mut(pointer).unwrap() = value;
            let Err(Illegible::WrongShape { path }) = parse(&body) else { panic!("{pointer}") };
            assert!(!path.is_empty());
        }
        assert!(parse(&json!([])).is_err());
    }
}
