//! What a bank tells of its customer's accounts, whichever way it came: an Account Aggregator, Mono,
//! Plaid, a statement's file or the demo bank. Connectors translate into these types, and everything
//! behind them knows no connector (the contract of `banks.md`, section 5).
//!
//! Pure: values in, values out. Amounts are integers of the currency's minor unit, always positive,
//! with a direction beside them. Names, numbers and narrations are about a person: `{:?}` of these
//! types shows their form only, so it may be logged.

mod account;
mod changes;
mod entry;
mod gaps;
mod key;
mod minor;

pub use account::{Account, AccountKind, Balance};
pub use changes::{Changes, Removed, State};
pub use entry::{Direction, Entry, Mode};
pub use gaps::{Gap, gaps};
pub use key::{dedupe_key, normalised};
pub use minor::{BadAmount, Currency, Rounding, minor_units};
