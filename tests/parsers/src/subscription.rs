//! Push subscriptions, as a page hands them over: where they lead is their owner's word.

use providers::push::web::{Services, Subscription, SubscriptionRefused};
use reqwest::Url;
use serde_json::Value;

const LOCAL: &str = "http://localhost:4700";

pub fn check(data: &[u8]) {
    let services = Services::default();
    let with_local = services.clone().with_local(LOCAL).expect("a local service");
    let subscription = match Subscription::from_json(data, &with_local) {
        Ok(subscription) => subscription,
        Err(why) => {
            assert!(Subscription::from_json(data, &services).is_err(), "a longer list takes more");
            // A key or an endpoint is a credential.
            return crate::webhook::quotes_nothing(data, &why.to_string());
        }
    };
    let endpoint = subscription.endpoint();
    let url = Url::parse(endpoint.expose()).expect("an endpoint is a URL");
    let host = url.host_str().expect("a host");
    let known = ["fcm.googleapis.com", "updates.push.services.mozilla.com"].contains(&host)
        || [".push.apple.com", ".notify.windows.com"].iter().any(|suffix| host.strip_suffix(suffix).is_some_and(|name| !name.is_empty()));
    let remote = url.scheme() == "https" && url.port().is_none() && known;
    assert!(remote || endpoint.expose().starts_with(&format!("{LOCAL}/")), "{url} is no push service");
    assert!(url.username().is_empty() && url.password().is_none() && url.fragment().is_none(), "{url} says more than a place");
    assert_eq!(Subscription::from_json(data, &services).is_ok(), remote, "the local one is for the local cloud");
    if !remote {
        assert_eq!(Subscription::from_json(data, &services), Err(SubscriptionRefused::Endpoint));
    }
    // What is stored reads again, to the same.
    let stored = subscription.to_json();
    assert_eq!(Subscription::from_json(stored.expose().as_bytes(), &with_local).as_ref(), Ok(&subscription));
    if let Ok(value) = serde_json::from_slice::<Value>(data) {
        let pretty = serde_json::to_vec_pretty(&value).expect("a value is JSON");
        assert_eq!(Subscription::from_json(&pretty, &with_local).as_ref(), Ok(&subscription));
    }
    let path = url.path();
    assert!(path.len() < 8 || !format!("{subscription:?}").contains(path), "whoever knows the path can send to it");
}
