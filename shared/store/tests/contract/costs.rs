//! What commands cost, as the table counts it and as the store foretells it.

use crate::world::*;
use domain::{
    engine::Command,
    notice::{Channel, Climbed, MarkSeen},
    payment::ProviderPaymentState,
    payout::{Payout, PayoutStatus, Recorded, WordState},
};
use embedded::Meter;
use store::{InboundStatus, Store};

/// Carries a command out; what the table counted, which is what the store foretold.
async fn cost<C: Command>(store: &Store, meter: &Meter, command: &C) -> (C::Done, u64)
where
    C::Refusal: std::fmt::Debug,
{
    meter.take();
    let committed = run(store, command).await;
    let counted = meter.take().write_units;
    assert_eq!(counted, committed.write_units as f64, "the store foretells something else");
    (committed.done, committed.write_units)
}

/// A payout in all its steps.
async fn payout_cost(store: &Store, meter: &Meter, key: &str) -> u64 {
    let (opened, opening) = cost(store, meter, &payout("asha", key, 10_000)).await;
    let payout: Payout = opened.value;
    let (_, sending) = cost(store, meter, &advance(&payout)).await;
    let (paid, paying) = cost(store, meter, &word(&payout, WordState::Processed)).await;
    assert!(matches!(paid, Recorded::Moved(ref payout) if payout.status == PayoutStatus::Processed));
    opening + sending + paying
}

#[tokio::test]
async fn write_units_stay_what_they_are() {
    let (store, meter) = embedded::metered_store(Meter::units()).await.unwrap();
    fund(&store, &[("asha", 400_000), ("ravi", 0)]).await;
    valid_payee(&store, "asha").await;

    let (_, transfer) = cost(&store, &meter, &transfer("asha", "ravi", "t", 100)).await;
    let first_payout = payout_cost(&store, &meter, "p1").await;
    let next_payout = payout_cost(&store, &meter, "p2").await;
    let order = order(&store, "asha", "o", 5_000).await;
    let (_, captured) = cost(&store, &meter, &told("pay_1", &order, ProviderPaymentState::Captured)).await;

    assert_eq!((transfer, first_payout, next_payout, captured), (10, 22, 20, 7));
}

#[tokio::test]
async fn a_notice_pays_for_each_of_its_places_among_what_is_due() {
    let (store, meter) = embedded::metered_store(Meter::units()).await.unwrap();
    let (opened, opening) = cost(&store, &meter, &open_notice("asha", "e")).await;
    let id = opened.value.id;
    let (tried, trying) = cost(&store, &meter, &climb("asha", id)).await;
    assert!(matches!(tried, Climbed::Try { channel: Channel::Whatsapp, .. }));
    let (_, sending) = cost(&store, &meter, &sent("asha", id, Channel::Whatsapp, "wamid.1")).await;
    let (_, seeing) = cost(&store, &meter, &MarkSeen { user: user("asha"), notice: id }).await;
    assert_eq!((opening, trying, sending, seeing), (2, 3, 6, 2));
}

#[tokio::test]
async fn a_webhook_of_up_to_a_kilobyte_packed_costs_three_units() {
    let (store, meter) = embedded::metered_store(Meter::units()).await.unwrap();
    let body = include_bytes!("../../../../events/webhooks-razorpay.json");
    store.keep_webhook("razorpay#evt_1", "", body, now()).await.unwrap();
    store.mark_webhook("razorpay#evt_1", InboundStatus::Processed, "credited").await.unwrap();
    assert_eq!(meter.take().write_units, 3.0);
}
