//! How much the whole can carry: sockets, money at rising rates, and the ledger beside PostgreSQL's.
//!
//! `load [--json] [--sockets N] [--only PART]… [--postgres FOLDER] [--scratch FOLDER]`;
//! `scripts/load` builds it and brings PostgreSQL.

mod bounds;
mod money;
mod peer;
mod rates;
mod sockets;
mod waits;

use anyhow::{Context, bail, ensure};
use bench::{figures::Figure, progress::Progress, report};
use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

const RUN_MAX: Duration = Duration::from_secs(20 * 60);
const USAGE: &str = "Usage: scripts/load [--json] [--sockets N] [--only sockets|money|peer]";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Sockets,
    Money,
    Peer,
}

struct Options {
    json: bool,
    sockets: usize,
    parts: Vec<Part>,
    /// The folder of PostgreSQL's socket.
    postgres: Option<PathBuf>,
    /// A folder on a disk, for what is to last.
    scratch: PathBuf,
}

fn options(mut args: impl Iterator<Item = String>) -> anyhow::Result<Options> {
    let mut options = Options { json: false, sockets: 10_000, parts: Vec::new(), postgres: None, scratch: std::env::temp_dir() };
    while let Some(arg) = args.next() {
        let mut value = || args.next().with_context(|| format!("{arg} needs a value. {USAGE}"));
        match arg.as_str() {
            "--json" => options.json = true,
            "--sockets" => options.sockets = value()?.parse().context(USAGE)?,
            "--only" => options.parts.push(match value()?.as_str() {
                "sockets" => Part::Sockets,
                "money" => Part::Money,
                "peer" => Part::Peer,
                other => bail!("{other} is no part. {USAGE}"),
            }),
            "--postgres" => options.postgres = Some(value()?.into()),
            "--scratch" => options.scratch = value()?.into(),
            other => bail!("{other} is not understood. {USAGE}"),
        }
    }
    if options.parts.is_empty() {
        options.parts = vec![Part::Sockets, Part::Money, Part::Peer];
    }
    let least = 2 * sockets::ROOM;
    ensure!(options.sockets >= least, "--sockets is at least {least}: {} of them are a room", sockets::ROOM);
    Ok(options)
}

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1).peekable();
    // Both ends of the sockets are this program, started by itself.
    match args.peek().map(String::as_str) {
        Some(sockets::CLIENTS) => return sockets::clients::main(),
        Some(sockets::GATEWAY) => return sockets::drive::main(),
        _ => {}
    }
    let options = options(args)?;
    bound_the_run();
    let begun = Instant::now();
    let (mut figures, mut notes) = (Vec::new(), vec![load_average()]);
    let progress = Progress::on_stderr();
    for part in &options.parts {
        let (measured, said): (Vec<Figure>, Vec<String>) = match part {
            Part::Sockets => sockets::measure(options.sockets, &progress)?,
            Part::Money => money::measure(&progress)?,
            Part::Peer => {
                let socket = options.postgres.as_deref().context("where PostgreSQL is was not said; run scripts/load")?;
                peer::measure(socket, &options.scratch, &progress)?
            }
        };
        figures.extend(measured);
        notes.extend(said);
    }
    progress.clear();
    notes.push(format!("The run took {} s.", begun.elapsed().as_secs()));
    if options.json { report::json(&figures, &notes) } else { report::text(&figures, &[money::TABLE, peer::TABLE, peer::KEPT], &notes) }
}

/// Nobody waits for what has stopped: the parts of a run take minutes, whatever the machine does.
fn bound_the_run() {
    std::thread::spawn(|| {
        std::thread::sleep(RUN_MAX);
        // Its children end with it.
        eprintln!("load: given up after {} s", RUN_MAX.as_secs());
        std::process::exit(1);
    });
}

/// Of the machine as this run found it; at its end the run itself is in it.
fn load_average() -> String {
    let told = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let averages: Vec<&str> = told.split(' ').take(3).collect();
    format!("Load of this machine over 1, 5 and 15 minutes before the run: {}.", averages.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(args: &[&str]) -> anyhow::Result<Options> {
        options(args.iter().map(|arg| (*arg).to_owned()))
    }

    #[test]
    fn a_run_without_arguments_measures_everything_with_ten_thousand_sockets() {
        let options = read(&[]).unwrap();
        assert_eq!((options.sockets, options.parts.len(), options.json), (10_000, 3, false));
        assert_eq!(read(&["--only", "peer", "--only", "money"]).unwrap().parts, [Part::Peer, Part::Money]);
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for args in [&["--sockets"][..], &["--sockets", "many"], &["--sockets", "10"], &["--only", "fun"], &["--fast"]] {
            assert!(read(args).is_err(), "{args:?}");
        }
    }
}
