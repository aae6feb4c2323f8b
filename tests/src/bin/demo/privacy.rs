//! The end of an account.

use crate::{Timeline, text};
use anyhow::{Result, ensure};
use reqwest::{Method, StatusCode};
use tests::{phone, stack::Stack, worker::Worker};

/// Somebody leaves, with a fresh one-time password; their phone begins anew.
pub async fn leave(stack: &Stack, time: &mut Timeline) -> Result<()> {
    let meena = Worker::log_in_patiently(stack, &phone::fresh()).await?;
    let erased = meena.erased().await?;
    let (status, answer) = meena.call(Method::GET, "/v1/wallet", None, None).await?;
    ensure!(status == StatusCode::UNAUTHORIZED, "an erased account answers: {status} {answer}");
    let until = text(&erased["held_until"]).chars().take(10).collect::<String>();
    time.seen("Meena", format!("has her account erased: no session is left; the key to a sealed copy is destroyed on {until}"));
    Ok(())
}
