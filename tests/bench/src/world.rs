//! The table as functions find it: users with wallets, sessions, a socket and a payee.

use anyhow::{Context, anyhow};
use domain::{
    Timestamp,
    account::OpenAccount,
    address::{Address, PayeeName, Vpa},
    engine::Command,
    fact::{Cause, Fact},
    id::{Fingerprint, SessionId, UserId},
    identity::Session,
    money::Amount,
    payee::{AddPayee, JudgePayee, Verdict},
    payment::{ApplyPayment, AttachOrder, Gateway, OpenOrder, Payment, ProviderPayment, ProviderPaymentState},
    request::Keyed,
    rules::Rules,
};
use lambda::auth::{KeySet, Role, Signer, Subject};
use serde_json::{Map, Value, json};
use store::{Committed, Store};

pub const ISSUER: &str = "https://bench";
pub const AUDIENCE: &str = "kamai";
pub const WEBHOOK_SECRET: &str = "bench-webhook-secret";
/// The connection on which the first user listens.
pub const CONNECTION: &str = "bench-connection=";
pub const PAYEE: &str = "success@razorpay";
pub const PAYEE_NAME: &str = "Asha Kumar";

/// What one wallet starts with, in paise.
const START: i64 = domain::money::AMOUNT_MAX;

pub fn user(number: usize) -> UserId {
    UserId::new(Timestamp::UNIX_EPOCH, Fingerprint::of("bench", &number.to_string()))
}

/// No limit is in the way of what is measured.
pub fn rules() -> Rules {
    let most = START * 100;
    Rules { day_limit: most, transfer_day_limit: most, payee_day_limit: most, order_max: most, first_payout_max: most, ..Rules::default() }
}

/// [`rules`] as the functions are told.
pub fn settings() -> Value {
    let rules = rules();
    json!({ "rules": {
        "day_limit": rules.day_limit, "transfer_day_limit": rules.transfer_day_limit, "payee_day_limit": rules.payee_day_limit,
        "order_max": rules.order_max, "first_payout_max": rules.first_payout_max,
    } })
}

pub async fn run<C: Command>(store: &Store, command: &C) -> anyhow::Result<Committed<C::Done>>
where
    C::Refusal: std::fmt::Debug,
{
    store.execute(command, Timestamp::now()).await.map_err(|error| anyhow!("{error:?}"))
}

/// An order of this user's that the provider knows.
pub async fn order(store: &Store, number: usize, key: &str, minor: i64) -> anyhow::Result<Payment> {
    let open = OpenOrder { asked: asked(number, key), gateway: Gateway::Razorpay, amount: amount(minor)?, note: None, rules: rules() };
    let payment = run(store, &open).await?.done.value;
    Ok(run(store, &AttachOrder { payment: payment.id, order_id: format!("order_{}", payment.id.body()), page: None }).await?.done)
}

pub fn amount(minor: i64) -> anyhow::Result<Amount> {
    Amount::new(minor).context("not an amount")
}

/// This user asks for something, once for each key.
pub fn asked(number: usize, key: &str) -> Keyed {
    Keyed::new(user(number), key, key, "bench".to_owned())
}

/// Opens this user's wallet.
pub async fn open(store: &Store, number: usize) -> anyhow::Result<()> {
    run(store, &OpenAccount { owner: user(number), request_id: "bench".to_owned() }).await.map(|_| ())
}

/// Opens wallets with money in them; the facts of the last one's payment.
pub async fn fund(store: &Store, users: std::ops::Range<usize>) -> anyhow::Result<Vec<Fact>> {
    let mut facts = Vec::new();
    for number in users {
        open(store, number).await?;
        let order = order(store, number, "fund", START).await?;
        let told = ProviderPayment {
            gateway: order.gateway,
            id: format!("pay_{}", order.id.body()),
            order_id: order.order_id.clone(),
            amount: order.amount,
            currency: "INR".to_owned(),
            state: ProviderPaymentState::Captured,
            fee: 0,
            failure: None,
        };
        let cause = Cause::Webhook { inbox_id: "bench".to_owned() };
        facts = run(store, &ApplyPayment { told, ours: Some((order.id, order.account)), cause }).await?.facts;
    }
    Ok(facts)
}

/// A payee of this user's that has been validated.
pub async fn payee(store: &Store, number: usize) -> anyhow::Result<()> {
    let address = Address::Vpa(Vpa::parse(PAYEE).map_err(|error| anyhow!("{error:?}"))?);
    let name = PayeeName::parse(PAYEE_NAME).map_err(|error| anyhow!("{error:?}"))?;
    let payee = run(store, &AddPayee { owner: user(number), address, name }).await?.done.value;
    run(store, &JudgePayee { payee: payee.id, verdict: Verdict::Valid { registered_name: None } }).await?;
    Ok(())
}

/// The first user's open socket.
pub async fn listen(store: &Store, session: &str) -> anyhow::Result<()> {
    let now = Timestamp::now();
    store.put_connection(CONNECTION, user(0), session, now).await?;
    for channel in ["balance", "transactions"] {
        store.subscribe(user(0), CONNECTION, &format!("{channel}:{}", user(0)), now).await?;
    }
    Ok(())
}

/// Secrets of this run.
pub fn secrets(razorpayx: &sandbox::config::RazorpayX) -> anyhow::Result<Map<String, Value>> {
    let tokens = lambda::auth::generate::key_set("bench")?;
    let gateway = |key_id: &str, key_secret: &str, account: &str| json!({ "key_id": key_id, "key_secret": key_secret, "webhook_secret": WEBHOOK_SECRET, "account_number": account });
    let mut secrets = Map::new();
    secrets.insert("kamai/tokens".to_owned(), serde_json::from_str(&tokens)?);
    secrets.insert("kamai/pepper".to_owned(), json!({ "phone": "bench", "otp": "bench", "cursor": "bench" }));
    secrets.insert("kamai/razorpay".to_owned(), gateway(&razorpayx.key_id, &razorpayx.key_secret, ""));
    secrets.insert("kamai/razorpayx".to_owned(), gateway(&razorpayx.key_id, &razorpayx.key_secret, &razorpayx.account_number));
    secrets.insert(
        "kamai/messaging".to_owned(),
        json!({ "sms_key": "bench", "whatsapp_token": "bench", "whatsapp_phone_number_id": "277321005464405" }),
    );
    Ok(secrets)
}

/// A session of this user's.
pub async fn sign_in(store: &Store, number: usize) -> anyhow::Result<SessionId> {
    let now = Timestamp::now();
    let id = SessionId::new(now, Fingerprint::of("session", &number.to_string()));
    let expires_at = now + std::time::Duration::from_secs(3_600);
    store.put_session(&Session { id, user: user(number), token_hash: String::new(), revoked: false, expires_at }).await?;
    Ok(id)
}

/// A session of this user's, and the access token of it.
pub async fn session(store: &Store, secrets: &Map<String, Value>, number: usize) -> anyhow::Result<(String, String)> {
    let (now, id) = (Timestamp::now(), sign_in(store, number).await?);
    let keys: KeySet = serde_json::from_value(secrets.get("kamai/tokens").context("no keys")?.clone())?;
    let signer = Signer::new(&keys, ISSUER, AUDIENCE)?;
    let subject =
        Subject { user_id: user(number).to_string(), role: Role::Worker, scope: "wallet".to_owned(), session_id: Some(id.to_string()) };
    Ok((id.to_string(), signer.sign(&subject, "bench", now.as_second())?.token))
}
