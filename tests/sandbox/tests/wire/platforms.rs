//! Gig platforms, as our own connectors read them.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use anyhow::{Context, Result};
use earnings::{EarningsDay, LineKind};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use providers::call::{CallError, Http, Timeouts};
use providers::platforms::connector::{Back, Connector, Finding, Link, Platform, Read, Tokens, Wanted};
use providers::platforms::{PlatformError, Window, configured, uber};
use providers::secret::Secret;
use providers::standing::Always;
use reqwest::{Method, Url};
use serde_json::{Value, json};

use crate::harness::Stage;
use crate::push::{http, now};

const REDIRECT: &str = "https://app.example/platforms/back";
const NUMBER: &str = "9876543210";

fn uber_by(stage: &Stage, http: Http, secret: &str) -> Result<Connector> {
    let base = format!("{}/platforms/uber", stage.sandbox.url());
    let client_id = &stage.config.platforms.uber.client_id;
    let client_secret = Secret::new(secret)?;
    let settings = uber::Settings { api_url: &base, auth_url: &base, page_url: &base, client_id, client_secret, day_rollover_hour: 4 };
    Ok(Connector::new(Platform::Uber(uber::Client::with_http(http, settings)?)))
}

fn uber(stage: &Stage) -> Result<Connector> {
    uber_by(stage, http()?, &stage.config.platforms.uber.client_secret)
}

/// A platform of the sandbox, by description.
fn feed(stage: &Stage, name: &str, more: Value) -> Result<Connector> {
    let url = format!("{}/platforms/feed/{name}", stage.sandbox.url());
    let mut description = json!({
        "platform": name,
        "base_url": stage.sandbox.url(),
        "path": format!("/platforms/feed/{name}"),
        "query": { "from": "{from}", "to": "{to}", "cursor": "{cursor}" },
        "auth": {
            "kind": "oauth_consent", "authorize_url": format!("{url}/authorize"), "token_url": format!("{url}/token"),
            "revoke_url": format!("{url}/revoke"), "client_id": stage.config.platforms.feed.client_id, "secret": "secret",
            "scope": "earnings.read", "client_auth": "basic", "pkce": true,
        },
        "day_rollover_hour": 4,
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        description[name] = value.clone();
    }
    let config = stage.config.platforms.feed.clone();
    let secrets = |name: &str| Secret::new(if name == "key" { &config.key } else { &config.client_secret }).ok();
    let clients = configured::load(&json!({ "platforms": [description] }).to_string(), &http()?, &secrets)?;
    let client = clients.into_iter().next().context("no platform")?;
    Ok(Connector::new(Platform::Configured(client)))
}

/// Yesterday and as many days before it: what nothing is added to any more.
fn window(days: i64) -> Result<Window> {
    let today = earnings::service_date(Timestamp::from_second(now())?, 4).context("no today")?;
    let until = today.yesterday()?;
    Ok(Window { from: until.checked_sub((days - 1).days())?, until })
}

/// Does what a person does, and gives the query that they come back with.
async fn go(stage: &Stage, link: &Link, more: Value) -> Result<BTreeMap<String, String>> {
    let mut steps = json!({ "url": link.url, "worker": NUMBER });
    for (name, value) in more.as_object().into_iter().flatten() {
        steps[name] = value.clone();
    }
    let answer = stage.control(Method::POST, "/platforms/approve", steps).await?.ok();
    let url = Url::parse(answer["redirect_to"].as_str().context("no way back")?)?;
    assert!(url.as_str().starts_with(REDIRECT), "{url}");
    Ok(url.query_pairs().into_owned().collect())
}

async fn complete(connector: &Connector, link: &Link, query: &BTreeMap<String, String>) -> Result<Tokens, PlatformError> {
    let field = |name: &str| query.get(name).map(String::as_str);
    let back = Back { state: field("state").unwrap_or_default(), code: field("code"), error: field("error") };
    Ok(connector.link_complete(&link.pending, &back, now()).await?.tokens)
}

async fn linked(stage: &Stage, connector: &Connector) -> Result<Tokens> {
    let link = connector.link_start(REDIRECT, &[7; 64], now())?;
    let query = go(stage, &link, json!({})).await?;
    Ok(complete(connector, &link, &query).await?)
}

async fn read(connector: &Connector, tokens: &Tokens, window: Window) -> Result<Read, PlatformError> {
    let mut reading = connector.open(&Wanted { window, cursor: None }, now())?;
    connector.read(&mut reading, tokens, &Always, now()).await
}

/// All windows of a stretch.
async fn read_all(connector: &Connector, tokens: &Tokens, mut window: Window) -> Result<Vec<EarningsDay>> {
    let mut days = Vec::new();
    loop {
        let read = read(connector, tokens, window).await?;
        days.extend(read.days);
        match read.next_from {
            Some(from) => window.from = from,
            None => return Ok(days),
        }
    }
}

type Sums = (Date, i64, i64, i64, i64);

/// What the driver earned by the sandbox's own account.
async fn earned(stage: &Stage, window: Window) -> Result<Vec<Sums>> {
    let path = format!("/platforms/uber/drivers/{NUMBER}?from={}&to={}", window.from, window.until);
    let answer = stage.control(Method::GET, &path, Value::Null).await?.ok();
    let days = answer["days"].as_array().context("no days")?;
    let number = |day: &Value, name: &str| day[name].as_i64().with_context(|| format!("no {name}"));
    days.iter()
        .map(|day| {
            let date = day["date"].as_str().context("no date")?.parse()?;
            Ok((date, number(day, "total")?, number(day, "cash_collected")?, number(day, "trips")?, number(day, "seconds")? / 60))
        })
        .collect()
}

fn sums(days: &[EarningsDay]) -> Vec<Sums> {
    let count = |number: Option<u32>| i64::from(number.unwrap_or_default());
    days.iter().map(|day| (day.date, day.total, day.cash_collected, count(day.trips), count(day.online_minutes))).collect()
}

async fn tell(stage: &Stage, what: Value) -> Result<()> {
    stage.control(Method::PUT, &format!("/platforms/uber/drivers/{NUMBER}"), what).await?.ok();
    Ok(())
}

#[tokio::test]
async fn a_quarter_of_a_year_at_uber_is_what_was_earned() -> Result<()> {
    let stage = Stage::set().await?;
    let uber = uber(&stage)?;
    let tokens = linked(&stage, &uber).await?;
    let window = window(90)?;
    let days = read_all(&uber, &tokens, window).await?;
    assert_eq!(sums(&days), earned(&stage, window).await?);
    assert!(days.len() > 60, "{}", days.len());
    assert!(days.iter().all(|day| day.unexplained() == 0 && day.platform.as_deref() == Some("uber")));
    let kinds: BTreeSet<_> = days.iter().flat_map(|day| &day.lines).map(|(kind, _)| *kind).collect();
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), LineKind::ALL, "of each kind there is some");
    Ok(())
}

