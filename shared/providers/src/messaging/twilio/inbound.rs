//! What people write to us, by SMS or WhatsApp.
//!
//! Source: `whatsapp.md`, B2. Twilio adds parameters at any time; those that are not read here
//! do no harm. The same message may come again: it is told by its `sid`.

use super::Channel;
use super::form::{BadCallback, Form};
use crate::personal::Personal;
use crate::signature::Verified;

/// What is kept of a text. Twilio's own limit is 1,600 characters.
const TEXT_CHARS_MAX: usize = 4096;
const URL_CHARS_MAX: usize = 2048;
const MEDIA_MAX: usize = 10;

/// A message to us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inbound {
    pub sid: String,
    pub account_sid: Option<String>,
    pub messaging_service_sid: Option<String>,
    pub channel: Channel,
    /// Who wrote: a number in E.164, or whatever else stands for a person on that channel.
    pub from: Personal,
    /// Which of our senders it went to.
    pub to: Option<String>,
    pub profile_name: Option<Personal>,
    /// On WhatsApp, the sender's number without its plus.
    pub wa_id: Option<Personal>,
    /// What there is to read; with media, their caption.
    pub text: Personal,
    pub kind: InboundKind,
    pub media: Vec<Media>,
    /// The `sid` of the message of ours that this one answers.
    pub reply_to: Option<String>,
    pub forwarded: bool,
}

/// What a message is, besides its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InboundKind {
    Text,
    /// Text of a button of ours, and what we put behind it.
    Button {
        text: String,
        payload: Option<String>,
    },
    /// A row of a list of ours.
    Row {
        id: String,
        title: Option<String>,
    },
    /// In degrees, as written.
    Location {
        latitude: Personal,
        longitude: Personal,
        label: Option<Personal>,
    },
    /// The first of [`Inbound::media`] tells which.
    Media,
    /// A type that this version does not know, by its name.
    Other(String),
}

/// A file. Fetching it takes the account's credentials, which no other host is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    pub url: Personal,
    pub content_type: Option<String>,
}

impl Inbound {
    /// Reads a message whose sender is known.
    ///
    /// # Errors
    ///
    /// [`BadCallback`] where it has no id, or comes from nobody.
    pub fn read(body: Verified<'_>) -> Result<Self, BadCallback> {
        let form = Form::read(body);
        let (channel, from) = form.address("From").ok_or(BadCallback("From"))?;
        let flag = |name| form.word(&[name]).is_some_and(|value| value == "true");
        let media = media(&form);
        Ok(Self {
            sid: form.sid(&["MessageSid", "SmsMessageSid", "SmsSid"])?,
            account_sid: form.word(&["AccountSid"]),
            messaging_service_sid: form.word(&["MessagingServiceSid"]),
            channel,
            from,
            to: form.address("To").map(|(_, to)| to.expose().to_owned()),
            profile_name: form.personal(&["ProfileName"], 256),
            wa_id: form.personal(&["WaId"], 32),
            text: form.text(&["Body"], TEXT_CHARS_MAX).unwrap_or_default().into(),
            kind: kind(&form, !media.is_empty()),
            media,
            reply_to: form.word(&["OriginalRepliedMessageSid"]),
            forwarded: flag("Forwarded") || flag("FrequentlyForwarded"),
        })
    }
}

/// By what is there rather than by `MessageType`, which SMS do not have.
fn kind(form: &Form, has_media: bool) -> InboundKind {
    if let Some(text) = form.word(&["ButtonText"]) {
        return InboundKind::Button { text, payload: form.text(&["ButtonPayload"], 512) };
    }
    if let Some(id) = form.word(&["ListId"]) {
        return InboundKind::Row { id, title: form.word(&["ListTitle"]) };
    }
    if let (Some(latitude), Some(longitude)) = (form.personal(&["Latitude"], 32), form.personal(&["Longitude"], 32)) {
        return InboundKind::Location { latitude, longitude, label: form.personal(&["Label", "Address"], 512) };
    }
    if has_media {
        return InboundKind::Media;
    }
    match form.word(&["MessageType"]) {
        None => InboundKind::Text,
        Some(name) if name == "text" => InboundKind::Text,
        Some(name) => InboundKind::Other(name),
    }
}

