//! `/v1/transfers`: money from the caller to another user, at once or in two phases.

use crate::{
    api::{answered, execution, keyed, person},
    body::{
        common::{amount, note},
        money_out::{OpenTransfer as OpenTransferBody, PostTransfer as PostTransferBody, Recipient, TransferBody},
    },
    deps::Deps,
    limits,
    refusals::{problem, store_problem},
    router::{Signed, admit},
};
use domain::{
    engine::{Key, Record},
    id::{BadId, OperationId, TransferId, UserId},
    transfer::{OpenTransfer, PostTransfer, Transfer, VoidTransfer},
};
use lambda::{Problem, Reply, Request};

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let caller = admit(deps, &request).await?;
    match (request.method.as_str(), request.path.as_str()) {
        ("POST", "/v1/transfers") => open(deps, &caller, &request).await,
        ("GET", "/v1/transfers/{id}") => Ok(Reply::ok(&TransferBody::from(&find(deps, &caller, request.param("id")?).await?))),
        ("POST", "/v1/transfers/{id}/post") => post(deps, &caller, &request).await,
        ("POST", "/v1/transfers/{id}/void") => void(deps, &caller, &request).await,
        _ => Err(Problem::not_found()),
    }
}

async fn open(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let execution = execution(request)?;
    request.idempotency_key()?;
    let body: OpenTransferBody = request.json()?;
    let amount = amount(body.amount, "/amount")?;
    let note = note(body.note, "/note")?;
    let to = recipient(deps, body.to).await?;
    let asked = keyed(caller, request, &format!("{to} {} {note:?} {:?}", amount.minor(), body.hold_s))?;
    let command = OpenTransfer { asked, to, amount, note, hold_s: body.hold_s, rules: deps.rules.clone() };
    let opened = match deps.attempt(&command, execution, &request.trace()).await {
        Ok(opened) => opened,
        Err(error) => {
            limits::tell(deps, caller, request, amount, execution, &error).await;
            return Err(problem(error));
        }
    };
    Ok(answered(Reply::created(&TransferBody::from(&opened.value)), opened.replayed, execution))
}

async fn recipient(deps: &Deps, to: Recipient) -> Result<UserId, Problem> {
    match to {
        Recipient::User { user_id } => user_id.parse().map_err(|why: BadId| Problem::invalid_field("/to/user_id", why.to_string())),
        Recipient::Phone { phone } => person(deps, "/to/phone", &phone).await,
    }
}

/// A transfer that the caller sends or receives.
async fn find(deps: &Deps, caller: &Signed, id: TransferId) -> Result<Transfer, Problem> {
    let own = caller.account();
    match deps.store.record(&Key::operation(OperationId::Transfer(id))).await.map_err(store_problem)? {
        Some(Record::Transfer(transfer)) if transfer.id == id && (transfer.from == own || transfer.to == own) => Ok(transfer),
        _ => Err(Problem::not_found()),
    }
}

async fn post(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let execution = execution(request)?;
    request.idempotency_key()?;
    let body = if request.body.is_empty() { PostTransferBody { amount: None } } else { request.json()? };
    let amount = body.amount.map(|value| amount(value, "/amount")).transpose()?;
    let transfer = find(deps, caller, request.param("id")?).await?;
    if transfer.from != caller.account() {
        return Err(Problem::forbidden("Only the sender can post a held transfer."));
    }
    let asked = keyed(caller, request, &format!("{} {:?}", transfer.id, amount.map(|amount| amount.minor())))?;
    let command = PostTransfer { asked, transfer: transfer.id, to: transfer.to, amount };
    let posted = deps.attempt(&command, execution, &request.trace()).await.map_err(problem)?;
    Ok(answered(Reply::ok(&TransferBody::from(&posted.value)), posted.replayed, execution))
}

async fn void(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let Transfer { id, from, to, .. } = find(deps, caller, request.param("id")?).await?;
    let command = VoidTransfer { caller: caller.user, transfer: id, from, to, request_id: request.request_id.clone() };
    let voided = deps.execute(&command, &request.trace()).await.map_err(problem)?;
    Ok(Reply::ok(&TransferBody::from(&voided)))
}
