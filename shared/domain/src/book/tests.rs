mod corrected;
mod lapse;

use super::*;
use crate::{
    engine::{Command, Record, Snapshot},
    testing::user,
};
use jiff::SignedDuration;

/// Pages and book of one user, changed as commands decide.
#[derive(Default)]
struct Shelf(std::collections::BTreeMap<crate::engine::Key, Record>);

impl Shelf {
    fn run<C: Command<Refusal: std::fmt::Debug>>(&mut self, command: &C) -> C::Done {
        self.run_at(command, at(28, 12, 0))
    }

    fn run_at<C: Command<Refusal: std::fmt::Debug>>(&mut self, command: &C, now: Timestamp) -> C::Done {
        let mut state = Snapshot::default();
        for key in command.reads() {
            if let Some(record) = self.0.get(&key) {
                state.insert(1, record.clone());
            }
        }
        let (plan, done) = command.decide(&state, now).unwrap();
        for record in plan.records() {
            assert!(command.reads().contains(&record.key()), "{record:?} was not read");
            self.0.insert(record.key(), record.clone());
        }
        done
    }

    fn see(&mut self, seen: Seen) -> Placed {
        self.run(&Observe { user: user("asha"), seen: vec![seen] }).pop().unwrap()
    }

    fn pages(&self) -> Vec<Page> {
        self.0.values().filter_map(|record| if let Record::Page(page) = record { Some(page.clone()) } else { None }).collect()
    }

    fn worked(&self) -> Vec<Worked> {
        self.0.values().filter_map(|record| if let Record::Worked(worked) = record { Some(worked.clone()) } else { None }).collect()
    }

    fn entries(&self) -> Vec<Entry> {
        self.pages().into_iter().flat_map(|page| page.entries).collect()
    }
}

/// In India, in November 2026.
fn at(day: i8, hour: i8, minute: i8) -> Timestamp {
    let india = jiff::tz::TimeZone::fixed(jiff::tz::offset(5).saturating_add(jiff::Span::new().minutes(30)));
    Date::constant(2026, 11, day).at(hour, minute, 0, 0).to_zoned(india).unwrap().timestamp()
}

fn seen(source: Source, id: &str, flow: Flow, amount: i64, at: Timestamp) -> Seen {
    let sighting = Sighting {
        source,
        id: Fingerprint::of(source.code(), id),
        teller: Fingerprint::of("teller", if source.is_said() { "owner" } else { source.code() }),
        at,
        is_timed: matches!(source, Source::Wallet | Source::Sms),
        amount,
        reference: None,
        account: None,
        party: None,
    };
    let (what, by) = (String::new(), NamedBy::Nobody);
    Seen { sighting, flow, nature: Nature::Ordinary, what, by, is_platform: false, counter: None, name: None }
}

trait With: Sized {
    fn rrn(self, digits: &str) -> Self;
    fn on(self, account: &str) -> Self;
    fn from(self, party: &str) -> Self;
    fn what(self, what: &str, by: NamedBy) -> Self;
    fn platform(self, name: &str) -> Self;
}

impl With for Seen {
    fn rrn(mut self, digits: &str) -> Self {
        self.sighting.reference = Some(Reference { form: ReferenceForm::Rrn, hash: Fingerprint::of("rrn", digits) });
        self
    }
    fn on(mut self, account: &str) -> Self {
        self.sighting.account = Some(account.to_owned());
        self
    }
    fn from(mut self, party: &str) -> Self {
        self.sighting.party = Some(Fingerprint::of("party", party));
        self
    }
    fn what(mut self, what: &str, by: NamedBy) -> Self {
        (self.what, self.by) = (what.to_owned(), by);
        self
    }
    fn platform(mut self, name: &str) -> Self {
        (self.what, self.by, self.is_platform) = (name.to_owned(), NamedBy::Rule, true);
        self
    }
}

/// One payment, as five tell of it.
fn told_by_five() -> Vec<Seen> {
    let midnight = at(20, 0, 0);
    vec![
        seen(Source::Wallet, "w", Flow::In, 85_000, at(20, 14, 2)).rrn("632412345678"),
        seen(Source::Bank, "b", Flow::In, 85_000, midnight).rrn("632412345678").on("6789"),
        seen(Source::Sms, "s", Flow::In, 85_000, at(20, 14, 3)).rrn("632412345678").on("789"),
        seen(Source::Platform, "p", Flow::In, 85_000, midnight).platform("swiggy"),
        seen(Source::Chat, "c", Flow::In, 85_000, at(20, 21, 0)).what("swiggy", NamedBy::User),
    ]
}

