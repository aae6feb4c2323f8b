//! A table, a sandbox, and functions that know both.

use domain::{
    Timestamp,
    account::OpenAccount,
    address::{Address, PayeeName, Vpa},
    engine::{Command, Key, Record},
    fact::Cause,
    id::{AccountId, Fingerprint, OperationId, PayoutId, SessionId, UserId},
    identity::{Phone, Role, Session, User},
    money::Amount,
    payee::{AddPayee, JudgePayee, Verdict},
    payment::{AttachOrder, Gateway, OpenOrder, Payment},
    payout::{OpenPayout, Payout, PayoutStatus},
    reconciliation::{Day, Difference, Kind, Reason, Report},
    request::Keyed,
    work::Work,
};
use functions::{
    apply,
    clock::Clock,
    config::{Places, Settings},
    deps::Deps,
    outlets::{DeadLetter, Outlets, Pending, Posted},
    queues, schedules,
    table::Queue,
    work::WorkMessage,
};
use lambda::{
    BoxError, Deadline, Message, Trace,
    auth::{Role as TokenRole, Signer, Subject},
    secrets::Secrets,
};
use providers::razorpay::{NewOrder, Notes};
use sandbox::{Config, Running, Sandbox};
use serde_json::{Value, json};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};
use store::LedgerScan;

/// Queues in memory: what was sent, and the dead letters that lie there.
#[derive(Default)]
pub struct Outbox {
    pub sent: Mutex<Vec<(Queue, String)>>,
    pub dead: Mutex<VecDeque<DeadLetter>>,
    /// Received and not buried: hidden until the next call.
    hidden: Mutex<Vec<DeadLetter>>,
}

impl Outbox {
    /// What was hidden is seen again.
    pub fn reappear(&self) {
        self.dead.lock().unwrap().extend(self.hidden.lock().unwrap().drain(..));
    }
}

impl Outlets for Outbox {
    fn send_later<'a>(&'a self, queue: Queue, body: String, _: u32, _: &'a Trace) -> Pending<'a, Result<(), BoxError>> {
        self.sent.lock().unwrap().push((queue, body));
        Box::pin(async { Ok(()) })
    }

    fn publish<'a>(&'a self, _: Queue, _: String, _: &'a Trace) -> Pending<'a, Result<(), BoxError>> {
        Box::pin(async { Ok(()) })
    }

    fn post<'a>(&'a self, _: &'a str, _: String) -> Pending<'a, Posted> {
        Box::pin(async { Posted::Delivered })
    }

    fn cut<'a>(&'a self, _: &'a str) -> Pending<'a, ()> {
        Box::pin(async {})
    }

    fn dead_letters(&self, _: Queue, _: i32) -> Pending<'_, Result<Vec<DeadLetter>, BoxError>> {
        let seen: Vec<DeadLetter> = self.dead.lock().unwrap().drain(..).take(10).collect();
        self.hidden.lock().unwrap().extend(seen.iter().cloned());
        Box::pin(async { Ok(seen) })
    }

    fn dead_letter_count(&self, _: Queue) -> Pending<'_, Result<u64, BoxError>> {
        let count = self.dead.lock().unwrap().len() as u64;
        Box::pin(async move { Ok(count) })
    }

    fn bury<'a>(&'a self, _: Queue, receipt: &'a str) -> Pending<'a, Result<(), BoxError>> {
        self.hidden.lock().unwrap().retain(|letter| letter.receipt != receipt);
        Box::pin(async { Ok(()) })
    }
}

pub struct World {
    pub deps: Deps,
    /// Under our store: for whoever writes past it.
    pub database: embedded::Database,
    pub outbox: Arc<Outbox>,
    pub sandbox: Running,
    pub config: Config,
    tokens: String,
    http: reqwest::Client,
}

pub fn user(name: &str) -> UserId {
    UserId::new(Timestamp::UNIX_EPOCH, Fingerprint::of("user", name))
}

/// Where providers reach us.
pub const ORIGIN: &str = "https://checks";

pub fn asked(name: &str, key: &str) -> Keyed {
    Keyed::new(user(name), key, key, format!("req-{key}"))
}

impl World {
    pub async fn new(change: impl FnOnce(&mut Config)) -> Self {
        Self::with_banks(change, banks).await
    }

