//! Messages of rooms, and reports of them, as rows.

use super::{BadField, bad, bytes, maybe_time, operations::StatusItem, parsed, time};
use domain::room::{Attached, Attachment, ClientId, FileName, Message, Reason, Report, ReportStatus, Text};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct AttachmentItem {
    file: String,
    name: String,
    content_type: String,
    bytes: u64,
}

impl From<&Attachment> for AttachmentItem {
    fn from(attachment: &Attachment) -> Self {
        Self {
            file: attachment.file.clone(),
            name: attachment.name.as_str().to_owned(),
            content_type: attachment.content_type.clone(),
            bytes: attachment.bytes,
        }
    }
}

impl TryFrom<AttachmentItem> for Attachment {
    type Error = BadField;
    fn try_from(item: AttachmentItem) -> Result<Self, BadField> {
        let name = FileName::parse(&item.name).map_err(|error| bad("name", error))?;
        Ok(Self { file: item.file, name, content_type: item.content_type, bytes: item.bytes })
    }
}

#[derive(Serialize, Deserialize)]
struct AttachedItem {
    transfer: String,
    amount: i64,
    status: StatusItem,
}

impl From<&Attached> for AttachedItem {
    fn from(attached: &Attached) -> Self {
        Self { transfer: attached.transfer.to_string(), amount: attached.amount, status: attached.status.into() }
    }
}

impl TryFrom<AttachedItem> for Attached {
    type Error = BadField;
    fn try_from(item: AttachedItem) -> Result<Self, BadField> {
        Ok(Self { transfer: parsed("transfer", &item.transfer)?, amount: item.amount, status: item.status.try_into()? })
    }
}

fn text(text: &str) -> Result<Text, BadField> {
    Text::parse(text).map_err(|error| bad("text", error))
}

fn attachments(items: Vec<AttachmentItem>) -> Result<Vec<Attachment>, BadField> {
    items.into_iter().map(TryInto::try_into).collect()
}

#[derive(Serialize, Deserialize)]
pub struct MessageItem {
    id: String,
    room: String,
    by: String,
    client_id: String,
    text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<AttachmentItem>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    attached: Option<AttachedItem>,
    seq: u64,
    posted_at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    edited_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    deleted_at: Option<i64>,
    keeps_until: i64,
    #[serde(with = "serde_bytes")]
    digest: Vec<u8>,
    /// The same, for the table to clear it away.
    expires_at_s: i64,
}

impl From<&Message> for MessageItem {
    fn from(message: &Message) -> Self {
        Self {
            id: message.id.to_string(),
            room: message.room.to_string(),
            by: message.by.to_string(),
            client_id: message.client_id.as_str().to_owned(),
            text: message.text.as_str().to_owned(),
            attachments: message.attachments.iter().map(Into::into).collect(),
            attached: message.attached.as_ref().map(Into::into),
            seq: message.seq,
            posted_at: message.posted_at.as_millisecond(),
            edited_at: message.edited_at.map(|at| at.as_millisecond()),
            deleted_at: message.deleted_at.map(|at| at.as_millisecond()),
            keeps_until: message.keeps_until.as_millisecond(),
            digest: message.digest.to_vec(),
            expires_at_s: message.keeps_until.as_second(),
        }
    }
}

impl TryFrom<MessageItem> for Message {
    type Error = BadField;
    fn try_from(item: MessageItem) -> Result<Self, BadField> {
        Ok(Self {
            id: parsed("id", &item.id)?,
            room: parsed("room", &item.room)?,
            by: parsed("by", &item.by)?,
            client_id: ClientId::parse(&item.client_id).map_err(|error| bad("client_id", error))?,
            text: text(&item.text)?,
            attachments: attachments(item.attachments)?,
            attached: item.attached.map(TryInto::try_into).transpose()?,
            seq: item.seq,
            posted_at: time("posted_at", item.posted_at)?,
            edited_at: maybe_time("edited_at", item.edited_at)?,
            deleted_at: maybe_time("deleted_at", item.deleted_at)?,
            keeps_until: time("keeps_until", item.keeps_until)?,
            digest: bytes("digest", &item.digest)?,
        })
    }
}

#[derive(Serialize, Deserialize)]
pub struct ReportItem {
    id: String,
    room: String,
    message: String,
    author: String,
    by: String,
    reason: String,
    text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<AttachmentItem>,
    /// By whom and when it was closed; without them it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    closed_by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    closed_at: Option<i64>,
    created_at: i64,
}

impl From<&Report> for ReportItem {
    fn from(report: &Report) -> Self {
        let (closed_by, closed_at) = match report.status {
            ReportStatus::Open => (None, None),
            ReportStatus::Closed { by, at } => (Some(by.to_string()), Some(at.as_millisecond())),
        };
        Self {
            id: report.id.to_string(),
            room: report.room.to_string(),
            message: report.message.to_string(),
            author: report.author.to_string(),
            by: report.by.to_string(),
            reason: report.reason.as_str().to_owned(),
            text: report.text.as_str().to_owned(),
            attachments: report.attachments.iter().map(Into::into).collect(),
            closed_by,
            closed_at,
            created_at: report.created_at.as_millisecond(),
        }
    }
}

impl TryFrom<ReportItem> for Report {
    type Error = BadField;
    fn try_from(item: ReportItem) -> Result<Self, BadField> {
        let status = match (item.closed_by, item.closed_at) {
            (None, None) => ReportStatus::Open,
            (Some(by), Some(at)) => ReportStatus::Closed { by: parsed("closed_by", &by)?, at: time("closed_at", at)? },
            _ => return Err(bad("closed_at", "it is closed by nobody, or never")),
        };
        Ok(Self {
            id: parsed("id", &item.id)?,
            room: parsed("room", &item.room)?,
            message: parsed("message", &item.message)?,
            author: parsed("author", &item.author)?,
            by: parsed("by", &item.by)?,
            reason: Reason::parse(&item.reason).map_err(|error| bad("reason", error))?,
            text: text(&item.text)?,
            attachments: attachments(item.attachments)?,
            status,
            created_at: time("created_at", item.created_at)?,
        })
    }
}
