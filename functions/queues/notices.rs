//! Sends one-time passwords. The message names the challenge; the code and the phone are in no
//! queue.

use crate::{
    apply::{otp::otp_of, setup_failed, store_failed},
    deps::Deps,
    queues::misplaced,
    work::WorkMessage,
};
use domain::{
    id::{BadId, ChallengeId},
    identity::{Challenge, OTP_SECONDS, OtpChannel},
};
use lambda::{Failed, Message, log::chain::Chain};
use providers::messaging::{
    sms::Registry,
    whatsapp::{Component, Content, Outgoing, Parameter, Recipient},
};

pub async fn handle(deps: &Deps, message: Message) -> Result<(), Failed> {
    let asked: WorkMessage = message.json()?;
    let WorkMessage::SendOtp { challenge } = &asked else { return Err(misplaced(&asked)) };
    let id: ChallengeId = challenge.parse().map_err(|why: BadId| Failed::bug(why))?;
    let Some(challenge) = deps.store.challenge(id).await.map_err(store_failed)? else { return Ok(()) };
    if challenge.may_guess(challenge.purpose, deps.clock.now()).is_err() {
        return Ok(());
    }
    let otp = otp_of(&deps.pepper().await.map_err(setup_failed)?.otp, id);
    match challenge.channel {
        OtpChannel::Sms => by_sms(deps, &challenge, &otp).await,
        OtpChannel::Whatsapp => by_whatsapp(deps, &challenge, &otp).await,
    }
}

async fn by_sms(deps: &Deps, challenge: &Challenge, otp: &str) -> Result<(), Failed> {
    let minutes = (OTP_SECONDS / 60).to_string();
    let text = Registry::built_in().map_err(Failed::bug)?.render("login_otp", "en", &[("otp", otp), ("minutes", &minutes)]);
    let sent = deps.sms().await.map_err(setup_failed)?.send(challenge.phone.e164(), &text.map_err(Failed::bug)?).await;
    match sent {
        Ok(_) => Ok(()),
        // The same code twice does no harm; none at all does.
        Err(error) if error.retryable() => Err(Failed::later(error)),
        Err(error) => given_up(&error),
    }
}

async fn by_whatsapp(deps: &Deps, challenge: &Challenge, otp: &str) -> Result<(), Failed> {
    let body = Component::Body { parameters: vec![Parameter::text(otp)] };
    let message = Outgoing {
        to: Recipient::Phone(challenge.phone.e164()),
        content: Content::Template { name: "login_otp", language: "en_US", components: vec![body] },
        reply_to: None,
        callback_data: None,
    };
    match deps.whatsapp().await.map_err(setup_failed)?.send(&message).await {
        Ok(_) => Ok(()),
        Err(error) if error.retryable() => Err(Failed::later(error)),
        Err(error) => given_up(&error),
    }
}

/// A definite no: the user sees no code and asks for another.
fn given_up(error: &(dyn std::error::Error + 'static)) -> Result<(), Failed> {
    tracing::error!(cause = %Chain(error), "a one-time password could not be sent");
    Ok(())
}
