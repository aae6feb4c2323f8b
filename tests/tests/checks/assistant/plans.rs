//! Standing payments and the summary of a day, as the chat sets them up and as their time comes.

use super::talk::*;
use crate::world::*;
use domain::{limits::india_time, standing::StandingStatus};
use functions::{schedules, table::Queue};
use lambda::Deadline;

/// Until this hour of the next day in India.
fn until(talk: &mut Talk, hour: i64) {
    let now = india_time(talk.world.deps.clock.now());
    let passed = i64::from(now.hour()) * 3_600 + i64::from(now.minute()) * 60 + i64::from(now.second());
    talk.wait(24 * 3_600 - passed + hour * 3_600 + 1);
}

async fn wakes(talk: &mut Talk) {
    schedules::wake::handle(&talk.world.deps, Deadline::never()).await.unwrap();
    talk.works(Queue::Plans).await;
}

#[tokio::test]
async fn a_standing_payment_is_confirmed_once_and_made_on_each_of_its_days() {
    let mut talk = Talk::new().await;
    let shown = talk.says("send 200 to Ravi every day").await;
    assert!(shown[0].text.contains("₹200.00") && shown[0].text.contains("every day"), "{shown:?}");
    let set = talk.taps(ASHA, true, 0).await;
    assert!(set[0].text.starts_with("Done:"), "{set:?}");
    assert_eq!(talk.moved("asha").await.len(), 1, "nothing on the day on which it is set up");
    for day in 1..=2 {
        until(&mut talk, 9);
        wakes(&mut talk).await;
        wakes(&mut talk).await;
        assert_eq!(talk.moved("asha").await[1..], vec![20_000; day], "once a day");
    }
    assert!(talk.says("my standing payments").await[0].text.contains("₹200.00"));
    let asked = talk.says("stop the payment to Ravi").await;
    assert!(asked[0].text.starts_with("End the standing payment"), "{asked:?}");
    talk.taps(ASHA, true, 0).await;
    until(&mut talk, 9);
    wakes(&mut talk).await;
    assert_eq!(talk.moved("asha").await.len(), 3);
    let all = talk.world.deps.store.standings(user("asha")).await.unwrap();
    assert_eq!(all.iter().map(|standing| standing.status).collect::<Vec<_>>(), [StandingStatus::Ended]);
}

#[tokio::test]
async fn a_standing_payment_without_a_yes_is_none() {
    let mut talk = Talk::new().await;
    talk.says("send 200 to Ravi every month on 5").await;
    talk.says("no").await;
    assert!(talk.world.deps.store.standings(user("asha")).await.unwrap().is_empty());
    talk.taps(ASHA, true, 0).await;
    assert!(talk.world.deps.store.standings(user("asha")).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_payment_that_stands_spends_no_more_than_there_is() {
    let mut talk = Talk::new().await;
    talk.says("send 9000 to Ravi every day").await;
    talk.taps(ASHA, true, 0).await;
    talk.transfer("asha", "bala", FUNDS - 100_000, None).await;
    until(&mut talk, 9);
    wakes(&mut talk).await;
    until(&mut talk, 9);
    let all = talk.world.deps.store.standings(user("asha")).await.unwrap();
    assert_eq!((all[0].last, all[0].due_at.is_some()), (None, true), "it is tried again in an hour");
}

#[tokio::test]
async fn the_summary_comes_at_its_hour_once_a_day_until_it_is_stopped() {
    let mut talk = Talk::new().await;
    let on = talk.says("send me a summary every day at 9 pm").await;
    assert!(on[0].text.contains("21"), "{on:?}");
    talk.says("earned 850 swiggy, petrol 200").await;
    let told = async |talk: &Talk| talk.world.deps.store.due_notices(talk.world.deps.clock.now(), 100).await.unwrap();
    let summaries = async |talk: &Talk| told(talk).await.iter().filter(|notice| notice.template.name == "day.summary").count();
    until(&mut talk, 21);
    // Within the hour's first minutes, each user at a minute of their own.
    talk.wait(20 * 60);
    wakes(&mut talk).await;
    wakes(&mut talk).await;
    assert_eq!(summaries(&talk).await, 1);
    let asked = talk.says("stop the daily summary").await;
    assert_eq!(asked[0].text.lines().next(), Some("Shall I stop the daily summary?"));
    talk.taps(ASHA, true, 0).await;
    until(&mut talk, 21);
    talk.wait(20 * 60);
    wakes(&mut talk).await;
    assert!(summaries(&talk).await <= 1);
}

#[tokio::test]
async fn a_statement_comes_as_a_document_and_a_receipt_of_the_last_payment_too() {
    let mut talk = Talk::new().await;
    let list = talk.says("show my transactions").await;
    let pdf = |said: &[Said], title: &str| said[0].choices.iter().find(|(_, known)| known == title).cloned().unwrap().0;
    let (statement, receipt) = (pdf(&list, "Statement (PDF)"), pdf(&list, "Receipt (PDF)"));
    for press in [statement, receipt] {
        talk.presses(ASHA, &press).await;
        talk.works(Queue::Papers).await;
        let inbox = talk.world.look(&format!("/phones/{ASHA}/messages")).await;
        let last = inbox["items"].as_array().unwrap().last().unwrap().clone();
        assert!(last["content"]["filename"].as_str().is_some_and(|name| name.ends_with(".pdf")), "{last}");
        talk.answers(ASHA).await;
    }
}
