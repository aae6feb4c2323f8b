//! Pausing, resuming and cancelling a campaign.

use super::{Campaign, CampaignStatus};
use crate::{
    engine::{Command, Key, Plan, Snapshot},
    id::CampaignId,
};
use jiff::Timestamp;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Tell nobody more for now. What was told goes its way.
    Pause,
    Resume,
    /// Tell nobody more, and take back what has not gone out.
    Cancel,
}

/// Steers a campaign. The same wish again changes nothing.
#[derive(Debug, Clone)]
pub struct SteerCampaign {
    pub campaign: CampaignId,
    pub wish: Wish,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotSteer {
    #[error("there is no such campaign")]
    NoCampaign,
    #[error("the campaign is {0} and cannot be paused or resumed")]
    Over(&'static str),
}

impl Command for SteerCampaign {
    type Done = Campaign;
    type Refusal = CannotSteer;

    fn reads(&self) -> Vec<Key> {
        Campaign::keys(self.campaign)
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Campaign), CannotSteer> {
        use CampaignStatus::{Cancelled, Cancelling, Completed, Paused, Running, Scheduled};
        let before = state.campaign(self.campaign.fingerprint()).ok_or(CannotSteer::NoCampaign)?;
        let (mut plan, mut campaign) = (Plan::default(), before.clone());
        match (self.wish, campaign.status) {
            (Wish::Pause, Scheduled | Running) => campaign.status = Paused,
            (Wish::Resume, Paused) => {
                campaign.status = if campaign.start_at > now { Scheduled } else { Running };
                campaign.due_at = campaign.due_at.max(campaign.start_at).max(now);
            }
            (Wish::Cancel, Scheduled | Running | Paused | Completed { .. }) => {
                campaign.status = Cancelling { taken_back: 0 };
                campaign.due_at = now;
            }
            (Wish::Pause, Paused) | (Wish::Resume, Scheduled | Running) | (Wish::Cancel, Cancelling { .. } | Cancelled { .. }) => {
                return Ok((plan, campaign));
            }
            (Wish::Pause | Wish::Resume, status) => return Err(CannotSteer::Over(status.code())),
        }
        let campaign = campaign.write(&mut plan, state, Some(before), now);
        Ok((plan, campaign))
    }
}
