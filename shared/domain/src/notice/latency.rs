//! How long something took, counted in buckets of a logarithmic scale: of any number of samples the
//! percentiles are known within a bucket, and counts of different times and places add up.

use std::collections::BTreeMap;

/// What a bucket holds at most, in milliseconds: five a decade from 50 ms to 24 h, on the preferred
/// numbers of ISO 3. Stored counts are by place in this list, so it is never to change.
pub const EDGES_MS: [i64; 33] = [
    50, 80, 125, 200, 315, //
    500, 800, 1_250, 2_000, 3_150, //
    5_000, 8_000, 12_500, 20_000, 31_500, //
    50_000, 80_000, 125_000, 200_000, 315_000, //
    500_000, 800_000, 1_250_000, 2_000_000, 3_150_000, //
    5_000_000, 8_000_000, 12_500_000, 20_000_000, 31_500_000, //
    50_000_000, 80_000_000, 86_400_000,
];

/// One of the scale's, from 0; the last is for what took longer than a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bucket(u8);

impl Bucket {
    /// The bucket of what took so long; less than nothing, where two clocks differ, counts as nothing.
    pub fn of(ms: i64) -> Self {
        Self(EDGES_MS.partition_point(|edge| *edge < ms) as u8)
    }

    pub fn all() -> impl Iterator<Item = Self> {
        (0..=EDGES_MS.len() as u8).map(Self)
    }

    pub fn index(self) -> u8 {
        self.0
    }

    /// What lies in it took no longer than this; `None` where nobody can say.
    pub fn at_most_ms(self) -> Option<i64> {
        EDGES_MS.get(usize::from(self.0)).copied()
    }
}

/// Samples, by bucket.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Latencies(BTreeMap<Bucket, u64>);

impl Latencies {
    pub fn add(&mut self, bucket: Bucket, samples: u64) {
        if samples > 0 {
            *self.0.entry(bucket).or_default() += samples;
        }
    }

    pub fn merge(&mut self, other: &Self) {
        for (bucket, samples) in &other.0 {
            self.add(*bucket, *samples);
        }
    }

    pub fn samples(&self) -> u64 {
        self.0.values().sum()
    }

    /// The bucket that this percentile lies in: so many percent of the samples took no longer than the
    /// bucket's edge. `None` where there are none.
    pub fn percentile(&self, percent: u64) -> Option<Bucket> {
        let wanted = (self.samples() * percent).div_ceil(100).max(1);
        let mut seen = 0;
        let reaches = |(_, samples): &(&Bucket, &u64)| {
            seen += **samples;
            seen >= wanted
        };
        self.0.iter().find(reaches).map(|(bucket, _)| *bucket)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(samples: &[i64]) -> Latencies {
        let mut latencies = Latencies::default();
        for ms in samples {
            latencies.add(Bucket::of(*ms), 1);
        }
        latencies
    }

    #[test]
    fn the_scale_rises_by_five_steps_a_decade_from_50_ms_to_a_day() {
        assert!(EDGES_MS.windows(2).all(|pair| pair[0] < pair[1] && pair[1] * 100 <= pair[0] * 163));
        assert!((0..27).all(|step| EDGES_MS[step + 5] == 10 * EDGES_MS[step]));
        assert_eq!((EDGES_MS[0], EDGES_MS[32]), (50, 24 * 3_600 * 1_000));
    }

    #[test]
    fn what_lies_in_a_bucket_took_no_longer_than_its_edge_and_longer_than_the_one_before() {
        for (index, edge) in EDGES_MS.iter().enumerate() {
            assert_eq!(usize::from(Bucket::of(*edge).index()), index);
            assert_eq!(usize::from(Bucket::of(*edge + 1).index()), index + 1);
            assert_eq!(Bucket::of(*edge).at_most_ms(), Some(*edge));
        }
        assert_eq!((Bucket::of(i64::MIN), Bucket::of(0)), (Bucket::of(50), Bucket::of(1)));
        assert_eq!((Bucket::of(i64::MAX).at_most_ms(), Bucket::all().last()), (None, Some(Bucket::of(i64::MAX))));
    }

    #[test]
    fn a_percentile_is_never_told_shorter_than_it_was_nor_a_bucket_longer() {
        let samples: Vec<i64> = (0..1_000_i64).map(|n| (n * n * 7_919) % 100_000_000).collect();
        let (latencies, mut sorted) = (of(&samples), samples.clone());
        sorted.sort_unstable();
        for percent in 1..=100_u64 {
            let exact = sorted[(sorted.len() * percent as usize).div_ceil(100) - 1];
            assert_eq!(latencies.percentile(percent), Some(Bucket::of(exact)), "p{percent}");
        }
    }

    #[test]
    fn few_samples_have_percentiles_and_none_have_none() {
        assert_eq!(of(&[]).percentile(50), None);
        assert_eq!([0, 50, 95, 99, 100].map(|percent| of(&[70]).percentile(percent)), [Some(Bucket::of(80)); 5]);
        let two = of(&[70, 7_000]);
        assert_eq!((two.percentile(50), two.percentile(51)), (Some(Bucket::of(70)), Some(Bucket::of(7_000))));
    }

    #[test]
    fn counts_of_different_places_add_up() {
        let (left, right) = ([10, 60, 70_000], [60, 90_000_000]);
        let mut merged = of(&left);
        merged.merge(&of(&right));
        assert_eq!(merged, of(&[left.as_slice(), &right].concat()));
        assert_eq!(merged.samples(), 5);
    }
}
