//! What a classifier sees of a text: hashes with weights.

/// Features of one text, in no order and each once: hash and weight.
pub type Features = Vec<(u32, f32)>;

/// The parts of a word of `shortest` to `longest` letters, with its ends marked.
pub fn pieces(features: &mut Features, view: u8, word: &str, shortest: usize, longest: usize, weight: f32) {
    /// Longer words are no words.
    const LETTERS_MAX: usize = 40;
    let mut edges = String::with_capacity(word.len() + 2);
    edges.push('^');
    edges.extend(word.chars().take(LETTERS_MAX));
    edges.push('$');
    let places: Vec<usize> = edges.char_indices().map(|(place, _)| place).chain([edges.len()]).collect();
    for length in shortest..=longest {
        for window in places.windows(length + 1) {
            if let (Some(&from), Some(&to)) = (window.first(), window.last())
                && let Some(piece) = edges.get(from..to)
            {
                features.push((hash(view, &[piece]), weight));
            }
        }
    }
}

/// FNV-1a, folded to 32 bits: the same on every machine. `view` keeps apart what is seen in different ways.
pub fn hash(view: u8, parts: &[&str]) -> u32 {
    const PRIME: u64 = 0x100_0000_01b3;
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut byte = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(PRIME);
    byte(view);
    for part in parts {
        part.bytes().for_each(&mut byte);
        byte(0);
    }
    let mixed = (hash ^ (hash >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed >> 32) as u32
}

/// Each feature once, of length one together: long texts count no more than short ones.
#[must_use]
pub fn normalised(mut features: Features) -> Features {
    features.sort_unstable_by_key(|&(hash, _)| hash);
    features.dedup_by_key(|&mut (hash, _)| hash);
    let length = features.iter().map(|&(_, weight)| weight * weight).sum::<f32>().sqrt();
    if length > 0.0 {
        for (_, weight) in &mut features {
            *weight /= length;
        }
    }
    features
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_of_the_view_and_of_where_parts_end() {
        assert_ne!(hash(b'w', &["ab", "c"]), hash(b'w', &["a", "bc"]));
        assert_ne!(hash(b'w', &["ab"]), hash(b'p', &["ab"]));
        assert_eq!(hash(b'w', &["petrol"]), 622_545_790, "models in use rest on it");
    }

    #[test]
    fn a_word_has_its_pieces_with_its_ends() {
        let mut features = Features::new();
        pieces(&mut features, b'p', "ಚಹಾ", 4, 5, 0.5);
        assert_eq!(features.len(), 3);
        assert!(features.contains(&(hash(b'p', &["^ಚಹಾ$"]), 0.5)));
    }

    #[test]
    fn long_texts_count_no_more_than_short_ones() {
        let all = normalised((0..9).chain(0..9).map(|key| (key, 2.0)).collect());
        assert_eq!(all.len(), 9);
        assert!((all.iter().map(|(_, weight)| weight * weight).sum::<f32>() - 1.0).abs() < 1e-5);
        assert!(normalised(Vec::new()).is_empty());
    }
}
