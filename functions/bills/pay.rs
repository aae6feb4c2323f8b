//! Paying a bill: always under the payout's own id, which the payer of bills takes as its idempotency key.
//!
//! Like a payout to a bank, it is *unknown* while no answer came: the money stays held, and the same id asks again.

use crate::{
    apply::{self, call_failed, setup_failed, store_failed},
    deps::Deps,
};
use domain::{
    address::Address,
    fact::Cause,
    payee::Payee,
    payout::{Failure, Payout, Recorded, Word, WordState},
};
use lambda::{Failed, Trace};
use providers::{
    bills::{Client, Customer, NewPayment, PayFor, Payment, PaymentLookup, PaymentStatus},
    call::{CallError, Unsent},
};

/// From then on the payer is asked for the payment before it is sent again.
const LOOK_FIRST_S: i64 = 300;
/// Whose money it is, to the network.
const PAYER: &str = "Kamai wallet";

/// A payout to a biller, with what every call needs.
struct Paying<'a> {
    deps: &'a Deps,
    client: Client,
    payout: &'a Payout,
    mobile: String,
}

pub async fn send(deps: &Deps, payout: &Payout, payee: &Payee, trace: &Trace) -> Result<(), Failed> {
    let paying = Paying::new(deps, payout).await?;
    let age_s = payout.sent_at.map_or(0, |sent| deps.clock.now().as_second() - sent.as_second());
    if payout.tries > 1 && age_s > LOOK_FIRST_S {
        match paying.find().await.map_err(call_failed)? {
            Some(payment) => return told(deps, payout, &payment, Cause::ProviderAnswer, trace).await.map(|_| ()),
            None if age_s > deps.rules.absent_payout_s => {
                return fail(deps, payout, Failure::new("never_made", "the payer of bills has no record of it"), trace).await;
            }
            None => {}
        }
    }
    match paying.pay(payee).await {
        Ok(payment) => told(deps, payout, &payment, Cause::ProviderAnswer, trace).await.map(|_| ()),
        Err(CallError::Refused { code, reason, .. }) => {
            // An earlier try may have gone through; only a look-up tells.
            if payout.tries > 1
                && let Some(payment) = paying.find().await.map_err(call_failed)?
            {
                return told(deps, payout, &payment, Cause::ProviderAnswer, trace).await.map(|_| ());
            }
            let code = reason.or(code).unwrap_or_else(|| "refused".to_owned());
            fail(deps, payout, Failure::new(&code, "the biller does not take this payment"), trace).await
        }
        Err(CallError::NotSent { why: Unsent::Invalid { field, rule } }) if payout.tries <= 1 => {
            fail(deps, payout, Failure::new("not_possible", &format!("{field} {rule}")), trace).await
        }
        Err(error) => {
            tracing::warn!(payout = %payout.id, %error, "unknown; the money stays held");
            Err(Failed::later(error))
        }
    }
}

/// Asks how a payment stands that the payer took. One that it denies after an hour was never made.
pub async fn ask(deps: &Deps, payout: &Payout, age_s: i64, trace: &Trace) -> Result<(), Failed> {
    let paying = Paying::new(deps, payout).await?;
    let now = deps.clock.now().as_second();
    let found = match &payout.provider_id {
        Some(reference) => match paying.client.payment(reference, now).await {
            Ok(payment) => Some(payment),
            Err(error) if error.means_absent() => None,
            Err(error) => return Err(call_failed(error)),
        },
        None => paying.find().await.map_err(call_failed)?,
    };
    match found {
        Some(payment) => told(deps, payout, &payment, Cause::Reconciler, trace).await.map(|_| ()),
        None if age_s > deps.rules.absent_payout_s => {
            fail(deps, payout, Failure::new("never_made", "the payer of bills has no record of it"), trace).await
        }
        None => Ok(()),
    }
}

/// Records what the payer said of a payment.
pub async fn told(deps: &Deps, payout: &Payout, payment: &Payment, cause: Cause, trace: &Trace) -> Result<Recorded, Failed> {
    let state = match payment.status {
        PaymentStatus::Pending | PaymentStatus::Other(_) => WordState::Accepted,
        PaymentStatus::Success => WordState::Processed,
        PaymentStatus::Failure => WordState::Failed,
        PaymentStatus::Reversed => WordState::Reversed,
    };
    let code = payment.failure.as_ref().and_then(|failure| failure.code.as_deref()).unwrap_or("failed");
    let failure = Failure::new(code, "the biller did not take the payment");
    let word = Word {
        state,
        provider_id: Some(payment.ref_id.clone()),
        utr: payment.transaction_id.clone(),
        fee: 0,
        failure: matches!(state, WordState::Failed | WordState::Reversed).then_some(failure),
    };
    apply::payout::record(deps, payout, word, cause, trace).await
}

async fn fail(deps: &Deps, payout: &Payout, failure: Failure, trace: &Trace) -> Result<(), Failed> {
    let word = Word { state: WordState::Failed, provider_id: None, utr: None, fee: 0, failure: Some(failure) };
    apply::payout::record(deps, payout, word, Cause::ProviderAnswer, trace).await.map(|_| ())
}

impl<'a> Paying<'a> {
    async fn new(deps: &'a Deps, payout: &'a Payout) -> Result<Self, Failed> {
        let client = deps.bills().await.map_err(setup_failed)?.ok_or_else(|| Failed::later("no payer of bills is set up"))?;
        let user = deps.store.user(payout.account.owner()).await.map_err(store_failed)?.ok_or_else(|| Failed::bug("no such user"))?;
        Ok(Self { deps, client, payout, mobile: user.phone.national().to_owned() })
    }

    async fn pay(&self, payee: &Payee) -> Result<Payment, CallError> {
        let invalid = CallError::NotSent { why: Unsent::Invalid { field: "payee", rule: "is no biller" } };
        let Address::Bill(account) = &payee.address else { return Err(invalid) };
        let params: Vec<(&str, &str)> = account.params().iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let reference = self.payout.id.to_string();
        let of = match &self.payout.bill {
            Some(bill) => PayFor::Fetched(bill),
            None => PayFor::Direct { biller_id: account.biller(), customer: Customer { mobile: &self.mobile, params: &params } },
        };
        let payment = NewPayment {
            reference: &reference,
            of,
            amount_paise: self.payout.amount,
            fee_paise: 0,
            option: None,
            payer_name: PAYER,
            mobile: &self.mobile,
            paid_at: self.payout.created_at.as_second(),
        };
        self.client.pay(&payment, self.deps.clock.now().as_second()).await
    }

    async fn find(&self) -> Result<Option<Payment>, CallError> {
        let reference = self.payout.id.to_string();
        let asked = PaymentLookup { reference: &reference, mobile: &self.mobile, paid_at: self.payout.created_at.as_second() };
        self.client.status(&asked, self.deps.clock.now().as_second()).await
    }
}
