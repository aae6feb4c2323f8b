//! Whoever carries messages to a phone: an SMS gateway, Meta's WhatsApp Cloud API and Twilio.
//! What they accept arrives in the phone's inbox at once.

mod dlt;
pub mod inbox;
pub mod sms;
pub mod twilio;
pub mod whatsapp;
mod whatsapp_body;
mod whatsapp_template;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::post;

use crate::faults;
use crate::provider::Provider;
use crate::world::World;
pub use inbox::Inboxes;

pub fn router(world: &Arc<World>) -> Router<Arc<World>> {
    let faulty =
        |routes: Router<Arc<World>>, provider| routes.route_layer(from_fn_with_state((Arc::clone(world), provider), faults::http::apply));
    Router::new()
        .merge(faulty(Router::new().route("/sms/messages", post(sms::send)), Provider::Sms))
        .merge(faulty(Router::new().route("/{version}/{phone_number_id}/messages", post(whatsapp::send)), Provider::Whatsapp))
        .merge(faulty(Router::new().route("/2010-04-01/Accounts/{sid}/Messages.json", post(twilio::send)), Provider::Twilio))
        .merge(inbox::router())
}
