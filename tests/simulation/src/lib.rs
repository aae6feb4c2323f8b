//! The whole product in one process: every function, queue, stream and schedule, the sandbox's
//! providers and a town of users, on one seeded scheduler and one virtual clock, through the same
//! handlers that Lambda runs.
//!
//! A seed decides everything: who does what, how long each request takes and with that who is
//! first, what is lost, refused, repeated, and where a process dies. The same seed is the same
//! history. [`run::run`] runs one; `scripts/simulate` runs many.

pub mod audit;
pub mod client;
pub mod cloud;
pub mod consumers;
pub mod die;
pub mod fate;
pub mod feed;
pub mod functions;
pub mod journal;
pub mod logs;
pub mod machine;
pub mod many;
pub mod outlets;
pub mod outside;
pub mod people;
pub mod points;
pub mod providers;
pub mod queues;
pub mod run;
pub mod sockets;
pub mod stream;
pub mod table;
pub mod tell;
pub mod walk;
pub mod watch;
pub mod weather;
pub mod world;

/// A world allocates more than it does anything else.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
