//! Every deployed function takes its recorded event and answers, whatever the answer is worth.

use crate::stack;
use anyhow::{Context, Result};
use serde_json::Value;

#[tokio::test]
async fn every_function_starts_and_answers_its_recorded_event() -> Result<()> {
    let stack = stack()?;
    let mut answered = 0;
    for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../events"))? {
        let path = file?.path();
        let name = path.file_stem().and_then(|name| name.to_str()).context("no name")?.to_owned();
        let event = std::fs::read_to_string(&path)?;
        let url = format!("{}/2015-03-31/functions/kamai-{name}/invocations", stack.aws_url);
        let reply = stack.http.post(url).body(event).send().await?;
        let crashed = reply.headers().contains_key("x-amz-function-error");
        let (status, text) = (reply.status(), reply.text().await?);
        assert!(status.is_success() && !crashed, "{name} answered {status}: {text}");
        let answer: Value = serde_json::from_str(&text).unwrap_or_default();
        assert!(answer["statusCode"].as_u64().is_none_or(|status| status < 500), "{name} answered {text}");
        answered += 1;
    }
    assert!(answered > 30, "only {answered} events were found");
    Ok(())
}
