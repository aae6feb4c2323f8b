use super::*;

#[track_caller]
fn link(text: &str) -> Link {
    Link::parse(text).unwrap()
}

#[track_caller]
fn refused(text: &str, why: BadLink) {
    assert_eq!(Link::parse(text), Err(why), "{text}");
}

#[test]
fn the_sheets_example_is_read_and_written_alike() {
    let text = "upi://pay?pa=acme@okaxis&pn=Acme%20Pay&tr=ORD20261121A1&am=249.50&cu=INR&tn=Wallet%20top-up";
    let link = link(text);
    assert_eq!((link.payee.as_str(), link.name.as_deref()), ("acme@okaxis", Some("Acme Pay")));
    assert_eq!((link.amount_paise, link.note.as_deref()), (Some(24_950), Some("Wallet top-up")));
    assert_eq!((link.reference.as_deref(), link.merchant_code.as_deref()), (Some("ORD20261121A1"), None));
    assert_eq!(link.to_string(), text);
}

#[test]
fn what_is_written_is_read_again() {
    for text in [
        "upi://pay?pa=ravi@ybl",
        "upi://pay?pa=q1234.5-6_7@ptys&mc=5411&mode=02&purpose=00&orgid=000000&sign=MEQCIA%3D%3D",
        "UPI://PAY?PA=RAVI%40YBL&PN=%E0%A4%B0%E0%A4%B5%E0%A4%BF+%26+Sons&am=1&tn=",
        "upi://pay?pa=ravi@ybl&am=9999999999.99&cu=INR&tn=50%25 off",
        " upi://pay?&pa=ravi@ybl&&am=&cu=&mc=&\n",
    ] {
        let read = link(text);
        assert_eq!(link(&read.to_string()), read, "{text}");
    }
    let shouted = link("UPI://PAY?PA=RAVI%40YBL&PN=%E0%A4%B0%E0%A4%B5%E0%A4%BF+%26+Sons&am=1&tn=");
    assert_eq!((shouted.payee.as_str(), shouted.name.as_deref()), ("ravi@ybl", Some("रवि+&+Sons")));
    assert_eq!((shouted.amount_paise, shouted.note), (Some(100), None));
}

#[test]
fn amounts_are_rupees_with_two_decimals_at_most() {
    let amount = |text: &str| Link::parse(&format!("upi://pay?pa=ravi@ybl&am={text}")).map(|link| link.amount_paise);
    for (text, paise) in [("1", 100), ("0.01", 1), ("249.5", 24_950), ("007.00", 700), ("9999999999.99", 999_999_999_999)] {
        assert_eq!(amount(text), Ok(Some(paise)), "{text}");
    }
    assert_eq!(amount(""), Ok(None));
    for text in ["0", "0.00", ".5", "5.", "1.234", "-1", "+1", "1e3", "1,000", "10000000000", "1 0", "१", "0x1", "NaN", "1.-5"] {
        assert_eq!(amount(text), Err(BadLink::Amount), "{text}");
    }
}

#[test]
fn only_upi_ids_are_paid() {
    for text in ["ab@ybl", "RAVI.K-1_2@okhdfcbank", "9876543210@upi"] {
        assert!(Vpa::parse(text).is_some(), "{text}");
    }
    let long = format!("{}@ybl", "a".repeat(257));
    let handle = format!("ravi@{}", "a".repeat(65));
    for text in
        ["", "@", "a@ybl", "ravi", "ravi@", "ravi@y", "ravi@1bl", "ravi@mail.com", "a b@ybl", "ravi@ybl@ybl", "रवि@ybl", &long, &handle]
    {
        assert_eq!(Vpa::parse(text), None, "{text}");
    }
    refused("upi://pay?pa=ravi", BadLink::Payee);
    refused("upi://pay?pa=ravi@ybl%00", BadLink::Illegible);
    refused("upi://pay?pn=Ravi", BadLink::NoPayee);
    refused("upi://pay?pa=", BadLink::NoPayee);
}

