//! The way out of e-mails that nobody needs, without a log-in (RFC 8058, as `email-sms.md` A2 asks).

use crate::{
    api::html::page,
    deps::Deps,
    notices::{language_of, way_out},
    refusals::{problem, store_problem},
};
use domain::{
    id::UserId,
    notice::{Category, Channel, preferences::TurnOff},
};
use lambda::{Problem, Reply, Request};
use words::{Catalogue, Leaving};

/// Nothing is ended by looking: mail programs follow links before anybody reads them.
pub async fn show(deps: &Deps, request: &Request) -> Result<Reply, Problem> {
    let (user, _) = asked(deps, request).await?;
    let Leaving { language, leave, .. } = words(deps, user).await?;
    Ok(page(200, language.code(), &format!("<form method=\"post\"><button>{leave}</button></form>")))
}

/// By a mail program's `List-Unsubscribe=One-Click`, or by the button. Once more changes nothing.
pub async fn leave(deps: &Deps, request: &Request) -> Result<Reply, Problem> {
    let (user, category) = asked(deps, request).await?;
    deps.execute(&TurnOff { user, category, channel: Channel::Email }, &request.trace()).await.map_err(problem)?;
    let Leaving { language, left, .. } = words(deps, user).await?;
    Ok(page(200, language.code(), &format!("<p>{left}</p>")))
}

async fn asked(deps: &Deps, request: &Request) -> Result<(UserId, Category), Problem> {
    let token: String = request.param("token")?;
    let cursors = deps.cursors().await.map_err(Problem::unavailable)?;
    way_out::opened(&cursors, &token).ok_or_else(Problem::not_found)
}

async fn words(deps: &Deps, user: UserId) -> Result<Leaving, Problem> {
    let preferences = deps.store.preferences(user).await.map_err(store_problem)?;
    let catalogue = Catalogue::built_in().map_err(Problem::internal)?;
    Ok(catalogue.leaving(language_of(&preferences.settings.language)))
}
