//! Opening a campaign.

use super::{Campaign, CampaignStatus, Progress};
use crate::{
    engine::{Answer, Command, Key, Plan, Snapshot},
    fact::Priority,
    id::{CampaignId, SheetId},
    notice::{Category, Channel, Template},
    request::{KeyReused, Keyed},
};
use jiff::Timestamp;

/// Opens a campaign whose recipients were written down already.
#[derive(Debug, Clone)]
pub struct OpenCampaign {
    pub asked: Keyed,
    pub to_members: bool,
    pub name: String,
    pub channel: Channel,
    pub template: Template,
    pub category: Category,
    pub priority: Priority,
    pub sheet: SheetId,
    pub recipients: u32,
    pub per_minute: u32,
    /// At once, where it is over already.
    pub start_at: Timestamp,
    pub expires_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotOpen {
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    #[error("it would have expired before it begins")]
    Expired,
    #[error("nobody is told before everybody has a turn: at this pace it would have expired by then")]
    TooSlow,
}

impl Command for OpenCampaign {
    type Done = Answer<Campaign>;
    type Refusal = CannotOpen;

    fn reads(&self) -> Vec<Key> {
        // Its board is new with it.
        vec![Key::Campaign(self.asked.fingerprint)]
    }

    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Self::Done), CannotOpen> {
        if let Some(known) = state.campaign(self.asked.fingerprint) {
            self.asked.check(&known.digest)?;
            return Ok((Plan::default(), Answer::again(as_opened(known))));
        }
        let start_at = self.start_at.max(now);
        if start_at >= self.expires_at {
            return Err(CannotOpen::Expired);
        }
        let takes_s = i64::from(self.recipients) * 60 / i64::from(self.per_minute.max(1));
        if super::after(start_at, takes_s) >= self.expires_at {
            return Err(CannotOpen::TooSlow);
        }
        let campaign = Campaign {
            id: CampaignId::new(now, self.asked.fingerprint),
            by: self.asked.caller,
            to_members: self.to_members,
            name: self.name.clone(),
            channel: self.channel,
            template: self.template.clone(),
            category: self.category,
            priority: self.priority,
            sheet: self.sheet,
            recipients: self.recipients,
            per_minute: self.per_minute.max(1),
            start_at,
            expires_at: self.expires_at,
            status: first_status(start_at, now),
            progress: Progress::default(),
            due_at: start_at,
            taken_until: None,
            digest: self.asked.digest,
            created_at: now,
            updated_at: now,
        };
        let mut plan = Plan::default();
        let campaign = campaign.write(&mut plan, state, None, now);
        Ok((plan, Answer::first(campaign)))
    }
}

fn first_status(start_at: Timestamp, now: Timestamp) -> CampaignStatus {
    if start_at > now { CampaignStatus::Scheduled } else { CampaignStatus::Running }
}

/// As whoever asked for it was first told of it.
fn as_opened(known: &Campaign) -> Campaign {
    Campaign {
        status: first_status(known.start_at, known.created_at),
        progress: Progress::default(),
        due_at: known.start_at,
        taken_until: None,
        updated_at: known.created_at,
        ..known.clone()
    }
}
