//! Connecting a gig platform: agree there, see what was earned, day by day and once, and end it.

use super::talk::*;
use crate::world::*;
use domain::{
    bank::{Bank, BankStatus, BankTrouble},
    book::Worked,
    engine::{Key, Record},
    limits::india_time,
};
use functions::{api, banks, table::Queue};
use jiff::{ToSpan as _, civil::Date};
use lambda::{Request, Trace};
use serde_json::{Value, json};

/// A sign-in at a platform is a mobile number.
const NUMBER: &str = "9812340001";
const MORNING: i64 = 2 * 3_600;

fn id(platform: &str) -> domain::id::BankId {
    Bank::id_of(user("asha"), platform)
}

async fn connection(talk: &Talk, platform: &str) -> Bank {
    match talk.world.deps.store.record(&Key::Bank(user("asha"), id(platform))).await.unwrap() {
        Some(Record::Bank(bank)) => *bank,
        other => panic!("{other:?}"),
    }
}

/// Asks the chat for a platform, agrees there, and comes back.
async fn agreed(talk: &mut Talk, platform: &str) {
    let linked = talk.says(&format!("connect {platform}")).await;
    let link = linked[0].choices[0].1.clone();
    let done: Value = talk.world.control("/platforms/approve", json!({ "url": link, "worker": NUMBER })).await;
    let back = done["redirect_to"].as_str().unwrap();
    let request = Request::get("/v1/banks/return").query(back.split_once('?').unwrap().1);
    assert_eq!(api::banks::handle(&talk.world.deps, request.build()).await.unwrap().status, 200);
}

async fn connected(talk: &mut Talk, platform: &str) -> String {
    agreed(talk, platform).await;
    talk.works(Queue::Banks).await;
    talk.answers(ASHA).await.pop().unwrap().text
}

/// Time goes on to the connection's next step, as often as one is due within the hour.
async fn reads_on(talk: &mut Talk, platform: &str) {
    for _ in 0..200 {
        let due = connection(talk, platform).await.due_at.unwrap();
        let wait = due.duration_since(talk.world.deps.clock.now()).as_secs().max(0);
        if wait > 3_600 {
            return;
        }
        talk.wait(wait + 1);
        banks::step(&talk.world.deps, user("asha"), id(platform), false, &Trace::default()).await.unwrap();
    }
    panic!("it never comes to an end");
}

fn today(talk: &Talk) -> Date {
    india_time(talk.world.deps.clock.now()).date()
}

async fn worked(talk: &Talk) -> Vec<Worked> {
    let today = today(talk);
    talk.world.deps.store.worked(user("asha"), today.saturating_sub(400.days()), today).await.unwrap()
}

/// What Uber paid on the days of which we know, as it says itself: date, total, trips.
async fn paid(talk: &Talk, from: Date) -> Vec<(String, i64, u64)> {
    let told = talk.world.look(&format!("/platforms/uber/drivers/{NUMBER}?from={from}&to={}", today(talk))).await;
    let days = told["days"].as_array().unwrap();
    days.iter()
        .map(|day| (day["date"].as_str().unwrap().to_owned(), day["total"].as_i64().unwrap(), day["trips"].as_u64().unwrap()))
        .collect()
}

fn known(worked: &[Worked]) -> Vec<(String, i64, u64)> {
    let of = |day: &Worked| {
        day.of("uber").map(|(total, _)| (day.day.to_string(), total, day.records.iter().filter_map(|one| one.trips).map(u64::from).sum()))
    };
    worked.iter().filter_map(of).collect()
}

#[tokio::test]
async fn a_platform_is_agreed_to_in_the_chat_and_a_year_of_days_comes_in_each_once() {
    let mut talk = Talk::new().await;
    let told = connected(&mut talk, "uber").await;
    assert!(told.starts_with("Uber is connected.") && told.contains("earned in the last 7 days"), "{told}");
    let first = worked(&talk).await;
    assert!(!first.is_empty() && first.iter().all(|day| day.day >= today(&talk).saturating_sub(6.days())), "the last days come first");
    reads_on(&mut talk, "uber").await;
    let all = known(&worked(&talk).await);
    let since = today(&talk).saturating_sub(89.days());
    let theirs: Vec<_> = paid(&talk, since).await;
    assert!(theirs.len() > 40, "{}", theirs.len());
    assert!(all.ends_with(&theirs), "{all:?}\n{theirs:?}");
    let due = india_time(connection(&talk, "uber").await.due_at.unwrap());
    assert_eq!(due.hour(), 5, "and then each morning");
    // Balances are of banks; what a platform tells is shown to whoever names it.
    assert!(!talk.says("balance").await[0].text.contains("Uber"));
}

