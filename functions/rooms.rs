//! What happens in rooms, whether it is asked for by HTTP or over a socket.

use crate::{
    announce::Try,
    api::limit,
    body::{bulletin::BulletinBody, rooms::PostRequest},
    deps::Deps,
    files, frames,
    outlets::Posted,
    refusals::{problem, store_problem},
};
use domain::{
    Timestamp,
    bulletin::{Bulletin, Told},
    channel::{Board, Channel},
    engine::Answer,
    id::{BadId, RoomId, TransferId, UserId},
    room::{ClientId, MarkSeat, Message, PostMessage, Room, Seat, SeatMarking, Text, UpdateAttached},
};
use futures::future::join_all;
use lambda::{Problem, Trace, log::chain::Chain};
use store::{ExecuteError, Listener, StoreError};

/// Messages that one user posts within a minute.
const MESSAGES_PER_MINUTE: u64 = 60;
/// Connections that are told at the same time.
const PAGE: i32 = 100;
/// Messages that show one transfer, of one page.
const SHOWING: i32 = 25;

/// The room and the caller's seat in it; to whoever has none there is no such room.
pub async fn visit(deps: &Deps, user: UserId, id: RoomId) -> Result<(Room, Seat), Problem> {
    let (room, seat) = futures::try_join!(deps.store.room(id), deps.store.seat(user, id)).map_err(store_problem)?;
    match (room, seat.filter(Seat::is_taken)) {
        (Some(room), Some(seat)) if room.member(user).is_some() => Ok((room, seat)),
        _ => Err(Problem::not_found()),
    }
}

/// Posts a message.
pub async fn post(deps: &Deps, user: UserId, id: RoomId, asked: PostRequest, trace: &Trace) -> Result<Answer<Message>, Problem> {
    limit(deps, &format!("messages:{user}"), MESSAGES_PER_MINUTE, 60).await?;
    let (room, _) = visit(deps, user, id).await?;
    let invalid = |field: &'static str, why: String| Problem::invalid_field(format!("/{field}"), why);
    let transfer: Option<TransferId> =
        asked.transfer_id.map(|id| id.parse().map_err(|why: BadId| invalid("transfer_id", why.to_string()))).transpose()?;
    let client_id = ClientId::parse(&asked.client_id).map_err(|why| invalid("client_id", why.to_string()))?;
    let command = PostMessage {
        room: id,
        other: room.other(user),
        by: user,
        text: Text::parse(&asked.text).map_err(|why| invalid("text", why.to_string()))?,
        attachments: files::attachments(deps, (user, id, &client_id), &asked.files).await?,
        client_id,
        transfer,
        rules: deps.rules.clone(),
    };
    let posted = deps.execute(&command, trace).await.map_err(problem)?;
    if let (Some(attached), false) = (&posted.value.attached, posted.replayed) {
        // It may have moved on between its reading and the commit.
        let update = UpdateAttached { room: id, message: posted.value.id, transfer: attached.transfer };
        deps.execute(&update, trace).await.map_err(problem)?;
    }
    Ok(posted)
}

/// Marks how far a member is, and tells the others.
pub async fn mark(deps: &Deps, command: &MarkSeat, trace: &Trace) -> Result<SeatMarking, Problem> {
    let marking = deps.execute(command, trace).await.map_err(problem)?;
    if marking.changed {
        let channel = Channel::Board(Board::Room(command.room));
        let frame = frames::receipt(&channel, &marking);
        deps.show_in_room(command.room, frames::text(&frame), None, Try::First).await;
    }
    Ok(marking)
}

impl Deps {
    /// As their readers see them; without those of which nothing is left.
    pub async fn shown(&self, board: &Board, bulletins: &[Bulletin]) -> Result<Vec<BulletinBody>, StoreError> {
        let Board::Room(room) = board else { return Ok(bulletins.iter().filter_map(BulletinBody::published).collect()) };
        let named = bulletins.iter().filter_map(|bulletin| match &bulletin.told {
            Told::Message { message } => Some(*message),
            _ => None,
        });
        let ids: Vec<_> = named.collect();
        let messages = if ids.is_empty() { Vec::new() } else { self.store.messages(*room, &ids, self.clock.now()).await? };
        Ok(bulletins.iter().filter_map(|bulletin| BulletinBody::of_room(bulletin, &messages)).collect())
    }

    /// Shows what was put up in rooms, and of campaigns, to whoever looks. Topics are told by a queue.
    pub async fn push_bulletins(&self, bulletins: &[Bulletin], attempt: Try) {
        for bulletin in bulletins {
            if matches!(bulletin.board, Board::Topic(_)) {
                continue;
            }
            match self.shown(&bulletin.board, std::slice::from_ref(bulletin)).await {
                Ok(shown) => {
                    for body in shown {
                        self.show_on(&bulletin.board, frames::text(&body), None, attempt).await;
                    }
                }
                Err(error) => tracing::warn!(cause = %Chain(&error), "left to the stream"),
            }
        }
    }

    /// Shows a frame to all members of a room who look, but for one of them.
    pub async fn show_in_room(&self, room: RoomId, frame: String, but: Option<UserId>, attempt: Try) {
        self.show_on(&Board::Room(room), frame, but, attempt).await;
    }

    async fn show_on(&self, board: &Board, frame: String, but: Option<UserId>, attempt: Try) {
        if let Err(error) = self.tell_readers(board, &frame, but, attempt).await {
            tracing::warn!(cause = %Chain(&error), "not everybody was shown what happened on a board");
        }
    }

    async fn tell_readers(&self, board: &Board, frame: &str, but: Option<UserId>, attempt: Try) -> Result<(), StoreError> {
        let (channel, now) = (Channel::Board(board.clone()), self.clock.now());
        let mut after = String::new();
        let mut members: Option<Room> = None;
        loop {
            let page = self.store.listeners(&channel, 0, &after, PAGE, now).await?;
            if page.listeners.is_empty() {
                return Ok(());
            }
            // Whoever has left since they subscribed is shown nothing.
            if let Board::Room(room) = board
                && members.is_none()
            {
                members = self.store.room(*room).await?;
            }
            let is_in = |listener: &&Listener| {
                let is_reader =
                    !matches!(board, Board::Room(_)) || members.as_ref().is_some_and(|room| room.member(listener.user).is_some());
                Some(listener.user) != but && is_reader
            };
            join_all(page.listeners.iter().filter(is_in).map(|listener| self.tell(&channel, listener, frame, attempt, now))).await;
            match page.after {
                Some(next) => after = next,
                None => return Ok(()),
            }
        }
    }

    async fn tell(&self, channel: &Channel, to: &Listener, frame: &str, attempt: Try, now: Timestamp) {
        let posted = self.outlets.post(&to.connection, frame.to_owned()).await;
        if posted == Posted::Failed && attempt == Try::Last {
            self.outlets.cut(&to.connection).await;
        }
        if posted == Posted::Gone || (posted, attempt) == (Posted::Failed, Try::Last) {
            self.forget_listener(channel, &to.connection, now).await;
        }
    }

    /// Brings the messages up to date that show a transfer.
    pub async fn update_attached(&self, transfer: TransferId, trace: &Trace) -> Result<(), StoreError> {
        let mut after = None;
        loop {
            let page = self.store.messages_attached_to(transfer, after, SHOWING, self.clock.now()).await?;
            for message in page.messages {
                let update = UpdateAttached { room: message.room, message: message.id, transfer };
                if let Err(ExecuteError::Store(error)) = self.execute(&update, trace).await {
                    return Err(error);
                }
            }
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(()),
            }
        }
    }
}
