//! An Account Aggregator, as our own client and our own reader of notifications meet it.

use std::sync::Arc;

use account_aggregator::crypto::{Curve, KeyMaterial, Nonce, PrivateKey};
use account_aggregator::delivery::{self, Delivered, NotDelivered};
use account_aggregator::fi::{self, Source, Statement};
use account_aggregator::jws::{Encoding, Jwk, KeySet, SigningKey};
use account_aggregator::licence::{ActingAs, Licence};
use account_aggregator::notification::{self, KnownConsent, KnownSession, Received, Refusal};
use account_aggregator::wire::{
    ConsentDetail, ConsentNotification, ConsentStatus, DataNotification, ErrorCode, FiDataRange, HandleStatus, SessionStatus, Version,
    txnid_from_random,
};
use anyhow::{Context, Result, anyhow};
use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use jiff::{SignedDuration, Timestamp};
use providers::account_aggregator::{AggregatorError, BankAccounts, Client, DataAsk, FetchedConsent, Redirect, Settings, Stamp};
use providers::secret::Secret;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Hook, Stage, eventually};
use crate::push::http;

const CUSTOMER: &str = "9876543210@sandbox-aa";

/// A sandbox that knows us, and our client.
struct Scene {
    stage: Stage,
    keys: Arc<KeySet>,
    client: Client,
    ours: SigningKey,
}

impl Scene {
    async fn set() -> Result<Self> {
        Self::in_encoding(Encoding::Unencoded).await
    }

    async fn in_encoding(encoding: Encoding) -> Result<Self> {
        let key = KeyPair::generate(KeySize::Rsa2048)?;
        let ours = SigningKey::from_pkcs8("kamai-1", key.as_der()?.as_ref(), encoding)?;
        let jwk = ours.jwk();
        let stage = Stage::set_with(|config| {
            config.account_aggregator.fiu_keys = vec![jwk];
            config.account_aggregator.signs_unencoded = encoding == Encoding::Unencoded;
        })
        .await?;
        let registry = stage.items("/aa/registry").await?;
        let jwks: Vec<Jwk> = serde_json::from_value(registry[0]["keys"].clone())?;
        let keys = Arc::new(KeySet::new(&jwks)?);
        let client = client(&stage, &keys, &ours, "fiu-sandbox-client-api-key")?;
        Ok(Self { stage, keys, client, ours })
    }

    async fn ask(&self) -> Result<Asked> {
        let txnid = txnid();
        let requested = self.client.request_consent(at(&txnid), &detail()?).await?;
        Ok(Asked { txnid, handle: requested.handle })
    }

    async fn act(&self, handle: &str, act: &str) -> Result<u16> {
        Ok(self.stage.control(Method::POST, &format!("/aa/consents/{handle}/{act}"), json!({})).await?.status)
    }

    async fn approved(&self) -> Result<(Asked, String, FetchedConsent)> {
        let asked = self.ask().await?;
        assert_eq!(self.act(&asked.handle, "approve").await?, 204);
        let told = self.client.handle_status(at(&txnid()), &asked.handle).await?;
        let id = told.consent.id.context("no consent")?;
        let fetched = self.client.fetch_consent(at(&txnid()), &id).await?;
        Ok((asked, id, fetched))
    }

    async fn open(&self, id: &str, fetched: &FetchedConsent, curve: Curve) -> Result<Result<Opened, AggregatorError>> {
        let own = PrivateKey::from_random(curve, &[0x5a; 32])?;
        let nonce = Nonce::from_random([0xa5; 32]);
        let expires = Timestamp::now() + SignedDuration::from_hours(1);
        let ask = DataAsk {
            consent_id: id,
            digital_signature: &fetched.digital_signature,
            range: last_days(180),
            key_material: KeyMaterial::new(&own.public()?, nonce, expires),
        };
        let txnid = txnid();
        let requested = self.client.request_data(at(&txnid), &ask).await;
        Ok(requested.map(|requested| Opened { session: requested.session_id, txnid, own, nonce }))
    }

