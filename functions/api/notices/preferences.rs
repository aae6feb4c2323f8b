//! What the caller wants to be told, by which channel, and when.

use crate::{
    body::notices::{PreferencesBody, PreferencesRequest},
    deps::Deps,
    privacy::notices::shown,
    refusals::{problem, store_problem},
    router::Signed,
    work::WorkMessage,
};
use domain::{
    consent::Purpose,
    notice::{
        Channel, HeldFor, Notice, Stage,
        preferences::{Preferences, SetPreferences, Settings, StopChannel},
    },
    work::Work,
};
use lambda::{Problem, Reply, Request, log::chain::Chain};
use words::Language;

/// Held notices that are looked at anew at once; the others are when their time has come.
const LOOKED_AT_MAX: usize = 100;

pub async fn show(deps: &Deps, caller: &Signed) -> Result<Reply, Problem> {
    Ok(Reply::ok(&PreferencesBody::from(&deps.store.preferences(caller.user).await.map_err(store_problem)?)))
}

pub async fn set(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let body: PreferencesRequest = request.json()?;
    let (settings, stopped): (Settings, _) = body.try_into()?;
    let language = Language::from_code(settings.language.as_str()).unwrap_or(Language::English);
    let offers_notice = shown(Purpose::Marketing, language).map_err(Problem::internal)?;
    let command = SetPreferences { user: caller.user, settings, offers_notice, request_id: request.request_id.clone() };
    let mut preferences = deps.execute(&command, &request.trace()).await.map_err(problem)?;
    if let Some(stopped) = stopped {
        for channel in Channel::ALL.iter().copied() {
            if stopped.contains(&channel) != preferences.stopped.contains(&channel) {
                let command = StopChannel { user: caller.user, channel, stopped: stopped.contains(&channel), at: deps.clock.now() };
                preferences = deps.execute(&command, &request.trace()).await.map_err(problem)?;
            }
        }
    }
    look_anew(deps, &preferences, request).await;
    Ok(Reply::ok(&PreferencesBody::from(&preferences)))
}

/// What is held may go now, by the new hours. Nothing here can fail the change: what is not looked at
/// now is when its time has come.
async fn look_anew(deps: &Deps, preferences: &Preferences, request: &Request) {
    let open = match deps.store.open_notices(preferences.user).await {
        Ok(open) => open,
        Err(error) => return tracing::warn!(cause = %Chain(&error), "what is held is looked at in its time"),
    };
    let is_held = |notice: &&Notice| matches!(notice.stage, Stage::Held { why, .. } if why != HeldFor::Digest && why != HeldFor::Rate);
    let held = open.iter().filter(is_held).take(LOOKED_AT_MAX);
    let messages: Vec<WorkMessage> =
        held.map(|notice| WorkMessage::from(&Work::ClimbNotice { notice: notice.id, user: notice.user })).collect();
    deps.send_all(&messages, &request.trace()).await;
}
