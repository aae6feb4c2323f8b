//! Pushes, to every device of the reader at once: one that takes it is enough.

use super::{
    call::{After, Called, Telling, busy, not_called, not_set_up, refused},
    clients::Pushers,
    provider,
};
use domain::{
    fact::Priority,
    notice::{
        Outcome,
        devices::{Device, PushKind},
    },
};
use futures::future::join_all;
use providers::push::{Gone, SendError, fcm, web};
use serde_json::json;
use std::{collections::BTreeMap, time::Duration};
use words::{Form, Notice as Words, Rendered};

/// What services commonly keep a push for at most. Source: `push.md`, A2 and B2.
const TTL_SECONDS_MAX: u32 = 28 * 24 * 60 * 60;

/// What one device's service said: its name of the push, or why not.
struct Answer<'a> {
    device: &'a Device,
    provider: &'static str,
    said: Result<Option<String>, SendError>,
}

pub(super) async fn send(telling: &Telling<'_>, words: &Words<'_>, devices: &[Device]) -> Called {
    let pushers = match telling.deps.pushers().await {
        Ok(pushers) => pushers,
        Err(why) => return not_set_up(provider::WEB_PUSH, &why).into(),
    };
    let shown = words.render(telling.language(), Form::Push);
    let pushes = devices.iter().map(|device| async {
        let provider = if device.address.kind == PushKind::Web { provider::WEB_PUSH } else { provider::FCM };
        let said = match device.address.kind {
            PushKind::Web => to_browser(telling, &pushers, device, &shown).await,
            PushKind::FcmToken => to_app(telling, &pushers, fcm::Target::Token(device.address.value()), &shown).await,
            PushKind::FcmFid => to_app(telling, &pushers, fcm::Target::Fid(device.address.value()), &shown).await,
        };
        said.map(|said| Answer { device, provider, said })
    });
    together(join_all(pushes).await.into_iter().flatten().collect())
}

/// `None` where there is no Firebase project to send by.
async fn to_app(
    telling: &Telling<'_>,
    pushers: &Pushers,
    to: fcm::Target<'_>,
    shown: &Rendered,
) -> Option<Result<Option<String>, SendError>> {
    let (client, notice) = (pushers.fcm.as_ref()?, telling.notice);
    let (id, seq) = (notice.id.to_string(), notice.seq.map(|seq| seq.to_string()));
    let mut data = BTreeMap::from([("notice_id", id.as_str()), ("event", notice.template.name.as_str())]);
    if let Some(seq) = &seq {
        data.insert("seq", seq);
    }
    let message = fcm::Message {
        to,
        title: &shown.title,
        body: &shown.body,
        data,
        // Google keeps four of these for a device, and there are more notices than that.
        collapse_key: None,
        ttl_seconds: Some(telling.ttl_s().min(TTL_SECONDS_MAX)),
        priority: if notice.priority >= Priority::High { fcm::Priority::High } else { fcm::Priority::Normal },
        // A second push of the same notice takes the first one's place.
        tag: Some(&id),
    };
    let sent = client.send(&message, telling.deps.clock.now().as_second()).await;
    Some(sent.map(|accepted| Some(accepted.name)))
}

/// `None` where the subscription is at a service that we speak to no more.
async fn to_browser(
    telling: &Telling<'_>,
    pushers: &Pushers,
    device: &Device,
    shown: &Rendered,
) -> Option<Result<Option<String>, SendError>> {
    let notice = telling.notice;
    let keys: serde_json::Value = serde_json::from_str(device.address.keys()?).ok()?;
    let subscription = json!({ "endpoint": device.address.value(), "keys": keys }).to_string();
    let subscription = web::Subscription::from_json(subscription.as_bytes(), &pushers.services).ok()?;
    let id = notice.id.to_string();
    let payload = json!({
        "title": shown.title, "body": shown.body, "tag": id,
        "data": { "notice_id": id, "event": notice.template.name, "seq": notice.seq },
    });
    let topic = notice.id.body();
    let options = web::Options {
        ttl_seconds: telling.ttl_s().min(TTL_SECONDS_MAX),
        urgency: match notice.priority {
            Priority::Low => web::Urgency::Low,
            Priority::Normal => web::Urgency::Normal,
            Priority::High | Priority::Critical => web::Urgency::High,
        },
        topic: Some(&topic),
    };
    let sent = pushers.web.send(&subscription, payload.to_string().as_bytes(), &options, telling.deps.clock.now().as_second()).await;
    Some(sent.map(|()| None))
}

/// What all devices together came to.
fn together(answers: Vec<Answer<'_>>) -> Called {
    let taken = answers.iter().find(|answer| answer.said.is_ok());
    let mut then = Vec::new();
    for answer in &answers {
        let Err(error) = &answer.said else { continue };
        if error.alerts() {
            tracing::error!(provider = answer.provider, %error, "a push is refused");
        }
        // Of another sender: should none of the reader's devices take it, our own keys are in doubt,
        // and removing devices is no cure.
        let is_gone = match error {
            SendError::Gone { why: Gone::Unregistered } => true,
            SendError::Gone { why: Gone::OtherSender } => taken.is_some(),
            SendError::Retry { .. } | SendError::Payload { .. } | SendError::Ours { .. } => false,
        };
        if is_gone {
            then.push(After::RemoveDevice(answer.device.id));
        }
    }
    let outcome = match taken {
        Some(Answer { provider, said, .. }) => {
            Outcome::Sent { provider: (*provider).to_owned(), provider_id: said.as_ref().ok().cloned().flatten() }
        }
        None => none_taken(&answers),
    };
    Called { outcome, then }
}

fn none_taken(answers: &[Answer<'_>]) -> Outcome {
    let errors = || answers.iter().filter_map(|answer| Some((answer.provider, answer.said.as_ref().err()?)));
    if let Some((provider, _)) = errors().find(|(_, error)| error.may_have_been_sent()) {
        return Outcome::Unknown { provider: provider.to_owned() };
    }
    let retries = errors().filter_map(|(provider, error)| match error {
        SendError::Retry { after, .. } => Some((*after, provider)),
        SendError::Gone { .. } | SendError::Payload { .. } | SendError::Ours { .. } => None,
    });
    if let Some((after, provider)) = retries.min() {
        return busy(provider, "busy", Some(milliseconds(after)));
    }
    match errors().next() {
        Some((provider, SendError::Gone { .. })) => refused(provider, "gone"),
        Some((provider, SendError::Ours { .. })) => busy(provider, "not_set_up", None),
        Some((provider, SendError::Payload { .. } | SendError::Retry { .. })) => refused(provider, "payload"),
        None => not_called("not_configured"),
    }
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
