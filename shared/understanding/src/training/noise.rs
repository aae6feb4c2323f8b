//! How people write in a hurry: letters dropped, swapped and doubled, spaces missing, "bro" and "pls".

const BEFORE: &[&str] = &["bhai", "bro", "pls", "plz", "sir", "hi", "hello", "bhaiya", "anna", "please", "ok", "hey"];
const AFTER: &[&str] =
    &["pls", "plz", "bhai", "bro", "please", "sir", "na", "yaar", "🙏", "jaldi", "asap", "??", "!", "..", "?", "ji", "bhaiya"];

pub fn noisy(random: &mut fastrand::Rng, text: &str) -> String {
    let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    if random.f32() < 0.45 && !words.is_empty() {
        let at = random.usize(..words.len());
        if let Some(word) = words.get_mut(at).filter(|word| word.chars().all(char::is_alphabetic)) {
            *word = misspelt(random, word);
        }
    }
    if random.f32() < 0.06 && words.len() > 2 {
        let at = random.usize(..words.len() - 1);
        let next = words.remove(at + 1);
        if let Some(word) = words.get_mut(at) {
            word.push_str(&next);
        }
    }
    // Where a text is short, a word of address would be most of it.
    if words.len() > 2 && random.f32() < 0.08 {
        words.insert(0, random.choice(BEFORE).copied().unwrap_or_default().to_owned());
    }
    if words.len() > 1 && random.f32() < 0.10 {
        words.push(random.choice(AFTER).copied().unwrap_or_default().to_owned());
    }
    let mut noisy = words.join(" ");
    if random.f32() < 0.2 {
        noisy.retain(|c| !matches!(c, '?' | '!' | '\''));
    }
    noisy
}

fn misspelt(random: &mut fastrand::Rng, word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 4 {
        return word.to_owned();
    }
    let at = random.usize(1..letters.len() - 1);
    match random.u8(..4) {
        0 => drop(letters.remove(at)),
        1 => letters.swap(at, at + 1),
        2 => {
            if let Some(&c) = letters.get(at) {
                letters.insert(at, c);
            }
        }
        _ => {
            let first = letters.first().copied();
            letters.retain(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u'));
            if let Some(first) = first.filter(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')) {
                letters.insert(0, first);
            }
        }
    }
    letters.into_iter().collect()
}
