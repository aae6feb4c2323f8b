//! What ends a notice from outside.

use super::{Ended, NoSuchNotice, Recorded};
use crate::{
    engine::{Command, Key, Plan, Snapshot},
    id::{NoticeId, UserId},
};
use jiff::Timestamp;

/// Records that its user has seen a notice, wherever.
#[derive(Debug, Clone)]
pub struct MarkSeen {
    pub user: UserId,
    pub notice: NoticeId,
}

impl Command for MarkSeen {
    type Done = Recorded;
    type Refusal = NoSuchNotice;

    fn reads(&self) -> Vec<Key> {
        vec![Key::notice(self.user, self.notice)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Recorded), NoSuchNotice> {
        end(state, self.user, self.notice, Ended::Seen, now)
    }
}

/// Takes a notice back that nobody needs any more. What has gone out has gone out.
#[derive(Debug, Clone)]
pub struct CancelNotice {
    pub user: UserId,
    pub notice: NoticeId,
}

impl Command for CancelNotice {
    type Done = Recorded;
    type Refusal = NoSuchNotice;

    fn reads(&self) -> Vec<Key> {
        vec![Key::notice(self.user, self.notice)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Recorded), NoSuchNotice> {
        end(state, self.user, self.notice, Ended::Cancelled, now)
    }
}

fn end(state: &Snapshot, user: UserId, notice: NoticeId, why: Ended, now: Timestamp) -> Result<(Plan, Recorded), NoSuchNotice> {
    let mut notice = state.notice(user, notice).cloned().ok_or(NoSuchNotice)?;
    let mut plan = Plan::default();
    let changed = !notice.is_done();
    if changed {
        notice.end(why);
        notice = notice.write(&mut plan, now);
    }
    Ok((plan, Recorded { notice, changed, moved: None }))
}
