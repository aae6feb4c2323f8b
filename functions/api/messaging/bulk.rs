//! Campaigns: opened, looked at, paused, resumed and cancelled by whoever made them, or by an operator.

use super::{Call, send::expires_in_s, wording::Wording};
use crate::{
    api::{
        answered, execution, keyed,
        operations::acts::{Deed, deed_id, write_down},
        random_fingerprint, sha256_hex,
    },
    body::messaging::{BulkRequest, CampaignBody, RecipientRequest},
    refusals::{problem, store_problem},
};
use domain::{
    campaign::{Campaign, OpenCampaign, Recipient, SteerCampaign, Wish},
    engine::{Key, Record},
    id::{BadId, CampaignId, SheetId, UserId},
};
use jiff::SignedDuration;
use lambda::{
    Problem, Reply,
    http::page::{Page, PageQuery},
};
use serde_json::{Map, Value};
use std::collections::HashSet;
use store::Execution;

/// A campaign of the largest size fits.
const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;
/// What is filled in for one recipient: a hundred of them are one row.
const VALUES_BYTES_MAX: usize = 3 * 1024;
const EXPIRES_S: u32 = 3 * 24 * 3_600;
/// The sheet of recipients stays as long as their notices do.
const SHEET_KEPT: SignedDuration = SignedDuration::from_hours(400 * 24);
/// Members of one page.
const MEMBERS_PAGE: i32 = 100;

pub async fn open(call: &Call<'_>) -> Result<Reply, Problem> {
    let (deps, request) = (call.deps, call.request);
    let execution = execution(request)?;
    let asked = keyed(call.caller, request, &sha256_hex(&request.body))?;
    let body: BulkRequest = request.json_within(BODY_BYTES_MAX)?;
    let name = name(&body.name)?;
    let rules = &deps.notice_rules;
    let per_minute = body.per_minute.unwrap_or(rules.campaign_per_minute);
    if !(1..=rules.campaign_per_minute_max).contains(&per_minute) {
        return Err(Problem::invalid_field("/per_minute", format!("must be from 1 to {}", rules.campaign_per_minute_max)));
    }
    let expires_in_s = expires_in_s(body.expires_in_s, EXPIRES_S)?;
    let wording = Wording { bytes_max: VALUES_BYTES_MAX, ..Wording::find(call, &body.template, body.priority.as_deref())? };
    let now = deps.clock.now();
    let start_at = body.start_at.as_ref().map_or(now, |at| at.0.max(now));
    if start_at.duration_since(now) > SignedDuration::from_hours(365 * 24) {
        return Err(Problem::invalid_field("/start_at", "must be within a year"));
    }
    let recipients = recipients(call, &wording, &body).await?;
    let count = u32::try_from(recipients.len()).unwrap_or(u32::MAX);
    let sheet = SheetId::new(now, random_fingerprint()?);
    // Recipients are there before the campaign is.
    let is_new = deps.store.record(&Key::Campaign(asked.fingerprint)).await.map_err(store_problem)?.is_none();
    if execution == Execution::Commit && is_new {
        let subject = format!("{name}: {count} by {} of {}", call.channel.code(), body.template);
        let deed = Deed { action: "campaign.open", subject, proof: asked.fingerprint.to_string(), forced: false };
        write_down(deps, call.caller, request, &deed_id(&asked), deed).await?;
        deps.store.put_recipients(sheet, &recipients, (start_at + SHEET_KEPT).as_second()).await.map_err(store_problem)?;
    }
    let command = OpenCampaign {
        asked,
        to_members: call.is_organisation(),
        name,
        channel: call.channel,
        template: wording.template(),
        category: wording.category,
        priority: wording.priority,
        sheet,
        recipients: count,
        per_minute,
        start_at,
        expires_at: start_at + SignedDuration::from_secs(expires_in_s),
    };
    let opened = deps.attempt(&command, execution, &request.trace()).await.map_err(problem)?;
    Ok(answered(Reply::accepted(&CampaignBody::from(&opened.value)), opened.replayed, execution))
}

fn name(text: &str) -> Result<String, Problem> {
    let fits = !text.trim().is_empty() && text.chars().count() <= 100 && !text.chars().any(char::is_control);
    if fits { Ok(text.to_owned()) } else { Err(Problem::invalid_field("/name", "must be 1 to 100 characters, without control characters")) }
}