#[test]
fn what_is_no_link_to_pay_is_refused() {
    for text in [
        "",
        "?",
        "pay?pa=ravi@ybl",
        "upi:pay?pa=ravi@ybl",
        "upi://pay",
        "upi://mandate?pa=ravi@ybl",
        "upi://pay/?pa=ravi@ybl",
        "upi://pay.example?pa=ravi@ybl",
        "https://pay?pa=ravi@ybl",
        "phonepe://pay?pa=ravi@ybl",
        "see upi://pay?pa=ravi@ybl",
    ] {
        refused(text, BadLink::NotToPay);
    }
    refused("upi://pay?pa=ravi@ybl&cu=USD", BadLink::Currency);
    refused("upi://pay?pa=ravi@ybl&cu=inr", BadLink::Currency);
    refused(&format!("upi://pay?pa=ravi@ybl&url={}", "x".repeat(2048)), BadLink::TooLong);
}

#[test]
fn nothing_is_said_twice() {
    refused("upi://pay?pa=ravi@ybl&pa=evil@ybl", BadLink::Twice);
    refused("upi://pay?pa=ravi@ybl&PA=evil@ybl", BadLink::Twice);
    refused("upi://pay?pa=ravi@ybl&p%61=evil@ybl", BadLink::Twice);
    refused("upi://pay?pa=ravi@ybl&am=1&am=", BadLink::Twice);
    refused("upi://pay?pa=ravi@ybl&x=1&x=1", BadLink::Twice);
}

#[test]
fn what_two_readers_might_read_in_two_ways_is_refused() {
    for text in [
        "upi://pay?pa=ravi@ybl&tn=a#&am=1",
        "upi://pay?pa=ravi@ybl&tn",
        "upi://pay?pa=ravi@ybl&tn=100%",
        "upi://pay?pa=ravi@ybl&tn=%4",
        "upi://pay?pa=ravi@ybl&tn=%zz",
        "upi://pay?pa=ravi@ybl&tn=%é1",
        "upi://pay?pa=ravi@ybl&pn=%FF",
        "upi://pay?pa=ravi@ybl&pn=a%0Ab",
        "upi://pay?pa=ravi@ybl&pn=%E2%80%AEivaR",
        "upi://pay?pa=ravi@ybl&pn=a\u{200b}b",
    ] {
        refused(text, BadLink::Illegible);
    }
    assert!(link("upi://pay?pa=ravi@ybl&pn=क्\u{200d}ष").name.is_some(), "a joiner is part of a script");
}

#[test]
fn details_are_short_and_of_their_form() {
    let with = |name: &str, value: &str| Link::parse(&format!("upi://pay?pa=ravi@ybl&{name}={value}"));
    let long = |count| "é".repeat(count);
    assert!(with("pn", &long(99)).is_ok() && with("tn", &long(50)).is_ok() && with("tr", &"x".repeat(35)).is_ok());
    for (name, value) in [
        ("pn", long(100)),
        ("tn", long(51)),
        ("tr", "x".repeat(36)),
        ("tr", "a%20b".into()),
        ("tr", "é".into()),
        ("mc", "541".into()),
        ("mc", "54111".into()),
        ("mc", "54a1".into()),
    ] {
        assert_eq!(with(name, &value), Err(BadLink::Detail), "{name}={value}");
    }
}

#[test]
fn noise_never_breaks_the_reader() {
    let mut random = fastrand::Rng::with_seed(7);
    let pieces =
        ["upi://pay?", "pa=", "ravi@ybl", "&", "=", "%", "%2", "%F0%9F", "am=", "1.", "é", "\u{202e}", "#", "\0", "cu=INR", "tn=", "?"];
    for _ in 0..20_000 {
        let text: String = (0..random.usize(1..12)).map(|_| pieces[random.usize(..pieces.len())]).collect();
        if let Ok(read) = Link::parse(&text) {
            assert_eq!(link(&read.to_string()), read, "{text}");
        }
    }
}

#[test]
fn a_link_does_not_print_whom_it_is_for() {
    let printed = format!("{:?} {:?}", link("upi://pay?pa=ravi@ybl&pn=Ravi&tn=Rent"), Vpa::parse("ravi@ybl"));
    assert!(!printed.contains("ravi") && !printed.contains("Ravi") && !printed.contains("Rent"), "{printed}");
}
