//! A bank's statement that its owner uploads.

use super::bank::{Statement, note, numbered};
use crate::deps::Deps;
use domain::{
    book::{Placed, Source},
    id::UserId,
    limits::india_time,
};
use lambda::{Failed, Trace};
use statements::{Refusal, Upload, read};

/// What came of a file.
pub struct Taken {
    pub statement: statements::Statement,
    /// Of each of its lines; `None` where the day had no room for it.
    pub placed: Vec<Option<Placed>>,
}

/// The one account of a file, within the file.
const ACCOUNT: &str = "file";

/// Reads a file, and writes down what it tells. The same file again tells the same.
pub async fn statement(
    deps: &Deps,
    user: UserId,
    bytes: &[u8],
    bank: Option<&str>,
    password: Option<&str>,
    trace: &Trace,
) -> Result<Result<Taken, Refusal>, Failed> {
    let upload = Upload { bank, password, ..Upload::of(ACCOUNT, india_time(deps.clock.now()).date()) };
    let statement = match read(bytes, &upload) {
        Ok(statement) => statement,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let account = &statement.account;
    let scope = format!("file:{user}:{}:{}", account.bank, account.masked_number.as_deref().unwrap_or_default());
    let told = Statement { user, source: Source::File, scope, accounts: std::slice::from_ref(account) };
    let placed = note(deps, &told, &numbered(statement.entries.iter()), trace).await?;
    Ok(Ok(Taken { statement, placed }))
}
