//! Which bodies each route takes and gives. A route that is missing here has none, and a test
//! says so where that cannot be.

use crate::{
    api::rooms::HistoryQuery,
    body::{
        audit, auth, banks, bills, cashbook, chats, common, files, insights, live, messaging, money_in, money_out, notices, notifications,
        operations, organisations, plans, privacy, publications, rooms, statements, wallet,
    },
    table::Route,
};
use lambda::{
    auth::jwks::Jwks,
    http::page::{Page, PageQuery},
};
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Value, json};

#[derive(Default)]
pub struct Shape {
    pub request: Option<Value>,
    pub request_required: bool,
    pub reply: Option<Value>,
    /// What the reply is.
    pub media_type: &'static str,
    pub statuses: &'static [&'static str],
    pub query: Vec<Value>,
}

/// What a route takes and gives, under construction.
struct Builder<'a> {
    schemas: &'a mut SchemaGenerator,
    shape: Shape,
}

impl Builder<'_> {
    fn takes<T: JsonSchema>(mut self) -> Self {
        self.shape.request = Some(self.schemas.subschema_for::<T>().to_value());
        self.shape.request_required = true;
        self
    }

    fn may_take<T: JsonSchema>(self) -> Self {
        let mut builder = self.takes::<T>();
        builder.shape.request_required = false;
        builder
    }

    fn query<T: JsonSchema>(mut self) -> Self {
        let schema = T::json_schema(self.schemas).to_value();
        let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            self.shape.query.push(json!({ "name": name, "in": "query", "required": required.contains(&name.as_str()), "schema": field }));
        }
        self
    }

    fn gives<T: JsonSchema>(mut self, statuses: &'static [&'static str]) -> Shape {
        self.shape.reply = Some(self.schemas.subschema_for::<T>().to_value());
        self.shape.media_type = "application/json";
        self.shape.statuses = statuses;
        self.shape
    }

    fn gives_text(mut self, media_type: &'static str) -> Shape {
        self.shape.reply = Some(json!({ "type": "string" }));
        self.shape.media_type = media_type;
        self.shape.statuses = OK;
        self.shape
    }

    fn nothing(mut self) -> Shape {
        self.shape.statuses = &["204"];
        self.shape
    }

    fn pages<T: JsonSchema>(self) -> Shape {
        self.query::<PageQuery>().gives::<Page<T>>(OK)
    }
}

const OK: &[&str] = &["200"];
const CREATED: &[&str] = &["201"];
/// With a dry run, 200.
const CREATED_OR_TRIED: &[&str] = &["200", "201"];
const ACCEPTED: &[&str] = &["202"];
const ACCEPTED_OR_TRIED: &[&str] = &["200", "202"];

