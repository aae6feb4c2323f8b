//! What is looked at on the walk, and what an operator does after looking.

use super::a_while;
use crate::people::{Town, Worker};
use anyhow::{Context, Result};
use functions::table::Queue;
use serde_json::{Value, json};
use store::FloatReport;

/// The first of a list, by its id.
fn first(page: &Value) -> String {
    page["items"][0]["id"].as_str().unwrap_or_default().to_owned()
}

/// Everything that its owner may see.
pub async fn own(asha: &Worker) {
    asha.client.post("/v1/notifications/read", json!({ "seqs": [2, 5] })).await;
    asha.client.post("/v1/notifications/read", json!({ "through_seq": 9_999 })).await;
    for path in ["/v1/notifications?unread=true", "/v1/notifications/unread"] {
        asha.client.get(path).await;
    }
    for path in ["/v1/events?after_seq=0", "/v1/wallet", "/v1/wallet/balance?at=2027-03-31T18:00:00Z", "/v1/wallet/statement"] {
        asha.client.get(path).await;
    }
    for list in ["/v1/payouts", "/v1/payments", "/v1/payees"] {
        let Some(page) = asha.client.get(list).await else { continue };
        asha.client.get(&format!("{list}/{}", first(&page.body))).await;
    }
    let Some(page) = asha.client.get("/v1/transactions?limit=100").await else { return };
    for kind in ["rfnd", "trf", "bat"] {
        let ids = page.body["items"].as_array().into_iter().flatten().filter_map(|item| item["transaction_id"].as_str());
        let Some(id) = ids.into_iter().find(|id| id.starts_with(kind)) else { continue };
        asha.client.get(&format!("/v1/transactions/{id}")).await;
        match kind {
            "rfnd" => drop(asha.client.get(&format!("/v1/refunds/{id}")).await),
            "trf" => drop(asha.client.get(&format!("/v1/transfers/{id}")).await),
            _ => {
                asha.client.get(&format!("/v1/payout-batches/{id}")).await;
                asha.client.get(&format!("/v1/payout-batches/{id}/lines")).await;
            }
        }
    }
}

/// Everything that an operator may see; a webhook is worked on again, and a letter sent back.
pub async fn operators(town: &Town) -> Option<()> {
    let client = &town.operator.client;
    client.get("/v1/notifications/push/stats?hours=2").await?;
    for path in ["/v1/ops/ledger", "/v1/ops/live", "/v1/ops/dead-letters", "/v1/ops/suspense", "/v1/ops/audit", "/v1/ops/audit/proof"] {
        client.get(path).await?;
    }
    let asked = json!({ "channel": "weather:pune", "event": "weather.alert", "data": { "severity": "watch", "title": "Rain" } });
    let published = client.pay("/v1/ops/publications", asked).await.ok()?;
    client.post(&format!("/v1/ops/publications/{}/cancel", published.text("id")), json!({})).await;
    let webhooks = client.get("/v1/ops/webhooks").await?;
    let webhook = format!("/v1/ops/webhooks/{}", first(&webhooks.body));
    client.get(&webhook).await?;
    client.post(&format!("{webhook}/replay"), json!({})).await;
    let days = client.get("/v1/ops/reconciliation").await?;
    // Where the process that makes the report has died, there is none yet.
    let day = days.body["items"][0]["day"].as_str().unwrap_or("2027-03-31");
    client.get(&format!("/v1/ops/reconciliation/{day}")).await;
    let payments = town.workers.first()?.client.get("/v1/payments").await?;
    let letter = json!({ "work": "fetch_payment", "payment": first(&payments.body) });
    town.world.cloud.queues.put_dead(Queue::Payments, letter.to_string());
    town.operator.redrive().await;
    Some(())
}

/// Something is explained that never was, and so, after two more looks at the float, taken back.
pub async fn explain(town: &Town) -> Result<()> {
    let store = &town.world.store;
    let seen = store.float_report().await?.context("the float was not looked at")?;
    store.put_float_report(&FloatReport { unexplained: 700, off: 700, ..seen.clone() }, Some(&seen)).await?;
    for unexplained in [700, -700] {
        let asked = json!({ "unexplained_amount": unexplained, "why": "as the walk has it" });
        town.operator.client.post("/v1/ops/float/explain", asked).await;
        a_while(1_000).await;
    }
    Ok(())
}
