//! Putting a link together.

use super::read::{NAME_CHARS_MAX, NOTE_CHARS_MAX, PAISE_MAX, REFERENCE_CHARS_MAX, is_deceptive, is_merchant};
use super::{BadLink, Link, Vpa};

/// What a merchant asks for.
#[derive(Clone)]
pub struct Ask<'a> {
    pub payee: Vpa,
    /// What the payee is called, at most 99 characters.
    pub name: &'a str,
    pub amount_paise: i64,
    /// 1 to 35 letters and digits: others are refused since February 2025.
    pub reference: &'a str,
    /// What does not fit into 50 characters is left out.
    pub note: Option<&'a str>,
    /// Four digits, from whoever runs the payee's id.
    pub merchant_code: Option<&'a str>,
}

pub(super) fn link(ask: Ask<'_>) -> Result<Link, BadLink> {
    let name = ask.name.trim();
    let name_fits = (1..=NAME_CHARS_MAX).contains(&name.chars().count()) && !name.chars().any(is_deceptive);
    let is_reference = ask.reference.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let reference_fits = (1..=REFERENCE_CHARS_MAX).contains(&ask.reference.len()) && is_reference;
    if !name_fits || !reference_fits || !ask.merchant_code.is_none_or(is_merchant) {
        return Err(BadLink::Detail);
    }
    if !(1..=PAISE_MAX).contains(&ask.amount_paise) {
        return Err(BadLink::Amount);
    }
    let note: Option<String> = ask.note.map(|note| note.chars().filter(|c| !is_deceptive(*c)).take(NOTE_CHARS_MAX).collect());
    Ok(Link {
        payee: ask.payee,
        name: Some(name.to_owned()),
        amount_paise: Some(ask.amount_paise),
        note: note.map(|note| note.trim().to_owned()).filter(|note| !note.is_empty()),
        reference: Some(ask.reference.to_owned()),
        merchant_code: ask.merchant_code.map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask() -> Ask<'static> {
        Ask {
            payee: Vpa::parse("Acme@okaxis").unwrap(),
            name: "Acme Pay",
            amount_paise: 24_950,
            reference: "ORD20261121A1",
            note: Some("Wallet top-up"),
            merchant_code: None,
        }
    }

    #[test]
    fn the_sheets_example_is_put_together() {
        let link = Link::asking(ask()).unwrap();
        assert_eq!(link.to_string(), "upi://pay?pa=acme@okaxis&pn=Acme%20Pay&tr=ORD20261121A1&am=249.50&cu=INR&tn=Wallet%20top-up");
        assert_eq!(Link::parse(&link.to_string()), Ok(link));
    }

    #[test]
    fn a_link_opens_an_app_by_its_own_beginning() {
        let link = Link::asking(Ask { note: None, merchant_code: Some("5411"), ..ask() }).unwrap();
        let rest = "?pa=acme@okaxis&pn=Acme%20Pay&mc=5411&tr=ORD20261121A1&am=249.50&cu=INR";
        for beginning in ["upi://pay", "gpay://upi/pay", "phonepe://pay", "paytmmp://pay"] {
            assert_eq!(link.beginning_with(beginning), format!("{beginning}{rest}"));
        }
    }

    #[test]
    fn amounts_are_rupees_to_the_paisa() {
        for (paise, rupees) in [(1, "0.01"), (99, "0.99"), (100, "1.00"), (10_000_000, "100000.00"), (PAISE_MAX, "9999999999.99")] {
            let text = Link::asking(Ask { amount_paise: paise, ..ask() }).unwrap().to_string();
            assert!(text.contains(&format!("&am={rupees}&")), "{text}");
        }
        for amount_paise in [0, -1, i64::MIN, i64::MAX, PAISE_MAX + 1] {
            assert_eq!(Link::asking(Ask { amount_paise, ..ask() }), Err(BadLink::Amount), "{amount_paise}");
        }
    }

    #[test]
    fn what_has_no_place_in_a_link_is_refused_or_left_out() {
        let (long, name) = ("A".repeat(36), "é".repeat(100));
        for broken in [
            Ask { reference: "", ..ask() },
            Ask { reference: "pay_1", ..ask() },
            Ask { reference: &long, ..ask() },
            Ask { name: " ", ..ask() },
            Ask { name: &name, ..ask() },
            Ask { name: "Acme\u{202e}", ..ask() },
            Ask { merchant_code: Some("54"), ..ask() },
            Ask { merchant_code: Some("54é"), ..ask() },
        ] {
            assert_eq!(Link::asking(broken), Err(BadLink::Detail));
        }
        let note = "य".repeat(60);
        let link = Link::asking(Ask { note: Some(&note), ..ask() }).unwrap();
        assert_eq!(link.note.as_deref(), Some("य".repeat(50).as_str()));
        for note in ["a\u{200b}\nb", " ab\u{202e} "] {
            assert_eq!(Link::asking(Ask { note: Some(note), ..ask() }).unwrap().note.as_deref(), Some("ab"));
        }
        let plus = Link::asking(Ask { note: Some("1 + 1 & 50% @ home"), ..ask() }).unwrap().to_string();
        assert!(plus.ends_with("&tn=1%20%2B%201%20%26%2050%25%20%40%20home"), "{plus}");
    }
}
