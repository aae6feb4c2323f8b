//! Money in by PhonePe, and what opens a UPI app.

use super::a_while;
use crate::{
    outside,
    people::{Town, Worker},
};
use anyhow::{Context, Result, ensure};
use serde_json::json;

/// An order that is paid after a failed try, one that is not, one that is paid late, one of nobody's,
/// and a refund.
pub async fn money_in(town: &Town, asha: &Worker) -> Result<()> {
    let mut paid = String::new();
    for outcomes in [&["attempt_failed", "completed"][..], &["failed"], &["late"]] {
        let asked = json!({ "amount": 30_000, "currency": "INR", "provider": "phonepe" });
        let order = asha.client.pay("/v1/payments/orders", asked).await.ok().context("no order at PhonePe")?;
        let links = asha.client.get(&format!("/v1/payments/{}/upi", order.text("id"))).await.context("no links to pay by")?;
        ensure!(links.text("link").starts_with("upi://pay?pa=kamai.sim@okaxis&"), "{}", links.body);
        let order_id = order.body["phonepe"]["order_id"].as_str().unwrap_or_default().to_owned();
        for outcome in outcomes {
            outside::ask(&town.world, "POST", "/customer/phonepe/pay", Some(json!({ "order_id": order_id, "outcome": outcome }))).await;
            a_while(5).await;
        }
        if paid.is_empty() {
            paid = order.text("id");
        }
    }
    outside::ask(&town.world, "POST", "/customer/phonepe/pay-without-order", Some(json!({ "amount": 4_200 }))).await;
    a_while(300).await;
    asha.client.pay(&format!("/v1/payments/{paid}/refunds"), json!({ "amount": 1_000 })).await.ok().context("no refund at PhonePe")?;
    a_while(10).await;
    Ok(())
}
