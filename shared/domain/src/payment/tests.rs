use super::*;
use crate::{
    account::CannotSpend,
    engine::{Key, Record},
    money::Amount,
    posting::SystemAccount,
    refund::{RecordRefund, Refund, RefundRefusal, RefundSpeed, RefundState, RefundStatus, RequestRefund},
    request::KeyReused,
    testing::{World, amount, asked, permutations, user, wallet},
};
use ProviderPaymentState::{Authorized, Captured, Created, Failed};

fn now_is(world: &World, payment: &Payment) -> Payment {
    match world.record(&Key::operation(crate::id::OperationId::Payment(payment.id))) {
        Some(Record::Payment(payment)) => payment.clone(),
        other => panic!("{other:?}"),
    }
}

/// F3: never back from captured, late authorisation accepted.
#[test]
fn created_authorized_captured_and_failed_in_any_order_credit_once() {
    for order in permutations(&[Created, Authorized, Captured, Failed, Captured, Failed]) {
        let mut world = World::with(&[("asha", 0)]);
        let payment = world.order("asha", 50_000);
        let mut credited = 0;
        for state in &order {
            let applied = world.run(&world.told("pay_x", &payment, *state)).unwrap();
            credited += usize::from(matches!(applied, Applied::Credited(_)));
        }
        let after = now_is(&world, &payment);
        assert_eq!((credited, after.status, world.money("asha")), (1, PaymentStatus::Captured, (50_000, 0)), "{order:?}");
        assert_eq!(world.kinds("asha").iter().filter(|kind| **kind == "payment.captured").count(), 1, "{order:?}");
        assert_eq!(world.system(SystemAccount::Suspense), 0, "{order:?}");
    }
}

#[test]
fn without_a_capture_nothing_is_credited() {
    for order in permutations(&[Created, Authorized, Failed]) {
        let mut world = World::with(&[("asha", 0)]);
        let payment = world.order("asha", 50_000);
        for state in &order {
            world.run(&world.told("pay_x", &payment, *state)).unwrap();
        }
        assert_eq!((now_is(&world, &payment).status, world.money("asha")), (PaymentStatus::Authorized, (0, 0)), "{order:?}");
    }
}

#[test]
fn the_providers_fee_is_ours_to_pay() {
    let mut world = World::with(&[("asha", 0)]);
    let payment = world.order("asha", 50_000);
    let mut told = world.told("pay_x", &payment, Captured);
    told.told.fee = 1_180;
    world.run(&told).unwrap();
    assert_eq!((world.money("asha").0, world.system(SystemAccount::ProviderFees)), (50_000, -1_180));
    assert_eq!(world.system(SystemAccount::RazorpaySettlement), -(50_000 - 1_180));
}

#[track_caller]
fn goes_to_suspense_once(world: &mut World, told: &ApplyPayment, booked: i64) {
    let before = world.kinds("asha").len();
    assert!(matches!(world.run(told).unwrap(), Applied::Parked(_)));
    for _ in 0..2 {
        assert_eq!(world.run(told), Ok(Applied::AlreadyKnown));
    }
    assert_eq!(world.system(SystemAccount::Suspense), booked);
    assert_eq!(world.kinds("asha").len(), before, "no user is told");
}

#[test]
fn a_second_payment_for_the_same_order_goes_to_suspense_once() {
    let mut world = World::with(&[("asha", 0)]);
    let payment = world.earn("asha", 50_000);
    let told = world.told("pay_second", &payment, Captured);
    goes_to_suspense_once(&mut world, &told, 50_000);
    assert_eq!(world.money("asha"), (50_000, 0));
}

#[test]
fn a_wrong_amount_goes_to_suspense_once() {
    let mut world = World::with(&[("asha", 0)]);
    let payment = world.order("asha", 50_000);
    let mut told = world.told("pay_x", &payment, Captured);
    told.told.amount = 49_999;
    goes_to_suspense_once(&mut world, &told, 49_999);
}

/// F32: what we do not hold is shown, and not in the ledger.
#[test]
fn a_wrong_currency_goes_to_suspense_once_and_is_not_booked() {
    let mut world = World::with(&[("asha", 0)]);
    let payment = world.order("asha", 50_000);
    let mut told = world.told("pay_x", &payment, Captured);
    told.told.currency = "USD".to_owned();
    goes_to_suspense_once(&mut world, &told, 0);
}

#[test]
fn a_payment_without_an_order_goes_to_suspense_once() {
    let mut world = World::with(&[("asha", 0)]);
    let payment = world.order("asha", 50_000);
    let mut told = world.told("pay_x", &payment, Captured);
    told.ours = None;
    goes_to_suspense_once(&mut world, &told, 50_000);
    let mut failed = world.told("pay_y", &payment, Failed);
    failed.ours = None;
    assert_eq!(world.run(&failed), Ok(Applied::AlreadyKnown), "no money, nothing to keep");
}

