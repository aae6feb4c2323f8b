//! What stands on a bill. It follows from the biller, the customer's number and the month, so the same
//! question has the same answer until the bill is paid.

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::catalogue::{Biller, Exactness, Flow};
use super::steering::ORDERS;

const NAMES: [&str; 8] =
    ["RAVI KUMAR", "LAKSHMI NARAYANAN", "MOHAMMED IRFAN", "SUNITA DEVI", "GURPREET SINGH", "ANJALI DESAI", "P SELVAM", "रमेश पाटिल"];

/// A bill as it was made out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    pub number: String,
    pub amount: i64,
    pub min: Option<i64>,
    pub max: Option<i64>,
    pub options: Vec<(&'static str, i64)>,
    customer_name: String,
    label: Option<String>,
    bill_date: Date,
    due_date: Date,
}

impl Paper {
    /// None of a biller that makes out no bills.
    pub fn of(biller: &Biller, customer: &str, today: Date, hostile: bool) -> Option<Self> {
        if biller.flow != Flow::Fetch {
            return None;
        }
        let seed = spread(&format!("{}/{customer}", biller.id));
        let month = today.first_of_month();
        // ₹180.00 to ₹4,179.99; a cylinder costs what all cost.
        let amount = if biller.category == "LPG Gas" { 85_300 } else { 18_000 + i64::try_from(seed % 400_000).unwrap_or(0) };
        let is_loan = biller.exactness == Exactness::Range;
        let name = NAMES.iter().cycle().nth(usize::try_from(seed % 8).unwrap_or(0)).copied().unwrap_or_default();
        Some(Self {
            number: format!("{}{:02}{:08}", today.year(), today.month(), seed % 100_000_000),
            amount,
            min: is_loan.then_some(amount / 2),
            max: is_loan.then_some(amount * 12),
            options: if is_loan { vec![("One EMI", amount), ("Three EMIs", amount * 3)] } else { Vec::new() },
            customer_name: if hostile { format!("{name} {ORDERS}{}", "A".repeat(5_000)) } else { name.to_owned() },
            label: hostile.then(|| ORDERS.to_owned()),
            bill_date: month,
            // Some are overdue, some are due tomorrow.
            due_date: month.checked_add(i64::try_from(5 + seed % 20).unwrap_or(5).days()).unwrap_or(month),
        })
    }

    pub fn view(&self) -> Value {
        let options: Vec<Value> = self.options.iter().map(|(name, amount)| json!({ "name": name, "amount": amount })).collect();
        json!({
            "amount": self.amount,
            "billDate": self.bill_date.to_string(),
            "billNumber": self.number,
            "billPeriod": "MONTHLY",
            "customerName": self.customer_name,
            "dueDate": self.due_date.to_string(),
            "label": self.label,
            "minAmount": self.min,
            "maxAmount": self.max,
            "paymentOptions": options,
        })
    }
}

/// FNV-1a: the same on every machine.
fn spread(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::bills::catalogue::{BILLERS, find};

    #[test]
    fn the_same_customer_has_the_same_bill_within_a_month() {
        let of = |number: &str, day| Paper::of(find("BESCOM000KAR01").unwrap(), number, day, false).unwrap();
        let bill = of("1234567890", date(2026, 10, 1));
        assert_eq!(bill, of("1234567890", date(2026, 10, 31)));
        assert_ne!(bill.number, of("1234567890", date(2026, 11, 1)).number);
        assert_ne!(bill.amount, of("1234567891", date(2026, 10, 1)).amount);
    }

    #[test]
    fn whoever_makes_out_bills_makes_out_ones_that_can_be_paid() {
        for biller in BILLERS {
            let paper = Paper::of(biller, "1234567890", date(2026, 10, 5), false);
            assert_eq!(paper.is_some(), biller.flow == Flow::Fetch, "{}", biller.id);
            assert!(paper.is_none_or(|paper| (biller.wallet.0..=biller.wallet.1).contains(&paper.amount)), "{}", biller.id);
        }
    }
}
