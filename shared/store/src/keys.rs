//! Every key of both tables, in one place.
//!
//! | pattern | key | consistency | cost |
//! |---|---|---|---|
//! | an account | `A#{account}` / `@` | strong, with the rest of the command | ½ RU a KB |
//! | a user's feed after a sequence, or backwards | `A#{account}` / `F#{seq}` | strong | ½–1 RU a KB |
//! | a user's payments, newest first | `A#{account}` / `P#{payment}` | eventual | ½ RU a KB |
//! | a user's payees | `A#{account}` / `Y#{payee}` | eventual | ½ RU a KB |
//! | what its owner has read of a feed | `A#{account}` / `R@` | strong | ½ RU |
//! | a user's notice, by id or by its event | `D#{user}` / `N#{fingerprint}` | strong | ½ RU a KB |
//! | a user's notices that are not done | `D#{user}` / `N#`…, filtered | strong | ½ RU a KB of all |
//! | what a user wants to be told | `D#{user}` / `@` | strong | ½ RU |
//! | a user's devices | `D#{user}` / `V@` | strong | ½ RU a KB |
//! | whose a device is | `E#{device}` / `@` | strong | ½ RU |
//! | whether an address takes messages | `I#{channel}#{hash of address}` / `@` | strong | ½ RU |
//! | our notice behind a provider's message | `L#{provider}#{id}` / `@` | strong | ½ RU |
//! | where a board is | `Q#{board}` / `@` | strong | ½ RU |
//! | a board's bulletins after a sequence, or backwards | `Q#{board}` / `F#{seq}` | strong | ½–1 RU a KB |
//! | a publication, and how far its legs are | `V#{fingerprint}` / `@`, `L#{number}` | strong | ½ RU |
//! | a room | `G#{fingerprint}` / `@` | strong | ½ RU a KB |
//! | a user's rooms, the last made first, and their places in them | `A#{account}` / `M#{room}` | strong | ½ RU a KB |
//! | messages by their ids, or by what their sender's app calls them | `M#{fingerprint}` / `@` | strong | ½ RU a KB |
//! | the messages that show a transfer | `O#{fingerprint}` / `M#{message}` | strong | ½ RU a KB |
//! | a report of a message | `R#{fingerprint}` / `@` | strong | ½ RU a KB |
//! | whom a user has blocked | `A#{account}` / `S@` | strong | ½ RU a KB |
//! | an operation, by id or by `Idempotency-Key` | `O#{fingerprint}` / `@` | strong | ½ RU a KB |
//! | a campaign | `H#{fingerprint}` / `@` | strong | ½ RU |
//! | a user's campaigns, newest first | `A#{account}` / `H#{campaign}` | eventual | ½ RU a KB |
//! | a campaign's recipients, by hundreds | `B#{sheet}` / `{number}` | strong | ½ RU a KB |
//! | the organisations that a user belongs to | `A#{account}` / `O#{organisation}` | strong | ½ RU |
//! | an organisation's members, in the order in which they came | index `open`: `members#{organisation}` / `{joined}#{fingerprint}` | eventual | ½ RU each |
//! | a chat with the assistant, by the number of ours that it is with | `C#{user}` / `@{door}` | strong | ½ RU a KB |
//! | a turn of a chat, by its message | `C#{user}` / `T#{door}#{fingerprint}` | strong | ½ RU |
//! | a chat's turns, in their order | index `open`: `turns#{door}#{user}` / `{seq}#{fingerprint}` | eventual | ½ RU each |
//! | the days of a user's cash book, from one to another | `C#{user}` / `L#{day}` | strong | ½ RU a KB |
//! | what platforms tell of a user's days, from one to another | `C#{user}` / `E#{day}` | strong | ½ RU a KB |
//! | what does not add up | `C#{user}` / `F#{fingerprint}` | strong | ½ RU a KB |
//! | what the cash-flow agent has told | `C#{user}` / `O@` | strong | ½ RU a KB |
//! | what is known of a user's cash book | `C#{user}` / `L@` | strong | ½ RU a KB |
//! | where what a user noted in an app is in it | `C#{user}` / `Y#{fingerprint}` | strong | ½ RU |
//! | a chat that a person answers | `C#{user}` / `H@{door}` | strong | ½ RU a KB |
//! | a user's PIN, hashed | `C#{user}` / `N@` | strong | ½ RU |
//! | a user's goals and budgets | `C#{user}` / `P@` | strong | ½ RU |
//! | a user's connected banks | `C#{user}` / `B#{fingerprint}` | strong | ½ RU a KB |
//! | a user's standing payments | `C#{user}` / `S#{fingerprint}` | strong | ½ RU a KB |
//! | when a user is told of their day | `C#{user}` / `U@` | strong | ½ RU |
//! | a user's own key, wrapped | `C#{user}` / `K@` | strong | ½ RU |
//! | the end of a user's account | `C#{user}` / `Z@` | strong | ½ RU |
//! | what is held of them, in pieces, sealed | `F#{user}` / `{hold}#{part}#{piece}` | strong | ½ RU a KB |
//! | what a user has agreed to | `C#{user}` / `G@` | strong | ½ RU a KB |
//! | each yes and no of theirs, in their order | `C#{user}` / `G#{seq}` | strong | ½ RU a KB |
//! | a batch's lines | `B#{sheet}` / `{number}` | strong | ½ RU a KB |
//! | our payment behind a provider's order | `X#{order}` / `@` | strong | ½ RU |
//! | money between system accounts only | `J#{fingerprint}` / `{part}` | strong | ½ RU |
//! | what is still open, oldest first | index `open`: `{class}#{shard}` / `{created}#{fingerprint}` | eventual | ½ RU a KB |
//! | notices, campaigns, banks, standing payments, summaries and erasures that are due, oldest first | index `open`: `notice#{shard}`, `campaign#{shard}`, `bank#{shard}`, … / `{due}#{fingerprint}` | eventual | ½ RU a KB |
//! | stored webhooks, newest first | index `open`: `webhook#0` / `{received}#{id}` | eventual | ½ RU a KB |
//! | a stored webhook | `W#{provider}#{event}` / `@` | strong | ½ RU a KB |
//! | a system account's folded sum | `S#{account}` / `@{shard}` | strong | ½ RU |
//! | whether a posting was folded | `Z#{source}` / `@` | transaction | 2 WU |
//! | a user | `U#{user}` / `@` | strong | ½ RU |
//! | a user by phone | `N#{hash of phone}` / `@` | strong | ½ RU |
//! | the last check of the ledger | `K#ledger` / `@` | eventual | ½ RU |
//! | the last check of the float | `K#float` / `@` | strong | ½ RU |
//! | reports of days, newest first | `K#reconciliation` / `{day}` | eventual | ½ RU a KB |
//! | where the log of operators' acts ends | `K#audit` / `@` | strong | ½ RU |
//! | what operators did, backwards, or after a place | `K#audit` / `E#{seq}` | eventual backwards, else strong | ½–1 RU a KB |
//! | whether an act is written down | `K#audit` / `I#{id}` | transaction, strong | 2 WU |
//! | how far the log of acts is checked | `K#audit` / `C@` | strong | ½ RU |
//!
//! In the live table:
//!
//! | pattern | key | cost |
//! |---|---|---|
//! | a connection | `C#{connection}` / `@` | ½ RU |
//! | whom a fact of a user concerns | `U#{user}` / `{connection}#{channel}` | ½ RU a KB |
//! | what a user's connections were last heard of, and what of it was told | `V#{user}` / `{connection}`, `@` | 1 WU a frame |
//! | who listens to a board or a presence, in parts | `P#{board}#{part}` / `{connection}` | ½ RU a KB |
//! | whose a link to a bank is | `B#{hash}` / `@` | ½ RU |
//! | whose a connection is, by what others call it | `A#{hash}` / `@` | ½ RU |
//! | texts of a user's SMS, sealed | `S#{user}` / `{fingerprint}` | 1 WU a KB, ½ RU a KB |
//! | a copy of all that is kept of a user, and its pieces, sealed | `X#{user}` / `@`, `{export}#{part}#{piece}` | 1 WU a KB, ½ RU a KB |
//! | a socket ticket | `T#{hash}` / `@` | 1 WU to spend |
//! | a log-in challenge | `H#{challenge}` / `@` | 1 WU a guess |
//! | a session | `E#{session}` / `@` | ½ RU a request |
//! | a user's sessions | `Q#{user}` / `{session}` | 1 WU a log-in |
//! | a rate bucket | `R#{scope}#{window}` / `@` | 1 WU a hit |
//! | the last lines of a chat with the assistant, where its user wants that | `L#{user}#{door}` / `@` | ½ RU a KB |
//! | when somebody last wrote to us by WhatsApp | `W#{hash of phone}` / `@` | ½ RU a notice |
//! | what became of a channel's deliveries of a day, by when they were tried | `D#{channel}#{day}` / `{slot}#{provider}` | 1 WU a change, ½ RU a KB |

