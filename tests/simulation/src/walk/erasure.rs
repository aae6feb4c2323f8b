//! Somebody whose account ends on the walk, and an operator who has to open what is held.

use super::a_while;
use crate::{client::Client, people::Town};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

const PHONE: &str = "+919812300077";
const PATH: &str = "/v1/privacy/erasure";

pub async fn end(town: &Town) -> Result<()> {
    let meena = Client::new(&town.world, PHONE);
    meena.be_signed_in().await;
    let user = meena.user();
    meena.post("/v1/summary", json!({ "is_on": true, "hour": 9 })).await.ok().context("no summary")?;
    for _ in 0..6 {
        // Who proves the phone after it was taken away is somebody else.
        if shown(town, &user).await.is_some() || !meena.sign_in().await || meena.user() != user {
            break;
        }
        let seen = meena.messages().await.len();
        let Some(asked) = meena.ask("POST", PATH, None, None).await.ok() else { continue };
        let Some(otp) = meena.read_otp(seen).await else { continue };
        let proof = json!({ "challenge_id": asked.text("challenge_id"), "otp": otp });
        meena.once("POST", PATH, None, Some(&proof)).await;
    }
    // An hour for what may be on its way, and time for whoever died to be followed by another.
    for _ in 0..120 {
        a_while(60).await;
        let told = shown(town, &user).await.context("no erasure was asked for")?;
        if told["status"] == "held" {
            let reason = json!({ "why": "as the walk has it" });
            let part = town.operator.client.post(&format!("/v1/ops/erasures/{user}/parts/1"), reason).await;
            ensure!(part.ok().is_some(), "what is held is not opened");
            return Ok(());
        }
    }
    anyhow::bail!("the erasure does not end")
}

async fn shown(town: &Town, user: &str) -> Option<Value> {
    Some(town.operator.client.get(&format!("/v1/ops/erasures/{user}")).await?.body)
}