    /// With these readers of banks.
    pub async fn with_banks(change: impl FnOnce(&mut Config), banks: impl FnOnce(&Config) -> Value) -> Self {
        let mut config = Config::default();
        (config.timing.payout_ms, config.timing.payout_reversal_ms, config.timing.refund_ms) = (5, 20, 5);
        change(&mut config);
        let sandbox = Sandbox::start(config.clone()).await.unwrap();
        let gateway = |key_id: &str, key_secret: &str| json!({ "key_id": key_id, "key_secret": key_secret, "webhook_secret": "w", "account_number": config.razorpayx.account_number });
        let tokens = lambda::auth::generate::key_set("k1").unwrap();
        let secrets = Secrets::in_memory([
            ("kamai/razorpay", gateway(&config.razorpay.key_id, &config.razorpay.key_secret).to_string()),
            ("kamai/razorpayx", gateway(&config.razorpayx.key_id, &config.razorpayx.key_secret).to_string()),
            ("kamai/tokens", tokens.clone()),
            ("kamai/pepper", json!({ "phone": "p", "otp": "o", "cursor": "c" }).to_string()),
            ("kamai/messaging", messaging(&config).to_string()),
            ("kamai/push", push().to_string()),
            ("kamai/email", email(&config, &sandbox).to_string()),
            ("kamai/twilio", twilio(&config).to_string()),
            ("kamai/llm", llm(&config)),
            ("kamai/vault", VAULT.to_owned()),
            ("kamai/banks", banks(&config).to_string()),
            ("kamai/bills", bills(&config).to_string()),
            ("kamai/phonepe", phonepe(&config).to_string()),
        ]);
        let url = || Some(sandbox.url().to_owned());
        let places = Places {
            issuer: ORIGIN.to_owned(),
            audience: "kamai".to_owned(),
            sns_topic_arn: Some(config.email.topic_arn.clone()),
            sns_stand_in: Some(format!("{}/sns/", sandbox.url())),
            public_url: Some(ORIGIN.to_owned()),
            razorpay_url: url(),
            sms_url: url(),
            whatsapp_url: url(),
            webpush_local: url(),
            twilio_url: url(),
            twilio_lookups_url: url(),
            whatsapp_media: url(),
            llm_url: Some(format!("{}/groq/openai/v1", sandbox.url())),
            phonepe_url: Some(format!("{}/phonepe", sandbox.url())),
            bills_url: Some(format!("{}/api/v2", sandbox.url())),
            demo_bank_url: Some(format!("{}/demo-bank", sandbox.url())),
            demo_bank_page_url: Some(format!("{}/demo-bank", sandbox.url())),
            uber_url: Some(format!("{}/platforms/uber", sandbox.url())),
            uber_auth_url: Some(format!("{}/platforms/uber", sandbox.url())),
            platforms: Some(platforms(sandbox.url())),
            aggregator_url: Some(format!("{}/aa/v2", sandbox.url())),
            setu_url: Some(format!("{}/setu/v2", sandbox.url())),
            aggregator_redirect: Some(format!("{}/aa/consent/{{handle}}?return={{return_url}}", sandbox.url())),
            plaid_url: Some(format!("{}/plaid", sandbox.url())),
            mono_url: Some(format!("{}/mono", sandbox.url())),
            ..Places::default()
        };
        let outbox = Arc::new(Outbox::default());
        let database = embedded::database().unwrap();
        let store = embedded::store_in(database.clone(), None).await.unwrap();
        let deps = Deps::new(store, Clock::System, outbox.clone(), secrets, Settings::default(), places);
        let world = Self { deps, database, outbox, sandbox, config, tokens, http: reqwest::Client::new() };
        world.run(&OpenAccount { owner: user("asha"), request_id: "open".to_owned() }).await;
        let address = Address::Vpa(Vpa::parse("asha@okaxis").unwrap());
        let added = world.run(&AddPayee { owner: user("asha"), address, name: PayeeName::parse("Asha Kumar").unwrap() }).await;
        world.run(&JudgePayee { payee: added.value.id, verdict: Verdict::Valid { registered_name: None } }).await;
        world
    }

    pub fn now(&self) -> Timestamp {
        self.deps.clock.now()
    }

