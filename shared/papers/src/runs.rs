//! Which face draws which part of a text.

use crate::face::Face;

/// How heavy a text is. What is strong in Latin is regular in other scripts: their bold fonts would
/// double what every function that writes a paper weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    /// For our own words and amounts: the bold face has little else.
    Strong,
}

/// The parts of a text that one face draws, from left to right.
///
/// Spaces and what all scripts share stay with the script that they follow, so that a syllable is not
/// torn from its joiner or a sentence from its danda.
pub(crate) fn runs(text: &str, weight: Weight) -> Vec<(Face, &str)> {
    let latin = match weight {
        Weight::Regular => Face::Latin,
        Weight::Strong => Face::LatinBold,
    };
    let mut runs = Vec::new();
    let mut current = None;
    let mut start = 0;
    for (at, character) in text.char_indices() {
        let face = match owner(character) {
            Owner::Face(face) => face,
            Owner::Latin => latin,
            Owner::Whoever => current.unwrap_or(latin),
            Owner::India => current.filter(|face| !face.is_latin()).unwrap_or(Face::Devanagari),
        };
        if let Some(before) = current
            && before != face
        {
            runs.push((before, text.get(start..at).unwrap_or_default()));
            start = at;
        }
        current = Some(face);
    }
    if let Some(face) = current {
        runs.push((face, text.get(start..).unwrap_or_default()));
    }
    runs
}

enum Owner {
    Face(Face),
    Latin,
    /// The script before it, whichever that is.
    Whoever,
    /// The same, but Latin has none of it.
    India,
}

fn owner(character: char) -> Owner {
    match character {
        ' ' | '\u{200c}' | '\u{200d}' | '\u{25cc}' => Owner::Whoever,
        '\u{964}' | '\u{965}' => Owner::India,
        '\u{900}'..='\u{97f}' => Owner::Face(Face::Devanagari),
        '\u{980}'..='\u{9ff}' => Owner::Face(Face::Bengali),
        '\u{b80}'..='\u{bff}' => Owner::Face(Face::Tamil),
        '\u{c00}'..='\u{c7f}' => Owner::Face(Face::Telugu),
        '\u{c80}'..='\u{cff}' => Owner::Face(Face::Kannada),
        _ => Owner::Latin,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_script_has_its_face_and_spaces_stay_where_they_are() {
        assert_eq!(
            runs("Ravi रवि कुमार। (ಕ್ಷ) ₹5", Weight::Regular),
            [(Face::Latin, "Ravi "), (Face::Devanagari, "रवि कुमार। "), (Face::Latin, "("), (Face::Kannada, "ಕ್ಷ"), (Face::Latin, ") ₹5"),]
        );
        assert_eq!(runs("কত₹5", Weight::Strong), [(Face::Bengali, "কত"), (Face::LatinBold, "₹5")]);
        assert_eq!(runs("Om । ", Weight::Regular), [(Face::Latin, "Om "), (Face::Devanagari, "। ")]);
        assert_eq!(runs("", Weight::Regular), []);
    }
}