#[test]
fn a_payment_to_a_closed_account_goes_to_suspense_once() {
    let mut world = World::with(&[("asha", 0)]);
    let payment = world.order("asha", 50_000);
    world.close("asha");
    let told = world.told("pay_x", &payment, Captured);
    goes_to_suspense_once(&mut world, &told, 50_000);
}

#[test]
fn what_was_parked_is_not_credited_as_well() {
    let mut world = World::with(&[("asha", 0)]);
    let payment = world.order("asha", 50_000);
    let told = world.told("pay_x", &payment, Captured);
    let early = ApplyPayment { ours: None, ..told.clone() };
    assert!(matches!(world.run(&early).unwrap(), Applied::Parked(_)));
    assert_eq!(world.run(&told), Ok(Applied::AlreadyKnown));
    assert_eq!(world.money("asha"), (0, 0));
}

#[test]
fn a_report_of_the_client_credits_nothing_and_is_the_payers_own() {
    let mut world = World::with(&[("asha", 0), ("ravi", 0)]);
    let payment = world.order("asha", 50_000);
    let report = |name: &str| ReportCheckout { caller: user(name), payment: payment.id, provider_payment_id: "pay_x".to_owned() };
    assert_eq!(world.run(&report("ravi")), Err(NoSuchPayment));
    assert_eq!(world.run(&report("asha")).unwrap().status, PaymentStatus::Reported);
    assert_eq!(world.money("asha"), (0, 0));
    world.run(&world.told("pay_x", &payment, Failed)).unwrap();
    assert_eq!(now_is(&world, &payment).status, PaymentStatus::Reported);
}

#[test]
fn orders_have_bounds_and_keys() {
    let mut world = World::with(&[("asha", 0)]);
    let open = |key: &str, minor: i64| OpenOrder {
        asked: asked("asha", key, &minor.to_string()),
        gateway: Gateway::Razorpay,
        amount: amount(minor),
        note: None,
        rules: Default::default(),
    };
    for minor in [1, 99, 10_000_001] {
        assert_eq!(world.run(&open("k", minor)), Err(OrderRefusal::OutOfRange { min: 100, max: 10_000_000 }));
    }
    let first = world.run(&open("k", 100)).unwrap();
    assert_eq!(world.run(&open("k", 100)).unwrap().value.id, first.value.id);
    assert_eq!(world.run(&open("k", 101)), Err(KeyReused.into()));
}

fn ask_refund(world: &World, payment: &Payment, key: &str, minor: Option<i64>) -> RequestRefund {
    RequestRefund {
        asked: asked("asha", key, &format!("refund {minor:?}")),
        payment: payment.id,
        amount: minor.map(|minor| Amount::new(minor).unwrap()),
        speed: RefundSpeed::Normal,
        note: None,
        rules: world.rules.clone(),
    }
}

fn say(refund: &Refund, state: RefundState) -> RecordRefund {
    RecordRefund {
        refund: refund.id,
        payment: refund.payment,
        account: refund.account,
        state,
        provider_id: Some("rfnd_rzp".to_owned()),
        reference: None,
        failure: None,
        cause: Cause::Reconciler,
    }
}

use crate::fact::Cause;

#[test]
fn refunds_of_a_payment_never_exceed_it_together() {
    let mut world = World::with(&[("asha", 100_000)]);
    let payment = world.earn("asha", 50_000);
    let over = ask_refund(&world, &payment, "over", Some(50_001));
    assert_eq!(world.run(&over), Err(RefundRefusal::OutOfRange { min: 100, max: 50_000 }));
    let part = ask_refund(&world, &payment, "part", Some(30_000));
    let part = world.run(&part).unwrap().value;
    assert_eq!(world.money("asha"), (150_000, 30_000));
    let over = ask_refund(&world, &payment, "over", Some(20_001));
    assert_eq!(world.run(&over), Err(RefundRefusal::OutOfRange { min: 100, max: 20_000 }));
    let rest = ask_refund(&world, &payment, "rest", None);
    let rest = world.run(&rest).unwrap().value;
    assert_eq!(rest.amount, 20_000);
    let more = ask_refund(&world, &payment, "more", None);
    assert_eq!(world.run(&more), Err(RefundRefusal::OutOfRange { min: 0, max: 0 }));
    for refund in [&part, &rest] {
        for state in [RefundState::Pending, RefundState::Processed, RefundState::Processed, RefundState::Failed] {
            world.run(&say(refund, state)).unwrap();
        }
    }
    assert_eq!(world.money("asha"), (100_000, 0));
}

