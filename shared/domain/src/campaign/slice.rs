//! Telling a campaign's recipients, a slice at a time, and taking back what was not told yet.

use super::{Campaign, CampaignStatus, NoCampaign, after};
use crate::{
    engine::{Command, Key, Plan, Snapshot},
    id::CampaignId,
};
use jiff::Timestamp;

/// The most recipients of one slice.
pub const SLICE_MAX: u32 = 100;
/// A slice is what the pace allows in so long, so that a pause or a cancellation is minded soon.
const SLICE_S: u32 = 10;

/// Takes the next of a campaign's recipients.
#[derive(Debug, Clone)]
pub struct TakeSlice {
    pub campaign: CampaignId,
    /// For how long nobody else takes them.
    pub for_s: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SliceTaken {
    /// Open the notices of recipients `from..until`.
    Tell { campaign: Box<Campaign>, from: u32, until: u32 },
    /// Take the notices of recipients `from..until` back.
    TakeBack { campaign: Box<Campaign>, from: u32, until: u32 },
    /// Look again then: its time, or its next slice's, has not come, or another worker has it.
    Later { at: Timestamp },
    /// There is nothing to do: it is done, or paused.
    Nothing,
}

impl Campaign {
    fn slice(&self) -> u32 {
        (self.per_minute.saturating_mul(SLICE_S) / 60).clamp(1, SLICE_MAX)
    }

    /// The end of what may have been told: a worker that died may have told its slice before it could
    /// write that down.
    fn told_until(&self) -> u32 {
        self.progress.reached.saturating_add(self.slice()).min(self.recipients)
    }
}

impl Command for TakeSlice {
    type Done = SliceTaken;
    type Refusal = NoCampaign;

    fn reads(&self) -> Vec<Key> {
        Campaign::keys(self.campaign)
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, SliceTaken), NoCampaign> {
        let before = state.campaign(self.campaign.fingerprint()).ok_or(NoCampaign)?;
        let (mut plan, mut campaign) = (Plan::default(), before.clone());
        if !campaign.is_open() {
            return Ok((plan, SliceTaken::Nothing));
        }
        let waits_until = campaign.taken_until.unwrap_or(campaign.due_at);
        if now < waits_until {
            return Ok((plan, SliceTaken::Later { at: waits_until }));
        }
        if campaign.status == CampaignStatus::Scheduled {
            campaign.status = CampaignStatus::Running;
        }
        let lease = after(now, self.for_s);
        (campaign.taken_until, campaign.due_at) = (Some(lease), lease);
        let slice = campaign.slice();
        let campaign = campaign.write(&mut plan, state, Some(before), now);
        let taken = match campaign.status {
            CampaignStatus::Cancelling { taken_back } => {
                let until = taken_back.saturating_add(SLICE_MAX).min(campaign.told_until());
                SliceTaken::TakeBack { campaign: Box::new(campaign), from: taken_back, until }
            }
            _ => {
                let from = campaign.progress.reached;
                let until = from.saturating_add(slice).min(campaign.recipients);
                SliceTaken::Tell { campaign: Box::new(campaign), from, until }
            }
        };
        Ok((plan, taken))
    }
}

/// Writes down that a slice was walked.
#[derive(Debug, Clone)]
pub struct RecordSlice {
    pub campaign: CampaignId,
    pub from: u32,
    pub until: u32,
    pub walked: Walked,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walked {
    /// So many were told; the others are no users any more, or not the organisation's.
    Told {
        opened: u32,
    },
    TakenBack,
}

impl Command for RecordSlice {
    type Done = Campaign;
    type Refusal = NoCampaign;

    fn reads(&self) -> Vec<Key> {
        Campaign::keys(self.campaign)
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Campaign), NoCampaign> {
        let before = state.campaign(self.campaign.fingerprint()).ok_or(NoCampaign)?;
        let (mut plan, mut campaign) = (Plan::default(), before.clone());
        match (self.walked, campaign.status) {
            (Walked::Told { opened }, status) if campaign.progress.reached == self.from => {
                let told = self.until.saturating_sub(self.from);
                campaign.progress.reached = self.until;
                campaign.progress.opened += opened;
                campaign.progress.passed += told.saturating_sub(opened);
                campaign.due_at = match status {
                    CampaignStatus::Cancelling { .. } => now,
                    _ => after(now, i64::from(told) * 60 / i64::from(campaign.per_minute)),
                };
                let is_on = matches!(status, CampaignStatus::Running | CampaignStatus::Paused);
                if is_on && campaign.progress.reached >= campaign.recipients {
                    campaign.status = CampaignStatus::Completed { at: now };
                }
            }
            (Walked::TakenBack, CampaignStatus::Cancelling { taken_back }) if taken_back == self.from => {
                campaign.status = if self.until < campaign.told_until() {
                    CampaignStatus::Cancelling { taken_back: self.until }
                } else {
                    CampaignStatus::Cancelled { at: now }
                };
                campaign.due_at = now;
            }
            // Another worker has walked it, and written that down before.
            _ => return Ok((plan, campaign)),
        }
        campaign.taken_until = None;
        let campaign = campaign.write(&mut plan, state, Some(before), now);
        Ok((plan, campaign))
    }
}
