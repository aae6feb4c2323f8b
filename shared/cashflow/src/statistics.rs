//! Integer arithmetic for robust statistics. Nothing here is a float: the same history gives the
//! same answer on every machine.

/// One bit, of logarithms and evidence.
pub const BIT: i64 = 1_024;

/// The binary logarithm in units of [`BIT`], rounded down; of nothing as of one.
pub fn log2(value: u64) -> i64 {
    let value = value.max(1);
    let whole = value.ilog2();
    // The mantissa in [1, 2) with 62 bits after the point; each squaring gives a further bit.
    let mut mantissa = u128::from(value) << (62 - whole.min(62));
    if whole == 63 {
        mantissa = u128::from(value >> 1);
    }
    let mut fraction = 0;
    for _ in 0..BIT.ilog2() {
        mantissa = (mantissa * mantissa) >> 62;
        fraction <<= 1;
        if mantissa >= 1 << 63 {
            mantissa >>= 1;
            fraction |= 1;
        }
    }
    i64::from(whole) * BIT + fraction
}

/// The middle value, or the middle of the two in the middle; nothing of nothing. Sorts.
pub fn median(values: &mut [i64]) -> Option<i64> {
    values.sort_unstable();
    let upper = *values.get(values.len() / 2)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *values.get(values.len() / 2 - 1)?;
    Some(lower.midpoint(upper))
}

/// The median, and the median distance from it.
pub fn median_and_spread(values: &mut [i64]) -> Option<(i64, i64)> {
    let middle = median(values)?;
    let mut distances: Vec<i64> = values.iter().map(|value| value.saturating_sub(middle).saturating_abs()).collect();
    Some((middle, median(&mut distances)?))
}

/// `value * times / by`, rounded towards nothing; the greatest amount where it does not fit, nothing
/// for a division by nothing.
pub fn scale(value: i64, times: i64, by: i64) -> i64 {
    let product = i128::from(value) * i128::from(times);
    let Some(quotient) = product.checked_div(i128::from(by)) else { return 0 };
    i64::try_from(quotient).unwrap_or(if quotient < 0 { i64::MIN } else { i64::MAX })
}

pub fn sum(values: impl Iterator<Item = i64>) -> i64 {
    values.fold(0, i64::saturating_add)
}

/// A count as an amount.
pub fn count(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}

/// FNV-1a: the same on every machine and in every build. It tells apart, and hides nothing.
pub fn fingerprint(bytes: impl Iterator<Item = u8>) -> u64 {
    const START: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    bytes.fold(START, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_right_to_a_thousandth_of_a_bit() {
        assert_eq!(log2(0), 0);
        assert_eq!(log2(1), 0);
        assert_eq!(log2(2), BIT);
        assert_eq!(log2(1 << 62), 62 * BIT);
        assert_eq!(log2(1 << 63), 63 * BIT);
        assert_eq!(log2(u64::MAX), 64 * BIT - 1);
        // log2(3) = 1.58496…, log2(10) = 3.32192…, log2(1,000,003) = 19.93157…
        assert_eq!(log2(3), 1_623);
        assert_eq!(log2(10), 3_401);
        assert_eq!(log2(1_000_003), 20_409);
    }

    #[test]
    fn medians() {
        assert_eq!(median(&mut []), None);
        assert_eq!(median(&mut [7]), Some(7));
        assert_eq!(median(&mut [9, 1, 5]), Some(5));
        assert_eq!(median(&mut [9, 1, 5, 6]), Some(5));
        assert_eq!(median(&mut [i64::MAX, i64::MAX]), Some(i64::MAX));
        assert_eq!(median_and_spread(&mut [1, 2, 3, 4, 100]), Some((3, 1)));
        assert_eq!(median_and_spread(&mut [i64::MIN, i64::MAX, i64::MIN]), Some((i64::MIN, 0)));
    }

    #[test]
    fn fingerprints_are_those_of_the_published_function() {
        assert_eq!(fingerprint("".bytes()), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fingerprint("foobar".bytes()), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn what_does_not_fit_is_the_greatest_that_does() {
        assert_eq!(scale(i64::MAX, 3, 2), i64::MAX);
        assert_eq!(scale(i64::MIN, 3, 2), i64::MIN);
        assert_eq!(scale(100, 2, 3), 66);
        assert_eq!(scale(100, 2, 0), 0);
        assert_eq!(sum([i64::MAX, 1].into_iter()), i64::MAX);
    }
}
