//! Tells whether a model is the one of a corpus.

use std::io;
use std::path::{Path, PathBuf};

/// The `*.tsv` of a folder, in one order everywhere.
///
/// # Errors
///
/// A folder that cannot be read.
pub fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "tsv"));
    files.sort();
    Ok(files)
}

/// Of everything that a model is fitted from: the version of its features, the corpus, and further texts.
///
/// # Errors
///
/// A file that cannot be read.
pub fn digest<'t>(version: u32, folder: &Path, further: impl IntoIterator<Item = &'t str>) -> io::Result<u64> {
    let mut digest: u64 = 0xcbf2_9ce4_8422_2325 ^ u64::from(version);
    let mut add = |bytes: &[u8]| {
        for byte in bytes {
            digest = (digest ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        }
    };
    for path in files(folder)? {
        add(path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default().as_bytes());
        add(&std::fs::read(&path)?);
    }
    for text in further {
        add(text.as_bytes());
    }
    Ok(digest)
}
