//! The sandbox as a program: `SANDBOX_PORT` (4700 unless told), `SANDBOX_CONFIG` (a JSON file).

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::Context;
use sandbox::{Config, Sandbox};

const PORT_DEFAULT: u16 = 4700;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt()
        .json()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info")),
        )
        .init();

    let port = match std::env::var("SANDBOX_PORT") {
        Ok(text) => text.parse().with_context(|| format!("SANDBOX_PORT is {text:?}"))?,
        Err(_) => PORT_DEFAULT,
    };
    let config = match std::env::var("SANDBOX_CONFIG") {
        Ok(path) => Config::from_file(path.as_ref())?,
        Err(_) => Config::default(),
    };

    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let running = Sandbox::bind(config, address).await?;
    tracing::info!(url = running.url(), smtp = %running.smtp_address(), "sandbox is up");
    told_to_stop().await?;
    tracing::info!("sandbox is going down");
    running.shutdown().await;
    Ok(())
}

async fn told_to_stop() -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        pressed = tokio::signal::ctrl_c() => Ok(pressed?),
    }
}
