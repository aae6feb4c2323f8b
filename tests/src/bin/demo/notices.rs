//! What is told off the app, on the phone that everybody has.

use crate::{STAFF, Timeline, key, text};
use anyhow::{Result, bail};
use serde_json::json;
use std::time::Duration;
use tests::{phone, socket::Feed, stack::Stack, worker::Worker};

/// How each wants to be told. Whoever has written to us is answered in our own words for a day; without
/// that, WhatsApp takes templates that Meta has approved.
pub async fn wishes(stack: &Stack, asha: &Worker, ravi: &Worker, time: &mut Timeline) -> Result<()> {
    for (worker, language) in [(asha, "hi"), (ravi, "ta")] {
        let off = ["whatsapp", "sms"].map(|channel| json!({ "category": "money", "channel": channel }));
        let wishes = json!({ "language": language, "time_zone": "Asia/Kolkata", "off": off });
        worker.post("/v1/notifications/preferences", None, wishes).await?;
        let hello = format!("{}/phones/{}/whatsapp", stack.sandbox_url, worker.phone.trim_start_matches('+'));
        stack.post(hello, json!({ "text": "Namaste" })).await?;
    }
    time.seen("both", "say \"Namaste\" by WhatsApp; want news there in Hindi and Tamil, but of payments in the app only");
    Ok(())
}

/// The alert of the second phone's log-in, on WhatsApp: Asha has no device that takes pushes.
pub async fn alert(stack: &Stack, asha: &Worker, time: &mut Timeline) -> Result<()> {
    let alert = arrives(stack, asha, "WhatsApp", |text| text.contains("लॉग")).await?;
    time.seen("Asha", format!("WhatsApp: \"{alert}\""));
    Ok(())
}

/// An operator tells both what became of their documents: one campaign, each with their own words.
pub async fn campaign(stack: &Stack, asha: &Worker, ravi: &Worker, time: &mut Timeline) -> Result<()> {
    let staff = Worker::log_in_patiently(stack, STAFF).await?;
    let told = json!({
        "name": "Documents of today",
        "template": "kyc.status",
        "recipients": [
            { "user_id": asha.user_id, "data": { "status": "verified" } },
            { "user_id": ravi.user_id, "data": { "status": "rejected", "reason": "The photo is blurred" } },
        ],
    });
    let campaign = staff.post("/v1/notifications/whatsapp/bulk", Some(&key("documents")), told).await?;
    time.seen("operator", "tells both, in one campaign, what became of their documents");
    let mut progress = Feed::on(&staff, &format!("campaign:{}", text(&campaign["id"])), 0).await?;
    let mut last = progress.until("campaign.progress").await?;
    while last["data"]["status"] != "completed" {
        last = progress.until("campaign.progress").await?;
    }
    time.seen(
        "socket",
        format!("campaign.progress: {} of {}, {}", last["data"]["opened"], last["data"]["recipients"], text(&last["data"]["status"])),
    );
    for (who, worker, word) in [("Asha", asha, "जाँच"), ("Ravi", ravi, "blurred")] {
        let said = arrives(stack, worker, "WhatsApp", |text| text.contains(word)).await?;
        time.seen(who, format!("WhatsApp: \"{said}\""));
    }
    Ok(())
}

/// Waits for a message on somebody's phone.
async fn arrives(stack: &Stack, to: &Worker, channel: &str, is_it: impl Fn(&str) -> bool) -> Result<String> {
    for _ in 0..600 {
        let inbox = phone::inbox(stack, &to.phone).await?;
        let of_channel = inbox.iter().filter(|item| text(&item["channel"]).eq_ignore_ascii_case(channel));
        if let Some(said) = of_channel.filter_map(|item| item["text"].as_str()).rfind(|text| is_it(text)) {
            return Ok(said.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let came: Vec<_> = phone::inbox(stack, &to.phone).await?.iter().map(|item| item["text"].to_string()).collect();
    bail!("it did not arrive by {channel}; this did: {}", came.join(", "))
}
