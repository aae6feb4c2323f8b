//! Each target over its seeds and a fixed number of mutations of them: the same every time, on any
//! toolchain, in seconds. `KAMAI_FUZZ_ROUNDS` makes it longer.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use parsers::{Mutations, TARGETS};
use std::{
    collections::BTreeSet,
    fmt::Write,
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

/// Mutations of each target. All together take some five seconds in a debug build on two idle cores.
const ROUNDS: usize = 8_000;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn names(folder: &Path) -> BTreeSet<String> {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    files.map(|name| name.trim_end_matches(".rs").to_owned()).collect()
}

#[test]
fn every_target_has_seeds_and_a_program_and_there_are_no_others() {
    let targets: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names(&root().join("fuzz/seeds")), targets);
    assert_eq!(names(&root().join("fuzz/fuzz_targets")), targets);
    let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
    for name in &targets {
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name} is not in fuzz/Cargo.toml");
    }
}

fn run(name: &str) {
    let target = parsers::target(name).unwrap();
    let rounds = std::env::var("KAMAI_FUZZ_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(ROUNDS);
    let folder = root().join("fuzz/seeds").join(name);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let seeds: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).unwrap()).collect();
    let number = name.bytes().fold(0x6b61_6d61_6921, |sum: u64, byte| sum.wrapping_mul(131).wrapping_add(u64::from(byte)));
    for input in seeds.iter().cloned().chain(Mutations::new(&seeds, number).take(rounds)) {
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| target(&input))) {
            let said = panic.downcast_ref::<String>().cloned().unwrap_or_else(|| panic.downcast_ref::<&str>().unwrap_or(&"").to_string());
            let shown = input.iter().fold(String::new(), |mut shown, byte| {
                let _ = write!(shown, "{}", byte.escape_ascii());
                shown
            });
            panic!("{name} breaks a promise: {said}\nwith b\"{shown}\"");
        }
    }
}

macro_rules! targets {
    ($($name:ident)*) => {
        $(#[test] fn $name() { run(stringify!($name)); })*

        #[test]
        fn every_target_is_run() {
            assert_eq!([$(stringify!($name)),*].as_slice(), TARGETS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        }
    };
}

targets! {
    address aggregator batch_csv bill checkout cursor http_body http_event http_query ids phonepe ses signature sms sns socket statement
    subscription token twilio upi webhook whatsapp
}
