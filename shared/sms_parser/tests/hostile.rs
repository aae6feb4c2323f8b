//! Texts from strangers: whatever they hold, reading ends, soon, and with sense.

use std::time::{Duration, Instant};

use sms_parser::{Message, Reading, read};

/// In a build for tests; a message takes microseconds.
const READING_MAX: Duration = Duration::from_millis(250);

const PIECES: &[&str] = &[
    "Rs",
    "Rs.",
    "INR",
    "₹",
    "500",
    "1,23,456.70",
    "99999999999999999999",
    "0",
    "-",
    "/",
    ":",
    ".",
    "..",
    "*",
    "XX",
    "X1234",
    "A/c",
    "a/c",
    "card",
    "ending",
    "debited",
    "credited",
    "will be",
    "not",
    "no",
    "otp",
    "UPI",
    "UPI/",
    "UPI:",
    "Ref",
    "ref no",
    "12-11-26",
    "31/02/2026",
    "99:99",
    "2026-11-19",
    "19NOV26",
    "to",
    "from",
    "at",
    "by",
    "towards",
    "on",
    "for",
    "Info:",
    "NEFT-",
    "IMPS/P2A/",
    "@",
    "a@b",
    "@@",
    "bal",
    "avl",
    "limit",
    "due",
    "mandate",
    "(",
    ")",
    "[S1",
    "]",
    ";",
    ",",
    "\n",
    "\r\n",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "😀",
    "खाते",
    "जमा",
    "रु",
    "१२३",
    "ﷺ",
    "ß",
    "e-",
    "pre-",
    "'",
    "\"",
    "_",
    "#",
    "%",
    "t&c",
    "dr",
    "cr",
    "March 19,",
    "sip ",
    "wallet",
    "FASTag",
    "RAZ*",
    "and",
    "of",
    "your",
];

fn reads_soon(text: &str) {
    let started = Instant::now();
    let reading = read(&Message { sender: Some("VM-HDFCBK-S"), text, received_at: None });
    assert!(started.elapsed() < READING_MAX, "{} bytes took {:?}", text.len(), started.elapsed());
    if let Reading::Transaction(told) = reading {
        assert!(told.amount_minor > 0, "{text:?}");
        assert!(told.account_last4.is_none_or(|tail| (2..=4).contains(&tail.len())), "{text:?}");
        assert!(told.merchant.is_none_or(|name| !name.is_empty() && name.len() < 200), "{text:?}");
    }
}

#[test]
fn random_pieces_of_messages_never_make_it_fail() {
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..random.usize(0..40) {
            text.push_str(PIECES.get(random.usize(0..PIECES.len())).copied().unwrap_or_default());
            if random.bool() {
                text.push(' ');
            }
        }
        reads_soon(&text);
    }
}

#[test]
fn random_signs_never_make_it_fail() {
    let mut random = fastrand::Rng::with_seed(11);
    for _ in 0..5_000 {
        let text: String =
            (0..random.usize(0..300)).map(|_| if random.u8(..) < 200 { char::from(random.u8(1..128)) } else { random.char(..) }).collect();
        reads_soon(&text);
    }
}

#[test]
fn a_message_cut_anywhere_is_read_or_refused() {
    let text = "Rs.250.00 debited from A/c XX1234 on 19-11-26 to VPA chai.adda@okaxis. UPI Ref 632412345678. Avl Bal Rs.1,042.50 खाते";
    for end in 0..=text.len() {
        if let Some(part) = text.get(..end) {
            reads_soon(part);
        }
    }
}

#[test]
fn a_hundred_kilobytes_take_no_longer_than_a_long_message() {
    for piece in ["Rs.5 debited ", "x", "*", "@", "UPI/", "1", "1,", "a.", "- ", "A/c ", "to ", "\n", "खा", "otp 1234 ", "Avl Bal Rs 5 "]
    {
        reads_soon(&piece.repeat(100 * 1_024 / piece.len()));
    }
}
