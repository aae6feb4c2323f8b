use super::*;

#[track_caller]
fn read(report: &str) -> Feedback {
    Feedback::parse(Verified::stored(report.as_bytes())).unwrap().unwrap()
}

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../../../fixtures/ses_", $name, ".json"))
    };
}

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

#[test]
fn a_permanent_bounce_suppresses_every_recipient_at_once() {
    let feedback = read(fixture!("bounce"));
    assert_eq!(feedback.provider_id, "0109018e1a2b3c4d-5e6f7a8b-9c0d-4e1f-a2b3-c4d5e6f7a8b9-000000");
    assert_eq!(feedback.message_id.as_deref(), Some("<ntf_01J8@kamai.example>"));
    assert_eq!(feedback.action(), Some(Action::Suppress));
    assert_eq!(feedback.recipients(), [&address("asha@example.com"), &address("ravi@example.com")]);
    let FeedbackKind::Bounce(bounce) = feedback.kind else { panic!() };
    assert_eq!((bounce.bounce_type, bounce.sub_type), (BounceType::Permanent, BounceSubType::General));
    assert_eq!(bounce.recipients[0].status.as_deref(), Some("5.1.1"));
    assert_eq!(bounce.recipients[1].status, None);
    assert_eq!(bounce.feedback_id, "0109018e1a2b4444-1111-000000");
    assert_eq!(bounce.at, 1_774_951_179);
}

#[test]
fn other_bounces_are_counted() {
    let transient = fixture!("bounce").replace("Permanent", "Transient").replace("General", "MailboxFull");
    assert_eq!(read(&transient).action(), Some(Action::Count));
    for odd in ["Undetermined", "Sideways"] {
        let report = fixture!("bounce").replace("Permanent", odd);
        assert_eq!(read(&report).action(), Some(Action::Count), "{odd}");
    }
}

#[test]
fn a_complaint_suppresses_marketing_unless_it_is_taken_back() {
    let feedback = read(fixture!("complaint"));
    assert_eq!(feedback.action(), Some(Action::SuppressMarketing));
    assert_eq!(feedback.recipients(), [&address("asha@example.com")]);
    let FeedbackKind::Complaint(complaint) = feedback.kind else { panic!() };
    assert_eq!(complaint.feedback_type, Some(ComplaintType::Abuse));
    assert_eq!(complaint.feedback_id, "0109018e1a2b5555-2222-000000");

    let untyped = fixture!("complaint").replace(r#""complaintFeedbackType": "abuse","#, "");
    assert_eq!(read(&untyped).action(), Some(Action::SuppressMarketing));
    let taken_back = fixture!("complaint").replace(r#""abuse""#, r#""not-spam""#);
    assert_eq!(read(&taken_back).action(), None);
}

#[test]
fn both_wrappings_say_the_same() {
    assert_eq!(read(fixture!("bounce")).kind, read(fixture!("event_bounce")).kind);
    assert_eq!(read(fixture!("complaint")).kind, read(fixture!("event_complaint")).kind);
    assert_eq!(read(fixture!("delivery")).kind, read(fixture!("event_delivery")).kind);
}

#[test]
fn what_went_well_asks_for_nothing() {
    let to_asha = vec![address("asha@example.com")];
    for (report, kind) in [
        (fixture!("delivery"), FeedbackKind::Delivery { recipients: to_asha.clone() }),
        (fixture!("event_send"), FeedbackKind::Send),
        (fixture!("event_reject"), FeedbackKind::Reject { reason: Some("Bad content".into()) }),
        (fixture!("event_open"), FeedbackKind::Open),
        (fixture!("event_click"), FeedbackKind::Click),
        (
            fixture!("event_delivery_delay"),
            FeedbackKind::DeliveryDelay { delay_type: Some("TransientCommunicationFailure".into()), recipients: to_asha },
        ),
    ] {
        let feedback = read(report);
        assert_eq!(feedback.kind, kind);
        assert_eq!(feedback.action(), None);
        assert_eq!(feedback.message_id.as_deref(), Some("<ntf_01J8@kamai.example>"), "{kind:?}");
    }
}

#[test]
fn types_that_ask_nothing_are_left_alone() {
    let welcome = r#"{"notificationType":"AmazonSnsSubscriptionSucceeded","message":"You have successfully subscribed"}"#;
    for report in [fixture!("event_rendering_failure"), fixture!("event_subscription"), welcome] {
        assert_eq!(Feedback::parse(Verified::stored(report.as_bytes())), Ok(None));
    }
}

#[test]
fn headers_that_were_left_out_leave_our_id_out() {
    let report = r#"{"eventType":"Send","mail":{"messageId":"x","headers":null},"send":{},"new":[1]}"#;
    assert_eq!(read(report), Feedback { provider_id: "x".into(), message_id: None, kind: FeedbackKind::Send });
}

#[test]
fn a_report_that_is_none_is_told_by_its_place() {
    for (report, path) in [
        (r#"{"mail":{"messageId":"x"}}"#, "eventType"),
        (r#"{"eventType":"Send"}"#, "mail"),
        (r#"{"eventType":"Bounce","mail":{"messageId":"x"}}"#, "bounce"),
        (r#"{"notificationType":"Complaint","mail":{"messageId":"x"},"complaint":{"complainedRecipients":[]}}"#, "complaint.feedbackId"),
        (
            r#"{"eventType":"Delivery","mail":{"messageId":"x"},"delivery":{"recipients":["asha@example.com","nobody"]}}"#,
            "delivery.recipients[1]",
        ),
        ("[]", "."),
    ] {
        let error = Feedback::parse(Verified::stored(report.as_bytes())).unwrap_err();
        assert_eq!(error, Illegible::WrongShape { path: path.into() }, "{report}");
    }
    for report in ["", "{", "hello"] {
        assert!(Feedback::parse(Verified::stored(report.as_bytes())).is_err());
    }
}

#[test]
fn a_report_does_not_print_people() {
    let text = format!("{:?}", read(fixture!("bounce")));
    assert!(!text.contains("asha"), "{text}");
}
