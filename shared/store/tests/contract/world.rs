//! A fresh database with a store on it, and what most tests begin with.

use domain::{
    Timestamp,
    account::{Account, OpenAccount},
    address::{Address, PayeeName, Vpa},
    engine::Command,
    fact::{Cause, Priority},
    id::{AccountId, Fingerprint, NoticeId, SheetId, UserId},
    money::Amount,
    notice::{Allowance, Category, Channel, Climb, OpenNotice, Outcome, RecordOutcome, Template, Values, suppression::AddressHash},
    payee::{AddPayee, JudgePayee, Payee, Verdict},
    payment::{Applied, ApplyPayment, AttachOrder, Gateway, OpenOrder, Payment, ProviderPayment, ProviderPaymentState},
    payout::{AdvancePayout, OpenPayout, Payout, RecordWord, Word, WordState},
    request::Keyed,
    rules::{NoticeRules, Rules},
    transfer::OpenTransfer,
};
use store::{Committed, Store};

pub fn now() -> Timestamp {
    "2026-11-21T06:00:00Z".parse().unwrap()
}

pub fn user(name: &str) -> UserId {
    UserId::new(Timestamp::UNIX_EPOCH, Fingerprint::of("user", name))
}

pub fn sheet(name: &str) -> SheetId {
    SheetId::new(Timestamp::UNIX_EPOCH, Fingerprint::of("sheet", name))
}

pub fn asked(name: &str, key: &str, what: &str) -> Keyed {
    Keyed::new(user(name), key, what, format!("req-{key}"))
}

/// A store on a database of its own.
pub async fn store() -> Store {
    embedded::store().await.unwrap()
}

/// A store in which these users have accounts with this much.
pub async fn store_with(users: &[(&str, i64)]) -> Store {
    let store = store().await;
    fund(&store, users).await;
    store
}

/// Opens accounts with this much in them.
pub async fn fund(store: &Store, users: &[(&str, i64)]) {
    for (name, minor) in users {
        run(store, &OpenAccount { owner: user(name), request_id: "open".to_owned() }).await;
        if *minor > 0 {
            let order = order(store, name, "fund", *minor).await;
            let told = told("pay_fund", &order, ProviderPaymentState::Captured);
            assert!(matches!(run(store, &told).await.done, Applied::Credited(_)));
        }
    }
}

/// Carries out what must not be refused.
pub async fn run<C: Command>(store: &Store, command: &C) -> Committed<C::Done>
where
    C::Refusal: std::fmt::Debug,
{
    match store.execute(command, now()).await {
        Ok(committed) => committed,
        Err(error) => panic!("{error:?}"),
    }
}

pub async fn order(store: &Store, name: &str, key: &str, minor: i64) -> Payment {
    let open = OpenOrder {
        asked: asked(name, key, key),
        gateway: Gateway::Razorpay,
        amount: Amount::new(minor).unwrap(),
        note: None,
        rules: rules(),
    };
    let payment = run(store, &open).await.done.value;
    run(store, &AttachOrder { payment: payment.id, order_id: format!("order_{name}_{key}"), page: None }).await.done
}

pub fn told(id: &str, order: &Payment, state: ProviderPaymentState) -> ApplyPayment {
    ApplyPayment {
        told: ProviderPayment {
            gateway: order.gateway,
            id: format!("{id}_{}", order.id),
            order_id: order.order_id.clone(),
            amount: order.amount,
            currency: "INR".to_owned(),
            state,
            fee: 0,
            failure: None,
        },
        ours: Some((order.id, order.account)),
        cause: Cause::Webhook { inbox_id: "razorpay#evt_1".to_owned() },
    }
}

/// Room for an order of any size that a test funds an account with.
pub fn rules() -> Rules {
    Rules { order_max: 1_000_000_000, ..Rules::default() }
}

pub fn address() -> Address {
    Address::Vpa(Vpa::parse("shop@ybl").unwrap())
}

pub async fn valid_payee(store: &Store, name: &str) -> Payee {
    let add = AddPayee { owner: user(name), address: address(), name: PayeeName::parse("Asha Kumar").unwrap() };
    let payee = run(store, &add).await.done.value;
    run(store, &JudgePayee { payee: payee.id, verdict: Verdict::Valid { registered_name: Some("ASHA K".to_owned()) } }).await.done.0
}

pub fn payout(name: &str, key: &str, minor: i64) -> OpenPayout {
    OpenPayout {
        bill: None,
        asked: asked(name, key, &format!("payout {minor}")),
        address: address(),
        name: PayeeName::parse("Asha Kumar").unwrap(),
        amount: Amount::new(minor).unwrap(),
        note: Some("wages".to_owned()),
        line: None,
        rules: rules(),
    }
}

pub fn word(payout: &Payout, state: WordState) -> RecordWord {
    let word =
        Word { state, provider_id: Some("pout_rzp0000000001".to_owned()), utr: Some("123456789012".to_owned()), fee: 236, failure: None };
    RecordWord { payout: payout.id, payee: payout.payee, account: payout.account, word, cause: Cause::Webhook { inbox_id: "e".to_owned() } }
}

pub fn advance(payout: &Payout) -> AdvancePayout {
    AdvancePayout { payout: payout.id, payee: payout.payee, account: payout.account, rules: rules() }
}

pub fn transfer(from: &str, to: &str, key: &str, minor: i64) -> OpenTransfer {
    OpenTransfer {
        asked: asked(from, key, &format!("transfer {to} {minor}")),
        to: user(to),
        amount: Amount::new(minor).unwrap(),
        note: None,
        hold_s: None,
        rules: rules(),
    }
}

pub fn notice_rules() -> NoticeRules {
    NoticeRules::default()
}

/// Money came in: normal, news for a day.
pub fn open_notice(name: &str, event: &str) -> OpenNotice {
    OpenNotice {
        user: user(name),
        event: event.to_owned(),
        template: Template { name: "payment.captured".to_owned(), version: 1 },
        values: Values::new(r#"{"amount":10000}"#.to_owned()).unwrap(),
        priority: Priority::Normal,
        category: Category::Money,
        seq: Some(7),
        only: None,
        expires_at: now() + std::time::Duration::from_secs(24 * 3600),
        rules: notice_rules(),
    }
}

/// Of a user who has a phone and no e-mail address.
pub fn climb(name: &str, notice: NoticeId) -> Climb {
    Climb {
        user: user(name),
        notice,
        phone: Some(AddressHash::new(format!("phone of {name}"))),
        email: None,
        told: Allowance::default(),
        closed: Vec::new(),
        rules: notice_rules(),
    }
}

pub fn sent(name: &str, notice: NoticeId, channel: Channel, id: &str) -> RecordOutcome {
    let outcome = Outcome::Sent { provider: "meta".to_owned(), provider_id: Some(id.to_owned()) };
    RecordOutcome { user: user(name), notice, channel, attempt: 1, outcome, rules: notice_rules() }
}

pub async fn account(store: &Store, name: &str) -> Account {
    store.account(AccountId::wallet_of(user(name))).await.unwrap().unwrap()
}

/// The account's own feed, fold and chain agree with it.
pub async fn check(store: &Store, name: &str) -> Account {
    let account = account(store, name).await;
    assert_eq!(store.check_account(&account).await.unwrap().1, Vec::<String>::new());
    account
}