#[tokio::test]
async fn ubers_window_of_eleven_days_is_refused() -> Result<()> {
    let stage = Stage::set().await?;
    let tokens = linked(&stage, &uber(&stage)?).await?;
    let Tokens::Consent { access, .. } = &tokens else { anyhow::bail!("no consent") };
    for (days, status) in [(10, 200), (11, 422)] {
        let query = format!("from_time={}&to_time={}&limit=50", now() - days * 86_400, now());
        let bearer = format!("Bearer {}", access.expose());
        let path = format!("/platforms/uber/v1/partners/payments?{query}");
        let answer = stage.send(stage.request(Method::GET, &path, Value::Null, &[("authorization", &bearer)])).await?;
        assert_eq!(answer.status, status);
    }
    Ok(())
}

#[tokio::test]
async fn a_fleets_driver_is_paid_by_the_fleet() -> Result<()> {
    let stage = Stage::set().await?;
    let uber = uber(&stage)?;
    let tokens = linked(&stage, &uber).await?;
    tell(&stage, json!({ "fleet": true })).await?;
    let read = read(&uber, &tokens, window(10)?).await?;
    assert_eq!((read.findings.as_slice(), read.days.len(), read.covers), ([Finding::FleetDriver].as_slice(), 0, None));
    Ok(())
}