    pub async fn run<C: Command>(&self, command: &C) -> C::Done
    where
        C::Refusal: std::fmt::Debug,
    {
        match self.deps.store.execute(command, self.now()).await {
            Ok(committed) => committed.done,
            Err(error) => panic!("{error:?}"),
        }
    }

    /// A person's doing at the sandbox.
    pub async fn control(&self, path: &str, body: Value) -> Value {
        let answer = self.http.post(format!("{}{path}", self.sandbox.url())).json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
        answer.json().await.unwrap()
    }

    /// The same, where nothing is answered.
    pub async fn tell(&self, path: &str, body: Value) {
        let answer = self.http.post(format!("{}{path}", self.sandbox.url())).json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.text().await.unwrap());
    }

    /// A file on somebody's phone, as the sandbox keeps it.
    pub async fn file(&self, phone: &str, mime_type: &str, bytes: Vec<u8>) -> Value {
        let request = self.http.post(format!("{}/phones/{phone}/media", self.sandbox.url())).header("content-type", mime_type).body(bytes);
        let answer = request.send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
        answer.json().await.unwrap()
    }

    /// The same, where it is set to what is said.
    pub async fn put(&self, path: &str, body: Value) {
        let answer = self.http.put(format!("{}{path}", self.sandbox.url())).json(&body).send().await.unwrap();
        assert!(answer.status().is_success(), "{path} answered {}", answer.status());
    }

    /// The same, where nothing is said and nothing answered.
    pub async fn post(&self, path: &str) {
        let answer = self.http.post(format!("{}{path}", self.sandbox.url())).send().await.unwrap();
        assert!(answer.status().is_success(), "{path} answered {}", answer.status());
    }

    /// What the sandbox shows.
    pub async fn look(&self, path: &str) -> Value {
        self.http.get(format!("{}{path}", self.sandbox.url())).send().await.unwrap().json().await.unwrap()
    }

    /// The body of what SES posts, once it does.
    pub async fn ses_tells(&self, event: &str) -> String {
        for _ in 0..1_000 {
            let sent = self.look(&format!("/webhooks/sent?provider=ses&event={event}")).await;
            if let Some(body) = sent["items"][0]["body"].as_str() {
                return body.to_owned();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("SES tells of no {event}")
    }

    /// Something at the sandbox is no more.
    pub async fn forget(&self, path: &str) {
        let answer = self.http.delete(format!("{}{path}", self.sandbox.url())).send().await.unwrap();
        assert!(answer.status().is_success());
    }

    pub fn tokens(&self) -> &str {
        &self.tokens
    }

    /// A customer pays an order of Asha's; nobody tells us. Answers our payment and the provider's id.
    pub async fn paid(&self, key: &str, minor: i64) -> (Payment, String) {
        self.customer_pays(key, minor, "captured").await
    }

    /// The same, with this outcome.
    pub async fn customer_pays(&self, key: &str, minor: i64, outcome: &str) -> (Payment, String) {
        let rules = self.deps.rules.clone();
        let open =
            OpenOrder { asked: asked("asha", key), gateway: Gateway::Razorpay, amount: Amount::new(minor).unwrap(), note: None, rules };
        let payment = self.run(&open).await.value;
        let (razorpay, _) = self.deps.razorpay().await.unwrap();
        let (id, new) = (payment.id.to_string(), minor);
        let order = razorpay.create_order(&NewOrder { amount_paise: new, receipt: &id, notes: Notes::new() }).await.unwrap();
        let payment = self.run(&AttachOrder { payment: payment.id, order_id: order.id.clone(), page: None }).await;
        let handed = self.control("/customer/pay", json!({ "order_id": order.id, "outcome": outcome })).await;
        (payment, handed["razorpay_payment_id"].as_str().unwrap().to_owned())
    }

    /// The same, and we hear of it.
    pub async fn earned(&self, key: &str, minor: i64) {
        let (_, id) = self.paid(key, minor).await;
        let told = self.deps.razorpay().await.unwrap().0.payment(&id).await.unwrap();
        apply::payment::apply(&self.deps, &told, Cause::ProviderAnswer, &Trace::default()).await.unwrap();
    }

    /// A payout of Asha's, as the provider has accepted it.
    pub async fn sent(&self, key: &str, minor: i64) -> Payout {
        let open = OpenPayout {
            bill: None,
            asked: asked("asha", key),
            address: Address::Vpa(Vpa::parse("asha@okaxis").unwrap()),
            name: PayeeName::parse("Asha Kumar").unwrap(),
            amount: Amount::new(minor).unwrap(),
            note: None,
            line: None,
            rules: self.deps.rules.clone(),
        };
        let opened = self.run(&open).await.value;
        let work = Work::AdvancePayout { payout: opened.id, payee: opened.payee, account: opened.account };
        queues::payouts::handle(&self.deps, Message::new("m", WorkMessage::from(&work).to_body())).await.unwrap();
        self.payout(opened.id).await
    }

    pub async fn payout(&self, id: PayoutId) -> Payout {
        match self.deps.store.record(&Key::operation(OperationId::Payout(id))).await.unwrap() {
            Some(Record::Payout(payout)) => payout,
            other => panic!("{other:?}"),
        }
    }

    /// A payout that arrived, and we heard of it.
    pub async fn paid_out(&self, key: &str, minor: i64) -> Payout {
        let sent = self.sent(key, minor).await;
        for _ in 0..500 {
            self.hear(&sent).await;
            let payout = self.payout(sent.id).await;
            if payout.status == PayoutStatus::Processed {
                return payout;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("{} does not arrive", sent.id)
    }

    /// We ask the provider for a payout.
    pub async fn hear(&self, payout: &Payout) {
        let (client, _) = self.deps.razorpayx().await.unwrap();
        let told = client.payout(payout.provider_id.as_deref().unwrap()).await.unwrap();
        apply::payout::apply(&self.deps, &told, Cause::ProviderAnswer, &Trace::default()).await.unwrap();
    }

    pub async fn balance(&self) -> i64 {
        self.deps.store.account(AccountId::wallet_of(user("asha"))).await.unwrap().unwrap().balance
    }

    /// Folds all postings, as the stream's consumer does.
    pub async fn fold(&self) {
        let mut scan = LedgerScan::default();
        let until = self.now() + Duration::from_secs(60);
        while !scan.finished {
            for moved in self.deps.store.scan_moved(&mut scan, Timestamp::UNIX_EPOCH, until).await.unwrap() {
                let source = format!("{} {} {:?}", moved.operation, moved.at, moved.postings);
                self.deps.store.fold(&source, &moved.postings, self.now()).await.unwrap();
            }
        }
    }

    /// Today's report.
    pub async fn report(&self) -> Report {
        let day = Day::at(self.now()).unwrap();
        schedules::reconcile_day::compare(&self.deps, day, Deadline::never()).await.unwrap()
    }

    /// An operator's token.
    pub async fn operator(&self, role: Role) -> String {
        self.sign_in(role.code(), "+919999900001", role).await.0
    }

    /// The token of somebody with a role, and the session that it is of.
    pub async fn sign_in(&self, name: &str, phone: &str, role: Role) -> (String, SessionId) {
        let (now, id) = (self.now(), user(name));
        let phone = Phone::parse(phone).unwrap();
        let hash = self.deps.pepper().await.unwrap().phone_hash(&phone);
        self.deps.store.add_user(&User { id, phone, role, created_at: now }, &hash).await.unwrap();
        self.session(name, role).await
    }

    /// The same of somebody who is a user already.
    pub async fn session(&self, name: &str, role: Role) -> (String, SessionId) {
        let (now, id) = (self.now(), user(name));
        let session = SessionId::new(now, Fingerprint::of("session", name));
        let expires_at = now + Duration::from_secs(3_600);
        self.deps
            .store
            .put_session(&Session { id: session, user: id, token_hash: String::new(), revoked: false, expires_at })
            .await
            .unwrap();
        (self.token(name, role, session), session)
    }

    /// A token of a session, as new as it is now.
    pub fn token(&self, name: &str, role: Role, session: SessionId) -> String {
        let signer = Signer::new(&serde_json::from_str(&self.tokens).unwrap(), ORIGIN, "kamai").unwrap();
        let role: TokenRole = serde_json::from_value(role.code().into()).unwrap();
        let subject = Subject { user_id: user(name).to_string(), role, scope: String::new(), session_id: Some(session.to_string()) };
        signer.sign(&subject, "jti", self.now().as_second()).unwrap().token
    }
}

fn messaging(config: &Config) -> Value {
    let messaging = &config.messaging;
    json!({
        "sms_key": messaging.sms_key, "whatsapp_token": messaging.whatsapp_token,
        "whatsapp_phone_number_id": messaging.whatsapp_phone_number_id,
        "whatsapp_app_secret": messaging.whatsapp_app_secret, "whatsapp_verify_token": "ours",
    })
}

/// The pair of RFC 7515, A.3.
fn push() -> Value {
    json!({ "vapid": {
        "public_key": "BH_Nzidw9sRdQYPL7m_bS3tYBzM1e-nvE7rPbjx70VRFx_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
        "private_key": "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI", "subject": "mailto:ops@kamai.example",
    } })
}

fn email(config: &Config, sandbox: &Running) -> Value {
    let (username, password) = (&config.email.smtp_username, &config.email.smtp_password);
    json!({ "url": format!("smtp://{}", sandbox.smtp_address()), "username": username, "password": password, "from": "no-reply@kamai.example" })
}

fn twilio(config: &Config) -> Value {
    let messaging = &config.messaging;
    json!({ "account_sid": messaging.twilio_account_sid, "auth_token": messaging.twilio_auth_token, "from": messaging.twilio_number })
}

const VAULT: &str = r#"{ "current": "v1", "keys": { "v1": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=" } }"#;

fn banks(config: &Config) -> Value {
    let uber = &config.platforms.uber;
    json!({
        "demo": { "client_id": config.banks.demo.client_id, "client_secret": config.banks.demo.client_secret },
        "uber": { "client_id": uber.client_id, "client_secret": uber.client_secret, "day_rollover_hour": 4 },
        "platform_keys": { "swiggy": config.platforms.feed.client_secret },
    })
}

/// A platform that the sandbox plays, as a deployment describes it.
fn platforms(sandbox: &str) -> String {
    let feeds = format!("{sandbox}/platforms/feed");
    json!({ "platforms": [{
        "platform": "swiggy", "base_url": feeds, "path": "/swiggy", "query": { "from": "{from}", "to": "{to}", "cursor": "{cursor}" },
        "auth": {
            "kind": "oauth_consent", "authorize_url": format!("{feeds}/swiggy/authorize"), "token_url": format!("{feeds}/swiggy/token"),
            "revoke_url": format!("{feeds}/swiggy/revoke"), "client_id": "kamai", "secret": "swiggy",
            "scope": "earnings.read", "client_auth": "basic", "pkce": true,
        },
        "day_rollover_hour": 4,
    }] })
    .to_string()
}

fn bills(config: &Config) -> Value {
    let bills = &config.bills;
    json!({
        "client_id": bills.client_id, "client_secret": bills.client_secret, "partner_id": bills.partner_id,
        "agent": { "id": bills.agent_id, "channel": "INT", "ip": "203.0.113.10", "mac": "02-00-5E-10-00-01" },
        "webhook_secret": bills.webhook_secret,
    })
}

fn phonepe(config: &Config) -> Value {
    let phonepe = &config.phonepe;
    json!({
        "client_id": phonepe.client_id, "client_secret": phonepe.client_secret, "client_version": phonepe.client_version,
        "webhook_keys": [{ "id": phonepe.webhook_key_id, "secret": phonepe.webhook_key }],
        "webhook_logins": [{ "username": phonepe.webhook_username, "password": phonepe.webhook_password }],
    })
}

fn llm(config: &Config) -> String {
    json!({ "key": config.llm.key, "chat_models": config.llm.chat_models, "speech_model": config.llm.speech_models[0] }).to_string()
}

/// Waits out the minute around India's midnight: a test's movements are then of one day.
pub async fn away_from_midnight() {
    let left = Day::at(Timestamp::now()).unwrap().until.as_second() - Timestamp::now().as_second();
    if left < 60 {
        tokio::time::sleep(Duration::from_secs(u64::try_from(left).unwrap() + 1)).await;
    }
}

pub fn reasons(report: &Report) -> Vec<(Kind, Reason)> {
    report.differences.iter().map(|difference| (difference.movement.kind, difference.reason)).collect()
}

/// What the owner put into the account when it was opened is no difference of the test's.
pub fn without_opening(mut report: Report) -> Report {
    report.differences.retain(|difference: &Difference| difference.movement.kind != Kind::Transfer);
    report
}
