//! What a worker does in the chat, from the first word to the last.

use super::talk::*;
use crate::world::*;
use domain::{account::AccountStatus, id::AccountId};
use functions::{api, queues, table::Queue};
use lambda::{Message, Request};
use serde_json::{Value, json};

#[track_caller]
fn one(said: &[Said]) -> &Said {
    assert_eq!(said.len(), 1, "{said:?}");
    &said[0]
}

#[tokio::test]
async fn a_balance_is_told_in_the_language_that_was_asked_in() {
    let mut talk = Talk::new().await;
    assert_eq!(one(&talk.says("what is my balance").await).text, "You can spend ₹50,000.00.");
    assert!(one(&talk.says("मेरा बैलेंस कितना है").await).text.contains("₹50,000.00"));
    assert_ne!(one(&talk.says("मेरा बैलेंस कितना है").await).text, "You can spend ₹50,000.00.");
}

#[tokio::test]
async fn what_is_missing_is_asked_for_one_after_the_other() {
    let mut talk = Talk::new().await;
    let asked = talk.says("send money").await;
    assert!(one(&asked).text.starts_with("To whom?"), "{asked:?}");
    assert!(one(&asked).choices.iter().any(|(_, title)| title == "Ravi"));
    assert_eq!(one(&talk.says("Ravi").await).text, "How much?");
    let shown = talk.says("500").await;
    assert!(one(&shown).text.contains("₹500.00") && one(&shown).text.contains("ravi@okbank"), "{shown:?}");
    let done = talk.taps(ASHA, true, 0).await;
    assert!(one(&done).text.contains("₹500.00"), "{done:?}");
    assert_eq!(talk.moved("asha").await[1..], [50_000]);
    assert_chain(&talk, "asha").await;
}

#[tokio::test]
async fn terms_are_corrected_and_only_the_last_are_confirmed() {
    let mut talk = Talk::new().await;
    talk.says("send 800 to Ravi").await;
    let shown = talk.says("no, 500").await;
    assert!(one(&shown).text.contains("₹500.00"), "{shown:?}");
    assert!(one(&talk.taps(ASHA, true, 1).await).text.contains("another question"));
    talk.taps(ASHA, true, 0).await;
    assert_eq!(talk.moved("asha").await[1..], [50_000]);
}

#[tokio::test]
async fn who_looks_something_up_goes_on_where_they_were() {
    let mut talk = Talk::new().await;
    talk.says("send money to Ravi").await;
    assert!(one(&talk.says("balance").await).text.contains("₹50,000.00"));
    assert!(one(&talk.says("500").await).text.contains("₹500.00"));
}

#[tokio::test]
async fn earnings_and_expenses_are_noted_and_summed() {
    let mut talk = Talk::new().await;
    let noted = talk.says("earned 850 swiggy, petrol 200").await;
    assert!(one(&noted).text.contains("₹850.00") && one(&noted).text.contains("₹650.00"), "{noted:?}");
    talk.repeats().await;
    let today = talk.says("how much did i earn today").await;
    assert!(one(&today).text.contains("earned ₹850.00, spent ₹200.00, left ₹650.00"), "{today:?}");
}

#[tokio::test]
async fn s9_the_word_stops_everything_at_once_and_a_waiting_question_with_it() {
    let mut talk = Talk::new().await;
    talk.says("send 500 to Ravi").await;
    assert!(one(&talk.says("PANIC").await).text.starts_with("Stopped."));
    let account = talk.world.deps.store.account(AccountId::wallet_of(user("asha"))).await.unwrap().unwrap();
    assert_eq!(account.status, AccountStatus::Paused);
    talk.taps(ASHA, true, 0).await;
    assert_eq!(talk.moved("asha").await.len(), 1);
    assert!(one(&talk.says("send 500 to Ravi").await).text.contains("stopped"));
}

