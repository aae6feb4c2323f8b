//! Meta's webhook, by fixtures of every shape.

use serde_json::{Value, json};

use super::*;
use crate::messaging::whatsapp::ErrorClass;

const MESSAGES: &str = include_str!("../../../../fixtures/whatsapp/messages.json");
const WITHOUT_NUMBER: &str = include_str!("../../../../fixtures/whatsapp/without_number.json");
const STATUSES: &str = include_str!("../../../../fixtures/whatsapp/statuses.json");
const OTHER_FIELDS: &str = include_str!("../../../../fixtures/whatsapp/other_fields.json");
const PARTLY_UNREADABLE: &str = include_str!("../../../../fixtures/whatsapp/partly_unreadable.json");

fn told(body: &str) -> Vec<Change> {
    read(Verified::stored(body.as_bytes())).unwrap()
}

fn messages(body: &str) -> Vec<Message> {
    let message = |change: Change| match change.what {
        What::Message(message) => Some(*message),
        _ => None,
    };
    told(body).into_iter().filter_map(message).collect()
}

fn statuses(body: &str) -> Vec<Status> {
    let status = |change: Change| match change.what {
        What::Status(status) => Some(*status),
        _ => None,
    };
    told(body).into_iter().filter_map(status).collect()
}

/// The one message that has this `type` and these members.
#[track_caller]
fn kind(message: Value) -> Kind {
    let mut whole = json!({"id": "wamid.1", "from": "919812345678", "timestamp": "1795250000"});
    whole.as_object_mut().unwrap().extend(message.as_object().unwrap().clone());
    let body = json!({"entry": [{"changes": [{"field": "messages", "value": {"messages": [whole]}}]}]}).to_string();
    let mut messages = messages(&body);
    assert_eq!(messages.len(), 1, "{:?}", told(&body));
    messages.remove(0).kind
}

fn unreadable(body: &str) -> Vec<(String, &'static str)> {
    let why = |change: Change| match change.what {
        What::Unreadable(part) => Some((part.at, part.why)),
        _ => None,
    };
    told(body).into_iter().filter_map(why).collect()
}

#[test]
fn a_subscription_is_answered_with_its_challenge() {
    let token = Secret::new("t&=0 ken").unwrap();
    let query = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=t%26%3D0+ken";
    assert_eq!(challenge(query, &token).as_deref(), Ok("1158201444"));
    let spelled = "hub%2Emode=subscribe&hub.verify_token=t%26%3D0%20ken&hub.challenge=a%22b";
    assert_eq!(challenge(spelled, &token).as_deref(), Ok("a\"b"));
    for query in [
        "",
        "hub.mode=subscribe&hub.challenge=1",
        "hub.mode=subscribe&hub.challenge=1&hub.verify_token=",
        "hub.mode=subscribe&hub.challenge=1&hub.verify_token=t%26%3D0+kem",
        "hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=t%26%3D0+ken",
        "hub.challenge=1&hub.verify_token=t%26%3D0+ken",
        "hub.mode=subscribe&hub.verify_token=t%26%3D0+ken",
        "hub_mode=subscribe&hub_challenge=1&hub_verify_token=t%26%3D0+ken",
    ] {
        assert_eq!(challenge(query, &token), Err(NotSubscribed), "{query}");
    }
}

/// The vector of `whatsapp.md`, A2.
#[test]
fn the_sheets_signed_body_is_believed_and_read() {
    let body = include_bytes!("../../../../fixtures/meta_webhook.json");
    let secrets = Secrets::only(Secret::new("1222e786b144d0e85b9f365372d93676").unwrap());
    let header = "sha256=54edfa1d7259e0eb13c677cc7d73d1b5c86cfa12433d19156e058ab9251bc441";
    let changes = read(verify(body, header, &secrets).unwrap()).unwrap();
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].phone_number_id.as_deref(), Some("277321005464405"));
    let What::Message(message) = &changes[0].what else { panic!("{changes:?}") };
    assert_eq!((message.sent_at, message.from.identity().unwrap().expose()), (Some(1_730_231_903), "972544401243"));
    assert_eq!(message.kind, Kind::Text(Personal::from("Hey there! I am using PyWa.".to_owned())));
    assert!(verify(&body[1..], header, &secrets).is_err() && verify(body, "", &secrets).is_err());
}

