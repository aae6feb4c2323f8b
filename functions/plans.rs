//! What users have planned, when its time comes: a payment that stands, the summary of a day.

mod standing;
mod summary;

pub use standing::{label, pay};
pub use summary::tell;

use crate::deps::Deps;
use domain::{
    Timestamp,
    fact::Priority,
    id::UserId,
    notice::{Category, OpenNotice, TooLong, Values},
};
use jiff::SignedDuration;
use lambda::{Failed, Trace};
use store::ExecuteError;

/// A notice of ours that is about no fact of a feed.
pub(crate) struct Notice<'a> {
    pub user: UserId,
    /// The same event is told once.
    pub event: String,
    pub template: &'a str,
    pub values: serde_json::Value,
    pub priority: Priority,
    pub category: Category,
    /// For how long it is news.
    pub lasts: SignedDuration,
}

/// Tells a user, once.
pub(crate) async fn notify(deps: &Deps, notice: Notice<'_>, trace: &Trace) -> Result<(), Failed> {
    let template = words::Template::named(notice.template).ok_or_else(|| Failed::bug(format!("no template {}", notice.template)))?;
    let values = Values::new(notice.values.to_string()).map_err(|why: TooLong| Failed::bug(why))?;
    let command = OpenNotice {
        user: notice.user,
        event: notice.event,
        template: domain::notice::Template { name: template.name.to_owned(), version: template.version },
        values,
        priority: notice.priority,
        category: notice.category,
        seq: None,
        only: None,
        expires_at: deps.clock.now().saturating_add(notice.lasts).unwrap_or(Timestamp::MAX),
        rules: deps.notice_rules.clone(),
    };
    match deps.execute(&command, trace).await {
        Ok(_) | Err(ExecuteError::Refused(_)) => Ok(()),
        Err(ExecuteError::Store(error)) => Err(crate::apply::store_failed(error)),
    }
}
