//! What functions log as a warning or an error is part of a world's journal.
//!
//! It is listened to in every run, and not only where somebody reads it: a listener of its own
//! draws hash keys on the world's thread, and with that the history would be another one.

use crate::cloud::Cloud;
use std::{
    cell::RefCell,
    fmt::{Debug, Write},
    sync::{Arc, Once, Weak},
};
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

thread_local! {
    static CLOUD: RefCell<Weak<Cloud>> = const { RefCell::new(Weak::new()) };
}

/// Listens to what is logged in this process.
pub fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Whoever listens already may go on: then the journal tells less.
        let _ = tracing::subscriber::set_global_default(Listener);
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| match CLOUD.with_borrow(Weak::upgrade) {
            // Its function catches it, and answers as it does on Lambda.
            Some(cloud) => cloud.journal.note(format!("  PANIC {panic}")),
            None => before(panic),
        }));
    });
}

/// From now on what this thread logs goes to this world's journal.
pub fn tell(cloud: &Arc<Cloud>) {
    CLOUD.set(Arc::downgrade(cloud));
}

struct Listener;

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_event() && *metadata.level() <= Level::WARN && !metadata.target().starts_with("aws_")
    }

    fn event(&self, event: &Event<'_>) {
        let Some(cloud) = CLOUD.with_borrow(Weak::upgrade) else { return };
        let mut said = Said(format!("  {} {}:", event.metadata().level(), event.metadata().target()));
        event.record(&mut said);
        cloud.journal.note(said.0);
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

struct Said(String);

impl Visit for Said {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        // How long something took is the machine's own matter.
        if field.name() != "ms" {
            let _ = write!(self.0, " {}={value:?}", field.name());
        }
    }
}
