//! What became of deliveries, counted.

use crate::world::*;
use domain::{
    Timestamp,
    notice::{
        Channel,
        delivery::Reason,
        latency::Bucket,
        tally::{Counts, Tally, Transition},
    },
};
use std::{collections::BTreeMap, time::Duration};
use store::{SLOT_S, Store};

/// Midnight of UTC: the end of a partition.
fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_795_219_200 + seconds).unwrap()
}

fn moved(channel: Channel, provider: &str, tried_at: Timestamp) -> Transition {
    Transition {
        channel,
        provider: provider.to_owned(),
        tried_at,
        counts: Counts { attempted: 1, sent: 1, ..Counts::default() },
        acceptance: Some(Bucket::of(90)),
        arrival: None,
        reason: None,
    }
}

async fn counted(store: &Store, since: i64, until: i64) -> BTreeMap<String, Tally> {
    store.deliveries_counted(Channel::Sms, at(since), at(until)).await.unwrap()
}

async fn attempted(store: &Store, since: i64, until: i64) -> i64 {
    counted(store, since, until).await.values().map(|tally| tally.counts.attempted).sum()
}

#[tokio::test]
async fn what_moved_adds_up_by_provider_and_channel() {
    let store = store().await;
    let failed = Transition {
        counts: Counts { attempted: 0, sent: -1, failed: 1, ..Counts::default() },
        acceptance: None,
        arrival: Some(Bucket::of(7_000)),
        reason: Some(Reason::new("5.1.1 #reserved: names, size")),
        ..moved(Channel::Sms, "dlt", at(1))
    };
    let all = [moved(Channel::Sms, "dlt", at(0)), moved(Channel::Sms, "dlt", at(2)), failed, moved(Channel::Sms, "twilio", at(3))];
    let mut wanted = BTreeMap::<String, Tally>::new();
    for moved in &all {
        store.count_delivery(moved, at(10)).await.unwrap();
        wanted.entry(moved.provider.clone()).or_default().merge(&Tally::from(moved));
    }
    store.count_delivery(&moved(Channel::Email, "ses", at(0)), at(10)).await.unwrap();
    let counted = counted(&store, 0, SLOT_S).await;
    assert_eq!(counted, wanted);
    let dlt = &counted["dlt"];
    assert_eq!((dlt.counts.attempted, dlt.counts.sent, dlt.counts.failed), (2, 1, 1));
    assert_eq!(dlt.acceptance.percentile(99).and_then(Bucket::at_most_ms), Some(125));
    assert_eq!(dlt.commonest_reasons(), [("5.1.1 #reserved: names, size", 1)]);
}

#[tokio::test]
async fn slots_are_asked_for_from_one_and_before_another_over_the_ends_of_days() {
    let store = store().await;
    let day = 24 * 3_600;
    let tried = [-1, 0, SLOT_S - 1, SLOT_S, day - 1, day, day + SLOT_S];
    for second in tried {
        store.count_delivery(&moved(Channel::Sms, "dlt", at(second)), at(day)).await.unwrap();
    }
    assert_eq!(attempted(&store, -SLOT_S, 0).await, 1);
    assert_eq!(attempted(&store, 0, SLOT_S).await, 2);
    assert_eq!(attempted(&store, SLOT_S - 1, SLOT_S).await, 2, "a slot is counted whole");
    assert_eq!(attempted(&store, 0, day).await, 4);
    assert_eq!(attempted(&store, SLOT_S, day + SLOT_S).await, 3);
    assert_eq!(attempted(&store, -SLOT_S, 2 * day).await, 7);
    assert_eq!(attempted(&store, 3 * day, 4 * day).await, 0);
}

#[tokio::test]
async fn what_comes_when_its_time_is_forgotten_counts_no_more_and_nothing_is_told_below_zero() {
    let store = store().await;
    let kept = i64::try_from(Duration::from_secs(8 * 24 * 3_600).as_secs()).unwrap();
    store.count_delivery(&moved(Channel::Sms, "dlt", at(0)), at(kept)).await.unwrap();
    assert_eq!(attempted(&store, 0, SLOT_S).await, 0);
    let taken_back = Transition { counts: Counts { sent: -1, ..Counts::default() }, ..moved(Channel::Sms, "dlt", at(0)) };
    store.count_delivery(&taken_back, at(kept - 1)).await.unwrap();
    assert_eq!(counted(&store, 0, SLOT_S).await["dlt"].counts, Counts::default(), "the attempt itself was never counted");
}
