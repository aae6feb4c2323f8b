//! Phones, UPI ids, bank accounts, names, e-mail addresses.

use domain::{
    address::{AccountNumber, Address, Ifsc, PayeeName, Vpa},
    identity::Phone,
};
use providers::{email::EmailAddress, messaging::phone::E164};

pub fn check(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(phone) = Phone::parse(&text) {
        assert_eq!(phone.e164(), text, "a phone is taken as it is");
        assert!(text.len() == 13 && text[1..].bytes().all(|byte| byte.is_ascii_digit()));
        let shown = format!("{phone:?}");
        assert!(!shown.contains(&text[3..]) && shown.ends_with(&text[9..]), "a phone prints its last four alone");
    }
    assert_eq!(
        Phone::parse(&text).is_ok(),
        E164::parse(&text).is_ok_and(|number| number.is_indian_mobile()),
        "one idea of a mobile number"
    );
    if let Ok(number) = E164::indian_mobile(&text) {
        assert_eq!(Phone::parse(number.as_str()).map(|phone| phone.e164().to_owned()).as_deref(), Ok(number.as_str()));
        assert_eq!(E164::indian_mobile(number.as_str()).as_ref(), Ok(&number));
        assert!(!format!("{number:?}").contains(&number.as_str()[3..]), "it prints its last four alone");
    }
    if let Ok(address) = EmailAddress::parse(&text) {
        let written = address.expose();
        assert_eq!(EmailAddress::parse(written).as_ref(), Ok(&address));
        assert!(written.eq_ignore_ascii_case(text.trim_ascii()) && written.is_ascii() && written.len() <= 254);
        assert!(written.ends_with(&format!("@{}", address.domain())) && written.matches('@').count() == 1);
        let room = |c: char| c.is_control() || c.is_whitespace() || "<>()[]\\,;:\"%!|`".contains(c);
        assert!(!written.contains(room), "no room for another address, a route or a header");
        let upper = EmailAddress::parse(&text.to_ascii_uppercase()).expect("case does not matter");
        assert_eq!(upper.mailbox_key(), address.mailbox_key(), "two spellings of one mailbox");
        assert!(!format!("{address:?}").contains(address.domain()), "an address does not print");
    }
    if let Ok(vpa) = Vpa::parse(&text) {
        assert_eq!(Vpa::parse(vpa.as_str()).as_ref(), Ok(&vpa));
        assert!(vpa.as_str().eq_ignore_ascii_case(&text) && (3..=100).contains(&text.len()));
        assert_eq!(vpa.as_str().matches('@').count(), 1);
        assert!(vpa.as_str().bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-@".contains(&byte)));
        // Two spellings of one id are one place.
        let upper = Vpa::parse(&text.to_ascii_uppercase()).expect("case does not matter");
        assert_eq!(Address::Vpa(upper).canonical(), Address::Vpa(vpa).canonical());
    }
    if let Ok(ifsc) = Ifsc::parse(&text) {
        assert_eq!(Ifsc::parse(ifsc.as_str()).as_ref(), Ok(&ifsc));
        assert!(ifsc.as_str().eq_ignore_ascii_case(&text) && text.len() == 11 && text.as_bytes()[4] == b'0');
    }
    if let Ok(number) = AccountNumber::parse(&text) {
        assert_eq!(number.as_str(), text, "an account number is taken as it is");
        assert!((5..=35).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        let ifsc = Ifsc::parse("HDFC0000001").expect("an IFSC");
        let masked = number.masked();
        assert!(!masked.contains(text.as_ref()) && !format!("{number:?}").contains(text.as_ref()), "it never prints whole");
        let place = Address::Bank { ifsc, number };
        assert!(place.label().ends_with(&masked) && place.canonical().ends_with(text.as_ref()));
    }
    if let Ok(name) = PayeeName::parse(&text) {
        assert_eq!(PayeeName::parse(name.as_str()).as_ref(), Ok(&name));
        assert_eq!(name.as_str(), text.trim());
        assert!((3..=50).contains(&name.as_str().len()) && name.as_str().is_ascii());
        assert!(!name.as_str().contains(|c: char| c.is_control() || "<>{}@=+&;\"".contains(c)), "no room for markup or formulas");
    }
}
