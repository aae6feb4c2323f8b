//! `/v1/insights` and `/v1/findings`: what lies ahead, and what a platform owes.

use crate::{
    body::insights::{BillBody, DisputeBody, DisputeRequest, FindingBody, InsightsBody},
    deps::Deps,
    insights::{Known, called, known},
    refusals::{problem, store_problem},
    router::{Signed, admit},
};
use cashflow::analyse;
use domain::{
    book::{Days, Gap},
    finding::AnswerFinding,
    id::Fingerprint,
    limits::india_time,
};
use jiff::{ToSpan as _, civil::Date};
use lambda::{Failed, Problem, Reply, Request};
use words::{Language, Phrase, Phrasebook, Said, rupees, written_day};

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let caller = admit(deps, &request).await?;
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/v1/insights") => insights(deps, &caller, &request).await,
        ("POST", "/v1/findings/{id}/dispute") => dispute(deps, &caller, &request).await,
        ("POST", "/v1/findings/{id}/dismiss") => {
            let command = AnswerFinding { user: caller.user, id: request.param("id")?, is_disputed: false };
            let finding = deps.execute(&command, &request.trace()).await.map_err(problem)?;
            Ok(Reply::ok(&FindingBody::from(&finding)))
        }
        _ => Err(Problem::not_found()),
    }
}

fn failed(why: Failed) -> Problem {
    Problem::unavailable(why)
}

async fn insights(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let today = india_time(deps.clock.now()).date();
    let known = known(deps, caller.user, today, &request.trace()).await.map_err(failed)?;
    let analysis = analyse(&known.facts(today));
    let bills = analysis.bills.iter().map(|bill| Ok(BillBody::new(bill, known.name(&bill.payee, &bill.what).map_err(failed)?)));
    let bills = bills.collect::<Result<Vec<_>, Problem>>()?;
    let findings = deps.store.findings(caller.user).await.map_err(store_problem)?;
    Ok(Reply::ok(&InsightsBody::new(&analysis, totals(&known, today), bills, &findings)))
}

/// Of today, of the week, of the month.
fn totals(known: &Known, today: Date) -> [domain::book::Day; 3] {
    let monday = today.saturating_sub(i64::from(today.weekday().to_monday_zero_offset()).days());
    [today, monday, today.first_of_month()].map(|from| Days::sum(&domain::book::days(&known.pages, &known.worked, from)))
}

/// A letter to the platform, in its worker's language. From now on it counts as disputed.
async fn dispute(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let id: Fingerprint = request.param("id")?;
    let body: DisputeRequest = request.json()?;
    let language =
        Language::from_code(&body.language).ok_or_else(|| Problem::invalid_field("/language", "must be one of ours, such as `hi`"))?;
    let phrases = Phrasebook::built_in().map_err(Problem::internal)?;
    let command = AnswerFinding { user: caller.user, id, is_disputed: true };
    let finding = deps.execute(&command, &request.trace()).await.map_err(problem)?;
    let shortfall = &finding.shortfall;
    let phrase = match shortfall.gap {
        Gap::Payment => Phrase::DisputePayment,
        Gap::Week => Phrase::DisputeWeek,
        Gap::Unexplained => Phrase::DisputeUnexplained,
    };
    let platform = called(&shortfall.platform);
    let values = [
        ("platform", Said::Theirs(platform.as_str())),
        ("from", Said::Ours(written_day(shortfall.from))),
        ("to", Said::Ours(written_day(shortfall.to))),
        ("stated", Said::Ours(rupees(shortfall.stated))),
        ("came", Said::Ours(rupees(shortfall.came))),
        ("missing", Said::Ours(rupees(shortfall.missing()))),
    ];
    let letter = phrases.say(language, phrase, &values);
    Ok(Reply::ok(&DisputeBody { finding: FindingBody::from(&finding), letter }))
}
