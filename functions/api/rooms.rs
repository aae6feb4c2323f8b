//! `/v1/rooms`: where people write to each other.

mod members;
mod messages;

pub use messages::HistoryQuery;

use crate::{
    api::{answered, execution, keyed, person},
    body::rooms::{CreateRoomRequest, RoomBody, SeatBody, SeatRequest, UserRef},
    deps::Deps,
    frames,
    refusals::{problem, store_problem},
    rooms::{mark, visit},
    router::{Signed, admit},
};
use domain::{
    bulletin::BoardHead,
    engine::Key,
    fact::SEQ_MAX,
    id::{BadId, RoomId, UserId},
    room::{CreateRoom, MarkSeat, NewRoom, Room, RoomName, Seat},
};
use futures::future::join_all;
use lambda::{
    Problem, Reply, Request,
    http::page::{Page, PageQuery},
};
use store::Execution;

pub async fn handle(deps: &Deps, request: Request) -> Result<Reply, Problem> {
    let caller = admit(deps, &request).await?;
    let (method, path) = (request.method.as_str(), request.path.as_str());
    match (method, path) {
        ("POST", "/v1/rooms") => create(deps, &caller, &request).await,
        ("GET", "/v1/rooms") => list(deps, &caller, &request).await,
        ("GET", "/v1/rooms/{id}") => show(deps, &caller, &request).await,
        ("POST", "/v1/rooms/{id}/read") => read(deps, &caller, &request).await,
        _ if path.starts_with("/v1/rooms/{id}/messages") => messages::handle(deps, &caller, &request).await,
        _ => members::handle(deps, &caller, &request).await,
    }
}

async fn create(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let execution = execution(request)?;
    request.idempotency_key()?;
    let body: CreateRoomRequest = request.json()?;
    let ephemeral = body.ephemeral;
    let (wanted, what) = wanted(deps, body).await?;
    let asked = keyed(caller, request, &format!("{what} {ephemeral}"))?;
    let command = CreateRoom { asked, wanted, ephemeral, rules: deps.rules.clone() };
    let made = deps.attempt(&command, execution, &request.trace()).await.map_err(problem)?;
    if execution == Execution::Commit && !made.replayed {
        let others = made.value.members.iter().map(|member| member.user).filter(|user| *user != caller.user);
        invite(deps, &made.value, others).await;
    }
    let body = match execution {
        Execution::Commit => whole(deps, caller.user, &made.value).await?,
        Execution::DryRun => fresh(caller.user, &made.value),
    };
    Ok(answered(Reply::created(&body), made.replayed, execution))
}

/// What is to be made, and the same in canonical words.
async fn wanted(deps: &Deps, body: CreateRoomRequest) -> Result<(NewRoom, String), Problem> {
    match (body.with, body.name) {
        (Some(_), Some(_)) => Err(Problem::invalid_field("/with", "is for a room of two, which has no `name`")),
        (None, None) => Err(Problem::invalid_field("/name", "must name a group, unless the room is `with` somebody")),
        (Some(with), None) => {
            if body.open || body.members.is_some() {
                let field = if body.open { "/open" } else { "/members" };
                return Err(Problem::invalid_field(field, "is a group's; a room of two has no others"));
            }
            let with = person(deps, "/with", &with.0).await?;
            Ok((NewRoom::Direct { with }, with.to_string()))
        }
        (None, Some(name)) => {
            let name = RoomName::parse(&name).map_err(|why| Problem::invalid_field("/name", why.to_string()))?;
            let named = body.members.unwrap_or_default();
            let parse = |(index, id): (usize, &UserRef)| {
                id.0.parse().map_err(|why: BadId| Problem::invalid_field(format!("/members/{index}"), why.to_string()))
            };
            let members = named.iter().enumerate().map(parse).collect::<Result<Vec<UserId>, _>>()?;
            let what = format!("{} {} {members:?}", name.as_str(), body.open);
            Ok((NewRoom::Group { name, open: body.open, members }, what))
        }
    }
}

/// Tells who was brought into a room, should they look; they find it among their rooms otherwise.
pub(super) async fn invite(deps: &Deps, room: &Room, users: impl Iterator<Item = UserId>) {
    let told = users.map(|user| async move {
        let channel = crate::channels::of(user).to_string();
        deps.show_all(user, &channel, frames::room(&channel, room)).await;
    });
    join_all(told).await;
}

/// A room as a member sees it, with everybody's places.
pub(super) async fn whole(deps: &Deps, user: UserId, room: &Room) -> Result<RoomBody, Problem> {
    let board = room.board();
    let (seats, head) = futures::try_join!(deps.store.seats_of(room), deps.store.board(&board)).map_err(store_problem)?;
    let own = seats.iter().find(|seat| seat.user == user).ok_or_else(Problem::not_found)?;
    Ok(RoomBody::new(room, own, &head, &seats))
}

/// A room that is not made.
fn fresh(user: UserId, room: &Room) -> RoomBody {
    RoomBody::new(room, &Seat::new(room, user, 0, room.created_at), &BoardHead::new(room.board()), &[])
}

async fn list(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let query: PageQuery = request.query()?;
    let (cursors, scope) = (deps.cursors().await.map_err(Problem::unavailable)?, format!("rooms:{}", caller.user));
    let after = query.cursor.map(|cursor| cursors.open(&scope, &cursor)).transpose()?;
    let after: Option<RoomId> = after.and_then(|after| after.parse().ok());
    let limit = i32::try_from(query.limit.get()).unwrap_or(20);
    let page = deps.store.seats(caller.user, after, limit).await.map_err(store_problem)?;
    let keys = page.seats.iter().flat_map(|seat| [Key::Room(seat.room.fingerprint()), Key::Board(domain::channel::Board::Room(seat.room))]);
    let known = deps.store.read(&keys.collect::<Vec<_>>()).await.map_err(store_problem)?;
    let shown = |seat: &Seat| {
        let room = known.room(seat.room.fingerprint())?;
        let head = known.board(&room.board()).cloned().unwrap_or_else(|| BoardHead::new(room.board()));
        Some(RoomBody::new(room, seat, &head, std::slice::from_ref(seat)))
    };
    let items = page.seats.iter().filter_map(shown).collect();
    Ok(Reply::ok(&Page { items, next_cursor: page.next.map(|next| cursors.seal(&scope, &next.to_string())) }))
}

async fn show(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let (room, _) = visit(deps, caller.user, request.param("id")?).await?;
    Ok(Reply::ok(&whole(deps, caller.user, &room).await?))
}

async fn read(deps: &Deps, caller: &Signed, request: &Request) -> Result<Reply, Problem> {
    let SeatRequest { delivered_through_seq, read_through_seq } = request.json()?;
    for (field, seq) in [("/delivered_through_seq", delivered_through_seq), ("/read_through_seq", read_through_seq)] {
        if seq > SEQ_MAX {
            return Err(Problem::invalid_field(field, "must be a place in the room"));
        }
    }
    let command = MarkSeat {
        room: request.param("id")?,
        user: caller.user,
        delivered_through: delivered_through_seq,
        read_through: read_through_seq,
    };
    Ok(Reply::ok(&SeatBody::from(&mark(deps, &command, &request.trace()).await?)))
}
