use super::*;
use crate::{
    account::{CannotSpend, SetPaused},
    batch::{Batch, BatchLine, BatchStatus, LineOutcome, LineStatus, MarkLine, OpenBatch, Tally, TallyBatch, line_fingerprint},
    engine::Key,
    id::{Fingerprint, SheetId},
    payee::{Payee, Verdict},
    payment::OpenOrder,
    request::{KeyReused, Keyed},
    testing::{World, amount, asked, payee_name, permutations, user, vpa, wallet},
    transfer::OpenTransfer,
};

const RUPEES_10_000: i64 = 1_000_000;

fn ask(world: &World, key: &str, minor: i64) -> OpenPayout {
    OpenPayout {
        asked: asked("asha", key, &format!("payout {minor}")),
        address: vpa("shop@ybl"),
        name: payee_name(),
        amount: amount(minor),
        note: None,
        line: None,
        bill: None,
        rules: world.rules.clone(),
    }
}

fn open(world: &mut World, key: &str, minor: i64) -> Payout {
    let command = ask(world, key, minor);
    world.run(&command).unwrap().value
}

fn advance(world: &mut World, payout: &Payout) -> Advance {
    let rules = world.rules.clone();
    world.run(&AdvancePayout { payout: payout.id, payee: payout.payee, account: payout.account, rules }).unwrap()
}

fn word(payout: &Payout, state: WordState) -> RecordWord {
    let failure = matches!(state, WordState::Failed | WordState::Reversed).then(|| Failure::new("bank", "the bank said no"));
    let word = Word { state, provider_id: Some("pout_rzp".to_owned()), utr: None, fee: 236, failure };
    RecordWord { payout: payout.id, payee: payout.payee, account: payout.account, word, cause: Cause::Reconciler }
}

fn now_is(world: &World, payout: &Payout) -> Payout {
    match world.record(&Key::operation(OperationId::Payout(payout.id))) {
        Some(Record::Payout(payout)) => payout.clone(),
        other => panic!("{other:?}"),
    }
}

fn payee(world: &World, payout: &Payout) -> Payee {
    match world.record(&Key::Payee(payout.payee)) {
        Some(Record::Payee(payee)) => payee.clone(),
        other => panic!("{other:?}"),
    }
}

/// A world in which asha has INR 20,000, a valid payee, and a payout of INR 100 that was sent.
fn sent() -> (World, Payout) {
    let mut world = World::with(&[("asha", 2 * RUPEES_10_000)]);
    world.valid_payee("asha", &vpa("shop@ybl"));
    let payout = open(&mut world, "k", 10_000);
    assert!(matches!(advance(&mut world, &payout), Advance::Send(..)));
    let payout = now_is(&world, &payout);
    (world, payout)
}

const FUNDS: i64 = 2 * RUPEES_10_000;

#[test]
fn a_bill_goes_out_by_the_payer_of_bills_at_once_and_without_a_fee() {
    let mut world = World::with(&[("asha", FUNDS)]);
    world.rules.payout_fee = 500;
    let params = std::collections::BTreeMap::from([("Consumer Number".to_owned(), "1234567890".to_owned())]);
    let address = Address::Bill(crate::address::BillAccount::parse("BESCOM000KAR01", params).unwrap());
    // More than a first payout to a stranger may be.
    let command = OpenPayout { address, bill: Some("ref-1".to_owned()), ..ask(&world, "k", 600_000) };
    let payout = world.run(&command).unwrap().value;
    assert_eq!((payout.status, payout.rail, payout.fee), (PayoutStatus::Queued, Rail::Bills, 0));
    assert!(matches!(advance(&mut world, &payout), Advance::Send(sent, _) if sent.bill.as_deref() == Some("ref-1")));
    world.run(&word(&payout, WordState::Processed)).unwrap();
    assert_eq!(world.money("asha"), (FUNDS - 600_000, 0));
    assert_eq!((world.system(SystemAccount::BillsFloat), world.system(SystemAccount::RazorpayxFloat)), (600_000 + 236, 0));
    world.run(&word(&payout, WordState::Reversed)).unwrap();
    assert_eq!((world.money("asha"), world.system(SystemAccount::BillsFloat)), ((FUNDS, 0), 236));
}

