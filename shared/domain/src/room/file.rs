//! Which files may be sent, and until when.

use super::{Attachment, FileName};
use crate::id::FileId;
use jiff::{SignedDuration, Timestamp};

/// What phones and tills make: photos, papers, voice notes, clips, lists. Nothing that runs.
pub const FILE_TYPES: [&str; 8] =
    ["image/jpeg", "image/png", "image/webp", "application/pdf", "audio/ogg", "audio/mpeg", "video/mp4", "text/csv"];

pub const FILE_BYTES_MAX: u64 = 10 * 1024 * 1024;

/// A file is attached within this time of being asked for, or not at all.
///
/// Where files are kept they go by their own age, a day after any message that was posted with them
/// (`infra/lib/files.ts`).
const ATTACHED_WITHIN: SignedDuration = SignedDuration::from_hours(24);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadFile {
    #[error("must be one of {}", FILE_TYPES.join(", "))]
    Type,
    #[error("must be 1 to {FILE_BYTES_MAX} bytes")]
    Size,
    #[error("was uploaded too long ago; upload it again")]
    Old,
}

/// Whether a file of this type and size is taken.
///
/// # Errors
///
/// [`BadFile::Type`] or [`BadFile::Size`].
pub fn check_file(content_type: &str, bytes: u64) -> Result<(), BadFile> {
    if !FILE_TYPES.contains(&content_type) {
        return Err(BadFile::Type);
    }
    if (1..=FILE_BYTES_MAX).contains(&bytes) { Ok(()) } else { Err(BadFile::Size) }
}

impl Attachment {
    /// Of a file as it was found where files are kept.
    ///
    /// # Errors
    ///
    /// [`BadFile`] where it is not one that may be sent, or not any more.
    pub fn new(file: FileId, name: FileName, content_type: String, bytes: u64, now: Timestamp) -> Result<Self, BadFile> {
        check_file(&content_type, bytes)?;
        if now.duration_since(file.at()) > ATTACHED_WITHIN {
            return Err(BadFile::Old);
        }
        Ok(Self { file: file.to_string(), name, content_type, bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Fingerprint;

    #[test]
    fn what_runs_or_is_too_large_is_not_taken() {
        assert_eq!(check_file("image/jpeg", 1), Ok(()));
        assert_eq!(check_file("text/csv", FILE_BYTES_MAX), Ok(()));
        for content_type in ["text/html", "image/svg+xml", "IMAGE/JPEG", "image/jpeg; charset=x", "application/x-msdownload", ""] {
            assert_eq!(check_file(content_type, 1), Err(BadFile::Type), "{content_type}");
        }
        for bytes in [0, FILE_BYTES_MAX + 1, u64::MAX] {
            assert_eq!(check_file("image/jpeg", bytes), Err(BadFile::Size), "{bytes}");
        }
    }

    #[test]
    fn a_file_is_attached_within_a_day() {
        let asked: Timestamp = "2026-11-20T06:00:00Z".parse().unwrap();
        let attach = |after_s: i64| {
            let (file, name) = (FileId::new(asked, Fingerprint::random([7; 10])), FileName::parse("bill.pdf").unwrap());
            Attachment::new(file, name, "application/pdf".to_owned(), 9, asked + SignedDuration::from_secs(after_s))
        };
        assert!(attach(24 * 3600).unwrap().file.starts_with("file_"));
        assert_eq!(attach(24 * 3600 + 1), Err(BadFile::Old));
    }
}
