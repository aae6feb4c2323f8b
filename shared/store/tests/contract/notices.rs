//! Notices: their rows, the index of what is due, and what happens at once.

use crate::world::*;
use domain::{
    Timestamp,
    consent::Shown,
    engine::{Key, Record},
    id::NoticeId,
    notice::{
        CancelNotice, Category, Channel, Climb, Climbed, Ended, Notice, OpenNotice, Outcome, RecordOutcome, RecordWord, ReleaseDigest,
        Released, Stage,
        delivery::{Reason, Word},
        devices::{AddDevice, DeviceOfAnother, PushAddress, PushKind, RemoveDevice},
        email::EmailAddress,
        hours::{Hours, Language, Zone},
        preferences::{SetEmail, SetPreferences, Settings, StopChannel, VerifyEmail},
        suppression::{AddressHash, AddressWord, RecordAddress},
    },
};
use std::time::Duration;
use store::{ExecuteError, Store};

fn set(user: domain::id::UserId, settings: Settings) -> SetPreferences {
    let offers_notice = Shown { version: 1, lang: "en".to_owned(), sha256: [0; 32] };
    SetPreferences { user, settings, offers_notice, request_id: "req".to_owned() }
}

fn later(seconds: u64) -> Timestamp {
    now() + Duration::from_secs(seconds)
}

async fn open(store: &Store, event: &str) -> NoticeId {
    run(store, &open_notice("asha", event)).await.done.value.id
}

async fn notice(store: &Store, id: NoticeId) -> Notice {
    store.notice_by_id(user("asha"), id).await.unwrap().unwrap()
}

fn device(name: &str, kind: PushKind, value: &str, keys: Option<&str>) -> AddDevice {
    let address = PushAddress::new(kind, value, keys).unwrap();
    AddDevice { user: user(name), address, name: Some("Redmi".to_owned()), taken_from: None, rules: notice_rules() }
}

#[tokio::test]
async fn whoever_has_written_to_us_may_be_written_to_for_a_day() {
    let store = store().await;
    let is_open = async |seconds| store.window_is_open("h", later(seconds)).await.unwrap();
    assert!(!is_open(0).await, "nobody has written");
    store.open_window("h", later(3_600)).await.unwrap();
    store.open_window("h", now()).await.unwrap();
    assert!(is_open(3_600).await && is_open(24 * 3_600).await, "what was written earlier and told later shuts nothing");
    assert!(!is_open(25 * 3_600).await && !store.window_is_open("other", later(3_600)).await.unwrap());
}

#[tokio::test]
async fn notices_are_found_by_what_they_are_of() {
    let store = store().await;
    let id = open(&store, "e").await;
    let of = |name: &str, event: &str| Notice::fingerprint(user(name), event);
    let found = store.notices(&[(user("asha"), of("asha", "e")), (user("asha"), of("asha", "none"))]).await.unwrap();
    assert_eq!(found.iter().map(|notice| notice.id).collect::<Vec<_>>(), [id]);
    assert_eq!(store.notices(&[(user("ravi"), of("asha", "e")), (user("ravi"), of("ravi", "e"))]).await.unwrap(), []);
}

#[tokio::test]
async fn a_notice_survives_a_write_and_a_read_in_each_of_its_stages() {
    let store = store().await;
    let id = open(&store, "e").await;
    assert!(matches!(notice(&store, id).await.stage, Stage::Climbing { .. }));
    let Climbed::Try { notice: tried, .. } = run(&store, &climb("asha", id)).await.done else { panic!("nothing to try") };
    assert_eq!(notice(&store, id).await, tried, "with a skipped and a queued delivery");
    let outcome = Outcome::NotSent { provider: "meta".to_owned(), reason: Reason::new("131016"), retryable: true, after_s: None };
    let record = RecordOutcome { outcome, ..sent("asha", id, Channel::Whatsapp, "") };
    let busy = run(&store, &record).await.done.notice;
    assert_eq!(notice(&store, id).await, busy);
    run(&store, &sent("asha", id, Channel::Whatsapp, "wamid.1")).await;
    let word = |word| RecordWord { user: user("asha"), notice: id, channel: Channel::Whatsapp, word, at: now(), rules: notice_rules() };
    for told in [Word::Failed(Reason::new("131026")), Word::Delivered, Word::Read] {
        let told = run(&store, &word(told)).await.done.notice;
        assert_eq!(notice(&store, id).await, told);
    }
    assert_eq!(notice(&store, id).await.stage, Stage::Done { why: Ended::Delivered }, "as it ended first");

    let night = OpenNotice { category: Category::Offer, seq: None, ..open_notice("asha", "night") };
    let held = store.execute(&night, later(12 * 3600)).await.unwrap().done.value;
    assert_eq!((notice(&store, held.id).await, held.stage.code()), (held, "held"));
}

