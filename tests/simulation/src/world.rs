//! One world: our functions, the cloud under them and the providers around them.

use crate::{
    cloud::Cloud,
    fate::Fate,
    functions as ours, logs,
    outlets::SimulatedOutlets,
    outside::{self, Courier, Postbox},
    points::{self, End, Life},
    table::Road,
    weather::{Fault, Weather},
};
use account_aggregator::jws::{Encoding, Jwk, SigningKey};
use anyhow::{Context, Result};
use aws_lc_rs::{
    encoding::AsDer,
    rsa::{KeyPair, KeySize},
};
use axum::Router;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::rules::Rules;
use embedded::{Database, TABLES};
use functions::{
    clock::Clock,
    config::{Places, Settings, SmsCarrier},
    deps::Deps,
    table::{FUNCTIONS, Function, Trigger},
};
use lambda::{Deadline, Reply, Request, secrets::Secrets};
use providers::{
    call::Http,
    files::{Credentials, SharedCredentialsProvider, Signer},
};
use sandbox::{config::PhonepeWebhooks, webhooks::door::Door};
use serde_json::json;
use std::{
    collections::BTreeMap,
    future::Future,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use store::Store;

/// What worlds share: what takes long to make and does not depend on a seed.
#[derive(Clone)]
pub struct Common {
    pub http: Http,
    pub tokens: String,
    aggregator: AggregatorKeys,
}

/// The Account Aggregator's key and ours at it.
#[derive(Clone)]
struct AggregatorKeys {
    theirs: Pem,
    ours: Pem,
}

/// A private key in PKCS #8, and its public half.
#[derive(Clone)]
struct Pem {
    text: String,
    public: Jwk,
}

impl Pem {
    fn make(kid: &str) -> Result<Self> {
        let made = KeyPair::generate(KeySize::Rsa2048).context("no RSA key")?;
        let der = made.as_der().context("no RSA key")?;
        let public = SigningKey::from_pkcs8(kid, der.as_ref(), Encoding::Unencoded)?.jwk();
        Ok(Self { text: format!("-----BEGIN PRIVATE KEY-----{}-----END PRIVATE KEY-----", STANDARD.encode(der.as_ref())), public })
    }
}

impl Common {
    pub fn new() -> Result<Self> {
        let timeouts = providers::call::Timeouts::default();
        let aggregator = AggregatorKeys { theirs: Pem::make("aa-sandbox-key-1")?, ours: Pem::make("simulated-fiu")? };
        Ok(Self { http: Http::new(timeouts)?, tokens: lambda::auth::generate::key_set("simulation")?, aggregator })
    }
}

/// The phone that is an administrator's.
pub const OPERATOR: &str = "+919999900001";
/// Where our API is.
pub const ORIGIN: &str = "https://simulation";

pub struct World {
    pub cloud: Arc<Cloud>,
    pub database: Database,
    /// The table as it is, past all weather: for whoever audits.
    pub store: Store,
    pub outside: Arc<sandbox::world::World>,
    pub doors: Router,
    pub rules: Rules,
    deps: BTreeMap<&'static str, Deps>,
    doomed: Mutex<Doomed>,
    requests: AtomicU64,
    invocations: Mutex<BTreeMap<String, u64>>,
    passed: Mutex<Vec<Passed>>,
}

/// An await point: of which invocations, by their name, and which of theirs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    pub name: String,
    pub told: String,
}

/// Points at which a process is to die, and at which one has.
#[derive(Debug, Default)]
struct Doomed {
    left: Vec<Point>,
    died: Vec<Point>,
}

impl Doomed {
    /// Of each name one dies and no more, so that whatever comes after it can mend it.
    fn end_of(&self, name: &str) -> Option<End> {
        let point = self.left.iter().find(|point| point.name == name)?;
        (!self.died.iter().any(|point| point.name == name)).then(|| End::At(point.told.clone()))
    }

    fn died(&mut self, name: &str, told: &str) {
        if let Some(index) = self.left.iter().position(|point| point.name == name && point.told == told) {
            self.died.push(self.left.swap_remove(index));
        }
    }
}

/// An invocation that was, and the points that it passed.
#[derive(Debug, Clone)]
pub struct Passed {
    pub name: String,
    pub points: Vec<String>,
}

