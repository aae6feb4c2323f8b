//! One request, from its body to its answer's.

use dynoxide::{Database, DynoxideError, actions::transact_write_items::TransactWriteItemsRequest};
use serde::{Serialize, de::DeserializeOwned};

pub(crate) enum Failed {
    /// What DynamoDB would have answered.
    Refused(DynoxideError),
    /// An operation or a body that this has not been taught.
    NotUnderstood(String),
}

impl From<serde_json::Error> for Failed {
    fn from(error: serde_json::Error) -> Self {
        Self::NotUnderstood(error.to_string())
    }
}

/// Whether the table remembers transactions by the token that the SDK gives each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tokens {
    Kept,
    Forgotten,
}

/// Carries out one of the operations that the store uses.
pub(crate) fn run(database: &Database, operation: &str, body: &[u8], tokens: Tokens) -> Result<Vec<u8>, Failed> {
    match operation {
        "GetItem" => call(body, |request| database.get_item(request)),
        "BatchGetItem" => call(body, |request| database.batch_get_item(request)),
        "Query" => call(body, |request| database.query(request)),
        "Scan" => call(body, |request| database.scan(request)),
        "PutItem" => call(body, |request| database.put_item(request)),
        "UpdateItem" => call(body, |request| database.update_item(request)),
        "DeleteItem" => call(body, |request| database.delete_item(request)),
        "BatchWriteItem" => call(body, |request| database.batch_write_item(request)),
        "TransactWriteItems" => call(body, |mut request: TransactWriteItemsRequest| {
            if tokens == Tokens::Forgotten {
                request.client_request_token = None;
            }
            database.transact_write_items(request)
        }),
        "CreateTable" => call(body, |request| database.create_table(request)),
        _ => Err(Failed::NotUnderstood("not among the operations that the store uses".to_owned())),
    }
}

fn call<Q, A>(body: &[u8], with: impl FnOnce(Q) -> Result<A, DynoxideError>) -> Result<Vec<u8>, Failed>
where
    Q: DeserializeOwned,
    A: Serialize,
{
    let answer = with(serde_json::from_slice(body)?).map_err(Failed::Refused)?;
    Ok(serde_json::to_vec(&answer)?)
}
