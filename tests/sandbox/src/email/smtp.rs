//! The SMTP that SES speaks, as far as anybody here needs it: one conversation a connection, no
//! pipelining, clear text.
//!
//! Source: the sheet on e-mail and SMS, A1, for the texts; RFC 5321 for the rest.

mod session;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::world::World;

/// The server, which ends when it is dropped, its conversations with it.
pub struct MailServer {
    address: SocketAddr,
    _serving: JoinSet<()>,
}

impl MailServer {
    /// # Errors
    ///
    /// When the configuration's port cannot be had.
    pub async fn listen(world: &Arc<World>, ip: IpAddr) -> anyhow::Result<Self> {
        let address = SocketAddr::from((ip, world.config().email.smtp_port));
        let listener = TcpListener::bind(address).await.with_context(|| format!("cannot listen for mail on {address}"))?;
        let address = listener.local_addr()?;
        let mut serving = JoinSet::new();
        serving.spawn(serve(Arc::clone(world), listener));
        Ok(Self { address, _serving: serving })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

async fn serve(world: Arc<World>, listener: TcpListener) {
    let mut sessions = JoinSet::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let world = Arc::clone(&world);
                sessions.spawn(async move {
                    // A peer that goes away has nothing more to be told.
                    let _ = session::converse(&world, stream).await;
                });
            }
            Err(error) => tracing::warn!(%error, "a mail connection was not accepted"),
        }
        while sessions.try_join_next().is_some() {}
    }
}
