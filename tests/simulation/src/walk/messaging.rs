//! What an organisation tells its members, and operators whomever.

use super::a_while;
use crate::people::{Town, Worker};
use anyhow::{Context, Result};
use serde_json::{Value, json};

fn announcement() -> Value {
    json!({ "title": "Rain", "text": "Heavy rain from five o'clock." })
}

/// Asha runs one, and Ravi joins it, leaves, and is asked again in vain.
pub async fn organisation(asha: &Worker, ravi: &Worker) -> Result<()> {
    let (own, other) = (asha.client.user(), ravi.client.user());
    let members = "/v1/organisation/members";
    asha.client.post(members, json!({ "user": other })).await.ok().context("no invitation")?;
    ravi.client.get("/v1/organisations").await;
    ravi.client.post(&format!("/v1/organisations/{own}/join"), json!({})).await.ok().context("no membership")?;
    asha.client.get(members).await;
    let told = json!({ "name": "Rain", "template": "announcement", "data": announcement(), "members": true, "per_minute": 60 });
    let opened = asha.client.pay("/v1/notifications/push/bulk", told).await.ok().context("no campaign")?.text("id");
    a_while(30).await;
    asha.client.get("/v1/notifications/push/bulk").await;
    asha.client.get(&format!("/v1/notifications/push/bulk/{opened}/recipients")).await;
    ravi.client.post(&format!("/v1/organisations/{own}/leave"), json!({})).await;
    asha.client.post(members, json!({ "user": other })).await;
    asha.client.post(&format!("{members}/{other}/remove"), json!({})).await;
    Ok(())
}

/// One message to one, and a campaign that is paused, goes on, and is taken back.
pub async fn operators(town: &Town, asha: &Worker, ravi: &Worker) -> Result<()> {
    let (client, to) = (&town.operator.client, asha.client.user());
    let one = json!({ "to": to, "template": "announcement", "data": announcement() });
    client.pay("/v1/notifications/push/send", one).await.ok().context("nothing is sent")?;
    client.get(&format!("/v1/notifications/push/history/{to}")).await;
    client.get("/v1/notifications/sms/template").await;
    let preview = json!({ "template": "payout.failed", "language": "hi" });
    client.post("/v1/notifications/sms/template", preview).await;
    client.post("/v1/notifications/whatsapp/check", json!({ "address": ravi.client.phone })).await;
    let both = json!([{ "user_id": to }, { "user_id": ravi.client.user() }]);
    let told = json!({ "name": "Rain", "template": "announcement", "data": announcement(), "recipients": both, "per_minute": 1 });
    let opened = client.pay("/v1/notifications/push/bulk", told).await.ok().context("no campaign")?.text("id");
    let path = format!("/v1/notifications/push/bulk/{opened}");
    a_while(5).await;
    for step in ["pause", "resume"] {
        client.post(&format!("{path}/{step}"), json!({})).await;
        a_while(65).await;
    }
    client.get(&path).await;
    client.get(&format!("{path}/report")).await;
    client.post(&format!("{path}/cancel"), json!({})).await;
    Ok(())
}
