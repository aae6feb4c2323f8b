//! PostgreSQL's side: one prepared call a transfer, a connection a client.

use super::{Durability, pace::Ledger};
use anyhow::{Context, ensure};
use bench::world;
use domain::{id::Fingerprint, money::AMOUNT_MAX};
use functions::api::sha256_hex;
use std::path::Path;
use tokio_postgres::{Client, Config, NoTls, Statement};

const SCHEMA: &str = include_str!("ledger.sql");
const CALL: &str = "select transfer($1, $2, $3, $4, $5, $6, $7, $8)";

pub struct Postgres {
    clients: Vec<(Client, Statement)>,
    accounts: i64,
}

async fn connect(socket: &Path) -> anyhow::Result<Client> {
    let (client, connection) = Config::new().host_path(socket).user("postgres").dbname("postgres").connect(NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

impl Postgres {
    /// A ledger with nothing in it but its accounts, each with the same funds.
    pub async fn start(socket: &Path, durability: Durability, accounts: usize, clients: usize) -> anyhow::Result<Self> {
        let admin = connect(socket).await.context("PostgreSQL does not answer")?;
        let switch = match durability {
            Durability::Memory => "off",
            Durability::Disk => "on",
        };
        for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
            admin.batch_execute(&format!("alter system set {setting} = {switch}")).await?;
        }
        admin.batch_execute("select pg_reload_conf()").await?;
        admin.batch_execute(SCHEMA).await?;
        let accounts = i64::try_from(accounts)?;
        let fill = "insert into accounts (id, balance) select id, $2 from generate_series(0, $1::bigint - 1) as id";
        admin.execute(fill, &[&accounts, &AMOUNT_MAX]).await?;
        admin.batch_execute("vacuum analyze accounts").await?;
        admin.batch_execute("checkpoint").await?;

        let mut connected = Vec::new();
        for _ in 0..clients {
            let client = connect(socket).await?;
            // What is compared is what is said: the settings have arrived.
            let row = client.query_one("select current_setting('fsync'), current_setting('synchronous_commit')", &[]).await?;
            ensure!((row.get::<_, &str>(0), row.get::<_, &str>(1)) == (switch, switch), "PostgreSQL did not take its settings");
            let statement = client.prepare(CALL).await?;
            connected.push((client, statement));
        }
        Ok(Self { clients: connected, accounts })
    }

    /// Money was moved and none made, and each transfer left all that it leaves.
    pub async fn check(&self) -> anyhow::Result<()> {
        let (client, _) = self.clients.first().context("no client")?;
        let sums =
            "select sum(balance)::bigint, sum(entry_number)::bigint, (select count(*) from transfers), (select count(*) from entries),
                    (select count(*) from postings), (select count(*) from events) from accounts";
        let row = client.query_one(sums, &[]).await?;
        let [balance, numbered, transfers, entries, postings, events] = [0, 1, 2, 3, 4, 5].map(|column| row.get::<_, i64>(column));
        ensure!(balance == AMOUNT_MAX * self.accounts, "PostgreSQL's ledger does not add up");
        ensure!(numbered == entries && [entries, postings] == [2 * transfers; 2] && events == transfers, "PostgreSQL's rows do not add up");
        Ok(())
    }
}

impl Ledger for Postgres {
    async fn transfer(&self, client: usize, from: usize, to: usize, key: &str) -> anyhow::Result<()> {
        let (client, call) = self.clients.get(client).context("no such client")?;
        // As ours: the key is a hash of caller and key, the digest one of what is asked for.
        let fingerprint = Fingerprint::of(&from.to_string(), key).to_string().into_bytes();
        let digest = sha256_hex(key.as_bytes()).into_bytes();
        let (from, to, rules) = (i64::try_from(from)?, i64::try_from(to)?, world::rules());
        let limits = (rules.day_limit, rules.transfer_day_limit, rules.payee_day_limit);
        let done = client.query_one(call, &[&fingerprint, &digest, &from, &to, &100_i64, &limits.0, &limits.1, &limits.2]).await?;
        ensure!(done.get::<_, &str>(0) == "posted", "a transfer was {}", done.get::<_, &str>(0));
        Ok(())
    }
}
