//! The gateway's process: our handlers and their table behind a gateway, driven from within.

use super::{
    CLIENTS, ROOM,
    gateway::Gateway,
    wire::{Ask, Frame, Told, Wanted, now_ns},
};
use crate::{rates::Step, waits::Waits};
use anyhow::{Context, anyhow, bail, ensure};
use aws_config::BehaviorVersion;
use bench::{progress::Progress, resident, world};
use domain::{Timestamp, fact::Fact, transfer::OpenTransfer};
use embedded::{Database, Meter};
use functions::{
    announce::Try,
    api::sha256_hex,
    clock::Clock,
    config::{Places, Settings},
    deps::Deps,
    outlets::AwsOutlets,
};
use futures::{StreamExt, TryStreamExt, stream};
use lambda::secrets::Secrets;
use serde::{Deserialize, Serialize};
use std::{
    collections::HashMap,
    io::{Read, stdin},
    net::SocketAddr,
    process::Stdio,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    net::TcpListener,
    process::{Child, ChildStdin, ChildStdout, Command},
    task::JoinSet,
    time::{Instant, sleep, sleep_until},
};

/// Addressed messages: transfers between two users who both look on, by two channels each.
pub const TRANSFERS_A_SECOND: usize = 50;
pub const FRAMES_OF_A_TRANSFER: usize = 4;
const ADDRESSED: Step = Step { rate: TRANSFERS_A_SECOND as f64, seconds: 12.0 };
/// Facts for the room.
const FANNED: Step = Step { rate: 4.0, seconds: 12.0 };
/// Users with money; the others only receive.
const SENDERS: usize = 400;
/// Sockets that are opened together. Their tickets are good for 30 s.
const BATCH: usize = 500;
/// For the last frames to come.
const PATIENCE_MS: u64 = 10_000;

/// What was measured, in bytes, seconds and nanoseconds.
#[derive(Debug, Serialize, Deserialize)]
pub struct Measured {
    pub asked: usize,
    pub opened: usize,
    pub open_seconds: f64,
    pub subscribe_seconds: f64,
    pub rows: u64,
    pub row_bytes: u64,
    pub resident_bytes: Option<u64>,
    pub addressed: Vec<u64>,
    pub addressed_whole: Vec<u64>,
    pub addressed_lost: usize,
    /// Of the time in which our process wanted a core for that, the share in which others had it.
    pub addressed_waited: Option<f64>,
    pub room: Vec<u64>,
    pub room_last: Vec<u64>,
    pub room_lost: usize,
    pub users: usize,
    pub rows_left: i64,
}

pub fn main() -> anyhow::Result<()> {
    // Ends with who started it, however that ended.
    std::thread::spawn(|| {
        let _ = stdin().read_to_end(&mut Vec::new());
        std::process::exit(1);
    });
    let mut args = std::env::args().skip(2);
    let sockets: usize = args.next().context("how many sockets?")?.parse()?;
    let posts: SocketAddr = args.next().context("posts on which address?")?.parse()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let measured = runtime.block_on(measure(sockets, posts))?;
    serde_json::to_writer(std::io::stdout().lock(), &measured)?;
    Ok(())
}

/// The other ends, in their process.
struct Clients {
    _child: Child,
    asks: ChildStdin,
    told: Lines<BufReader<ChildStdout>>,
}

impl Clients {
    fn start() -> anyhow::Result<Self> {
        let mut child =
            Command::new(std::env::current_exe()?).arg(CLIENTS).stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
        let (asks, told) = (child.stdin.take().context("no pipe")?, child.stdout.take().context("no pipe")?);
        Ok(Self { _child: child, asks, told: BufReader::new(told).lines() })
    }

    async fn ask(&mut self, ask: &Ask) -> anyhow::Result<Told> {
        let mut line = serde_json::to_vec(ask)?;
        line.push(b'\n');
        self.asks.write_all(&line).await?;
        let told = self.told.next_line().await?.context("the clients are gone; what they said stands above")?;
        Ok(serde_json::from_str(&told)?)
    }

