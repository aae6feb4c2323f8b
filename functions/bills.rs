//! Bills: which billers there are, what a biller wants, and what somebody owes there. Paying one is a payout
//! that goes by another rail.

pub mod pay;

use crate::{
    apply::{call_failed, setup_failed, store_failed},
    deps::Deps,
};
use domain::{
    address::{BillAccount, PayeeName},
    id::UserId,
};
use lambda::Failed;
use providers::{
    bills::{Biller, Category, Client, Customer, FailureClass, Fetch, FetchedBill},
    call::CallError,
};
use std::{collections::BTreeMap, time::Duration};

/// How long one waits for a biller while somebody waits for us.
const BUDGET: Duration = Duration::from_secs(6);
const FIRST_PAUSE: Duration = Duration::from_millis(150);
/// Bills that one user may ask for within an hour: who owes what is not to be fished for.
const ASKED_MAX: u64 = 60;
const HOUR_S: i64 = 3_600;

/// What can be paid at all, in paise, where a biller names one end only.
pub const LEAST: i64 = 100;
pub const MOST: i64 = 20_000_000;

/// What a biller says of a bill.
pub enum Asked {
    Ready(Box<FetchedBill>),
    /// It has not said yet: under this reference it can be asked again.
    Processing(String),
    Refused(FailureClass),
    /// Asked too often.
    TooOften,
}

/// The category that a word of the understanding stands for; some are several to the network.
pub fn categories(word: &str) -> &'static [Category] {
    match word {
        "electricity" => &[Category::Electricity],
        "mobile" => &[Category::MobilePrepaid, Category::MobilePostpaid],
        "gas" => &[Category::Lpg, Category::Gas],
        "water" => &[Category::Water],
        "dth" => &[Category::Dth],
        "broadband" => &[Category::Broadband],
        "fastag" => &[Category::Fastag],
        "credit_card" => &[Category::CreditCard],
        "emi" => &[Category::Loan],
        "insurance" => &[Category::Insurance],
        "education" => &[Category::Education],
        "rent" => &[Category::Rent],
        _ => &[],
    }
}

pub async fn biller(deps: &Deps, client: &Client, id: &str) -> Result<Option<Biller>, Failed> {
    match client.biller(id, deps.clock.now().as_second()).await {
        Ok(biller) => Ok(biller),
        // An id that cannot be one.
        Err(CallError::NotSent { .. } | CallError::Refused { .. }) => Ok(None),
        Err(error) => Err(call_failed(error)),
    }
}

/// The billers of these categories, as many as fit on a page each.
pub async fn billers(deps: &Deps, client: &Client, categories: &[Category]) -> Result<Vec<Biller>, Failed> {
    let now = deps.clock.now().as_second();
    let mut found = Vec::new();
    if categories.is_empty() {
        found.extend(client.billers(None, None, now).await.map_err(call_failed)?.billers);
    }
    for category in categories {
        match client.billers(Some(category), None, now).await {
            Ok(page) => found.extend(page.billers),
            // One that the provider does not have: nobody there is paid.
            Err(CallError::Refused { .. }) => {}
            Err(error) => return Err(call_failed(error)),
        }
    }
    Ok(found)
}

/// Asks a biller for a customer's bill, and waits a little for the answer.
pub async fn ask(deps: &Deps, user: UserId, client: &Client, mobile: &str, account: &BillAccount) -> Result<Asked, Failed> {
    let now = deps.clock.now();
    if deps.store.hit(&format!("bills:{user}"), HOUR_S, now).await.map_err(store_failed)? > ASKED_MAX {
        return Ok(Asked::TooOften);
    }
    let params: Vec<(&str, &str)> = account.params().iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let customer = Customer { mobile, params: &params };
    let reference = match client.request_fetch(account.biller(), &customer, now.as_second()).await {
        Ok(reference) => reference,
        Err(CallError::Refused { .. } | CallError::NotSent { .. }) => return Ok(Asked::Refused(FailureClass::WrongNumber)),
        Err(error) => return Err(call_failed(error)),
    };
    answer(deps, client, reference).await
}

/// What a biller has said of what was asked before.
pub async fn answer(deps: &Deps, client: &Client, reference: String) -> Result<Asked, Failed> {
    let (mut pause, mut waited) = (FIRST_PAUSE, Duration::ZERO);
    loop {
        let fetched = match client.fetched(&reference, deps.clock.now().as_second()).await {
            Ok(fetched) => fetched,
            // Nobody was asked under this reference.
            Err(CallError::Refused { .. } | CallError::NotSent { .. }) => return Ok(Asked::Refused(FailureClass::Other)),
            Err(error) => return Err(call_failed(error)),
        };
        match fetched {
            Fetch::Ready(bill) => return Ok(Asked::Ready(bill)),
            Fetch::Refused(failure) => return Ok(Asked::Refused(failure.class())),
            Fetch::Processing if waited >= BUDGET => return Ok(Asked::Processing(reference)),
            Fetch::Processing => {}
        }
        tokio::time::sleep(pause).await;
        waited += pause;
        pause = (pause * 2).min(Duration::from_secs(2));
    }
}

/// A biller as a payee is called: of the letters that a payee's name may have.
pub fn payee_name(biller: &Biller) -> Result<PayeeName, Failed> {
    let is_legal = |sign: &char| sign.is_ascii_alphanumeric() || " '-_/().".contains(*sign);
    let name: String = biller.name.as_str().chars().filter(is_legal).take(50).collect();
    PayeeName::parse(&name).or_else(|_| PayeeName::parse(&biller.id)).map_err(Failed::bug)
}

/// A customer of a biller by what they were asked for, in the biller's order.
pub fn account(biller: &Biller, values: &BTreeMap<String, String>) -> Option<BillAccount> {
    let params: Vec<(&str, &str)> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    biller.check(&params).ok()?;
    BillAccount::parse(&biller.id, values.clone()).ok()
}

/// The payer of bills; `None` where this deployment has none.
pub async fn client(deps: &Deps) -> Result<Option<Client>, Failed> {
    deps.bills().await.map_err(setup_failed)
}
