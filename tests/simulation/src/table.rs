//! Between functions and the table.

use crate::{cloud::Cloud, points, weather::Fault};
use embedded::{Asked, Between, Passage, Pending, Return, TABLES, Written};
use serde_json::{Map, Value, json};
use std::{sync::Arc, time::Duration};

/// After this long the SDK gives an attempt up, as functions set it up.
const ATTEMPT_MAX: Duration = Duration::from_secs(4);

pub struct Road(pub Arc<Cloud>);

impl Road {
    /// Whether a newer version of the program writes this: the same for each repetition of it, even
    /// where the weather has calmed down in between.
    fn is_newer(&self, body: &Value) -> bool {
        let Some(token) = body["ClientRequestToken"].as_str() else { return false };
        let drawn = token.bytes().fold(0u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())) % 1_000;
        let newer = f64::from(drawn) < 1_000.0 * self.0.weather.drawn(Fault::NewerVersion);
        if newer {
            self.0.weather.note("NewerVersion of rows");
        }
        newer
    }
}

impl Between for Road {
    fn going<'a>(&'a self, asked: &'a Asked) -> Pending<'a, Passage> {
        Box::pin(async move {
            let cloud = &self.0;
            points::pass(&format!("before {}", asked.operation)).await;
            cloud.leg().await;
            let strikes = |fault| cloud.weather.strikes(fault, &cloud.fate);
            if strikes(Fault::RequestLost) {
                tokio::time::sleep(ATTEMPT_MAX).await;
                return Passage::Lost;
            }
            if strikes(Fault::Throttled) {
                return throttled(asked);
            }
            // Only where there are transactions at all.
            let may_meet = asked.body.as_ref().is_some_and(|body| body["TableName"] != TABLES.1);
            if may_meet && strikes(Fault::Conflict) {
                return conflict(asked);
            }
            if asked.operation.starts_with("Batch") && strikes(Fault::Partly) {
                return Passage::Partly;
            }
            match &asked.body {
                Some(body) if self.is_newer(body) => Passage::Altered(newer(body)),
                _ => Passage::Through,
            }
        })
    }

    fn written(&self, rows: Vec<Written>) {
        for row in &rows {
            if row.table == TABLES.0 {
                self.0.stream.append(row);
            }
        }
        self.0.watch.written(&rows, &self.0.journal);
    }

    fn coming<'a>(&'a self, operation: &'a str, _well: bool) -> Pending<'a, Return> {
        Box::pin(async move {
            let cloud = &self.0;
            points::pass(&format!("after {operation}")).await;
            cloud.leg().await;
            if cloud.weather.strikes(Fault::AnswerLost, &cloud.fate) {
                tokio::time::sleep(ATTEMPT_MAX).await;
                return Return::Lost;
            }
            Return::Arrives
        })
    }
}

fn throttled(asked: &Asked) -> Passage {
    match reasons(asked, "ThrottlingError") {
        Some(body) => Passage::Refused { error: "TransactionCanceledException", body },
        None => Passage::Refused { error: "ProvisionedThroughputExceededException", body: message() },
    }
}

fn conflict(asked: &Asked) -> Passage {
    match reasons(asked, "TransactionConflict") {
        Some(body) => Passage::Refused { error: "TransactionCanceledException", body },
        None => Passage::Refused { error: "TransactionConflictException", body: message() },
    }
}

fn message() -> Map<String, Value> {
    Map::from_iter([("message".to_owned(), "as it was drawn".into())])
}

/// The reasons of a cancelled transaction: this one for its first row, none for the others.
fn reasons(asked: &Asked, code: &str) -> Option<Map<String, Value>> {
    let rows = asked.body.as_ref()?.get("TransactItems")?.as_array()?.len();
    let reasons: Vec<Value> =
        (0..rows).map(|row| if row == 0 { json!({ "Code": code, "Message": "drawn" }) } else { json!({ "Code": "None" }) }).collect();
    let mut body = message();
    body.insert("CancellationReasons".to_owned(), reasons.into());
    Some(body)
}

/// Rows as a later version of the program writes them: with an attribute that this one does not know.
fn newer(request: &Value) -> Value {
    let mut request = request.clone();
    let parts = request.get_mut("TransactItems").and_then(Value::as_array_mut);
    for put in parts.into_iter().flatten().filter_map(|part| part.get_mut("Put")) {
        put["Item"]["since_a_later_version"] = json!({ "BOOL": true });
    }
    request
}
