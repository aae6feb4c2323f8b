//! Chat: rooms, messages, receipts, who may see what, and who is there.

use crate::{balance, key, staff, until, worker_with};
use anyhow::{Context, Result, ensure};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tests::{socket::Feed, worker::Worker};

async fn pair() -> Result<(Worker, Worker)> {
    tokio::try_join!(worker_with(0), worker_with(0))
}

/// A room of two, and its channel.
async fn room_of(one: &Worker, other: &Worker) -> Result<(String, String)> {
    let room = one.post("/v1/rooms", Some(&key("room")), json!({ "with": other.user_id })).await?;
    Ok((text(&room, "id")?, text(&room, "channel")?))
}

fn text(value: &Value, name: &str) -> Result<String> {
    Ok(value[name].as_str().with_context(|| format!("no {name} in {value}"))?.to_owned())
}

async fn write(worker: &Worker, room: &str, client_id: &str, words: &str) -> Result<Value> {
    worker.post(&format!("/v1/rooms/{room}/messages"), None, json!({ "client_id": client_id, "text": words })).await
}

async fn status(worker: &Worker, method: Method, path: &str, body: Option<Value>) -> Result<StatusCode> {
    Ok(worker.call(method, path, Some(&key("asked")), body).await?.0)
}

#[tokio::test]
async fn two_people_have_one_room_and_what_is_written_there_reaches_both_once_and_in_order() -> Result<()> {
    let (asha, ravi) = pair().await?;
    let ((room, channel), (same, _)) = tokio::try_join!(room_of(&asha, &ravi), room_of(&ravi, &asha))?;
    assert_eq!(room, same, "whoever opens it");
    let mut seen = Feed::on(&ravi, &channel, 0).await?;
    let writes = (0..20).map(|number| {
        let (room, client_id) = (room.clone(), format!("m{number}"));
        let (asha, ravi) = (asha.clone(), ravi.clone());
        async move { write(if number % 2 == 0 { &asha } else { &ravi }, &room, &client_id, &format!("line {number}")).await }
    });
    futures::future::try_join_all(writes).await?;
    let mut shown = Vec::new();
    for _ in 0..20 {
        let event = seen.until("message.posted").await?;
        shown.push(text(&event["data"], "text")?);
    }
    let history = ravi.get(&format!("/v1/rooms/{room}/messages")).await?;
    let mut written: Vec<String> =
        history["items"].as_array().into_iter().flatten().map(|item| text(item, "text")).collect::<Result<_>>()?;
    written.reverse();
    assert_eq!(shown, written, "the history is what was shown");
    let (first, page) = (asha.get(&format!("/v1/rooms/{room}/messages?limit=15")).await?, "&cursor=");
    let rest = asha.get(&format!("/v1/rooms/{room}/messages?limit=15{page}{}", text(&first, "next_cursor")?)).await?;
    assert_eq!((first["items"].as_array().map(Vec::len), rest["items"].as_array().map(Vec::len)), (Some(15), Some(5)));
    Ok(())
}

#[tokio::test]
async fn a_message_sent_again_is_the_same_and_another_under_its_name_is_refused() -> Result<()> {
    let (asha, ravi) = pair().await?;
    let (room, channel) = room_of(&asha, &ravi).await?;
    let first = write(&asha, &room, "m1", "On my way").await?;
    assert_eq!(write(&asha, &room, "m1", "On my way").await?["id"], first["id"]);
    let body = json!({ "client_id": "m1", "text": "Not coming" });
    assert_eq!(status(&asha, Method::POST, &format!("/v1/rooms/{room}/messages"), Some(body)).await?, StatusCode::UNPROCESSABLE_ENTITY);

    // Over a socket: the sender learns what its name has become, and a resend is answered alike.
    let mut socket = Feed::on(&asha, &channel, 1).await?;
    for _ in 0..2 {
        socket.send(json!({ "action": "message", "channel": channel, "client_id": "m2", "text": "<b>Here</b>" })).await?;
        let posted = frame(&mut socket, "posted").await?;
        assert_eq!(
            (&posted["client_id"], &posted["data"]["text"], &posted["data"]["seq"]),
            (&json!("m2"), &json!("<b>Here</b>"), &json!(2))
        );
    }
    socket.send(json!({ "action": "message", "channel": channel, "client_id": "m2", "text": "other" })).await?;
    let refused = frame(&mut socket, "error").await?;
    assert_eq!((&refused["client_id"], &refused["retryable"]), (&json!("m2"), &json!(false)));
    Ok(())
}

