//! What a user settled about others, as a row.

use super::{BadField, known, parsed};
use domain::social::{PresencePrivacy, Social};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct SocialItem {
    account: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    blocked: Vec<String>,
    presence: String,
}

impl From<&Social> for SocialItem {
    fn from(social: &Social) -> Self {
        Self {
            account: social.account.to_string(),
            blocked: social.blocked.iter().map(ToString::to_string).collect(),
            presence: social.presence.code().to_owned(),
        }
    }
}

impl TryFrom<SocialItem> for Social {
    type Error = BadField;
    fn try_from(item: SocialItem) -> Result<Self, BadField> {
        Ok(Self {
            account: parsed("account", &item.account)?,
            blocked: item.blocked.iter().map(|user| parsed("blocked", user)).collect::<Result<_, _>>()?,
            presence: known("presence", &item.presence, PresencePrivacy::from_code(&item.presence))?,
        })
    }
}
