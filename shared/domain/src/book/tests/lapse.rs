//! Lines that may be kept for a time only.

use super::*;
use crate::vault::Sealed;
use std::collections::BTreeSet;

fn bank() -> BTreeSet<Fingerprint> {
    BTreeSet::from([Fingerprint::of("teller", Source::Bank.code())])
}

fn lapse(shelf: &mut Shelf, days: &[i8]) -> usize {
    let days = days.iter().map(|day| Date::constant(2026, 11, *day)).collect();
    shelf.run(&Lapse { user: user("asha"), days, tellers: bank() })
}

fn line(id: &str, flow: Flow, amount: i64, day: i8) -> Seen {
    let name = Some(Sealed { key: "v1".to_owned(), bytes: b"Ravi Tea Stall".to_vec() });
    Seen { name, ..seen(Source::Bank, id, flow, amount, at(day, 10, 0)).on("4321").from("ravi") }
}

fn sums(shelf: &Shelf) -> Vec<(Flow, String, i64)> {
    shelf.pages().into_iter().flat_map(|page| page.sums).map(|sum| (sum.flow, sum.what, sum.amount)).collect()
}

fn of_november(shelf: &Shelf) -> Days {
    days(&shelf.pages(), &shelf.worked(), Date::constant(2026, 11, 1))
}

#[test]
fn lines_that_nobody_else_tells_of_leave_their_sums_and_what_counts_stays() {
    let mut shelf = Shelf::default();
    let food = |id, amount| line(id, Flow::Out, amount, 20).what("food", NamedBy::Rule);
    for told in [food("a", 3_000), food("b", 4_500), line("c", Flow::In, 90_000, 20).platform("swiggy"), line("d", Flow::Out, 700, 21)] {
        shelf.see(told);
    }
    let before = of_november(&shelf);
    assert_eq!(lapse(&mut shelf, &[20, 21]), 4);
    assert!(shelf.entries().is_empty(), "no line, name, party or reference is left");
    let left = [(Flow::Out, "food".to_owned(), 7_500), (Flow::In, "swiggy".to_owned(), 90_000), (Flow::Out, String::new(), 700)];
    assert_eq!(sums(&shelf), left);
    assert_eq!(of_november(&shelf), before);
    let kept = shelf.0.clone();
    assert_eq!(lapse(&mut shelf, &[20, 21]), 0, "and once only");
    assert_eq!(shelf.0, kept);
}

#[test]
fn what_others_tell_of_it_stays_and_that_it_was_confirmed() {
    let mut shelf = Shelf::default();
    shelf.see(line("b", Flow::Out, 3_000, 20).rrn("632412345678"));
    shelf.see(seen(Source::Sms, "s", Flow::Out, 3_000, at(20, 10, 1)).rrn("632412345678").on("4321"));
    shelf.see(seen(Source::Chat, "c", Flow::In, 500, at(20, 9, 0)).platform("swiggy"));
    shelf.see(Seen { name: None, ..line("p", Flow::In, 500, 20).platform("swiggy") });
    let before = of_november(&shelf);
    lapse(&mut shelf, &[20]);
    assert_eq!((of_november(&shelf), sums(&shelf)), (before, Vec::new()), "what was noted and paid is not owed again");
    for entry in shelf.entries() {
        let bank = entry.sightings.iter().find(|sighting| sighting.source == Source::Bank).unwrap();
        assert_eq!((bank.reference, &bank.account, bank.party, bank.is_timed), (None, &None, None, false));
        assert_eq!((entry.name, entry.sightings.len()), (None, 2), "the bank named it");
    }
    // The SMS' own reference is still there to know it by.
    shelf.see(seen(Source::File, "f", Flow::Out, 3_000, at(20, 0, 0)).rrn("632412345678"));
    assert_eq!(shelf.entries().len(), 2);
}

#[test]
fn a_name_that_others_gave_stays() {
    let mut shelf = Shelf::default();
    let sms = seen(Source::Sms, "s", Flow::Out, 3_000, at(20, 10, 1)).on("4321").from("ravi");
    shelf.see(Seen { name: line("b", Flow::Out, 1, 20).name, ..sms });
    shelf.see(line("b", Flow::Out, 3_000, 20));
    lapse(&mut shelf, &[20]);
    assert!(shelf.entries()[0].name.is_some());
}

#[test]
fn a_line_that_is_told_again_counts_once() {
    let mut shelf = Shelf::default();
    let all = [("a", 3_000, "food"), ("b", 4_500, "food"), ("c", 1_000, "fuel")];
    let told = |(id, amount, what): (&str, i64, &str)| line(id, Flow::Out, amount, 20).what(what, NamedBy::Rule);
    for one in all {
        shelf.see(told(one));
    }
    lapse(&mut shelf, &[20]);
    // By an SMS that came late, then by the bank, with consent anew; one is for something else now.
    shelf.see(seen(Source::Sms, "s", Flow::Out, 3_000, at(20, 10, 0)).on("321"));
    assert_eq!(of_november(&shelf).sum().expenses, 8_500);
    for one in [("a", 3_000, "food"), ("b", 4_500, "rent"), ("c", 1_000, "fuel")] {
        shelf.see(told(one));
        assert_eq!(of_november(&shelf).sum().expenses, 8_500);
    }
    assert_eq!((shelf.entries().len(), sums(&shelf)), (3, Vec::new()));
    shelf.see(line("new", Flow::Out, 200, 20));
    assert_eq!(of_november(&shelf).sum().expenses, 8_700);
}