    async fn delivered(&self, opened: &Opened, fetched: &FetchedConsent) -> Result<Vec<Delivered>> {
        let answer = eventually(async || match self.client.fetch_data(at(&txnid()), &opened.session, None).await {
            Ok(answer) => Ok(Some(answer)),
            Err(error) if error.retryable() => Ok(None),
            Err(error) => Err(anyhow!(error)),
        })
        .await?;
        Ok(delivery::open(&answer, &fetched.artefact, &opened.own, &opened.nonce, Timestamp::now()))
    }

    /// What was posted to us of that path, which our own reader believes.
    async fn told<T: notification::Notification>(
        &self,
        path: &str,
        is_wanted: impl Fn(&T) -> bool,
        verify: impl Fn(notification::Unverified<'_, T>) -> Result<T, Refusal>,
    ) -> Result<T> {
        eventually(async || {
            for hook in self.stage.hooks.all().into_iter().filter(|hook| hook.path.ends_with(path)) {
                let unverified = notification::receive::<T>(&received(&hook))?;
                if is_wanted(unverified.claims()) {
                    return Ok(Some(verify(unverified)?));
                }
            }
            Ok(None)
        })
        .await
    }
}

struct Asked {
    txnid: String,
    handle: String,
}

struct Opened {
    session: String,
    txnid: String,
    own: PrivateKey,
    nonce: Nonce,
}

fn client(stage: &Stage, keys: &Arc<KeySet>, ours: &SigningKey, api_key: &str) -> Result<Client> {
    let settings = Settings {
        base_url: &format!("{}/aa/v2", stage.sandbox.url()),
        licence: Licence::new("FIU-KAMAI", "Asha Finance Ltd", ActingAs::TechnologyProvider)?,
        aggregator_id: "AA-SANDBOX",
        api_key: Secret::new(api_key)?,
        signing_key: ours.clone(),
        keys: Arc::clone(keys) as _,
        version: Version::V2_0_0,
        through_router: false,
        redirect: Redirect::new(&format!("{}/aa/consent/{{handle}}?return={{return_url}}", stage.sandbox.url()))?,
    };
    Ok(Client::with_http(http()?, settings)?)
}

fn received(hook: &Hook) -> Received<'_> {
    Received {
        api_key_of: (hook.aa_api_key == "aa-sandbox-api-key").then_some("AA-SANDBOX"),
        signature: Some(&hook.jws_signature),
        body: &hook.raw,
        now: Timestamp::now(),
        version: Version::V2_0_0,
    }
}

fn txnid() -> String {
    txnid_from_random(sandbox::ids::random())
}

fn at(txnid: &str) -> Stamp<'_> {
    Stamp { txnid, now: Timestamp::now() }
}

fn last_days(days: i64) -> FiDataRange {
    let now = Timestamp::now();
    FiDataRange { from: now - SignedDuration::from_hours(24 * days), to: now }
}

fn detail() -> Result<ConsentDetail> {
    let now = Timestamp::now();
    let text = |days: i64| account_aggregator::time::to_text(now + SignedDuration::from_hours(24 * days));
    Ok(serde_json::from_value(json!({
        "consentStart": text(0), "consentExpiry": text(180), "consentMode": "STORE", "fetchType": "PERIODIC",
        "consentTypes": ["PROFILE", "SUMMARY", "TRANSACTIONS"], "fiTypes": ["DEPOSIT"],
        "DataConsumer": { "id": "FIU-KAMAI", "type": "FIU" }, "Customer": { "id": CUSTOMER },
        "Purpose": {
            "code": "102", "refUri": "https://api.rebit.org.in/aa/purpose/102.xml",
            "text": "Customer spending patterns, budget or other reportings", "Category": { "type": "Personal Finance" }
        },
        "FIDataRange": { "from": text(-200), "to": text(180) },
        "DataLife": { "unit": "MONTH", "value": 1 }, "Frequency": { "unit": "MONTH", "value": 3 }
    }))?)
}

/// The word that it was refused with.
#[track_caller]
fn code<T>(outcome: Result<T, AggregatorError>) -> Option<ErrorCode> {
    assert!(outcome.is_err(), "it was not refused");
    outcome.err().and_then(|error| error.code())
}

fn statement(delivered: &Delivered) -> Result<Statement> {
    let document = delivered.document.as_ref().map_err(|why| anyhow!(*why))?;
    Ok(fi::read(document, &Source { link_ref: &delivered.link_ref, bank: &delivered.fip_id })?)
}