#[test]
fn money_is_held_until_the_providers_word_and_leaves_with_it() {
    let (mut world, payout) = sent();
    assert_eq!(world.money("asha"), (FUNDS, 10_000));
    world.run(&word(&payout, WordState::Accepted)).unwrap();
    assert_eq!(world.money("asha"), (FUNDS, 10_000));
    world.run(&word(&payout, WordState::Processed)).unwrap();
    assert_eq!(world.money("asha"), (FUNDS - 10_000, 0));
    assert_eq!(world.system(SystemAccount::RazorpayxFloat), 10_000 + 236);
    assert_eq!(world.system(SystemAccount::ProviderFees), -236);
    assert!(payee(&world, &payout).first_paid_at.is_some());
}

/// F8: the words come in any order, and more than once; the end is the same.
#[test]
fn accepted_processed_and_reversed_in_any_order_give_the_money_back_once() {
    use WordState::{Accepted, Processed, Reversed};
    let words = [Accepted, Processed, Reversed, Accepted, Processed, Reversed];
    for order in permutations(&words) {
        let (mut world, payout) = sent();
        for state in &order {
            world.run(&word(&payout, *state)).unwrap();
        }
        assert_eq!(now_is(&world, &payout).status, PayoutStatus::Reversed, "{order:?}");
        assert_eq!(world.money("asha"), (FUNDS, 0), "{order:?}");
        assert_eq!(world.account("asha").spending.total, 0, "{order:?}");
        let float = world.system(SystemAccount::RazorpayxFloat) + world.system(SystemAccount::ProviderFees);
        assert_eq!(float, 0, "nothing of it is left with the provider but its fee: {order:?}");
        assert_eq!(world.kinds("asha").iter().filter(|kind| **kind == "payout.reversed").count(), 1, "{order:?}");
    }
}

#[test]
fn accepted_and_failed_in_any_order_release_the_hold_once() {
    use WordState::{Accepted, Failed};
    for order in permutations(&[Accepted, Failed, Failed, Accepted]) {
        let (mut world, payout) = sent();
        for state in &order {
            world.run(&word(&payout, *state)).unwrap();
        }
        assert_eq!((now_is(&world, &payout).status, world.money("asha")), (PayoutStatus::Failed, (FUNDS, 0)), "{order:?}");
        assert_eq!(world.account("asha").spending.total, 0);
    }
}

#[test]
fn a_payout_made_after_it_failed_is_a_dispute_that_touches_no_users_money() {
    let (mut world, payout) = sent();
    world.run(&word(&payout, WordState::Failed)).unwrap();
    let facts = world.kinds("asha").len();
    assert!(matches!(world.run(&word(&payout, WordState::Processed)).unwrap(), Recorded::Disputed(_)));
    assert_eq!((world.money("asha"), world.kinds("asha").len()), ((FUNDS, 0), facts));
    assert_eq!(world.system(SystemAccount::PayoutDisputes), -10_000);
    assert!(matches!(world.run(&word(&payout, WordState::Processed)).unwrap(), Recorded::AlreadyKnown(_)));
    world.wait(60);
    world.run(&word(&payout, WordState::Reversed)).unwrap();
    assert_eq!((world.money("asha"), world.system(SystemAccount::PayoutDisputes)), ((FUNDS, 0), 0));
}

/// F8: also with a `failed` among them, which is then not the last of it.
#[test]
fn failed_processed_and_reversed_in_any_order_leave_no_dispute_and_give_back_once() {
    use WordState::{Failed, Processed, Reversed};
    for order in permutations(&[Failed, Processed, Reversed, Processed, Reversed]) {
        let (mut world, payout) = sent();
        for state in &order {
            world.wait(1);
            world.run(&word(&payout, *state)).unwrap();
        }
        assert_eq!((now_is(&world, &payout).status, world.money("asha")), (PayoutStatus::Reversed, (FUNDS, 0)), "{order:?}");
        assert_eq!(world.system(SystemAccount::PayoutDisputes), 0, "{order:?}");
        assert_eq!(world.account("asha").spending.total, 0, "{order:?}");
    }
}

#[test]
fn a_word_about_a_second_payout_changes_nothing() {
    let (mut world, payout) = sent();
    world.run(&word(&payout, WordState::Accepted)).unwrap();
    let mut other = word(&payout, WordState::Processed);
    other.word.provider_id = Some("pout_other".to_owned());
    assert!(matches!(world.run(&other).unwrap(), Recorded::SecondPayout(_)));
    assert_eq!(world.money("asha"), (FUNDS, 10_000));
}

