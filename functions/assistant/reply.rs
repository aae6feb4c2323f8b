//! What is answered, whichever number it goes through.

use domain::{
    chat::{Door, Pending},
    id::{Fingerprint, UserId},
};
use serde::{Deserialize, Serialize};

/// A message to the user: a text, and what they may press.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    pub text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// On the button that opens a list of more than three choices.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub open: String,
    /// A page to open, and what stands on its button.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What it brings back; see [`Press`].
    pub id: String,
    pub title: String,
}

impl Reply {
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    #[must_use]
    pub fn and(mut self, line: &str) -> Self {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.text.push_str(line);
        self
    }

    #[must_use]
    pub fn with(mut self, press: &Press, title: String) -> Self {
        self.choices.push(Choice { id: press.to_id(), title });
        self
    }
}

/// What a button of ours means. Buttons come back from outside: one that is made up names a command or
/// a value, which are checked like any text, or a question, whose proof nobody can make up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Press {
    Yes {
        id: Fingerprint,
        proof: String,
    },
    No {
        id: Fingerprint,
    },
    Command(String),
    /// A command with one slot.
    Wish {
        command: String,
        name: String,
        value: String,
    },
    /// The slot that was asked for.
    Slot {
        name: String,
        value: String,
    },
}

impl Press {
    pub fn yes(pending: &Pending, user: UserId, door: Door) -> Self {
        Self::Yes { id: pending.id, proof: pending.proof(user, door) }
    }

    pub fn to_id(&self) -> String {
        match self {
            Self::Yes { id, proof } => format!("yes:{id}:{proof}"),
            Self::No { id } => format!("no:{id}"),
            Self::Command(command) => format!("do:{command}"),
            Self::Wish { command, name, value } => format!("want:{command}:{name}:{value}"),
            Self::Slot { name, value } => format!("is:{name}:{value}"),
        }
    }

    pub fn from_id(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(':')?;
        Some(match kind {
            "yes" => {
                let (id, proof) = rest.split_once(':')?;
                Self::Yes { id: id.parse().ok()?, proof: proof.to_owned() }
            }
            "no" => Self::No { id: rest.parse().ok()? },
            "do" => Self::Command(rest.to_owned()),
            "want" => {
                let mut parts = rest.splitn(3, ':').map(str::to_owned);
                Self::Wish { command: parts.next()?, name: parts.next()?, value: parts.next()? }
            }
            "is" => {
                let (name, value) = rest.split_once(':')?;
                Self::Slot { name: name.to_owned(), value: value.to_owned() }
            }
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pressed_comes_back_as_it_was_sent() {
        let id = Fingerprint::of("chat", "1");
        for press in [
            Press::Yes { id, proof: "ab12".to_owned() },
            Press::No { id },
            Press::Command("check_balance".to_owned()),
            Press::Slot { name: "payee_id".to_owned(), value: "pye_01".to_owned() },
            Press::Wish { command: "get_transactions".to_owned(), name: "format".to_owned(), value: "pdf".to_owned() },
        ] {
            assert_eq!(Press::from_id(&press.to_id()), Some(press));
        }
        for made_up in ["", "yes", "yes:", "yes:1:2", "no:x", "confirm:tx_1", "is:amount"] {
            assert_eq!(Press::from_id(made_up), None, "{made_up}");
        }
    }
}
