use bank_feed::{AccountKind, Currency, Direction, Mode};

use super::*;

const SOURCE: Source<'_> = Source { link_ref: "ref-1", bank: "Demo Bank" };

const V1: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Account xmlns="http://api.rebit.org.in/FISchema/deposit" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    linkedAccRef="ref-1" maskedAccNumber="XXXXXXXX6789" type="deposit" version="1.2">
  <Profile><Holders type="SINGLE"><Holder name="Asha Patil" dob="1990-01-01" mobile="9876543210" nominee="REGISTERED"
    landline="" address="Pune &amp; around" email="a@b.in" pan="ABCDE1234F" ckycCompliance="true"/></Holders></Profile>
  <Summary currentBalance="12345.678" currency="INR" exchgeRate="" balanceDateTime="2026-11-20T10:00:00+05:30" type="SAVINGS"
    branch="Pune" facility="OD" ifscCode="DEMO0000001" micrCode="1" openingDate="2020-01-01" currentODLimit="0" drawingLimit="0"
    status="ACTIVE"><Pending transactionType="DEBIT" amount="10"/></Summary>
  <Transactions startDate="2026-11-01" endDate="2026-11-20">
    <Transaction txnId="S1" type="CREDIT" mode="OTHERS" amount="850.00" currentBalance="12345.68"
      transactionTimestamp="2026-11-20T15:45:00+05:30" valueDate="2026-11-20"
      narration="UPI/CR/457233689286/SWIGGY/HDFC/swiggy@hdfc" reference="X99"/>
    <Transaction reference="" narration="ATW-416021XXXXXX1234-S1ACPN12-PUNE" valueDate="2026-11-19T00:00:00+00:00"
      transactionTimestamp="2026-11-19T04:30:00Z" currentBalance="" amount="500" mode="ATM" type="DEBIT" txnId="S1"/>
  </Transactions>
</Account>"#;

const V2: &str = r#"<Account type="deposit" maskedAccNumber="XXXXXXXX6789" linkedAccRef="ref-1" version="2.0.0"
    xmlns="http://api.rebit.org.in/FISchema/deposit">
  <Profile><Holders type="SINGLE"><Holder name="Asha Patil" ckycRegistered="YES"/></Holders></Profile>
  <Summary currentBalance="-12.5" currency="INR" balanceDateTime="2026-11-20T10:00:00Z" accountType="REGULAR"
    accountSubType="CURRENT" ifsc="DEMO0000001"><pendingTxns><PendingTxn transactionType="UNKNOWN" amount="1"/></pendingTxns></Summary>
  <Transactions startDate="2026-11-01" endDate="2026-11-20">
    <Transaction txnId="S2" type="DEBIT" mode="FT" amount="1.005" transactionalBalance="7.00"
      transactionTimestamp="2026-11-18T10:00:00.000+00:00" valueDate="2026-11-18" narration="NEFT Cr-HDFC0000001-ACME LTD-x" reference="R-1"/>
  </Transactions>
</Account>"#;

fn only(text: &str) -> Statement {
    read(text, &SOURCE).unwrap()
}