use domain::{
    bulletin::LEGS,
    channel::{Board, Channel},
    chat::Door,
    engine::Key,
    id::{AccountId, CampaignId, ChallengeId, Fingerprint, MessageId, PayeeId, PaymentId, RoomId, SessionId, SheetId, UserId},
    posting::SystemAccount,
};
use jiff::civil::Date;

/// The primary key of a row.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowKey {
    pub pk: String,
    pub sk: String,
}

/// How partition keys begin, of those partitions whose rows the stream's followers look at.
pub const ACCOUNT: &str = "A#";
pub const JOURNAL: &str = "J#";
pub const OPERATION: &str = "O#";
pub const PAYEE: &str = "Y#";
pub const WEBHOOK: &str = "W#";
pub const TOLD: &str = "D#";

/// How the sort keys of a user's notices begin.
pub const NOTICES_OF: &str = "N#";
pub const BOARD: &str = "Q#";
pub const PUBLICATION: &str = "V#";
pub const MESSAGE: &str = "M#";
pub const CAMPAIGN: &str = "H#";

/// How the sort keys begin of a user's seats in rooms, and of the messages that show an operation.
pub const SEATS: &str = "M#";
/// How the sort keys of the days of a user's cash book begin.
pub const PAGES: &str = "L#";
pub const BOOK: &str = "L@";
pub const FINDINGS: &str = "F#";
/// How the sort keys begin of what platforms tell of a user's days.
pub const WORKED: &str = "E#";
/// How the sort keys begin of what a user noted in apps.
pub const NOTES: &str = "Y#";
/// How the sort keys begin of the banks that a user has connected, and of their standing payments.
pub const BANKS: &str = "B#";
pub const STANDINGS: &str = "S#";
pub const SUMMARY: &str = "U@";
pub const ERASURE: &str = "Z@";
/// How the sort keys begin of what a user said to what they were asked for.
pub const CONSENTS: &str = "G#";
pub const MEMBERSHIPS: &str = "O#";
/// How the sort keys begin of what lists a user's campaigns.
pub const CAMPAIGNS: &str = "H#";
pub const ATTACHED_MESSAGES: &str = "M#";