/// F17: unknown stays unknown, with the money held; one worker at a time asks again.
#[test]
fn a_payout_belongs_to_one_sender_for_thirty_seconds_and_is_then_sent_again() {
    let (mut world, payout) = sent();
    world.wait(SEND_LEASE_S - 1);
    assert!(matches!(advance(&mut world, &payout), Advance::BeingSent(_)));
    world.wait(1);
    let Advance::Send(again, _) = advance(&mut world, &payout) else { panic!("not sent again") };
    assert_eq!((again.tries, again.id), (2, payout.id));
    assert!(matches!(advance(&mut world, &payout), Advance::BeingSent(_)));
    assert_eq!(world.money("asha"), (FUNDS, 10_000));
}

#[test]
fn what_the_provider_has_is_not_sent_again() {
    let (mut world, payout) = sent();
    world.run(&word(&payout, WordState::Accepted)).unwrap();
    world.wait(3_600);
    assert!(matches!(advance(&mut world, &payout), Advance::Wait(_)));
    world.run(&word(&payout, WordState::Processed)).unwrap();
    assert!(matches!(advance(&mut world, &payout), Advance::Ended(_)));
}

#[test]
fn panic_before_it_is_sent_cancels_and_releases() {
    let mut world = World::with(&[("asha", FUNDS)]);
    world.valid_payee("asha", &vpa("shop@ybl"));
    let payout = open(&mut world, "k", 10_000);
    world.run(&SetPaused { owner: user("asha"), paused: true, request_id: "panic".to_owned() }).unwrap();
    assert!(matches!(advance(&mut world, &payout), Advance::Ended(_)));
    assert_eq!(now_is(&world, &payout).status, PayoutStatus::Cancelled);
    assert_eq!((world.money("asha"), world.account("asha").spending.total), ((FUNDS, 0), 0));
    let again = ask(&world, "other", 10_000);
    assert_eq!(world.run(&again), Err(OpenRefusal::Cannot(CannotSpend::Paused)));
}

#[test]
fn only_what_has_not_been_sent_can_be_cancelled_and_only_by_its_owner() {
    let mut world = World::with(&[("asha", FUNDS), ("ravi", 0)]);
    world.valid_payee("asha", &vpa("shop@ybl"));
    let payout = open(&mut world, "k", 10_000);
    let cancel = |name: &str, payout: &Payout| CancelPayout { caller: user(name), payout: payout.id, request_id: "c".to_owned() };
    assert_eq!(world.run(&cancel("ravi", &payout)), Err(CannotCancel::NoSuchPayout));
    assert_eq!(world.run(&cancel("asha", &payout)).unwrap().status, PayoutStatus::Cancelled);
    assert_eq!(world.run(&cancel("asha", &payout)).unwrap().status, PayoutStatus::Cancelled);
    assert_eq!(world.money("asha"), (FUNDS, 0));
    assert!(matches!(advance(&mut world, &payout), Advance::Ended(_)), "a cancelled payout is not sent");

    let (mut world, payout) = sent();
    assert_eq!(world.run(&cancel("asha", &payout)), Err(CannotCancel::TooLate { status: "sending" }));
}

#[test]
fn a_first_large_payout_to_a_new_payee_cools_before_it_is_sent() {
    let mut world = World::with(&[("asha", FUNDS)]);
    world.valid_payee("asha", &vpa("shop@ybl"));
    let payout = open(&mut world, "k", 500_001);
    assert_eq!(payout.status, PayoutStatus::Cooling);
    world.wait(world.rules.cooling_s - 1);
    assert!(matches!(advance(&mut world, &payout), Advance::Wait(_)));
    world.wait(1);
    assert!(matches!(advance(&mut world, &payout), Advance::Send(..)));
    world.run(&word(&payout, WordState::Processed)).unwrap();
    assert_eq!(open(&mut world, "next", 500_001).status, PayoutStatus::Queued, "a payee who was paid is known");
}

#[test]
fn small_parts_of_a_first_large_payout_count_together() {
    let mut world = World::with(&[("asha", FUNDS)]);
    world.valid_payee("asha", &vpa("shop@ybl"));
    assert_eq!(open(&mut world, "a", 300_000).status, PayoutStatus::Queued);
    assert_eq!(open(&mut world, "b", 200_000).status, PayoutStatus::Queued);
    assert_eq!(open(&mut world, "c", 100).status, PayoutStatus::Cooling);
}

