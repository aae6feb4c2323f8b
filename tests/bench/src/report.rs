//! Figures for people and for programs.

use crate::figures::{Bar, Figure};
use serde_json::json;
use std::io::{Write, stdout};

pub fn json(figures: &[Figure]) -> anyhow::Result<()> {
    let report = json!({ "machine": machine(), "figures": figures });
    writeln!(stdout(), "{}", serde_json::to_string_pretty(&report)?)?;
    Ok(())
}

pub fn text(figures: &[Figure]) -> anyhow::Result<()> {
    let mut out = stdout().lock();
    let machine = machine();
    writeln!(out, "{} cores, {}", machine["cores"], machine["cpu"].as_str().unwrap_or("an unknown processor"))?;
    let mut group = "";
    for figure in figures_by_group(figures) {
        if figure.group != group {
            group = figure.group;
            writeln!(out, "\n{group}")?;
        }
        writeln!(out, "  {:<44} {:>10} {:<9} {}", figure.what, number(figure.value), figure.unit, bar(figure))?;
    }
    let (held, all) =
        (figures.iter().filter(|figure| figure.within == Some(true)).count(), figures.iter().filter(|figure| figure.bar.is_some()).count());
    writeln!(out, "\n{held} of {all} bars hold")?;
    Ok(())
}

/// Groups in the order in which each first appears.
fn figures_by_group(figures: &[Figure]) -> Vec<&Figure> {
    let mut groups: Vec<&str> = Vec::new();
    for figure in figures {
        if !groups.contains(&figure.group) {
            groups.push(figure.group);
        }
    }
    groups.into_iter().flat_map(|group| figures.iter().filter(move |figure| figure.group == group)).collect()
}

fn number(value: f64) -> String {
    if value >= 100.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}

fn bar(figure: &Figure) -> String {
    let bound = match figure.bar {
        Some(Bar::AtMost(most)) => format!("≤ {most}"),
        Some(Bar::AtLeast(least)) => format!("≥ {least}"),
        None => return String::new(),
    };
    if figure.within == Some(true) { format!("bar {bound}") } else { format!("bar {bound}: NOT MET") }
}

fn machine() -> serde_json::Value {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cpu = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ").map(|(_, name)| name.to_owned()));
    json!({ "cores": cores, "cpu": cpu })
}
