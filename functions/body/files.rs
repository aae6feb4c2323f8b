//! Bodies of `/v1/files`, and of files in messages.

use domain::room::{FILE_BYTES_MAX, FILE_TYPES};
use providers::files::Presigned;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const FILE_ID: &str = r"^file_[0-7][0-9A-HJKMNP-TV-Z]{25}$";

/// A file that is about to be uploaded.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileRequest {
    /// What it is called, for those who see it: 1 to 120 characters.
    #[schemars(length(min = 1, max = 120))]
    pub name: String,
    #[schemars(extend("enum" = FILE_TYPES))]
    pub content_type: String,
    #[schemars(range(min = 1, max = FILE_BYTES_MAX))]
    pub bytes: u64,
}

/// A file of the caller's that was uploaded within the last day.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct FileRef(#[schemars(extend("pattern" = FILE_ID))] pub String);

#[derive(Serialize, JsonSchema)]
pub struct UploadBody {
    /// To name in a message once the upload is done.
    pub file_id: String,
    pub upload: UploadRequest,
    /// In seconds; an upload that has begun by then may end after it.
    pub expires_in: u32,
}

/// The request to upload it with. It is taken once: 412 says that it was before.
#[derive(Serialize, JsonSchema)]
pub struct UploadRequest {
    #[schemars(extend("const" = "PUT"))]
    pub method: &'static str,
    pub url: String,
    /// To be sent as they are. A browser sets `content-length` itself.
    pub headers: BTreeMap<&'static str, String>,
}

impl UploadBody {
    pub fn new(file_id: String, put: Presigned, expires_in: u32) -> Self {
        let upload = UploadRequest { method: "PUT", url: put.url, headers: put.headers.into_iter().collect() };
        Self { file_id, upload, expires_in }
    }
}

/// Where a file is fetched from, without a token of ours.
#[derive(Serialize, JsonSchema)]
pub struct LinkBody {
    pub url: String,
    /// In seconds.
    pub expires_in: u32,
}
