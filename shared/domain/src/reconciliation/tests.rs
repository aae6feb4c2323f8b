//! Every reason, every order, and worlds at random.

use super::*;
use crate::testing::permutations;

fn day() -> Day {
    Day::of("2026-11-20".parse().unwrap()).unwrap()
}

/// So many minutes after the day's midnight.
fn at(minutes: i64) -> Timestamp {
    day().from + SignedDuration::from_mins(minutes)
}

const NEXT_DAY: i64 = 24 * 60 + 1;

fn now() -> Timestamp {
    at(26 * 60)
}

fn view(state: State, amount: i64, minutes: i64) -> View {
    View { state, amount, fee: 0, at: at(minutes) }
}

/// A movement that all sides have, done, at noon.
#[derive(Clone)]
struct World {
    ours: Vec<Ours>,
    theirs: Vec<Theirs>,
    lines: Vec<Line>,
}

impl World {
    fn empty() -> Self {
        Self { ours: Vec::new(), theirs: Vec::new(), lines: Vec::new() }
    }

    fn of(kind: Kind, amount: i64) -> Self {
        let mut world = Self::empty();
        world.add(kind, 1, amount, 590, 720);
        world
    }

    fn add(&mut self, kind: Kind, number: u64, amount: i64, fee: i64, minutes: i64) {
        let view = View { state: State::Done, amount, fee, at: at(minutes) };
        let (operation, id) = (format!("op_{number}"), format!("id_{number}"));
        if kind != Kind::Transfer {
            self.ours.push(Ours {
                kind,
                operation: operation.clone(),
                provider_id: Some(id.clone()),
                utr: None,
                view,
                suspense: false,
                deadline: None,
            });
            let reference = Some(operation);
            self.theirs.push(Theirs { kind, provider_id: id.clone(), reference, utr: Some(format!("utr_{number}")), view });
        }
        if kind.is_on_statement() {
            self.lines.push(Line { kind, line_id: format!("txn_{number}"), provider_id: Some(id), utr: None, view });
        }
    }

    fn report(&self) -> Report {
        reconcile(day(), now(), self.ours.clone(), self.theirs.clone(), self.lines.clone())
    }

    /// The one difference.
    #[track_caller]
    fn differs(&self) -> Difference {
        let mut report = self.report();
        explains(&report);
        assert_eq!(report.differences.len(), 1, "{:?}", report.differences);
        report.differences.remove(0)
    }

    #[track_caller]
    fn agrees(&self) {
        let report = self.report();
        explains(&report);
        assert_eq!(report.differences, []);
    }
}

/// The differences of a kind sum to the difference of its sums.
#[track_caller]
fn explains(report: &Report) {
    for kind in Kind::ALL {
        let sums = report.sums.get(kind).copied().unwrap_or_default();
        let of_kind = || report.differences.iter().filter(|difference| difference.movement.kind == *kind);
        let sum = |of: fn(&Difference) -> i64| of_kind().map(of).sum::<i64>();
        assert_eq!(sum(Difference::ledger_less_provider), sums.ledger.amount - sums.provider.amount, "{kind:?}");
        assert_eq!(sum(|d| d.counted.ledger.fee - d.counted.provider.fee), sums.ledger.fee - sums.provider.fee, "{kind:?}");
        if kind.is_on_statement() {
            assert_eq!(sum(Difference::ledger_less_bank), sums.ledger.amount - sums.bank.amount, "{kind:?}");
            assert_eq!(sum(|d| d.counted.ledger.fee - d.counted.bank.fee), sums.ledger.fee - sums.bank.fee, "{kind:?}");
        }
    }
}

#[test]
fn a_day_is_indias() {
    let day = day();
    assert_eq!((day.from.to_string().as_str(), day.until.to_string().as_str()), ("2026-11-19T18:30:00Z", "2026-11-20T18:30:00Z"));
    assert!(day.has(day.from) && !day.has(day.until));
    for moment in [day.from, at(720), day.until - SignedDuration::from_millis(1)] {
        assert_eq!(Day::at(moment), Some(day));
    }
    assert_eq!(Day::at(day.until).and_then(Day::before), Some(day));
}

