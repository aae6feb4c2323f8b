//! S5: sockets that want more than their own.

use crate::{key, stack, worker_with};
use anyhow::{Context, Result, ensure};
use futures::{SinkExt, StreamExt};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;
use tests::{socket::Feed, worker::Worker};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest, http::HeaderValue},
};

type Wire = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Opens a socket; the status of the refusal where it is refused.
async fn open(query: &str, origin: Option<&str>) -> Result<Result<Wire, u16>> {
    let mut request = format!("{}{query}", stack()?.ws_url).into_client_request()?;
    if let Some(origin) = origin {
        request.headers_mut().insert("origin", HeaderValue::from_str(origin)?);
    }
    match connect_async(request).await {
        Ok((wire, _)) => Ok(Ok(wire)),
        Err(Error::Http(answer)) => Ok(Err(answer.status().as_u16())),
        Err(other) => Err(other.into()),
    }
}

async fn ticket(worker: &Worker) -> Result<String> {
    let ticket = worker.post("/v1/realtime/tickets", None, json!({})).await?;
    Ok(ticket["ticket"].as_str().context("no ticket")?.to_owned())
}

async fn own(worker: &Worker) -> Result<Wire> {
    open(&format!("?ticket={}", ticket(worker).await?), None).await?.map_err(|status| anyhow::anyhow!("refused with {status}"))
}

/// The next frame that is no fact; `None` where the server has ended the connection.
async fn frame(wire: &mut Wire) -> Result<Option<Value>> {
    loop {
        match tokio::time::timeout(Duration::from_secs(180), wire.next()).await.context("no frame came")? {
            Some(Ok(Message::Text(text))) => {
                let frame: Value = serde_json::from_str(&text)?;
                if frame["type"] != "event" {
                    return Ok(Some(frame));
                }
            }
            Some(Ok(Message::Close(_)) | Err(_)) | None => return Ok(None),
            Some(Ok(_)) => {}
        }
    }
}

async fn tell(wire: &mut Wire, text: impl Into<String>) -> Result<Option<Value>> {
    wire.send(Message::text(text.into())).await?;
    frame(wire).await
}

fn is_error(answer: &Option<Value>, code: &str) -> bool {
    answer.as_ref().is_some_and(|frame| frame["type"] == "error" && frame["code"] == code)
}

