//! `POST /bbps/bills/fetch/request` and `…/response`: asking a biller for a bill, or whether it knows
//! its customer.

use std::sync::Arc;

use axum::body::Bytes;
use axum::{Extension, Json};
use serde::Deserialize;
use serde_json::{Value, json};

use super::catalogue::{self, Biller, Flow};
use super::error::data;
use super::paper::Paper;
use super::payment::Status;
use super::steering::{self, Finding, ORDERS};
use super::{Bills, Refused, told};
use crate::clock;
use crate::shelf::Shelved;
use crate::world::World;

#[derive(Clone)]
pub struct Fetch {
    pub ref_id: String,
    pub biller: &'static str,
    /// The first detail that the biller asks for.
    pub number: String,
    pub found: Found,
}

#[derive(Clone)]
pub enum Found {
    /// Not yet.
    Processing,
    Bill(Box<Paper>),
    /// The customer is known, the amount is free.
    Known,
    Refused {
        code: &'static str,
        message: &'static str,
    },
}

impl Shelved for Fetch {
    fn id(&self) -> &str {
        &self.ref_id
    }
}

#[derive(Deserialize)]
struct Ask {
    agent: Agent,
    biller: BillerId,
    customer: Customer,
}

#[derive(Deserialize)]
pub struct Agent {
    id: String,
    channel: String,
    ip: Option<String>,
    mac: Option<String>,
}

#[derive(Deserialize)]
pub struct BillerId {
    pub id: String,
}

#[derive(Deserialize)]
pub struct Customer {
    pub mobile: String,
    #[serde(rename = "customerParams")]
    pub params: Vec<Param>,
}

#[derive(Deserialize)]
pub struct Param {
    name: String,
    value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ByReference {
    pub ref_id: String,
}

impl Agent {
    pub fn check(&self, registered: &str) -> Result<(), Refused> {
        let is_told = |detail: &Option<String>| detail.as_deref().is_some_and(|detail| !detail.is_empty());
        if self.id != registered {
            return Err(Refused::bad("invalid-agent", "Agent is not valid."));
        }
        if matches!(self.channel.as_str(), "INT" | "INTB") && !(is_told(&self.ip) && is_told(&self.mac)) {
            return Err(Refused::invalid("agent.ip and agent.mac are mandatory for this channel"));
        }
        Ok(())
    }
}

impl Customer {
    /// The number that this customer is known by.
    pub fn check(&self, biller: &Biller) -> Result<String, Refused> {
        if !(6..=22).contains(&self.mobile.len()) || !self.mobile.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Refused::invalid("customer.mobile in body should match '^\\d{6,22}$'"));
        }
        let given: Vec<(String, String)> = self.params.iter().map(|param| (param.name.clone(), param.value.clone())).collect();
        biller.check(&given)?;
        let first = biller.params.first().map_or("", |param| param.name);
        Ok(given.into_iter().find(|(name, _)| name == first).map_or_else(String::new, |(_, value)| value))
    }
}

pub async fn request(Extension(world): Extension<Arc<World>>, bytes: Bytes) -> Result<Json<Value>, Refused> {
    let ask: Ask = serde_json::from_slice(&bytes).map_err(|error| Refused::invalid(error.to_string()))?;
    ask.agent.check(&world.config().bills.agent_id)?;
    let biller = catalogue::find(&ask.biller.id).ok_or_else(|| Refused::bad("invalid-biller-id", "Invalid biller Id."))?;
    if biller.flow == Flow::Direct {
        return Err(Refused::bad("invalid-biller-type", "Biller is not allowed to make the request."));
    }
    let number = ask.customer.check(biller)?;
    let ref_id = super::reference();
    let fetch = Fetch { ref_id: ref_id.clone(), biller: biller.id, number, found: Found::Processing };
    world.book().bills.fetches.put(fetch);
    let id = ref_id.clone();
    world.after(world.config().timing.bill_fetch_ms, move |world| answer(world, &id));
    Ok(data(json!({ "refId": ref_id })))
}

pub async fn response(Extension(world): Extension<Arc<World>>, bytes: Bytes) -> Result<Json<Value>, Refused> {
    let ask: ByReference = serde_json::from_slice(&bytes).map_err(|error| Refused::invalid(error.to_string()))?;
    let book = world.book();
    let fetch = book.bills.fetches.get(&ask.ref_id).ok_or_else(|| Refused::bad("invalid-ref-id", "Invalid reference ID."))?;
    Ok(data(fetch.view()))
}

/// The biller answers.
fn answer(world: &Arc<World>, ref_id: &str) {
    let mut book = world.book();
    let bills = &mut book.bills;
    let Some(found) = bills.fetches.get(ref_id).and_then(|fetch| bills.find(fetch)) else { return };
    let Some(fetch) = bills.fetches.get_mut(ref_id) else { return };
    fetch.found = found;
    let view = fetch.view();
    drop(book);
    world.announce([told::fetched(&view)]);
}

impl Bills {
    /// None where the biller never says.
    fn find(&self, fetch: &Fetch) -> Option<Found> {
        let biller = catalogue::find(fetch.biller)?;
        let finding = steering::finding(&fetch.number);
        match finding {
            Finding::Nothing => None,
            Finding::Refused { code, message } => Some(Found::Refused { code, message }),
            Finding::Bill | Finding::HostileBill => {
                let Some(paper) = Paper::of(biller, &fetch.number, clock::in_india().date(), finding == Finding::HostileBill) else {
                    return Some(Found::Known);
                };
                let is_paid = self.payments.oldest_first().any(|payment| {
                    payment.status == Status::Success
                        && payment.biller == fetch.biller
                        && payment.bill_number.as_ref() == Some(&paper.number)
                });
                if is_paid {
                    return Some(Found::Refused { code: "BFR004", message: "Payment received for the billing period - no bill due" });
                }
                Some(Found::Bill(Box::new(paper)))
            }
        }
    }
}

impl Fetch {
    fn view(&self) -> Value {
        let biller = catalogue::find(self.biller);
        let exactness = biller.map_or("Exact", |biller| biller.exactness.word());
        let mut view = json!({ "refId": self.ref_id, "billerResponseType": "SINGLE", "billerSelectionType": null });
        match &self.found {
            Found::Processing => view["status"] = json!("Processing"),
            Found::Refused { code, message } => {
                view["status"] = json!("Failure");
                view["failureReason"] = json!({ "code": code, "message": message, "type": "BBPS" });
            }
            Found::Known | Found::Bill(_) => {
                view["status"] = json!("Success");
                view["exactness"] = json!(exactness);
                view["billerRefId"] = json!(self.ref_id.get(..10));
                let bill = if let Found::Bill(paper) = &self.found { vec![paper.view()] } else { Vec::new() };
                view["bills"] = json!(bill);
                let note = if steering::finding(&self.number) == Finding::HostileBill { ORDERS } else { "Standard" };
                view["additionalInfo"] = json!([{ "name": "Tariff", "value": note }]);
            }
        }
        view
    }
}
