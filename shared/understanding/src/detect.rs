//! In which language a text is.

use linear::probabilities;

use crate::feature::language_features;
use crate::language::{Language, Script, Tongue};
use crate::lexicon::Lexicon;
use crate::model::Model;
use crate::token::Token;

/// How much more likely the language that its writer uses is made, and one whose function words
/// the text has.
const PRIOR: f32 = 1.0;
const COMMON: f32 = 0.5;

pub fn language_of(lexicon: &Lexicon, model: Option<&Model>, words: &[Token<'_>], prior: Option<Language>) -> Language {
    let mut latin = 0_usize;
    let mut indian: [(Script, usize); 5] =
        [(Script::Devanagari, 0), (Script::Bengali, 0), (Script::Tamil, 0), (Script::Telugu, 0), (Script::Kannada, 0)];
    for script in words.iter().filter(|word| word.is_word()).flat_map(|word| word.surface.chars()).filter_map(Script::of) {
        match indian.iter_mut().find(|(one, _)| *one == script) {
            Some((_, count)) => *count += 1,
            None => latin += 1,
        }
    }
    let (script, count) = indian.into_iter().max_by_key(|&(_, count)| count).unwrap_or((Script::Latin, 0));
    // English words are mixed into everything, Indian ones into nothing.
    if count == 0 && latin == 0 {
        return prior.unwrap_or(Language::ENGLISH);
    }
    if count * 4 < latin {
        return Language::new(most_likely(lexicon, model, words, prior, &Tongue::ALL), true);
    }
    let tongue = match script {
        Script::Bengali => Tongue::Bengali,
        Script::Tamil => Tongue::Tamil,
        Script::Telugu => Tongue::Telugu,
        Script::Kannada => Tongue::Kannada,
        _ => most_likely(lexicon, model, words, prior, &[Tongue::Hindi, Tongue::Marathi]),
    };
    Language::new(tongue, false)
}

fn most_likely(lexicon: &Lexicon, model: Option<&Model>, words: &[Token<'_>], prior: Option<Language>, among: &[Tongue]) -> Tongue {
    let mut scores = model.map_or_else(|| vec![0.0; Tongue::ALL.len()], |model| model.languages.scores(&language_features(words)));
    let mut common = vec![0.0_f32; Tongue::ALL.len()];
    for word in words {
        let tongues = lexicon.common(&word.folded);
        for tongue in tongues {
            if let Some(score) = common.get_mut(*tongue as usize) {
                *score += COMMON / tongues.len() as f32;
            }
        }
    }
    let most = common.iter().copied().fold(1.0_f32, f32::max);
    for (score, common) in scores.iter_mut().zip(&common) {
        *score += common / most;
    }
    if let Some(score) = prior.and_then(|prior| scores.get_mut(prior.tongue as usize)) {
        *score += PRIOR;
    }
    let chances = probabilities(&scores, 1.0);
    let chance = |tongue: Tongue| chances.get(tongue as usize).copied().unwrap_or(0.0);
    among.iter().copied().max_by(|a, b| chance(*a).total_cmp(&chance(*b)).then(b.cmp(a))).unwrap_or(Tongue::English)
}
