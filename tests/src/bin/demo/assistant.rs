//! The same wallet from a chat: noted, asked, confirmed, paid.

use crate::{Timeline, rupees};
use anyhow::{Result, ensure};
use tests::{chat::Chat, stack::Stack, worker::Worker};

/// Asha notes her day and sends money in a chat, and nothing moves before she has pressed yes.
pub async fn a_chat(stack: &Stack, asha: &Worker, ravi: &Worker, time: &mut Timeline) -> Result<()> {
    let mut chat = Chat::with(stack, asha).await?;
    let told = "swiggy se 850 kamaye, petrol 200";
    let noted = chat.says(told).await?;
    ensure!(noted.text.contains("₹850.00 Swiggy"), "{noted:?}");
    time.seen("Asha", format!("WhatsApp: \"{told}\""));
    time.seen("assistant", format!("\"{}\"", line(&noted.text)));

    let before = ravi.get("/v1/wallet").await?;
    let wish = format!("{} ko 50 bhejo", ravi.phone);
    let asked = chat.says(&wish).await?;
    time.seen("Asha", format!("WhatsApp: \"{wish}\""));
    time.seen("assistant", format!("\"{}\"", line(&asked.text)));
    ensure!(ravi.get("/v1/wallet").await? == before, "nothing moves before a yes");
    let Some((_, yes)) = asked.choices.first().cloned() else { anyhow::bail!("no question: {asked:?}") };
    let done = chat.presses(&asked, &yes).await?;
    let after = ravi.get("/v1/wallet").await?;
    ensure!(after["balance_amount"].as_i64() == before["balance_amount"].as_i64().map(|paise| paise + 5_000), "{done:?}");
    time.seen("Asha", format!("presses \"{yes}\""));
    time.seen("assistant", format!("\"{}\"", line(&done.text)));
    time.seen("Ravi", format!("has {}", rupees(&after["balance_amount"])));
    Ok(())
}

/// The first line of an answer.
fn line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}
