//! By which rail money went, as far as it matters here.

use crate::reading::Reading;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// From one account to another, so that a person may stand at its other end: UPI, IMPS, NEFT, RTGS.
    Account,
    Card,
    Atm,
    Cash,
    Fastag,
    Emi,
    /// NACH, ECS, wallets, cheques, and what is not told.
    Other,
}

impl Channel {
    /// By its code in a message or a statement; otherwise by the words of the narration.
    pub fn of(code: Option<&str>, text: &Reading) -> Self {
        match code {
            Some("upi" | "neft" | "imps" | "rtgs" | "netbanking" | "transfer") => Self::Account,
            Some("card") => Self::Card,
            Some("atm") => Self::Atm,
            Some("cash") => Self::Cash,
            Some("fastag") => Self::Fastag,
            Some("emi") => Self::Emi,
            Some("wallet" | "cheque" | "nach") => Self::Other,
            _ if ["upi", "imps", "neft", "rtgs"].iter().any(|rail| text.has(rail)) => Self::Account,
            _ => Self::Other,
        }
    }
}