#[test]
fn a_movement_that_five_tell_of_counts_once_whoever_tells_first() {
    for order in permutations(5) {
        let mut shelf = Shelf::default();
        for place in &order {
            shelf.see(told_by_five().swap_remove(*place));
        }
        let entries = shelf.entries();
        assert_eq!(entries.len(), 1, "{order:?}: {entries:#?}");
        assert_eq!(entries[0].sightings.len(), 5, "{order:?}");
        assert_eq!((entries[0].amount(), entries[0].what.as_str()), (85_000, "swiggy"));
        assert_eq!(days(&shelf.pages(), &shelf.worked(), Date::constant(2026, 11, 1)).sum().income, 85_000);
    }
}

fn permutations(of: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for next in 0..of {
        all = all
            .into_iter()
            .flat_map(|order: Vec<usize>| {
                (0..=order.len()).map(move |place| {
                    let mut order = order.clone();
                    order.insert(place, next);
                    order
                })
            })
            .collect();
    }
    all
}

#[test]
fn the_same_told_again_changes_nothing() {
    let mut shelf = Shelf::default();
    for seen in told_by_five() {
        shelf.see(seen);
    }
    let before = shelf.0.clone();
    for seen in told_by_five() {
        let placed = shelf.see(seen);
        assert!(placed.is_again && !placed.is_new);
    }
    assert_eq!(shelf.0, before);
}

#[test]
fn two_equal_payments_of_a_day_are_two_though_each_is_told_of_twice() {
    let fuel = |source, id, hour| seen(source, id, Flow::Out, 20_000, at(20, hour, 0));
    let all = [fuel(Source::Sms, "1", 9), fuel(Source::Sms, "2", 18), fuel(Source::Bank, "1", 0), fuel(Source::Bank, "2", 0)];
    for order in permutations(4) {
        let mut shelf = Shelf::default();
        for place in &order {
            shelf.see(all[*place].clone());
        }
        let entries = shelf.entries();
        assert_eq!(entries.iter().map(|entry| entry.sightings.len()).collect::<Vec<_>>(), [2, 2], "{order:?}");
    }
}

#[test]
fn other_references_amounts_sides_accounts_or_days_are_other_movements() {
    let first = seen(Source::Sms, "1", Flow::Out, 20_000, at(20, 9, 0)).rrn("632412345678").on("6789");
    let bank = |id: &str| seen(Source::Bank, id, Flow::Out, 20_000, at(20, 0, 0));
    let others = [
        bank("reference").rrn("632499999999"),
        bank("account").on("1111"),
        seen(Source::Bank, "amount", Flow::Out, 20_001, at(20, 0, 0)),
        seen(Source::Bank, "side", Flow::In, 20_000, at(20, 0, 0)),
        seen(Source::Bank, "day", Flow::Out, 20_000, at(23, 0, 0)),
    ];
    for other in others {
        let mut shelf = Shelf::default();
        shelf.see(first.clone());
        assert!(shelf.see(other.clone()).is_new, "{other:?}");
    }
    let mut shelf = Shelf::default();
    shelf.see(first);
    assert!(!shelf.see(bank("late").rrn("632412345678").on("89")).is_new);
}

#[test]
fn a_bank_that_writes_twice_of_one_payment_is_known_by_its_reference() {
    let mut shelf = Shelf::default();
    let sms = |id: &str, minute| seen(Source::Sms, id, Flow::Out, 5_000, at(20, 9, minute)).rrn("632412345678");
    shelf.see(sms("debited", 0));
    assert!(!shelf.see(sms("sent", 1)).is_new);
    assert!(shelf.see(seen(Source::Sms, "another", Flow::Out, 5_000, at(20, 9, 2))).is_new);
}

#[test]
fn what_somebody_notes_is_what_was_seen_unless_it_was_for_something_else() {
    let note = |what: &str| seen(Source::Chat, what, Flow::Out, 20_000, at(20, 21, 0)).what(what, NamedBy::User);
    let sms = seen(Source::Sms, "1", Flow::Out, 20_000, at(20, 9, 0)).what("fuel", NamedBy::Rule);
    let mut shelf = Shelf::default();
    shelf.see(sms.clone());
    assert!(!shelf.see(note("fuel")).is_new);
    let mut shelf = Shelf::default();
    shelf.see(sms);
    assert!(shelf.see(note("food")).is_new);
    assert_eq!(days(&shelf.pages(), &shelf.worked(), Date::constant(2026, 11, 1)).sum().expenses, 40_000);
}

