//! Files of earnings.

use earnings::{BadRupees, LineKind};
use jiff::civil::date;

use super::banks::TODAY;
use crate::{Earnings, Field, Place, Refusal, WhyBad, read_earnings};

#[track_caller]
fn taken(file: &str) -> Earnings {
    read_earnings(file.as_bytes(), TODAY).unwrap()
}

const CANONICAL: &str = "\
date,total_earnings,base,incentive,tips,surge,deductions,trips,online_minutes,cash_collected,external_id,platform
2026-11-20,1245.50,900,200,45.50,100,0,14,430,200,w-47,swiggy
2026-11-19,-50.00,,,,,,,,,,swiggy
";

#[test]
fn the_canonical_columns() {
    let read = taken(CANONICAL);
    assert!(read.bad.is_empty() && read.too_old == 0);
    let [first, second] = read.good.as_slice() else { panic!("two") };
    assert_eq!((first.day.date, first.day.total, first.day.cash_collected), (date(2026, 11, 20), 124_550, 20_000));
    assert_eq!((first.day.trips, first.day.online_minutes, first.day.unexplained()), (Some(14), Some(430), 0));
    assert_eq!((first.day.platform.as_deref(), first.day.external_id.as_deref()), (Some("swiggy"), Some("w-47")));
    assert_eq!((second.day.total, second.day.lines.len(), second.place), (-5_000, 0, Place { page: None, line: 3 }));
}

#[test]
fn platforms_and_people_name_columns_otherwise() {
    let read = taken(
        "Weekly earnings\n\nDay;Net Payout (INR);Order Pay;Bonus;Customer Tips;Penalty;Orders\n20/11/2026;\"₹1,02,000.00\";\"1,01,950\";100;0;50;12\nTotal;102000;;;;;12\n",
    );
    let [row] = read.good.as_slice() else { panic!("one") };
    assert_eq!(row.day.total, 10_200_000);
    assert_eq!(row.day.lines.last(), Some(&(LineKind::Deductions, -5_000)));
    assert_eq!((row.day.unexplained(), row.day.trips), (0, Some(12)));
}

#[test]
fn bad_rows_are_listed_with_their_lines_and_the_others_stay_whole() {
    let read = taken(
        "date,total_earnings,tips,trips,external_id\n\
         2026-11-18,100.005,,,\n\
         2026-11-18,100,1e2,,\n\
         2026-11-22,100,,,\n\
         ,100,,,\n\
         2026-11-18,,,,\n\
         18 Nov,100,,,\n\
         2026-11-18,100,,3.5,\n\
         2026-11-18,100,,,\n\
         2026-11-18,101,,,\n\
         2026-11-18,100,,,\n\
         2026-11-18,7,,,second\n\
         2024-11-20,7,,,\n",
    );
    let bad: Vec<_> = read.bad.iter().map(|bad| (bad.place.line, bad.field, bad.why)).collect();
    assert_eq!(
        bad,
        [
            (2, Field::Total, WhyBad::Amount(BadRupees::TooFine)),
            (3, Field::Line(LineKind::Tips), WhyBad::Amount(BadRupees::Form)),
            (4, Field::Date, WhyBad::Future),
            (5, Field::Date, WhyBad::Missing),
            (6, Field::Total, WhyBad::Missing),
            (7, Field::Date, WhyBad::Date),
            (8, Field::Trips, WhyBad::Count),
            (10, Field::Date, WhyBad::Conflict { first: 9 }),
        ]
    );
    let good: Vec<_> = read.good.iter().map(|good| (good.place.line, good.day.total)).collect();
    assert_eq!((good, read.too_old), (vec![(9, 10_000), (12, 700)], 1));
    assert_eq!(
        read.bad.first().map(ToString::to_string).as_deref(),
        Some("line 2, total_earnings: an amount has two digits after the point at most")
    );
}

#[test]
fn no_amount_is_guessed() {
    for written in ["1,5", "1.2.3", "12,00.00", "=1+1", "(5)", "5 Cr", "++5", "--5", "٥", "10000000.01", "\"1,23\""] {
        let read = taken(&format!("date,total_earnings\n2026-11-18,\"{}\"\n", written.trim_matches('"')));
        assert!(read.good.is_empty() && read.bad.len() == 1, "{written}");
    }
}

#[test]
fn a_file_that_names_no_date_or_total_is_refused() {
    for file in ["a,b\n1,2\n", "date,tips\n2026-11-18,1\n", "total_earnings\n1\n"] {
        assert_eq!(read_earnings(file.as_bytes(), TODAY), Err(Refusal::NoHeader), "{file}");
    }
    assert_eq!(read_earnings(b"date,total_earnings\n", TODAY), Err(Refusal::NoRows));
}
