//! A function's binary, as Lambda runs it.

use crate::runtime_api::RuntimeApi;
use anyhow::{Context, bail};
use bench::resident;
use serde_json::Value;
use std::{
    path::PathBuf,
    process::Stdio,
    time::{Duration, Instant},
};
use tokio::process::{Child, Command};

/// Where the binaries are, and what every function is told.
#[derive(Clone)]
pub struct Host {
    pub folder: PathBuf,
    pub env: Vec<(String, String)>,
}

pub struct Process {
    child: Child,
    api: RuntimeApi,
    /// From the start of the process until it asked for its first event.
    pub cold: Duration,
}

impl Host {
    pub fn binary(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub async fn start(&self, name: &str) -> anyhow::Result<Process> {
        let mut api = RuntimeApi::start(Duration::from_secs(30)).await?;
        let started = Instant::now();
        let child = Command::new(self.binary(name))
            .env_clear()
            .envs(self.env.iter().cloned())
            .env("AWS_LAMBDA_RUNTIME_API", api.address.to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", name)
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{name} cannot be run"))?;
        let cold = api.polled().await.with_context(|| name.to_owned())? - started;
        Ok(Process { child, api, cold })
    }
}

impl Process {
    /// The answer to an event, and how long it took.
    pub async fn invoke(&mut self, event: &Value) -> anyhow::Result<(Value, Duration)> {
        let event = event.to_string();
        let begun = Instant::now();
        let answer = self.api.invoke(event).await?;
        let took = answer.at - begun;
        match answer.outcome {
            Ok(body) => Ok((serde_json::from_slice(&body)?, took)),
            Err(error) => bail!("the invocation failed: {error}"),
        }
    }

    /// Memory that is in RAM, in bytes; `None` where the system does not tell.
    pub fn resident_bytes(&self) -> Option<u64> {
        resident::bytes(&self.child.id()?.to_string())
    }
}