#[test]
fn a_matched_world_has_no_differences_and_equal_sums() {
    for kind in [Kind::Payment, Kind::Refund, Kind::Payout, Kind::Reversal] {
        let world = World::of(kind, 5_000);
        world.agrees();
        let sums = world.report().sums[&kind];
        let sum = Sum { count: 1, amount: 5_000, fee: 590 };
        assert_eq!((sums.ledger, sums.provider), (sum, sum));
        assert_eq!(sums.bank, if kind.is_on_statement() { sum } else { Sum::default() });
    }
}

#[test]
fn what_one_side_alone_has_is_told_as_that() {
    let mut world = World::of(Kind::Payout, 5_000);
    world.ours.clear();
    let difference = world.differs();
    assert_eq!(
        (difference.reason, difference.ledger_less_provider(), difference.ledger_less_bank()),
        (Reason::ProviderOnly, -5_000, -5_000)
    );
    assert_eq!(difference.movement.utr.as_deref(), Some("utr_1"));

    world.theirs.clear();
    assert_eq!(world.differs().reason, Reason::ProviderOnly, "on the statement alone");

    let mut world = World::of(Kind::Payment, 5_000);
    world.theirs.clear();
    let difference = world.differs();
    assert_eq!((difference.reason, difference.ledger_less_provider()), (Reason::LedgerOnly, 5_000));
    assert_eq!(difference.movement.operation.as_deref(), Some("op_1"));
}

#[test]
fn what_nobody_here_asked_for_is_not_ours() {
    let mut suspense = World::of(Kind::Payment, 700);
    suspense.ours[0].suspense = true;
    assert_eq!(suspense.differs().reason, Reason::NotOurs);
    assert_eq!(suspense.differs().ledger_less_provider(), 0);

    let mut dashboard = World::of(Kind::Payout, 700);
    dashboard.ours.clear();
    dashboard.theirs[0].reference = None;
    assert_eq!(dashboard.differs().reason, Reason::NotOurs);

    assert_eq!(World::of(Kind::Transfer, 700).differs().reason, Reason::NotOurs);
    assert_eq!(World::of(Kind::Transfer, 700).differs().ledger_less_bank(), -700);
}

#[test]
fn other_amounts_and_other_fees_are_told_with_by_how_much() {
    let mut world = World::of(Kind::Payout, 5_000);
    world.theirs[0].view.amount = 4_000;
    assert_eq!((world.differs().reason, world.differs().ledger_less_provider()), (Reason::Amount, 1_000));

    let mut world = World::of(Kind::Payout, 5_000);
    world.lines[0].view.amount = 5_001;
    assert_eq!((world.differs().reason, world.differs().ledger_less_bank()), (Reason::Amount, -1));

    let mut world = World::of(Kind::Payment, 5_000);
    world.theirs[0].view.fee = 600;
    let counted = world.differs().counted;
    assert_eq!((world.differs().reason, counted.ledger.fee - counted.provider.fee), (Reason::Fee, -10));

    let mut world = World::of(Kind::Reversal, 5_000);
    world.lines[0].view.fee = -590;
    assert_eq!(world.differs().reason, Reason::Fee, "the bank gave the fee back and the ledger did not book it");
}

#[test]
fn each_pair_of_states_has_its_reason() {
    use State::{Done, OnItsWay, Undone};
    let reason = |ours: State, theirs: State| {
        let mut world = World::of(Kind::Refund, 5_000);
        (world.ours[0].view.state, world.theirs[0].view.state) = (ours, theirs);
        explains(&world.report());
        world.report().differences.first().map(|difference| difference.reason)
    };
    assert_eq!(reason(Done, Done), None);
    assert_eq!(reason(Undone, Undone), None);
    assert_eq!(reason(OnItsWay, OnItsWay), Some(Reason::OnItsWay));
    for (ours, theirs) in [(Done, OnItsWay), (Done, Undone), (OnItsWay, Done), (OnItsWay, Undone), (Undone, Done), (Undone, OnItsWay)] {
        assert_eq!(reason(ours, theirs), Some(Reason::State), "{ours:?} {theirs:?}");
    }
}

