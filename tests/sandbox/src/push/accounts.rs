//! Service accounts of a Google project, and the access tokens they were given.
//!
//! `POST /dashboard/service-accounts {"project_id"?}` makes one with a new key, and answers the
//! JSON file that Google's console would have you download. It and its tokens last until a reset.

use std::collections::HashMap;
use std::sync::Arc;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RsaKeyPair, UnparsedPublicKey};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::ids;
use crate::reply::{self, Refused};
use crate::world::World;

/// How long an access token lasts, which Google's answer rounds down.
pub const TOKEN_SECONDS: i64 = 3600;

/// An account and the public half of its key.
#[derive(Clone, Deserialize)]
#[serde(try_from = "File")]
pub struct ServiceAccount {
    pub project_id: String,
    pub client_email: String,
    pub token_uri: String,
    private_key_id: String,
    public_key: Vec<u8>,
}

/// What of Google's file is of use here.
#[derive(Deserialize)]
struct File {
    project_id: String,
    client_email: String,
    token_uri: String,
    private_key_id: String,
    private_key: String,
}

/// Google's side of all accounts.
#[derive(Clone)]
pub struct Accounts {
    by_key_id: HashMap<String, ServiceAccount>,
    tokens: HashMap<String, AccessToken>,
}

#[derive(Clone)]
struct AccessToken {
    project_id: String,
    expires_at: i64,
}

impl TryFrom<File> for ServiceAccount {
    type Error = &'static str;

    fn try_from(file: File) -> Result<Self, Self::Error> {
        let key = der_of(&file.private_key).and_then(|der| RsaKeyPair::from_pkcs8(&der).ok());
        let key = key.ok_or("private_key is no RSA key in PKCS #8, as PEM")?;
        Ok(Self {
            project_id: file.project_id,
            client_email: file.client_email,
            token_uri: file.token_uri,
            private_key_id: file.private_key_id,
            public_key: key.public_key().as_ref().to_vec(),
        })
    }
}

impl ServiceAccount {
    pub fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &self.public_key).verify(message, signature).is_ok()
    }
}

impl Accounts {
    pub fn with(configured: Option<ServiceAccount>) -> Self {
        let mut accounts = Self { by_key_id: HashMap::new(), tokens: HashMap::new() };
        configured.into_iter().for_each(|account| accounts.add(account));
        accounts
    }

    fn add(&mut self, account: ServiceAccount) {
        self.by_key_id.insert(account.private_key_id.clone(), account);
    }

    pub fn of_key(&self, key_id: &str) -> Option<&ServiceAccount> {
        self.by_key_id.get(key_id)
    }

    pub fn issue(&mut self, project_id: &str, now: i64) -> String {
        let token = format!("ya29.{}", ids::alphanumeric(40));
        self.tokens.insert(token.clone(), AccessToken { project_id: project_id.to_owned(), expires_at: now + TOKEN_SECONDS });
        token
    }

    /// The project that the token speaks for.
    pub fn project_of(&self, token: &str, now: i64) -> Option<&str> {
        self.tokens.get(token).filter(|token| now < token.expires_at).map(|token| token.project_id.as_str())
    }
}

pub fn router() -> Router<Arc<World>> {
    Router::new().route("/dashboard/service-accounts", post(make))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    #[serde(default = "usual_project")]
    project_id: String,
}

fn usual_project() -> String {
    "kamai-sandbox".into()
}

async fn make(State(world): State<Arc<World>>, headers: HeaderMap, body: Bytes) -> Result<(StatusCode, Json<Value>), Refused> {
    let wish: Wish = reply::parse(&body)?;
    let no_key = |_| Refused::conflict("the machine gives no key");
    let key = RsaKeyPair::generate(KeySize::Rsa2048).map_err(no_key)?;
    let der: Pkcs8V1Der<'_> = key.as_der().map_err(no_key)?;
    let file = json!({
        "type": "service_account",
        "project_id": wish.project_id,
        "private_key_id": ids::alphanumeric(40),
        "private_key": format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(der.as_ref())),
        "client_email": format!("push@{}.iam.gserviceaccount.com", wish.project_id),
        "token_uri": format!("{}/token", super::origin(&headers)),
    });
    let account = ServiceAccount::deserialize(&file).map_err(|error| Refused::bad_request(error.to_string()))?;
    world.book().pushes.accounts.add(account);
    Ok((StatusCode::CREATED, Json(file)))
}

fn der_of(pem: &str) -> Option<Vec<u8>> {
    let body = pem.trim().strip_prefix("-----BEGIN PRIVATE KEY-----")?.strip_suffix("-----END PRIVATE KEY-----")?;
    STANDARD.decode(body.split_whitespace().collect::<String>()).ok()
}
