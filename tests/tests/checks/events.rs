//! The feed without a socket: long polls and server-sent events.

use crate::world::*;
use domain::{account::SetPaused, identity::Role};
use lambda::{Reply, Request};
use serde_json::Value;

const PHONE: &str = "+919812345670";

struct Reader<'a> {
    world: &'a World,
    token: String,
}

impl Reader<'_> {
    async fn ask(&self, query: &str, headers: &[(&str, &str)]) -> Result<Reply, lambda::Problem> {
        let mut request = Request::get("/v1/events").query(query).bearer(&self.token);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        functions::api::events::handle(&self.world.deps, request.build()).await
    }

    /// Places of what came, where to go on, and whether that was all.
    async fn poll(&self, after: u64, wait: u32) -> (Vec<u64>, u64, bool) {
        let reply = self.ask(&format!("after_seq={after}&wait={wait}"), &[]).await.unwrap();
        let body: Value = serde_json::from_slice(&reply.body).unwrap();
        let places = body["items"].as_array().unwrap().iter().map(|event| event["seq"].as_u64().unwrap()).collect();
        (places, body["seq"].as_u64().unwrap(), body["recovered"] == true)
    }

    /// Places of what a stream shows; each `data` is its event, whole.
    async fn stream(&self, last: u64) -> Vec<u64> {
        let reply = self.ask("wait=5", &[("accept", "text/event-stream"), ("last-event-id", &last.to_string())]).await.unwrap();
        assert_eq!(reply.header("content-type"), Some("text/event-stream; charset=utf-8"));
        let text = String::from_utf8(reply.body).unwrap();
        let block = |block: &str| {
            let line = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
            let (id, data) = (line("id")?.parse().unwrap(), line("data")?);
            let data: Value = serde_json::from_str(data).unwrap();
            assert_eq!((data["seq"].as_u64(), data["event"].as_str()), (Some(id), line("event")));
            Some(id)
        };
        text.split("\n\n").filter_map(block).collect()
    }
}

async fn happen(world: &World, times: usize) {
    for n in 0..times {
        world.run(&SetPaused { owner: user("asha"), paused: n % 2 == 0, request_id: format!("r{n}") }).await;
    }
}

/// F36: a reader that is cut fifty times in a thousand events, each time in the midst of an answer.
#[tokio::test]
async fn f36_a_reader_that_is_cut_again_and_again_misses_nothing_and_sees_nothing_twice() {
    const EVENTS: usize = 1_000;
    let world = World::new(|_| {}).await;
    let (token, _) = world.sign_in("asha", PHONE, Role::Worker).await;
    let reader = Reader { world: &world, token };
    let begin = reader.ask("", &[]).await.unwrap();
    let begin = serde_json::from_slice::<Value>(&begin.body).unwrap()["seq"].as_u64().unwrap();
    let read = async |by_stream: bool| {
        let (mut shown, mut cuts, mut asked) = (Vec::new(), 0, 0);
        while shown.len() < EVENTS {
            let last = shown.last().copied().unwrap_or(begin);
            let mut places = if by_stream { reader.stream(last).await } else { reader.poll(last, 5).await.0 };
            asked += 1;
            assert!(!places.is_empty(), "nothing came after {last}");
            // Only so much of it arrives.
            if cuts < 50 {
                cuts += 1;
                places.truncate(places.len().min(1 + asked % 17));
            }
            shown.extend(places);
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        assert_eq!((shown, cuts), ((begin + 1..=begin + EVENTS as u64).collect(), 50));
    };
    tokio::join!(happen(&world, EVENTS), read(false));
    // The same history once more, as a stream.
    read(true).await;
}

#[tokio::test]
async fn a_poll_waits_for_what_is_not_there_yet() {
    let world = World::new(|_| {}).await;
    let (token, _) = world.sign_in("asha", PHONE, Role::Worker).await;
    let reader = Reader { world: &world, token };
    let (nothing, head, all) = reader.poll(0, 0).await;
    assert_eq!((nothing, head, all), (vec![1], 1, true), "the account's opening");
    let later = async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        happen(&world, 1).await;
    };
    let ((), (came, _, _)) = tokio::join!(later, reader.poll(head, 20));
    assert_eq!(came, [2]);
    assert_eq!(reader.poll(2, 1).await, (Vec::new(), 2, true), "and gives up in time");
}

