//! The corpus: `command<TAB>text`, a file or several for each language.

use std::path::Path;

use linear::files;

use crate::command::Command;
use crate::language::Language;

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
        // `hi-Latn.money` is more of `hi-Latn`.
        let language =
            Language::from_code(name.split('.').next().unwrap_or_default()).ok_or_else(|| CorpusError::Language(name.clone()))?;
        for (number, line) in std::fs::read_to_string(&path)?.lines().enumerate() {
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let split = line.split_once('\t').and_then(|(command, text)| Some((label(command)?, text.trim())));
            let Some((label, text)) = split.filter(|(_, text)| !text.is_empty() && !text.contains('\t')) else {
                return Err(CorpusError::Line { path: path.display().to_string(), number: number + 1, line: line.to_owned() });
            };
            if seen.insert((language, text.to_owned())) {
                let place = linear::hash(b'L', &[text]) as usize;
                lines.push(Line { language, label, text: text.to_owned(), place });
            }
        }
    }
    Ok(lines)
}

fn label(command: &str) -> Option<usize> {
    if command == "none" { Some(Command::ALL.len()) } else { Command::from_name(command).map(Command::label) }
}
