//! An API Gateway HTTP API event, payload format 2.0, as far as we read it.
//!
//! Source: "Working with AWS Lambda proxy integrations for HTTP APIs" in the API Gateway guide.
//! The types are ours rather than a crate's: that one describes every event there is, and each
//! of our binaries would be linked against it.

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Event {
    /// `POST /v1/payouts/{id}`, or `$default`.
    #[serde(default)]
    pub route_key: String,
    #[serde(default)]
    pub raw_path: String,
    #[serde(default)]
    pub raw_query_string: String,
    /// Names in lower case; a header that came twice is one value, joined by commas.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    #[serde(default)]
    pub path_parameters: Option<BTreeMap<String, String>>,
    pub request_context: RequestContext,
    #[serde(default)]
    pub body: Option<String>,
    #[serde(default)]
    pub is_base64_encoded: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RequestContext {
    pub http: Http,
    #[serde(default)]
    pub request_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Http {
    pub method: String,
    /// The address that API Gateway saw; a forwarding header cannot change it.
    #[serde(default)]
    pub source_ip: String,
}
