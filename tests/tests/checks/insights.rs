//! The cash-flow agent: what it finds in a book, what it tells of it, and that it tells it once.

use crate::world::*;
use domain::{
    book::{Earned, Observe, Seen, Source, TakeEarned},
    engine::{Key, Record},
    id::Fingerprint,
    identity::Role,
    limits::india_time,
};
use functions::{api, book::Said, insights};
use jiff::{SignedDuration, ToSpan as _, civil::Date};
use lambda::{Problem, Request, Trace, http::request::RequestBuilder};
use serde_json::{Value, json};

fn today(world: &World) -> Date {
    india_time(world.now()).date()
}

/// The Monday of the week before the last whole one: of it, all payments must be there by now.
fn week_to_check(world: &World) -> Date {
    let monday = today(world) - i64::from(today(world).weekday().to_monday_zero_offset()).days();
    monday - 14.days()
}

async fn worked(world: &World, from: Date, each: i64) {
    let earned = || Earned {
        platform: "swiggy".to_owned(),
        id: String::new(),
        source: Source::Platform,
        total: each,
        lines: Vec::new(),
        cash: 0,
        trips: Some(12),
        minutes: Some(480),
        told_at: world.now(),
    };
    let records = (0..7).map(|day| (from + day.days(), earned())).collect();
    world.run(&TakeEarned { user: user("asha"), records, whole: None }).await;
}

async fn paid(world: &World, day: Date, amount: i64) {
    let said = Said {
        source: Source::Bank,
        id: Fingerprint::of("bank", &day.to_string()),
        flow: domain::book::Flow::In,
        amount,
        what: "swiggy",
        is_platform: true,
    };
    let seen = said.on(day);
    let seen = Seen { sighting: domain::book::Sighting { teller: Fingerprint::of("bank", "1"), ..seen.sighting.clone() }, ..seen };
    world.run(&Observe { user: user("asha"), seen: vec![seen] }).await;
}

async fn spent(world: &World, day: Date, amount: i64, what: &str) {
    let id = Fingerprint::of(what, &format!("{day} {amount}"));
    let said = Said { source: Source::App, id, flow: domain::book::Flow::Out, amount, what, is_platform: false };
    world.run(&Observe { user: user("asha"), seen: vec![said.on(day)] }).await;
}

async fn look(world: &World) {
    insights::look(&world.deps, user("asha"), &Trace::default()).await.unwrap();
}

async fn told(world: &World, template: &str) -> Vec<Value> {
    // At night they wait for the morning.
    let notices = world.deps.store.due_notices(world.now() + SignedDuration::from_hours(24), 100).await.unwrap();
    let values = |notice: domain::notice::Notice| serde_json::from_str(notice.values.as_str()).unwrap();
    notices.into_iter().filter(|notice| notice.template.name == template).map(values).collect()
}

async fn call(world: &World, token: &str, request: RequestBuilder) -> Result<Value, Problem> {
    let reply = api::insights::handle(&world.deps, request.bearer(token).build()).await?;
    Ok(serde_json::from_slice(&reply.body).unwrap())
}

#[tokio::test]
async fn a_week_that_was_paid_short_is_told_once_and_comes_with_a_letter() {
    let world = World::new(|_| {}).await;
    let token = world.session("asha", Role::Worker).await.0;
    let monday = week_to_check(&world);
    worked(&world, monday, 80_000).await;
    paid(&world, monday + 9.days(), 520_000).await;
    for _ in 0..3 {
        look(&world).await;
    }
    let told = told(&world, "pay.shortfall").await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((&told[0]["missing"], &told[0]["platform"]), (&json!(40_000), &json!("Swiggy")));
    let seen = call(&world, &token, Request::get("/v1/insights")).await.unwrap();
    let finding = &seen["findings"][0];
    assert_eq!((&finding["gap"], &finding["missing_amount"], &finding["status"]), (&json!("week"), &json!(40_000), &json!("open")));
    let id = finding["id"].as_str().unwrap();
    let dispute = |language: &str| Request::post("/v1/findings/{id}/dispute").param("id", id).json(&json!({ "language": language }));
    for language in ["en", "hi", "kn", "ta", "te", "bn", "mr"] {
        let letter = call(&world, &token, dispute(language)).await.unwrap();
        let text = letter["letter"].as_str().unwrap();
        assert!(text.contains("₹5,600.00") && text.contains("₹400.00") && text.contains("Swiggy"), "{language}: {text}");
        assert_eq!(letter["finding"]["status"], json!("disputed"));
    }
    assert_eq!(call(&world, &token, dispute("fr")).await.unwrap_err().status(), 400);
    // The rest comes: it adds up, and there is nothing to be asked for any more.
    paid(&world, monday + 10.days(), 40_000).await;
    look(&world).await;
    let settled = call(&world, &token, dispute("en")).await.unwrap_err();
    assert_eq!((settled.status(), settled.code().name), (409, "finding_settled"));
    let other = world.session("ravi", Role::Worker).await.0;
    assert_eq!(call(&world, &other, dispute("en")).await.unwrap_err().status(), 404);
}

