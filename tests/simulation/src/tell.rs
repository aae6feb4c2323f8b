//! What a person reads.

use crate::{many::Summary, run::Report, world::Point};
use std::fmt::Write;

/// A failed seed: what is wrong, what happened before, and how to see it again.
pub fn failure(report: &Report) -> String {
    let mut text = format!("seed {} fails after {} events, {} of virtual time\n", report.seed, report.events, span(report.virtual_time));
    for finding in report.findings.iter().take(12) {
        _ = writeln!(text, "  ✗ {finding}");
    }
    if report.findings.len() > 12 {
        _ = writeln!(text, "  … and {} more", report.findings.len() - 12);
    }
    _ = writeln!(text, "  the last that happened:");
    for line in report.last_lines.iter().rev().take(25).rev() {
        _ = writeln!(text, "    {line}");
    }
    _ = write!(text, "  again, told whole: scripts/simulate --seed {} --trace", report.seed);
    text
}

pub fn summary(summary: &Summary) -> String {
    let mut text = format!(
        "{} seeds, {} failed, in {}: {} events, {} invocations, {} writes, {} frames\n",
        summary.seeds,
        summary.failed.len(),
        span(summary.took),
        summary.events,
        summary.invocations.values().sum::<u64>(),
        summary.writes,
        summary.frames
    );
    _ = writeln!(text, "virtual time {}, {:.0} times as fast as life on each core", span(summary.virtual_time), summary.ratio());
    let mut most: Vec<(&String, &u64)> = summary.invocations.iter().collect();
    most.sort_by_key(|(_, times)| std::cmp::Reverse(**times));
    let most: Vec<String> = most.into_iter().take(12).map(|(name, times)| format!("{name} {times}")).collect();
    _ = writeln!(text, "invoked most: {}", most.join(", "));
    let struck: Vec<String> = summary.struck.iter().map(|(fault, times)| format!("{fault} {times}")).collect();
    _ = write!(text, "faults that struck: {}", struck.join(", "));
    text
}

/// Points at which a process can die, a line each.
pub fn points(points: &[Point]) -> String {
    points.iter().map(|point| format!("{:<52} {}", point.name, point.told)).collect::<Vec<_>>().join("\n")
}

fn span(time: std::time::Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..120 => format!("{:.1} s", time.as_secs_f64()),
        120..7_200 => format!("{} min", seconds / 60),
        7_200..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}
