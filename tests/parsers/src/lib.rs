//! What must hold of every parser of outside input, whatever it is given.
//!
//! Each target takes any bytes and panics where a promise is broken: that what was parsed parses
//! again to the same, that no amount is out of range, that a signature of another message never
//! verifies, that nothing is taken that was to be refused. `cargo test` runs each over its seeds
//! and a fixed number of seeded mutations; `scripts/fuzz` lets libFuzzer look for longer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a broken promise ends the run")]

mod address;
mod aggregator;
mod bill;
mod csv;
mod http;
mod ids;
mod mutate;
mod phonepe;
mod ses;
mod signature;
mod sms;
mod sns;
mod socket;
mod statement;
mod subscription;
mod token;
mod twilio;
mod upi;
mod webhook;
mod whatsapp;

pub use mutate::Mutations;

/// A parser's promises, as a function of what it is given.
pub type Target = fn(&[u8]);

/// Every target, by name: `fuzz/fuzz_targets/{name}.rs` and `fuzz/seeds/{name}/` belong to it.
pub const TARGETS: &[(&str, Target)] = &[
    ("address", address::check),
    ("aggregator", aggregator::check),
    ("batch_csv", csv::check),
    ("bill", bill::check),
    ("checkout", signature::checkout),
    ("cursor", http::cursor),
    ("http_body", http::body),
    ("http_event", http::event),
    ("http_query", http::query),
    ("ids", ids::check),
    ("phonepe", phonepe::check),
    ("ses", ses::check),
    ("signature", signature::webhook),
    ("sms", sms::check),
    ("sns", sns::check),
    ("socket", socket::check),
    ("statement", statement::check),
    ("subscription", subscription::check),
    ("token", token::check),
    ("twilio", twilio::check),
    ("upi", upi::check),
    ("webhook", webhook::check),
    ("whatsapp", whatsapp::check),
];

/// The target of that name.
pub fn target(name: &str) -> Option<Target> {
    TARGETS.iter().find(|(known, _)| *known == name).map(|(_, target)| *target)
}

/// Input in two parts: the first line, and the rest.
fn halves(data: &[u8]) -> (&[u8], &[u8]) {
    match data.iter().position(|byte| *byte == b'\n') {
        Some(at) => (&data[..at], &data[at + 1..]),
        None => (data, b""),
    }
}

/// Both parts as text; bytes that are none are replaced, so that nothing is left untried.
fn texts(data: &[u8]) -> (String, String) {
    let (first, rest) = halves(data);
    (String::from_utf8_lossy(first).into_owned(), String::from_utf8_lossy(rest).into_owned())
}