#[test]
fn lines_of_another_account_or_direction_are_not_those_that_were_summed_up() {
    let mut shelf = Shelf::default();
    shelf.see(line("a", Flow::Out, 3_000, 20));
    lapse(&mut shelf, &[20]);
    shelf.see(seen(Source::Sms, "s", Flow::Out, 3_000, at(20, 10, 0)).on("9999"));
    shelf.see(seen(Source::Sms, "t", Flow::In, 3_000, at(20, 10, 0)).on("4321"));
    shelf.see(seen(Source::Sms, "u", Flow::Out, 3_000, at(20, 13, 0)));
    assert_eq!(sums(&shelf), [(Flow::Out, String::new(), 3_000)]);
}

#[test]
fn what_its_owner_said_of_a_line_holds_where_it_is_told_again() {
    let mut shelf = Shelf::default();
    let placed = shelf.see(line("a", Flow::Out, 3_000, 20));
    shelf.see(line("b", Flow::Out, 500, 20));
    let said = Correct {
        user: user("asha"),
        day: placed.day,
        entry: placed.entry,
        changes: vec![Change::Nature(Nature::Ignored)],
        said_at: at(20, 12, 0),
    };
    shelf.run(&said);
    let before = of_november(&shelf);
    assert_eq!(before.sum().expenses, 500);
    lapse(&mut shelf, &[20]);
    shelf.see(line("a", Flow::Out, 3_000, 20));
    assert_eq!((of_november(&shelf), sums(&shelf)), (before, vec![(Flow::Out, String::new(), 500)]));
}

#[test]
fn a_transfer_between_own_accounts_is_one_after_a_side_of_it_lapsed_and_is_told_again() {
    let mut shelf = Shelf::default();
    let bank = || line("b", Flow::In, 5_000, 21).rrn("632412345678");
    shelf.see(Seen { nature: Nature::OwnTransfer, ..seen(Source::Wallet, "w", Flow::Out, 5_000, at(20, 23, 50)).rrn("632412345678") });
    shelf.see(bank());
    lapse(&mut shelf, &[21]);
    let [wallet] = shelf.entries().try_into().unwrap();
    assert_eq!((wallet.nature, wallet.pair), (Nature::OwnTransfer, None));
    assert_eq!((of_november(&shelf).sum().expenses, of_november(&shelf).sum().income), (0, 0));
    let placed = shelf.see(bank());
    let pairs: Vec<_> = shelf.entries().iter().map(|entry| (entry.nature, entry.pair)).collect();
    assert_eq!(pairs, [(Nature::OwnTransfer, Some(placed.entry)), (Nature::OwnTransfer, Some(wallet.id))]);
    assert_eq!((of_november(&shelf).sum().income, sums(&shelf)), (0, Vec::new()));
}

#[test]
fn what_moves_after_the_last_line_of_a_day_is_not_taken_for_one_of_its_lines() {
    let mut shelf = Shelf::default();
    let at_ten =
        |id| Seen { sighting: Sighting { is_timed: true, ..line(id, Flow::Out, 3_000, 20).sighting }, ..line(id, Flow::Out, 3_000, 20) };
    shelf.see(at_ten("a"));
    lapse(&mut shelf, &[20]);
    let sms = |id, hour, minute| seen(Source::Sms, id, Flow::Out, 3_000, at(20, hour, minute)).on("4321");
    shelf.see(sms("later", 14, 0));
    assert_eq!(of_november(&shelf).sum().expenses, 6_000);
    shelf.see(sms("of it", 10, 3));
    assert_eq!((of_november(&shelf).sum().expenses, sums(&shelf)), (6_000, Vec::new()));
    // By the day alone, it may have been any of the day's.
    let untimed = |id| line(id, Flow::Out, 700, 22);
    shelf.see(untimed("u"));
    shelf.run_at(&Lapse { user: user("asha"), days: vec![Date::constant(2026, 11, 22)], tellers: bank() }, at(22, 12, 0));
    shelf.see(Seen {
        sighting: Sighting { amount: 700, ..seen(Source::Sms, "v", Flow::Out, 700, at(22, 18, 0)).on("4321").sighting },
        ..untimed("v")
    });
    assert_eq!(of_november(&shelf).sum().expenses, 6_000 + 1_400, "told of as of noon");
}

#[test]
fn a_sum_of_just_as_much_is_of_the_line_that_is_told_again() {
    let mut shelf = Shelf::default();
    let ignored = shelf.see(line("a", Flow::Out, 3_000, 20));
    let (day, entry) = (ignored.day, ignored.entry);
    let changes = vec![Change::Nature(Nature::Ignored)];
    shelf.run(&Correct { user: user("asha"), day, entry, changes, said_at: at(20, 12, 0) });
    shelf.see(line("b", Flow::Out, 5_000, 20));
    let before = of_november(&shelf);
    lapse(&mut shelf, &[20]);
    for told in [line("a", Flow::Out, 3_000, 20), line("b", Flow::Out, 5_000, 20)] {
        shelf.see(told);
        assert_eq!(of_november(&shelf), before);
    }
    assert_eq!(shelf.entries().iter().filter(|entry| entry.nature == Nature::Ignored).count(), 1);
}
