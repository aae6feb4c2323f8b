//! E-mail, to addresses that their owner has proven.

use super::{
    call::{After, Called, Telling, busy, not_set_up, refused},
    clients::Mailer,
    provider, way_out,
};
use crate::deps::Deps;
use domain::{
    Timestamp,
    notice::{CallbackTag, Channel, Outcome, email::EmailAddress, suppression::AddressHash},
};
use lambda::BoxError;
use providers::email::{
    self, Email, Html, MessageId, Purpose, Unsubscribe,
    smtp::{Accepted, Delay, SendError},
};
use words::{Form, Notice as Words, Rendered};

pub(super) async fn send(telling: &Telling<'_>, words: &Words<'_>, to: &EmailAddress) -> Called {
    let tag = telling.tag();
    let sent = async {
        let leave = leave_url(telling).await?;
        let said = match &leave {
            Some(url) => words.render_with_way_out(telling.language(), url),
            None => words.render(telling.language(), Form::Email),
        };
        hand_in(telling.deps, &unique(&tag), to, &said, leave.as_deref(), telling.notice.created_at).await
    };
    match sent.await {
        Ok((hash, said)) => outcome(said, hash),
        Err(why) => not_set_up(provider::SES, &why).into(),
    }
}

/// Source: `email-sms.md`, A2: what nobody needs has a way out with one press.
async fn leave_url(telling: &Telling<'_>) -> Result<Option<String>, BoxError> {
    match telling.notice.category {
        category if category.is_marketing() => Ok(Some(way_out::url(telling.deps, telling.notice.user, category).await?)),
        _ => Ok(None),
    }
}

/// The half before the @ of a mail's own id, which comes back in what SES tells of it: a tag, in letters
/// that such an id takes.
fn unique(tag: &CallbackTag) -> String {
    format!("{}-{}", tag.user.body(), tag.notice.body())
}

/// The notice behind a mail, by the mail's own id (`<…@domain>`).
pub fn tag_in(message_id: &str) -> Option<CallbackTag> {
    let (unique, _) = message_id.trim_start_matches('<').split_once('@')?;
    let (user, notice) = unique.split_once('-')?;
    let (user, notice) = (format!("usr_{user}"), format!("{}_{notice}", domain::id::NoticeId::PREFIX));
    Some(CallbackTag { user: user.parse().ok()?, notice: notice.parse().ok()?, channel: Channel::Email })
}

/// Hands a mail to the server; says what it answered, and under which hash the address is known.
pub(super) async fn hand_in(
    deps: &Deps,
    unique: &str,
    to: &EmailAddress,
    said: &Rendered,
    leave_url: Option<&str>,
    written_at: Timestamp,
) -> Result<(AddressHash, Result<Accepted, SendError>), BoxError> {
    let Mailer { client, domain } = deps.mailer().await?;
    let to = email::EmailAddress::parse(to.as_str())?;
    let html = said.html.clone().map(Html::escaped);
    let leave = leave_url.map(|url| Unsubscribe::new(url, None)).transpose()?;
    let mail = Email {
        message_id: &MessageId::new(unique, &domain)?,
        to: &to,
        subject: &said.title,
        text: &said.body,
        html: html.as_ref(),
        attachments: &[],
        purpose: leave.as_ref().map_or(Purpose::Transactional, Purpose::Subscription),
        written_at: written_at.as_second(),
    };
    let hash = deps.pepper().await?.email_hash(&to.mailbox_key());
    Ok((hash, client.send(&mail).await))
}

fn outcome(said: Result<Accepted, SendError>, address: AddressHash) -> Called {
    let provider = provider::SES;
    let error = match said {
        Ok(accepted) => return Outcome::Sent { provider: provider.to_owned(), provider_id: accepted.provider_id }.into(),
        Err(error) => error,
    };
    match &error {
        SendError::Later { why } => {
            // Tomorrow, and not before: the next channel has it.
            let after_ms = matches!(why, Delay::QuotaExceeded).then_some(24 * 3_600 * 1_000);
            busy(provider, "busy", after_ms).into()
        }
        SendError::Recipient { reply } => {
            let outcome = refused(provider, &reply.code.to_string());
            Called { outcome, then: vec![After::Bounced(Channel::Email, address)] }
        }
        SendError::Unknown { .. } => Outcome::Unknown { provider: provider.to_owned() }.into(),
        SendError::Ours { .. } => {
            tracing::error!(%error, "the mail server does not take our mail");
            busy(provider, "not_set_up", None).into()
        }
        SendError::Message { .. } | SendError::Invalid(_) => {
            tracing::error!(%error, "a mail will not do");
            refused(provider, "message").into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        id::{Fingerprint, UserId},
        notice::Notice,
    };
    use providers::email::smtp::{Reply, Stage};

    #[test]
    fn a_mail_is_named_so_that_its_notice_is_found_again() {
        let user = UserId::new(Timestamp::UNIX_EPOCH, Fingerprint::of("user", "asha"));
        let notice = domain::id::NoticeId::new(Timestamp::UNIX_EPOCH, Notice::fingerprint(user, "e"));
        let tag = CallbackTag { user, notice, channel: Channel::Email };
        let id = MessageId::new(&unique(&tag), "kamai.example").unwrap();
        assert_eq!(tag_in(id.as_str()), Some(tag));
        for other in ["", "<>", "<a@b.c>", "<chl_01KAKQ3V5E4Y4M1CNDJK5S5Q2R@kamai.example>", "a-b@c"] {
            assert_eq!(tag_in(other), None, "{other}");
        }
    }

    #[test]
    fn a_recipient_that_is_refused_is_not_written_to_again() {
        let reply = Reply { during: Stage::Recipient, code: 550, enhanced: None };
        let hash = AddressHash::new("h");
        let called = outcome(Err(SendError::Recipient { reply }), hash.clone());
        assert_eq!((called.outcome, called.then), (refused("ses", "550"), vec![After::Bounced(Channel::Email, hash.clone())]));
        let later = outcome(Err(SendError::Later { why: Delay::Throttled }), hash).outcome;
        assert!(matches!(later, Outcome::NotSent { retryable: true, after_s: None, .. }));
    }
}
