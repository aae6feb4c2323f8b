//! Banks, as our own connectors read them.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use bank_feed::{Changes, Direction, State};
use providers::banks::connector::{Ask, Back, Connection, Connector, Link, Provider};
use providers::banks::{BankError, demo, mono, plaid};
use providers::secret::Secret;
use providers::signature::Secrets;
use providers::standing::Always;
use reqwest::{Method, Url};
use sandbox::config::MonoWebhooks;
use serde_json::{Value, json};

use crate::harness::{Stage, eventually};
use crate::push::{http, now};

const REDIRECT: &str = "https://app.example/banks/back";
const NUMBER: &str = "9876543210";

fn demo(stage: &Stage) -> Result<Connector> {
    let (base, config) = (format!("{}/demo-bank", stage.sandbox.url()), &stage.config.banks.demo);
    let client = demo::Client::with_http(http()?, &base, &base, &config.client_id, Secret::new(&config.client_secret)?)?;
    Ok(Connector::new(Provider::Demo(client), "IN")?)
}

fn plaid_client(stage: &Stage) -> Result<plaid::Client> {
    let config = &stage.config.banks.plaid;
    let settings = plaid::Settings {
        client_id: config.client_id.clone(),
        secret: Secret::new(&config.secret)?,
        client_name: "Kamai".into(),
        language: "en".into(),
        country_codes: vec!["US".into()],
        webhook_url: Some(stage.hooks.url.clone()),
        history_days: 180,
    };
    Ok(plaid::Client::with_http(http()?, &format!("{}/plaid", stage.sandbox.url()), settings)?)
}

fn plaid(stage: &Stage) -> Result<Connector> {
    Ok(Connector::new(Provider::Plaid(plaid_client(stage)?), "US")?)
}

fn mono(stage: &Stage) -> Result<Connector> {
    let secret = Secret::new(&stage.config.banks.mono.secret)?;
    let client = mono::Client::with_http(http()?, &format!("{}/mono", stage.sandbox.url()), &secret)?;
    Ok(Connector::new(Provider::Mono(client), "NG")?)
}

async fn start(connector: &Connector) -> Result<Link> {
    let ask = Ask { user_id: "user_1", name: "Asha", email: "asha@example.com", redirect_uri: REDIRECT, relink: None };
    Ok(connector.link_start(&ask, &[7; 64], now()).await?)
}

/// Does what a person does, and gives the query that they come back with.
async fn go(stage: &Stage, path: &str, steps: Value) -> Result<BTreeMap<String, String>> {
    let answer = stage.control(Method::POST, path, steps).await?.ok();
    let url = Url::parse(answer["redirect_to"].as_str().context("no way back")?)?;
    assert!(url.as_str().starts_with(REDIRECT), "{url}");
    Ok(url.query_pairs().into_owned().collect())
}

async fn complete(connector: &Connector, link: &Link, query: &BTreeMap<String, String>) -> Result<Connection, BankError> {
    let field = |name: &str| query.get(name).map(String::as_str);
    let back = Back { state: field("state").unwrap_or_default(), code: field("code"), error: field("error") };
    connector.link_complete(&link.pending, &back, now()).await
}

async fn linked_demo(stage: &Stage, connector: &Connector, more: Value) -> Result<Connection> {
    let link = start(connector).await?;
    let mut steps = json!({ "url": link.url, "customer": NUMBER });
    for (name, value) in more.as_object().into_iter().flatten() {
        steps[name] = value.clone();
    }
    let query = go(stage, "/demo-bank/approve", steps).await?;
    Ok(complete(connector, &link, &query).await?)
}

async fn linked_plaid(stage: &Stage, connector: &Connector) -> Result<Connection> {
    let link = start(connector).await?;
    let query = go(stage, "/plaid/finish", json!({ "url": link.url })).await?;
    Ok(complete(connector, &link, &query).await?)
}

async fn linked_mono(stage: &Stage, connector: &Connector) -> Result<Connection> {
    let link = start(connector).await?;
    let query = go(stage, "/mono/finish", json!({ "url": link.url })).await?;
    Ok(complete(connector, &link, &query).await?)
}

