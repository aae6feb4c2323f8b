//! What a bank's words say of a movement: by which rail, under which reference, with whom.

use bank_feed::Mode;

/// Texts from strangers are cut: no bank writes as much.
const CHARS_MAX: usize = 500;
const NAME_CHARS_MAX: usize = 60;

/// On one line, without signs that do not show.
pub fn cleaned(text: &str) -> String {
    let mut clean = String::with_capacity(text.len().min(CHARS_MAX));
    for sign in text.chars() {
        if clean.len() >= CHARS_MAX {
            break;
        }
        if sign.is_whitespace() || sign.is_control() {
            if !clean.ends_with(' ') && !clean.is_empty() {
                clean.push(' ');
            }
        } else if !matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}') {
            clean.push(sign);
        }
    }
    clean.truncate(clean.trim_end().len());
    clean
}

/// The rail that the first of its words names.
pub fn mode(narration: &str) -> Option<Mode> {
    words(narration).find_map(|word| {
        let word = word.to_ascii_uppercase();
        Some(match word.as_str() {
            "UPI" | "UPIIN" | "UPIOUT" | "UPIAR" | "BHIM" => Mode::Upi,
            "NEFT" | "IMPS" | "RTGS" | "MMT" | "NFT" | "INFT" | "ACH" | "NACH" | "TPT" | "IFT" | "FT" | "MB" | "IB" | "INB" | "TRF"
            | "TRANSFER" | "ECS" | "CHQ" | "CHEQUE" | "CLG" => Mode::Transfer,
            "ATM" | "ATW" | "NWD" | "EAW" | "AWB" | "ATL" => Mode::Atm,
            "POS" | "VPS" | "PUR" | "PCD" | "ECOM" | "CARD" | "VISA" | "RUPAY" => Mode::Card,
            "CASH" | "CDM" | "CAM" | "AEPS" => Mode::Cash,
            "INT" | "INTEREST" | "CHRG" | "CHARGES" | "CHG" | "FEE" | "GST" | "SMS" => Mode::Other,
            _ => return None,
        })
    })
}

/// A reference as its rail writes it; `None` for zeros and dashes that fill an empty cell. Some banks
/// fill twelve digits up to sixteen with zeros.
pub fn reference(cell: &str) -> Option<String> {
    let text = cell.trim().trim_matches(['-', '*', '\'', '/', ' ']);
    let bare = text.trim_start_matches('0');
    if bare.is_empty() || text.len() > 64 || matches!(bare, "NA" | "N/A" | "NIL" | "na" | "null") || text.chars().any(char::is_control) {
        return None;
    }
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    match text.len().checked_sub(12).and_then(|fill| text.split_at_checked(fill)) {
        Some((fill, number)) if is_number && fill.bytes().all(|byte| byte == b'0') => Some(number.to_owned()),
        _ => Some(text.to_owned()),
    }
}

/// The reference that stands in the narration: twelve digits (UPI, IMPS), or a UTR of sixteen or
/// twenty-two signs that begins with letters (NEFT, RTGS).
pub fn reference_within(narration: &str) -> Option<String> {
    let is_rrn = |word: &str| word.len() == 12 && word.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(rrn) = words(narration).find(|word| is_rrn(word)) {
        return Some(rrn.to_owned());
    }
    let is_utr = |word: &str| {
        matches!(word.len(), 16 | 22)
            && word.starts_with(|sign: char| sign.is_ascii_uppercase())
            && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
            && word.bytes().filter(u8::is_ascii_digit).count() >= 9
    };
    words(narration).find(|word| is_utr(word)).map(str::to_owned)
}

