//! Uber's driver API, on this machine, by the port that callers have.

use earnings::{EarningsDay, LineKind};
use jiff::civil::date;
use reqwest::Url;
use serde_json::{Value, json};

use super::*;
use crate::call::{CallError, Doubt, Illegible, Timeouts};
use crate::platforms::connector::{Back, Connector, Finding, Platform, Read, Tokens, Wanted};
use crate::platforms::wrong;
use crate::standing::{Always, Once};
use crate::test_server::TestServer;

/// The evening of 21 November 2026 in India.
const NOW: i64 = 1_795_262_400;
const BACK: &str = "https://app.example/back?x=1";
const ME: &str = r#"{"driver_id":"8LvWuRAq2511gmr8EMkovekFNa2848lyMaQevIto-aXmnK9oKNRtfTxYLgPq9OSt8EzAu5pDB7XiaQIrcp-zXgOA5EyK4h00U6D1o7aZpXIQah--U77Eh7LEBiksj2rahB==",
    "first_name":"Asha","last_name":"Patil","phone_number":"+919876543210","email":"asha@example.com","picture":null,"rating":4.9,
    "promo_code":"a1","activation_status":"active"}"#;

fn client(url: &str) -> Client {
    let client_secret = Secret::new("app-s3cret").unwrap();
    let settings = Settings {
        api_url: url,
        auth_url: url,
        page_url: "https://auth.uber.com",
        client_id: "app-1",
        client_secret,
        day_rollover_hour: 4,
    };
    Client::with_http(Http::new(Timeouts::default()).unwrap(), settings).unwrap()
}

fn connector(server: &TestServer) -> Connector {
    Connector::new(Platform::Uber(client(server.url())))
}

fn tokens(access: &str) -> Tokens {
    let secret = |text| Secret::new(text).unwrap();
    Tokens::Consent { platform: "uber".into(), access: secret(access), refresh: Some(secret("rt-s3cret")), access_until: NOW + 3600 }
}

fn wanted(from: jiff::civil::Date, until: jiff::civil::Date) -> Wanted<'static> {
    Wanted { window: Window { from, until }, cursor: None }
}

fn last_days() -> Wanted<'static> {
    wanted(date(2026, 11, 12), date(2026, 11, 21))
}

/// As in the sheet. 10:30 in the morning of 20 November in India.
fn payment(id: u32) -> Value {
    json!({
        "payment_id": format!("p-{id}"), "category": "fare", "event_time": 1_795_150_800 + i64::from(id), "trip_id": format!("t-{id}"),
        "cash_collected": 0, "amount": 100.5, "driver_id": null, "partner_id": "partner-1", "currency_code": "INR",
        "breakdown": { "service_fee": -25.12, "toll": 0, "other": 0 }, "rider_fees": { "split_fare": 0.5 },
    })
}

fn payments(count: u32, rows: &[Value]) -> String {
    json!({ "count": count, "limit": 50, "offset": 0, "payments": rows }).to_string()
}

fn trip(id: u32) -> Value {
    json!({
        "trip_id": format!("t-{id}"), "driver_id": null, "vehicle_id": "v-1", "status": "completed", "distance": 3.7, "duration": 1255,
        "pickup": { "timestamp": 1_795_149_500 }, "dropoff": { "timestamp": 1_795_150_755 },
        "start_city": { "display_name": "Pune", "latitude": 18.52, "longitude": 73.86 },
        "status_changes": [{ "status": "accepted", "timestamp": 1_795_149_400 }, { "status": "completed", "timestamp": 1_795_150_755 }],
    })
}

fn trips(rows: &[Value]) -> String {
    json!({ "count": rows.len(), "limit": 50, "offset": 0, "trips": rows }).to_string()
}

async fn read(answers: &[(u16, &str)]) -> (TestServer, Result<Read, PlatformError>) {
    let server = TestServer::answering_in_turn(answers).await;
    let connector = connector(&server);
    let mut reading = connector.open(&last_days(), NOW).unwrap();
    let read = connector.read(&mut reading, &tokens("at-s3cret"), &Always, NOW).await;
    (server, read)
}

