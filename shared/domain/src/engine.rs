//! The one way in which anything changes: read, decide, commit.

use crate::{
    account::{Account, Happening},
    bank::Bank,
    batch::{Batch, BatchLine},
    book::{Book, Note, Page, Worked},
    bulletin::{BoardHead, Bulletin, Leg, Publication},
    campaign::Campaign,
    channel::Board,
    chat::{Chat, Door, HandOff, Turn},
    consent::{Consent, Consents},
    erasure::Erasure,
    fact::{Fact, JournalLine},
    finding::Finding,
    id::{
        AccountId, BankId, BatchId, DeviceId, Fingerprint, NoticeId, OperationId, PayeeId, PaymentId, PayoutId, RefundId, RoomId, SheetId,
        SuspenseId, TransferId, UserId,
    },
    notice::{
        Channel, Notice, ProviderMessage,
        devices::Devices,
        preferences::Preferences,
        suppression::{AddressHash, Suppression},
    },
    organisation::Membership,
    outlook::Outlook,
    payee::Payee,
    payment::Payment,
    payout::Payout,
    pin::Pin,
    planner::Planner,
    reading::Reading,
    refund::Refund,
    room::{Message, Report, Room, Seat},
    social::Social,
    standing::Standing,
    summary::Summary,
    suspense::Suspense,
    transfer::Transfer,
    vault::UserKey,
    work::{Work, work_of},
};
use jiff::{Timestamp, civil::Date};
use std::collections::BTreeMap;

/// Names one record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    Account(AccountId),
    /// An operation of any kind, by the fingerprint of its id.
    Operation(Fingerprint),
    Payee(PayeeId),
    /// Our payment behind a provider's order id.
    Order(String),
    /// A line of a batch, by the fingerprint of the batch's id.
    BatchLine(SheetId, u32),
    /// What the owner of an account has read of its feed.
    Reading(AccountId),
    /// A notice of a user, by the fingerprint of its id.
    Notice(UserId, Fingerprint),
    Preferences(UserId),
    Devices(UserId),
    DeviceOwner(DeviceId),
    Suppression(Channel, AddressHash),
    /// Our notice behind a provider's message, by the provider and its id.
    ProviderMessage(String, String),
    /// Where a board is.
    Board(Board),
    Publication(Fingerprint),
    /// A leg of telling a publication.
    Leg(Fingerprint, u8),
    /// A room, by the fingerprint of its id.
    Room(Fingerprint),
    /// A user's place in a room.
    Seat(UserId, RoomId),
    Message(Fingerprint),
    Report(Fingerprint),
    Social(AccountId),
    Campaign(Fingerprint),
    /// A user's place in an organisation: the organisation's, the user's.
    Membership(UserId, UserId),
    Chat(UserId, Door),
    /// A turn of a chat, by the fingerprint of its message.
    Turn(UserId, Door, Fingerprint),
    /// A day of a user's cash book.
    Page(UserId, Date),
    /// A user's cash book as a whole.
    Book(UserId),
    /// What the cash-flow agent has told.
    Outlook(UserId),
    /// What does not add up.
    Finding(UserId, Fingerprint),
    /// What platforms tell of a day of a user's.
    Worked(UserId, Date),
    /// What a user noted in an app, by what the app calls it.
    Note(UserId, Fingerprint),
    Planner(UserId),
    Pin(UserId),
    /// A chat that a person answers.
    HandOff(UserId, Door),
    /// A bank that a user has connected.
    Bank(UserId, BankId),
    /// A standing payment, by the fingerprint of its id.
    Standing(UserId, Fingerprint),
    Summary(UserId),
    UserKey(UserId),
    /// The end of a user's account.
    Erasure(UserId),
    /// What a user has agreed to, as it stands.
    Consents(UserId),
    /// A yes or no of theirs, by its place.
    Consent(UserId, u64),
}

impl Key {
    pub fn operation(id: OperationId) -> Self {
        Self::Operation(id.fingerprint())
    }

    pub fn notice(user: UserId, id: NoticeId) -> Self {
        Self::Notice(user, id.fingerprint())
    }
}

