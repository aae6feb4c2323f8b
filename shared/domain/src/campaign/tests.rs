use super::*;
use crate::{
    id::Fingerprint,
    testing::{World, asked},
};

fn wish(key: &str, recipients: u32) -> OpenCampaign {
    let now = World::new().now;
    OpenCampaign {
        asked: asked("ops", key, &recipients.to_string()),
        to_members: false,
        name: "Rain".to_owned(),
        channel: Channel::Push,
        template: Template { name: "announcement".to_owned(), version: 1 },
        category: Category::Offer,
        priority: Priority::Normal,
        sheet: SheetId::new(now, Fingerprint::of("sheet", key)),
        recipients,
        per_minute: 600,
        start_at: now,
        expires_at: after(now, 24 * 3_600),
    }
}

fn opened(world: &mut World, recipients: u32) -> Campaign {
    world.run(&wish("k", recipients)).unwrap().value
}

fn take(world: &mut World, campaign: &Campaign) -> SliceTaken {
    world.run(&TakeSlice { campaign: campaign.id, for_s: 30 }).unwrap()
}

fn steer(world: &mut World, campaign: &Campaign, wish: Wish) -> Result<&'static str, CannotSteer> {
    world.run(&SteerCampaign { campaign: campaign.id, wish }).map(|campaign| campaign.status.code())
}

fn record(world: &mut World, campaign: &Campaign, (from, until): (u32, u32), walked: Walked) -> Campaign {
    world.run(&RecordSlice { campaign: campaign.id, from, until, walked }).unwrap()
}

fn bounds(taken: &SliceTaken) -> (u32, u32) {
    match taken {
        SliceTaken::Tell { from, until, .. } | SliceTaken::TakeBack { from, until, .. } => (*from, *until),
        other => panic!("{other:?}"),
    }
}

#[test]
fn its_recipients_are_told_in_slices_at_its_pace_and_then_it_is_completed() {
    let mut world = World::new();
    let campaign = opened(&mut world, 250);
    assert_eq!(campaign.status, CampaignStatus::Running);
    let mut told = Vec::new();
    while told.last().is_none_or(|(_, until)| *until < 250) {
        let slice = bounds(&take(&mut world, &campaign));
        let after = record(&mut world, &campaign, slice, Walked::Told { opened: slice.1 - slice.0 - u32::from(slice.0 == 0) });
        told.push(slice);
        if after.is_open() {
            assert!(matches!(take(&mut world, &campaign), SliceTaken::Later { .. }), "600 a minute is 100 in ten seconds");
            world.wait(10);
        }
    }
    assert_eq!(told, [(0, 100), (100, 200), (200, 250)]);
    assert_eq!(take(&mut world, &campaign), SliceTaken::Nothing);
    let shown: Vec<_> = world.bulletins(&campaign.board()).iter().map(|bulletin| bulletin.told.clone()).collect();
    let told = |status, reached, opened| Told::Campaign {
        status,
        recipients: 250,
        progress: Progress { reached, opened, passed: u32::from(reached > 0) },
    };
    let expected = [told("running", 0, 0), told("running", 100, 99), told("running", 200, 199), told("completed", 250, 249)];
    assert_eq!(shown, expected);
}

#[test]
fn a_slow_pace_tells_a_few_at_a_time() {
    let mut world = World::new();
    let slow = OpenCampaign { per_minute: 1, ..wish("slow", 3) };
    let campaign = world.run(&slow).unwrap().value;
    assert_eq!(bounds(&take(&mut world, &campaign)), (0, 1));
    record(&mut world, &campaign, (0, 1), Walked::Told { opened: 1 });
    world.wait(59);
    assert!(matches!(take(&mut world, &campaign), SliceTaken::Later { .. }));
    world.wait(1);
    assert_eq!(bounds(&take(&mut world, &campaign)), (1, 2));
}

#[test]
fn one_worker_has_a_slice_and_a_dead_ones_is_walked_again() {
    let mut world = World::new();
    let campaign = opened(&mut world, 250);
    let first = bounds(&take(&mut world, &campaign));
    assert!(matches!(take(&mut world, &campaign), SliceTaken::Later { .. }));
    world.wait(30);
    assert_eq!(bounds(&take(&mut world, &campaign)), first);
    let recorded = record(&mut world, &campaign, first, Walked::Told { opened: 100 });
    assert_eq!(record(&mut world, &campaign, first, Walked::Told { opened: 100 }), recorded, "the late one counts nothing");
}

