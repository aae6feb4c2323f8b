//! `/v1/payout-batches`: an organisation pays many payees at once.

use crate::{
    api::{answered, execution, keyed, random_fingerprint, sha256_hex},
    body::{
        common::{amount, note},
        money_out::{BatchBody, LineBody, LineRequest, OpenBatch as OpenBatchBody},
    },
    deps::Deps,
    refusals::{problem, store_problem},
    router::{Signed, admit},
};
use domain::{
    batch::{Batch, BatchLine, LineStatus, OpenBatch},
    engine::{Key, Record},
    id::{BatchId, OperationId, SheetId},
};
use lambda::{
    Problem, Reply, Request,
    http::page::{Page, PageQuery},
};
use store::Execution;

pub mod csv;

/// A batch of the largest size fits, in JSON or CSV.
const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let caller = admit(deps, &request).await?;
    match (request.method.as_str(), request.path.as_str()) {
        ("POST", "/v1/payout-batches") => open(deps, &caller, &request).await,
        ("GET", "/v1/payout-batches/{id}") => Ok(Reply::ok(&BatchBody::from(&find(deps, &caller, request.param("id")?).await?))),
        ("GET", "/v1/payout-batches/{id}/lines") => lines(deps, &caller, &request).await,
        _ => Err(Problem::not_found()),
    }
}

async fn open(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let execution = execution(request)?;
    request.idempotency_key()?;
    let body: OpenBatchBody = if request.is_of_type("text/csv") {
        csv::parse(request.text(&["text/csv"], BODY_BYTES_MAX)?)?
    } else {
        request.json_within(BODY_BYTES_MAX)?
    };
    let count = body.lines.len();
    if count == 0 || count > deps.rules.batch_lines_max {
        return Err(Problem::invalid_field("/lines", format!("must have 1 to {} lines", deps.rules.batch_lines_max)));
    }
    let note = note(body.note, "/note")?;
    let asked = keyed(caller, request, &format!("{note:?} {}", sha256_hex(&request.body)))?;
    let id = BatchId::new(deps.clock.now(), asked.fingerprint);
    let sheet = SheetId::new(deps.clock.now(), random_fingerprint()?);
    let lines = body.lines.into_iter().zip(1..).map(|(line, number)| line_of(line, number, id, sheet)).collect::<Result<Vec<_>, _>>()?;
    let total = lines.iter().map(|line| line.amount).sum();
    let key = Key::Operation(asked.fingerprint);
    // Lines are there before the batch is.
    if execution == Execution::Commit && deps.store.record(&key).await.map_err(store_problem)?.is_none() {
        deps.store.put_lines(&lines).await.map_err(store_problem)?;
    }
    let command = OpenBatch { asked, sheet, lines: u32::try_from(count).unwrap_or(u32::MAX), total, note, rules: deps.rules.clone() };
    let opened = deps.attempt(&command, execution, &request.trace()).await.map_err(problem)?;
    Ok(answered(Reply::accepted(&BatchBody::from(&opened.value)), opened.replayed, execution))
}

fn line_of(line: LineRequest, number: u32, batch: BatchId, sheet: SheetId) -> Result<BatchLine, Problem> {
    let at = format!("/lines/{}", number - 1);
    let (address, name) = line.payee.parse(&format!("{at}/payee"))?;
    let amount = amount(line.amount, &format!("{at}/amount"))?.minor();
    let reference = note(line.reference, &format!("{at}/reference"))?;
    Ok(BatchLine { sheet, batch, number, address, name, amount, reference, status: LineStatus::Waiting, payout: None, reason: None })
}

async fn find(deps: &Deps, caller: &Signed, id: BatchId) -> Result<Batch, Problem> {
    match deps.store.record(&Key::operation(OperationId::Batch(id))).await.map_err(store_problem)? {
        Some(Record::Batch(batch)) if batch.account == caller.account() && batch.id == id => Ok(batch),
        _ => Err(Problem::not_found()),
    }
}

async fn lines(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let query: PageQuery = request.query()?;
    let batch = find(deps, caller, request.param("id")?).await?;
    let (cursors, scope) = (deps.cursors().await.map_err(Problem::unavailable)?, format!("lines:{}", batch.id));
    let after = query.cursor.map(|cursor| cursors.open(&scope, &cursor)).transpose()?.and_then(|n| n.parse().ok()).unwrap_or(0);
    let limit = i32::try_from(query.limit.get()).unwrap_or(20);
    let lines = deps.store.lines(batch.sheet, after, limit).await.map_err(store_problem)?;
    let next = lines.last().map(|line| line.number).filter(|number| *number < batch.lines);
    let items = lines.iter().map(LineBody::from).collect();
    Ok(Reply::ok(&Page { items, next_cursor: next.map(|number| cursors.seal(&scope, &number.to_string())) }))
}