/// Everything that a command may read and write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    Account(Account),
    Transfer(Transfer),
    Payment(Payment),
    Refund(Refund),
    Payout(Payout),
    Batch(Batch),
    BatchLine(BatchLine),
    Suspense(Suspense),
    Payee(Payee),
    /// A provider's order id that leads to our payment. Written once.
    Order(String, PaymentId),
    Reading(Reading),
    Notice(Notice),
    Preferences(Preferences),
    Devices(Devices),
    /// Whose a device is.
    DeviceOwner(DeviceId, UserId),
    Suppression(Suppression),
    /// Written once.
    ProviderMessage(ProviderMessage),
    Board(BoardHead),
    Publication(Publication),
    Leg(Leg),
    Room(Room),
    Seat(Seat),
    Message(Message),
    Report(Report),
    Social(Social),
    Campaign(Campaign),
    Membership(Membership),
    Chat(Box<Chat>),
    /// Written once.
    Turn(Turn),
    Page(Page),
    Book(Book),
    Note(Note),
    Outlook(Outlook),
    Finding(Finding),
    Worked(Worked),
    Planner(Planner),
    Pin(Pin),
    HandOff(HandOff),
    Bank(Box<Bank>),
    Standing(Box<Standing>),
    Summary(Summary),
    UserKey(UserKey),
    Erasure(Erasure),
    Consents(Consents),
    /// Written once.
    Consent(Consent),
}

impl Record {
    pub fn key(&self) -> Key {
        match self {
            Self::Account(account) => Key::Account(account.id),
            Self::Transfer(transfer) => Key::operation(OperationId::Transfer(transfer.id)),
            Self::Payment(payment) => Key::operation(OperationId::Payment(payment.id)),
            Self::Refund(refund) => Key::operation(OperationId::Refund(refund.id)),
            Self::Payout(payout) => Key::operation(OperationId::Payout(payout.id)),
            Self::Batch(batch) => Key::operation(OperationId::Batch(batch.id)),
            Self::BatchLine(line) => Key::BatchLine(line.sheet, line.number),
            Self::Suspense(suspense) => Key::operation(OperationId::Suspense(suspense.id)),
            Self::Payee(payee) => Key::Payee(payee.id),
            Self::Order(order, _) => Key::Order(order.clone()),
            Self::Reading(reading) => Key::Reading(reading.account),
            Self::Notice(notice) => notice.key(),
            Self::Preferences(preferences) => Key::Preferences(preferences.user),
            Self::Devices(devices) => Key::Devices(devices.user),
            Self::DeviceOwner(device, _) => Key::DeviceOwner(*device),
            Self::Suppression(known) => Key::Suppression(known.channel, known.address.clone()),
            Self::ProviderMessage(message) => Key::ProviderMessage(message.provider.clone(), message.id.clone()),
            Self::Board(head) => Key::Board(head.board.clone()),
            Self::Publication(publication) => Key::Publication(publication.id.fingerprint()),
            Self::Leg(leg) => Key::Leg(leg.fingerprint, leg.number),
            Self::Room(room) => Key::Room(room.id.fingerprint()),
            Self::Seat(seat) => Key::Seat(seat.user, seat.room),
            Self::Message(message) => Key::Message(message.id.fingerprint()),
            Self::Report(report) => Key::Report(report.id.fingerprint()),
            Self::Social(social) => Key::Social(social.account),
            Self::Campaign(campaign) => Key::Campaign(campaign.id.fingerprint()),
            Self::Membership(place) => Key::Membership(place.organisation, place.user),
            Self::Chat(chat) => chat.key(),
            Self::Turn(turn) => Key::Turn(turn.user, turn.door, turn.id),
            Self::Page(page) => Key::Page(page.user, page.day),
            Self::Book(book) => Key::Book(book.user),
            Self::Worked(worked) => Key::Worked(worked.user, worked.day),
            Self::Finding(finding) => finding.key(),
            Self::Outlook(outlook) => Key::Outlook(outlook.user),
            Self::Note(note) => Key::Note(note.user, note.client),
            Self::Planner(planner) => Key::Planner(planner.user),
            Self::Pin(pin) => Key::Pin(pin.user),
            Self::HandOff(open) => Key::HandOff(open.user, open.door),
            Self::Bank(bank) => bank.key(),
            Self::Standing(standing) => standing.key(),
            Self::Summary(summary) => Key::Summary(summary.user),
            Self::UserKey(key) => Key::UserKey(key.user),
            Self::Erasure(erasure) => Key::Erasure(erasure.user),
            Self::Consents(consents) => Key::Consents(consents.user),
            Self::Consent(consent) => Key::Consent(consent.user, consent.link.seq),
        }
    }
}

/// What was read: the records that exist, each with the version that a write must still find.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    records: BTreeMap<Key, (u64, Record)>,
}

macro_rules! getters {
    ($($name:ident($id:ident: $type:ty) = $variant:ident by $key:expr;)*) => {$(
        /// The record, if it exists and is of this kind.
        pub fn $name(&self, $id: $type) -> Option<&$variant> {
            match self.records.get(&$key) {
                Some((_, Record::$variant(record))) => Some(record),
                _ => None,
            }
        }
    )*};
}

