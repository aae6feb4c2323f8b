//! `POST /webhooks/razorpayx`: events of payouts and validations.

use crate::{deps::Deps, webhooks::receive};
use lambda::{Problem, Reply, Request};

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    receive(deps, "razorpayx", request).await
}