#[tokio::test]
async fn a_providers_message_leads_to_its_notice() {
    let store = store().await;
    let id = open(&store, "e").await;
    run(&store, &climb("asha", id)).await;
    assert_eq!(store.notice_of_message("meta", "wamid.1").await.unwrap(), None);
    run(&store, &sent("asha", id, Channel::Whatsapp, "wamid.1")).await;
    run(&store, &sent("asha", id, Channel::Whatsapp, "wamid.1")).await;
    let lead = store.notice_of_message("meta", "wamid.1").await.unwrap().unwrap();
    assert_eq!((lead.user, lead.notice, lead.channel), (user("asha"), id, Channel::Whatsapp));
    assert_eq!(store.notice_of_message("twilio", "wamid.1").await.unwrap(), None);
}

#[tokio::test]
async fn what_a_user_wants_and_where_they_are_reached_is_read_as_it_was_set() {
    let store = store().await;
    let asha = user("asha");
    assert_eq!(store.preferences(asha).await.unwrap().settings, Settings::default());
    let settings = Settings {
        language: Language::parse("hi").unwrap(),
        zone: Zone::parse("Europe/Berlin").unwrap(),
        quiet: Hours { from: "22:30".parse().unwrap(), to: "06:15".parse().unwrap() },
        digest_at: Some("19:00".parse().unwrap()),
        off: [(Category::Insight, Channel::Sms), (Category::Money, Channel::Email)].into(),
        offers: true,
    };
    run(&store, &set(asha, settings)).await;
    run(&store, &StopChannel { user: asha, channel: Channel::Whatsapp, stopped: true, at: now() }).await;
    let email = (EmailAddress::parse("asha@example.in").unwrap(), AddressHash::new("h"));
    run(&store, &SetEmail { user: asha, email: Some(email) }).await;
    let set = run(&store, &VerifyEmail { user: asha, hash: AddressHash::new("h") }).await.done;
    assert_eq!(store.preferences(asha).await.unwrap(), set);

    let address = AddressHash::new("h");
    for word in [AddressWord::SoftBounced, AddressWord::Complained, AddressWord::Good] {
        let record = RecordAddress { channel: Channel::Email, address: address.clone(), word, at: now(), rules: notice_rules() };
        let known = run(&store, &record).await.done;
        assert_eq!(store.suppression(Channel::Email, &address).await.unwrap(), Some(known));
    }
    assert_eq!(store.suppression(Channel::Sms, &address).await.unwrap(), None);
}