/// The sort key of a row that is alone, or first, in its partition.
pub const HEAD: &str = "@";

fn head(pk: String) -> RowKey {
    RowKey { pk, sk: HEAD.to_owned() }
}

pub fn account_partition(account: AccountId) -> String {
    format!("{ACCOUNT}{}", account.body())
}

pub fn fact(account: AccountId, seq: u64) -> RowKey {
    RowKey { pk: account_partition(account), sk: format!("F#{seq:016}") }
}

pub fn board_partition(board: &Board) -> String {
    format!("{BOARD}{board}")
}

pub fn bulletin(board: &Board, seq: u64) -> RowKey {
    RowKey { pk: board_partition(board), sk: format!("F#{seq:016}") }
}

pub fn publication_partition(fingerprint: Fingerprint) -> String {
    format!("{PUBLICATION}{fingerprint}")
}

/// By the whole of the room's id: who does not know all of it finds no seat there.
pub fn seat(user: UserId, room: RoomId) -> RowKey {
    RowKey { pk: account_partition(AccountId::wallet_of(user)), sk: format!("{SEATS}{}", room.body()) }
}

/// Under its user, whose list it is in; the organisation finds it by the index.
pub fn membership(organisation: UserId, user: UserId) -> RowKey {
    RowKey { pk: account_partition(AccountId::wallet_of(user)), sk: format!("{MEMBERSHIPS}{}", organisation.body()) }
}

