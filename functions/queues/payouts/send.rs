//! Calls the provider with a payout, always under the payout's own idempotency key.
//!
//! An answer that does not come is *unknown*: the money stays held, the message comes back, and
//! the same key asks again. Source: `razorpay.md` section 5.4.

use crate::{
    apply::{self, setup_failed},
    deps::Deps,
};
use domain::{
    address::Address,
    fact::Cause,
    payee::Payee,
    payout::{Failure, Payout, Word, WordState},
};
use lambda::{Failed, Trace};
use providers::{
    call::{CallError, Unsent},
    razorpay::Notes,
    razorpayx::{Client, ContactName, ContactType, Destination, Narration, NewContact, NewPayout, PayTo, PayoutEntity, Purpose, modes_for},
};

/// From then on the provider is asked for the payout before it is sent again.
const LOOK_FIRST_S: i64 = 300;

pub async fn send(deps: &Deps, payout: &Payout, payee: &Payee, trace: &Trace) -> Result<(), Failed> {
    let (client, secret) = deps.razorpayx().await.map_err(setup_failed)?;
    let account = &secret.account_number;
    let age_s = payout.sent_at.map_or(0, |sent| deps.clock.now().as_second() - sent.as_second());
    if payout.tries > 1 && age_s > LOOK_FIRST_S {
        match find(&client, account, payout).await? {
            Some(entity) => return told(deps, &entity, trace).await,
            None if age_s > deps.rules.absent_payout_s => {
                let failure = Failure::new("never_made", "the bank partner has no record of it");
                return fail(deps, payout, failure, trace).await;
            }
            None => {}
        }
    }
    match create(&client, account, payout, payee).await {
        Ok(entity) => told(deps, &entity, trace).await,
        Err(CallError::Refused { code, reason, description, .. }) => {
            // An earlier try under this key may have gone through; only a look-up tells.
            if payout.tries > 1
                && let Some(entity) = find(&client, account, payout).await?
            {
                return told(deps, &entity, trace).await;
            }
            let code = reason.or(code).unwrap_or_else(|| "refused".to_owned());
            let text = description.unwrap_or_else(|| "the bank partner refused the payout".to_owned());
            fail(deps, payout, Failure::new(&code, &text), trace).await
        }
        Err(CallError::NotSent { why: Unsent::Invalid { field, rule } }) => {
            fail(deps, payout, Failure::new("not_possible", &format!("{field} {rule}")), trace).await
        }
        Err(error) => {
            tracing::warn!(payout = %payout.id, %error, "unknown; the money stays held");
            Err(Failed::later(error))
        }
    }
}

async fn create(client: &Client, account: &str, payout: &Payout, payee: &Payee) -> Result<PayoutEntity, CallError> {
    let (id, payee_id) = (payout.id.to_string(), payee.id.to_string());
    let destination = destination(payee)?;
    let invalid = CallError::NotSent { why: Unsent::Invalid { field: "amount", rule: "is carried by no rail" } };
    // The same rail for the same payout, always: another one while the first is unknown pays twice.
    let mode = modes_for(destination.kind(), payout.amount).into_iter().next().ok_or(invalid)?;
    let new = NewPayout {
        account_number: account,
        to: PayTo::Composite { destination, contact: contact(payee, &payee_id) },
        amount_paise: payout.amount,
        mode,
        purpose: Purpose::Payout,
        // A payout that waits for our own money would be neither sent nor refused.
        queue_if_low_balance: false,
        reference_id: &id,
        narration: Narration::clean(payout.note.as_deref().unwrap_or("Kamai payout")),
        notes: Notes::new(),
    };
    client.create_payout(&id, &new).await
}

pub(crate) fn destination(payee: &Payee) -> Result<Destination<'_>, CallError> {
    match &payee.address {
        Address::Vpa(vpa) => Destination::vpa(vpa.as_str()),
        Address::Bank { ifsc, number } => Destination::bank_account(payee.name.as_str(), ifsc.as_str(), number.as_str()),
        Address::Bill(_) => Err(CallError::NotSent { why: Unsent::Invalid { field: "payee", rule: "is a biller" } }),
    }
}

pub(crate) fn contact<'a>(payee: &Payee, id: &'a str) -> NewContact<'a> {
    NewContact {
        name: ContactName::clean_or_worker(payee.name.as_str()),
        phone: None,
        email: None,
        contact_type: ContactType::Vendor,
        reference_id: id,
        notes: Notes::new(),
    }
}

async fn find(client: &Client, account: &str, payout: &Payout) -> Result<Option<PayoutEntity>, Failed> {
    let found = client.payouts_by_reference(account, &payout.id.to_string()).await.map_err(Failed::later)?;
    Ok(found.into_iter().next())
}

async fn told(deps: &Deps, entity: &PayoutEntity, trace: &Trace) -> Result<(), Failed> {
    apply::payout::apply(deps, entity, Cause::ProviderAnswer, trace).await.map(|_| ())
}

async fn fail(deps: &Deps, payout: &Payout, failure: Failure, trace: &Trace) -> Result<(), Failed> {
    let word = Word { state: WordState::Failed, provider_id: None, utr: None, fee: 0, failure: Some(failure) };
    apply::payout::record(deps, payout, word, Cause::ProviderAnswer, trace).await.map(|_| ())
}
