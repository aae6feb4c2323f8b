//! What a worker agrees to on the walk, and takes back.

use super::a_while;
use crate::people::Worker;
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

/// Reads the notice of a purpose, and says yes or no to it.
pub async fn says(asha: &Worker, purpose: &str, given: bool) -> Result<()> {
    let notices = asha.client.get("/v1/privacy/notices?lang=hi").await.context("no notices")?;
    let notice = items(&notices.body).find(|one| one["purpose"] == purpose).context("no such notice")?.clone();
    let said = json!({ "purpose": purpose, "notice_version": notice["version"], "lang": notice["lang"], "given": given });
    let stands = asha.client.post("/v1/privacy/consents", said).await.ok().context("no word is taken")?;
    let stands = items(&stands.body).find(|one| one["purpose"] == purpose).context("no such purpose")?.clone();
    ensure!(stands["given"] == given, "it stands otherwise: {stands}");
    Ok(())
}

fn items(body: &Value) -> impl Iterator<Item = &Value> {
    body["items"].as_array().into_iter().flatten()
}

/// Has a copy of everything made, and fetches it.
async fn take_a_copy(asha: &Worker) -> Result<()> {
    for _ in 0..4 {
        let seen = asha.client.messages().await.len();
        let Some(asked) = asha.client.ask("POST", "/v1/privacy/exports", None, None).await.ok() else { continue };
        let Some(otp) = asha.client.read_otp(seen).await else { continue };
        let proof = json!({ "challenge_id": asked.text("challenge_id"), "otp": otp });
        if asha.client.post("/v1/privacy/exports", proof).await.ok().is_some() {
            break;
        }
    }
    for _ in 0..60 {
        a_while(60).await;
        let copy = asha.client.get("/v1/privacy/exports").await.context("no copy was asked for")?;
        if copy.body["status"] == "ready" {
            let path = copy.body["parts"][0]["path"].as_str().context("a copy without parts")?;
            asha.client.get(path).await.context("a part is not there")?;
            return Ok(());
        }
    }
    bail!("the copy is not made")
}

/// Changes their mind; the chain of what they said is whole.
pub async fn change_mind(asha: &Worker) -> Result<()> {
    asha.client.get("/v1/privacy/contact").await.context("nobody to write to")?;
    for (purpose, given) in [("marketing", true), ("sms", false), ("sms", true), ("marketing", false)] {
        says(asha, purpose, given).await?;
    }
    // What is asked for may have died on the way; the queue brings it again.
    take_a_copy(asha).await?;
    let consents = asha.client.get("/v1/privacy/consents").await.context("no consents")?;
    ensure!(consents.body["proof"]["is_whole"] == true, "{}", consents.body);
    Ok(())
}