/// What a user tells the assistant, and what it tells them.
pub fn chat_partition(user: UserId) -> String {
    format!("C#{}", user.body())
}

/// Whose partition it is.
pub fn chat_user(pk: &str) -> Option<UserId> {
    format!("{}_{}", UserId::PREFIX, pk.strip_prefix("C#")?).parse().ok()
}

/// The order of days is the order of their names.
pub fn page(user: UserId, day: Date) -> RowKey {
    RowKey { pk: chat_partition(user), sk: format!("{PAGES}{day}") }
}

pub fn worked(user: UserId, day: Date) -> RowKey {
    RowKey { pk: chat_partition(user), sk: format!("{WORKED}{day}") }
}

/// The order of what was said is the order of their names.
pub fn consent(user: UserId, seq: u64) -> RowKey {
    RowKey { pk: chat_partition(user), sk: format!("{CONSENTS}{seq:016}") }
}

/// Of the index: the turns of a chat, in their order.
pub fn turns_partition(user: UserId, door: Door) -> String {
    format!("turns#{}#{}", door.code(), user.body())
}

/// Of the index: an organisation's members.
pub fn members_partition(organisation: UserId) -> String {
    format!("members#{}", organisation.body())
}

/// Recipients of a campaign, by the number of the first.
pub fn recipients(sheet: SheetId, first: u32) -> RowKey {
    RowKey { pk: sheet_partition(sheet), sk: format!("{first:06}") }
}

pub fn attached_message(operation: Fingerprint, message: MessageId) -> RowKey {
    RowKey { pk: operation_partition(operation), sk: format!("{ATTACHED_MESSAGES}{}", message.body()) }
}

pub fn payment_listing(account: AccountId, payment: PaymentId) -> RowKey {
    RowKey { pk: account_partition(account), sk: format!("P#{}", payment.body()) }
}

pub fn campaign_listing(account: AccountId, campaign: CampaignId) -> RowKey {
    RowKey { pk: account_partition(account), sk: format!("{CAMPAIGNS}{}", campaign.body()) }
}

pub fn payee_listing(account: AccountId, payee: PayeeId) -> RowKey {
    RowKey { pk: account_partition(account), sk: format!("Y#{}", payee.body()) }
}

/// What a user is told, wants to be told, and where.
pub fn told_partition(user: UserId) -> String {
    format!("{TOLD}{}", user.body())
}

pub fn operation_partition(fingerprint: Fingerprint) -> String {
    format!("{OPERATION}{fingerprint}")
}

pub fn sheet_partition(sheet: SheetId) -> String {
    format!("B#{}", sheet.body())
}

pub fn batch_line(sheet: SheetId, number: u32) -> RowKey {
    RowKey { pk: sheet_partition(sheet), sk: format!("{number:06}") }
}

pub fn journal(operation: Fingerprint, part: &str) -> RowKey {
    RowKey { pk: format!("{JOURNAL}{operation}"), sk: part.to_owned() }
}

/// `id` is `{provider}#{event id}`.
pub fn webhook(id: &str) -> RowKey {
    head(format!("{WEBHOOK}{id}"))
}