#[tokio::test]
async fn an_adjustment_that_comes_later_is_found_when_the_days_are_read_again() -> Result<()> {
    let stage = Stage::set().await?;
    let uber = uber(&stage)?;
    let tokens = linked(&stage, &uber).await?;
    let window = window(10)?;
    let before = read(&uber, &tokens, window).await?.days;
    let day = before.last().context("no day")?;
    let noon = day.date.at(12, 0, 0, 0).in_tz("Asia/Kolkata")?.timestamp().as_second();
    let adjustment = json!({ "category": "adjustment", "amount": -5_000, "event_time": noon });
    stage.control(Method::POST, &format!("/platforms/uber/drivers/{NUMBER}/payments"), adjustment).await?.ok();
    let after = read(&uber, &tokens, window).await?.days;
    let again = after.last().context("no day")?;
    assert_eq!((again.date, again.total), (day.date, day.total - 5_000));
    assert_eq!(sums(&after), earned(&stage, window).await?);
    Ok(())
}

#[tokio::test]
async fn pages_that_repeat_and_payments_without_ids_change_no_sum() -> Result<()> {
    let stage = Stage::set().await?;
    let uber = uber(&stage)?;
    let tokens = linked(&stage, &uber).await?;
    let window = window(10)?;
    for told in [json!({ "repeat_page": true }), json!({ "without_ids": true }), json!({ "repeat_page": true, "without_ids": true })] {
        tell(&stage, told).await?;
        let read = read(&uber, &tokens, window).await?;
        assert_eq!(sums(&read.days), earned(&stage, window).await?);
        assert!(read.findings.is_empty() && read.covers == Some(window));
    }
    Ok(())
}

#[tokio::test]
async fn a_token_that_ends_between_pages_costs_nothing() -> Result<()> {
    let stage = Stage::set().await?;
    let uber = uber(&stage)?;
    let mut tokens = linked(&stage, &uber).await?;
    let window = window(10)?;
    for answers in 0..4 {
        tell(&stage, json!({ "expire_after": answers })).await?;
        let mut reading = uber.open(&Wanted { window, cursor: None }, now())?;
        let stopped = uber.read(&mut reading, &tokens, &Always, now()).await.unwrap_err();
        assert_eq!(stopped, PlatformError::TokensStale);
        tokens = uber.renew(&tokens, now()).await?.context("no tokens")?;
        let read = uber.read(&mut reading, &tokens, &Always, now()).await?;
        assert_eq!(sums(&read.days), earned(&stage, window).await?, "after {answers} answers");
    }
    Ok(())
}

#[tokio::test]
async fn consent_is_given_once_and_taken_back() -> Result<()> {
    let stage = Stage::set().await?;
    let uber = uber(&stage)?;
    let link = uber.link_start(REDIRECT, &[7; 64], now())?;
    let denied = go(&stage, &link, json!({ "deny": true })).await?;
    assert_eq!(complete(&uber, &link, &denied).await.unwrap_err(), PlatformError::LinkDeclined);
    let query = go(&stage, &link, json!({})).await?;
    let tokens = complete(&uber, &link, &query).await?;
    assert_eq!(complete(&uber, &link, &query).await.unwrap_err(), PlatformError::LinkExpired, "a code is good once");
    assert_eq!(read(&uber, &tokens, window(1)?).await.unwrap_err(), PlatformError::NeedsReauth, "and ends what it began");
    let tokens = linked(&stage, &uber).await?;
    read(&uber, &tokens, window(1)?).await?;
    uber.revoke(&tokens, now()).await?;
    assert_eq!(read(&uber, &tokens, window(1)?).await.unwrap_err(), PlatformError::NeedsReauth);
    assert_eq!(uber.renew(&tokens, now()).await.unwrap_err(), PlatformError::NeedsReauth);
    uber.revoke(&tokens, now()).await?;
    let scopeless = link.url.replace("partner.payments", "partner.money");
    let answer = stage.control(Method::POST, "/platforms/approve", json!({ "url": scopeless, "worker": NUMBER })).await?.ok();
    assert!(answer["redirect_to"].as_str().is_some_and(|url| url.contains("error=invalid_scope")));
    let stranger = link.url.replace("client_id=kamai", "client_id=other");
    stage.control(Method::POST, "/platforms/approve", json!({ "url": stranger, "worker": NUMBER })).await?.refused(400);
    let wrong = uber_by(&stage, http()?, "wrong")?;
    assert!(matches!(wrong.renew(&tokens, now()).await, Err(PlatformError::Misconfigured(_))));
    Ok(())
}

