//! `/v1/auth/…`: log-in by one-time password, and the tokens that come of it.
//!
//! No answer tells whether a phone is known: a phone that is new becomes a user when it is proven.

use crate::{
    api::{limit, random, random_fingerprint, sha256_hex},
    apply::otp::otp_of,
    body::auth::{ChallengeBody, OtpRequest, RefreshRequest, TokenBody, TokenRequest},
    deps::Deps,
    refusals::{OTP_WRONG, REFRESH_INVALID, problem, store_problem},
    router::Signed,
    work::WorkMessage,
};
use domain::{
    account::{OpenAccount, TellOwner},
    fact::{Cause, Detail, FactKind},
    id::{AccountId, ChallengeId, SessionId, UserId},
    identity::{Challenge, OTP_SECONDS, OtpChannel, OtpPurpose, Phone, Role, SESSION_SECONDS, Session, User},
    notice::suppression::AddressHash,
};
use jiff::SignedDuration;
use lambda::{
    Problem, Reply, Request,
    auth::{Signer, Subject},
};
use store::Rotation;
use subtle::ConstantTimeEq;

const HOUR: i64 = 3600;

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    match request.path.as_str() {
        "/v1/auth/otp" => send_otp(deps, request).await,
        "/v1/auth/token" => exchange(deps, request).await,
        "/v1/auth/refresh" => refresh(deps, request).await,
        "/v1/auth/logout" => log_out(deps, request).await,
        _ => Err(Problem::not_found()),
    }
}

async fn send_otp(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let body: OtpRequest = request.json()?;
    let phone = Phone::parse(&body.phone).map_err(|why| Problem::invalid_field("/phone", why.to_string()))?;
    limit(deps, &format!("otp-address:{}", request.source_ip), deps.settings.rates.otp_per_address, HOUR).await?;
    let challenge = challenge(deps, &request, phone, body.channel.into(), OtpPurpose::LogIn).await?;
    Ok(Reply::accepted(&ChallengeBody { challenge_id: challenge.to_string(), expires_in: OTP_SECONDS }))
}

/// Makes a challenge and has its one-time password sent.
pub(crate) async fn challenge(
    deps: &Deps,
    request: &Request,
    phone: Phone,
    channel: OtpChannel,
    purpose: OtpPurpose,
) -> Result<ChallengeId, Problem> {
    limit(deps, &format!("otp-phone:{}", phone_hash(deps, &phone).await?), deps.settings.rates.otp_per_phone, HOUR).await?;
    let now = deps.clock.now();
    let challenge = Challenge::new(ChallengeId::new(now, random_fingerprint()?), phone, channel, purpose, now);
    deps.store.put_challenge(&challenge).await.map_err(store_problem)?;
    let message = WorkMessage::send_otp(challenge.id);
    deps.outlets.send(message.queue(), message.to_body(), &request.trace()).await.map_err(Problem::unavailable)?;
    Ok(challenge.id)
}

/// Checks a guess. It is counted before it is compared, and what is wrong is not told.
pub(crate) async fn prove(deps: &Deps, request: &Request, id: &str, otp: &str, purpose: OtpPurpose) -> Result<Phone, Problem> {
    prove_for(deps, request, id, otp, purpose, None).await
}

/// Has a caller who is signed in prove their phone once more. A request without a body has a one-time password sent,
/// which is its answer; `None` where it brings the proof, and may go on.
pub(crate) async fn prove_again(deps: &Deps, caller: &Signed, request: &Request, purpose: OtpPurpose) -> Result<Option<Reply>, Problem> {
    let user = deps.store.user(caller.user).await.map_err(store_problem)?.ok_or_else(Problem::unauthorized)?;
    if request.body.is_empty() {
        let id = challenge(deps, request, user.phone, OtpChannel::Sms, purpose).await?;
        return Ok(Some(Reply::accepted(&ChallengeBody { challenge_id: id.to_string(), expires_in: OTP_SECONDS })));
    }
    let body: TokenRequest = request.json()?;
    if prove(deps, request, &body.challenge_id, &body.otp, purpose).await? != user.phone {
        return Err(Problem::forbidden("The one-time password was sent to another phone."));
    }
    Ok(None)
}

/// [`prove`], of a code that was made for one e-mail address.
pub(crate) async fn prove_for(
    deps: &Deps,
    request: &Request,
    id: &str,
    otp: &str,
    purpose: OtpPurpose,
    address: Option<&AddressHash>,
) -> Result<Phone, Problem> {
    limit(deps, &format!("guess-address:{}", request.source_ip), deps.settings.rates.guesses_per_address, HOUR).await?;
    let wrong = || Problem::new(OTP_WRONG, "The code is wrong, used or too old. Ask for a new one.");
    let id: ChallengeId = id.parse().map_err(|_| wrong())?;
    let challenge = deps.store.count_guess(id).await.map_err(store_problem)?.ok_or_else(wrong)?;
    challenge.may_guess(purpose, deps.clock.now()).map_err(|why| wrong().with_cause(why))?;
    let expected = otp_of(&deps.pepper().await.map_err(Problem::unavailable)?.otp, id, address);
    if !bool::from(expected.as_bytes().ct_eq(otp.as_bytes())) {
        return Err(wrong());
    }
    deps.store.use_challenge(id).await.map_err(store_problem)?.map(|challenge| challenge.phone).ok_or_else(wrong)
}

