//! The log of operators' acts, and what its proof and its check say where somebody wrote to the table past us.

use crate::world::*;
use aws_sdk_dynamodb::{Client, types::AttributeValue};
use domain::{
    audit::{Act, Head},
    identity::Role,
};
use embedded::TABLES;
use functions::{api, schedules::check_ledger};
use lambda::{Deadline, Problem, Request};
use serde_json::{Value, json};
use std::{collections::HashMap, pin::Pin};

type Row = HashMap<String, AttributeValue>;

fn act(world: &World, id: &str) -> Act {
    Act {
        id: id.to_owned(),
        at: world.now(),
        by: user("olga").to_string(),
        request_id: id.to_owned(),
        action: "webhook.replay".to_owned(),
        subject: format!("razorpay#{id}"),
        proof: "processed credited".to_owned(),
        forced: false,
    }
}

/// A world in which five acts were done, and the check has seen them.
async fn world() -> World {
    let world = World::new(|_| {}).await;
    for id in ["a", "b", "c", "d", "e"] {
        world.deps.store.put_act(&act(&world, id)).await.unwrap();
    }
    assert_eq!(check(&world).await, []);
    world
}

async fn get(world: &World, token: &str, path: &str, query: &str) -> Result<Value, Problem> {
    let reply = api::operations::handle(&world.deps, Request::get(path).query(query).bearer(token).build()).await?;
    Ok(serde_json::from_slice(&reply.body).unwrap())
}

/// What one run of the schedule finds.
async fn check(world: &World) -> Vec<(u64, &'static str)> {
    let breaks = check_ledger::audit::check(&world.deps).await.unwrap();
    breaks.into_iter().map(|found| (found.seq, found.why.code())).collect()
}

#[tokio::test]
async fn the_list_shows_how_each_act_hangs_on_the_one_before_it() {
    let world = world().await;
    let token = world.operator(Role::Support).await;
    let page = get(&world, &token, "/v1/ops/audit", "limit=3").await.unwrap();
    let cursor = page["next_cursor"].as_str().unwrap();
    let rest = get(&world, &token, "/v1/ops/audit", &format!("limit=3&cursor={cursor}")).await.unwrap();
    let items: Vec<&Value> = [&page, &rest].into_iter().flat_map(|page| page["items"].as_array().unwrap()).collect();
    assert_eq!(items.iter().map(|item| item["seq"].as_u64().unwrap()).collect::<Vec<_>>(), [5, 4, 3, 2, 1]);
    for pair in items.windows(2) {
        assert_eq!(pair[0]["previous_hash"], pair[1]["hash"]);
    }
    assert_eq!(items[4]["previous_hash"], "0".repeat(64));
    assert_eq!((&items[4]["id"], &items[4]["subject"], &rest["next_cursor"]), (&json!("a"), &json!("razorpay#a"), &Value::Null));
}

#[tokio::test]
async fn the_log_is_proven_whole_and_in_parts() {
    let world = World::new(|_| {}).await;
    let token = world.operator(Role::Support).await;
    let proof = async |query: &str| get(&world, &token, "/v1/ops/audit/proof", query).await;
    let zeros = "0".repeat(64);
    let empty = proof("").await.unwrap();
    assert_eq!(empty, json!({ "first_seq": 1, "last_seq": 0, "head_hash": zeros, "holds": true, "break": null }));
    for id in ["a", "b", "c", "d", "e"] {
        world.deps.store.put_act(&act(&world, id)).await.unwrap();
    }
    let hash = async |seq: u64| hex::encode(world.deps.store.act(seq).await.unwrap().unwrap().link.hash);
    for (query, first, last) in [("", 1, 5), ("from=2&to=4", 2, 4), ("to=9", 1, 5), ("from=5", 5, 5), ("from=6", 6, 5)] {
        let told = proof(query).await.unwrap();
        let due = json!({ "first_seq": first, "last_seq": last, "head_hash": hash(last).await, "holds": true, "break": null });
        assert_eq!(told, due, "{query}");
    }
    for (query, status) in [("from=7", 404), ("from=0", 400), ("to=0", 400), ("from=3&to=2", 400), ("of=3", 400)] {
        assert_eq!(proof(query).await.unwrap_err().status(), status, "{query}");
    }
    let (worker, _) = world.sign_in("ravi", "+919999900002", Role::Worker).await;
    assert_eq!(get(&world, &worker, "/v1/ops/audit/proof", "").await.unwrap_err().status(), 403);
}

#[tokio::test]
async fn the_check_goes_on_from_where_it_was_and_runs_with_the_ledgers() {
    let world = world().await;
    let store = &world.deps.store;
    let head = store.audit_head().await.unwrap();
    assert_eq!(store.audit_check().await.unwrap().verified, head);
    store.put_act(&act(&world, "f")).await.unwrap();
    check_ledger::handle(&world.deps, Deadline::never()).await.unwrap();
    let then = store.audit_check().await.unwrap().verified;
    assert_eq!((then.seq, then), (6, store.audit_head().await.unwrap()));
    assert!(store.last_report().await.unwrap().unwrap().is_balanced());
}

/// Who can write to the table past us.
struct Intruder(Client);