#[test]
fn what_is_on_its_way_is_overdue_after_its_deadline_and_told_each_day_until_it_ends() {
    let mut world = World::of(Kind::Payout, 5_000);
    world.ours[0].view = view(State::OnItsWay, 5_000, -3 * 24 * 60);
    world.theirs[0].view = world.ours[0].view;
    world.lines.clear();
    world.ours[0].deadline = Some(now() + SignedDuration::from_secs(1));
    assert_eq!((world.differs().reason, world.differs().deadline()), (Reason::OnItsWay, world.ours[0].deadline));
    world.ours[0].deadline = Some(now());
    assert_eq!(world.differs().reason, Reason::Overdue);
    world.theirs.clear();
    assert_eq!(world.differs().reason, Reason::Overdue, "the provider does not know it yet");
    world.ours[0].view.at = at(NEXT_DAY);
    world.agrees();
}

#[test]
fn a_debit_while_it_is_on_its_way_is_counted_by_the_bank_alone() {
    let mut world = World::of(Kind::Payout, 5_000);
    world.ours[0].view.state = State::OnItsWay;
    world.theirs[0].view.state = State::OnItsWay;
    assert_eq!((world.differs().reason, world.differs().ledger_less_bank()), (Reason::OnItsWay, -5_000));
}

#[test]
fn a_payout_that_is_done_and_not_on_the_statement_is_told() {
    let mut world = World::of(Kind::Payout, 5_000);
    world.lines.clear();
    assert_eq!((world.differs().reason, world.differs().ledger_less_bank()), (Reason::NotOnStatement, 5_000));
}

#[test]
fn what_lies_on_both_sides_of_midnight_is_told_on_both_days_and_cancels() {
    let mut world = World::of(Kind::Payment, 5_000);
    world.theirs[0].view.at = at(23 * 60 + 59);
    world.ours[0].view.at = at(NEXT_DAY);
    assert_eq!((world.differs().reason, world.differs().ledger_less_provider()), (Reason::AfterCutoff, -5_000));
    let next = Day::at(day().until).unwrap();
    let report = reconcile(next, now(), world.ours.clone(), world.theirs.clone(), Vec::new());
    assert_eq!((report.differences[0].reason, report.differences[0].ledger_less_provider()), (Reason::AfterCutoff, 5_000));
    // Wholly of another day: no concern of this one.
    world.theirs[0].view.at = at(NEXT_DAY);
    world.agrees();
}

#[test]
fn a_return_whose_webhook_was_lost_is_told() {
    let mut world = World::of(Kind::Payout, 5_000);
    let back = view(State::Done, 5_000, 900);
    let (kind, id) = (Kind::Reversal, "id_1".to_owned());
    world.theirs.push(Theirs { kind, provider_id: id.clone(), reference: Some("op_1".to_owned()), utr: None, view: back });
    world.lines.push(Line { kind, line_id: "txn_2".to_owned(), provider_id: Some(id.clone()), utr: None, view: back });
    let difference = world.differs();
    assert_eq!((difference.reason, difference.movement.kind), (Reason::ProviderOnly, Kind::Reversal));
    assert_eq!((difference.movement.operation.as_deref(), difference.ledger_less_bank()), (Some("op_1"), -5_000));
    // Once it is brought in, all agree.
    let mut ours = world.ours[0].clone();
    (ours.kind, ours.view) = (kind, back);
    world.ours.push(ours);
    world.agrees();
}

#[test]
fn what_left_and_came_back_before_it_was_booked_moved_nothing() {
    let mut world = World::of(Kind::Payout, 5_000);
    world.ours[0].view.state = State::Undone;
    world.theirs[0].view.state = State::Undone;
    let mut back = world.lines[0].clone();
    (back.kind, back.line_id, back.view.fee) = (Kind::Reversal, "txn_2".to_owned(), -590);
    world.lines.push(back);
    world.agrees();
    assert!(world.report().sums.is_empty());
    // The same over midnight.
    world.lines[1].view.at = at(NEXT_DAY);
    world.agrees();
    // The fee was kept: that moved.
    world.lines[1].view.fee = 0;
    assert_eq!(world.report().differences[0].reason, Reason::State);
    // It never came back.
    world.lines.pop();
    assert_eq!((world.differs().reason, world.differs().ledger_less_bank()), (Reason::State, -5_000));
}

