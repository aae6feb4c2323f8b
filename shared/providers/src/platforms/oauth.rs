//! OAuth 2 (RFC 6749), as platforms speak it: the page of consent, and tokens for a code, for a refresh
//! token, or for ourselves.

use reqwest::Method;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{PlatformError, wrong};
use crate::call::{Answer, BaseUrl, CallError, Endpoint, Http, SetupError};
use crate::pkce::Verifier;
use crate::secret::Secret;
use crate::wire::absent;

/// The longest that an access token is believed to last, so that one odd number keeps no token for
/// ever. Uber's last 30 days.
const ACCESS_SECONDS_MAX: i64 = 90 * 24 * 60 * 60;

/// Of a platform that does not say how long.
const ACCESS_SECONDS_DEFAULT: i64 = 3600;

/// Where a platform takes what, and who we are there.
pub(super) struct Settings<'a> {
    pub token_url: &'a str,
    pub revoke_url: Option<&'a str>,
    pub client_id: &'a str,
    pub client_secret: Secret,
    /// Names with spaces between them; empty where the platform knows none.
    pub scope: &'a str,
    pub client_auth: ClientAuth,
}

/// How we prove ourselves at the token's endpoint.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ClientAuth {
    /// `client_id` and `client_secret` in the form.
    #[default]
    Form,
    /// By HTTP's Basic scheme.
    Basic,
}

#[derive(Debug, Clone)]
pub(super) struct OAuth {
    token: Endpoint,
    revoke: Option<Endpoint>,
    client_id: String,
    client_secret: Secret,
    scope: String,
    client_auth: ClientAuth,
}

/// What a worker's consent is read with.
#[derive(Debug, Clone)]
pub(super) struct Grant {
    pub access: Secret,
    pub refresh: Option<Secret>,
    /// Unix seconds.
    pub access_until: i64,
}

/// What was asked, since the same word means another thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Exchange,
    Renewal,
    Ours,
    Revocation,
}

#[derive(Deserialize)]
struct Reply {
    access_token: String,
    #[serde(default, deserialize_with = "absent")]
    refresh_token: Option<String>,
    #[serde(default)]
    expires_in: Option<i64>,
    #[serde(default, deserialize_with = "absent")]
    scope: Option<String>,
}

#[derive(Default, Deserialize)]
struct Said {
    #[serde(default)]
    error: String,
}

impl OAuth {
    pub(super) fn new(http: Http, settings: Settings<'_>) -> Result<Self, SetupError> {
        if settings.client_id.is_empty() {
            return Err(SetupError::Missing("the platform's client id"));
        }
        Ok(Self {
            token: Endpoint::new(http.clone(), settings.token_url)?,
            revoke: settings.revoke_url.map(|url| Endpoint::new(http, url)).transpose()?,
            client_id: settings.client_id.to_owned(),
            client_secret: settings.client_secret,
            scope: settings.scope.to_owned(),
            client_auth: settings.client_auth,
        })
    }

    /// The page on which a worker allows us to read what they earn.
    pub(super) fn authorize_url(&self, page: &BaseUrl, redirect_uri: &str, state: &str, verifier: Option<&Verifier>) -> String {
        let mut url = page.at(&[]);
        let mut pairs = url.query_pairs_mut();
        pairs.extend_pairs([("client_id", self.client_id.as_str()), ("response_type", "code"), ("redirect_uri", redirect_uri)]);
        if !self.scope.is_empty() {
            pairs.append_pair("scope", &self.scope);
        }
        pairs.append_pair("state", state);
        if let Some(verifier) = verifier {
            pairs.append_pair("code_challenge", &verifier.challenge()).append_pair("code_challenge_method", "S256");
        }
        drop(pairs);
        url.into()
    }

    /// # Errors
    ///
    /// [`PlatformError::LinkExpired`] for a code that was used, is too old, or is not of this link;
    /// [`PlatformError::LinkDeclined`] where less was allowed than is needed.
    pub(super) async fn exchange(
        &self,
        code: &str,
        redirect_uri: &str,
        verifier: Option<&Verifier>,
        now: i64,
    ) -> Result<Grant, PlatformError> {
        let mut form = vec![("grant_type", "authorization_code"), ("redirect_uri", redirect_uri), ("code", code)];
        form.extend(verifier.map(|verifier| ("code_verifier", verifier.secret().expose())));
        let reply: Reply = self.post(&self.token, &form, Asked::Exchange).await?;
        // Not said: what was asked for (RFC 6749, 5.1).
        let granted = reply.scope.as_deref().unwrap_or(&self.scope);
        if !self.scope.split_ascii_whitespace().all(|needed| granted.split([' ', ',']).any(|scope| scope == needed)) {
            return Err(PlatformError::LinkDeclined);
        }
        reply.read(now, None)
    }

