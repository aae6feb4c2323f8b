//! The outside world on one port.
//!
//! One HTTP server that plays the providers Kamai talks to: Razorpay (orders, payments,
//! refunds), RazorpayX (contacts, fund accounts, validations, payouts), PhonePe's gateway, an Indian SMS gateway
//! with DLT fields, Meta's WhatsApp Cloud API, Twilio, Firebase Cloud Messaging with the OAuth
//! endpoint before it, a browser's Web Push service, Groq's language models and speech recognition,
//! bill payment over Bharat Connect, an Account Aggregator with three banks behind it, a demo bank,
//! Plaid and Mono, Uber and other gig platforms and, on a second port that speaks SMTP, Amazon SES with its reports through SNS. It refuses what
//! the real ones refuse, signs the webhooks it sends back, and misbehaves on request.
//!
//! A provider's base URL is this server's root, or `/groq/openai/v1`, `/phonepe`, `/api/v2`, `/demo-bank`, `/plaid`, `/mono`, `/platforms/uber`
//! and `/platforms/feed/{name}` there. What no provider offers,
//! because in life a person does it (paying, reading a phone, pressing a button in a dashboard) or
//! because only a test wants it (faults, reset, looking inside), has paths of its own:
//!
//! | path | what it plays |
//! |---|---|
//! | `/customer/…` | a customer paying: [`gateway::customer`], [`phonepe::customer`] |
//! | `/phones/…` | a phone's inbox: [`messaging::inbox`]; its owner, who writes to us: [`messaging::people`]; files on it: [`messaging::files`] |
//! | `/phone` | the same as a page, for a person: [`messaging::phone_page`] |
//! | `/devices/…` | an app's notifications: [`push::devices`] |
//! | `/webpush/…` | a browser's subscriptions: [`push::subscriptions`] |
//! | `/mailboxes/…` | a mailbox: [`email::inbox`] |
//! | `/aa/…` | an Account Aggregator, its consent page, and what its customers do there: [`account_aggregator`] |
//! | `/llm/…` | what a model makes of what it is told, and what it was told: [`llm`] |
//! | `/demo-bank/…`, `/plaid/…`, `/mono/…` | persons' pages, and their banks' entries: [`banks`] |
//! | `/platforms/…` | workers' pages of consent, and what they earn: [`platforms`] |
//! | `/sns/…` | the topic of SES' reports: [`email::topic`] |
//! | `/dashboard/…` | the provider's dashboard: [`razorpayx::dashboard`], [`gateway::dashboard`], [`messaging::twilio_account`], [`push::accounts`], [`bills::dashboard`] |
//! | `/webhooks/…` | what was sent, and sending it again: [`webhooks::routes`] |
//! | `/faults` | misbehaviour: [`faults`] |
//! | `/state/…`, `/reset`, `/health` | [`control`], [`bills::dashboard`] |
//!
//! How a payee steers what becomes of a payout is told in [`razorpayx::steering`], how a recipient
//! steers what becomes of a mail in [`email::steering`], how a customer what becomes of a bill in
//! [`bills::steering`].
//!
//! State lives in memory and ends with the process.

pub mod account_aggregator;
pub mod banks;
pub mod bills;
pub mod clock;
pub mod config;
pub mod control;
pub mod email;
pub mod faults;
pub mod gateway;
pub mod ids;
pub mod llm;
pub mod messaging;
pub mod phonepe;
pub mod platforms;
pub mod provider;
pub mod push;
pub mod razorpay;
pub mod razorpayx;
mod reply;
mod server;
pub mod shelf;
pub mod signing;
mod tasks;
pub mod webhooks;
pub mod world;

pub use config::Config;
pub use server::{Running, Sandbox, router};