#[test]
fn a_payout_to_an_unknown_address_waits_for_its_validation() {
    let mut world = World::with(&[("asha", FUNDS)]);
    let small = open(&mut world, "small", 10_000);
    let large = open(&mut world, "large", 600_000);
    assert_eq!((small.status, large.status), (PayoutStatus::Validating, PayoutStatus::Validating));
    assert!(matches!(advance(&mut world, &small), Advance::Wait(_)));
    let payee = payee(&world, &small);
    assert_eq!(payee.waiting, [small.id, large.id]);
    world.judge(&payee, Verdict::Valid { registered_name: None });
    assert!(matches!(advance(&mut world, &small), Advance::Send(..)));
    assert!(matches!(advance(&mut world, &large), Advance::Wait(_)));
    assert_eq!(now_is(&world, &large).status, PayoutStatus::Cooling);
    assert!(self::payee(&world, &small).waiting.is_empty());
}

#[test]
fn an_invalid_payee_releases_what_waits_and_refuses_what_comes() {
    let mut world = World::with(&[("asha", FUNDS)]);
    let payout = open(&mut world, "k", 10_000);
    let payee = payee(&world, &payout);
    world.judge(&payee, Verdict::Invalid { reason: "no such VPA".to_owned() });
    assert!(matches!(advance(&mut world, &payout), Advance::Ended(_)));
    assert_eq!(now_is(&world, &payout).failure, Some(Failure::new("payee_invalid", "no such VPA")));
    assert_eq!(world.money("asha"), (FUNDS, 0));
    let again = ask(&world, "again", 10_000);
    assert_eq!(world.run(&again), Err(OpenRefusal::PayeeInvalid { reason: "no such VPA".to_owned() }));
}

#[test]
fn a_validation_that_never_comes_is_given_up_at_its_deadline() {
    let mut world = World::with(&[("asha", FUNDS)]);
    let payout = open(&mut world, "k", 10_000);
    world.wait(world.rules.validation_deadline_s);
    assert!(matches!(advance(&mut world, &payout), Advance::Ended(_)));
    assert_eq!(world.money("asha"), (FUNDS, 0));
}

#[test]
fn so_many_payouts_wait_for_one_payee_and_no_more() {
    let mut world = World::with(&[("asha", FUNDS)]);
    for n in 0..world.rules.waiting_payouts_max {
        open(&mut world, &format!("k{n}"), 100);
    }
    let more = ask(&world, "more", 100);
    assert_eq!(world.run(&more), Err(OpenRefusal::PayeeBusy));
}

#[test]
fn the_fee_is_a_posting_of_its_own_and_comes_back_with_the_payout() {
    let mut world = World::with(&[("asha", FUNDS)]);
    world.rules.payout_fee = 500;
    world.valid_payee("asha", &vpa("shop@ybl"));
    let payout = open(&mut world, "k", 10_000);
    assert_eq!(world.money("asha"), (FUNDS, 10_500));
    advance(&mut world, &payout);
    world.run(&word(&payout, WordState::Processed)).unwrap();
    let reasons = |world: &World| -> Vec<_> {
        world.facts(wallet("asha")).last().unwrap().entries.iter().map(|entry| (entry.reason, entry.amount)).collect()
    };
    assert_eq!(reasons(&world), [(Reason::Payout, -10_000), (Reason::PayoutFee, -500)]);
    assert_eq!(world.system(SystemAccount::FeeIncome), 500);
    world.run(&word(&payout, WordState::Reversed)).unwrap();
    assert_eq!(reasons(&world), [(Reason::PayoutReversed, 10_000), (Reason::PayoutFeeReturned, 500)]);
    assert_eq!((world.money("asha"), world.system(SystemAccount::FeeIncome)), ((FUNDS, 0), 0));
}

#[test]
fn the_providers_fee_comes_back_once_and_only_with_a_payout_that_came_back() {
    let mut world = World::with(&[("asha", FUNDS)]);
    world.valid_payee("asha", &vpa("shop@ybl"));
    let payout = open(&mut world, "k", 10_000);
    advance(&mut world, &payout);
    let back = |amount: i64| ReturnFee { payout: payout.id, amount, cause: Cause::Reconciler };
    let mut processed = word(&payout, WordState::Processed);
    processed.word.fee = 590;
    world.run(&processed).unwrap();
    assert_eq!(world.run(&back(590)), Ok(false), "it has not come back");
    assert_eq!(world.system(SystemAccount::ProviderFees), -590);
    world.run(&word(&payout, WordState::Reversed)).unwrap();
    for refused in [0, -1, 591] {
        assert_eq!(world.run(&back(refused)), Ok(false), "{refused}");
    }
    assert_eq!((world.run(&back(590)), world.run(&back(590))), (Ok(true), Ok(false)));
    assert_eq!((world.system(SystemAccount::ProviderFees), world.system(SystemAccount::RazorpayxFloat)), (0, 0));
    assert_eq!(world.money("asha"), (FUNDS, 0), "a user's money has no part in it");
}

