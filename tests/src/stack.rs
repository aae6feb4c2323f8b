//! Where the running stack is: `.local/stack.json`.

use anyhow::{Context, Result, bail, ensure};
use reqwest::{RequestBuilder, StatusCode};
use serde_json::Value;
use std::path::Path;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Calls of the API that are under way at once, of all tests of a run. Each further one would have the local
/// cloud start one more process of the function, and a hundred of them starting stand in each other's way for
/// longer than a function may run. Enough still for every race.
static UNDER_WAY: Semaphore = Semaphore::const_new(16);

/// Waits until it is a call's turn.
pub async fn turn() -> Result<SemaphorePermit<'static>> {
    Ok(UNDER_WAY.acquire().await?)
}

#[derive(Debug, Clone)]
pub struct Stack {
    pub api_url: String,
    pub ws_url: String,
    pub sandbox_url: String,
    pub aws_url: String,
    pub http: reqwest::Client,
}

impl Stack {
    /// Reads the file that `scripts/up` writes.
    pub fn open(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("{} is missing: run ./scripts/up first", path.display()))?;
        let stack: Value = serde_json::from_str(&text)?;
        let field = |name: &str| stack[name].as_str().map(str::to_owned).with_context(|| format!("{name} is not in {}", path.display()));
        Ok(Self {
            api_url: field("api_url")?,
            ws_url: field("ws_url")?,
            sandbox_url: field("sandbox_url")?,
            aws_url: field("aws_endpoint_url")?,
            http: reqwest::Client::new(),
        })
    }

    /// Sends a call of the API when it is its turn, and reads its answer.
    pub async fn call(&self, request: RequestBuilder) -> Result<(StatusCode, String)> {
        let _turn = turn().await?;
        let answer = request.send().await?;
        let status = answer.status();
        Ok((status, answer.text().await?))
    }

    /// A call to the sandbox, or to another service beside the API, that must succeed.
    pub async fn post(&self, url: String, body: Value) -> Result<Value> {
        let (status, text) = self.call(self.http.post(&url).json(&body)).await?;
        if !status.is_success() {
            bail!("POST {url} answered {status}: {text}");
        }
        Ok(serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    pub async fn get(&self, url: String) -> Result<Value> {
        let answer = self.http.get(&url).send().await?;
        let status = answer.status();
        if !status.is_success() {
            bail!("GET {url} answered {status}");
        }
        Ok(answer.json().await?)
    }

    /// A customer pays an order by UPI.
    pub async fn pay(&self, order_id: &str) -> Result<Value> {
        self.post(format!("{}/customer/pay", self.sandbox_url), serde_json::json!({ "order_id": order_id })).await
    }

    /// Invokes a function, as its schedule does.
    pub async fn invoke(&self, function: &str) -> Result<()> {
        let url = format!("{}/2015-03-31/functions/kamai-{function}/invocations", self.aws_url);
        let authorization = "AWS4-HMAC-SHA256 Credential=test/20261121/ap-south-1/lambda/aws4_request, SignedHeaders=host, Signature=0";
        let answer = self.http.post(url).header("authorization", authorization).body("{}").send().await?;
        let failed = answer.headers().get("x-amz-function-error").cloned();
        let (status, text) = (answer.status(), answer.text().await?);
        ensure!(status.is_success() && failed.is_none(), "{function} answered {status}: {text}");
        Ok(())
    }
}
