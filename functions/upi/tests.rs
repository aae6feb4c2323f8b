use super::*;
use domain::{
    Timestamp,
    id::{AccountId, Fingerprint, PaymentId, UserId},
    payment::Gateway,
};

fn payment() -> Payment {
    let owner = UserId::new(Timestamp::UNIX_EPOCH, Fingerprint::of("user", "asha"));
    Payment {
        id: PaymentId::new(Timestamp::UNIX_EPOCH, Fingerprint::of("user", "key")),
        account: AccountId::wallet_of(owner),
        gateway: Gateway::Razorpay,
        amount: 24_950,
        note: Some("Ride to the station".to_owned()),
        status: PaymentStatus::Created,
        order_id: Some("order_1".to_owned()),
        page: None,
        provider_payment_id: None,
        provider_fee: 0,
        failure: None,
        refunded: 0,
        last_seq: 0,
        digest: Default::default(),
        created_at: Timestamp::UNIX_EPOCH,
        captured_at: None,
        updated_at: Timestamp::UNIX_EPOCH,
    }
}

fn settings() -> UpiSettings {
    UpiSettings { vpa: Some("kamai.rzp@icici".to_owned()), ..UpiSettings::default() }
}

#[test]
fn an_order_is_a_link_for_every_app_and_a_code() {
    let payment = payment();
    let ways = ways_to_pay(&payment, &settings()).unwrap();
    let reference = payment.id.to_string().replace('_', "");
    assert!(reference.len() <= 35, "{reference}");
    let rest = format!("?pa=kamai.rzp@icici&pn=Kamai&tr={reference}&am=249.50&cu=INR&tn=Ride%20to%20the%20station");
    assert_eq!(ways.link, format!("upi://pay{rest}"));
    let by_app: Vec<_> = ways.apps.iter().map(|app| (app.app.as_str(), app.ios_link.clone())).collect();
    assert_eq!(by_app[0], ("google_pay", Some(format!("gpay://upi/pay{rest}"))));
    assert_eq!(by_app[1..].iter().map(|(app, _)| *app).collect::<Vec<_>>(), ["phonepe", "paytm", "bhim"]);
    assert_eq!(by_app[3].1, None);
    assert!(ways.qr_svg.starts_with("<svg "));
}

#[test]
fn a_deployment_may_know_other_apps_and_its_code() {
    let app =
        App { app: "cred".to_owned(), name: "CRED".to_owned(), android_package: "com.dreamplug.androidapp".to_owned(), ios_link: None };
    let own =
        UpiSettings { merchant_code: Some("4121".to_owned()), name: Some("Kamai & Co".to_owned()), apps: Some(vec![app]), ..settings() };
    let ways = ways_to_pay(&payment(), &own).unwrap();
    assert!(ways.link.contains("&pn=Kamai%20%26%20Co&mc=4121&"), "{}", ways.link);
    assert_eq!(ways.apps.len(), 1);
}

#[test]
fn without_an_id_of_ours_or_for_a_paid_order_there_is_no_link() {
    let code = |payment: &Payment, settings: &UpiSettings| ways_to_pay(payment, settings).map(|_| ()).unwrap_err().code();
    assert_eq!(code(&payment(), &UpiSettings::default()), UPI_NOT_HERE);
    let paid = Payment { status: PaymentStatus::Captured, ..payment() };
    assert_eq!(code(&paid, &settings()), UNPAYABLE);
}
