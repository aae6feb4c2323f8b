//! What SNS posts to a webhook. One message was ever signed with the certificate that is served
//! here, so that one is believed and nothing else.

use providers::{
    call::{CallError, Carrier, Http, Timeouts},
    email::sns::{Message, Verifier},
};
use reqwest::{Request, Response};
use serde_json::Value;
use std::{
    future::{Future, ready},
    pin::{Pin, pin},
    sync::{Arc, OnceLock},
    task::{Context, Poll, Waker},
};

const CERTIFICATE: &str = include_str!("../../../shared/providers/fixtures/sns_certificate.pem");
const SIGNED: &str = include_str!("../../../shared/providers/fixtures/sns_notification_v1.json");
const TOPIC: &str = "arn:aws:sns:ap-south-1:123456789012:ses-feedback";
/// Within the certificate's time.
const NOW: i64 = 1_774_951_180;

/// Serves the certificate wherever it is asked for, which must be at SNS.
struct Certificates;

impl Carrier for Certificates {
    fn carry(&self, request: Request) -> Pin<Box<dyn Future<Output = Result<Response, CallError>> + Send + '_>> {
        let url = request.url();
        let host = url.host_str().expect("a host");
        let region = host.strip_prefix("sns.").and_then(|rest| rest.trim_end_matches(".cn").strip_suffix(".amazonaws.com"));
        assert!(region.is_some_and(|region| !region.contains('.')), "{url} is not SNS'");
        assert!(url.scheme() == "https" && url.port().is_none() && url.username().is_empty() && url.password().is_none(), "{url}");
        assert!(url.path().ends_with(".pem") && url.path().matches('/').count() == 1, "{url} is no file");
        Box::pin(ready(Ok(http::Response::new(CERTIFICATE).into())))
    }
}

fn http() -> Http {
    static HTTP: OnceLock<Http> = OnceLock::new();
    HTTP.get_or_init(|| Http::new(Timeouts::default()).expect("a client").carried_by(Arc::new(Certificates))).clone()
}

/// A delivery's body, from anybody.
pub fn check(data: &[u8]) {
    let verifier = Verifier::new(http(), TOPIC, None).expect("a verifier");
    let verifying = pin!(verifier.verify(data, NOW));
    let Poll::Ready(verified) = verifying.poll(&mut Context::from_waker(Waker::noop())) else { panic!("it waits for nothing") };
    match verified {
        Ok(Message::Notification(notification)) => {
            let signed: Value = serde_json::from_str(SIGNED).expect("an envelope");
            assert_eq!(notification.text().bytes(), signed["Message"].as_str().expect("a text").as_bytes(), "SNS signed another text");
            assert_eq!(Message::Notification(notification).id(), signed["MessageId"]);
        }
        Ok(other) => panic!("{other:?} was signed by nobody"),
        Err(why) => crate::webhook::quotes_nothing(data, &why.to_string()),
    }
}
