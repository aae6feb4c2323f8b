//! Files in rooms: uploaded to S3 by their sender, attached to a message, fetched by its readers.

use crate::{digits, key, worker_with};
use anyhow::{Context, Result, ensure};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tests::{socket::Feed, worker::Worker};

const PHOTO: &[u8] = b"\xff\xd8\xff\xe0 not much of a photo";

async fn announced(worker: &Worker, name: &str, content_type: &str, bytes: usize) -> Result<Value> {
    worker.post("/v1/files", None, json!({ "name": name, "content_type": content_type, "bytes": bytes })).await
}

/// Uploads as a client does, but for what is said otherwise.
async fn put(worker: &Worker, announced: &Value, body: &[u8], but: Option<(&str, &str)>) -> Result<StatusCode> {
    let upload = &announced["upload"];
    let method: Method = upload["method"].as_str().context("no method")?.parse()?;
    let mut request = worker.stack.http.request(method, upload["url"].as_str().context("no address")?).body(body.to_vec());
    for (name, value) in upload["headers"].as_object().context("no headers")?.iter().filter(|(name, _)| *name != "content-length") {
        let value = value.as_str().context("a header is no text")?;
        request = request.header(name, but.filter(|(other, _)| other == name).map_or(value, |(_, other)| other));
    }
    Ok(request.send().await?.status())
}

/// The id of a photo that the worker has uploaded.
pub async fn uploaded(worker: &Worker) -> Result<String> {
    let announced = announced(worker, "पावती 5.jpg", "image/jpeg", PHOTO.len()).await?;
    assert_eq!(put(worker, &announced, PHOTO, None).await?, StatusCode::OK);
    Ok(announced["file_id"].as_str().context("no id")?.to_owned())
}

/// A room of two, by its path.
async fn room(worker: &Worker, other: &Worker) -> Result<String> {
    let room = worker.post("/v1/rooms", Some(&key("room")), json!({ "with": other.user_id })).await?;
    Ok(format!("/v1/rooms/{}", room["id"].as_str().context("no room")?))
}

#[tokio::test]
async fn a_file_reaches_who_reads_its_message_and_nobody_else() -> Result<()> {
    let (asha, ravi, stranger) = tokio::try_join!(worker_with(0), worker_with(0), worker_with(0))?;
    let (room, file) = (room(&asha, &ravi).await?, uploaded(&asha).await?);
    let asked = json!({ "client_id": digits("photo"), "files": [file] });
    let posted = asha.post(&format!("{room}/messages"), None, asked.clone()).await?;
    let shown = json!([{ "id": file, "name": "पावती 5.jpg", "content_type": "image/jpeg", "bytes": PHOTO.len() }]);
    assert_eq!(posted["files"], shown);
    assert_eq!(asha.post(&format!("{room}/messages"), None, asked).await?, posted, "the same again is the same message");
    assert_eq!(ravi.get(&format!("{room}/messages")).await?["items"][0]["files"], shown);

    let path = format!("{room}/messages/{}/files/{file}", posted["id"].as_str().context("no message")?);
    for reader in [&asha, &ravi] {
        let link = reader.get(&path).await?;
        assert_eq!(link["expires_in"], 300);
        let fetched = reader.stack.http.get(link["url"].as_str().context("no address")?).send().await?;
        assert_eq!(fetched.status(), StatusCode::OK);
        let header = |name: &str| fetched.headers()[name].to_str().map(str::to_owned);
        assert_eq!(header("content-type")?, "image/jpeg");
        ensure!(header("content-disposition")?.starts_with("attachment; filename="), "{:?}", fetched.headers());
        assert_eq!(fetched.bytes().await?.as_ref(), PHOTO);
    }
    assert_eq!(stranger.call(Method::GET, &path, None, None).await?.0, StatusCode::NOT_FOUND);
    let other = path.replace(&file, "file_01JZ8M3V9C5T7Q2K4N6P8R0S1T");
    assert_eq!(ravi.call(Method::GET, &other, None, None).await?.0, StatusCode::NOT_FOUND);
    let message = path.split("/files/").next().context("no message")?;
    asha.post(&format!("{message}/delete"), None, json!({})).await?;
    assert_eq!(ravi.call(Method::GET, &path, None, None).await?.0, StatusCode::NOT_FOUND, "it went with its message");
    Ok(())
}

