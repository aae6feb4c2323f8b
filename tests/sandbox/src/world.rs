//! Everything there is: what was configured, what has happened, what is still going on.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::account_aggregator::{Aggregator, Signer};
use crate::banks::{Banks, plaid};
use crate::bills::Bills;
use crate::config::Config;
use crate::email::Desk;
use crate::email::topic::Topic;
use crate::faults::Faults;
use crate::gateway::Gateway;
use crate::llm::Llm;
use crate::messaging::{Files, Inboxes, People};
use crate::phonepe::Phonepe;
use crate::platforms::Platforms;
use crate::push::Pushes;
use crate::razorpay::events::Event;
use crate::razorpayx::Account;
use crate::tasks::Tasks;
use crate::webhooks::{Webhooks, door::Door};

/// What the handlers work on.
///
/// Besides the real one there are *rehearsals*: copies in which a request is acted out so that its
/// answer is a true one, and which are then thrown away. That is how a provider says 200 and has
/// done nothing.
pub struct World {
    pub shared: Arc<Shared>,
    book: Mutex<Book>,
    rehearsal: bool,
}

pub struct Shared {
    pub config: Config,
    pub faults: Arc<Faults>,
    pub webhooks: Arc<Webhooks>,
    pub tasks: Arc<Tasks>,
    pub topic: Topic,
    /// What Plaid signs with.
    pub plaid: Arc<plaid::Signer>,
    pub signer: Arc<Signer>,
}

/// What has happened at each provider.
#[derive(Clone)]
pub struct Book {
    pub gateway: Gateway,
    pub account: Account,
    pub phonepe: Phonepe,
    pub inboxes: Inboxes,
    pub files: Files,
    pub people: People,
    /// What the account at Twilio has left, in US dollars.
    pub twilio_balance: String,
    pub pushes: Pushes,
    pub email: Desk,
    pub llm: Llm,
    pub bills: Bills,
    pub banks: Banks,
    pub aggregator: Aggregator,
    pub platforms: Platforms,
}

impl Book {
    fn fresh(config: &Config) -> Self {
        Self {
            gateway: Gateway::default(),
            account: Account::open(config.razorpayx.opening_balance),
            phonepe: Phonepe::default(),
            inboxes: Inboxes::default(),
            files: Files::default(),
            people: People::default(),
            twilio_balance: config.messaging.twilio_balance.clone(),
            pushes: Pushes::fresh(&config.push),
            email: Desk::default(),
            llm: Llm::default(),
            bills: Bills::open(config.bills.opening_balance),
            banks: Banks::default(),
            aggregator: Aggregator::fresh(&config.account_aggregator),
            platforms: Platforms::default(),
        }
    }
}

impl World {
    /// # Errors
    ///
    /// When no HTTP client can be made for sending webhooks.
    pub fn new(config: Config) -> anyhow::Result<Arc<Self>> {
        let door = Door::network(&config.timing)?;
        Ok(Self::behind(config, door))
    }

    /// A world whose webhooks leave by this door.
    pub fn behind(config: Config, door: Door) -> Arc<Self> {
        let tasks = Arc::new(Tasks::default());
        let faults = Arc::new(Faults::default());
        let signer = Arc::new(Signer::new(&config.account_aggregator));
        let plaid = Arc::new(plaid::Signer::default());
        let webhooks = Webhooks::new(&config, Arc::clone(&tasks), Arc::clone(&faults), door, Arc::clone(&signer), Arc::clone(&plaid));
        let book = Book::fresh(&config);
        let topic = Topic::new(&config.email);
        let shared = Arc::new(Shared { config, faults, webhooks, tasks, topic, signer, plaid });
        Arc::new(Self { shared, book: Mutex::new(book), rehearsal: false })
    }

    pub fn rehearsal(&self) -> Arc<Self> {
        Arc::new(Self { shared: Arc::clone(&self.shared), book: Mutex::new(self.book().clone()), rehearsal: true })
    }

    pub fn config(&self) -> &Config {
        &self.shared.config
    }

    /// The book, for this caller alone. Never held across an await.
    pub fn book(&self) -> MutexGuard<'_, Book> {
        // A handler that panicked is a bug that shows elsewhere; the book is still the best known.
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Acts later, unless there is a reset before, and never in a rehearsal.
    pub fn after(self: &Arc<Self>, delay_ms: u64, act: impl FnOnce(&Arc<Self>) + Send + 'static) {
        if self.rehearsal {
            return;
        }
        let world = Arc::clone(self);
        self.shared.tasks.spawn(async move {
            tokio::time::sleep(Duration::from_millis(delay_ms)).await;
            act(&world);
        });
    }

    /// Sends webhooks, and never in a rehearsal.
    pub fn announce(&self, events: impl IntoIterator<Item = Event>) {
        if self.rehearsal {
            return;
        }
        for event in events {
            self.shared.webhooks.send(event);
        }
    }

    /// Back to the beginning: nothing has happened, nothing is going on, nothing misbehaves.
    /// Addresses and secrets of webhooks stay as they were set.
    pub async fn reset(&self) {
        self.shared.tasks.stop_all().await;
        self.shared.faults.clear();
        self.shared.webhooks.forget();
        *self.book() = Book::fresh(&self.shared.config);
    }
}
