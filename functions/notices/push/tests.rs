use super::*;
use domain::{
    Timestamp,
    notice::{delivery::Reason, devices::PushAddress},
};
use providers::call::{CallError, Doubt, Unsent};

fn device(token: &str) -> Device {
    let address = PushAddress::new(PushKind::FcmToken, token, None).unwrap();
    Device { id: address.device(), address, name: None, created_at: Timestamp::UNIX_EPOCH, seen_at: Timestamp::UNIX_EPOCH }
}

fn retry(cause: CallError) -> SendError {
    SendError::Retry { after: Duration::from_millis(1_500), cause }
}

fn unreachable() -> SendError {
    retry(CallError::NotSent { why: Unsent::Unreachable("closed".to_owned()) })
}

fn gone(why: Gone) -> SendError {
    SendError::Gone { why }
}

/// What each device's service said, `None` for its taking the push.
fn called(said: Vec<Option<SendError>>) -> (Called, Vec<Device>) {
    let devices: Vec<Device> = (0..said.len()).map(|n| device(&format!("t{n}"))).collect();
    let answer = |(device, said): (_, Option<SendError>)| Answer {
        device,
        provider: provider::FCM,
        said: said.map_or(Ok(Some("projects/p/messages/1".to_owned())), Err),
    };
    (together(devices.iter().zip(said).map(answer).collect()), devices)
}

#[test]
fn one_device_that_takes_it_is_enough_and_those_that_are_gone_are_removed() {
    let (called, devices) = called(vec![Some(gone(Gone::Unregistered)), None, Some(unreachable()), Some(gone(Gone::OtherSender))]);
    let provider_id = Some("projects/p/messages/1".to_owned());
    assert_eq!(called.outcome, Outcome::Sent { provider: "fcm".to_owned(), provider_id });
    assert_eq!(called.then, [After::RemoveDevice(devices[0].id), After::RemoveDevice(devices[3].id)]);
}

#[test]
fn where_all_are_of_another_sender_it_is_our_keys_that_are_in_doubt() {
    let (called, _) = called(vec![Some(gone(Gone::OtherSender)), Some(gone(Gone::OtherSender))]);
    assert_eq!((called.outcome, called.then), (refused("fcm", "gone"), vec![]));
}

#[test]
fn a_push_that_may_have_gone_out_is_unknown_and_a_busy_service_is_tried_again_after_its_wait() {
    let unknown = retry(CallError::Unknown { why: Doubt::TimedOut });
    assert_eq!(called(vec![Some(unreachable()), Some(unknown)]).0.outcome, Outcome::Unknown { provider: "fcm".to_owned() });
    let outcome = called(vec![Some(gone(Gone::Unregistered)), Some(unreachable())]).0.outcome;
    let reason = Reason::new("busy");
    assert_eq!(outcome, Outcome::NotSent { provider: "fcm".to_owned(), reason, retryable: true, after_s: Some(2) });
    assert_eq!(called(Vec::new()).0.outcome, not_called("not_configured"), "no device that we have a service for");
}