#[test]
fn less_than_a_platform_states_is_a_shortfall() {
    let stated = seen(Source::Platform, "week 47", Flow::In, 420_000, at(20, 0, 0)).platform("swiggy").rrn("632412345678");
    let came = seen(Source::Bank, "b", Flow::In, 400_000, at(21, 0, 0)).rrn("632412345678");
    for both in [[stated.clone(), came.clone()], [came, stated]] {
        let mut shelf = Shelf::default();
        for seen in both {
            shelf.see(seen);
        }
        let entries = shelf.entries();
        assert_eq!(entries.len(), 1);
        assert_eq!((entries[0].amount(), entries[0].shortfall()), (400_000, Some(20_000)));
    }
}

#[test]
fn money_to_oneself_is_neither_earned_nor_spent() {
    let mut shelf = Shelf::default();
    shelf.see(seen(Source::Wallet, "out", Flow::Out, 100_000, at(20, 9, 0)).rrn("632412345678"));
    shelf.see(seen(Source::Sms, "in", Flow::In, 100_000, at(20, 9, 1)).rrn("632412345678").on("6789"));
    assert!(shelf.entries().iter().all(|entry| entry.nature == Nature::OwnTransfer && entry.pair.is_some()));
    assert_eq!(days(&shelf.pages(), &shelf.worked(), Date::constant(2026, 11, 1)).sum(), Day::default());
    // Without a reference, to an account that is known to be theirs.
    let to_own = Seen { counter: Some("6789".to_owned()), ..seen(Source::Sms, "own", Flow::Out, 7_000, at(20, 12, 0)).on("1111") };
    shelf.see(to_own);
    let to_other = Seen { counter: Some("9999".to_owned()), ..seen(Source::Sms, "other", Flow::Out, 8_000, at(20, 13, 0)).on("1111") };
    shelf.see(to_other);
    assert_eq!(days(&shelf.pages(), &shelf.worked(), Date::constant(2026, 11, 1)).sum().expenses, 8_000);
}

#[test]
fn what_is_given_back_is_not_earned() {
    let mut shelf = Shelf::default();
    shelf.see(seen(Source::Sms, "out", Flow::Out, 50_000, at(18, 9, 0)).what("shopping", NamedBy::Rule));
    let back = seen(Source::Sms, "back", Flow::In, 20_000, at(20, 9, 0)).what("shopping", NamedBy::Rule);
    shelf.see(Seen { nature: Nature::GivenBack, ..back });
    let sums = days(&shelf.pages(), &shelf.worked(), Date::constant(2026, 11, 1));
    assert_eq!(sums.sum(), Day { income: 0, expenses: 30_000 });
    assert_eq!(sums.spent["shopping"], 30_000);
}

#[test]
fn a_payout_of_a_week_settles_what_was_noted_day_by_day() {
    let mut shelf = Shelf::default();
    for day in 16..=21 {
        let note = seen(Source::Chat, &day.to_string(), Flow::In, 80_000, at(day, 21, 0)).what("swiggy", NamedBy::User);
        shelf.see(Seen { is_platform: true, ..note });
    }
    let november = Date::constant(2026, 11, 1);
    assert_eq!(days(&shelf.pages(), &shelf.worked(), november).unpaid["swiggy"], 480_000);
    shelf.see(seen(Source::Bank, "payout", Flow::In, 500_000, at(24, 0, 0)).platform("swiggy"));
    let sums = days(&shelf.pages(), &shelf.worked(), november);
    assert_eq!(sums.sum().income, 500_000, "what nobody had noted counts when it comes");
    assert_eq!(sums.days[&Date::constant(2026, 11, 24)].income, 20_000);
    assert_eq!(sums.unpaid.get("swiggy"), None);
    // Of the last days alone it is known all the same what the payout was for.
    assert_eq!(days(&shelf.pages(), &shelf.worked(), Date::constant(2026, 11, 23)).sum().income, 20_000);
}

