//! The live checks on the running stack: made now instead of in an hour.

use crate::{stack, staff, until, worker_with};
use anyhow::{Result, ensure};
use serde_json::Value;

#[tokio::test]
async fn the_float_is_looked_at_and_covers_what_users_are_owed() -> Result<()> {
    let (stack, staff) = (stack()?, staff().await?);
    worker_with(25_000).await?;
    stack.invoke("schedules-check-float").await?;
    let ledger = staff.get("/v1/ops/ledger").await?;
    let float = &ledger["float"];
    ensure!(float["owed_amount"].as_i64() >= Some(25_000), "{ledger}");
    ensure!(float["at_provider_amount"].as_i64() > Some(0) && float["shortfall_amount"] == 0, "{ledger}");
    Ok(())
}

#[tokio::test]
async fn days_are_compared_and_support_reads_the_reports() -> Result<()> {
    let (stack, staff) = (stack()?, staff().await?);
    stack.invoke("schedules-reconcile-day").await?;
    until("there are reports", async || {
        Ok(staff.get("/v1/ops/reconciliation").await?["items"].as_array().is_some_and(|items| items.len() == 6))
    })
    .await?;
    let list = staff.get("/v1/ops/reconciliation?limit=1").await?;
    let day = list["items"][0]["day"].as_str().unwrap_or_default().to_owned();
    let report = staff.get(&format!("/v1/ops/reconciliation/{day}")).await?;
    ensure!(report["day"] == day.as_str() && report["differences"].is_array() && list["next_cursor"] != Value::Null, "{report}");
    let (status, _) = staff.call(reqwest::Method::GET, "/v1/ops/reconciliation/2020-01-01", None, None).await?;
    ensure!(status == 404, "{status}");
    let worker = worker_with(0).await?;
    let (status, _) = worker.call(reqwest::Method::GET, "/v1/ops/reconciliation", None, None).await?;
    ensure!(status == 403, "{status}");
    Ok(())
}
