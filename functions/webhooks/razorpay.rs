//! `POST /webhooks/razorpay`: events of the payment gateway.

use crate::{
    deps::Deps,
    webhooks::{Source, receive},
};
use lambda::{Problem, Reply, Request};

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    receive(deps, Source::Razorpay, request).await
}