async fn read(connector: &Connector, connection: &Connection, cursor: Option<&str>) -> Result<Changes, BankError> {
    connector.refresh(&connection.tokens, cursor, &Always, now()).await
}

fn ids(changes: &Changes) -> BTreeSet<&str> {
    changes.added.iter().filter_map(|entry| entry.id.as_deref()).collect()
}

#[tokio::test]
async fn the_demo_bank_gives_half_a_year_of_each_account_that_was_picked() -> Result<()> {
    let stage = Stage::set().await?;
    let connector = demo(&stage)?;
    let connection = linked_demo(&stage, &connector, json!({})).await?;
    let changes = read(&connector, &connection, None).await?;
    assert_eq!((changes.accounts.len(), changes.state), (2, State::Complete));
    assert!(changes.added.len() > 600, "{}", changes.added.len());
    assert_eq!(ids(&changes).len(), changes.added.len(), "no entry comes twice");
    let keys: BTreeSet<_> = changes.added.iter().map(bank_feed::dedupe_key).collect();
    assert_eq!(keys.len(), changes.added.len(), "and each has a key of its own");
    for platform in ["Swiggy", "Zomato", "Uber"] {
        let paid = |entry: &&bank_feed::Entry| entry.counterparty.as_deref() == Some(platform) && entry.direction == Direction::Credit;
        assert!(changes.added.iter().filter(paid).count() >= 20, "{platform}");
    }
    for account in &changes.accounts {
        let last = changes.added.iter().rfind(|entry| entry.account_id == account.id).context("no entries")?;
        assert_eq!(last.balance_after_minor, account.balance.map(|balance| balance.minor));
    }
    let only = linked_demo(&stage, &connector, json!({ "accounts": [changes.accounts[1].id] })).await?;
    let of_one = read(&connector, &only, None).await?;
    assert_eq!(of_one.accounts.len(), 1);
    assert!(of_one.added.iter().all(|entry| entry.account_id == changes.accounts[1].id));
    Ok(())
}

#[tokio::test]
async fn what_is_added_corrected_and_taken_back_is_told_once() -> Result<()> {
    let stage = Stage::set().await?;
    let connector = demo(&stage)?;
    let connection = linked_demo(&stage, &connector, json!({})).await?;
    let cursor = read(&connector, &connection, None).await?.cursor;
    let quiet = read(&connector, &connection, cursor.as_deref()).await?;
    assert!(quiet.modified.is_empty() && quiet.removed.is_empty());
    let entries = format!("/demo-bank/customers/{NUMBER}/entries");
    let entry = json!({ "direction": "credit", "amount_minor": 85_000, "narration": "UPI/CR/1/SWIGGY", "pending": true });
    let id = stage.control(Method::POST, &entries, entry).await?.ok()["id"].as_str().context("no id")?.to_owned();
    let added = read(&connector, &connection, quiet.cursor.as_deref()).await?;
    let found = added.added.iter().find(|entry| entry.id.as_deref() == Some(&id)).context("it was not told")?;
    assert_eq!((found.amount_minor, found.is_pending), (85_000, true));
    stage.control(Method::PUT, &format!("{entries}/{id}"), json!({ "amount_minor": 85_100, "pending": false })).await?.ok();
    let corrected = read(&connector, &connection, added.cursor.as_deref()).await?;
    assert_eq!(corrected.modified.iter().map(|entry| entry.amount_minor).collect::<Vec<_>>(), [85_100]);
    stage.control(Method::DELETE, &format!("{entries}/{id}"), Value::Null).await?.ok();
    let gone = read(&connector, &connection, corrected.cursor.as_deref()).await?;
    assert_eq!(gone.removed.iter().map(|removed| removed.id.as_str()).collect::<Vec<_>>(), [id.as_str()]);
    let nothing = read(&connector, &connection, gone.cursor.as_deref()).await?;
    assert!(nothing.removed.is_empty() && nothing.modified.is_empty());
    stage.control(Method::PUT, &format!("{entries}/{id}"), json!({})).await?.refused(400);
    Ok(())
}

