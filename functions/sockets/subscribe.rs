//! `subscribe` and `unsubscribe`: shows a channel on a connection, from where its reader was.

use crate::{
    channels,
    deps::Deps,
    frames,
    outlets::Posted,
    refusals::store_problem,
    sockets::{answer, object, refuse},
};
use domain::{
    channel::{CHANNEL_BYTES_MAX, Channel},
    id::UserId,
    presence::Presence,
};
use lambda::{Problem, SocketEvent, SocketReply};
use serde::Deserialize;

/// Channels of one connection.
const CHANNELS_MAX: usize = 50;

/// What a client sends to see a channel, or to see it no more.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frame {
    pub action: String,
    pub channel: String,
    #[serde(default)]
    pub after_seq: Option<u64>,
}

impl Frame {
    pub fn parse(text: &str) -> Result<Self, Problem> {
        object(text).ok_or_else(|| Problem::invalid_request("Send {\"action\", \"channel\", \"after_seq\"?} and nothing else."))
    }
}

pub async fn handle(deps: &Deps, event: SocketEvent) -> Result<SocketReply, Problem> {
    let frame = match Frame::parse(&event.body) {
        Ok(frame) => frame,
        Err(problem) => return Ok(refuse(deps, &event, &problem).await),
    };
    match serve(deps, &event, &frame).await {
        Ok(()) => Ok(SocketReply::ok()),
        Err(problem) if problem.status() >= 500 => Err(problem),
        Err(problem) => {
            let channel: String = frame.channel.chars().take(CHANNEL_BYTES_MAX).collect();
            answer(deps, &event, &frames::not_subscribed(&channel, &problem)).await;
            Ok(SocketReply::ok())
        }
    }
}

async fn serve(deps: &Deps, event: &SocketEvent, frame: &Frame) -> Result<(), Problem> {
    let now = deps.clock.now();
    let (user, session) =
        deps.store.connection(&event.connection_id, now).await.map_err(store_problem)?.ok_or_else(Problem::unauthorized)?;
    if frame.channel.len() > CHANNEL_BYTES_MAX {
        return Err(Problem::invalid_request("There is no channel with so long a name."));
    }
    if frame.action == "unsubscribe" {
        deps.store.unsubscribe(user, &event.connection_id, &frame.channel).await.map_err(store_problem)?;
        answer(deps, event, &frames::unsubscribed(&frame.channel)).await;
        return Ok(());
    }
    let session = session.parse().map_err(|_| Problem::unauthorized())?;
    let lives = async || deps.store.session(session, now).await.map_err(store_problem)?.ok_or_else(Problem::unauthorized);
    lives().await?;
    let channel = channels::authorised(deps, user, &frame.channel).await?;
    let open = deps.store.subscriptions_of(user, &event.connection_id, now).await.map_err(store_problem)?;
    if open.len() >= CHANNELS_MAX && !open.iter().any(|subscription| subscription.channel == frame.channel) {
        return Err(Problem::too_many_requests(60));
    }
    // First subscribed, then caught up: what is committed in between comes twice rather than not at all.
    deps.store.subscribe(user, &event.connection_id, &frame.channel, now).await.map_err(store_problem)?;
    // A log-out in between has looked for subscriptions before there was this one.
    if let Err(problem) = lives().await {
        deps.forget(&event.connection_id, now).await;
        return Err(problem);
    }
    catch_up(deps, event, user, &channel, frame).await
}

/// Sends what the reader missed on this channel, then says how far that went.
async fn catch_up(deps: &Deps, event: &SocketEvent, user: UserId, channel: &Channel, frame: &Frame) -> Result<(), Problem> {
    if let Channel::Presence(of) = channel {
        answer(deps, event, &frames::subscribed(&frame.channel, 0, true)).await;
        return show_presence(deps, event, channel, *of).await;
    }
    let Some(after) = frame.after_seq else {
        answer(deps, event, &frames::subscribed(&frame.channel, channels::head(deps, user, channel).await?, true)).await;
        return Ok(());
    };
    let missed = channels::missed(deps, user, channel, after).await?;
    let mut reached = after;
    for shown in &missed.events {
        match answer(deps, event, shown).await {
            Posted::Delivered => reached = shown.seq(),
            Posted::Gone => return Ok(()),
            // From there the reader asks again: nobody could see otherwise that it is missing.
            Posted::Failed => {
                answer(deps, event, &frames::subscribed(&frame.channel, reached, false)).await;
                return Ok(());
            }
        }
    }
    answer(deps, event, &frames::subscribed(&frame.channel, missed.reached, missed.recovered)).await;
    Ok(())
}

/// How it is now; what changes is told from here on.
async fn show_presence(deps: &Deps, event: &SocketEvent, channel: &Channel, of: UserId) -> Result<(), Problem> {
    let known = deps.store.presence(of).await.map_err(store_problem)?;
    let presence = Presence::of(&known.heard, deps.clock.now());
    let last_seen = known.heard.iter().map(|heard| heard.at).max().or(known.last_seen);
    answer(deps, event, &frames::presence(channel, presence, last_seen)).await;
    deps.look_after(of).await.map_err(store_problem)
}

#[cfg(test)]
mod tests {
    use super::Frame;

    #[test]
    fn a_frame_is_an_object_with_these_members_and_no_others() {
        let frame = Frame::parse(r#"{"action":"subscribe","channel":"user:usr_1","after_seq":7}"#).unwrap();
        assert_eq!((frame.channel.as_str(), frame.after_seq), ("user:usr_1", Some(7)));
        for bad in [
            r#"["subscribe","user:usr_1",7]"#,
            r#"{"action":"subscribe","channel":"user:usr_1","user":"usr_2"}"#,
            r#"{"action":"subscribe","channel":"user:usr_1","channel":"user:usr_2"}"#,
            r#"{"action":"subscribe","channel":"user:usr_1","after_seq":-1}"#,
            "",
        ] {
            assert_eq!(Frame::parse(bad).unwrap_err().status(), 400, "{bad}");
        }
    }
}