impl World {
    pub async fn make(common: &Common, fate: Fate, weather: Weather, doomed: Vec<Point>) -> Result<Arc<Self>> {
        let cloud = Arc::new(Cloud::new(fate, weather));
        cloud.journal.begin();
        logs::tell(&cloud);
        let database = embedded::database()?;
        let store = embedded::store_in(database.clone(), None).await?;
        let (postbox, webhooks) = Postbox::new();
        let mut config = providers_config();
        config.account_aggregator.signing_key = Some(common.aggregator.theirs.text.clone().try_into()?);
        config.account_aggregator.fiu_keys = vec![common.aggregator.ours.public.clone()];
        // Webhooks that are signed, or that anybody could have written.
        if !cloud.weather.is_fair() && cloud.fate.strikes(0.5) {
            config.phonepe.webhook_mode = PhonepeWebhooks::Sha;
        }
        let outside = sandbox::world::World::behind(config.clone(), Door::Within(Arc::new(postbox)));
        let doors = sandbox::router(&outside);
        let client = embedded::client_through(database.clone(), Arc::new(Road(cloud.clone())));
        let courier = Arc::new(Courier { cloud: cloud.clone(), outside: doors.clone() });
        let http = common.http.carried_by(courier);
        let settings = settings(&cloud);
        let rules = settings.rules();
        let deps = |function: &'static Function| {
            let skew = cloud.weather.skew_ms_max;
            let by_ms = if skew == 0 { 0 } else { cloud.fate.within(0, 2 * skew.unsigned_abs()) as i64 - skew };
            let store = Store::new(client.clone(), TABLES.0, TABLES.1);
            let outlets = Arc::new(SimulatedOutlets(cloud.clone()));
            let secrets = Secrets::in_memory(secrets(common, &config));
            let deps = Deps::new(store, Clock::Off { by_ms }, outlets, secrets, settings.clone(), places());
            (function.name, deps.with_http(http.clone()).signed_by(signer()))
        };
        let world = Arc::new(Self {
            deps: FUNCTIONS.iter().map(deps).collect(),
            cloud,
            database,
            store,
            outside,
            doors,
            rules,
            doomed: Mutex::new(Doomed { left: doomed, died: Vec::new() }),
            requests: AtomicU64::default(),
            invocations: Mutex::default(),
            passed: Mutex::default(),
        });
        tokio::task::spawn_local(outside::serve(world.clone(), webhooks));
        Ok(world)
    }

    pub fn deps(&self, function: &'static Function) -> Result<&Deps> {
        self.deps.get(function.name).context("a function without what it needs")
    }

    /// How often each function was invoked, and for what.
    pub fn invocations(&self) -> BTreeMap<String, u64> {
        self.invocations.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Runs one invocation in a process that may die, and that Lambda ends when its time is over.
    pub async fn invoke<T>(&self, function: &'static Function, about: &str, invocation: impl Future<Output = T>) -> Option<T> {
        let (fate, weather) = (&self.cloud.fate, &self.cloud.weather);
        let name = if about.is_empty() { function.name.to_owned() } else { format!("{} {about}", function.name) };
        *self.invocations.lock().unwrap_or_else(PoisonError::into_inner).entry(name.clone()).or_default() += 1;
        let end = match self.doomed().end_of(&name) {
            Some(end) => end,
            None if weather.strikes(Fault::Crash, fate) => End::AtNumber(fate.within(1, 30) as usize),
            None => End::Never,
        };
        let life = Life::new(end);
        let limit = Duration::from_secs(function.timeout_s.into());
        let ended = tokio::time::timeout(limit, points::live(life.clone(), invocation)).await;
        if weather.is_fair() {
            let passed = Passed { name: name.clone(), points: life.names() };
            self.passed.lock().unwrap_or_else(PoisonError::into_inner).push(passed);
        }
        match ended {
            Ok(Some(answer)) => Some(answer),
            Ok(None) => {
                let names = life.names();
                let told = names.last().map_or("?", String::as_str);
                self.doomed().died(&name, told);
                self.cloud.journal.note(format!("{name} dies at {told}"));
                None
            }
            Err(_) => {
                self.cloud.journal.note(format!("{name} is ended by Lambda: {limit:?} are over"));
                None
            }
        }
    }

    fn doomed(&self) -> std::sync::MutexGuard<'_, Doomed> {
        self.doomed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The points at which a process was to die and has.
    pub fn died(&self) -> Vec<Point> {
        self.doomed().died.clone()
    }

    /// The invocations of a fair world, as they ended.
    pub fn passed(&self) -> Vec<Passed> {
        self.passed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A request at our API, its path as a client writes it. `None`: no answer came.
    pub async fn request(&self, mut request: Request) -> Option<Reply> {
        let (function, path, params) = route(&request.method, &request.path)?;
        let about = format!("{} {path}", request.method);
        request.path = path;
        request.params = params;
        // As API Gateway does it: no two have the same.
        request.request_id = format!("r{}", self.requests.fetch_add(1, Ordering::SeqCst));
        request.deadline = Deadline::after(Duration::from_secs(function.timeout_s.into()));
        let deps = self.deps(function).ok()?;
        self.invoke(function, &about, ours::respond(function.name, deps, request)).await?
    }
}

/// The function and the route that serve a path, and what stands in the path's places.
fn route(method: &str, path: &str) -> Option<(&'static Function, String, BTreeMap<String, String>)> {
    FUNCTIONS.iter().find_map(|function| {
        let Trigger::Http { routes } = function.trigger else { return None };
        routes.iter().filter(|route| route.method == method).find_map(|route| {
            let (wanted, given): (Vec<&str>, Vec<&str>) = (route.path.split('/').collect(), path.split('/').collect());
            if wanted.len() != given.len() {
                return None;
            }
            let mut params = BTreeMap::new();
            for (wanted, given) in wanted.iter().zip(given) {
                match wanted.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
                    Some(name) => _ = params.insert(name.to_owned(), given.to_owned()),
                    None if *wanted == given => {}
                    None => return None,
                }
            }
            Some((function, route.path.to_owned(), params))
        })
    })
}

