//! A world in memory for tests of rules: it commits what commands decide, as the store does, and
//! asserts the ledger's invariants after every step.

use crate::{
    account::{Account, AccountStatus, OpenAccount},
    address::{Address, PayeeName, Vpa},
    bulletin::Bulletin,
    channel::Board,
    engine::{Answer, Command, Key, Record, Snapshot},
    fact::{Cause, Fact, JournalLine},
    id::{AccountId, Fingerprint, UserId},
    money::Amount,
    payee::{AddPayee, JudgePayee, Payee, Verdict},
    payment::{Applied, ApplyPayment, AttachOrder, Gateway, OpenOrder, Payment, ProviderPayment, ProviderPaymentState},
    posting::{CHAIN_START, Side, SystemAccount},
    request::Keyed,
    rules::Rules,
};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// What one transaction writes. Source: the table's documentation on `TransactWriteItems`.
const ROWS_MAX: usize = 100;

pub struct World {
    records: BTreeMap<Key, (u64, Record)>,
    facts: BTreeMap<AccountId, Vec<Fact>>,
    bulletins: BTreeMap<Board, Vec<Bulletin>>,
    journal: Vec<JournalLine>,
    pub now: Timestamp,
    pub rules: Rules,
    payments: u32,
}

pub fn user(name: &str) -> UserId {
    UserId::new(Timestamp::UNIX_EPOCH, Fingerprint::of("user", name))
}

pub fn wallet(name: &str) -> AccountId {
    AccountId::wallet_of(user(name))
}

pub fn amount(minor: i64) -> Amount {
    Amount::new(minor).unwrap()
}

/// A request of this user, with its key and what it asks for.
pub fn asked(name: &str, key: &str, what: &str) -> Keyed {
    Keyed::new(user(name), key, what, format!("req-{key}"))
}

pub fn vpa(text: &str) -> Address {
    Address::Vpa(Vpa::parse(text).unwrap())
}

pub fn payee_name() -> PayeeName {
    PayeeName::parse("Asha Kumar").unwrap()
}

/// All orders of the items.
pub fn permutations<T: Clone>(items: &[T]) -> Vec<Vec<T>> {
    if items.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for i in 0..items.len() {
        let mut rest = items.to_vec();
        let first = rest.remove(i);
        all.extend(permutations(&rest).into_iter().map(|mut tail| {
            tail.insert(0, first.clone());
            tail
        }));
    }
    all
}

impl World {
    pub fn new() -> Self {
        Self {
            records: BTreeMap::new(),
            facts: BTreeMap::new(),
            bulletins: BTreeMap::new(),
            journal: Vec::new(),
            now: "2026-11-21T06:00:00Z".parse().unwrap(),
            rules: Rules::default(),
            payments: 0,
        }
    }

    /// A world in which these users have accounts with this much.
    pub fn with(users: &[(&str, i64)]) -> Self {
        let mut world = Self::new();
        for (name, balance) in users {
            world.run(&OpenAccount { owner: user(name), request_id: "open".to_owned() }).unwrap();
            let mut left = *balance;
            while left > 0 {
                let part = left.min(world.rules.order_max);
                world.earn(name, part);
                left -= part;
            }
        }
        world
    }

    /// Decides and commits, then asserts what must always hold.
    #[track_caller]
    pub fn run<C: Command>(&mut self, command: &C) -> Result<C::Done, C::Refusal> {
        let mut snapshot = Snapshot::default();
        for key in command.reads() {
            if let Some((version, record)) = self.records.get(&key) {
                snapshot.insert(*version, record.clone());
            }
        }
        let before: Vec<Key> = command.reads();
        let (plan, done) = command.decide(&snapshot, self.now)?;
        let rows = plan.records().count() + plan.facts().len() + plan.bulletins().len() + plan.journal_lines().len();
        assert!(rows < ROWS_MAX, "{rows} rows are more than one transaction writes");
        for record in plan.records() {
            let key = record.key();
            let version = self.records.get(&key).map(|(version, _)| *version);
            assert!(version.is_none() || before.contains(&key), "{key:?} is overwritten without having been read");
            self.records.insert(key, (version.unwrap_or(0) + 1, record.clone()));
        }
        for fact in plan.facts() {
            self.facts.entry(fact.account).or_default().push(fact.clone());
        }
        for bulletin in plan.bulletins() {
            self.bulletins.entry(bulletin.board.clone()).or_default().push(bulletin.clone());
        }
        self.journal.extend_from_slice(plan.journal_lines());
        self.check();
        self.check_boards();
        Ok(done)
    }

