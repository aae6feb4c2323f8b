//! Files in rooms: what is looked up before a message carries one, and who is told where to fetch it.

use crate::world::*;
use axum::{
    Router,
    extract::{Request as Asked, State},
    http::{HeaderMap, Method, StatusCode},
};
use domain::{
    Timestamp,
    account::OpenAccount,
    id::{FileId, Fingerprint},
    identity::Role,
};
use functions::api;
use lambda::{Problem, Reply, Request};
use providers::files::{Credentials, SharedCredentialsProvider, Signer};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

/// What lies in the bucket: by its key, the headers that tell of it.
type Shelf = Arc<Mutex<BTreeMap<String, HeaderMap>>>;

async fn told(State(shelf): State<Shelf>, asked: Asked) -> Result<HeaderMap, StatusCode> {
    assert_eq!(asked.method(), Method::HEAD);
    assert!(asked.uri().query().unwrap().contains("X-Amz-Signature="));
    shelf.lock().unwrap().get(asked.uri().path()).cloned().ok_or(StatusCode::FORBIDDEN)
}

struct Hall {
    world: World,
    shelf: Shelf,
    room: String,
    asha: String,
    ravi: String,
}

impl Hall {
    /// A room of Asha's and Ravi's, and a bucket in which nothing lies.
    async fn new() -> Self {
        let mut world = World::new(|_| {}).await;
        let shelf = Shelf::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        world.deps.places.files_url = Some(format!("http://{}/bucket", listener.local_addr().unwrap()));
        let app = Router::new().fallback(told).with_state(shelf.clone());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        let credentials = Credentials::new("key", "secret", None, None, "checks");
        world.deps = world.deps.signed_by(Signer::new("ap-south-1", SharedCredentialsProvider::new(credentials)));
        world.run(&OpenAccount { owner: user("ravi"), request_id: "open".to_owned() }).await;
        let (asha, _) = world.sign_in("asha", "+919812345670", Role::Worker).await;
        let (ravi, _) = world.sign_in("ravi", "+919812345671", Role::Worker).await;
        let with = json!({ "with": user("ravi").to_string() });
        let made = Request::post("/v1/rooms").bearer(&asha).header("idempotency-key", "room").json(&with).build();
        let room = body(api::rooms::handle(&world.deps, made).await)["id"].as_str().unwrap().to_owned();
        Self { world, shelf, room, asha, ravi }
    }

    /// A file that Asha has uploaded.
    fn lies(&self, at: Timestamp, content_type: &str, bytes: u64) -> String {
        let id = FileId::new(at, Fingerprint::of(content_type, &bytes.to_string())).to_string();
        let length = bytes.to_string();
        let headers = [("content-type", content_type), ("content-length", &length), ("x-amz-meta-name", "bill%205.pdf")];
        let headers = headers.map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).into_iter().collect();
        self.shelf.lock().unwrap().insert(format!("/bucket/chat/{}/{id}", user("asha")), headers);
        id
    }

    async fn send(&self, token: &str, client_id: &str, files: Value) -> Result<Reply, Problem> {
        let message = json!({ "client_id": client_id, "files": files });
        let request = Request::post("/v1/rooms/{id}/messages").param("id", &self.room).bearer(token).json(&message);
        api::rooms::handle(&self.world.deps, request.build()).await
    }

    async fn fetch(&self, token: &str, message: &str, file: &str) -> Result<Reply, Problem> {
        let request = Request::get("/v1/rooms/{id}/messages/{message}/files/{file}").param("id", &self.room).bearer(token);
        api::rooms::handle(&self.world.deps, request.param("message", message).param("file", file).build()).await
    }
}

#[track_caller]
fn body(reply: Result<Reply, Problem>) -> Value {
    serde_json::from_slice(&reply.unwrap().body).unwrap()
}

/// The status, and what is to be mended.
#[track_caller]
fn refused(reply: Result<Reply, Problem>) -> (u16, String) {
    let problem = reply.unwrap_err();
    (problem.status(), problem.errors().first().map(|error| format!("{} {}", error.pointer, error.detail)).unwrap_or_default())
}

#[tokio::test]
async fn a_message_carries_what_its_sender_has_uploaded_as_it_really_is() {
    let hall = Hall::new().await;
    let file = hall.lies(hall.world.now(), "application/pdf", 20_480);
    let sent = body(hall.send(&hall.asha, "m", json!([file])).await);
    assert_eq!(sent["files"], json!([{ "id": file, "name": "bill 5.pdf", "content_type": "application/pdf", "bytes": 20_480 }]));
    assert_eq!(refused(hall.send(&hall.ravi, "m", json!([file])).await), (422, "/files/0 has not been uploaded".to_owned()));

    // By then it may be too old, or the bucket out of reach: what was sent was sent.
    hall.shelf.lock().unwrap().clear();
    assert_eq!(body(hall.send(&hall.asha, "m", json!([file])).await), sent);
    assert_eq!(refused(hall.send(&hall.asha, "n", json!([file])).await).0, 422);
}

