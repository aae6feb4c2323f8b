//! What waits for a yes: bound to its exact terms, to its user and chat, for once and for five minutes.

use super::{Door, Slots};
use crate::{
    address::{Address, BillAccount, PayeeName},
    codes::codes,
    id::{Fingerprint, UserId},
    request::{Digest, digest_of},
    standing::Every,
};
use jiff::{SignedDuration, Timestamp};

/// What a yes would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// Of this question alone. What it moves is moved under this key, so at most once.
    pub id: Fingerprint,
    pub pends: Pends,
    pub awaits: Awaits,
    pub asked_at: Timestamp,
    pub expires_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pends {
    Money(Terms),
    /// The same again and again.
    Standing {
        terms: Terms,
        every: Every,
    },
    /// A command that moves no money, and that nobody should set off by mistake.
    Command {
        command: String,
        slots: Slots,
    },
}

codes! {
    /// What a question waits for.
    Awaits {
        Yes = "yes";
        /// They have said yes; above a limit it takes a PIN too, which is not given in the chat.
        Pin = "pin";
    }
}

/// Exactly what was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    pub moves: Moves,
    /// In paise, like the fee.
    pub amount: i64,
    pub fee: i64,
    pub note: Option<String>,
}

/// Where money goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moves {
    /// To another user's wallet; `label` is how they were shown.
    Transfer {
        to: UserId,
        label: String,
    },
    Payout {
        address: Address,
        name: PayeeName,
    },
    /// A biller's bill; `bill` is the reference under which the biller told of it.
    Bill {
        account: BillAccount,
        name: PayeeName,
        bill: Option<String>,
    },
}

impl Pends {
    /// The terms on which money would move.
    pub fn terms(&self) -> Option<&Terms> {
        match self {
            Self::Money(terms) | Self::Standing { terms, .. } => Some(terms),
            Self::Command { .. } => None,
        }
    }
}

impl Terms {
    /// All of it, the same for the same terms only.
    pub fn canonical(&self) -> String {
        let to = match &self.moves {
            Moves::Transfer { to, label } => format!("transfer {to} {label:?}"),
            Moves::Payout { address, name } => format!("payout {} {:?}", address.canonical(), name.as_str()),
            Moves::Bill { account, name, bill } => {
                format!("bill {} {:?} {bill:?}", Address::Bill(account.clone()).canonical(), name.as_str())
            }
        };
        format!("{to} {} {} {:?}", self.amount, self.fee, self.note)
    }
}

/// How somebody answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The button under the question: it names the question and what was shown.
    Button { id: Fingerprint, proof: String },
    /// A message that is a word for yes and nothing else.
    Word { written_at: Timestamp },
}

/// Why an answer confirms nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotConfirmed {
    #[error("nothing waits for an answer")]
    Nothing,
    #[error("the question is too old")]
    Late,
    #[error("the button is of another question")]
    Other,
    #[error("it was written before the question was shown")]
    Early,
}

impl NotConfirmed {
    pub fn code(self) -> &'static str {
        match self {
            Self::Nothing => "nothing_waits",
            Self::Late => "late",
            Self::Other => "other_question",
            Self::Early => "early",
        }
    }
}

impl Pending {
    /// For how long a question may be answered.
    pub const LASTS: SignedDuration = SignedDuration::from_mins(5);

    pub fn new(id: Fingerprint, pends: Pends, now: Timestamp) -> Self {
        let expires_at = now.saturating_add(Self::LASTS).unwrap_or(Timestamp::MAX);
        Self { id, pends, awaits: Awaits::Yes, asked_at: now, expires_at }
    }

    /// Stands for what was shown, to whom and where.
    pub fn digest(&self, user: UserId, door: Door) -> Digest {
        let what = match &self.pends {
            Pends::Money(terms) => terms.canonical(),
            Pends::Standing { terms, every } => format!("every {every} {}", terms.canonical()),
            Pends::Command { command, slots } => format!("{command} {slots:?}"),
        };
        digest_of(&format!("{user} {} {} {what}", door.code(), self.id))
    }

    /// The same, as a button carries it.
    pub fn proof(&self, user: UserId, door: Door) -> String {
        hex::encode(self.digest(user, door))
    }

    /// Whether this answers the question.
    ///
    /// # Errors
    ///
    /// Why it does not. Whoever is refused by their clock may still press the button.
    pub fn confirmed(&self, answer: &Answer, user: UserId, door: Door, now: Timestamp) -> Result<(), NotConfirmed> {
        if let Answer::Button { id, proof } = answer
            && (*id != self.id || *proof != self.proof(user, door))
        {
            return Err(NotConfirmed::Other);
        }
        if self.awaits != Awaits::Yes {
            return Err(NotConfirmed::Nothing);
        }
        if now >= self.expires_at {
            return Err(NotConfirmed::Late);
        }
        match answer {
            // Providers tell whole seconds.
            Answer::Word { written_at } if written_at.as_second() < self.asked_at.as_second() => Err(NotConfirmed::Early),
            Answer::Word { .. } | Answer::Button { .. } => Ok(()),
        }
    }
}
