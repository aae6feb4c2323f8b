//! The real handlers, called as Lambda calls them.

use functions::{
    api,
    deps::Deps,
    queues, schedules, sockets, streams,
    table::{FUNCTIONS, Function},
    webhooks,
};
use lambda::{Deadline, Failed, Message, Record, Reply, Request, SocketEvent, SocketReply, start};

/// A function of the table.
pub fn named(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

/// A request to the function of this name; `None` where it serves no requests.
pub async fn respond(name: &str, deps: &Deps, request: Request) -> Option<Reply> {
    macro_rules! call {
        ($handler:path) => {
            Box::pin(start::api::respond(deps, &$handler, request)).await
        };
    }
    Some(match name {
        "api-auth" => call!(api::auth::handle),
        "api-banks" => call!(api::banks::handle),
        "api-bills" => call!(api::bills::handle),
        "api-statements" => call!(api::statements::handle),
        "api-insights" => call!(api::insights::handle),
        "api-cashbook" => call!(api::cashbook::handle),
        "api-plans" => call!(api::plans::handle),
        "webhooks-aa" => call!(webhooks::aa::handle),
        "webhooks-bills" => call!(webhooks::bills::handle),
        "webhooks-mono" => call!(webhooks::mono::handle),
        "webhooks-setu" => call!(webhooks::setu::handle),
        "webhooks-plaid" => call!(webhooks::plaid::handle),
        "api-batches" => call!(api::batches::handle),
        "api-chats" => call!(api::chats::handle),
        "api-files" => call!(api::files::handle),
        "api-messaging" => call!(api::messaging::handle),
        "api-meta" => call!(api::meta::handle),
        "api-operations" => call!(api::operations::handle),
        "api-panic" => call!(api::panic::handle),
        "api-payees" => call!(api::payees::handle),
        "api-payments" => call!(api::payments::handle),
        "api-payouts" => call!(api::payouts::handle),
        "api-events" => call!(api::events::handle),
        "api-privacy" => call!(api::privacy::handle),
        "api-publications" => call!(api::publications::handle),
        "api-realtime" => call!(api::realtime::handle),
        "api-rooms" => call!(api::rooms::handle),
        "api-organisations" => call!(api::organisations::handle),
        "api-social" => call!(api::social::handle),
        "api-transactions" => call!(api::transactions::handle),
        "api-notices" => call!(api::notices::handle),
        "api-notifications" => call!(api::notifications::handle),
        "api-transfers" => call!(api::transfers::handle),
        "api-wallet" => call!(api::wallet::handle),
        "webhooks-phonepe" => call!(webhooks::phonepe::handle),
        "webhooks-razorpay" => call!(webhooks::razorpay::handle),
        "webhooks-razorpayx" => call!(webhooks::razorpayx::handle),
        "webhooks-ses" => call!(webhooks::ses::handle),
        "webhooks-twilio" => call!(webhooks::twilio::handle),
        "webhooks-whatsapp" => call!(webhooks::whatsapp::handle),
        _ => return None,
    })
}

/// The ids of the messages that failed; `None` where the function reads no queue.
pub async fn work(name: &str, deps: &Deps, messages: Vec<Message>, deadline: Deadline) -> Option<Vec<String>> {
    macro_rules! call {
        ($handler:path) => {
            Box::pin(start::queue::work(deps, &$handler, messages, deadline)).await
        };
    }
    let reply = match name {
        "queues-banks" => call!(queues::banks::handle),
        "queues-papers" => call!(queues::papers::handle),
        "queues-book" => call!(queues::book::handle),
        "queues-insights" => call!(queues::insights::handle),
        "queues-plans" => call!(queues::plans::handle),
        "queues-batches" => call!(queues::batches::handle),
        "queues-broadcasts" => call!(queues::broadcasts::handle),
        "queues-chats" => call!(queues::chats::handle),
        "queues-inbox" => call!(queues::inbox::handle),
        "queues-notices" => call!(queues::notices::handle),
        "queues-payees" => call!(queues::payees::handle),
        "queues-payments" => call!(queues::payments::handle),
        "queues-payouts" => call!(queues::payouts::handle),
        "queues-push" => call!(queues::push::handle),
        _ => return None,
    };
    Some(reply.ids().into_iter().map(str::to_owned).collect())
}

/// Whether all records were worked on; `None` where the function follows no stream.
pub async fn follow(name: &str, deps: &Deps, records: &[Record], deadline: Deadline) -> Option<bool> {
    let reply = match name {
        "streams-fold" => Box::pin(start::stream::work(deps, &streams::fold::handle, records, deadline)).await,
        "streams-publish" => Box::pin(start::stream::work(deps, &streams::publish::handle, records, deadline)).await,
        _ => return None,
    };
    Some(reply.failures.is_empty())
}

/// One run of a schedule; `None` where the function is none.
pub async fn tick(name: &str, deps: &Deps, deadline: Deadline) -> Option<Result<(), Failed>> {
    macro_rules! call {
        ($handler:path) => {
            Box::pin(start::schedule::work(deps, &$handler, deadline)).await
        };
    }
    Some(match name {
        "schedules-check-float" => call!(schedules::check_float::handle),
        "schedules-check-ledger" => call!(schedules::check_ledger::handle),
        "schedules-expire-holds" => call!(schedules::expire_holds::handle),
        "schedules-notices" => call!(schedules::notices::handle),
        "schedules-reconcile-day" => call!(schedules::reconcile_day::handle),
        "schedules-reconcile-payments" => call!(schedules::reconcile_payments::handle),
        "schedules-resume-broadcasts" => call!(schedules::resume_broadcasts::handle),
        "schedules-reconcile-payouts" => call!(schedules::reconcile_payouts::handle),
        "schedules-wake" => call!(schedules::wake::handle),
        "schedules-watch-providers" => call!(schedules::watch_providers::handle),
        _ => return None,
    })
}

/// An event of a socket; `None` where the function serves none.
pub async fn speak(name: &str, deps: &Deps, event: SocketEvent) -> Option<SocketReply> {
    macro_rules! call {
        ($handler:path) => {
            Box::pin(start::socket::respond(deps, &$handler, event)).await
        };
    }
    Some(match name {
        "sockets-chat" => call!(sockets::chat::handle),
        "sockets-connect" => call!(sockets::connect::handle),
        "sockets-disconnect" => call!(sockets::disconnect::handle),
        "sockets-message" => call!(sockets::message::handle),
        "sockets-subscribe" => call!(sockets::subscribe::handle),
        _ => return None,
    })
}
