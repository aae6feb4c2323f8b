//! PhonePe's gateway, by the client that meets it in life.

use std::time::Duration;

use anyhow::{Context, Result};
use providers::call::{CallError, Doubt, Http, Timeouts};
use providers::phonepe::{
    ChecksumKey, Client, Door, EventKind, Headers, Login, NewOrder, NewRefund, OpenedOrder, RefundState, Setup, State, parse_event,
};
use providers::secret::Secret;
use reqwest::Method;
use sandbox::Config;
use sandbox::config::PhonepeWebhooks;
use serde_json::{Value, json};

use crate::harness::{Hook, Stage, eventually};

struct Shop {
    stage: Stage,
    client: Client,
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

fn order(id: &str) -> NewOrder<'_> {
    NewOrder { merchant_order_id: id, amount_paise: 25_000, expire_after_s: 1_200, redirect_url: "https://kamai.example/back" }
}

impl Shop {
    async fn open(change: impl FnOnce(&mut Config)) -> Result<Self> {
        let stage = Stage::set_with(change).await?;
        let config = &stage.config.phonepe;
        let url = format!("{}/phonepe", stage.sandbox.url());
        let setup = Setup {
            base_url: &url,
            token_url: &url,
            client_id: &config.client_id,
            client_secret: Secret::new(&config.client_secret)?,
            client_version: &config.client_version,
        };
        let http = Http::new(Timeouts { connect: Duration::from_secs(2), total: Duration::from_secs(5) })?;
        let client = Client::with_http(http, setup)?;
        Ok(Self { stage, client })
    }

    async fn ordered(&self, id: &str) -> Result<OpenedOrder> {
        Ok(self.client.pay(&order(id), now()).await?)
    }

    async fn pays(&self, id: &str, more: Value) -> Result<Value> {
        let mut ask = json!({ "order_id": id });
        ask.as_object_mut().context("no object")?.extend(more.as_object().cloned().unwrap_or_default());
        Ok(self.stage.control(Method::POST, "/customer/phonepe/pay", ask).await?.ok())
    }

    async fn state(&self, id: &str) -> Result<Option<State>> {
        Ok(self.client.order(id, now()).await?.map(|order| order.state))
    }

    /// The door that this deployment would have.
    fn door(&self) -> Result<Door> {
        let config = &self.stage.config.phonepe;
        let key = ChecksumKey { id: config.webhook_key_id.clone(), secret: Secret::new(&config.webhook_key)? };
        let login = Login { username: config.webhook_username.clone(), password: Secret::new(&config.webhook_password)? };
        Ok(match config.webhook_mode {
            PhonepeWebhooks::Hmac => Door { keys: vec![key], logins: Vec::new() },
            PhonepeWebhooks::Sha => Door { keys: Vec::new(), logins: vec![login] },
        })
    }
}

fn headers(hook: &Hook) -> Headers<'_> {
    Headers { login: &hook.authorization, key_id: &hook.phonepe_key_id, signature: &hook.phonepe_signature }
}

#[tokio::test]
async fn an_order_is_paid_after_a_failed_try_and_told_in_a_signed_webhook() -> Result<()> {
    let shop = Shop::open(|_| {}).await?;
    let opened = shop.ordered("pay_1").await?;
    assert_eq!((opened.state, shop.ordered("pay_1").await?.order_id), (State::Pending, opened.order_id.clone()));
    assert!(opened.redirect_url.as_deref().is_some_and(|url| url.ends_with(&format!("/phonepe/page/{}", opened.order_id))));
    assert_eq!((shop.state("pay_1").await?, shop.state("pay_2").await?), (Some(State::Pending), None));

    shop.pays("pay_1", json!({ "outcome": "attempt_failed" })).await?;
    assert_eq!(shop.state("pay_1").await?, Some(State::Pending), "a failed attempt leaves its order as it was");
    shop.pays(&opened.order_id, json!({ "vpa": "ravi@okhdfcbank" })).await?;
    let paid = shop.client.order("pay_1", now()).await?.context("no order")?;
    assert_eq!((paid.state, paid.amount_paise, paid.order_id.as_str()), (State::Completed, 25_000, opened.order_id.as_str()));
    let last = paid.attempts.last().context("no attempt")?;
    assert_eq!((last.vpa().map(|vpa| vpa.expose()), last.utr().map(str::len)), (Some("ravi@okhdfcbank"), Some(12)));
    shop.stage.control(Method::POST, "/customer/phonepe/pay", json!({ "order_id": "pay_1" })).await?.refused(409);

    let hook = shop.stage.hooks.first("checkout.order.completed").await?;
    let body = shop.door()?.admit(&hook.raw, headers(&hook))?;
    let (merchant_order_id, order_id) = ("pay_1".to_owned(), opened.order_id);
    assert_eq!(parse_event(body)?.kind, EventKind::Order { merchant_order_id, order_id });
    let failed = shop.stage.hooks.first("pg.transaction.failed").await?;
    assert_eq!(parse_event(shop.door()?.admit(&failed.raw, headers(&failed))?)?.kind, EventKind::Unknown);
    Ok(())
}