/// The providers: as slow as life, and faster than it in giving up.
fn providers_config() -> sandbox::Config {
    let mut config = sandbox::Config::default();
    let at = |path: &str| Some(format!("{ORIGIN}/webhooks/{path}"));
    config.razorpay.webhook_url = at("razorpay");
    config.razorpayx.webhook_url = at("razorpayx");
    config.phonepe.webhook_url = at("phonepe");
    config.messaging.whatsapp_webhook_url = at("whatsapp");
    config.messaging.twilio_webhook_url = at("twilio");
    config.bills.webhook_url = at("bills");
    config.account_aggregator.notification_url = at("aa");
    config.email.webhook_url = at("ses");
    config.email.base_url = Some("http://127.0.0.1:1".to_owned());
    config.timing = sandbox::config::Timing {
        payout_ms: 2_000,
        payout_slow_ms: 120_000,
        payout_reversal_ms: 60_000,
        validation_ms: 1_500,
        refund_ms: 3_000,
        late_authorization_ms: 240_000,
        down_poll_ms: 5_000,
        ..config.timing
    };
    config
}

fn places() -> Places {
    let at = |path: &str| Some(format!("http://127.0.0.1:1{path}"));
    Places {
        issuer: ORIGIN.to_owned(),
        audience: "kamai".to_owned(),
        razorpay_url: at(""),
        phonepe_url: at("/phonepe"),
        sms_url: at(""),
        whatsapp_url: at(""),
        twilio_url: at(""),
        twilio_lookups_url: at(""),
        bills_url: at("/api/v2"),
        demo_bank_url: at("/demo-bank"),
        demo_bank_page_url: at("/demo-bank"),
        uber_url: at("/platforms/uber"),
        uber_auth_url: at("/platforms/uber"),
        aggregator_url: at("/aa/v2"),
        setu_url: at("/setu/v2"),
        aggregator_redirect: at("/aa/consent/{handle}?return={return_url}"),
        sns_topic_arn: Some(providers_config().email.topic_arn),
        sns_stand_in: at("/sns/"),
        public_url: Some(ORIGIN.to_owned()),
        // As the sandbox calls itself where nobody has told it.
        webpush_local: Some("http://localhost".to_owned()),
        files_url: Some(outside::FILES.to_owned()),
        ..Places::default()
    }
}

fn signer() -> Signer {
    let credentials = Credentials::new("simulated", "simulated", None, None, "simulation");
    Signer::new("ap-south-1", SharedCredentialsProvider::new(credentials))
}

/// Now and then limits are so low that people run into them. Text messages go by either carrier; on
/// the walk by Twilio, which tells what becomes of them.
fn settings(cloud: &Cloud) -> Settings {
    let mut settings = Settings::default();
    if cloud.weather.is_fair() || cloud.fate.strikes(0.5) {
        settings.notices.sms_carrier = SmsCarrier::Twilio;
    }
    if !cloud.weather.is_fair() && cloud.fate.strikes(0.4) {
        settings.rules.day_limit = Some(1_500_000);
        settings.rules.transfer_day_limit = Some(300_000);
        settings.rules.payee_day_limit = Some(600_000);
    }
    settings.staff.insert(OPERATOR.to_owned(), "admin".to_owned());
    settings.rules.payout_fee = Some(300);
    settings.upi.vpa = Some("kamai.sim@okaxis".to_owned());
    settings.rates.otp_per_phone = 100_000;
    settings.rates.otp_per_address = 100_000;
    settings.rates.guesses_per_address = 100_000;
    settings
}

fn twilio(config: &sandbox::config::Messaging) -> String {
    json!({ "account_sid": config.twilio_account_sid, "auth_token": config.twilio_auth_token, "from": config.twilio_number }).to_string()
}

/// In the address that Setu posts to.
pub const SETU_TOKEN: &str = "simulated-setu-token";

