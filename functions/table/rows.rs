//! The rows of the table: which functions there are.

use super::{Caller, Function, Need, Queue, Route, Rows, Secret, Trigger};
use store::keys;

use Caller::{Anyone, Ops, OrgAdmin, Provider, Sender, Support, User};
use Need::{Connections, DeadLetters, Files, Live, PublishFacts, Read, Send, Write};
use Queue::{Banks, Batches, Book, Broadcasts, Chats, Inbox, Insights, Notices, Papers, Payees, Payments, Payouts, Plans, Push};

const fn get(path: &'static str, caller: Caller, summary: &'static str) -> Route {
    Route { method: "GET", path, caller, money: false, summary }
}
const fn post(path: &'static str, caller: Caller, summary: &'static str) -> Route {
    Route { method: "POST", path, caller, money: false, summary }
}
const fn money(path: &'static str, caller: Caller, summary: &'static str) -> Route {
    Route { method: "POST", path, caller, money: true, summary }
}

const fn http(name: &'static str, routes: &'static [Route], needs: &'static [Need]) -> Function {
    Function { name, trigger: Trigger::Http { routes }, timeout_s: 10, memory_mb: 256, needs }
}
/// Below the half minute after which API Gateway gives a function up.
const fn waiting(name: &'static str, routes: &'static [Route], needs: &'static [Need]) -> Function {
    Function { timeout_s: 28, ..http(name, routes, needs) }
}
const fn queue(name: &'static str, queue: Queue, batch_size: u32, needs: &'static [Need]) -> Function {
    // Of a group nothing else comes while one of its messages is tried again.
    let (max_receives, ordered) = if queue.is_ordered() { (3, true) } else { (5, false) };
    Function { name, trigger: Trigger::Queue { queue, batch_size, max_receives, ordered }, timeout_s: 20, memory_mb: 256, needs }
}
const fn schedule(name: &'static str, every_minutes: u32, needs: &'static [Need]) -> Function {
    Function { name, trigger: Trigger::Schedule { every_minutes }, timeout_s: 50, memory_mb: 256, needs }
}
const fn stream(name: &'static str, rows: &'static [Rows], needs: &'static [Need]) -> Function {
    Function { name, trigger: Trigger::Stream { batch_size: 100, rows }, timeout_s: 30, memory_mb: 256, needs }
}
const fn socket(name: &'static str, route: &'static str, needs: &'static [Need]) -> Function {
    Function { name, trigger: Trigger::Socket { route }, timeout_s: 10, memory_mb: 256, needs }
}

/// With the rest of their account, whose other rows are changed rather than made.
const FACTS: Rows = Rows { prefix: keys::ACCOUNT, inserts_only: true };
const JOURNAL: Rows = Rows { prefix: keys::JOURNAL, inserts_only: true };
const WEBHOOKS: Rows = Rows { prefix: keys::WEBHOOK, inserts_only: true };
const OPERATIONS: Rows = Rows { prefix: keys::OPERATION, inserts_only: false };
const BULLETINS: Rows = Rows { prefix: keys::BOARD, inserts_only: true };
const PUBLICATIONS: Rows = Rows { prefix: keys::PUBLICATION, inserts_only: true };
const PAYEES: Rows = Rows { prefix: keys::PAYEE, inserts_only: false };

const TOKENS: Need = Need::Secret(Secret::Tokens);
const PEPPER: Need = Need::Secret(Secret::Pepper);
const RAZORPAY: Need = Need::Secret(Secret::Razorpay);
const RAZORPAYX: Need = Need::Secret(Secret::Razorpayx);
const PHONEPE: Need = Need::Secret(Secret::Phonepe);
const MESSAGING: Need = Need::Secret(Secret::Messaging);
const PUSH_KEYS: Need = Need::Secret(Secret::Push);
const EMAIL: Need = Need::Secret(Secret::Email);
const TWILIO: Need = Need::Secret(Secret::Twilio);
const LLM: Need = Need::Secret(Secret::Llm);
const VAULT: Need = Need::Secret(Secret::Vault);
const BANKS: Need = Need::Secret(Secret::Banks);
const BILLS: Need = Need::Secret(Secret::Bills);

