//! Where a user ends e-mails of a kind. The address says who and what, and is signed: it takes no log-in
//! (RFC 8058), and is good for ever, as mails are.

use crate::deps::Deps;
use domain::{id::UserId, notice::Category};
use lambda::{BoxError, http::cursor::Cursors};

const SCOPE: &str = "leave e-mails of";

pub async fn url(deps: &Deps, user: UserId, category: Category) -> Result<String, BoxError> {
    let token = deps.cursors().await?.seal(SCOPE, &format!("{user} {}", category.code()));
    Ok(format!("{}/v1/notifications/email/leave/{token}", deps.public_url()?))
}

/// Who ends what; `None` for what we did not write.
pub fn opened(cursors: &Cursors, token: &str) -> Option<(UserId, Category)> {
    let said = cursors.open(SCOPE, token).ok()?;
    let (user, category) = said.split_once(' ')?;
    Some((user.parse().ok()?, Category::from_code(category)?))
}
