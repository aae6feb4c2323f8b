#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| parsers::target("aggregator").expect("a target of this name")(data));
