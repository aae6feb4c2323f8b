//! Taking a link apart.

use percent_encoding::percent_decode_str;

use super::{BadLink, Link, Vpa};

const LINK_BYTES_MAX: usize = 2048;
pub(super) const NAME_CHARS_MAX: usize = 99;
pub(super) const NOTE_CHARS_MAX: usize = 50;
pub(super) const REFERENCE_CHARS_MAX: usize = 35;

/// A thousand crore less one rupee: far over any limit of UPI's, and far from an overflow.
const RUPEE_DIGITS_MAX: usize = 10;
pub(super) const PAISE_MAX: i64 = 999_999_999_999;

pub(super) fn link(text: &str) -> Result<Link, BadLink> {
    if text.len() > LINK_BYTES_MAX {
        return Err(BadLink::TooLong);
    }
    let (address, query) = text.trim().split_once('?').ok_or(BadLink::NotToPay)?;
    if !address.eq_ignore_ascii_case("upi://pay") {
        return Err(BadLink::NotToPay);
    }
    let parameters = Parameters::read(query)?;
    let payee = parameters.get("pa").ok_or(BadLink::NoPayee)?;
    let payee = Vpa::parse(payee).ok_or(BadLink::Payee)?;
    let amount_paise = parameters.get("am").map(|text| paise(text).ok_or(BadLink::Amount)).transpose()?;
    if parameters.get("cu").is_some_and(|currency| currency != "INR") {
        return Err(BadLink::Currency);
    }
    let is_reference = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
    Ok(Link {
        payee,
        name: parameters.detail("pn", NAME_CHARS_MAX, |_| true)?,
        amount_paise,
        note: parameters.detail("tn", NOTE_CHARS_MAX, |_| true)?,
        reference: parameters.detail("tr", REFERENCE_CHARS_MAX, is_reference)?,
        merchant_code: parameters.detail("mc", 4, is_merchant)?,
    })
}

/// Four digits.
pub(super) fn is_merchant(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Names, in lower case, and decoded values, each name once.
struct Parameters(Vec<(String, String)>);

impl Parameters {
    fn read(query: &str) -> Result<Self, BadLink> {
        if query.contains('#') {
            return Err(BadLink::Illegible);
        }
        let mut found: Vec<(String, String)> = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').ok_or(BadLink::Illegible)?;
            let (name, value) = (decoded(name)?.to_ascii_lowercase(), decoded(value)?);
            if found.iter().any(|(known, _)| *known == name) {
                return Err(BadLink::Twice);
            }
            found.push((name, value));
        }
        Ok(Self(found))
    }

    fn get(&self, name: &str) -> Option<&str> {
        let value = self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim())?;
        (!value.is_empty()).then_some(value)
    }

    fn detail(&self, name: &str, chars_max: usize, is_well_formed: impl Fn(&str) -> bool) -> Result<Option<String>, BadLink> {
        match self.get(name) {
            Some(value) if value.chars().count() > chars_max || !is_well_formed(value) => Err(BadLink::Detail),
            value => Ok(value.map(str::to_owned)),
        }
    }
}

/// A plus is a plus. What the decoder would let stand, a percent sign without its digits, is refused.
fn decoded(text: &str) -> Result<String, BadLink> {
    let is_whole = |rest: &str| rest.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
    if !text.split('%').skip(1).all(is_whole) {
        return Err(BadLink::Illegible);
    }
    let text = percent_decode_str(text).decode_utf8().map_err(|_| BadLink::Illegible)?;
    if text.chars().any(is_deceptive) { Err(BadLink::Illegible) } else { Ok(text.into_owned()) }
}

/// Shows nothing, or turns round what is shown. The joiners stay: names in Indian scripts need them.
pub(super) fn is_deceptive(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns || matches!(c, '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// `249.50`, `249.5` or `249`, and not nothing.
fn paise(text: &str) -> Option<i64> {
    let (rupees, part) = match text.split_once('.') {
        Some((rupees, part)) if (1..=2).contains(&part.len()) => (rupees, part),
        Some(_) => return None,
        None => (text, "0"),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(rupees) || !digits(part) || rupees.len() > RUPEE_DIGITS_MAX {
        return None;
    }
    let part = part.parse::<i64>().ok()? * if part.len() == 1 { 10 } else { 1 };
    let paise = rupees.parse::<i64>().ok()?.checked_mul(100)?.checked_add(part)?;
    (paise > 0).then_some(paise)
}