/// F31.
#[test]
fn the_same_key_and_body_answers_as_at_first_even_after_it_was_processed() {
    let mut world = World::with(&[("asha", FUNDS)]);
    world.valid_payee("asha", &vpa("shop@ybl"));
    let command = ask(&world, "k", 10_000);
    let first = world.run(&command).unwrap();
    world.wait(1);
    advance(&mut world, &first.value);
    world.run(&word(&first.value, WordState::Processed)).unwrap();
    world.wait(86_400);
    let again = world.run(&command).unwrap();
    assert!(!first.replayed && again.replayed);
    assert_eq!(Payout { last_seq: first.value.last_seq, ..again.value }, first.value);
    assert_eq!(world.money("asha"), (FUNDS - 10_000, 0));
}

/// F31.
#[test]
fn a_key_is_refused_for_another_body_or_another_kind() {
    let (mut world, _) = sent();
    let other = ask(&world, "k", 10_001);
    assert_eq!(world.run(&other), Err(OpenRefusal::KeyReused(KeyReused)));
    let reused = asked("asha", "k", "payout 10000");
    let rules = world.rules.clone();
    let transfer =
        OpenTransfer { asked: reused.clone(), to: user("asha"), amount: amount(1), note: None, hold_s: None, rules: rules.clone() };
    assert_eq!(world.run(&transfer), Err(KeyReused.into()));
    let order = OpenOrder { asked: reused.clone(), gateway: Default::default(), amount: amount(100), note: None, rules: rules.clone() };
    assert_eq!(world.run(&order), Err(KeyReused.into()));
    let batch = OpenBatch { asked: reused, sheet: sheet("k"), lines: 1, total: 100, note: None, rules };
    assert_eq!(world.run(&batch), Err(KeyReused.into()));
}

#[test]
fn amounts_out_of_range_and_more_than_is_available_are_refused() {
    let mut world = World::with(&[("asha", 20_000)]);
    for (minor, refusal) in [
        (99, OpenRefusal::TooSmall { min: 100 }),
        (10_000_001, OpenRefusal::TooLarge { max: 10_000_000 }),
        (20_001, OpenRefusal::Cannot(CannotSpend::NotEnough { short: 1, available: 20_000 })),
    ] {
        let command = ask(&world, "k", minor);
        assert_eq!(world.run(&command), Err(refusal));
    }
    assert_eq!(world.money("asha"), (20_000, 0));
}

fn sheet(name: &str) -> SheetId {
    SheetId::new(Timestamp::UNIX_EPOCH, Fingerprint::of("sheet", name))
}

/// Lines of a batch, each with its own payee, all validated.
fn batch(world: &mut World, lines: &[i64]) -> (Batch, Vec<Payout>) {
    let open = OpenBatch {
        asked: asked("asha", "b", "batch"),
        sheet: sheet("b"),
        lines: lines.len() as u32,
        total: lines.iter().sum(),
        note: None,
        rules: world.rules.clone(),
    };
    let batch = world.run(&open).unwrap().value;
    let payouts = lines.iter().zip(1..).map(|(minor, number)| {
        let address = vpa(&format!("payee{number}@ybl"));
        world.valid_payee("asha", &address);
        let id = Keyed::part(user("asha"), &batch.id.to_string(), &number.to_string(), "line", "r".to_owned());
        assert_eq!(id.fingerprint, line_fingerprint(batch.id, number));
        world.place(Record::BatchLine(line(&batch, number, &address, *minor)));
        let command = OpenPayout { asked: id, address, line: Some((batch.id, number)), ..ask(world, "", *minor) };
        let payout = world.run(&command).unwrap().value;
        world.run(&MarkLine { sheet: batch.sheet, number, outcome: LineOutcome::Opened(payout.id) }).unwrap();
        assert!(matches!(advance(world, &payout), Advance::Send(..)));
        payout
    });
    let payouts = payouts.collect();
    (batch, payouts)
}

fn line(batch: &Batch, number: u32, address: &crate::address::Address, amount: i64) -> BatchLine {
    BatchLine {
        sheet: batch.sheet,
        batch: batch.id,
        number,
        address: address.clone(),
        name: payee_name(),
        amount,
        reference: None,
        status: LineStatus::Waiting,
        payout: None,
        reason: None,
    }
}

