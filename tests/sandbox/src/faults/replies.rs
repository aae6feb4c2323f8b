//! What each provider says when it is not well.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::account_aggregator::{door, setu};
use crate::banks::{demo, mono, plaid};
use crate::bills;
use crate::llm;
use crate::messaging::{sms, twilio, whatsapp};
use crate::phonepe;
use crate::platforms;
use crate::provider::Provider;
use crate::push::{fcm, webpush};
use crate::razorpay::error::ApiError;

pub fn server_error(provider: Provider, status: StatusCode) -> Response {
    match provider {
        Provider::Razorpay | Provider::Razorpayx => ApiError::server(status).into_response(),
        Provider::Phonepe => phonepe::Refused::server(status).into_response(),
        Provider::Sms => sms::Refused::server(status).into_response(),
        Provider::Whatsapp => whatsapp::Refused::server(status).into_response(),
        Provider::Twilio => twilio::Refused::server(status).into_response(),
        Provider::Fcm => fcm::Refused::server(status).into_response(),
        Provider::Webpush => webpush::Refused::server(status).into_response(),
        Provider::Groq => llm::Refused::server(status).into_response(),
        Provider::Bills => bills::Refused::server(status).into_response(),
        Provider::Demobank => demo::Refused::server(status).into_response(),
        Provider::Plaid => plaid::Refused::server(status).into_response(),
        Provider::Mono => mono::Refused::server(status).into_response(),
        Provider::Aa => door::unwell(status),
        Provider::Setu => setu::Refused::server(status).into_response(),
        Provider::Uber | Provider::Feed => platforms::Refused::server(status).into_response(),
        // Mail is refused in SMTP: `email::take`.
        Provider::Ses => status.into_response(),
    }
}

pub fn throttled(provider: Provider) -> Response {
    match provider {
        Provider::Razorpay | Provider::Razorpayx => ApiError::throttled().into_response(),
        Provider::Phonepe => phonepe::Refused::throttled().into_response(),
        Provider::Sms => sms::Refused::throttled().into_response(),
        Provider::Whatsapp => whatsapp::Refused::throttled().into_response(),
        Provider::Twilio => twilio::Refused::throttled().into_response(),
        Provider::Fcm => fcm::Refused::throttled().into_response(),
        Provider::Webpush => webpush::Refused::throttled().into_response(),
        Provider::Groq => llm::Refused::throttled().into_response(),
        Provider::Bills => bills::Refused::throttled().into_response(),
        Provider::Demobank => demo::Refused::throttled().into_response(),
        Provider::Plaid => plaid::Refused::throttled().into_response(),
        Provider::Mono => mono::Refused::throttled().into_response(),
        Provider::Aa => door::unwell(StatusCode::TOO_MANY_REQUESTS),
        Provider::Setu => setu::Refused::server(StatusCode::TOO_MANY_REQUESTS).into_response(),
        Provider::Uber | Provider::Feed => platforms::Refused::throttled().into_response(),
        Provider::Ses => StatusCode::TOO_MANY_REQUESTS.into_response(),
    }
}

/// Not JSON: when a provider is down it is its edge that answers.
pub fn down() -> Response {
    (
        StatusCode::SERVICE_UNAVAILABLE,
        [(header::CONTENT_TYPE, "text/html")],
        "<html><head><title>503 Service Temporarily Unavailable</title></head>\
         <body><h1>503 Service Temporarily Unavailable</h1></body></html>",
    )
        .into_response()
}
