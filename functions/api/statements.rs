//! `/v1/cashbook/statements` and `/v1/earnings`: files that the caller uploads, and what platforms tell.

use crate::{
    api::{
        cashbook::{days, failed},
        limit,
    },
    body::{
        cashbook::is_what,
        statements::{EarningsQuery, EarningsTaken, EarningsUpload, StatementBody, StatementUpload, WorkedBody},
    },
    book::{self, Telling},
    deps::Deps,
    refusals::{FILE_REFUSED, TOO_MANY, store_problem},
    router::{Signed, admit},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{
    book::{Placed, Source},
    limits::india_time,
};
use earnings::EarningsDay;
use lambda::{Problem, Reply, Request, http::page::Page};
use statements::{Format, Refusal, read_earnings};

const HOUR_S: i64 = 3_600;
/// Files that one user may upload within an hour.
const FILES_MAX: u64 = 30;
/// What a function is handed has at most six million bytes.
const BODY_BYTES_MAX: usize = 4_300_000;

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let caller = admit(deps, &request).await?;
    match (request.method.as_str(), request.path.as_str()) {
        ("POST", "/v1/cashbook/statements") => statement(deps, &caller, &request).await,
        ("POST", "/v1/earnings") => earnings(deps, &caller, &request).await,
        ("GET", "/v1/earnings") => {
            let query: EarningsQuery = request.query()?;
            let (from, to) = days(&query.from, &query.to)?;
            let worked = deps.store.worked(caller.user, from, to).await.map_err(store_problem)?;
            Ok(Reply::ok(&Page { items: worked.iter().rev().map(WorkedBody::from).collect::<Vec<_>>(), next_cursor: None }))
        }
        _ => Err(Problem::not_found()),
    }
}

async fn file(deps: &Deps, caller: &Signed, text: &str) -> Result<Vec<u8>, Problem> {
    if text.is_empty() || text.len() > StatementUpload::FILE_CHARS_MAX {
        return Err(Problem::invalid_field("/file", "must be 1 byte to 3 MB, in base64"));
    }
    let bytes = STANDARD.decode(text).map_err(|_| Problem::invalid_field("/file", "must be base64"))?;
    limit(deps, &format!("statement-files:{}", caller.user), FILES_MAX, HOUR_S).await?;
    Ok(bytes)
}

fn refused(refusal: &Refusal) -> Problem {
    Problem::new(FILE_REFUSED, format!("{refusal}. {}", refusal.remedy()))
}

async fn statement(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let body: StatementUpload = request.json_within(BODY_BYTES_MAX)?;
    for (pointer, text) in [("/bank", &body.bank), ("/password", &body.password)] {
        if text.as_ref().is_some_and(|text| text.is_empty() || text.chars().count() > StatementUpload::WORD_CHARS_MAX) {
            return Err(Problem::invalid_field(pointer, format!("must have 1 to {} characters", StatementUpload::WORD_CHARS_MAX)));
        }
    }
    let bytes = file(deps, caller, &body.file).await?;
    let (bank, password, trace) = (body.bank.as_deref(), body.password.as_deref(), request.trace());
    let taken = book::take_statement(deps, caller.user, &bytes, bank, password, &trace)
        .await
        .map_err(failed)?
        .map_err(|refusal| refused(&refusal))?;
    let (read, placed) = (&taken.statement, &taken.placed);
    let count = |is_it: fn(&Placed) -> bool| placed.iter().flatten().filter(|placed| is_it(placed)).count();
    Ok(Reply::ok(&StatementBody {
        format: match read.format {
            Format::Csv => "csv",
            Format::Ofx => "ofx",
            Format::Pdf => "pdf",
        },
        bank: read.account.bank.clone(),
        account: read.account.masked_number.clone(),
        from: read.period.from.to_string(),
        to: read.period.to.to_string(),
        lines: placed.len(),
        noted: count(|placed| placed.is_new),
        matched: count(|placed| !placed.is_new && !placed.is_again),
        known: count(|placed| placed.is_again),
        left_out: placed.iter().filter(|placed| placed.is_none()).count(),
        balances_compared: read.checks.balances_compared,
    }))
}

async fn earnings(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let body: EarningsUpload = request.json_within(BODY_BYTES_MAX)?;
    if !is_what(&body.platform) {
        return Err(Problem::invalid_field("/platform", "must be a platform's code, such as `swiggy`"));
    }
    let bytes = file(deps, caller, &body.file).await?;
    let now = deps.clock.now();
    let read = read_earnings(&bytes, india_time(now).date()).map_err(|refusal| refused(&refusal))?;
    let days: Vec<EarningsDay> = read.good.iter().map(|row| row.day.clone()).collect();
    let telling = Telling { source: Source::File, platform: &body.platform, told_at: now };
    let taken = book::take_earned(deps, caller.user, &telling, &days, None, &request.trace()).await.map_err(failed)?;
    let changed = taken.map_err(|full| Problem::new(TOO_MANY, full.to_string()))?;
    Ok(Reply::ok(&EarningsTaken::new(&read, changed)))
}
