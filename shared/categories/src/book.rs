//! Phrases and what they mean, found in a text word by word. The longest wins.

use crate::reading::Reading;

/// One word is known by its beginning only if as many letters of it are there, and more where nothing
/// stands before it: banks cut off at ten letters or later.
const CUT_WORD_LETTERS_MIN: usize = 6;
const CUT_FIRST_WORD_LETTERS_MIN: usize = 9;
const CUT_TAIL_LETTERS_MIN: usize = 2;

/// The shortest word that may be known by its beginning alone, where a phrase says so (`swiggy*`).
const BEGINNING_LETTERS_MIN: usize = 4;

/// Two words that are as long together are known when written as one, too.
const JOINED_LETTERS_MIN: usize = 7;

#[derive(Clone)]
pub struct Phrase<M> {
    words: Vec<String>,
    /// `=ola`: nothing but words of companies beside it in its field.
    is_whole: bool,
    /// `swiggy*`: its last word may go on.
    goes_on: bool,
    /// Words that are known apart, written as one: not to be taken for the beginning of something.
    is_joined: bool,
    letters: usize,
    pub meaning: M,
}

impl<M> Phrase<M> {
    pub fn shown(&self) -> String {
        self.words.join(" ")
    }
}

pub struct Found<'b, M> {
    pub phrase: &'b Phrase<M>,
    /// The word that it begins with.
    pub at: usize,
    pub words: usize,
    /// How many letters of it the text has.
    letters: usize,
}

/// Whether the last word of a field may be one that was cut off. Shops are; what banks say is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    Allowed,
    Refused,
}

/// Phrases by their first words.
pub struct Book<M> {
    phrases: Vec<Phrase<M>>,
    /// Single words that may go on.
    beginnings: Vec<Phrase<M>>,
    /// What may stand beside a whole phrase: `limited`, `payout`.
    beside: Vec<String>,
}

impl<M: Clone + PartialEq> Book<M> {
    pub fn new(entries: impl Iterator<Item = (&'static str, M)>, beside: Vec<String>) -> Self {
        let mut phrases = Vec::new();
        let mut beginnings = Vec::new();
        for (form, meaning) in entries {
            let Some(phrase) = phrase(form, meaning) else { continue };
            if phrase.words.len() > 1 && phrase.letters >= JOINED_LETTERS_MIN {
                phrases.push(Phrase { words: vec![phrase.words.concat()], is_joined: true, ..phrase.clone() });
            }
            if phrase.goes_on && phrase.words.len() == 1 { beginnings.push(phrase) } else { phrases.push(phrase) }
        }
        phrases.sort_by(|a, b| a.words.cmp(&b.words));
        beginnings.sort_by(|a, b| a.words.cmp(&b.words));
        Self { phrases, beginnings, beside }
    }

    /// One whose phrases all stand for themselves, as if each had its `=`.
    pub fn of_whole(mut self) -> Self {
        for phrase in self.phrases.iter_mut().chain(&mut self.beginnings) {
            phrase.is_whole = true;
        }
        self
    }

    /// The longest phrase of the text that `counts`; of several as long, the first in the text.
    pub fn longest<'b>(&'b self, text: &Reading, cut: Cut, counts: impl Fn(&M) -> bool) -> Option<Found<'b, M>> {
        let mut best: Option<Found<'b, M>> = None;
        let mut keep = |found: Found<'b, M>| {
            if best.as_ref().is_none_or(|best| found.letters > best.letters) {
                best = Some(found);
            }
        };
        for at in 0..text.words.len() {
            self.beginning_at(text, at).filter(|found| counts(&found.phrase.meaning)).for_each(&mut keep);
            if cut == Cut::Allowed {
                self.cut_at(text, at, &counts).into_iter().for_each(&mut keep);
            }
        }
        best
    }

    /// Phrases that begin with this word.
    pub fn beginning_at<'b>(&'b self, text: &Reading, at: usize) -> impl Iterator<Item = Found<'b, M>> {
        let word = text.text_at(at);
        let from = self.phrases.partition_point(|phrase| first(phrase) < word);
        let whole = self.phrases.iter().skip(from).take_while(move |phrase| first(phrase) == word);
        let longer = word.char_indices().skip(BEGINNING_LETTERS_MIN).map(|(end, _)| end).chain([word.len()]).filter_map(move |end| {
            let beginning = word.get(..end)?;
            let at = self.beginnings.binary_search_by(|phrase| first(phrase).cmp(beginning)).ok()?;
            self.beginnings.get(at)
        });
        whole.chain(longer).filter_map(move |phrase| self.found(text, at, phrase))
    }

    fn found<'b>(&'b self, text: &Reading, at: usize, phrase: &'b Phrase<M>) -> Option<Found<'b, M>> {
        let count = phrase.words.len();
        let mut letters = phrase.letters;
        for (place, wanted) in phrase.words.iter().enumerate().skip(1) {
            let word = text.words.get(at + place)?;
            let got = text.text(word);
            let is_last = place + 1 == count;
            let is_cut = is_last && word.ends_field && got.len() >= CUT_TAIL_LETTERS_MIN && wanted.starts_with(got);
            if got != wanted && !is_cut && !(is_last && phrase.goes_on && got.starts_with(wanted.as_str())) {
                return None;
            }
            if is_cut {
                letters -= wanted.len() - got.len();
            }
        }
        (!phrase.is_whole || self.is_whole(text, at, count)).then_some(Found { phrase, at, words: count, letters })
    }

    /// A word that was cut off, where all that it may have been means the same.
    fn cut_at<'b>(&'b self, text: &Reading, at: usize, counts: &impl Fn(&M) -> bool) -> Option<Found<'b, M>> {
        let word = text.words.get(at).filter(|word| word.ends_field && !word.is_plain)?;
        let cut = text.text(word);
        let is_first = at == 0 || text.words.get(at - 1).is_some_and(|before| before.field != word.field);
        if cut.len() < if is_first { CUT_FIRST_WORD_LETTERS_MIN } else { CUT_WORD_LETTERS_MIN } {
            return None;
        }
        let from = self.phrases.partition_point(|phrase| first(phrase) < cut);
        let mut all = self
            .phrases
            .iter()
            .skip(from)
            .take_while(|phrase| first(phrase).starts_with(cut))
            .filter(|phrase| !phrase.is_whole && !phrase.is_joined && phrase.words.len() == 1 && counts(&phrase.meaning));
        let phrase = all.next()?;
        all.all(|other| other.meaning == phrase.meaning).then_some(Found { phrase, at, words: 1, letters: cut.len() })
    }

    /// Whether its field has nothing but the phrase and what may stand beside it.
    fn is_whole(&self, text: &Reading, at: usize, count: usize) -> bool {
        let Some(field) = text.words.get(at).map(|word| word.field) else { return false };
        text.words
            .iter()
            .enumerate()
            .filter(|(place, word)| word.field == field && !(at..at + count).contains(place) && !word.is_plain)
            .all(|(place, word)| place > at && self.is_beside(text.text(word), word.ends_field))
    }

    fn is_beside(&self, word: &str, may_be_cut: bool) -> bool {
        let from = self.beside.partition_point(|one| one.as_str() < word);
        self.beside.get(from).is_some_and(|one| one == word || (may_be_cut && one.starts_with(word)))
    }
}

