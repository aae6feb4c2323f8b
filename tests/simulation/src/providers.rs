//! Providers that lie, stall, go down, and send webhooks late, twice, out of order or not at all.

use crate::world::World;
use serde_json::{Value, json};
use std::sync::Arc;

/// Faults of requests, and of webhooks. What each does: the sandbox's `faults`.
const OF_REQUESTS: &[&str] =
    &["timeout", "timeout_after_success", "error_5xx", "error_5xx_after_success", "success_without_effect", "throttle", "downtime"];
const OF_WEBHOOKS: &[&str] =
    &["duplicate_webhooks", "reorder_webhooks", "late_webhooks", "drop_webhooks", "tampered_webhooks", "rotated_secret"];
/// The providers that move money, and those of notices. An SMS that is lost is asked for again by its
/// reader.
const PROVIDERS: &[&str] = &["razorpay", "razorpayx", "phonepe", "whatsapp", "webpush"];
/// Those that tell of what they did.
const TELL: &[&str] = &["razorpay", "razorpayx", "phonepe"];

/// Sets one fault after the other until the world calms down.
pub async fn misbehave(world: Arc<World>) {
    let (fate, weather) = (&world.cloud.fate, &world.cloud.weather);
    let Some(pause_s_max) = weather.providers_fail_every_s else { return };
    loop {
        world.cloud.while_between(1_000, 1_000 * pause_s_max).await;
        if weather.is_calm() {
            return;
        }
        if let Some(fault) = draw(&world) {
            let what = format!("{} {}", fault["provider"].as_str().unwrap_or_default(), fault["fault"].as_str().unwrap_or_default());
            match serde_json::from_value(fault) {
                Ok(spec) => {
                    world.outside.shared.faults.set(spec);
                    weather.note(&what);
                    world.cloud.journal.note(format!("from now on: {what}"));
                }
                Err(error) => world.cloud.journal.wrong(format!("the sandbox does not know {what}: {error}")),
            }
        }
        // Two faults at once, now and then; more would leave nothing to observe.
        if fate.strikes(0.7) {
            world.cloud.while_between(5_000, 120_000).await;
            world.outside.shared.faults.clear();
        }
    }
}

fn draw(world: &World) -> Option<Value> {
    let fate = &world.cloud.fate;
    let provider = fate.pick(PROVIDERS)?;
    if fate.strikes(0.5) || !TELL.contains(provider) {
        let kind = fate.pick(OF_REQUESTS)?;
        let mut fault = json!({ "provider": provider, "fault": kind, "times": fate.within(1, 5), "probability": 0.6 });
        if *kind == "downtime" {
            fault = json!({ "provider": provider, "fault": kind, "for_ms": fate.skewed(2_000, 600_000) });
        }
        return Some(fault);
    }
    let kind = fate.pick(OF_WEBHOOKS)?;
    let mut fault = json!({ "provider": provider, "fault": kind, "times": fate.within(1, 6), "probability": 0.7 });
    match *kind {
        "duplicate_webhooks" => fault["copies"] = fate.within(2, 10).into(),
        "reorder_webhooks" | "late_webhooks" => fault["delay_ms"] = fate.skewed(300, 900_000).into(),
        _ => {}
    }
    Some(fault)
}