#[test]
fn every_kind_of_message_is_read() {
    assert_eq!(unreadable(MESSAGES), []);
    let messages = messages(MESSAGES);
    let names: Vec<String> =
        messages.iter().map(|message| format!("{:?}", message.kind).split(['(', ' ', '{']).next().unwrap_or_default().to_owned()).collect();
    assert_eq!(
        names,
        [
            "Text",
            "ButtonReply",
            "ListReply",
            "FlowReply",
            "TemplateButton",
            "TemplateButton",
            "Image",
            "Video",
            "Audio",
            "Audio",
            "Sticker",
            "Document",
            "Location",
            "Reaction",
            "Reaction",
            "Contacts",
            "Order",
            "System",
            "Edit",
            "Revoke",
            "Unsupported",
            "Other",
            "Other",
            "Other",
        ]
    );
    assert!(messages.iter().all(|message| message.sent_at.is_some() && message.id.starts_with("wamid.")));
    let printed = format!("{messages:?}");
    for personal in ["919812345678", "Ravi", "नमस्ते", "slip.pdf", "12.97", "lookaside", "मेरी रसीद", "IN.1349"]
    {
        assert!(MESSAGES.contains(personal), "the fixture has {personal}");
        assert!(!printed.contains(personal), "{personal} is printed");
    }
}

#[test]
fn what_a_message_says_is_kept() {
    assert_eq!(
        kind(
            json!({"type": "interactive", "interactive": {"type": "button_reply", "button_reply": {"id": "confirm:tx_1", "title": "Confirm"}}})
        ),
        Kind::ButtonReply { id: "confirm:tx_1".into(), title: Some("Confirm".into()) }
    );
    assert_eq!(
        kind(json!({"type": "button", "button": {"payload": "STOP", "text": "बंद करें"}})),
        Kind::TemplateButton { payload: Some("STOP".into()), text: Some("बंद करें".into()) }
    );
    let Kind::Audio { media, voice } =
        kind(json!({"type": "audio", "audio": {"id": "1", "mime_type": "audio/ogg; codecs=opus", "sha256": "m04p=", "voice": true}}))
    else {
        panic!("no audio")
    };
    assert_eq!((media.id.as_str(), media.mime_type.as_deref(), voice), ("1", Some("audio/ogg; codecs=opus"), true));
    for taken_back in [json!({"message_id": "wamid.2"}), json!({"message_id": "wamid.2", "emoji": ""})] {
        assert_eq!(kind(json!({"type": "reaction", "reaction": taken_back})), Kind::Reaction { message_id: "wamid.2".into(), emoji: None });
    }
    assert_eq!(kind(json!({"type": "hologram", "hologram": {"x": 1}})), Kind::Other("hologram".into()));
    assert_eq!(kind(json!({"type": "interactive"})), Kind::Other("interactive".into()));
    assert_eq!(kind(json!({"text": {"body": "no type"}})), Kind::Text("no type".to_owned().into()));
}

#[test]
fn the_context_and_the_sender_are_kept() {
    let messages = messages(MESSAGES);
    assert_eq!((messages[0].reply_to.as_deref(), messages[0].forwarded), (None, true));
    assert_eq!((messages[1].reply_to.as_deref(), messages[1].forwarded), (Some("wamid.OURS"), false));
    let sender = &messages[0].from;
    assert_eq!(sender.name.as_ref().map(Personal::expose), Some("Ravi कुमार"));
    assert_eq!(sender.identity().map(Personal::expose), Some("IN.13491208655302741918"), "the user id comes first");
    assert_eq!(sender.wa_id.as_ref().map(Personal::expose), Some("919812345678"));
}

