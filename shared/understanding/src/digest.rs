//! Tells whether a model is the one of a corpus.

use std::io;
use std::path::Path;

use crate::feature::FEATURES_VERSION;
use crate::lexicon::Lexicon;

/// Of everything that a model is fitted from: the corpus and the lexicon.
///
/// # Errors
///
/// A file that cannot be read.
pub fn digest(folder: &Path) -> io::Result<u64> {
    linear::digest(FEATURES_VERSION, folder, Lexicon::texts())
}