/// Every function, sorted by name within its trigger.
pub const FUNCTIONS: &[Function] = &[
    http(
        "api-auth",
        &[
            post("/v1/auth/otp", Anyone, "Send a one-time password to a phone"),
            post("/v1/auth/token", Anyone, "Exchange a one-time password for tokens"),
            post("/v1/auth/refresh", Anyone, "Rotate a refresh token"),
            post("/v1/auth/logout", Anyone, "End a refresh token's family"),
        ],
        &[Write, Live, Send(Notices), TOKENS, PEPPER],
    ),
    http(
        "api-banks",
        &[
            get("/v1/banks", User, "Banks that can be connected, and what is seen of those that are"),
            post("/v1/banks/{bank}/connect", User, "A link to a bank, where the caller agrees"),
            post("/v1/banks/{bank}/refresh", User, "Read a connected bank now"),
            post("/v1/banks/{bank}/disconnect", User, "End a connection, at once"),
            get("/v1/platforms", User, "Gig platforms that can be connected, and how those stand that are"),
            post("/v1/platforms/{platform}/connect", User, "A link to a gig platform, where the caller agrees"),
            post("/v1/platforms/{platform}/refresh", User, "Read a connected platform now"),
            post("/v1/platforms/{platform}/disconnect", User, "End a connection, at once"),
            get("/v1/banks/return", Anyone, "The page that banks and platforms send people back to"),
        ],
        &[Write, Live, Send(Banks), TOKENS, PEPPER, VAULT, BANKS],
    ),
    http(
        "api-batches",
        &[
            money("/v1/payout-batches", OrgAdmin, "Pay many payees from the organisation's account (JSON or CSV)"),
            get("/v1/payout-batches/{id}", OrgAdmin, "A batch and its counts"),
            get("/v1/payout-batches/{id}/lines", OrgAdmin, "A batch, line by line"),
        ],
        &[Write, Live, Connections, Send(Batches), TOKENS, PEPPER],
    ),
    http(
        "api-bills",
        &[
            get("/v1/billers", User, "Billers whose bills can be paid, by category"),
            post("/v1/bills/fetch", User, "Ask a biller for the caller's bill"),
            money("/v1/bills/pay", User, "Pay a bill from the wallet"),
        ],
        &[Write, Live, Connections, Send(Payouts), TOKENS, PEPPER, BILLS],
    ),
    http(
        "api-cashbook",
        &[
            get("/v1/cashbook", User, "The caller's income and expenses, whoever tells of them, each once"),
            post("/v1/cashbook/{day}/{entry}", User, "Say what a movement was for, or that it does not count"),
            post("/v1/sms/batch", User, "Messages of banks, cards and wallets from the caller's phone, to be read"),
            post("/v1/sync", User, "What was noted in an app, with or without a net"),
        ],
        &[Write, Live, Send(Insights), TOKENS, PEPPER, VAULT],
    ),
    http("api-files", &[post("/v1/files", User, "Where to upload a file that is to be sent in a room")], &[Live, Files, TOKENS]),
    http(
        "api-insights",
        &[
            get("/v1/insights", User, "What lies ahead: bills, days until short, days that count; and what does not add up"),
            post("/v1/findings/{id}/dispute", User, "A letter to the platform that paid too little"),
            post("/v1/findings/{id}/dismiss", User, "Say that it is nothing"),
        ],
        &[Write, Live, TOKENS, PEPPER, VAULT],
    ),
    http(
        "api-messaging",
        &[
            money("/v1/notifications/{channel}/send", Sender, "Tell one user something, by this channel"),
            money("/v1/notifications/{channel}/bulk", Sender, "Tell many users something, by this channel and at a pace"),
            get("/v1/notifications/{channel}/bulk", Sender, "The caller's campaigns by this channel, newest first"),
            get("/v1/notifications/{channel}/bulk/{id}", Sender, "A campaign and how far it is"),
            post("/v1/notifications/{channel}/bulk/{id}/pause", Sender, "Tell nobody more for now"),
            post("/v1/notifications/{channel}/bulk/{id}/resume", Sender, "Go on"),
            post("/v1/notifications/{channel}/bulk/{id}/cancel", Sender, "Tell nobody more, and take back what has not gone out"),
            get("/v1/notifications/{channel}/bulk/{id}/recipients", Sender, "What became of each recipient of a campaign"),
            get("/v1/notifications/{channel}/bulk/{id}/report", Sender, "The same of all of them, as CSV"),
            get("/v1/notifications/{channel}/history/{user}", Support, "What a user was told by this channel, newest first"),
            get("/v1/notifications/{channel}/stats", Support, "What became of a channel's deliveries, by provider"),
            get("/v1/notifications/{channel}/template", Sender, "The templates that go by this channel, and what they take"),
            post("/v1/notifications/{channel}/template", Sender, "How a template reads when it is filled in"),
            post("/v1/notifications/{channel}/check", Sender, "Whether an address can be written to by this channel"),
        ],
        &[Write, Live, Connections, Send(Notices), Send(Broadcasts), TOKENS, PEPPER],
    ),
    http(
        "api-meta",
        &[
            get("/.well-known/jwks.json", Anyone, "Public keys of access tokens"),
            get("/openapi.json", Anyone, "This API as OpenAPI 3.1"),
            get("/health", Anyone, "Whether the API answers"),
        ],
        &[TOKENS],
    ),
    http(
        "api-notices",
        &[
            get("/v1/notifications/preferences", User, "What the caller wants to be told, by which channel, and when"),
            post("/v1/notifications/preferences", User, "Set it"),
            get("/v1/notifications/push/vapid-key", User, "What a browser subscribes to pushes with"),
            get("/v1/notifications/push/devices", User, "The devices that the caller gets pushes on"),
            post("/v1/notifications/push/subscribe", User, "Get pushes on a device"),
            post("/v1/notifications/push/unsubscribe", User, "Get none on it any more"),
            post("/v1/notifications/email", User, "Set an e-mail address, which gets a code"),
            post("/v1/notifications/email/verify", User, "Prove an e-mail address by its code"),
            get("/v1/notifications/email/leave/{token}", Anyone, "The page that the link in an e-mail leads to, to end such mails"),
            post("/v1/notifications/email/leave/{token}", Anyone, "End e-mails of a kind, with one press (RFC 8058)"),
            post("/v1/notifications/seen", User, "Say that a notice was seen"),
            get("/v1/notifications/deliveries", User, "What became of the caller's notices, by channel, newest first"),
        ],
        &[Write, Live, Send(Notices), TOKENS, PEPPER, PUSH_KEYS],
    ),
    http(
        "api-notifications",
        &[
            get("/v1/notifications", User, "What came to the caller, newest first"),
            get("/v1/notifications/unread", User, "How much of it was not read yet"),
            post("/v1/notifications/read", User, "Mark some of it, or all, as read"),
        ],
        &[Write, Live, Connections, TOKENS, PEPPER],
    ),
    http(
        "api-operations",
        &[
            get("/v1/ops/suspense", Support, "Payments that belong to no order of ours"),
            post("/v1/ops/suspense/{id}/assign", Ops, "Credit a suspense payment to a user"),
            get("/v1/ops/webhooks", Support, "Stored webhooks, newest first"),
            get("/v1/ops/webhooks/{id}", Support, "One stored webhook and what came of it"),
            post("/v1/ops/webhooks/{id}/replay", Ops, "Work on a stored webhook again"),
            get("/v1/ops/dead-letters", Support, "Dead letters of every queue, and what a re-drive would do"),
            post("/v1/ops/dead-letters/{queue}/redrive", Ops, "Send dead letters back that it helps, or one by name"),
            get("/v1/ops/ledger", Support, "System balances and the last check of the ledger"),
            get("/v1/ops/audit", Support, "What operators did by hand, newest first"),
            get("/v1/ops/audit/proof", Support, "Whether the log of that is as it was written"),
            get("/v1/ops/reconciliation", Support, "Reports of ledger, provider and bank, the newest day first"),
            get("/v1/ops/reconciliation/{day}", Support, "One day's report, with a reason for each difference"),
            post("/v1/ops/float/explain", Ops, "Take what is unexplained in the payout account as explained"),
            get("/v1/ops/live", Support, "Connections, users, frames and lag of the live side"),
            get("/v1/ops/reports", Support, "Messages that members have reported"),
            post("/v1/ops/reports/{id}/close", Ops, "Take a report as dealt with"),
            get("/v1/ops/erasures/{user}", Support, "How far a user's erasure is, and what is held"),
            post("/v1/ops/erasures/{user}/parts/{part}", Ops, "Open a part of what is held, for a reason"),
            post("/v1/ops/users/{id}/role", Ops, "Give a user a role"),
        ],
        &[Write, Live, Connections, Send(Inbox), DeadLetters, TOKENS, PEPPER, VAULT],
    ),
    http(
        "api-organisations",
        &[
            post("/v1/organisation/members", OrgAdmin, "Invite a user to the caller's organisation"),
            get("/v1/organisation/members", OrgAdmin, "Its members, in the order in which they came"),
            post("/v1/organisation/members/{user}/remove", OrgAdmin, "End a user's membership, or an invitation"),
            get("/v1/organisations", User, "The organisations that have invited the caller"),
            post("/v1/organisations/{id}/join", User, "Become a member of one"),
            post("/v1/organisations/{id}/leave", User, "Leave one, or turn its invitation down"),
        ],
        &[Write, Live, Connections, Send(Notices), TOKENS, PEPPER],
    ),
    http(
        "api-panic",
        &[
            post("/v1/panic", User, "Stop everything that spends, at once"),
            post("/v1/panic/lift", User, "Undo a panic with a fresh one-time password"),
        ],
        &[Write, Live, Connections, Send(Notices), TOKENS, PEPPER],
    ),
    http(
        "api-payees",
        &[
            post("/v1/payees", User, "Add a UPI id or bank account to pay out to"),
            get("/v1/payees", User, "The caller's payees"),
            get("/v1/payees/{id}", User, "One payee and its validation"),
        ],
        &[Write, Live, Connections, Send(Payees), TOKENS, PEPPER],
    ),
    http(
        "api-payments",
        &[
            money("/v1/payments/orders", User, "Open a payment order that a customer pays by UPI"),
            post("/v1/payments/verify", User, "Report what the checkout returned"),
            get("/v1/payments", User, "The caller's payments, newest first"),
            get("/v1/payments/{id}", User, "One payment"),
            get("/v1/payments/{id}/upi", User, "Links and a QR code that UPI apps open to pay an order"),
            money("/v1/payments/{id}/refunds", User, "Give a payment back, in full or part"),
            get("/v1/refunds/{id}", User, "One refund"),
        ],
        &[Write, Live, Connections, Send(Payments), TOKENS, PEPPER, RAZORPAY, PHONEPE],
    ),
    http(
        "api-payouts",
        &[
            money("/v1/payouts", User, "Cash out to a UPI id or bank account"),
            get("/v1/payouts", User, "The caller's payouts, newest first"),
            get("/v1/payouts/{id}", User, "One payout"),
            post("/v1/payouts/{id}/cancel", User, "Cancel a payout that has not been sent"),
        ],
        &[Write, Live, Connections, Send(Payouts), Send(Payees), TOKENS, PEPPER],
    ),
    http(
        "api-plans",
        &[
            money("/v1/standing-payments", User, "Pay the same to the same every day, week or month"),
            get("/v1/standing-payments", User, "The caller's standing payments"),
            post("/v1/standing-payments/{id}/end", User, "End one"),
            get("/v1/summary", User, "Whether and when the caller is told of their day"),
            post("/v1/summary", User, "Set it"),
        ],
        &[Write, Live, TOKENS, PEPPER],
    ),
    http(
        "api-chats",
        &[
            get("/v1/chat/pin/{token}", Anyone, "The page on which a large payment of a chat is confirmed with a PIN"),
            post("/v1/chat/pin/{token}", Anyone, "Give the PIN, or set one"),
            get("/v1/ops/chats", Support, "Chats with the assistant that wait for a person, the oldest first"),
            get("/v1/ops/chats/{user}/{door}", Support, "One of them, and what was written"),
            get("/v1/ops/chats/{user}/{door}/turns", Support, "What the assistant decided in a chat, in a chain of hashes"),
            post("/v1/ops/chats/{user}/{door}/reply", Ops, "Write to the user"),
            post("/v1/ops/chats/{user}/{door}/close", Ops, "Give the chat back to the assistant"),
        ],
        &[Write, Live, Connections, Send(Payouts), Send(Payees), Send(Notices), TOKENS, PEPPER, MESSAGING, TWILIO],
    ),
    waiting(
        "api-events",
        &[get("/v1/events", User, "The feed without a socket: server-sent events, or a long poll")],
        &[Read, Live, TOKENS],
    ),
    http(
        "api-privacy",
        &[
            get("/v1/privacy/notices", Anyone, "What data is used for, purpose by purpose, in the reader's language"),
            get("/v1/privacy/contact", Anyone, "Whom to write to about one's data"),
            get("/v1/privacy/consents", User, "What the caller has agreed to, with the proof of it"),
            post("/v1/privacy/consents", User, "Agree to a purpose, or take that back"),
            post("/v1/privacy/exports", User, "Have a copy made of everything, with a fresh one-time password"),
            get("/v1/privacy/exports", User, "How far it is"),
            get("/v1/privacy/exports/{id}/{part}", User, "A part of it, as a ZIP of JSON and CSV"),
            post("/v1/privacy/erasure", User, "Close the account for good and erase its data, with a fresh one-time password"),
        ],
        &[Write, Live, Connections, Send(Banks), Send(Notices), Send(Papers), TOKENS, PEPPER, VAULT],
    ),
    http(
        "api-publications",
        &[
            money("/v1/ops/publications", Ops, "Publish on a topic, to everybody, or to one user"),
            get("/v1/ops/publications/{id}", Support, "A publication, and how many were told"),
            post("/v1/ops/publications/{id}/cancel", Ops, "Stop telling it"),
        ],
        &[Write, Live, Connections, Send(Broadcasts), Send(Notices), TOKENS],
    ),
    http("api-realtime", &[post("/v1/realtime/tickets", User, "A single-use ticket to open a socket with")], &[Live, TOKENS]),
    http(
        "api-rooms",
        &[
            money("/v1/rooms", User, "Open a room with somebody, or make a group"),
            get("/v1/rooms", User, "The caller's rooms, and how much of each is unread"),
            get("/v1/rooms/{id}", User, "A room, its members, and how far each has read"),
            post("/v1/rooms/{id}/join", User, "Join an open group"),
            post("/v1/rooms/{id}/leave", User, "Leave a group"),
            post("/v1/rooms/{id}/members", User, "Bring somebody into a group of one's own"),
            post("/v1/rooms/{id}/members/{user}/remove", User, "Take somebody out of a group of one's own"),
            post("/v1/rooms/{id}/read", User, "Mark what was delivered and read"),
            get("/v1/rooms/{id}/messages", User, "What was written, newest first"),
            post("/v1/rooms/{id}/messages", User, "Write a message, or attach a transfer"),
            post("/v1/rooms/{id}/messages/{message}/edit", User, "Change one's own message"),
            post("/v1/rooms/{id}/messages/{message}/delete", User, "Delete a message"),
            post("/v1/rooms/{id}/messages/{message}/report", User, "Have operators look at a message"),
            get("/v1/rooms/{id}/messages/{message}/files/{file}", User, "Where to fetch a file of a message from"),
        ],
        &[Write, Live, Connections, Files, TOKENS, PEPPER],
    ),
    http(
        "api-social",
        &[
            get("/v1/social", User, "Whom the caller has blocked, and who sees whether they are there"),
            post("/v1/social", User, "Set who sees whether the caller is there"),
            post("/v1/social/block/{user}", User, "Block somebody"),
            post("/v1/social/unblock/{user}", User, "Unblock somebody"),
        ],
        &[Write, Live, TOKENS],
    ),
    // Files of many pages take memory to read, and a processor.
    Function {
        memory_mb: 1_024,
        ..http(
            "api-statements",
            &[
                post("/v1/cashbook/statements", User, "A bank's statement from a file (CSV, OFX or PDF)"),
                post("/v1/earnings", User, "What platforms paid, from a file (CSV)"),
                get("/v1/earnings", User, "What platforms tell of the caller's days"),
            ],
            &[Write, Live, Send(Insights), TOKENS, PEPPER, VAULT],
        )
    },
    http(
        "api-transactions",
        &[
            get("/v1/transactions", User, "The caller's money movements, newest first"),
            get("/v1/transactions/{id}", User, "One movement, explained: posting, fact, cause"),
        ],
        &[Read, Live, TOKENS, PEPPER],
    ),
    http(
        "api-transfers",
        &[
            money("/v1/transfers", User, "Send money to another user, at once or as a hold"),
            get("/v1/transfers/{id}", User, "One transfer"),
            money("/v1/transfers/{id}/post", User, "Post a held transfer, in full or part"),
            post("/v1/transfers/{id}/void", User, "Give a held transfer back"),
        ],
        &[Write, Live, Connections, TOKENS, PEPPER],
    ),
    http(
        "api-wallet",
        &[
            get("/v1/wallet", User, "The caller's balance"),
            get("/v1/wallet/balance", User, "The balance as it was at a point in time"),
            get("/v1/wallet/statement", User, "Entries with running balance and hash chain"),
        ],
        &[Read, Live, TOKENS, PEPPER],
    ),
    http(
        "webhooks-aa",
        &[
            post("/webhooks/aa/Consent/Notification", Provider, "What becomes of consents at the Account Aggregator"),
            post("/webhooks/aa/FI/Notification", Provider, "That banks have delivered, or that they do not"),
        ],
        &[Write, Live, Send(Inbox), BANKS],
    ),
    http("webhooks-bills", &[post("/webhooks/bills", Provider, "What becomes of bills that were paid")], &[Write, Send(Inbox), BILLS]),
    http("webhooks-mono", &[post("/webhooks/mono", Provider, "That a bank read by Mono is worth a look")], &[Write, Send(Inbox), BANKS]),
    http("webhooks-plaid", &[post("/webhooks/plaid", Provider, "That a bank read by Plaid is worth a look")], &[Write, Send(Inbox), BANKS]),
    http(
        "webhooks-phonepe",
        &[post("/webhooks/phonepe", Provider, "That something happened to an order or refund at PhonePe")],
        &[Write, Send(Inbox), PHONEPE],
    ),
    http("webhooks-razorpay", &[post("/webhooks/razorpay", Provider, "Events of the payment gateway")], &[Write, Send(Inbox), RAZORPAY]),
    http(
        "webhooks-razorpayx",
        &[post("/webhooks/razorpayx", Provider, "Events of payouts and validations")],
        &[Write, Send(Inbox), RAZORPAYX],
    ),
    http("webhooks-ses", &[post("/webhooks/ses", Provider, "Reports on mails, by way of SNS")], &[Write, Send(Inbox), EMAIL]),
    http(
        "webhooks-setu",
        &[post("/webhooks/setu", Provider, "That a consent or a delivery at Setu is worth a look")],
        &[Write, Send(Inbox), BANKS],
    ),
    http(
        "webhooks-twilio",
        &[
            post("/webhooks/twilio", Provider, "Messages to us, by SMS or WhatsApp"),
            post("/webhooks/twilio/status", Provider, "What becomes of our messages"),
        ],
        &[Write, Send(Inbox), Send(Chats), PEPPER, TWILIO],
    ),
    http(
        "webhooks-whatsapp",
        &[
            get("/webhooks/whatsapp", Provider, "Meta's question whether its events are wanted"),
            post("/webhooks/whatsapp", Provider, "Messages to us by WhatsApp, and what becomes of ours"),
        ],
        &[Write, Send(Inbox), Send(Chats), PEPPER, MESSAGING],
    ),
    queue(
        "queues-banks",
        Queue::Banks,
        5,
        &[Write, Live, Send(Banks), Send(Notices), Send(Insights), PEPPER, MESSAGING, TWILIO, VAULT, BANKS],
    ),
    queue("queues-batches", Batches, 10, &[Write, Live, Connections, Send(Batches), Send(Notices), RAZORPAYX]),
    queue("queues-book", Book, 10, &[Write, Send(Insights), VAULT]),
    queue("queues-broadcasts", Broadcasts, 1, &[Write, Live, Connections, Send(Broadcasts), Send(Notices)]),
    // One at a time: of a batch, what comes after a message that failed would have to fail with it.
    // A picture takes memory to read, and a processor: Lambda gives it by the memory.
    Function {
        memory_mb: 1_024,
        ..queue(
            "queues-chats",
            Chats,
            1,
            &[
                Write,
                Live,
                Connections,
                Send(Payouts),
                Send(Payees),
                Send(Notices),
                Send(Banks),
                Send(Papers),
                Send(Insights),
                PEPPER,
                MESSAGING,
                TWILIO,
                LLM,
                VAULT,
                BANKS,
                BILLS,
            ],
        )
    },
    queue(
        "queues-inbox",
        Inbox,
        10,
        &[
            Write,
            Live,
            Connections,
            Send(Payouts),
            Send(Payments),
            Send(Batches),
            Send(Notices),
            Send(Chats),
            Send(Banks),
            RAZORPAY,
            RAZORPAYX,
            PHONEPE,
            BILLS,
            PEPPER,
            MESSAGING,
        ],
    ),
    queue("queues-insights", Insights, 5, &[Write, Live, Send(Notices), VAULT]),
    // As many as are worked on at once: nothing urgent waits behind a provider that is slow.
    queue("queues-notices", Notices, 5, &[Write, Live, Send(Notices), PEPPER, MESSAGING, PUSH_KEYS, EMAIL, TWILIO]),
    // The fonts of seven scripts are in it; and a copy of all that is kept of somebody may be of years.
    Function {
        memory_mb: 512,
        timeout_s: 120,
        ..queue("queues-papers", Papers, 1, &[Write, Live, Connections, Send(Banks), Send(Papers), PEPPER, MESSAGING, TWILIO, VAULT])
    },
    queue("queues-payees", Payees, 5, &[Write, Live, Connections, Send(Payouts), Send(Notices), RAZORPAYX]),
    queue("queues-payments", Payments, 5, &[Write, Live, Connections, Send(Notices), RAZORPAY, PHONEPE]),
    queue("queues-payouts", Payouts, 5, &[Write, Live, Connections, Send(Payees), Send(Batches), Send(Notices), RAZORPAYX, BILLS]),
    queue("queues-plans", Plans, 5, &[Write, Live, Connections, Send(Payouts), Send(Payees), Send(Notices)]),
    queue("queues-push", Push, 10, &[Write, Live, Connections, Send(Push)]),
    schedule("schedules-check-float", 5, &[Write, RAZORPAYX]),
    schedule("schedules-check-ledger", 5, &[Write]),
    schedule("schedules-expire-holds", 1, &[Write, Live, Connections, Send(Payouts)]),
    schedule("schedules-notices", 1, &[Write, Send(Notices)]),
    Function {
        name: "schedules-reconcile-day",
        trigger: Trigger::Schedule { every_minutes: 60 },
        // A day's lists, a page at a time, and every row of the table once.
        timeout_s: 600,
        memory_mb: 512,
        needs: &[Write, RAZORPAY, RAZORPAYX],
    },
    schedule("schedules-reconcile-payments", 1, &[Write, Live, Connections, Send(Payments), Send(Notices), RAZORPAY]),
    schedule(
        "schedules-reconcile-payouts",
        1,
        &[Write, Live, Connections, Send(Payouts), Send(Payees), Send(Batches), Send(Notices), RAZORPAYX, BILLS],
    ),
    schedule("schedules-resume-broadcasts", 1, &[Read, Send(Broadcasts)]),
    schedule("schedules-wake", 1, &[Read, Send(Banks), Send(Plans), Send(Insights), Send(Papers)]),
    schedule("schedules-watch-providers", 5, &[Live, TWILIO]),
    socket("sockets-chat", "message", &[Write, Live, Connections, Files]),
    socket("sockets-connect", "$connect", &[Read, Live, Connections]),
    socket("sockets-disconnect", "$disconnect", &[Read, Live, Connections]),
    socket("sockets-message", "$default", &[Read, Live, Connections, Send(Push)]),
    socket("sockets-subscribe", "subscribe", &[Read, Live, Connections, Send(Push)]),
    stream("streams-fold", &[FACTS, JOURNAL], &[Write]),
    stream("streams-publish", &[FACTS, BULLETINS, PUBLICATIONS, WEBHOOKS, OPERATIONS, PAYEES], &[Read, PublishFacts]),
];
