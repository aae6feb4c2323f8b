//! Bodies of `/v1/rooms` and of what rooms tell.

use crate::body::{
    common::{PHONE, USER_ID},
    files::FileRef,
};
use domain::{
    bulletin::BoardHead,
    fact::SEQ_MAX,
    room::{Attached, Attachment, Member, Message, Report, ReportStatus, Room, RoomKind, Seat, SeatMarking},
    social::{PresencePrivacy, Social},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const TRANSFER_ID: &str = r"^trf_[0-7][0-9A-HJKMNP-TV-Z]{25}$";
pub(super) const CLIENT_ID: &str = r"^[A-Za-z0-9_-]{1,64}$";

/// A room of two, or a group.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("oneOf" = [
    { "required": ["with"], "properties": { "with": { "type": "string" }, "name": { "type": "null" }, "members": { "type": "null" }, "open": { "const": false } } },
    { "required": ["name"], "properties": { "with": { "type": "null" }, "name": { "type": "string" } } },
]))]
pub struct CreateRoomRequest {
    /// The other of two: a user's id, or a phone.
    pub with: Option<Person>,
    /// A group's name: 1 to 80 characters.
    #[schemars(length(min = 1, max = 80))]
    pub name: Option<String>,
    /// A group's first members beside its maker.
    #[schemars(length(max = 50))]
    pub members: Option<Vec<UserRef>>,
    /// Whether anybody who has the group's id may join and read all of it.
    #[serde(default)]
    pub open: bool,
    /// Whether it forgets what is a day old.
    #[serde(default)]
    pub ephemeral: bool,
}

/// A user's id.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct UserRef(#[schemars(extend("pattern" = USER_ID))] pub String);

/// A user's id, or the phone they log in with.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Person(#[schemars(extend("pattern" = format!("{USER_ID}|{PHONE}")))] pub String);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberRequest {
    #[schemars(extend("pattern" = USER_ID))]
    pub user_id: String,
}