#[test]
fn a_user_without_a_number_is_somebody() {
    assert_eq!(unreadable(WITHOUT_NUMBER), []);
    let messages = messages(WITHOUT_NUMBER);
    assert_eq!(messages.len(), 3);
    for message in &messages {
        assert_eq!(message.from.identity().map(Personal::expose), Some("IN.13491208655302741918"));
        assert_eq!(message.from.wa_id, None);
        assert_eq!(message.from.username.as_ref().map(Personal::expose), Some("@ravi"));
    }
    let status = &statuses(WITHOUT_NUMBER)[0];
    assert_eq!(status.recipient.identity().map(Personal::expose), Some("IN.13491208655302741918"));
}

#[test]
fn a_user_id_may_stand_where_a_number_should() {
    let body = json!({"entry": [{"changes": [{"field": "messages", "value": {
        "contacts": [{"wa_id": "IN.1349", "user_id": "IN.1349", "profile": {"name": "Ravi"}}],
        "messages": [{"id": "wamid.1", "from": "IN.1349", "type": "text", "text": {"body": "x"}},
            {"id": "wamid.2", "from": "+919812345678", "type": "text", "text": {"body": "x"}}],
    }}]}]});
    let messages = messages(&body.to_string());
    let ids =
        |at: usize| (messages[at].from.user_id.as_ref().map(Personal::expose), messages[at].from.wa_id.as_ref().map(Personal::expose));
    assert_eq!(ids(0), (Some("IN.1349"), None));
    assert_eq!(messages[0].from.name.as_ref().map(Personal::expose), Some("Ravi"));
    assert_eq!(ids(1), (None, Some("919812345678")));
}

#[test]
fn nobody_is_taken_for_somebody_else() {
    let value = |contacts: Value, message: Value| {
        let body = json!({"entry": [{"changes": [{"field": "messages", "value": {"contacts": contacts, "messages": [message]}}]}]});
        messages(&body.to_string()).pop().map(|message| message.from)
    };
    let text = |from: Value| {
        let mut message = json!({"id": "wamid.1", "type": "text", "text": {"body": "x"}});
        message.as_object_mut().unwrap().extend(from.as_object().unwrap().clone());
        message
    };
    let contacts = json!([{"wa_id": "919812345671", "user_id": "IN.1"}, {"wa_id": "919812345672", "user_id": "IN.2"}]);
    let second = value(contacts.clone(), text(json!({"from": "919812345672"}))).unwrap();
    assert_eq!(second.identity().map(Personal::expose), Some("IN.2"));
    let stranger = value(contacts.clone(), text(json!({"from": "919812345673"}))).unwrap();
    assert_eq!((stranger.identity().map(Personal::expose), stranger.user_id.as_ref()), (Some("919812345673"), None));
    assert_eq!(value(contacts, text(json!({}))), None, "which of the two?");
    let only = value(json!([{"user_id": "IN.1"}]), text(json!({}))).unwrap();
    assert_eq!(only.identity().map(Personal::expose), Some("IN.1"));
}

/// F13: read, delivered, sent leaves the message read.
#[test]
fn statuses_are_read_and_only_go_forward() {
    assert_eq!(unreadable(STATUSES), []);
    let statuses = statuses(STATUSES);
    let words: Vec<_> = statuses.iter().map(|status| (status.status.as_str(), status.status.rank())).collect();
    assert_eq!(words, [("read", 3), ("delivered", 2), ("sent", 1), ("played", 4), ("failed", 5), ("read", 3), ("deleted", 0)]);
    let sent = &statuses[2];
    assert_eq!((sent.callback_data.as_deref(), sent.conversation_id.as_deref()), (Some("msg_01J"), Some("c0ffee")));
    let pricing = Pricing { billable: true, model: Some("PMP".into()), category: Some("utility".into()) };
    assert_eq!((sent.pricing.as_ref(), sent.at), (Some(&pricing), Some(1_795_250_001)));
    let failed = &statuses[4];
    assert_eq!((failed.problems[0].code, failed.problems[0].class()), (131_047, ErrorClass::NeedsTemplate));
    assert_eq!(statuses[5].recipient.wa_id.as_ref().map(Personal::expose), Some("919812345679"), "of a group, the member");
}

