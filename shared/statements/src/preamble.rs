//! What stands above and below the rows: whose bank, which account, which days.

use bank_feed::{Account, AccountKind};
use jiff::civil::Date;

use crate::amount::{amount, is_blank};
use crate::date::{First, date_time};
use crate::grid::Row;

#[derive(Default)]
pub struct Preamble {
    pub bank: Option<&'static str>,
    pub masked_number: Option<String>,
    pub kind: Option<AccountKind>,
    pub period: Option<(Date, Date)>,
    pub opening: Option<i64>,
    pub closing: Option<i64>,
    /// A currency other than rupees is named.
    pub is_foreign: bool,
}

/// By words of the name, and by the first four letters of an IFSC.
const BANKS: [(&str, &str, &str); 24] = [
    ("HDFC Bank", "hdfc", "HDFC"),
    ("ICICI Bank", "icici", "ICIC"),
    ("State Bank of India", "state bank of india", "SBIN"),
    ("Axis Bank", "axis bank", "UTIB"),
    ("Kotak Mahindra Bank", "kotak", "KKBK"),
    ("Punjab National Bank", "punjab national", "PUNB"),
    ("Canara Bank", "canara", "CNRB"),
    ("Paytm Payments Bank", "paytm", "PYTM"),
    ("IDFC FIRST Bank", "idfc", "IDFB"),
    ("Bank of Baroda", "bank of baroda", "BARB"),
    ("Union Bank of India", "union bank", "UBIN"),
    ("Bank of India", "bank of india", "BKID"),
    ("Indian Bank", "indian bank", "IDIB"),
    ("Central Bank of India", "central bank of india", "CBIN"),
    ("IndusInd Bank", "indusind", "INDB"),
    ("YES BANK", "yes bank", "YESB"),
    ("Federal Bank", "federal bank", "FDRL"),
    ("AU Small Finance Bank", "au small finance", "AUBL"),
    ("Bandhan Bank", "bandhan", "BDBL"),
    ("RBL Bank", "rbl bank", "RATN"),
    ("Airtel Payments Bank", "airtel payments", "AIRP"),
    ("India Post Payments Bank", "india post payments", "IPOS"),
    ("Fino Payments Bank", "fino payments", "FINO"),
    ("Indian Overseas Bank", "indian overseas", "IOBA"),
];

impl Preamble {
    pub fn read(rows: &[Row], first: First) -> Self {
        let mut preamble = Self::default();
        for row in rows {
            preamble.take(row, first);
        }
        preamble
    }

    pub fn take(&mut self, row: &Row, first: First) {
        let text = row.text();
        let lower = text.to_lowercase();
        if self.bank.is_none() {
            self.bank = bank(&text, &lower);
        }
        if self.masked_number.is_none() {
            self.masked_number = account_number(&text, &lower);
        }
        if self.kind.is_none() {
            self.kind = kind(&lower);
        }
        if self.period.is_none() && ["from", "period", "between", " to "].iter().any(|word| lower.contains(word)) {
            self.period = period(&text, first);
        }
        if let Some(at) = lower.find("currency") {
            let told = text.get(at + 8..).unwrap_or_default().trim_start_matches([' ', ':', '-', '\t']);
            let code: String = told.chars().take_while(char::is_ascii_alphabetic).collect();
            self.is_foreign |= code.len() == 3 && code.chars().all(char::is_uppercase) && code != "INR";
        }
        if self.opening.is_none() && is_opening(&lower) {
            self.opening = last_balance(row);
        }
    }
}

pub fn is_opening(lower: &str) -> bool {
    let lower = lower.trim_start_matches(['*', ' ', '-']);
    ["opening balance", "opening bal", "balance b/f", "balance brought forward", "brought forward", "b/f", "bal b/f"]
        .iter()
        .any(|word| lower.starts_with(word))
}

pub fn is_closing(lower: &str) -> bool {
    let lower = lower.trim_start_matches(['*', ' ', '-']);
    ["closing balance", "closing bal", "balance c/f", "balance carried forward", "carried forward", "c/f", "bal c/f"]
        .iter()
        .any(|word| lower.starts_with(word))
}

/// The last amount of the row.
pub fn last_balance(row: &Row) -> Option<i64> {
    let told = |cell: &String| cell.rsplit([':', '|']).next().filter(|cell| !is_blank(cell)).and_then(amount);
    row.cells.iter().rev().find_map(told).map(|amount| amount.as_balance(None))
}