/// What a channel does not show is passed over, and not asked for again.
#[tokio::test]
async fn a_narrow_channel_tells_how_far_it_was_looked_at() {
    let world = World::new(|_| {}).await;
    let (token, _) = world.sign_in("asha", PHONE, Role::Worker).await;
    let reader = Reader { world: &world, token };
    happen(&world, 4).await;
    let reply = reader.ask(&format!("channel=balance:{}&after_seq=0", user("asha")), &[]).await.unwrap();
    let body: Value = serde_json::from_slice(&reply.body).unwrap();
    assert_eq!((body["items"].as_array().unwrap().len(), body["seq"].as_u64()), (0, Some(5)));
}

#[tokio::test]
async fn s5_only_the_owner_reads_and_only_while_signed_in() {
    let world = World::new(|_| {}).await;
    let (token, session) = world.sign_in("asha", PHONE, Role::Worker).await;
    let (stranger, _) = world.sign_in("ravi", "+919812345671", Role::Worker).await;
    let channel = format!("channel=user:{}&after_seq=0", user("asha"));
    let (asha, ravi) = (Reader { world: &world, token }, Reader { world: &world, token: stranger });
    assert_eq!(ravi.ask(&channel, &[]).await.unwrap_err().status(), 403);
    assert_eq!(asha.ask(&channel, &[]).await.unwrap().status, 200);
    // Logged out in the midst of a wait: nothing more is told.
    let leave = async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        world.deps.store.end_session(session, world.now()).await.unwrap();
        happen(&world, 1).await;
    };
    let ((), answer) = tokio::join!(leave, asha.ask("after_seq=1&wait=20", &[]));
    assert_eq!(answer.unwrap_err().status(), 401);
    assert_eq!(asha.ask(&channel, &[]).await.unwrap_err().status(), 401);
}

#[tokio::test]
async fn a_ticket_is_good_once_and_in_the_place_of_a_token() {
    let world = World::new(|_| {}).await;
    let (token, _) = world.sign_in("asha", PHONE, Role::Worker).await;
    let request = Request::post("/v1/realtime/tickets").bearer(&token).build();
    let ticket = functions::api::realtime::handle(&world.deps, request).await.unwrap();
    let ticket: Value = serde_json::from_slice(&ticket.body).unwrap();
    let query = format!("after_seq=0&ticket={}", ticket["ticket"].as_str().unwrap());
    let ask = async || functions::api::events::handle(&world.deps, Request::get("/v1/events").query(query.clone()).build()).await;
    assert_eq!(ask().await.unwrap().status, 200);
    assert_eq!(ask().await.unwrap_err().status(), 401);
}

#[tokio::test]
async fn s6_a_query_or_an_id_that_is_none_is_refused() {
    let world = World::new(|_| {}).await;
    let (token, _) = world.sign_in("asha", PHONE, Role::Worker).await;
    let reader = Reader { world: &world, token };
    for query in ["wait=21", "wait=-1", "after_seq=x", "after_seq=-1", "channel=a&channel=b", "seq=1"] {
        assert_eq!(reader.ask(query, &[]).await.unwrap_err().status(), 400, "{query}");
    }
    assert_eq!(reader.ask(&format!("channel={}", "x".repeat(101)), &[]).await.unwrap_err().status(), 400);
    assert_eq!(reader.ask("", &[("last-event-id", "seven")]).await.unwrap_err().status(), 400);
    for channel in ["", "user", "user:", "weather:", "weather:Pune", "room:room_1", "transfer:trf_1"] {
        assert_eq!(reader.ask(&format!("channel={channel}"), &[]).await.unwrap_err().status(), 403, "{channel}");
    }
}
