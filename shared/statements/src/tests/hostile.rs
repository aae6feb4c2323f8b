//! Files that were made to do harm, and damaged ones.

use std::time::{Duration, Instant};

use super::banks::{HDFC, TODAY};
use crate::{AMOUNT_PAISE_MAX, BYTES_MAX, COLUMNS_MAX, Place, ROWS_MAX, Refusal, Statement, Upload, read, read_earnings};
use bank_feed::{Direction, Entry};

fn upload() -> Upload<'static> {
    Upload::of("upload-1", TODAY)
}

/// What holds of every statement that is taken, whatever its file was.
#[track_caller]
fn keeps_its_promises(statement: &Statement) {
    assert!(!statement.entries.is_empty() && statement.period.from <= statement.period.to);
    let signed = |entry: &Entry| if entry.direction == Direction::Credit { entry.amount_minor } else { -entry.amount_minor };
    let mut before: Option<i64> = None;
    for entry in &statement.entries {
        assert!((0..=AMOUNT_PAISE_MAX).contains(&entry.amount_minor));
        assert!(entry.narration.chars().count() <= 500 && !entry.narration.chars().any(char::is_control));
        let expected = before.map(|before| before + signed(entry));
        if let (Some(expected), Some(after)) = (expected, entry.balance_after_minor) {
            assert_eq!(expected, after);
        }
        before = entry.balance_after_minor.or(expected);
    }
}

#[track_caller]
fn tried(bytes: &[u8]) -> Result<Statement, Refusal> {
    let started = Instant::now();
    let read = read(bytes, &upload());
    if let Ok(statement) = &read {
        keeps_its_promises(statement);
    }
    drop(read_earnings(bytes, TODAY));
    // Far more than any takes; a file that takes minutes is found by it.
    assert!(started.elapsed() < Duration::from_secs(60));
    read
}

#[test]
fn a_million_columns() {
    let wide = format!("Date,Narration,Debit,Credit,Balance\n1/11/2026,a,1,,{}\n", "x,".repeat(1_000_000));
    assert_eq!(tried(wide.as_bytes()), Err(Refusal::TooWide { place: Place { page: None, line: 2 }, columns_max: COLUMNS_MAX }));
    let empty = format!("Date,Narration,Debit,Credit,Balance\n1/11/2026,a,1,,9{}\n", ",".repeat(1_000_000));
    assert_eq!(tried(empty.as_bytes()).map(|statement| statement.entries.len()), Ok(1));
    assert!(tried("Date,".repeat(1_000_000).as_bytes()).is_err());
}

#[test]
fn a_million_rows_and_bytes_without_end() {
    let long = format!("Date,Narration,Debit,Credit\n{}", "1/11/2026,a,1,\n".repeat(ROWS_MAX + 1));
    assert_eq!(tried(long.as_bytes()), Err(Refusal::TooManyRows { rows_max: ROWS_MAX }));
    assert_eq!(tried(&vec![b','; BYTES_MAX + 1]), Err(Refusal::TooLarge { bytes_max: BYTES_MAX }));
    for byte in [b',', b'"', b'\n', b'<', b'&', b'%', b'('] {
        assert!(tried(&vec![byte; 2_000_000]).is_err());
    }
}

#[test]
fn quotation_marks_that_are_not_closed() {
    let row = "1/11/2026,a,1,,9\n";
    let open = format!("Date,Narration,Debit,Credit,Balance\n1/11/2026,\"a,1,,9\n{}", row.repeat(30));
    assert_eq!(tried(open.as_bytes()), Err(Refusal::OpenQuote { place: Place { page: None, line: 2 } }));
    let within = "Date,Narration,Debit,Credit,Balance\n1/11/2026,5\" pipe \"\"x,1,,9\n";
    assert_eq!(tried(within.as_bytes()).map(|statement| statement.entries.len()), Ok(1));
}

#[test]
fn formulas_are_text() {
    for formula in ["=HYPERLINK(\"\"http://x\"\";\"\"y\"\")", "+cmd|' /C calc'!A0", "@SUM(1+1)", "-2+3"] {
        let file = format!("Date,Narration,Debit,Credit,Balance\n1/11/2026,\"{formula}\",1,,9\n");
        let statement = tried(file.as_bytes()).unwrap();
        assert_eq!(statement.entries.first().map(|entry| entry.narration.clone()), Some(formula.replace("\"\"", "\"")));
        let amount = format!("Date,Narration,Debit,Credit,Balance\n1/11/2026,a,\"{formula}\",,9\n");
        assert!(matches!(tried(amount.as_bytes()), Err(Refusal::BadAmount { .. })));
    }
}

#[test]
fn sums_that_are_too_large() {
    let most = "10000000000000.00";
    let file = format!("Date,Narration,Debit,Credit,Balance\n{}", format!("1/11/2026,a,,{most},{most}\n").repeat(40_000));
    assert!(tried(file.as_bytes()).is_err());
    let bare = format!("Date,Narration,Debit,Credit\n{}", format!("1/11/2026,a,,{most}\n").repeat(40_000));
    assert_eq!(tried(bare.as_bytes()).map(|statement| statement.entries.len()), Ok(40_000));
    assert!(tried(b"Date,Narration,Debit,Credit\n1/11/2026,a,,10000000000000.01\n").is_err());
}

/// Every prefix of a good file is refused, or holds what its rows say.
#[test]
fn files_that_break_off() {
    for end in 0..HDFC.len() {
        drop(tried(HDFC.as_bytes().get(..end).unwrap_or_default()));
    }
}

#[test]
fn damaged_and_random_files() {
    let mut random = fastrand::Rng::with_seed(20_261_121);
    let signs = b",;\t|\"\n\r<>&=/-.0123456789 DCrate\xE2\x82\xB9\x00\xFF";
    for round in 0..4_000 {
        let mut bytes = match round % 3 {
            0 => HDFC.as_bytes().to_vec(),
            1 => crate::ofx::tests::SGML.as_bytes().to_vec(),
            _ => (0..random.usize(..400)).map(|_| signs[random.usize(..signs.len())]).collect(),
        };
        for _ in 0..random.usize(1..6) {
            let at = random.usize(..=bytes.len());
            match random.u8(..4) {
                0 => bytes.truncate(at),
                1 => bytes.insert(at, signs[random.usize(..signs.len())]),
                2 => drop(bytes.drain(at..(at + random.usize(..9)).min(bytes.len()))),
                _ => {
                    let copy: Vec<u8> = bytes.iter().skip(at).take(random.usize(..80)).copied().collect();
                    bytes.splice(at..at, copy);
                }
            }
        }
        drop(tried(&bytes));
    }
}
