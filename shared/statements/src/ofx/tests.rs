use bank_feed::{AccountKind, Direction, Mode};
use jiff::civil::date;

use crate::{Column, Format, Place, Refusal, Statement, Upload, read};

fn upload() -> Upload<'static> {
    Upload::of("upload-1", date(2026, 11, 21))
}

#[track_caller]
fn taken(file: &str) -> Statement {
    read(file.as_bytes(), &upload()).unwrap()
}

#[track_caller]
fn refused(file: &str) -> Refusal {
    read(file.as_bytes(), &upload()).unwrap_err()
}

pub const SGML: &str = "OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX>
<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20261120120000[+5.5:IST]<LANGUAGE>ENG<FI><ORG>HDFC Bank<FID>1</FI></SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS>
<STMTRS><CURDEF>INR
<BANKACCTFROM><BANKID>HDFC0000123<ACCTID>50100123456789<ACCTTYPE>SAVINGS</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20261101<DTEND>20261120
<STMTTRN>
<TRNTYPE>DEBIT
<DTPOSTED>20261101203000.000[+5.5:IST]
<TRNAMT>-1234.56
<FITID>T1
<NAME>UPI/DR/632514789632/M&S <3/HDFC
<MEMO>
</STMTTRN>
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20261102<TRNAMT>850.5<FITID>T2<CHECKNUM>0000<NAME>NEFT CR-HDFC0000240-BUNDL TECHNOLOGIES-N276264100123456<BANKACCTTO><BANKID>X<ACCTID>999999</BANKACCTTO></STMTTRN>
</BANKTRANLIST>
<LEDGERBAL><BALAMT>1,00,850.50<DTASOF>20261120</LEDGERBAL>
</STMTRS></STMTTRNRS></BANKMSGSRSV1>
</OFX>
";

const XML: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<?OFX OFXHEADER="200" VERSION="220" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>
<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>INR</CURDEF>
<BANKACCTFROM><BANKID>1</BANKID><ACCTID>50100123456789</ACCTID><ACCTTYPE>CHECKING</ACCTTYPE></BANKACCTFROM>
<BANKTRANLIST>
<!-- newest first -->
<STMTTRN><TRNTYPE>ATM</TRNTYPE><DTPOSTED>20261102183000[0:GMT]</DTPOSTED><TRNAMT>-500</TRNAMT><FITID>B</FITID><NAME>S1ANBG12</NAME><MEMO/></STMTTRN>
<STMTTRN><TRNTYPE>OTHER</TRNTYPE><DTPOSTED>20261101093000</DTPOSTED><TRNAMT>+10.00</TRNAMT><FITID>A</FITID><PAYEE><NAME>Asha &amp; Co &#8377;</NAME></PAYEE><MEMO><![CDATA[a <b> & c]]></MEMO></STMTTRN>
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"#;

#[test]
fn sgml_whose_elements_are_not_closed() {
    let statement = taken(SGML);
    assert_eq!(
        (statement.format, statement.account.bank.as_str(), statement.account.kind),
        (Format::Ofx, "HDFC Bank", AccountKind::Savings)
    );
    assert_eq!(statement.account.masked_number.as_deref(), Some("XX6789"));
    assert_eq!((statement.period.from, statement.period.to, statement.period.is_stated), (date(2026, 11, 1), date(2026, 11, 20), true));
    assert_eq!(statement.account.balance.map(|balance| balance.minor), Some(10_085_050));
    let [out, pay] = statement.entries.as_slice() else { panic!("two") };
    assert_eq!((out.amount_minor, out.direction, out.id.as_deref()), (123_456, Direction::Debit, Some("T1")));
    assert_eq!(out.booked_at.to_string(), "2026-11-01T15:00:00Z");
    assert_eq!((out.narration.as_str(), out.mode), ("UPI/DR/632514789632/M&S <3/HDFC", Some(Mode::Upi)));
    assert_eq!(out.reference.as_deref(), Some("632514789632"));
    assert_eq!((pay.amount_minor, pay.direction, pay.booked_at.to_string().as_str()), (85_050, Direction::Credit, "2026-11-01T18:30:00Z"));
    assert_eq!((pay.reference.as_deref(), pay.counterparty.as_deref()), (Some("N276264100123456"), Some("BUNDL TECHNOLOGIES")));
}

