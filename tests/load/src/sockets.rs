//! Open sockets: how fast they open, what each costs, and how long after a commit its frame comes.
//!
//! Two processes, so that what is counted of ours has no client in it: [`drive`] has the gateway,
//! our handlers and the table; [`clients`] has the other ends.

pub mod clients;
pub mod drive;
mod gateway;
mod wire;

use crate::bounds::Bounds;
use anyhow::{Context, ensure};
use bench::{
    figures::{Bar, Figure, ms, quantile},
    progress::Progress,
};
use drive::Measured;
use std::{
    net::TcpListener,
    process::{Command, Stdio},
    time::Duration,
};

pub const CLIENTS: &str = "clients";
pub const GATEWAY: &str = "gateway";

/// Connections of a room.
pub const ROOM: usize = 100;

/// Of an addressed message and of a connection. Source: `design.md` section 9.
const ADDRESSED_P99_MS: f64 = 100.0;
const CONNECTION_BYTES: f64 = 40_000.0;

pub fn measure(sockets: usize, progress: &Progress) -> anyhow::Result<(Vec<Figure>, Vec<String>)> {
    Bounds::of_this_process().hold(sockets)?;
    progress.say(&format!("{sockets} sockets"));
    // The functions read where connections are posted to from their environment, so it is known before.
    let posts = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let mut child = Command::new(std::env::current_exe()?)
        .args([GATEWAY, &sockets.to_string(), &posts.to_string()])
        .envs([
            ("AWS_REGION", "ap-south-1"),
            ("AWS_ACCESS_KEY_ID", "load"),
            ("AWS_SECRET_ACCESS_KEY", "load"),
            ("KAMAI_CONNECTIONS_URL", &format!("http://{posts}/live")),
        ])
        // It ends when this pipe does.
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let held = child.stdin.take();
    let output = child.wait_with_output()?;
    drop(held);
    ensure!(output.status.success(), "the gateway's process failed; what it said stands above");
    figures(&serde_json::from_slice(&output.stdout).context("the gateway's process said something else")?)
}

fn durations(nanoseconds: &[u64]) -> Vec<Duration> {
    nanoseconds.iter().copied().map(Duration::from_nanos).collect()
}

/// p50, p99 and the largest.
fn spread(what: &str, nanoseconds: &[u64], p99: Option<f64>) -> Vec<Figure> {
    let mut samples = durations(nanoseconds);
    let mut figure = |name: &str, share| Figure::new("sockets", format!("{what}, {name}"), ms(quantile(&mut samples, share)), "ms");
    let (half, most, max) = (figure("p50", 0.5), figure("p99", 0.99), figure("max", 1.0));
    vec![half, p99.map_or(most.clone(), |bound| most.bar(Bar::AtMost(bound))), max]
}

fn figures(measured: &Measured) -> anyhow::Result<(Vec<Figure>, Vec<String>)> {
    ensure!(!measured.addressed.is_empty() && !measured.room.is_empty(), "no frame came");
    let open = measured.opened as f64;
    let figure = |what: &str, value, unit| Figure::new("sockets", what, value, unit);
    let each = |bytes: u64| bytes as f64 / open;
    let mut figures = vec![
        figure("open at once", open, "sockets").bar(Bar::AtLeast(measured.asked as f64)),
        figure("opened: ticket taken, connection kept, handshake", open / measured.open_seconds, "a second"),
        figure("subscribed to two channels each, and told so", open / measured.subscribe_seconds, "a second"),
        figure("rows of the live table for a connection", each(measured.row_bytes), "bytes").bar(Bar::AtMost(CONNECTION_BYTES)),
        figure("rows of the live table for a connection, their number", measured.rows as f64 / open, "rows"),
    ];
    if let Some(resident) = measured.resident_bytes {
        figures.push(
            figure("resident memory of our process for it, rows included", each(resident), "bytes").bar(Bar::AtMost(CONNECTION_BYTES)),
        );
    }
    figures.extend(spread("addressed, from commit to frame", &measured.addressed, Some(ADDRESSED_P99_MS)));
    figures.extend(spread("addressed, from when the transfer was due to frame", &measured.addressed_whole, None));
    if let Some(waited) = measured.addressed_waited {
        figures.push(figure("meanwhile our process waited for a core, of the time it wanted one", waited * 100.0, "%"));
    }
    figures.push(figure("addressed, lost", measured.addressed_lost as f64, "frames").bar(Bar::AtMost(0.0)));
    figures.extend(spread(&format!("one fact on {ROOM} connections of one user, each frame"), &measured.room, None));
    figures.extend(spread(&format!("one fact on {ROOM} connections of one user, its last frame"), &measured.room_last, None));
    figures.push(figure("one fact on many connections, lost", measured.room_lost as f64, "frames").bar(Bar::AtMost(0.0)));
    // When each was there last stays for a while: one row a user. All else is statistics, a row for all of them.
    let left = measured.rows_left as f64 / measured.users.max(1) as f64;
    figures.push(figure("rows left after all have gone, a user", left, "rows").bar(Bar::AtMost(1.01)));
    let notes = vec![
        format!(
            "Sockets: our process is the gateway's stand-in, the handlers and the embedded table together, on the same cores as the {} \
             clients. Frames go out by the SDK's call to @connections over HTTP, as in production. Addressed: {} transfers a second, {} \
             frames each; the kernel's own socket memory is not counted.",
            measured.opened,
            drive::TRANSFERS_A_SECOND,
            drive::FRAMES_OF_A_TRANSFER,
        ),
        format!("The fan-out is one user with {ROOM} connections that all show the same fact."),
    ];
    Ok((figures, notes))
}
