//! Figures for people and for programs.

use crate::figures::{Bar, Figure};
use serde_json::json;
use std::io::{Write, stdout};

/// Figures that stand side by side: a column a group, a row for each that something is measured of.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    pub title: &'static str,
    pub groups: &'static [&'static str],
}

/// `notes` say in words what the figures mean.
pub fn json(figures: &[Figure], notes: &[String]) -> anyhow::Result<()> {
    let mut report = json!({ "machine": machine(), "figures": figures });
    if !notes.is_empty() {
        report["notes"] = notes.into();
    }
    writeln!(stdout(), "{}", serde_json::to_string_pretty(&report)?)?;
    Ok(())
}

pub fn text(figures: &[Figure], tables: &[Table], notes: &[String]) -> anyhow::Result<()> {
    let mut out = stdout().lock();
    let machine = machine();
    let load = machine["load"].as_f64().map_or(String::new(), |load| format!(", load {load}"));
    writeln!(out, "{} cores, {}{load}", machine["cores"], machine["cpu"].as_str().unwrap_or("an unknown processor"))?;
    let (in_tables, others): (Vec<_>, Vec<_>) =
        figures.iter().partition(|figure| tables.iter().any(|table| table.groups.contains(&figure.group)));
    let mut group = "";
    for figure in in_groups(&others) {
        if figure.group != group {
            group = figure.group;
            writeln!(out, "\n{group}")?;
        }
        writeln!(out, "  {:<62} {:>8} {:<8} {}", figure.what, number(figure.value), figure.unit, bar(figure))?;
    }
    for table in tables {
        let figures: Vec<&Figure> = in_tables.iter().copied().filter(|figure| table.groups.contains(&figure.group)).collect();
        if !figures.is_empty() {
            write!(out, "\n{}", table.text(&figures))?;
        }
    }
    for note in notes {
        writeln!(out, "\n{}", wrapped(note))?;
    }
    let (held, all) =
        (figures.iter().filter(|figure| figure.within == Some(true)).count(), figures.iter().filter(|figure| figure.bar.is_some()).count());
    writeln!(out, "\n{held} of {all} bars hold")?;
    Ok(())
}

impl Table {
    fn text(&self, figures: &[&Figure]) -> String {
        let mut names: Vec<&str> = Vec::new();
        for figure in figures {
            if !names.contains(&figure.what.as_str()) {
                names.push(&figure.what);
            }
        }
        let cell = |name: &str, group: &str| {
            let cell = figures.iter().find(|figure| figure.group == group && figure.what == name);
            cell.map_or(String::new(), |figure| {
                format!("{}{}", if figure.within == Some(false) { "NOT MET " } else { "" }, number(figure.value))
            })
        };
        let known = |group: &str| figures.iter().find(|figure| figure.group == group);
        let bound = |group: &str| figures.iter().filter(|figure| figure.group == group).find_map(|figure| figure.bar).map(bound_text);
        let mut rows = vec![(self.title, self.groups.iter().map(|group| (*group).to_owned()).collect::<Vec<String>>())];
        rows.push(("", self.groups.iter().map(|group| known(group).map_or("", |figure| figure.unit).to_owned()).collect()));
        if self.groups.iter().any(|group| bound(group).is_some()) {
            rows.push(("bar", self.groups.iter().map(|group| bound(group).unwrap_or_default()).collect()));
        }
        rows.extend(names.iter().map(|name| (*name, self.groups.iter().map(|group| cell(name, group)).collect())));

        let first = rows.iter().map(|(name, _)| name.chars().count() + 2).max().unwrap_or_default();
        let width = |column: usize| rows.iter().filter_map(|(_, cells)| Some(cells.get(column)?.chars().count() + 2)).max().unwrap_or(0);
        let widths: Vec<usize> = (0..self.groups.len()).map(width).collect();
        let mut text = String::new();
        for (number, (name, cells)) in rows.iter().enumerate() {
            let name = if number == 0 { (*name).to_owned() } else { format!("  {name}") };
            text.push_str(&format!("{name:<first$}"));
            for (cell, width) in cells.iter().zip(&widths) {
                text.push_str(&format!("{cell:>width$}"));
            }
            text.push('\n');
        }
        text
    }
}

/// In lines that a terminal holds; what begins with spaces stays as it is.
fn wrapped(note: &str) -> String {
    const WIDTH: usize = 118;
    let mut lines: Vec<String> = Vec::new();
    for line in note.lines() {
        let mut current = String::new();
        if line.starts_with(' ') {
            lines.push(line.to_owned());
            continue;
        }
        for word in line.split(' ') {
            if !current.is_empty() && current.chars().count() + 1 + word.chars().count() > WIDTH {
                lines.push(std::mem::take(&mut current));
            }
            if !current.is_empty() {
                current.push(' ');
            }
            current.push_str(word);
        }
        lines.push(current);
    }
    lines.join("\n")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_a_column_a_group_and_says_what_is_not_met() {
        let figures = [
            Figure::new("cold start", "api-a", 12.0, "ms").bar(Bar::AtMost(20.0)),
            Figure::new("zipped", "api-a", 7.0, "MB").bar(Bar::AtMost(6.0)),
            Figure::new("cold start", "hello", 123.4, "ms"),
        ];
        let table = Table { title: "functions", groups: &["cold start", "zipped"] };
        let text = table.text(&figures.iter().collect::<Vec<_>>());
        let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines[0], ["functions", "cold", "start", "zipped"]);
        assert_eq!(lines[2], ["bar", "≤", "20", "≤", "6"]);
        assert_eq!(lines[3], ["api-a", "12.00", "NOT", "MET", "7.00"]);
        assert_eq!(lines[4], ["hello", "123"]);
    }

    #[test]
    fn words_are_kept_whole_and_in_order() {
        let note = "word ".repeat(60);
        let wrapped = wrapped(note.trim_end());
        assert!(wrapped.lines().count() == 3 && wrapped.lines().all(|line| line.len() <= 118));
        assert_eq!(wrapped.split_whitespace().count(), 60);
        assert_eq!(super::wrapped("  as it is"), "  as it is");
    }
}
