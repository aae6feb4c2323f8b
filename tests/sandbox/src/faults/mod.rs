//! Misbehaviour on request.
//!
//! `POST /faults` sets one, for one provider. It lasts until it has struck `times` times, until
//! `for_ms` have passed, or until it is deleted; with both, whichever comes first. `probability`
//! (1 unless given) is drawn for each occasion; an occasion that is spared does not count. `about`
//! narrows a fault down to requests, or events, whose body holds that text.
//!
//! Faults of requests. `path` (a prefix) and `method` narrow them down. One strikes a request: the
//! first that was set and fits.
//!
//! | fault | what happens |
//! |---|---|
//! | `timeout` | nothing is done; the connection stays open for `delay_ms` (30 s), then 504 |
//! | `timeout_after_success` | the request is carried out, then as above |
//! | `error_5xx` | nothing is done; 500 in the provider's shape |
//! | `error_5xx_after_success` | the request is carried out; 500 in the provider's shape |
//! | `success_without_effect` | the answer a success would have had; nothing is done |
//! | `throttle` | nothing is done; 429 in the provider's shape |
//! | `downtime` | nothing is done; 503 from an edge that speaks HTML. No webhook leaves while it lasts; they leave afterwards |
//!
//! Of `ses` a request is a mail, its `path` the recipient's address. `error_5xx` is a 451 there,
//! `throttle` a 454, `downtime` a 421, and after a `timeout` the connection ends.
//!
//! "Carried out" means what it always means: a request that breaks a rule is refused, unseen.
//!
//! Faults of webhooks, of every provider that sends any: not `sms`, `fcm`, `webpush`, `groq`, `demobank`, `uber`
//! and `feed`. `event` (a
//! prefix of the event's name) narrows them down. They combine.
//!
//! | fault | what happens | one "time" is |
//! |---|---|---|
//! | `duplicate_webhooks` | sent `copies` times (2), same event id, `delay_ms` (0) apart | an event |
//! | `reorder_webhooks` | events are held for `delay_ms` (300) from the first, then sent one by one, the last first | an event |
//! | `late_webhooks` | the first delivery waits `delay_ms` (5 s) | an event |
//! | `drop_webhooks` | never sent; `POST /webhooks/resend/{event_id}` still sends it | an event |
//! | `tampered_webhooks` | the amount, the message of SNS, or a space at the end is altered and the signature is not; a retry once the fault is over carries the true body | a delivery |
//! | `rotated_secret` | events are signed with `secret` (made up when not given, and returned); those already on their way keep their signature | an event |

pub mod http;
mod replies;
pub mod routes;
pub mod spec;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::ids;
use crate::provider::Provider;
pub use replies::down;
pub use spec::{Kind, Spec};

#[derive(Default)]
pub struct Faults {
    set: Mutex<Vec<Fault>>,
}

struct Fault {
    id: String,
    spec: Spec,
    left: Option<u32>,
    until: Option<Instant>,
    struck: u64,
}

impl Fault {
    fn lasts(&self) -> bool {
        self.left != Some(0) && self.until.is_none_or(|until| Instant::now() < until)
    }

    fn strike(&mut self) -> Spec {
        self.struck += 1;
        self.left = self.left.map(|left| left.saturating_sub(1));
        self.spec.clone()
    }

    fn view(&self) -> Value {
        let mut view = serde_json::to_value(&self.spec).unwrap_or_default();
        view["id"] = json!(self.id);
        view["active"] = json!(self.lasts());
        view["struck"] = json!(self.struck);
        view["left"] = json!(self.left);
        view
    }
}

impl Faults {
    pub fn set(&self, spec: Spec) -> String {
        let id = ids::razorpay("fault");
        self.lock().push(Fault {
            id: id.clone(),
            left: spec.times,
            until: spec.for_ms.map(|ms| Instant::now() + Duration::from_millis(ms)),
            struck: 0,
            spec,
        });
        id
    }

    /// The fault that strikes this request, if one does.
    pub fn strike_request(&self, provider: Provider, method: &str, path: &str, body: &[u8]) -> Option<Spec> {
        self.strike(|spec| {
            spec.provider == provider
                && spec.kind.is_of_requests()
                && spec.is_about(body)
                && spec.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
                && spec.path.as_deref().is_none_or(|prefix| path.starts_with(prefix))
        })
    }

    /// The fault of this kind that strikes this event, if one does.
    pub fn strike_webhook(&self, provider: Provider, kind: Kind, event: &str, body: &[u8]) -> Option<Spec> {
        self.strike(|spec| {
            spec.provider == provider
                && spec.kind == kind
                && spec.is_about(body)
                && spec.event.as_deref().is_none_or(|prefix| event.starts_with(prefix))
        })
    }

    /// Whether the provider is down. Asking does not count as a strike.
    pub fn is_down(&self, provider: Provider) -> bool {
        self.lock().iter().any(|fault| fault.spec.provider == provider && fault.spec.kind == Kind::Downtime && fault.lasts())
    }

    pub fn list(&self) -> Vec<Value> {
        self.lock().iter().map(Fault::view).collect()
    }

    /// Whether there was one of that id.
    pub fn delete(&self, id: &str) -> bool {
        let mut set = self.lock();
        let before = set.len();
        set.retain(|fault| fault.id != id);
        set.len() < before
    }

    pub fn clear(&self) {
        self.lock().clear();
    }

    fn strike(&self, fits: impl Fn(&Spec) -> bool) -> Option<Spec> {
        self.lock()
            .iter_mut()
            .find(|fault| fault.lasts() && fits(&fault.spec) && fault.spec.probability.is_none_or(|chance| ids::fraction() < chance))
            .map(Fault::strike)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Fault>> {
        self.set.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(text: &str) -> Spec {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn a_fault_strikes_as_often_as_it_was_told_and_only_where() {
        let faults = Faults::default();
        faults.set(spec(r#"{"provider":"razorpayx","fault":"throttle","times":2,"path":"/v1/payouts","method":"post"}"#));
        let post = |path| faults.strike_request(Provider::Razorpayx, "POST", path, b"").is_some();
        assert!(!post("/v1/contacts"));
        assert!(faults.strike_request(Provider::Razorpayx, "GET", "/v1/payouts", b"").is_none());
        assert!(faults.strike_request(Provider::Razorpay, "POST", "/v1/payouts", b"").is_none());
        assert!(post("/v1/payouts"));
        assert!(post("/v1/payouts"));
        assert!(!post("/v1/payouts"), "it had two strikes");
    }

    #[test]
    fn a_fault_about_something_spares_the_rest() {
        let faults = Faults::default();
        faults.set(spec(r#"{"provider":"razorpay","fault":"drop_webhooks","about":"order_1"}"#));
        let dropped = |body: &[u8]| faults.strike_webhook(Provider::Razorpay, Kind::DropWebhooks, "payment.captured", body).is_some();
        assert!(!dropped(b"{}") && !dropped(b"order_2") && dropped(br#"{"order_id":"order_1"}"#));
    }

    #[test]
    fn a_fault_whose_time_is_over_does_not_strike() {
        let faults = Faults::default();
        faults.set(spec(r#"{"provider":"sms","fault":"downtime","for_ms":0}"#));
        assert!(!faults.is_down(Provider::Sms));
        assert!(faults.strike_request(Provider::Sms, "POST", "/sms/messages", b"").is_none());
    }
}