/// The day that these payments make, which are all of one day.
async fn day(rows: &[Value]) -> EarningsDay {
    let rows = payments(u32::try_from(rows.len()).unwrap(), rows);
    let (_, read) = read(&[(200, ME), (200, &rows), (200, &trips(&[]))]).await;
    let [day] = read.unwrap().days.try_into().unwrap();
    day
}

#[tokio::test]
async fn the_page_of_consent_is_asked_for_as_uber_wants_it() {
    let server = TestServer::answering(200, "{}").await;
    let link = connector(&server).link_start(BACK, &[7; 64], NOW).unwrap();
    let url = Url::parse(&link.url).unwrap();
    assert_eq!((url.host_str(), url.path()), (Some("auth.uber.com"), "/oauth/v2/authorize"));
    let value = |name: &str| url.query_pairs().find(|(found, _)| found == name).map(|(_, value)| value.into_owned());
    assert_eq!((value("client_id").as_deref(), value("response_type").as_deref()), (Some("app-1"), Some("code")));
    assert_eq!(value("scope").as_deref(), Some("partner.accounts partner.payments partner.trips"));
    assert_eq!((value("redirect_uri").as_deref(), value("state")), (Some(BACK), Some(link.state)));
    assert!(server.requests().is_empty(), "it is a page, and no call");
}

