//! What a user was told by one channel.

use super::Call;
use crate::{body::notices::DeliveryBody, refusals::store_problem};
use domain::id::UserId;
use lambda::{
    Problem, Reply,
    http::page::{Page, PageQuery},
};

pub async fn history(call: &Call<'_>) -> Result<Reply, Problem> {
    let query: PageQuery = call.request.query()?;
    let user: UserId = call.request.param("user")?;
    call.deps.store.user(user).await.map_err(store_problem)?.ok_or_else(Problem::not_found)?;
    let (cursors, scope) = (call.deps.cursors().await.map_err(Problem::unavailable)?, format!("history:{}:{user}", call.channel.code()));
    let before = query.cursor.map(|cursor| cursors.open(&scope, &cursor)).transpose()?;
    // A user's notices lie by what they tell of. An operator looks seldom, and reads them all.
    let mut told = call.deps.store.all_notices(user).await.map_err(store_problem)?;
    told.retain(|notice| notice.delivery(call.channel).is_some() || notice.only == Some(call.channel));
    told.sort_by_cached_key(|notice| std::cmp::Reverse(notice.id.to_string()));
    let is_before = |id: &str| before.as_ref().is_none_or(|before| id < before.as_str());
    let mut rest = told.iter().filter(|notice| is_before(&notice.id.to_string()));
    let page: Vec<_> = rest.by_ref().take(query.limit.get() as usize).collect();
    let next = rest.next().and(page.last()).map(|last| cursors.seal(&scope, &last.id.to_string()));
    Ok(Reply::ok(&Page { items: page.into_iter().map(DeliveryBody::from).collect::<Vec<_>>(), next_cursor: next }))
}
