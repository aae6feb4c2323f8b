//! A phone: its number, and what arrives on it.

use crate::stack::Stack;
use anyhow::{Result, bail};
use serde_json::Value;
use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, SystemTime},
};

/// A number that nobody has used before: dated, and counted within this process, so that tests
/// that start in the same microsecond do not share a phone.
pub fn fresh() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let dated = u64::try_from(now.as_millis() % 1_000_000).unwrap_or_default() * 1_000;
    format!("+919{:09}", dated + COUNT.fetch_add(1, Ordering::Relaxed) % 1_000)
}

/// Waits, longer than a message is tried again after its worker has died, for the newest one-time password on a phone, of those after the first `seen` messages.
pub async fn otp(stack: &Stack, phone: &str, seen: usize) -> Result<String> {
    for _ in 0..3_600 {
        let inbox = messages(stack, phone).await?;
        if let Some(text) = inbox.get(seen..).and_then(|new| new.last())
            && let Some(code) = text.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6)
        {
            return Ok(code.to_owned());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    bail!("no one-time password arrived on {phone}")
}

/// The texts with one-time passwords on a phone, oldest first. Notices come there as well.
pub async fn messages(stack: &Stack, phone: &str) -> Result<Vec<String>> {
    let inbox = inbox(stack, phone).await?;
    Ok(inbox.iter().filter_map(|item| item["text"].as_str()).filter(|text| is_code(text)).map(str::to_owned).collect())
}

/// A text message says what it is; of a WhatsApp message there is the code alone.
fn is_code(text: &str) -> bool {
    text.contains("login code") || (text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Everything that has arrived on a phone, oldest first, as the sandbox shows it.
pub async fn inbox(stack: &Stack, phone: &str) -> Result<Vec<Value>> {
    let url = format!("{}/phones/{}/messages", stack.sandbox_url, phone.trim_start_matches('+'));
    Ok(stack.get(url).await?["items"].as_array().cloned().unwrap_or_default())
}