pub fn system_sum(account: SystemAccount, shard: u8) -> RowKey {
    RowKey { pk: format!("S#{}", account.name()), sk: format!("@{shard}") }
}

/// `source` is the key of the row whose postings were folded.
pub fn folded(source: &str) -> RowKey {
    head(format!("Z#{source}"))
}

pub fn user(user: UserId) -> RowKey {
    head(format!("U#{}", user.body()))
}

pub fn phone(hash: &str) -> RowKey {
    head(format!("N#{hash}"))
}

pub fn ledger_check() -> RowKey {
    head("K#ledger".to_owned())
}

pub fn float_check() -> RowKey {
    head("K#float".to_owned())
}

/// `day` is `2026-11-20`.
pub fn day_report(day: &str) -> RowKey {
    RowKey { pk: "K#reconciliation".to_owned(), sk: day.to_owned() }
}

/// Up to where the payout account's statement was looked through.
pub fn returns_read_until() -> RowKey {
    head("K#returns".to_owned())
}

fn audit(sk: String) -> RowKey {
    RowKey { pk: "K#audit".to_owned(), sk }
}

/// An entry of the log of what operators did.
pub fn act(seq: u64) -> RowKey {
    audit(format!("E#{seq:016}"))
}

/// Where an act's entry is, by its id.
pub fn act_by_id(id: &str) -> RowKey {
    audit(format!("I#{id}"))
}

pub fn audit_head() -> RowKey {
    audit(HEAD.to_owned())
}

pub fn audit_check() -> RowKey {
    audit("C@".to_owned())
}

/// Where the payment reconciler is.
pub fn reconciled_until() -> RowKey {
    head("K#payments".to_owned())
}

pub fn connection(connection: &str) -> RowKey {
    head(format!("C#{connection}"))
}

pub fn subscriber_partition(user: UserId) -> String {
    format!("U#{}", user.body())
}

pub fn subscription(user: UserId, connection: &str, channel: &str) -> RowKey {
    RowKey { pk: subscriber_partition(user), sk: format!("{connection}#{channel}") }
}

pub fn presence_partition(user: UserId) -> String {
    format!("V#{}", user.body())
}

/// Of a connection, or of all of them ([`HEAD`]).
pub fn presence(user: UserId, connection: &str) -> RowKey {
    RowKey { pk: presence_partition(user), sk: connection.to_owned() }
}

/// Into how many parts the listeners of a channel are cut: a topic's are told in legs, side by side.
/// None, where whose channel it is says who listens.
pub fn listener_parts(channel: &Channel) -> u8 {
    match channel {
        Channel::Board(Board::Topic(_)) => LEGS,
        Channel::Board(Board::Room(_) | Board::Campaign(_)) | Channel::Presence(_) => 1,
        Channel::User(_) | Channel::Balance(_) | Channel::Transactions(_) | Channel::Operation(_) => 0,
    }
}

pub fn listener_partition(channel: &Channel, part: u8) -> String {
    format!("P#{channel}#{part}")
}

pub fn listener(channel: &Channel, connection: &str) -> Option<RowKey> {
    let parts = Some(listener_parts(channel)).filter(|parts| *parts > 0)?;
    let part = Fingerprint::of("listener", connection).shard(parts);
    Some(RowKey { pk: listener_partition(channel, part), sk: connection.to_owned() })
}

/// A link to somebody's bank.
pub fn link(hash: &str) -> RowKey {
    head(format!("B#{hash}"))
}

/// A connection to a bank, by what others call it.
pub fn named(hash: &str) -> RowKey {
    head(format!("A#{hash}"))
}

/// Texts of a user's messages.
pub fn raw_partition(user: UserId) -> String {
    format!("S#{}", user.body())
}

/// Once for the same texts, whenever they come.
pub fn raw(user: UserId, id: Fingerprint) -> RowKey {
    RowKey { pk: raw_partition(user), sk: id.to_string() }
}

