//! Payments, where the provider does not do what it says.

use crate::world::*;
use domain::work::Work;
use functions::{queues, work::WorkMessage};
use lambda::Message;
use serde_json::json;

/// F18: the provider says that it has captured a payment, and has not.
#[tokio::test]
async fn f18_a_capture_that_is_answered_and_not_done_credits_nothing_until_it_is_done() {
    let world = World::new(|_| {}).await;
    let (payment, id) = world.customer_pays("o1", 90_000, "authorized").await;
    let lies = json!({ "provider": "razorpay", "fault": "success_without_effect", "path": format!("/v1/payments/{id}/capture"),
        "method": "POST", "times": 1 });
    world.control("/faults", lies).await;
    let fetch = WorkMessage::from(&Work::FetchPayment { payment: payment.id }).to_body();
    for credited in [0, 90_000, 90_000] {
        queues::payments::handle(&world.deps, Message::new("m", fetch.clone())).await.unwrap();
        assert_eq!(world.balance().await, credited);
    }
}