/// The name in a narration that is built of parts: `UPI/CR/457233689286/SWIGGY/HDFC/…`,
/// `UPI-SWIGGY-SWIGGY@YBL-…`, `NEFT CR-HDFC0000240-BUNDL TECHNOLOGIES-…`. Of other forms none is read.
pub fn counterparty(narration: &str) -> Option<String> {
    let mark = ['/', '-', '*', ':'].into_iter().max_by_key(|mark| (narration.matches(*mark).count(), *mark == '/'))?;
    let parts: Vec<&str> = narration.split(mark).map(str::trim).take(12).collect();
    let (first, rest) = parts.split_first()?;
    if rest.is_empty() || mode(first).is_none_or(|mode| !matches!(mode, Mode::Upi | Mode::Transfer)) {
        return None;
    }
    let name = rest.iter().find(|part| is_name(part))?;
    Some(name.chars().take(NAME_CHARS_MAX).collect())
}

fn is_name(part: &str) -> bool {
    let letters = part.chars().filter(|sign| sign.is_alphabetic()).count();
    let digits = part.bytes().filter(u8::is_ascii_digit).count();
    let is_term = part.split(' ').all(|word| {
        matches!(
            word.to_ascii_uppercase().as_str(),
            "" | "CR"
                | "DR"
                | "P2A"
                | "P2M"
                | "P2P"
                | "P2V"
                | "UPI"
                | "IMPS"
                | "NEFT"
                | "RTGS"
                | "REV"
                | "RRN"
                | "UTR"
                | "INET"
                | "MOB"
                | "TRF"
                | "TO"
                | "BY"
        )
    });
    letters >= 3 && digits * 2 <= letters && !is_term && !part.contains('@')
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rails_references_and_names_are_read_from_narrations() {
        for (text, rail, reference, name) in [
            ("UPI/CR/457233689286/SWIGGY/HDFC/swiggy@hdfc", Some(Mode::Upi), Some("457233689286"), Some("SWIGGY")),
            ("UPI-ASHA PATIL-ASHA@YBL-HDFC0000123-432198765432-RENT", Some(Mode::Upi), Some("432198765432"), Some("ASHA PATIL")),
            (
                "NEFT CR-UTIB0000100-BUNDL TECHNOLOGIES-N325264100123456",
                Some(Mode::Transfer),
                Some("N325264100123456"),
                Some("BUNDL TECHNOLOGIES"),
            ),
            (
                "NEFT*HDFC0000240*HDFCN52026111912345678*ZOMATO LTD",
                Some(Mode::Transfer),
                Some("HDFCN52026111912345678"),
                Some("ZOMATO LTD"),
            ),
            ("IMPS-632514789632-RAVI KUMAR-SBIN-XX1234", Some(Mode::Transfer), Some("632514789632"), Some("RAVI KUMAR")),
            ("ATW-512967XXXXXX1234-S1ANBG12-BENGALURU", Some(Mode::Atm), None, None),
            ("INTEREST PAID TILL 30-SEP-2026", Some(Mode::Other), None, None),
            ("CHAI", None, None, None),
        ] {
            assert_eq!(mode(text), rail, "{text}");
            assert_eq!(reference_within(text).as_deref(), reference, "{text}");
            assert_eq!(counterparty(text).as_deref(), name, "{text}");
        }
    }

    #[test]
    fn a_cell_filled_with_zeros_is_no_reference() {
        for empty in ["", "-", "0", "000000000000000", " NA ", "--"] {
            assert_eq!(reference(empty), None, "{empty}");
        }
        assert_eq!(reference("0000432198765432").as_deref(), Some("432198765432"));
        assert_eq!(reference("000123").as_deref(), Some("000123"));
        assert_eq!(reference("CHQ/001234").as_deref(), Some("CHQ/001234"));
    }

    #[test]
    fn words_from_strangers_are_made_harmless_and_not_changed() {
        assert_eq!(cleaned("=HYPERLINK(\"http://x\")\r\n  UPI\u{202e}"), "=HYPERLINK(\"http://x\") UPI");
        assert!(cleaned(&"x".repeat(100_000)).len() <= CHARS_MAX);
    }
}