fn first<M>(phrase: &Phrase<M>) -> &str {
    phrase.words.first().map_or("", String::as_str)
}

fn phrase<M>(form: &str, meaning: M) -> Option<Phrase<M>> {
    let form = form.trim();
    let (is_whole, form) = form.strip_prefix('=').map_or((false, form), |rest| (true, rest));
    let (goes_on, form) = form.strip_suffix('*').map_or((false, form), |rest| (true, rest));
    let reading = Reading::of(form);
    let words: Vec<String> = reading.words.iter().map(|word| reading.text(word).to_owned()).collect();
    let letters = words.iter().map(String::len).sum();
    (letters > 0).then_some(Phrase { words, is_whole, goes_on, is_joined: false, letters, meaning })
}

/// Words for [`Book::new`], sorted.
pub fn beside(forms: &str) -> Vec<String> {
    let mut beside: Vec<String> = forms.split('|').map(|form| form.trim().to_owned()).collect();
    beside.sort_unstable();
    beside
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(text: &str) -> Option<&'static str> {
        let entries = [
            ("apollo", "health"),
            ("apollo tyres", "vehicle"),
            ("big basket", "family"),
            ("=ola", "travel"),
            ("swiggy*", "food"),
            ("petroleum", "fuel"),
            ("petrol pump", "fuel"),
            ("super market", "family"),
            ("supermarket", "family"),
            ("superbike", "vehicle"),
        ];
        let book = Book::new(entries.into_iter(), beside("limited|ltd|cabs"));
        book.longest(&Reading::of(text), Cut::Allowed, |_| true).map(|found| found.phrase.meaning)
    }

    #[test]
    fn the_longest_phrase_wins() {
        assert_eq!(meaning("APOLLO 24 PHARMACY"), Some("health"));
        assert_eq!(meaning("APOLLO TYRES APOLLO"), Some("vehicle"));
    }

    #[test]
    fn words_are_whole_words() {
        assert_eq!(meaning("APOLLONIA"), None);
        assert_eq!(meaning("swiggystores@icici"), Some("food"));
        assert_eq!(meaning("BIGBASKET"), Some("family"));
        assert_eq!(meaning("BIG  BASKET-CARD"), Some("family"));
    }

    #[test]
    fn what_was_cut_off_is_known_if_it_can_mean_one_thing_only() {
        assert_eq!(meaning("APOLLO TYR"), Some("vehicle"));
        assert_eq!(meaning("SRI SAI PETROLE"), Some("fuel"));
        assert_eq!(meaning("SAI SUPER"), None);
        assert_eq!(meaning("SAI SUPERM"), Some("family"));
        assert_eq!(meaning("PETROLE SAI"), None);
        assert_eq!(meaning("SAI PETROL"), Some("fuel"), "may be petroleum");
        assert_eq!(meaning("SAI PETROLP"), None, "nobody writes it as one word");
    }

    #[test]
    fn a_whole_phrase_stands_beside_words_of_companies_only() {
        assert_eq!(meaning("UPI/OLA/refund"), Some("travel"));
        assert_eq!(meaning("OLA CABS LIM"), Some("travel"));
        assert_eq!(meaning("OLA DESHPANDE"), None);
        assert_eq!(meaning("RAVI OLA"), None);
    }
}