/// The next frame of a type.
async fn frame(socket: &mut Feed, kind: &str) -> Result<Value> {
    loop {
        let frame = socket.frame().await?;
        ensure!(frame["type"] != "cut", "the socket went");
        if frame["type"] == kind {
            return Ok(frame);
        }
    }
}

#[tokio::test]
async fn an_edit_and_a_deletion_are_shown_and_nothing_of_what_was_deleted_is_left() -> Result<()> {
    let (asha, ravi) = pair().await?;
    let (room, channel) = room_of(&asha, &ravi).await?;
    let id = text(&write(&asha, &room, "m1", "a secret").await?, "id")?;
    let message = format!("/v1/rooms/{room}/messages/{id}");
    assert_eq!(status(&ravi, Method::POST, &format!("{message}/edit"), Some(json!({ "text": "mine" }))).await?, StatusCode::FORBIDDEN);
    let edited = asha.post(&format!("{message}/edit"), None, json!({ "text": "less of a secret" })).await?;
    ensure!(edited["edited_at"].is_string(), "{edited}");
    assert_eq!(status(&ravi, Method::POST, &format!("{message}/delete"), None).await?, StatusCode::FORBIDDEN);
    asha.call(Method::POST, &format!("{message}/delete"), None, None).await?;

    let mut late = Feed::on(&ravi, &channel, 0).await?;
    let told = late.until("message.deleted").await?;
    ensure!(told["data"]["deleted_at"].is_string(), "{told}");
    let replay = ravi.get(&format!("/v1/events?channel={channel}&after_seq=0")).await?;
    ensure!(!replay.to_string().contains("secret"), "{replay}");
    assert_eq!(replay["items"].as_array().map(Vec::len), Some(3), "what happened stays: {replay}");
    Ok(())
}

#[tokio::test]
async fn receipts_and_unread_counts_follow_each_member_on_all_their_devices() -> Result<()> {
    let (asha, ravi) = pair().await?;
    let (room, channel) = room_of(&asha, &ravi).await?;
    for number in 0..3 {
        write(&asha, &room, &format!("m{number}"), "line").await?;
    }
    let unread = async |worker: &Worker| -> Result<Value> { Ok(worker.get(&format!("/v1/rooms/{room}")).await?["unread"].clone()) };
    assert_eq!((unread(&asha).await?, unread(&ravi).await?), (json!(0), json!(3)), "one's own words are read");
    let mut sender = Feed::on(&asha, &channel, 3).await?;
    let mut reader = Feed::on(&ravi, &channel, 3).await?;
    reader.send(json!({ "action": "ack", "channel": channel, "delivered_through_seq": 3, "read_through_seq": 2 })).await?;
    let receipt = frame(&mut sender, "receipt").await?;
    let place = |seq: u64, read: u64| json!({ "user_id": ravi.user_id, "delivered_through_seq": seq, "read_through_seq": read });
    assert_eq!(receipt["data"], place(3, 2));
    let other = Worker::log_in(&ravi.stack, &ravi.phone).await?;
    let late = other.post(&format!("/v1/rooms/{room}/read"), None, json!({ "read_through_seq": 1 })).await?;
    assert_eq!((&late["read_through_seq"], &late["unread"]), (&json!(2), &json!(1)), "a late mark takes nothing back");
    other.post(&format!("/v1/rooms/{room}/read"), None, json!({ "read_through_seq": 3 })).await?;
    assert_eq!(unread(&ravi).await?, json!(0));
    let listed = ravi.get("/v1/rooms").await?;
    assert_eq!((&listed["items"][0]["id"], &listed["items"][0]["unread"]), (&json!(room), &json!(0)));
    Ok(())
}