/// A message: a text, files, a transfer, or several of these.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostRequest {
    /// The sender's own name for it. The same again is the same message.
    #[schemars(extend("pattern" = CLIENT_ID))]
    pub client_id: String,
    /// Plain text of up to 4,000 characters; whoever shows it escapes it.
    #[serde(default)]
    #[schemars(length(max = 4_000))]
    pub text: String,
    /// A transfer between the sender and somebody of the room; its status is kept up to date.
    #[schemars(extend("pattern" = TRANSFER_ID))]
    pub transfer_id: Option<String>,
    #[serde(default)]
    #[schemars(length(max = 10))]
    pub files: Vec<FileRef>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EditRequest {
    #[schemars(length(max = 4_000))]
    pub text: String,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportRequest {
    /// What is wrong with it: 1 to 500 characters.
    #[schemars(length(min = 1, max = 500))]
    pub reason: String,
}

/// How far something was read, or has reached a device.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeatRequest {
    #[serde(default)]
    #[schemars(range(max = SEQ_MAX))]
    pub delivered_through_seq: u64,
    #[serde(default)]
    #[schemars(range(max = SEQ_MAX))]
    pub read_through_seq: u64,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct RoomBody {
    pub id: String,
    /// To subscribe to.
    pub channel: String,
    #[serde(rename = "type")]
    #[schemars(extend("enum" = ["direct", "group"]))]
    pub kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    pub open: bool,
    /// For how long it keeps what is written in it, in seconds.
    pub keeps_s: i64,
    pub members: Vec<MemberBody>,
    /// The place of the last that happened in it.
    pub seq: u64,
    /// What the caller has not read of it.
    pub unread: u64,
    /// RFC 3339.
    pub created_at: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct MemberBody {
    pub user_id: String,
    #[schemars(extend("enum" = ["owner", "member"]))]
    pub role: &'static str,
    /// What has reached one of their devices.
    pub delivered_through_seq: u64,
    pub read_through_seq: u64,
}

impl RoomBody {
    /// As one of its members sees it; of seats that are not given, nothing is known.
    pub fn new(room: &Room, own: &Seat, head: &BoardHead, seats: &[Seat]) -> Self {
        let (kind, name) = match &room.kind {
            RoomKind::Direct => ("direct", None),
            RoomKind::Group { name, .. } => ("group", Some(name.as_str().to_owned())),
        };
        Self {
            id: room.id.to_string(),
            channel: room.board().to_string(),
            kind,
            name,
            open: room.is_open(),
            keeps_s: room.keeps_s,
            members: room.members.iter().map(|member| MemberBody::new(member, seats)).collect(),
            seq: head.seq,
            unread: own.unread(head.seq),
            created_at: room.created_at.to_string(),
        }
    }
}

impl MemberBody {
    fn new(member: &Member, seats: &[Seat]) -> Self {
        let seat = seats.iter().find(|seat| seat.user == member.user);
        Self {
            user_id: member.user.to_string(),
            role: member.role.code(),
            delivered_through_seq: seat.map_or(0, |seat| seat.delivered_through),
            read_through_seq: seat.map_or(0, |seat| seat.read.through),
        }
    }
}

/// A message as it stands.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MessageBody {
    pub id: String,
    pub room_id: String,
    /// Who wrote it.
    pub user_id: String,
    /// Its sender's own name for it.
    pub client_id: String,
    /// Its place in the room.
    pub seq: u64,
    /// Plain text: whoever shows it escapes it. Empty where it was deleted.
    pub text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub files: Vec<FileBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transfer: Option<AttachedBody>,
    /// RFC 3339.
    pub posted_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct FileBody {
    pub id: String,
    pub name: String,
    pub content_type: String,
    pub bytes: u64,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct AttachedBody {
    pub id: String,
    /// In paise.
    pub amount: i64,
    pub status: String,
}

impl From<&Message> for MessageBody {
    fn from(message: &Message) -> Self {
        Self {
            id: message.id.to_string(),
            room_id: message.room.to_string(),
            user_id: message.by.to_string(),
            client_id: message.client_id.as_str().to_owned(),
            seq: message.seq,
            text: message.text.as_str().to_owned(),
            files: message.attachments.iter().map(FileBody::from).collect(),
            transfer: message.attached.as_ref().map(AttachedBody::from),
            posted_at: message.posted_at.to_string(),
            edited_at: message.edited_at.map(|at| at.to_string()),
            deleted_at: message.deleted_at.map(|at| at.to_string()),
        }
    }
}

impl From<&Attachment> for FileBody {
    fn from(file: &Attachment) -> Self {
        let (id, name) = (file.file.clone(), file.name.as_str().to_owned());
        Self { id, name, content_type: file.content_type.clone(), bytes: file.bytes }
    }
}

impl From<&Attached> for AttachedBody {
    fn from(attached: &Attached) -> Self {
        Self { id: attached.transfer.to_string(), amount: attached.amount, status: attached.status.code().to_owned() }
    }
}

/// Who came or went.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ComingBody {
    pub user_id: String,
}

/// Where a member is in a room.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SeatBody {
    pub user_id: String,
    pub delivered_through_seq: u64,
    pub read_through_seq: u64,
    pub unread: u64,
    /// The end of the room.
    pub seq: u64,
}

impl From<&SeatMarking> for SeatBody {
    fn from(marking: &SeatMarking) -> Self {
        Self {
            user_id: marking.seat.user.to_string(),
            delivered_through_seq: marking.seat.delivered_through,
            read_through_seq: marking.seat.read.through,
            unread: marking.unread,
            seq: marking.head,
        }
    }
}

/// What a user has settled about others.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SocialBody {
    pub blocked: Vec<String>,
    #[schemars(extend("enum" = PresencePrivacy::ALL.map(PresencePrivacy::code)))]
    pub presence: &'static str,
}

impl From<&Social> for SocialBody {
    fn from(social: &Social) -> Self {
        Self { blocked: social.blocked.iter().map(ToString::to_string).collect(), presence: social.presence.code() }
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SocialRequest {
    /// Who sees whether the caller is there: `contacts` (who has a room of two with them), or `nobody`.
    #[schemars(extend("enum" = PresencePrivacy::ALL.map(PresencePrivacy::code)))]
    pub presence: String,
}

/// A message that somebody has reported, as it stood.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReportBody {
    pub id: String,
    pub room_id: String,
    pub message_id: String,
    pub author_user_id: String,
    pub reported_by: String,
    pub reason: String,
    pub text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub files: Vec<FileBody>,
    #[schemars(extend("enum" = ["open", "closed"]))]
    pub status: &'static str,
    /// RFC 3339.
    pub created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_by: Option<String>,
}

impl From<&Report> for ReportBody {
    fn from(report: &Report) -> Self {
        let closed_by = match &report.status {
            ReportStatus::Open => None,
            ReportStatus::Closed { by, .. } => Some(by.to_string()),
        };
        Self {
            id: report.id.to_string(),
            room_id: report.room.to_string(),
            message_id: report.message.to_string(),
            author_user_id: report.author.to_string(),
            reported_by: report.by.to_string(),
            reason: report.reason.as_str().to_owned(),
            text: report.text.as_str().to_owned(),
            files: report.attachments.iter().map(FileBody::from).collect(),
            status: report.status.code(),
            created_at: report.created_at.to_string(),
            closed_by,
        }
    }
}
