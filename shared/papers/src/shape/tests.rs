use words::Language;

use super::*;

/// The glyphs of a text, beside those that are only there to be copied well.
fn count(language: Language, text: &str) -> usize {
    let faces = Faces::of(language);
    let shaped = shape(&faces, text, Weight::Regular).unwrap();
    let mut count = 0;
    for run in &shaped.runs {
        let face = faces.get(run.face).unwrap();
        for glyph in &run.glyphs {
            assert!(glyph.glyph_id.to_u32() != 0 && glyph.glyph_id.to_u32() != face.lacking, "{text} lacks a glyph");
            let filler = glyph.glyph_id.to_u32() == face.space.0 && glyph.x_advance == 0.0 && glyph.x_offset < 0.0;
            count += usize::from(!filler);
        }
    }
    count
}

/// As many as HarfBuzz 6.0 shapes with these fonts (`hb-shape --cluster-level=1`).
#[test]
fn conjuncts_become_the_glyphs_that_they_are() {
    for (text, glyphs) in [
        ("क्ष", 1),
        ("श्री", 2),
        ("ज्ञ", 1),
        ("र्क", 2),
        ("ट्रे", 2),
        ("कि", 2),
        ("त्र्य", 2),
        ("र्त्स्न्य", 5),
        ("र्\u{200d}य", 2),
        ("ক্ষ", 1),
        ("শ্রী", 2),
        ("জ্ঞ", 1),
        ("কো", 3),
        ("ಕ್ಷ", 1),
        ("ಕ್ಷ್ಮೀ", 3),
        ("ಜ್ಞಾ", 2),
        ("ಸ್ಟೋ", 4),
        ("ஸ்ரீ", 1),
        ("க்ஷ", 1),
        ("கோ", 3),
        ("மூ", 1),
        ("క్ష", 1),
        ("శ్రీ", 2),
        ("స్టో", 2),
    ] {
        assert_eq!(count(Language::English, text), glyphs, "{text}");
    }
}

/// A script's letters and digits, a consonant, and the signs that stand on one.
const SCRIPTS: [(&str, &str, &str); 5] = [
    ("अआइईउऊऋएऐओऔकखगघङचछजझञटठडढणतथदधनपफबभमयरलळवशषसहक़ज़ड़ढ़फ़ॲऑऱ०९।॥", "क", "ािीुूृेैोौॅॉंःँ्"),
    ("অআইঈউঊঋএঐওঔকখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহড়ঢ়য়ৎ০৯।", "ক", "ািীুূৃেৈোৌংঃঁ্"),
    ("அஆஇஈஉஊஎஏஐஒஓஔஃகஙசஞடணதநபமயரலவழளறனஜஷஸஹ௦௯", "க", "ாிீுூெேைொோௌ்"),
    ("అఆఇఈఉఊఋఎఏఐఒఓఔకఖగఘఙచఛజఝఞటఠడఢణతథదధనపఫబభమయరలళవశషసహఱ౦౯", "క", "ాిీుూృెేైొోౌంః్"),
    ("ಅಆಇಈಉಊಋಎಏಐಒಓಔಕಖಗಘಙಚಛಜಝಞಟಠಡಢಣತಥದಧನಪಫಬಭಮಯರಲಳವಶಷಸಹ೦೯", "ಕ", "ಾಿೀುೂೃೆೇೈೊೋೌಂಃ್"),
];

#[test]
fn every_letter_of_every_script_has_a_glyph() {
    for (letters, consonant, signs) in SCRIPTS {
        for letter in letters.chars() {
            assert!(count(Language::English, &letter.to_string()) > 0);
        }
        for sign in signs.chars() {
            assert!(count(Language::English, &format!("{consonant}{sign}")) > 0);
        }
    }
    assert!(count(Language::English, "Zürich Kṛṣṇa “Ātmā” – ₹1,23,456.50 • … ½") > 0);
}

#[test]
fn marathi_has_its_own_letters() {
    let glyph = |language| {
        let faces = Faces::of(language);
        shape(&faces, "ल", Weight::Regular).unwrap().runs[0].glyphs[0].glyph_id
    };
    assert_ne!(glyph(Language::Hindi), glyph(Language::Marathi));
}

#[test]
fn a_letter_that_no_font_has_is_one_box() {
    let faces = Faces::of(Language::English);
    let shaped = shape(&faces, "aગુ🙂b", Weight::Regular).unwrap();
    let face = faces.get(Face::Latin).unwrap();
    let glyphs: Vec<bool> = shaped.runs[0].glyphs.iter().map(|glyph| glyph.glyph_id.to_u32() == face.lacking).collect();
    assert_eq!(glyphs, [false, true, true, false]);
    assert_eq!(shaped.runs[0].glyphs[1].text_range, 1..7);
}

#[test]
fn every_glyph_tells_a_part_of_its_text_and_together_they_tell_it_all() {
    let faces = Faces::of(Language::Hindi);
    for text in ["श्री विद्यार्थी ट्रेडर्स कुऱ्हाडे", "প্রতিষ্ঠান র\u{200d}্যাব", "கோயம்புத்தூர்", "ప్రారంభ స్టోర్స్", "ಕ್ಷ್ಮೀ ಸ್ಟೋರ್ಸ್\u{200c}ನಿಂದ"]
    {
        let shaped = shape(&faces, text, Weight::Regular).unwrap();
        for run in &shaped.runs {
            let mut told = run.glyphs.iter().map(|glyph| glyph.text_range.clone()).collect::<Vec<_>>();
            told.dedup();
            assert_eq!(told.iter().map(|range| &run.text[range.clone()]).collect::<String>(), run.text);
        }
    }
}
