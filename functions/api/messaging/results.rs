//! What became of a campaign's recipients. Their notices say so; nothing is counted beside them.

use super::{Call, bulk::find};
use crate::{
    body::messaging::{RecipientBody, report_line},
    refusals::store_problem,
};
use domain::{campaign::Campaign, id::Fingerprint, id::UserId, notice::Notice};
use lambda::{
    Problem, Reply,
    http::page::{Page, PageQuery},
};
use std::{collections::HashMap, ops::Range};

/// Recipients that are looked up together.
const AT_ONCE: u32 = 100;
const HEADING: &str = "number,user_id,status,reason,notice_id,sent_at,delivered_at,read_at\n";

pub async fn recipients(call: &Call<'_>) -> Result<Reply, Problem> {
    let query: PageQuery = call.request.query()?;
    let campaign = find(call).await?;
    let (cursors, scope) = (call.deps.cursors().await.map_err(Problem::unavailable)?, format!("recipients:{}", campaign.id));
    let from = query.cursor.map(|cursor| cursors.open(&scope, &cursor)).transpose()?.and_then(|n| n.parse().ok()).unwrap_or(0);
    let until = campaign.recipients.min(from + query.limit.get());
    let items = results(call, &campaign, from..until).await?;
    let next = (until < campaign.recipients).then(|| cursors.seal(&scope, &until.to_string()));
    Ok(Reply::ok(&Page { items, next_cursor: next }))
}

pub async fn report(call: &Call<'_>) -> Result<Reply, Problem> {
    let campaign = find(call).await?;
    let mut csv = String::from(HEADING);
    for from in (0..campaign.recipients).step_by(AT_ONCE as usize) {
        let until = campaign.recipients.min(from + AT_ONCE);
        csv.extend(results(call, &campaign, from..until).await?.iter().map(report_line));
    }
    let name = format!("attachment; filename=\"{}.csv\"", campaign.id);
    Ok(Reply::text(200, "text/csv; charset=utf-8", csv).with_header("content-disposition", name))
}

async fn results(call: &Call<'_>, campaign: &Campaign, numbers: Range<u32>) -> Result<Vec<RecipientBody>, Problem> {
    let recipients = call.deps.store.recipients(campaign.sheet, numbers.clone()).await.map_err(store_problem)?;
    let event = campaign.event();
    let asked: Vec<(UserId, Fingerprint)> = recipients.iter().map(|of| (of.user, Notice::fingerprint(of.user, &event))).collect();
    let found = call.deps.store.notices(&asked).await.map_err(store_problem)?;
    let found: HashMap<UserId, Notice> = found.into_iter().map(|notice| (notice.user, notice)).collect();
    let numbered = numbers.zip(&recipients);
    Ok(numbered.map(|(number, recipient)| RecipientBody::new(campaign, number, recipient, found.get(&recipient.user))).collect())
}
