//! Starting and stopping.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::config::Config;
use crate::email::smtp::MailServer;
use crate::razorpay::error::ApiError;
use crate::reply::Refused;
use crate::world::World;
use crate::{
    account_aggregator, banks, bills, control, email, faults, gateway, llm, messaging, phonepe, platforms, push, razorpayx, webhooks,
};

/// How long requests under way may take to finish once the sandbox is told to stop. Requests held
/// open by a fault would otherwise keep it up for half a minute.
const GRACE: Duration = Duration::from_millis(500);

pub struct Sandbox;

impl Sandbox {
    /// Starts on a free port of this machine.
    ///
    /// # Errors
    ///
    /// When no port can be had.
    pub async fn start(config: Config) -> anyhow::Result<Running> {
        Self::bind(config, SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await
    }

    /// # Errors
    ///
    /// When the address cannot be had.
    pub async fn bind(mut config: Config, address: SocketAddr) -> anyhow::Result<Running> {
        let listener = TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
        let url = format!("http://{}", listener.local_addr()?);
        config.email.base_url.get_or_insert_with(|| url.clone());
        let world = World::new(config)?;
        let mail = MailServer::listen(&world, address.ip()).await?;
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = axum::serve(listener, router(&world)).with_graceful_shutdown(async move {
            // A dropped sender means the same as a message: nobody holds the handle any more.
            let _ = stopped.await;
        });
        let server = tokio::spawn(async move {
            if let Err(error) = serving.await {
                tracing::error!(%error, "the sandbox stopped serving");
            }
        });
        Ok(Running { url, world, mail, stop, server })
    }
}

/// A sandbox that is up. Dropping it stops it too, without waiting.
pub struct Running {
    url: String,
    world: Arc<World>,
    mail: MailServer,
    stop: oneshot::Sender<()>,
    server: JoinHandle<()>,
}

impl Running {
    /// The base URL of every provider, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where mail is taken.
    pub fn smtp_address(&self) -> SocketAddr {
        self.mail.address()
    }

    pub async fn shutdown(mut self) {
        self.world.shared.tasks.stop_all().await;
        // Fails when the server has ended by itself, which is what was wanted.
        let _ = self.stop.send(());
        if tokio::time::timeout(GRACE, &mut self.server).await.is_err() {
            self.server.abort();
        }
    }
}

/// Everything that answers, for a server or for whoever calls it in this process.
pub fn router(world: &Arc<World>) -> Router {
    Router::new()
        .merge(control::router())
        .merge(faults::routes::router())
        .merge(webhooks::routes::router())
        .merge(gateway::router(world))
        .merge(razorpayx::router(world))
        .merge(phonepe::router(world))
        .merge(messaging::router(world))
        .merge(push::router(world))
        .merge(email::router())
        .merge(llm::router(world))
        .merge(bills::router(world))
        .merge(banks::router(world))
        .merge(account_aggregator::router(world))
        .merge(platforms::router(world))
        .fallback(nowhere)
        .method_not_allowed_fallback(nowhere)
        .with_state(Arc::clone(world))
}

/// Razorpay answers in its own shape for what it has not; the rest is ours.
pub async fn nowhere(uri: Uri) -> Response {
    if uri.path().starts_with("/v1/") {
        ApiError::no_such_url().into_response()
    } else {
        Refused::not_found(format!("nothing answers there: {}", uri.path())).into_response()
    }
}
