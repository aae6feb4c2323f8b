//! Channels: who may read one, and what its reader missed. The same for every way to read.

use crate::{
    body::live::{EventBody, Shown},
    deps::Deps,
    refusals::store_problem,
};
use domain::{
    channel::{Board, Channel, Topic},
    engine::{Key, Record},
    fact::SEQ_MAX,
    id::{AccountId, OperationId, RoomId, UserId},
    room::{Room, Seat},
    social::{PresencePrivacy, Social},
};
use lambda::Problem;

/// Facts that one answer catches up on; a reader who missed more asks again.
const REPLAY_MAX: i32 = 300;

/// A channel by its name, if the user may read it. Checked each time.
pub async fn authorised(deps: &Deps, user: UserId, name: &str) -> Result<Channel, Problem> {
    let no = || Problem::forbidden("There is no such channel, or it is not yours.");
    let channel: Channel = name.parse().map_err(|_| no())?;
    let own = match &channel {
        Channel::User(of) | Channel::Balance(of) | Channel::Transactions(of) => *of == user,
        Channel::Presence(of) => *of == user || is_contact(deps, user, *of).await?,
        Channel::Operation(id) => is_party(deps, user, *id).await?,
        Channel::Board(Board::Topic(topic)) => match topic {
            Topic::Weather(_) | Topic::Market(_) | Topic::Zone(_) | Topic::System => true,
            Topic::CropHealth(of) => *of == user,
            Topic::Organisation(of) => *of == user || is_member(deps, *of, user).await?,
        },
        Channel::Board(Board::Campaign(id)) => {
            deps.store.campaign(*id).await.map_err(store_problem)?.is_some_and(|campaign| campaign.by == user)
        }
        Channel::Board(Board::Room(room)) => seat(deps, user, *room).await?.is_some(),
    };
    if own { Ok(channel) } else { Err(no()) }
}

/// The user's seat in a room, as long as they sit there.
async fn seat(deps: &Deps, user: UserId, room: RoomId) -> Result<Option<Seat>, Problem> {
    Ok(deps.store.seat(user, room).await.map_err(store_problem)?.filter(Seat::is_taken))
}

pub async fn is_member(deps: &Deps, organisation: UserId, user: UserId) -> Result<bool, Problem> {
    Ok(deps.store.membership(organisation, user).await.map_err(store_problem)?.is_some_and(|place| place.is_member()))
}

/// Whether somebody lets the user see if they are there: both have a room of two, neither has blocked
/// the other, and they do not hide it.
async fn is_contact(deps: &Deps, user: UserId, of: UserId) -> Result<bool, Problem> {
    let rooms = [false, true].map(|ephemeral| Key::Room(Room::direct_fingerprint(user, of, ephemeral)));
    let [own, theirs] = [user, of].map(|user| Key::Social(AccountId::wallet_of(user)));
    let known = deps.store.read(&[rooms[0].clone(), rooms[1].clone(), own, theirs]).await.map_err(store_problem)?;
    let social =
        |user: UserId| known.social(AccountId::wallet_of(user)).cloned().unwrap_or_else(|| Social::new(AccountId::wallet_of(user)));
    let (own, theirs) = (social(user), social(of));
    let meet = rooms.iter().any(|room| known.record(room).is_some());
    Ok(meet && theirs.presence == PresencePrivacy::Contacts && !theirs.blocked.contains(&user) && !own.blocked.contains(&of))
}

/// Whether money of the user's moves by an operation.
async fn is_party(deps: &Deps, user: UserId, id: OperationId) -> Result<bool, Problem> {
    let account = AccountId::wallet_of(user);
    Ok(match deps.store.record(&Key::operation(id)).await.map_err(store_problem)? {
        Some(Record::Transfer(transfer)) => transfer.from == account || transfer.to == account,
        Some(Record::Payout(payout)) => payout.account == account,
        Some(Record::Payment(payment)) => payment.account == account,
        Some(Record::Refund(refund)) => refund.account == account,
        Some(Record::Batch(batch)) => batch.account == account,
        _ => false,
    })
}

/// What a reader has not seen of a channel.
#[derive(Debug)]
pub struct Missed {
    /// In order.
    pub events: Vec<Shown>,
    /// From where to go on: the last place that was looked at, shown on this channel or not.
    pub reached: u64,
    /// Whether that is all there is.
    pub recovered: bool,
}

/// The channel that shows all of a user's feed.
pub fn of(user: UserId) -> Channel {
    Channel::User(user)
}

/// The end of what a channel shows a user.
pub async fn head(deps: &Deps, user: UserId, channel: &Channel) -> Result<u64, Problem> {
    if let Channel::Board(board) = channel {
        return Ok(deps.store.board(board).await.map_err(store_problem)?.seq);
    }
    let account = deps.store.account(AccountId::wallet_of(user)).await.map_err(store_problem)?;
    Ok(account.map_or(0, |account| account.feed_seq))
}

/// What came on a channel after a sequence.
pub async fn missed(deps: &Deps, user: UserId, channel: &Channel, after: u64) -> Result<Missed, Problem> {
    let head = head(deps, user, channel).await?;
    if after >= head {
        return Ok(Missed { events: Vec::new(), reached: head, recovered: true });
    }
    let (events, reached) = match channel {
        Channel::Board(board) => of_board(deps, user, board, after).await?,
        _ => of_feed(deps, user, channel, after).await?,
    };
    let reached = reached.unwrap_or(head);
    Ok(Missed { events, reached, recovered: reached >= head })
}

async fn of_feed(deps: &Deps, user: UserId, channel: &Channel, after: u64) -> Result<(Vec<Shown>, Option<u64>), Problem> {
    let facts = deps.store.facts_after(AccountId::wallet_of(user), after, REPLAY_MAX).await.map_err(store_problem)?;
    let name = channel.to_string();
    let events = facts.iter().filter_map(|fact| EventBody::on(fact, &name)).map(Shown::Event).collect();
    Ok((events, facts.last().map(|fact| fact.seq)))
}

/// What is not there any more is passed: `prev_seq` of what is shown says that nothing is missing.
async fn of_board(deps: &Deps, user: UserId, board: &Board, after: u64) -> Result<(Vec<Shown>, Option<u64>), Problem> {
    let from = match board {
        // What was written before they came is not theirs to see.
        Board::Room(room) => seat(deps, user, *room).await?.map_or(SEQ_MAX, |seat| after.max(seat.since_seq)),
        Board::Topic(_) | Board::Campaign(_) => after,
    };
    let bulletins = deps.store.bulletins_after(board, from, REPLAY_MAX, deps.clock.now()).await.map_err(store_problem)?;
    let mut shown = deps.shown(board, &bulletins).await.map_err(store_problem)?;
    let mut before = after;
    for bulletin in &mut shown {
        bulletin.prev_seq = std::mem::replace(&mut before, bulletin.seq);
    }
    Ok((shown.into_iter().map(Shown::Bulletin).collect(), bulletins.last().map(|bulletin| bulletin.seq)))
}
