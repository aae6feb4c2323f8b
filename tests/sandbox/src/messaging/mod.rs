//! Whoever carries messages to a phone: an SMS gateway, Meta's WhatsApp Cloud API and Twilio.
//! What they accept arrives in the phone's inbox at once; what becomes of it, as far as the sender
//! is told, is up to the phone's owner: [`people`].

mod dlt;
pub mod files;
pub mod inbox;
pub mod people;
pub mod phone_page;
pub mod sms;
pub mod twilio;
pub mod twilio_account;
mod twilio_events;
pub mod twilio_media;
pub mod whatsapp;
mod whatsapp_body;
mod whatsapp_events;
pub mod whatsapp_media;
mod whatsapp_template;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use crate::faults;
use crate::provider::Provider;
use crate::world::World;
pub use files::Files;
pub use inbox::Inboxes;
pub use people::People;

pub fn router(world: &Arc<World>) -> Router<Arc<World>> {
    let faulty =
        |routes: Router<Arc<World>>, provider| routes.route_layer(from_fn_with_state((Arc::clone(world), provider), faults::http::apply));
    Router::new()
        .merge(faulty(Router::new().route("/sms/messages", post(sms::send)), Provider::Sms))
        .merge(faulty(
            Router::new()
                .route("/{version}/{id}/messages", post(whatsapp::send))
                .route("/{version}/{id}/media", post(whatsapp_media::upload).layer(DefaultBodyLimit::max(whatsapp_media::FORM_BYTES_MAX)))
                .route("/{version}/{id}", get(whatsapp_media::locate))
                .route("/whatsapp_business/attachments/", get(whatsapp_media::download)),
            Provider::Whatsapp,
        ))
        .merge(faulty(
            Router::new()
                .route("/2010-04-01/Accounts/{sid}/Messages.json", post(twilio::send))
                .route("/2010-04-01/Accounts/{sid}/Balance.json", get(twilio_account::balance))
                .route("/2010-04-01/Accounts/{sid}/Messages/{message}/Media/{media}", get(twilio_media::locate))
                .route("/twilio-media/{id}", get(twilio_media::download))
                .route("/v2/PhoneNumbers/{number}", get(twilio_account::lookup)),
            Provider::Twilio,
        ))
        .merge(inbox::router())
        .merge(files::router())
        .merge(people::router())
        .merge(phone_page::router())
        .merge(twilio_account::router())
}
