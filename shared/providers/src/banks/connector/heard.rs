//! What providers tell unasked, in one set of words.

use crate::banks::{mono, plaid};

/// What there is to do about an event. A hint, whoever signed it: the connection is read before
/// anything is changed. Connections are named as by [`Tokens::connection_id`](super::Tokens::connection_id).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// There is something to be read.
    Changed { connection_id: String },
    /// The person has signed in anew.
    Mended { connection_id: String },
    /// As [`BankError::SignInAgain`](super::BankError::SignInAgain).
    SignInAgain { connection_id: String },
    /// As [`BankError::AccessWithdrawn`](super::BankError::AccessWithdrawn).
    Withdrawn { connection_id: String },
    /// Somebody is done with a provider's page: whoever came back may be waiting.
    LinkFinished,
    /// To be acknowledged and left alone.
    Nothing,
}

impl Heard {
    /// Which connection it is about, where it is about one.
    #[must_use]
    pub fn connection_id(&self) -> Option<&str> {
        match self {
            Self::Changed { connection_id }
            | Self::Mended { connection_id }
            | Self::SignInAgain { connection_id }
            | Self::Withdrawn { connection_id } => Some(connection_id),
            Self::LinkFinished | Self::Nothing => None,
        }
    }
}

impl From<plaid::Event> for Heard {
    fn from(event: plaid::Event) -> Self {
        match event {
            plaid::Event::Changed { item_id } => Self::Changed { connection_id: item_id },
            plaid::Event::Repaired { item_id } => Self::Mended { connection_id: item_id },
            plaid::Event::SignInAgain { item_id } => Self::SignInAgain { connection_id: item_id },
            plaid::Event::Withdrawn { item_id } => Self::Withdrawn { connection_id: item_id },
            plaid::Event::LinkFinished { .. } => Self::LinkFinished,
            plaid::Event::Unknown { .. } => Self::Nothing,
        }
    }
}

impl From<mono::Event> for Heard {
    fn from(event: mono::Event) -> Self {
        match event {
            mono::Event::Connected { account_id } => Self::Mended { connection_id: account_id },
            mono::Event::Updated { account_id } => Self::Changed { connection_id: account_id },
            mono::Event::SignInAgain { account_id } => Self::SignInAgain { connection_id: account_id },
            mono::Event::Unlinked { account_id } => Self::Withdrawn { connection_id: account_id },
            mono::Event::Unknown(_) => Self::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_providers_say_the_same_in_the_same_words() {
        let id = || "c-1".to_owned();
        let sign_in = Heard::SignInAgain { connection_id: id() };
        assert_eq!(Heard::from(plaid::Event::SignInAgain { item_id: id() }), sign_in);
        assert_eq!(Heard::from(mono::Event::SignInAgain { account_id: id() }), sign_in);
        let withdrawn = Heard::Withdrawn { connection_id: id() };
        assert_eq!(Heard::from(plaid::Event::Withdrawn { item_id: id() }), withdrawn);
        assert_eq!(Heard::from(mono::Event::Unlinked { account_id: id() }), withdrawn);
        let mended = Heard::Mended { connection_id: id() };
        assert_eq!(Heard::from(plaid::Event::Repaired { item_id: id() }), mended);
        assert_eq!(Heard::from(mono::Event::Connected { account_id: id() }), mended);
        assert_eq!(Heard::from(mono::Event::Unknown("mono.events.new".into())), Heard::Nothing);
    }
}
