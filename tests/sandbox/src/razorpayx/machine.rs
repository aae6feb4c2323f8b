//! The states of a payout, and which follows which.

use serde::{Deserialize, Serialize};

/// Source: the sheet, section 5.5. `scheduled` is left out: nothing here makes such a payout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PayoutStatus {
    /// Before the first state; nobody outside sees it.
    Created,
    Pending,
    Queued,
    Processing,
    Processed,
    Reversed,
    Failed,
    Rejected,
    Cancelled,
}

impl PayoutStatus {
    pub fn may_become(self, next: Self) -> bool {
        use PayoutStatus::{Cancelled, Created, Failed, Pending, Processed, Processing, Queued, Rejected, Reversed};
        match self {
            Created => matches!(next, Pending | Queued | Processing | Failed),
            Pending => matches!(next, Queued | Processing | Rejected),
            Queued => matches!(next, Processing | Cancelled | Failed),
            Processing => matches!(next, Processed | Reversed | Failed),
            Processed => next == Reversed,
            // On current accounts each may still turn into the other.
            Failed => next == Reversed,
            Reversed => next == Failed,
            Rejected | Cancelled => false,
        }
    }

    /// The event that says so. There is none for a cancellation.
    pub fn event(self) -> Option<&'static str> {
        match self {
            Self::Pending => Some("payout.pending"),
            Self::Queued => Some("payout.queued"),
            Self::Processing => Some("payout.initiated"),
            Self::Processed => Some("payout.processed"),
            Self::Reversed => Some("payout.reversed"),
            Self::Failed => Some("payout.failed"),
            Self::Rejected => Some("payout.rejected"),
            Self::Created | Self::Cancelled => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PayoutStatus::{self, *};

    #[test]
    fn states_move_as_the_sheet_says_and_not_back() {
        let all = [Created, Pending, Queued, Processing, Processed, Reversed, Failed, Rejected, Cancelled];
        let moves: Vec<(PayoutStatus, PayoutStatus)> =
            all.into_iter().flat_map(|from| all.into_iter().map(move |to| (from, to))).filter(|(from, to)| from.may_become(*to)).collect();
        assert_eq!(
            moves,
            [
                (Created, Pending),
                (Created, Queued),
                (Created, Processing),
                (Created, Failed),
                (Pending, Queued),
                (Pending, Processing),
                (Pending, Rejected),
                (Queued, Processing),
                (Queued, Failed),
                (Queued, Cancelled),
                (Processing, Processed),
                (Processing, Reversed),
                (Processing, Failed),
                (Processed, Reversed),
                (Reversed, Failed),
                (Failed, Reversed),
            ]
        );
    }
}
