//! Days out of payments and trips.

use std::collections::BTreeMap;

use earnings::{EarningsDay, LineKind, service_date};
use jiff::Timestamp;
use jiff::civil::Date;

use super::wire::{Payment, Trip};

/// Words in the names of categories and of a fare's parts, and what they are. The first that fits.
const KINDS: [(&str, LineKind); 16] = [
    ("service_fee", LineKind::Deductions),
    ("commission", LineKind::Deductions),
    ("subscription", LineKind::Deductions),
    ("penalty", LineKind::Penalties),
    ("penalties", LineKind::Penalties),
    ("fine", LineKind::Penalties),
    ("tip", LineKind::Tips),
    ("gratuity", LineKind::Tips),
    ("toll", LineKind::Tolls),
    ("surge", LineKind::Surge),
    ("incentive", LineKind::Incentive),
    ("promotion", LineKind::Incentive),
    ("bonus", LineKind::Incentive),
    ("quest", LineKind::Incentive),
    ("boost", LineKind::Incentive),
    ("referral", LineKind::Incentive),
];

#[derive(Default)]
struct Sum {
    total: i64,
    cash_collected: i64,
    lines: BTreeMap<LineKind, i64>,
    trips: u32,
    seconds: u64,
}

/// One day for each on which something was paid, oldest first.
pub(super) fn days<'a>(
    payments: impl Iterator<Item = &'a Payment>,
    trips: impl Iterator<Item = &'a Trip>,
    day_rollover_hour: u8,
    is_wanted: impl Fn(Date) -> bool,
) -> Vec<EarningsDay> {
    let day_of = |at: Timestamp| service_date(at, day_rollover_hour).filter(|date| is_wanted(*date));
    let mut sums: BTreeMap<Date, Sum> = BTreeMap::new();
    for payment in payments {
        if let Some(date) = day_of(payment.at) {
            sums.entry(date).or_default().add(payment);
        }
    }
    for trip in trips {
        // Of a day on which nothing is paid yet nothing is told yet.
        if let Some(sum) = trip.completed_at.and_then(day_of).and_then(|date| sums.get_mut(&date)) {
            sum.trips = sum.trips.saturating_add(1);
            sum.seconds = sum.seconds.saturating_add(trip.seconds);
        }
    }
    sums.into_iter().map(|(date, sum)| sum.into_day(date)).collect()
}

impl Sum {
    fn add(&mut self, payment: &Payment) {
        self.total = self.total.saturating_add(payment.amount);
        self.cash_collected = self.cash_collected.saturating_add(payment.cash_collected);
        if payment.category != "fare" {
            return self.put(kind_of_payment(&payment.category, payment.amount), payment.amount);
        }
        let mut rest = payment.amount;
        for (name, paise) in &payment.breakdown {
            let kind = kind(name).unwrap_or(LineKind::Other);
            // However it is signed, a fee is what Uber keeps.
            let paise = if kind == LineKind::Deductions { paise.saturating_abs().saturating_neg() } else { *paise };
            self.put(kind, paise);
            rest = rest.saturating_sub(paise);
        }
        self.put(LineKind::Base, rest);
    }

    fn put(&mut self, kind: LineKind, paise: i64) {
        if paise != 0 {
            let line = self.lines.entry(kind).or_default();
            *line = line.saturating_add(paise);
        }
    }

    fn into_day(self, date: Date) -> EarningsDay {
        EarningsDay {
            platform: None,
            date,
            external_id: None,
            total: self.total,
            lines: self.lines.into_iter().collect(),
            cash_collected: self.cash_collected,
            trips: Some(self.trips),
            online_minutes: Some(u32::try_from(self.seconds / 60).unwrap_or(u32::MAX)),
        }
    }
}

fn kind(name: &str) -> Option<LineKind> {
    let name = name.to_ascii_lowercase();
    let says = |word: &str| name == word || name.split('_').any(|part| part.strip_suffix('s').unwrap_or(part) == word || part == word);
    KINDS.into_iter().find(|(word, _)| says(word)).map(|(_, kind)| kind)
}

