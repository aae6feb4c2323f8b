//! A campaign at rest has told each of its recipients once, or has taken back what was not told.

use super::Books;
use crate::world::World;
use anyhow::Result;
use domain::{
    campaign::{Campaign, CampaignStatus},
    engine::Record,
    notice::Notice,
};

pub async fn check(world: &World, books: &Books) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    for record in &books.records {
        let Record::Campaign(campaign) = record else { continue };
        let recipients = world.store.recipients(campaign.sheet, 0..campaign.recipients).await?;
        if recipients.len() != campaign.recipients as usize {
            findings.push(format!("{} has {} recipients of {}", campaign.id, recipients.len(), campaign.recipients));
        }
        let asked: Vec<_> = recipients.iter().map(|of| (of.user, Notice::fingerprint(of.user, &campaign.event()))).collect();
        findings.extend(of_notices(campaign, &world.store.notices(&asked).await?));
    }
    Ok(findings)
}

fn of_notices(campaign: &Campaign, notices: &[Notice]) -> Option<String> {
    let (id, opened, told) = (campaign.id, campaign.progress.opened as usize, notices.len());
    match campaign.status {
        CampaignStatus::Completed { .. } if told != opened => Some(format!("{id} is completed, says {opened} and has told {told}")),
        CampaignStatus::Cancelled { .. } => {
            let on_their_way = notices.iter().filter(|notice| !notice.is_done()).count();
            (on_their_way > 0).then(|| format!("{id} is cancelled, and {on_their_way} of its notices are on their way"))
        }
        CampaignStatus::Paused => Some(format!("{id} is still paused")),
        _ => None,
    }
}
