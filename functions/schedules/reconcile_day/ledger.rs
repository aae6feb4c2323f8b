//! The ledger's side of a day: its postings on the accounts that stand for the provider, and the
//! records behind them.

use super::still_time;
use crate::{apply::store_failed, deps::Deps};
use domain::{
    Timestamp,
    engine::{Key, Record},
    id::OperationId,
    payment::{Gateway, Payment, PaymentStatus},
    payout::{Payout, PayoutStatus, Rail},
    posting::{Posting, Reason, Side, SystemAccount},
    reconciliation::{Day, Kind, Ours, State, Theirs, View},
    refund::{Refund, RefundStatus},
    suspense::{Suspense, SuspenseKind},
};
use jiff::SignedDuration;
use lambda::{Deadline, Failed};
use std::collections::{BTreeMap, BTreeSet};
use store::{LedgerScan, Moved, OpenClass};

/// Source: `razorpay.md` section 5.5: up to T+3.
const PAYOUT_DAYS: i64 = 3;
/// Source: `razorpay.md` section 3: five to seven working days, with a weekend in between.
const REFUND_DAYS: i64 = 10;
/// Open records of a class, in each shard.
const OPEN_MAX: i32 = 5_000;
const READ_AT_ONCE: usize = 100;

pub struct Ledger {
    day: Day,
    sides: BTreeMap<(Kind, String), Ours>,
    /// Provider's ids that are among them.
    known: BTreeSet<(Kind, String)>,
}

impl Ledger {
    pub async fn of(deps: &Deps, day: Day, deadline: Deadline) -> Result<Self, Failed> {
        let mut posted: BTreeMap<(OperationId, Kind), View> = BTreeMap::new();
        let mut scan = LedgerScan::default();
        while !scan.finished {
            still_time(deadline)?;
            for moved in deps.store.scan_moved(&mut scan, day.from, day.until).await.map_err(store_failed)? {
                add(&mut posted, &moved);
            }
        }
        let mut ledger = Self { day, sides: BTreeMap::new(), known: BTreeSet::new() };
        let operations: BTreeSet<OperationId> = posted.keys().map(|(operation, _)| *operation).collect();
        for some in operations.into_iter().collect::<Vec<_>>().chunks(READ_AT_ONCE) {
            let keys: Vec<Key> = some.iter().map(|operation| Key::operation(*operation)).collect();
            let records = deps.store.read(&keys).await.map_err(store_failed)?;
            for operation in some {
                let record = records.record(&Key::operation(*operation));
                let record = record.ok_or_else(|| Failed::bug(format!("{operation} has postings and no record")))?;
                for ((_, kind), view) in posted.range((*operation, Kind::Payment)..=(*operation, Kind::Transfer)) {
                    ledger.insert(side_of(record, *kind, *view)?);
                }
            }
        }
        for class in [OpenClass::Payout, OpenClass::Refund] {
            for item in deps.store.open(class, Timestamp::UNIX_EPOCH, day.until, OPEN_MAX).await.map_err(store_failed)? {
                // Bills leave another balance than the one that is compared here.
                // So do refunds of PhonePe's, which has no list of them: each is asked for by its id.
                let is_elsewhere = match &item.record {
                    Record::Payout(payout) => payout.rail == Rail::Bills,
                    Record::Refund(refund) => refund.gateway != Gateway::Razorpay,
                    _ => false,
                };
                if is_elsewhere {
                    continue;
                }
                ledger.add_record(&item.record)?;
            }
        }
        Ok(ledger)
    }

    pub fn has(&self, theirs: &Theirs) -> bool {
        let by_reference = theirs.reference.as_ref().and_then(|reference| self.sides.get(&(theirs.kind, reference.clone())));
        self.known.contains(&(theirs.kind, theirs.provider_id.clone())) || by_reference.is_some_and(|side| side.provider_id.is_none())
    }

    /// What the ledger has done and the provider is to confirm.
    pub fn sides(&self) -> impl Iterator<Item = &Ours> {
        self.sides.values()
    }

    pub fn into_sides(self) -> Vec<Ours> {
        self.sides.into_values().collect()
    }

