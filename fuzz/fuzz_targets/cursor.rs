#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| parsers::target("cursor").expect("a target of this name")(data));
