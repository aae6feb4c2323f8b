use jiff::civil::{Date, date};

use crate::*;

fn terms(fields: &FieldMap) -> Terms<'_> {
    Terms { today: date(2026, 11, 21), day_rollover_hour: 4, fields }
}

#[track_caller]
fn read(text: &str) -> Page {
    parse_response(text.as_bytes(), &terms(&FieldMap::default())).unwrap()
}

#[track_caller]
fn refused(text: &str) -> (String, Why) {
    let mismatch = parse_response(text.as_bytes(), &terms(&FieldMap::default())).unwrap_err();
    (mismatch.at, mismatch.why)
}

const CANONICAL: &str = r#"{"data":[{"date":"2026-11-20","total_earnings":124550,"currency":"INR",
  "breakdown":{"base":90000,"incentive":20000,"tips":4550,"surge":10000,"deductions":0},
  "trips":14,"online_minutes":430,"cash_collected":20000,"external_id":"w-47"}],
 "next_cursor":"c2"}"#;

#[test]
fn the_canonical_response_is_in_paise() {
    let page = read(CANONICAL);
    let [day] = page.days.as_slice() else { panic!("one day") };
    assert_eq!((day.total, day.cash_collected, day.trips, day.online_minutes), (124_550, 20_000, Some(14), Some(430)));
    assert_eq!((day.date, day.external_id.as_deref()), (date(2026, 11, 20), Some("w-47")));
    assert_eq!(day.lines.first(), Some(&(LineKind::Base, 90_000)));
    assert_eq!((day.unexplained(), day.is_unexplained()), (0, false));
    assert_eq!((page.next_cursor.as_deref(), page.too_old), (Some("c2"), 0));
}

