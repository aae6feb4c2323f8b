//! `POST /webhooks/razorpayx`: events of payouts and validations.

use crate::{
    deps::Deps,
    webhooks::{Source, receive},
};
use lambda::{Problem, Reply, Request};

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    receive(deps, Source::Razorpayx, request).await
}
