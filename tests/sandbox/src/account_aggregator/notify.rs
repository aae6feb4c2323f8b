//! What the aggregator tells of its own accord.

use account_aggregator::wire::{
    AccountStatus, BankStatus, ConsentNotification, ConsentStatus, ConsentStatusNotification, DataNotification, DataStatusNotification,
    Notifier, Party, SessionStatus,
};
use jiff::Timestamp;
use serde::Serialize;

use super::banks::BANKS;
use super::consents::Consent;
use super::data::Session;
use super::door::VERSION;
use super::setu;
use crate::provider::Provider;
use crate::razorpay::events::Event;
use crate::world::World;

pub fn consent(world: &World, consent: &Consent) -> Event {
    let name = match consent.status {
        ConsentStatus::Active => "consent.ACTIVE",
        ConsentStatus::Pending => "consent.PENDING",
        ConsentStatus::Revoked => "consent.REVOKED",
        ConsentStatus::Paused => "consent.PAUSED",
        ConsentStatus::Rejected => "consent.REJECTED",
        ConsentStatus::Expired => "consent.EXPIRED",
    };
    if consent.is_setus {
        return setu::tells_of_consent(name, consent);
    }
    let told = ConsentNotification {
        ver: VERSION.as_str().to_owned(),
        timestamp: Timestamp::now(),
        txnid: consent.txnid.clone(),
        notifier: notifier(world),
        consent: ConsentStatusNotification { id: consent.id.clone(), handle: Some(consent.handle.clone()), status: consent.status },
    };
    event(world, name, "Consent/Notification", &told)
}

pub fn session(world: &World, session: &Session) -> Event {
    let name = match session.status {
        SessionStatus::Active => "session.ACTIVE",
        SessionStatus::Completed => "session.COMPLETED",
        SessionStatus::Expired => "session.EXPIRED",
        SessionStatus::Failed => "session.FAILED",
    };
    if session.peer.is_none() {
        return setu::tells_of_session(name, session);
    }
    let banks = BANKS.iter().map(|bank| BankStatus {
        fip_id: bank.fip_id.to_owned(),
        accounts: session
            .accounts
            .iter()
            .filter(|account| account.of.fip_id == bank.fip_id)
            .map(|account| AccountStatus { link_ref: account.of.link_ref.clone(), status: account.status, description: String::new() })
            .collect(),
    });
    let told = DataNotification {
        ver: VERSION.as_str().to_owned(),
        timestamp: Timestamp::now(),
        txnid: session.txnid.clone(),
        notifier: notifier(world),
        session: DataStatusNotification {
            id: session.id.clone(),
            status: session.status,
            banks: banks.filter(|bank| !bank.accounts.is_empty()).collect(),
        },
    };
    event(world, name, "FI/Notification", &told)
}

fn notifier(world: &World) -> Notifier {
    Notifier { kind: Party::Aa, id: world.config().account_aggregator.id.clone() }
}

fn event(world: &World, name: &'static str, path: &str, told: &impl Serialize) -> Event {
    let base = world.shared.webhooks.address(Provider::Aa);
    let url = base.map(|base| format!("{}/{path}", base.trim_end_matches('/')));
    Event { provider: Provider::Aa, name, body: serde_json::to_string(told).unwrap_or_default(), url }
}