    /// The ledger's invariants, over everything that was ever written.
    #[track_caller]
    fn check(&self) {
        let mut total: i64 = SystemAccount::ALL.into_iter().map(|account| self.system(account)).sum();
        for (_, record) in self.records.values() {
            let Record::Account(account) = record else { continue };
            self.check_account(account);
            total += account.balance;
        }
        assert_eq!(total, 0, "users and system accounts together");
        let postings = self.facts.values().flatten().flat_map(|fact| &fact.postings).chain(self.journal.iter().flat_map(|l| &l.postings));
        for posting in postings {
            assert!(posting.amount > 0 && posting.debit != posting.credit, "{posting:?}");
            assert_eq!(posting.effect_on(posting.debit) + posting.effect_on(posting.credit), 0);
        }
        let lines: BTreeSet<_> = self.journal.iter().map(|line| (line.operation, line.part.clone())).collect();
        assert_eq!(lines.len(), self.journal.len(), "each journal line has a place of its own");
    }

    /// Every board is told without a gap, and is where its last bulletin is.
    #[track_caller]
    fn check_boards(&self) {
        for (board, bulletins) in &self.bulletins {
            let seqs: Vec<u64> = bulletins.iter().map(|bulletin| bulletin.seq).collect();
            assert_eq!(seqs, (1..=bulletins.len() as u64).collect::<Vec<_>>(), "{board} is gapless");
            assert!(bulletins.is_sorted_by_key(|bulletin| bulletin.at) && bulletins.is_sorted_by_key(|bulletin| bulletin.kept_until));
            let head = self.record(&Key::Board(board.clone()));
            assert!(matches!(head, Some(Record::Board(head)) if head.seq == bulletins.len() as u64), "{head:?}");
        }
    }

    #[track_caller]
    fn check_account(&self, account: &Account) {
        let facts = self.facts(account.id);
        let (mut balance, mut entries, mut chain) = (0, 0, CHAIN_START);
        for (index, fact) in facts.iter().enumerate() {
            assert_eq!(fact.seq, index as u64 + 1, "the feed is gapless");
            assert!(index == 0 || fact.at >= facts[index - 1].at, "the feed's times never go back");
            let due: i64 = fact.postings.iter().map(|posting| posting.effect_on(Side::User(account.id))).sum();
            assert_eq!(due, fact.entries.iter().map(|entry| entry.amount).sum::<i64>(), "entries are the account's side of the postings");
            for entry in &fact.entries {
                balance += entry.amount;
                entries += 1;
                assert_eq!((entry.number, entry.balance_after, entry.prev_hash), (entries, balance, chain));
                assert_eq!(entry.hash, entry.expected_hash(account.id), "the chain verifies");
                chain = entry.hash;
            }
            assert_eq!(fact.balance_after, balance);
            assert!(0 <= fact.held_after && fact.held_after <= fact.balance_after);
        }
        assert_eq!((account.balance, account.entry_number, account.chain), (balance, entries, chain));
        assert_eq!(account.feed_seq, facts.len() as u64);
        assert_eq!(account.held, facts.last().map_or(0, |fact| fact.held_after), "no hold changes without a fact");
        assert!(0 <= account.held && account.held <= account.balance);
    }

    pub fn wait(&mut self, seconds: i64) {
        self.now += SignedDuration::from_secs(seconds);
    }

    pub fn facts(&self, account: AccountId) -> &[Fact] {
        self.facts.get(&account).map_or(&[], Vec::as_slice)
    }