#[tokio::test]
async fn a_device_is_one_users_at_a_time() {
    let store = store().await;
    let token = run(&store, &device("asha", PushKind::FcmToken, "t", None)).await.done;
    let browser = run(&store, &device("asha", PushKind::Web, "https://push.example/1", Some(r#"{"auth":"a"}"#))).await.done;
    assert_eq!(store.devices(user("asha")).await.unwrap(), [token.clone(), browser.clone()]);
    let theirs = device("ravi", PushKind::FcmToken, "t", None);
    let Err(ExecuteError::Refused(DeviceOfAnother(owner))) = store.execute(&theirs, now()).await else { panic!("not refused") };
    run(&store, &AddDevice { taken_from: Some(owner), ..theirs }).await;
    assert_eq!(store.devices(user("asha")).await.unwrap(), [browser]);
    assert_eq!(store.devices(user("ravi")).await.unwrap(), std::slice::from_ref(&token));
    assert!(run(&store, &RemoveDevice { user: user("ravi"), device: token.id }).await.done);
    assert!(store.devices(user("ravi")).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_notice_is_due_at_its_time_and_not_by_its_age() {
    let store = store().await;
    let due = async |at| store.due_notices(at, 100).await.unwrap().into_iter().map(|notice| notice.id).collect::<Vec<_>>();
    let night = "2026-11-21T17:30:00Z".parse().unwrap();
    let morning: Timestamp = "2026-11-22T01:30:00Z".parse().unwrap();
    let held = store.execute(&OpenNotice { seq: None, ..open_notice("asha", "held") }, night).await.unwrap().done.value.id;
    assert!(due(morning - Duration::from_millis(1)).await.is_empty());
    assert_eq!(due(morning).await, [held]);

    let id = open(&store, "now").await;
    assert_eq!(due(now()).await, [id]);
    run(&store, &climb("asha", id)).await;
    assert!(due(later(14)).await.is_empty(), "a worker has it");
    assert_eq!(due(later(15)).await, [id]);
    assert_eq!(store.open_notices(user("asha")).await.unwrap().len(), 2);
    run(&store, &CancelNotice { user: user("asha"), notice: id }).await;
    assert_eq!(due(morning).await, [held]);
    let open: Vec<NoticeId> = store.open_notices(user("asha")).await.unwrap().into_iter().map(|notice| notice.id).collect();
    assert_eq!((open, store.open_notices(user("ravi")).await.unwrap()), (vec![held], Vec::new()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_is_told_ten_times_at_once_is_one_notice_and_one_call() {
    let store = store().await;
    let opens = (0..10).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { run(&store, &open_notice("asha", "e")).await.done })
    });
    let mut answers = Vec::new();
    for answer in opens.collect::<Vec<_>>() {
        answers.push(answer.await.unwrap());
    }
    let id = answers[0].value.id;
    assert!(answers.iter().all(|answer| answer.value.id == id));
    assert_eq!(answers.iter().filter(|answer| !answer.replayed).count(), 1);
    let climbs = (0..10).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { run(&store, &climb("asha", id)).await.done })
    });
    let mut calls = 0;
    for climbed in climbs.collect::<Vec<_>>() {
        match climbed.await.unwrap() {
            Climbed::Try { .. } => calls += 1,
            Climbed::BeingSent { .. } => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(calls, 1);
}

#[tokio::test]
async fn a_full_digest_is_written_in_one_transaction() {
    let store = store().await;
    let settings = Settings { digest_at: Some("19:00".parse().unwrap()), ..Settings::default() };
    run(&store, &set(user("asha"), settings)).await;
    let mut notices = Vec::new();
    for n in 0..90 {
        let low = OpenNotice { priority: domain::fact::Priority::Low, seq: None, ..open_notice("asha", &format!("e{n}")) };
        notices.push(run(&store, &low).await.done.value.id);
    }
    let evening = "2026-11-21T13:30:00Z".parse().unwrap();
    assert_eq!(store.due_notices(evening, 100).await.unwrap().len(), 90);
    let release = ReleaseDigest { user: user("asha"), notices, rules: notice_rules() };
    let released = store.execute(&release, evening).await.unwrap();
    assert!(matches!(&released.done, Released::Digest(digest) if digest.values.as_str() == r#"{"count":90}"#));
    assert_eq!((released.work.len(), store.due_notices(evening, 100).await.unwrap().len()), (1, 1));
}

#[tokio::test]
async fn what_a_user_is_told_is_counted_by_channel_hour_and_day() {
    let store = store().await;
    let asha = user("asha");
    assert!(store.told(asha, now()).await.unwrap().0.is_empty());
    for at in [now(), later(60), later(3600)] {
        store.count_told(asha, Channel::Push, at).await.unwrap();
    }
    store.count_told(asha, Channel::Sms, later(3600)).await.unwrap();
    let counts = async |at| {
        let told = store.told(asha, at).await.unwrap().0;
        told.into_iter().map(|(channel, (hour, day))| (channel, hour.count, day.count)).collect::<Vec<_>>()
    };
    assert_eq!(counts(now()).await, [(Channel::Push, 2, 3), (Channel::Sms, 0, 1)]);
    assert_eq!(counts(later(3600)).await, [(Channel::Push, 1, 3), (Channel::Sms, 1, 1)]);
    assert!(counts(later(24 * 3600)).await.is_empty() && store.told(user("ravi"), now()).await.unwrap().0.is_empty());
    let (hour, day) = store.told(asha, now()).await.unwrap().0[&Channel::Push];
    assert_eq!((hour.resets_at, day.resets_at), (later(3600), "2026-11-22T00:00:00Z".parse().unwrap()));

    let over = notice_rules().whatsapp_rate.hour;
    for _ in 0..over {
        store.count_told(asha, Channel::Whatsapp, now()).await.unwrap();
    }
    let id = open(&store, "e").await;
    let told = store.told(asha, now()).await.unwrap();
    let climbed = run(&store, &Climb { told, ..climb("asha", id) }).await.done;
    assert_eq!(climbed, Climbed::Wait { until: later(3600) });
    assert!(store.record(&Key::notice(asha, id)).await.unwrap().is_some_and(|record| matches!(record, Record::Notice(_))));
}
