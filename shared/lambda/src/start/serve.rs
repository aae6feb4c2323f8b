//! The process: starts the app, then takes one event after the other.

use std::panic::PanicHookInfo;
use std::sync::atomic::{AtomicBool, Ordering};

use futures::future::LocalBoxFuture;
use lambda_runtime::{Diagnostic, LambdaEvent, Runtime, service_fn};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use tracing::Instrument;

use super::app::{App, Exit, StartError};
use super::deadline::Deadline;
use super::failed::Failed;
use crate::log::chain::Chain;
use crate::{log, metrics};

/// One event, not yet parsed.
pub(super) struct Invocation {
    pub event: Box<RawValue>,
    /// Lambda's own id of this invocation.
    pub id: String,
    pub deadline: Deadline,
}

impl Invocation {
    pub fn bytes(&self) -> &[u8] {
        self.event.get().as_bytes()
    }
}

/// A trigger's handling of one event: an answer, or a failure of the whole invocation.
///
/// Boxed and free of type parameters, so that all that the runtime needs around it is compiled
/// once, here, and not in each of our binaries.
pub(super) type Handle = Box<dyn Fn(Invocation) -> LocalBoxFuture<'static, Result<Box<RawValue>, Failed>>>;

/// What the runtime cannot do without; it panics where one is missing.
const REQUIRED: [&str; 4] =
    ["AWS_LAMBDA_RUNTIME_API", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION"];

/// Starts `D` and serves events with what `wire` makes of it, until the process is stopped.
pub(super) fn run<D: App>(wire: impl FnOnce(&'static D) -> Handle + 'static) -> Exit {
    process(Box::pin(async move {
        // Never given back: it lives as long as the process does.
        let deps: &'static D = Box::leak(Box::new(D::start().await?));
        Ok(wire(deps))
    }))
}

fn process(start: LocalBoxFuture<'static, Result<Handle, StartError>>) -> Exit {
    let function = super::setting::setting_or("AWS_LAMBDA_FUNCTION_NAME", "unknown");
    log::init(&function);
    metrics::init(&function);
    std::panic::set_hook(Box::new(note_panic));

    if let Some(missing) = REQUIRED.into_iter().find(|name| std::env::var_os(name).is_none()) {
        tracing::error!(missing, "this binary runs as a Lambda function, and its runtime is not there");
        return Exit { failed: true };
    }
    // Lambda hands a process one event at a time, so one thread is all it ever uses.
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!(%error, "no async runtime");
            return Exit { failed: true };
        }
    };
    runtime.block_on(async {
        match start.await {
            Ok(handle) => serve(handle).await,
            Err(error) => {
                tracing::error!(error = %Chain(&error), "the function cannot start");
                Exit { failed: true }
            }
        }
    })
}

async fn serve(handle: Handle) -> Exit {
    let service = service_fn(|event: LambdaEvent<Box<RawValue>>| {
        let (event, context) = event.into_parts();
        let span = tracing::info_span!("invocation", request_id = context.request_id, cold = is_cold());
        let deadline = Deadline::at_ms(context.deadline);
        let answer = handle(Invocation { event, id: context.request_id, deadline });
        async { answer.await.map_err(|failed| diagnostic(&failed)) }.instrument(span)
    });
    match Runtime::new(service).run().await {
        Ok(()) => Exit { failed: false },
        Err(error) => {
            tracing::error!(error = %Chain(error.as_ref()), "the runtime stopped");
            Exit { failed: true }
        }
    }
}

/// Whether this is the first event of the process.
fn is_cold() -> bool {
    static COLD: AtomicBool = AtomicBool::new(true);
    COLD.swap(false, Ordering::Relaxed)
}

/// What Lambda is told of a failed invocation. It keeps it, so it is told nothing but that.
fn diagnostic(failed: &Failed) -> Diagnostic {
    let error_type = if failed.retryable() { "Kamai.TryLater" } else { "Kamai.Bug" };
    Diagnostic { error_type: error_type.to_owned(), error_message: failed.to_string() }
}

/// An answer as JSON.
pub(super) fn written<T: Serialize>(answer: &T) -> Result<Box<RawValue>, Failed> {
    to_raw_value(answer).map_err(Failed::bug)
}

/// Logs where a panic was, and its message if that was written down in the code. One that was put
/// together at run time may hold anything, as `str`'s own slicing panics quote the whole text.
fn note_panic(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map_or_else(|| "unknown".to_owned(), ToString::to_string);
    let said = panic.payload().downcast_ref::<&'static str>().copied().unwrap_or("(not shown)");
    tracing::error!(place, said, "panicked");
}

#[cfg(test)]
mod tests;