#[test]
fn its_owners_word_counts_most_and_is_learned() {
    let mut shelf = Shelf::default();
    let tea = |id: &str, day| seen(Source::Sms, id, Flow::Out, 3_000, at(day, 9, 0)).from("ramesh").what("transfer", NamedBy::Model);
    let first = shelf.see(tea("1", 18));
    let change = |changes| Correct { user: user("asha"), day: first.day, entry: first.entry, changes, said_at: at(18, 10, 0) };
    shelf.run(&change(vec![Change::What("food".to_owned())]));
    shelf.see(tea("2", 20));
    let named: Vec<(String, NamedBy)> = shelf.entries().into_iter().map(|entry| (entry.what, entry.by)).collect();
    assert_eq!(named, [("food".to_owned(), NamedBy::User), ("food".to_owned(), NamedBy::Learned)]);
    let before = shelf.0.clone();
    shelf.run(&change(vec![Change::What("food".to_owned())]));
    assert_eq!(shelf.0, before, "said again it is no change");
    shelf.run(&change(vec![Change::Nature(Nature::Ignored)]));
    assert_eq!(days(&shelf.pages(), &shelf.worked(), Date::constant(2026, 11, 1)).sum().expenses, 3_000);
    let earlier = Correct { said_at: at(18, 9, 59), ..change(vec![Change::Nature(Nature::Ordinary)]) };
    assert_eq!(shelf.run(&earlier).nature, Nature::Ignored, "what was said before counts no more");
    let none = Correct { entry: Fingerprint::of("no", "such"), ..change(Vec::new()) };
    assert_eq!(none.decide(&Snapshot::default(), Timestamp::UNIX_EPOCH).err(), Some(NoSuchEntry));
}

#[test]
fn what_a_bank_takes_back_is_gone_unless_somebody_else_tells_of_it_too() {
    let mut shelf = Shelf::default();
    for seen in told_by_five() {
        shelf.see(seen);
    }
    let alone = shelf.see(seen(Source::Bank, "alone", Flow::Out, 100, at(20, 0, 0)));
    let both = ["b", "alone", "unknown"].map(|id| (alone.day, Fingerprint::of("bank", id)));
    assert_eq!(shelf.run(&Withdraw { user: user("asha"), sightings: both.to_vec() }), 2);
    let entries = shelf.entries();
    assert_eq!((entries.len(), entries[0].sightings.len()), (1, 4));
    assert_eq!(shelf.run(&Withdraw { user: user("asha"), sightings: both.to_vec() }), 0);
}

#[test]
fn a_day_does_not_grow_without_end_and_a_batch_is_taken_as_a_whole() {
    let mut shelf = Shelf::default();
    for n in 0..200 {
        shelf.see(seen(Source::Bank, &n.to_string(), Flow::Out, 100 + n, at(20, 0, 0)));
    }
    let one_more = seen(Source::Bank, "more", Flow::Out, 99, at(20, 0, 0));
    let command = Observe { user: user("asha"), seen: vec![seen(Source::Bank, "fits", Flow::Out, 98, at(10, 0, 0)), one_more] };
    let mut state = Snapshot::default();
    shelf.0.values().for_each(|record| state.insert(1, record.clone()));
    assert_eq!(command.decide(&state, Timestamp::UNIX_EPOCH).err(), Some(PageIsFull));
}

#[test]
fn a_batch_is_read_and_written_in_one_transaction() {
    let month = |n: i64| at(1, 9, 0) + SignedDuration::from_hours(24 * 40 * n);
    let many = (0..DAYS_MAX).map(|n| seen(Source::Sms, &n.to_string(), Flow::Out, 100, month(n as i64)));
    let command = Observe { user: user("asha"), seen: many.collect() };
    // What DynamoDB reads at once, and writes in one transaction.
    assert!(command.reads().len() <= 100, "{}", command.reads().len());
}

/// Movements of a few days that each teller may tell of, in any order: there are as many entries as
/// the teller who told of most.
#[test]
fn there_are_as_many_entries_as_the_teller_told_of_who_told_of_most() {
    let mut seed = 7_u64;
    let mut next = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    for _ in 0..300 {
        let counts = [next(4), next(4), next(4)];
        let mut told: Vec<Seen> = Vec::new();
        for (source, count) in [Source::Sms, Source::Bank, Source::Chat].into_iter().zip(counts) {
            told.extend((0..count).map(|n| seen(source, &n.to_string(), Flow::Out, 20_000, at(20, 12, 0))));
        }
        for place in (1..told.len()).rev() {
            told.swap(place, next(place as u64 + 1) as usize);
        }
        let mut shelf = Shelf::default();
        for seen in told {
            shelf.see(seen);
        }
        assert_eq!(shelf.entries().len() as u64, counts.into_iter().max().unwrap_or(0), "{counts:?}");
    }
}