fn settle(world: &mut World, payout: &Payout) -> LineStatus {
    let number = payout.line.unwrap().1;
    let outcome = LineOutcome::Ended(Box::new(now_is(world, payout)));
    world.run(&MarkLine { sheet: sheet("b"), number, outcome }).unwrap().status
}

fn tally(world: &mut World, batch: &Batch, tally: Tally) -> Batch {
    world.run(&TallyBatch { batch: batch.id, account: batch.account, tally }).unwrap()
}

#[test]
fn a_batch_pays_its_lines_from_clearing_and_returns_the_rest() {
    let mut world = World::with(&[("asha", FUNDS)]);
    let (batch, payouts) = batch(&mut world, &[10_000, 20_000, 30_000]);
    assert_eq!((world.money("asha"), world.system(SystemAccount::BatchClearing)), ((FUNDS - 60_000, 0), 60_000));
    assert_eq!(tally(&mut world, &batch, Tally { opened: 3, ..Tally::default() }).status, BatchStatus::Running);
    let facts = world.kinds("asha").len();
    for (payout, state) in payouts.iter().zip([WordState::Processed, WordState::Failed, WordState::Reversed]) {
        world.run(&word(payout, state)).unwrap();
    }
    assert_eq!(world.kinds("asha").len(), facts, "lines touch no account");
    let lines: Vec<_> = payouts.iter().map(|payout| settle(&mut world, payout)).collect();
    assert_eq!(lines, [LineStatus::Paid, LineStatus::Failed, LineStatus::Failed]);
    let end = Tally { paid: 1, failed: 2, amount_paid: 10_000, ..Tally::default() };
    for _ in 0..2 {
        assert_eq!(tally(&mut world, &batch, end).status, BatchStatus::Completed);
        assert_eq!((world.money("asha"), world.system(SystemAccount::BatchClearing)), ((FUNDS - 10_000, 0), 0));
    }
}

#[test]
fn a_returned_line_credits_the_account_once_before_or_after_the_batch_completes() {
    for completes_first in [true, false] {
        let mut world = World::with(&[("asha", FUNDS)]);
        let (batch, payouts) = batch(&mut world, &[10_000]);
        world.run(&word(&payouts[0], WordState::Processed)).unwrap();
        let end = Tally { paid: 1, amount_paid: 10_000, ..Tally::default() };
        if completes_first {
            tally(&mut world, &batch, end);
        }
        for _ in 0..2 {
            world.run(&word(&payouts[0], WordState::Reversed)).unwrap();
        }
        assert_eq!(settle(&mut world, &payouts[0]), LineStatus::Returned);
        tally(&mut world, &batch, end);
        assert_eq!((world.money("asha"), world.system(SystemAccount::BatchClearing)), ((FUNDS, 0), 0));
        assert_eq!(world.kinds("asha").iter().filter(|kind| **kind == "payout.reversed").count(), 1);
    }
}

#[test]
fn who_marks_a_line_by_what_its_payout_was_takes_nothing_back() {
    let mut world = World::with(&[("asha", FUNDS)]);
    let (_, payouts) = batch(&mut world, &[10_000]);
    world.run(&word(&payouts[0], WordState::Processed)).unwrap();
    let earlier = now_is(&world, &payouts[0]);
    world.run(&word(&payouts[0], WordState::Reversed)).unwrap();
    assert_eq!(settle(&mut world, &payouts[0]), LineStatus::Returned);
    let late = MarkLine { sheet: sheet("b"), number: 1, outcome: LineOutcome::Ended(Box::new(earlier)) };
    assert_eq!(world.run(&late).unwrap().status, LineStatus::Returned);
}

#[test]
fn a_batch_is_funded_once_and_only_from_what_is_available() {
    let mut world = World::with(&[("asha", 1_000)]);
    let open = |total: i64| OpenBatch {
        asked: asked("asha", "b", &total.to_string()),
        sheet: sheet("b"),
        lines: 1,
        total,
        note: None,
        rules: Default::default(),
    };
    assert!(matches!(world.run(&open(1_001)), Err(crate::batch::BatchRefusal::Cannot(CannotSpend::NotEnough { short: 1, .. }))));
    assert!(!world.run(&open(600)).unwrap().replayed);
    assert!(world.run(&open(600)).unwrap().replayed);
    assert_eq!(world.run(&open(601)), Err(KeyReused.into()));
    assert_eq!(world.money("asha"), (400, 0));
}
