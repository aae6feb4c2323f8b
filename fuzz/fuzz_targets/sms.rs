#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| parsers::target("sms").expect("a target of this name")(data));
