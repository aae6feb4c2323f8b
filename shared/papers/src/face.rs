//! The fonts, which are part of the binary.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;

use harfrust::{Direction, FontRef, Language as Tongue, Script, ShapePlan, ShaperData, UnicodeBuffer, script};
use krilla::text::{GlyphId, KrillaGlyph};
use words::Language;

use crate::error::PaperError;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    Latin,
    /// Has only what our own words and amounts need.
    LatinBold,
    Devanagari,
    Bengali,
    Tamil,
    Telugu,
    Kannada,
}

impl Face {
    const COUNT: usize = 7;

    fn name(self) -> &'static str {
        match self {
            Self::Latin => "NotoSans-Regular",
            Self::LatinBold => "NotoSans-Bold",
            Self::Devanagari => "NotoSansDevanagari-Regular",
            Self::Bengali => "NotoSansBengali-Regular",
            Self::Tamil => "NotoSansTamil-Regular",
            Self::Telugu => "NotoSansTelugu-Regular",
            Self::Kannada => "NotoSansKannada-Regular",
        }
    }

    fn bytes(self) -> &'static [u8] {
        match self {
            Self::Latin => include_bytes!("../fonts/NotoSans-Regular.ttf"),
            Self::LatinBold => include_bytes!("../fonts/NotoSans-Bold.ttf"),
            Self::Devanagari => include_bytes!("../fonts/NotoSansDevanagari-Regular.ttf"),
            Self::Bengali => include_bytes!("../fonts/NotoSansBengali-Regular.ttf"),
            Self::Tamil => include_bytes!("../fonts/NotoSansTamil-Regular.ttf"),
            Self::Telugu => include_bytes!("../fonts/NotoSansTelugu-Regular.ttf"),
            Self::Kannada => include_bytes!("../fonts/NotoSansKannada-Regular.ttf"),
        }
    }

    pub(crate) fn is_latin(self) -> bool {
        matches!(self, Self::Latin | Self::LatinBold)
    }

    fn script(self) -> Script {
        match self {
            Self::Latin | Self::LatinBold => script::LATIN,
            Self::Devanagari => script::DEVANAGARI,
            Self::Bengali => script::BENGALI,
            Self::Tamil => script::TAMIL,
            Self::Telugu => script::TELUGU,
            Self::Kannada => script::KANNADA,
        }
    }
}

/// A face that was opened, with what it takes to shape and to embed it.
pub(crate) struct Opened {
    pub(crate) font: krilla::text::Font,
    /// The glyph of what the face lacks: a box.
    pub(crate) lacking: u32,
    pub(crate) lacking_advance: i32,
    /// The space's glyph and its width.
    pub(crate) space: (u32, i32),
    units_per_em: f32,
    /// The glyphs of characters that stand alone, as far as they were asked for.
    nominal: RefCell<BTreeMap<char, Option<u32>>>,
    file: FontRef<'static>,
    shaper: ShaperData,
    plan: ShapePlan,
    face: Face,
    tongue: Option<Tongue>,
}

impl Opened {
    fn open(face: Face, language: Language) -> Option<Self> {
        let file = FontRef::new(face.bytes()).ok()?;
        let shaper = ShaperData::new(&file);
        // Marathi draws some letters of Devanagari in its own way.
        let tongue = language.code().parse::<Tongue>().ok();
        let (plan, units_per_em) = {
            let shaper = shaper.shaper(&file).build();
            let plan = ShapePlan::new(&shaper, Direction::LeftToRight, Some(face.script()), tongue.as_ref(), &[]);
            (plan, shaper.units_per_em() as f32)
        };
        let font = krilla::text::Font::new(face.bytes().into(), 0)?;
        let nominal = RefCell::default();
        let mut opened =
            Self { font, lacking: 0, lacking_advance: 0, space: (0, 0), units_per_em, nominal, file, shaper, plan, face, tongue };
        (opened.lacking, opened.lacking_advance) = opened.alone('\u{25a1}')?;
        opened.space = opened.alone(' ')?;
        Some(opened)
    }

    /// The first glyph of a character that stands alone, and its width. None where it has no glyph.
    fn alone(&self, character: char) -> Option<(u32, i32)> {
        let glyphs = self.shape(character.encode_utf8(&mut [0; 4]));
        let glyph = glyphs.glyph_infos().first().filter(|glyph| glyph.glyph_id != 0)?;
        Some((glyph.glyph_id, glyphs.glyph_positions().first()?.x_advance))
    }

    /// The glyph of a character that stands alone.
    pub(crate) fn nominal(&self, character: char) -> Option<u32> {
        *self.nominal.borrow_mut().entry(character).or_insert_with(|| self.alone(character).map(|(glyph, _)| glyph))
    }

    /// A glyph that is copied as this part of its run's text.
    pub(crate) fn glyph(&self, glyph: u32, place: &GlyphPlace, range: Range<usize>) -> KrillaGlyph {
        let em = |units: i32| units as f32 / self.units_per_em;
        KrillaGlyph::new(GlyphId::new(glyph), em(place.advance), em(place.x), em(place.y), em(place.y_advance), range, None)
    }

    /// The glyphs of a text that is in this face's script.
    pub(crate) fn shape(&self, text: &str) -> harfrust::GlyphBuffer {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(self.face.script());
        if let Some(tongue) = self.tongue.clone() {
            buffer.set_language(tongue);
        }
        // The finer the clusters, the more glyphs are copied as the character that they are. In
        // Latin a letter and its marks are one, so that both are boxes or neither is.
        buffer.set_cluster_level(if self.face.is_latin() {
            harfrust::BufferClusterLevel::MonotoneGraphemes
        } else {
            harfrust::BufferClusterLevel::MonotoneCharacters
        });
        let shaper = self.shaper.shaper(&self.file).build();
        shaper.shape(buffer, harfrust::ShapeOptions::new().plan(Some(&self.plan)))
    }
}

/// Where a glyph is drawn, from where the one before it ended, and how far it moves on. In the
/// font's units.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct GlyphPlace {
    pub(crate) advance: i32,
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) y_advance: i32,
}

/// The faces of one paper. Each is opened when it is first needed.
pub(crate) struct Faces {
    language: Language,
    opened: [OnceCell<Opened>; Face::COUNT],
}

impl Faces {
    pub(crate) fn of(language: Language) -> Self {
        Self { language, opened: Default::default() }
    }

    pub(crate) fn get(&self, face: Face) -> Result<&Opened, PaperError> {
        let broken = PaperError::Font { face: face.name() };
        let Some(cell) = self.opened.get(face as usize) else { return Err(broken) };
        if let Some(opened) = cell.get() {
            return Ok(opened);
        }
        let opened = Opened::open(face, self.language).ok_or(broken)?;
        Ok(cell.get_or_init(|| opened))
    }
}
