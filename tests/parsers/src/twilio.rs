//! Twilio's callbacks: signatures, statuses and messages.

use providers::{
    messaging::{
        consent::keyword,
        twilio::{
            Inbound, StatusUpdate,
            signature::{Posted, Refused, sign, verify},
        },
    },
    secret::Secret,
    signature::{Secrets, Verified},
};

const URL: &str = "https://api.kamai.example/webhooks/twilio";

/// The header is the first line, the form the rest.
pub fn check(data: &[u8]) {
    let (header, _) = crate::texts(data);
    let (_, form) = crate::halves(data);
    signature(&header, form);
    let update = StatusUpdate::read(Verified::stored(form));
    let message = Inbound::read(Verified::stored(form));
    // Whatever Twilio adds changes nothing, for the first of a name counts.
    let more = [form, b"&BrandNew=1&MessageStatus=read&MessageSid=SM1&Body=x"].concat();
    if let Ok(update) = update {
        assert_eq!(StatusUpdate::read(Verified::stored(&more)), Ok(update.clone()));
        assert!(update.status.rank() <= 8 && update.sid.len() <= 64);
    }
    if let Ok(message) = message {
        assert!(message.text.expose().chars().count() <= 4096 && message.media.len() <= 10);
        if !message.text.expose().is_empty() {
            assert_eq!(Inbound::read(Verified::stored(&more)), Ok(message.clone()));
        }
        let text = message.text.expose();
        if text.chars().count() < 60 {
            assert_eq!(keyword(text), keyword(&format!(" {text}.\u{200b}!")), "what stands around a word does not matter");
        }
    }
}

fn signature(header: &str, form: &[u8]) {
    let secret = |text: &str| Secret::new(text).expect("a token");
    let tokens = Secrets::new(secret("current"), Some(secret("previous")));
    let posted = Posted::Form(form);
    let with_port = URL.replace(".example", ".example:443");
    let right: Vec<_> =
        ["current", "previous"].iter().flat_map(|token| [URL, &with_port].map(|url| sign(url, posted, &secret(token)))).collect();
    match verify(URL, posted, header, &tokens) {
        Ok(verified) => {
            assert!(right.iter().any(|right| right == header), "{header} is not the signature of this form");
            assert_eq!(verified.bytes(), form);
        }
        Err(why) => assert!(right.iter().all(|right| right != header) && why != Refused::AnotherBody, "the right signature was refused"),
    }
    for signature in &right {
        assert!(verify(URL, posted, signature, &tokens).is_ok());
        // A pair that is there already would count once.
        let longer = [form, b"&OneMore=1"].concat();
        if !String::from_utf8_lossy(form).contains("OneMore") {
            assert_eq!(verify(URL, Posted::Form(&longer), signature, &tokens), Err(Refused::Wrong), "a parameter more");
        }
        assert_eq!(verify("https://api.kamai.example/webhooks/twilio2", posted, signature, &tokens), Err(Refused::Wrong));
        assert_eq!(verify(URL, Posted::Json(form), signature, &tokens), Err(Refused::AnotherBody));
    }
}