    /// Looks for what the provider tells of among our records of other days. Answers which of our
    /// ids it names.
    pub async fn look_up(&mut self, deps: &Deps, theirs: &Theirs, order: Option<&String>) -> Result<Option<String>, Failed> {
        let operation = match (theirs.kind, order) {
            (Kind::Payment, Some(order)) => match deps.store.record(&Key::Order(order.clone())).await.map_err(store_failed)? {
                Some(Record::Order(_, payment)) => Some(OperationId::Payment(payment)),
                _ => None,
            },
            _ => theirs.reference.as_deref().and_then(|reference| reference.parse().ok()),
        };
        if let Some(operation) = operation
            && let Some(record) = deps.store.record(&Key::operation(operation)).await.map_err(store_failed)?
            && is_about(&record, theirs)
        {
            self.add_record(&record)?;
            return Ok(Some(operation.to_string()));
        }
        let named = if theirs.kind == Kind::Payment { None } else { theirs.reference.clone() };
        let kind = match theirs.kind {
            Kind::Payment => SuspenseKind::Payment,
            Kind::Refund => SuspenseKind::Refund,
            Kind::Payout | Kind::Reversal | Kind::Transfer => return Ok(named),
        };
        let key = Key::Operation(Suspense::fingerprint(Gateway::Razorpay, kind, &theirs.provider_id));
        if let Some(record) = deps.store.record(&key).await.map_err(store_failed)? {
            self.add_record(&record)?;
        }
        Ok(named)
    }

    fn insert(&mut self, side: Ours) {
        if let Some(id) = &side.provider_id {
            self.known.insert((side.kind, id.clone()));
        }
        self.sides.entry((side.kind, side.operation.clone())).or_insert(side);
    }

    /// What a record says by itself. Its postings, if it has any, were made on another day.
    fn add_record(&mut self, record: &Record) -> Result<(), Failed> {
        let view = |state: State, amount: i64, fee: i64, at: Timestamp| View { state, amount, fee, at };
        let done = |amount: i64, fee: i64, at: Timestamp| view(State::Done, amount, fee, self.elsewhere(at));
        let views = match record {
            Record::Payout(payout) => match payout.status {
                PayoutStatus::Sending | PayoutStatus::Processing => {
                    vec![(Kind::Payout, view(State::OnItsWay, payout.amount, 0, payout.sent_at.unwrap_or(payout.created_at)))]
                }
                PayoutStatus::Processed => vec![(Kind::Payout, done(payout.amount, payout.provider_fee, payout.updated_at))],
                PayoutStatus::Reversed if payout.returned => vec![
                    (Kind::Payout, done(payout.amount, payout.provider_fee, payout.sent_at.unwrap_or(payout.created_at))),
                    (Kind::Reversal, done(payout.amount, if payout.fee_returned { -payout.provider_fee } else { 0 }, payout.updated_at)),
                ],
                PayoutStatus::Failed | PayoutStatus::Reversed | PayoutStatus::Cancelled => {
                    vec![(Kind::Payout, view(State::Undone, payout.amount, 0, payout.updated_at))]
                }
                PayoutStatus::Validating | PayoutStatus::Cooling | PayoutStatus::Queued => Vec::new(),
            },
            Record::Refund(refund) => vec![(
                Kind::Refund,
                match refund.status {
                    RefundStatus::Requested | RefundStatus::Pending => view(State::OnItsWay, refund.amount, 0, refund.created_at),
                    RefundStatus::Processed => done(refund.amount, 0, refund.updated_at),
                    RefundStatus::Failed => view(State::Undone, refund.amount, 0, refund.updated_at),
                },
            )],
            Record::Payment(payment) => match (payment.status, payment.captured_at) {
                (PaymentStatus::Captured, Some(at)) => vec![(Kind::Payment, done(payment.amount, payment.provider_fee, at))],
                _ => vec![(Kind::Payment, view(State::OnItsWay, payment.amount, 0, payment.updated_at))],
            },
            Record::Suspense(suspense) => {
                let kind = if suspense.kind == SuspenseKind::Payment { Kind::Payment } else { Kind::Refund };
                vec![(kind, done(suspense.amount, 0, suspense.created_at))]
            }
            _ => Vec::new(),
        };
        for (kind, view) in views {
            self.insert(side_of(record, kind, view)?);
        }
        Ok(())
    }

