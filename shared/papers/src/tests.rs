//! What every paper keeps to, in all languages.

pub(crate) mod reader;

use jiff::civil::date;
use words::Language;

use crate::labels::Labels;
use crate::tests::reader::{Read, read};
use crate::{Line, PaperError, Party, Receipt, Statement, Status};

/// A statement of so many lines that add up.
pub(crate) fn a_statement(language: Language, lines: usize) -> Statement {
    let mut balance = 100_000;
    let lines = (0..lines)
        .map(|at| {
            let amount_paise = if at % 2 == 0 { 50_025 } else { -10_000 };
            balance += amount_paise;
            Line {
                at: date(2026, 11, 1 + i8::try_from(at % 30).unwrap()).at(18, 5, 0, 0),
                what: format!("Order {at} from Sri Ganesh"),
                reference: Some(format!("UTR{at:09}")),
                amount_paise,
                balance_after_paise: balance,
            }
        })
        .collect();
    Statement {
        holder: "Ravi Kumar".to_owned(),
        account: "Kamai ••1234".to_owned(),
        language,
        period_from: date(2026, 11, 1),
        period_to: date(2026, 11, 30),
        issued: None,
        opening_paise: 100_000,
        closing_paise: balance,
        lines,
    }
}

pub(crate) fn a_receipt(language: Language) -> Receipt {
    Receipt {
        language,
        from: Party { name: "Ravi Kumar".to_owned(), address: Some("Kamai ••1234".to_owned()) },
        to: Party { name: "Sri Ganesh Traders".to_owned(), address: Some("ganesh@okaxis".to_owned()) },
        amount_paise: 12_345_650,
        fee_paise: 590,
        reference: Some("415012345678".to_owned()),
        status: Status::Paid,
        at: date(2026, 11, 21).at(18, 5, 0, 0),
        note: None,
        issued: None,
    }
}

#[track_caller]
pub(crate) fn statement(statement: &Statement) -> Read {
    read(&crate::statement(statement).unwrap())
}

#[track_caller]
fn receipt(receipt: &Receipt) -> Read {
    read(&crate::receipt(receipt).unwrap())
}

#[test]
fn the_same_values_give_the_same_bytes() {
    for language in Language::ALL {
        assert_eq!(crate::statement(&a_statement(language, 40)).unwrap(), crate::statement(&a_statement(language, 40)).unwrap());
        assert_eq!(crate::receipt(&a_receipt(language)).unwrap(), crate::receipt(&a_receipt(language)).unwrap());
    }
}

#[test]
fn a_file_has_a_date_only_where_one_is_given() {
    let mut paper = a_receipt(Language::Hindi);
    assert_eq!(receipt(&paper).created, None);
    paper.issued = Some(date(2026, 12, 1).at(10, 30, 0, 0));
    let read = receipt(&paper);
    assert!(read.created.is_some_and(|at| at.starts_with("D:20261201103000")));
    assert!(read.pages[0].contains("01-12-2026, 10:30 AM"));
}

#[test]
fn every_label_has_its_glyphs_and_is_copied_as_it_is_written() {
    for language in Language::ALL {
        let mut paper = a_statement(language, 0);
        let labels = Labels::of(language);
        paper.lines = labels
            .all()
            .into_iter()
            .map(|label| Line {
                at: date(2026, 11, 2).at(0, 0, 0, 0),
                what: label.to_owned(),
                reference: None,
                amount_paise: 0,
                balance_after_paise: 100_000,
            })
            .collect();
        let read = statement(&paper);
        let text = read.pages.concat();
        for label in labels.all() {
            // A label that takes two lines lost the space between them.
            assert!(text.replace(' ', "").contains(&label.replace(' ', "")), "{language}: {label} is not in {text}");
        }
        assert!(!read.lacks_a_glyph(), "{language}");
        assert_eq!(read.language.as_deref(), Some(language.code()));
    }
}

