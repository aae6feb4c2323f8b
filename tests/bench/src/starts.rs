//! Cold start, size and memory of every function, beside those of the hello-world function.

use crate::{Options, process::Host};
use anyhow::Context;
use bench::{
    figures::{Bar, Figure, ms, quantile},
    progress::Progress,
    report::Table,
};
use flate2::{Compression, write::DeflateEncoder};
use functions::table::FUNCTIONS;
use serde_json::Value;
use std::{io::Write, path::Path, time::Duration};

/// What is measured of each function.
pub const TABLE: Table = Table { title: "functions", groups: &["cold start", "of hello's", "zipped", "resident"] };

const HELLO: &str = "hello";
const MEGABYTE: f64 = 1_000_000.0;
const MEBIBYTE: f64 = 1024.0 * 1024.0;

/// Starts each function, and hello as often right beside it.
pub async fn measure(host: &Host, options: &Options, progress: &Progress) -> anyhow::Result<Vec<Figure>> {
    let mut figures = Vec::new();
    let mut all_hello = Vec::new();
    let is_meant = |name: &str| options.of.is_empty() || options.of.iter().any(|of| of == name);
    for function in FUNCTIONS.iter().filter(|function| is_meant(function.name)) {
        progress.say(&format!("cold starts: {}", function.name));
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..options.starts {
            theirs.push(host.start(HELLO).await?.cold);
            ours.push(host.start(function.name).await?.cold);
        }
        let (own, hello) = (quantile(&mut ours, 0.5), quantile(&mut theirs, 0.5));
        all_hello.extend(theirs);
        figures.push(Figure::new("cold start", function.name, ms(own), "ms"));
        let ratio = own.as_secs_f64() / hello.as_secs_f64();
        figures.push(Figure::new("of hello's", function.name, ratio, "×").bar(Bar::AtMost(1.25)));
        figures.push(zipped(&host.binary(function.name), function.name)?.bar(Bar::AtMost(6.0)));
        if let Some(resident) = resident(host, function.name).await? {
            figures.push(Figure::new("resident", function.name, resident, "MiB").bar(Bar::AtMost(25.0)));
        }
    }
    figures.push(Figure::new("cold start", HELLO, ms(quantile(&mut all_hello, 0.5)), "ms"));
    figures.push(zipped(&host.binary(HELLO), HELLO)?);
    Ok(figures)
}

/// As it is uploaded: deflated.
fn zipped(binary: &Path, name: &str) -> anyhow::Result<Figure> {
    let bytes = std::fs::read(binary).with_context(|| binary.display().to_string())?;
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&bytes)?;
    Ok(Figure::new("zipped", name, encoder.finish()?.len() as f64 / MEGABYTE, "MB"))
}

/// After the function's first event, whatever its answer: connections are open and caches filled.
async fn resident(host: &Host, name: &str) -> anyhow::Result<Option<f64>> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../events")).join(format!("{name}.json"));
    let event: Value = serde_json::from_slice(&std::fs::read(&path).with_context(|| path.display().to_string())?)?;
    let mut process = host.start(name).await?;
    // An event made for a table with other rows may be refused; that is an answer too.
    let _ = process.invoke(&event).await;
    tokio::time::sleep(Duration::from_millis(20)).await;
    Ok(process.resident_bytes().map(|bytes| bytes as f64 / MEBIBYTE))
}
