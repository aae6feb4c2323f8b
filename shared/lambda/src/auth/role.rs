//! Roles, and what each may do.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a user is to us. Stored with the user, and stated in their access token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Earns, holds and spends money of their own.
    Worker,
    /// A worker who also acts for an organisation's account.
    OrgAdmin,
    /// Answers questions: sees what others have, changes nothing of it.
    Support,
    /// Mends what is stuck: replays, re-drives, assigns.
    Ops,
    /// May do everything.
    Admin,
}

/// One kind of thing that a route does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Uses what is the caller's own.
    OwnAccount,
    /// Uses the account of the caller's organisation.
    OrganisationAccount,
    /// Reads what belongs to others.
    ReadOthers,
    /// Replays, re-drives, assigns.
    Operate,
    /// Gives roles that may do more than a worker.
    GrantStaffRoles,
}

impl Role {
    /// Whether this role may do that. Written out pair by pair: roles are not a ladder, an
    /// organisation's administrator sees nothing that support sees, nor the other way round.
    pub const fn may(self, permission: Permission) -> bool {
        use Permission::{GrantStaffRoles, Operate, OrganisationAccount, OwnAccount, ReadOthers};
        match self {
            Self::Worker => matches!(permission, OwnAccount),
            Self::OrgAdmin => matches!(permission, OwnAccount | OrganisationAccount),
            Self::Support => matches!(permission, OwnAccount | ReadOthers),
            Self::Ops => matches!(permission, OwnAccount | ReadOthers | Operate),
            Self::Admin => match permission {
                OwnAccount | OrganisationAccount | ReadOthers | Operate | GrantStaffRoles => true,
            },
        }
    }

    /// Whether this role may give a user that role. Operators set up organisations; only an
    /// administrator makes staff, or an operator could make themselves one.
    pub const fn may_grant(self, role: Self) -> bool {
        match role {
            Self::Worker | Self::OrgAdmin => self.may(Permission::Operate),
            Self::Support | Self::Ops | Self::Admin => self.may(Permission::GrantStaffRoles),
        }
    }

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::OrgAdmin => "org_admin",
            Self::Support => "support",
            Self::Ops => "ops",
            Self::Admin => "admin",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Permission::{GrantStaffRoles, Operate, OrganisationAccount, OwnAccount, ReadOthers};
    use super::Role;

    const ROLES: [Role; 5] = [Role::Worker, Role::OrgAdmin, Role::Support, Role::Ops, Role::Admin];

    fn who_may(permission: super::Permission) -> Vec<&'static str> {
        ROLES.into_iter().filter(|role| role.may(permission)).map(Role::as_str).collect()
    }

    #[test]
    fn each_thing_is_open_to_these_and_nobody_else() {
        assert_eq!(who_may(OwnAccount), ["worker", "org_admin", "support", "ops", "admin"]);
        assert_eq!(who_may(OrganisationAccount), ["org_admin", "admin"]);
        assert_eq!(who_may(ReadOthers), ["support", "ops", "admin"]);
        assert_eq!(who_may(Operate), ["ops", "admin"]);
        assert_eq!(who_may(GrantStaffRoles), ["admin"]);
    }

    #[test]
    fn nobody_makes_themselves_more_than_they_are() {
        assert!(Role::Ops.may_grant(Role::OrgAdmin) && Role::Admin.may_grant(Role::Admin));
        for staff in [Role::Support, Role::Ops, Role::Admin] {
            assert!(ROLES.into_iter().filter(|role| role.may_grant(staff)).eq([Role::Admin]));
        }
        assert!(!Role::Support.may_grant(Role::Worker) && !Role::OrgAdmin.may_grant(Role::OrgAdmin));
    }

    #[test]
    fn a_role_is_written_as_it_is_named() {
        for role in ROLES {
            assert_eq!(serde_json::to_value(role).unwrap(), role.as_str());
        }
    }
}
