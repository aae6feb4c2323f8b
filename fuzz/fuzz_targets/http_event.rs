#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| parsers::target("http_event").expect("a target of this name")(data));