fn media(form: &Form) -> Vec<Media> {
    let count = form.word(&["NumMedia"]).and_then(|count| count.parse().ok()).unwrap_or(0).min(MEDIA_MAX);
    let at = |place: usize| {
        let url = form.personal(&[&format!("MediaUrl{place}")], URL_CHARS_MAX)?;
        Some(Media { url, content_type: form.word(&[&format!("MediaContentType{place}")]) })
    };
    (0..count).filter_map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: &str = "SmsMessageSid=SM0000000000000001&SmsSid=SM0000000000000001&MessageSid=SM0000000000000001&SmsStatus=received\
        &AccountSid=AC0000000000000001&To=whatsapp%3A%2B911122334455&From=whatsapp%3A%2B919812345678&WaId=919812345678\
        &ProfileName=Ravi+%E0%A4%95%E0%A5%81%E0%A4%AE%E0%A4%BE%E0%A4%B0&NumSegments=1&ApiVersion=2010-04-01";

    fn read(form: &str) -> Result<Inbound, BadCallback> {
        Inbound::read(Verified::stored(form.as_bytes()))
    }

    fn more(rest: &str) -> Inbound {
        read(&format!("{FRAME}&{rest}")).unwrap()
    }

    #[test]
    fn a_text_is_read() {
        let message = more("MessageType=text&Body=%E0%A4%AC%E0%A4%82%E0%A4%A6&NumMedia=0&OriginalRepliedMessageSid=SM2&Forwarded=true");
        assert_eq!((message.sid.as_str(), message.channel), ("SM0000000000000001", Channel::Whatsapp));
        assert_eq!((message.from.expose(), message.to.as_deref()), ("+919812345678", Some("+911122334455")));
        assert_eq!(message.profile_name.as_ref().map(Personal::expose), Some("Ravi कुमार"));
        assert_eq!((message.text.expose(), &message.kind), ("बंद", &InboundKind::Text));
        assert_eq!((message.reply_to.as_deref(), message.forwarded), (Some("SM2"), true));
        let printed = format!("{message:?}");
        assert!(!printed.contains("9812345678") && !printed.contains("Ravi") && !printed.contains("बंद"), "{printed}");
    }

    #[test]
    fn an_sms_is_read() {
        let form = "MessageSid=SM0000000000000002&From=%2B14158675309&To=%2B18005551212&Body=STOP&NumMedia=0&FromCity=X&FromCountry=US";
        let message = read(form).unwrap();
        assert_eq!((message.channel, message.from.expose()), (Channel::Sms, "+14158675309"));
        assert_eq!((message.text.expose(), message.kind, message.wa_id), ("STOP", InboundKind::Text, None));
    }

    #[test]
    fn every_kind_is_told() {
        let button = more("MessageType=button&Body=Confirm&ButtonText=Confirm&ButtonPayload=confirm%3Atx_1").kind;
        assert_eq!(button, InboundKind::Button { text: "Confirm".into(), payload: Some("confirm:tx_1".into()) });
        let row = more("MessageType=interactive&ListId=tx_1&ListTitle=Rs.+250").kind;
        assert_eq!(row, InboundKind::Row { id: "tx_1".into(), title: Some("Rs. 250".into()) });
        let location = more("MessageType=location&Latitude=12.97&Longitude=77.59&Address=MG+Road").kind;
        assert!(matches!(&location, InboundKind::Location { latitude, label: Some(label), .. }
            if latitude.expose() == "12.97" && label.expose() == "MG Road"));
        let audio = more("MessageType=audio&NumMedia=1&MediaUrl0=https%3A%2F%2Fapi.twilio.com%2Fx&MediaContentType0=audio%2Fogg");
        assert_eq!((audio.kind, audio.media.len()), (InboundKind::Media, 1));
        assert_eq!(audio.media[0].content_type.as_deref(), Some("audio/ogg"));
        assert_eq!(more("MessageType=hologram").kind, InboundKind::Other("hologram".into()));
        assert_eq!(more("MessageType=interactive").kind, InboundKind::Other("interactive".into()));
    }

    #[test]
    fn what_is_new_or_odd_does_no_harm() {
        let plain = more("Body=hi");
        assert_eq!(more("Body=hi&NewThing=%7B%22a%22%3A1%7D&NewThing=2&%FF=%FF&=x&&&"), plain);
        assert_eq!(more("Body=hi&NumMedia=999999999999").media, []);
        assert_eq!(more("Body=hi&NumMedia=-1").media, []);
        assert_eq!(more("Body=hi&NumMedia=4000000000").media, []);
        assert_eq!(more(&format!("Body={}", "x".repeat(100_000))).text.expose().len(), TEXT_CHARS_MAX);
    }

    #[test]
    fn a_message_of_nobody_is_refused() {
        assert_eq!(read("MessageSid=SM0000000000000002"), Err(BadCallback("From")));
        assert_eq!(read("From=%2B14158675309"), Err(BadCallback("MessageSid")));
    }
}