impl Intruder {
    fn key(sk: &str) -> Row {
        [("pk", "K#audit"), ("sk", sk)].map(|(name, value)| (name.to_owned(), AttributeValue::S(value.to_owned()))).into()
    }

    async fn row(&self, sk: &str) -> Row {
        let request = self.0.get_item().table_name(TABLES.0).set_key(Some(Self::key(sk)));
        request.send().await.unwrap().item.unwrap()
    }

    /// Puts a row in the place of another.
    async fn put(&self, sk: &str, mut row: Row) {
        row.extend(Self::key(sk));
        self.0.put_item().table_name(TABLES.0).set_item(Some(row)).send().await.unwrap();
    }

    async fn set(&self, sk: &str, name: &str, value: AttributeValue) {
        let mut row = self.row(sk).await;
        row.insert(name.to_owned(), value);
        self.put(sk, row).await;
    }

    async fn remove(&self, sk: &str) {
        self.0.delete_item().table_name(TABLES.0).set_key(Some(Self::key(sk))).send().await.unwrap();
    }

    /// Sets the head back to an entry.
    async fn set_back(&self, seq: u64) {
        let row = self.row(&entry(seq)).await;
        let head = ["seq", "hash"].map(|name| (name.to_owned(), row[name].clone()));
        self.put("@", head.into()).await;
    }
}

fn entry(seq: u64) -> String {
    format!("E#{seq:016}")
}

fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

type Done<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

/// What somebody did, and where and how the log is then said to be broken.
struct Tampering(&'static str, for<'a> fn(&'a World, Intruder) -> Done<'a>, (u64, &'static str));

const TAMPERINGS: &[Tampering] = &[
    Tampering(
        "an entry says something else",
        |_, log| Box::pin(async move { log.set(&entry(3), "subject", text("x")).await }),
        (3, "changed"),
    ),
    Tampering("an entry cannot be read", |_, log| Box::pin(async move { log.set(&entry(3), "seq", text("x")).await }), (3, "missing")),
    Tampering("an entry is taken out", |_, log| Box::pin(async move { log.remove(&entry(3)).await }), (3, "missing")),
    Tampering("the first is taken out", |_, log| Box::pin(async move { log.remove(&entry(1)).await }), (1, "missing")),
    Tampering("the last is taken out", |_, log| Box::pin(async move { log.remove(&entry(5)).await }), (5, "missing")),
    Tampering(
        "two change places",
        |_, log| {
            Box::pin(async move {
                let (second, third) = (log.row(&entry(2)).await, log.row(&entry(3)).await);
                log.put(&entry(2), third).await;
                log.put(&entry(3), second).await;
            })
        },
        (2, "out_of_order"),
    ),
    Tampering(
        "one is put in",
        |_, log| {
            Box::pin(async move {
                let third = log.row(&entry(3)).await;
                log.put(&format!("{}x", entry(3)), third).await;
            })
        },
        (4, "out_of_order"),
    ),
    Tampering(
        "the end is cut off, and the head set back",
        |_, log| {
            Box::pin(async move {
                log.set_back(3).await;
                log.remove(&entry(4)).await;
                log.remove(&entry(5)).await;
            })
        },
        (4, "cut_off"),
    ),
    Tampering("the head alone is set back", |_, log| Box::pin(async move { log.set_back(3).await }), (4, "cut_off")),
    Tampering(
        "all of it is gone",
        |_, log| {
            Box::pin(async move {
                log.remove("@").await;
                for seq in 1..=5 {
                    log.remove(&entry(seq)).await;
                }
            })
        },
        (1, "cut_off"),
    ),
    Tampering(
        "all of it is written anew, and well",
        |world, log| {
            Box::pin(async move {
                log.remove("@").await;
                for seq in 1..=5 {
                    log.remove(&entry(seq)).await;
                }
                for id in ["v", "w", "x", "y", "z"] {
                    world.deps.store.put_act(&act(world, id)).await.unwrap();
                }
            })
        },
        (5, "forked"),
    ),
];

#[tokio::test]
async fn s16_whatever_is_done_to_the_log_its_proof_and_its_check_say_where() {
    for Tampering(what, tamper, (seq, why)) in TAMPERINGS {
        let world = world().await;
        let token = world.operator(Role::Support).await;
        tamper(&world, Intruder(embedded::client(world.database.clone(), None))).await;
        let told = get(&world, &token, "/v1/ops/audit/proof", "").await.unwrap();
        assert_eq!((&told["holds"], &told["break"]), (&json!(false), &json!({ "seq": seq, "why": why })), "{what}");
        // It is said until it is mended.
        for _ in 0..3 {
            assert!(check(&world).await.contains(&(*seq, *why)), "{what}");
        }
    }
}

#[tokio::test]
async fn an_entry_that_goes_beyond_the_head_lets_nobody_act_and_is_found() {
    let world = world().await;
    let log = Intruder(embedded::client(world.database.clone(), None));
    let row = log.row(&entry(5)).await;
    log.put(&entry(6), row).await;
    assert!(world.deps.store.put_act(&act(&world, "f")).await.is_err());
    assert_eq!(check(&world).await, [(6, "out_of_order")]);
    assert_eq!(world.deps.store.audit_check().await.unwrap().again, Head::START, "what was verified holds still");
}