impl Snapshot {
    pub fn insert(&mut self, version: u64, record: Record) {
        self.records.insert(record.key(), (version, record));
    }

    /// The version that was read; `None` where there was no record.
    pub fn version(&self, key: &Key) -> Option<u64> {
        self.records.get(key).map(|(version, _)| *version)
    }

    pub fn record(&self, key: &Key) -> Option<&Record> {
        self.records.get(key).map(|(_, record)| record)
    }

    pub fn payment_of_order(&self, order: &str) -> Option<PaymentId> {
        match self.records.get(&Key::Order(order.to_owned())) {
            Some((_, Record::Order(_, payment))) => Some(*payment),
            _ => None,
        }
    }

    /// Whether an operation exists under this fingerprint, of whichever kind.
    pub fn operation_exists(&self, fingerprint: Fingerprint) -> bool {
        self.records.contains_key(&Key::Operation(fingerprint))
    }

    getters! {
        account(id: AccountId) = Account by Key::Account(id);
        transfer(id: TransferId) = Transfer by Key::operation(OperationId::Transfer(id));
        payment(id: PaymentId) = Payment by Key::operation(OperationId::Payment(id));
        refund(id: RefundId) = Refund by Key::operation(OperationId::Refund(id));
        payout(id: PayoutId) = Payout by Key::operation(OperationId::Payout(id));
        batch(id: BatchId) = Batch by Key::operation(OperationId::Batch(id));
        suspense(id: SuspenseId) = Suspense by Key::operation(OperationId::Suspense(id));
        payee(id: PayeeId) = Payee by Key::Payee(id);
        reading(id: AccountId) = Reading by Key::Reading(id);
        preferences(user: UserId) = Preferences by Key::Preferences(user);
        devices(user: UserId) = Devices by Key::Devices(user);
        publication(id: Fingerprint) = Publication by Key::Publication(id);
        room(id: Fingerprint) = Room by Key::Room(id);
        message(id: Fingerprint) = Message by Key::Message(id);
        report(id: Fingerprint) = Report by Key::Report(id);
        social(id: AccountId) = Social by Key::Social(id);
        campaign(id: Fingerprint) = Campaign by Key::Campaign(id);
        planner(user: UserId) = Planner by Key::Planner(user);
        pin(user: UserId) = Pin by Key::Pin(user);
        summary(user: UserId) = Summary by Key::Summary(user);
        outlook(user: UserId) = Outlook by Key::Outlook(user);
        user_key(user: UserId) = UserKey by Key::UserKey(user);
        erasure(user: UserId) = Erasure by Key::Erasure(user);
        consents(user: UserId) = Consents by Key::Consents(user);
    }

    pub fn notice(&self, user: UserId, id: NoticeId) -> Option<&Notice> {
        match self.records.get(&Key::notice(user, id)) {
            Some((_, Record::Notice(notice))) => Some(notice),
            _ => None,
        }
    }

    pub fn board(&self, board: &Board) -> Option<&BoardHead> {
        match self.records.get(&Key::Board(board.clone())) {
            Some((_, Record::Board(head))) => Some(head),
            _ => None,
        }
    }

    pub fn device_owner(&self, device: DeviceId) -> Option<UserId> {
        match self.records.get(&Key::DeviceOwner(device)) {
            Some((_, Record::DeviceOwner(_, owner))) => Some(*owner),
            _ => None,
        }
    }

    pub fn leg(&self, publication: Fingerprint, number: u8) -> Option<&Leg> {
        match self.records.get(&Key::Leg(publication, number)) {
            Some((_, Record::Leg(leg))) => Some(leg),
            _ => None,
        }
    }

    pub fn suppression(&self, channel: Channel, address: &AddressHash) -> Option<&Suppression> {
        match self.records.get(&Key::Suppression(channel, address.clone())) {
            Some((_, Record::Suppression(known))) => Some(known),
            _ => None,
        }
    }

    pub fn provider_message(&self, provider: &str, id: &str) -> Option<&ProviderMessage> {
        match self.records.get(&Key::ProviderMessage(provider.to_owned(), id.to_owned())) {
            Some((_, Record::ProviderMessage(message))) => Some(message),
            _ => None,
        }
    }

    pub fn seat(&self, user: UserId, room: RoomId) -> Option<&Seat> {
        match self.records.get(&Key::Seat(user, room)) {
            Some((_, Record::Seat(seat))) => Some(seat),
            _ => None,
        }
    }

    pub fn membership(&self, organisation: UserId, user: UserId) -> Option<&Membership> {
        match self.records.get(&Key::Membership(organisation, user)) {
            Some((_, Record::Membership(place))) => Some(place),
            _ => None,
        }
    }

