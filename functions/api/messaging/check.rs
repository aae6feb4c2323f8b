//! Whether an address can be written to.

use super::Call;
use crate::{
    body::messaging::{CheckBody, CheckRequest},
    refusals::store_problem,
};
use domain::{
    id::UserId,
    identity::Phone,
    notice::{Channel, suppression::AddressHash},
};
use lambda::{Problem, Reply};
use providers::{email::EmailAddress, messaging::phone::E164};

const ADDRESS_CHARS_MAX: usize = 320;

/// An address in its own form, and what stands for it where something is known of it.
type Known = Result<(String, Option<AddressHash>), String>;

pub async fn check(call: &Call<'_>) -> Result<Reply, Problem> {
    let body: CheckRequest = call.request.json()?;
    if !(1..=ADDRESS_CHARS_MAX).contains(&body.address.chars().count()) {
        return Err(Problem::invalid_field("/address", format!("must be 1 to {ADDRESS_CHARS_MAX} characters")));
    }
    let known: Known = match call.channel {
        Channel::Push => body.address.parse::<UserId>().map(|user| (user.to_string(), None)).map_err(|why| why.to_string()),
        Channel::Whatsapp | Channel::Sms => phone(call, &body.address).await?,
        Channel::Email => email(call, &body.address).await?,
    };
    let suppressed = match &known {
        Ok((_, Some(hash))) => {
            call.deps.store.suppression(call.channel, hash).await.map_err(store_problem)?.is_some_and(|known| known.cause.is_some())
        }
        _ => false,
    };
    let (valid, address, why) = match known {
        Ok((address, _)) => (true, address, None),
        Err(why) => (false, body.address, Some(why)),
    };
    Ok(Reply::ok(&CheckBody { channel: call.channel.code(), address, valid, suppressed, why }))
}

/// In any way that people write an Indian mobile's number.
async fn phone(call: &Call<'_>, text: &str) -> Result<Known, Problem> {
    let number = match E164::indian_mobile(text) {
        Ok(number) => number,
        Err(why) => return Ok(Err(why.to_string())),
    };
    let phone = Phone::parse(number.as_str()).map_err(Problem::internal)?;
    let hash = call.deps.pepper().await.map_err(Problem::unavailable)?.phone_hash(&phone);
    Ok(Ok((number.as_str().to_owned(), Some(AddressHash::new(hash)))))
}

async fn email(call: &Call<'_>, text: &str) -> Result<Known, Problem> {
    let mailbox = match EmailAddress::parse(text) {
        Ok(mailbox) => mailbox,
        Err(why) => return Ok(Err(why.to_string())),
    };
    let hash = call.deps.pepper().await.map_err(Problem::unavailable)?.email_hash(&mailbox.mailbox_key());
    Ok(Ok((mailbox.expose().to_owned(), Some(hash))))
}
