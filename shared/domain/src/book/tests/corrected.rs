//! Lines that their bank tells otherwise later.

use super::*;

fn line(id: &str, flow: Flow, amount: i64, day: i8) -> Seen {
    seen(Source::Bank, id, flow, amount, at(day, 0, 0)).on("4321").from("ravi")
}

fn say(shelf: &mut Shelf, placed: &Placed, change: Change) {
    let (day, entry) = (placed.day, placed.entry);
    shelf.run(&Correct { user: user("asha"), day, entry, changes: vec![change], said_at: at(20, 12, 0) });
}

#[test]
fn a_line_that_a_bank_tells_otherwise_counts_as_it_is_told_last_and_what_its_owner_said_holds() {
    let mut shelf = Shelf::default();
    let placed = shelf.see(line("a", Flow::Out, 3_000, 20));
    say(&mut shelf, &placed, Change::What("fuel".to_owned()));
    let again = shelf.see(line("a", Flow::Out, 3_200, 21).what("food", NamedBy::Rule));
    assert_eq!((again.is_new, again.is_again, again.day), (false, false, Date::constant(2026, 11, 21)));
    let [entry] = shelf.entries().try_into().unwrap();
    assert_eq!((entry.amount(), entry.what.as_str(), entry.by, entry.said_at), (3_200, "fuel", NamedBy::User, Some(at(20, 12, 0))));
    say(&mut shelf, &again, Change::Nature(Nature::Ignored));
    shelf.see(line("a", Flow::Out, 3_300, 21));
    assert_eq!(shelf.entries()[0].nature, Nature::Ignored);
    let before = shelf.0.clone();
    assert!(shelf.see(line("a", Flow::Out, 3_300, 21)).is_again);
    assert_eq!(shelf.0, before, "told again as it was it is no change");
}

#[test]
fn what_others_tell_of_a_corrected_line_stays() {
    let mut shelf = Shelf::default();
    shelf.see(line("a", Flow::Out, 3_000, 20));
    shelf.see(seen(Source::Sms, "s", Flow::Out, 3_000, at(20, 10, 0)).on("4321"));
    shelf.see(line("a", Flow::Out, 9_000, 20));
    let amounts: Vec<_> = shelf.entries().iter().map(|entry| (entry.amount(), entry.sightings.len())).collect();
    assert_eq!(amounts, [(3_000, 1), (9_000, 1)]);
    let entries = shelf.entries();
    assert_ne!(entries[0].id, entries[1].id);
    // Corrected back, it is the SMS' movement again.
    shelf.see(line("a", Flow::Out, 3_000, 20));
    assert_eq!(shelf.entries().iter().map(|entry| entry.sightings.len()).collect::<Vec<_>>(), [2]);
}

#[test]
fn what_its_owner_said_of_a_line_that_others_tell_too_stays_with_what_they_tell() {
    let mut shelf = Shelf::default();
    let placed = shelf.see(line("a", Flow::Out, 3_000, 20));
    shelf.see(seen(Source::Sms, "s", Flow::Out, 3_000, at(20, 10, 0)).on("4321"));
    say(&mut shelf, &placed, Change::Nature(Nature::Ignored));
    shelf.see(line("a", Flow::Out, 9_000, 20));
    let natures: Vec<_> = shelf.entries().iter().map(|entry| (entry.amount(), entry.nature)).collect();
    assert_eq!(natures, [(3_000, Nature::Ignored), (9_000, Nature::Ordinary)]);
}

#[test]
fn what_its_owner_noted_and_their_bank_corrects_is_one_payment() {
    let mut shelf = Shelf::default();
    shelf.see(seen(Source::Chat, "c", Flow::Out, 3_000, at(20, 9, 0)).what("fuel", NamedBy::User));
    shelf.see(line("a", Flow::Out, 3_000, 20));
    shelf.see(line("a", Flow::Out, 3_200, 20));
    let [entry] = shelf.entries().try_into().unwrap();
    assert_eq!((entry.amount(), entry.sightings.len(), entry.what.as_str()), (3_200, 2, "fuel"));
    // By the same reference, of an SMS too.
    let mut shelf = Shelf::default();
    shelf.see(seen(Source::Sms, "s", Flow::Out, 3_000, at(20, 10, 0)).on("4321").rrn("632412345678"));
    shelf.see(line("a", Flow::Out, 3_000, 20).rrn("632412345678"));
    shelf.see(line("a", Flow::Out, 3_050, 20).rrn("632412345678"));
    assert_eq!(shelf.entries().iter().map(|entry| (entry.amount(), entry.sightings.len())).collect::<Vec<_>>(), [(3_050, 2)]);
}

