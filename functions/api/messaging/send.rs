//! One user, one channel, now.

use super::{Call, wording::Wording};
use crate::{
    api::{
        answered, execution, keyed,
        operations::acts::{Deed, write_down_as_key},
        person, sha256_hex,
    },
    body::{messaging::SendRequest, notices::DeliveryBody},
    refusals::{AsProblem, NO_RECIPIENT, problem},
};
use domain::{
    notice::{Notice, OpenNotice},
    request::KeyReused,
};
use jiff::SignedDuration;
use lambda::{Problem, Reply};

const EXPIRES_S: u32 = 24 * 3_600;

pub async fn send(call: &Call<'_>) -> Result<Reply, Problem> {
    let (deps, request) = (call.deps, call.request);
    let execution = execution(request)?;
    let body: SendRequest = request.json()?;
    let wording = Wording::find(call, &body.template, body.priority.as_deref())?;
    let values = wording.values(&body.data.0, |_| "/data".to_owned())?;
    let user = person(deps, "/to", &body.to.0).await?;
    if !call.may_write_to(user).await? {
        return Err(Problem::new(NO_RECIPIENT, "There is no such user whom you may write to."));
    }
    let asked = keyed(call.caller, request, &sha256_hex(&request.body))?;
    let expires_at = deps.clock.now() + SignedDuration::from_secs(expires_in_s(body.expires_in_s, EXPIRES_S)?);
    // A notice is found by its user: the key, by what is written down.
    let subject = format!("{user} {} {}", call.channel.code(), body.template);
    let deed = Deed { action: "notice.send", subject, proof: asked.fingerprint.to_string(), forced: false };
    write_down_as_key(deps, call.caller, request, &asked, deed, execution).await?;
    let command = OpenNotice {
        user,
        event: format!("send:{}", asked.fingerprint),
        template: wording.template(),
        values,
        priority: wording.priority,
        category: wording.category,
        seq: None,
        only: Some(call.channel),
        expires_at,
        rules: deps.notice_rules.clone(),
    };
    let opened = deps.attempt(&command, execution, &request.trace()).await.map_err(problem)?;
    if opened.replayed && !is_of(&opened.value, &command) {
        return Err(KeyReused.as_problem());
    }
    Ok(answered(Reply::accepted(&DeliveryBody::from(&opened.value)), opened.replayed, execution))
}

pub fn expires_in_s(asked: Option<u32>, usual: u32) -> Result<i64, Problem> {
    match asked.unwrap_or(usual) {
        seconds @ 60..=2_592_000 => Ok(seconds.into()),
        _ => Err(Problem::invalid_field("/expires_in_s", "must be from 60 (a minute) to 2592000 (30 days)")),
    }
}

/// Whether a notice that was there already is what is asked for now.
fn is_of(notice: &Notice, asked: &OpenNotice) -> bool {
    notice.only == asked.only
        && notice.template.name == asked.template.name
        && notice.values == asked.values
        && notice.priority == asked.priority
}
