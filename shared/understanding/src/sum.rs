//! Adds up the parts of a number as they are said: `paanch sau pachaas`, `saadhe teen hazaar`.

/// No number of a message is greater: more is no number that we know what to do with.
const HUNDREDTHS_MAX: i64 = 100_000_000_000_000;

/// What one word adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Value(i64),
    Multiplier(i64),
    /// `saadhe`, `sava`, `paune`: a part of what the next word counts.
    Shift(i64),
    /// `-nnara`, `vare`: half as much again of what stood before.
    HalfMore,
    /// A thousand that is never counted: `veyyi`, which also means "put".
    Whole(i64),
}

#[derive(Debug, Default)]
pub struct Sum {
    total: i64,
    current: Option<i64>,
    shift: Option<i64>,
    /// The multiplier that was added last.
    last: Option<i64>,
    pub multiplied: bool,
    pub values: usize,
}

impl Sum {
    pub fn add_all(&mut self, parts: &[Part]) -> bool {
        parts.iter().all(|part| self.add(*part))
    }

    /// Whether the part still belongs to the same number.
    pub fn add(&mut self, part: Part) -> bool {
        match part {
            Part::Shift(shift) => {
                if self.shift.is_some() || self.current.is_some() {
                    return false;
                }
                self.shift = Some(shift);
                self.values += 1;
                true
            }
            Part::HalfMore => {
                match (&mut self.current, self.last) {
                    (Some(current), _) => *current = current.saturating_add(50),
                    (None, Some(last)) => self.total = self.total.saturating_add(last.saturating_mul(50)),
                    (None, None) => return false,
                }
                true
            }
            Part::Whole(value) => {
                if self.values > 0 || self.multiplied || self.shift.is_some() {
                    return false;
                }
                self.total = value;
                self.last = Some(value / 100);
                self.multiplied = true;
                true
            }
            Part::Multiplier(by) => {
                // "two thousand" as one word, and a hundred after it.
                if by == 100
                    && let Some(thousands) = self.current.filter(|&current| current >= 100_000)
                {
                    self.total = self.total.saturating_add(thousands);
                    self.current = Some(10_000);
                    self.last = Some(100);
                    self.multiplied = true;
                    return true;
                }
                let counted = match (self.current.take(), self.shift.take()) {
                    (Some(value), shift) => value.saturating_add(shift.unwrap_or(0)),
                    (None, Some(shift)) => 100 + shift,
                    // "ek hazaar lakh" is nobody's number.
                    (None, None) if self.last.is_some_and(|last| by >= last) => return false,
                    (None, None) => 100,
                };
                let value = counted.saturating_mul(by);
                if by == 100 && value < 100_000 {
                    self.current = Some(value);
                } else {
                    self.total = self.total.saturating_add(value);
                }
                self.last = Some(by);
                self.multiplied = true;
                true
            }
            Part::Value(mut value) => {
                // "paune do sau", where "do sau" is one form.
                if value >= 10_000
                    && let Some(shift) = self.shift.take()
                {
                    value = value.saturating_add(shift * if value % 100_000 == 0 { 1_000 } else { 100 });
                }
                let joins = match self.current {
                    None => self.last.is_none_or(|last| value < last.saturating_mul(100)),
                    // "twenty five", "paanch sau pachaas".
                    Some(current) => {
                        let tens = current % 10_000;
                        (tens == 0 && current >= 10_000 && value < 10_000)
                            || ((2_000..=9_000).contains(&tens)
                                && tens % 1_000 == 0
                                && value < 1_000
                                && value % 100 == 0
                                && !self.multiplied)
                    }
                };
                if !joins {
                    return false;
                }
                self.current = Some(self.current.unwrap_or(0).saturating_add(value));
                if value >= 10_000 {
                    self.multiplied = true;
                }
                self.values += 1;
                true
            }
        }
    }

    pub fn value(&self) -> Option<i64> {
        let open = match (self.current, self.shift) {
            (Some(value), shift) => value.saturating_add(shift.unwrap_or(0)),
            // `sava` without what it is a quarter more than is no number.
            (None, Some(_)) if self.total == 0 => return None,
            (None, _) => 0,
        };
        let value = self.total.saturating_add(open);
        (value <= HUNDREDTHS_MAX).then_some(value)
    }
}
