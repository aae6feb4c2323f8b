use jiff::civil::date;
use words::Language;

use super::*;
use crate::tests::{a_statement, statement as read};

#[test]
fn a_statement_says_what_was_there_what_came_and_what_is_left() {
    let read = read(&a_statement(Language::English, 3));
    assert_eq!(read.pages.len(), 1);
    for said in [
        "Ravi Kumar",
        "Kamai ••1234",
        "01-11-2026 – 30-11-2026",
        "Opening balance₹1,000.00",
        "Money in₹1,000.50",
        "Money out₹100.00",
        "Closing balance₹1,900.50",
        "01-11-2026, 6:05 PMOrder 0 from Sri GaneshUTR000000000+₹500.25₹1,500.25",
        "-₹100.00₹1,400.25",
        "Page 1/1",
    ] {
        assert!(read.pages[0].contains(said), "{said} is not in {}", read.pages[0]);
    }
}

#[test]
fn a_statement_of_nothing_says_so() {
    let read = read(&a_statement(Language::English, 0));
    assert!(read.pages[0].contains("No transactions in this period"));
}

#[test]
fn every_page_has_the_header_its_number_and_whose_it_is() {
    let read = read(&a_statement(Language::English, 100));
    let count = read.pages.len();
    assert!((4..=6).contains(&count), "{count}");
    for (at, page) in read.pages.iter().enumerate() {
        assert!(page.contains("DateDetailsAmountBalance"));
        assert!(page.contains(&format!("Page {}/{count}", at + 1)));
        assert!(page.contains("Ravi Kumar") && page.contains("Kamai ••1234"));
    }
    let text = read.pages.concat();
    for line in 0..100 {
        assert_eq!(text.matches(&format!("UTR{line:09}")).count(), 1);
    }
    assert!(read.within_page(A4));
}

#[test]
fn what_does_not_add_up_is_not_printed() {
    type Break = fn(&mut Statement);
    let refused = |break_it: Break| {
        let mut broken = a_statement(Language::Tamil, 4);
        break_it(&mut broken);
        statement(&broken).unwrap_err()
    };
    assert!(matches!(refused(|it| it.opening_paise += 1), PaperError::LineDoesNotAddUp { line: 0 }));
    assert!(matches!(refused(|it| it.lines[2].amount_paise = 1), PaperError::LineDoesNotAddUp { line: 2 }));
    assert!(matches!(refused(|it| drop(it.lines.remove(1))), PaperError::LineDoesNotAddUp { line: 1 }));
    assert!(matches!(refused(|it| drop(it.lines.pop())), PaperError::ClosingDoesNotAddUp));
    assert!(matches!(refused(|it| it.closing_paise -= 1), PaperError::ClosingDoesNotAddUp));
    assert!(matches!(refused(|it| it.lines[0].amount_paise = i64::MAX), PaperError::TooMuch));
    assert!(matches!(refused(|it| it.lines[3].at = date(2026, 12, 1).at(0, 0, 0, 0)), PaperError::OutsidePeriod { line: 3 }));
    assert!(matches!(refused(|it| it.period_to = date(2026, 10, 31)), PaperError::PeriodEndsBeforeItBegins));
}

#[test]
fn the_smallest_amount_has_no_size_and_is_refused() {
    let mut extreme = a_statement(Language::English, 1);
    extreme.opening_paise = 0;
    extreme.closing_paise = i64::MIN;
    (extreme.lines[0].amount_paise, extreme.lines[0].balance_after_paise) = (i64::MIN, i64::MIN);
    assert!(matches!(statement(&extreme), Err(PaperError::TooMuch)));
}

#[test]
fn amounts_are_never_cut() {
    let mut rich = a_statement(Language::Bengali, 1);
    rich.opening_paise = 0;
    rich.closing_paise = i64::MAX;
    (rich.lines[0].amount_paise, rich.lines[0].balance_after_paise) = (i64::MAX, i64::MAX);
    assert!(read(&rich).pages[0].contains("+₹92,23,37,20,36,85,47,758.07₹92,23,37,20,36,85,47,758.07"));
}

#[test]
fn there_is_an_end_to_lines() {
    let refused = statement(&a_statement(Language::English, LINES_MAX + 1));
    assert!(matches!(refused, Err(PaperError::TooManyLines { lines: 5_001, lines_max: 5_000 })));
}

#[test]
fn a_long_text_takes_two_lines_and_ends_in_an_ellipsis() {
    let mut paper = a_statement(Language::Telugu, 1);
    paper.lines[0].what = "క్షత్రియ జ్ఞానేశ్వర్ ".repeat(40);
    paper.lines[0].reference = Some("9".repeat(4_000));
    let page = &read(&paper).pages[0];
    assert_eq!(page.matches('…').count(), 2);
    assert!(page.contains("+₹500.25₹1,500.25"));
}