#[test]
fn a_receipt_says_what_was_paid() {
    let read = receipt(&a_receipt(Language::English));
    assert_eq!(read.pages.len(), 1);
    for said in
        ["₹1,23,456.50", "₹5.90", "₹1,23,462.40", "Sri Ganesh Traders", "ganesh@okaxis", "415012345678", "21-11-2026, 6:05 PM", "Paid"]
    {
        assert!(read.pages[0].contains(said), "{said}");
    }
    for status in [Status::Pending, Status::Failed, Status::Returned, Status::Cancelled] {
        let read = receipt(&Receipt { status, fee_paise: 0, reference: None, ..a_receipt(Language::English) });
        assert!(!read.pages[0].contains("Paid") && !read.pages[0].contains("Fee") && !read.pages[0].contains("Reference"));
    }
}

#[test]
fn a_receipt_of_no_payment_is_refused() {
    for (amount_paise, fee_paise) in [(0, 0), (-1, 0), (1, -1), (i64::MIN, i64::MIN)] {
        let refused = crate::receipt(&Receipt { amount_paise, fee_paise, ..a_receipt(Language::English) });
        assert!(matches!(refused, Err(PaperError::NotAPayment)));
    }
    let refused = crate::receipt(&Receipt { amount_paise: i64::MAX, fee_paise: 1, ..a_receipt(Language::English) });
    assert!(matches!(refused, Err(PaperError::TooMuch)));
}

#[test]
fn a_page_ends_in_time_whatever_a_receipt_says() {
    let long = "Wक्ष".repeat(2_000);
    let party = Party { name: long.clone(), address: Some(long.clone()) };
    let read = receipt(&Receipt {
        from: party.clone(),
        to: party,
        reference: Some(long.clone()),
        note: Some(long),
        amount_paise: i64::MAX - 590,
        issued: Some(date(2026, 12, 1).at(10, 30, 0, 0)),
        ..a_receipt(Language::Kannada)
    });
    assert!(read.within_page(crate::sheet::A5), "{:?}", read.places);
}

#[test]
fn hostile_names_are_tamed_and_what_no_font_has_is_a_box() {
    let mut paper = a_statement(Language::English, 1);
    for (what, copied) in [
        ("Ra\u{202e}vi\u{0}\u{7}\u{2066}K", "RaviK"),
        ("(\\) <</ActualText (x)>> BDC ET Q", "(\\) <</ActualText (x)>> BDC ET Q"),
        ("गुજ 🙂 علی 漢字 \u{10ffff}\u{e000}", "गुજ 🙂 علی 漢字 \u{10ffff}\u{e000}"),
        ("\u{301}\u{93f}\u{9cd}\u{200d}", "\u{301}\u{93f}\u{9cd}\u{200d}"),
        ("\u{25a1}", "\u{25a1}"),
    ] {
        paper.lines[0].what = what.to_owned();
        let read = statement(&paper);
        assert!(read.pages[0].contains(copied), "{what:?} is copied as {:?}", read.pages[0]);
        assert!(!read.lacks_a_glyph(), "{what:?}");
    }
}

#[test]
fn no_text_breaks_a_paper() {
    let blocks = [0x20..0x7f, 0x300..0x370, 0x900..0xa00, 0xb80..0xd00, 0x2000..0x2070, 0x600..0x700, 0x1f300..0x1f650, 0..0x11_0000];
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..30 {
        let mut paper = a_statement(Language::ALL[random.usize(..7)], 20);
        for line in &mut paper.lines {
            let block = blocks[random.usize(..blocks.len())].clone();
            line.what = (0..random.usize(..80)).filter_map(|_| char::from_u32(random.u32(block.clone()))).collect();
            line.reference = Some(line.what.chars().rev().collect());
        }
        paper.holder = paper.lines[0].what.clone();
        let read = statement(&paper);
        assert!(!read.lacks_a_glyph(), "{paper:?}");
        assert!(read.within_page(crate::sheet::A4));
    }
}
