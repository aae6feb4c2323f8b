//! The refusals that journeys were given, kept so that they can be looked through afterwards.

use std::{fs::OpenOptions, io::Write, path::Path};

/// Where they lie, from the folder of a package in `tests`.
pub const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../.local/log/problems.log");

/// Keeps an answer's body if it was a refusal. Without a folder for it, as on a machine that the
/// stack does not run on, it is not kept.
pub fn keep(status: u16, body: &str) {
    if status < 400 || !Path::new(FILE).parent().is_some_and(Path::is_dir) {
        return;
    }
    if let Ok(mut file) = OpenOptions::new().create(true).append(true).open(FILE) {
        // One write for each, so that those of parallel tests do not mix.
        let _ = file.write_all(format!("{}\n", body.replace('\n', " ")).as_bytes());
    }
}