/// A copy of all that is kept of a user.
pub fn export(user: UserId) -> RowKey {
    head(format!("X#{}", user.body()))
}

/// A piece of a part of it.
pub fn export_chunk(user: UserId, id: &str, (part, piece): (u32, u32)) -> RowKey {
    RowKey { sk: format!("{id}#{part:04}#{piece:04}"), ..export(user) }
}

/// What is held of a user who was erased.
pub fn held_partition(user: UserId) -> String {
    format!("F#{}", user.body())
}

/// A piece of a part of it.
pub fn held_chunk(user: UserId, id: &str, place: (u32, u32)) -> RowKey {
    RowKey { pk: held_partition(user), ..export_chunk(user, id, place) }
}

pub fn ticket(hash: &str) -> RowKey {
    head(format!("T#{hash}"))
}

pub fn challenge(challenge: ChallengeId) -> RowKey {
    head(format!("H#{}", challenge.body()))
}

pub fn session(session: SessionId) -> RowKey {
    head(format!("E#{}", session.body()))
}

/// A user's sessions, by their ids.
pub fn sessions_partition(user: UserId) -> String {
    format!("Q#{}", user.body())
}

pub fn session_of(user: UserId, session: SessionId) -> RowKey {
    RowKey { pk: sessions_partition(user), sk: session.to_string() }
}

pub fn rate(scope: &str, window: i64) -> RowKey {
    head(format!("R#{scope}#{window}"))
}

pub fn chat_lines(user: UserId, door: Door) -> RowKey {
    head(format!("L#{}#{}", user.body(), door.code()))
}

pub fn window(phone_hash: &str) -> RowKey {
    head(format!("W#{phone_hash}"))
}

/// `day` counts from 1970, in UTC.
pub fn tally_partition(channel: domain::notice::Channel, day: i64) -> String {
    format!("D#{}#{day}", channel.code())
}

/// How the sort keys of a day's slot begin.
pub fn tally_slot(slot_of_day: i64) -> String {
    format!("{slot_of_day:03}")
}

pub fn tally(channel: domain::notice::Channel, day: i64, slot_of_day: i64, provider: &str) -> RowKey {
    RowKey { pk: tally_partition(channel, day), sk: format!("{}#{provider}", tally_slot(slot_of_day)) }
}