#[test]
fn a_day_written_as_json_is_a_record_of_the_canonical_response() {
    let [day] = read(CANONICAL).days.try_into().unwrap();
    let text = serde_json::to_string(&day).unwrap();
    assert_eq!(read(&format!(r#"{{"data":[{text}],"next_cursor":null}}"#)).days, vec![day.clone()]);
    assert_eq!(serde_json::from_str::<EarningsDay>(&text).unwrap(), day);
}

#[test]
fn the_seeds_shape_is_decimal_rupees_as_numbers_or_strings() {
    for written in ["1245.5", r#""1245.50""#, "1245.50"] {
        let page = read(&format!(r#"{{"data":[{{"date":"2026-11-20","total_earnings":{written},"breakdown":{{"base":900}}}}]}}"#));
        let [day] = page.days.as_slice() else { panic!("one day") };
        assert_eq!((day.total, day.lines.as_slice()), (124_550, [(LineKind::Base, 90_000)].as_slice()), "{written}");
        assert_eq!((day.unexplained(), day.is_unexplained()), (34_550, true));
    }
}

#[test]
fn no_amount_is_a_float() {
    // As a float this is 8046137.04.
    let page = read(r#"{"data":[{"date":"2026-11-20","total_earnings":8046137.05}]}"#);
    assert_eq!(page.days.first().map(|day| day.total), Some(804_613_705));
    for (written, why) in [
        ("1.005", BadRupees::TooFine),
        ("1.000", BadRupees::TooFine),
        ("1e3", BadRupees::Form),
        (r#""1,200""#, BadRupees::Form),
        (r#""₹5""#, BadRupees::Form),
        (r#""""#, BadRupees::Form),
        ("true", BadRupees::Form),
        ("10000000.01", BadRupees::TooLarge),
        (r#""99999999999999999999""#, BadRupees::TooLarge),
    ] {
        let text = format!(r#"{{"data":[{{"date":"2026-11-20","total_earnings":{written}}}]}}"#);
        assert_eq!(refused(&text), ("data[0].total_earnings".to_owned(), Why::Amount(why)), "{written}");
    }
    for written in ["1245.5", r#""124550""#] {
        let text = format!(r#"{{"data":[{{"date":"2026-11-20","currency":"INR","total_earnings":{written}}}]}}"#);
        assert_eq!(refused(&text).1, Why::Amount(BadRupees::Form), "paise are integers: {written}");
    }
}

#[test]
fn what_is_not_as_agreed_refuses_the_whole_response() {
    let good = r#"{"date":"2026-11-19","total_earnings":"10"}"#;
    for (bad, at, why) in [
        (r#"{"total_earnings":"10"}"#, "data[1].date", Why::Missing),
        (r#"{"date":"2026-11-20"}"#, "data[1].total_earnings", Why::Missing),
        (r#"{"date":"2026-11-20","total_earnings":null}"#, "data[1].total_earnings", Why::Missing),
        (r#"{"date":"20-11-2026","total_earnings":"10"}"#, "data[1].date", Why::Date),
        (r#"{"date":1795219200,"total_earnings":"10"}"#, "data[1].date", Why::Date),
        (r#"{"date":"2026-11-22","total_earnings":"10"}"#, "data[1].date", Why::Future),
        (r#"{"date":"2026-11-20","total_earnings":"10","trips":1.5}"#, "data[1].trips", Why::Count),
        (r#"{"date":"2026-11-20","total_earnings":"10","trips":-1}"#, "data[1].trips", Why::Count),
        (r#"{"date":"2026-11-20","total_earnings":"10","external_id":{}}"#, "data[1].external_id", Why::Text),
        (r#"{"date":"2026-11-20","total_earnings":"10","breakdown":{"note":"x"}}"#, "data[1].breakdown", Why::Amount(BadRupees::Form)),
        (r#"{"date":"2026-11-20","total_earnings":"10","breakdown":[]}"#, "data[1].breakdown", Why::Form),
        (r#"{"date":"2026-11-20","total_earnings":10,"currency":"USD"}"#, "data[1].currency", Why::Currency),
        (r#"{"date":"2026-11-20","total_earnings":1000,"currency":"INR"}"#, "data[1].currency", Why::MixedUnits),
        (r#"{"date":"2026-11-20","total_earnings":"1","total_earnings":"2"}"#, "data[1]", Why::Form),
        (r#"{"date":"2026-11-19","total_earnings":"11"}"#, "data[1]", Why::Conflict),
        ("7", "data[1]", Why::Form),
    ] {
        assert_eq!(refused(&format!(r#"{{"data":[{good},{bad}]}}"#)), (at.to_owned(), why), "{bad}");
    }
    for bad in ["", "[]", "{", "null", "\u{0}", r#"{"data":[]} x"#] {
        assert_eq!(refused(bad).1, Why::Form, "{bad}");
    }
    assert_eq!(refused("{}"), ("data".to_owned(), Why::Missing));
    assert_eq!(refused(r#"{"data":{}}"#), ("data".to_owned(), Why::Form));
    assert_eq!(refused(r#"{"data":[],"next_cursor":7}"#), ("next_cursor".to_owned(), Why::Text));
}

#[test]
fn a_response_is_bounded() {
    assert_eq!(refused(&" ".repeat(RESPONSE_BYTES_MAX + 1)).1, Why::TooLong);
    let record = r#"{"date":"2026-11-20","total_earnings":"1"}"#;
    let many = vec![record; RECORDS_MAX + 1].join(",");
    assert_eq!(refused(&format!(r#"{{"data":[{many}]}}"#)).1, Why::TooLong);
    let deep = format!(r#"{{"data":{}{}}}"#, "[".repeat(900_000), "]".repeat(900_000));
    assert!(matches!(refused(&deep).1, Why::Form));
}

#[test]
fn old_days_are_left_out_and_counted_and_a_record_that_came_twice_is_one() {
    let row = |date: &str| format!(r#"{{"date":"{date}","total_earnings":"-50.00"}}"#);
    let page = read(&format!(r#"{{"data":[{},{},{},{}]}}"#, row("2024-11-20"), row("2024-11-21"), row("2026-11-21"), row("2026-11-21")));
    let dates: Vec<Date> = page.days.iter().map(|day| day.date).collect();
    assert_eq!((dates, page.too_old), (vec![date(2024, 11, 21), date(2026, 11, 21)], 1));
    assert_eq!(page.days.first().map(|day| day.total), Some(-5_000));
}

#[test]
fn a_time_counts_to_the_platforms_day() {
    for (written, day) in [
        ("2026-11-20T03:59:59+05:30", 19),
        ("2026-11-20T04:00:00+05:30", 20),
        ("2026-11-19T22:29:59Z", 19),
        ("2026-11-20T03:00:00", 19),
        ("2026-11-20T23:59:59", 20),
    ] {
        let page = read(&format!(r#"{{"data":[{{"date":"{written}","total_earnings":"1"}}]}}"#));
        assert_eq!(page.days.first().map(|day| day.date), Some(date(2026, 11, day)), "{written}");
    }
}

#[test]
fn fields_are_found_where_the_configuration_says() {
    let fields = FieldMap::from([
        ("data", "result.gigs"),
        ("next_cursor", "result.next"),
        ("date", "day"),
        ("total_earnings", "income.total"),
        ("tips", "income.tips"),
        ("base", "income.pay"),
        ("deductions", "income.fees"),
    ]);
    let text = r#"{"result":{"gigs":[{"day":"2026-11-20","income":{"total":"100.00","pay":"95.25","tips":"10","fees":"5.25"},"x":[1]}],"next":""}}"#;
    let page = parse_response(text.as_bytes(), &terms(&fields)).unwrap();
    let [day] = page.days.as_slice() else { panic!("one day") };
    assert_eq!(day.lines, [(LineKind::Base, 9_525), (LineKind::Tips, 1_000), (LineKind::Deductions, -525)]);
    assert_eq!((day.unexplained(), page.next_cursor), (0, None));
}

#[test]
fn what_is_deducted_is_taken_off_however_it_is_signed() {
    let deducted = |total: &str, deductions: &str| {
        let text = format!(
            r#"{{"data":[{{"date":"2026-11-20","total_earnings":"{total}","breakdown":{{"base":"100","deductions":"{deductions}"}}}}]}}"#
        );
        read(&text).days.first().and_then(|day| day.lines.get(1).copied())
    };
    assert_eq!(deducted("90", "10"), Some((LineKind::Deductions, -1_000)));
    assert_eq!(deducted("90", "-10"), Some((LineKind::Deductions, -1_000)));
    assert_eq!(deducted("110", "10"), Some((LineKind::Deductions, 1_000)), "given back");
}

#[test]
fn penalties_and_deductions_are_taken_off_beside_each_other() {
    let page = read(
        r#"{"data":[{"date":"2026-11-20","total_earnings":"80","breakdown":{"base":"95","tolls":"5","deductions":"10","penalties":10}}]}"#,
    );
    let [day] = page.days.as_slice() else { panic!("one day") };
    assert_eq!(
        day.lines.get(1..),
        Some([(LineKind::Tolls, 500), (LineKind::Deductions, -1_000), (LineKind::Penalties, -1_000)].as_slice())
    );
    assert_eq!(day.unexplained(), 0);
}

#[test]
fn a_breakdowns_other_names_are_summed_up() {
    let page = read(r#"{"data":[{"date":"2026-11-20","total_earnings":"30","breakdown":{"referral":"10","toll":"20","tips":null}}]}"#);
    assert_eq!(page.days.first().map(|day| day.lines.clone()), Some(vec![(LineKind::Other, 3_000)]));
}

#[test]
fn a_hundredth_may_be_unexplained() {
    let day = |total, base| EarningsDay {
        platform: None,
        date: date(2026, 11, 20),
        external_id: None,
        total,
        lines: vec![(LineKind::Base, base)],
        cash_collected: 0,
        trips: None,
        online_minutes: None,
    };
    assert!(!day(10_000, 9_900).is_unexplained());
    assert!(day(10_000, 9_899).is_unexplained());
    assert!(day(-10_000, -9_899).is_unexplained());
    assert!(!day(0, 0).is_unexplained());
    assert!(day(i64::MIN, i64::MAX).is_unexplained());
    let shown = format!("{:?}", day(987_654, 1));
    assert!(!shown.contains("987654"), "{shown}");
}

#[test]
fn damaged_responses_are_refused_or_read_and_never_more() {
    let mut state = 7_u64;
    for _ in 0..20_000 {
        let mut bytes = CANONICAL.as_bytes().to_vec();
        for _ in 0..=state % 4 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = (state >> 33) as usize % bytes.len().max(1);
            match state >> 61 {
                0 => bytes.truncate(at),
                1 => drop(bytes.drain(at..(at + 1).min(bytes.len()))),
                2 => bytes.insert(at, (state >> 20) as u8),
                _ => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = (state >> 12) as u8),
            }
        }
        if let Ok(page) = parse_response(&bytes, &terms(&FieldMap::default())) {
            assert!(page.days.iter().all(|day| day.date <= date(2026, 11, 21) && day.total.abs() <= AMOUNT_PAISE_MAX));
        }
    }
}
