//! The corpus: `command<TAB>text`, a file for each language.

use std::path::{Path, PathBuf};

use crate::command::Command;
use crate::feature::FEATURES_VERSION;
use crate::language::Language;
use crate::lexicon::Lexicon;

#[derive(Debug, Clone)]
pub struct Line {
    pub language: Language,
    /// The command's label; one past the last is none.
    pub label: usize,
    pub text: String,
    /// A number that is the same for this line whatever stands before it.
    pub place: usize,
}

#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    #[error("{path}:{number}: not a command and a text, or a command that there is not: {line}")]
    Line { path: String, number: usize, line: String },
    #[error("{0}: no language")]
    Language(String),
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, CorpusError> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "tsv"));
    files.sort();
    Ok(files)
}

/// Every line, each text of a language once.
///
/// # Errors
///
/// The first line of another form.
pub fn load(folder: &Path) -> Result<Vec<Line>, CorpusError> {
    let mut lines = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for path in files(folder)? {
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let language = Language::from_code(&name).ok_or_else(|| CorpusError::Language(name.clone()))?;
        for (number, line) in std::fs::read_to_string(&path)?.lines().enumerate() {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let split = line.split_once('\t').and_then(|(command, text)| Some((label(command)?, text.trim())));
            let Some((label, text)) = split.filter(|(_, text)| !text.is_empty() && !text.contains('\t')) else {
                return Err(CorpusError::Line { path: path.display().to_string(), number: number + 1, line: line.to_owned() });
            };
            if seen.insert((language, text.to_owned())) {
                let place = crate::feature::hash(b'L', &[text]) as usize;
                lines.push(Line { language, label, text: text.to_owned(), place });
            }
        }
    }
    Ok(lines)
}

fn label(command: &str) -> Option<usize> {
    if command == "none" { Some(Command::ALL.len()) } else { Command::from_name(command).map(Command::label) }
}

/// Of everything that a model is fitted from.
///
/// # Errors
///
/// A file that cannot be read.
pub fn digest(folder: &Path) -> Result<u64, CorpusError> {
    let mut digest: u64 = 0xcbf2_9ce4_8422_2325 ^ u64::from(FEATURES_VERSION);
    let mut add = |bytes: &[u8]| {
        for byte in bytes {
            digest = (digest ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        }
    };
    for path in files(folder)? {
        add(path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default().as_bytes());
        add(&std::fs::read(&path)?);
    }
    for text in Lexicon::texts() {
        add(text.as_bytes());
    }
    Ok(digest)
}