pub fn of(route: &Route, schemas: &mut SchemaGenerator) -> Shape {
    let b = Builder { schemas, shape: Shape::default() };
    match (route.method, route.path) {
        ("POST", "/v1/auth/otp") => b.takes::<auth::OtpRequest>().gives::<auth::ChallengeBody>(ACCEPTED),
        ("POST", "/v1/auth/token") => b.takes::<auth::TokenRequest>().gives::<auth::TokenBody>(OK),
        ("POST", "/v1/auth/refresh") => b.takes::<auth::RefreshRequest>().gives::<auth::TokenBody>(OK),
        ("POST", "/v1/auth/logout") => b.takes::<auth::RefreshRequest>().nothing(),
        ("GET", "/.well-known/jwks.json") => b.gives::<Jwks>(OK),
        ("GET", "/openapi.json" | "/health") => b.gives::<Value>(OK),
        ("POST", "/v1/payout-batches") => b.takes::<money_out::OpenBatch>().gives::<money_out::BatchBody>(ACCEPTED_OR_TRIED),
        ("GET", "/v1/payout-batches/{id}") => b.gives::<money_out::BatchBody>(OK),
        ("GET", "/v1/payout-batches/{id}/lines") => b.pages::<money_out::LineBody>(),
        ("GET", "/v1/ops/suspense") => b.gives::<Page<operations::SuspenseBody>>(OK),
        ("POST", "/v1/ops/suspense/{id}/assign") => b.takes::<operations::AssignRequest>().gives::<operations::SuspenseBody>(OK),
        ("GET", "/v1/ops/webhooks") => b.pages::<operations::WebhookBody>(),
        ("GET", "/v1/ops/webhooks/{id}") => b.gives::<operations::WebhookBody>(OK),
        ("POST", "/v1/ops/webhooks/{id}/replay") => b.gives::<operations::WebhookBody>(ACCEPTED),
        ("GET", "/v1/ops/dead-letters") => b.gives::<operations::DeadLettersBody>(OK),
        ("POST", "/v1/ops/dead-letters/{queue}/redrive") => b.may_take::<operations::RedriveRequest>().gives::<operations::RedriveBody>(OK),
        ("GET", "/v1/ops/ledger") => b.gives::<operations::LedgerBody>(OK),
        ("POST", "/v1/ops/float/explain") => b.takes::<operations::ExplainRequest>().gives::<operations::FloatBody>(OK),
        ("GET", "/v1/ops/audit") => b.pages::<audit::ActBody>(),
        ("GET", "/v1/ops/audit/proof") => b.query::<audit::ProofQuery>().gives::<audit::ProofBody>(OK),
        ("GET", "/v1/ops/reconciliation") => b.pages::<operations::DayBody>(),
        ("GET", "/v1/ops/reconciliation/{day}") => b.gives::<operations::DayInFullBody>(OK),
        ("GET", "/v1/ops/erasures/{user}") => b.gives::<privacy::HeldBody>(OK),
        ("POST", "/v1/ops/erasures/{user}/parts/{part}") => b.takes::<operations::OpenHoldRequest>().gives_text("application/zip"),
        ("POST", "/v1/ops/users/{id}/role") => b.takes::<operations::RoleRequest>().nothing(),
        ("POST", "/v1/ops/publications") => {
            b.takes::<publications::PublishRequest>().gives::<publications::PublicationBody>(CREATED_OR_TRIED)
        }
        ("GET", "/v1/ops/publications/{id}") | ("POST", "/v1/ops/publications/{id}/cancel") => b.gives::<publications::PublicationBody>(OK),
        ("GET", "/v1/events") => b.query::<live::EventsQuery>().gives::<live::EventsBody>(OK),
        ("GET", "/v1/notifications") => b.query::<notifications::NotificationsQuery>().gives::<Page<notifications::NotificationBody>>(OK),
        ("GET", "/v1/notifications/unread") => b.gives::<notifications::UnreadBody>(OK),
        ("POST", "/v1/notifications/read") => b.may_take::<notifications::MarkRequest>().gives::<notifications::UnreadBody>(OK),
        ("POST", "/v1/notifications/preferences") => b.takes::<notices::PreferencesRequest>().gives::<notices::PreferencesBody>(OK),
        ("GET", "/v1/notifications/preferences") => b.gives::<notices::PreferencesBody>(OK),
        ("GET", "/v1/notifications/push/vapid-key") => b.gives::<notices::VapidKeyBody>(OK),
        ("GET", "/v1/notifications/push/devices") => b.gives::<notices::DevicesBody>(OK),
        ("POST", "/v1/notifications/push/subscribe") => b.takes::<notices::SubscribeRequest>().gives::<notices::DeviceBody>(OK),
        ("GET" | "POST", "/v1/notifications/email/leave/{token}") => b.gives_text("text/html"),
        ("POST", "/v1/notifications/push/unsubscribe") => b.takes::<notices::UnsubscribeRequest>().nothing(),
        ("POST", "/v1/notifications/email") => b.takes::<notices::EmailRequest>().gives::<Value>(&["200", "202"]),
        ("POST", "/v1/notifications/email/verify") => b.takes::<auth::TokenRequest>().gives::<notices::PreferencesBody>(OK),
        ("POST", "/v1/notifications/seen") => b.takes::<notices::SeenRequest>().gives::<notices::DeliveryBody>(OK),
        ("GET", "/v1/notifications/deliveries") => b.pages::<notices::DeliveryBody>(),
        ("GET", "/v1/notifications/{channel}/stats") => b.query::<messaging::StatsQuery>().gives::<messaging::StatsBody>(OK),
        ("GET", "/v1/banks") => b.gives::<banks::BanksBody>(OK),
        ("POST", "/v1/banks/{bank}/connect") => b.gives::<banks::LinkBody>(CREATED),
        ("POST", "/v1/banks/{bank}/refresh") => b.gives::<banks::BankBody>(ACCEPTED),
        ("POST", "/v1/banks/{bank}/disconnect") => b.gives::<banks::BankBody>(OK),
        ("GET", "/v1/platforms") => b.gives::<banks::PlatformsBody>(OK),
        ("POST", "/v1/platforms/{platform}/connect") => b.gives::<banks::LinkBody>(CREATED),
        ("POST", "/v1/platforms/{platform}/refresh") => b.gives::<banks::PlatformBody>(ACCEPTED),
        ("POST", "/v1/platforms/{platform}/disconnect") => b.gives::<banks::PlatformBody>(OK),
        ("GET", "/v1/banks/return") => Shape { statuses: &["200", "410"], ..b.query::<banks::ReturnQuery>().gives_text("text/html") },
        ("GET", "/v1/billers") => b.query::<bills::BillersQuery>().gives::<bills::BillersBody>(OK),
        ("POST", "/v1/bills/fetch") => b.takes::<bills::FetchRequest>().gives::<bills::BillBody>(&["200", "202"]),
        ("POST", "/v1/bills/pay") => b.takes::<bills::PayBillRequest>().gives::<money_out::PayoutBody>(ACCEPTED_OR_TRIED),
        ("GET", "/v1/cashbook") => b.query::<cashbook::DaysQuery>().gives::<cashbook::CashbookBody>(OK),
        ("POST", "/v1/cashbook/{day}/{entry}") => b.takes::<cashbook::CorrectRequest>().gives::<cashbook::EntryBody>(OK),
        ("POST", "/v1/cashbook/statements") => b.takes::<statements::StatementUpload>().gives::<statements::StatementBody>(OK),
        ("POST", "/v1/earnings") => b.takes::<statements::EarningsUpload>().gives::<statements::EarningsTaken>(OK),
        ("GET", "/v1/earnings") => b.query::<statements::EarningsQuery>().gives::<Page<statements::WorkedBody>>(OK),
        ("GET", "/v1/insights") => b.gives::<insights::InsightsBody>(OK),
        ("POST", "/v1/findings/{id}/dispute") => b.takes::<insights::DisputeRequest>().gives::<insights::DisputeBody>(OK),
        ("POST", "/v1/findings/{id}/dismiss") => b.gives::<insights::FindingBody>(OK),
        ("POST", "/v1/sms/batch") => b.takes::<cashbook::SmsBatch>().gives::<cashbook::SmsResults>(OK),
        ("POST", "/v1/sync") => b.takes::<cashbook::SyncRequest>().gives::<cashbook::SyncResults>(OK),
        ("POST", "/v1/standing-payments") => b.takes::<plans::SetStanding>().gives::<plans::StandingBody>(CREATED_OR_TRIED),
        ("GET", "/v1/standing-payments") => b.gives::<Page<plans::StandingBody>>(OK),
        ("POST", "/v1/standing-payments/{id}/end") => b.gives::<plans::StandingBody>(OK),
        ("POST", "/v1/summary") => b.takes::<plans::SummaryRequest>().gives::<plans::SummaryBody>(OK),
        ("GET", "/v1/summary") => b.gives::<plans::SummaryBody>(OK),
        ("GET", "/v1/privacy/notices") => b.query::<privacy::NoticesQuery>().gives::<privacy::NoticesBody>(OK),
        ("GET", "/v1/privacy/contact") => b.gives::<privacy::ContactBody>(OK),
        ("GET", "/v1/privacy/consents") => b.gives::<privacy::ConsentsBody>(OK),
        ("POST", "/v1/privacy/consents") => b.takes::<privacy::ConsentRequest>().gives::<privacy::ConsentsBody>(OK),
        ("POST", "/v1/privacy/exports") => b.may_take::<auth::TokenRequest>().gives::<Value>(ACCEPTED),
        ("GET", "/v1/privacy/exports") => b.gives::<privacy::ExportBody>(OK),
        ("POST", "/v1/privacy/erasure") => b.may_take::<auth::TokenRequest>().gives::<Value>(ACCEPTED),
        ("GET", "/v1/privacy/exports/{id}/{part}") => b.gives_text("application/zip"),
        ("POST", "/v1/panic") => b.gives::<wallet::WalletBody>(OK),
        ("POST", "/v1/panic/lift") => b.may_take::<auth::TokenRequest>().gives::<Value>(&["200", "202"]),
        ("POST", "/v1/payees") => b.takes::<common::PayeeBody>().gives::<money_out::PayeeReply>(&["200", "201"]),
        ("GET", "/v1/payees") => b.pages::<money_out::PayeeReply>(),
        ("GET", "/v1/payees/{id}") => b.gives::<money_out::PayeeReply>(OK),
        ("POST", "/v1/payments/orders") => b.takes::<money_in::OpenOrder>().gives::<money_in::PaymentBody>(CREATED_OR_TRIED),
        ("POST", "/v1/payments/verify") => b.takes::<money_in::VerifyRequest>().gives::<money_in::PaymentBody>(ACCEPTED),
        ("GET", "/v1/payments") => b.pages::<money_in::PaymentBody>(),
        ("GET", "/v1/payments/{id}") => b.gives::<money_in::PaymentBody>(OK),
        ("GET", "/v1/payments/{id}/upi") => b.gives::<money_in::UpiBody>(OK),
        ("POST", "/v1/payments/{id}/refunds") => b.takes::<money_in::OpenRefund>().gives::<money_in::RefundBody>(ACCEPTED_OR_TRIED),
        ("GET", "/v1/refunds/{id}") => b.gives::<money_in::RefundBody>(OK),
        ("POST", "/v1/payouts") => b.takes::<money_out::OpenPayout>().gives::<money_out::PayoutBody>(ACCEPTED_OR_TRIED),
        ("GET", "/v1/payouts") => b.pages::<money_out::PayoutBody>(),
        ("GET", "/v1/payouts/{id}") | ("POST", "/v1/payouts/{id}/cancel") => b.gives::<money_out::PayoutBody>(OK),
        ("POST", "/v1/realtime/tickets") => b.gives::<auth::TicketBody>(CREATED),
        ("GET", "/v1/transactions") => b.pages::<wallet::MovementBody>(),
        ("GET", "/v1/transactions/{id}") => b.gives::<wallet::ExplanationBody>(OK),
        ("POST", "/v1/transfers") => b.takes::<money_out::OpenTransfer>().gives::<money_out::TransferBody>(CREATED_OR_TRIED),
        ("POST", "/v1/transfers/{id}/post") => b.may_take::<money_out::PostTransfer>().gives::<money_out::TransferBody>(OK),
        ("GET", "/v1/transfers/{id}") | ("POST", "/v1/transfers/{id}/void") => b.gives::<money_out::TransferBody>(OK),
        ("POST", "/v1/rooms") => b.takes::<rooms::CreateRoomRequest>().gives::<rooms::RoomBody>(CREATED_OR_TRIED),
        ("GET", "/v1/rooms") => b.pages::<rooms::RoomBody>(),
        ("POST", "/v1/rooms/{id}/leave") => b.nothing(),
        ("POST", "/v1/rooms/{id}/members") => b.takes::<rooms::MemberRequest>().gives::<rooms::RoomBody>(OK),
        ("GET", "/v1/rooms/{id}") | ("POST", "/v1/rooms/{id}/join" | "/v1/rooms/{id}/members/{user}/remove") => {
            b.gives::<rooms::RoomBody>(OK)
        }
        ("POST", "/v1/rooms/{id}/read") => b.takes::<rooms::SeatRequest>().gives::<rooms::SeatBody>(OK),
        ("GET", "/v1/rooms/{id}/messages") => b.query::<HistoryQuery>().gives::<Page<rooms::MessageBody>>(OK),
        ("POST", "/v1/rooms/{id}/messages") => b.takes::<rooms::PostRequest>().gives::<rooms::MessageBody>(CREATED),
        ("POST", "/v1/rooms/{id}/messages/{message}/edit") => b.takes::<rooms::EditRequest>().gives::<rooms::MessageBody>(OK),
        ("POST", "/v1/rooms/{id}/messages/{message}/delete") => b.gives::<rooms::MessageBody>(OK),
        ("POST", "/v1/rooms/{id}/messages/{message}/report") => b.takes::<rooms::ReportRequest>().gives::<rooms::ReportBody>(CREATED),
        ("GET", "/v1/rooms/{id}/messages/{message}/files/{file}") => b.gives::<files::LinkBody>(OK),
        ("POST", "/v1/files") => b.takes::<files::FileRequest>().gives::<files::UploadBody>(CREATED),
        ("POST", "/v1/notifications/{channel}/send") => {
            b.takes::<messaging::SendRequest>().gives::<notices::DeliveryBody>(ACCEPTED_OR_TRIED)
        }
        ("POST", "/v1/notifications/{channel}/bulk") => {
            b.takes::<messaging::BulkRequest>().gives::<messaging::CampaignBody>(ACCEPTED_OR_TRIED)
        }
        ("GET", "/v1/notifications/{channel}/bulk") => b.pages::<messaging::CampaignBody>(),
        ("GET", "/v1/notifications/{channel}/bulk/{id}")
        | (
            "POST",
            "/v1/notifications/{channel}/bulk/{id}/pause"
            | "/v1/notifications/{channel}/bulk/{id}/resume"
            | "/v1/notifications/{channel}/bulk/{id}/cancel",
        ) => b.gives::<messaging::CampaignBody>(OK),
        ("GET", "/v1/notifications/{channel}/bulk/{id}/recipients") => b.pages::<messaging::RecipientBody>(),
        ("GET", "/v1/notifications/{channel}/bulk/{id}/report") => b.gives_text("text/csv"),
        ("GET", "/v1/notifications/{channel}/history/{user}") => b.pages::<notices::DeliveryBody>(),
        ("GET", "/v1/notifications/{channel}/template") => b.gives::<Page<messaging::TemplateBody>>(OK),
        ("POST", "/v1/notifications/{channel}/template") => b.takes::<messaging::PreviewRequest>().gives::<messaging::PreviewBody>(OK),
        ("POST", "/v1/notifications/{channel}/check") => b.takes::<messaging::CheckRequest>().gives::<messaging::CheckBody>(OK),
        ("POST", "/v1/organisation/members") => b.takes::<organisations::InviteRequest>().gives::<organisations::MembershipBody>(CREATED),
        ("GET", "/v1/organisation/members" | "/v1/organisations") => b.pages::<organisations::MembershipBody>(),
        ("POST", "/v1/organisation/members/{user}/remove" | "/v1/organisations/{id}/join" | "/v1/organisations/{id}/leave") => {
            b.gives::<organisations::MembershipBody>(OK)
        }
        ("POST", "/v1/social") => b.takes::<rooms::SocialRequest>().gives::<rooms::SocialBody>(OK),
        ("GET", "/v1/social") | ("POST", "/v1/social/block/{user}" | "/v1/social/unblock/{user}") => b.gives::<rooms::SocialBody>(OK),
        ("GET", "/v1/ops/live") => b.gives::<operations::LiveBody>(OK),
        ("GET" | "POST", "/v1/chat/pin/{token}") => b.gives_text("text/html"),
        ("GET", "/v1/ops/chats") => b.gives::<Page<chats::HandOffBody>>(OK),
        ("GET", "/v1/ops/chats/{user}/{door}") => b.gives::<chats::HandOffBody>(OK),
        ("GET", "/v1/ops/chats/{user}/{door}/turns") => b.query::<chats::TurnsQuery>().gives::<chats::TurnsBody>(OK),
        ("POST", "/v1/ops/chats/{user}/{door}/reply") => b.takes::<chats::ReplyRequest>().gives::<chats::HandOffBody>(OK),
        ("POST", "/v1/ops/chats/{user}/{door}/close") => b.gives::<chats::HandOffBody>(OK),
        ("GET", "/v1/ops/reports") => b.gives::<Page<rooms::ReportBody>>(OK),
        ("POST", "/v1/ops/reports/{id}/close") => b.gives::<rooms::ReportBody>(OK),
        ("GET", "/v1/wallet") => b.gives::<wallet::WalletBody>(OK),
        ("GET", "/v1/wallet/balance") => b.query::<wallet::AtQuery>().gives::<wallet::BalanceBody>(OK),
        ("GET", "/v1/wallet/statement") => b.pages::<wallet::EntryBody>(),
        _ => b.shape,
    }
}