#[test]
fn what_was_the_other_side_of_a_corrected_line_is_a_transfer_no_more() {
    let mut shelf = Shelf::default();
    let other = || seen(Source::File, "f", Flow::In, 5_000, at(20, 0, 0)).on("9999").rrn("632412345678");
    let own = |amount| line("a", Flow::Out, amount, 20).rrn("632412345678");
    shelf.see(other());
    shelf.see(own(5_000));
    let natures = |shelf: &Shelf| shelf.entries().iter().map(|entry| (entry.nature, entry.pair.is_some())).collect::<Vec<_>>();
    assert_eq!(natures(&shelf), [(Nature::OwnTransfer, true); 2]);
    shelf.see(own(5_100));
    assert_eq!(natures(&shelf), [(Nature::Ordinary, false); 2]);
    shelf.see(own(5_000));
    assert_eq!(natures(&shelf), [(Nature::OwnTransfer, true); 2]);
    shelf.run(&Withdraw { user: user("asha"), sightings: vec![(Date::constant(2026, 11, 20), Fingerprint::of("bank", "a"))] });
    assert_eq!(natures(&shelf), [(Nature::Ordinary, false)]);
}

#[test]
fn what_its_owner_calls_no_transfer_is_none_whoever_tells_of_it_later() {
    let mut shelf = Shelf::default();
    let other = |day| seen(Source::File, "f", Flow::In, 5_000, at(day, 0, 0)).on("9999").rrn("632412345678");
    let own = |hour| {
        let line = seen(Source::Bank, "a", Flow::Out, 5_000, at(20, hour, 0)).on("4321").rrn("632412345678");
        Seen { nature: Nature::OwnTransfer, ..line }
    };
    shelf.see(other(21));
    let placed = shelf.see(own(9));
    let natures = |shelf: &Shelf| shelf.entries().iter().map(|entry| (entry.nature, entry.pair.is_some())).collect::<Vec<_>>();
    assert_eq!(natures(&shelf), [(Nature::OwnTransfer, true); 2]);
    say(&mut shelf, &placed, Change::Nature(Nature::Ordinary));
    assert_eq!(natures(&shelf), [(Nature::Ordinary, false); 2], "its other side is none either");
    // By its bank, otherwise; by an SMS that takes it for one; and by the other side anew.
    shelf.see(own(10));
    shelf.see(
        Seen { nature: Nature::OwnTransfer, ..seen(Source::Sms, "s", Flow::Out, 5_000, at(20, 10, 0)) }.on("4321").rrn("632412345678"),
    );
    shelf
        .see(Seen { nature: Nature::OwnTransfer, ..seen(Source::Bank, "g", Flow::In, 5_000, at(21, 0, 0)) }.on("9999").rrn("632412345678"));
    let said = shelf.entries().into_iter().find(|entry| entry.flow == Flow::Out).unwrap();
    assert_eq!((said.nature, said.pair, said.sightings.len()), (Nature::Ordinary, None, 2));
}

#[test]
fn of_a_line_that_was_summed_up_a_correction_takes_nothing_from_the_others() {
    let mut shelf = Shelf::default();
    shelf.see(line("a", Flow::Out, 3_000, 20));
    shelf.see(line("b", Flow::Out, 500, 20));
    let tellers = std::collections::BTreeSet::from([Fingerprint::of("teller", Source::Bank.code())]);
    shelf.run(&Lapse { user: user("asha"), days: vec![Date::constant(2026, 11, 20)], tellers });
    let spent = |shelf: &Shelf| days(&shelf.pages(), &shelf.worked(), Date::constant(2026, 11, 1)).sum().expenses;
    shelf.see(line("a", Flow::Out, 3_000, 20));
    assert_eq!(spent(&shelf), 3_500);
    shelf.see(line("a", Flow::Out, 3_200, 20));
    assert_eq!(spent(&shelf), 3_700);
    shelf.see(line("b", Flow::Out, 500, 20));
    assert_eq!(spent(&shelf), 3_700);
}
