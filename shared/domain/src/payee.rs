//! Payees: whom a user pays out to, and whether the address was found to be real.

use crate::{
    address::{Address, PayeeName},
    engine::{Answer, Command, Key, Plan, Record, Snapshot},
    id::{AccountId, Fingerprint, PayeeId, PayoutId, UserId},
};
use jiff::Timestamp;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PayeeStatus {
    /// Nobody has asked the provider yet.
    Unchecked,
    /// The provider was asked; its word comes by webhook.
    Checking {
        validation_id: String,
        since: Timestamp,
    },
    /// The address is real; the bank's name for its holder, where it told.
    Valid {
        registered_name: Option<String>,
    },
    Invalid {
        reason: String,
    },
}

impl PayeeStatus {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unchecked => "unchecked",
            Self::Checking { .. } => "checking",
            Self::Valid { .. } => "valid",
            Self::Invalid { .. } => "invalid",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payee {
    pub id: PayeeId,
    pub account: AccountId,
    pub address: Address,
    pub name: PayeeName,
    pub status: PayeeStatus,
    /// Whether somebody waits for the validation.
    pub wanted: bool,
    /// Payouts that wait for it, oldest first.
    pub waiting: Vec<PayoutId>,
    /// When a payout to it first went through.
    pub first_paid_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl Payee {
    /// The same address of the same account is the same payee.
    pub fn fingerprint(account: AccountId, address: &Address) -> Fingerprint {
        Fingerprint::of(&format!("payee:{account}"), &address.canonical())
    }

    /// The id that a new payee gets: dated by the account, not by the day, so that it is known
    /// before anything is read.
    pub fn id_of(account: AccountId, address: &Address) -> PayeeId {
        PayeeId::new(Timestamp::UNIX_EPOCH, Self::fingerprint(account, address))
    }

    pub fn new(account: AccountId, address: Address, name: PayeeName, now: Timestamp) -> Self {
        // A biller has told whose number it is when it was asked for the bill.
        let is_biller = matches!(address, Address::Bill(_));
        Self {
            id: Self::id_of(account, &address),
            account,
            address,
            name,
            status: if is_biller { PayeeStatus::Valid { registered_name: None } } else { PayeeStatus::Unchecked },
            wanted: !is_biller,
            waiting: Vec::new(),
            first_paid_at: None,
            created_at: now,
            updated_at: now,
        }
    }
}

/// Adds a payee and has it validated. Adding it again finds it again; a new name replaces the old,
/// and an address that was found invalid is looked at once more.
#[derive(Debug, Clone)]
pub struct AddPayee {
    pub owner: UserId,
    pub address: Address,
    pub name: PayeeName,
}

impl Command for AddPayee {
    type Done = Answer<Payee>;
    type Refusal = std::convert::Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Payee(Payee::id_of(AccountId::wallet_of(self.owner), &self.address))]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Self::Done), Self::Refusal> {
        let account = AccountId::wallet_of(self.owner);
        let known = state.payee(Payee::id_of(account, &self.address));
        let mut payee = known.cloned().unwrap_or_else(|| Payee::new(account, self.address.clone(), self.name.clone(), now));
        if matches!(payee.status, PayeeStatus::Invalid { .. }) {
            payee.status = PayeeStatus::Unchecked;
        }
        payee.name = self.name.clone();
        let mut plan = Plan::default();
        if known == Some(&payee) {
            return Ok((plan, Answer::again(payee)));
        }
        payee.updated_at = now;
        plan.put(Record::Payee(payee.clone()));
        Ok((plan, Answer { value: payee, replayed: known.is_some() }))
    }
}

/// What the provider says of a payee.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// About to be asked: whoever records this first asks, so that nobody asks (and pays) twice.
    Asking,
    /// Asked; the answer will come under this id.
    Asked {
        validation_id: String,
    },
    Valid {
        registered_name: Option<String>,
    },
    Invalid {
        reason: String,
    },
    /// Asked long ago and never answered: to be asked again.
    Lost,
}

/// Records what the provider says of a payee.
#[derive(Debug, Clone)]
pub struct JudgePayee {
    pub payee: PayeeId,
    pub verdict: Verdict,
}

/// There is no such payee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such payee")]
pub struct NoSuchPayee;

impl Command for JudgePayee {
    /// The payee, and whether this verdict changed it.
    type Done = (Payee, bool);
    type Refusal = NoSuchPayee;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Payee(self.payee)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Self::Done), NoSuchPayee> {
        let mut payee = state.payee(self.payee).cloned().ok_or(NoSuchPayee)?;
        let mut plan = Plan::default();
        let next = match (&payee.status, &self.verdict) {
            (PayeeStatus::Unchecked, Verdict::Asking) => PayeeStatus::Checking { validation_id: String::new(), since: now },
            (PayeeStatus::Checking { validation_id: known, since }, Verdict::Asked { validation_id }) if known.is_empty() => {
                PayeeStatus::Checking { validation_id: validation_id.clone(), since: *since }
            }
            (PayeeStatus::Checking { .. }, Verdict::Lost) => PayeeStatus::Unchecked,
            (PayeeStatus::Unchecked | PayeeStatus::Checking { .. }, Verdict::Valid { registered_name }) => {
                PayeeStatus::Valid { registered_name: registered_name.clone() }
            }
            (PayeeStatus::Unchecked | PayeeStatus::Checking { .. }, Verdict::Invalid { reason }) => {
                PayeeStatus::Invalid { reason: reason.clone() }
            }
            // A verdict stands until somebody asks anew; a late or second word changes nothing.
            _ => return Ok((plan, (payee, false))),
        };
        payee.status = next;
        payee.updated_at = now;
        plan.put(Record::Payee(payee.clone()));
        Ok((plan, (payee, true)))
    }
}
