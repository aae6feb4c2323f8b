//! Link tokens, Plaid's page, and what is had for it.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use axum::{Extension, Json};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Item, ItemState, Refused};
use crate::banks::history::Country;
use crate::banks::ledger::Customer;
use crate::banks::page::{escape, hidden, page, see_other};
use crate::provider::Provider;
use crate::razorpay::events::Event;
use crate::world::World;
use crate::{clock, ids, signing};

const LINK_SECONDS: i64 = 30 * 60;
const PUBLIC_SECONDS: i64 = 30 * 60;
const COUNTRIES: [&str; 20] =
    ["US", "GB", "ES", "NL", "FR", "IE", "CA", "DE", "IT", "PL", "DK", "NO", "SE", "EE", "LT", "LV", "PT", "BE", "AT", "FI"];

#[derive(Clone)]
pub struct LinkToken {
    client_name: String,
    completion_redirect_uri: Option<String>,
    webhook: Option<String>,
    expires_at: i64,
    /// The item that is mended.
    item_id: Option<String>,
    sessions: Vec<Session>,
}

#[derive(Clone)]
struct Session {
    id: String,
    at: String,
    public_token: Option<String>,
    exited: bool,
}

#[derive(Clone)]
pub struct PublicToken {
    customer: String,
    webhook: Option<String>,
    expires_at: i64,
    used: bool,
}

/// The body of a request whose keys are ours.
pub fn authenticated(world: &World, headers: &HeaderMap, body: &Bytes) -> Result<Value, Refused> {
    let body: Value = serde_json::from_slice(body).ok().filter(Value::is_object).ok_or_else(Refused::not_json)?;
    let given = |header: &str, field: &str| {
        let of_header = headers.get(header).and_then(|value| value.to_str().ok());
        of_header.or_else(|| body[field].as_str()).unwrap_or_default().to_owned()
    };
    let config = &world.config().banks.plaid;
    let is_ours =
        given("plaid-client-id", "client_id") == config.client_id && signing::same(&given("plaid-secret", "secret"), &config.secret);
    if is_ours { Ok(body) } else { Err(Refused::api_keys()) }
}

pub fn text<'a>(body: &'a Value, field: &str) -> Result<&'a str, Refused> {
    body[field].as_str().filter(|text| !text.is_empty()).ok_or_else(|| Refused::missing(field))
}