#[tokio::test]
async fn data_of_three_banks_flow_in_either_curve_and_either_encoding() -> Result<()> {
    let mut readings = Vec::new();
    for (curve, encoding) in [(Curve::Weierstrass, Encoding::Unencoded), (Curve::X25519, Encoding::Base64Url)] {
        let scene = Scene::in_encoding(encoding).await?;
        let (_, id, fetched) = scene.approved().await?;
        assert_eq!((fetched.status, fetched.artefact.accounts.len()), (ConsentStatus::Active, 3));
        let opened = scene.open(&id, &fetched, curve).await??;
        let delivered = scene.delivered(&opened, &fetched).await?;
        let statements = delivered.iter().map(statement).collect::<Result<Vec<_>>>()?;
        assert_eq!(statements.iter().map(|one| one.version.as_deref().unwrap_or_default()).collect::<Vec<_>>(), ["2.0.0", "1.2", "2.0.0"]);
        for statement in &statements {
            assert!(statement.unread.is_empty() && statement.account.balance.is_some() && !statement.entries.is_empty());
        }
        let main = statements.iter().max_by_key(|one| one.entries.len()).context("none")?;
        assert!(main.entries.len() > 300, "{}", main.entries.len());
        let upi = main.entries.iter().filter(|entry| entry.mode == Some(bank_feed::Mode::Upi));
        assert!(upi.clone().count() > 200 && upi.clone().all(|entry| entry.reference.as_ref().is_some_and(|rrn| rrn.len() == 12)));
        readings.push(statements.into_iter().flat_map(|one| one.entries).map(|entry| bank_feed::dedupe_key(&entry)).collect::<Vec<_>>());
    }
    // A line may have fallen out of the 180 days between the two, or come to be.
    let same = readings[0].iter().filter(|key| readings[1].contains(key)).count();
    assert!(same + 3 > readings[0].len(), "the same customer has the same history");
    Ok(())
}

#[tokio::test]
async fn every_change_is_told_by_a_notification_that_our_reader_believes() -> Result<()> {
    let scene = Scene::set().await?;
    let (asked, id, fetched) = scene.approved().await?;
    let known_ids = [id.clone()];
    let told = |status| {
        let known =
            KnownConsent { aggregator: "AA-SANDBOX", txnid: &asked.txnid, handle: &asked.handle, ids: &known_ids, may_split: false };
        let keys = Arc::clone(&scene.keys);
        let scene = &scene;
        async move {
            let is_wanted = move |told: &ConsentNotification| told.consent.status == status;
            scene.told("/Consent/Notification", is_wanted, |unverified| unverified.verify_consent(Some(&known), keys.as_ref())).await
        }
    };
    assert_eq!(told(ConsentStatus::Active).await?.consent.id.as_deref(), Some(id.as_str()));
    let opened = scene.open(&id, &fetched, Curve::Weierstrass).await??;
    let known = KnownSession { aggregator: "AA-SANDBOX", txnid: &opened.txnid, id: &opened.session };
    let is_completed = |told: &DataNotification| told.session.status == SessionStatus::Completed;
    let data = scene.told("/FI/Notification", is_completed, |unverified| unverified.verify_session(Some(&known), scene.keys.as_ref()));
    assert_eq!(data.await?.session.banks.len(), 3);
    for (act, status) in [("pause", ConsentStatus::Paused), ("resume", ConsentStatus::Active), ("revoke", ConsentStatus::Revoked)] {
        assert_eq!(scene.act(&asked.handle, act).await?, 204);
        told(status).await?;
    }
    assert_eq!(scene.act(&asked.handle, "resume").await?, 409, "what was revoked stays so");
    assert_eq!(code(scene.client.fetch_data(at(&txnid()), &opened.session, None).await), Some(ErrorCode::ConsentRevoked));
    assert_eq!(code(scene.open(&id, &fetched, Curve::Weierstrass).await?.map(|_| ())), Some(ErrorCode::InvalidConsentStatus));
    Ok(())
}

