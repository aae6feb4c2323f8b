//! Files that go with a mail.

use std::fmt;

use lettre::message::SinglePart;
use lettre::message::header::ContentType;

use super::{Invalid, require};

/// How many files, and how much in all before base64 adds a third. SES takes 40 MB of encoded
/// message (unverified), but many recipients' servers take no more than ten.
const FILES_MAX: usize = 10;
const BYTES_MAX: usize = 7 * 1024 * 1024;
const NAME_BYTES_MAX: usize = 100;

/// What we send: statements, exports, receipts. Nothing that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaType {
    Pdf,
    Csv,
    Json,
    Png,
}

impl MediaType {
    fn extension(self) -> &'static str {
        match self {
            Self::Pdf => ".pdf",
            Self::Csv => ".csv",
            Self::Json => ".json",
            Self::Png => ".png",
        }
    }

    fn header(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
            Self::Png => "image/png",
        }
    }
}

/// A file.
#[derive(Clone)]
pub struct Attachment {
    name: String,
    content_type: ContentType,
    content: Vec<u8>,
}

impl fmt::Debug for Attachment {
    /// Neither content nor name, which may be a person's.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Attachment({} bytes)", self.content.len())
    }
}

impl Attachment {
    /// Takes a file whose name ends as files of its type do.
    ///
    /// # Errors
    ///
    /// [`Invalid`], also for a name with anything but ASCII letters, digits, spaces and `._-`: the
    /// name is shown by programs that understand little else, and saved by some as it is.
    pub fn new(name: &str, media_type: MediaType, content: Vec<u8>) -> Result<Self, Invalid> {
        let is_name = (1..=NAME_BYTES_MAX).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" ._-".contains(&byte))
            && name.starts_with(|first: char| first.is_ascii_alphanumeric());
        require(is_name, "attachment", "has a name of 1 to 100 ASCII letters, digits, spaces and ._-")?;
        require(name.ends_with(media_type.extension()), "attachment", "has the name of its type")?;
        require(!content.is_empty() && content.len() <= BYTES_MAX, "attachment", "has 1 byte to 7 MiB")?;
        let content_type = ContentType::parse(media_type.header()).map_err(|_| Invalid { field: "attachment", rule: "has a type" })?;
        Ok(Self { name: name.to_owned(), content_type, content })
    }

    pub(super) fn part(&self) -> SinglePart {
        lettre::message::Attachment::new(self.name.clone()).body(self.content.clone(), self.content_type.clone())
    }
}

pub(super) fn require_within_limits(files: &[Attachment]) -> Result<(), Invalid> {
    require(files.len() <= FILES_MAX, "attachments", "are at most ten")?;
    let bytes: usize = files.iter().map(|file| file.content.len()).sum();
    require(bytes <= BYTES_MAX, "attachments", "have at most 7 MiB in all")
}
