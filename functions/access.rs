//! Access to those who read banks and platforms, pay bills and take payments, as this deployment is set up with
//! them.

mod aggregator;
mod banks;
mod bills;
mod phonepe;
mod platforms;
mod setu;

pub use aggregator::{KnownDoor, NotSetUp};

use crate::{
    banks::{Aggregator, Entry, Kind, Reader},
    deps::Deps,
    notices::clients::Kept,
};
use lambda::BoxError;
use providers::{banks::connector::Connector, banks::plaid, platforms::connector as platform};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Clients that hold tokens, or what is known of outages, kept as long as their secret stays as it is.
#[derive(Default)]
pub(crate) struct Access {
    bills: Kept<bills::BillsSecret, providers::bills::Client>,
    phonepe: Kept<phonepe::PhonepeSecret, providers::phonepe::Client>,
    banks: Kept<BanksSecret, BTreeMap<&'static str, Connector>>,
    aggregators: Kept<aggregator::Aggregators, BTreeMap<String, aggregator::Described<Aggregator>>>,
    setu: Kept<setu::SetuSecret, providers::account_aggregator::setu::Client>,
    platforms: Kept<BanksSecret, BTreeMap<String, platform::Connector>>,
    plaid: Kept<banks::PlaidSecret, plaid::Verifier>,
}

/// Readers of banks and platforms. Those that are not named are not used.
#[derive(Clone, PartialEq, Eq, Deserialize)]
struct BanksSecret {
    #[serde(default)]
    demo: Option<banks::DemoSecret>,
    #[serde(default)]
    mono: Option<banks::MonoSecret>,
    #[serde(default)]
    plaid: Option<banks::PlaidSecret>,
    #[serde(default)]
    aggregator: Option<aggregator::AggregatorSecret>,
    #[serde(default)]
    aggregators: BTreeMap<String, aggregator::AggregatorSecret>,
    #[serde(default)]
    setu: Option<setu::SetuSecret>,
    #[serde(default)]
    uber: Option<platforms::UberSecret>,
    /// What the descriptions of other platforms name.
    #[serde(default)]
    platform_keys: BTreeMap<String, String>,
}

impl Deps {
    /// Who reads a bank or platform; `None` where this deployment has no access to it.
    ///
    /// # Errors
    ///
    /// Also where it is configured for a country in which it has no banks, in nobody's name, or wrongly described.
    pub async fn reader_of(&self, entry: &Entry) -> Result<Option<Reader>, BoxError> {
        match entry.kind {
            Kind::Platform => Ok(self.platform(&entry.provider).await?.map(|connector| Reader::Platform(Box::new(connector)))),
            Kind::Bank if entry.provider == setu::PROVIDER => self.setu().await,
            Kind::Bank if aggregator::is_aggregator(&entry.provider) => self.aggregator(&entry.provider).await,
            Kind::Bank => Ok(self.connector(&entry.provider).await?.map(|connector| Reader::Connector(Box::new(connector)))),
        }
    }
}
