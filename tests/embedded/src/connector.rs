//! The SDK's way to the network, ending in the database.

use crate::{
    meter::{Meter, What},
    operations::{self, Tokens},
};
use aws_smithy_runtime_api::client::{
    http::{HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector},
    orchestrator::{HttpRequest, HttpResponse},
    result::ConnectorError,
    runtime_components::RuntimeComponents,
};
use aws_smithy_types::body::SdkBody;
use dynoxide::Database;
use std::{fmt, sync::Arc, time::Instant};

#[derive(Clone)]
pub(crate) struct Embedded {
    database: Database,
    meter: Option<Arc<Meter>>,
}

impl Embedded {
    pub(crate) fn new(database: Database, meter: Option<Arc<Meter>>) -> Self {
        Self { database, meter }
    }

    fn answer(&self, request: &HttpRequest) -> Result<HttpResponse, String> {
        let target = request.headers().get("x-amz-target").ok_or("the request names no operation")?;
        let operation = target.rsplit('.').next().unwrap_or(target);
        let body = request.body().bytes().ok_or("the request's body is a stream")?;
        let (status, body) = match self.run(operation, body) {
            Ok(body) => (200, body),
            Err(operations::Failed::Refused(error)) => (error.status_code(), error.to_json().into_bytes()),
            Err(operations::Failed::NotUnderstood(why)) => return Err(format!("{operation}: {why}")),
        };
        let status = status.try_into().map_err(|_| format!("{operation}: status {status}"))?;
        Ok(HttpResponse::new(status, SdkBody::from(body)))
    }

    fn run(&self, operation: &str, body: &[u8]) -> Result<Vec<u8>, operations::Failed> {
        let Some(meter) = &self.meter else { return operations::run(&self.database, operation, body, Tokens::Kept) };
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
        HttpConnectorFuture::new(async move {
            tokio::task::yield_now().await;
            let answer = embedded.answer(&request).map_err(|why| ConnectorError::user(why.into()))?;
            tokio::task::yield_now().await;
            Ok(answer)
        })
    }
}
