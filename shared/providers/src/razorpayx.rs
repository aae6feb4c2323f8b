//! RazorpayX, the payout side: contacts, fund accounts, validations and payouts.
//!
//! Source of every fact here: `razorpay.md`, section 5. In live mode the provider takes calls
//! from listed addresses only, so these functions leave through a fixed one.

mod account;
mod clean;
mod client;
mod contacts;
mod destination;
mod fund_accounts;
mod modes;
mod payouts;
mod reasons;
mod validations;

pub use account::{Source, SourceKind, TransactionEntity};
pub use clean::{ContactName, Narration};
pub use client::Client;
pub use contacts::{ContactEntity, ContactType, NewContact};
pub use destination::{Destination, DestinationKind};
pub use fund_accounts::{AccountType, BankAccountDetails, FundAccountEntity, VpaDetails};
pub use modes::{IMPS_PAISE_MAX, Mode, UPI_PAISE_MAX, modes_for};
pub use payouts::{NewPayout, PayTo, PayoutEntity, PayoutStatus, Purpose};
pub use reasons::{ReasonClass, StatusDetails, StatusReason};
pub use validations::{AccountStatus, NewValidation, ValidationEntity, ValidationResults, ValidationStatus};