#[tokio::test]
async fn a_stranger_finds_no_room_and_who_was_taken_out_is_shown_nothing_more() -> Result<()> {
    let (asha, ravi) = pair().await?;
    let mina = worker_with(0).await?;
    let group = asha.post("/v1/rooms", Some(&key("group")), json!({ "name": "Riders of Baner", "members": [ravi.user_id] })).await?;
    let (room, channel) = (text(&group, "id")?, text(&group, "channel")?);
    write(&asha, &room, "m1", "before Mina").await?;
    let paths = [format!("/v1/rooms/{room}"), format!("/v1/rooms/{room}/messages"), format!("/v1/events?channel={channel}")];
    for path in &paths {
        let refused = status(&mina, Method::GET, path, None).await?;
        ensure!(refused == StatusCode::NOT_FOUND || refused == StatusCode::FORBIDDEN, "{path}: {refused}");
    }
    for path in [format!("/v1/rooms/{room}/join"), format!("/v1/rooms/{room}/leave")] {
        assert_eq!(status(&mina, Method::POST, &path, None).await?, StatusCode::NOT_FOUND, "a closed group is joined by invitation");
    }
    asha.post(&format!("/v1/rooms/{room}/members"), None, json!({ "user_id": mina.user_id })).await?;
    write(&asha, &room, "m2", "with Mina").await?;
    let seen = mina.get(&format!("/v1/rooms/{room}/messages")).await?;
    assert_eq!(seen["items"].as_array().into_iter().flatten().map(|item| &item["text"]).collect::<Vec<_>>(), ["with Mina"]);

    let mut reader = Feed::on(&mina, &channel, 0).await?;
    asha.post(&format!("/v1/rooms/{room}/members/{}/remove", mina.user_id), None, Value::Null).await?;
    write(&asha, &room, "m3", "without Mina").await?;
    let after = status(&mina, Method::GET, &format!("/v1/events?channel={channel}"), None).await?;
    assert_eq!(after, StatusCode::FORBIDDEN);
    reader.send(json!({ "action": "ping" })).await?;
    loop {
        let frame = reader.frame().await?;
        ensure!(!frame.to_string().contains("without Mina"), "{frame}");
        if frame["type"] == "pong" {
            break;
        }
    }
    Ok(())
}

#[tokio::test]
async fn who_is_blocked_writes_no_more_and_who_reports_is_heard() -> Result<()> {
    let (asha, ravi) = pair().await?;
    let (room, _) = room_of(&asha, &ravi).await?;
    let message = text(&write(&ravi, &room, "m1", "Send me your OTP").await?, "id")?;
    let report = format!("/v1/rooms/{room}/messages/{message}/report");
    let reported = asha.post(&report, None, json!({ "reason": "fraud" })).await?;
    assert_eq!(asha.post(&report, None, json!({ "reason": "fraud" })).await?["id"], reported["id"], "once for each who reports");
    let operator = staff().await?;
    let open = operator.get("/v1/ops/reports").await?;
    let found = open["items"].as_array().into_iter().flatten().find(|item| item["id"] == reported["id"]).context("not listed")?;
    assert_eq!(found["text"], "Send me your OTP");
    operator.post(&format!("/v1/ops/reports/{}/close", text(&reported, "id")?), None, Value::Null).await?;

    asha.post(&format!("/v1/social/block/{}", ravi.user_id), None, Value::Null).await?;
    let path = format!("/v1/rooms/{room}/messages");
    for worker in [&asha, &ravi] {
        let refused = status(worker, Method::POST, &path, Some(json!({ "client_id": "m2", "text": "hello" }))).await?;
        assert_eq!(refused, StatusCode::UNPROCESSABLE_ENTITY);
    }
    asha.post(&format!("/v1/social/unblock/{}", ravi.user_id), None, Value::Null).await?;
    write(&ravi, &room, "m2", "hello").await?;
    Ok(())
}

