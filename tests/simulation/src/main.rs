//! Runs seeds: `simulate [--seeds N] [--from SEED] [--seed SEED [--trace]] [--points | --die]`.

use anyhow::{Context, Result, bail};
use simulation::{
    die::die_at_each,
    many::run_all,
    tell,
    walk::{points, walk},
    world::Common,
};
use std::{
    io::{IsTerminal, Write},
    process::ExitCode,
    sync::atomic::{AtomicU64, Ordering},
};

const USAGE: &str = "simulate [--seeds N] [--from SEED] [--seed SEED [--trace]] | --points | --die\n\n\
    \x20 --seeds N     how many seeds (200)\n\
    \x20 --from SEED   the first (1)\n\
    \x20 --seed SEED   this one alone\n\
    \x20 --trace       print what happens\n\
    \x20 --points      print every await point at which a process can die and leave traces\n\
    \x20 --die         let a process die at each of them, each at least once";

struct Asked {
    seeds: u64,
    from: u64,
    points: bool,
    die: bool,
}

fn asked() -> Result<Option<Asked>> {
    let mut asked = Asked { seeds: 200, from: 1, points: false, die: false };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut number = || -> Result<u64> {
            let text = words.next().with_context(|| format!("{word} needs a number"))?;
            text.parse().with_context(|| format!("{word} {text}: not a number"))
        };
        match word.as_str() {
            "--seeds" => asked.seeds = number()?,
            "--from" => asked.from = number()?,
            "--seed" => (asked.seeds, asked.from) = (1, number()?),
            "--trace" => simulation::journal::print_everything(),
            "--points" => asked.points = true,
            "--die" => (asked.points, asked.die) = (true, true),
            "--help" | "-h" => return Ok(None),
            other => bail!("{other} is not understood\n\n{USAGE}"),
        }
    }
    Ok(Some(asked))
}

fn main() -> Result<ExitCode> {
    let Some(Asked { seeds, from, points, die }) = asked()? else {
        println!("{USAGE}");
        return Ok(ExitCode::SUCCESS);
    };
    let common = Common::new()?;
    if points {
        return at_points(&common, die);
    }
    let (done, shows) = (AtomicU64::new(0), std::io::stderr().is_terminal() && seeds > 1);
    let summary = run_all(&common, from..from + seeds, |report| {
        let done = done.fetch_add(1, Ordering::SeqCst) + 1;
        if !report.is_clean() {
            println!("{}\n", tell::failure(report));
        }
        if report.real_time.as_secs() > 30 {
            eprintln!("seed {} took {:.0} s: {} events", report.seed, report.real_time.as_secs_f64(), report.events);
        }
        if shows {
            let width = 40 * done / seeds;
            eprint!("\r[{:<40}] {done}/{seeds} ", "=".repeat(usize::try_from(width).unwrap_or(0)));
            let _ = std::io::stderr().flush();
        }
        true
    })?;
    if shows {
        eprintln!();
    }
    println!("{}", tell::summary(&summary));
    Ok(if summary.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn at_points(common: &Common, die: bool) -> Result<ExitCode> {
    let points = points(&walk(common, Vec::new())?.passed);
    println!("{}\n{} points", tell::points(&points), points.len());
    let failed = if die { die_at_each(common, &points) } else { Vec::new() };
    for failed in &failed {
        println!("\n{failed}");
    }
    if die {
        println!("{} of {} leave something undone", failed.len(), points.len());
    }
    Ok(if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