    async fn frames(&mut self, expected: usize) -> anyhow::Result<Vec<Frame>> {
        match self.ask(&Ask::Frames { expected, patience_ms: PATIENCE_MS }).await? {
            Told::Frames { frames } => Ok(frames),
            other => bail!("the clients said {other:?}"),
        }
    }
}

/// When a fact was due, and when it was committed.
#[derive(Clone, Copy)]
struct Stamp {
    due_ns: u64,
    committed_ns: u64,
}

type Stamps = Arc<Mutex<HashMap<String, Stamp>>>;

struct Drive {
    deps: Arc<Deps>,
    database: Database,
    gateway: Arc<Gateway>,
    clients: Clients,
    progress: Progress,
    address: SocketAddr,
    /// The room's one user comes after all others.
    users: usize,
    /// Of each user.
    sessions: Vec<String>,
}

async fn measure(sockets: usize, posts: SocketAddr) -> anyhow::Result<Measured> {
    let aws = aws_config::defaults(BehaviorVersion::latest()).load().await;
    let outlets = Arc::new(AwsOutlets::from_env(&aws).map_err(|error| anyhow!("{error}"))?);
    let database = embedded::database()?;
    let store = embedded::store_in(database.clone(), Some(Arc::new(Meter::time()))).await?;
    let secrets = Secrets::in_memory::<String, String>([]);
    let deps = Arc::new(Deps::new(store, Clock::System, outlets, secrets, Settings::default(), Places::default()));
    let gateway = Gateway::new(deps.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    gateway.serve(listener, TcpListener::bind(posts).await.context("somebody took the port for posts")?);
    let (clients, progress, users) = (Clients::start()?, Progress::on_stderr(), sockets - ROOM);
    let mut drive = Drive { deps, database, gateway, clients, progress, address, users, sessions: Vec::new() };
    drive.people().await?;
    let measured = drive.run(sockets).await;
    drive.progress.clear();
    measured
}

impl Drive {
    /// Everybody has a wallet and is signed in; some have money.
    async fn people(&mut self) -> anyhow::Result<()> {
        self.progress.say("sockets: users");
        let (store, senders) = (&self.deps.store, self.senders());
        let person = async |number: usize| {
            if number < senders {
                world::fund(store, number..number + 1).await?;
            } else {
                world::open(store, number).await?;
            }
            Ok::<_, anyhow::Error>(world::sign_in(store, number).await?.to_string())
        };
        self.sessions = stream::iter(0..=self.users).map(person).buffered(16).try_collect().await?;
        Ok(())
    }

    /// How many users have money: an even number.
    fn senders(&self) -> usize {
        SENDERS.min(self.users) / 2 * 2
    }

    async fn run(&mut self, sockets: usize) -> anyhow::Result<Measured> {
        let (rows_before, bytes_before) = self.live_rows()?;
        let resident_before = resident::bytes("self");
        let (opened, open_seconds, subscribe_seconds) = self.open_all(sockets).await?;
        let (rows, bytes) = self.live_rows()?;
        let resident_after = resident::bytes("self");

        let before = Waits::so_far();
        let (addressed, addressed_whole, addressed_lost) = self.addressed().await?;
        let addressed_waited = Waits::so_far().share_since(before);
        let (room, room_last, room_lost) = self.fan_out().await?;
        let rows_left = self.close_all(rows_before).await?;
        Ok(Measured {
            asked: sockets,
            opened,
            open_seconds,
            subscribe_seconds,
            rows: rows.saturating_sub(rows_before),
            row_bytes: bytes.saturating_sub(bytes_before),
            resident_bytes: resident_before.zip(resident_after).map(|(before, after)| after.saturating_sub(before)),
            addressed,
            addressed_whole,
            addressed_lost,
            addressed_waited,
            room,
            room_last,
            room_lost,
            // And the one of the many connections.
            users: self.users + 1,
            rows_left,
        })
    }

    /// Rows of the live table, and their bytes as DynamoDB counts them.
    fn live_rows(&self) -> anyhow::Result<(u64, u64)> {
        let stats = self.database.table_stats().map_err(|error| anyhow!("{error:?}"))?;
        let live = stats.into_iter().find(|table| table.table_name == embedded::TABLES.1).context("no live table")?;
        Ok((u64::try_from(live.item_count)?, live.size_bytes))
    }

    /// The user of a connection: one each, but for the room's.
    fn user_of(&self, connection: usize) -> usize {
        connection.min(self.users)
    }

    async fn open_all(&mut self, sockets: usize) -> anyhow::Result<(usize, f64, f64)> {
        let (mut opened_all, mut open_all_us, mut subscribe_all_us) = (0, 0, 0);
        for first in (0..sockets).step_by(BATCH) {
            self.progress.say(&format!("sockets: {first} of {sockets} open"));
            let mut wanted = Vec::new();
            for connection in first..(first + BATCH).min(sockets) {
                wanted.push(self.wanted(connection).await?);
            }
            let asked = wanted.len();
            let told = self.clients.ask(&Ask::Open { address: self.address, wanted }).await?;
            let Told::Opened { opened, open_us, subscribe_us, refused } = told else { bail!("the clients said {told:?}") };
            ensure!(opened == asked, "{opened} of {asked} sockets opened: {}", refused.unwrap_or_default());
            opened_all += opened;
            open_all_us += open_us;
            subscribe_all_us += subscribe_us;
        }
        ensure!(self.gateway.count() == opened_all, "{} of {opened_all} sockets are still open", self.gateway.count());
        Ok((opened_all, open_all_us as f64 / 1e6, subscribe_all_us as f64 / 1e6))
    }

    /// A fresh ticket, as `POST /v1/realtime/tickets` keeps it, and what its socket will show.
    async fn wanted(&self, connection: usize) -> anyhow::Result<Wanted> {
        let number = self.user_of(connection);
        let mut random = [0u8; 24];
        getrandom::fill(&mut random)?;
        let ticket = hex::encode(random);
        let (user, session) = (world::user(number), self.sessions.get(number).context("nobody")?);
        self.deps.store.put_ticket(&sha256_hex(ticket.as_bytes()), user, session, Timestamp::now()).await?;
        let kinds: &[&str] = if number == self.users { &["user"] } else { &["balance", "transactions"] };
        Ok(Wanted { ticket, channels: kinds.iter().map(|kind| format!("{kind}:{user}")).collect() })
    }

    /// Transfers at their own moments, from the senders in turn.
    async fn transfers(&self, what: &'static str, step: Step, to: impl Fn(usize) -> usize) -> anyhow::Result<Stamps> {
        let (stamps, mut tasks) = (Stamps::default(), JoinSet::new());
        let (begun, begun_ns) = (Instant::now(), now_ns());
        for number in 0..step.count() {
            let due = step.due(number);
            sleep_until(begun + due).await;
            let due_ns = begun_ns + u64::try_from(due.as_nanos())?;
            let from = number * 2 % self.senders();
            let (deps, stamps, to) = (self.deps.clone(), stamps.clone(), to(number));
            tasks.spawn(async move { transfer(&deps, &stamps, due_ns, from, to, &format!("{what}-{number}")).await });
        }
        while let Some(done) = tasks.join_next().await {
            done??;
        }
        Ok(stamps)
    }

    /// From commit, and from when it was due, to each frame; and how many did not come.
    async fn addressed(&mut self) -> anyhow::Result<(Vec<u64>, Vec<u64>, usize)> {
        self.progress.say("sockets: addressed messages");
        let users = self.users;
        // Receivers all over, and never the sender: senders are even and these are odd.
        let stamps = self.transfers("addressed", ADDRESSED, |number| (number * 1_999 % (users / 2)) * 2 + 1).await?;
        let frames = self.clients.frames(stamped(&stamps) * 2).await?;
        let (commits, wholes) = latencies(&stamps, &frames);
        let lost = (ADDRESSED.count() * FRAMES_OF_A_TRANSFER).saturating_sub(frames.len());
        Ok((commits, wholes, lost))
    }

    /// From commit to each frame on the room's connections, and to the last of each fact.
    async fn fan_out(&mut self) -> anyhow::Result<(Vec<u64>, Vec<u64>, usize)> {
        self.progress.say("sockets: fan-out");
        let room = self.users;
        let stamps = self.transfers("room", FANNED, |_| room).await?;
        // Besides those of the room, the sender's own two.
        let expected = FANNED.count() * (ROOM + 2);
        let mut frames = self.clients.frames(expected).await?;
        let channel = format!("user:{}", world::user(room));
        frames.retain(|frame| frame.channel == channel);
        let mut last: HashMap<&str, &Frame> = HashMap::new();
        for frame in &frames {
            let latest = last.entry(&frame.id).or_insert(frame);
            if frame.at_ns > latest.at_ns {
                *latest = frame;
            }
        }
        let (lasts, _) = latencies(&stamps, last.into_values());
        let (commits, _) = latencies(&stamps, &frames);
        Ok((commits, lasts, (FANNED.count() * ROOM).saturating_sub(frames.len())))
    }

    /// All go; what is left of them in the table.
    async fn close_all(&mut self, rows_before: u64) -> anyhow::Result<i64> {
        self.progress.say("sockets: closing");
        self.clients.ask(&Ask::Close).await?;
        for _ in 0..200 {
            if self.gateway.count() == 0 {
                break;
            }
            sleep(Duration::from_millis(100)).await;
        }
        let (rows, _) = self.live_rows()?;
        Ok(i64::try_from(rows)? - i64::try_from(rows_before)?)
    }
}

fn stamped(stamps: &Stamps) -> usize {
    stamps.lock().map_or(0, |stamps| stamps.len())
}

/// From the commit of each frame's fact to the frame, and from when the fact was due.
fn latencies<'a>(stamps: &Stamps, frames: impl IntoIterator<Item = &'a Frame>) -> (Vec<u64>, Vec<u64>) {
    let Ok(stamps) = stamps.lock() else { return Default::default() };
    let stamped = frames.into_iter().filter_map(|frame| Some((frame.at_ns, *stamps.get(&frame.id)?)));
    stamped.map(|(at, stamp)| (at.saturating_sub(stamp.committed_ns), at.saturating_sub(stamp.due_ns))).unzip()
}

