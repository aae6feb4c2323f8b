//! What is live between devices and people.

use crate::{STAFF, Timeline, key, rupees, text};
use anyhow::{Result, ensure};
use serde_json::json;
use tests::{socket::Feed, stack::Stack, worker::Worker};

/// Somebody logs in elsewhere: the first device hears of it.
pub async fn another_device(stack: &Stack, asha: &Worker, feed: &mut Feed, time: &mut Timeline) -> Result<Worker> {
    let other = Worker::log_in_patiently(stack, &asha.phone).await?;
    let alert = feed.until("security.log_in").await?;
    time.seen("socket", format!("security.log_in, priority {}: a second phone has logged in", text(&alert["priority"])));
    Ok(other)
}

/// What one has read on a device is read on both.
pub async fn read_there(asha: &Worker, other: &Worker, feed: &Feed, time: &mut Timeline) -> Result<()> {
    let unread = other.get("/v1/notifications/unread").await?;
    ensure!(unread["unread"].as_u64() >= Some(feed.seq), "nothing was read yet: {unread}");
    other.post("/v1/notifications/read", None, json!({ "through_seq": unread["seq"] })).await?;
    let left = asha.get("/v1/notifications/unread").await?;
    ensure!(left["unread"] == 0, "what one device has read is unread on the other: {left}");
    time.seen("Asha", format!("reads {} notifications on the second; the first shows none", unread["unread"]));
    Ok(())
}

/// An operator warns everybody in Pune of the rain.
pub async fn a_warning(stack: &Stack, asha: &Worker, time: &mut Timeline) -> Result<()> {
    let mut pune = Feed::on(asha, "weather:pune", 0).await?;
    let staff = Worker::log_in_patiently(stack, STAFF).await?;
    let data = json!({ "severity": "warning", "title": "Heavy rain from 6 pm" });
    let warning = json!({ "channel": "weather:pune", "event": "weather.alert", "data": data });
    staff.post("/v1/ops/publications", Some(&key("rain")), warning).await?;
    time.seen("operator", "publishes on weather:pune");
    let alert = pune.until("weather.alert").await?;
    time.seen("socket", format!("weather.alert: {}", text(&alert["data"]["title"])));
    Ok(())
}

/// Asha writes to Ravi about money that she sets aside for him; he reads it, and the message shows when it is his.
pub async fn a_word_with(asha: &Worker, ravi: &Worker, time: &mut Timeline) -> Result<()> {
    let room = asha.post("/v1/rooms", Some(&key("room")), json!({ "with": ravi.user_id })).await?;
    let (id, channel) = (text(&room["id"]), text(&room["channel"]));
    let mut screen = Feed::on(ravi, channel, 0).await?;
    let to = json!({ "type": "user", "user_id": ravi.user_id });
    let held = json!({ "to": to, "amount": 10_000, "currency": "INR", "hold_s": 3_600 });
    let transfer = asha.post("/v1/transfers", Some(&key("held")), held).await?;
    let message = json!({ "client_id": "m1", "text": "For the tyre", "transfer_id": transfer["id"] });
    asha.post(&format!("/v1/rooms/{id}/messages"), None, message).await?;
    let shown = screen.until("message.posted").await?;
    let attached = &shown["data"]["transfer"];
    time.seen(
        "Ravi",
        format!("reads \"{}\", with {} {}", text(&shown["data"]["text"]), rupees(&attached["amount"]), text(&attached["status"])),
    );
    ravi.post(&format!("/v1/rooms/{id}/read"), None, json!({ "read_through_seq": shown["seq"] })).await?;
    asha.post(&format!("/v1/transfers/{}/post", text(&transfer["id"])), Some(&key("post")), json!({})).await?;
    let updated = screen.until("message.updated").await?;
    time.seen("socket", format!("the same message: {}", text(&updated["data"]["transfer"]["status"])));
    Ok(())
}
