//! Sends one-time passwords. The message names the challenge; the code and the phone are in no
//! queue.

use super::{call::language_of, email, sms};
use crate::{
    apply::{otp::otp_of, setup_failed, store_failed},
    deps::Deps,
};
use domain::{
    id::ChallengeId,
    identity::{Challenge, OTP_SECONDS, OtpChannel},
    notice::Outcome,
};
use lambda::{Failed, log::chain::Chain};
use providers::{
    email::smtp,
    messaging::{
        sms::Registry,
        whatsapp::{Component, Content, Outgoing, Parameter, Recipient},
    },
};
use serde_json::json;
use words::{Catalogue, Form};

/// The same code twice does no harm; none at all does.
pub async fn send(deps: &Deps, id: ChallengeId) -> Result<(), Failed> {
    let Some(challenge) = deps.store.challenge(id).await.map_err(store_failed)? else { return Ok(()) };
    if challenge.may_guess(challenge.purpose, deps.clock.now()).is_err() {
        return Ok(());
    }
    match challenge.channel {
        OtpChannel::Sms => by_sms(deps, &challenge).await,
        OtpChannel::Whatsapp => by_whatsapp(deps, &challenge).await,
        OtpChannel::Email => by_email(deps, &challenge).await,
    }
}

async fn otp(deps: &Deps, challenge: &Challenge) -> Result<String, Failed> {
    Ok(otp_of(&deps.pepper().await.map_err(setup_failed)?.otp, challenge.id, None))
}

async fn by_sms(deps: &Deps, challenge: &Challenge) -> Result<(), Failed> {
    let (otp, minutes) = (otp(deps, challenge).await?, (OTP_SECONDS / 60).to_string());
    let text = Registry::built_in().map_err(Failed::bug)?.render("login_otp", "en", &[("otp", &otp), ("minutes", &minutes)]);
    match sms::deliver(deps, &challenge.phone, &text.map_err(Failed::bug)?, None).await.outcome {
        Outcome::Sent { .. } => Ok(()),
        Outcome::NotSent { retryable: false, .. } | Outcome::NotCalled { .. } => given_up(),
        Outcome::NotSent { .. } | Outcome::Unknown { .. } => Err(Failed::later("the carrier has not taken the code")),
    }
}

async fn by_whatsapp(deps: &Deps, challenge: &Challenge) -> Result<(), Failed> {
    let otp = otp(deps, challenge).await?;
    let body = Component::Body { parameters: vec![Parameter::text(&otp)] };
    let message = Outgoing {
        to: Recipient::Phone(challenge.phone.e164()),
        content: Content::Template { name: "login_otp", language: "en_US", components: vec![body] },
        reply_to: None,
        callback_data: None,
    };
    match deps.whatsapp().await.map_err(setup_failed)?.send(&message).await {
        Ok(_) => Ok(()),
        Err(error) if error.retryable() => Err(Failed::later(error)),
        Err(error) => {
            tracing::error!(cause = %Chain(&error), "WhatsApp refuses a one-time password");
            given_up()
        }
    }
}

/// To the address that its owner has set, and with a code that is good for that one only.
async fn by_email(deps: &Deps, challenge: &Challenge) -> Result<(), Failed> {
    let pepper = deps.pepper().await.map_err(setup_failed)?;
    let user = deps.store.user_by_phone(&pepper.phone_hash(&challenge.phone)).await.map_err(store_failed)?;
    let Some(user) = user else { return Ok(()) };
    let preferences = deps.store.preferences(user).await.map_err(store_failed)?;
    // Taken away meanwhile.
    let Some(address) = preferences.email else { return Ok(()) };
    if !deps.has_mail().await {
        tracing::info!("no code is sent: there is no mail server here");
        return Ok(());
    }
    let code = otp_of(&pepper.otp, challenge.id, Some(&address.hash));
    let values = json!({ "otp": code, "minutes": OTP_SECONDS / 60 });
    let words = Catalogue::built_in().map_err(Failed::bug)?.notice("email_code", values.as_object().unwrap_or(&serde_json::Map::new()));
    let language = language_of(&preferences.settings.language);
    let said = words.map_err(Failed::bug)?.render(language, Form::Email);
    let (_, sent) =
        email::hand_in(deps, &challenge.id.to_string(), &address.address, &said, None, deps.clock.now()).await.map_err(setup_failed)?;
    match sent {
        Ok(_) => Ok(()),
        Err(error @ (smtp::SendError::Later { .. } | smtp::SendError::Unknown { .. })) => Err(Failed::later(error)),
        Err(error) => {
            tracing::error!(cause = %Chain(&error), "the mail server refuses a code");
            given_up()
        }
    }
}

/// A definite no: the user sees no code and asks for another.
fn given_up() -> Result<(), Failed> {
    tracing::error!("a one-time password was refused");
    Ok(())
}