fn note(client: &str, changed_at: Timestamp, content: Option<Seen>, was: Option<Date>) -> SyncNote {
    SyncNote { user: user("asha"), client: Fingerprint::of("app", client), changed_at, content, was }
}

#[test]
fn of_two_phones_the_change_that_was_made_last_counts_whichever_arrives_first() {
    let tea = |amount| Some(seen(Source::App, "n1", Flow::Out, amount, at(20, 12, 0)));
    let day = Some(Date::constant(2026, 11, 20));
    let changes = [
        note("n1", at(20, 12, 0), tea(3_000), None),
        note("n1", at(20, 13, 0), tea(4_000), None),
        note("n1", at(20, 14, 0), tea(5_000), None),
    ];
    for order in permutations(3) {
        let mut shelf = Shelf::default();
        let mut was = None;
        for place in &order {
            shelf.run(&SyncNote { was, ..changes[*place].clone() });
            was = day;
        }
        assert_eq!(days(&shelf.pages(), &shelf.worked(), Date::constant(2026, 11, 1)).sum().expenses, 5_000, "{order:?}");
        let before = shelf.0.clone();
        let again = shelf.run(&SyncNote { was, ..changes[2].clone() });
        assert_eq!((again, &shelf.0), (Synced::Unchanged { day }, &before));
    }
}

#[test]
fn a_note_that_is_deleted_stays_so_and_one_that_is_moved_leaves_its_day() {
    let mut shelf = Shelf::default();
    let tea = |day| Some(seen(Source::App, "n1", Flow::Out, 3_000, at(day, 12, 0)));
    let (first, second) = (Date::constant(2026, 11, 10), Date::constant(2026, 11, 20));
    assert_eq!(shelf.run(&note("n1", at(20, 12, 0), tea(10), None)), Synced::Applied { day: Some(first) });
    assert_eq!(shelf.run(&note("n1", at(20, 13, 0), tea(20), Some(first))), Synced::Applied { day: Some(second) });
    assert_eq!(shelf.entries().len(), 1);
    let lost = note("n1", at(20, 14, 0), None, None);
    let mut state = Snapshot::default();
    shelf.0.values().for_each(|record| state.insert(1, record.clone()));
    assert_eq!(lost.decide(&state, Timestamp::UNIX_EPOCH).err(), Some(Elsewhere::Moved { was: Some(second) }));
    assert_eq!(shelf.run(&SyncNote { was: Some(second), ..lost }), Synced::Applied { day: None });
    assert!(shelf.entries().is_empty());
    assert_eq!(shelf.run(&note("n1", at(20, 13, 30), tea(20), None)), Synced::Stale { day: None });
    assert!(shelf.entries().is_empty());
}

#[test]
fn a_note_that_was_seen_by_a_bank_too_leaves_what_the_bank_tells() {
    let mut shelf = Shelf::default();
    shelf.see(seen(Source::Bank, "b", Flow::Out, 3_000, at(20, 0, 0)));
    let tea = Some(seen(Source::App, "n1", Flow::Out, 3_000, at(20, 12, 0)));
    shelf.run(&note("n1", at(20, 12, 0), tea, None));
    assert_eq!(shelf.entries()[0].sightings.len(), 2);
    shelf.run(&note("n1", at(20, 13, 0), None, Some(Date::constant(2026, 11, 20))));
    assert_eq!(shelf.entries()[0].sightings.len(), 1);
}

fn earned(platform: &str, total: i64, cash: i64) -> Earned {
    Earned {
        platform: platform.to_owned(),
        id: String::new(),
        source: Source::Platform,
        total,
        lines: Vec::new(),
        cash,
        trips: None,
        minutes: None,
        told_at: Timestamp::UNIX_EPOCH,
    }
}

fn take(shelf: &mut Shelf, records: Vec<(i8, Earned)>) -> usize {
    let records = records.into_iter().map(|(day, earned)| (Date::constant(2026, 11, day), earned)).collect();
    shelf.run(&TakeEarned { user: user("asha"), records, whole: None })
}

