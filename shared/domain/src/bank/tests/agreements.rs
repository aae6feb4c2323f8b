//! Consent artefacts, as what becomes of a connection writes them down.

use super::*;
use crate::consent::{self, Word};
use std::collections::BTreeMap;

/// A connection, and its user's chain of consents.
#[derive(Default)]
struct Ledger {
    known: BTreeMap<Key, Record>,
    chain: Vec<consent::Consent>,
}

impl Ledger {
    fn run<C: Command<Refusal: std::fmt::Debug>>(&mut self, second: i64, command: &C) -> C::Done {
        let mut state = Snapshot::default();
        self.known.values().for_each(|record| state.insert(1, record.clone()));
        let (plan, done) = command.decide(&state, at(second)).unwrap();
        for record in plan.records() {
            match record {
                Record::Consent(consent) => self.chain.push(consent.clone()),
                record => drop(self.known.insert(record.key(), record.clone())),
            }
        }
        self.chain.sort_by_key(|consent| consent.entry().head().seq);
        done
    }

    fn records(&mut self, second: i64, told: Told) {
        self.run(second, &RecordBank { user: user("asha"), bank: id(), told });
    }

    fn granted() -> Self {
        let mut ledger = Self::default();
        ledger.run(0, &link());
        ledger.run(10, &back(Grant::Given(sealed("code"))));
        ledger.run(11, &TakeBank { user: user("asha"), bank: id(), is_asked: false });
        ledger
    }

    /// In order, of a chain that is whole.
    fn events(&self) -> Vec<&'static str> {
        let Some(Record::Consents(consents)) = self.known.get(&Key::Consents(user("asha"))) else { return Vec::new() };
        assert_eq!(consent::verify(&self.chain, consents.head), Ok(()));
        let event = |consent: &consent::Consent| match &consent.word {
            Word::Agreement(agreement) => Some(agreement.event.code()),
            Word::Said(_) => None,
        };
        self.chain.iter().filter_map(event).collect()
    }
}

fn exchanged() -> Told {
    let terms = Terms {
        purpose: "102".to_owned(),
        consumer: "FIU".to_owned(),
        accounts: 2,
        data_from: at(0),
        data_to: at(1_000),
        expires_at: at(1_000),
        data_life: "1 MONTH".to_owned(),
        frequency: "45 MONTH".to_owned(),
        artefact_sha256: [7; 32],
    };
    Told::Exchanged { tokens: sealed("tokens"), agreement: Some(("consent-1".to_owned(), Box::new(terms))) }
}

#[test]
fn a_pause_is_one_however_often_the_bank_is_down_in_it() {
    let mut ledger = Ledger::granted();
    ledger.records(12, exchanged());
    let read = || Told::Read { tokens: sealed("tokens"), view: sealed("accounts"), has_accounts: true, more_in: None };
    for lost in [Lost::Paused, Lost::ForNow, Lost::Paused] {
        ledger.records(20, Told::Lost(lost));
    }
    assert_eq!(ledger.events(), ["given", "paused"]);
    ledger.records(30, Told::Lost(Lost::ForNow));
    ledger.records(40, read());
    ledger.records(50, read());
    assert_eq!(ledger.events(), ["given", "paused", "resumed"]);
}

#[test]
fn an_artefact_that_comes_after_its_owner_ended_the_link_was_given_and_is_not_used() {
    let mut ledger = Ledger::granted();
    ledger.run(12, &RevokeBank { user: user("asha"), bank: id() });
    ledger.records(14, exchanged());
    assert_eq!(ledger.events(), ["given", "stopped"]);
}