#[tokio::test]
async fn a_transfer_in_a_message_shows_what_becomes_of_it() -> Result<()> {
    let asha = worker_with(50_000).await?;
    let ravi = worker_with(0).await?;
    let (room, channel) = room_of(&asha, &ravi).await?;
    let held = json!({ "to": { "type": "user", "user_id": ravi.user_id }, "amount": 20_000, "currency": "INR", "hold_s": 600 });
    let transfer = text(&asha.post("/v1/transfers", Some(&key("held")), held).await?, "id")?;
    let body = json!({ "client_id": "m1", "text": "Rent", "transfer_id": transfer });
    let shown = asha.post(&format!("/v1/rooms/{room}/messages"), None, body).await?;
    assert_eq!(shown["transfer"], json!({ "id": transfer, "amount": 20_000, "status": "held" }));
    let mut reader = Feed::on(&ravi, &channel, 1).await?;
    asha.post(&format!("/v1/transfers/{transfer}/post"), Some(&key("post")), json!({})).await?;
    let updated = reader.until("message.updated").await?;
    assert_eq!((&updated["data"]["id"], &updated["data"]["transfer"]["status"]), (&shown["id"], &json!("posted")));
    until("the money is there", async || Ok(balance(&ravi).await? == 20_000)).await?;
    let mina = worker_with(0).await?;
    let (other, _) = room_of(&ravi, &mina).await?;
    let foreign = json!({ "client_id": "m1", "text": "look", "transfer_id": transfer });
    let refused = status(&ravi, Method::POST, &format!("/v1/rooms/{other}/messages"), Some(foreign)).await?;
    assert_eq!(refused, StatusCode::BAD_REQUEST, "it concerns others than this room");
    Ok(())
}

#[tokio::test]
async fn f43_a_storm_of_typing_is_told_once_in_a_while_and_not_to_oneself() -> Result<()> {
    let (asha, ravi) = pair().await?;
    let (_, channel) = room_of(&asha, &ravi).await?;
    let mut writer = Feed::on(&asha, &channel, 0).await?;
    let mut reader = Feed::on(&ravi, &channel, 0).await?;
    for _ in 0..30 {
        writer.send(json!({ "action": "typing", "channel": channel })).await?;
    }
    assert_eq!(frame(&mut reader, "typing").await?["data"]["user_id"], asha.user_id);
    writer.send(json!({ "action": "message", "channel": channel, "client_id": "m1", "text": "done" })).await?;
    let mut told = 1;
    loop {
        let frame = reader.frame().await?;
        match frame["type"].as_str() {
            Some("typing") => told += 1,
            Some("event") => break,
            _ => {}
        }
    }
    ensure!(told <= 15, "{told} of 30 were told");
    loop {
        let frame = writer.frame().await?;
        ensure!(frame["type"] != "typing", "told to oneself");
        if frame["type"] == "posted" {
            return Ok(());
        }
    }
}

#[tokio::test]
async fn f42_who_is_there_is_told_to_contacts_and_silence_is_noticed() -> Result<()> {
    let (asha, ravi) = pair().await?;
    let mina = worker_with(0).await?;
    room_of(&asha, &ravi).await?;
    let channel = format!("presence:{}", ravi.user_id);
    let mut watcher = Feed::open(&asha, 0).await?;
    watcher.send(json!({ "action": "subscribe", "channel": channel })).await?;
    let presence = async |watcher: &mut Feed| -> Result<Value> { Ok(frame(watcher, "presence").await?["data"]["presence"].clone()) };
    assert_eq!(presence(&mut watcher).await?, "offline");

    // Two devices are one presence; away on one of them is not away.
    let mut first = Feed::open(&ravi, 0).await?;
    assert_eq!(presence(&mut watcher).await?, "online");
    let mut second = Feed::open(&Worker::log_in(&ravi.stack, &ravi.phone).await?, 0).await?;
    second.send(json!({ "action": "ping", "presence": "away" })).await?;
    frame(&mut second, "pong").await?;
    first.send(json!({ "action": "ping", "presence": "away" })).await?;
    assert_eq!(presence(&mut watcher).await?, "away");
    // One hangs up, the other says nothing any more, as an app that was killed.
    second.cut().await;
    assert_eq!(presence(&mut watcher).await?, "offline");
    first.send(json!({ "action": "ping", "presence": "online" })).await?;
    assert_eq!(presence(&mut watcher).await?, "online");

    let mut stranger = Feed::open(&mina, 0).await?;
    stranger.send(json!({ "action": "subscribe", "channel": channel })).await?;
    assert_eq!(frame(&mut stranger, "error").await?["code"], "forbidden");
    ravi.post("/v1/social", None, json!({ "presence": "nobody" })).await?;
    let mut hidden = Feed::open(&asha, 0).await?;
    hidden.send(json!({ "action": "subscribe", "channel": channel })).await?;
    assert_eq!(frame(&mut hidden, "error").await?["code"], "forbidden");
    Ok(())
}