#[test]
fn what_trips_the_platform_the_bank_an_sms_and_the_chat_tell_of_a_weeks_work_counts_once() {
    let november = Date::constant(2026, 11, 1);
    type Telling = Box<dyn Fn(&mut Shelf)>;
    let mut tellings: Vec<Telling> = Vec::new();
    tellings.push(Box::new(|shelf| {
        let week = (9..=15).map(|day| (day, earned("swiggy", 80_000, 10_000))).collect();
        take(shelf, week);
    }));
    tellings.push(Box::new(|shelf| {
        for day in 9..=15 {
            let note = seen(Source::Chat, &day.to_string(), Flow::In, 80_000, at(day, 21, 0)).what("swiggy", NamedBy::User);
            shelf.see(Seen { is_platform: true, ..note });
        }
    }));
    tellings.push(Box::new(|shelf| {
        shelf.see(seen(Source::Platform, "p", Flow::In, 490_000, at(17, 0, 0)).platform("swiggy"));
    }));
    tellings.push(Box::new(|shelf| {
        shelf.see(seen(Source::Bank, "b", Flow::In, 490_000, at(18, 0, 0)).platform("swiggy"));
    }));
    tellings.push(Box::new(|shelf| {
        shelf.see(seen(Source::Sms, "s", Flow::In, 490_000, at(18, 9, 0)).platform("swiggy"));
    }));
    for order in permutations(5) {
        let mut shelf = Shelf::default();
        order.iter().for_each(|place| tellings[*place](&mut shelf));
        let sums = days(&shelf.pages(), &shelf.worked(), november);
        assert_eq!((sums.sum().income, sums.unpaid.get("swiggy")), (560_000, None), "{order:?}");
        assert_eq!(sums.days[&Date::constant(2026, 11, 9)].income, 80_000);
        assert_eq!(shortfalls(&shelf.pages(), &shelf.worked(), Date::constant(2026, 11, 23)), [], "{order:?}");
    }
}

#[test]
fn of_a_platforms_record_what_was_told_last_counts_and_its_own_word_against_an_upload() {
    let mut shelf = Shelf::default();
    let later = Earned { told_at: at(20, 0, 0), ..earned("uber", 90_000, 0) };
    let upload = Earned { source: Source::File, told_at: at(21, 0, 0), ..earned("uber", 1, 0) };
    assert_eq!(take(&mut shelf, vec![(10, later.clone())]), 1);
    assert_eq!(take(&mut shelf, vec![(10, later.clone())]), 0);
    assert_eq!(take(&mut shelf, vec![(10, earned("uber", 80_000, 0))]), 0, "told before");
    assert_eq!(take(&mut shelf, vec![(10, Earned { told_at: at(22, 0, 0), ..earned("uber", 95_000, 0) })]), 1);
    let own = Earned { source: Source::Platform, ..upload.clone() };
    assert_eq!(take(&mut shelf, vec![(11, upload)]), 1);
    assert_eq!(take(&mut shelf, vec![(11, Earned { told_at: at(1, 0, 0), total: 70_000, ..own })]), 1);
    assert_eq!(shelf.worked().iter().map(|worked| worked.of("uber")).collect::<Vec<_>>(), [Some((95_000, 95_000)), Some((70_000, 70_000))]);
}

#[test]
fn a_file_of_the_work_that_a_platform_tells_of_adds_nothing_to_it() {
    let mut shelf = Shelf::default();
    let upload = Earned { source: Source::File, id: "payout-7".to_owned(), ..earned("uber", 90_000, 0) };
    take(&mut shelf, vec![(10, earned("uber", 90_000, 0)), (10, upload.clone()), (11, upload)]);
    let owed = |platform| shelf.worked().iter().map(|worked| worked.of(platform).unwrap().0).collect::<Vec<_>>();
    assert_eq!(owed("uber"), [90_000, 90_000], "of a day that it does not tell of, the file counts");
}

#[test]
fn numbers_of_no_known_form_tell_no_two_movements_apart() {
    let refer = |form, text: &str| Some(Reference { form, hash: Fingerprint::of("reference", text) });
    for (form, entries) in [(ReferenceForm::Other, 1), (ReferenceForm::Rrn, 2)] {
        let mut shelf = Shelf::default();
        let mut one = seen(Source::Sms, "1", Flow::Out, 50_000, at(10, 12, 0));
        let mut other = seen(Source::Bank, "1", Flow::Out, 50_000, at(10, 12, 5));
        (one.sighting.reference, other.sighting.reference) = (refer(form, "123456789"), refer(form, "M98765432"));
        shelf.see(one);
        shelf.see(other);
        assert_eq!(shelf.entries().len(), entries, "{form:?}");
    }
}

