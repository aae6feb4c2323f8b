//! Measures the release binaries beside a hello-world function, in one run.
//!
//! `bench [--json] [--samples N] [--starts N] [--of FUNCTION,…]`; `scripts/bench` builds what it needs first.

mod commands;
mod costs;
mod handlers;
mod process;
mod runtime_api;
mod starts;

use anyhow::{Context, bail};
use bench::{cloud::Cloud, figures::Figure, progress::Progress, report, world};
use process::Host;
use sandbox::Sandbox;

struct Options {
    json: bool,
    samples: usize,
    starts: usize,
    /// Whose starts are measured; of all where none is named.
    of: Vec<String>,
}

const USAGE: &str = "Usage: scripts/bench [--json] [--samples N] [--starts N] [--of FUNCTION,…]";

fn options() -> anyhow::Result<Options> {
    let mut options = Options { json: false, samples: 500, starts: 10, of: Vec::new() };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut number = || args.next().and_then(|text| text.parse().ok()).filter(|n| *n > 0).context("a number of at least 1 is missing");
        match arg.as_str() {
            "--json" => options.json = true,
            "--samples" => options.samples = number()?,
            "--starts" => options.starts = number()?,
            "--of" => options.of = functions_of(&args.next().context("the names of functions are missing")?)?,
            other => bail!("{other} is not understood. {USAGE}"),
        }
    }
    Ok(options)
}

fn functions_of(names: &str) -> anyhow::Result<Vec<String>> {
    let is_known = |name: &&str| functions::table::FUNCTIONS.iter().any(|function| function.name == *name);
    names
        .split(',')
        .map(|name| Some(name).filter(is_known).map(str::to_owned).with_context(|| format!("there is no function {name}")))
        .collect()
}

fn main() -> anyhow::Result<()> {
    let options = options()?;
    let progress = Progress::on_stderr();
    // One core: the ledger's commands and their table have this thread to themselves.
    let one = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut figures = one.block_on(commands::measure(&progress))?;
    figures.extend(one.block_on(costs::measure())?);
    drop(one);
    let many = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    figures.extend(many.block_on(processes(&options, &progress))?);
    progress.clear();
    if options.json { report::json(&figures, &[]) } else { report::text(&figures, &[starts::TABLE], &[]) }
}

/// All that needs the binaries.
async fn processes(options: &Options, progress: &Progress) -> anyhow::Result<Vec<Figure>> {
    let outside = sandbox::Config::default();
    let secrets = world::secrets(&outside.razorpayx)?;
    let outside = Sandbox::start(sandbox::Config {
        razorpay: sandbox::config::Razorpay {
            key_id: outside.razorpayx.key_id.clone(),
            key_secret: outside.razorpayx.key_secret.clone(),
            ..outside.razorpay
        },
        ..outside
    })
    .await?;
    let mut cloud = Cloud::start(secrets.clone()).await?;
    let database = embedded::database()?;
    let tables = embedded::serve(database.clone()).await?;
    let store = embedded::store_in(database, None).await?;
    world::fund(&store, 0..2).await?;
    world::payee(&store, 0).await?;
    let (session, token) = world::session(&store, &secrets, 0).await?;
    world::listen(&store, &session).await?;

    let host = Host {
        folder: std::env::current_exe()?.parent().context("this program lies nowhere")?.to_owned(),
        env: environment(&cloud.url, &tables, outside.url()),
    };
    let mut figures = starts::measure(&host, options, progress).await?;
    let bench = handlers::Bench { host: &host, store: &store, cloud: &mut cloud, token: &token, samples: options.samples };
    figures.extend(handlers::measure(bench, progress).await?);
    outside.shutdown().await;
    Ok(figures)
}

fn environment(cloud: &str, tables: &str, outside: &str) -> Vec<(String, String)> {
    let queues = functions::table::Queue::ALL
        .map(|queue| (format!("KAMAI_QUEUE_{}", queue.name().to_uppercase()), format!("{cloud}/q/{}", queue.name())));
    let fixed = [
        ("AWS_REGION", "ap-south-1"),
        ("AWS_ACCESS_KEY_ID", "bench"),
        ("AWS_SECRET_ACCESS_KEY", "bench"),
        ("AWS_ENDPOINT_URL", cloud),
        ("AWS_ENDPOINT_URL_DYNAMODB", tables),
        ("RUST_LOG", "info"),
        ("KAMAI_STAGE", "bench"),
        ("KAMAI_TABLE", embedded::TABLES.0),
        ("KAMAI_LIVE_TABLE", embedded::TABLES.1),
        ("KAMAI_TOPIC_FACTS", "arn:aws:sns:ap-south-1:000000000000:facts"),
        ("KAMAI_ISSUER", world::ISSUER),
        ("KAMAI_AUDIENCE", world::AUDIENCE),
        ("KAMAI_RAZORPAY_URL", outside),
        ("KAMAI_SMS_URL", outside),
        ("KAMAI_WHATSAPP_URL", outside),
    ];
    let made =
        [("KAMAI_SETTINGS".to_owned(), world::settings().to_string()), ("KAMAI_CONNECTIONS_URL".to_owned(), format!("{cloud}/live"))];
    fixed.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).chain(made).chain(queues).collect()
}
