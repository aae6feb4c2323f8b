//! The Account Aggregator's notifications (the table of `account-aggregator.md`, section 4, and what follows from each).

use super::*;
use account_aggregator::jws::{Encoding, KeySet, SIGNATURE_HEADER, SigningKey, verify_detached};
use aws_lc_rs::{
    encoding::AsDer,
    rsa::{KeyPair, KeySize},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{
    bank::{BankStatus, BankTrouble, RevokeBank},
    consent::{AgreementEvent, Word},
};
use functions::{clock::Clock, webhooks};
use serde_json::json;
use std::sync::LazyLock;

const BANK: &str = "account-aggregator";

struct Pair {
    pem: String,
    key: SigningKey,
}

fn pair(kid: &str) -> Pair {
    let made = KeyPair::generate(KeySize::Rsa2048).unwrap();
    let der = made.as_der().unwrap();
    let pem = format!("-----BEGIN PRIVATE KEY-----{}-----END PRIVATE KEY-----", STANDARD.encode(der.as_ref()));
    Pair { pem, key: SigningKey::from_pkcs8(kid, der.as_ref(), Encoding::Unencoded).unwrap() }
}

static THEIRS: LazyLock<Pair> = LazyLock::new(|| pair("aa-sandbox-key-1"));
/// Another aggregator that we know.
static OTHERS: LazyLock<Pair> = LazyLock::new(|| pair("aa-other-key-1"));
static OURS: LazyLock<Pair> = LazyLock::new(|| pair("checks-fiu"));

async fn ears() -> Ears {
    let change = |config: &mut Config, origin: &str| {
        let aggregator = &mut config.account_aggregator;
        aggregator.signing_key = Some(THEIRS.pem.clone().try_into().unwrap());
        aggregator.fiu_keys = vec![OURS.key.jwk()];
        aggregator.notification_url = Some(format!("{origin}/webhooks/aa"));
    };
    let secret = |config: &Config| {
        let aggregator = &config.account_aggregator;
        json!({ "platform_keys": { "swiggy": "feeds" }, "aggregator": {
            "id": aggregator.id, "handle": aggregator.handle, "api_key": aggregator.client_api_key,
            "notifier_key": aggregator.api_key, "notifier_key_previous": "the-one-before", "keys": [THEIRS.key.jwk()],
            "fiu_id": aggregator.fiu_id, "licence_holder": "Checks Finance Ltd", "acting_as": "TSP", "signing_kid": "checks-fiu",
            "signing_key_pem": OURS.pem,
        }, "aggregators": { "finvu": {
            "id": "AA-OTHER", "handle": "finvu", "api_key": "theirs", "notifier_key": "the-key-of-another", "keys": [OTHERS.key.jwk()],
            "fiu_id": aggregator.fiu_id, "licence_holder": "Checks Finance Ltd", "acting_as": "TSP", "signing_kid": "checks-fiu",
            "signing_key_pem": OURS.pem, "version": "2.1.0", "url": "http://127.0.0.1:9/v2", "redirect": "http://127.0.0.1:9/{handle}?r={return_url}",
        }, "onemoney": {
            "id": "AA-WRONG", "handle": "onemoney", "api_key": "theirs", "notifier_key": "a-third-key", "keys": [OTHERS.key.jwk()],
            "fiu_id": aggregator.fiu_id, "licence_holder": "Checks Finance Ltd", "acting_as": "TSP", "signing_kid": "checks-fiu",
            "signing_key_pem": OURS.pem, "version": "9.9.9", "url": "http://127.0.0.1:9/v9", "redirect": "http://127.0.0.1:9/{handle}?r={return_url}",
        } } })
    };
    Ears::new("IN", change, secret).await
}

async fn deliver(ears: &Ears, hook: &Hook) -> (u16, Value) {
    let reply = webhooks::aa::handle(&ears.world.deps, hook.request().build()).await.unwrap();
    // Every answer is signed, a refusal too.
    let ours = KeySet::new(&[OURS.key.jwk()]).unwrap();
    verify_detached(reply.header(SIGNATURE_HEADER).unwrap(), &reply.body, &ours).unwrap();
    (reply.status, serde_json::from_slice(&reply.body).unwrap())
}

fn handle_of(link: &str) -> String {
    link.replace("%2D", "-").split(['?', '/']).find(|part| part.len() == 36).unwrap().to_owned()
}

/// The way back that stands in a link.
fn way_back(link: &str) -> String {
    let url = reqwest::Url::parse(link).unwrap();
    url.query_pairs().find(|(name, _)| name == "return").unwrap().1.into_owned()
}

async fn act(ears: &Ears, link: &str, act: &str) {
    ears.world.tell(&format!("/aa/consents/{}/{act}", handle_of(link)), json!({})).await;
}

/// Connected by notifications alone.
async fn connected() -> (Ears, String) {
    let mut ears = ears().await;
    let link = ears.link(BANK).await;
    act(&ears, &link, "approve").await;
    for word in ["consentStatus", "READY"] {
        let hook = ears.next_of(word).await;
        assert_eq!(deliver(&ears, &hook).await.0, 200);
        ears.works().await;
    }
    assert_eq!(ears.bank(BANK).await.status, BankStatus::Active);
    (ears, link)
}

/// Connected, and asked for: a session whose banks do not answer.
async fn waiting() -> (Ears, String) {
    let mut ears = ears().await;
    let link = ears.link(BANK).await;
    banks_answer(&ears, |_| "PENDING").await;
    act(&ears, &link, "approve").await;
    let hook = ears.next_of("consentStatus").await;
    assert_eq!(deliver(&ears, &hook).await.0, 200);
    ears.works().await;
    let sessions = ears.world.look("/aa/sessions").await;
    let id = sessions["items"][0]["id"].as_str().unwrap().to_owned();
    (ears, id)
}

#[tokio::test]
async fn banks_are_offered_by_each_aggregator_that_is_set_up_and_one_that_is_set_up_wrongly_spoils_no_other() {
    let ears = ears().await;
    let offered: Vec<&str> = banks::offered(&ears.world.deps).await.unwrap().iter().map(|entry| entry.id.as_str()).collect();
    for (bank, is_offered) in [(BANK, true), ("finvu", true), ("onemoney", false), ("camsfinserv", false)] {
        assert_eq!(offered.contains(&bank), is_offered, "{bank}");
    }
    // There is one, so what waits for it does not end for want of it; what it tells is to be told again.
    assert!(ears.world.deps.reader_of(banks::find("onemoney").unwrap()).await.is_err());
    assert!(ears.world.deps.reader_of(banks::find("camsfinserv").unwrap()).await.unwrap().is_none());
    let told = lambda::Request::post("/webhooks/aa/Consent/Notification").header("aa_api_key", "a-third-key").body("{}").build();
    assert_eq!(status(webhooks::aa::handle(&ears.world.deps, told).await), 503);
}

#[tokio::test]
async fn f1_a_consent_told_ten_times_before_its_user_is_back_connects_once_and_is_read_once() {
    let mut ears = ears().await;
    let link = ears.link(BANK).await;
    act(&ears, &link, "approve").await;
    let hook = ears.next_of(r#""consentStatus":"ACTIVE""#).await;
    for _ in 0..10 {
        let (status, body) = deliver(&ears, &hook).await;
        assert_eq!((status, &body["response"]), (200, &json!("OK")));
    }
    ears.works().await;
    // Their way back is good all the same, and for nobody else's link.
    assert_eq!(ears.back(&way_back(&link)).await, 200);
    assert_eq!(ears.back("https://x/v1/banks/return?state=made-up").await, 410);
    let ready = ears.next_of("READY").await;
    let answers = futures::future::join_all((0..10).map(|_| deliver(&ears, &ready))).await;
    assert!(answers.iter().all(|(status, _)| *status == 200));
    ears.works().await;
    let bank = ears.bank(BANK).await;
    assert_eq!((bank.status, bank.trouble, bank.read_at.is_some()), (BankStatus::Active, None, true));
    let sessions = ears.world.look("/aa/sessions").await;
    assert_eq!(sessions["items"].as_array().map(Vec::len), Some(1), "{sessions}");
    assert_eq!(ears.kept().await.len(), 2, "each is kept once");
    // Told once more: it is known already.
    for hook in [&hook, &ready] {
        assert_eq!(deliver(&ears, hook).await.0, 200);
    }
    ears.works().await;
    assert_eq!(ears.world.look("/aa/sessions").await["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn f14_notifications_that_never_come_leave_nothing_undone() {
    let mut ears = ears().await;
    let link = ears.link(BANK).await;
    act(&ears, &link, "approve").await;
    assert_eq!(ears.back(&way_back(&link)).await, 200);
    ears.works().await;
    ears.next_of("READY").await;
    ears.world.deps.clock = Clock::Off { by_ms: 6_000 };
    functions::banks::step(&ears.world.deps, user("asha"), Bank::id_of(user("asha"), BANK), false, &Trace::default()).await.unwrap();
    assert!(ears.bank(BANK).await.read_at.is_some());
}

#[tokio::test]
async fn a_consent_that_is_paused_taken_up_and_revoked_there_is_so_here_at_once() {
    let (mut ears, link) = connected().await;
    act(&ears, &link, "pause").await;
    let paused = ears.next_of("PAUSED").await;
    assert_eq!(deliver(&ears, &paused).await.0, 200);
    ears.works().await;
    let bank = ears.bank(BANK).await;
    assert_eq!((bank.status, bank.trouble), (BankStatus::Active, Some(BankTrouble::Paused)));
    act(&ears, &link, "resume").await;
    let resumed = ears.next_of(r#""consentStatus":"ACTIVE""#).await;
    deliver(&ears, &resumed).await;
    ears.works().await;
    assert_eq!(ears.bank(BANK).await.trouble, None);
    // The word that it was paused, once more: the consent is asked for, and it is not.
    deliver(&ears, &paused).await;
    ears.works().await;
    assert_eq!(ears.bank(BANK).await.trouble, None, "what was told is not believed");
    let before = book(&ears).await;
    assert!(before.0 > 20, "the bank told of its lines");
    // Told later than what follows.
    act(&ears, &link, "pause").await;
    let late = ears.next_of("PAUSED").await;
    act(&ears, &link, "revoke").await;
    let revoked = ears.next_of("REVOKED").await;
    deliver(&ears, &revoked).await;
    ears.works().await;
    let bank = ears.bank(BANK).await;
    assert_eq!((bank.status, bank.trouble, bank.view, bank.tokens), (BankStatus::Revoked, Some(BankTrouble::WithdrawnThere), None, None));
    assert_eq!((book(&ears).await, bank.lent.len()), ((0, before.1), 0), "its lines are deleted; what was earned and spent stays");
    assert_eq!(ledger(&ears).await, ["given", "paused", "resumed", "revoked"]);
    assert_eq!(deliver(&ears, &revoked).await.0, 200, "the same word once more was taken already");
    ears.works().await;
    assert_eq!(ledger(&ears).await, ["given", "paused", "resumed", "revoked"]);
    let (status, body) = deliver(&ears, &late).await;
    assert_eq!((status, &body["errorCode"]), (400, &json!("InvalidConsentId")), "of a connection that is over nobody speaks any more");
}

/// Lines of which more is kept than sums, and the sums of all.
async fn book(ears: &Ears) -> (usize, Vec<i64>) {
    let today = domain::limits::india_time(ears.world.now()).date();
    let span = (today.saturating_sub(jiff::ToSpan::days(80)), today);
    let (days, pages) = functions::book::told(&ears.world.deps, user("asha"), span).await.unwrap();
    let sums = days.spent.values().chain(days.earned.values()).chain(days.unpaid.values()).copied().collect();
    (pages.iter().map(|page| page.entries.len()).sum(), sums)
}

/// What became of Asha's consents at the aggregator, by a chain that is whole.
async fn ledger(ears: &Ears) -> Vec<&'static str> {
    let (consents, chain) = (ears.world.deps.store.consents(user("asha")), ears.world.deps.store.consent_chain(user("asha")));
    let (consents, chain) = (consents.await.unwrap(), chain.await.unwrap());
    assert_eq!(domain::consent::verify(&chain, consents.head), Ok(()));
    let event = |one: domain::consent::Consent| match one.word {
        Word::Agreement(agreement) => {
            assert_eq!(agreement.terms.is_some(), agreement.event == AgreementEvent::Given);
            Some(agreement.event.code())
        }
        Word::Said(_) => None,
    };
    chain.into_iter().filter_map(event).collect()
}

async fn step(ears: &Ears) {
    functions::banks::step(&ears.world.deps, user("asha"), Bank::id_of(user("asha"), BANK), false, &Trace::default()).await.unwrap();
}

async fn view(ears: &Ears) -> functions::banks::View {
    let vault = ears.world.deps.vault(user("asha"), &Trace::default()).await.unwrap();
    functions::banks::view(&vault, &ears.bank(BANK).await).unwrap()
}

/// What every account of Asha's banks answers from now on.
async fn banks_answer(ears: &Ears, answer: impl Fn(usize) -> &'static str) {
    let accounts = ears.world.look("/aa/customers/9812340001@sandbox-aa/accounts").await;
    for (place, account) in accounts["items"].as_array().unwrap().iter().enumerate() {
        ears.world.put(&format!("/aa/accounts/{}", account["link_ref"].as_str().unwrap()), json!({ "status": answer(place) })).await;
    }
}

#[tokio::test]
async fn f22_what_may_be_kept_for_a_month_is_deleted_after_it_where_nothing_new_came() {
    let (mut ears, link) = connected().await;
    act(&ears, &link, "pause").await;
    let before = book(&ears).await;
    // A month is of thirty-one days at most.
    for (day, is_kept) in [(27, true), (32, false)] {
        ears.world.deps.clock = Clock::Off { by_ms: day * 24 * 3_600_000 };
        step(&ears).await;
        assert_eq!(book(&ears).await, (if is_kept { before.0 } else { 0 }, before.1.clone()), "on day {day}");
    }
    let (bank, view) = (ears.bank(BANK).await, view(&ears).await);
    assert_eq!((bank.status, bank.lent.len(), view.accounts.len()), (BankStatus::Active, 0, 0), "it may be read again");
    assert!(view.parts.iter().all(|part| part.state.code() == "lapsed" && part.read_at.is_none()), "{:?}", view.parts);
}

#[tokio::test]
async fn of_a_delivery_in_parts_each_account_says_how_it_came() {
    let mut ears = ears().await;
    let link = ears.link(BANK).await;
    banks_answer(&ears, |place| if place == 0 { "DENIED" } else { "READY" }).await;
    act(&ears, &link, "approve").await;
    for word in ["consentStatus", "DENIED"] {
        let hook = ears.next_of(word).await;
        assert_eq!(deliver(&ears, &hook).await.0, 200);
        ears.works().await;
    }
    let view = view(&ears).await;
    let mut states: Vec<&str> = view.parts.iter().map(|part| part.state.code()).collect();
    states.sort_unstable();
    assert_eq!(states.first(), Some(&"denied"));
    assert!(states.len() > 1 && states.iter().skip(1).all(|state| *state == "read"), "{states:?}");
    assert_eq!(view.accounts.len(), states.len() - 1);
    let next = ears.bank(BANK).await.due_at.unwrap();
    assert!(next > ears.world.now() + jiff::SignedDuration::from_mins(50), "what is denied is not waited for");
}

#[tokio::test]
async fn f1_what_is_said_of_a_session_by_many_at_once_is_all_kept_and_counts_where_it_failed() {
    let (mut ears, id) = waiting().await;
    let (deps, id) = (&ears.world.deps, id.as_str());
    let accounts = ears.world.look("/aa/customers/9812340001@sandbox-aa/accounts").await;
    let first = accounts["items"][0]["link_ref"].as_str().unwrap().to_owned();
    let refused = [first.clone(), "one".to_owned(), "two".to_owned(), "three".to_owned()];
    let told = refused.iter().map(|refused| banks::session_told(deps, id, false, std::slice::from_ref(refused)));
    assert!(futures::future::join_all(told).await.iter().all(Result::is_ok));
    banks::session_told(deps, id, true, &[]).await.unwrap();
    let named = banks::known(deps, banks::Name::Session(id)).await.unwrap().unwrap();
    assert_eq!((named.refused.len(), named.is_over), (4, true));
    banks::session_told(deps, "nobody's", true, &refused).await.unwrap();
    assert!(banks::known(deps, banks::Name::Session("nobody's")).await.unwrap().is_none());
    // Looked at when it is due, its accounts say so.
    ears.world.deps.clock = Clock::Off { by_ms: 6_000 };
    step(&ears).await;
    let view = view(&ears).await;
    assert!(view.parts.iter().all(|part| part.state.code() == if part.id == first { "denied" } else { "late" }), "{:?}", view.parts);
    assert!(view.session.is_none() && view.parts.len() > 1);
}

#[tokio::test]
async fn what_was_read_today_is_read_again_today_only_where_its_user_asks() {
    let (ears, _) = connected().await;
    let id = Bank::id_of(user("asha"), BANK);
    let due_in = async || ears.bank(BANK).await.due_at.unwrap().duration_since(ears.world.now()).as_mins();
    ears.world.run(&domain::bank::HearOfBank { user: user("asha"), bank: id, hint: domain::bank::Hint::Access }).await;
    step(&ears).await;
    assert!(due_in().await > 23 * 60, "of a word that there is something");
    functions::banks::step(&ears.world.deps, user("asha"), id, true, &Trace::default()).await.unwrap();
    assert!((50..=60).contains(&due_in().await), "an hour after the last");
    assert_eq!(ears.world.look("/aa/sessions").await["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn what_all_banks_deny_is_asked_for_tomorrow() {
    let mut ears = ears().await;
    let link = ears.link(BANK).await;
    banks_answer(&ears, |_| "DENIED").await;
    act(&ears, &link, "approve").await;
    for word in ["consentStatus", "DENIED"] {
        let hook = ears.next_of(word).await;
        assert_eq!(deliver(&ears, &hook).await.0, 200);
        ears.works().await;
    }
    assert!(view(&ears).await.parts.iter().all(|part| part.state.code() == "denied"));
    let bank = ears.bank(BANK).await;
    assert_eq!((bank.status, bank.read_at), (BankStatus::Active, None));
    assert!(bank.due_at.unwrap() > ears.world.now() + jiff::SignedDuration::from_hours(23));
}

#[tokio::test]
async fn what_its_owner_ends_here_is_deleted_and_written_down() {
    let (ears, _) = connected().await;
    let before = book(&ears).await;
    ears.world.run(&RevokeBank { user: user("asha"), bank: Bank::id_of(user("asha"), BANK) }).await;
    step(&ears).await;
    let bank = ears.bank(BANK).await;
    assert_eq!((bank.status, bank.lent.len(), bank.tokens), (BankStatus::Revoked, 0, None));
    assert_eq!((book(&ears).await, ledger(&ears).await), ((0, before.1), vec!["given", "stopped"]));
}

#[tokio::test]
async fn f5_a_consent_that_was_revoked_without_a_word_is_not_read_again() {
    let (ears, link) = connected().await;
    act(&ears, &link, "revoke").await;
    let id = Bank::id_of(user("asha"), BANK);
    functions::banks::step(&ears.world.deps, user("asha"), id, true, &Trace::default()).await.unwrap();
    assert_eq!(ears.bank(BANK).await.status, BankStatus::Revoked);
}

/// `how` changes what was signed; `key` signs it.
fn forged(hook: &Hook, key: &SigningKey, how: impl FnOnce(&mut Value)) -> Hook {
    let mut told: Value = serde_json::from_str(&hook.body).unwrap();
    how(&mut told);
    let body = told.to_string();
    let signature = key.sign_detached(body.as_bytes()).unwrap();
    Hook { body, ..hook.with(SIGNATURE_HEADER, &signature) }
}

#[tokio::test]
async fn s1_s20_what_is_not_signed_for_here_and_now_is_refused_and_changes_nothing() {
    let (mut ears, link) = connected().await;
    act(&ears, &link, "pause").await;
    let consent = ears.next_of("PAUSED").await;
    let before = (ears.bank(BANK).await, ears.kept().await.len());
    let key = &THEIRS.key;
    let stranger = pair("aa-sandbox-key-1");
    let set = |field: &'static str, value: Value| move |told: &mut Value| told[field] = value.clone();
    let told = |field: &'static str, value: Value| move |told: &mut Value| told["ConsentStatusNotification"][field] = value.clone();
    let old = (ears.world.now() - jiff::SignedDuration::from_mins(16)).to_string();
    let spaced = Hook { body: format!("{} ", consent.body), ..consent.clone() };
    let again = Hook { body: consent.body.replace("\":", "\": "), ..consent.clone() };
    let unsigned = consent.with(SIGNATURE_HEADER, "");
    let none = consent.with(SIGNATURE_HEADER, "eyJhbGciOiJub25lIn0..");
    let attempts: Vec<(&str, Hook, u16, &str)> = vec![
        ("nobody's key", consent.with("aa_api_key", "made-up"), 401, "Unauthorized"),
        ("no key", consent.with("aa_api_key", ""), 401, "Unauthorized"),
        ("no signature", unsigned, 400, "SignatureDoesNotMatch"),
        ("alg none", none, 400, "SignatureDoesNotMatch"),
        ("a space more", spaced, 400, "SignatureDoesNotMatch"),
        ("serialised anew", again, 400, "SignatureDoesNotMatch"),
        ("a stranger's key of the same name", forged(&consent, &stranger.key, |_| ()), 400, "SignatureDoesNotMatch"),
        ("our own key", forged(&consent, &OURS.key, |_| ()), 400, "SignatureDoesNotMatch"),
        ("sixteen minutes old", forged(&consent, key, set("timestamp", json!(old))), 400, "InvalidRequest"),
        ("another version", forged(&consent, key, set("ver", json!("1.1.2"))), 404, "NoSuchVersion"),
        ("a field more", forged(&consent, key, set("extra", json!(1))), 400, "InvalidRequest"),
        ("another transaction", forged(&consent, key, set("txnid", json!("0b811819-9044-4856-b0ee-8c88035f8858"))), 400, "InvalidRequest"),
        ("a bank", forged(&consent, key, set("Notifier", json!({ "type": "FIP", "id": "AA-SANDBOX" }))), 400, "InvalidNotifier"),
        (
            "another aggregator (S20)",
            forged(&consent, key, set("Notifier", json!({ "type": "AA", "id": "AA-LIVE" }))),
            400,
            "InvalidNotifier",
        ),
        (
            "an aggregator that we know, of a consent that it does not keep",
            forged(&consent.with("aa_api_key", "the-key-of-another"), &OTHERS.key, |told| {
                (told["Notifier"]["id"], told["ver"]) = (json!("AA-OTHER"), json!("2.1.0"));
            }),
            400,
            "InvalidRequest",
        ),
        ("the key of another", consent.with("aa_api_key", "the-key-of-another"), 404, "NoSuchVersion"),
        (
            "another handle",
            forged(&consent, key, told("consentHandle", json!("39e108fe-9243-11e8-b9f2-0256d88baae8"))),
            400,
            "InvalidRequest",
        ),
        ("no word that we know", forged(&consent, key, told("consentStatus", json!("GONE"))), 400, "InvalidRequest"),
        ("no JSON", Hook { body: "{".to_owned(), ..consent.clone() }, 400, "InvalidRequest"),
    ];
    for (what, hook, status, code) in &attempts {
        let (answered, body) = deliver(&ears, hook).await;
        assert_eq!((answered, &body["errorCode"]), (*status, &json!(code)), "{what}: {body}");
    }
    let unknown = forged(&consent, key, |told| {
        told["ConsentStatusNotification"] = json!({ "consentId": "39e108fe-9243-11e8-b9f2-0256d88baae8", "consentStatus": "REVOKED" });
    });
    assert_eq!(deliver(&ears, &unknown).await.1["errorCode"], "InvalidConsentId");
    let mut session = forged(&consent, key, |told| {
        told.as_object_mut().unwrap().remove("ConsentStatusNotification");
        told["FIStatusNotification"] = json!({ "sessionId": "nobody's", "sessionStatus": "COMPLETED", "FIStatusResponse": [] });
    });
    session.path = "/webhooks/aa/FI/Notification".to_owned();
    assert_eq!(deliver(&ears, &session).await.1["errorCode"], "InvalidSessionId");
    ears.works().await;
    assert_eq!((ears.bank(BANK).await, ears.kept().await.len()), before);
    // In either encoding, and under the token before, the same is believed: it was refused for nothing else.
    let encoded = key.clone().in_encoding(Encoding::Base64Url);
    for hook in [forged(&consent, &encoded, |_| ()), consent.with("aa_api_key", "the-one-before"), consent.clone()] {
        assert_eq!(deliver(&ears, &hook).await.0, 200);
    }
    ears.works().await;
    assert_eq!(ears.bank(BANK).await.trouble, Some(BankTrouble::Paused));
}

#[tokio::test]
async fn who_declines_there_is_shown_so_when_they_come_back() {
    let mut ears = ears().await;
    let link = ears.link(BANK).await;
    act(&ears, &link, "reject").await;
    let hook = ears.next_of("REJECTED").await;
    assert_eq!(deliver(&ears, &hook).await.0, 200);
    ears.works().await;
    let bank = ears.bank(BANK).await;
    assert_eq!((bank.status, bank.trouble), (BankStatus::Failed, Some(BankTrouble::Declined)));
    assert_eq!(ears.back(&way_back(&link)).await, 200, "the page says that they declined");
}

#[tokio::test]
async fn an_end_of_consent_and_a_bank_that_stays_silent_are_each_told_once() {
    let (mut ears, _) = connected().await;
    let id = Bank::id_of(user("asha"), BANK);
    let days = |days: i64| days * 24 * 3_600_000;
    // Its clock is theirs no more: the aggregator refuses us, as one that is away.
    for (day, ends, stale) in [(4, 0, 1), (5, 0, 1), (11, 0, 2), (358, 1, 3), (359, 1, 3), (364, 2, 4)] {
        ears.world.deps.clock = Clock::Off { by_ms: days(day) };
        for _ in 0..2 {
            functions::banks::step(&ears.world.deps, user("asha"), id, true, &Trace::default()).await.unwrap();
        }
        let told = (ears.told("bank.ends").await.len(), ears.told("bank.stale").await.len());
        assert_eq!(told, (ends, stale), "on day {day}");
    }
    let ends = ears.told("bank.ends").await;
    assert!(ends.iter().all(|told| told["bank"] == "Indian bank" && told["day"].is_string()), "{ends:?}");
}

#[tokio::test]
async fn in_a_session_that_failed_nothing_is_fetched() {
    let (mut ears, id) = waiting().await;
    ears.world.post(&format!("/aa/sessions/{id}/fail")).await;
    let failed = ears.next_of("FAILED").await;
    for _ in 0..2 {
        assert_eq!(deliver(&ears, &failed).await.0, 200);
    }
    let before = ears.world.look("/aa/consents").await;
    ears.works().await;
    let bank = ears.bank(BANK).await;
    assert_eq!((bank.status, bank.trouble, bank.read_at), (BankStatus::Active, None, None));
    assert!(bank.due_at.unwrap() > ears.world.now() + jiff::SignedDuration::from_mins(50), "the next is opened in an hour");
    assert_eq!(ears.world.look("/aa/consents").await["items"][0]["fetches"], before["items"][0]["fetches"]);
}
