//! The SDK's way to the network, ending in the database.

use crate::{
    between::{Asked, Between, Passage, Return, Target, Written, is_write, targets},
    meter::{Meter, What},
    operations::{self, Tokens},
    partly::halve,
};
use aws_smithy_runtime_api::client::{
    http::{HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector},
    orchestrator::{HttpRequest, HttpResponse},
    result::ConnectorError,
    runtime_components::RuntimeComponents,
};
use aws_smithy_types::body::SdkBody;
use dynoxide::Database;
use serde_json::{Value, json};
use std::{fmt, sync::Arc, time::Instant};

/// Who watches the requests, or stands in their way.
#[derive(Clone)]
pub(crate) enum Watch {
    Nobody,
    Meter(Arc<Meter>),
    Between(Arc<dyn Between>),
}

#[derive(Clone)]
pub(crate) struct Embedded {
    database: Database,
    watch: Watch,
}

impl Embedded {
    pub(crate) fn new(database: Database, watch: Watch) -> Self {
        Self { database, watch }
    }

    async fn answer(&self, request: &HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let target = request.headers().get("x-amz-target").ok_or_else(|| wrong("the request names no operation"))?;
        let operation = target.rsplit('.').next().unwrap_or(target);
        let body = request.body().bytes().ok_or_else(|| wrong("the request's body is a stream"))?;
        if let Watch::Between(between) = &self.watch {
            return self.pass(between.as_ref(), operation, body).await;
        }
        tokio::task::yield_now().await;
        let answer = response(operation, self.run(operation, body))?;
        tokio::task::yield_now().await;
        Ok(answer)
    }

    fn run(&self, operation: &str, body: &[u8]) -> Result<Vec<u8>, operations::Failed> {
        let Watch::Meter(meter) = &self.watch else { return operations::run(&self.database, operation, body, Tokens::Kept) };
        match meter.what {
            What::Units => {
                let answer = operations::run(&self.database, operation, &Meter::asking(body)?, Tokens::Kept)?;
                meter.count(operation, &answer);
                Ok(answer)
            }
            What::Time => {
                let begun = Instant::now();
                let answer = operations::run(&self.database, operation, body, Tokens::Forgotten);
                meter.took(begun.elapsed());
                answer
            }
        }
    }

    async fn pass(&self, between: &dyn Between, operation: &str, raw: &[u8]) -> Result<HttpResponse, ConnectorError> {
        let body = if is_write(operation) { Some(serde_json::from_slice(raw).map_err(|error| wrong(error.to_string()))?) } else { None };
        let asked = Asked { operation: operation.to_owned(), body };
        let mut left = None;
        let (body, raw) = match between.going(&asked).await {
            Passage::Through => (asked.body, raw.to_vec()),
            Passage::Altered(body) => {
                let raw = body.to_string().into_bytes();
                (Some(body), raw)
            }
            Passage::Partly => match halve(operation, serde_json::from_slice(raw).map_err(|error| wrong(error.to_string()))?) {
                Some((first, name, rest)) => {
                    left = Some((name, rest));
                    let raw = first.to_string().into_bytes();
                    (asked.body.map(|_| first), raw)
                }
                None => (asked.body, raw.to_vec()),
            },
            Passage::Lost => return Err(lost()),
            Passage::Refused { error, mut body } => {
                body.insert("__type".to_owned(), format!("com.amazonaws.dynamodb.v20120810#{error}").into());
                return Ok(HttpResponse::new(status(400)?, SdkBody::from(Value::Object(body).to_string())));
            }
        };
        let mut answer = self.carry_out(between, operation, body.as_ref(), &raw);
        if let (Ok(told), Some((name, rest))) = (&mut answer, left) {
            let mut whole: Value = serde_json::from_slice(told).map_err(|error| wrong(error.to_string()))?;
            whole[name] = rest;
            *told = whole.to_string().into_bytes();
        }
        let well = answer.is_ok();
        let answer = response(operation, answer)?;
        match between.coming(operation, well).await {
            Return::Arrives => Ok(answer),
            Return::Lost => Err(lost()),
        }
    }

    /// Carries a request out and tells what it wrote, at one moment.
    fn carry_out(&self, between: &dyn Between, operation: &str, body: Option<&Value>, raw: &[u8]) -> Result<Vec<u8>, operations::Failed> {
        let targets = body.map(|body| targets(operation, body)).unwrap_or_default();
        let before: Vec<Option<Value>> = targets.iter().map(|target| self.row(&target.table, &target.keys)).collect();
        let answer = operations::run(&self.database, operation, raw, Tokens::Kept)?;
        if operation == "TransactWriteItems" && self.is_repeated(&targets, &before) {
            return Ok(answer);
        }
        let rows = targets.into_iter().zip(before).map(|(Target { table, keys, new }, old)| {
            let new = new.or_else(|| self.row(&table, &keys));
            Written { table, keys, old, new }
        });
        let rows: Vec<Written> = rows.filter(|row| row.old != row.new).collect();
        if !rows.is_empty() {
            between.written(rows);
        }
        Ok(answer)
    }

    /// A transaction that is repeated under its token is answered as the first time and writes
    /// nothing: its first row has moved on, or some row was before what it is to be.
    fn is_repeated(&self, targets: &[Target], before: &[Option<Value>]) -> bool {
        let first = targets.iter().find(|target| target.new.is_some());
        let moved_on = first.is_some_and(|target| self.row(&target.table, &target.keys) != target.new);
        moved_on || targets.iter().zip(before).any(|(target, old)| target.new.is_some() && *old == target.new)
    }

    fn row(&self, table: &str, keys: &Value) -> Option<Value> {
        let asked = json!({ "TableName": table, "Key": keys, "ConsistentRead": true }).to_string();
        let answer = operations::run(&self.database, "GetItem", asked.as_bytes(), Tokens::Kept).ok()?;
        let mut answer: Value = serde_json::from_slice(&answer).ok()?;
        Some(answer["Item"].take()).filter(|item| !item.is_null())
    }
}

fn wrong(why: impl Into<String>) -> ConnectorError {
    ConnectorError::user(why.into().into())
}

fn lost() -> ConnectorError {
    ConnectorError::timeout("no answer in time".into())
}

fn status(status: u16) -> Result<aws_smithy_runtime_api::http::StatusCode, ConnectorError> {
    status.try_into().map_err(|_| wrong(format!("status {status}")))
}

fn response(operation: &str, answer: Result<Vec<u8>, operations::Failed>) -> Result<HttpResponse, ConnectorError> {
    match answer {
        Ok(body) => Ok(HttpResponse::new(status(200)?, SdkBody::from(body))),
        Err(operations::Failed::Refused(error)) => Ok(HttpResponse::new(status(error.status_code())?, SdkBody::from(error.to_json()))),
        Err(operations::Failed::NotUnderstood(why)) => Err(wrong(format!("{operation}: {why}"))),
    }
}

impl fmt::Debug for Embedded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Embedded")
    }
}

impl HttpClient for Embedded {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Embedded {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let embedded = self.clone();
        HttpConnectorFuture::new(async move { embedded.answer(&request).await })
    }
}