#[tokio::test]
async fn a_code_is_exchanged_in_a_form() {
    let reply = r#"{"access_token":"at-1","token_type":"Bearer","expires_in":2592000,"refresh_token":"rt-1",
        "scope":"partner.trips partner.payments partner.accounts"}"#;
    let server = TestServer::answering(200, reply).await;
    let uber = connector(&server);
    let link = uber.link_start(BACK, &[7; 64], NOW).unwrap();
    let back = Back { state: &link.state, code: Some("code-1"), error: None };
    let connection = uber.link_complete(&link.pending, &back, NOW).await.unwrap();
    let Tokens::Consent { platform, access, refresh, access_until } = connection.tokens else { panic!("a consent") };
    assert_eq!((platform.as_str(), access.expose(), access_until), ("uber", "at-1", NOW + 2_592_000));
    assert_eq!(refresh.unwrap().expose(), "rt-1");
    let request = server.only_request();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/oauth/v2/token"));
    let form: Vec<_> = form_urlencoded::parse(&request.body).into_owned().collect();
    let expected = [
        ("client_id", "app-1"),
        ("client_secret", "app-s3cret"),
        ("grant_type", "authorization_code"),
        ("redirect_uri", BACK),
        ("code", "code-1"),
    ];
    assert_eq!(form, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[tokio::test]
async fn less_than_is_needed_is_a_no_and_a_code_is_good_once() {
    for (status, reply, error) in [
        (200, r#"{"access_token":"at-1","expires_in":60,"scope":"partner.accounts partner.trips"}"#, PlatformError::LinkDeclined),
        (400, r#"{"error":"invalid_grant"}"#, PlatformError::LinkExpired),
        (503, "<html>", PlatformError::PlatformDown(CallError::Unknown { why: Doubt::Status(503) })),
    ] {
        let server = TestServer::answering(status, reply).await;
        let uber = connector(&server);
        let link = uber.link_start(BACK, &[7; 64], NOW).unwrap();
        let back = Back { state: &link.state, code: Some("code-1"), error: None };
        assert_eq!(uber.link_complete(&link.pending, &back, NOW).await.unwrap_err(), error);
    }
    let server = TestServer::answering(401, r#"{"error":"invalid_client"}"#).await;
    let error = connector(&server).renew(&tokens("at-1"), NOW).await.unwrap_err();
    assert_eq!(error.code(), "MISCONFIGURED", "no driver can mend our secret");
}

#[tokio::test]
async fn a_renewal_keeps_the_refresh_token_that_is_not_replaced() {
    let server = TestServer::answering(200, r#"{"access_token":"at-2","token_type":"Bearer","expires_in":60}"#).await;
    let renewed = connector(&server).renew(&tokens("at-1"), NOW).await.unwrap().unwrap();
    let Tokens::Consent { access, refresh, .. } = renewed else { panic!("a consent") };
    assert_eq!((access.expose(), refresh.unwrap().expose()), ("at-2", "rt-s3cret"));
    let server = TestServer::answering(400, r#"{"error":"invalid_grant"}"#).await;
    assert_eq!(connector(&server).renew(&tokens("at-1"), NOW).await.unwrap_err(), PlatformError::NeedsReauth);
}

#[tokio::test]
async fn a_window_is_read_to_its_end_and_makes_days() {
    let mut cash = payment(2);
    cash["cash_collected"] = json!(60);
    let (server, read) = read(&[(200, ME), (200, &payments(2, &[payment(1), cash])), (200, &trips(&[trip(1), trip(2)]))]).await;
    let read = read.unwrap();
    let [day] = read.days.as_slice() else { panic!("one day") };
    assert_eq!((day.platform.as_deref(), day.date, day.total, day.cash_collected), (Some("uber"), date(2026, 11, 20), 20_100, 6_000));
    assert_eq!(day.lines, [(LineKind::Base, 25_124), (LineKind::Deductions, -5_024)]);
    assert_eq!((day.trips, day.online_minutes, day.unexplained()), (Some(2), Some(41), 0));
    assert_eq!((read.covers, read.next_from, read.findings.len()), (Some(last_days().window), None, 0));
    let worker = read.worker.unwrap();
    assert_eq!((worker.name.as_ref().map(|name| name.expose()), worker.status.as_deref()), (Some("Asha"), Some("active")));
    let (from, to) = (1_794_436_200, 1_795_300_200);
    assert_eq!(to - from, 10 * 86_400);
    let lists = ["payments", "trips"].map(|list| format!("/v1/partners/{list}?offset=0&limit=50&from_time={from}&to_time={to}"));
    let targets: Vec<_> = server.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(targets, ["/v1/partners/me", &lists[0], &lists[1]]);
    assert!(server.requests().iter().all(|request| request.header("authorization") == "Bearer at-s3cret"));
}

#[tokio::test]
async fn a_month_is_split_into_windows_that_uber_takes() {
    let server = TestServer::answering(422, r#"{"message":"window too large","code":"invalid_range"}"#).await;
    let uber = connector(&server);
    let (mut from, until, mut windows) = (date(2026, 10, 23), date(2026, 11, 21), 0);
    let answers = [(200, ME), (200, &payments(0, &[])), (200, &trips(&[]))];
    loop {
        let server = TestServer::answering_in_turn(&answers).await;
        let uber = connector(&server);
        let mut reading = uber.open(&wanted(from, until), NOW).unwrap();
        let read = uber.read(&mut reading, &tokens("at-1"), &Always, NOW).await.unwrap();
        for request in server.requests().iter().skip(1) {
            let query = request.target.split_once('?').unwrap().1;
            let value =
                |wanted: &str| form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == wanted).unwrap().1.parse::<i64>().unwrap();
            assert!(value("to_time") - value("from_time") <= 10 * 86_400, "{query}");
        }
        windows += 1;
        match read.next_from {
            Some(next) => from = next,
            None => break,
        }
    }
    assert_eq!(windows, 3);
    let mut reading = uber.open(&last_days(), NOW).unwrap();
    let error = uber.read(&mut reading, &tokens("at-1"), &Always, NOW).await.unwrap_err();
    assert!(matches!(error, PlatformError::Misconfigured(CallError::Refused { status: 422, .. })), "it would be a bug of ours: {error:?}");
}

#[tokio::test]
async fn a_fleets_driver_is_found_out_and_has_no_day_without_earnings() {
    let (_, found) = read(&[(200, ME), (200, &payments(0, &[])), (200, &trips(&[trip(1)]))]).await;
    let found = found.unwrap();
    assert_eq!((found.findings.as_slice(), found.days.len(), found.covers), ([Finding::FleetDriver].as_slice(), 0, None));
    let (_, idle) = read(&[(200, ME), (200, &payments(0, &[])), (200, &trips(&[]))]).await;
    let idle = idle.unwrap();
    assert_eq!((idle.findings.len(), idle.covers), (0, Some(last_days().window)), "who did not drive did not drive");
}

#[tokio::test]
async fn an_adjustment_takes_off_and_a_day_may_be_less_than_nothing() {
    let mut adjustment = payment(1);
    adjustment["category"] = json!("adjustment");
    adjustment["amount"] = serde_json::from_str("-50.00").unwrap();
    adjustment["breakdown"] = json!({});
    let alone = day(std::slice::from_ref(&adjustment)).await;
    assert_eq!((alone.total, alone.lines), (-5_000, vec![(LineKind::Deductions, -5_000)]));
    assert_eq!(day(&[payment(2), adjustment]).await.total, 5_050);
}

#[tokio::test]
async fn pages_that_drift_give_each_payment_once() {
    let of = |ids: std::ops::Range<u32>| ids.map(payment).collect::<Vec<_>>();
    // One more came while the first page was read, and pushed the fiftieth to the second.
    let (first, second) = (payments(60, &of(0..50)), payments(61, &of(49..60)));
    let (again, rest) = (payments(61, &[of(60..61), of(0..49)].concat()), payments(61, &of(49..60)));
    let (server, read) = read(&[(200, ME), (200, &first), (200, &second), (200, &again), (200, &rest), (200, &trips(&[]))]).await;
    assert_eq!(read.unwrap().days[0].total, 61 * 10_050);
    let offsets: Vec<_> =
        server.requests()[1..5].iter().map(|request| request.target.split(['=', '&']).nth(1).unwrap().to_owned()).collect();
    assert_eq!(offsets, ["0", "50", "0", "50"]);
}

#[tokio::test]
async fn a_page_that_comes_twice_is_no_double_pay() {
    let of = |ids: std::ops::Range<u32>| payments(60, &ids.map(payment).collect::<Vec<_>>());
    let (first, second, none) = (of(0..50), of(50..60), of(0..0));
    let answers = [(200, ME), (200, &*first), (200, &*first), (200, &*none), (200, &*first), (200, &*second), (200, &trips(&[]))];
    let (_, read) = read(&answers).await;
    let read = read.unwrap();
    assert_eq!((read.days[0].total, read.findings.len()), (60 * 10_050, 0));
}

#[tokio::test]
async fn of_access_that_ends_while_it_is_read_no_further_page_is_asked_for() {
    let first = payments(60, &(0..50).map(payment).collect::<Vec<_>>());
    let server = TestServer::answering_in_turn(&[(200, ME), (200, &*first)]).await;
    let uber = connector(&server);
    let mut reading = uber.open(&last_days(), NOW).unwrap();
    let error = uber.read(&mut reading, &tokens("at-1"), &Once::default(), NOW).await.unwrap_err();
    assert_eq!((error, server.requests().len()), (PlatformError::EndedMeanwhile, 2));
}

#[tokio::test]
async fn a_token_that_ends_between_pages_is_renewed_and_the_reading_goes_on() {
    let of = |ids: std::ops::Range<u32>| payments(60, &ids.map(payment).collect::<Vec<_>>());
    let (first, second, none) = (of(0..50), of(50..60), trips(&[]));
    let renewed = r#"{"access_token":"at-2","token_type":"Bearer","expires_in":3600,"refresh_token":"rt-2"}"#;
    let answers = [
        (200, ME),
        (200, &*first),
        (401, r#"{"message":"Invalid OAuth 2.0 credentials"}"#),
        (200, renewed),
        (200, &*second),
        (200, &*none),
    ];
    let server = TestServer::answering_in_turn(&answers).await;
    let uber = connector(&server);
    let mut reading = uber.open(&last_days(), NOW).unwrap();
    let stopped = uber.read(&mut reading, &tokens("at-1"), &Always, NOW).await.unwrap_err();
    assert_eq!(stopped, PlatformError::TokensStale);
    let tokens = uber.renew(&tokens("at-1"), NOW).await.unwrap().unwrap();
    let read = uber.read(&mut reading, &tokens, &Always, NOW).await.unwrap();
    assert_eq!(read.days[0].total, 60 * 10_050);
    let seen = server.requests();
    assert!(seen[4].target.starts_with("/v1/partners/payments?offset=50&"), "{}", seen[4].target);
    assert_eq!((seen[2].header("authorization"), seen[4].header("authorization")), ("Bearer at-1", "Bearer at-2"));
}

#[tokio::test]
async fn a_new_token_that_is_not_taken_either_asks_for_a_new_sign_in() {
    let server = TestServer::answering(401, "{}").await;
    let uber = connector(&server);
    let mut reading = uber.open(&last_days(), NOW).unwrap();
    assert_eq!(uber.read(&mut reading, &tokens("at-1"), &Always, NOW).await.unwrap_err(), PlatformError::TokensStale);
    assert_eq!(uber.read(&mut reading, &tokens("at-2"), &Always, NOW).await.unwrap_err(), PlatformError::NeedsReauth);
    let (_, forbidden) = read(&[(403, r#"{"code":"forbidden"}"#)]).await;
    assert_eq!(forbidden.unwrap_err(), PlatformError::NeedsReauth);
    let over = Tokens::Consent { platform: "uber".into(), access: Secret::new("at").unwrap(), refresh: None, access_until: NOW };
    let mut reading = uber.open(&last_days(), NOW).unwrap();
    assert_eq!(uber.read(&mut reading, &over, &Always, NOW).await.unwrap_err(), PlatformError::NeedsReauth, "nothing to renew with");
    assert_eq!(server.requests().len(), 2, "a token that is over is not sent");
}

#[tokio::test]
async fn a_payment_without_an_id_is_known_by_what_it_is() {
    let id = wire::derived_id(Some("t-1"), "fare", 1_795_150_801, 10_050);
    assert_eq!(id, "dbf502b00687348a2be328af3193803cc831db73b3dd00cc638fa1e9523fd227");
    let mut nameless = payment(1);
    nameless["payment_id"] = Value::Null;
    let mut other = nameless.clone();
    other["amount"] = json!(7);
    assert_eq!(day(&[nameless.clone(), other]).await.total, 10_050 + 700);
    // The same twice is one: whether it is one payment on two pages or two payments, nobody can tell.
    let twice = payments(2, &[nameless.clone(), nameless]);
    let (_, read) = read(&[(200, ME), (200, &twice), (200, &twice), (200, &trips(&[]))]).await;
    let read = read.unwrap();
    assert_eq!((read.days[0].total, read.findings.as_slice()), (10_050, [Finding::Short { payments: 1 }].as_slice()));
    assert_eq!(read.covers, None);
}

#[tokio::test]
async fn what_is_down_or_busy_says_so_and_the_reading_can_go_on() {
    let busy = TestServer::answering_with(429, "{}", &[("retry-after", "17")]).await;
    let uber = connector(&busy);
    let mut reading = uber.open(&last_days(), NOW).unwrap();
    let error = uber.read(&mut reading, &tokens("at-1"), &Always, NOW).await.unwrap_err();
    assert_eq!(error, PlatformError::TryLater { after_ms: Some(17_000) });
    let answers = [(200, ME), (500, "{}"), (200, &payments(1, &[payment(1)])), (200, &trips(&[]))];
    let server = TestServer::answering_in_turn(&answers).await;
    let uber = connector(&server);
    let mut reading = uber.open(&last_days(), NOW).unwrap();
    let error = uber.read(&mut reading, &tokens("at-1"), &Always, NOW).await.unwrap_err();
    assert!(matches!(error, PlatformError::PlatformDown(_)) && error.retryable(), "{error}");
    assert_eq!(uber.read(&mut reading, &tokens("at-1"), &Always, NOW).await.unwrap().days[0].total, 10_050);
    let down = TestServer::answering(503, "<html>").await;
    let uber = connector(&down);
    for _ in 0..5 {
        let mut reading = uber.open(&last_days(), NOW).unwrap();
        assert_eq!(uber.read(&mut reading, &tokens("at-1"), &Always, NOW).await.unwrap_err().code(), "PLATFORM_DOWN");
    }
    let mut reading = uber.open(&last_days(), NOW).unwrap();
    assert_eq!(
        uber.read(&mut reading, &tokens("at-1"), &Always, NOW).await.unwrap_err(),
        PlatformError::TryLater { after_ms: Some(60_000) }
    );
    assert_eq!(down.requests().len(), 5, "it is left alone for a minute");
}

#[tokio::test]
async fn an_answer_that_is_not_as_agreed_is_kept_and_nothing_of_it_is_taken() {
    let changed = |field: &str, value: Value| {
        let mut row = payment(1);
        row[field] = value;
        payments(2, &[payment(2), row])
    };
    for (body, place) in [
        (changed("amount", json!(1.005)), "payments[1].amount"),
        (changed("amount", json!("12.34")), "payments[1].amount"),
        (changed("currency_code", json!("USD")), "payments[1].currency_code"),
        (changed("event_time", json!("2026-11-20")), "payments[1].event_time"),
        (changed("event_time", json!(NOW + 86_400)), "payments[1].event_time"),
        (changed("breakdown", json!({ "toll": "4" })), "payments[1].breakdown.toll"),
        (json!({ "count": 1, "items": [] }).to_string(), "payments"),
        ("[]".to_owned(), "."),
    ] {
        let server = TestServer::answering_in_turn(&[(200, ME), (200, &body)]).await;
        let uber = connector(&server);
        let mut reading = uber.open(&last_days(), NOW).unwrap();
        let error = uber.read(&mut reading, &tokens("at-1"), &Always, NOW).await.unwrap_err();
        assert_eq!(error, wrong(place), "{body}");
    }
    let (_, cut) = read(&[(200, ME), (200, r#"{"count":1,"payments":[{"am"#)]).await;
    assert!(matches!(cut.unwrap_err(), PlatformError::Quarantined(Illegible::NotJson { .. })));
}

#[tokio::test]
async fn what_a_fleets_other_drivers_earn_is_not_the_owners() {
    let mut theirs = payment(1);
    theirs["driver_id"] = json!("somebody-else");
    let (_, read) = read(&[(200, ME), (200, &payments(2, &[theirs, payment(2)])), (200, &trips(&[]))]).await;
    let read = read.unwrap();
    assert_eq!((read.days[0].total, read.findings.as_slice()), (10_050, [Finding::OtherDrivers { payments: 1 }].as_slice()));
}

#[tokio::test]
async fn no_amount_passes_through_a_float() {
    let text = payments(1, &[payment(1)]).replace("100.5", "8046137.05");
    let (_, read) = read(&[(200, ME), (200, &text), (200, &trips(&[]))]).await;
    assert_eq!(read.unwrap().days[0].total, 804_613_705);
}

#[tokio::test]
async fn nothing_prints_a_secret_or_what_was_earned() {
    let (_, read) = read(&[(200, ME), (200, &payments(1, &[payment(1)])), (200, &trips(&[trip(1)]))]).await;
    let server = TestServer::answering(401, r#"{"message":"app-s3cret at-s3cret Asha"}"#).await;
    let uber = connector(&server);
    let mut reading = uber.open(&last_days(), NOW).unwrap();
    let failed = uber.read(&mut reading, &tokens("at-s3cret"), &Always, NOW).await.unwrap_err();
    let link = uber.link_start(BACK, &[7; 64], NOW).unwrap();
    let text =
        format!("{uber:?} {reading:?} {failed:?} {failed} {:?} {link:?} {:?} {:?}", tokens("at-s3cret"), link.pending, read.unwrap());
    for secret in ["s3cret", "Asha", "10050", "10_050", "8LvW", &link.state] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
}
