//! Whatever the other journeys did: the ledger adds up, and every statement verifies by itself.

use crate::{stack, staff, until, worker_with};
use anyhow::Result;
use serde_json::json;
use sha2::Digest;

#[tokio::test]
async fn i1_the_ledger_adds_up_to_zero() -> Result<()> {
    let (stack, _) = (stack()?, worker_with(12_345).await?);
    let staff = staff().await?;
    let check = format!("{}/2015-03-31/functions/kamai-schedules-check-ledger/invocations", stack.aws_url);
    // Other journeys move money meanwhile; at a quiet moment there is no difference.
    until("the ledger balances", async || {
        stack.post(check.clone(), json!({})).await?;
        let ledger = staff.get("/v1/ops/ledger").await?;
        assert_eq!(ledger["last_check"]["findings"], json!([]), "{ledger}");
        Ok(ledger["last_check"]["balanced"] == true)
    })
    .await
}

#[tokio::test]
async fn i8_a_statement_verifies_away_from_the_server() -> Result<()> {
    let worker = worker_with(12_345).await?;
    let account = worker.get("/v1/wallet").await?["account_id"].as_str().unwrap_or_default().to_owned();
    let statement = worker.get("/v1/wallet/statement").await?;
    let mut prev = "0".repeat(64);
    for entry in statement["items"].as_array().into_iter().flatten().rev() {
        let text = |name: &str| entry[name].as_str().map_or_else(|| entry[name].to_string(), str::to_owned);
        assert_eq!(text("prev_hash"), prev);
        let fields = ["number", "transaction_id", "amount", "counterparty", "reason", "balance_after", "at"].map(text).join("\n");
        prev = sha256_hex(format!("{prev}\n{account}\n{fields}").as_bytes());
        assert_eq!(text("hash"), prev, "{entry}");
    }
    assert_ne!(prev, "0".repeat(64), "the statement is empty");
    Ok(())
}

fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(sha2::Sha256::digest(bytes))
}
