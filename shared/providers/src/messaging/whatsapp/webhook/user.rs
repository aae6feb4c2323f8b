//! Who somebody is. Since 2026 a person may have no telephone number for us.
//!
//! Source: `whatsapp.md`, A3.1.

use super::place::{Place, Unreadable};
use crate::messaging::phone::E164;
use crate::personal::Personal;

/// What people call themselves is kept so far.
const NAME_CHARS_MAX: usize = 256;

/// A person, by whichever of these ids Meta tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct User {
    /// `IN.13491208655302741918`: the same for all our numbers, until the person's number changes.
    pub user_id: Option<Personal>,
    /// The same person to a group of businesses: `IN.ENT.…`.
    pub parent_user_id: Option<Personal>,
    /// The telephone number in E.164 without its plus.
    pub wa_id: Option<Personal>,
    pub name: Option<Personal>,
    pub username: Option<Personal>,
}

impl User {
    /// The id to know them by, and to compare: the user id, else the number.
    #[must_use]
    pub fn identity(&self) -> Option<&Personal> {
        self.user_id.as_ref().or(self.wa_id.as_ref())
    }

    /// Whoever wrote a message, with what its contacts say of them.
    pub(super) fn sender(message: &Place<'_>, contacts: &[Self]) -> Result<Self, Unreadable> {
        let told = Self::known_by(message, "from_user_id", "from_parent_user_id", "from");
        let sender = told.completed_from(contacts);
        if sender.identity().is_none() {
            return Err(message.wrong("is from nobody"));
        }
        Ok(sender)
    }

    /// Whom a status is about. Of a group, the member.
    pub(super) fn recipient(status: &Place<'_>, contacts: &[Self]) -> Self {
        let (user_id, parent_user_id, wa_id) = if status.word("recipient_type").as_deref() == Some("group") {
            ("recipient_participant_user_id", "recipient_participant_parent_user_id", "recipient_participant_id")
        } else {
            ("recipient_user_id", "recipient_parent_user_id", "recipient_id")
        };
        let told = Self::known_by(status, user_id, parent_user_id, wa_id);
        told.completed_from(contacts)
    }

    pub(super) fn contact(contact: &Place<'_>) -> Self {
        let profile = contact.get("profile");
        let named = |name| profile.as_ref().and_then(|profile| profile.prose(name, NAME_CHARS_MAX));
        let known = Self::known_by(contact, "user_id", "parent_user_id", "wa_id");
        Self { name: named("name"), username: named("username"), ..known }
    }

    /// By the ids of these names. Where a number should be, those without one may have their user
    /// id, so what is no number is that.
    fn known_by(place: &Place<'_>, user_id: &str, parent_user_id: &str, wa_id: &str) -> Self {
        let (number, other) = match place.word(wa_id) {
            Some(text) => match E164::from_digits(text.strip_prefix('+').unwrap_or(&text)) {
                Ok(number) => (Some(number.digits().to_owned()), None),
                Err(_) => (None, Some(text)),
            },
            None => (None, None),
        };
        Self {
            user_id: place.word(user_id).or(other).map(Personal::from),
            parent_user_id: place.personal(parent_user_id),
            wa_id: number.map(Personal::from),
            ..Self::default()
        }
    }

    /// Adds what a contact says who shares an id with this person; with a person of whom nothing is
    /// told, the only contact there is.
    fn completed_from(self, contacts: &[Self]) -> Self {
        let same = |one: &Option<Personal>, other: &Option<Personal>| one.is_some() && one == other;
        let shares_id = |contact: &&Self| same(&contact.user_id, &self.user_id) || same(&contact.wa_id, &self.wa_id);
        let only = if self.identity().is_none() && contacts.len() == 1 { contacts.first() } else { None };
        let Some(contact) = contacts.iter().find(shares_id).or(only).cloned() else { return self };
        Self {
            user_id: self.user_id.or(contact.user_id),
            parent_user_id: self.parent_user_id.or(contact.parent_user_id),
            wa_id: self.wa_id.or(contact.wa_id),
            name: contact.name,
            username: contact.username,
        }
    }
}
