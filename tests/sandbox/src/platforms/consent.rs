//! The page of consent: who a worker is, and Allow or Deny.
//!
//! As in RFC 6749, 4.1.2.1: what is wrong with the client or the way back is told to the person, since nobody may
//! be sent to an address that is not the client's; what is wrong otherwise is told there.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use reqwest::Url;

use super::App;
use crate::banks::history::name_of;
use crate::banks::page::{escape, hidden, page, see_other};
use crate::clock;
use crate::world::World;

/// What a client asks for, as its address says.
pub struct Wanted {
    app: App,
    fields: BTreeMap<String, String>,
    redirect: Url,
}

/// Why there is no page of consent.
pub enum Unwanted {
    /// The person is told.
    Here(&'static str),
    /// The client is told, there.
    There(String),
}

impl Wanted {
    pub fn read(world: &World, app: App, query: &str) -> Result<Self, Unwanted> {
        let fields: BTreeMap<String, String> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let field = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
        let config = app.config(&world.config().platforms);
        if field("client_id") != config.client_id {
            return Err(Unwanted::Here("No app of this name is registered here."));
        }
        let redirect = Url::parse(field("redirect_uri")).ok().filter(|url| !matches!(url.scheme(), "javascript" | "data" | "file"));
        let redirect = redirect.ok_or(Unwanted::Here("The app does not say where to go back to."))?;
        if !config.redirect_uris.is_empty() && !config.redirect_uris.iter().any(|uri| uri == field("redirect_uri")) {
            return Err(Unwanted::Here("The app wants to go back to where it is not registered."));
        }
        let scopes = app.scopes();
        let wanted = Self { app, redirect, fields: fields.clone() };
        let mut asked = field("scope").split(' ').filter(|scope| !scope.is_empty()).peekable();
        if field("response_type") != "code" {
            return Err(Unwanted::There(wanted.back(&[("error", "unsupported_response_type")])));
        }
        let has_challenge = fields.contains_key("code_challenge");
        let is_proof = field("code_challenge_method") == "S256" && field("code_challenge").len() == 43;
        if field("state").is_empty() || has_challenge && !is_proof {
            return Err(Unwanted::There(wanted.back(&[("error", "invalid_request")])));
        }
        if asked.peek().is_none() || !asked.all(|scope| scopes.contains(&scope)) {
            return Err(Unwanted::There(wanted.back(&[("error", "invalid_scope")])));
        }
        Ok(wanted)
    }

    fn field(&self, name: &str) -> &str {
        self.fields.get(name).map(String::as_str).unwrap_or_default()
    }

    /// The way back, with this and the state.
    fn back(&self, said: &[(&str, &str)]) -> String {
        let mut url = self.redirect.clone();
        url.query_pairs_mut().extend_pairs(said).append_pair("state", self.field("state"));
        url.into()
    }

    /// Decides, and gives where to send the person. `None` is a no.
    ///
    /// # Errors
    ///
    /// In words, where the worker is none.
    pub fn decide(&self, world: &World, worker: Option<&str>) -> Result<String, String> {
        let Some(worker) = worker else { return Ok(self.back(&[("error", "access_denied")])) };
        require_number(worker)?;
        let challenge = Some(self.field("code_challenge").to_owned()).filter(|challenge| !challenge.is_empty());
        let mut book = world.book();
        let code = book.platforms.allow(self.app.clone(), worker, self.field("redirect_uri"), challenge, clock::unix_seconds());
        Ok(self.back(&[("code", &code)]))
    }

