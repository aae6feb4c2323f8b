//! Paying bills in the chat, and what payers of bills do to it.

use super::talk::*;
use crate::world::*;
use domain::{
    engine::Record,
    id::{AccountId, OperationId},
    payout::{Payout, PayoutStatus},
};
use functions::table::Queue;
use serde_json::json;

/// The newest payout of Asha's.
async fn payout(talk: &Talk) -> Payout {
    let account = AccountId::wallet_of(user("asha"));
    let opened = |fact: &domain::fact::Fact| matches!(fact.operation, Some(OperationId::Payout(_)));
    let page = talk.world.deps.store.facts_before(account, u64::MAX / 2, 1, opened).await.unwrap();
    let operation = page.facts[0].operation.unwrap();
    match talk.world.deps.store.record(&domain::engine::Key::operation(operation)).await.unwrap() {
        Some(Record::Payout(payout)) => payout,
        other => panic!("{other:?}"),
    }
}

async fn asks_for(talk: &mut Talk, number: &str) -> Vec<Said> {
    let which = talk.says("pay my electricity bill").await;
    let bescom = which[0].choices.iter().find(|(_, title)| title.contains("Bangalore")).cloned().unwrap_or_else(|| panic!("{which:?}"));
    let asked = talk.presses(ASHA, &bescom.0).await;
    assert!(asked[0].text.contains("Account ID"), "{asked:?}");
    talk.says(number).await
}

#[tokio::test]
async fn a_bill_is_found_shown_confirmed_and_paid_once() {
    let mut talk = Talk::new().await;
    let shown = asks_for(&mut talk, "1234560000").await;
    assert!(shown[0].text.contains("••••0000") && shown[0].text.contains("due"), "{shown:?}");
    assert!(talk.moved("asha").await.len() == 1, "nothing moves before the yes");
    talk.taps(ASHA, true, 0).await;
    talk.repeats().await;
    talk.works(Queue::Payouts).await;
    talk.works(Queue::Payouts).await;
    let bills = talk.world.look("/state/bills").await;
    assert_eq!(bills["items"].as_array().map(Vec::len), Some(1), "{bills}");
    assert_eq!(talk.moved("asha").await.len(), 2);
}

#[tokio::test]
async fn what_a_biller_says_of_a_number_is_told_as_it_is() {
    for (number, told) in [
        ("1234569901", "no bill due"),
        ("1234569902", "does not know this number"),
        ("1234569903", "does not answer"),
        ("12345", "does not know this number"),
    ] {
        let mut talk = Talk::new().await;
        let shown = asks_for(&mut talk, number).await;
        assert!(shown[0].text.contains(told), "{number}: {shown:?}");
    }
}

#[tokio::test]
async fn s8_orders_in_a_billers_words_reach_nobody() {
    let mut talk = Talk::new().await;
    for number in ["1234569908", "1234569909"] {
        let shown = asks_for(&mut talk, number).await;
        let text = shown[0].text.to_lowercase();
        assert!(!text.contains("ignore") && !text.contains("system"), "{shown:?}");
    }
    assert_eq!(talk.moved("asha").await.len(), 1);
}

#[tokio::test]
async fn an_answer_that_is_lost_pays_nothing_twice_and_a_failure_gives_the_money_back() {
    let mut talk = Talk::new().await;
    asks_for(&mut talk, "1234569906").await;
    talk.taps(ASHA, true, 0).await;
    talk.fails_at(Queue::Payouts).await;
    talk.wait(31);
    talk.works(Queue::Payouts).await;
    let bills = talk.world.look("/state/bills").await;
    assert_eq!(bills["items"].as_array().map(Vec::len), Some(1), "{bills}");
    let paid = payout(&talk).await;
    assert!(matches!(paid.status, PayoutStatus::Processing | PayoutStatus::Processed), "{paid:?}");
}

#[tokio::test]
async fn an_amount_that_the_biller_does_not_take_is_not_asked_about() {
    let mut talk = Talk::new().await;
    let which = talk.says("pay 1 rupee electricity bill").await;
    let bescom = which[0].choices.iter().find(|(_, title)| title.contains("Bangalore")).cloned().unwrap();
    talk.presses(ASHA, &bescom.0).await;
    let shown = talk.says("1234560000").await;
    assert!(shown[0].text.contains("takes exactly"), "{shown:?}");
    talk.taps(ASHA, true, 0).await;
    assert_eq!(talk.world.look("/state/bills").await["items"], json!([]));
}
