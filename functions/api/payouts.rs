//! `/v1/payouts`: moves money out of the caller's wallet.
//!
//! Answers once the money is held. The provider's word comes later, through `queues::payouts` and
//! the provider's webhook.

use crate::{
    api::{answered, execution, keyed, payees, transactions::before_cursor},
    body::{
        common::{amount, note},
        money_out::{OpenPayout as OpenPayoutBody, PayoutBody},
    },
    deps::Deps,
    limits,
    refusals::{problem, store_problem},
    router::{Signed, admit},
};
use domain::{
    address::Address,
    engine::{Key, Record},
    fact::FactKind,
    id::{OperationId, PayoutId},
    payout::{CancelPayout, OpenPayout, Payout},
};
use lambda::{
    Problem, Reply, Request,
    http::page::{Page, PageQuery},
};

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let caller = admit(deps, &request).await?;
    match (request.method.as_str(), request.path.as_str()) {
        ("POST", "/v1/payouts") => open(deps, &caller, &request).await,
        ("GET", "/v1/payouts") => list(deps, &caller, &request).await,
        ("GET", "/v1/payouts/{id}") => Ok(Reply::ok(&PayoutBody::from(&find(deps, &caller, request.param("id")?).await?))),
        ("POST", "/v1/payouts/{id}/cancel") => cancel(deps, &caller, &request).await,
        _ => Err(Problem::not_found()),
    }
}

async fn open(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let execution = execution(request)?;
    request.idempotency_key()?;
    let body: OpenPayoutBody = request.json()?;
    let amount = amount(body.amount, "/amount")?;
    let note = note(body.note, "/note")?;
    let (address, name) = match (body.payee_id, body.payee) {
        (None, Some(payee)) => payee.parse("/payee")?,
        (Some(id), None) => {
            let id = id.parse().map_err(|why: domain::id::BadId| Problem::invalid_field("/payee_id", why.to_string()))?;
            let payee = payees::find(deps, caller, id).await?;
            if matches!(payee.address, Address::Bill(_)) {
                return Err(Problem::invalid_field("/payee_id", "is a biller: its bills are paid at `/v1/bills/pay`"));
            }
            (payee.address, payee.name)
        }
        _ => return Err(Problem::invalid_field("/payee", "give either `payee_id` or `payee`")),
    };
    let what = format!("{} {} {} {note:?}", amount.minor(), address.canonical(), name.as_str());
    let asked = keyed(caller, request, &what)?;
    let command = OpenPayout { asked, address, name, amount, note, line: None, bill: None, rules: deps.rules.clone() };
    let opened = match deps.attempt(&command, execution, &request.trace()).await {
        Ok(opened) => opened,
        Err(error) => {
            limits::tell(deps, caller, request, amount, execution, &error).await;
            return Err(problem(error));
        }
    };
    Ok(answered(Reply::accepted(&PayoutBody::from(&opened.value)), opened.replayed, execution))
}

async fn find(deps: &Deps, caller: &Signed, id: PayoutId) -> Result<Payout, Problem> {
    match deps.store.record(&Key::operation(OperationId::Payout(id))).await.map_err(store_problem)? {
        Some(Record::Payout(payout)) if payout.account == caller.account() && payout.id == id => Ok(payout),
        _ => Err(Problem::not_found()),
    }
}

async fn list(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let query: PageQuery = request.query()?;
    let (cursors, scope) = (deps.cursors().await.map_err(Problem::unavailable)?, format!("payouts:{}", caller.user));
    let before = before_cursor(&cursors, &scope, query.cursor.as_deref())?;
    let opened = |fact: &domain::fact::Fact| fact.kind == FactKind::PayoutOpened;
    let page = deps.store.facts_before(caller.account(), before, query.limit.get() as usize, opened).await.map_err(store_problem)?;
    let keys: Vec<Key> = page.facts.iter().filter_map(|fact| fact.operation.map(Key::operation)).collect();
    let found = deps.store.read(&keys).await.map_err(store_problem)?;
    let items = keys.iter().filter_map(|key| match found.record(key) {
        Some(Record::Payout(payout)) => Some(PayoutBody::from(payout)),
        _ => None,
    });
    Ok(Reply::ok(&Page { items: items.collect(), next_cursor: page.before.map(|seq| cursors.seal(&scope, &seq.to_string())) }))
}

async fn cancel(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let command = CancelPayout { caller: caller.user, payout: request.param("id")?, request_id: request.request_id.clone() };
    let payout = deps.execute(&command, &request.trace()).await.map_err(problem)?;
    Ok(Reply::ok(&PayoutBody::from(&payout)))
}
