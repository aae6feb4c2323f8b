//! What ties a message to the request and the fact that caused it.

use serde::{Deserialize, Serialize};

/// The message attribute of our queues that carries a [`Trace`], as JSON.
pub const ATTRIBUTE: &str = "trace";

/// Handed on from hop to hop, so that one search finds a request and all that came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// Of the request that began it all.
    pub request_id: String,
    /// Of the fact or webhook that this is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_id: Option<String>,
}

impl Trace {
    #[must_use]
    pub fn about(mut self, event_id: impl Into<String>) -> Self {
        self.event_id = Some(event_id.into());
        self
    }

    /// The value of the message attribute [`ATTRIBUTE`].
    pub fn to_attribute(&self) -> String {
        // Two strings: there is nothing in it that serde could refuse.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// An attribute that does not parse is no trace: a message is worked on all the same.
    pub fn from_attribute(value: &str) -> Option<Self> {
        serde_json::from_str(value).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Trace;

    #[test]
    fn a_trace_survives_a_hop() {
        let trace = Trace { request_id: "JKJaXmPLvHcESHA=".into(), event_id: None };
        assert_eq!(Trace::from_attribute(&trace.to_attribute()), Some(trace.clone()));
        let about = trace.about("evt_1");
        assert_eq!(about.to_attribute(), r#"{"request_id":"JKJaXmPLvHcESHA=","event_id":"evt_1"}"#);
    }

    #[test]
    fn an_older_or_newer_trace_is_read_and_nonsense_is_none() {
        let read = Trace::from_attribute(r#"{"request_id":"r","hop":3}"#);
        assert_eq!(read.unwrap().request_id, "r");
        assert_eq!(Trace::from_attribute("{"), None);
    }
}
