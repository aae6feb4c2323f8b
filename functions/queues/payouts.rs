//! Takes payouts a step further, and sends those that are ready.

pub(crate) mod send;

use crate::{apply::failed, bills, deps::Deps, queues::work_in};
use domain::{
    payout::{Advance, AdvancePayout, Rail},
    work::Work,
};
use lambda::{Failed, Message};

pub async fn handle(deps: &Deps, message: Message) -> Result<(), Failed> {
    let Work::AdvancePayout { payout, payee, account } = work_in(&message)? else { return Err(Failed::bug("not a payout")) };
    let trace = message.trace();
    let command = AdvancePayout { payout, payee, account, rules: deps.rules.clone() };
    match deps.execute(&command, &trace).await.map_err(failed)? {
        Advance::Send(payout, payee) => match payout.rail {
            Rail::Razorpayx => send::send(deps, &payout, &payee, &trace).await,
            Rail::Bills => bills::pay::send(deps, &payout, &payee, &trace).await,
        },
        Advance::BeingSent(_) => Err(Failed::later("another worker may still be sending it")),
        Advance::Wait(_) | Advance::Ended(_) => Ok(()),
    }
}