    pub fn bulletins(&self, board: &Board) -> &[Bulletin] {
        self.bulletins.get(board).map_or(&[], Vec::as_slice)
    }

    pub fn kinds(&self, name: &str) -> Vec<&'static str> {
        self.facts(wallet(name)).iter().map(|fact| fact.kind.code()).collect()
    }

    /// A system account's balance, from all postings.
    pub fn system(&self, account: SystemAccount) -> i64 {
        let postings = self.facts.values().flatten().flat_map(|fact| &fact.postings).chain(self.journal.iter().flat_map(|l| &l.postings));
        postings.map(|posting| posting.effect_on(Side::System(account))).sum()
    }

    pub fn record(&self, key: &Key) -> Option<&Record> {
        self.records.get(key).map(|(_, record)| record)
    }

    /// Writes a record that no command writes (yet).
    pub fn place(&mut self, record: Record) {
        let version = self.records.get(&record.key()).map_or(0, |(version, _)| *version);
        self.records.insert(record.key(), (version + 1, record));
    }

    #[track_caller]
    pub fn account(&self, name: &str) -> &Account {
        match self.record(&Key::Account(wallet(name))) {
            Some(Record::Account(account)) => account,
            other => panic!("{name} has no account: {other:?}"),
        }
    }

    /// Balance and held of a user.
    #[track_caller]
    pub fn money(&self, name: &str) -> (i64, i64) {
        let account = self.account(name);
        (account.balance, account.held)
    }

    pub fn close(&mut self, name: &str) {
        let account = Account { status: AccountStatus::Closed, ..self.account(name).clone() };
        self.place(Record::Account(account));
    }

    /// Opens an order of this user that the provider knows as `order_{n}`.
    #[track_caller]
    pub fn order(&mut self, name: &str, minor: i64) -> Payment {
        self.order_at(Gateway::Razorpay, name, minor)
    }

    /// The same, at this gateway.
    #[track_caller]
    pub fn order_at(&mut self, gateway: Gateway, name: &str, minor: i64) -> Payment {
        self.payments += 1;
        let (key, order_id) = (format!("order-{}", self.payments), format!("order_{}", self.payments));
        let open = OpenOrder { asked: asked(name, &key, &key), gateway, amount: amount(minor), note: None, rules: self.rules.clone() };
        let payment: Answer<Payment> = self.run(&open).unwrap();
        self.run(&AttachOrder { payment: payment.value.id, order_id, page: None }).unwrap()
    }

    /// What the provider tells of a payment of this order.
    pub fn told(&self, id: &str, order: &Payment, state: ProviderPaymentState) -> ApplyPayment {
        ApplyPayment {
            told: ProviderPayment {
                gateway: order.gateway,
                id: id.to_owned(),
                order_id: order.order_id.clone(),
                amount: order.amount,
                currency: "INR".to_owned(),
                state,
                fee: 0,
                failure: None,
            },
            ours: Some((order.id, order.account)),
            cause: Cause::Reconciler,
        }
    }

    /// A customer pays this user.
    #[track_caller]
    pub fn earn(&mut self, name: &str, minor: i64) -> Payment {
        let order = self.order(name, minor);
        let told = self.told(&format!("pay_{}", self.payments), &order, ProviderPaymentState::Captured);
        match self.run(&told).unwrap() {
            Applied::Credited(payment) => payment,
            other => panic!("{other:?}"),
        }
    }

    /// A payee of this user whose address was found to be real.
    #[track_caller]
    pub fn valid_payee(&mut self, name: &str, address: &Address) -> Payee {
        let payee = self.run(&AddPayee { owner: user(name), address: address.clone(), name: payee_name() }).unwrap().value;
        self.judge(&payee, Verdict::Valid { registered_name: None })
    }

    #[track_caller]
    pub fn judge(&mut self, payee: &Payee, verdict: Verdict) -> Payee {
        self.run(&JudgePayee { payee: payee.id, verdict }).unwrap().0
    }
}
