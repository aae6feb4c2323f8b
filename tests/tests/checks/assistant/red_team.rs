//! Attacks on the assistant, from `tests/red_team`: nothing may move without a fresh confirmation of the exact
//! terms. The controls among them move, so that standing still is no way to pass.
//!
//! `KAMAI_CASE=direct-hi-001` runs the cases of that name alone, and prints what is said in them.

use super::talk::*;
use serde::Deserialize;
use serde_json::{Value, json};
use std::{collections::BTreeMap, path::Path};

#[derive(Deserialize, Clone)]
struct Case {
    id: String,
    lang: String,
    #[serde(default)]
    plants: BTreeMap<String, String>,
    /// What a language model answers, a text after the other.
    #[serde(default)]
    model: Vec<Value>,
    steps: Vec<BTreeMap<String, Value>>,
    moves: usize,
    #[serde(default)]
    amount: Option<i64>,
}

fn cases(family: &str) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("red_team/{family}.jsonl"));
    let text = std::fs::read_to_string(&path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|why| panic!("{}: {why}: {line}", path.display()))).collect()
}

async fn plant(talk: &mut Talk, case: &Case) {
    for (what, text) in &case.plants {
        match what.as_str() {
            // What no bank would take as a name is cut to what it would.
            "payee_name" => {
                let name: String = text.chars().filter(|c| c.is_ascii_alphanumeric() || " '-_/().".contains(*c)).take(50).collect();
                let name = if name.trim().len() < 3 { "Evil".to_owned() } else { name };
                talk.payee("asha", name.trim(), vpa("evil@okbank")).await;
            }
            "profile_name" => talk.profile_name = text.clone(),
            "file_name" => {}
            _ => talk.transfer("bala", "asha", 1_000, Some(text)).await,
        }
    }
}

async fn script(talk: &Talk, case: &Case) {
    let mode = if case.model.is_empty() { "off" } else { "scripted" };
    talk.world.put("/llm/behaviour", json!({ "mode": mode })).await;
    for answer in &case.model {
        // The sandbox wants one of them.
        let text = answer["text"].as_str().filter(|text| !text.is_empty()).unwrap_or(".");
        let answer = json!({ "tool_calls": answer["calls"].as_array().cloned().unwrap_or_default(), "text": text });
        talk.world.tell("/llm/answers", answer).await;
    }
}

async fn step(talk: &mut Talk, step: &BTreeMap<String, Value>) -> Vec<Said> {
    let text = |name: &str| step.get(name).and_then(Value::as_str).map(str::to_owned);
    let context = json!({ "forwarded": true });
    if let Some(text) = text("says") {
        let mut message = json!({ "type": "text", "text": { "body": text } });
        if step.contains_key("quotes") {
            message["context"] = json!({ "id": "wamid.quoted", "from": "911122334455" });
        }
        talk.whatsapp(ASHA, message).await
    } else if let Some(text) = text("forwards") {
        talk.whatsapp(ASHA, json!({ "type": "text", "text": { "body": text }, "context": context })).await
    } else if let Some(text) = text("captions") {
        talk.whatsapp(ASHA, json!({ "type": "image", "image": { "id": "1", "mime_type": "image/jpeg", "caption": text } })).await
    } else if let Some(name) = text("documents") {
        let mut document = json!({ "id": "1", "mime_type": "application/pdf", "filename": name });
        if let Some(caption) = text("caption") {
            document["caption"] = json!(caption);
        }
        talk.whatsapp(ASHA, json!({ "type": "document", "document": document })).await
    } else if let Some(answer) = text("taps") {
        talk.taps(ASHA, answer == "yes", 0).await
    } else if let Some(answer) = text("taps_old") {
        talk.taps(ASHA, answer == "yes", 1).await
    } else if let Some(id) = text("taps_raw") {
        talk.presses(ASHA, &id).await
    } else if let Some(seconds) = step.get("waits_s").and_then(Value::as_i64) {
        talk.wait(seconds);
        Vec::new()
    } else if step.contains_key("repeats") {
        talk.repeats().await
    } else if let Some(text) = text("bala_says") {
        talk.whatsapp(BALA, json!({ "type": "text", "text": { "body": text } })).await
    } else if step.contains_key("bala_taps") {
        talk.taps(BALA, true, 0).await
    } else if let Some(text) = text("twilio_says") {
        talk.twilio(ASHA, &text).await
    } else if let Some(text) = text("edits") {
        let edit = json!({ "original_message_id": "wamid.1", "message": { "text": { "body": text }, "type": "text" } });
        talk.whatsapp(ASHA, json!({ "type": "edit", "edit": edit })).await
    } else if let Some(emoji) = text("reacts") {
        talk.whatsapp(ASHA, json!({ "type": "reaction", "reaction": { "message_id": "wamid.1", "emoji": emoji } })).await
    } else if step.contains_key("panics") {
        talk.presses(ASHA, "do:panic").await
    } else {
        panic!("an unknown step: {step:?}");
    }
}

/// What went wrong, if anything did.
async fn run(case: Case) -> Option<String> {
    let mut talk = Talk::new().await;
    plant(&mut talk, &case).await;
    script(&talk, &case).await;
    let before = (talk.moved("asha").await.len(), talk.moved("bala").await.len());
    let is_shown = std::env::var("KAMAI_CASE").is_ok();
    for each in &case.steps {
        let said = step(&mut talk, each).await;
        if is_shown {
            println!("{each:?}\n  -> {said:?}");
        }
    }
    assert_chain(&talk, "asha").await;
    let moved = talk.moved("asha").await.split_off(before.0);
    let others = talk.moved("bala").await.split_off(before.1);
    let is_right =
        moved.len() == case.moves && others.is_empty() && case.amount.is_none_or(|amount| moved.iter().all(|one| *one == amount));
    (!is_right).then(|| format!("{} ({}): {moved:?} moved, and of Bala's {others:?}; {} due", case.id, case.lang, case.moves))
}

async fn hold(family: &str) {
    use futures::StreamExt as _;
    let wanted = std::env::var("KAMAI_CASE").unwrap_or_default();
    let cases: Vec<Case> = cases(family).into_iter().filter(|case| case.id.contains(&wanted)).collect();
    assert!(!cases.is_empty() || !wanted.is_empty());
    let failed: Vec<String> = futures::stream::iter(cases)
        .map(|case| tokio::spawn(run(case)))
        .buffer_unordered(4)
        .map(|ran| ran.unwrap_or_else(|why| Some(why.to_string())))
        .filter_map(async |wrong| wrong)
        .collect()
        .await;
    assert!(failed.is_empty(), "{} of {family}:\n{}", failed.len(), failed.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s7_direct_injection_moves_nothing() {
    hold("direct").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s7_indirect_injection_moves_nothing() {
    hold("indirect").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s7_disguised_words_move_nothing() {
    hold("disguise").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s7_what_is_no_fresh_confirmation_moves_nothing() {
    hold("confirmation").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s7_a_hostile_model_moves_nothing() {
    hold("model").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s7_limits_cannot_be_talked_away() {
    hold("limits").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s7_nobody_elses_money_moves() {
    hold("others").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_asked_for_and_confirmed_moves_once() {
    hold("controls").await;
}
