//! What happens on a person's accounts, made up: the same for the same customer and day, always.
//!
//! Every day stands for itself, so a history that is continued tomorrow is the one that would be made
//! then. Amounts are minor units; times are Unix seconds, within hours in which people are awake in
//! India, and elsewhere near enough.

use fastrand::Rng;
use jiff::civil::{Date, Weekday};
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    Credit,
    Debit,
}

/// Where a customer lives, which decides what happens to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Country {
    India,
    UnitedStates,
    Nigeria,
}

impl Country {
    pub fn currency(self) -> &'static str {
        match self {
            Self::India => "INR",
            Self::UnitedStates => "USD",
            Self::Nigeria => "NGN",
        }
    }
}

/// Something that is booked, as long as the account has the money.
#[derive(Clone, Debug)]
pub struct Line {
    pub at: i64,
    pub amount_minor: i64,
    pub side: Side,
    pub mode: &'static str,
    pub narration: String,
    pub counterparty: Option<String>,
    pub reference: Option<String>,
}

/// All of one day, in order. `is_main` is the account that a person lives from.
pub fn of_day(country: Country, customer: &str, is_main: bool, day: Date) -> Vec<Line> {
    let mut lines = Day::new(country, customer, is_main, day);
    match (country, is_main) {
        (Country::India, true) => indian(&mut lines, customer),
        (Country::UnitedStates, true) => american(&mut lines),
        (Country::Nigeria, true) => nigerian(&mut lines),
        (_, false) => savings(&mut lines),
    }
    lines.lines.sort_by_key(|line| line.at);
    lines.lines
}

/// A name for the customer, as their bank has it.
pub fn name_of(customer: &str) -> &'static str {
    const NAMES: [&str; 8] =
        ["Asha Patil", "Ravi Kumar", "Imran Shaikh", "Lakshmi Devi", "Gurpreet Singh", "Meena Das", "Joseph Xavier", "Sunita Yadav"];
    pick(&mut Rng::with_seed(seed(&["name", customer])), &NAMES)
}

/// As many digits as an account has, of which only the last are shown.
pub fn number_of(customer: &str, account: &str) -> String {
    format!("{:011}", seed(&["number", customer, account]) % 100_000_000_000)
}

/// The beginning of a day in India.
pub fn midnight(day: Date) -> i64 {
    let offset = Offset::from_seconds(5 * 3600 + 1800).unwrap_or(Offset::UTC);
    day.to_zoned(TimeZone::fixed(offset)).map_or(0, |start| start.timestamp().as_second())
}

