//! `POST /webhooks/ses`: what SES tells of mails, as SNS posts it.

use super::{BODY_BYTES_MAX, Believed, Source, keep, not_signed, taken, within};
use crate::deps::Deps;
use lambda::{Problem, Reply, Request};
use providers::email::sns::{ConfirmError, Message, Refused};

/// SNS says JSON and calls it plain text, so the content type is not looked at.
///
/// Of a notification its text is stored, which is the part that SES wrote. What asks to be confirmed
/// holds a token, and is not stored: SNS asks again until it is confirmed.
pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    within(&request, BODY_BYTES_MAX)?;
    let topic = deps.ses_topic().map_err(Problem::internal)?.ok_or_else(Problem::not_found)?;
    let message = topic.verify(&request.body, deps.clock.now().as_second()).await.map_err(refused)?;
    let event = Some(message.id().to_owned());
    match message {
        Message::Notification(notification) => {
            keep(deps, &request.trace(), Believed { source: Source::Ses, event, query: "", body: notification.text() }).await?;
        }
        Message::SubscriptionConfirmation(confirmation) => {
            topic.confirm(&confirmation).await.map_err(not_confirmed)?;
            tracing::info!("SES' reports come here from now on");
        }
        // Whoever holds a notification can take us off; whether it was one of us, a person knows.
        Message::UnsubscribeConfirmation(_) => {
            tracing::error!("SES' reports do not come here any more: subscribe again, or find out who ended it")
        }
    }
    Ok(taken())
}

fn refused(why: Refused) -> Problem {
    if why.retryable() { Problem::unavailable(why) } else { not_signed(why) }
}

fn not_confirmed(why: ConfirmError) -> Problem {
    match &why {
        ConfirmError::Call(error) if error.retryable() => Problem::unavailable(why),
        ConfirmError::Call(_) | ConfirmError::Place(_) => Problem::unprocessable("This subscription cannot be confirmed.").with_cause(why),
    }
}
