//! What we give a provider along with a message, to know its word again.

use super::Channel;
use crate::id::{NoticeId, UserId};
use std::{fmt, str::FromStr};

/// Names a notice on a channel, in letters that fit into a URL and a provider's field for it
/// (WhatsApp's `biz_opaque_callback_data`, a status callback's query, an e-mail's tag). So a word
/// finds its notice even where it overtakes the answer to our call.
///
/// It proves nothing: the signature of what brings it back does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallbackTag {
    pub user: UserId,
    pub notice: NoticeId,
    pub channel: Channel,
}

/// Not one of our tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a tag of a notice")]
pub struct BadTag;

impl fmt::Display for CallbackTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.user, self.notice, self.channel.code())
    }
}

impl FromStr for CallbackTag {
    type Err = BadTag;

    fn from_str(text: &str) -> Result<Self, BadTag> {
        let mut parts = text.split('.');
        let mut part = || parts.next().ok_or(BadTag);
        let user = part()?.parse().map_err(|_| BadTag)?;
        let notice = part()?.parse().map_err(|_| BadTag)?;
        let channel = Channel::from_code(part()?).ok_or(BadTag)?;
        if parts.next().is_some() { Err(BadTag) } else { Ok(Self { user, notice, channel }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::user;
    use jiff::Timestamp;

    #[test]
    fn a_tag_reads_back_as_it_was_given_and_no_other_way() {
        let user = user("asha");
        let notice = NoticeId::new(Timestamp::UNIX_EPOCH, super::super::Notice::fingerprint(user, "e"));
        let tag = CallbackTag { user, notice, channel: Channel::Whatsapp };
        let text = tag.to_string();
        assert_eq!(text.parse(), Ok(tag));
        assert!(text.len() <= 100 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.".contains(&b)));
        for bad in ["", "a.b.c", &format!("{text}.x"), &format!("{user}.{notice}.fax"), &format!("{notice}.{user}.sms")] {
            assert_eq!(bad.parse::<CallbackTag>(), Err(BadTag), "{bad}");
        }
    }
}