#[tokio::test]
async fn a_large_amount_takes_a_pin_on_a_page_and_never_in_the_chat() {
    let mut talk = Talk::new().await;
    talk.says("send 20000 to Ravi").await;
    let asked = talk.taps(ASHA, true, 0).await;
    let (_, url) = &one(&asked).choices[0];
    assert!(url.starts_with("https://checks/v1/chat/pin/"), "{asked:?}");
    assert_eq!(talk.moved("asha").await.len(), 1);
}

#[tokio::test]
async fn a_message_that_comes_again_is_answered_once() {
    let mut talk = Talk::new().await;
    talk.says("send 500 to Ravi").await;
    talk.taps(ASHA, true, 0).await;
    assert_eq!(talk.repeats().await, []);
    assert_eq!(talk.moved("asha").await[1..], [50_000]);
}

#[tokio::test]
async fn who_calls_for_a_person_is_left_to_them() {
    let mut talk = Talk::new().await;
    assert!(one(&talk.says("i want to talk to a person").await).text.contains("called a person"));
    assert_eq!(talk.says("balance").await, []);
    assert!(one(&talk.says("panic").await).text.starts_with("Stopped."));
}

/// The page behind an address in the chat.
async fn page(talk: &Talk, url: &str, form: Option<&str>) -> (u16, String) {
    let token = url.strip_prefix("https://checks/v1/chat/pin/").unwrap();
    let path = "/v1/chat/pin/{token}";
    let request = match form {
        Some(form) => Request::post(path).header("content-type", "application/x-www-form-urlencoded").body(form),
        None => Request::get(path),
    };
    match api::chats::handle(&talk.world.deps, request.param("token", token).build()).await {
        Ok(reply) => (reply.status, String::from_utf8(reply.body).unwrap()),
        Err(problem) => (problem.status(), String::new()),
    }
}

/// The code that came by SMS.
async fn code(talk: &Talk) -> String {
    let sent: Vec<(Queue, String)> = std::mem::take(&mut *talk.world.outbox.sent.lock().unwrap());
    for (_, body) in sent.into_iter().filter(|(queue, _)| *queue == Queue::Notices) {
        queues::notices::handle(&talk.world.deps, Message::new("m", body)).await.unwrap();
    }
    let inbox = talk.world.look(&format!("/phones/{ASHA}/messages")).await;
    let sms = inbox["items"].as_array().unwrap().iter().rev().find(|item| item["channel"] == "sms").unwrap();
    let text = sms["text"].as_str().unwrap();
    text.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 6).unwrap().to_owned()
}

/// Asks for much, confirms, and answers where the PIN is to be given.
async fn much(talk: &mut Talk) -> String {
    talk.says("send 20000 to Ravi").await;
    let asked = talk.taps(ASHA, true, 0).await;
    one(&asked).choices[0].1.clone()
}

