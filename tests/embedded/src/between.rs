//! What may stand between a client and its table: delays, refusals, lost answers; and whoever
//! wants to know what was written.

use serde_json::{Map, Value};
use std::{future::Future, pin::Pin};

pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A request on its way.
#[derive(Debug, Clone)]
pub struct Asked {
    /// As DynamoDB calls it: `TransactWriteItems`.
    pub operation: String,
    /// DynamoDB's JSON, of a request that writes; of others nobody wants to know.
    pub body: Option<Value>,
}

/// What becomes of a request before the table sees it.
#[derive(Debug, Clone)]
pub enum Passage {
    /// It is carried out as it was asked.
    Through,
    /// It is carried out as it was altered on the way.
    Altered(Value),
    /// The service refuses it: an error's name, such as `ThrottlingException`, and what else its
    /// body holds.
    Refused { error: &'static str, body: Map<String, Value> },
    /// Half of a batch is carried out, and the rest told as unprocessed.
    Partly,
    /// It never arrives.
    Lost,
}

/// What becomes of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Return {
    Arrives,
    Lost,
}

/// One row that a request wrote, in DynamoDB's JSON.
#[derive(Debug, Clone)]
pub struct Written {
    pub table: String,
    pub keys: Value,
    pub old: Option<Value>,
    pub new: Option<Value>,
}

pub trait Between: Send + Sync {
    fn going<'a>(&'a self, asked: &'a Asked) -> Pending<'a, Passage>;
    /// At the moment at which the rows were written; nothing happens in between.
    fn written(&self, rows: Vec<Written>);
    /// `well` is false where the table refused.
    fn coming<'a>(&'a self, operation: &'a str, well: bool) -> Pending<'a, Return>;
}

/// One row that a request would write.
pub(crate) struct Target {
    pub table: String,
    pub keys: Value,
    /// What it will be, where the request says so.
    pub new: Option<Value>,
}

pub(crate) fn is_write(operation: &str) -> bool {
    matches!(operation, "PutItem" | "UpdateItem" | "DeleteItem" | "TransactWriteItems" | "BatchWriteItem")
}

/// The rows that a request would write.
pub(crate) fn targets(operation: &str, body: &Value) -> Vec<Target> {
    match operation {
        "PutItem" => put(body["TableName"].as_str(), &body["Item"]).into_iter().collect(),
        "UpdateItem" | "DeleteItem" => other(body["TableName"].as_str(), &body["Key"]).into_iter().collect(),
        "TransactWriteItems" => {
            let parts = body["TransactItems"].as_array().into_iter().flatten();
            let target = |part: &Value| match (part.get("Put"), part.get("Update").or(part.get("Delete"))) {
                (Some(part), _) => put(part["TableName"].as_str(), &part["Item"]),
                (None, Some(part)) => other(part["TableName"].as_str(), &part["Key"]),
                (None, None) => None,
            };
            parts.filter_map(target).collect()
        }
        "BatchWriteItem" => {
            let tables = body["RequestItems"].as_object().into_iter().flatten();
            let parts = tables.flat_map(|(table, parts)| parts.as_array().into_iter().flatten().map(move |part| (table, part)));
            let target = |(table, part): (&String, &Value)| match part.get("PutRequest") {
                Some(part) => put(Some(table), &part["Item"]),
                None => other(Some(table), &part["DeleteRequest"]["Key"]),
            };
            parts.filter_map(target).collect()
        }
        _ => Vec::new(),
    }
}

fn put(table: Option<&str>, item: &Value) -> Option<Target> {
    let keys = serde_json::json!({ "pk": item["pk"], "sk": item["sk"] });
    Some(Target { table: table?.to_owned(), keys, new: Some(item.clone()) })
}

fn other(table: Option<&str>, keys: &Value) -> Option<Target> {
    Some(Target { table: table?.to_owned(), keys: keys.clone(), new: None })
}
