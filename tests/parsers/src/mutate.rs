//! Seeded mutations, the same on every machine: what stands in for libFuzzer in `cargo test`.

/// What parsers stumble over, put in where a mutation wants something new.
const TOKENS: &[&str] = &[
    "0",
    "-1",
    "1",
    "1.0",
    "1e2",
    "+1",
    "01",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "18446744073709551616",
    "null",
    "true",
    "\"NA\"",
    "\"null\"",
    "[]",
    "{}",
    "\"\"",
    "\\u0000",
    "\u{0}",
    "\u{feff}",
    "é",
    "０",
    "\u{202e}",
    "%00",
    "%",
    "%zz",
    "+",
    "&",
    "=",
    "|",
    "@",
    "#",
    ":",
    ";",
    ",",
    "\"",
    "\\",
    "\n",
    "\r\n",
    "\t",
    " ",
    "..",
    "/",
    "_",
    "amount",
    "status",
    "paid",
];

/// An endless supply of inputs made from seeds.
#[derive(Debug)]
pub struct Mutations<'a> {
    seeds: &'a [Vec<u8>],
    state: u64,
}

impl<'a> Mutations<'a> {
    /// `number` picks the sequence.
    pub fn new(seeds: &'a [Vec<u8>], number: u64) -> Self {
        Self { seeds, state: number | 1 }
    }

    /// xorshift64*: enough to vary inputs, and the same everywhere.
    fn random(&mut self, below: usize) -> usize {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        let drawn = self.state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(drawn).unwrap_or(0) % below.max(1)
    }

    fn seed(&mut self) -> &'a [u8] {
        let at = self.random(self.seeds.len());
        self.seeds.get(at).map_or(&[], Vec::as_slice)
    }

    fn change(&mut self, data: &mut Vec<u8>) {
        let at = self.random(data.len() + 1);
        let end = (at + self.random(16)).min(data.len());
        match self.random(8) {
            0 if at < data.len() => data[at] ^= 1 << self.random(8),
            1 if at < data.len() => data[at] = u8::try_from(self.random(256)).unwrap_or(0),
            2 => drop(data.drain(at..end)),
            3 => {
                let copy = data[at..end].to_vec();
                let to = self.random(data.len() + 1);
                data.splice(to..to, copy);
            }
            4 => {
                let other = self.seed();
                let from = self.random(other.len() + 1);
                let to = (from + self.random(64)).min(other.len());
                data.splice(at..end, other[from..to].iter().copied());
            }
            5 => data.truncate(at),
            6 => drop(data.splice(at..end, TOKENS[self.random(TOKENS.len())].bytes())),
            _ => {
                let token = TOKENS[self.random(TOKENS.len())];
                data.splice(at..at, token.bytes());
            }
        }
    }
}

impl Iterator for Mutations<'_> {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        let mut data = self.seed().to_vec();
        for _ in 0..=self.random(4) {
            self.change(&mut data);
        }
        Some(data)
    }
}
