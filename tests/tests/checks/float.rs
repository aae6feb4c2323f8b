//! What users are owed, and what covers it.

use crate::{reconciliation::foreign_payout, world::*};
use functions::schedules;
use lambda::Deadline;
use store::FloatReport;

async fn check(world: &World) -> FloatReport {
    world.fold().await;
    schedules::check_float::handle(&world.deps, Deadline::never()).await.unwrap();
    world.deps.store.float_report().await.unwrap().unwrap()
}

#[tokio::test]
async fn what_is_owed_is_covered_until_somebody_else_pays_from_the_account() {
    let world = World::new(|config| config.razorpayx.opening_balance = 500_000).await;
    let first = check(&world).await;
    assert_eq!((first.owed, first.at_provider, first.shortfall, first.unexplained), (0, 500_000, 0, 0));

    world.earned("o1", 150_000).await;
    let payout = world.paid_out("p1", 40_000).await;
    let then = check(&world).await;
    assert_eq!((then.owed, then.at_provider), (110_000, 500_000 - 40_000 - payout.provider_fee));
    assert_eq!((then.shortfall, then.unexplained), (0, 0));

    foreign_payout(&world, 380_000).await;
    let seen_once = check(&world).await;
    assert_eq!((seen_once.unexplained, seen_once.off), (0, -(380_000 + payout.provider_fee)), "it may be a matter of the moment");
    let after = check(&world).await;
    assert_eq!(after.unexplained, -(380_000 + payout.provider_fee));
    assert!(after.shortfall > 0, "{after:?}");
    let token = world.operator(domain::identity::Role::Ops).await;
    let explain = async |unexplained: i64| {
        let body = serde_json::json!({ "unexplained_amount": unexplained, "why": "the rent, paid by hand" });
        let request = lambda::Request::post("/v1/ops/float/explain").bearer(&token).json(&body).build();
        functions::api::operations::handle(&world.deps, request).await
    };
    assert_eq!(explain(after.unexplained + 1).await.unwrap_err().status(), 409);
    assert_eq!(explain(after.unexplained).await.unwrap().status, 200);
    assert_eq!(explain(after.unexplained).await.unwrap_err().status(), 409, "once");
    let explained = check(&world).await;
    assert_eq!((explained.unexplained, explained.explained), (0, after.unexplained));
    assert_eq!(explained.shortfall, after.shortfall, "an explanation is no money");
    assert_eq!(world.deps.store.acts(None, 10).await.unwrap().0[0].act.action, "float.explain");
    assert_eq!(after.shortfall, after.owed - after.at_provider - after.settlement_pending);
}
