//! `/webhooks/aa/Consent/Notification`, `/webhooks/aa/FI/Notification`: what our Account Aggregator tells of its own accord.
//!
//! Answered as ReBIT has it, signed, a refusal too. What is believed is stored, and its connection is looked at by a queue:
//! consents and data are asked for there, and a notification stands for neither.

use super::{BODY_BYTES_MAX, Believed, Source, keep, within};
use crate::{
    access::KnownDoor,
    banks::{Name, entries, known},
    deps::Deps,
    refusals::store_problem,
};
use account_aggregator::{
    jws::SIGNATURE_HEADER,
    notification::{KnownConsent, KnownSession, Refusal},
    wire::ErrorCode,
};
use domain::bank::Bank;
use lambda::{BoxError, Problem, Reply, Request};
use providers::{
    account_aggregator::{API_KEY_HEADER, Answer, Delivery, Door},
    signature::Verified,
};
use store::Named;

const CONSENT_PATH: &str = "/webhooks/aa/Consent/Notification";

/// A transaction and a body that are believed, or what is answered instead.
type Heard<'a> = Result<(String, Verified<'a>), Refusal>;

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    within(&request, BODY_BYTES_MAX)?;
    let doors = Doors(deps.aggregator_doors().await.map_err(Problem::unavailable)?);
    let delivery = Delivery {
        api_key: request.header(API_KEY_HEADER).unwrap_or_default(),
        signature: request.header(SIGNATURE_HEADER).unwrap_or_default(),
        body: &request.body,
        now: deps.clock.now(),
    };
    let door = doors.of(delivery.api_key)?.ok_or_else(Problem::not_found)?;
    let heard = match request.path.as_str() {
        CONSENT_PATH => consent(deps, (&doors, door), &delivery).await,
        _ => session(deps, (&doors, door), &delivery).await,
    };
    let answer = match heard.map_err(Problem::unavailable)? {
        Ok((txnid, body)) => {
            keep(deps, &request.trace(), Believed { source: Source::Aggregator, event: None, query: "", body }).await?;
            door.acknowledge(&txnid, delivery.now)
        }
        Err(refusal) if is_known_already(deps, &refusal, delivery.body).await? => door.acknowledge(&refusal.txnid, delivery.now),
        Err(refusal) => {
            tracing::warn!(code = refusal.code.as_str(), why = refusal.message, "a notification of the aggregator's is refused");
            door.refuse(&refusal, delivery.now)
        }
    };
    Ok(reply(answer.map_err(Problem::internal)?))
}

/// Whether this very word was taken before: that its consent is over since, and leads nowhere, is what it said. What such a refusal
/// is of was signed.
async fn is_known_already(deps: &Deps, refusal: &Refusal, body: &[u8]) -> Result<bool, Problem> {
    if refusal.code != ErrorCode::InvalidConsentId {
        return Ok(false);
    }
    let id = Source::Aggregator.inbox_id(None, body);
    Ok(deps.store.webhook(&id).await.map_err(store_problem)?.is_some())
}

/// Of every aggregator that may tell us something.
struct Doors(Vec<KnownDoor>);

impl Doors {
    /// Whose token it is. One that is nobody's is refused at any of them. To one whose door is not set up right nothing can be
    /// said, and it tells it again.
    fn of(&self, api_key: &str) -> Result<Option<&Door>, Problem> {
        match self.0.iter().find(|known| known.api_keys.has(api_key)) {
            Some(known) => known.door.as_ref().map(Some).map_err(|why| Problem::unavailable(why.clone())),
            None => Ok(self.0.iter().find_map(|known| known.door.as_ref().ok())),
        }
    }

    /// The aggregator by which a connection is read; none where it is not set up any more.
    fn reads(&self, named: &Named) -> &str {
        let is_its = |provider: &str| {
            let of_provider = entries().unwrap_or_default().iter().filter(|entry| entry.provider == provider);
            of_provider.map(|entry| Bank::id_of(named.user, &entry.id)).any(|id| id == named.bank)
        };
        let its = self.0.iter().find(|known| is_its(&known.provider));
        its.and_then(|known| known.door.as_ref().ok()).map_or("", |door| &door.aggregator_id)
    }
}

fn reply(answer: Answer) -> Reply {
    Reply::text(answer.status, "application/json", answer.body).with_header(SIGNATURE_HEADER, answer.signature)
}

async fn consent<'a>(deps: &Deps, (doors, door): (&Doors, &'a Door), delivery: &Delivery<'a>) -> Result<Heard<'a>, BoxError> {
    let unverified = match door.read::<account_aggregator::wire::ConsentNotification>(delivery) {
        Ok(unverified) => unverified,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let told = &unverified.claims().consent;
    let found = named(deps, told.id.as_deref(), told.handle.as_deref()).await?;
    let ids: Vec<String> = found.iter().filter_map(|named| named.consent.clone()).collect();
    let known = found.as_ref().map(|named| KnownConsent {
        aggregator: doors.reads(named),
        txnid: named.txnid.as_deref().unwrap_or_default(),
        handle: named.handle.as_deref().unwrap_or_default(),
        ids: &ids,
        may_split: false,
    });
    Ok(door.consent(unverified, known.as_ref(), delivery).map(|(told, body)| (told.txnid, body)))
}

async fn session<'a>(deps: &Deps, (doors, door): (&Doors, &'a Door), delivery: &Delivery<'a>) -> Result<Heard<'a>, BoxError> {
    let unverified = match door.read::<account_aggregator::wire::DataNotification>(delivery) {
        Ok(unverified) => unverified,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let id = unverified.claims().session.id.clone();
    let found = known(deps, Name::Session(&id)).await?;
    let known = found.as_ref().map(|named| KnownSession {
        aggregator: doors.reads(named),
        txnid: named.txnid.as_deref().unwrap_or_default(),
        id: &id,
    });
    Ok(door.session(unverified, known.as_ref(), delivery).map(|(told, body)| (told.txnid, body)))
}

/// By the consent's id or, before that is known here, by the handle that it was asked for under.
pub(crate) async fn named(deps: &Deps, id: Option<&str>, handle: Option<&str>) -> Result<Option<Named>, BoxError> {
    if let Some(id) = id
        && let Some(named) = known(deps, Name::Consent(id)).await?
    {
        return Ok(Some(named));
    }
    match handle {
        Some(handle) => known(deps, Name::Handle(handle)).await,
        None => Ok(None),
    }
}