#[test]
fn other_fields_are_ignored_by_name() {
    let names: Vec<_> = told(OTHER_FIELDS).into_iter().map(|change| change.what).collect();
    let ignored = |name: &str| What::Ignored(name.to_owned());
    assert_eq!(
        names,
        [
            ignored("account_update"),
            ignored("message_template_status_update"),
            ignored("user_preferences"),
            ignored("calls"),
            ignored("smb_message_echoes"),
            ignored("messages"),
            What::Problem(Problem { code: 131_000, title: Some("Something went wrong".into()) }),
        ]
    );
    assert_eq!(told(r#"{"object":"page","entry":[{"messaging":[]}]}"#)[0].what, ignored("page"));
}

#[test]
fn one_bad_entry_does_not_lose_the_others() {
    let good: Vec<_> = messages(PARTLY_UNREADABLE).into_iter().map(|message| message.id).collect();
    assert_eq!(good, ["wamid.A", "wamid.B", "wamid.C"]);
    assert_eq!(statuses(PARTLY_UNREADABLE).len(), 1);
    let expected = [
        ("entry[0].changes[0].value.messages[1].id", "is missing"),
        ("entry[0].changes[0].value.messages[2]", "is from nobody"),
        ("entry[0].changes[0].value.messages[3].image.id", "is missing"),
        ("entry[0].changes[0].value.messages[4].type", "is no text"),
        ("entry[0].changes[0].value.messages[5].location.latitude", "is no number of degrees"),
        ("entry[0].changes[0].value.messages[6].id", "is missing"),
        ("entry[0].changes[0].value.statuses[0].status", "is missing"),
        ("entry[0].changes[1].value", "is not an object"),
        ("entry[0].changes[2]", "is not an object"),
        ("entry[1].changes", "is not a list"),
        ("entry[2].changes", "is missing"),
        ("entry[3].changes[0].value.messages", "is not a list"),
    ];
    assert_eq!(unreadable(PARTLY_UNREADABLE), expected.map(|(at, why)| (at.to_owned(), why)));
}

#[test]
fn json_of_any_shape_is_read() {
    for (body, at, why) in [
        ("null", "entry", "is missing"),
        ("[]", "entry", "is missing"),
        ("1e300", "entry", "is missing"),
        ("{}", "entry", "is missing"),
        (r#"{"entry":{}}"#, "entry", "is not a list"),
        (r#"{"entry":[null]}"#, "entry[0].changes", "is missing"),
        (r#"{"entry":[{"changes":[7]}]}"#, "entry[0].changes[0]", "is not an object"),
        (r#"{"entry":[{"changes":[{"value":null}]}]}"#, "entry[0].changes[0].value", "is missing"),
    ] {
        assert_eq!(unreadable(body), [(at.to_owned(), why)], "{body}");
    }
    assert_eq!(told(r#"{"entry":[]}"#), []);
    for body in ["", "{", "{}{}", "\u{0}", &"[".repeat(100_000)] {
        assert!(
            matches!(read(Verified::stored(body.as_bytes())), Err(crate::call::Illegible::NotJson { .. })),
            "{}",
            &body[..body.len().min(9)]
        );
    }
}

#[test]
fn nothing_is_longer_than_we_expect() {
    let long = "x".repeat(100_000);
    let Kind::Text(text) = kind(json!({"type": "text", "text": {"body": long}})) else { panic!("no text") };
    assert_eq!(text.expose().len(), 4096);
    let body =
        json!({"entry": [{"changes": [{"value": {"messages": [{"id": long, "from": "1", "type": "text", "text": {"body": "x"}}]}}]}]});
    assert_eq!(unreadable(&body.to_string()), [("entry[0].changes[0].value.messages[0].id".to_owned(), "is too long")]);
}
