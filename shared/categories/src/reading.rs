//! A text cut into words, as rules and model see it.

use std::sync::LazyLock;

/// Narrations are shorter; what stands behind is not read.
pub const TEXT_CHARS_MAX: usize = 300;

/// A part of a text with as many digits is a reference, an IFSC or a number of an account.
const REFERENCE_DIGITS: usize = 3;

static PLAIN_TEXT: &str = include_str!("../plain.tsv");

/// Words of banks, rails and apps: they say how money went, never what for.
static PLAIN: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut words: Vec<&str> = lines(PLAIN_TEXT).flat_map(|line| line.split('|')).map(str::trim).collect();
    words.sort_unstable();
    words
});

/// The lines of an embedded file that are no remarks.
pub fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}

/// What the model's features rest on beside the corpus.
#[cfg(any(test, feature = "train"))]
pub fn plain_text() -> &'static str {
    PLAIN_TEXT
}

#[derive(Clone, Copy)]
pub struct Word {
    from: usize,
    to: usize,
    /// Banks put fields between slashes, hyphens and stars.
    pub field: usize,
    pub ends_field: bool,
    /// Says nothing of what the money was for.
    pub is_plain: bool,
    after_dot: bool,
}

/// The words of a text: small letters, runs of letters apart from runs of digits, no UPI handles, no
/// long numbers.
#[derive(Default)]
pub struct Reading {
    letters: String,
    pub words: Vec<Word>,
}

impl Reading {
    pub fn of(text: &str) -> Self {
        let mut cutter = Cutter { reading: Self::default(), ..Cutter::default() };
        cutter.reading.letters.reserve(text.len().min(TEXT_CHARS_MAX));
        cutter.reading.words.reserve(16);
        for char in text.chars().take(TEXT_CHARS_MAX) {
            cutter.take(char);
        }
        cutter.end_unit();
        let mut reading = cutter.reading;
        reading.join_initials();
        let ends: Vec<bool> =
            (0..reading.words.len()).map(|at| reading.field_at(at).is_none_or(|field| reading.field_at(at + 1) != Some(field))).collect();
        let Self { letters, words } = &mut reading;
        for (word, ends_field) in words.iter_mut().zip(ends) {
            word.ends_field = ends_field;
            word.is_plain |= letters
                .get(word.from..word.to)
                .is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_digit()) || PLAIN.binary_search(&text).is_ok());
        }
        reading
    }

    fn field_at(&self, at: usize) -> Option<usize> {
        self.words.get(at).map(|word| word.field)
    }

    pub fn text(&self, word: &Word) -> &str {
        self.letters.get(word.from..word.to).unwrap_or_default()
    }

    pub fn text_at(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| self.text(word))
    }

    pub fn has(&self, text: &str) -> bool {
        self.words.iter().any(|word| self.text(word) == text)
    }

    /// Words that are no longer there for anybody.
    pub fn silence(&mut self, at: usize, count: usize) {
        for word in self.words.iter_mut().skip(at).take(count) {
            word.to = word.from;
            word.is_plain = true;
        }
    }

    /// The words that may say what the money was for.
    pub fn telling(&self) -> impl Iterator<Item = &Word> {
        self.words.iter().filter(|word| !word.is_plain)
    }

    /// `B.P.C.L` and `B P C L` are `BPCL`; `K R Suresh` keeps his initials.
    fn join_initials(&mut self) {
        let is_initial = |word: &Word| word.to - word.from == 1 && !word.is_plain;
        let mut joined: Vec<Word> = Vec::with_capacity(self.words.len());
        let mut at = 0;
        while let Some(first) = self.words.get(at) {
            let rest = self.words.get(at..).unwrap_or_default();
            let run = rest.iter().take_while(|word| is_initial(word) && word.field == first.field).count();
            let dotted = rest.iter().take(run).skip(1).all(|word| word.after_dot);
            match rest.get(run.saturating_sub(1)) {
                Some(last) if run >= 3 || (run == 2 && dotted) => {
                    joined.push(Word { to: last.to, ..*first });
                    at += run;
                }
                _ => {
                    joined.push(*first);
                    at += 1;
                }
            }
        }
        self.words = joined;
    }
}

#[derive(Default)]
struct Cutter {
    reading: Reading,
    field: usize,
    /// Where the word begins that is being read.
    from: usize,
    is_number: bool,
    /// Where the unit begins that is being read: words with nothing between them (`citin2311`).
    unit: usize,
    unit_digits: usize,
    after_dot: bool,
    in_handle: bool,
}