    pub fn chat(&self, user: UserId, door: Door) -> Option<&Chat> {
        match self.records.get(&Key::Chat(user, door)) {
            Some((_, Record::Chat(chat))) => Some(chat),
            _ => None,
        }
    }

    pub fn bank(&self, user: UserId, id: BankId) -> Option<&Bank> {
        match self.records.get(&Key::Bank(user, id)) {
            Some((_, Record::Bank(bank))) => Some(bank),
            _ => None,
        }
    }

    pub fn standing(&self, user: UserId, id: Fingerprint) -> Option<&Standing> {
        match self.records.get(&Key::Standing(user, id)) {
            Some((_, Record::Standing(standing))) => Some(standing),
            _ => None,
        }
    }

    pub fn hand_off(&self, user: UserId, door: Door) -> Option<&HandOff> {
        match self.records.get(&Key::HandOff(user, door)) {
            Some((_, Record::HandOff(open))) => Some(open),
            _ => None,
        }
    }

    pub fn page(&self, user: UserId, day: Date) -> Option<&Page> {
        match self.records.get(&Key::Page(user, day)) {
            Some((_, Record::Page(page))) => Some(page),
            _ => None,
        }
    }

    pub fn finding(&self, user: UserId, id: Fingerprint) -> Option<&Finding> {
        match self.records.get(&Key::Finding(user, id)) {
            Some((_, Record::Finding(finding))) => Some(finding),
            _ => None,
        }
    }

    pub fn worked(&self, user: UserId, day: Date) -> Option<&Worked> {
        match self.records.get(&Key::Worked(user, day)) {
            Some((_, Record::Worked(worked))) => Some(worked),
            _ => None,
        }
    }

    pub fn note(&self, user: UserId, client: Fingerprint) -> Option<&Note> {
        match self.records.get(&Key::Note(user, client)) {
            Some((_, Record::Note(note))) => Some(note),
            _ => None,
        }
    }

    pub fn book(&self, user: UserId) -> Option<&Book> {
        match self.records.get(&Key::Book(user)) {
            Some((_, Record::Book(book))) => Some(book),
            _ => None,
        }
    }

    pub fn batch_line(&self, sheet: SheetId, number: u32) -> Option<&BatchLine> {
        match self.records.get(&Key::BatchLine(sheet, number)) {
            Some((_, Record::BatchLine(line))) => Some(line),
            _ => None,
        }
    }
}

/// What is to be written in one transaction, and announced after it.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// One for each key; the last state wins.
    records: BTreeMap<Key, Record>,
    facts: Vec<Fact>,
    bulletins: Vec<Bulletin>,
    journal: Vec<JournalLine>,
}

impl Plan {
    pub fn put(&mut self, record: Record) {
        self.records.insert(record.key(), record);
    }

    /// Records a fact on an account and returns its sequence. `held_before` is what the account
    /// held when it was read, to tell whether the fact moves the balance.
    pub fn record(&mut self, account: &mut Account, held_before: i64, now: Timestamp, happening: Happening<'_>) -> u64 {
        let fact = account.record(happening, held_before, now);
        let seq = fact.seq;
        self.facts.push(fact);
        self.put(Record::Account(account.clone()));
        seq
    }

    pub fn journal(&mut self, line: JournalLine) {
        self.journal.push(line);
    }

    pub fn bulletin(&mut self, bulletin: Bulletin) {
        self.bulletins.push(bulletin);
    }

    pub fn is_empty(&self) -> bool {
        self.records.is_empty() && self.facts.is_empty() && self.bulletins.is_empty() && self.journal.is_empty()
    }

    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.records.values()
    }

    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    pub fn bulletins(&self) -> &[Bulletin] {
        &self.bulletins
    }

    pub fn journal_lines(&self) -> &[JournalLine] {
        &self.journal
    }

    /// What queues are to do once this is committed. The stream derives the same from the rows.
    pub fn work(&self) -> Vec<Work> {
        self.records.values().flat_map(work_of).collect()
    }
}

/// One use case.
pub trait Command {
    /// What the caller is told.
    type Done;
    /// Why a rule says no.
    type Refusal;

    /// The records that the decision rests on; all are read at once.
    fn reads(&self) -> Vec<Key>;

    /// Decides. An empty plan means that there is nothing to do any more: it was done before.
    fn decide(&self, state: &Snapshot, now: Timestamp) -> Result<(Plan, Self::Done), Self::Refusal>;
}

/// An answer, and whether it was given before to the same request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<T> {
    pub value: T,
    pub replayed: bool,
}

impl<T> Answer<T> {
    pub fn first(value: T) -> Self {
        Self { value, replayed: false }
    }

    pub fn again(value: T) -> Self {
        Self { value, replayed: true }
    }
}
