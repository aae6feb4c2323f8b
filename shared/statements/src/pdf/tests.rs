use lopdf::content::{Content, Operation};
use lopdf::{Document, EncryptionState, EncryptionVersion, Object, Permissions, Stream, dictionary};

use crate::tests::banks::TODAY;
use crate::{Format, Order, Place, Refusal, Statement, Upload, read};
use bank_feed::Direction;

/// A text and where it begins; a negative place is where it ends.
type Text<'a> = (f32, f32, &'a str);

/// Of Helvetica, to set amounts to the right.
fn width(text: &str, size: f32) -> f32 {
    let em: f32 = text
        .chars()
        .map(|sign| match sign {
            ' ' | '.' | ',' | ':' | ';' | '/' => 0.278,
            '-' | '(' | ')' => 0.333,
            sign if sign.is_uppercase() => 0.69,
            _ => 0.556,
        })
        .sum();
    em * size
}

fn pdf(pages: &[Vec<Text<'_>>]) -> Document {
    let mut document = Document::with_version("1.5");
    let root = document.new_object_id();
    let font = document
        .add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding" });
    let resources = document.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let mut kids: Vec<Object> = Vec::new();
    for page in pages {
        let mut operations = vec![Operation::new("BT", vec![]), Operation::new("Tf", vec!["F1".into(), 8.into()])];
        for (x, y, text) in page {
            let x = if *x < 0.0 { -x - width(text, 8.0) } else { *x };
            operations.push(Operation::new("Tm", vec![1.into(), 0.into(), 0.into(), 1.into(), x.into(), (*y).into()]));
            operations.push(Operation::new("Tj", vec![Object::string_literal(*text)]));
        }
        operations.push(Operation::new("ET", vec![]));
        let content = Content { operations }.encode().unwrap();
        let content = document.add_object(Stream::new(dictionary! {}, content));
        kids.push(document.add_object(dictionary! { "Type" => "Page", "Parent" => root, "Contents" => content, "Resources" => resources, "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()] }).into());
    }
    let count = i64::try_from(kids.len()).unwrap();
    document.objects.insert(root, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
    document.trailer.set("Root", catalog);
    let id = Object::string_literal("0123456789abcdef");
    document.trailer.set("ID", vec![id.clone(), id]);
    document.compress();
    document
}

fn bytes(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

const DEBIT: f32 = -400.0;
const CREDIT: f32 = -480.0;
const BALANCE: f32 = -570.0;

fn names<'a>(y: f32) -> Vec<Text<'a>> {
    vec![
        (30.0, y, "Date"),
        (85.0, y, "Narration"),
        (250.0, y, "Chq./Ref.No."),
        (DEBIT, y, "Withdrawal Amt."),
        (CREDIT, y, "Deposit Amt."),
        (BALANCE, y, "Closing Balance"),
    ]
}

fn page_one<'a>() -> Vec<Text<'a>> {
    let mut page = vec![
        (30.0, 800.0, "HDFC BANK"),
        (30.0, 785.0, "MR RAVI KUMAR"),
        (300.0, 785.0, "Account No : 50100123456789 SAVINGS"),
        (30.0, 770.0, "Statement From : 01/10/2026 To : 31/10/2026"),
        (30.0, 30.0, "Page 1 of 2"),
    ];
    page.extend(names(740.0));
    page.extend([
        (30.0, 720.0, "01/10/26"),
        (85.0, 720.0, "UPI-CHAI POINT-chai@ybl-HDFC0000123"),
        (250.0, 720.0, "0000432198765432"),
        (DEBIT, 720.0, "20.00"),
        (BALANCE, 720.0, "9,980.00"),
        (85.0, 710.0, "-432198765432-TEA 12.50"),
        (30.0, 695.0, "03/10/26"),
        (85.0, 695.0, "NEFT CR-UTIB0000100-BUNDL TECHNOLOGIES"),
        (250.0, 695.0, "N276264100123456"),
        (CREDIT, 695.0, "1,23,456.70"),
        (BALANCE, 695.0, "1,33,436.70"),
    ]);
    page
}

fn page_two<'a>() -> Vec<Text<'a>> {
    let mut page = vec![(30.0, 800.0, "HDFC BANK"), (30.0, 785.0, "MR RAVI KUMAR")];
    page.extend(names(760.0));
    page.extend([
        (30.0, 740.0, "04/10/26"),
        (85.0, 740.0, "ATW-512967XXXXXX1234-BENGALURU"),
        (DEBIT, 740.0, "500.00"),
        (BALANCE, 740.0, "1,32,936.70"),
        (30.0, 700.0, "STATEMENT SUMMARY :-"),
        (30.0, 690.0, "Opening Balance"),
        (DEBIT, 690.0, "Debits"),
        (30.0, 680.0, "10,000.00"),
        (DEBIT, 680.0, "520.00"),
        (30.0, 660.0, "This is a computer generated statement"),
    ]);
    page
}

fn upload() -> Upload<'static> {
    Upload::of("upload-1", TODAY)
}

#[track_caller]
fn taken(bytes: &[u8]) -> Statement {
    read(bytes, &upload()).unwrap()
}

#[test]
fn a_statement_of_two_pages() {
    let statement = taken(&bytes(pdf(&[page_one(), page_two()])));
    let rows: Vec<_> = statement.entries.iter().map(|entry| (entry.amount_minor, entry.direction, entry.balance_after_minor)).collect();
    assert_eq!(
        rows,
        [
            (2_000, Direction::Debit, Some(998_000)),
            (12_345_670, Direction::Credit, Some(13_343_670)),
            (50_000, Direction::Debit, Some(13_293_670))
        ]
    );
    let narrations: Vec<&str> = statement.entries.iter().map(|entry| entry.narration.as_str()).collect();
    assert_eq!(
        narrations,
        [
            "UPI-CHAI POINT-chai@ybl-HDFC0000123 -432198765432-TEA 12.50",
            "NEFT CR-UTIB0000100-BUNDL TECHNOLOGIES",
            "ATW-512967XXXXXX1234-BENGALURU"
        ]
    );
    assert_eq!(statement.entries.first().and_then(|entry| entry.reference.as_deref()), Some("432198765432"));
    assert_eq!((statement.format, statement.account.bank.as_str()), (Format::Pdf, "HDFC Bank"));
    assert_eq!(statement.account.masked_number.as_deref(), Some("XX6789"));
    assert!(statement.period.is_stated);
    assert_eq!(statement.checks.balances_compared, 2);
}

#[test]
fn names_of_columns_on_two_lines_and_dates_in_words() {
    let page = vec![
        (30.0, 745.0, "Transaction"),
        (30.0, 735.0, "Date"),
        (100.0, 740.0, "Particulars"),
        (DEBIT, 745.0, "Withdrawal"),
        (DEBIT, 735.0, "(Dr)"),
        (CREDIT, 745.0, "Deposit"),
        (CREDIT, 735.0, "(Cr)"),
        (BALANCE, 740.0, "Balance"),
        (30.0, 700.0, "02 Nov 2026 10:15 AM"),
        (130.0, 705.0, "UPI/632514789632"),
        (130.0, 695.0, "SHOP IN TOWN"),
        (DEBIT, 700.0, "150.00"),
        (BALANCE, 700.0, "4,850.00 Cr"),
        (30.0, 670.0, "01 Nov 2026 09:00 AM"),
        (130.0, 675.0, "IMPS/632500001111"),
        (130.0, 665.0, "ASHA"),
        (CREDIT, 670.0, "5,000.00"),
        (BALANCE, 670.0, "5,000.00 Cr"),
    ];
    let statement = taken(&bytes(pdf(&[page])));
    assert_eq!(statement.checks.order, Order::NewestFirst);
    let narrations: Vec<&str> = statement.entries.iter().map(|entry| entry.narration.as_str()).collect();
    assert_eq!(narrations, ["IMPS/632500001111 ASHA", "UPI/632514789632 SHOP IN TOWN"]);
    assert_eq!(statement.entries.first().map(|entry| entry.booked_at.to_string()).as_deref(), Some("2026-11-01T03:30:00Z"));
}

#[test]
fn a_row_that_was_changed_or_is_missing_is_noticed() {
    let changed = |from: &str, to: &'static str| {
        let page = page_one().into_iter().map(|(x, y, text)| (x, y, if text == from { to } else { text })).collect();
        read(&bytes(pdf(&[page, page_two()])), &upload())
    };
    assert_eq!(
        changed("9,980.00", "9,880.00"),
        Err(Refusal::BalanceBreaks { place: Place { page: Some(1), line: 7 }, order: Order::OldestFirst })
    );
    let without = page_one().into_iter().filter(|(_, y, _)| *y != 695.0).collect();
    assert!(matches!(
        read(&bytes(pdf(&[without, page_two()])), &upload()),
        Err(Refusal::BalanceBreaks { place: Place { page: Some(2), .. }, .. })
    ));
}

#[test]
fn a_locked_file_needs_its_password() {
    let mut document = pdf(&[page_one(), page_two()]);
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: "bank",
        user_password: "123456789",
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    let locked = bytes(document);
    assert_eq!(read(&locked, &upload()), Err(Refusal::PasswordNeeded));
    assert_eq!(read(&locked, &Upload { password: Some("000000000"), ..upload() }), Err(Refusal::WrongPassword));
    let opened = read(&locked, &Upload { password: Some("123456789"), ..upload() }).unwrap();
    assert_eq!(opened.entries.len(), 3);
}

#[test]
fn what_cannot_be_read_is_named() {
    assert_eq!(read(b"%PDF-1.4\n%%EOF", &upload()), Err(Refusal::BadPdf));
    assert_eq!(read(&bytes(pdf(&[vec![]])), &upload()), Err(Refusal::NoText));
    assert_eq!(read(&bytes(pdf(&[vec![(30.0, 700.0, "Hello")]])), &upload()), Err(Refusal::NoHeader));
    let many = vec![page_two(); super::PAGES_MAX + 1];
    assert_eq!(read(&bytes(pdf(&many)), &upload()), Err(Refusal::TooManyPages { pages_max: super::PAGES_MAX }));
}

#[test]
fn a_page_that_inflates_without_end_is_refused() {
    let mut document = pdf(&[page_one()]);
    let page = document.page_iter().next().unwrap();
    let mut bomb = Stream::new(dictionary! {}, b"0 0 0 rg ".repeat(1_000_000));
    bomb.compress().unwrap();
    let bomb = document.add_object(bomb);
    document.get_dictionary_mut(page).unwrap().set("Contents", bomb);
    let bytes = bytes(document);
    assert!(bytes.len() < 200_000);
    assert_eq!(read(&bytes, &upload()), Err(Refusal::BadPdf));
}

#[test]
fn forms_that_draw_themselves_end() {
    let mut document = pdf(&[page_one()]);
    let page = document.page_iter().next().unwrap();
    let id = document.new_object_id();
    let form = Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Form", "Resources" => dictionary! { "XObject" => dictionary! { "X" => id } } },
        b"/X Do ".repeat(20),
    );
    document.objects.insert(id, form.into());
    let content = document.add_object(Stream::new(dictionary! {}, b"/X Do".to_vec()));
    document.get_dictionary_mut(page).unwrap().set("Contents", content);
    document.get_dictionary_mut(page).unwrap().set("Resources", dictionary! { "XObject" => dictionary! { "X" => id } });
    assert!(read(&bytes(document), &upload()).is_err());
}

#[test]
fn our_own_statement_is_read_back() {
    let line = |day: i8, amount_paise: i64, balance_after_paise: i64| papers::Line {
        at: jiff::civil::date(2026, 11, day).at(18, 5, 0, 0),
        what: "Paid to श्री गणेश Traders".to_owned(),
        reference: Some("415012345678".to_owned()),
        amount_paise,
        balance_after_paise,
    };
    let file = papers::statement(&papers::Statement {
        holder: "Ravi Kumar".to_owned(),
        account: "Kamai 1234".to_owned(),
        language: words::Language::English,
        period_from: jiff::civil::date(2026, 11, 1),
        period_to: jiff::civil::date(2026, 11, 20),
        issued: None,
        opening_paise: 10_000,
        closing_paise: 3_060_000,
        lines: vec![line(1, 3_100_000, 3_110_000), line(2, -50_000, 3_060_000)],
    })
    .unwrap();
    let statement = taken(&file);
    let rows: Vec<_> = statement.entries.iter().map(|entry| (entry.amount_minor, entry.direction)).collect();
    assert_eq!(rows, [(3_100_000, Direction::Credit), (50_000, Direction::Debit)]);
}

#[test]
fn damaged_files_are_refused_or_read() {
    let whole = bytes(pdf(&[page_one(), page_two()]));
    let plain = {
        let mut document = pdf(&[page_one(), page_two()]);
        document.decompress();
        bytes(document)
    };
    let mut random = fastrand::Rng::with_seed(7);
    for round in 0..600 {
        let mut bytes = if round % 2 == 0 { whole.clone() } else { plain.clone() };
        for _ in 0..random.usize(1..8) {
            let at = random.usize(..bytes.len().max(1));
            match random.u8(..4) {
                0 => bytes.truncate(at),
                1 => bytes.insert(at, random.u8(..)),
                2 => drop(bytes.drain(at..(at + random.usize(..9)).min(bytes.len()))),
                _ => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = random.u8(..)),
            }
        }
        if let Ok(statement) = read(&bytes, &upload()) {
            assert!(!statement.entries.is_empty());
        }
    }
}
