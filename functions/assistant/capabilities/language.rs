//! In which language it is answered.

use super::{Capability, Performing, Prepared};
use crate::assistant::{
    context::Turning,
    reply::{Press, Reply},
};
use domain::chat::Slots;
use understanding::Command;
use words::{Language, Phrase};

pub const CHANGE_LANGUAGE: Capability = Capability {
    command: Command::ChangeLanguage,
    prepare: |turning, wish| {
        Box::pin(async {
            let wanted = wish.slot("language").and_then(Language::from_code);
            Ok(match wanted {
                Some(language) => Prepared::Do(Slots::from([("language".to_owned(), language.code().to_owned())])),
                None => Prepared::Ask { slot: "language", slots: Slots::new(), reply: choices(turning) },
            })
        })
    },
    perform,
    settle: |state, slots, _| state.language = slots.get("language").cloned(),
};

/// The languages, each in its own words.
fn choices(turning: &Turning<'_>) -> Reply {
    let reply = Reply { open: turning.plain(Phrase::ButtonChoose), ..Reply::text(turning.plain(Phrase::AskLanguage)) };
    let own = [
        (Language::English, "English"),
        (Language::Hindi, "हिन्दी"),
        (Language::Kannada, "ಕನ್ನಡ"),
        (Language::Tamil, "தமிழ்"),
        (Language::Telugu, "తెలుగు"),
        (Language::Bengali, "বাংলা"),
        (Language::Marathi, "मराठी"),
    ];
    own.into_iter().fold(reply, |reply, (language, name)| {
        reply.with(&Press::Slot { name: "language".to_owned(), value: language.code().to_owned() }, name.to_owned())
    })
}

/// The choice itself stands in the chat already.
fn perform<'a>(turning: &'a Turning<'a>, _: &'a Slots) -> Performing<'a> {
    Box::pin(async { Ok(Reply::text(turning.plain(Phrase::LanguageIs))) })
}