/// Commits a transfer and shows it: the two halves of `Deps::execute`, with the time taken between.
async fn transfer(deps: &Deps, stamps: &Stamps, due_ns: u64, from: usize, to: usize, key: &str) -> anyhow::Result<()> {
    let amount = world::amount(100)?;
    let command =
        OpenTransfer { asked: world::asked(from, key), to: world::user(to), amount, note: None, hold_s: None, rules: world::rules() };
    let facts: Vec<Fact> = world::run(&deps.store, &command).await?.facts;
    let stamp = Stamp { due_ns, committed_ns: now_ns() };
    if let Ok(mut stamps) = stamps.lock() {
        stamps.extend(facts.iter().map(|fact| (fact.id().to_string(), stamp)));
    }
    deps.push(&facts, Try::First).await;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_counts_from_the_commit_of_its_own_fact() {
        let stamps = Stamps::default();
        stamps.lock().unwrap().insert("a".to_owned(), Stamp { due_ns: 100, committed_ns: 150 });
        let frame = |id: &str, at_ns| Frame { id: id.to_owned(), channel: String::new(), at_ns };
        let (commits, wholes) = latencies(&stamps, &[frame("a", 170), frame("unknown", 180), frame("a", 140)]);
        assert_eq!((commits, wholes), (vec![20, 0], vec![70, 40]));
    }
}
