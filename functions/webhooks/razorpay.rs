//! `POST /webhooks/razorpay`: events of the payment gateway.

use crate::{deps::Deps, webhooks::receive};
use lambda::{Problem, Reply, Request};

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    receive(deps, "razorpay", request).await
}