    /// The refresh token may be over with this; where the platform gives no new one, it is not.
    pub(super) async fn renew(&self, refresh: &Secret, now: i64) -> Result<Grant, PlatformError> {
        let form = [("grant_type", "refresh_token"), ("refresh_token", refresh.expose())];
        let reply: Reply = self.post(&self.token, &form, Asked::Renewal).await?;
        reply.read(now, Some(refresh))
    }

    /// A token of our own, which is nobody's consent.
    pub(super) async fn ours(&self, now: i64) -> Result<Grant, PlatformError> {
        let mut form = vec![("grant_type", "client_credentials")];
        if !self.scope.is_empty() {
            form.push(("scope", self.scope.as_str()));
        }
        let reply: Reply = self.post(&self.token, &form, Asked::Ours).await?;
        reply.read(now, None)
    }

    /// RFC 7009. A token that has ended is as good; so is a platform that cannot be told.
    pub(super) async fn revoke(&self, token: &Secret) -> Result<(), PlatformError> {
        let Some(endpoint) = &self.revoke else { return Ok(()) };
        match self.send(endpoint, &[("token", token.expose())]).await? {
            // The answer has no form.
            answer if (200..=299).contains(&answer.status()) => Ok(()),
            answer => weigh::<serde::de::IgnoredAny>(answer, Asked::Revocation).map(|_| ()).or_else(|error| match error {
                PlatformError::NeedsReauth => Ok(()),
                error => Err(error),
            }),
        }
    }

    async fn post<T: DeserializeOwned>(&self, endpoint: &Endpoint, form: &[(&str, &str)], asked: Asked) -> Result<T, PlatformError> {
        weigh(self.send(endpoint, form).await?, asked)
    }

    async fn send(&self, endpoint: &Endpoint, form: &[(&str, &str)]) -> Result<Answer, CallError> {
        let request = endpoint.request(Method::POST, &[]);
        let request = match self.client_auth {
            ClientAuth::Basic => request.basic_auth(&self.client_id, Some(self.client_secret.expose())).form(form),
            ClientAuth::Form => {
                let ours = [("client_id", self.client_id.as_str()), ("client_secret", self.client_secret.expose())];
                request.form(&[ours.as_slice(), form].concat())
            }
        };
        endpoint.exchange(request).await
    }
}

impl Reply {
    fn read(self, now: i64, before: Option<&Secret>) -> Result<Grant, PlatformError> {
        let secret = |text: &str, place| Secret::new(text).map_err(|_| wrong(place));
        let refresh = self.refresh_token.map(|text| secret(&text, "refresh_token")).transpose()?;
        let seconds = self.expires_in.unwrap_or(ACCESS_SECONDS_DEFAULT).clamp(0, ACCESS_SECONDS_MAX);
        Ok(Grant {
            access: secret(&self.access_token, "access_token")?,
            refresh: refresh.or_else(|| before.cloned()),
            access_until: now.saturating_add(seconds),
        })
    }
}

/// The value, or what the refusal means.
fn weigh<T: DeserializeOwned>(answer: Answer, asked: Asked) -> Result<T, PlatformError> {
    let said: Said = answer.body().and_then(|body| serde_json::from_slice(body).ok()).unwrap_or_default();
    answer.read().map_err(|error| match (&error, said.error.as_str(), asked) {
        (CallError::Refused { .. }, "invalid_grant", Asked::Exchange) => PlatformError::LinkExpired,
        (CallError::Refused { .. }, "invalid_grant" | "invalid_token", Asked::Renewal | Asked::Revocation) => PlatformError::NeedsReauth,
        (CallError::Refused { .. }, "access_denied", _) => PlatformError::NeedsReauth,
        // 401 is about our own secret here, and 403 about our registration.
        (CallError::Refused { status, code, reason, field, .. }, _, _) => PlatformError::Misconfigured(CallError::Refused {
            status: *status,
            code: code.clone(),
            reason: reason.clone(),
            description: None,
            field: field.clone(),
        }),
        _ => error.into(),
    })
}
