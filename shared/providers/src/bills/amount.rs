//! Which amounts a biller takes.

use serde::{Deserialize, Deserializer};

use super::text::verbatim;
use crate::razorpay::wire::{paise, paise_or_none};

/// How close to the bill's amount a payment has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exactness {
    Exact,
    ExactAndAbove,
    ExactAndBelow,
    /// Between the least and the most that the bill names.
    Range,
    Any,
}

/// Why an amount is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmountRefused {
    #[error("not an amount")]
    NotPositive,
    #[error("it must be {due_paise} paise")]
    NotExact { due_paise: i64 },
    #[error("it must be {min_paise} paise or more")]
    TooLow { min_paise: i64 },
    #[error("it must be {max_paise} paise or less")]
    TooHigh { max_paise: i64 },
    #[error("it must be a multiple of {of_paise} paise")]
    NotAMultiple { of_paise: i64 },
    /// The biller takes no money in this way.
    #[error("the payment mode is not taken")]
    ModeNotTaken,
}

/// An amount that a bill offers beside its own, such as "early payment" or three months' dues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmountOption {
    /// Goes back to the biller as it came. A stranger's text.
    pub name: String,
    pub amount_paise: i64,
}

#[derive(Deserialize)]
struct OptionOnTheWire {
    name: String,
    #[serde(rename = "amount", default, deserialize_with = "paise_or_none")]
    amount_paise: Option<i64>,
}

/// What of a bill bounds its payment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Bounds {
    #[serde(rename = "amount", deserialize_with = "paise")]
    pub(super) due_paise: i64,
    #[serde(rename = "minAmount", default, deserialize_with = "paise_or_none")]
    pub(super) min_paise: Option<i64>,
    #[serde(rename = "maxAmount", default, deserialize_with = "paise_or_none")]
    pub(super) max_paise: Option<i64>,
    #[serde(rename = "amountMultiple", default, deserialize_with = "paise_or_none")]
    pub(super) multiple_paise: Option<i64>,
}

impl Exactness {
    /// The word for it, however it is spelled: `Exact and above` in answers, `EXACT_AND_ABOVE` in
    /// the network's own records. One that is not known counts as exact: that is never refused.
    pub(super) fn of(word: &str) -> Self {
        match word.to_ascii_lowercase().replace('_', " ").trim() {
            "exact and above" => Self::ExactAndAbove,
            "exact and below" => Self::ExactAndBelow,
            "range" => Self::Range,
            "any" => Self::Any,
            _ => Self::Exact,
        }
    }
}

impl<'de> Deserialize<'de> for Exactness {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::of(&Option::<String>::deserialize(deserializer)?.unwrap_or_default()))
    }
}

impl Bounds {
    pub(super) fn take(&self, exactness: Exactness, amount_paise: i64) -> Result<(), AmountRefused> {
        if amount_paise <= 0 {
            return Err(AmountRefused::NotPositive);
        }
        let due_paise = self.due_paise;
        match exactness {
            Exactness::Exact if amount_paise != due_paise => return Err(AmountRefused::NotExact { due_paise }),
            Exactness::ExactAndAbove => at_least(amount_paise, Some(due_paise))?,
            Exactness::ExactAndBelow => at_most(amount_paise, Some(due_paise))?,
            Exactness::Exact | Exactness::Range | Exactness::Any => {}
        }
        at_least(amount_paise, self.min_paise)?;
        at_most(amount_paise, self.max_paise)?;
        match self.multiple_paise {
            Some(of_paise) if of_paise > 0 && amount_paise % of_paise != 0 => Err(AmountRefused::NotAMultiple { of_paise }),
            _ => Ok(()),
        }
    }
}

pub(super) fn at_least(amount_paise: i64, min_paise: Option<i64>) -> Result<(), AmountRefused> {
    match min_paise {
        Some(min_paise) if amount_paise < min_paise => Err(AmountRefused::TooLow { min_paise }),
        _ => Ok(()),
    }
}

pub(super) fn at_most(amount_paise: i64, max_paise: Option<i64>) -> Result<(), AmountRefused> {
    match max_paise {
        // Zero stands for "no limit" in the network's records.
        Some(max_paise) if max_paise > 0 && amount_paise > max_paise => Err(AmountRefused::TooHigh { max_paise }),
        _ => Ok(()),
    }
}

/// The options that can be chosen: an amount, and a name that can be sent back. Use with `default`.
pub(super) fn options<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<AmountOption>, D::Error> {
    const COUNT_MAX: usize = 20;
    let offered = Option::<Vec<OptionOnTheWire>>::deserialize(deserializer)?.unwrap_or_default();
    let fit = offered.into_iter().filter_map(|option| {
        let amount_paise = option.amount_paise.filter(|paise| *paise > 0)?;
        Some(AmountOption { name: verbatim(option.name)?, amount_paise })
    });
    Ok(fit.take(COUNT_MAX).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_exactness_takes_its_own_amounts() {
        let bill = Bounds { due_paise: 50_000, min_paise: Some(10_000), max_paise: Some(90_000), ..Bounds::default() };
        for (word, taken, refused) in [
            ("Exact", vec![50_000], vec![49_999, 50_001, 0, -1]),
            ("EXACT_AND_ABOVE", vec![50_000, 90_000], vec![49_999, 90_001]),
            ("Exact and below", vec![50_000, 10_000], vec![50_001, 9_999]),
            ("RANGE", vec![10_000, 90_000], vec![9_999, 90_001]),
            ("Any", vec![10_000, 90_000], vec![0]),
            ("whatever comes", vec![50_000], vec![50_001]),
        ] {
            let exactness = Exactness::of(word);
            for amount in taken {
                assert_eq!(bill.take(exactness, amount), Ok(()), "{word} {amount}");
            }
            for amount in refused {
                assert!(bill.take(exactness, amount).is_err(), "{word} {amount}");
            }
        }
    }

    #[test]
    fn an_amount_comes_in_steps_where_the_bill_says_so() {
        let bill = Bounds { due_paise: 50_000, multiple_paise: Some(10_000), ..Bounds::default() };
        assert_eq!(bill.take(Exactness::Any, 60_000), Ok(()));
        assert_eq!(bill.take(Exactness::Any, 60_001), Err(AmountRefused::NotAMultiple { of_paise: 10_000 }));
        let no_step = Bounds { multiple_paise: Some(0), ..bill };
        assert_eq!(no_step.take(Exactness::Any, 60_001), Ok(()), "no division by nothing");
    }
}
