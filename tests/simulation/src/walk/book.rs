//! A worker's cash book on the walk: messages of a bank, notes of an app, files, and what the agent makes of it.

use super::a_while;
use crate::people::Worker;
use anyhow::{Context, Result};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{Timestamp, limits::india_time};
use serde_json::json;

/// A day of which the platform makes less than its lines come to.
const EARNINGS: &str = "date,total_earnings,base\n2026-11-02,850.00,1000.00\n";
const STATEMENT: &str = "Txn Date,Description,Debit,Credit,Balance\n\
    01/11/2026,UPI/DR/632514789632/CHAI,20.00,,480.00\n\
    02/11/2026,NEFT CR-HDFC0000240-BUNDL TECHNOLOGIES,,850.50,1330.50\n";

pub async fn keep(asha: &Worker) -> Result<()> {
    let now = Timestamp::now();
    let today = india_time(now).date().to_string();
    let text = "Rs.250.00 debited from A/c XX1234 to CHAI ADDA. UPI Ref 632412345678";
    let message = json!({ "sender": "VM-HDFCBK-S", "text": text, "received_at": now.to_string() });
    let told = asha.client.post("/v1/sms/batch", json!({ "messages": [message] })).await.ok().context("no SMS is read")?;
    let entry = &told.body["items"][0];
    let (day, id) = (entry["day"].as_str().context("no day")?, entry["entry_id"].as_str().context("no entry")?);
    let note = json!({ "flow": "out", "amount": 3_000, "currency": "INR", "day": today, "what": "food" });
    for record in [
        json!({ "client_id": "n1", "changed_at": now.to_string(), "note": note }),
        json!({ "client_id": "n1", "changed_at": Timestamp::now().to_string(), "is_deleted": true }),
    ] {
        asha.client.post("/v1/sync", json!({ "records": [record] })).await.ok().context("no note is taken")?;
        a_while(1).await;
    }
    asha.client.post(&format!("/v1/cashbook/{day}/{id}"), json!({ "what": "food" })).await.ok().context("nothing is corrected")?;
    let file = |text: &str| STANDARD.encode(text);
    asha.client.post("/v1/cashbook/statements", json!({ "file": file(STATEMENT) })).await.ok().context("no statement is read")?;
    let earnings = json!({ "file": file(EARNINGS), "platform": "swiggy" });
    asha.client.post("/v1/earnings", earnings).await.ok().context("no earnings are read")?;
    asha.client.get("/v1/earnings?from=2026-11-01&to=2026-11-05").await.context("no earnings are shown")?;
    asha.client.get(&format!("/v1/cashbook?from={today}&to={today}")).await.context("no book is shown")?;
    // Should whoever took the file have died, the schedule finds the book.
    a_while(330).await;
    let seen = asha.client.get("/v1/insights").await.context("no insights are shown")?;
    // Of several, one that did not add up at first may do so by now.
    let open = seen.body["findings"].as_array().into_iter().flatten().find(|one| one["status"] == "open");
    let finding = open.and_then(|open| open["id"].as_str()).with_context(|| format!("nothing is found: {}", seen.body))?;
    asha.client.post(&format!("/v1/findings/{finding}/dispute"), json!({ "language": "hi" })).await.ok().context("no letter")?;
    asha.client.post(&format!("/v1/findings/{finding}/dismiss"), json!({})).await.ok().context("it is not dismissed")?;
    Ok(())
}