#[tokio::test]
async fn the_page_of_consent_is_one_that_a_person_can_use() -> Result<()> {
    let stage = Stage::set().await?;
    let link = uber(&stage)?.link_start(REDIRECT, &[7; 64], now())?;
    let path = link.url.strip_prefix(stage.sandbox.url()).context("elsewhere")?.to_owned();
    let page = stage.control(Method::GET, &path, Value::Null).await?.ok();
    assert!(page.as_str().is_some_and(|page| page.contains("Mobile number") && !page.contains("<script")), "{page}");
    let page = stage.control(Method::GET, &format!("{path}&worker={NUMBER}"), Value::Null).await?.ok();
    assert!(page.as_str().is_some_and(|page| page.contains("read your earnings?") && page.contains("Deny")), "{page}");
    Ok(())
}

#[tokio::test]
async fn what_ails_a_platform_is_told_by_what_there_is_to_do() -> Result<()> {
    let stage = Stage::set().await?;
    let quick = Timeouts { connect: Duration::from_secs(2), total: Duration::from_millis(300) };
    let uber = uber_by(&stage, Http::new(quick)?, &stage.config.platforms.uber.client_secret)?;
    let tokens = linked(&stage, &uber).await?;
    let mut reading = uber.open(&Wanted { window: window(3)?, cursor: None }, now())?;
    stage.fault(json!({ "provider": "uber", "fault": "throttle", "times": 1 })).await?;
    assert_eq!(uber.read(&mut reading, &tokens, &Always, now()).await.unwrap_err(), PlatformError::TryLater { after_ms: Some(2_000) });
    stage.fault(json!({ "provider": "uber", "fault": "error_5xx", "times": 1, "path": "/platforms/uber/v1/partners/trips" })).await?;
    assert!(matches!(uber.read(&mut reading, &tokens, &Always, now()).await.unwrap_err(), PlatformError::PlatformDown(_)));
    stage.control(Method::PUT, "/platforms/behaviour", json!({ "delay_ms": 1_000 })).await?.ok();
    let slow = uber.read(&mut reading, &tokens, &Always, now()).await.unwrap_err();
    assert!(matches!(&slow, PlatformError::PlatformDown(CallError::Unknown { .. })) && slow.retryable());
    stage.control(Method::PUT, "/platforms/behaviour", json!({ "down": true })).await?.ok();
    assert_eq!(uber.read(&mut reading, &tokens, &Always, now()).await.unwrap_err().code(), "PLATFORM_DOWN");
    stage.control(Method::PUT, "/platforms/behaviour", json!({})).await?.ok();
    let read = uber.read(&mut reading, &tokens, &Always, now()).await?;
    assert_eq!(sums(&read.days), earned(&stage, window(3)?).await?, "it goes on where it stood");
    Ok(())
}

#[tokio::test]
async fn three_shapes_of_an_answer_are_the_same_days() -> Result<()> {
    let stage = Stage::set().await?;
    let window = window(31)?;
    let foreign = json!({ "field_map": {
        "data": "result.days", "next_cursor": "result.next", "date": "service_day", "total_earnings": "pay.net", "base": "pay.trips",
        "incentive": "pay.targets", "tips": "pay.tips", "surge": "pay.rain", "tolls": "pay.road", "deductions": "pay.rental",
        "penalties": "pay.fines", "cash_collected": "cod", "trips": "orders", "online_minutes": "minutes_online", "external_id": "slip",
    } });
    let mut read = BTreeMap::new();
    for (shape, more) in [("canonical", json!({})), ("seed", json!({})), ("foreign", foreign)] {
        stage.control(Method::PUT, "/platforms/feed/swiggy/behaviour", json!({ "shape": shape, "page_days": 7 })).await?.ok();
        let connector = feed(&stage, "swiggy", more)?;
        let tokens = linked(&stage, &connector).await?;
        read.insert(shape, read_all(&connector, &tokens, window).await?);
    }
    assert!(read["canonical"].len() > 18);
    assert_eq!(read["canonical"], read["foreign"]);
    assert!(read["canonical"].iter().all(|day| day.unexplained() == 0 && day.platform.as_deref() == Some("swiggy")));
    let totals = |days: &[EarningsDay]| days.iter().map(|day| (day.date, day.total)).collect::<Vec<_>>();
    assert_eq!(totals(&read["canonical"]), totals(&read["seed"]));
    Ok(())
}