fn bank(text: &str, lower: &str) -> Option<&'static str> {
    // A narration of a head's row is none, so the code must be named as one.
    let code = lower.find("ifs").and_then(|at| text.get(at..)).and_then(|rest| {
        rest.split(|sign: char| !sign.is_ascii_alphanumeric())
            .find(|word| word.len() == 11 && word.as_bytes().get(4) == Some(&b'0'))
            .and_then(|code| code.get(..4))
            .map(str::to_ascii_uppercase)
    });
    let by_code = code.and_then(|code| BANKS.iter().find(|(_, _, prefix)| *prefix == code));
    by_code.or_else(|| BANKS.iter().find(|(_, words, _)| lower.contains(words))).map(|(name, _, _)| *name)
}

fn account_number(text: &str, lower: &str) -> Option<String> {
    const LABELS: [&str; 8] = ["account number", "account no", "a/c no", "a/c number", "acct no", "ac no", "account #", "account:"];
    let label = LABELS.iter().find_map(|label| lower.find(label).map(|at| at + label.len()))?;
    // Lower case may be of another length; then the label is looked for no further.
    let rest = text.get(label..)?.trim_start_matches(|sign: char| !sign.is_ascii_alphanumeric() && sign != '*');
    let number: String = rest.chars().take_while(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '*' | '-')).collect();
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    (digits >= 4 && number.len() <= 34 && number.len() >= 6).then(|| Account::mask(&number))
}

fn kind(lower: &str) -> Option<AccountKind> {
    if lower.contains("saving") || lower.contains("sb account") {
        Some(AccountKind::Savings)
    } else if lower.contains("current account") || lower.contains("current a/c") {
        Some(AccountKind::Current)
    } else {
        None
    }
}

/// The two dates of a line: `From : 01/10/2026 To : 31/10/2026`, `(01-Oct-2026 - 31-Oct-2026)`.
fn period(text: &str, first: First) -> Option<(Date, Date)> {
    let words: Vec<&str> = text
        .split(|sign: char| sign.is_whitespace() || matches!(sign, '(' | ')' | ':'))
        .map(|word| word.trim_matches([',', ';']))
        .filter(|word| !word.is_empty())
        .take(60)
        .collect();
    let mut dates = Vec::new();
    let mut at = 0;
    while at < words.len() && dates.len() < 3 {
        let found = [1, 3].into_iter().find_map(|count| {
            let text = words.get(at..at + count)?.join(" ");
            date_time(&text, first).map(|(date, _)| (date, count))
        });
        match found {
            Some((date, count)) => {
                dates.push(date);
                at += count;
            }
            None => at += 1,
        }
    }
    match dates.as_slice() {
        [from, to] if from <= to => Some((*from, *to)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Place;
    use jiff::civil::date;

    fn row(text: &str) -> Row {
        Row { place: Place::line(1), cells: text.split('|').map(str::to_owned).collect() }
    }

    #[test]
    fn the_head_tells_bank_account_and_days() {
        let rows = [
            row("HDFC BANK LTD|Page 1"),
            row("Account Branch : KORAMANGALA"),
            row("Account No :50100123456789|Account Type : SAVINGS A/C - RESIDENT"),
            row("RTGS/NEFT IFSC :HDFC0000123|MICR : 560240001"),
            row("Statement From : 01/10/2026 To : 31/10/2026"),
            row("Opening Balance|12,345.67"),
        ];
        let head = Preamble::read(&rows, First::Day);
        assert_eq!((head.bank, head.masked_number.as_deref()), (Some("HDFC Bank"), Some("XX6789")));
        assert_eq!((head.kind, head.opening), (Some(AccountKind::Savings), Some(1_234_567)));
        assert_eq!(head.period, Some((date(2026, 10, 1), date(2026, 10, 31))));
        assert!(!head.is_foreign);
    }

    #[test]
    fn days_are_read_in_words_too() {
        assert_eq!(period("for the period 1 Oct 2026 to 31 Oct 2026", First::Day), Some((date(2026, 10, 1), date(2026, 10, 31))));
        assert_eq!(period("from 31/10/2026 to 01/10/2026", First::Day), None);
        assert_eq!(period("from here to there", First::Day), None);
    }
}