/// Where a domain record lies.
pub fn row(key: &Key) -> RowKey {
    match key {
        Key::Account(account) => head(account_partition(*account)),
        Key::Operation(fingerprint) => head(operation_partition(*fingerprint)),
        Key::Payee(payee) => head(format!("{PAYEE}{}", payee.body())),
        Key::Order(order) => head(format!("X#{order}")),
        Key::BatchLine(sheet, number) => batch_line(*sheet, *number),
        Key::Notice(user, fingerprint) => RowKey { pk: told_partition(*user), sk: format!("{NOTICES_OF}{fingerprint}") },
        Key::Preferences(user) => head(told_partition(*user)),
        Key::Devices(user) => RowKey { pk: told_partition(*user), sk: "V@".to_owned() },
        Key::DeviceOwner(device) => head(format!("E#{}", device.body())),
        Key::Suppression(channel, address) => head(format!("I#{}#{}", channel.code(), address.as_str())),
        Key::ProviderMessage(provider, id) => head(format!("L#{provider}#{id}")),
        Key::Board(board) => head(board_partition(board)),
        Key::Publication(fingerprint) => head(publication_partition(*fingerprint)),
        Key::Leg(fingerprint, number) => RowKey { pk: publication_partition(*fingerprint), sk: format!("L#{number}") },
        Key::Room(fingerprint) => head(format!("G#{fingerprint}")),
        Key::Seat(user, room) => seat(*user, *room),
        Key::Message(fingerprint) => head(format!("{MESSAGE}{fingerprint}")),
        Key::Report(fingerprint) => head(format!("R#{fingerprint}")),
        Key::Campaign(fingerprint) => head(format!("{CAMPAIGN}{fingerprint}")),
        Key::Membership(organisation, user) => membership(*organisation, *user),
        Key::Chat(user, door) => RowKey { pk: chat_partition(*user), sk: format!("@{}", door.code()) },
        Key::Turn(user, door, id) => RowKey { pk: chat_partition(*user), sk: format!("T#{}#{id}", door.code()) },
        Key::Page(user, day) => page(*user, *day),
        Key::Book(user) => RowKey { pk: chat_partition(*user), sk: BOOK.to_owned() },
        Key::Worked(user, day) => worked(*user, *day),
        Key::Finding(user, id) => RowKey { pk: chat_partition(*user), sk: format!("{FINDINGS}{id}") },
        Key::Outlook(user) => RowKey { pk: chat_partition(*user), sk: "O@".to_owned() },
        Key::Note(user, client) => RowKey { pk: chat_partition(*user), sk: format!("{NOTES}{client}") },
        Key::Bank(user, bank) => RowKey { pk: chat_partition(*user), sk: format!("{BANKS}{}", bank.fingerprint()) },
        Key::Standing(user, id) => RowKey { pk: chat_partition(*user), sk: format!("{STANDINGS}{id}") },
        Key::Summary(user) => RowKey { pk: chat_partition(*user), sk: SUMMARY.to_owned() },
        Key::UserKey(user) => RowKey { pk: chat_partition(*user), sk: "K@".to_owned() },
        Key::Erasure(user) => RowKey { pk: chat_partition(*user), sk: ERASURE.to_owned() },
        Key::Consents(user) => RowKey { pk: chat_partition(*user), sk: "G@".to_owned() },
        Key::Consent(user, seq) => consent(*user, *seq),
        Key::HandOff(user, door) => RowKey { pk: chat_partition(*user), sk: format!("H@{}", door.code()) },
        Key::Pin(user) => RowKey { pk: chat_partition(*user), sk: "N@".to_owned() },
        Key::Planner(user) => RowKey { pk: chat_partition(*user), sk: "P@".to_owned() },
        Key::Social(account) => RowKey { pk: account_partition(*account), sk: "S@".to_owned() },
        Key::Reading(account) => RowKey { pk: account_partition(*account), sk: "R@".to_owned() },
    }
}

/// The index of what still waits for something.
pub const OPEN_INDEX: &str = "open";
/// Over how many partitions each class of open records is spread.
pub const OPEN_SHARDS: u8 = 4;

/// A kind of record that a schedule looks through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenClass {
    Payout,
    Transfer,
    Payment,
    Refund,
    Payee,
    Batch,
    Suspense,
    /// By the time at which it is due.
    Notice,
    Publication,
    /// By the time at which it is due.
    Campaign,
    Report,
    /// Chats that wait for a person.
    HandOff,
    /// By the time at which they are due: connected banks, standing payments, summaries of days.
    Bank,
    Standing,
    Summary,
    Book,
    Erasure,
    /// All webhooks, done or not; one partition.
    Webhook,
}

impl OpenClass {
    pub fn name(self) -> &'static str {
        match self {
            Self::Payout => "payout",
            Self::Transfer => "transfer",
            Self::Payment => "payment",
            Self::Refund => "refund",
            Self::Payee => "payee",
            Self::Batch => "batch",
            Self::Suspense => "suspense",
            Self::Notice => "notice",
            Self::Publication => "publication",
            Self::Campaign => "campaign",
            Self::Report => "report",
            Self::HandOff => "hand_off",
            Self::Bank => "bank",
            Self::Standing => "standing",
            Self::Summary => "summary",
            Self::Book => "book",
            Self::Erasure => "erasure",
            Self::Webhook => "webhook",
        }
    }

    pub fn shards(self) -> u8 {
        if matches!(self, Self::Webhook | Self::Erasure) { 1 } else { OPEN_SHARDS }
    }

    pub fn partition(self, shard: u8) -> String {
        format!("{}#{shard}", self.name())
    }
}
