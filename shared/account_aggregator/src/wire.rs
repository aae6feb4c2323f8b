//! ReBIT's messages, as one who asks for data sends and receives them (`account-aggregator.md`,
//! sections 1, 3 and 4). 1.1.2 and 2.x have the same objects; 2.x also posts what 1.1.2 asks for by path.
//!
//! Messages that others send to us of their own accord are read strictly, answers with patience: an
//! answer may have more fields than are known here.

mod consent;
mod data;
mod error;
mod notification;
mod version;

pub(crate) use consent::after;
pub use consent::{
    Account, BadArtefact, ConsentArtefact, ConsentDetail, ConsentFetch, ConsentFetched, ConsentMode, ConsentRequest, ConsentRequested,
    ConsentStatus, ConsentType, ConsentUse, Customer, DataConsumer, DataFilter, DataLife, DataLifeUnit, DataProvider, FetchType,
    FiDataRange, FiType, FilterType, Frequency, FrequencyUnit, HandleConsent, HandleStatus, HandleStatusAsked, HandleStatusTold,
    Identifier, IdentifierType, Operator, Party, PartyId, Purpose, PurposeCategory, PurposeCode,
};
pub use data::{ConsentRef, DeliveredAccount, DeliveredBank, FiFetch, FiFetched, FiRequest, FiRequested, LinkRef};
pub use error::{ErrorBody, ErrorCode};
pub use notification::{
    AccountStatus, Acknowledged, BankStatus, ConsentNotification, ConsentStatusNotification, DataNotification, DataStatusNotification,
    FiStatus, Notifier, SessionStatus,
};
pub use version::{Version, txnid_from_random};
