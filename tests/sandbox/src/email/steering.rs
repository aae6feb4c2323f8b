//! What becomes of a mail, by whom it is for.
//!
//! At `simulator.amazonses.com`, where what follows a plus is a label and means nothing (so
//! `bounce+asha@…` is somebody's own bouncing address). The first five are SES' own simulator; the
//! others play what a test can hardly have otherwise. Everybody else's mail is delivered.
//!
//! | recipient | what happens | reports |
//! |---|---|---|
//! | `success`, `ooto` | delivered | `Delivery` |
//! | `bounce` | taken; the recipient's server says 550 5.1.1 | `Bounce`, permanent |
//! | `complaint` | delivered; they call it spam | `Delivery`, `Complaint` |
//! | `suppressionlist` | taken, and not sent on | `Bounce`, permanent, `OnAccountSuppressionList` |
//! | `mailboxfull` | taken; the recipient's server says 552 5.2.2 | `Bounce`, transient |
//! | `dropped` | delivered, and the connection ends without a reply | `Delivery` |
//! | `temporary` | refused at `RCPT` with 450 | none |
//! | `permanent` | refused at `RCPT` with 550 5.1.1 | none |
//! | `throttled`, `quota` | refused after `DATA` with SES' two 454s | none |
//! | `notverified` | refused after `DATA` with 554, as in SES' sandbox | none |
//! | `toolarge` | refused after `DATA` with 552 | none |

pub const THROTTLED: &str = "454 Throttling failure: Maximum sending rate exceeded.";
const SIMULATOR: &str = "simulator.amazonses.com";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Delivered,
    Bounced,
    Suppressed,
    MailboxFull,
    Complained,
    TakenThenDropped,
    /// After `DATA`, with the whole reply.
    Refused(&'static str),
}

impl Fate {
    pub fn of(recipient: &str) -> Self {
        match simulated(recipient) {
            Some("bounce") => Self::Bounced,
            Some("suppressionlist") => Self::Suppressed,
            Some("mailboxfull") => Self::MailboxFull,
            Some("complaint") => Self::Complained,
            Some("dropped") => Self::TakenThenDropped,
            Some("throttled") => Self::Refused(THROTTLED),
            Some("quota") => Self::Refused("454 Throttling failure: Daily message quota exceeded."),
            Some("notverified") => Self::Refused("554 Message rejected: Email address is not verified."),
            Some("toolarge") => Self::Refused("552 5.3.4 Message is too long."),
            _ => Self::Delivered,
        }
    }
}

/// The reply to `RCPT`, where it is a no.
pub fn refused_at_once(recipient: &str) -> Option<&'static str> {
    match simulated(recipient)? {
        "temporary" => Some("450 4.2.1 Mailbox temporarily unavailable"),
        "permanent" => Some("550 5.1.1 Mailbox unavailable"),
        _ => None,
    }
}

fn simulated(recipient: &str) -> Option<&str> {
    let (local, domain) = recipient.rsplit_once('@')?;
    domain.eq_ignore_ascii_case(SIMULATOR).then(|| local.split_once('+').map_or(local, |(name, _)| name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_simulators_addresses_steer() {
        assert_eq!(Fate::of("bounce@simulator.amazonses.com"), Fate::Bounced);
        assert_eq!(Fate::of("bounce+asha@Simulator.amazonses.com"), Fate::Bounced);
        assert_eq!(Fate::of("bounce@example.com"), Fate::Delivered);
        assert_eq!(Fate::of("ooto@simulator.amazonses.com"), Fate::Delivered);
        assert!(refused_at_once("permanent+1@simulator.amazonses.com").is_some());
        assert!(refused_at_once("permanent@example.com").is_none());
    }
}