#[tokio::test]
async fn a_bank_may_deny_or_take_its_time() -> Result<()> {
    let scene = Scene::set().await?;
    let (_, id, fetched) = scene.approved().await?;
    let link_ref = |place: usize| fetched.artefact.accounts[place].link_ref.clone();
    let set =
        async |place: usize, outcome: Value| scene.stage.control(Method::PUT, &format!("/aa/accounts/{}", link_ref(place)), outcome).await;
    set(1, json!({ "status": "DENIED" })).await?.ok();
    set(2, json!({ "status": "PENDING", "ready_after_ms": 30 })).await?.ok();
    let opened = scene.open(&id, &fetched, Curve::X25519).await??;
    let first = scene.delivered(&opened, &fetched).await?;
    let outcome = |delivered: &[Delivered], place: usize| -> Option<Result<(), NotDelivered>> {
        let found = delivered.iter().find(|one| one.link_ref == link_ref(place))?;
        Some(found.document.as_ref().map(|_| ()).map_err(|why| *why))
    };
    assert_eq!((outcome(&first, 0), outcome(&first, 1)), (Some(Ok(())), Some(Err(NotDelivered::Nothing))));
    eventually(async || Ok((outcome(&scene.delivered(&opened, &fetched).await?, 2) == Some(Ok(()))).then_some(()))).await?;
    let bank = |fip_id| Some(BankAccounts { fip_id, link_refs: &[] });
    let denied = scene.client.fetch_data(at(&txnid()), &opened.session, bank("FIP-KAVERI")).await;
    assert_eq!(code(denied), Some(ErrorCode::NoDataFound));
    let stranger = scene.client.fetch_data(at(&txnid()), &opened.session, bank("FIP-NOBODY")).await;
    assert_eq!(code(stranger), Some(ErrorCode::InvalidFipId));
    let sessions = format!("/aa/sessions/{}/expire", opened.session);
    scene.stage.control(Method::POST, &sessions, Value::Null).await?.ok();
    assert_eq!(code(scene.client.fetch_data(at(&txnid()), &opened.session, None).await), Some(ErrorCode::DataGone));
    Ok(())
}

#[tokio::test]
async fn what_a_real_one_refuses_is_refused() -> Result<()> {
    let scene = Scene::set().await?;
    let nobody = client(&scene.stage, &scene.keys, &scene.ours, "another")?;
    let key = KeyPair::generate(KeySize::Rsa2048)?;
    let forger = SigningKey::from_pkcs8("kamai-1", key.as_der()?.as_ref(), Encoding::Unencoded)?;
    let forger = client(&scene.stage, &scene.keys, &forger, "fiu-sandbox-client-api-key")?;
    let detail = detail()?;
    assert_eq!(code(nobody.request_consent(at(&txnid()), &detail).await), Some(ErrorCode::Unauthorized));
    assert_eq!(code(forger.request_consent(at(&txnid()), &detail).await), Some(ErrorCode::SignatureDoesNotMatch));
    assert_eq!(code(scene.client.request_consent(at("not-a-uuid"), &detail).await), Some(ErrorCode::InvalidRequest));
    let mut greedy = detail.clone();
    greedy.data_life.value = 2;
    assert_eq!(code(scene.client.request_consent(at(&txnid()), &greedy).await), Some(ErrorCode::InvalidConsentDetail));
    let mut stranger = detail.clone();
    stranger.customer.id = "9876543210@elsewhere".into();
    assert_eq!(code(scene.client.request_consent(at(&txnid()), &stranger).await), Some(ErrorCode::InvalidCustomerAddress));
    let twice = txnid();
    scene.client.request_consent(at(&twice), &detail).await?;
    assert_eq!(code(scene.client.request_consent(at(&twice), &detail).await), Some(ErrorCode::IdempotencyError));
    Ok(())
}

#[tokio::test]
async fn data_are_given_only_as_they_were_consented_to() -> Result<()> {
    let scene = Scene::set().await?;
    let (_, id, fetched) = scene.approved().await?;
    let forged = FetchedConsent { digital_signature: "forged".into(), ..fetched.clone() };
    assert_eq!(code(scene.open(&id, &forged, Curve::Weierstrass).await?.map(|_| ())), Some(ErrorCode::InvalidConsentDetail));
    let unknown = "00000000-0000-4000-8000-000000000000";
    assert_eq!(code(scene.open(unknown, &fetched, Curve::Weierstrass).await?.map(|_| ())), Some(ErrorCode::InvalidConsentId));
    for _ in 0..3 {
        scene.open(&id, &fetched, Curve::Weierstrass).await??;
    }
    assert_eq!(code(scene.open(&id, &fetched, Curve::Weierstrass).await?.map(|_| ())), Some(ErrorCode::InvalidConsentUse));
    Ok(())
}

