//! Mono's page, its codes, and the end of an access.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use axum::{Extension, Json};
use reqwest::Url;
use serde_json::{Value, json};

use super::{DataStatus, Linked, Refused, authenticate, wrapped};
use crate::banks::history::Country;
use crate::banks::ledger::Customer;
use crate::banks::page::{hidden, page, see_other};
use crate::world::World;
use crate::{clock, ids};

const CODE_SECONDS: i64 = 600;

#[derive(Clone)]
pub struct Opened {
    redirect: Url,
    /// The account that is signed in to again.
    account_id: Option<String>,
}

#[derive(Clone)]
pub struct Code {
    customer: String,
    account_id: Option<String>,
    expires_at: i64,
    used: bool,
}

pub async fn initiate(Extension(world): Extension<Arc<World>>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>, Refused> {
    authenticate(&world, &headers)?;
    let body: Value = serde_json::from_slice(&body).map_err(|_| Refused::bad_request("Invalid JSON body"))?;
    let redirect = body["redirect_url"].as_str().and_then(|url| Url::parse(url).ok());
    let redirect = redirect.ok_or(Refused::bad_request("redirect_url is required"))?;
    let mut book = world.book();
    let mono = &mut book.banks.mono;
    let account_id = match body["scope"].as_str() {
        Some("auth") => {
            let customer = &body["customer"];
            if customer["name"].as_str().is_none_or(str::is_empty) || !customer["email"].as_str().is_some_and(|email| email.contains('@')) {
                return Err(Refused::bad_request("customer name and email are required"));
            }
            None
        }
        Some("reauth") => {
            let id = body["account"].as_str().filter(|id| mono.accounts.contains_key(*id)).ok_or(Refused::no_account())?;
            Some(id.to_owned())
        }
        _ => return Err(Refused::bad_request("scope must be auth or reauth")),
    };
    let id = ids::alphanumeric(20);
    mono.links.insert(id.clone(), Opened { redirect, account_id });
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let data = json!({
        "mono_url": format!("http://{host}/mono/connect/{id}"),
        "customer": ids::alphanumeric(24),
        "meta": body["meta"],
        "scope": body["scope"],
        "redirect_url": body["redirect_url"],
    });
    Ok(Json(wrapped("Account linking initiated successfully", &data)))
}

pub async fn exchange(Extension(world): Extension<Arc<World>>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>, Refused> {
    authenticate(&world, &headers)?;
    let body: Value = serde_json::from_slice(&body).map_err(|_| Refused::bad_request("Invalid JSON body"))?;
    let now = clock::unix_seconds();
    let invalid = Refused::bad_request("Invalid or expired code");
    let (id, is_new, event) = {
        let mut book = world.book();
        let mono = &mut book.banks.mono;
        let code = body["code"].as_str().and_then(|code| mono.codes.get_mut(code)).filter(|code| !code.used && now < code.expires_at);
        let code = code.ok_or(invalid)?;
        code.used = true;
        match code.account_id.clone().filter(|id| mono.accounts.contains_key(id)) {
            Some(id) => {
                let account = mono.accounts.get_mut(&id).ok_or(Refused::no_account())?;
                account.wants_sign_in = false;
                (id, false, account.event("mono.events.account_updated"))
            }
            None => {
                let customer = Customer::new(Country::Nigeria, &code.customer, now);
                let id = ids::alphanumeric(24);
                let delay_ms = world.config().banks.mono.preparing_ms;
                let data_status = if delay_ms == 0 { DataStatus::Available } else { DataStatus::Processing };
                let account = Linked { id: id.clone(), customer, data_status, wants_sign_in: false };
                let event = account.event("mono.events.account_connected");
                mono.accounts.insert(id.clone(), account);
                (id, true, event)
            }
        }
    };
    world.announce([event]);
    if is_new {
        let ready = id.clone();
        world.after(world.config().banks.mono.preparing_ms, move |world| {
            let event = {
                let mut book = world.book();
                let account = book.banks.mono.accounts.get_mut(&ready);
                account.map(|account| {
                    account.data_status = DataStatus::Available;
                    account.event("mono.events.account_updated")
                })
            };
            world.announce(event);
        });
    }
    Ok(Json(wrapped("Request was successfully completed", &json!({ "id": id }))))
}

pub async fn unlink(Extension(world): Extension<Arc<World>>, headers: HeaderMap, Path(id): Path<String>) -> Result<Json<Value>, Refused> {
    authenticate(&world, &headers)?;
    let account = world.book().banks.mono.accounts.remove(&id).ok_or(Refused::no_account())?;
    world.announce([account.event("mono.events.account_unlinked")]);
    Ok(Json(wrapped("Account unlinked successfully", &Value::Null)))
}

/// Ends a page, as this customer or with nobody, and gives where to send the person.
///
/// # Errors
///
/// In words, where there is no such page.
pub fn finish(world: &World, link_id: &str, customer: Option<String>) -> Result<String, &'static str> {
    let mut book = world.book();
    let mono = &mut book.banks.mono;
    // A page is used once.
    let Opened { redirect: mut url, account_id } = mono.links.remove(link_id).ok_or("the link is not known, or was used")?;
    let (name, value) = match customer {
        None => ("error", "access_denied".to_owned()),
        Some(customer) => {
            let code = format!("code_{}", ids::alphanumeric(24));
            mono.codes.insert(code.clone(), Code { customer, account_id, expires_at: clock::unix_seconds() + CODE_SECONDS, used: false });
            ("code", code)
        }
    };
    url.query_pairs_mut().append_pair(name, &value);
    Ok(url.into())
}

pub async fn page_of(State(world): State<Arc<World>>, Path(id): Path<String>) -> Response {
    let book = world.book();
    let Some(link) = book.banks.mono.links.get(&id) else { return over() };
    let body = format!(
        "<div class=\"bank\">Mono (sandbox)</div><h1>Link an account</h1>\
         <p>The app will see its balance and entries. Any name is a customer of Sandbox Bank of Lagos.</p>\
         <form method=\"post\">{}<label for=\"customer\">User name</label>\
         <input type=\"text\" id=\"customer\" name=\"customer\" value=\"samuel.olamide\" maxlength=\"40\" required>\
         <div class=\"row\"><button type=\"submit\" name=\"act\" value=\"deny\">Deny</button>\
         <button class=\"go\" type=\"submit\" name=\"act\" value=\"allow\">Allow</button></div></form>",
        hidden("page", "connect"),
    );
    page(StatusCode::OK, "Mono", &body, Some(link.redirect.as_str()))
}

pub async fn finish_page(State(world): State<Arc<World>>, Path(id): Path<String>, body: Bytes) -> Response {
    let field = |name: &str| form_urlencoded::parse(&body).find(|(found, _)| found == name).map(|(_, value)| value.into_owned());
    let customer = field("customer").filter(|name| !name.is_empty() && field("act").as_deref() == Some("allow"));
    match finish(&world, &id, customer) {
        Ok(url) => see_other(&url),
        Err(_) => over(),
    }
}

fn over() -> Response {
    page(StatusCode::GONE, "Mono", "<div class=\"bank\">Mono (sandbox)</div><h1>This link does not work any more</h1>", None)
}
