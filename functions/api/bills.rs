//! `/v1/billers` and `/v1/bills`: what is owed to whom, and paying it from the wallet.

use crate::{
    api::{answered, execution, keyed},
    bills::{self, Asked},
    body::{
        bills::{BillBody, BillerBody, BillersBody, BillersQuery, FetchRequest, PayBillRequest, bill_ref},
        common::{Currency, amount},
        money_out::PayoutBody,
    },
    deps::Deps,
    limits,
    refusals::{AMOUNT_OUT_OF_RANGE, BILL_REFUSED, BILLS_NOT_HERE, problem, store_problem},
    router::{Signed, admit},
};
use domain::{
    address::{Address, BillAccount},
    engine::Key,
    payout::OpenPayout,
};
use lambda::{Failed, Problem, Reply, Request};
use providers::bills::{Biller, Client, FailureClass, FetchRequirement, PaymentMode};
use std::collections::BTreeMap;

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let caller = admit(deps, &request).await?;
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/v1/billers") => list(deps, &request).await,
        ("POST", "/v1/bills/fetch") => fetch(deps, &caller, &request).await,
        ("POST", "/v1/bills/pay") => pay(deps, &caller, &request).await,
        _ => Err(Problem::not_found()),
    }
}

fn failed(why: Failed) -> Problem {
    Problem::unavailable(why)
}

async fn client(deps: &Deps) -> Result<Client, Problem> {
    let client = bills::client(deps).await.map_err(failed)?;
    client.ok_or_else(|| Problem::new(BILLS_NOT_HERE, "This deployment has nobody who pays bills."))
}

async fn list(deps: &Deps, request: &Request) -> Result<Reply, Problem> {
    let query: BillersQuery = request.query()?;
    let categories = bills::categories(&query.category);
    if categories.is_empty() {
        return Err(Problem::invalid_field("/category", "is no category of bills, such as `electricity`"));
    }
    let billers = bills::billers(deps, &client(deps).await?, categories).await.map_err(failed)?;
    Ok(Reply::ok(&BillersBody { items: billers.iter().map(BillerBody::from).collect() }))
}

/// A biller, and who somebody is to it.
async fn customer(deps: &Deps, client: &Client, id: &str, params: BTreeMap<String, String>) -> Result<(Biller, BillAccount), Problem> {
    let unknown = || Problem::invalid_field("/biller_id", "is no biller whose bills can be paid");
    let biller = bills::biller(deps, client, id).await.map_err(failed)?.ok_or_else(unknown)?;
    let given: Vec<(&str, &str)> = params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    biller.check(&given).map_err(|(name, why)| Problem::invalid_field(format!("/params/{name}"), why.to_string()))?;
    let account = BillAccount::parse(&biller.id, params).map_err(|why| Problem::invalid_field("/params", why.to_string()))?;
    Ok((biller, account))
}

async fn fetch(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let body: FetchRequest = request.json()?;
    let reference = bill_ref(body.bill_ref)?;
    let client = client(deps).await?;
    let (_, account) = customer(deps, &client, &body.biller_id, body.params).await?;
    let user = deps.store.user(caller.user).await.map_err(store_problem)?.ok_or_else(Problem::unauthorized)?;
    let asked = match reference {
        Some(reference) => bills::answer(deps, &client, reference).await,
        None => bills::ask(deps, caller.user, &client, user.phone.national(), &account).await,
    };
    match asked.map_err(failed)? {
        Asked::Ready(bill) => Ok(Reply::ok(&BillBody::from(&*bill))),
        Asked::Processing(bill_ref) => {
            let body =
                BillBody { status: "processing", bill_ref, amount: None, currency: Currency::Inr, due_on: None, customer_name: None };
            Ok(Reply::accepted(&body))
        }
        Asked::Refused(class) => Err(refused(class)),
        Asked::TooOften => Err(Problem::too_many_requests(600)),
    }
}

fn refused(class: FailureClass) -> Problem {
    let text = match class {
        FailureClass::NoBillDue => "There is no bill due.",
        FailureClass::WrongNumber => "The biller does not know this customer.",
        FailureClass::AccountNotOpen => "The biller takes no payments for this customer.",
        FailureClass::BillerDown => "The biller does not answer just now; try again later.",
        FailureClass::Other => "The biller did not tell of a bill.",
    };
    Problem::new(BILL_REFUSED, text)
}

async fn pay(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let execution = execution(request)?;
    request.idempotency_key()?;
    let body: PayBillRequest = request.json()?;
    let reference = bill_ref(body.bill_ref)?;
    let amount = amount(body.amount, "/amount")?;
    let what = format!("{} {} {:?} {:?}", amount.minor(), body.biller_id, body.params, reference);
    let asked = keyed(caller, request, &what)?;
    let client = client(deps).await?;
    let (biller, account) = customer(deps, &client, &body.biller_id, body.params).await?;
    // What was asked for before is answered as before, though its bill be gone meanwhile.
    let is_known = deps.store.record(&Key::Operation(asked.fingerprint)).await.map_err(store_problem)?.is_some();
    if !is_known {
        may_be_paid(deps, &client, &biller, reference.as_deref(), amount.minor()).await?;
    }
    let name = bills::payee_name(&biller).map_err(failed)?;
    let (address, rules) = (Address::Bill(account), deps.rules.clone());
    let command = OpenPayout { asked, address, name, amount, note: None, line: None, bill: reference, rules };
    let opened = match deps.attempt(&command, execution, &request.trace()).await {
        Ok(opened) => opened,
        Err(error) => {
            limits::tell(deps, caller, request, amount, execution, &error).await;
            return Err(problem(error));
        }
    };
    Ok(answered(Reply::accepted(&PayoutBody::from(&opened.value)), opened.replayed, execution))
}

/// Whether the biller takes so much for this bill.
async fn may_be_paid(deps: &Deps, client: &Client, biller: &Biller, bill_ref: Option<&str>, paise: i64) -> Result<(), Problem> {
    let out_of_range = |why: providers::bills::AmountRefused| Problem::new(AMOUNT_OUT_OF_RANGE, format!("The amount is not taken: {why}."));
    biller.accepts(&PaymentMode::Wallet, paise).map_err(out_of_range)?;
    match (biller.fetch_requirement(), bill_ref) {
        (FetchRequirement::NotSupported, Some(_)) => Err(Problem::invalid_field("/bill_ref", "is not for this biller: it has no bills")),
        (FetchRequirement::Mandatory, None) => Err(Problem::invalid_field("/bill_ref", "is needed: fetch the bill first")),
        (_, None) => Ok(()),
        (_, Some(reference)) => match bills::answer(deps, client, reference.to_owned()).await.map_err(failed)? {
            Asked::Ready(bill) => bill.accepts(paise, None).map_err(out_of_range),
            Asked::Refused(class) => Err(refused(class)),
            Asked::Processing(_) | Asked::TooOften => Err(Problem::new(BILL_REFUSED, "The biller has not told of the bill yet.")),
        },
    }
}