/// Everybody who is to be told, each once, with what is filled in for them.
async fn recipients(call: &Call<'_>, wording: &Wording, body: &BulkRequest) -> Result<Vec<Recipient>, Problem> {
    let max = call.deps.notice_rules.campaign_recipients_max;
    let recipients = match (&body.recipients, body.members) {
        (Some(named), false) => named_recipients(wording, &body.data.0, named, max)?,
        (None, true) if call.is_organisation() => {
            let values = wording.values(&body.data.0, |_| "/data".to_owned())?;
            let members = members(call, max).await?;
            members.into_iter().map(|user| Recipient { user, values: values.clone() }).collect()
        }
        (None, true) => return Err(Problem::invalid_field("/members", "is for organisations: an operator names the recipients")),
        (Some(_), true) => return Err(Problem::invalid_field("/members", "is given instead of `recipients`")),
        (None, false) => return Err(Problem::invalid_field("/recipients", "give either `recipients` or `members`: true")),
    };
    if recipients.is_empty() || recipients.len() > max {
        return Err(Problem::invalid_field("/recipients", format!("must be 1 to {max}")));
    }
    Ok(recipients)
}

fn named_recipients(
    wording: &Wording,
    common: &Map<String, Value>,
    named: &[RecipientRequest],
    max: usize,
) -> Result<Vec<Recipient>, Problem> {
    wording.check_common(common, "/data")?;
    let mut seen = HashSet::with_capacity(named.len());
    let recipient = |(index, of): (usize, &RecipientRequest)| {
        let at = format!("/recipients/{index}");
        let user: UserId = of.user_id.parse().map_err(|why: BadId| Problem::invalid_field(format!("{at}/user_id"), why.to_string()))?;
        if !seen.insert(user) {
            return Err(Problem::invalid_field(format!("{at}/user_id"), "is named twice"));
        }
        let mut data = common.clone();
        data.extend(of.data.0.clone());
        // What is theirs stands with them, the rest with what is for everybody.
        let place = |name: &str| if of.data.0.contains_key(name) { format!("{at}/data") } else { "/data".to_owned() };
        let values = wording.values(&data, place)?;
        Ok(Recipient { user, values })
    };
    // One more than may be, so that too many are seen and the rest is not worked on.
    named.iter().take(max + 1).enumerate().map(recipient).collect()
}

async fn members(call: &Call<'_>, max: usize) -> Result<Vec<UserId>, Problem> {
    let (mut members, mut after) = (Vec::new(), None);
    loop {
        let (page, next) = call.deps.store.members(call.caller.user, after.as_deref(), MEMBERS_PAGE).await.map_err(store_problem)?;
        members.extend(page.iter().map(|place| place.user));
        after = next;
        if after.is_none() || members.len() > max {
            return Ok(members);
        }
    }
}

pub async fn list(call: &Call<'_>) -> Result<Reply, Problem> {
    let query: PageQuery = call.request.query()?;
    let cursors = call.deps.cursors().await.map_err(Problem::unavailable)?;
    let scope = format!("campaigns:{}", call.caller.user);
    let after = query.cursor.map(|cursor| cursors.open(&scope, &cursor)).transpose()?;
    let limit = i32::try_from(query.limit.get()).unwrap_or(20);
    let (found, next) = call.deps.store.campaigns(call.caller.account(), after.as_deref(), limit).await.map_err(store_problem)?;
    let own = found.iter().filter_map(|record| match record {
        Record::Campaign(campaign) if campaign.channel == call.channel => Some(CampaignBody::from(campaign)),
        _ => None,
    });
    Ok(Reply::ok(&Page { items: own.collect(), next_cursor: next.map(|next| cursors.seal(&scope, &next)) }))
}

/// An organisation sees its own campaigns, an operator all.
pub async fn find(call: &Call<'_>) -> Result<Campaign, Problem> {
    let id: CampaignId = call.request.param("id")?;
    let campaign = call.deps.store.campaign(id).await.map_err(store_problem)?;
    let is_seen = |campaign: &Campaign| campaign.channel == call.channel && (campaign.by == call.caller.user || !call.is_organisation());
    campaign.filter(is_seen).ok_or_else(Problem::not_found)
}

pub async fn show(call: &Call<'_>) -> Result<Reply, Problem> {
    Ok(Reply::ok(&CampaignBody::from(&find(call).await?)))
}

pub async fn steer(call: &Call<'_>) -> Result<Reply, Problem> {
    let campaign = find(call).await?;
    let (action, wish) = match call.request.path.rsplit('/').next() {
        Some("pause") => ("campaign.pause", Wish::Pause),
        Some("resume") => ("campaign.resume", Wish::Resume),
        _ => ("campaign.cancel", Wish::Cancel),
    };
    let deed = Deed { action, subject: campaign.id.to_string(), proof: campaign.status.code().to_owned(), forced: false };
    write_down(call.deps, call.caller, call.request, &call.request.request_id, deed).await?;
    let steered = call.deps.execute(&SteerCampaign { campaign: campaign.id, wish }, &call.request.trace()).await.map_err(problem)?;
    Ok(Reply::ok(&CampaignBody::from(&steered)))
}
