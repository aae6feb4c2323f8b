use super::*;

const MESSAGES: &str = include_str!("../../../shared/providers/fixtures/whatsapp/messages.json");
const STATUSES: &str = include_str!("../../../shared/providers/fixtures/whatsapp/statuses.json");
const PARTLY_UNREADABLE: &str = include_str!("../../../shared/providers/fixtures/whatsapp/partly_unreadable.json");
const BOUNCE: &str = include_str!("../../../shared/providers/fixtures/ses_bounce.json");

fn read(source: Source, body: &str) -> Told {
    Told::read(source, Verified::stored(body.as_bytes())).unwrap()
}

fn whatsapp(told: &str) -> String {
    format!(r#"{{"object":"whatsapp_business_account","entry":[{{"changes":[{{"field":"messages","value":{{{told}}}}}]}}]}}"#)
}

#[test]
fn a_message_is_known_by_its_id_and_a_status_by_its_id_and_word() {
    let status = |word: &str, second: u32| {
        let told = format!(r#""statuses":[{{"id":"wamid.A","status":"{word}","timestamp":"{second}"}}]"#);
        read(Source::Whatsapp, &whatsapp(&told)).event().unwrap()
    };
    assert_eq!(status("read", 1), status("read", 2), "told again, in another body");
    assert_ne!(status("read", 1), status("sent", 1));
    let message =
        read(Source::Whatsapp, &whatsapp(r#""messages":[{"id":"wamid.A","from":"919812345678","type":"text","text":{"body":"a"}}]"#));
    assert_ne!(message.event().unwrap(), status("read", 1));
    assert!(!message.event().unwrap().contains("wamid"), "which holds a number");

    let form = "MessageSid=SM1234&From=%2B919812345678&Body=hi";
    assert_eq!(read(Source::Twilio, form).event().as_deref(), Some("SM1234"));
    let form = "MessageSid=SM1234&MessageStatus=partially_delivered&To=%2B919812345678";
    assert_eq!(read(Source::TwilioStatus, form).event().as_deref(), Some("SM1234-partially_delivered"));
}

#[test]
fn what_phonepe_tells_is_known_by_all_that_it_is_about() {
    let event = |ours: &str, theirs: &str, state: &str, amount: i64| {
        let body = format!(
            r#"{{"event":"checkout.order.completed","payload":{{"merchantOrderId":"{ours}","orderId":"{theirs}","state":"{state}","amount":{amount}}}}}"#
        );
        read(Source::Phonepe, &body).event().unwrap()
    };
    let told = event("pay_1", "OMO1", "COMPLETED", 100);
    assert_eq!(told, event("pay_1", "OMO1", "COMPLETED", 200), "amounts are not believed");
    // A forged event of PhonePe's order under another name of ours does not stand in the way of the true one.
    for other in [event("pay_2", "OMO1", "COMPLETED", 100), event("pay_1", "OMO2", "COMPLETED", 100), event("pay_1", "OMO1", "FAILED", 100)]
    {
        assert_ne!(told, other);
    }
    assert_eq!(read(Source::Phonepe, r#"{"event":"subscription.paused"}"#).event(), None);
}

#[test]
fn several_things_together_are_known_as_that_and_what_has_no_id_by_none() {
    let (messages, statuses) = (read(Source::Whatsapp, MESSAGES).event(), read(Source::Whatsapp, STATUSES).event());
    assert!(messages.is_some() && statuses.is_some() && messages != statuses);
    assert_eq!(read(Source::Whatsapp, PARTLY_UNREADABLE).event(), None);
    assert_eq!(read(Source::Whatsapp, r#"{"entry":[]}"#).event(), None);
    assert_eq!(read(Source::Ses, BOUNCE).event(), None, "SNS' envelope has it");
}

#[test]
fn the_providers_own_time_is_told_where_there_is_one() {
    assert_eq!(read(Source::Whatsapp, STATUSES).at(), Some(1_795_250_007));
    assert!(read(Source::Ses, BOUNCE).at().is_some());
    assert_eq!(read(Source::Twilio, "MessageSid=SM1234&From=%2B919812345678&Body=hi").at(), None);
}

#[test]
fn what_cannot_be_read_says_so() {
    for source in Source::ALL {
        assert!(Told::read(source, Verified::stored(b"\xff")).is_err(), "{source:?}");
    }
}
