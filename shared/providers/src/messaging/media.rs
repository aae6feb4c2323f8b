//! Files that come with messages, whoever carries them.

use std::fmt;

const MB: usize = 1024 * 1024;

/// A file as it was fetched. Does not print what is in it.
#[derive(Clone, PartialEq, Eq)]
pub struct Fetched {
    pub bytes: Vec<u8>,
    /// As whoever keeps it names it: nothing was looked at. None: it does not say.
    pub mime_type: Option<String>,
}

impl fmt::Debug for Fetched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fetched").field("bytes", &self.bytes.len()).field("mime_type", &self.mime_type).finish()
    }
}

/// How large a file of a kind may be, in bytes: 16 MB of sound, 5 MB of picture, 10 MB of the rest.
///
/// Source: `whatsapp.md`, A7, where documents may have 100 MB. Nothing that we read comes near that,
/// and a function holds it in memory.
#[must_use]
pub fn bytes_max(mime_type: &str) -> usize {
    let kind = mime_type.split('/').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "audio" => 16 * MB,
        "image" => 5 * MB,
        _ => 10 * MB,
    }
}

/// The most that any kind may have.
pub(super) const BYTES_MAX: usize = 16 * MB;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_limit() {
        for (mime_type, mb) in [("audio/ogg; codecs=opus", 16), ("Image/JPEG", 5), ("application/pdf", 10), ("video/mp4", 10), ("", 10)] {
            assert_eq!(bytes_max(mime_type), mb * MB, "{mime_type}");
            assert!(bytes_max(mime_type) <= BYTES_MAX);
        }
    }

    #[test]
    fn a_file_does_not_print_what_is_in_it() {
        let file = Fetched { bytes: b"482913".to_vec(), mime_type: Some("text/plain".into()) };
        assert_eq!(format!("{file:?}"), r#"Fetched { bytes: 6, mime_type: Some("text/plain") }"#);
    }
}