pub fn seed(parts: &[&str]) -> u64 {
    let digest = Sha256::digest(parts.join("\n"));
    digest.iter().take(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

struct Day {
    day: Date,
    rng: Rng,
    lines: Vec<Line>,
}

impl Day {
    fn new(country: Country, customer: &str, is_main: bool, day: Date) -> Self {
        let account = if is_main { "main" } else { "savings" };
        Self { day, rng: Rng::with_seed(seed(&[country.currency(), customer, account, &day.to_string()])), lines: Vec::new() }
    }

    fn chance(&mut self, one_in: u32) -> bool {
        self.rng.u32(..one_in) == 0
    }

    /// Whole units, as people pay.
    fn amount(&mut self, units: std::ops::RangeInclusive<i64>) -> i64 {
        self.rng.i64(units) * 100
    }

    /// As a platform pays: to the last hundredth.
    fn odd_amount(&mut self, units: std::ops::RangeInclusive<i64>) -> i64 {
        self.rng.i64(units) * 100 + self.rng.i64(0..100)
    }

    /// A 12-digit reference as UPI and IMPS print it. Source: the UPI sheet, "Identifiers".
    fn rrn(&mut self) -> String {
        format!("{}{:03}{:08}", self.day.year().rem_euclid(10), self.day.day_of_year(), self.rng.u32(..100_000_000))
    }

    fn add(&mut self, hours: std::ops::Range<i64>, side: Side, mode: &'static str, amount_minor: i64, text: Text) {
        let second = self.rng.i64(hours.start * 3600..hours.end * 3600);
        self.lines.push(Line {
            at: midnight(self.day) + second,
            amount_minor,
            side,
            mode,
            narration: text.narration,
            counterparty: text.counterparty.map(str::to_owned),
            reference: text.reference,
        });
    }

    /// To or from somebody by UPI, as Indian statements print it.
    fn upi(&mut self, hours: std::ops::Range<i64>, side: Side, amount_minor: i64, who: &'static str, note: &str) {
        let rrn = self.rrn();
        let letters = if side == Side::Credit { "CR" } else { "DR" };
        let narration = format!("UPI/{letters}/{rrn}/{}/{note}", who.to_uppercase());
        self.add(hours, side, "upi", amount_minor, Text { narration, counterparty: Some(who), reference: Some(rrn) });
    }
}

struct Text {
    narration: String,
    counterparty: Option<&'static str>,
    reference: Option<String>,
}

fn pick<T: Copy>(rng: &mut Rng, from: &[T; 8]) -> T {
    from[rng.usize(..8)]
}

const PEOPLE: [&str; 8] =
    ["Vijay More", "Anita Rao", "Suresh Gowda", "Fatima Khan", "Deepak Nair", "Pooja Shah", "Manoj Tiwari", "Kavita Joshi"];
const EATERIES: [&str; 8] = [
    "Sri Sagar Tiffin",
    "Balaji Tea Stall",
    "Hotel Annapurna",
    "Juice Junction",
    "Shree Krishna Bhavan",
    "Chai Point",
    "Raju Dosa",
    "A1 Biryani",
];
const PUMPS: [&str; 8] = [
    "HP Petrol Pump",
    "Indian Oil Station",
    "Bharat Petroleum",
    "HP Petrol Pump",
    "Nayara Energy",
    "Indian Oil Station",
    "Shell India",
    "Bharat Petroleum",
];

/// Rides and delivers for three platforms.
fn indian(day: &mut Day, customer: &str) {
    // What does not change from day to day.
    let mut own = Rng::with_seed(seed(&["life", customer]));
    let rent = own.i64(50..=90) * 10_000;
    let instalment = own.i64(1_800..=3_200) * 100;
    let recharge = [23_900, 29_900, 34_900][own.usize(..3)];
    let landlord = pick(&mut own, &PEOPLE);
    let (recharge_phase, sends_home) = (own.i32(0..28), own.bool());

    match day.day.weekday() {
        Weekday::Wednesday => platform(day, "Swiggy", "BUNDL TECHNOLOGIES PVT LTD", "HDFC0000240", 2_200..=4_200),
        Weekday::Thursday => platform(day, "Zomato", "ZOMATO LTD", "ICIC0000104", 1_100..=2_600),
        _ => {}
    }
    if !day.chance(3) {
        let (amount, rrn) = (day.odd_amount(180..=700), day.rrn());
        let narration = format!("IMPS-{rrn}-UBER INDIA SYSTEMS PVT LTD-HDFC-XXXXXXXX0221-UBER PAYOUT");
        let text = Text { narration, counterparty: Some("Uber"), reference: Some(rrn) };
        day.add(4..6, Side::Credit, "transfer", amount, text);
    }
    for _ in 0..day.rng.u32(1..=2) {
        let (amount, who) = (day.amount(30..=180), pick(&mut day.rng, &EATERIES));
        day.upi(8..22, Side::Debit, amount, who, "FOOD");
    }
    if day.chance(2) {
        let (amount, who) = (day.amount(150..=500), pick(&mut day.rng, &PUMPS));
        day.upi(7..21, Side::Debit, amount, who, "FUEL");
    }
    if day.chance(3) {
        let (side, who) = (if day.rng.bool() { Side::Credit } else { Side::Debit }, pick(&mut day.rng, &PEOPLE));
        let amount = day.amount(100..=1_500);
        day.upi(9..22, side, amount, who, "PAYMENT");
    }
    if day.chance(12) {
        let (amount, rrn) = (day.rng.i64(1..=4) * 50_000, day.rrn());
        let text = Text { narration: format!("ATM WDL/{rrn}/MG ROAD BENGALURU"), counterparty: None, reference: Some(rrn) };
        day.add(10..20, Side::Debit, "atm", amount, text);
    }
    let since_epoch = i32::try_from(midnight(day.day) / 86_400).unwrap_or_default();
    if (since_epoch + recharge_phase) % 28 == 0 {
        day.upi(9..21, Side::Debit, recharge, "Jio Prepaid", "RECHARGE");
    }
    match day.day.day() {
        3 => day.upi(9..12, Side::Debit, rent, landlord, "RENT"),
        7 => {
            let reference = format!("{:010}", day.rng.u64(..10_000_000_000));
            let narration = format!("ACH D- BAJAJ FINANCE LTD-{reference}-EMI");
            day.add(
                6..7,
                Side::Debit,
                "transfer",
                instalment,
                Text { narration, counterparty: Some("Bajaj Finance"), reference: Some(reference) },
            );
        }
        10 if sends_home => {
            let amount = day.rng.i64(20..=40) * 10_000;
            day.upi(18..21, Side::Debit, amount, "Savitri Devi", "GHAR KHARCH");
        }
        _ => {}
    }
}

fn platform(day: &mut Day, name: &'static str, company: &str, ifsc: &str, units: std::ops::RangeInclusive<i64>) {
    let (amount, number) = (day.odd_amount(units), day.rng.u64(..1_000_000_000));
    let utr = format!("N{:03}{}{number:09}", day.day.day_of_year(), day.day.year().rem_euclid(100));
    let narration = format!("NEFT CR-{ifsc}-{company}-{} WEEKLY PAYOUT-{utr}", name.to_uppercase());
    day.add(11..15, Side::Credit, "transfer", amount, Text { narration, counterparty: Some(name), reference: Some(utr) });
}

fn plain(narration: &str, counterparty: Option<&'static str>) -> Text {
    Text { narration: narration.to_owned(), counterparty, reference: None }
}

fn american(day: &mut Day) {
    if day.day.weekday() == Weekday::Monday {
        let amount = day.odd_amount(380..=760);
        day.add(9..12, Side::Credit, "transfer", amount, plain("UBER USA EDI PAYMNT", Some("Uber")));
    }
    let coffee = day.odd_amount(3..=14);
    day.add(12..15, Side::Debit, "card", coffee, plain("SQ *CORNER COFFEE", Some("Corner Coffee")));
    if day.chance(3) {
        let fuel = day.odd_amount(25..=60);
        day.add(12..23, Side::Debit, "card", fuel, plain("SHELL OIL 57442", Some("Shell")));
    }
    if day.day.day() == 1 {
        day.add(13..14, Side::Debit, "transfer", 120_000, plain("ACH RENT PAYMENT", None));
    }
}

fn nigerian(day: &mut Day) {
    if day.day.weekday() == Weekday::Monday {
        let amount = day.odd_amount(38_000..=72_000);
        day.add(9..12, Side::Credit, "transfer", amount, plain("NIP/BOLT OPERATIONS/WEEKLY PAYOUT", None));
    }
    let food = day.amount(800..=3_500);
    day.add(12..20, Side::Debit, "card", food, plain("POS PURCHASE/MAMA PUT KITCHEN/LAGOS", None));
    if day.chance(2) {
        let fuel = day.amount(5_000..=15_000);
        day.add(8..18, Side::Debit, "card", fuel, plain("POS PURCHASE/NNPC FILLING STATION", None));
    }
}

/// Where a little is put aside.
fn savings(day: &mut Day) {
    if day.day.day() == 12 {
        let amount = day.amount(300..=900);
        day.add(10..17, Side::Credit, "cash", amount, plain("BY CASH DEPOSIT", None));
    }
    if day.day.day() == 1 && matches!(day.day.month(), 1 | 4 | 7 | 10) {
        let interest = day.odd_amount(20..=60);
        day.add(1..2, Side::Credit, "other", interest, plain("CREDIT INTEREST", None));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn half_a_year(customer: &str) -> Vec<Line> {
        let first = Date::constant(2026, 5, 26);
        first.series(jiff::Span::new().days(1)).take(180).flat_map(|day| of_day(Country::India, customer, true, day)).collect()
    }

    #[test]
    fn a_day_is_the_same_whenever_it_is_made() {
        let texts = |lines: Vec<Line>| lines.into_iter().map(|line| format!("{line:?}")).collect::<Vec<_>>();
        assert_eq!(texts(half_a_year("9876543210")), texts(half_a_year("9876543210")));
        assert_ne!(texts(half_a_year("9876543210")), texts(half_a_year("9876543211")));
    }

    #[test]
    fn a_rider_has_payouts_petrol_food_recharges_rent_an_instalment_and_people() {
        let lines = half_a_year("9876543210");
        let count = |wanted: &str, side: Side| lines.iter().filter(|line| line.side == side && line.narration.contains(wanted)).count();
        let weeks = [count("SWIGGY", Side::Credit), count("ZOMATO", Side::Credit)];
        assert!(weeks.iter().all(|weeks| (25..=26).contains(weeks)), "{weeks:?}");
        assert!(count("UBER", Side::Credit) > 90 && count("/FUEL", Side::Debit) > 60 && count("/FOOD", Side::Debit) > 180);
        assert!((6..=7).contains(&count("/RECHARGE", Side::Debit)));
        assert_eq!([count("/RENT", Side::Debit), count("ACH D-", Side::Debit)], [6, 6]);
        assert!(count("/PAYMENT", Side::Debit) > 10 && count("/PAYMENT", Side::Credit) > 10);
        assert!(lines.iter().all(|line| line.amount_minor > 0));
    }
}
