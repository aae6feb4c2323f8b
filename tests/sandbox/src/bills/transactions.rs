//! `GET /bbps/transactions?startDate=&endDate=&mobile=&limit=&after=`: payments by the Indian day of the
//! timestamp that the agent gave them, the newest first.

use std::sync::Arc;

use axum::extract::Query;
use axum::{Extension, Json};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Refused;
use super::error::data;
use super::payment::Payment;
use crate::world::World;

const LIMIT_DEFAULT: usize = 25;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Asked {
    start_date: Option<String>,
    end_date: Option<String>,
    mobile: Option<String>,
    limit: Option<usize>,
    after: Option<String>,
}

pub async fn list(Extension(world): Extension<Arc<World>>, Query(asked): Query<Asked>) -> Result<Json<Value>, Refused> {
    let date = |text: Option<&String>, name: &str| {
        let date = text.and_then(|text| text.parse::<Date>().ok());
        date.ok_or_else(|| Refused::invalid(format!("{name} in query is required and must be of type date")))
    };
    let (start, end) = (date(asked.start_date.as_ref(), "startDate")?, date(asked.end_date.as_ref(), "endDate")?);
    let limit = asked.limit.unwrap_or(LIMIT_DEFAULT);
    if !(1..=250).contains(&limit) {
        return Err(Refused::bad("invalid-limit", "Limit value is not valid - should be between 1 & 250."));
    }
    let book = world.book();
    let mut wanted = book
        .bills
        .payments
        .newest_first()
        .filter(|payment| (start..=end).contains(&payment.day) && asked.mobile.as_ref().is_none_or(|mobile| payment.mobile == *mobile));
    if let Some(after) = &asked.after
        && !wanted.by_ref().any(|payment| payment.ref_id == *after)
    {
        return Err(Refused::invalid("after in query is no place in this list"));
    }
    let mut page: Vec<&Payment> = wanted.take(limit + 1).collect();
    let more = page.len() > limit;
    page.truncate(limit);
    let next = page.last().filter(|_| more).map(|last| format!("/api/bbps/transactions?limit={limit}&after={}", last.ref_id));
    Ok(data(json!({ "transactions": page.into_iter().map(Payment::line).collect::<Vec<_>>(), "nextPage": next })))
}
