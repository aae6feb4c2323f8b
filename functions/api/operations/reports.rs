//! Messages that members have reported, for an operator to look at.

use super::acts::{Deed, write_down};
use crate::{
    body::rooms::ReportBody,
    deps::Deps,
    refusals::{problem, store_problem},
    router::Signed,
};
use domain::{Timestamp, engine::Record, id::ReportId, room::CloseReport};
use lambda::{Problem, Reply, Request, http::page::Page};
use store::OpenClass;

/// All that is open, the oldest first.
pub async fn list(deps: &Deps) -> Result<Reply, Problem> {
    let open = deps.store.open(OpenClass::Report, Timestamp::UNIX_EPOCH, deps.clock.now(), 100).await.map_err(store_problem)?;
    let items = open.iter().filter_map(|item| match &item.record {
        Record::Report(report) => Some(ReportBody::from(report)),
        _ => None,
    });
    Ok(Reply::ok(&Page { items: items.collect(), next_cursor: None }))
}

pub async fn close(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let report: ReportId = request.param("id")?;
    let deed = Deed { action: "report.close", subject: report.to_string(), proof: String::new(), forced: false };
    write_down(deps, caller, request, &request.request_id, deed).await?;
    let closed = deps.execute(&CloseReport { report, by: caller.user }, &request.trace()).await.map_err(problem)?;
    Ok(Reply::ok(&ReportBody::from(&closed)))
}