#[test]
fn a_campaign_begins_at_its_time() {
    let mut world = World::new();
    let campaign = world.run(&OpenCampaign { start_at: after(world.now, 3_600), ..wish("later", 5) }).unwrap().value;
    assert_eq!(campaign.status, CampaignStatus::Scheduled);
    assert_eq!(take(&mut world, &campaign), SliceTaken::Later { at: campaign.start_at });
    world.wait(3_600);
    assert_eq!(bounds(&take(&mut world, &campaign)), (0, 5));
}

#[test]
fn a_pause_keeps_the_rest_back_and_what_is_under_way_counts() {
    let mut world = World::new();
    let campaign = opened(&mut world, 250);
    let first = bounds(&take(&mut world, &campaign));
    assert_eq!(steer(&mut world, &campaign, Wish::Pause), Ok("paused"));
    record(&mut world, &campaign, first, Walked::Told { opened: 100 });
    world.wait(3_600);
    assert_eq!(take(&mut world, &campaign), SliceTaken::Nothing);
    assert_eq!(steer(&mut world, &campaign, Wish::Pause), Ok("paused"));
    assert_eq!(steer(&mut world, &campaign, Wish::Resume), Ok("running"));
    assert_eq!(bounds(&take(&mut world, &campaign)), (100, 200));
}

#[test]
fn a_cancellation_takes_back_all_that_may_have_been_told() {
    let mut world = World::new();
    let campaign = opened(&mut world, 1_000);
    let first = bounds(&take(&mut world, &campaign));
    record(&mut world, &campaign, first, Walked::Told { opened: 100 });
    world.wait(10);
    // A worker that dies before it says how far it was.
    assert_eq!(bounds(&take(&mut world, &campaign)), (100, 200));
    assert_eq!(steer(&mut world, &campaign, Wish::Cancel), Ok("cancelling"));
    assert!(matches!(take(&mut world, &campaign), SliceTaken::Later { .. }), "it may be alive");
    world.wait(30);
    assert_eq!(bounds(&take(&mut world, &campaign)), (0, 100));
    assert_eq!(record(&mut world, &campaign, (0, 100), Walked::TakenBack).status, CampaignStatus::Cancelling { taken_back: 100 });
    assert_eq!(bounds(&take(&mut world, &campaign)), (100, 200));
    assert_eq!(record(&mut world, &campaign, (100, 200), Walked::TakenBack).status.code(), "cancelled");
    assert_eq!(steer(&mut world, &campaign, Wish::Resume), Err(CannotSteer::Over("cancelled")));
    assert_eq!(steer(&mut world, &campaign, Wish::Cancel), Ok("cancelled"));
}

#[test]
fn a_worker_that_is_late_with_a_slice_when_it_is_cancelled_leaves_nothing_told() {
    let mut world = World::new();
    let campaign = opened(&mut world, 1_000);
    let first = bounds(&take(&mut world, &campaign));
    assert_eq!(steer(&mut world, &campaign, Wish::Cancel), Ok("cancelling"));
    record(&mut world, &campaign, first, Walked::Told { opened: 100 });
    assert_eq!(bounds(&take(&mut world, &campaign)), (0, 100));
    record(&mut world, &campaign, (0, 100), Walked::TakenBack);
    assert_eq!(bounds(&take(&mut world, &campaign)), (100, 200), "one slice beyond what was written down");
}

#[test]
fn a_retry_opens_nothing_new_and_is_answered_as_it_was() {
    let mut world = World::new();
    let first = world.run(&wish("k", 5)).unwrap();
    let slice = bounds(&take(&mut world, &first.value));
    record(&mut world, &first.value, slice, Walked::Told { opened: 5 });
    let again = world.run(&wish("k", 5)).unwrap();
    assert!(again.replayed && again.value == first.value);
    assert!(matches!(world.run(&wish("k", 6)), Err(CannotOpen::KeyReused(_))));
}

#[test]
fn what_would_be_over_before_everybody_was_told_is_refused() {
    let mut world = World::new();
    let late = OpenCampaign { start_at: after(world.now, 25 * 3_600), ..wish("late", 5) };
    assert_eq!(world.run(&late).unwrap_err(), CannotOpen::Expired);
    let slow = OpenCampaign { per_minute: 1, ..wish("slow", 24 * 60 + 1) };
    assert_eq!(world.run(&slow).unwrap_err(), CannotOpen::TooSlow);
}
