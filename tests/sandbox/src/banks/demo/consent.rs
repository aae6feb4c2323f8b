//! The page of consent: who a person is, what of theirs may be read, Allow or Deny.
//!
//! As in RFC 6749, 4.1.2.1: what is wrong with the client or the way back is told to the person, since
//! nobody may be sent to an address that is not the client's; what is wrong otherwise is told there.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;
use reqwest::Url;

use super::api;
use super::books::{CODE_SECONDS, Code};
use crate::banks::page::{escape, hidden, page, see_other};
use crate::world::World;
use crate::{clock, ids};

const SCOPES: [&str; 2] = ["accounts", "transactions"];

/// What a client asks for, as its address says.
pub struct Wanted {
    fields: BTreeMap<String, String>,
    redirect: Url,
}

/// What becomes of it.
pub enum Decision {
    Allow { customer: String, accounts: Vec<String> },
    Deny,
}

/// Why there is no page of consent.
pub enum Unwanted {
    /// The person is told.
    Here(&'static str),
    /// The client is told, there.
    There(String),
}

impl Wanted {
    pub fn read(world: &World, query: &str) -> Result<Self, Unwanted> {
        let fields: BTreeMap<String, String> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let field = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
        let config = &world.config().banks.demo;
        if field("client_id") != config.client_id {
            return Err(Unwanted::Here("No app of this name is registered with the bank."));
        }
        let redirect = Url::parse(field("redirect_uri")).ok().filter(|url| !matches!(url.scheme(), "javascript" | "data" | "file"));
        let redirect = redirect.ok_or(Unwanted::Here("The app does not say where to go back to."))?;
        if !config.redirect_uris.is_empty() && !config.redirect_uris.iter().any(|uri| uri == field("redirect_uri")) {
            return Err(Unwanted::Here("The app wants to go back to where it is not registered."));
        }
        let wanted = Self { redirect, fields: fields.clone() };
        let is_code = matches!(field("response_type"), "" | "code");
        let has_proof = field("code_challenge_method") == "S256" && field("code_challenge").len() == 43;
        let mut scopes = field("scope").split(' ').filter(|scope| !scope.is_empty()).peekable();
        if !is_code {
            return Err(Unwanted::There(wanted.back(&[("error", "unsupported_response_type")])));
        }
        if !has_proof || field("state").is_empty() {
            return Err(Unwanted::There(wanted.back(&[("error", "invalid_request")])));
        }
        if scopes.peek().is_none() || !scopes.all(|scope| SCOPES.contains(&scope)) {
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

    /// Decides, and gives where to send the person.
    ///
    /// # Errors
    ///
    /// In words, where the customer or an account is none.
    pub fn decide(&self, world: &World, decision: Decision) -> Result<String, String> {
        let Decision::Allow { customer, accounts } = decision else {
            return Ok(self.back(&[("error", "access_denied")]));
        };
        require_number(&customer)?;
        let now = clock::unix_seconds();
        let mut book = world.book();
        let bank = &mut book.banks.demo;
        let has = bank.customer(&customer, now).accounts.iter().map(|account| account.id.clone()).collect::<Vec<_>>();
        if accounts.is_empty() || !accounts.iter().all(|account| has.contains(account)) {
            return Err(format!("at least one of the accounts: {}", has.join(", ")));
        }
        let code = Code {
            consent_id: format!("dcon_{}", ids::alphanumeric(20)),
            redirect_uri: self.field("redirect_uri").to_owned(),
            challenge: self.field("code_challenge").to_owned(),
            expires_at: now + CODE_SECONDS,
            used: false,
        };
        let preparing_ms = bank.behaviour.preparing_ms.unwrap_or(world.config().banks.demo.preparing_ms);
        let ready_at_ms = clock::unix_ms().saturating_add_unsigned(preparing_ms);
        let code = bank.allow(&customer, accounts, code, now, ready_at_ms);
        Ok(self.back(&[("code", &code)]))
    }

    /// The address' own fields, for the next form.
    fn hidden(&self) -> String {
        self.fields
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "customer" | "account" | "decision"))
            .map(|(n, v)| hidden(n, v))
            .collect()
    }
}

pub fn require_number(customer: &str) -> Result<(), String> {
    let is_number = customer.len() == 10 && customer.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { Ok(()) } else { Err("a customer is a mobile number of ten digits".to_owned()) }
}

pub async fn ask(Extension(world): Extension<Arc<World>>, RawQuery(query): RawQuery) -> Response {
    match Wanted::read(&world, &query.unwrap_or_default()) {
        Err(unwanted) => refuse(unwanted),
        Ok(wanted) if wanted.field("customer").is_empty() => who(&wanted, None),
        Ok(wanted) => what(&world, &wanted, None),
    }
}

pub async fn decide(Extension(world): Extension<Arc<World>>, body: Bytes) -> Response {
    let form = String::from_utf8_lossy(&body);
    let wanted = match Wanted::read(&world, &form) {
        Err(unwanted) => return refuse(unwanted),
        Ok(wanted) => wanted,
    };
    let accounts = form_urlencoded::parse(form.as_bytes()).filter(|(name, _)| name == "account").map(|(_, id)| id.into_owned()).collect();
    let decision = match wanted.field("decision") {
        "allow" => Decision::Allow { customer: wanted.field("customer").to_owned(), accounts },
        _ => Decision::Deny,
    };
    match wanted.decide(&world, decision) {
        Ok(url) => see_other(&url),
        Err(_) => what(&world, &wanted, Some("Pick at least one account.")),
    }
}

fn refuse(unwanted: Unwanted) -> Response {
    match unwanted {
        Unwanted::There(url) => see_other(&url),
        Unwanted::Here(why) => {
            let body = format!("<div class=\"bank\">Demo Bank</div><h1>This link does not work</h1><p role=\"alert\">{why}</p>");
            page(StatusCode::BAD_REQUEST, "Demo Bank", &body, None)
        }
    }
}

/// Who are you?
fn who(wanted: &Wanted, wrong: Option<&str>) -> Response {
    let alert = wrong.map(|wrong| format!("<p role=\"alert\">{}</p>", escape(wrong))).unwrap_or_default();
    let body = format!(
        "<div class=\"bank\">Demo Bank</div><h1>Sign in</h1>\
         <p>{} wants to read accounts of yours. Any number of ten digits is a customer here.</p>{alert}\
         <form method=\"get\" action=\"authorize\">{}<label for=\"customer\">Mobile number</label>\
         <input type=\"tel\" id=\"customer\" name=\"customer\" inputmode=\"numeric\" pattern=\"[0-9]{{10}}\" maxlength=\"10\" required \
         autocomplete=\"tel-national\"><div class=\"row\"><button class=\"go\" type=\"submit\">Continue</button></div></form>",
        escape(wanted.field("client_id")),
        wanted.hidden(),
    );
    page(StatusCode::OK, "Demo Bank: sign in", &body, Some(wanted.redirect.as_str()))
}

/// What may be read?
fn what(world: &World, wanted: &Wanted, wrong: Option<&str>) -> Response {
    let number = wanted.field("customer");
    if require_number(number).is_err() {
        return who(wanted, Some("A mobile number has ten digits."));
    }
    let now = clock::unix_seconds();
    let mut book = world.book();
    let customer = book.banks.demo.customer(number, now);
    let name = customer.name;
    let accounts: String = customer
        .accounts
        .iter()
        .map(|account| {
            let view = api::view(account, name, now);
            let text = |name: &str| escape(view[name].as_str().unwrap_or_default());
            format!(
                "<label class=\"account\"><input type=\"checkbox\" name=\"account\" value=\"{}\" checked>\
                 <span>{}<small>Savings {}</small></span></label>",
                text("id"),
                text("bank"),
                text("masked_number"),
            )
        })
        .collect();
    let alert = wrong.map(|wrong| format!("<p role=\"alert\">{}</p>", escape(wrong))).unwrap_or_default();
    let app = escape(wanted.field("client_id"));
    let body = format!(
        "<div class=\"bank\">Demo Bank</div><h1>Let {app} read your accounts?</h1>\
         <p>{}, it will see balances and entries for half a year, until you take it back. It cannot move money.</p>{alert}\
         <form method=\"post\" action=\"authorize\">{}{}<fieldset><legend>Accounts</legend>{accounts}</fieldset>\
         <div class=\"row\"><button type=\"submit\" name=\"decision\" value=\"deny\">Deny</button>\
         <button class=\"go\" type=\"submit\" name=\"decision\" value=\"allow\">Allow</button></div></form>",
        escape(name),
        wanted.hidden(),
        hidden("customer", number),
    );
    page(StatusCode::OK, "Demo Bank: consent", &body, Some(wanted.redirect.as_str()))
}
