//! Figures for people and for programs.

use crate::figures::{Bar, Figure};
use serde_json::json;
use std::io::{Write, stdout};

/// What is measured of each function, so that it stands in a table of its own.
const PER_FUNCTION: [&str; 4] = ["cold start", "of hello's", "zipped", "resident"];

/// `notes` say in words what the figures mean.
pub fn json(figures: &[Figure], notes: &[String]) -> anyhow::Result<()> {
    let mut report = json!({ "machine": machine(), "figures": figures });
    if !notes.is_empty() {
        report["notes"] = notes.into();
    }
    writeln!(stdout(), "{}", serde_json::to_string_pretty(&report)?)?;
    Ok(())
}

pub fn text(figures: &[Figure], notes: &[String]) -> anyhow::Result<()> {
    let mut out = stdout().lock();
    let machine = machine();
    let load = machine["load"].as_f64().map_or(String::new(), |load| format!(", load {load}"));
    writeln!(out, "{} cores, {}{load}", machine["cores"], machine["cpu"].as_str().unwrap_or("an unknown processor"))?;
    let (per_function, others): (Vec<_>, Vec<_>) = figures.iter().partition(|figure| PER_FUNCTION.contains(&figure.group));
    let mut group = "";
    for figure in in_groups(&others) {
        if figure.group != group {
            group = figure.group;
            writeln!(out, "\n{group}")?;
        }
        writeln!(out, "  {:<62} {:>8} {:<8} {}", figure.what, number(figure.value), figure.unit, bar(figure))?;
    }
    if !per_function.is_empty() {
        table(&mut out, &per_function)?;
    }
    if !notes.is_empty() {
        writeln!(out)?;
    }
    for note in notes {
        writeln!(out, "{note}")?;
    }
    let (held, all) =
        (figures.iter().filter(|figure| figure.within == Some(true)).count(), figures.iter().filter(|figure| figure.bar.is_some()).count());
    writeln!(out, "\n{held} of {all} bars hold")?;
    Ok(())
}

/// One row a function, one column a group.
fn table(out: &mut impl Write, figures: &[&Figure]) -> anyhow::Result<()> {
    let in_group = |group: &str| figures.iter().find(|figure| figure.group == group);
    write!(out, "\n{:<30}", "functions")?;
    for group in PER_FUNCTION {
        write!(out, " {:>22}", format!("{group}, {}", in_group(group).map_or("", |figure| figure.unit)))?;
    }
    write!(out, "\n{:<30}", "  bar")?;
    for group in PER_FUNCTION {
        let bound = figures.iter().filter(|figure| figure.group == group).find_map(|figure| figure.bar);
        write!(out, " {:>22}", bound.map_or(String::new(), bound_text))?;
    }
    let mut names: Vec<&str> = figures.iter().map(|figure| figure.what.as_str()).collect();
    names.dedup();
    for name in names {
        write!(out, "\n  {name:<28}")?;
        for group in PER_FUNCTION {
            let cell = figures.iter().find(|figure| figure.group == group && figure.what == name);
            let text = cell.map_or(String::new(), |figure| {
                format!("{}{}", if figure.within == Some(false) { "NOT MET " } else { "" }, number(figure.value))
            });
            write!(out, " {text:>22}")?;
        }
    }
    writeln!(out)?;
    Ok(())
}

/// Groups in the order in which each first appears.
fn in_groups<'a>(figures: &[&'a Figure]) -> Vec<&'a Figure> {
    let mut groups: Vec<&str> = Vec::new();
    for figure in figures {
        if !groups.contains(&figure.group) {
            groups.push(figure.group);
        }
    }
    groups.into_iter().flat_map(|group| figures.iter().copied().filter(move |figure| figure.group == group)).collect()
}

fn number(value: f64) -> String {
    if value >= 100.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}

fn bound_text(bar: Bar) -> String {
    match bar {
        Bar::AtMost(most) => format!("≤ {most}"),
        Bar::AtLeast(least) => format!("≥ {least}"),
    }
}

fn bar(figure: &Figure) -> String {
    let Some(bar) = figure.bar else { return String::new() };
    format!("bar {}{}", bound_text(bar), if figure.within == Some(true) { "" } else { ": NOT MET" })
}

fn machine() -> serde_json::Value {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cpu = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ").map(|(_, name)| name.to_owned()));
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load: Option<f64> = load.split(' ').next().and_then(|minute| minute.parse().ok());
    json!({ "cores": cores, "cpu": cpu, "load": load })
}