#[tokio::test]
async fn what_uber_revises_within_a_month_is_corrected_a_week_later() {
    let mut talk = Talk::new().await;
    connected(&mut talk, "uber").await;
    reads_on(&mut talk, "uber").await;
    let before = known(&worked(&talk).await);
    let (day, total, _) = before[before.len() - 10].clone();
    let noon: domain::Timestamp = format!("{day}T12:00:00+05:30").parse().unwrap();
    let adjusted = json!({ "category": "adjustment", "amount": -5_000, "event_time": noon.as_second() });
    talk.world.tell(&format!("/platforms/uber/drivers/{NUMBER}/payments"), adjusted).await;
    for _ in 0..8 {
        let due = connection(&talk, "uber").await.due_at.unwrap();
        talk.wait(due.duration_since(talk.world.deps.clock.now()).as_secs() + 1);
        banks::step(&talk.world.deps, user("asha"), id("uber"), false, &Trace::default()).await.unwrap();
        reads_on(&mut talk, "uber").await;
    }
    let after = known(&worked(&talk).await);
    let corrected = after.iter().find(|(of, ..)| *of == day).unwrap();
    assert_eq!(corrected.1, total - 5_000);
    assert_eq!(after.iter().filter(|(of, ..)| *of == day).count(), 1);
}

#[tokio::test]
async fn a_token_that_ends_in_the_middle_of_a_page_is_renewed_and_nothing_is_lost() {
    let mut talk = Talk::new().await;
    talk.world.put(&format!("/platforms/uber/drivers/{NUMBER}"), json!({ "expire_after": 3 })).await;
    connected(&mut talk, "uber").await;
    reads_on(&mut talk, "uber").await;
    let theirs = paid(&talk, today(&talk).saturating_sub(89.days())).await;
    assert!(known(&worked(&talk).await).ends_with(&theirs));
}

#[tokio::test]
async fn whoever_drives_for_a_fleet_is_told_so_and_no_day_is_made_up() {
    let mut talk = Talk::new().await;
    talk.world.put(&format!("/platforms/uber/drivers/{NUMBER}"), json!({ "fleet": true })).await;
    let told = connected(&mut talk, "uber").await;
    assert!(told.contains("you drive for a fleet"), "{told}");
    reads_on(&mut talk, "uber").await;
    assert!(worked(&talk).await.is_empty());
}

#[tokio::test]
async fn who_takes_consent_back_at_the_platform_is_asked_again_and_who_ends_it_here_is_read_no_more() {
    let mut talk = Talk::new().await;
    connected(&mut talk, "uber").await;
    let grants = talk.world.look("/platforms/grants").await;
    let grant = grants["items"][0]["id"].as_str().unwrap().to_owned();
    talk.world.put(&format!("/platforms/grants/{grant}"), json!({ "state": "withdrawn" })).await;
    talk.wait(MORNING);
    banks::step(&talk.world.deps, user("asha"), id("uber"), false, &Trace::default()).await.unwrap();
    let ended = connection(&talk, "uber").await;
    assert_eq!((ended.status, ended.trouble), (BankStatus::Interrupted, Some(BankTrouble::SignIn)));
    talk.works(Queue::Banks).await;

    connected(&mut talk, "uber").await;
    let asked = talk.says("disconnect uber").await;
    assert!(asked[0].text.starts_with("Disconnect Uber?"), "{asked:?}");
    talk.taps(ASHA, true, 0).await;
    talk.works(Queue::Banks).await;
    let ended = connection(&talk, "uber").await;
    assert_eq!((ended.status, ended.tokens, ended.view), (BankStatus::Revoked, None, None));
    let grants = talk.world.look("/platforms/grants").await;
    assert!(grants["items"].as_array().unwrap().iter().all(|grant| grant["state"] == "withdrawn"), "{grants}");
}

#[tokio::test]
async fn a_platform_of_which_only_a_description_is_known_is_read_and_refused_whole_once_it_changes() {
    let mut talk = Talk::new().await;
    talk.world.put("/platforms/feed/swiggy/behaviour", json!({ "shape": "seed", "changed": true, "page_days": 3 })).await;
    agreed(&mut talk, "swiggy").await;
    talk.works(Queue::Banks).await;
    assert!(worked(&talk).await.is_empty(), "nothing of an answer that is no good");
    assert_eq!(connection(&talk, "swiggy").await.trouble, Some(BankTrouble::BankDown));
    talk.world.put("/platforms/feed/swiggy/behaviour", json!({ "shape": "seed", "page_days": 3 })).await;
    reads_on(&mut talk, "swiggy").await;
    assert!(worked(&talk).await.iter().filter_map(|day| day.of("swiggy")).count() > 40);
}

#[tokio::test]
async fn a_platform_without_an_interface_says_so() {
    let mut talk = Talk::new().await;
    let told = talk.says("connect rapido").await;
    assert!(told[0].text.contains("cannot be connected in Kamai yet"), "{told:?}");
}
