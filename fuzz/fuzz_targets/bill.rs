#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| parsers::target("bill").expect("a target of this name")(data));