#[tokio::test]
async fn what_may_not_be_sent_is_refused_by_its_place() {
    let mut hall = Hall::new().await;
    let now = hall.world.now();
    let good = hall.lies(now, "image/png", 9);
    for (bad, why) in [
        (hall.lies(now, "text/html", 9), "must be one of"),
        (hall.lies(now, "image/png", 0), "must be 1 to"),
        (hall.lies(now, "image/png", 10 * 1024 * 1024 + 1), "must be 1 to"),
        (hall.lies(now - Duration::from_secs(25 * 3600), "image/png", 8), "was uploaded too long ago"),
        (FileId::new(now, Fingerprint::random([1; 10])).to_string(), "has not been uploaded"),
    ] {
        let (status, told) = refused(hall.send(&hall.asha, "m", json!([good, bad])).await);
        assert!(status == 422 && told.starts_with(&format!("/files/1 {why}")), "{status} {told}");
    }
    let (status, told) = refused(hall.send(&hall.asha, "m", json!([good, "file_1"])).await);
    assert!(status == 400 && told.starts_with("/files/1 must be an id"), "{status} {told}");
    assert_eq!(refused(hall.send(&hall.asha, "m", json!(vec![good.clone(); 11])).await), (400, "/files must be at most 10".to_owned()));
    hall.world.deps.places.files_url = Some("http://127.0.0.1:9/bucket".to_owned());
    assert_eq!(refused(hall.send(&hall.asha, "m", json!([good])).await).0, 503, "nobody knows");
}

#[tokio::test]
async fn who_sees_a_message_is_told_where_its_file_is() {
    let hall = Hall::new().await;
    let file = hall.lies(hall.world.now(), "application/pdf", 20_480);
    let sent = body(hall.send(&hall.asha, "m", json!([file])).await);
    let message = sent["id"].as_str().unwrap();
    let link = body(hall.fetch(&hall.ravi, message, &file).await);
    let url = link["url"].as_str().unwrap();
    assert!(url.contains(&format!("/bucket/chat/{}/{file}?response-content-disposition=attachment%3B", user("asha"))), "{url}");
    assert!(url.contains("&response-content-type=application%2Fpdf&") && link["expires_in"] == 300, "{link}");

    let (zoya, _) = hall.world.sign_in("zoya", "+919812345672", Role::Worker).await;
    assert_eq!(refused(hall.fetch(&zoya, message, &file).await).0, 404);
    let another = hall.lies(hall.world.now(), "application/pdf", 1);
    assert_eq!(refused(hall.fetch(&hall.ravi, message, &another).await).0, 404, "it is in no message");
    let delete = Request::post("/v1/rooms/{id}/messages/{message}/delete").param("id", &hall.room).param("message", message);
    body(api::rooms::handle(&hall.world.deps, delete.bearer(&hall.asha).build()).await);
    assert_eq!(refused(hall.fetch(&hall.ravi, message, &file).await).0, 404);
}

#[tokio::test]
async fn an_upload_is_signed_for_what_is_announced() {
    let hall = Hall::new().await;
    let ask = async |asked: Value| {
        let request = Request::post("/v1/files").bearer(&hall.asha).json(&asked).build();
        api::files::handle(&hall.world.deps, request).await
    };
    let given = body(ask(json!({ "name": " bill\u{202e} 5.pdf", "content_type": "application/pdf", "bytes": 20_480 })).await);
    let (id, upload) = (given["file_id"].as_str().unwrap(), &given["upload"]);
    assert!(id.parse::<FileId>().is_ok());
    assert!(upload["url"].as_str().unwrap().contains(&format!("/bucket/chat/{}/{id}?X-Amz-Algorithm=", user("asha"))), "{upload}");
    assert_eq!((&upload["method"], &given["expires_in"]), (&json!("PUT"), &json!(900)));
    let headers = json!({
        "content-length": "20480", "content-type": "application/pdf", "if-none-match": "*", "x-amz-meta-name": "bill%205.pdf",
    });
    assert_eq!(upload["headers"], headers);
    for (asked, field) in [
        (json!({ "name": "\n", "content_type": "image/png", "bytes": 9 }), "/name"),
        (json!({ "name": "a.svg", "content_type": "image/svg+xml", "bytes": 9 }), "/content_type"),
        (json!({ "name": "a.png", "content_type": "image/png", "bytes": 0 }), "/bytes"),
    ] {
        let (status, told) = refused(ask(asked).await);
        assert!(status == 400 && told.starts_with(field), "{status} {told}");
    }
}
