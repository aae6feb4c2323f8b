//! The day's report, against a provider that plays along and one that does not.

use crate::world::*;
use domain::{
    payout::PayoutStatus,
    reconciliation::{Kind, Reason},
};
use functions::schedules;
use lambda::Deadline;
use serde_json::json;

#[tokio::test]
async fn a_day_on_which_all_was_heard_of_has_no_differences() {
    away_from_midnight().await;
    let world = World::new(|_| {}).await;
    world.earned("o1", 150_000).await;
    world.earned("o2", 90_000).await;
    world.paid_out("p1", 40_000).await;
    world.paid_out("p2", 5_000).await;
    let report = world.report().await;
    // The account's opening balance: money that no command of ours moved.
    assert_eq!(reasons(&report), [(Kind::Transfer, Reason::NotOurs)]);
    let (payments, payouts) = (report.sums[&Kind::Payment], report.sums[&Kind::Payout]);
    assert_eq!((payments.ledger, payments.provider.amount, payments.ledger.count), (payments.provider, 240_000, 2));
    assert_eq!((payouts.ledger, payouts.bank), (payouts.provider, payouts.provider));
    assert_eq!((payouts.bank.amount, payouts.bank.fee), (45_000, 1_180));
}

#[tokio::test]
async fn what_was_not_heard_of_is_told_and_gone_once_it_is_brought_in() {
    away_from_midnight().await;
    let world = World::new(|_| {}).await;
    world.earned("o1", 150_000).await;
    let (payment, id) = world.paid("o2", 70_000).await;
    let sent = world.sent("p1", 40_000).await;
    let report = without_opening(world.report().await);
    assert_eq!(reasons(&report)[0], (Kind::Payment, Reason::State));
    assert_eq!(report.differences[0].movement.operation, Some(payment.id.to_string()));
    assert_eq!(
        (report.differences[0].ledger_less_provider(), report.differences[0].movement.provider_id.as_deref()),
        (-70_000, Some(id.as_str()))
    );
    assert!(matches!(reasons(&report)[1], (Kind::Payout, Reason::OnItsWay | Reason::State)), "{:?}", reasons(&report));
    assert_eq!(report.differences[1].ledger_less_bank(), -40_000, "the bank has debited it");

    let told = world.deps.razorpay().await.unwrap().0.payment(&id).await.unwrap();
    functions::apply::payment::apply(&world.deps, &told, domain::fact::Cause::Reconciler, &lambda::Trace::default()).await.unwrap();
    while world.payout(sent.id).await.status != PayoutStatus::Processed {
        world.hear(&sent).await;
    }
    assert_eq!(reasons(&without_opening(world.report().await)), []);
}

#[tokio::test]
async fn a_return_whose_webhook_was_lost_is_told_and_brought_in_by_the_reconciler() {
    away_from_midnight().await;
    let world = World::new(|_| {}).await;
    world.earned("o1", 150_000).await;
    let payout = world.paid_out("p1", 40_000).await;
    assert_eq!(payout.provider_fee, 590);
    assert_eq!(world.balance().await, 110_000);
    let path = format!("/dashboard/payouts/{}", payout.provider_id.as_deref().unwrap());
    world.control(&path, json!({ "status": "reversed" })).await;

    let report = without_opening(world.report().await);
    assert_eq!(reasons(&report), [(Kind::Reversal, Reason::ProviderOnly)]);
    let difference = &report.differences[0];
    assert_eq!((difference.ledger_less_provider(), difference.ledger_less_bank()), (-40_000, -40_000));
    assert_eq!(difference.movement.operation, Some(payout.id.to_string()));
    assert!(difference.movement.utr.is_some() && difference.movement.line_id.is_some());
    assert_eq!(world.balance().await, 110_000, "a report moves no money");

    schedules::reconcile_payouts::handle(&world.deps, Deadline::never()).await.unwrap();
    assert_eq!((world.payout(payout.id).await.status, world.balance().await), (PayoutStatus::Reversed, 150_000));
    schedules::reconcile_payouts::handle(&world.deps, Deadline::never()).await.unwrap();
    assert_eq!(world.balance().await, 150_000, "once");
    assert_eq!(reasons(&without_opening(world.report().await)), [], "the fee came back with it");
    world.fold().await;
    let system = world.deps.store.system_balances().await.unwrap();
    assert_eq!((system["razorpayx_float"], system["provider_fees"]), (0, 0));
}