#[tokio::test]
async fn a_rent_that_comes_every_month_is_told_before_it_is_due_and_told_once() {
    let world = World::new(|_| {}).await;
    let token = world.session("asha", Role::Worker).await.0;
    let due = today(&world) + 2.days();
    for months in 1..=5 {
        spent(&world, due - months.months(), 650_000, "rent").await;
    }
    look(&world).await;
    spent(&world, today(&world), 3_000, "food").await;
    look(&world).await;
    let told = told(&world, "bill.due").await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((&told[0]["amount"], &told[0]["what"], &told[0]["when"]), (&json!(650_000), &json!("Rent"), &json!("soon")));
    let seen = call(&world, &token, Request::get("/v1/insights")).await.unwrap();
    assert_eq!((&seen["bills"][0]["every"], &seen["of_today"]["expenses_amount"]), (&json!("month"), &json!(3_000)), "{seen}");
}

#[tokio::test]
async fn days_that_were_worked_count_for_social_security() {
    let world = World::new(|_| {}).await;
    let token = world.session("asha", Role::Worker).await.0;
    worked(&world, week_to_check(&world), 80_000).await;
    let seen = call(&world, &token, Request::get("/v1/insights")).await.unwrap();
    let (single, missing) =
        (seen["social_security"]["single_days"].as_u64().unwrap(), seen["social_security"]["missing_days"].as_u64().unwrap());
    // Should the financial year have turned in that week, the days before it do not count.
    assert!(single <= 7 && single + missing == 90, "{seen}");
}

#[tokio::test]
async fn a_book_that_nobody_wrote_in_is_not_looked_at() {
    let world = World::new(|_| {}).await;
    look(&world).await;
    let token = world.session("asha", Role::Worker).await.0;
    let seen = call(&world, &token, Request::get("/v1/insights")).await.unwrap();
    assert_eq!((&seen["bills"], &seen["runway"], &seen["findings"]), (&json!([]), &Value::Null, &json!([])));
}

#[tokio::test]
async fn f22_names_in_the_book_are_gone_after_their_time_and_what_moved_stays() {
    let world = World::new(|_| {}).await;
    let ago = |days: i64| today(&world) - days.days();
    let name = || domain::vault::Sealed { key: "v1".to_owned(), bytes: b"Ravi Tea Stall".to_vec() };
    // More days than one command takes.
    for day in (401..=415).chain([399, 10]).map(ago) {
        let said = Said {
            source: Source::File,
            id: Fingerprint::of("file", &day.to_string()),
            flow: domain::book::Flow::Out,
            amount: 3_000,
            what: "food",
            is_platform: false,
        };
        world.run(&Observe { user: user("asha"), seen: vec![Seen { name: Some(name()), ..said.on(day) }] }).await;
    }
    let state = async || {
        let pages = world.deps.store.pages(user("asha"), ago(420), ago(0)).await.unwrap();
        let named: Vec<Date> = pages.iter().filter(|page| page.has_texts()).map(|page| page.day).collect();
        let Some(Record::Book(book)) = world.deps.store.record(&Key::Book(user("asha"))).await.unwrap() else { panic!("no book") };
        (pages.iter().map(|page| page.entries[0].amount()).collect::<Vec<_>>(), named, book.texts_from)
    };
    let (amounts, named, first) = state().await;
    assert_eq!((named.len(), first), (17, Some(ago(415))));
    for _ in 0..2 {
        look(&world).await;
        assert_eq!(state().await, (amounts.clone(), vec![ago(399), ago(10)], Some(ago(399))));
    }
}