#[tokio::test]
async fn the_demo_bank_refuses_what_an_honest_client_does_not_send() -> Result<()> {
    let stage = Stage::set().await?;
    let connector = demo(&stage)?;
    let link = start(&connector).await?;
    let query = go(&stage, "/demo-bank/approve", json!({ "url": link.url, "customer": NUMBER })).await?;
    let other =
        connector.link_start(&Ask { user_id: "u", name: "", email: "", redirect_uri: REDIRECT, relink: None }, &[8; 64], now()).await?;
    let stolen = Back { state: &other.state, code: query.get("code").map(String::as_str), error: None };
    assert_eq!(connector.link_complete(&other.pending, &stolen, now()).await.unwrap_err(), BankError::LinkExpired, "another's verifier");
    let connection = complete(&connector, &link, &query).await?;
    assert_eq!(complete(&connector, &link, &query).await.unwrap_err(), BankError::LinkExpired, "a code is good once");
    assert_eq!(read(&connector, &connection, None).await.unwrap_err(), BankError::AccessWithdrawn, "and ends what it began");
    let denied = go(&stage, "/demo-bank/approve", json!({ "url": link.url, "customer": NUMBER, "deny": true })).await?;
    assert_eq!(complete(&connector, &link, &denied).await.unwrap_err(), BankError::LinkDeclined);
    for url in [link.url.replace("S256", "plain"), link.url.replace("transactions", "payments")] {
        let query = go(&stage, "/demo-bank/approve", json!({ "url": url, "customer": NUMBER })).await?;
        assert!(query.contains_key("error") && !query.contains_key("code"));
    }
    let foreign = json!({ "url": link.url.replace("client_id=kamai", "client_id=other"), "customer": NUMBER });
    stage.control(Method::POST, "/demo-bank/approve", foreign).await?.refused(400);
    let base = format!("{}/demo-bank", stage.sandbox.url());
    let wrong = demo::Client::with_http(http()?, &base, &base, "kamai", Secret::new("wrong")?)?;
    assert!(matches!(wrong.renew(&Secret::new("drt_x")?, now()).await, Err(BankError::Misconfigured(_))));
    Ok(())
}

#[tokio::test]
async fn refresh_tokens_rotate_and_a_lost_answer_costs_nothing() -> Result<()> {
    let stage = Stage::set().await?;
    let connector = demo(&stage)?;
    let first = linked_demo(&stage, &connector, json!({})).await?;
    assert!(!first.tokens.end_soon(now()) && first.tokens.end_soon(now() + 3_500));
    let lost = connector.renew(&first.tokens, now()).await?.context("none")?;
    let second = Connection::from(connector.renew(&first.tokens, now()).await?.context("none")?);
    assert_eq!(read(&connector, &Connection::from(lost), None).await.unwrap_err(), BankError::TokensStale, "nobody has it");
    read(&connector, &second, None).await?;
    assert_eq!(connector.renew(&first.tokens, now()).await.unwrap_err(), BankError::SignInAgain, "two have it");
    assert_eq!(read(&connector, &second, None).await.unwrap_err(), BankError::AccessWithdrawn);
    Ok(())
}

#[tokio::test]
async fn a_consent_ends_as_the_person_the_bank_or_we_want() -> Result<()> {
    let stage = Stage::set().await?;
    let connector = demo(&stage)?;
    for (state, error) in
        [("expired", BankError::SignInAgain), ("withdrawn", BankError::AccessWithdrawn), ("access_expired", BankError::TokensStale)]
    {
        let connection = linked_demo(&stage, &connector, json!({})).await?;
        stage.control(Method::PUT, &format!("/demo-bank/consents/{}", connection.id), json!({ "state": state })).await?.ok();
        assert_eq!(read(&connector, &connection, None).await.unwrap_err(), error);
        if error == BankError::TokensStale {
            let renewed = connector.renew(&connection.tokens, now()).await?.context("none")?;
            read(&connector, &Connection::from(renewed), None).await?;
        }
    }
    let connection = linked_demo(&stage, &connector, json!({})).await?;
    connector.revoke(&connection.tokens, now()).await?;
    connector.revoke(&connection.tokens, now()).await?;
    assert_eq!(read(&connector, &connection, None).await.unwrap_err(), BankError::AccessWithdrawn);
    let consents = stage.items("/demo-bank/consents").await?;
    let of_ours = consents.iter().find(|consent| consent["id"] == connection.id.as_str()).context("none")?;
    assert_eq!(of_ours["state"], "withdrawn");
    Ok(())
}

