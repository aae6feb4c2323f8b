//! Amazon SES: an SMTP server that takes mail, mailboxes that it arrives in, and the topic on
//! which SES tells what became of it.
//!
//! SMTP is spoken in clear text on a port of its own (`email.smtp_port`, or one that is free), with
//! `AUTH PLAIN` or `LOGIN`. What arrives is read at [`inbox`]; whom it is for steers what becomes
//! of it ([`steering`]), and so do the faults of the provider `ses`, to which one mail is one
//! request, its recipient's address the path. Reports go to the webhook as SNS posts them, signed
//! with a certificate of the sandbox's own ([`topic`]).
//!
//! Source: the sheet on e-mail and SMS, part A.

pub mod inbox;
mod mail;
mod report;
pub mod smtp;
pub mod steering;
pub mod topic;

use std::sync::Arc;

use axum::Router;

use crate::faults::Kind;
use crate::ids;
use crate::provider::Provider;
use crate::world::World;
use inbox::Mailboxes;
use mail::Mail;
use report::Report;
use steering::Fate;
use topic::Subscription;

const FAILURE: &str = "451 4.3.0 Temporary service failure";

/// What has happened here.
#[derive(Clone, Default)]
pub struct Desk {
    mailboxes: Mailboxes,
    subscription: Subscription,
}

/// What the server says to a mail, once it has all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Taken under this id.
    Accepted(String),
    /// The whole reply.
    Refused(&'static str),
    /// As refused, and the connection ends.
    Closed(&'static str),
    /// No reply, and the connection ends after so long.
    Silence { ms: u64 },
}

pub fn router() -> Router<Arc<World>> {
    inbox::router().merge(topic::router())
}

/// Takes a mail for one recipient, unless a fault or its recipient has it otherwise.
pub fn take(world: &Arc<World>, from: &str, recipient: &str, raw: &[u8]) -> Verdict {
    let id = ids::ses_message();
    let Some(fault) = world.shared.faults.strike_request(Provider::Ses, "SMTP", recipient, raw) else {
        return carry_out(world, id, from, recipient, raw);
    };
    tracing::info!(provider = Provider::Ses.name(), fault = ?fault.kind, "a fault strikes");
    match fault.kind {
        Kind::Timeout => Verdict::Silence { ms: fault.delay_ms() },
        Kind::TimeoutAfterSuccess => {
            carry_out(world, id, from, recipient, raw);
            Verdict::Silence { ms: fault.delay_ms() }
        }
        Kind::Error5xx => Verdict::Refused(FAILURE),
        Kind::Error5xxAfterSuccess => {
            carry_out(world, id, from, recipient, raw);
            Verdict::Refused(FAILURE)
        }
        Kind::SuccessWithoutEffect => Verdict::Accepted(id),
        Kind::Throttle => Verdict::Refused(steering::THROTTLED),
        Kind::Downtime => Verdict::Closed("421 4.3.2 Service not available, closing transmission channel"),
        // These are of webhooks and strike when one is sent.
        Kind::DuplicateWebhooks
        | Kind::ReorderWebhooks
        | Kind::LateWebhooks
        | Kind::DropWebhooks
        | Kind::TamperedWebhooks
        | Kind::RotatedSecret => carry_out(world, id, from, recipient, raw),
    }
}

fn carry_out(world: &Arc<World>, id: String, from: &str, recipient: &str, raw: &[u8]) -> Verdict {
    let Some(mail) = Mail::read(&id, from, recipient, raw) else {
        return Verdict::Refused("554 Transaction failed: Cannot parse the message.");
    };
    let accepted = Verdict::Accepted(id);
    let (arrives, told, verdict): (bool, &[Report], _) = match Fate::of(recipient) {
        Fate::Delivered => (true, &[Report::Delivery], accepted),
        Fate::Bounced => (false, &[Report::HardBounce], accepted),
        Fate::Suppressed => (false, &[Report::Suppressed], accepted),
        Fate::MailboxFull => (false, &[Report::SoftBounce], accepted),
        Fate::Complained => (true, &[Report::Delivery, Report::Complaint], accepted),
        Fate::TakenThenDropped => (true, &[Report::Delivery], Verdict::Silence { ms: 0 }),
        Fate::Refused(reply) => return Verdict::Refused(reply),
    };
    if arrives {
        world.book().email.mailboxes.deliver(mail.clone());
    }
    let told = told.to_vec();
    world.after(world.config().timing.email_ms, move |world| report::announce(world, &mail, &told));
    verdict
}
