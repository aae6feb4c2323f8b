//! What kinds of records there are.

use crate::{codes::codes, engine::Record};

codes! {
    /// A kind of record, as rows name it. A code never changes: rows have it.
    Kind {
        Account = "account";
        Transfer = "transfer";
        Payment = "payment";
        Refund = "refund";
        Payout = "payout";
        Batch = "batch";
        Suspense = "suspense";
        BatchLine = "batch_line";
        Payee = "payee";
        Reading = "reading";
        Notice = "notice";
        Preferences = "preferences";
        Devices = "devices";
        DeviceOwner = "device_owner";
        Suppression = "suppression";
        ProviderMessage = "provider_message";
        Board = "board";
        Publication = "publication";
        Leg = "leg";
        Room = "room";
        Seat = "seat";
        Message = "message";
        Report = "report";
        Social = "social";
        Campaign = "campaign";
        Membership = "membership";
        Chat = "chat";
        Turn = "turn";
        Page = "page";
        Book = "book";
        Worked = "worked";
        Finding = "finding";
        Outlook = "outlook";
        Note = "note";
        HandOff = "hand_off";
        Bank = "bank";
        Standing = "standing";
        Summary = "summary";
        UserKey = "user_key";
        Erasure = "erasure";
        Consents = "consents";
        Consent = "consent";
        Pin = "pin";
        Planner = "planner";
        Order = "order";
    }
}

impl Record {
    pub fn kind(&self) -> Kind {
        match self {
            Self::Account(_) => Kind::Account,
            Self::Transfer(_) => Kind::Transfer,
            Self::Payment(_) => Kind::Payment,
            Self::Refund(_) => Kind::Refund,
            Self::Payout(_) => Kind::Payout,
            Self::Batch(_) => Kind::Batch,
            Self::Suspense(_) => Kind::Suspense,
            Self::BatchLine(_) => Kind::BatchLine,
            Self::Payee(_) => Kind::Payee,
            Self::Reading(_) => Kind::Reading,
            Self::Notice(_) => Kind::Notice,
            Self::Preferences(_) => Kind::Preferences,
            Self::Devices(_) => Kind::Devices,
            Self::DeviceOwner(..) => Kind::DeviceOwner,
            Self::Suppression(_) => Kind::Suppression,
            Self::ProviderMessage(_) => Kind::ProviderMessage,
            Self::Board(_) => Kind::Board,
            Self::Publication(_) => Kind::Publication,
            Self::Leg(_) => Kind::Leg,
            Self::Room(_) => Kind::Room,
            Self::Seat(_) => Kind::Seat,
            Self::Message(_) => Kind::Message,
            Self::Report(_) => Kind::Report,
            Self::Social(_) => Kind::Social,
            Self::Campaign(_) => Kind::Campaign,
            Self::Membership(_) => Kind::Membership,
            Self::Chat(_) => Kind::Chat,
            Self::Turn(_) => Kind::Turn,
            Self::Page(_) => Kind::Page,
            Self::Book(_) => Kind::Book,
            Self::Worked(_) => Kind::Worked,
            Self::Finding(_) => Kind::Finding,
            Self::Outlook(_) => Kind::Outlook,
            Self::Note(_) => Kind::Note,
            Self::HandOff(_) => Kind::HandOff,
            Self::Bank(_) => Kind::Bank,
            Self::Standing(_) => Kind::Standing,
            Self::Summary(_) => Kind::Summary,
            Self::UserKey(_) => Kind::UserKey,
            Self::Erasure(_) => Kind::Erasure,
            Self::Consents(_) => Kind::Consents,
            Self::Consent(_) => Kind::Consent,
            Self::Pin(_) => Kind::Pin,
            Self::Planner(_) => Kind::Planner,
            Self::Order(..) => Kind::Order,
        }
    }
}