#[test]
fn xml_newest_first() {
    let statement = taken(XML);
    let [first, cash] = statement.entries.as_slice() else { panic!("two") };
    assert_eq!(
        (first.id.as_deref(), first.counterparty.as_deref(), first.narration.as_str()),
        (Some("A"), Some("Asha & Co ₹"), "a <b> & c")
    );
    assert_eq!(first.booked_at.to_string(), "2026-11-01T04:00:00Z", "a time without an offset is India's");
    assert_eq!((cash.mode, cash.booked_at.to_string().as_str()), (Some(Mode::Atm), "2026-11-02T18:30:00Z"));
    assert_eq!((statement.period.to, statement.period.is_stated), (date(2026, 11, 3), false));
}

#[test]
fn kinds_tell_the_side_only_where_no_amount_has_a_minus() {
    let statement = taken(&SGML.replace("-1234.56", "1234.56"));
    assert_eq!(statement.entries.first().map(|entry| entry.direction), Some(Direction::Debit));
    let statement = taken(&XML.replace("OTHER", "FEE"));
    assert_eq!(statement.entries.first().map(|entry| entry.direction), Some(Direction::Credit));
}

#[test]
fn offsets_are_read_as_banks_write_them() {
    for zone in ["+5.5:IST", "5.5", "+5.50:IST", "+5:30", "5.30:IST"] {
        let statement = taken(&SGML.replace("+5.5:IST", zone));
        assert_eq!(statement.entries.first().map(|entry| entry.booked_at.to_string()).as_deref(), Some("2026-11-01T15:00:00Z"), "{zone}");
    }
}

#[test]
fn what_cannot_be_read_is_named() {
    let place = |line| Place { page: None, line };
    assert_eq!(refused(&SGML.replace("-1234.56", "12.345")), Refusal::BadAmount { place: place(20), column: Column::Amount });
    assert_eq!(refused(&SGML.replace("20261101203000", "20261301203000")), Refusal::BadDate { place: place(19), column: Column::Date });
    assert_eq!(refused(&SGML.replace("20261101203000", "20271101203000")), Refusal::FutureDate { place: place(17), column: Column::Date });
    assert_eq!(refused(&SGML.replace("<TRNAMT>-1234.56", "")), Refusal::NoAmount { place: place(17) });
    assert_eq!(refused(&SGML.replace("INR", "USD")), Refusal::Currency { place: place(14) });
    assert_eq!(refused(&SGML.replace("</OFX>", "")), Refusal::BreaksOff { place: place(30) });
    let two = SGML.replace("</BANKMSGSRSV1>", "<STMTTRNRS><STMTRS></STMTRS></STMTTRNRS></BANKMSGSRSV1>");
    assert_eq!(refused(&two), Refusal::SeveralAccounts);
    assert_eq!(refused("OFXHEADER:100\n\n<OFX></OFX>"), Refusal::NoRows);
}

#[test]
fn definitions_and_depth_are_refused() {
    let bomb = r#"<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;">]><OFX>&lol1;</OFX>"#;
    assert!(matches!(refused(bomb), Refusal::Definition { .. }));
    let later = "<OFX><!ENTITY a SYSTEM \"file:///etc/passwd\"><MEMO>&a;</MEMO></OFX>";
    assert!(matches!(refused(later), Refusal::Definition { .. }));
    let deep = format!("<OFX>{}</OFX>", "<STATUS>".repeat(100_000));
    assert!(matches!(refused(&deep), Refusal::TooDeep { .. }));
    // Elements that nobody knows are passed over, however they lie.
    let unknown = XML.replace("<BANKTRANLIST>", &format!("{}<BANKTRANLIST>", "<X>".repeat(100_000)));
    assert_eq!(taken(&unknown).entries.len(), 2);
    // Not expanded, and not followed.
    assert_eq!(
        taken(&XML.replace("&amp;", "&lol;")).entries.first().and_then(|entry| entry.counterparty.clone()).as_deref(),
        Some("Asha &lol; Co ₹")
    );
}

#[test]
fn a_file_that_breaks_off_is_never_taken() {
    for file in [SGML, XML] {
        for end in (0..file.trim_end().len()).filter(|end| file.is_char_boundary(*end)) {
            let cut = file.get(..end).unwrap_or_default();
            assert!(read(cut.as_bytes(), &upload()).is_err(), "{end}");
        }
    }
}
