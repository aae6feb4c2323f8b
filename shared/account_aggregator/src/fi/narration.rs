//! What banks' narrations say by their form: the rail, the other side, and the rail's number.
//!
//! Forms that were seen: `UPI/CR/457233689286/NAME/BANK/…`, `UPI-NAME-vpa@handle-IFSC-refno-note`,
//! `NEFT Cr-IFSC-NAME-…`, `ATW-<masked card>-<terminal>-<city>`. Who pays writes parts of it: what is found
//! here is shown and compared, and nothing is decided by it alone.

use bank_feed::Mode;

const COUNTERPARTY_CHARACTERS_MAX: usize = 100;

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Read {
    pub mode: Option<Mode>,
    pub counterparty: Option<String>,
    pub reference: Option<String>,
}

pub fn read(narration: &str) -> Read {
    let text = narration.trim();
    let head: String = text.chars().take_while(char::is_ascii_alphabetic).map(|sign| sign.to_ascii_uppercase()).collect();
    let rest = text.get(head.len()..).unwrap_or_default();
    // A word that only begins so is another word.
    if !rest.is_empty() && !rest.starts_with(['/', '-', ' ', ':', '*']) {
        return Read::default();
    }
    match head.as_str() {
        "UPI" => upi(rest),
        "NEFT" | "RTGS" | "IMPS" => transfer(rest),
        "ATW" | "ATM" | "NWD" | "EAW" => Read { mode: Some(Mode::Atm), ..Read::default() },
        "POS" | "ECOM" => Read { mode: Some(Mode::Card), ..Read::default() },
        _ => Read::default(),
    }
}

/// Whichever separator comes first separates: names and notes have the other one within.
fn parts(rest: &str) -> Vec<&str> {
    let rest = rest.trim_start();
    let separator = rest.chars().find(|sign| matches!(sign, '/' | '-' | '*' | ':')).unwrap_or('/');
    rest.split(separator).map(str::trim).filter(|part| !part.is_empty()).collect()
}

fn upi(rest: &str) -> Read {
    let parts = parts(rest);
    let reference = parts.iter().find(|part| is_rrn(part)).map(|part| (*part).to_owned());
    // What follows an address is the bank's code and what the payer wrote.
    let side = parts.iter().find(|part| is_name(part) || is_vpa(part));
    Read { mode: Some(Mode::Upi), counterparty: side.map(|part| cleaned(part)), reference }
}

fn transfer(rest: &str) -> Read {
    let parts = parts(rest);
    let reference = parts.iter().find(|part| is_rrn(part) || is_utr(part)).map(|part| (*part).to_owned());
    let name = parts.iter().find(|part| is_name(part)).map(|part| cleaned(part));
    Read { mode: Some(Mode::Transfer), counterparty: name, reference }
}

/// Twelve digits.
fn is_rrn(part: &str) -> bool {
    part.len() == 12 && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// Sixteen signs for NEFT, 22 for RTGS: a bank's four letters, then digits among letters.
fn is_utr(part: &str) -> bool {
    matches!(part.len(), 16 | 22)
        && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && part.bytes().take(4).all(|byte| byte.is_ascii_alphabetic())
        && part.bytes().filter(u8::is_ascii_digit).count() >= 6
}

fn is_vpa(part: &str) -> bool {
    part.split_once('@').is_some_and(|(name, handle)| !name.is_empty() && !handle.is_empty() && !handle.contains('@'))
}

/// Four letters, a nought, six more.
fn is_ifsc(part: &str) -> bool {
    part.len() == 11
        && part.is_ascii()
        && part.bytes().take(4).all(|byte| byte.is_ascii_alphabetic())
        && part.as_bytes().get(4) == Some(&b'0')
        && part.bytes().skip(5).all(|byte| byte.is_ascii_alphanumeric())
}

fn is_name(part: &str) -> bool {
    const SIDES: [&str; 12] = ["CR", "DR", "CREDIT", "DEBIT", "P2A", "P2M", "P2P", "INW", "OUT", "IN", "MOB", "COLLECT"];
    let letters = part.chars().filter(|sign| sign.is_alphabetic()).count();
    letters >= 2 && !is_vpa(part) && !is_ifsc(part) && !is_utr(part) && !SIDES.iter().any(|side| side.eq_ignore_ascii_case(part))
}

fn cleaned(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").chars().filter(|sign| !sign.is_control()).take(COUNTERPARTY_CHARACTERS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(narration: &str, mode: Mode, counterparty: Option<&str>, reference: Option<&str>) {
        let expected = Read { mode: Some(mode), counterparty: counterparty.map(str::to_owned), reference: reference.map(str::to_owned) };
        assert_eq!(read(narration), expected, "{narration}");
    }

    #[test]
    fn upi_is_read_in_either_form() {
        let (rrn, upi) = (Some("457233689286"), Mode::Upi);
        check("UPI/CR/457233689286/RAVI KUMAR/HDFC/ravi@okhdfc", upi, Some("RAVI KUMAR"), rrn);
        check("UPI/457233689286/DR/Swiggy  Ltd/ICIC/Payment", upi, Some("Swiggy Ltd"), rrn);
        check("UPI/DR/457233689286/ravi@ybl/SBIN", upi, Some("ravi@ybl"), rrn);
        check("UPI-SWIGGY-swiggy@icici-ICIC0DC0099-457233689286-food - lunch", upi, Some("SWIGGY"), rrn);
        check("upi-A-b@ybl-UTIB0000001-457233689286-NA", upi, Some("b@ybl"), rrn);
        check("UPI/P2M/457233689286", upi, None, rrn);
        check("UPI", upi, None, None);
    }

    #[test]
    fn transfers_between_banks_name_the_other_side() {
        check("NEFT Cr-HDFC0000001-SWIGGY LIMITED-Ravi-N123", Mode::Transfer, Some("SWIGGY LIMITED"), None);
        check("NEFT-HDFCN52026112000-ACME-", Mode::Transfer, Some("ACME"), Some("HDFCN52026112000"));
        check("RTGS/SBINR52026112000123456/ACME/x", Mode::Transfer, Some("ACME"), Some("SBINR52026112000123456"));
        check("IMPS-457233689286-RAVI-HDFC-xx1234", Mode::Transfer, Some("RAVI"), Some("457233689286"));
        check("IMPS/P2A/457233689286/ASHA/x", Mode::Transfer, Some("ASHA"), Some("457233689286"));
    }

    #[test]
    fn cash_from_a_machine_has_no_other_side() {
        check("ATW-416021XXXXXX1234-S1ACPN12-PUNE", Mode::Atm, None, None);
        check("POS 416021XXXXXX1234 BIG BAZAAR", Mode::Card, None, None);
    }

    #[test]
    fn other_words_say_nothing() {
        for narration in ["", "UPILIFE PREMIUM", "NEFTCHARGES", "ATMOSPHERE CAFE", "Salary", "₹", "यूपीआई", "ACH D- BAJAJ-123"]
        {
            assert_eq!(read(narration), Read::default(), "{narration}");
        }
    }
}