    /// The address' own fields, for the next form.
    fn hidden(&self) -> String {
        let ours = |name: &str| matches!(name, "worker" | "decision");
        self.fields.iter().filter(|(name, _)| !ours(name)).map(|(name, value)| hidden(name, value)).collect()
    }
}

pub fn require_number(worker: &str) -> Result<(), String> {
    let is_number = worker.len() == 10 && worker.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { Ok(()) } else { Err("a worker is a mobile number of ten digits".to_owned()) }
}

pub async fn ask_uber(Extension(world): Extension<Arc<World>>, RawQuery(query): RawQuery) -> Response {
    ask(&world, App::Uber, &query.unwrap_or_default())
}

pub async fn decide_uber(Extension(world): Extension<Arc<World>>, body: Bytes) -> Response {
    decide(&world, App::Uber, &body)
}

pub async fn ask_feed(Extension(world): Extension<Arc<World>>, Path(name): Path<String>, RawQuery(query): RawQuery) -> Response {
    match App::feed(&name) {
        Ok(app) => ask(&world, app, &query.unwrap_or_default()),
        Err(refused) => refused.into_response(),
    }
}

pub async fn decide_feed(Extension(world): Extension<Arc<World>>, Path(name): Path<String>, body: Bytes) -> Response {
    match App::feed(&name) {
        Ok(app) => decide(&world, app, &body),
        Err(refused) => refused.into_response(),
    }
}

fn ask(world: &World, app: App, query: &str) -> Response {
    match Wanted::read(world, app, query) {
        Err(unwanted) => refuse(unwanted),
        Ok(wanted) if require_number(wanted.field("worker")).is_ok() => what(&wanted),
        Ok(wanted) => who(&wanted),
    }
}

fn decide(world: &World, app: App, body: &[u8]) -> Response {
    let wanted = match Wanted::read(world, app, &String::from_utf8_lossy(body)) {
        Err(unwanted) => return refuse(unwanted),
        Ok(wanted) => wanted,
    };
    let worker = (wanted.field("decision") == "allow").then(|| wanted.field("worker"));
    match wanted.decide(world, worker) {
        Ok(url) => see_other(&url),
        Err(_) => who(&wanted),
    }
}

fn refuse(unwanted: Unwanted) -> Response {
    match unwanted {
        Unwanted::There(url) => see_other(&url),
        Unwanted::Here(why) => {
            let body = format!("<h1>This link does not work</h1><p role=\"alert\">{why}</p>");
            page(StatusCode::BAD_REQUEST, "Sandbox", &body, None)
        }
    }
}

/// A platform's name for a heading.
fn brand(app: &App) -> String {
    let mut letters = app.name().chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    escape(&format!("{first}{} (sandbox)", letters.as_str().replace('_', " ")))
}

/// Who are you?
fn who(wanted: &Wanted) -> Response {
    let body = format!(
        "<div class=\"bank\">{}</div><h1>Sign in</h1>\
         <p>{} wants to read what you earn. Any number of ten digits is a worker here.</p>\
         <form method=\"get\" action=\"authorize\">{}<label for=\"worker\">Mobile number</label>\
         <input type=\"tel\" id=\"worker\" name=\"worker\" inputmode=\"numeric\" pattern=\"[0-9]{{10}}\" maxlength=\"10\" required \
         autocomplete=\"tel-national\"><div class=\"row\"><button class=\"go\" type=\"submit\">Continue</button></div></form>",
        brand(&wanted.app),
        escape(wanted.field("client_id")),
        wanted.hidden(),
    );
    page(StatusCode::OK, "Sign in", &body, Some(wanted.redirect.as_str()))
}

/// May it be read?
fn what(wanted: &Wanted) -> Response {
    let (worker, app) = (wanted.field("worker"), escape(wanted.field("client_id")));
    let body = format!(
        "<div class=\"bank\">{}</div><h1>Let {app} read your earnings?</h1>\
         <p>{}, it will see your trips, pay and tips, until you take it back. It cannot accept trips or move money.</p>\
         <form method=\"post\" action=\"authorize\">{}{}\
         <div class=\"row\"><button type=\"submit\" name=\"decision\" value=\"deny\">Deny</button>\
         <button class=\"go\" type=\"submit\" name=\"decision\" value=\"allow\">Allow</button></div></form>",
        brand(&wanted.app),
        escape(name_of(worker)),
        wanted.hidden(),
        hidden("worker", worker),
    );
    page(StatusCode::OK, "Consent", &body, Some(wanted.redirect.as_str()))
}