impl Cutter {
    fn take(&mut self, char: char) {
        let is_digit = char.is_ascii_digit();
        let is_letter = !is_digit && (char.is_alphanumeric() || is_sign_of_a_letter(char));
        if self.in_handle {
            self.in_handle = is_letter || is_digit;
            if self.in_handle {
                return;
            }
        }
        match char {
            '\'' | '’' | '`' => {}
            _ if is_letter || is_digit => {
                if self.is_number != is_digit {
                    self.end_word();
                }
                self.is_number = is_digit;
                self.unit_digits += usize::from(is_digit);
                self.reading.letters.extend(char.to_lowercase());
            }
            // Some banks write an address with the one for the other.
            '@' | '¡' => {
                self.end_unit();
                self.in_handle = true;
            }
            '&' => {
                self.end_unit();
                self.reading.letters.push_str("and");
                self.end_unit();
            }
            '.' => {
                self.end_unit();
                self.after_dot = true;
            }
            _ => {
                self.end_unit();
                self.after_dot = false;
                if !char.is_whitespace() {
                    self.field += 1;
                }
            }
        }
    }

    fn end_word(&mut self) {
        let to = self.reading.letters.len();
        if to == self.from {
            return;
        }
        if self.is_number && to - self.from >= REFERENCE_DIGITS {
            self.reading.letters.truncate(self.from);
        } else {
            let word = Word {
                from: self.from,
                to,
                field: self.field,
                ends_field: false,
                is_plain: false,
                after_dot: std::mem::take(&mut self.after_dot),
            };
            self.reading.words.push(word);
            self.from = to;
        }
    }

    fn end_unit(&mut self) {
        self.end_word();
        if self.unit_digits >= REFERENCE_DIGITS {
            for word in self.reading.words.iter_mut().skip(self.unit) {
                word.is_plain = true;
            }
        }
        self.unit = self.reading.words.len();
        self.unit_digits = 0;
        self.is_number = false;
    }
}

/// Vowel signs and the like of Indian scripts, and what joins letters.
fn is_sign_of_a_letter(char: char) -> bool {
    matches!(char, '\u{0900}'..='\u{0DFF}' | '\u{200C}' | '\u{200D}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let reading = Reading::of(text);
        reading.words.iter().map(|word| reading.text(word).to_owned()).collect()
    }

    fn telling(text: &str) -> Vec<String> {
        let reading = Reading::of(text);
        reading.telling().map(|word| reading.text(word).to_owned()).collect()
    }

    #[test]
    fn punctuation_case_and_long_numbers_do_not_matter() {
        assert_eq!(words("PAY*SWIGGY"), ["pay", "swiggy"]);
        assert_eq!(words("UPI/CR/433712345678/BUNDL TECHNOLOGIES PVT"), ["upi", "cr", "bundl", "technologies", "pvt"]);
        assert_eq!(words("Domino's & TATA 1MG"), ["dominos", "and", "tata", "1", "mg"]);
        assert_eq!(words("தேநீர் கடை"), ["தேநீர்", "கடை"]);
    }

    #[test]
    fn a_handle_is_the_banks_and_not_the_payees() {
        assert_eq!(words("swiggy.rzp@icici Payment"), ["swiggy", "rzp", "payment"]);
        assert_eq!(words("ravi@airtel/one97987¡axisbank"), ["ravi", "one"]);
    }

    #[test]
    fn initials_are_joined_where_they_are_a_word() {
        assert_eq!(words("B.P.C.L Bunk, H P C L, S.K. Stores"), ["bpcl", "bunk", "hpcl", "sk", "stores"]);
        assert_eq!(words("K R Suresh"), ["k", "r", "suresh"]);
    }

    #[test]
    fn words_of_banks_and_references_tell_nothing() {
        assert_eq!(telling("NEFT CR-CITI0000002-UBER INDIA SYSTEMS-CITIN23145678901"), ["uber", "india", "systems"]);
        assert_eq!(telling("paytmqr2810050501@paytm"), Vec::<String>::new());
    }

    #[test]
    fn fields_end_where_banks_end_them() {
        let reading = Reading::of("UPI/RAVI KUMAR/ola");
        let ends: Vec<bool> = reading.words.iter().map(|word| word.ends_field).collect();
        assert_eq!(ends, [true, false, true, true]);
    }
}
