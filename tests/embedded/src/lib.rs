//! DynamoDB within this process: for contract tests, the simulation and benchmarks.
//!
//! The SDK's client, its requests and its retries are the real ones; only the network is left
//! out. A request is carried out whole, at one moment, and other tasks may run before and after
//! it, as between any two requests of a real table.

mod between;
mod connector;
mod meter;
mod operations;
mod partly;

use aws_sdk_dynamodb::config::{BehaviorVersion, Region};
pub use between::{Asked, Between, Passage, Pending, Return, Written};
use connector::{Embedded, Watch};
pub use dynoxide::Database;
pub use meter::{Meter, Used};
use std::sync::Arc;
use store::{Store, StoreError};

/// What an embedded table could not do; only ever a mistake in a test's set-up.
#[derive(Debug)]
pub enum Error {
    Database(String),
    Store(StoreError),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Database(why) => write!(f, "the embedded database: {why}"),
            Self::Store(why) => write!(f, "the embedded tables: {why}"),
        }
    }
}

impl std::error::Error for Error {}

/// An empty database.
pub fn database() -> Result<Database, Error> {
    Database::memory().map_err(|error| Error::Database(error.to_string()))
}

/// A client of this database; `meter` watches its requests.
pub fn client(database: Database, meter: Option<Arc<Meter>>) -> aws_sdk_dynamodb::Client {
    client_of(Embedded::new(database, meter.map_or(Watch::Nobody, Watch::Meter)))
}

/// A client of this database with somebody between them.
pub fn client_through(database: Database, between: Arc<dyn Between>) -> aws_sdk_dynamodb::Client {
    client_of(Embedded::new(database, Watch::Between(between)))
}

fn client_of(embedded: Embedded) -> aws_sdk_dynamodb::Client {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("ap-south-1"))
        // Nobody would look at a signature.
        .allow_no_auth()
        .endpoint_url("http://embedded")
        .http_client(embedded)
        .build();
    aws_sdk_dynamodb::Client::from_conf(config)
}

/// The names of both tables.
pub const TABLES: (&str, &str) = ("main", "live");

/// A store on both tables, made in this database.
pub async fn store_in(database: Database, meter: Option<Arc<Meter>>) -> Result<Store, Error> {
    let store = Store::new(client(database, meter), TABLES.0, TABLES.1);
    store.create_tables().await.map_err(Error::Store)?;
    Ok(store)
}

/// A store on a database of its own.
pub async fn store() -> Result<Store, Error> {
    store_in(database()?, None).await
}

/// A store on a database of its own, watched by this meter.
pub async fn metered_store(meter: Meter) -> Result<(Store, Arc<Meter>), Error> {
    let meter = Arc::new(meter);
    let store = store_in(database()?, Some(meter.clone())).await?;
    meter.take();
    Ok((store, meter))
}

/// Serves this database over HTTP, for functions in processes of their own; answers its address.
pub async fn serve(database: Database) -> std::io::Result<String> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(dynoxide::server::serve_on(listener, database));
    Ok(url)
}
