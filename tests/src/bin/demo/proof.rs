//! That nothing was counted twice, and that it all adds up.

use crate::{STAFF, Timeline, rupees};
use anyhow::{Result, ensure};
use serde_json::json;
use tests::{stack::Stack, worker::Worker};

/// Sends every webhook of this stack so far once more.
pub async fn heard_again(stack: &Stack, asha: &Worker, time: &mut Timeline) -> Result<()> {
    let before = asha.get("/v1/wallet").await?;
    let sent = stack.get(format!("{}/webhooks/sent", stack.sandbox_url)).await?;
    let ids: Vec<&str> = sent["items"].as_array().into_iter().flatten().filter_map(|item| item["event_id"].as_str()).collect();
    for id in &ids {
        stack.post(format!("{}/webhooks/resend/{id}", stack.sandbox_url), json!({})).await?;
    }
    tokio::time::sleep(std::time::Duration::from_millis(700)).await;
    let after = asha.get("/v1/wallet").await?;
    ensure!(before == after, "a webhook that came twice counted twice: {before} became {after}");
    time.seen("Razorpay", format!("delivers all {} webhooks once more: nothing changes", ids.len()));
    Ok(())
}

pub async fn balanced(stack: &Stack, time: &mut Timeline) -> Result<()> {
    let staff = Worker::log_in_patiently(stack, STAFF).await?;
    // Its own schedule would run it within five minutes; a second time does no harm.
    if stack.invoke("schedules-check-ledger").await.is_err() {
        stack.invoke("schedules-check-ledger").await?;
    }
    let ledger = staff.get("/v1/ops/ledger").await?;
    let check = &ledger["last_check"];
    ensure!(check["balanced"] == true, "the ledger does not balance: {ledger}");
    time.seen(
        "ledger",
        format!(
            "balances: {} accounts, {} entries; users {} + platform {} = ₹0.00",
            check["accounts"],
            check["entries"],
            rupees(&check["users_amount"]),
            domain::money::Rupees(-check["users_amount"].as_i64().unwrap_or_default())
        ),
    );
    for (account, amount) in ledger["system"].as_object().into_iter().flatten().filter(|(_, amount)| *amount != 0) {
        println!("{:>34} {:<22} {:>14}", "", account, rupees(amount));
    }
    Ok(())
}