    /// A posting of the day would have been found as one: this one is of another.
    fn elsewhere(&self, at: Timestamp) -> Timestamp {
        if self.day.has(at) { self.day.from.saturating_sub(SignedDuration::from_millis(1)).unwrap_or(Timestamp::UNIX_EPOCH) } else { at }
    }
}

/// Adds what postings move on the accounts that stand for the provider.
fn add(posted: &mut BTreeMap<(OperationId, Kind), View>, moved: &Moved) {
    for posting in &moved.postings {
        let Some((kind, amount, fee)) = to_provider(posting) else { continue };
        let empty = View { state: State::Done, amount: 0, fee: 0, at: moved.at };
        let view = posted.entry((moved.operation, kind)).or_insert(empty);
        view.amount += amount;
        view.fee += fee;
    }
}

/// What a posting is to the provider: its kind, its amount, and the provider's fee in it.
fn to_provider(posting: &Posting) -> Option<(Kind, i64, i64)> {
    let (settlement, float) = (Side::System(SystemAccount::RazorpaySettlement), Side::System(SystemAccount::RazorpayxFloat));
    let amount = posting.amount;
    match posting.reason {
        Reason::PaymentFee => Some((Kind::Payment, 0, amount)),
        Reason::PayoutProviderFee if posting.credit == float => Some((Kind::Payout, 0, amount)),
        Reason::PayoutProviderFeeReturned => Some((Kind::Reversal, 0, -amount)),
        _ if posting.debit == settlement => Some((Kind::Payment, amount, 0)),
        _ if posting.credit == settlement => Some((Kind::Refund, amount, 0)),
        _ if posting.credit == float => Some((Kind::Payout, amount, 0)),
        _ if posting.debit == float => Some((Kind::Reversal, amount, 0)),
        _ => None,
    }
}

fn side_of(record: &Record, kind: Kind, view: View) -> Result<Ours, Failed> {
    let side = |operation: String, provider_id: Option<String>, utr: Option<String>| Ours {
        kind,
        operation,
        provider_id,
        utr,
        view,
        suspense: false,
        deadline: None,
    };
    let within = |from: Timestamp, days: i64| from.checked_add(SignedDuration::from_hours(24 * days)).ok();
    Ok(match record {
        // Until one is captured, an order may have had several.
        Record::Payment(Payment { id, provider_payment_id, status, .. }) => {
            side(id.to_string(), provider_payment_id.clone().filter(|_| *status == PaymentStatus::Captured), None)
        }
        Record::Refund(Refund { id, provider_id, reference, created_at, .. }) => {
            Ours { deadline: within(*created_at, REFUND_DAYS), ..side(id.to_string(), provider_id.clone(), reference.clone()) }
        }
        Record::Payout(Payout { id, provider_id, utr, sent_at, created_at, .. }) => {
            Ours { deadline: within(sent_at.unwrap_or(*created_at), PAYOUT_DAYS), ..side(id.to_string(), provider_id.clone(), utr.clone()) }
        }
        Record::Suspense(suspense) => Ours { suspense: true, ..side(suspense.id.to_string(), Some(suspense.provider_id.clone()), None) },
        other => return Err(Failed::bug(format!("{:?} has money at the provider", other.key()))),
    })
}

/// Whether a record is of the very thing that the provider tells of, and not of another under the
/// same order or reference.
fn is_about(record: &Record, theirs: &Theirs) -> bool {
    let id = match record {
        Record::Payment(payment) if payment.status == PaymentStatus::Captured => &payment.provider_payment_id,
        Record::Payment(_) => return true,
        Record::Refund(refund) => &refund.provider_id,
        Record::Payout(payout) => &payout.provider_id,
        _ => return false,
    };
    id.as_ref().is_none_or(|id| *id == theirs.provider_id)
}
