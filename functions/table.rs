//! The one table of functions.
//!
//! Everything that has to know which functions exist derives it from here: the infrastructure
//! (`infra/functions.json` is this table, written by `cargo run -p functions --bin kamai-table`),
//! the OpenAPI document, the local cloud, the authorisation of every route and the tests that
//! compare binaries, events and roles with it.

mod rows;

pub use rows::FUNCTIONS;
use serde::Serialize;

/// One Lambda function.
#[derive(Debug, Clone, Serialize)]
pub struct Function {
    /// Also the name of its binary, and of `events/{name}.json`.
    pub name: &'static str,
    pub trigger: Trigger,
    pub timeout_s: u32,
    pub memory_mb: u32,
    /// What its role may touch, and so which settings it is given.
    pub needs: &'static [Need],
}

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Trigger {
    /// Routes of the HTTP API.
    Http { routes: &'static [Route] },
    /// A queue with a dead-letter queue behind it.
    /// Where it is `ordered`, messages of one group come one after the other, as they were sent.
    Queue { queue: Queue, batch_size: u32, max_receives: u32, ordered: bool },
    /// Runs every so many minutes; takes no input and may run twice.
    Schedule { every_minutes: u32 },
    /// The stream of the main table (new and old images), with partial batch failures.
    Stream { batch_size: u32, rows: &'static [Rows] },
    /// A route of the WebSocket API.
    Socket { route: &'static str },
}

/// Rows that a follower of the stream is woken for. It must do without the others, and not mind them.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Rows {
    /// How their partition keys begin.
    pub prefix: &'static str,
    /// Not when they change or go.
    pub inserts_only: bool,
}

#[derive(Debug, Clone, Copy, Serialize)]
pub struct Route {
    pub method: &'static str,
    /// As API Gateway writes it: `/v1/payouts/{id}`.
    pub path: &'static str,
    pub caller: Caller,
    /// Moves or reserves money, or tells thousands: `Idempotency-Key` is required and `?dry_run=true` understood.
    pub money: bool,
    pub summary: &'static str,
}

/// Who may call a route. Checked in one place, `functions::router`, before the handler runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Caller {
    /// No proof needed (log-in, keys, health).
    Anyone,
    /// A provider, proven by the signature over the raw body.
    Provider,
    /// Any signed-in user, on what is their own.
    User,
    /// An organisation's administrator, on the organisation's account.
    OrgAdmin,
    /// Who writes to many: an organisation's administrator to its members, operators to anybody.
    Sender,
    /// Support and above: reads only.
    Support,
    /// Operators: may replay, re-drive, assign.
    Ops,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Queue {
    /// Stored webhooks to work on.
    Inbox,
    /// Messages from people, a group for each: what somebody writes is worked on in its order.
    Chats,
    /// Payments and refunds to bring up to date with the provider.
    Payments,
    /// Payouts to take one step further.
    Payouts,
    /// Payees to validate.
    Payees,
    /// Batch payouts to unfold into lines, and lines to work on.
    Batches,
    /// Messages to people: one-time passwords and notices.
    Notices,
    /// Facts to push to open sockets once more, for certain.
    Push,
    /// Publications to tell to a part of their topic's readers.
    Broadcasts,
    /// Connected banks to take one step further.
    Banks,
    /// What users have planned: standing payments, summaries of their days.
    Plans,
    /// Papers to make and to send.
    Papers,
    /// Movements of our own ledger, to be noted in cash books.
    Book,
    /// Cash books to look at.
    Insights,
}

impl Queue {
    pub const ALL: [Self; 14] = [
        Self::Inbox,
        Self::Chats,
        Self::Payments,
        Self::Payouts,
        Self::Payees,
        Self::Batches,
        Self::Notices,
        Self::Push,
        Self::Broadcasts,
        Self::Banks,
        Self::Plans,
        Self::Papers,
        Self::Book,
        Self::Insights,
    ];

    /// As in names, settings and message attributes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Inbox => "inbox",
            Self::Chats => "chats",
            Self::Payments => "payments",
            Self::Payouts => "payouts",
            Self::Payees => "payees",
            Self::Batches => "batches",
            Self::Notices => "notices",
            Self::Push => "push",
            Self::Broadcasts => "broadcasts",
            Self::Banks => "banks",
            Self::Plans => "plans",
            Self::Papers => "papers",
            Self::Book => "book",
            Self::Insights => "insights",
        }
    }

    /// Whether messages of one group come one after the other, as they were sent.
    pub const fn is_ordered(self) -> bool {
        matches!(self, Self::Chats)
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|queue| queue.name() == name)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Reads the main table.
    Read,
    /// Reads and writes the main table.
    Write,
    /// Reads and writes the live table (connections, tickets, challenges, rates).
    Live,
    /// Sends to a queue.
    Send(Queue),
    /// Publishes to the topic of facts.
    PublishFacts,
    /// Posts to open WebSocket connections.
    Connections,
    /// Reads a secret.
    Secret(Secret),
    /// Looks at, and re-drives, dead-letter queues.
    DeadLetters,
    /// Signs for, and looks up, files that people send each other.
    Files,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Secret {
    /// Payment gateway keys and webhook secrets.
    Razorpay,
    /// Payout keys, account number and webhook secrets.
    Razorpayx,
    /// PhonePe's gateway: our credentials there, and what its webhooks are believed by.
    Phonepe,
    /// Signing keys of access tokens: the private halves.
    Tokens,
    /// Pepper of phone numbers, one-time passwords and cursors.
    Pepper,
    /// SMS and WhatsApp credentials.
    Messaging,
    /// The service account for Firebase, and the key pair that Web Push knows us by.
    Push,
    /// The mail server, and as whom mail is handed in there.
    Email,
    /// Twilio's account, its auth tokens and our senders.
    Twilio,
    /// Access to language models, and which.
    Llm,
    /// What users' own keys are wrapped in.
    Vault,
    /// Access to those who read banks.
    Banks,
    /// Access to the payer of bills.
    Bills,
}

#[cfg(test)]
mod tests;
