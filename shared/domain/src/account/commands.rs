//! Opening an account, stopping it, and letting it go again.

use super::{Account, AccountStatus, Happening};
use crate::{
    engine::{Answer, Command, Key, Plan, Snapshot},
    fact::{Cause, Detail, FactKind},
    id::{AccountId, UserId},
};
use jiff::Timestamp;

/// Opens a user's wallet. Doing it again changes nothing.
#[derive(Debug, Clone)]
pub struct OpenAccount {
    pub owner: UserId,
    pub request_id: String,
}

impl Command for OpenAccount {
    type Done = Answer<Account>;
    type Refusal = std::convert::Infallible;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Account(AccountId::wallet_of(self.owner))]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Answer<Account>), Self::Refusal> {
        let id = AccountId::wallet_of(self.owner);
        let mut plan = Plan::default();
        if let Some(account) = state.account(id) {
            return Ok((plan, Answer::again(account.clone())));
        }
        let mut account = Account::open(id, now);
        let cause = Cause::Request { request_id: self.request_id.clone() };
        tell(&mut plan, &mut account, FactKind::AccountOpened, Detail::default(), &cause, now);
        Ok((plan, Answer::first(account)))
    }
}

/// Presses the panic button, or releases it. Who may is the caller's to prove: pressing takes a
/// token, releasing a fresh one-time password as well.
#[derive(Debug, Clone)]
pub struct SetPaused {
    pub owner: UserId,
    pub paused: bool,
    pub request_id: String,
}

/// There is no such account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the account does not exist")]
pub struct NoAccount;

impl Command for SetPaused {
    type Done = Account;
    type Refusal = NoAccount;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Account(AccountId::wallet_of(self.owner))]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Account), NoAccount> {
        let mut account = state.account(AccountId::wallet_of(self.owner)).cloned().ok_or(NoAccount)?;
        let mut plan = Plan::default();
        let (from, to, kind) = match self.paused {
            true => (AccountStatus::Active, AccountStatus::Paused, FactKind::AccountPaused),
            false => (AccountStatus::Paused, AccountStatus::Active, FactKind::AccountResumed),
        };
        if account.status != from {
            return Ok((plan, account));
        }
        account.status = to;
        let cause = Cause::Request { request_id: self.request_id.clone() };
        tell(&mut plan, &mut account, kind, Detail::default(), &cause, now);
        Ok((plan, account))
    }
}

/// Tells the owner something that moves no money.
#[derive(Debug, Clone)]
pub struct TellOwner {
    pub account: AccountId,
    pub kind: FactKind,
    pub detail: Detail,
    pub cause: Cause,
}

impl Command for TellOwner {
    type Done = ();
    type Refusal = NoAccount;

    fn reads(&self) -> Vec<Key> {
        vec![Key::Account(self.account)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, ()), NoAccount> {
        let mut account = state.account(self.account).cloned().ok_or(NoAccount)?;
        let mut plan = Plan::default();
        tell(&mut plan, &mut account, self.kind, self.detail.clone(), &self.cause, now);
        Ok((plan, ()))
    }
}

fn tell(plan: &mut Plan, account: &mut Account, kind: FactKind, detail: Detail, cause: &Cause, now: Timestamp) {
    let held = account.held;
    let happening = Happening { kind, operation: None, postings: Vec::new(), detail, cause };
    plan.record(account, held, now, happening);
}