#[tokio::test]
async fn the_other_kind_of_webhook_shows_the_same_above_every_body() -> Result<()> {
    let shop = Shop::open(|config| config.phonepe.webhook_mode = PhonepeWebhooks::Sha).await?;
    for id in ["pay_1", "pay_2"] {
        shop.ordered(id).await?;
        shop.pays(id, json!({})).await?;
    }
    let hooks = shop.stage.hooks.wait("checkout.order.completed", 2).await?;
    assert_eq!((&hooks[0].authorization, hooks[0].phonepe_signature.as_str()), (&hooks[1].authorization, ""));
    for hook in &hooks {
        shop.door()?.admit(&hook.raw, headers(hook))?;
        // Which is why it is no proof.
        shop.door()?.admit(b"{}", headers(hook))?;
    }
    Ok(())
}

#[tokio::test]
async fn an_order_ends_with_its_time() -> Result<()> {
    let shop = Shop::open(|_| {}).await?;
    shop.client.pay(&NewOrder { expire_after_s: 0, ..order("pay_1") }, now()).await?;
    shop.stage.hooks.first("checkout.order.failed").await?;
    assert_eq!(shop.state("pay_1").await?, Some(State::Failed));
    shop.stage.control(Method::POST, "/customer/phonepe/pay", json!({ "order_id": "pay_1" })).await?.refused(409);
    shop.ordered("pay_2").await?;
    shop.pays("pay_2", json!({ "outcome": "failed" })).await?;
    assert_eq!(shop.state("pay_2").await?, Some(State::Failed));
    shop.ordered("pay_3").await?;
    shop.pays("pay_3", json!({ "outcome": "late" })).await?;
    eventually(async || Ok((shop.state("pay_3").await? == Some(State::Completed)).then_some(()))).await
}

#[tokio::test]
async fn a_refund_is_made_once_and_within_what_was_paid() -> Result<()> {
    let shop = Shop::open(|_| {}).await?;
    shop.ordered("pay_1").await?;
    let refund = |id: &'static str, amount_paise| NewRefund { merchant_refund_id: id, original_merchant_order_id: "pay_1", amount_paise };
    assert!(matches!(shop.client.create_refund(&refund("rfnd_0", 100), now()).await, Err(CallError::Refused { status: 400, .. })));
    shop.pays("pay_1", json!({})).await?;
    let asked = shop.client.create_refund(&refund("rfnd_1", 20_000), now()).await?;
    let again = shop.client.create_refund(&refund("rfnd_1", 20_000), now()).await?;
    assert_eq!(asked.refund_id, again.refund_id);
    shop.client.create_refund(&refund("rfnd_1", 20_001), now()).await.unwrap_err();
    shop.client.create_refund(&refund("rfnd_2", 5_001), now()).await.unwrap_err();
    assert_eq!(shop.client.refund("rfnd_2", now()).await?, None);
    let done = eventually(async || {
        let told = shop.client.refund("rfnd_1", now()).await?.context("no refund")?;
        Ok((told.state == RefundState::Completed).then_some(told))
    })
    .await?;
    assert_eq!(done.utr().map(str::len), Some(12));
    for event in ["pg.refund.accepted", "pg.refund.completed"] {
        let hook = shop.stage.hooks.first(event).await?;
        let told = parse_event(shop.door()?.admit(&hook.raw, headers(&hook))?)?;
        assert!(matches!(told.kind, EventKind::Refund { merchant_refund_id, .. } if merchant_refund_id == "rfnd_1"));
    }
    Ok(())
}

#[tokio::test]
async fn it_fails_as_the_others_do() -> Result<()> {
    let shop = Shop::open(|_| {}).await?;
    let path = "/phonepe/checkout/v2/pay";
    for (fault, error) in [
        ("error_5xx_after_success", CallError::Unknown { why: Doubt::Status(500) }),
        ("downtime", CallError::Unknown { why: Doubt::Status(503) }),
        ("throttle", CallError::Throttled { retry_after_ms: None }),
    ] {
        shop.stage.fault(json!({ "provider": "phonepe", "fault": fault, "path": path, "times": 1 })).await?;
        assert_eq!(shop.client.pay(&order("pay_1"), now()).await.unwrap_err(), error, "{fault}");
    }
    assert_eq!(shop.state("pay_1").await?, Some(State::Pending), "the first of them did it");
    shop.stage.fault(json!({ "provider": "phonepe", "fault": "success_without_effect", "path": path, "times": 1 })).await?;
    shop.ordered("pay_2").await?;
    assert_eq!(shop.state("pay_2").await?, None);

    // A body that was altered on its way is not believed, until it comes as it was.
    shop.stage.fault(json!({ "provider": "phonepe", "fault": "tampered_webhooks", "times": 1 })).await?;
    shop.stage.hooks.answer(&[401])?;
    shop.pays("pay_1", json!({})).await?;
    let hooks = shop.stage.hooks.wait("checkout.order.completed", 2).await?;
    let believed: Vec<bool> = hooks.iter().map(|hook| shop.door().is_ok_and(|door| door.admit(&hook.raw, headers(hook)).is_ok())).collect();
    assert_eq!(believed, [false, true]);
    Ok(())
}

#[tokio::test]
async fn a_person_may_pay_on_its_page() -> Result<()> {
    let shop = Shop::open(|_| {}).await?;
    let page = shop.ordered("pay_1").await?.redirect_url.context("no page")?;
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    assert!(http.get(&page).send().await?.text().await?.contains("₹250.00"));
    let pressed = http.post(&page).form(&[("outcome", "completed")]).send().await?;
    let back = pressed.headers().get("location").and_then(|value| value.to_str().ok());
    assert_eq!((pressed.status().as_u16(), back), (303, Some("https://kamai.example/back")));
    assert_eq!(shop.state("pay_1").await?, Some(State::Completed));
    Ok(())
}