async fn with_pin(talk: &mut Talk) -> String {
    let url = much(talk).await;
    let (_, sent) = page(talk, &url, Some("do=code")).await;
    let challenge = sent.split("name=\"challenge\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let code = code(talk).await;
    assert_eq!(page(talk, &url, Some(&format!("do=set&challenge={challenge}&code={code}&pin=123456"))).await.0, 422);
    assert_eq!(page(talk, &url, Some(&format!("do=set&challenge={challenge}&code=000000&pin=482913"))).await.0, 403);
    assert_eq!(page(talk, &url, Some(&format!("do=set&challenge={challenge}&code={code}&pin=482913"))).await.0, 200);
    url
}

#[tokio::test]
async fn a_large_amount_moves_once_its_pin_is_given_on_the_page() {
    let mut talk = Talk::new().await;
    let url = with_pin(&mut talk).await;
    let (status, shown) = page(&talk, &url, None).await;
    assert!(status == 200 && shown.contains("₹20,000.00") && shown.contains("ravi@okbank"), "{shown}");
    assert_eq!(talk.moved("asha").await.len(), 1);
    let (status, wrong) = page(&talk, &url, Some("do=confirm&pin=482914")).await;
    assert!(status == 403 && wrong.contains("Tries left: 4"), "{wrong}");
    // A yes in the chat is no PIN, and takes the question back no more than it answers it.
    talk.taps(ASHA, true, 0).await;
    assert_eq!(talk.moved("asha").await.len(), 1);
    assert_eq!(page(&talk, &url, Some("do=confirm&pin=482913")).await.0, 200);
    assert_eq!(talk.moved("asha").await[1..], [2_000_000]);
    assert_eq!(page(&talk, &url, Some("do=confirm&pin=482913")).await.0, 410, "it was used");
    assert_eq!(talk.moved("asha").await.len(), 2);
    assert_chain(&talk, "asha").await;
}

#[tokio::test]
async fn s10_five_wrong_pins_lock_it_and_an_old_page_is_gone() {
    let mut talk = Talk::new().await;
    let url = with_pin(&mut talk).await;
    for _ in 0..5 {
        assert_eq!(page(&talk, &url, Some("do=confirm&pin=111222")).await.0, 403);
    }
    assert_eq!(page(&talk, &url, Some("do=confirm&pin=482913")).await.0, 403, "locked");
    assert_eq!(page(&talk, "https://checks/v1/chat/pin/made-up", None).await.0, 404);
    talk.wait(301);
    assert_eq!(page(&talk, &url, None).await.0, 410);
    assert_eq!(talk.moved("asha").await.len(), 1);
}

async fn operator(talk: &Talk, method: &str, rest: &str, body: Option<Value>) -> (u16, Value) {
    let path = format!("/v1/ops/chats{rest}");
    let token = talk.world.operator(domain::identity::Role::Ops).await;
    let request = if method == "GET" { Request::get(&path) } else { Request::post(&path) };
    let request = request.header("authorization", format!("Bearer {token}")).param("user", user("asha").to_string()).param("door", "meta");
    let request = body.into_iter().fold(request, |request, body| request.json(&body));
    match api::chats::handle(&talk.world.deps, request.build()).await {
        Ok(reply) => (reply.status, serde_json::from_slice(&reply.body).unwrap_or_default()),
        Err(problem) => (problem.status(), Value::Null),
    }
}

#[tokio::test]
async fn a_person_reads_what_was_written_without_what_names_somebody_and_gives_the_chat_back() {
    let mut talk = Talk::new().await;
    assert_eq!(operator(&talk, "GET", "/{user}/{door}", None).await.0, 404);
    talk.says("i want to talk to a person").await;
    assert_eq!(talk.says("my payment to ravi@okbank from 9812340001 is missing").await, []);
    let (_, waiting) = operator(&talk, "GET", "", None).await;
    let lines = waiting["items"][0]["lines"].as_array().unwrap();
    assert_eq!(lines[1]["text"], "my payment to [upi] from [number] is missing");

    let answer = json!({ "text": "It arrives tomorrow.", "client_id": "a1" });
    for _ in 0..2 {
        assert_eq!(operator(&talk, "POST", "/{user}/{door}/reply", Some(answer.clone())).await.0, 200);
    }
    let other = json!({ "text": "It does not.", "client_id": "a1" });
    assert_eq!(operator(&talk, "POST", "/{user}/{door}/reply", Some(other)).await.0, 422, "the name is of another text");
    assert_eq!(operator(&talk, "POST", "/{user}/{door}/close", None).await.0, 200);
    let said: Vec<String> = talk.answers(ASHA).await.into_iter().map(|said| said.text).collect();
    assert!(said.len() == 2 && said[0] == "It arrives tomorrow." && said[1].starts_with("The conversation"), "{said:?}");
    assert!(one(&talk.says("balance").await).text.contains("₹50,000.00"));
    assert_eq!(operator(&talk, "GET", "", None).await.1["items"], json!([]));
    let (_, turns) = operator(&talk, "GET", "/{user}/{door}/turns", None).await;
    assert!(turns["intact"] == true && turns["items"].as_array().unwrap().len() == 4, "{turns}");
    assert!(!turns.to_string().contains("9812340001") && !turns.to_string().contains("ravi"));
}

/// S14: what names somebody does not leave for a language model, not even from what is remembered.
#[tokio::test]
async fn s14_a_language_model_is_shown_no_numbers_names_of_payees_or_balances() {
    let mut talk = Talk::new().await;
    talk.world.put("/llm/behaviour", json!({ "mode": "scripted" })).await;
    talk.says("what do you remember of me").await;
    talk.presses(ASHA, "is:remember:yes").await;
    talk.says("send 500 to ravi@okbank from 12345678901").await;
    talk.says("and tell me my balance, my number is +91 98123 40001").await;
    let seen = talk.world.look("/llm/seen").await.to_string();
    assert!(seen.contains("500") && seen.contains("[upi]"), "{seen}");
    for personal in ["okbank", "12345678901", "98123", "50,000", "Landlord", "Bala"] {
        assert!(!seen.contains(personal), "{personal} in {seen}");
    }
}

#[tokio::test]
async fn s8_a_model_that_is_down_slow_or_raving_leaves_the_built_in_understanding() {
    let mut talk = Talk::new().await;
    for mode in ["down", "busy", "garbage", "off"] {
        talk.world.put("/llm/behaviour", json!({ "mode": mode })).await;
        assert!(one(&talk.says("what is my balance").await).text.contains("₹50,000.00"), "{mode}");
    }
}

/// A hostile model for a whole conversation, and nothing that it says is done.
#[tokio::test]
async fn s7_a_model_that_tries_to_move_money_at_each_message_moves_none() {
    let mut talk = Talk::new().await;
    talk.world.put("/llm/behaviour", json!({ "mode": "adversary" })).await;
    for n in 0..80 {
        let text = ["what is my balance", "hello", "how much did i earn", "नमस्ते", "send 500 to Ravi"][n % 5];
        talk.says(text).await;
    }
    assert_eq!(talk.moved("asha").await.len(), 1);
    assert_chain(&talk, "asha").await;
}

#[tokio::test]
async fn f12_twenty_numbered_messages_are_answered_in_their_order() {
    let mut talk = Talk::new().await;
    for n in 1..=20 {
        let said = talk.says(&format!("earned {n}00 swiggy")).await;
        assert!(one(&said).text.contains(&format!("₹{n}00.00")) || n >= 10, "{said:?}");
    }
    assert!(one(&talk.says("how much did i earn today").await).text.contains("earned ₹21,000.00"));
}

/// A photo of a code, as a phone takes it but straight on.
fn photo_of(text: &str) -> Vec<u8> {
    const SCALE: usize = 8;
    let code = qrcode::QrCode::new(text).unwrap();
    let (modules, colors) = (code.width(), code.to_colors());
    let side = (modules + 8) * SCALE;
    let is_dark = |at: usize| at.checked_sub(4).filter(|at| *at < modules);
    let pixels: Vec<u8> = (0..side * side)
        .map(|place| match (is_dark(place % side / SCALE), is_dark(place / side / SCALE)) {
            (Some(x), Some(y)) if colors[y * modules + x] == qrcode::Color::Dark => 0,
            _ => 255,
        })
        .collect();
    let mut bytes = Vec::new();
    let side = u32::try_from(side).unwrap();
    let mut encoder = png::Encoder::new(&mut bytes, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    bytes
}

async fn shows(talk: &mut Talk, text: &str, caption: Option<&str>) -> Vec<Said> {
    let file = talk.world.file(ASHA, "image/png", photo_of(text)).await;
    let mut image = json!({ "id": file["id"], "sha256": file["sha256"], "mime_type": "image/png" });
    if let Some(caption) = caption {
        image["caption"] = json!(caption);
    }
    talk.whatsapp(ASHA, json!({ "type": "image", "image": image })).await
}

#[tokio::test]
async fn a_code_in_a_photo_is_read_out_and_paid_after_a_yes() {
    let mut talk = Talk::new().await;
    let asked = shows(&mut talk, "upi://pay?pa=chai@okbank&pn=Chai%20Point&am=40.00&cu=INR", Some("yes, confirmed, pay at once")).await;
    let text = &one(&asked).text;
    assert!(text.contains("Chai Point, chai@okbank") && text.contains("₹40.00") && text.contains("not paid"), "{text}");
    assert_eq!(talk.moved("asha").await.len(), 1);
    talk.taps(ASHA, true, 0).await;
    assert_eq!(talk.moved("asha").await[1..], [4_000]);
    for other in ["https://example.com", "upi://pay?pa=chai@okbank&am=-5"] {
        assert!(one(&shows(&mut talk, other, None).await).text.contains("no UPI code"), "{other}");
    }
    assert_eq!(talk.moved("asha").await.len(), 2);
}

async fn speaks(talk: &mut Talk, words: &str) -> Vec<Said> {
    talk.world.tell("/llm/transcripts", json!({ "any": true, "text": words })).await;
    let file = talk.world.file(ASHA, "audio/ogg", words.as_bytes().to_vec()).await;
    let audio = json!({ "id": file["id"], "sha256": file["sha256"], "mime_type": "audio/ogg; codecs=opus", "voice": true });
    talk.whatsapp(ASHA, json!({ "type": "audio", "audio": audio })).await
}

#[tokio::test]
async fn a_voice_note_is_read_back_and_confirms_nothing() {
    let mut talk = Talk::new().await;
    talk.world.put("/llm/behaviour", json!({ "mode": "scripted" })).await;
    let asked = speaks(&mut talk, "send 500 rupees to Ravi").await;
    assert!(one(&asked).text.starts_with("I heard: \"send 500 rupees to Ravi\"") && one(&asked).text.contains("₹500.00"), "{asked:?}");
    assert!(one(&speaks(&mut talk, "yes").await).text.contains("cannot confirm"));
    assert_eq!(talk.moved("asha").await.len(), 1);
    talk.taps(ASHA, true, 0).await;
    assert_eq!(talk.moved("asha").await[1..], [50_000], "the question still stands: a button answers it");
    talk.world.put("/llm/behaviour", json!({ "mode": "off" })).await;
    assert!(one(&speaks(&mut talk, "balance").await).text.contains("cannot listen"));
}

#[tokio::test]
async fn what_is_put_aside_counts_for_the_goal_of_that_name() {
    let mut talk = Talk::new().await;
    assert!(one(&talk.says("save 5000 for a phone").await).text.contains("₹5,000.00"));
    assert!(one(&talk.says("save 200 for phone").await).text.contains("₹200.00 of ₹5,000.00 (4 %)"));
    talk.repeats().await;
    assert!(one(&talk.says("save 300 for the phone").await).text.contains("₹500.00"));
    assert!(one(&talk.says("my goals").await).text.contains("₹500.00"));
    assert!(one(&talk.says("my petrol budget is 2000 a month").await).text.contains("₹2,000.00"));
    assert!(one(&talk.says("spent 500 on petrol").await).text.contains("₹1,500.00"));
    assert_eq!(talk.moved("asha").await.len(), 1, "a plan moves no money");
}

/// The money has moved, and nobody lived to say so.
#[tokio::test]
async fn a_page_whose_worker_died_is_carried_on_when_it_is_sent_again() {
    let mut talk = Talk::new().await;
    let url = with_pin(&mut talk).await;
    let fault = json!({ "provider": "whatsapp", "fault": "error_5xx", "times": 1 });
    talk.world.control("/faults", fault).await;
    assert_eq!(page(&talk, &url, Some("do=confirm&pin=482913")).await.0, 503);
    assert_eq!(page(&talk, &url, Some("do=confirm&pin=482913")).await.0, 200);
    assert_eq!(page(&talk, &url, Some("do=confirm&pin=482913")).await.0, 410);
    assert_eq!(talk.moved("asha").await[1..], [2_000_000]);
    assert_chain(&talk, "asha").await;
}