#[tokio::test]
async fn an_upload_is_what_was_announced_and_happens_once() -> Result<()> {
    let asha = worker_with(0).await?;
    let announced = announced(&asha, "bill.jpg", "image/jpeg", PHOTO.len()).await?;
    let signed = announced["upload"]["url"].as_str().unwrap_or_default().to_owned();
    ensure!(signed.contains("X-Amz-SignedHeaders=content-length%3Bcontent-type%3Bhost%3Bif-none-match%3Bx-amz-meta-name&"), "{signed}");
    assert_eq!(
        (&announced["expires_in"], &announced["upload"]["headers"]["content-length"]),
        (&json!(900), &json!(PHOTO.len().to_string()))
    );
    let longer = [PHOTO, b"!"].concat();
    for (body, but) in [
        (longer.as_slice(), None),
        (&PHOTO[1..], None),
        (PHOTO, Some(("content-type", "text/html"))),
        (PHOTO, Some(("x-amz-meta-name", "other.jpg"))),
    ] {
        assert_eq!(put(&asha, &announced, body, but).await?, StatusCode::FORBIDDEN, "{} bytes, {but:?}", body.len());
    }
    assert_eq!(put(&asha, &announced, PHOTO, None).await?, StatusCode::OK);
    let another = PHOTO.iter().rev().copied().collect::<Vec<_>>();
    assert_eq!(put(&asha, &announced, &another, None).await?, StatusCode::PRECONDITION_FAILED);

    for (name, content_type, bytes) in [
        ("a.html", "text/html", 10),
        ("a.svg", "image/svg+xml", 10),
        ("a.jpg", "image/jpeg", 0),
        ("a.jpg", "image/jpeg", 10 * 1024 * 1024 + 1),
        (" ", "image/jpeg", 10),
    ] {
        let asked = json!({ "name": name, "content_type": content_type, "bytes": bytes });
        let (status, problem) = asha.call(Method::POST, "/v1/files", None, Some(asked.clone())).await?;
        ensure!(status == StatusCode::BAD_REQUEST && problem["errors"][0]["pointer"].is_string(), "{asked}: {status} {problem}");
    }
    Ok(())
}

#[tokio::test]
async fn what_is_not_there_or_is_anothers_is_not_attached() -> Result<()> {
    let (asha, ravi) = tokio::try_join!(worker_with(0), worker_with(0))?;
    let (room, own, anothers) = (room(&asha, &ravi).await?, uploaded(&asha).await?, uploaded(&ravi).await?);
    let absent = announced(&asha, "later.jpg", "image/jpeg", PHOTO.len()).await?["file_id"].clone();
    for bad in [absent, json!(anothers)] {
        let asked = json!({ "client_id": digits("bad"), "text": "Look", "files": [own, bad] });
        let (status, problem) = asha.call(Method::POST, &format!("{room}/messages"), None, Some(asked)).await?;
        assert_eq!((status, &problem["errors"][0]["pointer"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("/files/1")), "{problem}");
    }
    for files in [json!(["../secret"]), json!(vec![own; 11])] {
        let asked = json!({ "client_id": digits("bad"), "files": files });
        let (status, _) = asha.call(Method::POST, &format!("{room}/messages"), None, Some(asked)).await?;
        assert_eq!(status, StatusCode::BAD_REQUEST);
    }
    assert_eq!(ravi.get(&format!("{room}/messages")).await?["items"], json!([]));
    Ok(())
}

#[tokio::test]
async fn a_file_is_sent_over_a_socket_as_well() -> Result<()> {
    let (asha, ravi) = tokio::try_join!(worker_with(0), worker_with(0))?;
    let (room, file) = (room(&asha, &ravi).await?, uploaded(&asha).await?);
    let channel = room.replace("/v1/rooms/", "room:");
    let mut socket = Feed::on(&asha, &channel, 0).await?;
    for (client_id, files) in [("first", json!([file])), ("second", json!(["file_01JZ8M3V9C5T7Q2K4N6P8R0S1T"]))] {
        socket.send(json!({ "action": "message", "channel": channel, "client_id": client_id, "files": files })).await?;
        let answer = loop {
            let frame = socket.frame().await?;
            ensure!(frame["type"] != "cut", "the socket went");
            if frame["client_id"] == client_id {
                break frame;
            }
        };
        match client_id {
            "first" => assert_eq!((&answer["type"], &answer["data"]["files"][0]["id"]), (&json!("posted"), &json!(file))),
            _ => assert_eq!((&answer["type"], &answer["code"]), (&json!("error"), &json!("unprocessable"))),
        }
    }
    Ok(())
}
