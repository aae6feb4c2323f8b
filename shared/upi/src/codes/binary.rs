//! A picture in black and white, and how much work it would make.
//!
//! Each corner of a code has a *finder*: a ring around a stone, which a line through it crosses as
//! black, white, black, white, black of lengths 1:1:3:1:1. The detector tries every three of them
//! together, each time on a copy of the picture, and looks at every line that might cross one. So
//! both are counted here first, in one pass, by the rule that it finds them by.

use super::luma::Luma;

/// Fewer finders are no code; more are eight codes, or a picture made to be slow.
const FINDERS: std::ops::RangeInclusive<usize> = 3..=24;

/// Lines that might cross a finder. A code that fills the picture has some hundreds.
const CROSSINGS_MAX: usize = 10_000;

/// Stretches of black. More is a picture of grain, which is looked at again once it is smaller.
const RUNS_MAX: usize = 500_000;

/// How much darker than its surroundings black is, in percent.
const DARKER_PERCENT: u32 = 10;

pub(super) struct Binary {
    width: usize,
    black: Vec<bool>,
}

/// A stretch of black in a row, from `start` up to `end`, and the part of the picture it belongs to.
struct Run {
    start: usize,
    end: usize,
    part: usize,
}

/// Parts of the picture that hang together: a forest, and how many pixels the part of each root has.
#[derive(Default)]
struct Parts {
    parents: Vec<usize>,
    pixels: Vec<usize>,
}

impl Binary {
    /// Compares each pixel with the mean of a square around it, as long as a quarter of the picture.
    pub(super) fn of(luma: &Luma) -> Self {
        let (width, height) = (luma.width, luma.height);
        let reach = (luma.side() / 8).max(4);
        // Sums of all above and to the left: at most 2560 × 2560 × 255 (turned: less), within 32 bits.
        let mut sums = vec![0_u32; (width + 1) * (height + 1)];
        for y in 0..height {
            let mut row = 0;
            for x in 0..width {
                row += u32::from(luma.pixels[y * width + x]);
                sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
            }
        }
        let sum_to = |x: usize, y: usize| u64::from(sums[y * (width + 1) + x]);
        let mut black = Vec::with_capacity(width * height);
        for y in 0..height {
            let (top, bottom) = (y.saturating_sub(reach), (y + reach + 1).min(height));
            for x in 0..width {
                let (left, right) = (x.saturating_sub(reach), (x + reach + 1).min(width));
                let sum = sum_to(right, bottom) + sum_to(left, top) - sum_to(left, bottom) - sum_to(right, top);
                let count = ((right - left) * (bottom - top)) as u64;
                black.push(u64::from(luma.pixels[y * width + x]) * count * 100 < sum * u64::from(100 - DARKER_PERCENT));
            }
        }
        Self { width, black }
    }

    pub(super) fn is_black(&self, x: usize, y: usize) -> bool {
        self.black[y * self.width + x]
    }

    /// Whether it is worth the detector's work, and not too much of it.
    pub(super) fn may_have_codes(&self) -> bool {
        let Some((rows, mut parts)) = self.runs() else { return false };
        let mut rings = Vec::new();
        let mut crossings = 0;
        for row in &rows {
            for [left, stone, right] in row.array_windows() {
                if !is_crossing([left, stone, right]) {
                    continue;
                }
                crossings += 1;
                let (ring, stone) = (parts.root(right.part), parts.root(stone.part));
                let is_finder = parts.root(left.part) == ring && ring != stone && {
                    let percent = parts.pixels[stone] * 100 / parts.pixels[ring];
                    10 < percent && percent < 70
                };
                if is_finder && !rings.contains(&ring) {
                    rings.push(ring);
                }
                if rings.len() > *FINDERS.end() || crossings > CROSSINGS_MAX {
                    return false;
                }
            }
        }
        FINDERS.contains(&rings.len())
    }

    /// Unless there are too many.
    fn runs(&self) -> Option<(Vec<Vec<Run>>, Parts)> {
        let mut parts = Parts::default();
        let mut rows: Vec<Vec<Run>> = Vec::new();
        for row in self.black.chunks_exact(self.width) {
            let mut runs: Vec<Run> = Vec::new();
            let mut x = 0;
            while let Some(start) = row[x..].iter().position(|black| *black).map(|ahead| x + ahead) {
                let end = row[start..].iter().position(|black| !black).map_or(self.width, |ahead| start + ahead);
                runs.push(Run { start, end, part: parts.add(end - start) });
                x = end;
            }
            if let Some(above) = rows.last() {
                let mut above = above.iter().peekable();
                for run in &runs {
                    while above.next_if(|other| other.end <= run.start).is_some() {}
                    // One that reaches further touches the next run as well.
                    while let Some(other) = above.peek().filter(|other| other.start < run.end) {
                        parts.join(other.part, run.part);
                        if other.end > run.end {
                            break;
                        }
                        above.next();
                    }
                }
            }
            rows.push(runs);
            if parts.parents.len() > RUNS_MAX {
                return None;
            }
        }
        Some((rows, parts))
    }
}

/// The detector's own rule.
fn is_crossing([left, stone, right]: [&Run; 3]) -> bool {
    let lengths =
        [left.end - left.start, stone.start - left.end, stone.end - stone.start, right.start - stone.end, right.end - right.start];
    let mean = (lengths[0] + lengths[1] + lengths[3] + lengths[4]) / 4;
    let slack = mean * 3 / 4;
    lengths.iter().zip([1, 1, 3, 1, 1]).all(|(length, times)| (times * mean - slack..=times * mean + slack).contains(length))
}

impl Parts {
    fn add(&mut self, pixels: usize) -> usize {
        self.parents.push(self.parents.len());
        self.pixels.push(pixels);
        self.parents.len() - 1
    }

    fn root(&mut self, mut part: usize) -> usize {
        while self.parents[part] != part {
            self.parents[part] = self.parents[self.parents[part]];
            part = self.parents[part];
        }
        part
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if one != other {
            let (small, large) = if self.pixels[one] < self.pixels[other] { (one, other) } else { (other, one) };
            self.parents[small] = large;
            self.pixels[large] += self.pixels[small];
        }
    }
}