#[tokio::test]
async fn a_history_may_be_on_its_way_and_the_bank_down() -> Result<()> {
    let stage = Stage::set_with(|config| config.banks.demo.preparing_ms = 600_000).await?;
    let connector = demo(&stage)?;
    let waiting = linked_demo(&stage, &connector, json!({})).await?;
    let changes = read(&connector, &waiting, None).await?;
    assert_eq!((changes.state, changes.added.len(), changes.accounts.len(), changes.cursor), (State::Preparing, 0, 2, None));
    stage.control(Method::PUT, "/demo-bank/behaviour", json!({ "preparing_ms": 0, "delay_ms": 5 })).await?.ok();
    let ready = linked_demo(&stage, &connector, json!({})).await?;
    assert_eq!(read(&connector, &ready, None).await?.state, State::Complete);
    stage.control(Method::PUT, "/demo-bank/behaviour", json!({ "down": true })).await?.ok();
    assert_eq!(read(&connector, &ready, None).await.unwrap_err().code(), "PROVIDER_DOWN");
    stage.control(Method::POST, "/reset", Value::Null).await?.ok();
    assert_eq!(read(&connector, &ready, None).await.unwrap_err(), BankError::TokensStale, "nobody is known any more");
    stage.fault(json!({ "provider": "demobank", "fault": "throttle", "times": 1 })).await?;
    assert!(matches!(read(&connector, &ready, None).await.unwrap_err(), BankError::TryLater { .. }));
    Ok(())
}