async fn exchange(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let body: TokenRequest = request.json()?;
    let phone = prove(deps, &request, &body.challenge_id, &body.otp, OtpPurpose::LogIn).await?;
    let user = user_of(deps, phone).await?;
    let open = OpenAccount { owner: user.id, request_id: request.request_id.clone() };
    let opened = deps.execute(&open, &request.trace()).await.map_err(problem)?;
    if opened.replayed {
        // Before there is a session, so that none begins in silence.
        tell_of_log_in(deps, user.id, &request).await?;
    }
    let now = deps.clock.now();
    let session = SessionId::new(now, random_fingerprint()?);
    let secret = hex::encode(random::<32>()?);
    let expires_at = now.saturating_add(SignedDuration::from_secs(SESSION_SECONDS)).unwrap_or(now);
    let row = Session { id: session, user: user.id, token_hash: sha256_hex(secret.as_bytes()), revoked: false, expires_at };
    deps.store.put_session(&row).await.map_err(store_problem)?;
    tokens(deps, &user, session, &secret).await
}

async fn tell_of_log_in(deps: &Deps, user: UserId, request: &Request) -> Result<(), Problem> {
    let tell = TellOwner {
        account: AccountId::wallet_of(user),
        kind: FactKind::SecurityLogIn,
        detail: Detail { reason: Some("Somebody logged in with your phone's one-time password.".to_owned()), ..Detail::default() },
        cause: Cause::Request { request_id: request.request_id.clone() },
    };
    deps.execute(&tell, &request.trace()).await.map_err(problem)
}

/// The keyed hash under which a phone is found.
pub(crate) async fn phone_hash(deps: &Deps, phone: &Phone) -> Result<String, Problem> {
    Ok(deps.pepper().await.map_err(Problem::unavailable)?.phone_hash(phone))
}

async fn user_of(deps: &Deps, phone: Phone) -> Result<User, Problem> {
    let hash = phone_hash(deps, &phone).await?;
    let known = deps.store.user_by_phone(&hash).await.map_err(store_problem)?;
    let id = match known {
        Some(id) => id,
        None => {
            let now = deps.clock.now();
            let user = User { id: UserId::new(now, random_fingerprint()?), phone, role: Role::Worker, created_at: now };
            deps.store.add_user(&user, &hash).await.map_err(store_problem)?
        }
    };
    deps.store.user(id).await.map_err(store_problem)?.ok_or_else(|| Problem::internal("a phone leads to no user"))
}

async fn tokens(deps: &Deps, user: &User, session: SessionId, secret: &str) -> Result<Reply, Problem> {
    let keys = deps.keys().await.map_err(Problem::unavailable)?;
    let signer = Signer::new(&keys, &deps.places.issuer, &deps.places.audience).map_err(Problem::internal)?;
    let role = wire_role(deps.settings.role_of(user.phone.e164(), user.role));
    let subject = Subject { user_id: user.id.to_string(), role, scope: "wallet".to_owned(), session_id: Some(session.to_string()) };
    let jti = hex::encode(random::<16>()?);
    let signed = signer.sign(&subject, &jti, deps.clock.now().as_second()).map_err(Problem::internal)?;
    Ok(Reply::ok(&TokenBody {
        access_token: signed.token,
        refresh_token: format!("{session}.{secret}"),
        token_type: "Bearer",
        expires_in: signed.expires_in,
        user_id: user.id.to_string(),
    }))
}

fn wire_role(role: Role) -> lambda::auth::Role {
    match role {
        Role::Worker => lambda::auth::Role::Worker,
        Role::OrgAdmin => lambda::auth::Role::OrgAdmin,
        Role::Support => lambda::auth::Role::Support,
        Role::Ops => lambda::auth::Role::Ops,
        Role::Admin => lambda::auth::Role::Admin,
    }
}

fn dead() -> Problem {
    Problem::new(REFRESH_INVALID, "The refresh token is used, ended or unknown. Log in again.")
}

fn taken_apart(token: &str) -> Result<(SessionId, &str), Problem> {
    let (session, secret) = token.split_once('.').ok_or_else(dead)?;
    Ok((session.parse().map_err(|_| dead())?, secret))
}

async fn refresh(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let body: RefreshRequest = request.json()?;
    let (session, secret) = taken_apart(&body.refresh_token)?;
    let now = deps.clock.now();
    let next = hex::encode(random::<32>()?);
    let expires_at = now.saturating_add(SignedDuration::from_secs(SESSION_SECONDS)).unwrap_or(now);
    let rotation = deps.store.rotate(session, &sha256_hex(secret.as_bytes()), &sha256_hex(next.as_bytes()), expires_at, now).await;
    match rotation.map_err(store_problem)? {
        Rotation::Rotated(user) => {
            let user = deps.store.user(user).await.map_err(store_problem)?.ok_or_else(dead)?;
            tokens(deps, &user, session, &next).await
        }
        Rotation::Reused => {
            tracing::warn!("a used refresh token came back; its family is ended");
            Err(dead())
        }
        Rotation::Dead => Err(dead()),
    }
}

async fn log_out(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let body: RefreshRequest = request.json()?;
    let (session, secret) = taken_apart(&body.refresh_token)?;
    let live = deps.store.session(session, deps.clock.now()).await.map_err(store_problem)?;
    // Whoever holds a token of the family may end it; who only knows its id may not.
    if live.is_some_and(|live| live.token_hash == sha256_hex(secret.as_bytes())) {
        deps.store.end_session(session, deps.clock.now()).await.map_err(store_problem)?;
    }
    Ok(Reply::no_content())
}
