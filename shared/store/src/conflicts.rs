//! Conflicts with somebody else's transaction: another attempt of the same request gets through.
//!
//! The SDK repeats what was throttled or not answered, and not a write of a single row that met a
//! transaction under way (`TransactionConflictException`). Nothing was written then, so it is
//! repeated in the same way, as often and with the same pauses.

use aws_sdk_dynamodb::{
    Client,
    config::retry::{ClassifyRetry, RetryAction},
};
use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;

const CONFLICT: &[u8] = b"TransactionConflictException";

#[derive(Debug)]
struct RetryConflicts;

impl ClassifyRetry for RetryConflicts {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        let refused = context.response().filter(|response| response.status().is_client_error());
        let body = refused.and_then(|response| response.body().bytes()).unwrap_or_default();
        let met = body.windows(CONFLICT.len()).any(|window| window == CONFLICT);
        if met { RetryAction::transient_error() } else { RetryAction::NoActionIndicated }
    }

    fn name(&self) -> &'static str {
        "another transaction's row"
    }
}

/// The same client, which repeats such writes too.
pub(crate) fn retried(client: &Client) -> Client {
    Client::from_conf(client.config().to_builder().retry_classifier(RetryConflicts).build())
}
