//! The log: one JSON object per line on stderr, flat, with nothing personal in it.
//!
//! Fields of the spans around an event are members of its line, so every line of an invocation
//! can be found by its `request_id`, and every line about a user by their [`pseudonym`](mod@pseudonym).

pub mod chain;
mod line;
pub mod pseudonym;
pub mod scrub;
pub mod trace;

use std::sync::Once;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::Registry;

use self::line::Lines;
use self::pseudonym::pseudonym;

/// Begins to log. `function` is the name that each line carries. Once per process; later calls do
/// nothing.
///
/// Other people's crates are heard from warnings up: what they say below that may quote requests.
pub fn init(function: &str) {
    static INIT: Once = Once::new();
    INIT.call_once(|| {
        let levels = Targets::new()
            .with_default(LevelFilter::WARN)
            .with_targets(["lambda", "functions", "store", "providers", "domain"].map(|ours| (ours, LevelFilter::INFO)))
            // A target stands for all that begin like it, and this crate's name is the shorter one.
            .with_target("lambda_runtime", LevelFilter::WARN);
        let subscriber = Registry::default().with(Lines::new(function.to_owned(), std::io::stderr).with_filter(levels));
        // It only fails where a subscriber is set already, and then that one is wanted.
        let _ = tracing::subscriber::set_global_default(subscriber);
    });
}

/// Notes who is speaking, in the span of the request being worked on.
pub fn speaking(user_id: &str) {
    tracing::Span::current().record("user", pseudonym(user_id).as_str());
}

#[cfg(test)]
mod tests;