#[tokio::test]
async fn a_person_consents_on_a_page() -> Result<()> {
    let scene = Scene::set().await?;
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let asked = scene.ask().await?;
    let url = scene.client.consent_url(&asked.handle, "https://kamai.in/back?a=\"<1>");
    let page = http.get(&url).send().await?;
    assert!(page.headers()["content-security-policy"].to_str()?.starts_with("default-src 'none'"));
    let html = page.text().await?;
    assert!(html.contains("Sahyadri Demo Bank") && html.contains("Approve") && html.contains("PROFILE, SUMMARY, TRANSACTIONS"));
    assert!(html.contains("value=\"https://kamai.in/back?a=&quot;&lt;1&gt;\""), "{html}");
    let accounts = scene.stage.items(&format!("/aa/customers/{CUSTOMER}/accounts")).await?;
    let chosen = accounts[0]["link_ref"].as_str().context("no account")?;
    let form = [("decision", "approve"), ("account", chosen), ("return", "https://kamai.in/back?a=1")];
    let answer = http.post(&url).form(&form).send().await?;
    assert_eq!(answer.status(), 303);
    assert_eq!(answer.headers()["location"], format!("https://kamai.in/back?a=1&handle={}&status=APPROVED", asked.handle).as_str());
    let told = scene.client.handle_status(at(&txnid()), &asked.handle).await?;
    let fetched = scene.client.fetch_consent(at(&txnid()), told.consent.id.as_deref().context("no consent")?).await?;
    assert_eq!(fetched.artefact.accounts.iter().map(|account| account.link_ref.as_str()).collect::<Vec<_>>(), [chosen]);
    assert_eq!(http.post(&url).form(&form).send().await?.status(), 409, "it was answered");

    let asked = scene.ask().await?;
    let url = scene.client.consent_url(&asked.handle, "");
    assert_eq!(http.post(&url).form(&[("decision", "reject"), ("return", "javascript:alert(1)")]).send().await?.status(), 200);
    assert_eq!(scene.client.handle_status(at(&txnid()), &asked.handle).await?.consent.status, HandleStatus::Rejected);
    assert_eq!(http.get(format!("{}/aa/consent/unknown", scene.stage.sandbox.url())).send().await?.status(), 404);
    Ok(())
}

#[tokio::test]
async fn a_dropped_notification_is_found_by_asking_and_a_tampered_one_is_not_believed() -> Result<()> {
    let scene = Scene::set().await?;
    scene.stage.fault(json!({ "provider": "aa", "fault": "drop_webhooks", "event": "consent." })).await?;
    let asked = scene.ask().await?;
    scene.act(&asked.handle, "approve").await?;
    let told = scene.client.handle_status(at(&txnid()), &asked.handle).await?;
    assert_eq!(told.consent.status, HandleStatus::Approved);
    assert!(scene.stage.hooks.all().is_empty());
    scene.stage.control(Method::DELETE, "/faults", Value::Null).await?.ok();
    scene.stage.fault(json!({ "provider": "aa", "fault": "tampered_webhooks" })).await?;
    scene.act(&asked.handle, "pause").await?;
    let hook = eventually(async || Ok(scene.stage.hooks.all().into_iter().next())).await?;
    let ids = [told.consent.id.context("no consent")?];
    let known = KnownConsent { aggregator: "AA-SANDBOX", txnid: &asked.txnid, handle: &asked.handle, ids: &ids, may_split: false };
    let refusal = notification::receive(&received(&hook))?.verify_consent(Some(&known), scene.keys.as_ref()).unwrap_err();
    assert_eq!(refusal.code, ErrorCode::SignatureDoesNotMatch);
    scene.stage.fault(json!({ "provider": "aa", "fault": "error_5xx", "times": 1 })).await?;
    assert!(scene.client.heartbeat().await.unwrap_err().retryable());
    scene.client.heartbeat().await?;
    Ok(())
}
