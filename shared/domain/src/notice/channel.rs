//! By what a user is told, and of what kind it is.

use crate::codes::codes;
use crate::fact::FactKind;

codes! {
    /// In the order of the ladder: what disturbs and costs least comes first.
    Channel {
        /// All devices of a user together: any of them is enough.
        Push = "push";
        Whatsapp = "whatsapp";
        Sms = "sms";
        Email = "email";
    }
}

codes! {
    /// What a notice is about, as far as its user may choose.
    Category {
        /// Fraud, log-ins, the panic button. Always sent.
        Security = "security";
        /// What the law has us tell. Always sent.
        Legal = "legal";
        Money = "money";
        Account = "account";
        /// What Kamai found in the user's figures.
        Insight = "insight";
        /// A promotion: only to who asked for it, and only at the hours allowed for it.
        Offer = "offer";
    }
}

impl Channel {
    /// Whether a second message takes the place of the first, so that a call with an unknown outcome
    /// may be made again. Source: `push.md` A2 (`tag`, `collapse_key`) and B2 (`Topic`).
    pub fn is_repeatable(self) -> bool {
        self == Self::Push
    }
}

impl Category {
    /// Whether it goes out whatever was switched off, at any hour.
    pub fn is_always_sent(self) -> bool {
        matches!(self, Self::Security | Self::Legal)
    }

    /// Whether a complaint ends it: what nobody needs in order to use their account.
    pub fn is_marketing(self) -> bool {
        matches!(self, Self::Insight | Self::Offer)
    }

    /// Of a fact of a feed.
    pub fn of(kind: FactKind) -> Self {
        use FactKind::*;
        match kind {
            SecurityLogIn | AccountPaused | AccountResumed => Self::Security,
            AccountOpened | AccountClosed | KycStatus | OrganisationInvited => Self::Account,
            // What nobody asked for; Meta and the words of it call it marketing too.
            Announcement => Self::Offer,
            PaymentCaptured | PaymentFailed | RefundRequested | RefundProcessed | RefundFailed | TransferHeld | TransferSent
            | TransferReceived | TransferVoided | TransferExpired | PayoutOpened | PayoutCooling | PayoutSent | PayoutProcessed
            | PayoutFailed | PayoutReversed | PayoutCancelled | BatchOpened | BatchCompleted | SuspenseAssigned | LimitExceeded
            | CardActivity => Self::Money,
        }
    }
}