#[test]
fn nothing_is_matched_twice() {
    let mut world = World::of(Kind::Payout, 5_000);
    let mut second = world.theirs[0].clone();
    second.provider_id = "id_2".to_owned();
    world.theirs.push(second);
    assert_eq!((world.differs().reason, world.differs().movement.provider_id.as_deref()), (Reason::ProviderOnly, Some("id_2")));

    let mut world = World::of(Kind::Payout, 5_000);
    world.lines.push(Line { line_id: "txn_9".to_owned(), ..world.lines[0].clone() });
    assert_eq!((world.differs().reason, world.differs().ledger_less_bank()), (Reason::ProviderOnly, -5_000));
}

#[test]
fn our_own_id_finds_what_the_provider_was_never_heard_of() {
    let mut world = World::of(Kind::Payout, 5_000);
    world.ours[0].provider_id = None;
    world.agrees();
}

#[test]
fn the_order_of_the_lists_does_not_matter() {
    let mut world = World::empty();
    world.add(Kind::Payout, 1, 100, 5, 10);
    world.add(Kind::Payout, 2, 200, 5, 20);
    world.add(Kind::Refund, 3, 300, 0, 30);
    world.theirs[1].view.amount = 250;
    world.ours[2].provider_id = None;
    world.theirs[0].provider_id = "id_of_a_second_payout".to_owned();
    // Two that name the same refund of ours.
    world.theirs.push(Theirs { provider_id: "id_of_a_second_refund".to_owned(), ..world.theirs[2].clone() });
    let first = world.report();
    explains(&first);
    for ours in permutations(&world.ours) {
        for theirs in permutations(&world.theirs) {
            for lines in permutations(&world.lines) {
                assert_eq!(reconcile(day(), now(), ours.clone(), theirs.clone(), lines), first);
            }
        }
    }
}

/// The same numbers each time.
struct Random(u64);

impl Random {
    fn below(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn amount(&mut self) -> i64 {
        i64::try_from(self.below(1_000_000)).unwrap() + 1
    }
}

#[test]
fn matched_worlds_give_empty_reports_and_broken_ones_explain_their_sums() {
    let kinds = [Kind::Payment, Kind::Refund, Kind::Payout, Kind::Reversal];
    let states = State::ALL;
    for seed in 0..2_000 {
        let mut random = Random(seed);
        let mut world = World::empty();
        for number in 0..random.below(12) {
            let kind = kinds[usize::try_from(random.below(4)).unwrap()];
            let (amount, fee) = (random.amount(), i64::try_from(random.below(3) * 590).unwrap());
            world.add(kind, number, amount, fee, i64::try_from(random.below(1440)).unwrap());
        }
        world.agrees();
        for _ in 0..random.below(6) {
            let (place, state) = (random.below(12), states[usize::try_from(random.below(3)).unwrap()]);
            let minutes = i64::try_from(random.below(3 * 1440)).unwrap() - 1440;
            let pick = |len: usize| usize::try_from(place).unwrap() % len.max(1);
            let (o, t, l) = (pick(world.ours.len()), pick(world.theirs.len()), pick(world.lines.len()));
            match random.below(10) {
                0 if !world.ours.is_empty() => drop(world.ours.remove(o)),
                1 if !world.theirs.is_empty() => drop(world.theirs.remove(t)),
                2 if !world.lines.is_empty() => drop(world.lines.remove(l)),
                3 if !world.ours.is_empty() => world.ours[o].view = View { state, ..view(state, random.amount(), minutes) },
                4 if !world.theirs.is_empty() => world.theirs[t].view = View { state, ..view(state, random.amount(), minutes) },
                5 if !world.lines.is_empty() => world.lines[l].view.at = at(minutes),
                6 if !world.theirs.is_empty() => world.theirs[t].reference = None,
                7 if !world.ours.is_empty() => world.ours[o].provider_id = None,
                8 if !world.theirs.is_empty() => world.theirs.push(world.theirs[t].clone()),
                _ => world.add(Kind::Transfer, 100 + place, random.amount(), 0, minutes),
            }
        }
        explains(&world.report());
    }
}