#[tokio::test]
async fn s5_no_channel_but_ones_own_is_shown_however_it_is_spelt() -> Result<()> {
    let (owner, stranger) = (worker_with(20_000).await?, worker_with(0).await?);
    let (id, own_id) = (&owner.user_id, &stranger.user_id);
    let payment = owner.get("/v1/payments").await?["items"][0]["id"].as_str().context("no payment")?.to_owned();
    let mut channels = vec![format!("transfer:{payment}"), format!("payment:{payment}"), format!("transfer: {payment}")];
    for kind in ["user", "balance", "transactions", "transfer"] {
        channels.extend([
            format!("{kind}:{id}"),
            format!("{kind}:{id} "),
            format!(" {kind}:{id}"),
            format!("{kind}: {id}"),
            format!("{kind}:{}", id.to_lowercase()),
            format!("{kind}:{own_id},{id}"),
            format!("{kind}:{own_id}#{id}"),
            format!("{kind}:{own_id}:{id}"),
            format!("{kind}:{own_id}\u{0}{id}"),
            format!("{kind}:{own_id}/../{id}"),
            format!("{kind}:*"),
            format!("{kind}:%"),
            format!("{kind}:"),
            format!("{kind}:acct_{}", &id[4..]),
            format!("{}:{id}", kind.to_uppercase()),
            format!("{kind}：{id}"),
            format!("{kind}:{}", id.replace('0', "О")),
            format!("{kind}\u{200b}:{id}"),
            format!("ｕser:{id}"),
        ]);
    }
    channels.extend(
        ["", ":", "*", "user#1,2", "user", "#", "user:null", "$SYS", "account:system", "ledger:razorpay_settlement"].map(str::to_owned),
    );
    let mut wire = own(&stranger).await?;
    for channel in &channels {
        let answer = tell(&mut wire, json!({ "action": "subscribe", "channel": channel, "after_seq": 0 }).to_string()).await?;
        ensure!(is_error(&answer, "forbidden"), "{channel:?} is answered {answer:?}");
    }
    for (what, text) in [
        ("a list", json!({ "action": "subscribe", "channel": [format!("user:{own_id}"), format!("user:{id}")] })),
        ("an object", json!({ "action": "subscribe", "channel": { "$ne": "" } })),
        ("one more field", json!({ "action": "subscribe", "channel": format!("user:{own_id}"), "user_id": id })),
        ("a negative sequence", json!({ "action": "subscribe", "channel": format!("user:{own_id}"), "after_seq": -1 })),
        ("a sequence in words", json!({ "action": "subscribe", "channel": format!("user:{own_id}"), "after_seq": "0" })),
    ] {
        let answer = tell(&mut wire, text.to_string()).await?;
        ensure!(is_error(&answer, "invalid_request"), "{what} is answered {answer:?}");
    }
    let twice = format!(r#"{{"action":"subscribe","channel":"user:{own_id}","channel":"user:{id}"}}"#);
    let answer = tell(&mut wire, twice).await?;
    ensure!(answer.as_ref().is_some_and(|frame| frame["type"] == "error"), "a channel twice is answered {answer:?}");
    // One that has the stranger as the other side is theirs too; and what they then see is that alone.
    assert_eq!(
        tell(&mut wire, json!({ "action": "subscribe", "channel": format!("user:{own_id}") }).to_string()).await?.context("cut")?["type"],
        "subscribed"
    );
    let mut feed = Feed::open(&owner, 0).await?;
    owner.order(&key("order"), 5_000).await?;
    let to = json!({ "to": { "type": "user", "user_id": stranger.user_id }, "amount": 700, "currency": "INR" });
    owner.post("/v1/transfers", Some(&key("to")), to).await?;
    feed.until("transfer.sent").await.or_else(|_| Ok::<_, anyhow::Error>(Value::Null))?;
    loop {
        let Message::Text(text) = tokio::time::timeout(Duration::from_secs(180), wire.next()).await?.context("cut")?? else { continue };
        let fact: Value = serde_json::from_str(&text)?;
        assert_eq!(fact["channel"], format!("user:{own_id}"), "{fact}");
        if fact["data"]["amount"] == 700 {
            return Ok(());
        }
    }
}

#[tokio::test]
async fn s5_a_socket_opens_for_a_fresh_ticket_once_and_from_known_origins_only() -> Result<()> {
    let worker = worker_with(0).await?;
    for origin in
        ["https://evil.example", "null", "http://localhost:3000.evil.example", "http://localhost:30000", "https://localhost:3000", ""]
    {
        let fresh = ticket(&worker).await?;
        let refused = open(&format!("?ticket={fresh}"), Some(origin)).await?.err();
        assert!(refused.is_some_and(|status| status == 403 || status == 401), "{origin:?}: {refused:?}");
    }
    let fresh = ticket(&worker).await?;
    assert!(open(&format!("?ticket={fresh}"), Some("http://localhost:3000")).await?.is_ok(), "an origin of ours");
    assert!(open(&format!("?ticket={fresh}"), None).await?.is_err(), "a ticket twice");
    let fresh = ticket(&worker).await?;
    let at_once = (0..8).map(|_| async { open(&format!("?ticket={fresh}"), None).await });
    let opened = futures::future::join_all(at_once).await.into_iter().collect::<Result<Vec<_>>>()?;
    assert_eq!(opened.iter().filter(|opened| opened.is_ok()).count(), 1, "a ticket eight times at once");
    let odd = [
        String::new(),
        "?ticket=".into(),
        format!("?ticket={}", "0".repeat(48)),
        format!("?ticket={}", worker.token),
        format!("?token={}", worker.token),
    ];
    for query in odd.into_iter().chain([format!("?ticket={}&ticket=x", ticket(&worker).await?.to_uppercase()), "?ticket=%00".into()]) {
        assert!(open(&query, None).await?.is_err(), "{query}");
    }
    Ok(())
}

#[tokio::test]
async fn s5_odd_frames_are_told_what_is_wrong_and_the_connection_lives() -> Result<()> {
    let worker = worker_with(0).await?;
    let mut wire = own(&worker).await?;
    let deep = format!("{{\"action\":\"subscribe\",\"channel\":{}1{}}}", "[".repeat(5_000), "]".repeat(5_000));
    let odd = [
        "hello".to_owned(),
        "{}".into(),
        "[]".into(),
        "null".into(),
        "\u{0}".into(),
        r#"{"action":7}"#.into(),
        r#"{"action":"fly"}"#.into(),
        r#"{"action":"publish","channel":"user:x","data":{"sender":"admin"}}"#.into(),
        r#"{"action":"$connect"}"#.into(),
        r#"{"action":"$disconnect"}"#.into(),
        deep,
    ];
    for text in odd {
        let connect = text.contains("connect");
        wire.send(Message::text(text.clone())).await?;
        if !connect {
            let answer = frame(&mut wire).await?;
            ensure!(is_error(&answer, "invalid_request"), "{} is answered {answer:?}", super::shown(&text));
        }
        let alive = tell(&mut wire, r#"{"action":"ping"}"#).await?;
        ensure!(alive.as_ref().is_some_and(|frame| frame["type"] == "pong"), "after {}: {alive:?}", super::shown(&text));
    }
    for action in ["subscribe", "unsubscribe"] {
        let long = json!({ "action": action, "channel": "x".repeat(20_000) }).to_string();
        let answer = tell(&mut wire, long).await?;
        ensure!(is_error(&answer, "invalid_request"), "{action} of a channel of 20 KB is answered {answer:?}");
    }
    wire.send(Message::binary(vec![0xff, 0xfe, 0x00])).await?;
    let answer = frame(&mut wire).await?;
    ensure!(answer.as_ref().is_none_or(|frame| frame["type"] == "error"), "a binary frame is answered {answer:?}");
    Ok(())
}

/// More than the gateway lets through ends that connection or is refused; nothing else notices.
#[tokio::test]
async fn s5_floods_and_frames_without_end_hurt_only_their_sender() -> Result<()> {
    let (loud, calm) = (worker_with(0).await?, worker_with(0).await?);
    let mut calm_wire = own(&calm).await?;
    let mut wire = own(&loud).await?;
    let _ = wire.send(Message::text(format!("{{\"action\":\"ping\",\"x\":\"{}\"}}", "x".repeat(2 * 1024 * 1024)))).await;
    let answer = frame(&mut wire).await.unwrap_or(None);
    ensure!(answer.as_ref().is_none_or(|frame| frame["type"] != "subscribed"), "2 MB are answered {answer:?}");

    // One connection has fifty channels and no more: its user's own, and those of their movements.
    let mut wire = own(&loud).await?;
    let orders = super::all((0..52).map(async |_| loud.order(&key("many"), 1_000).await)).await?;
    let (mut taken, mut refused) = (0, 0);
    for order in &orders {
        let channel = format!("transfer:{}", order["id"].as_str().context("no id")?);
        let answer = tell(&mut wire, json!({ "action": "subscribe", "channel": channel }).to_string()).await?.context("cut")?;
        match (answer["type"].as_str(), answer["code"].as_str()) {
            (Some("subscribed"), _) => taken += 1,
            (_, Some("too_many_requests")) => refused += 1,
            other => anyhow::bail!("{channel}: {other:?}"),
        }
    }
    assert_eq!((taken, refused), (50, 2));
    // A thousand subscriptions to one channel are one.
    let frame_text =
        json!({ "action": "subscribe", "channel": format!("transfer:{}", orders[0]["id"].as_str().unwrap_or_default()) }).to_string();
    for _ in 0..300 {
        wire.feed(Message::text(frame_text.clone())).await?;
    }
    wire.flush().await?;
    let pong = tell(&mut calm_wire, r#"{"action":"ping"}"#).await?.context("cut")?;
    assert_eq!(pong["type"], "pong");
    for _ in 0..300 {
        assert_eq!(frame(&mut wire).await?.context("cut")?["type"], "subscribed");
    }
    Ok(())
}

/// A socket goes with the session that it was opened in.
#[tokio::test]
async fn s5_after_a_log_out_an_open_socket_shows_nothing_more() -> Result<()> {
    let lost = worker_with(0).await?;
    let kept = Worker::log_in(&lost.stack, &lost.phone).await?;
    let early = ticket(&lost).await?;
    let mut wire = own(&lost).await?;
    let channel = format!("user:{}", lost.user_id);
    assert_eq!(
        tell(&mut wire, json!({ "action": "subscribe", "channel": channel }).to_string()).await?.context("cut")?["type"],
        "subscribed"
    );
    let (status, _) = lost.call(Method::POST, "/v1/auth/logout", None, Some(json!({ "refresh_token": lost.refresh_token }))).await?;
    assert_eq!(status, 204);

    let mut feed = Feed::open(&kept, 0).await?;
    let order = kept.order(&key("order"), 4_000).await?;
    kept.stack.pay(order["razorpay"]["order_id"].as_str().context("no order")?).await?;
    feed.until("payment.captured").await?;
    // The other device has it by now; this one must not get it, by the sure path either.
    let until = tokio::time::Instant::now() + Duration::from_secs(4);
    while let Ok(Some(Ok(message))) = tokio::time::timeout_at(until, wire.next()).await {
        if let Message::Text(text) = message {
            ensure!(!text.contains("payment.captured"), "a socket of an ended session was shown {text}");
        }
    }
    let again = tell(&mut wire, json!({ "action": "subscribe", "channel": channel }).to_string()).await;
    ensure!(again.as_ref().map_or(true, |answer| answer.as_ref().is_none_or(|frame| frame["type"] == "error")), "{again:?}");
    if let Ok(mut late) = open(&format!("?ticket={early}"), None).await? {
        let answer = tell(&mut late, json!({ "action": "subscribe", "channel": channel }).to_string()).await?;
        ensure!(answer.as_ref().is_none_or(|frame| frame["type"] == "error"), "a ticket from before the log-out: {answer:?}");
    }
    Ok(())
}