#[tokio::test]
async fn texts_that_attack_are_texts_and_nothing_else() -> Result<()> {
    let stage = Stage::set().await?;
    let connector = feed(&stage, "zomato", json!({}))?;
    let tokens = linked(&stage, &connector).await?;
    let honest = read_all(&connector, &tokens, window(20)?).await?;
    stage.control(Method::PUT, "/platforms/feed/zomato/behaviour", json!({ "hostile": true })).await?.ok();
    let hostile = read_all(&connector, &tokens, window(20)?).await?;
    assert_eq!(sums(&honest), sums(&hostile));
    assert!(hostile.iter().all(|day| day.platform.as_deref() == Some("zomato")), "no platform speaks for another");
    assert!(!format!("{hostile:?}").contains("mallory"));
    Ok(())
}

#[tokio::test]
async fn a_schema_that_changes_between_pages_gives_nothing() -> Result<()> {
    let stage = Stage::set().await?;
    let connector = feed(&stage, "zomato", json!({}))?;
    let tokens = linked(&stage, &connector).await?;
    stage.control(Method::PUT, "/platforms/feed/zomato/behaviour", json!({ "changed": true, "page_days": 5 })).await?.ok();
    let mut reading = connector.open(&Wanted { window: window(20)?, cursor: None }, now())?;
    let error = connector.read(&mut reading, &tokens, &Always, now()).await.unwrap_err();
    assert_eq!((error.code(), error.retryable()), ("QUARANTINED", false));
    assert!(format!("{error:?}").contains("total_earnings"), "the place is named: {error:?}");
    Ok(())
}

#[tokio::test]
async fn a_platform_that_is_read_with_our_key_is_asked_for_one_worker() -> Result<()> {
    let stage = Stage::set().await?;
    let key = json!({
        "auth": { "kind": "bearer", "secret": "key" },
        "query": { "worker": "{account}", "from": "{from}", "to": "{to}", "cursor": "{cursor}" },
    });
    let by_key = feed(&stage, "ola", key)?;
    let by_consent = feed(&stage, "ola", json!({}))?;
    let window = window(20)?;
    let adopted = by_key.adopt(NUMBER)?.tokens;
    let days = read_all(&by_key, &adopted, window).await?;
    assert_eq!(days, read_all(&by_consent, &linked(&stage, &by_consent).await?, window).await?);
    let nobody = by_key.adopt("nobody")?.tokens;
    assert_eq!(read(&by_key, &nobody, window).await.unwrap_err(), PlatformError::NeedsReauth);
    stage.fault(json!({ "provider": "feed", "fault": "downtime", "times": 1 })).await?;
    assert_eq!(read(&by_key, &adopted, window).await.unwrap_err().code(), "PLATFORM_DOWN");
    Ok(())
}

#[tokio::test]
async fn a_stolen_code_is_worth_nothing_without_its_proof() -> Result<()> {
    let stage = Stage::set().await?;
    let connector = feed(&stage, "swiggy", json!({}))?;
    let (link, other) = (connector.link_start(REDIRECT, &[7; 64], now())?, connector.link_start(REDIRECT, &[8; 64], now())?);
    let query = go(&stage, &link, json!({})).await?;
    let stolen = BTreeMap::from([("state".to_owned(), other.state.clone()), ("code".to_owned(), query["code"].clone())]);
    assert_eq!(complete(&connector, &other, &stolen).await.unwrap_err(), PlatformError::LinkExpired);
    let tokens = complete(&connector, &link, &query).await?;
    let grants = stage.items("/platforms/grants").await?;
    let id = grants[0]["id"].as_str().context("no id")?;
    stage.control(Method::PUT, &format!("/platforms/grants/{id}"), json!({ "state": "withdrawn" })).await?.ok();
    assert_eq!(read(&connector, &tokens, window(5)?).await.unwrap_err(), PlatformError::NeedsReauth);
    Ok(())
}
