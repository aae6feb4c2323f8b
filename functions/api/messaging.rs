//! `/v1/notifications/{channel}/…`: what operators do and look at, channel by channel.

mod stats;

use crate::{deps::Deps, router::admit};
use domain::notice::Channel;
use lambda::{Problem, Reply, Request};

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    admit(deps, &request).await?;
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/v1/notifications/{channel}/stats") => stats::show(deps, &request).await,
        _ => Err(Problem::not_found()),
    }
}

/// The channel that a path names.
fn channel(request: &Request) -> Result<Channel, Problem> {
    let code: String = request.param("channel")?;
    Channel::from_code(&code).ok_or_else(Problem::not_found)
}