/// What a payment is that is no fare. One that takes and says of itself nothing that we know is a
/// deduction (`platforms.md`, section 3).
fn kind_of_payment(category: &str, amount: i64) -> LineKind {
    kind(category).unwrap_or(if amount < 0 { LineKind::Deductions } else { LineKind::Other })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payment(category: &str, at: &str, amount: i64, breakdown: &[(&str, i64)]) -> Payment {
        Payment {
            driver_id: None,
            category: category.into(),
            at: at.parse().unwrap(),
            amount,
            cash_collected: 0,
            breakdown: breakdown.iter().map(|(name, paise)| ((*name).to_owned(), *paise)).collect(),
        }
    }

    fn days_of(payments: &[Payment]) -> Vec<EarningsDay> {
        days(payments.iter(), [].iter(), 4, |_| true)
    }

    #[test]
    fn the_lines_of_a_fare_add_up_to_its_amount() {
        let parts = [("service_fee", -2_500), ("toll", 4_000), ("tip", 1_000), ("surge", 700), ("other", 55)];
        let [day] = days_of(&[payment("fare", "2026-11-20T10:00:00Z", 12_345, &parts)]).try_into().unwrap();
        assert_eq!(day.unexplained(), 0);
        let base = 12_345 + 2_500 - 4_000 - 1_000 - 700 - 55;
        let (tips, surge, tolls) = ((LineKind::Tips, 1_000), (LineKind::Surge, 700), (LineKind::Tolls, 4_000));
        assert_eq!(day.lines, [(LineKind::Base, base), tips, surge, tolls, (LineKind::Deductions, -2_500), (LineKind::Other, 55)]);
    }

    #[test]
    fn a_fee_is_taken_off_however_it_is_signed() {
        let lines = |fee| days_of(&[payment("fare", "2026-11-20T10:00:00Z", 312, &[("service_fee", fee)])])[0].lines.clone();
        assert_eq!(lines(104), lines(-104));
        assert_eq!(lines(104), [(LineKind::Base, 416), (LineKind::Deductions, -104)]);
    }

    #[test]
    fn what_is_no_fare_is_what_its_category_says() {
        for (category, amount, kind) in [
            ("device_subscription", -20_000, LineKind::Deductions),
            ("adjustment", -5_000, LineKind::Deductions),
            ("adjustment", 5_000, LineKind::Other),
            ("quest_incentive", 30_000, LineKind::Incentive),
            ("promotion", 30_000, LineKind::Incentive),
            ("cancellation_penalty", -2_000, LineKind::Penalties),
            ("tip", 2_000, LineKind::Tips),
            ("surge_multiplier", 2_000, LineKind::Surge),
            ("cancellation_fee", 2_000, LineKind::Other),
            ("something_new", 2_000, LineKind::Other),
        ] {
            let [day] = days_of(&[payment(category, "2026-11-20T10:00:00Z", amount, &[])]).try_into().unwrap();
            assert_eq!((day.total, day.lines), (amount, vec![(kind, amount)]), "{category}");
        }
    }

    #[test]
    fn a_day_of_work_ends_at_four_and_nobody_earns_by_trips_alone() {
        let trip = |at: &str| Trip { driver_id: None, completed_at: Some(at.parse().unwrap()), seconds: 125 };
        let payments = [payment("fare", "2026-11-20T03:59:59+05:30", 100, &[]), payment("fare", "2026-11-20T04:00:00+05:30", 200, &[])];
        let trips = [trip("2026-11-20T03:00:00+05:30"), trip("2026-11-20T02:00:00+05:30"), trip("2026-11-18T12:00:00+05:30")];
        let days = days(payments.iter(), trips.iter(), 4, |_| true);
        let shown: Vec<_> = days.iter().map(|day| (day.date.to_string(), day.total, day.trips, day.online_minutes)).collect();
        assert_eq!(shown, [("2026-11-19".to_owned(), 100, Some(2), Some(4)), ("2026-11-20".to_owned(), 200, Some(0), Some(0))]);
    }
}
