//! Our side: the ledger's own command over the embedded table.

use super::{Durability, pace::Ledger};
use anyhow::{Context, anyhow, ensure};
use bench::world;
use domain::{Timestamp, id::AccountId, transfer::OpenTransfer};
use embedded::{Database, Meter};
use std::{path::Path, sync::Arc, time::Duration};
use store::{ExecuteError, Store, StoreError};

pub struct Ours {
    store: Store,
    meter: Arc<Meter>,
    accounts: usize,
    /// Of all accounts together.
    funds: i64,
}

impl Ours {
    pub async fn start(scratch: &Path, durability: Durability, accounts: usize) -> anyhow::Result<Self> {
        let database = match durability {
            Durability::Memory => embedded::database()?,
            // SQLite's own default is kept: a log that is flushed at each commit (WAL, synchronous = FULL).
            Durability::Disk => {
                let path = scratch.join("kamai.sqlite");
                let path = path.to_str().context("the scratch folder's name is not text")?;
                Database::new(path).map_err(|error| anyhow!("{error:?}"))?
            }
        };
        let meter = Arc::new(Meter::time());
        let store = embedded::store_in(database, Some(meter.clone())).await?;
        world::fund(&store, 0..accounts).await?;
        let mut ours = Self { store, meter, accounts, funds: 0 };
        ours.funds = ours.sum().await?;
        Ok(ours)
    }

    /// The time within the table since this was last asked.
    pub fn table_time(&self) -> Duration {
        self.meter.take().busy
    }

    async fn sum(&self) -> anyhow::Result<i64> {
        let mut sum = 0;
        for number in 0..self.accounts {
            let account = self.store.account(AccountId::wallet_of(world::user(number))).await?.context("an account is gone")?;
            sum += account.balance;
        }
        Ok(sum)
    }

    /// Money was moved and none made.
    pub async fn check(&self) -> anyhow::Result<()> {
        ensure!(self.sum().await? == self.funds, "our ledger does not add up");
        Ok(())
    }
}

impl Ledger for Ours {
    async fn transfer(&self, _: usize, from: usize, to: usize, key: &str) -> anyhow::Result<()> {
        let (asked, amount) = (world::asked(from, key), world::amount(100)?);
        let command = OpenTransfer { asked, to: world::user(to), amount, note: None, hold_s: None, rules: world::rules() };
        // A client that is told that the account was busy comes again; its time runs on.
        while let Err(error) = self.store.execute(&command, Timestamp::now()).await {
            ensure!(matches!(error, ExecuteError::Store(StoreError::Busy)), "{error:?}");
        }
        Ok(())
    }
}