/// Mono has no banks in India, and nobody goes by Setu; their doors are there all the same.
fn banks(keys: &AggregatorKeys, config: &sandbox::Config) -> String {
    let (demo, aggregator, mono) = (&config.banks.demo, &config.account_aggregator, &config.banks.mono);
    let uber = &config.platforms.uber;
    json!({
        "demo": { "client_id": demo.client_id, "client_secret": demo.client_secret },
        "uber": { "client_id": uber.client_id, "client_secret": uber.client_secret, "day_rollover_hour": 4 },
        "mono": { "secret_key": mono.secret, "webhook_secret": mono.webhook_secret },
        "setu": {
            "client_id": config.setu.client_id, "client_secret": config.setu.client_secret,
            "product_instance_id": config.setu.product_instance_id, "fiu_id": aggregator.fiu_id,
            "licence_holder": "Simulated Finance Ltd", "acting_as": "TSP", "webhook_token": SETU_TOKEN,
        },
        "aggregator": {
            "id": aggregator.id, "handle": aggregator.handle, "api_key": aggregator.client_api_key, "notifier_key": aggregator.api_key,
            "keys": [keys.theirs.public], "fiu_id": aggregator.fiu_id, "licence_holder": "Simulated Finance Ltd", "acting_as": "TSP",
            "signing_kid": keys.ours.public.kid, "signing_key_pem": keys.ours.text,
        },
    })
    .to_string()
}

fn bills(config: &sandbox::config::Bills) -> String {
    json!({
        "client_id": config.client_id, "client_secret": config.client_secret, "partner_id": config.partner_id,
        "agent": { "id": config.agent_id, "channel": "INT", "ip": "203.0.113.10", "mac": "02-00-5E-10-00-01" },
        "webhook_secret": config.webhook_secret,
    })
    .to_string()
}

/// Webhooks are believed in the one way that they are sent in.
fn phonepe(config: &sandbox::config::Phonepe) -> String {
    let (mut keys, mut logins) = (json!([]), json!([]));
    match config.webhook_mode {
        PhonepeWebhooks::Hmac => keys = json!([{ "id": config.webhook_key_id, "secret": config.webhook_key }]),
        PhonepeWebhooks::Sha => logins = json!([{ "username": config.webhook_username, "password": config.webhook_password }]),
    }
    json!({
        "client_id": config.client_id, "client_secret": config.client_secret, "client_version": config.client_version,
        "webhook_keys": keys, "webhook_logins": logins,
    })
    .to_string()
}

fn secrets(common: &Common, config: &sandbox::Config) -> Vec<(String, String)> {
    let (razorpay, razorpayx, messaging) = (&config.razorpay, &config.razorpayx, &config.messaging);
    let gateway = |key_id: &str, key_secret: &str, webhook_secret: &str, account: &str| {
        json!({ "key_id": key_id, "key_secret": key_secret, "webhook_secret": webhook_secret, "account_number": account }).to_string()
    };
    let secrets = [
        ("tokens", common.tokens.clone()),
        ("pepper", json!({ "phone": "simulated", "otp": "simulated", "cursor": "simulated" }).to_string()),
        ("razorpay", gateway(&razorpay.key_id, &razorpay.key_secret, &razorpay.webhook_secret, "")),
        ("razorpayx", gateway(&razorpayx.key_id, &razorpayx.key_secret, &razorpayx.webhook_secret, &razorpayx.account_number)),
        (
            "messaging",
            json!({
                "sms_key": messaging.sms_key, "whatsapp_token": messaging.whatsapp_token,
                "whatsapp_phone_number_id": messaging.whatsapp_phone_number_id,
                "whatsapp_app_secret": messaging.whatsapp_app_secret, "whatsapp_verify_token": "simulated",
            })
            .to_string(),
        ),
        ("twilio", twilio(messaging)),
        ("vault", json!({ "current": "v1", "keys": { "v1": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=" } }).to_string()),
        ("banks", banks(&common.aggregator, config)),
        ("bills", bills(&config.bills)),
        ("phonepe", phonepe(&config.phonepe)),
        // RFC 7515, A.3. There is neither a Firebase project nor a mail server.
        (
            "push",
            json!({ "vapid": {
                "public_key": "BH_Nzidw9sRdQYPL7m_bS3tYBzM1e-nvE7rPbjx70VRFx_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
                "private_key": "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI", "subject": "mailto:ops@kamai.example",
            } })
            .to_string(),
        ),
    ];
    secrets.into_iter().map(|(name, secret)| (format!("kamai/{name}"), secret)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_served_by_the_route_of_the_table() {
        let (function, path, params) = route("POST", "/v1/transfers/trf_1/post").unwrap();
        assert_eq!((function.name, path.as_str()), ("api-transfers", "/v1/transfers/{id}/post"));
        assert_eq!(params["id"], "trf_1");
        assert!(route("GET", "/v1/nothing").is_none());
    }
}