#[tokio::test]
async fn a_person_signs_in_picks_and_allows_on_a_page_without_scripts() -> Result<()> {
    let stage = Stage::set().await?;
    let connector = demo(&stage)?;
    let link = start(&connector).await?;
    let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let sign_in = browser.get(&link.url).send().await?.text().await?;
    assert!(sign_in.contains("Mobile number") && !sign_in.contains("<script"));
    let page = browser.get(format!("{}&customer={NUMBER}", link.url)).send().await?.text().await?;
    assert!(page.contains("Allow") && page.contains("Deny") && page.matches("type=\"checkbox\"").count() == 2);
    let account = page.split("name=\"account\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).context("no account")?;
    let (_, query) = link.url.split_once('?').context("no query")?;
    let form = format!("{query}&customer={NUMBER}&account={account}&decision=allow");
    let (page_url, _) = link.url.split_once('?').context("no query")?;
    let post = |form: String| browser.post(page_url).header("content-type", "application/x-www-form-urlencoded").body(form).send();
    let answer = post(form).await?;
    assert_eq!(answer.status().as_u16(), 303);
    let back = Url::parse(answer.headers()["location"].to_str()?)?;
    let connection = complete(&connector, &link, &back.query_pairs().into_owned().collect()).await?;
    assert_eq!(read(&connector, &connection, None).await?.accounts.len(), 1);
    let nothing_picked = post(format!("{query}&customer={NUMBER}&decision=allow")).await?;
    assert!(nothing_picked.text().await?.contains("Pick at least one account."));
    let hostile = link.url.replace("client_id=kamai", "client_id=%3Cscript%3E");
    assert_eq!(browser.get(hostile).send().await?.status().as_u16(), 400);
    let injected = browser.get(format!("{}&x=%22%3E%3Cscript%3E", link.url)).send().await?.text().await?;
    assert!(!injected.contains("<script"), "{injected}");
    Ok(())
}

#[tokio::test]
async fn plaid_is_linked_on_its_own_page_and_read_in_dollars() -> Result<()> {
    let stage = Stage::set().await?;
    let connector = plaid(&stage)?;
    let link = start(&connector).await?;
    let back = BTreeMap::from([("state".to_owned(), link.state.clone())]);
    assert_eq!(complete(&connector, &link, &back).await.unwrap_err(), BankError::LinkUnfinished);
    go(&stage, "/plaid/finish", json!({ "url": link.url, "exit": true })).await?;
    assert_eq!(complete(&connector, &link, &back).await.unwrap_err(), BankError::LinkDeclined);
    let query = go(&stage, "/plaid/finish", json!({ "url": link.url })).await?;
    assert_eq!(query.get("state"), Some(&link.state));
    let connection = complete(&connector, &link, &query).await?;
    assert_eq!(complete(&connector, &link, &query).await.unwrap_err(), BankError::LinkExpired, "a public token is good once");
    let changes = read(&connector, &connection, None).await?;
    assert_eq!((changes.accounts.len(), changes.state), (2, State::Complete));
    assert!(changes.added.iter().all(|entry| entry.currency.code() == "USD") && changes.added.len() > 200);
    let balance: i64 = changes.accounts.iter().filter_map(|account| account.balance).map(|balance| balance.minor).sum();
    let moved: i64 =
        changes.added.iter().map(|entry| if entry.direction == Direction::Credit { entry.amount_minor } else { -entry.amount_minor }).sum();
    assert_eq!(balance, 1_250_000 + moved, "signs and hundredths arrive as they left");
    connector.revoke(&connection.tokens, now()).await?;
    connector.revoke(&connection.tokens, now()).await?;
    assert_eq!(read(&connector, &connection, None).await.unwrap_err(), BankError::AccessWithdrawn);
    Ok(())
}

#[tokio::test]
async fn a_reading_that_plaid_interrupts_begins_again() -> Result<()> {
    let stage = Stage::set_with(|config| config.banks.plaid.page_entries_max = 40).await?;
    let connector = plaid(&stage)?;
    let connection = linked_plaid(&stage, &connector).await?;
    let quiet = read(&connector, &connection, None).await?;
    assert!(quiet.added.len() > 5 * 40, "more than five pages");
    stage.control(Method::POST, "/plaid/mutations", json!({ "after_pages": 2, "times": 2 })).await?.ok();
    let changes = read(&connector, &connection, None).await?;
    assert_eq!(ids(&changes).len(), changes.added.len(), "no entry comes twice");
    assert_eq!(ids(&changes), ids(&quiet), "and none is missing");
    stage.control(Method::POST, "/plaid/mutations", json!({ "after_pages": 0, "times": 9 })).await?.ok();
    assert_eq!(read(&connector, &connection, None).await.unwrap_err(), BankError::TryLater { after_ms: None });
    Ok(())
}

#[tokio::test]
async fn plaids_webhooks_are_signed_as_they_leave() -> Result<()> {
    let stage = Stage::set().await?;
    let (connector, verifier) = (plaid(&stage)?, plaid::Verifier::new(plaid_client(&stage)?));
    let connection = linked_plaid(&stage, &connector).await?;
    read(&connector, &connection, None).await?;
    let item = format!("/plaid/items/{}", connection.id);
    let entry = json!({ "direction": "debit", "amount_minor": 1_234, "narration": "SQ *COFFEE" });
    stage.control(Method::POST, &format!("{item}/entries"), entry).await?.ok();
    stage.control(Method::PUT, &item, json!({ "state": "login_required" })).await?.ok();
    assert_eq!(read(&connector, &connection, None).await.unwrap_err(), BankError::SignInAgain);
    let hooks = eventually(async || {
        let hooks = stage.hooks.all();
        Ok((hooks.len() >= 3).then_some(hooks))
    })
    .await?;
    let mut events = Vec::new();
    for hook in hooks {
        let verified = verifier.verify(&hook.raw, &hook.plaid_signature, now()).await?;
        events.push(plaid::parse_event(verified)?);
        let again = serde_json::to_vec_pretty(&hook.body)?;
        assert_eq!(verifier.verify(&again, &hook.plaid_signature, now()).await, Err(plaid::Refused::Body));
        assert_eq!(verifier.verify(&hook.raw, &hook.plaid_signature, now() + 400).await, Err(plaid::Refused::Untimely));
    }
    let item_id = connection.id.clone();
    assert!(events.iter().any(|event| matches!(event, plaid::Event::LinkFinished { .. })));
    assert!(events.contains(&plaid::Event::Changed { item_id: item_id.clone() }));
    assert!(events.contains(&plaid::Event::SignInAgain { item_id }));
    Ok(())
}

#[tokio::test]
async fn an_item_is_mended_on_plaids_page() -> Result<()> {
    let stage = Stage::set().await?;
    let connector = plaid(&stage)?;
    let connection = linked_plaid(&stage, &connector).await?;
    stage.control(Method::PUT, &format!("/plaid/items/{}", connection.id), json!({ "state": "login_required" })).await?.ok();
    let ask = Ask { user_id: "u", name: "", email: "", redirect_uri: REDIRECT, relink: Some(&connection.tokens) };
    let link = connector.link_start(&ask, &[3; 64], now()).await?;
    let query = go(&stage, "/plaid/finish", json!({ "url": link.url })).await?;
    let mended = complete(&connector, &link, &query).await?;
    assert_eq!(mended.id, connection.id);
    read(&connector, &mended, None).await?;
    Ok(())
}

#[tokio::test]
async fn mono_is_linked_by_a_code_and_read_in_naira() -> Result<()> {
    let stage = Stage::set().await?;
    let connector = mono(&stage)?;
    let link = start(&connector).await?;
    let query = go(&stage, "/mono/finish", json!({ "url": link.url })).await?;
    assert_eq!(query.get("state"), Some(&link.state));
    let connection = complete(&connector, &link, &query).await?;
    assert_eq!(complete(&connector, &link, &query).await.unwrap_err(), BankError::LinkExpired, "a code is good once");
    let changes = read(&connector, &connection, None).await?;
    assert_eq!((changes.accounts.len(), changes.state), (1, State::Complete));
    assert!(changes.added.iter().all(|entry| entry.currency.code() == "NGN") && changes.added.len() > 150);
    assert_eq!(ids(&changes).len(), changes.added.len(), "pages do not overlap");
    let again = read(&connector, &connection, changes.cursor.as_deref()).await?;
    assert!(!again.added.is_empty() && ids(&again).is_subset(&ids(&changes)), "the last days come again");
    stage.control(Method::PUT, &format!("/mono/accounts/{}", connection.id), json!({ "wants_sign_in": true })).await?.ok();
    assert_eq!(read(&connector, &connection, None).await.unwrap_err(), BankError::SignInAgain);
    let ask = Ask { user_id: "u", name: "", email: "", redirect_uri: REDIRECT, relink: Some(&connection.tokens) };
    let link = connector.link_start(&ask, &[3; 64], now()).await?;
    let query = go(&stage, "/mono/finish", json!({ "url": link.url })).await?;
    assert_eq!(complete(&connector, &link, &query).await?.id, connection.id);
    read(&connector, &connection, None).await?;
    connector.revoke(&connection.tokens, now()).await?;
    assert_eq!(read(&connector, &connection, None).await.unwrap_err(), BankError::AccessWithdrawn);
    Ok(())
}

#[tokio::test]
async fn monos_webhooks_are_believed_in_the_mode_that_is_set() -> Result<()> {
    for (sent, read_as, other) in [
        (MonoWebhooks::SharedSecret, mono::Mode::SharedSecret, mono::Mode::HmacSha512),
        (MonoWebhooks::HmacSha512, mono::Mode::HmacSha512, mono::Mode::SharedSecret),
    ] {
        let stage = Stage::set_with(|config| {
            config.banks.mono.webhook_url = config.razorpay.webhook_url.clone();
            config.banks.mono.webhook_mode = sent;
        })
        .await?;
        let connector = mono(&stage)?;
        let connection = linked_mono(&stage, &connector).await?;
        let secrets = Secrets::only(Secret::new(&stage.config.banks.mono.webhook_secret)?);
        let hook = stage.hooks.first("mono.events.account_connected").await?;
        let verified = mono::verify(&hook.raw, &hook.mono_secret, read_as, &secrets)?;
        assert_eq!(mono::parse_event(verified)?, mono::Event::Connected { account_id: connection.id.clone() });
        assert!(mono::verify(&hook.raw, &hook.mono_secret, other, &secrets).is_err());
        assert!(mono::verify(&hook.raw, "", read_as, &secrets).is_err());
        let hook = stage.hooks.first("mono.events.account_updated").await?;
        let verified = mono::verify(&hook.raw, &hook.mono_secret, read_as, &secrets)?;
        assert_eq!(mono::parse_event(verified)?, mono::Event::Updated { account_id: connection.id });
    }
    Ok(())
}