/// A version 2 account with these transactions.
fn with(lines: &str) -> Statement {
    only(&format!(r#"<Account type="deposit"><Summary currency="INR"/><Transactions>{lines}</Transactions></Account>"#))
}

#[test]
fn an_account_of_version_1_is_read() {
    let statement = only(V1);
    let account = &statement.account;
    assert_eq!((account.id.as_str(), account.bank.as_str(), account.kind), ("ref-1", "Demo Bank", AccountKind::Savings));
    assert_eq!(account.masked_number.as_deref(), Some("XX6789"));
    let balance = account.balance.unwrap();
    assert_eq!(
        (balance.minor, balance.currency, balance.at.unwrap().to_string()),
        (1_234_568, Currency::INR, "2026-11-20T04:30:00Z".into())
    );
    assert_eq!(statement.version.as_deref(), Some("1.2"));
    assert_eq!(statement.covers.map(|(from, to)| (from.to_string(), to.to_string())), Some(("2026-11-01".into(), "2026-11-20".into())));
    let [upi, atm] = statement.entries.as_slice() else { panic!("two lines") };
    assert_eq!((upi.amount_minor, upi.direction, upi.mode), (85_000, Direction::Credit, Some(Mode::Upi)), "labelled OTHERS");
    assert_eq!((upi.counterparty.as_deref(), upi.reference.as_deref()), (Some("SWIGGY"), Some("457233689286")));
    assert_eq!((upi.booked_at.to_string(), upi.balance_after_minor), ("2026-11-20T10:15:00Z".into(), Some(1_234_568)));
    assert_eq!((atm.id.as_deref(), atm.direction, atm.mode), (Some("S1"), Direction::Debit, Some(Mode::Atm)), "ids repeat");
    assert_eq!((atm.balance_after_minor, atm.reference.as_deref(), atm.value_date.unwrap().to_string()), (None, None, "2026-11-19".into()));
    assert!(statement.unread.is_empty());
}

#[test]
fn an_account_of_version_2_is_read() {
    let statement = only(V2);
    assert_eq!((statement.account.kind, statement.account.balance.unwrap().minor), (AccountKind::Current, -1_250));
    let [line] = statement.entries.as_slice() else { panic!("one line") };
    assert_eq!((line.amount_minor, line.balance_after_minor, line.mode), (101, Some(700), Some(Mode::Transfer)), "half up");
    assert_eq!((line.counterparty.as_deref(), line.reference.as_deref()), (Some("ACME LTD"), Some("R-1")));
}

#[test]
fn json_renderings_say_the_same_as_the_xml() {
    let lower = r#"{"account":{"type":"deposit","maskedAccNumber":"XXXXXXXX6789","linkedAccRef":"ref-1","version":"2.0.0",
        "profile":{"holders":{"type":"SINGLE","holder":{"name":"Asha Patil"}}},
        "summary":{"currentBalance":-12.5,"currency":"INR","balanceDateTime":"2026-11-20T10:00:00Z","accountSubType":"CURRENT",
            "pendingTxns":{"pendingTxn":[{"transactionType":"UNKNOWN","amount":"1"}]}},
        "transactions":{"startDate":"2026-11-01","endDate":"2026-11-20","transaction":[{"txnId":"S2","type":"DEBIT","mode":"FT","amount":1.005,
            "transactionalBalance":"7","transactionTimestamp":"2026-11-18T10:00:00.000Z","valueDate":"2026-11-18",
            "narration":"NEFT Cr-HDFC0000001-ACME LTD-x","reference":"R-1"}]}}}"#;
    assert_eq!(only(lower), only(V2));
    // One line is an object and no list; the account is not wrapped; attributes are marked.
    let upper = lower
        .replace("\"transaction\":[{", "\"Transaction\":{")
        .replace("\"R-1\"}]", "\"R-1\"}")
        .replace("\"transactions\"", "\"Transactions\"")
        .replace("\"txnId\"", "\"@txnId\"");
    let upper = upper.strip_prefix(r#"{"account":"#).and_then(|text| text.strip_suffix('}')).unwrap();
    assert_eq!(only(upper), only(V2));
    let list = r#"{"Account":{"Summary":{},"Transactions":[{"type":"CREDIT","amount":"1","valueDate":"2026-11-18"}]}}"#;
    assert_eq!(only(list).entries.len(), 1);
}

#[test]
fn no_amount_goes_through_a_float() {
    let large = r#"{"Summary":{"currentBalance":90071992547409.93},"Transactions":{"Transaction":{"type":"CREDIT","amount":0.145,"valueDate":"2026-11-18"}}}"#;
    let statement = only(large);
    assert_eq!(statement.account.balance.unwrap().minor, 9_007_199_254_740_993);
    assert_eq!(statement.entries[0].amount_minor, 15);
}

#[test]
fn a_time_is_read_with_any_offset_and_without_one_it_is_indian() {
    let at = |stamp: &str, value: &str| {
        let line = format!(r#"<Transaction type="CREDIT" amount="1" transactionTimestamp="{stamp}" valueDate="{value}"/>"#);
        with(&line).entries.first().map(|entry| (entry.booked_at.to_string(), entry.value_date.map(|date| date.to_string())))
    };
    let noon = Some(("2026-11-20T06:30:00Z".to_owned(), Some("2026-11-20".to_owned())));
    for stamp in
        ["2026-11-20T06:30:00Z", "2026-11-20T12:00:00+05:30", "2026-11-20T06:30:00.000+00:00", "2026-11-20T12:00:00", "2026-11-20 12:00:00"]
    {
        assert_eq!(at(stamp, "2026-11-20"), noon, "{stamp}");
        assert_eq!(at(stamp, "2026-11-19T18:30:00Z"), noon, "{stamp}");
    }
    assert_eq!(at("", "2026-11-20"), Some(("2026-11-19T18:30:00Z".into(), Some("2026-11-20".into()))), "a day begins in India");
    assert_eq!(at("", ""), None);
}

#[test]
fn a_line_that_cannot_be_read_is_counted_and_the_rest_is_whole() {
    let statement = with(
        r#"<Transaction type="CREDIT" amount="1.00" valueDate="2026-11-20"/>
           <Transaction type="OTHER" amount="1.00" valueDate="2026-11-20"/>
           <Transaction type="debit" amount="-1.00" valueDate="2026-11-20"/>
           <Transaction type="DEBIT" amount="1e5" valueDate="2026-11-20"/>
           <Transaction type="DEBIT" amount="1" valueDate="soon"/>
           <Transaction type="debit" amount="1,234.5" valueDate="2026-11-20"/>"#,
    );
    assert_eq!(statement.entries.iter().map(|entry| entry.amount_minor).collect::<Vec<_>>(), [100, 123_450]);
    let unread: Vec<_> = statement.unread.iter().map(|line| (line.place, line.why)).collect();
    assert_eq!(unread, [(1, BadLine::Direction), (2, BadLine::Amount), (3, BadLine::Amount), (4, BadLine::Time)]);
}

#[test]
fn a_line_that_comes_twice_counts_once_and_one_that_shares_its_id_stays() {
    let line = |id: &str, amount: &str, balance: &str| {
        format!(
            r#"<Transaction txnId="{id}" type="CREDIT" amount="{amount}" currentBalance="{balance}" transactionTimestamp="2026-11-20T06:30:00Z"/>"#
        )
    };
    let lines = [line("S1", "1", "10"), line("S1", "1", "10"), line("S1", "1", "11"), line("S1", "2", "10"), line("S2", "1", "10")];
    assert_eq!(with(&lines.concat()).entries.len(), 4);
}

#[test]
fn a_document_with_a_dtd_or_entities_is_refused() {
    let external = r#"<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Account><Summary currency="&x;"/></Account>"#;
    assert_eq!(read(external, &SOURCE), Err(BadDocument::Dtd));
    let laughs = r#"<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]><Account><Profile/></Account>"#;
    assert_eq!(read(laughs, &SOURCE), Err(BadDocument::Dtd));
    assert_eq!(read("<Account a=\"&unknown;\"><Profile/></Account>", &SOURCE), Err(BadDocument::Form));
}

#[test]
fn a_document_is_bounded_in_size_depth_and_number() {
    assert_eq!(read(&" ".repeat(DOCUMENT_BYTES_MAX + 1), &SOURCE), Err(BadDocument::TooLong));
    let deep = format!("{}{}", "<Account>".repeat(100_000), "</Account>".repeat(100_000));
    assert_eq!(read(&deep, &SOURCE), Err(BadDocument::TooDeep));
    let deep = format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    assert!(matches!(read(&deep, &SOURCE), Err(BadDocument::TooDeep | BadDocument::Form)));
    let wide = format!("<Account><Transactions>{}</Transactions></Account>", "<T/>".repeat(200_001));
    assert_eq!(read(&wide, &SOURCE), Err(BadDocument::TooMany));
    let wide = format!("{{\"Transactions\":[{}{{}}]}}", "{},".repeat(200_001));
    assert_eq!(read(&wide, &SOURCE), Err(BadDocument::TooMany));
}

#[test]
fn what_is_no_deposit_of_this_account_is_refused() {
    let of = |text: &str| read(text, &SOURCE).err();
    for text in ["", "x", "[1]", "<Account", "{\"a\"", "<a><b></a></b>"] {
        assert_eq!(of(text), Some(BadDocument::Form), "{text}");
    }
    assert_eq!(of("<Other/>"), Some(BadDocument::NoAccount));
    assert_eq!(of("{}"), Some(BadDocument::NoAccount));
    assert_eq!(of("<Account/>"), Some(BadDocument::NoAccount));
    assert_eq!(of(&V2.replace("\"deposit\"", "\"mutual_funds\"")), Some(BadDocument::NotDeposit));
    assert_eq!(of(&V2.replace("ref-1", "ref-2")), Some(BadDocument::OtherAccount));
    assert_eq!(of(&V2.replace("\"INR\"", "\"RUPEE\"")), Some(BadDocument::Currency));
}

#[test]
fn a_list_that_ends_before_it_begins_covers_nothing() {
    let of = |from: &str, to: &str| {
        let list = format!(r#"<Transactions startDate="{from}" endDate="{to}"/>"#);
        only(&format!(r#"<Account type="deposit"><Summary currency="INR"/>{list}</Account>"#)).covers
    };
    assert!(of("2026-11-01", "2026-11-01").is_some());
    assert_eq!(of("2026-11-02", "2026-11-01"), None);
}