#[test]
fn what_a_platform_no_longer_tells_of_a_day_that_it_told_whole_is_gone() {
    let mut shelf = Shelf::default();
    let trip = |id: &str, hour| Earned { id: id.to_owned(), told_at: at(20, hour, 0), ..earned("uber", 50_000, 0) };
    let typed = Earned { source: Source::Chat, ..trip("typed", 1) };
    take(
        &mut shelf,
        vec![(10, trip("a", 1)), (10, trip("b", 1)), (10, trip("late", 9)), (10, typed), (10, earned("ola", 1, 0)), (12, trip("c", 1))],
    );
    let day = |day| Date::constant(2026, 11, day);
    let whole = ToldWhole { platform: "uber".to_owned(), from: day(9), until: day(11), told_at: at(20, 5, 0) };
    let again = TakeEarned { user: user("asha"), records: vec![(day(10), trip("a", 5))], whole: Some(whole) };
    assert_eq!(shelf.run(&again), 1);
    let ids = |worked: &Worked| worked.records.iter().map(|record| record.id.clone()).collect::<Vec<_>>();
    assert_eq!(
        shelf.worked().iter().map(ids).collect::<Vec<_>>(),
        [vec!["a", "late", "typed", ""], vec!["c"]],
        "told later, by another, or outside"
    );
    assert_eq!(shelf.run(&again), 0);
}

#[test]
fn a_week_that_was_paid_short_is_found_once_the_next_one_is_over() {
    let mut shelf = Shelf::default();
    take(&mut shelf, (9..=15).map(|day| (day, earned("swiggy", 80_000, 0))).collect());
    let of = |shelf: &Shelf, day| shortfalls(&shelf.pages(), &shelf.worked(), Date::constant(2026, 11, day));
    assert_eq!(of(&shelf, 23), [], "where nothing is seen to come, nobody knows");
    shelf.see(seen(Source::Bank, "b", Flow::In, 520_000, at(18, 0, 0)).platform("swiggy"));
    assert_eq!(of(&shelf, 22), []);
    let found = of(&shelf, 23);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].gap, found[0].missing(), found[0].from), (Gap::Week, 40_000, Date::constant(2026, 11, 9)));
}

#[test]
fn a_week_that_is_paid_day_by_day_is_held_beside_its_own_days() {
    let mut shelf = Shelf::default();
    take(&mut shelf, (2..=22).map(|day| (day, earned("uber", 80_000, 20_000))).collect());
    for day in 3..=23 {
        shelf.see(seen(Source::Bank, &day.to_string(), Flow::In, 60_000, at(day, 0, 0)).platform("uber"));
    }
    assert_eq!(shortfalls(&shelf.pages(), &shelf.worked(), Date::constant(2026, 11, 24)), []);
    let sums = days(&shelf.pages(), &shelf.worked(), Date::constant(2026, 11, 1));
    assert_eq!(sums.sum().income, 21 * 80_000, "what is in hand is earned too");
}

#[test]
fn days_before_a_bank_began_to_tell_accuse_nobody() {
    for first in [5, 8] {
        let mut shelf = Shelf::default();
        take(&mut shelf, (2..=22).map(|day| (day, earned("uber", 80_000, 0))).collect());
        for day in first..=23 {
            shelf.see(seen(Source::Bank, &day.to_string(), Flow::In, 80_000, at(day, 0, 0)).platform("uber"));
        }
        assert_eq!(shortfalls(&shelf.pages(), &shelf.worked(), Date::constant(2026, 11, 24)), [], "from {first} on");
    }
}

#[test]
fn lines_that_are_more_than_what_a_platform_makes_of_them_are_unexplained() {
    let mut shelf = Shelf::default();
    let lines = vec![(LineKind::Base, 90_000), (LineKind::Incentive, 10_000), (LineKind::Deductions, -5_000)];
    take(&mut shelf, vec![(10, Earned { lines: lines.clone(), ..earned("zomato", 85_000, 0) })]);
    take(&mut shelf, vec![(11, Earned { lines, ..earned("zomato", 95_000, 0) })]);
    let found = shortfalls(&shelf.pages(), &shelf.worked(), Date::constant(2026, 11, 12));
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].gap, found[0].stated, found[0].came), (Gap::Unexplained, 95_000, 85_000));
}
