//! What becomes of a name on its way through a bank: cut off, misspelt, run together.

use fastrand::Rng;

/// Banks keep so many letters of a name.
const KEPT_LETTERS: std::ops::RangeInclusive<usize> = 9..=16;

/// Shorter words are not misspelt: they would be others.
const WORD_LETTERS_MIN: usize = 5;

pub fn noisy(random: &mut Rng, text: &str) -> String {
    match random.u8(..10) {
        0..=1 => text.chars().take(random.usize(KEPT_LETTERS)).collect(),
        2..=3 => misspelt(random, text),
        4 => text.replace(' ', ""),
        5 => match text.split_once(' ') {
            Some((_, rest)) if rest.contains(' ') => rest.to_owned(),
            _ => text.to_owned(),
        },
        _ => text.to_owned(),
    }
}

/// One letter is left out, doubled or changes places with the next.
fn misspelt(random: &mut Rng, text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let long: Vec<usize> =
        words.iter().enumerate().filter(|(_, word)| word.chars().count() >= WORD_LETTERS_MIN).map(|(at, _)| at).collect();
    let Some(chosen) = random.choice(long) else { return text.to_owned() };
    let spelt = words.iter().enumerate().map(|(at, word)| {
        let mut letters: Vec<char> = word.chars().collect();
        if at == chosen {
            let place = random.usize(1..letters.len() - 1);
            match random.u8(..3) {
                0 => drop(letters.remove(place)),
                1 => letters.insert(place, letters.get(place).copied().unwrap_or_default()),
                _ => letters.swap(place, place + 1),
            }
        }
        letters.into_iter().collect::<String>()
    });
    spelt.collect::<Vec<_>>().join(" ")
}
