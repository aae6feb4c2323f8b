//! Bodies of `/v1/organisation…`.

use crate::body::{
    common::{USER_ID, codes},
    rooms::Person,
};
use domain::organisation::{Membership, MembershipStatus};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InviteRequest {
    pub user: Person,
}

/// A user's place in an organisation.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MembershipBody {
    /// The user who runs it.
    #[schemars(extend("pattern" = USER_ID))]
    pub organisation_id: String,
    #[schemars(extend("pattern" = USER_ID))]
    pub user_id: String,
    #[schemars(extend("enum" = codes(MembershipStatus::ALL, MembershipStatus::code)))]
    pub status: &'static str,
    /// RFC 3339.
    pub invited_at: String,
    /// Since when it is as it is. RFC 3339.
    pub changed_at: String,
}

impl From<&Membership> for MembershipBody {
    fn from(place: &Membership) -> Self {
        Self {
            organisation_id: place.organisation.to_string(),
            user_id: place.user.to_string(),
            status: place.status.code(),
            invited_at: place.invited_at.to_string(),
            changed_at: place.changed_at.to_string(),
        }
    }
}