#[test]
fn a_failed_refund_gives_the_money_and_the_room_back_once() {
    for order in permutations(&[RefundState::Pending, RefundState::Failed, RefundState::Failed]) {
        let mut world = World::with(&[("asha", 0)]);
        let payment = world.earn("asha", 50_000);
        let ask = ask_refund(&world, &payment, "k", Some(30_000));
        let refund = world.run(&ask).unwrap().value;
        for state in &order {
            world.run(&say(&refund, *state)).unwrap();
        }
        assert_eq!((world.money("asha"), now_is(&world, &payment).refunded), ((50_000, 0), 0), "{order:?}");
        let again = world.run(&ask).unwrap();
        assert_eq!((again.replayed, again.value.status), (true, RefundStatus::Requested), "the first answer");
        let whole = ask_refund(&world, &payment, "whole", Some(50_000));
        assert!(world.run(&whole).is_ok());
    }
}

#[test]
fn only_ones_own_captured_payment_of_the_last_half_year_is_refunded_from_what_is_there() {
    let mut world = World::with(&[("asha", 0), ("ravi", 0)]);
    let unpaid = world.order("asha", 50_000);
    let refund = ask_refund(&world, &unpaid, "k", None);
    assert_eq!(world.run(&refund), Err(RefundRefusal::NotCaptured { status: "created" }));
    let payment = world.earn("asha", 50_000);
    let theirs = RequestRefund { asked: asked("ravi", "k", "x"), ..ask_refund(&world, &payment, "k", None) };
    assert_eq!(world.run(&theirs), Err(RefundRefusal::NoSuchPayment));
    let refund = ask_refund(&world, &payment, "k", None);
    let spend = crate::transfer::OpenTransfer {
        asked: asked("asha", "t", "t"),
        to: user("ravi"),
        amount: amount(1),
        note: None,
        hold_s: None,
        rules: world.rules.clone(),
    };
    world.run(&spend).unwrap();
    let short = CannotSpend::NotEnough { short: 1, available: 49_999 };
    assert_eq!(world.run(&refund), Err(RefundRefusal::Cannot(short)));
    world.wait(world.rules.refund_window_s + 1);
    assert_eq!(world.run(&refund), Err(RefundRefusal::TooOld));
    assert_eq!(world.facts(wallet("asha")).len(), 3);
}

/// Books are kept, and compared, by gateway.
#[test]
fn a_payment_is_booked_and_refunded_at_the_gateway_of_its_order() {
    let mut world = World::with(&[("asha", 0)]);
    let payment = world.order_at(Gateway::Phonepe, "asha", 50_000);
    assert!(matches!(world.run(&world.told("OMO1", &payment, Captured)).unwrap(), Applied::Credited(_)));
    let of = |world: &World| (world.system(SystemAccount::PhonepeSettlement), world.system(SystemAccount::RazorpaySettlement));
    assert_eq!((world.money("asha"), of(&world)), ((50_000, 0), (-50_000, 0)));
    let refund = world.run(&ask_refund(&world, &payment, "r", Some(20_000))).unwrap().value;
    assert_eq!(refund.gateway, Gateway::Phonepe);
    world.run(&say(&refund, RefundState::Processed)).unwrap();
    assert_eq!((world.money("asha"), of(&world)), ((30_000, 0), (-30_000, 0)));
}

#[test]
fn what_another_gateway_tells_of_an_order_is_nobodys() {
    let mut world = World::with(&[("asha", 0)]);
    let payment = world.order("asha", 50_000);
    let mut told = world.told("OMO1", &payment, Captured);
    told.told.gateway = Gateway::Phonepe;
    assert!(matches!(world.run(&told).unwrap(), Applied::Parked(_)));
    assert_eq!(world.run(&told).unwrap(), Applied::AlreadyKnown);
    assert_eq!((world.money("asha").0, world.system(SystemAccount::PhonepeSettlement)), (0, -50_000));
    // The same id at the other gateway is another payment.
    let told = world.told("OMO1", &payment, Captured);
    assert!(matches!(world.run(&told).unwrap(), Applied::Credited(_)));
}

#[test]
fn where_an_order_is_paid_is_kept_though_a_webhook_names_the_order_first() {
    let mut world = World::with(&[("asha", 0)]);
    let payment = world.order_at(Gateway::Phonepe, "asha", 50_000);
    let page = Page { url: "https://pay.example/1".to_owned(), expires_at: Timestamp::UNIX_EPOCH };
    let attach = AttachOrder { payment: payment.id, order_id: "order_1".to_owned(), page: Some(page.clone()) };
    assert_eq!(world.run(&attach).unwrap().page, Some(page.clone()));
    let other = AttachOrder { order_id: "order_2".to_owned(), page: None, ..attach };
    assert_eq!(world.run(&other).unwrap().page, Some(page));
}
