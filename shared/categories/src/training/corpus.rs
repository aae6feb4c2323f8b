//! The corpus: `category<TAB>text`, a file for what goes out, one for what comes in, one for both.

use std::path::Path;

use crate::model::labels;

pub struct Line {
    what: String,
    side: Option<bool>,
    pub text: String,
    /// A number that is the same for this line whatever stands before it, but for lines that repeat.
    pub place: usize,
}

pub struct Corpus {
    pub lines: Vec<Line>,
    names: Vec<(String, String)>,
}

#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    #[error("{path}:{number}: not a category and a text, or a category that there is not")]
    Line { path: String, number: usize },
    #[error("{0}: of no side")]
    File(String),
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl Line {
    pub fn is_for(&self, is_credit: bool) -> bool {
        self.side.is_none_or(|side| side == is_credit)
    }

    /// Its label on a side; the last is none.
    pub fn label(&self, is_credit: bool) -> usize {
        let labels = labels(is_credit);
        labels.iter().position(|label| *label == self.what).unwrap_or(labels.len())
    }
}

impl Corpus {
    /// # Errors
    ///
    /// The first line of another form.
    pub fn load(folder: &Path) -> Result<Self, CorpusError> {
        let mut corpus = Self { lines: Vec::new(), names: Vec::new() };
        for path in linear::files(folder)? {
            let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            for (number, line) in std::fs::read_to_string(&path)?.lines().enumerate() {
                if line.starts_with('#') || line.trim().is_empty() {
                    continue;
                }
                let malformed = || CorpusError::Line { path: path.display().to_string(), number: number + 1 };
                let (what, text) = line.split_once('\t').filter(|(_, text)| !text.contains('\t')).ok_or_else(malformed)?;
                let side = match name.as_str() {
                    "names" => {
                        corpus.names.push((what.to_owned(), text.to_owned()));
                        continue;
                    }
                    "debit" => Some(false),
                    "credit" => Some(true),
                    "both" => None,
                    _ => return Err(CorpusError::File(name)),
                };
                let sides = [false, true].into_iter().filter(|is_credit| side.is_none_or(|side| side == *is_credit));
                if what != "none" && !sides.into_iter().all(|is_credit| labels(is_credit).contains(&what)) {
                    return Err(malformed());
                }
                let repeated = corpus.lines.iter().filter(|line| line.text == text && line.side == side).count();
                let place = linear::hash(b'L', &[&name, text, &repeated.to_string()]) as usize;
                corpus.lines.push(Line { what: what.to_owned(), side, text: text.to_owned(), place });
            }
        }
        Ok(corpus)
    }

    /// The text with a name of its kind for each placeholder.
    pub fn filled(&self, random: &mut fastrand::Rng, text: &str) -> String {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((kind, after)) = after.split_once('}') else { break };
            let names: Vec<&str> = self.names.iter().filter(|(of, _)| of == kind).map(|(_, name)| name.as_str()).collect();
            filled.push_str(before);
            filled.push_str(random.choice(names).unwrap_or_default());
            rest = after;
        }
        filled.push_str(rest);
        filled
    }
}