pub async fn create(Extension(world): Extension<Arc<World>>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>, Refused> {
    let body = authenticated(&world, &headers, &body)?;
    let client_name = text(&body, "client_name")?;
    text(&body, "language")?;
    if client_name.chars().count() > 30 {
        return Err(Refused::invalid("client_name", "must be at most 30 characters"));
    }
    text(&body["user"], "client_user_id")?;
    let countries = body["country_codes"].as_array().filter(|codes| !codes.is_empty()).ok_or_else(|| Refused::missing("country_codes"))?;
    if !countries.iter().all(|code| code.as_str().is_some_and(|code| COUNTRIES.contains(&code))) {
        return Err(Refused::invalid("country_codes", "must be countries that are supported"));
    }
    let mut book = world.book();
    let plaid = &mut book.banks.plaid;
    let item_id = match body["access_token"].as_str() {
        Some(access) => {
            let item = plaid.items.values().find(|item| item.access_token == access).ok_or_else(Refused::access_token)?;
            if body.get("products").is_some() {
                return Err(Refused::invalid("products", "must not be set in update mode"));
            }
            Some(item.id.clone())
        }
        None if body["products"] == json!(["transactions"]) => None,
        None => return Err(Refused::missing("products")),
    };
    let now = clock::unix_seconds();
    let token = format!("link-sandbox-{}", ids::uuid());
    let link = LinkToken {
        client_name: client_name.to_owned(),
        completion_redirect_uri: body["hosted_link"]["completion_redirect_uri"].as_str().map(str::to_owned),
        webhook: body["webhook"].as_str().map(str::to_owned),
        expires_at: now + LINK_SECONDS,
        item_id,
        sessions: Vec::new(),
    };
    plaid.links.insert(token.clone(), link);
    let mut answer = json!({
        "link_token": token,
        "expiration": Timestamp::from_second(now + LINK_SECONDS).unwrap_or_default().to_string(),
        "request_id": ids::alphanumeric(15),
    });
    if body["hosted_link"].is_object() {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
        answer["hosted_link_url"] = format!("http://{host}/plaid/hosted/{token}").into();
    }
    Ok(Json(answer))
}

pub async fn outcome(Extension(world): Extension<Arc<World>>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>, Refused> {
    let body = authenticated(&world, &headers, &body)?;
    let token = text(&body, "link_token")?;
    let book = world.book();
    let link = book.banks.plaid.links.get(token).ok_or_else(Refused::link_token)?;
    let sessions = link.sessions.iter().map(|session| {
        let added = session.public_token.iter().map(|token| json!({ "public_token": token, "accounts": [], "institution": null }));
        json!({
            "link_session_id": session.id,
            "started_at": session.at,
            "finished_at": session.at,
            "exit": session.exited.then(|| json!({ "error": null, "metadata": { "status": "requires_credentials" } })),
            "results": { "item_add_results": added.collect::<Vec<_>>() },
        })
    });
    Ok(Json(json!({ "link_token": token, "link_sessions": sessions.collect::<Vec<_>>(), "request_id": ids::alphanumeric(15) })))
}

pub async fn exchange(Extension(world): Extension<Arc<World>>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>, Refused> {
    let body = authenticated(&world, &headers, &body)?;
    let now = clock::unix_seconds();
    let mut book = world.book();
    let plaid = &mut book.banks.plaid;
    let token = plaid.public_tokens.get_mut(text(&body, "public_token")?).filter(|token| !token.used && now < token.expires_at);
    let token = token.ok_or_else(Refused::public_token)?;
    token.used = true;
    let item = Item {
        id: ids::alphanumeric(37),
        access_token: format!("access-sandbox-{}", ids::uuid()),
        customer: Customer::new(Country::UnitedStates, &token.customer, now),
        webhook: token.webhook.clone(),
        state: ItemState::Good,
        ready_at_ms: clock::unix_ms().saturating_add_unsigned(world.config().banks.plaid.preparing_ms),
        was_synced: false,
    };
    let (id, access_token) = (item.id.clone(), item.access_token.clone());
    plaid.items.insert(id.clone(), item);
    drop(book);
    let ready = id.clone();
    world.after(world.config().banks.plaid.preparing_ms, move |world| {
        let event = world.book().banks.plaid.items.get(&ready).and_then(Item::changed);
        world.announce(event);
    });
    Ok(Json(json!({ "access_token": access_token, "item_id": id, "request_id": ids::alphanumeric(15) })))
}

pub async fn remove(Extension(world): Extension<Arc<World>>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>, Refused> {
    let body = authenticated(&world, &headers, &body)?;
    let access = text(&body, "access_token")?;
    let mut book = world.book();
    let items = &mut book.banks.plaid.items;
    let id = items.values().find(|item| item.access_token == access).map(|item| item.id.clone()).ok_or_else(Refused::access_token)?;
    items.remove(&id);
    Ok(Json(json!({ "request_id": ids::alphanumeric(15) })))
}

/// What a person does on the page.
pub enum Act {
    /// As this customer.
    Continue(String),
    Exit,
}

/// Ends a page, and gives where to send the person, if the client has said.
///
/// # Errors
///
/// In words, where the page is none any more.
pub fn finish(world: &World, link_token: &str, act: Act) -> Result<Option<String>, &'static str> {
    let now = clock::unix_seconds();
    let mut book = world.book();
    let plaid = &mut book.banks.plaid;
    let link = plaid.links.get_mut(link_token).filter(|link| now < link.expires_at).ok_or("the link is not known, or has expired")?;
    let mut session = Session { id: ids::uuid(), at: clock::rfc3339(), public_token: None, exited: false };
    match (act, &link.item_id) {
        (Act::Exit, _) => session.exited = true,
        (Act::Continue(_), Some(item_id)) => {
            if let Some(item) = plaid.items.get_mut(item_id) {
                item.state = ItemState::Good;
            }
        }
        (Act::Continue(customer), None) => {
            let token = format!("public-sandbox-{}", ids::uuid());
            let public = PublicToken { customer, webhook: link.webhook.clone(), expires_at: now + PUBLIC_SECONDS, used: false };
            plaid.public_tokens.insert(token.clone(), public);
            session.public_token = Some(token);
        }
    }
    let body = json!({
        "webhook_type": "LINK",
        "webhook_code": "SESSION_FINISHED",
        "status": if session.exited { "EXITED" } else { "SUCCESS" },
        "link_session_id": session.id,
        "link_token": link_token,
        "public_tokens": session.public_token.iter().collect::<Vec<_>>(),
        "environment": "sandbox",
    });
    let event = link.webhook.clone().map(|url| Event {
        provider: Provider::Plaid,
        name: "SESSION_FINISHED",
        body: body.to_string(),
        url: Some(url),
    });
    link.sessions.push(session);
    let back = link.completion_redirect_uri.clone();
    drop(book);
    world.announce(event);
    Ok(back)
}

pub async fn page_of(State(world): State<Arc<World>>, Path(link_token): Path<String>) -> Response {
    let now = clock::unix_seconds();
    let book = world.book();
    let Some(link) = book.banks.plaid.links.get(&link_token).filter(|link| now < link.expires_at) else {
        return over();
    };
    let body = format!(
        "<div class=\"bank\">Plaid (sandbox)</div><h1>Let {} read your accounts?</h1>\
         <p>It will see balances and entries. Any name is a customer of First Platypus Bank.</p>\
         <form method=\"post\">{}<label for=\"customer\">User name</label>\
         <input type=\"text\" id=\"customer\" name=\"customer\" value=\"user_good\" maxlength=\"40\" required>\
         <div class=\"row\"><button type=\"submit\" name=\"act\" value=\"exit\">Exit</button>\
         <button class=\"go\" type=\"submit\" name=\"act\" value=\"continue\">Continue</button></div></form>",
        escape(&link.client_name),
        hidden("page", "hosted"),
    );
    page(StatusCode::OK, "Plaid", &body, link.completion_redirect_uri.as_deref())
}

pub async fn finish_page(State(world): State<Arc<World>>, Path(link_token): Path<String>, body: Bytes) -> Response {
    let field = |name: &str| form_urlencoded::parse(&body).find(|(found, _)| found == name).map(|(_, value)| value.into_owned());
    let act = match field("act").as_deref() {
        Some("continue") => Act::Continue(field("customer").filter(|name| !name.is_empty()).unwrap_or_else(|| "user_good".to_owned())),
        _ => Act::Exit,
    };
    match finish(&world, &link_token, act) {
        Ok(Some(url)) => see_other(&url),
        Ok(None) => page(StatusCode::OK, "Plaid", "<h1>You may close this page</h1>", None),
        Err(_) => over(),
    }
}

fn over() -> Response {
    page(StatusCode::GONE, "Plaid", "<div class=\"bank\">Plaid (sandbox)</div><h1>This link has expired</h1>", None)
}