#[tokio::test]
async fn a_payout_that_failed_at_the_bank_moved_nothing_on_any_side() {
    away_from_midnight().await;
    let world = World::new(|config| config.timing.payout_ms = 60_000).await;
    world.earned("o1", 150_000).await;
    let sent = world.sent("p1", 40_000).await;
    let path = format!("/dashboard/payouts/{}", sent.provider_id.as_deref().unwrap());
    world.control(&path, json!({ "status": "failed" })).await;
    let report = without_opening(world.report().await);
    assert_eq!(reasons(&report), [(Kind::Payout, Reason::State)], "we hold the money still");
    assert_eq!((report.differences[0].ledger_less_provider(), report.differences[0].ledger_less_bank()), (0, 0));
    world.hear(&sent).await;
    assert_eq!(world.payout(sent.id).await.status, PayoutStatus::Failed);
    assert_eq!(reasons(&without_opening(world.report().await)), []);
}

#[tokio::test]
async fn a_payout_of_a_dashboards_user_is_not_ours() {
    away_from_midnight().await;
    let world = World::new(|_| {}).await;
    foreign_payout(&world, 30_000).await;
    let report = without_opening(world.report().await);
    assert!(matches!(reasons(&report).as_slice(), [(Kind::Payout, Reason::NotOurs)]), "{:?}", reasons(&report));
}

/// Somebody pays from our account without us.
pub async fn foreign_payout(world: &World, minor: i64) {
    let x = &world.config.razorpayx;
    let body = json!({
        "account_number": x.account_number, "amount": minor, "currency": "INR", "mode": "UPI", "purpose": "payout", "reference_id": "by hand",
        "fund_account": { "account_type": "vpa", "vpa": { "address": "rent@ybl" }, "contact": { "name": "Landlord", "type": "vendor" } },
    });
    let request = reqwest::Client::new().post(format!("{}/v1/payouts", world.sandbox.url()));
    let request = request.basic_auth(&x.key_id, Some(&x.key_secret)).header("X-Payout-Idempotency", "by-hand-1");
    let answer = request.json(&body).send().await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
}

#[tokio::test]
async fn the_schedule_writes_reports_down_and_support_reads_them() {
    let world = World::new(|_| {}).await;
    schedules::reconcile_day::handle(&world.deps, Deadline::never()).await.unwrap();
    let token = world.operator(domain::identity::Role::Support).await;
    let get = async |path: &str, day: Option<&str>| {
        let mut request = lambda::Request::get(path).bearer(&token);
        if let Some(day) = day {
            request = request.param("day", day);
        }
        functions::api::operations::handle(&world.deps, request.build()).await
    };
    let list: serde_json::Value = serde_json::from_slice(&get("/v1/ops/reconciliation", None).await.unwrap().body).unwrap();
    let days: Vec<&str> = list["items"].as_array().unwrap().iter().map(|item| item["day"].as_str().unwrap()).collect();
    assert!(days.len() == 6 && days.windows(2).all(|two| two[0] > two[1]), "{days:?}");
    let one = get("/v1/ops/reconciliation/{day}", Some(days[0])).await.unwrap();
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&one.body).unwrap()["differences"], json!([]));
    for (day, status) in [("2020-01-01", 404), ("yesterday", 404)] {
        assert_eq!(get("/v1/ops/reconciliation/{day}", Some(day)).await.unwrap_err().status(), status);
    }
}
