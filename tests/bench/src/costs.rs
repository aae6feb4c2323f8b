//! Units that the table counts for the steps of each command.

use anyhow::anyhow;
use bench::{
    figures::{Bar, Figure},
    world,
};
use domain::{
    address::{Address, PayeeName, Vpa},
    fact::Cause,
    money::Amount,
    payout::{AdvancePayout, OpenPayout, Payout, RecordWord, Word, WordState},
    transfer::OpenTransfer,
};
use embedded::{Meter, Used};
use store::{InboundStatus, Store};

pub async fn measure() -> anyhow::Result<Vec<Figure>> {
    let (store, meter) = embedded::metered_store(Meter::units()).await?;
    world::fund(&store, 0..2).await?;
    world::payee(&store, 0).await?;
    let amount = world::amount(10_000)?;

    meter.take();
    let asked = world::asked(0, "transfer");
    let transfer = OpenTransfer { asked, to: world::user(1), amount, note: None, hold_s: None, rules: world::rules() };
    world::run(&store, &transfer).await?;
    let mut figures = units("transfer", meter.take(), Some(10.0));

    figures.extend(units("payout in all its steps, to a new payee", payout(&store, &meter, "first", amount).await?, Some(24.0)));
    figures.extend(units("payout in all its steps, to a known payee", payout(&store, &meter, "next", amount).await?, Some(24.0)));

    let event = bench::events::captured("order_IEIaMR65cu6nz3", "pay_IH4NVgf4Dreq1l", 10_000);
    let body = event["body"].as_str().unwrap_or_default();
    store.keep_webhook("razorpay#bench", "", body.as_bytes(), domain::Timestamp::now()).await?;
    store.mark_webhook("razorpay#bench", InboundStatus::Processed, "credited").await?;
    figures.extend(units("webhook, stored and marked", meter.take(), None));

    world::order(&store, 0, "order", 10_000).await?;
    figures.extend(units("order opened and attached", meter.take(), None));
    Ok(figures)
}

fn units(what: &str, used: Used, most: Option<f64>) -> Vec<Figure> {
    let written = Figure::new("write units", what, used.write_units, "units");
    vec![
        match most {
            Some(most) => written.bar(Bar::AtMost(most)),
            None => written,
        },
        Figure::new("read units", what, used.read_units, "units"),
    ]
}

async fn payout(store: &Store, meter: &Meter, key: &str, amount: Amount) -> anyhow::Result<Used> {
    let bad = |error: &dyn std::fmt::Debug| anyhow!("{error:?}");
    let open = OpenPayout {
        bill: None,
        asked: world::asked(0, key),
        address: Address::Vpa(Vpa::parse(world::PAYEE).map_err(|error| bad(&error))?),
        name: PayeeName::parse(world::PAYEE_NAME).map_err(|error| bad(&error))?,
        amount,
        note: None,
        line: None,
        rules: world::rules(),
    };
    meter.take();
    let Payout { id, payee, account, .. } = world::run(store, &open).await?.done.value;
    world::run(store, &AdvancePayout { payout: id, payee, account, rules: world::rules() }).await?;
    let word = Word {
        state: WordState::Processed,
        provider_id: Some("pout_rzp0000000001".to_owned()),
        utr: Some("123456789012".to_owned()),
        fee: 236,
        failure: None,
    };
    let cause = Cause::Webhook { inbox_id: "bench".to_owned() };
    world::run(store, &RecordWord { payout: id, payee, account, word, cause }).await?;
    Ok(meter.take())
}
